"""Readers of text, JSON and feeds: bytes in, drafts and problems out, nothing raised for bad input."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from geo.errors import InputError
from geo.reports.decode import clean_text, decode_bytes
from geo.reports.drafts import Draft, Problem, shorten

__all__ = [
    "join_title",
    "read_feed",
    "read_json",
    "read_json_line",
    "read_json_lines",
    "read_text",
    "strip_tags",
]

_HEADER = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_][\w -]*?)\s*:\s*(.*)")
_LISTS = ("reports", "articles", "items", "entries", "results", "data", "documents", "messages")

Found = Draft | Problem


def read_text(where: str, data: bytes) -> Iterator[Found]:
    """Read bare text; a header between two lines of "---" may give date, source, lang and url."""
    text = decode_bytes(data).replace("\r\n", "\n").lstrip("\ufeff\n ")
    fields: dict[str, object] = {}
    if header := _HEADER.match(text):
        for line in header[1].splitlines():
            if field := _FIELD.fullmatch(line.strip()):
                fields[field[1].casefold()] = field[2].strip().strip("\"'")
        text = text[header.end() :]
    if not text.strip():
        yield Problem(where=where, message="no text in it: put the report there, or leave the file out")
        return
    yield Draft(where=where, fields={**fields, "text": text})


def read_json_line(where: str, line: bytes) -> Found:
    """Read one line of JSON Lines."""
    try:
        value = json.loads(decode_bytes(line))
    except InputError as error:
        return Problem(where=where, message=str(error))
    except (ValueError, RecursionError) as error:
        return Problem(where=where, message=f"not JSON ({shorten(error)}): mend the line or leave it out")
    return _make_draft(where, value)


def _make_draft(where: str, value: object) -> Found:
    if not isinstance(value, dict):
        return Problem(
            where=where, message=f'{type(value).__name__}, not an object: a report is {{"text": ...}}'
        )
    return Draft(where=where, fields=value)


def read_json_lines(where: str, data: bytes) -> Iterator[Found]:
    """Read JSON Lines held in memory; files are read line by line in `geo.reports.read`."""
    for number, line in enumerate(decode_bytes(data).split("\n"), 1):
        if line.strip():
            yield read_json_line(f"{where}:{number}", line.encode())


def read_json(where: str, data: bytes) -> Iterator[Found]:
    """Read JSON: one report, a list of reports, or an object that holds such a list."""
    text = decode_bytes(data)
    try:
        value = json.loads(text)
    except ValueError as error:
        if text.lstrip()[:1] == "{" and len(text.splitlines()) > 1 and "Extra data" in str(error):
            yield from read_json_lines(where, text.encode())
            return
        yield Problem(where=where, message=f"not JSON ({shorten(error)}): mend the file")
        return
    except RecursionError:
        yield Problem(where=where, message="JSON nested too deeply to be a report")
        return
    if isinstance(value, dict) and value.get("type") in {"FeatureCollection", "Feature"}:
        yield Problem(where=where, message="GeoJSON, not reports: only frontline map reads its own back")
        return
    if isinstance(value, dict) and not any(key in value for key in ("text", "body", "content")):
        value = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), value)
    for number, item in enumerate(value if isinstance(value, list) else [value], 1):
        yield _make_draft(f"{where}:{number}" if isinstance(value, list) else where, item)


def join_title(title: str, text: str) -> str:
    """Put a title before a text that does not begin with it."""
    title = clean_text(title)
    return text if not title or clean_text(text).startswith(title) else f"{title}\n\n{text}"


def read_feed(where: str, data: bytes) -> Iterator[Found]:
    """Read an RSS or Atom feed: each entry is a report."""
    import feedparser

    feed = feedparser.parse(io.BytesIO(data))
    if not feed.entries:
        yield Problem(where=where, message="no entry in it: not an RSS or Atom feed, or an empty one")
    for number, entry in enumerate(feed.entries, 1):
        bodies = [part.get("value", "") for part in entry.get("content", ())]
        body = strip_tags(max([*bodies, entry.get("summary", "")], key=len))
        yield Draft(
            where=f"{where}:{number}",
            fields={
                "text": join_title(strip_tags(entry.get("title", "")), body),
                "id": entry.get("id", ""),
                "url": entry.get("link", ""),
                "date": entry.get("published") or entry.get("updated") or "",
                "source": feed.feed.get("title", ""),
                "lang": feed.feed.get("language", ""),
            },
        )


class _Stripper(HTMLParser):
    """Collects the text of a scrap of HTML, with line breaks where blocks end."""

    _BLOCKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "blockquote"})
    _SILENT = frozenset({"script", "style"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Break the line before a block; hold what scripts say."""
        del attrs
        self._silent += tag in self._SILENT
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Break the line after a block."""
        self._silent -= tag in self._SILENT and self._silent > 0
        if tag in self._BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent:
            self.parts.append(data)


def strip_tags(markup: str) -> str:
    """Return the words of a scrap of HTML, a paragraph a line."""
    stripper = _Stripper()
    stripper.feed(markup)
    stripper.close()
    lines = (" ".join(line.split()) for line in "".join(stripper.parts).splitlines())
    return "\n".join(line for line in lines if line)

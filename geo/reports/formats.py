"""Readers of one format each: bytes in, drafts and problems out, nothing raised for bad input."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

from geo.errors import InputError
from geo.reports.decode import clean_text, decode_bytes
from geo.reports.drafts import Draft, Problem, names_text

__all__ = ["MAX_BYTES", "READERS", "name_document", "read_json_line", "sniff_suffix", "strip_tags"]

MAX_BYTES = 20_000_000  # of one report: a long book; more is a mistake
_HEADER = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z_][\w -]*?)\s*:\s*(.*)")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16
_LISTS = ("reports", "articles", "items", "entries", "results", "data", "documents", "messages")
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_DELIMITERS = ",;\t|"
_OWN_TABLE = "claim_id,kind,"  # how the tables of claims that we write begin
_OWN_PAGE = (
    b"default-src &#39;none&#39;; script-src &#39;nonce-"  # stands at the top of the maps that we write
)
_HEAD = 2048  # bytes from which a format is told
_HEADING = 40  # letters of the longest heading of a column
_DOCUMENTS: Mapping[bytes, str] = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a Word, Excel or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"\x1f\x8b": "a compressed file",
}

Found = Draft | Problem
Reader = Callable[[str, bytes], Iterator[Found]]


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
        return Problem(where=where, message=f"not JSON ({_shorten(error)}): mend the line or leave it out")
    return _make_draft(where, value)


def _make_draft(where: str, value: object) -> Found:
    if not isinstance(value, dict):
        return Problem(
            where=where, message=f'{type(value).__name__}, not an object: a report is {{"text": ...}}'
        )
    return Draft(where=where, fields=value)


def _shorten(error: Exception) -> str:
    return str(error).splitlines()[0][:120] if str(error) else type(error).__name__


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
        yield Problem(where=where, message=f"not JSON ({_shorten(error)}): mend the file")
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


def read_table(where: str, data: bytes) -> Iterator[Found]:
    """Read CSV or TSV with a header line; columns are told by their names."""
    text = decode_bytes(data).lstrip("\ufeff")
    if text.startswith(_OWN_TABLE):
        yield Problem(where=where, message="claims of ours, not reports: passed over", fatal=False)
        return
    limit = csv.field_size_limit(MAX_BYTES)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), dialect=_sniff_dialect(where, text))
        for row in rows:
            fields = {str(key): value for key, value in row.items() if key is not None}
            yield Draft(where=f"{where}:{rows.line_num}", fields=fields)
    except csv.Error as error:
        yield Problem(
            where=where, message=f"not a table ({_shorten(error)}): save it as CSV with a header line"
        )
    finally:
        csv.field_size_limit(limit)


def _sniff_dialect(where: str, text: str) -> type[csv.Dialect]:
    """Tell the delimiter by the header line."""
    header = text.split("\n", 1)[0]
    best = max(_DELIMITERS, key=header.count)

    class Dialect(csv.excel):
        delimiter = "\t" if where.lower().endswith(".tsv") else best

    return Dialect


def read_page(where: str, data: bytes) -> Iterator[Found]:
    """Read a web page: its main text, title, date, site and address."""
    import trafilatura

    page = _decode_page(data)
    if _OWN_PAGE in data[:_HEAD]:
        message = "a map of ours, not a report: give its .geojson or .gpkg instead"
        yield Problem(where=where, message=message, fatal=False)
        return
    found = (
        trafilatura.bare_extraction(page, with_metadata=True, include_comments=False)
        if page.strip()
        else None
    )
    fields: Mapping[str, object] = {}
    if found is not None:
        fields = found if isinstance(found, dict) else found.as_dict()
    text, title = str(fields.get("text") or ""), str(fields.get("title") or "")
    if not text.strip():
        yield Problem(where=where, message="no article found on the page: save its text as .txt instead")
        return
    kept = {name: fields.get(key) for name, key in _PAGE_FIELDS.items() if fields.get(key)}
    yield Draft(where=where, fields={**kept, "text": _join_title(title, text)})


_PAGE_FIELDS = {
    "date": "date",
    "source": "sitename",
    "url": "url",
    "lang": "language",
    "author_name": "author",
}


def _decode_page(data: bytes) -> str:
    """Decode a page by the encoding that it names, where that is true."""
    if (named := _CHARSET.search(data[:4096])) and not data.startswith(_WIDE):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(data)


def _join_title(title: str, text: str) -> str:
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
                "text": _join_title(strip_tags(entry.get("title", "")), body),
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


def name_document(data: bytes) -> str:
    """Return what sort of office document bytes are, or an empty string."""
    return next((name for mark, name in _DOCUMENTS.items() if data.startswith(mark)), "")


def sniff_suffix(data: bytes) -> str:
    """Tell the format of bytes that have no name, as a suffix."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in {b"{", b"["}:
        return ".jsonl" if head[:1] == b"{" and b"\n{" in data else ".json"
    if head[:1] == b"<":
        return ".xml" if _FEED.search(head) else ".html"
    return ".csv" if _has_headings(head) else ".txt"


def _has_headings(head: bytes) -> bool:
    """Tell whether the first line names columns, one of them that of the words."""
    line = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    return any(
        len(cells) > 1 and any(map(names_text, cells)) and all(len(cell) <= _HEADING for cell in cells)
        for cells in (line.split(mark) for mark in _DELIMITERS)
    )


READERS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".json": read_json,
    ".csv": read_table,
    ".tsv": read_table,
    ".html": read_page,
    ".htm": read_page,
    ".xml": read_feed,
    ".rss": read_feed,
    ".atom": read_feed,
}

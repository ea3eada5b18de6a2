"""Saved web pages: the main text of a page, and what the page says of its publication."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from geo.reports.decode import decode_bytes
from geo.reports.drafts import Draft, Problem
from geo.reports.formats import join_title
from geo.reports.headings import find_day

__all__ = ["read_page"]

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # marks of UTF-16
_OWN_PAGE = (
    b"default-src &#39;none&#39;; script-src &#39;nonce-"  # stands at the top of the maps that we write
)
_HEAD = 2048  # bytes in which the mark of our own pages stands
# A wider search of htmldate takes any year in the text for a date: "in 2023" makes 1 January 2023 of it.
_DATES: Mapping[str, object] = {"original_date": True, "extensive_search": False}
_MARKED = re.compile(r"date|time|publi|posted", re.IGNORECASE)  # in names of what holds the day of an article
_MARKS = ("class", "id", "itemprop")
_LONG = 60  # letters of what holds a day and hour
_PAGE_FIELDS = {
    "date": "date",
    "source": "sitename",
    "url": "url",
    "lang": "language",
    "author_name": "author",
}


def read_page(where: str, data: bytes) -> Iterator[Draft | Problem]:
    """Read a web page: its main text, title, date, site and address."""
    import trafilatura

    page = _decode_page(data)
    if _OWN_PAGE in data[:_HEAD]:
        message = "a map of ours, not a report: give its .geojson or .gpkg instead"
        yield Problem(where=where, message=message, fatal=False)
        return
    found = (
        trafilatura.bare_extraction(
            page, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
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
    kept.setdefault("date", _find_marked_day(page))
    day = find_day(text)
    hints = {"date": day.isoformat()} if day else {}
    yield Draft(where=where, fields={**kept, "text": join_title(title, text)}, hints=hints)


def _decode_page(data: bytes) -> str:
    """Decode a page by the encoding that it names, where that is true."""
    if (named := _CHARSET.search(data[:4096])) and not data.startswith(_WIDE):
        try:
            return data.decode(named[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode_bytes(data)


class _DayFinder(HTMLParser):
    """Finds the first element that is named after a date and holds one, in any language of the lexicons."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.day = ""
        self._marked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note whether the words that follow may be a date."""
        del tag
        self._marked |= any(name in _MARKS and _MARKED.search(value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        """Read a date from the first words of a marked element."""
        if self.day or not self._marked or not data.strip():
            return
        self._marked = False
        day = find_day(data) if len(data.strip()) <= _LONG else None
        self.day = day.isoformat() if day else ""


def _find_marked_day(page: str) -> str:
    """Return the day that a page shows beside its article, ISO 8601; empty where it shows none."""
    finder = _DayFinder()
    finder.feed(page)
    finder.close()
    return finder.day

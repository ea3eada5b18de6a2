"""Which reader a file needs: by its suffix, or by its first bytes where they tell better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module

from geo.errors import InputError
from geo.reports.drafts import Draft, Problem

__all__ = ["DOCUMENTS", "READERS", "choose_reader", "sniff_suffix"]

Reader = Callable[[str, bytes], Iterator[Draft | Problem]]

# Module of this room and its function by suffix; imported only where such a file is read.
_DOCX, _XLSX = ("words", "read_docx"), ("sheets", "read_xlsx")
_TEXT, _LINES = ("formats", "read_text"), ("formats", "read_json_lines")
_TABLE, _PAGE, _FEED = ("tables", "read_table"), ("pages", "read_page"), ("formats", "read_feed")
DOCUMENTS: Mapping[str, tuple[str, str]] = {  # of bytes that are no text
    ".pdf": ("pdf", "read_pdf"),
    ".docx": _DOCX,
    ".docm": _DOCX,
    ".odt": ("words", "read_odt"),
    ".xlsx": _XLSX,
    ".xlsm": _XLSX,
    ".ods": ("sheets", "read_ods"),
}
READERS: Mapping[str, tuple[str, str]] = {
    ".txt": _TEXT,
    ".md": _TEXT,
    ".jsonl": _LINES,
    ".ndjson": _LINES,
    ".json": ("formats", "read_json"),
    ".csv": _TABLE,
    ".tsv": _TABLE,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xml": _FEED,
    ".rss": _FEED,
    ".atom": _FEED,
    **DOCUMENTS,
}
_HEAD = 2048  # bytes from which a format is told
_FEEDS = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what a locked Word or Excel file of today holds
_UNREAD: Mapping[bytes, str] = {
    _OLD_OFFICE: "an old Word or Excel file: save it as .docx, .xlsx, .txt or .csv first",
    b"{\\rtf": "an RTF file: save it as .docx or .txt first",
    b"\x1f\x8b": "a compressed file: unpack it first",
    b"7z\xbc\xaf": "a compressed file: unpack it first",
    b"Rar!": "a compressed file: unpack it first",
    b"\x89PNG": "a picture: its words need OCR first",
    b"\xff\xd8\xff": "a picture: its words need OCR first",
}


def choose_reader(data: bytes, suffix: str | None) -> Reader:
    """Return the reader of a file: that of what its first bytes are, else of its suffix, else of its look.

    Raises
    ------
    InputError
        If it is of a sort that is not read; the message says what to save it as.
    """
    if data.startswith(_ZIP) and (found := _tell_archive(data)):
        suffix = found
    elif data.startswith(_ZIP) and suffix not in DOCUMENTS:
        raise InputError("a zipped file that is no .docx, .xlsx, .odt or .ods: unpack it first")
    elif data.startswith(_OLD_OFFICE) and _LOCKED in data:
        raise InputError("locked with a password: save it without one first")
    elif b"%PDF-" in data[:1024]:
        suffix = ".pdf"
    elif message := next((text for mark, text in _UNREAD.items() if data.startswith(mark)), ""):
        raise InputError(message)
    elif suffix in DOCUMENTS:
        raise InputError(f"no {suffix} file, or a broken one: save it anew, or as .txt")
    module, name = READERS[suffix if suffix and suffix in READERS else sniff_suffix(data)]
    reader: Reader = getattr(import_module(f"geo.reports.{module}"), name)
    return reader


def _tell_archive(data: bytes) -> str:
    from geo.reports.archives import tell_archive

    return tell_archive(data)


def sniff_suffix(data: bytes) -> str:
    """Tell the format of bytes that have no name, as a suffix."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in {b"{", b"["}:
        return ".jsonl" if head[:1] == b"{" and b"\n{" in data else ".json"
    if head[:1] == b"<":
        return ".xml" if _FEEDS.search(head) else ".html"
    from geo.reports.tables import has_headings

    return ".csv" if has_headings(head) else ".txt"

"""Which reader a file needs: by its suffix, or by its first bytes where they tell better."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from geo.errors import InputError
from geo.reports.archives import tell_archive
from geo.reports.drafts import Draft, Problem
from geo.reports.formats import read_feed, read_json, read_json_lines, read_text
from geo.reports.pages import read_page
from geo.reports.pdf import read_pdf
from geo.reports.sheets import read_ods, read_xlsx
from geo.reports.tables import has_headings, read_table
from geo.reports.words import read_docx, read_odt

__all__ = ["DOCUMENTS", "READERS", "Reader", "choose_reader", "sniff_suffix"]

Reader = Callable[[str, bytes], Iterator[Draft | Problem]]

# Bytes that are no text.
DOCUMENTS: Mapping[str, Reader] = {
    ".pdf": read_pdf,
    ".docx": read_docx,
    ".docm": read_docx,
    ".odt": read_odt,
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".ods": read_ods,
}
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
    **DOCUMENTS,
}
_HEAD = 2048  # bytes from which a format is told
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
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
    if data.startswith(_ZIP) and (found := tell_archive(data)):
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
    return READERS[suffix if suffix and suffix in READERS else sniff_suffix(data)]


def sniff_suffix(data: bytes) -> str:
    """Tell the format of bytes that have no name, as a suffix."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] in {b"{", b"["}:
        return ".jsonl" if head[:1] == b"{" and b"\n{" in data else ".json"
    if head[:1] == b"<":
        return ".xml" if _FEED.search(head) else ".html"
    return ".csv" if has_headings(head) else ".txt"

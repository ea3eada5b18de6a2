"""Documents of word processors, DOCX and ODT: headings, paragraphs, lists and tables in their order.

Both are trees of markup in which a paragraph holds runs of words; they differ in names only, which stand in a
`_Markup`.  What was struck out, comments, notes and tables of contents are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.reports.archives import open_archive, read_part
from geo.reports.drafts import MAX_BYTES, Draft, Problem
from geo.reports.headings import find_day

if TYPE_CHECKING:
    import zipfile
    from xml.etree.ElementTree import Element

__all__ = ["draft_document", "parse_markup", "read_docx", "read_odt"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # what Word calls its markup in "strict" files
_RELATIONS, _MAIN = "_rels/.rels", "/officeDocument"  # the part that names the main part, and how
_CORE = "docProps/core.xml"
_DEEP = 200  # elements within one another; a text of an office has some thirty
_OLD = timedelta(days=366)  # a file made so long before its heading bears the stamp of its template
_TOO_DEEP = "its parts are nested too deeply: save its text as .txt"
_CELL = 60  # letters of a cell from which it holds running text and is a paragraph of its own
_ENDS = (".", "!", "?", "…")
_BLANKS = re.compile(r"[ \t\r\n]+")
_CELLS = " | "  # between the cells of a row of a table
_CONTENTS = re.compile(
    r"toc\s?\d+|tableoffigures", re.IGNORECASE
)  # styles, whatever the language of the program


@dataclass(frozen=True, kw_only=True, slots=True)
class _Markup:
    """The names of elements of one sort of document.

    Attributes
    ----------
    paragraphs, rows, cells
        What holds words, and the parts of tables.
    skipped
        What is left with all that stands in it.
    signs
        Elements that stand for a sign.
    words
        The element that alone holds words; empty where all text of a paragraph is words, its blanks as one.
    """

    paragraphs: frozenset[str]
    rows: str
    cells: str
    skipped: frozenset[str]
    signs: Mapping[str, str] = field(default_factory=dict)
    words: str = ""


_DOCX = _Markup(
    paragraphs=frozenset({f"{_W}p"}),
    rows=f"{_W}tr",
    cells=f"{_W}tc",
    skipped=frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_MC}Fallback"}),
    signs={
        f"{_W}tab": " ",
        f"{_W}br": "\n",
        f"{_W}cr": "\n",
        f"{_W}noBreakHyphen": "-",
        f"{_W}ptab": " ",
    },
    words=f"{_W}t",
)
_ODT = _Markup(
    paragraphs=frozenset({f"{_TEXT}p", f"{_TEXT}h"}),
    rows=f"{_TABLE}table-row",
    cells=f"{_TABLE}table-cell",
    skipped=frozenset(
        {
            f"{_TEXT}tracked-changes",
            f"{_TEXT}note",
            f"{_TEXT}table-of-content",
            f"{_OFFICE}annotation",
            f"{_TEXT}sequence-decls",
            f"{_SVG}title",
            f"{_SVG}desc",
        }
    ),
    signs={f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"},
)


def read_docx(where: str, data: bytes) -> Iterator[Draft | Problem]:
    """Read a Word document; the day in its heading is taken for its date where nothing else tells it.

    Raises
    ------
    InputError
        If it is broken, locked or a bomb.
    """
    archive = open_archive(data)
    markup = read_part(archive, _find_main(archive)).replace(_STRICT, _W[1:-1].encode())
    body = parse_markup(markup).find(f"{_W}body")
    if body is None:
        raise InputError("a broken Word document: save it anew, or as .txt")
    facts = parse_markup(read_part(archive, _CORE)) if _CORE in archive.namelist() else body
    made = [facts.findtext(f"{_TERMS}{name}") or "" for name in ("created", "modified")]
    yield draft_document(where, _join_blocks(_walk(body, _DOCX, 0)), _read_facts(facts), _find_latest(made))


def _find_main(archive: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the words."""
    for relation in parse_markup(read_part(archive, _RELATIONS)):
        if relation.get("Type", "").endswith(_MAIN):
            return relation.get("Target", "").lstrip("/")
    raise InputError("a broken Word document: save it anew, or as .txt")


def _read_facts(facts: Element) -> dict[str, str]:
    """Return what a document says of itself that is no fact of its publication, to be kept apart."""
    author = facts.findtext(f".//{_META}initial-creator") or facts.findtext(f".//{_DC}creator")
    return {"document_title": facts.findtext(f".//{_DC}title") or "", "author_name": author or ""}


def _find_latest(stamps: Iterable[str]) -> date | None:
    """Return the last day of some times in ISO 8601; what is none is passed over."""
    days = []
    for stamp in stamps:
        try:
            days.append(date.fromisoformat(stamp[:10]))
        except ValueError:
            continue
    return max(days, default=None)


def read_odt(where: str, data: bytes) -> Iterator[Draft | Problem]:
    """Read an OpenDocument text, as `read_docx` reads a Word document."""
    archive = open_archive(data)
    body = parse_markup(read_part(archive, "content.xml")).find(f".//{_OFFICE}text")
    if body is None:
        raise InputError("a broken OpenDocument text: save it anew, or as .txt")
    facts = parse_markup(read_part(archive, "meta.xml")) if "meta.xml" in archive.namelist() else body
    made = [facts.findtext(f".//{name}") or "" for name in (f"{_META}creation-date", f"{_DC}date")]
    yield draft_document(where, _join_blocks(_walk(body, _ODT, 0)), _read_facts(facts), _find_latest(made))


def parse_markup(markup: bytes) -> Element:
    """Return the root of markup of an archive that `open_archive` gave; `InputError` if it is broken."""
    from xml.etree import ElementTree as ET

    try:
        return ET.fromstring(markup)  # noqa: S314 - open_archive lets no entity pass
    except (ET.ParseError, ValueError, LookupError) as error:
        raise InputError("its markup is broken: save it anew, or as .txt") from error


def draft_document(
    where: str, text: str, fields: Mapping[str, str], made: date | None, publisher: str = ""
) -> Draft | Problem:
    """Draft a report of a document; the day of its heading is a hint, that of its file bounds it."""
    if not text.strip():
        return Problem(where=where, message="no text in it: a document of pictures needs OCR first")
    if len(text) > MAX_BYTES:
        message = f"more than {MAX_BYTES // 10**6} million letters: split it into reports"
        return Problem(where=where, message=message)
    day = _find_issue(text, made)
    hints = {"source": publisher, "date": day.isoformat() if day else ""}
    return Draft(where=where, fields={**fields, "text": text}, hints=hints)


def _find_issue(text: str, made: date | None) -> date | None:
    """Return the day in the heading; one after the file was made is announced, but of an old template."""
    day = find_day(text)
    if day is None or made is None or day <= made or day > made + _OLD:
        return day
    return find_day(text, made)


def _join_blocks(blocks: Iterable[str]) -> str:
    return "\n\n".join(block for block in map(str.strip, blocks) if block)


def _walk(element: Element, markup: _Markup, depth: int) -> Iterator[str]:
    """Yield the paragraphs below an element and the rows of tables, each a block."""
    if depth > _DEEP:
        raise InputError(_TOO_DEEP)
    for child in element:
        if child.tag in markup.skipped:
            continue
        if child.tag in markup.paragraphs:
            yield from _read_paragraph(child, markup, depth)
        elif child.tag == markup.rows:
            yield _read_row(child, markup, depth)
        else:
            yield from _walk(child, markup, depth + 1)


def _read_row(row: Element, markup: _Markup, depth: int) -> str:
    """Return a row of a table in one line; where its cells are running text, each is a paragraph."""
    cells = [_join_blocks(_walk(cell, markup, depth + 1)) for cell in _find_cells(row, markup)]
    filled = [cell for cell in cells if cell]
    running = any(len(cell) > _CELL or cell.endswith(_ENDS) for cell in filled)
    return "\n\n".join(filled) if running else _CELLS.join(" ".join(cell.split()) for cell in filled)


def _find_cells(row: Element, markup: _Markup) -> Iterator[Element]:
    for child in row:
        if child.tag == markup.cells:
            yield child
        elif child.tag not in markup.skipped and len(child):
            yield from child.iter(markup.cells)


def _read_paragraph(paragraph: Element, markup: _Markup, depth: int) -> Iterator[str]:
    """Yield the words of a paragraph, then those of the frames that are anchored in it."""
    if depth > _DEEP:
        raise InputError(_TOO_DEEP)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and _CONTENTS.fullmatch(style.get(f"{_W}val", "")):
        return
    frames: list[Element] = []
    yield "".join(_collect(paragraph, markup, frames, depth))
    for frame in frames:
        yield from _read_paragraph(frame, markup, depth + 1)


def _collect(element: Element, markup: _Markup, frames: list[Element], depth: int) -> Iterator[str]:
    """Yield the words of a run; paragraphs within it, which are of a frame, are kept for later."""
    if depth > _DEEP:
        raise InputError(_TOO_DEEP)
    if element.tag == markup.words:
        yield element.text or ""
    if not markup.words:
        yield _BLANKS.sub(" ", element.text or "")
    for child in element:
        if child.tag in markup.paragraphs:
            frames.append(child)
        elif child.tag in markup.signs:
            yield markup.signs[child.tag]
        elif child.tag not in markup.skipped:
            yield from _collect(child, markup, frames, depth + 1)
        if not markup.words:
            yield _BLANKS.sub(" ", child.tail or "")

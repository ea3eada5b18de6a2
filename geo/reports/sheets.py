"""Sheets of workbooks, XLSX and ODS: a report a row, the columns told as those of CSV."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from itertools import islice, repeat
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, MissingExtraError
from geo.reports.archives import open_archive, read_part
from geo.reports.drafts import Draft, Problem
from geo.reports.tables import EMPTY_TABLE, Row, draft_rows
from geo.reports.words import parse_markup

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["EXTRA", "read_ods", "read_xlsx"]

EXTRA = "documents"
_MOST_CELLS = 20_000_000  # of a sheet, with the empty ones that stand before a filled one
_WIDEST = 16_384  # columns of a sheet
_VISIBLE = "visible"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_SIGNS = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_Sheet = tuple[str, Iterable[Row]]
_Found = Draft | Problem


def read_xlsx(where: str, data: bytes) -> Iterator[_Found]:
    """Read an Excel workbook; hidden sheets are passed over and told.

    Raises
    ------
    InputError
        If it is broken, locked or a bomb.
    MissingExtraError
        If openpyxl is not installed.
    """
    open_archive(data)
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("openpyxl", EXTRA) from error
    with warnings.catch_warnings():  # of styles and charts, which are nothing to us
        warnings.simplefilter("ignore")
        try:
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = list(_read_book(where, book))
        except InputError:
            raise
        except Exception as error:  # whatever the library makes of a broken file
            raise InputError("a broken Excel file: save it anew, or as .csv") from error
    yield from found


def _read_book(where: str, book: Any) -> Iterator[_Found]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == _VISIBLE]
    for sheet in book.worksheets:
        if sheet not in shown:
            yield Problem(where=where, message=f"sheet {sheet.title!r} is hidden: passed over", fatal=False)
    yield from _draft_sheets(where, [(sheet.title, _read_rows(sheet)) for sheet in shown])


def _read_rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    cells = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(values)
        if cells > _MOST_CELLS:
            raise InputError(f"sheet {sheet.title!r} has far more cells than a table of reports: split it")
        yield number, [_tell_value(value) for value in values]


def _tell_value(value: object) -> str:
    """Return what stands in a cell as CSV would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _draft_sheets(where: str, sheets: Sequence[_Sheet]) -> Iterator[_Found]:
    """Draft the rows of all sheets; one without reports is a fault only where none has any."""
    unread: list[Problem] = []
    drafts = 0
    for title, rows in sheets:
        for found in draft_rows(f"{where}:{title}" if len(sheets) > 1 else where, rows):
            if isinstance(found, Problem):
                unread.append(found)
                continue
            drafts += 1
            yield found
    if drafts:
        yield from (replace(problem, fatal=False) for problem in unread if problem.message != EMPTY_TABLE)
    else:
        yield from unread or [Problem(where=where, message=EMPTY_TABLE)]


def read_ods(where: str, data: bytes) -> Iterator[_Found]:
    """Read an OpenDocument spreadsheet, as `read_xlsx` reads an Excel workbook."""
    archive = open_archive(data)
    book = parse_markup(read_part(archive, "content.xml")).find(f".//{_OFFICE}spreadsheet")
    if book is None:
        raise InputError("a broken OpenDocument spreadsheet: save it anew, or as .csv")
    tables = book.findall(f"{_TABLE}table")
    yield from _draft_sheets(where, [(one.get(f"{_TABLE}name", ""), _read_table(one)) for one in tables])


def _read_table(table: Element) -> Iterator[Row]:
    """Yield the rows of a table; one that is repeated stands once."""
    number, cells = 1, 0
    for row in table.iter(f"{_TABLE}table-row"):
        values = list(islice(_read_cells(row), _WIDEST))
        cells += len(values)
        if cells > _MOST_CELLS:
            raise InputError("a sheet has far more cells than a table of reports: split it")
        yield number, values
        number += _read_count(row, "rows")


def _read_cells(row: Element) -> Iterator[str]:
    """Yield what stands in the cells of a row; empty ones count only before a filled one."""
    empty = 0
    for cell in row:
        value = _read_cell(cell)
        if not value:
            empty += _read_count(cell, "columns")
            continue
        yield from repeat("", empty)
        yield from repeat(value, min(_read_count(cell, "columns"), _WIDEST))
        empty = 0


def _read_count(element: Element, name: str) -> int:
    count = element.get(f"{_TABLE}number-{name}-repeated", "1")
    return int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 1


def _read_cell(cell: Element) -> str:
    """Return the date of a cell in ISO 8601, else its words as they are shown, without what is said of it."""
    if day := cell.get(f"{_OFFICE}date-value"):
        return day
    lines = ("".join(_read_line(line)) for line in cell.findall(f"{_TEXT}p"))
    return "\n".join(lines)


def _read_line(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element.iter():
        if child is not element:
            yield _SIGNS.get(child.tag, "") + (child.text or "")
            yield child.tail or ""

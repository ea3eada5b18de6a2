"""Tables of reports, a line each: one way of telling the columns for CSV, TSV and the sheets of workbooks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, islice
from types import MappingProxyType

from geo.reports.decode import decode_bytes
from geo.reports.drafts import MAX_BYTES, Draft, Problem, fold_key, names_text, shorten

__all__ = [
    "DELIMITERS",
    "EMPTY_TABLE",
    "Row",
    "draft_rows",
    "has_headings",
    "read_table",
    "translate_heading",
]

EMPTY_TABLE = "no row of a report in it: put one under the headings, or leave it out"
DELIMITERS = ",;\t|"
_OWN_TABLE = "claim_id,kind,"  # how the tables of claims that we write begin
_HEADING = 40  # letters of the longest heading of a column
_TITLES = 20  # rows that may stand above the headings: a title, a logo, notes
_SHOWN = 8  # headings that a message names

Row = tuple[int, Sequence[str]]  # its number in the table, from 1, and its cells
Found = Draft | Problem


def read_table(where: str, data: bytes) -> Iterator[Found]:
    """Read CSV or TSV; columns are told by their headings."""
    text = decode_bytes(data).lstrip("\ufeff")
    if text.startswith(_OWN_TABLE):
        yield Problem(where=where, message="claims of ours, not reports: passed over", fatal=False)
        return
    limit = csv.field_size_limit(MAX_BYTES)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), dialect=_sniff_dialect(where, text))
        yield from draft_rows(where, ((reader.line_num, cells) for cells in reader))
    except csv.Error as error:
        yield Problem(
            where=where, message=f"not a table ({shorten(error)}): save it as CSV with a header line"
        )
    finally:
        csv.field_size_limit(limit)


def _sniff_dialect(where: str, text: str) -> type[csv.Dialect]:
    """Tell the delimiter by the header line."""
    header = text.split("\n", 1)[0]
    best = max(DELIMITERS, key=header.count)

    class Dialect(csv.excel):
        delimiter = "\t" if where.lower().endswith(".tsv") else best

    return Dialect


def draft_rows(where: str, rows: Iterable[Row]) -> Iterator[Found]:
    """Draft a report of each row under the headings; rows without a word are passed over.

    Parameters
    ----------
    where
        Name of the table; a row is ``where:number``.
    rows
        The rows from the first on.  The headings are the first row of the first twenty that names a column
        of reports' words, in any language of the lexicons.

    Yields
    ------
    Draft or Problem
        One problem where no row names such a column, or nothing stands under it.
    """
    left = iter(rows)
    above = list(islice(left, _TITLES))
    place = next((n for n, (_, cells) in enumerate(above) if any(map(_names_text, cells))), None)
    if place is None:
        yield _tell_headings(where, above)
        return
    headings = [translate_heading(cell) for cell in above[place][1]]
    filled = False
    for number, cells in chain(above[place + 1 :], left):
        fields = {name: cell for name, cell in zip(headings, cells, strict=False) if name}
        if any(cell.strip() for cell in fields.values()):
            filled = True
            yield Draft(where=f"{where}:{number}", fields=fields)
    if not filled:
        yield Problem(where=where, message=EMPTY_TABLE)


def _tell_headings(where: str, above: Sequence[Row]) -> Problem:
    number, cells = next(((n, cells) for n, cells in above if any(map(str.strip, cells))), (0, ()))
    if not number:
        return Problem(where=where, message=EMPTY_TABLE)
    named = ", ".join(repr(cell[:_HEADING]) for cell in cells[:_SHOWN] if cell.strip())
    message = f"no text: a column 'text' holds the reports' words (columns found: {named})"
    return Problem(where=f"{where}:{number}", message=message)


def _names_text(cell: str) -> bool:
    return len(cell) <= _HEADING and names_text(translate_heading(cell))


def translate_heading(heading: str) -> str:
    """Return the name of a field for a heading in words of a lexicon; another heading as it is."""
    heading = heading.strip()
    if heading.isascii() and names_text(heading):
        return heading
    return _list_headings().get(fold_key(heading), heading)


@lru_cache(maxsize=1)
def _list_headings() -> Mapping[str, str]:
    """Return what the lexicons call the fields of a report: a folded heading, and the field's name."""
    from geo.resources import list_lexicons, read_toml

    tables = [read_toml(f"lexicon/{tag}.toml")["reports"]["columns"] for tag in list_lexicons()]
    found = {fold_key(word): name for table in tables for name, words in table.items() for word in words}
    return MappingProxyType(found)


def has_headings(head: bytes) -> bool:
    """Tell whether the first line names columns, one of them that of the words."""
    line = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    return any(
        len(cells) > 1 and all(len(cell) <= _HEADING for cell in cells) and any(map(_names_text, cells))
        for cells in (line.split(mark) for mark in DELIMITERS)
    )

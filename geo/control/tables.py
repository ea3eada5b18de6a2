"""Tables of who holds which settlement, as people keep them: columns and sides by many names."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from geo.control.statements import CONTESTED, Statement, weigh_statement
from geo.errors import InputError
from geo.language.lexicon import list_languages, load_lexicon
from geo.places.folding import fold_name
from geo.shapes.boundaries import read_country_codes

__all__ = ["read_side", "read_statements"]

_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_DELIMITERS = (",", ";", "\t", "|")
_NEEDED = ("latitude", "longitude", "side", "date")
_DOTTED = "%d.%m.%Y"
_ALPHA_3 = 3
_FIRST = "en"  # the language of messages: its names of columns are proposed


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's file, its columns by what they hold, and the sign that stands before decimals."""

    path: Path
    columns: Mapping[str, str]
    comma: bool


def read_statements(path: Path) -> tuple[Statement, ...]:
    """Read statements from a table with a header: where (degrees), who holds it, and on which day.

    Columns are known by many names in each language that has a lexicon (``side``, ``held_by``, ``control``
    ...; ``date``, ``as_of`` ...); name, source and who asserts it may stand beside them.  A side is a code
    (ISO 3166 alpha-3 or alpha-2, or of a group: RSF, M23 ...), or a name that a lexicon knows; a column
    ``party`` tells the group.  Commas, semicolons, tabs or bars part the columns.

    Raises
    ------
    InputError
        Naming the file, the line and what is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error
    header = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    table = _Table(path, _find_columns(path, rows.fieldnames or ()), delimiter != ",")
    return tuple(_read_row(table, row, line) for line, row in _list_rows(path, rows))


def _list_rows(path: Path, rows: csv.DictReader[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        for row in rows:
            if any(value for value in row.values() if isinstance(value, str)):
                yield rows.line_num, row
    except csv.Error as error:
        raise InputError(f"{path}: {error}; save it as CSV with a header line") from error


@lru_cache(maxsize=1)
def _list_known_columns() -> Mapping[str, tuple[str, ...]]:
    """Return the folded names that columns go by in all languages, by what they hold."""
    known: dict[str, list[str]] = {}
    for tag in sorted(list_languages(), key=lambda tag: tag != _FIRST):
        lexicon = load_lexicon(tag)
        places, control = lexicon.table("places.columns"), lexicon.table("control")["columns"]
        for role in ("latitude", "longitude"):
            known.setdefault(role, []).extend(_fold(name) for name in places[role])
        for role, names in control.items():
            known.setdefault(role, []).extend(_fold(name) for name in names)
    return {role: tuple(dict.fromkeys(names)) for role, names in known.items()}


def _fold(name: str) -> str:
    return fold_name(name.replace("_", " ").strip())


def _find_columns(path: Path, names: object) -> dict[str, str]:
    listed = [name for name in names if name] if isinstance(names, list | tuple) else []
    by_key = {_fold(name): name for name in listed}
    found: dict[str, str] = {}
    for role, known in _list_known_columns().items():
        column = next((by_key[key] for key in known if key in by_key), None)
        if column is not None:
            found[role] = column
    missing = [role for role in _NEEDED if role not in found and not (role == "side" and "party" in found)]
    if missing:
        usual = {role: ", ".join(_list_known_columns()[role][:5]) for role in missing}
        wanted = "; ".join(f"{role} ({usual[role]} ...)" for role in missing)
        raise InputError(
            f"{path}: column {', '.join(missing)} is missing (it has {', '.join(listed) or 'none'}); "
            f"name columns so: {wanted}"
        )
    return found


def _read_row(table: _Table, row: Mapping[str, str], line: int) -> Statement:
    told = {role: str(row.get(column) or "").strip() for role, column in table.columns.items()}
    where = f"{table.path}:{line}"
    try:
        longitude, latitude = (_read_degrees(told[role], table) for role in ("longitude", "latitude"))
        day = _read_day(told["date"])
    except ValueError as error:
        raise InputError(f"{where}: {error}; degrees and an ISO date are needed") from error
    holder = told.get("party") or told.get("side") or ""
    side = read_side(holder)
    if not (abs(longitude) <= 180 and abs(latitude) <= 90) or not holder:
        raise InputError(
            f"{where}: {told['latitude']!r}, {told['longitude']!r}, side {holder!r} is not a place held"
        )
    if side is None:
        raise InputError(
            f"{where}: side {holder!r} is no code and no name that is known; write RUS, UKR, RSF ..."
        )
    by = read_side(told.get("asserted_by", "")) or ""
    return Statement(
        longitude=longitude,
        latitude=latitude,
        side=side,
        as_of=day,
        asserted_by=by,
        weight=weigh_statement(side, by),
        name=told.get("name", ""),
        source=told.get("source", ""),
    )


def _read_degrees(text: str, table: _Table) -> float:
    return float(text.replace(",", ".") if table.comma else text)


def _read_day(text: str) -> date:
    """Return a day from ISO 8601 (the hour is left out) or from day.month.year."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return datetime.strptime(text, _DOTTED).date()  # noqa: DTZ007 (a day has no zone)


def read_side(text: str) -> str | None:
    """Return the code of a side from a code or a name in any language; None where it is not known."""
    text = text.strip()
    if _fold(text) in _list_contested():
        return CONTESTED
    known = _list_names()
    if _fold(text) in known:
        return known[_fold(text)]
    code = text.upper()
    return code if _CODE.fullmatch(code) and (text == code or len(code) == _ALPHA_3) else None


@lru_cache(maxsize=1)
def _list_contested() -> frozenset[str]:
    words = [
        _fold(word) for tag in list_languages() for word in load_lexicon(tag).table("control")["contested"]
    ]
    return frozenset([CONTESTED, *words])


@lru_cache(maxsize=1)
def _list_names() -> Mapping[str, str]:
    """Return the codes of sides by their folded names and by words that are no patterns, in all languages."""
    names: dict[str, str] = {two.casefold(): three for three, two in read_country_codes().items()}
    for tag in list_languages():
        lexicon = load_lexicon(tag)
        for code, words in lexicon.table("claims")["party"].items():
            names.update({_fold(word): code for word in words if word.replace(" ", "").isalnum()})
        for code, name in lexicon.table("interface")["sides"].items():
            names[_fold(code)] = code
            names[_fold(name)] = names[_fold(_BRACKETS.sub("", name))] = code
    return names

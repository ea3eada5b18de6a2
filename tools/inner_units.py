"""Units that no settlement has the code of: which settlements lie in them, by their outlines.

Natural Earth's first level is below GeoNames' in some countries (the counties of England, the departments of
France): there GeoNames' towns know only the larger unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from rows import Row
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

__all__ = ["count_nations", "fill_inner_units"]

# Where the inner unit, not the larger one, is what the press names a town by; elsewhere their bare names are
# words too ("Nord", "Lot"), and their people are left uncounted.
_COUNTED = ("GB", "IE")


def fill_inner_units(
    units: Iterable[Row],
    rows: list[Row],
    read_outlines: Callable[[Iterable[str]], Mapping[str, BaseGeometry]],
) -> int:
    """Give settlements the code of the inner unit that they lie in, as their second one; return how many."""
    codes = {(row.country, row.admin1) for row in rows}
    inner: dict[str, list[Row]] = defaultdict(list)
    for unit in units:
        known = (unit.country, unit.admin1) in codes
        if unit.kind == "region" and unit.admin1 and unit.boundary and not known:
            inner[unit.country].append(unit)
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.country in inner and not row.admin2:
            towns[row.country].append(row)
    return sum(_fill(inner[code], towns[code], read_outlines) for code in inner)


def _fill(
    units: list[Row],
    towns: list[Row],
    read_outlines: Callable[[Iterable[str]], Mapping[str, BaseGeometry]],
) -> int:
    shapes = read_outlines(unit.boundary for unit in units)
    units = [unit for unit in units if unit.boundary in shapes]
    tree = STRtree([shapes[unit.boundary] for unit in units])
    count = 0
    for town in towns:
        found = tree.query(Point(town.longitude, town.latitude), predicate="within")
        if len(found):
            unit = units[int(found[0])]
            town.admin2 = unit.admin1
            count += 1
            if unit.country in _COUNTED:
                unit.population += town.population
    return count


def count_nations(rows: list[Row]) -> None:
    """Give the hand-made nations of a country the people of the towns that have their code."""
    nations = {
        (row.country, row.admin1): row
        for row in rows
        if row.gazetteer == "curated" and row.kind == "region" and row.country in _COUNTED
    }
    for row in rows:
        nation = nations.get((row.country, row.admin1))
        if nation is not None and row.kind == "settlement":
            nation.population += row.population

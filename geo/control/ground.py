"""What a control map stands on: the ground that is shared out, its settlements, its wide waters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.claims.parties import home_of
from geo.control.model import Base
from geo.control.statements import Statement
from geo.errors import DataError
from geo.resources import open_database
from geo.shapes.boundaries import Area, Boundaries, read_country_codes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.float64]

__all__ = [
    "MANY", "assume_homes", "find_domain", "find_homes", "find_waters", "list_settlements", "stand_alone",
]  # fmt: skip

# Countries larger than this (square degrees of their bounds) are shared out by the regions that are named.
_LARGE = 700.0
# Ground of a country that a base covers by less than this share of a unit's bounds is its maker's slack.
_SLACK_SHARE = 0.002
# A town on a border may lie outside of its country's outline by so much (degrees).
_RIM_DEGREES = 0.03
# From this many statements on, they alone draw the map; fewer change what is at home.
MANY = 100
# Within one country nobody is at home: so many draw it, with some of each side.
_MANY_INNER, _SOME = 8, 2
_WATER_KEY = "water:"  # lakes and reservoirs; seas have keys of their own


def find_domain(
    statements: Sequence[Statement], base: Base | None, boundaries: Boundaries, sides: Sequence[str]
) -> BaseGeometry:
    """Return the ground to share out, EPSG:4326: what the statements and the base speak of.

    Of the sides' countries, for a group the one that it fights in; where no side has one, of those that hold
    a statement.  Large countries come by the regions concerned.
    """
    known = {area.country_code for area in boundaries.list_areas("country")}
    codes = {read_country_codes().get(home_of(side), side) for side in sides} & known
    points = [shapely.Point(one.longitude, one.latitude) for one in statements]
    held = list(base.held.values()) if base is not None else []
    kept: list[BaseGeometry] = []
    for country in boundaries.list_areas("country"):
        named = country.country_code in codes if codes else any(_holds(country, point) for point in points)
        if named:
            kept += _choose_ground(country, points, held, boundaries)
    if not kept:
        raise DataError(
            f"no ground of {', '.join(sides)} is named by the statements; give a base or a domain"
        )
    return shapely.union_all(kept)


def _holds(area: Area, point: shapely.Point) -> bool:
    return area.meets(point.bounds)


def _choose_ground(
    country: Area, points: Sequence[shapely.Point], held: Sequence[BaseGeometry], boundaries: Boundaries
) -> list[BaseGeometry]:
    """Return a country if it is small and concerned, else its regions that are."""
    west, south, east, north = country.bounds
    if (east - west) * (north - south) <= _LARGE:
        outline = boundaries.read(country.key)
        return [outline] if _is_concerned(outline, points, held) else []
    regions = (a for a in boundaries.list_areas("admin1") if a.country_code == country.country_code)
    near = (a for a in regions if any(a.meets(_pad(g.bounds)) for g in (*points, *held)))
    outlines = (boundaries.read(area.key) for area in near)
    return [outline for outline in outlines if _is_concerned(outline, points, held)]


def _pad(bounds: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    west, south, east, north = bounds
    return west - _RIM_DEGREES, south - _RIM_DEGREES, east + _RIM_DEGREES, north + _RIM_DEGREES


def _is_concerned(
    outline: BaseGeometry, points: Sequence[shapely.Point], held: Sequence[BaseGeometry]
) -> bool:
    if any(shapely.dwithin(outline, point, _RIM_DEGREES) for point in points):
        return True
    least = _SLACK_SHARE * outline.envelope.area
    return any(outline.intersects(one) and outline.intersection(one).area > least for one in held)


def list_settlements(
    bounds: tuple[float, float, float, float],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return the gazetteer's settlements within bounds as rows of longitude and latitude, degrees."""
    west, south, east, north = bounds
    query = (
        "select distinct longitude, latitude from place where kind = 'settlement'"
        " and longitude between ? and ? and latitude between ? and ?"
    )
    connection = open_database("gazetteer.sqlite")
    try:
        rows = connection.execute(query, (west, east, south, north)).fetchall()
    finally:
        connection.close()
    return np.asarray(rows, dtype=np.float64).reshape(-1, 2)


def find_waters(domain: BaseGeometry, boundaries: Boundaries) -> BaseGeometry | None:
    """Return the lakes and reservoirs of a domain, EPSG:4326; None if it has none."""
    areas = [
        a for a in boundaries.list_areas("water") if a.key.startswith(_WATER_KEY) and a.meets(domain.bounds)
    ]
    lakes = [lake for area in areas if (lake := boundaries.read(area.key)).area and lake.intersects(domain)]
    return shapely.union_all(lakes) if lakes else None


def find_homes(boundaries: Boundaries, sides: Sequence[str]) -> dict[str, BaseGeometry]:
    """Return the countries of the sides, EPSG:4326, by the side's code."""
    homes: dict[str, BaseGeometry] = {}
    for side in sides:
        try:
            homes[side] = boundaries.find_country(read_country_codes().get(side, side))
        except DataError:
            continue  # a side need not be a country
    return homes


def stand_alone(statements: Sequence[Statement], sides: Sequence[str]) -> bool:
    """Tell whether statements alone draw a map: many do, and fewer where both sides fight in one country."""
    if len(statements) >= MANY:
        return True
    held = Counter(one.side for one in statements)
    inner = len({home_of(side) for side in sides}) < len(sides)
    return inner and held.total() >= _MANY_INNER and all(held[side] >= _SOME for side in sides)


def assume_homes(boundaries: Boundaries, sides: Sequence[str]) -> Base:
    """Return the base where there is none: each side holds its own country until somebody says otherwise.

    It has no date, so that any statement overrules it, and none of it counts as assessed.
    """
    return Base(held={}, rest=sides[0], as_of=date.min, homes=find_homes(boundaries, sides))

"""Rivers as lines that know which way they flow, so that banks can be told apart."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Place, PlaceKind
from geo.places.folding import fold_name
from geo.projection import Plane, find_plane_of
from geo.resources import read_bytes
from geo.shapes.boundaries import Area, Boundaries
from geo.units import M_PER_KM

__all__ = ["River", "find_river", "read_mouths", "split_by_river"]

# Bends finer than this do not change which bank a place is on.
_DETAIL_KM = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class River:
    """A river's course, EPSG:4326, and its mouth as (longitude, latitude) in degrees."""

    course: BaseGeometry
    mouth: tuple[float, float]


@lru_cache(maxsize=1)
def read_mouths() -> dict[str, tuple[float, float]]:
    """Return the mouth (longitude, latitude) of the rivers whose banks reports speak of, by folded name."""
    rows = csv.DictReader(io.StringIO(read_bytes("curated/mouths.csv").decode("utf-8")))
    return {fold_name(row["name"]): (float(row["longitude"]), float(row["latitude"])) for row in rows}


def find_river(places: Sequence[Place], boundaries: Boundaries) -> River | None:
    """Return the river among the named places, else the longest known one in the first named unit."""
    for place in places:
        if place.kind is PlaceKind.WATER and place.boundary and boundaries.has(place.boundary):
            return _make_river(place.name, boundaries.read(place.boundary))
    for place in places:
        if place.boundary and boundaries.has(place.boundary):
            return _find_main_river(boundaries.read(place.boundary), boundaries)
    return None


def _find_main_river(unit: BaseGeometry, boundaries: Boundaries) -> River | None:
    near = (area for area in boundaries.list_areas("water") if area.meets(unit.bounds))
    rivers = [(area, boundaries.read(area.key)) for area in near if fold_name(area.name) in read_mouths()]
    lines = [(area, line) for area, line in rivers if not line.area and line.intersects(unit)]
    if not lines:
        return None
    area, line = max(lines, key=lambda one: _measure_inside(one, unit))
    return _make_river(area.name, line)


def _measure_inside(one: tuple[Area, BaseGeometry], unit: BaseGeometry) -> float:
    return float(shapely.intersection(one[1], unit).length)


def _make_river(name: str, course: BaseGeometry) -> River | None:
    mouth = read_mouths().get(fold_name(name))
    return River(course=course, mouth=mouth) if mouth and not course.area else None


def split_by_river(unit: BaseGeometry, river: River, side: str, depth_km: float) -> BaseGeometry:
    """Return the strip of a unit on one bank of a river, EPSG:4326.

    Parameters
    ----------
    unit
        Polygon, EPSG:4326.
    river
        Its course and mouth.
    side
        L or R, looking downstream.
    depth_km
        How deep the strip is.
    """
    plane = find_plane_of(unit)
    depth = depth_km * M_PER_KM
    flat = plane.to_plane(unit)
    course = plane.to_plane(river.course).intersection(flat.buffer(depth))
    line = _chain_downstream(course, plane, river.mouth).simplify(_DETAIL_KM * M_PER_KM)
    strip = line.buffer(depth if side == "L" else -depth, single_sided=True)
    return plane.to_degrees(flat.intersection(shapely.make_valid(strip)))


def _chain_downstream(course: BaseGeometry, plane: Plane, mouth: tuple[float, float]) -> shapely.LineString:
    """Join the pieces of a course into one line that ends at the mouth."""
    end = shapely.Point(plane.project(*mouth))
    merged: Any = shapely.line_merge(course)
    pieces = [_turn_towards(line, end) for line in shapely.get_parts(merged) if line.length]
    pieces.sort(key=lambda xy: -float(np.hypot(*(xy[0] - (end.x, end.y)))))
    if not pieces:
        return shapely.LineString()
    return shapely.LineString(np.vstack(pieces))


def _turn_towards(line: BaseGeometry, end: shapely.Point) -> Any:
    xy = shapely.get_coordinates(line)
    first, last = np.hypot(*(xy[0] - (end.x, end.y))), np.hypot(*(xy[-1] - (end.x, end.y)))
    return xy if last <= first else xy[::-1]

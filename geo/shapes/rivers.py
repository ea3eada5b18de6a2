"""Rivers as lines that run downstream, so that banks can be told apart."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.model import Place, PlaceKind
from geo.projection import find_plane_of
from geo.resources import read_bytes
from geo.shapes.boundaries import Boundaries
from geo.units import M_PER_KM

__all__ = ["find_course", "find_river", "read_courses", "split_by_river"]

# Bends finer than this do not change which bank a place is on.
_DETAIL_KM = 2.0


@lru_cache(maxsize=1)
def read_courses() -> dict[str, BaseGeometry]:
    """Return the courses of named rivers, EPSG:4326, downstream, by their identifier in the gazetteer."""
    features = json.loads(read_bytes("curated/courses.geojson"))["features"]
    return {one["id"]: shapely.from_geojson(json.dumps(one["geometry"])) for one in features}


def find_course(place: Place) -> BaseGeometry | None:
    """Return the course of a river, EPSG:4326, or None if it is not known."""
    return read_courses().get(place.id) if place.kind is PlaceKind.WATER else None


def find_river(places: Sequence[Place], boundaries: Boundaries) -> BaseGeometry | None:
    """Return the course of the river among the named places, else of the longest in the first named unit."""
    for place in places:
        course = find_course(place)
        if course is not None:
            return course
    for place in places:
        unit = boundaries.find(place.boundary) if place.kind is not PlaceKind.WATER else None
        if unit is not None:
            return _find_main_river(unit)
    return None


def _find_main_river(unit: BaseGeometry) -> BaseGeometry | None:
    crossing = [course for course in read_courses().values() if course.intersects(unit)]
    return max(crossing, key=lambda course: course.intersection(unit).length, default=None)


def split_by_river(unit: BaseGeometry, course: BaseGeometry, side: str, depth_km: float) -> BaseGeometry:
    """Return the strip of a unit on one bank of a river, EPSG:4326; empty if the river is not near.

    Parameters
    ----------
    unit
        Polygon, EPSG:4326.
    course
        The river, EPSG:4326, downstream.
    side
        L or R, looking downstream.
    depth_km
        How deep the strip is.
    """
    plane = find_plane_of(unit)
    depth = depth_km * M_PER_KM
    flat = plane.to_plane(unit)
    near: Any = shapely.line_merge(plane.to_plane(course).intersection(flat.buffer(depth)), directed=True)
    strips = [_draw_strip(line, depth if side == "L" else -depth) for line in shapely.get_parts(near)]
    return plane.to_degrees(flat.intersection(shapely.union_all(strips)))


def _draw_strip(line: Any, depth: float) -> BaseGeometry:
    """Return the ground within a depth of a line on its left (positive) or right, metres."""
    coarse = line.simplify(_DETAIL_KM * M_PER_KM)
    strip: BaseGeometry = shapely.make_valid(coarse.buffer(depth, single_sided=True))
    return strip

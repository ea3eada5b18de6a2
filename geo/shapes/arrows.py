"""Movements: an arrow along a course, from its start through the places named to its aim."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo.errors import GeometryError
from geo.projection import find_plane
from geo.units import M_PER_KM

__all__ = ["draw_arrow"]

# Shares of the arrow's length; between these widths it stays readable at any scale.
_SHAFT_SHARE = 0.08
_HEAD_SHARE = 0.25
_SHAFT_KM = (0.3, 6.0)
_ROUNDS = 3  # of corner cutting
_SAME_M = 1.0
_DASH, _GAP = 2.2, 1.2  # of the shaft's width


def draw_arrow(course: Sequence[tuple[float, float]], *, broken: bool = False) -> BaseGeometry:
    """Return an arrow polygon along a course, EPSG:4326, its tip at the course's end.

    Parameters
    ----------
    course
        Points that the movement goes through, (longitude, latitude) in degrees; the last is its aim.
    broken
        Whether the shaft is cut into pieces, as that of a withdrawal is.

    Raises
    ------
    GeometryError
        If fewer than two different points are known: one point has no direction.
    """
    if not course:
        raise GeometryError("an arrow needs at least two places; none is named")
    plane = find_plane(*course[-1])
    path = _drop_repeats([plane.project(*point) for point in course])
    if len(path) < 2:
        raise GeometryError("an arrow needs two different places: one point has no direction")
    return plane.to_degrees(_draw_flat_arrow(_round_corners(np.asarray(path)), broken=broken))


def _drop_repeats(path: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Drop points that stand again: a course that crosses the antimeridian has its crossing on both sides."""
    return [point for i, point in enumerate(path) if i == 0 or math.dist(point, path[i - 1]) > _SAME_M]


def _round_corners(xy: np.ndarray) -> np.ndarray:
    """Cut corners (Chaikin), the two ends kept."""
    for _ in range(_ROUNDS if len(xy) > 2 else 0):
        near, far = 0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        xy = np.vstack([xy[:1], cut[1:-1], xy[-1:]])
    return xy


def _draw_flat_arrow(xy: np.ndarray, *, broken: bool) -> BaseGeometry:
    """Return shaft and head around a path in metres."""
    line = shapely.LineString(xy)
    low, high = (width * M_PER_KM for width in _SHAFT_KM)
    width = float(np.clip(_SHAFT_SHARE * line.length, low, high))
    head = min(_HEAD_SHARE * line.length, 4 * width)
    neck = line.interpolate(line.length - head)
    spine: Any = substring(line, 0, line.length - head * 0.9)
    shaft = (_break_line(spine, width) if broken else spine).buffer(width / 2, cap_style="flat")
    tip = np.asarray(line.coords[-1])
    ahead = (tip - np.asarray(neck.coords[0])) / np.hypot(*(tip - np.asarray(neck.coords[0])))
    across = np.array([-ahead[1], ahead[0]]) * width * 1.4
    base = tip - ahead * head
    return shapely.union_all([shaft, shapely.Polygon([tip, base + across, base - across])])


def _break_line(line: shapely.LineString, width: float) -> BaseGeometry:
    """Return a line cut into dashes, the last of which ends where the line does."""
    ends = np.arange(line.length, 0.0, -(_DASH + _GAP) * width)
    dashes: list[Any] = [substring(line, max(end - _DASH * width, 0.0), end) for end in ends]
    return shapely.MultiLineString(dashes)

"""Directions of attack: an arrow from the held side through the places named."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from geo.errors import GeometryError
from geo.projection import Plane, find_plane_of
from geo.units import M_PER_KM

__all__ = ["draw_arrow"]

# Shares of the arrow's length; between these widths it stays readable at any scale.
_SHAFT_SHARE = 0.08
_HEAD_SHARE = 0.25
_SHAFT_KM = (0.3, 6.0)
# Where nothing tells from where the attack comes, the arrow starts this far back.
_ROUNDS = 3


def draw_arrow(
    places: Sequence[tuple[float, float]], held: BaseGeometry | None = None, *, reach_km: float = 60.0
) -> BaseGeometry:
    """Return an arrow polygon, EPSG:4326, that ends at the last place named.

    Parameters
    ----------
    places
        Where the attack goes through, (longitude, latitude) in degrees, in order; the last is its aim.
    held
        What the attacker holds, EPSG:4326: the arrow starts at its point nearest to the first place.
    reach_km
        Held ground farther away than this is not where the attack starts.

    Raises
    ------
    GeometryError
        If fewer than two different points are known: one point has no direction.
    """
    if not places:
        raise GeometryError("an arrow needs at least one place; none is named")
    plane = find_plane_of(shapely.MultiPoint(list(places)))
    path = [plane.project(*place) for place in places]
    start = _find_start(plane, path[0], held, reach_km)
    path = [*([start] if start else []), *path]
    line = shapely.LineString(_drop_repeats(path)) if len(_drop_repeats(path)) > 1 else None
    if line is None:
        raise GeometryError("an arrow needs two different places, or a place and the ground that is held")
    return plane.to_degrees(_draw_flat_arrow(_round_corners(np.asarray(line.coords))))


def _find_start(
    plane: Plane, first: tuple[float, float], held: BaseGeometry | None, reach_km: float
) -> tuple[float, float] | None:
    if held is None or held.is_empty:
        return None
    way = shapely.shortest_line(shapely.Point(first), plane.to_plane(held))
    if not 0 < way.length <= reach_km * M_PER_KM:
        return None
    x, y = way.coords[-1]
    return float(x), float(y)


def _drop_repeats(path: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [point for i, point in enumerate(path) if i == 0 or point != path[i - 1]]


def _round_corners(xy: np.ndarray) -> np.ndarray:
    """Cut corners (Chaikin), the two ends kept."""
    for _ in range(_ROUNDS if len(xy) > 2 else 0):
        near, far = 0.75 * xy[:-1] + 0.25 * xy[1:], 0.25 * xy[:-1] + 0.75 * xy[1:]
        cut = np.stack([near, far], axis=1).reshape(-1, 2)
        xy = np.vstack([xy[:1], cut[1:-1], xy[-1:]])
    return xy


def _draw_flat_arrow(xy: np.ndarray) -> BaseGeometry:
    """Return shaft and head around a path in metres."""
    line = shapely.LineString(xy)
    low, high = (width * M_PER_KM for width in _SHAFT_KM)
    width = float(np.clip(_SHAFT_SHARE * line.length, low, high))
    head = min(_HEAD_SHARE * line.length, 4 * width)
    neck = line.interpolate(line.length - head)
    shaft = substring(line, 0, line.length - head * 0.9).buffer(width / 2, cap_style="flat")
    tip = np.asarray(line.coords[-1])
    ahead = (tip - np.asarray(neck.coords[0])) / np.hypot(*(tip - np.asarray(neck.coords[0])))
    across = np.array([-ahead[1], ahead[0]]) * width * 1.4
    base = tip - ahead * head
    return shapely.union_all([shaft, shapely.Polygon([tip, base + across, base - across])])

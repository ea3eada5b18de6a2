"""Shapes that cross the antimeridian, cut in two as RFC 7946, 3.1.9 asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
import shapely.affinity

__all__ = ["cut_at_antimeridian", "find_bounds"]


def cut_at_antimeridian(shapes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return shapes within ±180° of longitude; what crosses the antimeridian becomes a multi-part shape.

    Parameters
    ----------
    shapes
        EPSG:4326, None allowed.  A crossing is told by longitudes beyond ±180°, or by two following vertices
        more than 180° apart (a full turn, as along the edge of a world map, is none).
    """
    cut = shapes.copy()
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        doubtful = (bounds[:, 0] < -180) | (bounds[:, 2] > 180) | (bounds[:, 2] - bounds[:, 0] > 180)
    for index in np.flatnonzero(doubtful):
        cut[index] = _cut_one(shapes[index])
    return cut


def _cut_one(shape: Any) -> Any:
    parts = [_fold_part(_unwrap_part(part)) for part in shapely.get_parts(shape)]
    merged = shapely.union_all([piece for part in parts for piece in part]) if parts else shape
    return shape if merged.is_empty else merged


def _unwrap_part(part: Any) -> Any:
    """Make longitudes run on through ±180° instead of jumping back by a turn."""
    if part.geom_type == "Polygon":
        rings = [_unwrap_ring(np.asarray(ring.coords)) for ring in (part.exterior, *part.interiors)]
        unwrapped = shapely.Polygon(rings[0], [_move_near(ring, rings[0]) for ring in rings[1:]])
        return unwrapped if unwrapped.is_valid else shapely.make_valid(unwrapped)
    if part.geom_type == "LineString":
        return shapely.LineString(_unwrap_ring(np.asarray(part.coords)))
    return part


def _unwrap_ring(coordinates: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    steps = np.diff(coordinates[:, 0])
    edge = np.abs(coordinates[:, 0]) == 180.0
    along = edge[1:] & edge[:-1]  # the edge of a world map, and no crossing
    turns = np.where((np.abs(steps) > 180) & ~along, -np.sign(steps), 0.0)
    if turns.sum() != 0:  # the ring goes round a pole: a flat map has no honest cut for it
        turns[:] = 0.0 if np.allclose(coordinates[0], coordinates[-1]) else turns
    shifted = coordinates.copy()
    shifted[1:, 0] += 360.0 * np.cumsum(turns)
    return shifted


def _move_near(ring: np.ndarray[Any, Any], outer: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    gap = outer[:, 0].mean() - ring[:, 0].mean()
    moved = ring.copy()
    moved[:, 0] += 360.0 * round(gap / 360.0)
    return moved


def _fold_part(part: Any) -> list[Any]:
    """Clip a shape to each turn of the globe that it reaches into, and move the pieces back."""
    west, _, east, _ = part.bounds
    pieces = []
    for turn in range(int(np.floor((west + 180) / 360)), int(np.floor((east + 180) / 360)) + 1):
        box = shapely.box(360.0 * turn - 180, -90, 360.0 * turn + 180, 90)
        piece = part.intersection(box)
        if not piece.is_empty and piece.geom_type.removeprefix("Multi") == part.geom_type:
            pieces.append(shapely.affinity.translate(piece, xoff=-360.0 * turn))
    return pieces


def find_bounds(shapes: np.ndarray[Any, Any]) -> list[float] | None:
    """Return [west, south, east, north] of shapes within ±180°; west is greater than east across 180°.

    The box that leaves out the widest empty stretch of longitude is chosen only where shapes touch both sides
    of the antimeridian.
    """
    bounds = shapely.bounds(shapely.get_parts(shapes)) if len(shapes) else np.empty((0, 4))
    bounds = bounds[~np.isnan(bounds).any(axis=1)]
    if not len(bounds):
        return None
    west, south = bounds[:, 0].min(), bounds[:, 1].min()
    east, north = bounds[:, 2].max(), bounds[:, 3].max()
    if west <= -180 and east >= 180:
        west, east = _skip_gap(bounds[:, [0, 2]].tolist())
    return [float(value) for value in np.round([west, south, east, north], 6)]


def _skip_gap(intervals: Sequence[list[float]]) -> tuple[float, float]:
    ordered = sorted(intervals)
    reach, widest = ordered[0][1], (0.0, 180.0, -180.0)
    for start, end in ordered[1:]:
        widest = max(widest, (start - reach, reach, start))
        reach = max(reach, end)
    gap, before, after = widest
    return (after, before) if gap > 0 else (-180.0, 180.0)

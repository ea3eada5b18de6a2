"""The line between zones, and the band in which it may lie; plane, metres."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["draw_band", "find_front"]

_STEP_M = 2_000.0  # the band's width is told anew this often along the front
_CLASSES = 12  # widths are rounded to so many classes, each buffered at once
_NARROWEST_M = 100.0


def find_front(zones: Sequence[tuple[str, BaseGeometry]]) -> list[tuple[str, str, BaseGeometry]]:
    """Return (side on the left, side on the right, lines) between zones of different sides.

    Parameters
    ----------
    zones
        Side and geometry of each; a planar coverage, so that neighbours share their edges vertex by vertex.
    """
    edges = [_list_edges(geometry) for _, geometry in zones]
    out = []
    for (i, (left, _)), (j, (right, _)) in combinations(enumerate(zones), 2):
        if left == right:
            continue
        # With shells anticlockwise a zone lies to the left of its edges; its neighbour runs them backwards.
        lines = _share_edges(edges[i], edges[j])
        if not lines.is_empty:
            out.append((left, right, lines))
    return out


def _list_edges(geometry: BaseGeometry) -> NDArray[np.complex128]:
    """Return the directed edges of the rings (n, 2), the inside on the left, as complex numbers."""
    parts: Any = shapely.get_parts(shapely.orient_polygons(geometry))
    rings = shapely.get_rings(parts)
    if not len(rings):
        return np.empty((0, 2), np.complex128)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    z = np.ascontiguousarray(xy).view(np.complex128).ravel()
    same = ring[1:] == ring[:-1]
    return np.column_stack([z[:-1][same], z[1:][same]])


def _share_edges(one: NDArray[np.complex128], other: NDArray[np.complex128]) -> BaseGeometry:
    """Return the edges of one that the other runs backwards, merged to lines."""
    if not (len(one) and len(other)):
        return shapely.MultiLineString()
    mine, theirs = _name_edges(one), _name_edges(other[:, ::-1])
    kept = one[np.isin(mine, theirs)]
    if not len(kept):
        return shapely.MultiLineString()
    lines: Any = shapely.linestrings(np.stack([kept.real, kept.imag], axis=2))
    joined: Any = shapely.multilinestrings(lines)
    return cast("BaseGeometry", shapely.line_merge(joined, directed=True))


def _name_edges(edges: NDArray[np.complex128]) -> NDArray[np.void]:
    flat = np.ascontiguousarray(edges).view(np.float64).reshape(-1, 4) + 0.0  # -0.0 and 0.0 are one
    return flat.view([("", np.float64)] * 4).ravel()


def draw_band(
    lines: BaseGeometry,
    settlements: NDArray[Any],
    ages_m: NDArray[np.float64],
    *,
    share: float,
    least_m: float,
) -> BaseGeometry:
    """Return the band around a front in which it may lie.

    Parameters
    ----------
    lines
        The front.
    settlements
        Points whose holder is known.
    ages_m
        For each, how far the front may have moved since then.
    share
        The half-width is this share of the distance to the nearest settlement, plus its age.
    least_m
        The half-width where no settlement is known.
    """
    pieces = shapely.get_parts(shapely.segmentize(lines, _STEP_M))
    coordinates, index = shapely.get_coordinates(pieces, return_index=True)
    same = index[1:] == index[:-1]
    segments = np.stack([coordinates[:-1][same], coordinates[1:][same]], axis=1)
    if not len(segments):
        return shapely.MultiPolygon()
    widths = _find_widths(segments, settlements, ages_m, share, least_m)
    levels = np.geomspace(_NARROWEST_M, max(float(widths.max()), 2 * _NARROWEST_M), _CLASSES)
    level = np.clip(np.searchsorted(levels, widths), 0, _CLASSES - 1)
    bands = [_widen(segments[level == k], float(levels[k])) for k in np.unique(level)]
    return shapely.union_all(bands)


def _widen(segments: NDArray[np.float64], width: float) -> BaseGeometry:
    lines: Any = shapely.linestrings(segments)
    joined: Any = shapely.line_merge(shapely.multilinestrings(lines))
    return cast("BaseGeometry", shapely.buffer(joined, width, quad_segs=3))


def _find_widths(
    segments: NDArray[np.float64],
    settlements: NDArray[Any],
    ages_m: NDArray[np.float64],
    share: float,
    least_m: float,
) -> NDArray[np.float64]:
    if not len(settlements):
        return np.full(len(segments), least_m)
    middles = shapely.points(segments.mean(axis=1))
    nearest = shapely.STRtree(settlements).nearest(middles)
    away = shapely.distance(middles, settlements[nearest])
    return np.asarray(share * away + ages_m[nearest], dtype=float)

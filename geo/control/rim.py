"""Where the rim of a domain fools a front line: slivers between two makers' outlines, coasts, lagoons.

A base map and the outline of a country come from different hands.  Between them lie strips, metres to a few
kilometres wide, that formally belong to a side and part nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.projection import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

__all__ = ["drop_rim_lines"]

# The outlines of the reference maps stray up to three kilometres from the border (data/README.md there).
_RIM_M = 4_000.0
# Ground that is nowhere twice as wide as this parts nobody where it lies along the rim.
_THICK_M = 1_500.0
# A front that runs out at the rim in a wedge is not cut short by less than this.
_TAIL_M = 10_000.0
_ROUGH_M = 150.0
# Rings this short are where two outlines cross each other by a hair, anywhere.
_SPECK_DEGREES = 0.005


def drop_rim_lines(
    plane: Plane, lines: BaseGeometry, zones: Sequence[BaseGeometry], rim: BaseGeometry
) -> BaseGeometry:
    """Return the lines of a front without those that only part slivers along the rim, EPSG:4326.

    Parameters
    ----------
    plane
        The plane of zones and rim.
    lines
        The front between two zones, EPSG:4326.
    zones
        The two zones, plane.
    rim
        The outline of the domain, plane; pockets farther inland are kept, however small.
    """
    parts = shapely.get_parts(shapely.line_merge(lines, directed=True))
    parts = parts[~(shapely.is_ring(parts) & (shapely.length(parts) < _SPECK_DEGREES))]
    xy, line = shapely.get_coordinates(parts, return_index=True)
    same = line[1:] == line[:-1]
    segments = np.stack([xy[:-1][same], xy[1:][same]], axis=1)
    if not len(segments):
        return shapely.MultiLineString()
    middles: Any = shapely.points(_project(plane, segments.mean(axis=1)))
    lengths = np.hypot(*(_project(plane, segments[:, 1]) - _project(plane, segments[:, 0])).T)
    false = np.zeros(len(segments), dtype=bool)
    shapely.prepare(rim)
    near = np.flatnonzero(shapely.dwithin(rim, middles, _RIM_M))
    for zone in zones if len(near) else ():
        false[near] |= ~_is_thick(zone, middles[near])
    return _join(segments[_keep_tails(lengths, line[:-1][same], false)])


def _project(plane: Plane, xy: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(shapely.get_coordinates(plane.to_plane(shapely.MultiPoint(xy))))


def _is_thick(zone: BaseGeometry, points: NDArray[Any]) -> Flags:
    """Tell which points lie on ground that is wide enough near by."""
    west, south, east, north = shapely.total_bounds(points)
    reach = 4 * _THICK_M
    around = shapely.clip_by_rect(zone, west - reach, south - reach, east + reach, north + reach)
    core = shapely.buffer(shapely.buffer(shapely.simplify(around, _ROUGH_M), 0), -_THICK_M, quad_segs=2)
    if core.is_empty:
        return np.zeros(len(points), dtype=bool)
    shapely.prepare(core)
    return np.asarray(shapely.dwithin(core, points, 2 * _THICK_M + _ROUGH_M))


def _keep_tails(length: NDArray[np.float64], line: NDArray[np.int64], false: Flags) -> Flags:
    """Return which segments to keep: false ones too, where a short run of them carries on a true front."""
    kept = ~false
    starts = np.flatnonzero(np.r_[True, (line[1:] != line[:-1]) | (false[1:] != false[:-1])])
    ends = np.r_[starts[1:], len(false)]
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        if not false[start]:
            continue
        before = start > 0 and line[start - 1] == line[start]
        after = end < len(false) and line[end] == line[start]
        if (before or after) and length[start:end].sum() <= _TAIL_M:
            kept[start:end] = True
    return kept


def _join(segments: NDArray[np.float64]) -> BaseGeometry:
    if not len(segments):
        return shapely.MultiLineString()
    lines: Any = shapely.linestrings(segments)
    joined: Any = shapely.multilinestrings(lines)
    return cast("BaseGeometry", shapely.line_merge(joined, directed=True))

"""What the base map shows of a part of the world that only the coarse sheet holds: regions' edges and lakes.

They are cut out of the boundaries and lie over the coarse sheet's land and borders.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.resources import open_database

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

__all__ = ["cut_sheet"]

Box = tuple[float, float, float, float]
Path = list[int]

# Coordinates are integers of 1e-3 degree, 110 m, as in the shipped sheet of the region.
_SCALE = 1000
# Lines are simplified to a part of the view's width: two pixels where the view is as wide as a screen, zoomed
# in four times.
_DETAIL = 8_000
_FINEST = 0.001
# Edges of neighbours that were simplified each for itself lie at most so far apart, degrees.
_GAP = 0.03
# Ends of segments that are nearer than this are the same point, degrees.
_SNAP = 1e-5


def cut_sheet(limits: Box, width: float) -> dict[str, Any]:
    """Return a sheet, in the form of ``data/basemap``, of what lies inside ``limits``.

    Parameters
    ----------
    limits
        West, south, east, north in degrees.
    width
        How many degrees the map shows at first, which tells how much detail is needed.

    Raises
    ------
    DataError
        If the boundaries are missing.
    """
    connection = open_database("boundaries.sqlite")
    try:
        areas = {kind: _read_areas(connection, kind, limits) for kind in ("admin1", "water")}
    finally:
        connection.close()
    clip = _Clip(limits=limits, tolerance=max(width / _DETAIL, _FINEST))
    lakes = [shape for key, shape in areas["water"].items() if key.startswith("water:")]
    return {
        "scale": _SCALE,
        "bbox": [round(value, 4) for value in limits],
        "lakes": [{"rings": clip.encode_areas([lake])} for lake in lakes],
        "region_lines": clip.outline_units(areas["admin1"]),
    }


def _read_areas(connection: sqlite3.Connection, kind: str, limits: Box) -> dict[str, BaseGeometry]:
    """Return the areas of a kind that touch the limits, by key."""
    import shapely

    west, south, east, north = limits
    query = (
        "select key, wkb from area "
        "where kind = ? and maxx > ? and minx < ? and maxy > ? and miny < ? order by key"
    )
    rows = connection.execute(query, (kind, west, east, south, north)).fetchall()
    shapes = shapely.from_wkb([wkb for _, wkb in rows])
    return dict(zip((key for key, _ in rows), shapes, strict=True))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Clip:
    """Cuts, simplifies and encodes geometry for one map."""

    limits: Box
    tolerance: float

    def encode_areas(self, shapes: Iterable[BaseGeometry]) -> list[Path]:
        """Return the rings of areas inside the limits; specks are left out."""
        import shapely

        cut = shapely.clip_by_rect(list(shapes), *self.limits)
        simple = shapely.get_parts(shapely.simplify(cut, self.tolerance, preserve_topology=True))
        polygons = simple[shapely.get_type_id(simple) == 3]
        large = polygons[shapely.area(polygons) > (4 * self.tolerance) ** 2]
        return [_encode(ring) for ring in shapely.get_rings(large)]

    def encode_lines(self, lines: BaseGeometry) -> list[Path]:
        """Return lines inside the limits."""
        import shapely

        cut = shapely.clip_by_rect(
            shapely.simplify(lines, self.tolerance, preserve_topology=False), *self.limits
        )
        parts = shapely.get_parts(cut)
        return [_encode(line) for line in parts[shapely.length(parts) > 2 * self.tolerance]]

    def share_edges(self, shapes: Sequence[BaseGeometry]) -> BaseGeometry:
        """Return what two areas share of their edges, as lines.

        Where neighbours were simplified each for itself, their edges lie side by side: one of the two counts.
        """
        import numpy as np

        segments, owners = self._list_segments(shapes)
        first, counts = _match_segments(segments)
        single = first[counts == 1]
        neighbour = _find_neighbours(segments[single], owners[single])
        shared = [first[counts > 1], single[(neighbour >= 0) & (neighbour > owners[single])]]
        return _join(segments[np.concatenate(shared)])

    def _list_segments(self, shapes: Sequence[BaseGeometry]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return the segments of all rings that touch the limits, as pairs of points, and whose they are."""
        import numpy as np
        import shapely

        rings, of_shape = shapely.get_rings(list(shapes), return_index=True)
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        joined = of_ring[1:] == of_ring[:-1]
        segments = np.stack([points[:-1][joined], points[1:][joined]], axis=1)
        owners = of_shape[of_ring[:-1][joined]]
        low, high = segments.min(axis=1), segments.max(axis=1)
        west, south, east, north = self.limits
        near = (high >= [west, south]).all(axis=1) & (low <= [east, north]).all(axis=1)
        return segments[near], owners[near]

    def outline_units(self, units: Mapping[str, BaseGeometry]) -> list[Path]:
        """Return the lines between the units of each country."""
        countries: dict[str, list[BaseGeometry]] = {}
        for key, shape in units.items():
            countries.setdefault(key[:2], []).append(shape)
        shared = (self.share_edges(shapes) for shapes in countries.values())
        return [line for edges in shared for line in self.encode_lines(edges)]


def _match_segments(segments: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first of each set of equal segments, whichever way they run, and the size of the set."""
    import numpy as np

    whole = np.rint(segments / _SNAP).astype(np.int64)
    flip = (whole[:, 0, 0] > whole[:, 1, 0]) | (
        (whole[:, 0, 0] == whole[:, 1, 0]) & (whole[:, 0, 1] > whole[:, 1, 1])
    )
    whole[flip] = whole[flip][:, ::-1]
    # One number a segment: sorting rows of four is ten times slower.
    keys = whole.reshape(-1, 4) @ np.array([1, 1_000_003, 998_244_353, 1_000_000_007], dtype=np.int64)
    _, first, counts = np.unique(keys, return_index=True, return_counts=True)
    return first, counts


def _find_neighbours(segments: NDArray[np.float64], owners: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each segment the lowest number of another area whose edge is near its middle, -1 if none."""
    import numpy as np
    import shapely

    none = np.iinfo(np.int64).max
    lowest = np.full(len(segments), none, dtype=np.int64)
    lines: Any = shapely.linestrings(segments)
    tree = shapely.STRtree(lines)
    middles = shapely.points(segments.mean(axis=1))
    here, there = tree.query(middles, predicate="dwithin", distance=_GAP)
    foreign = owners[here] != owners[there]
    np.minimum.at(lowest, here[foreign], owners[there[foreign]])
    return np.where(lowest == none, -1, lowest)


def _join(segments: NDArray[np.float64]) -> BaseGeometry:
    """Join segments that meet into lines."""
    import shapely

    if not len(segments):
        return shapely.MultiLineString()
    return shapely.line_merge(shapely.MultiLineString(list(segments)))


def _encode(line: BaseGeometry) -> Path:
    import numpy as np
    import shapely

    whole = np.rint(shapely.get_coordinates(line) * _SCALE).astype(np.int64)
    moved = np.ones(len(whole), dtype=bool)
    moved[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    deltas: list[int] = (
        np.diff(whole[moved], axis=0, prepend=np.zeros((1, 2), dtype=np.int64)).ravel().tolist()
    )
    return deltas

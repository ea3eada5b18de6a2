"""What the map shows at first, and what around it needs a detailed base map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Box", "View", "find_limits", "find_view"]

# West, south, east, north in degrees.
Box = tuple[float, float, float, float]

# A shape that is wider, in degrees, does not set the first view; its sign does.
_HUGE = 12.0
# Without anything placed: the world.
_WORLD: Box = (-170.0, -55.0, 170.0, 72.0)
# At least so many degrees are shown around a single place.
_SMALLEST = 1.6
# Places are of one group if a chain of steps shorter than about this leads from one to the other, degrees.
_STEP = 12.0
# A group of fewer claims does not widen the first view if others make up at least so much of the map.
_GROUP, _MOST = 3, 0.85


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """What the map shows at first, everything there is, and how many claims lie outside the first."""

    box: Box
    whole: Box
    outside: int = 0


def find_view(frames: Mapping[str, gpd.GeoDataFrame]) -> View:
    """Return the box to show at first: around all that is drawn but single claims far from the rest."""
    import numpy as np

    boxes = [_list_boxes(_drop_calm(frame)) for frame in frames.values()]
    boxes = [box for box in boxes if len(box)] or [_list_boxes(frame) for frame in frames.values()]
    if not boxes:
        return View(box=_WORLD, whole=_WORLD)
    everything = np.concatenate(boxes)
    if not (everything[:, 2:] > everything[:, :2]).any():
        everything = _measure_only_wide(frames, everything)
    stray = _find_strays((everything[:, :2] + everything[:, 2:]) / 2)
    return View(box=_surround(everything[~stray]), whole=_surround(everything), outside=int(stray.sum()))


def _measure_only_wide(
    frames: Mapping[str, gpd.GeoDataFrame], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the boxes of countries and the like where nothing smaller is drawn: that is all to see."""
    import numpy as np

    whole = np.concatenate([np.array(frame.geometry.bounds, dtype=float) for frame in frames.values()])
    wide = np.concatenate([_are_wide(frame) for frame in frames.values()])
    return whole if wide.all() else points


def _are_wide(frame: gpd.GeoDataFrame) -> NDArray[np.bool_]:
    """Tell which rows name a country or a part of one, or are wider than most."""
    import numpy as np

    bounds = np.array(frame.geometry.bounds, dtype=float)
    wide: NDArray[np.bool_] = bounds[:, 2] - bounds[:, 0] > _HUGE
    if "place_kind" in frame.columns:
        wide |= (frame["place_kind"] == "country").to_numpy(dtype=bool)
    return wide


def _surround(boxes: NDArray[np.float64]) -> Box:
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    return _widen((float(west), float(south), float(east), float(north)))


def _drop_calm(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out a side's own country, and ground that stayed in one hand: the news is elsewhere."""
    return frame[frame["role"] != "home"] if "role" in frame.columns else frame


def _list_boxes(frame: gpd.GeoDataFrame) -> NDArray[np.float64]:
    """Return the box of each row; of a country, or what is as wide, only the point where its sign stands."""
    import numpy as np

    boxes: NDArray[np.float64] = np.array(frame.geometry.bounds, dtype=float)
    huge = _are_wide(frame)
    if huge.any() and {"lon", "lat"} <= set(frame.columns):
        points = frame[["lon", "lat", "lon", "lat"]].to_numpy(dtype=float)
        huge &= np.isfinite(points).all(axis=1)
        boxes[huge] = points[huge]
    return boxes


def _find_strays(points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Mark points of groups so small and far from the rest that they would only make the map small."""
    import numpy as np

    cells, codes = np.unique(np.floor(points / _STEP).astype(int), axis=0, return_inverse=True)
    groups = np.array(_group_cells([(int(x), int(y)) for x, y in cells]))[codes.ravel()]
    sizes = np.bincount(groups)
    small = (sizes < _GROUP) & (sizes <= (1 - _MOST) * len(points))
    strays: NDArray[np.bool_] = small[groups]
    # Where single claims are all there is, none of them is the odd one.
    return strays if (~strays).mean() >= _MOST else np.zeros(len(points), dtype=bool)


def _group_cells(cells: list[tuple[int, int]]) -> list[int]:
    """Return the number of each cell's group; cells that touch are of one."""
    group: dict[tuple[int, int], int] = {}
    known = set(cells)
    for number, cell in enumerate(cells):
        waiting = [cell]
        while waiting:
            x, y = waiting.pop()
            if (x, y) in known and (x, y) not in group:
                group[x, y] = number
                waiting += [(x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
    return [group[cell] for cell in cells]


def _widen(box: Box) -> Box:
    west, south, east, north = box
    across = max(_SMALLEST - (east - west), 0) / 2
    upwards = max(_SMALLEST * 0.7 - (north - south), 0) / 2
    return (west - across, max(south - upwards, -84.0), east + across, min(north + upwards, 84.0))


def find_limits(view: Box) -> Box:
    """Return what needs a detailed base map: a screen of any shape around the view."""
    west, south, east, north = view
    stretch = 1 / max(math.cos(math.radians((south + north) / 2)), 0.2)
    half = 1.7 * 0.5 * max(east - west, (north - south) * stretch)
    middle, centre = (west + east) / 2, (south + north) / 2
    return (
        max(middle - half, -180.0),
        max(centre - half / stretch, -84.0),
        min(middle + half, 180.0),
        min(centre + half / stretch, 84.0),
    )

"""What the map shows at first, and what around it needs a detailed base map."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Box", "find_limits", "find_view"]

# West, south, east, north in degrees.
Box = tuple[float, float, float, float]

# A shape that is wider, in degrees, does not set the first view.
_HUGE = 12.0
# Without anything placed: the world.
_WORLD: Box = (-170.0, -55.0, 170.0, 72.0)
# At least so many degrees are shown around a single place.
_SMALLEST = 1.6
# What lies farther out than so many times the median distance from the middle does not widen the first view,
# and never what lies within so many degrees.
_FAR = 6.0
_NEAR = 12.0


def find_view(frames: Mapping[str, gpd.GeoDataFrame]) -> Box:
    """Return the box to show at first: around what is drawn, without far outliers."""
    import numpy as np

    boxes = [_drop_calm(frame).geometry.bounds.to_numpy() for frame in frames.values()]
    boxes = [box for box in boxes if len(box)] or [
        frame.geometry.bounds.to_numpy() for frame in frames.values()
    ]
    if not boxes:
        return _WORLD
    all_boxes = _drop_huge(np.concatenate(boxes))
    middles = (all_boxes[:, :2] + all_boxes[:, 2:]) / 2
    distance = np.abs(middles - np.median(middles, axis=0)).max(axis=1)
    near = all_boxes[distance <= max(_NEAR, _FAR * float(np.median(distance)))]
    west, south = near[:, :2].min(axis=0)
    east, north = near[:, 2:].max(axis=0)
    return _widen((float(west), float(south), float(east), float(north)))


def _drop_calm(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Leave out a side's own country, and ground that stayed in one hand: the news is elsewhere."""
    return frame[frame["role"] != "home"] if "role" in frame.columns else frame


def _drop_huge(boxes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out what spans a continent, if anything smaller is left."""
    small = boxes[(boxes[:, 2] - boxes[:, 0]) <= _HUGE]
    return small if len(small) else boxes


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

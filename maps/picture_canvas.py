"""What the parts of a picture share: the projection, the frame, and names that hide nothing."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maps.html.features import COORDINATE_SCALE
from maps.style import BASE_COLOURS
from maps.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Canvas", "Frame", "project", "unproject"]

Box = tuple[float, float, float, float]

# Beyond this latitude the Mercator projection is cut off, as everywhere on the web.
_TOP = 85.0511


def project(lon: Any, lat: Any) -> tuple[Any, Any]:
    """Return Web Mercator in degrees of longitude: x is the longitude, y the stretched latitude."""
    import numpy as np

    bounded = np.clip(lat, -_TOP, _TOP)
    y = np.degrees(np.log(np.tan(np.pi / 4 + np.radians(bounded) / 2)))
    return (lon, float(y)) if np.ndim(lat) == 0 else (lon, y)


def unproject(x: float, y: float) -> tuple[float, float]:
    """Return longitude and latitude of a projected point."""
    return x, math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """The projected rectangle that the map shows; ``pixel`` is the size of 1/100 inch in it."""

    left: float
    right: float
    bottom: float
    top: float
    pixel: float

    @property
    def box(self) -> Box:
        """West, south, east, north in degrees."""
        west, south = unproject(self.left, self.bottom)
        east, north = unproject(self.right, self.top)
        return west, south, east, north

    @property
    def zoom(self) -> float:
        """The zoom of a web map on which a pixel is as large."""
        return math.log2(360 / (256 * self.pixel))

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a projected point is inside."""
        return self.left < x < self.right and self.bottom < y < self.top


@dataclass(frozen=True, kw_only=True)
class Canvas:
    """Where a picture is drawn: the axes, their frame, the shapes that items refer to, and the words."""

    axes: Axes
    frame: Frame
    shapes: list[dict[str, Any]]
    words: Words
    named: set[str] = field(default_factory=set)

    def paths_of(self, number: int) -> list[list[Any]]:
        """Return a shape's polygons (lists of rings) or lines (lists of one), projected."""
        shape = self.shapes[number]
        groups = shape["p"] if shape["t"] == "A" else [[path] for path in shape["p"]]
        return [[_decode_path(path) for path in group] for group in groups]

    def place_text(
        self,
        text: str,
        at: tuple[float, float],
        taken: list[Box],
        *,
        reach: tuple[float, float] = (5, 5),
        centred: bool = False,
        **look: Any,
    ) -> bool:
        """Write a name where it hides nothing; False where there is no room.

        ``reach`` is how far, in pixels, what stands at the point extends to the side and down.
        """
        x, y = at
        width, height = self._measure(text, float(look.get("fontsize", 7)))
        for left, middle in _list_spots(width, height, reach, centred=centred):
            box = self._box(x + left * self.frame.pixel, y + middle * self.frame.pixel, width, height)
            if not self._fits(box) or any(_overlap(box, other) for other in taken):
                continue
            taken.append(box)
            self.write(text, box[0], y + middle * self.frame.pixel, ha="left", **look)
            return True
        return False

    def write(self, text: str, x: float, y: float, **look: Any) -> None:
        """Write words with a halo, their middle at height ``y``."""
        from matplotlib import patheffects

        halo = [patheffects.withStroke(linewidth=2.2, foreground=BASE_COLOURS["halo"])]
        self.axes.text(x, y, text, va="center_baseline", path_effects=halo, zorder=12, clip_on=True, **look)

    def _measure(self, text: str, points: float) -> tuple[float, float]:
        """Width and height in pixels; an average letter is a little over half as wide as high."""
        return len(text) * points * 0.55 * 100 / 72, points * 1.25 * 100 / 72

    def _box(self, left: float, middle: float, width: float, height: float) -> Box:
        half = height / 2 * self.frame.pixel
        return left, middle - half, left + width * self.frame.pixel, middle + half

    def _fits(self, box: Box) -> bool:
        return self.frame.holds(box[0], box[1]) and self.frame.holds(box[2], box[3])


def _decode_path(deltas: list[int]) -> Any:
    import numpy as np

    lonlat = np.cumsum(np.asarray(deltas, dtype=float).reshape(-1, 2), axis=0) / COORDINATE_SCALE
    return np.column_stack(project(lonlat[:, 0], lonlat[:, 1]))


def _list_spots(
    width: float, height: float, reach: tuple[float, float], *, centred: bool
) -> list[tuple[float, float]]:
    """Where a name may stand relative to its point: its left end and its middle, pixels."""
    if centred:
        return [(-width / 2, 0), (-width / 2, height * 1.2), (-width / 2, -height * 1.2)]
    down = -reach[1] - height / 2
    return [(reach[0] + 1, 0), (-width / 2, down), (-width - reach[0] - 1, 0), (-width / 2, -down)]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]

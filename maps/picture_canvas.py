"""What the parts of a picture share: the projection, the frame, and names that hide nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maps.html.features import COORDINATE_SCALE
from maps.picture_board import Board, join_rings
from maps.picture_letters import Lettering, WordLook
from maps.style import UNKNOWN
from maps.words import Words

__all__ = ["Canvas", "Frame", "project", "unproject"]

Box = tuple[float, float, float, float]

# Pixels of 1/100 inch: wider than any line that is drawn.
_MARGIN = 12.0
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
    """Where a picture is drawn: the board, its frame, shapes that items refer to, words, colours of sides."""

    board: Board
    frame: Frame
    shapes: list[dict[str, Any]]
    words: Words
    colours: Mapping[str, str]
    letters: Lettering
    named: set[str] = field(default_factory=set)
    # What the legend must say because it was drawn.
    marks: set[str] = field(default_factory=set)

    def colour(self, side: str) -> str:
        """Return the colour of a side on this map."""
        return self.colours.get(side, UNKNOWN)

    def fill_cut(self, rings: Sequence[Any], **look: Any) -> None:
        """Fill rings as one area; of what reaches beyond the view only the part inside is written."""
        import numpy as np
        from matplotlib.patches import PathPatch
        from matplotlib.transforms import Bbox

        west, south, east, north = self.around
        points = np.concatenate(rings)
        outline = join_rings(rings)
        if not ((points >= [west, south]) & (points <= [east, north])).all():
            outline = outline.clip_to_bbox(Bbox.from_extents(west, south, east, north))
        self.board.add(PathPatch(outline, **look))

    @property
    def around(self) -> Box:
        """The view and a margin, projected: what is cut off there has an edge that nobody sees."""
        frame, margin = self.frame, _MARGIN * self.frame.pixel
        return frame.left - margin, frame.bottom - margin, frame.right + margin, frame.top + margin

    def paths_of(self, number: int) -> list[list[Any]]:
        """Return a shape's polygons (lists of rings) or lines (lists of one), projected, thinned to dots."""
        shape = self.shapes[number]
        groups = shape["p"] if shape["t"] == "A" else [[path] for path in shape["p"]]
        return [[_thin(_decode_path(path), self.frame.pixel / 2) for path in group] for group in groups]

    def place_text(
        self,
        text: str,
        at: tuple[float, float],
        taken: list[Box],
        look: WordLook,
        *,
        reach: tuple[float, float] | None = None,
    ) -> bool:
        """Write a name where it hides nothing; False where there is no room.

        ``reach`` is how far, in pixels, what stands at the point extends to the side and down; without one
        the name stands on the point itself.
        """
        x, y = at
        width, height = self.letters.measure(text, look), look.size * 1.25 * 100 / 72
        for left, middle in _list_spots(width, height, reach):
            box = self._box(x + left * self.frame.pixel, y + middle * self.frame.pixel, width, height)
            room = look.room * self.frame.pixel
            wide = box[0] - room, box[1] - room, box[2] + room, box[3] + room
            if not self._fits(box) or any(_overlap(wide, other) for other in taken):
                continue
            taken.append(box)
            self.letters.write(box[0], y + middle * self.frame.pixel, text, look)
            return True
        return False

    def surround(self, x: float, y: float) -> Box:
        """Return the box that the dot of a town takes."""
        half = 2.5 * self.frame.pixel
        return x - half, y - half, x + half, y + half

    def is_free(self, x: float, y: float, taken: Sequence[Box]) -> bool:
        """Tell whether the dot of a town would hide nothing."""
        own = self.surround(x, y)
        return not any(_overlap(own, other) for other in taken)

    def _box(self, left: float, middle: float, width: float, height: float) -> Box:
        half = height / 2 * self.frame.pixel
        return left, middle - half, left + width * self.frame.pixel, middle + half

    def _fits(self, box: Box) -> bool:
        return self.frame.holds(box[0], box[1]) and self.frame.holds(box[2], box[3])


def _decode_path(deltas: list[int]) -> Any:
    import numpy as np

    lonlat = np.cumsum(np.asarray(deltas, dtype=float).reshape(-1, 2), axis=0) / COORDINATE_SCALE
    return np.column_stack(project(lonlat[:, 0], lonlat[:, 1]))


def _thin(xy: Any, cell: float) -> Any:
    """Keep one of the points that lie one after the other in a cell, and both ends."""
    import numpy as np

    cells = np.floor(xy / cell)
    kept = np.ones(len(xy), dtype=bool)
    kept[1:-1] = (cells[1:-1] != cells[:-2]).any(axis=1)
    return xy[kept]


def _list_spots(width: float, height: float, reach: tuple[float, float] | None) -> list[tuple[float, float]]:
    """Where a name may stand relative to its point: its left end and its middle, pixels."""
    if reach is None:
        return [(-width / 2, 0), (-width / 2, height * 1.2), (-width / 2, -height * 1.2)]
    down = -reach[1] - height / 2
    return [(reach[0] + 1, 0), (-width / 2, down), (-width - reach[0] - 1, 0), (-width / 2, -down)]


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1]

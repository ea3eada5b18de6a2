"""A rectangle of a figure to draw on: what matplotlib's axes do for a map, without their ticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["Board", "join_rings", "make_board"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Board:
    """Where artists go: a figure, the transform of the board's own units, and the box that clips them.

    ``unit`` is how much 1/100 inch to the right and upwards is in these units.
    """

    figure: Figure
    transform: Any
    clip: Any
    unit: tuple[float, float]

    def add(self, artist: Any, *, clip: Any = None) -> None:
        """Add an artist whose coordinates are in the board's units."""
        artist.set_transform(self.transform)
        self.figure.add_artist(artist)
        artist.set_clip_box(self.clip if clip is None else clip)

    def box(self, left: float, bottom: float, right: float, top: float) -> Any:
        """Return a box in the board's units, to clip with."""
        from matplotlib.transforms import Bbox, TransformedBbox

        return TransformedBbox(Bbox.from_extents(left, bottom, right, top), self.transform)

    def fill(self, rings: Sequence[Any], **look: Any) -> None:
        """Fill rings as one area; inner rings are holes."""
        from matplotlib.patches import PathPatch

        self.add(PathPatch(join_rings(rings), **look))

    def rectangle(self, left: float, bottom: float, width: float, height: float, **look: Any) -> None:
        """Draw a rectangle."""
        right, top = left + width, bottom + height
        self.fill([[(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]], **look)

    def disc(self, at: tuple[float, float], radius: float, **look: Any) -> None:
        """Draw a circle."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path as Outline

        circle = Outline.unit_circle()
        outline = Outline(circle.vertices * radius + at, circle.codes)  # type: ignore[operator]
        self.add(PathPatch(outline, **look))

    def lines(self, lines: Sequence[Any], *, clip: Any = None, **look: Any) -> None:
        """Draw lines of one look."""
        from matplotlib.collections import LineCollection

        if len(lines):
            self.add(LineCollection(lines, **look), clip=clip)

    def text(self, x: float, y: float, words: str, **look: Any) -> None:
        """Write words; they are no mathematics, whatever signs stand in them."""
        from matplotlib.text import Text

        self.add(Text(x, y, words, parse_math=False, **look))


def make_board(figure: Figure, part: Box, view: Box) -> Board:
    """Return a board.

    Parameters
    ----------
    figure
        What to draw on.
    part
        Left, bottom, right, top as shares of the figure.
    view
        What coordinates the edges of that part have; a bottom above the top turns the board over.
    """
    from matplotlib.transforms import Bbox, BboxTransform, TransformedBbox

    place = TransformedBbox(Bbox.from_extents(*part), figure.transFigure)
    width, height = (float(size) * 100 for size in figure.get_size_inches())
    unit = (
        (view[2] - view[0]) / ((part[2] - part[0]) * width),
        (view[3] - view[1]) / ((part[3] - part[1]) * height),
    )
    transform = BboxTransform(Bbox.from_extents(*view), place)
    return Board(figure=figure, transform=transform, clip=place, unit=unit)


def join_rings(rings: Sequence[Any]) -> Any:
    """Return rings as one outline."""
    from matplotlib.path import Path as Outline

    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))

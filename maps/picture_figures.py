"""The figures of a picture's circles, each where neither a sign nor another circle hides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maps.picture_canvas import Box, Canvas
from maps.picture_letters import WordLook
from maps.style import BASE_COLOURS

__all__ = ["Circle", "write_figures"]

_LOOK = WordLook(size=7.4, weight="bold", colour=BASE_COLOURS["ink"])
# Pixels: half the height of a figure, and from a circle's rim to the middle of the figure below or above it.
_HALF, _AWAY = 6.5, 8.0
# Corners of a circle's box are no part of it: so much of its radius counts.
_ROUND = 0.8


@dataclass(frozen=True, kw_only=True, slots=True)
class Circle:
    """A circle that is drawn: its middle in the canvas's units, its radius in pixels, and its figure."""

    x: float
    y: float
    radius: float
    figure: str


def write_figures(canvas: Canvas, circles: Sequence[Circle], signs: Sequence[Box]) -> list[Box]:
    """Write each circle's figure: below it, else where least of it is hidden; returns the figures' boxes.

    Parameters
    ----------
    canvas
        Where to.
    circles
        All circles of the picture.
    signs
        Boxes of the signs, in the canvas's units.
    """
    written: list[Box] = []
    for circle in circles:
        half = canvas.letters.measure(circle.figure, _LOOK) / 2 + 1
        others = [_surround(canvas, other) for other in circles if other is not circle]
        taken = [*signs, *others, *written]
        boxes = [_frame(canvas, circle, half, spot) for spot in list_spots(circle.radius, half)]
        hidden = [sum(share_area(box, other) for other in taken) for box in boxes]
        best = boxes[hidden.index(min(hidden))]
        middle = (best[0] + best[2]) / 2, (best[1] + best[3]) / 2
        canvas.letters.write(*middle, circle.figure, _LOOK, share=0.5)
        written.append(best)
    return written


def list_spots(radius: float, half: float) -> list[tuple[float, float]]:
    """Return where a figure may stand from its circle's middle, best first; pixels, up is positive."""
    beside = radius + half + 3
    inside = [(0.0, 0.0)] if half < radius else []
    return [(0.0, -radius - _AWAY), (0.0, radius + _AWAY), (beside, 0.0), (-beside, 0.0), *inside]


def share_area(one: Box, other: Box) -> float:
    """Return the area that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    upwards = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(upwards, 0.0)


def _frame(canvas: Canvas, circle: Circle, half: float, spot: tuple[float, float]) -> Box:
    pixel = canvas.frame.pixel
    x, y = circle.x + spot[0] * pixel, circle.y + spot[1] * pixel
    return x - half * pixel, y - _HALF * pixel, x + half * pixel, y + _HALF * pixel


def _surround(canvas: Canvas, circle: Circle) -> Box:
    reach = circle.radius * _ROUND * canvas.frame.pixel
    return circle.x - reach, circle.y - reach, circle.x + reach, circle.y + reach

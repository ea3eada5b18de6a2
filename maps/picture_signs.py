"""Areas, arrows and signs of a picture; the geometry in pixels is that of the HTML map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from maps.picture_board import Board
from maps.picture_canvas import Box, Canvas
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    HOME_OPACITY,
    SIGN_PATHS,
    sign_of,
)

__all__ = [
    "MOVEMENTS",
    "SignLook",
    "area_look",
    "arrow_look",
    "arrow_rings",
    "draw_shapes",
    "draw_sign",
    "has_circle",
    "is_line",
    "largest_count",
    "stretch_arrow",
]

Item = dict[str, Any]

_INK, _PAPER = BASE_COLOURS["ink"], BASE_COLOURS["paper"]
# Kinds that may head somewhere.
MOVEMENTS = ("advance", "withdrawal")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Arrow:
    """Sizes of an arrow, pixels."""

    head: float = 17
    width: float = 21
    tail: float = 3
    neck: float = 8
    shortest: float = 32


_ARROW = _Arrow()


def has_circle(item: Item) -> bool:
    """Tell whether an item is drawn as a circle of its number."""
    return item["kind"] == "concentration" and ("low" in item or "high" in item)


def largest_count(items: Sequence[Item]) -> float:
    """Return the largest number that is drawn as a circle, which sets the scale; 1 where there is none."""
    counts = [float(item["high"] if "high" in item else item["low"]) for item in items if has_circle(item)]
    return max(counts, default=1.0)


def is_line(item: Item) -> bool:
    """Tell whether an item belongs to the front line."""
    return item["layer"] in ("front_line", "front_band")


def draw_shapes(canvas: Canvas, items: Sequence[Item]) -> list[Box]:
    """Draw what has an extent: areas, outlines of places, front lines, arrows; returns what arrows take."""
    drawn: set[tuple[Any, ...]] = set()
    for item in items:
        key = tuple(item.get(name) for name in ("layer", "shape", "inner", "side", "pattern"))
        if key in drawn:
            continue
        drawn.add(key)
        if item["layer"] == "front_band":
            # Over the zones: it veils them where nobody knows.
            _add_areas(canvas, item["shape"], facecolor=_PAPER, alpha=0.5, linewidth=0, zorder=4.5)
        elif item["kind"] == "control" and not is_line(item) and canvas.shapes[item["shape"]]["t"] == "A":
            _draw_control(canvas, item)
    _draw_outlines(canvas, items)
    for item in items:
        if item["layer"] == "front_line":
            _draw_front(canvas, item)
    return _draw_arrows(canvas, items)


def area_look(colour: str, pattern: str) -> dict[str, Any]:
    """Return how an area is drawn in matplotlib: fill and outline say how sure."""
    from matplotlib.colors import to_rgba

    match pattern:
        case "home":
            return {
                "facecolor": to_rgba(colour, HOME_OPACITY),
                "edgecolor": to_rgba(colour, 0.5),
                "linewidth": 0.4,
            }
        case "hatched":
            return {
                "facecolor": to_rgba(colour, 0.08),
                "edgecolor": colour,
                "hatch": "////",
                "linestyle": (0, (5, 3)),
                "linewidth": 1.1,
            }
        case "outline":
            return {"facecolor": "none", "edgecolor": colour, "linewidth": 1.5}
        case "struck":
            return {"facecolor": "none", "edgecolor": _INK, "hatch": "\\\\", "linewidth": 0.8}
        case _:
            return {"facecolor": to_rgba(colour, AREA_OPACITY), "edgecolor": colour, "linewidth": 1.0}


def _add_areas(canvas: Canvas, shape: int, **look: Any) -> None:
    for group in canvas.paths_of(shape):
        # What is smaller than a dot has shrunk to a point or a line.
        rings = [ring for ring in group if len(ring) > 3]
        if rings:
            canvas.fill_cut(rings, **look)


def _draw_control(canvas: Canvas, item: Item) -> None:
    from matplotlib.colors import to_rgba

    look = area_look(canvas.colour(item.get("side", "")), item["pattern"]) | {"zorder": 4}
    if "inner" in item:
        faint = {"facecolor": to_rgba(canvas.colour(item.get("side", "")), 0.16)}
        outer = look | (faint if item["pattern"] == "solid" else {})
        _add_areas(canvas, item["shape"], **(outer | {"linestyle": (0, (1, 2)), "linewidth": 1.2}))
        _add_areas(canvas, item["inner"], **(look | {"linestyle": "-", "linewidth": 1.2}))
        return
    _add_areas(canvas, item["shape"], **look)


def _draw_outlines(canvas: Canvas, items: Iterable[Item]) -> None:
    """Outline each named place once, whatever number of claims stands on it."""
    places: dict[int, set[str]] = {}
    for item in items:
        if not is_line(item) and item["kind"] != "control" and canvas.shapes[item["shape"]]["t"] == "A":
            places.setdefault(item["shape"], set()).add(item.get("side", ""))
    for shape, sides in places.items():
        colour = canvas.colour(min(sides) if len(sides) == 1 else "")
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": colour, "linestyle": (0, (0.8, 2.4))}
        _add_areas(canvas, shape, linewidth=1.1, capstyle="round", zorder=4, **look)


def _draw_front(canvas: Canvas, item: Item) -> None:
    # A line as thick as a district hides what it parts: thinner where the map is small.
    width = min(max(0.32 * canvas.frame.zoom - 0.8, 0.8), 1.8)
    lines = [line for group in canvas.paths_of(item["shape"]) for line in group]
    canvas.board.lines(lines, colors=_PAPER, linewidths=2 * width, alpha=0.85, zorder=7)
    canvas.board.lines(lines, colors=_INK, linewidths=width, zorder=7.1)


def _draw_arrows(canvas: Canvas, items: Iterable[Item]) -> list[Box]:
    """Draw an arrow along each course, and along each movement that is itself a line; equal ones once.

    Returns the boxes along them that names leave free.
    """
    drawn: set[tuple[Any, ...]] = set()
    taken: list[Box] = []
    for item in items:
        number = int(item["course"] if "course" in item else item["shape"])
        key = (number, *(item.get(name) for name in ("kind", "side", "pattern", "derived")))
        if is_line(item) or canvas.shapes[number]["t"] != "L" or key in drawn:
            continue
        drawn.add(key)
        for (line,) in canvas.paths_of(number):
            if len(line) > 1:
                path = stretch_arrow(line, canvas.frame.pixel, broken=item["kind"] == "withdrawal")
                _draw_arrow(canvas, path, item)
                taken += _list_boxes(path, canvas.frame.pixel)
    return taken


def _list_boxes(line: Any, pixel: float) -> list[Box]:
    """Return small boxes along a line."""
    import numpy as np
    import shapely

    path, step = shapely.LineString(line), 11 * pixel
    spots = shapely.line_interpolate_point(path, np.arange(0, path.length + step, step))
    half = 6 * pixel
    return [(point.x - half, point.y - half, point.x + half, point.y + half) for point in spots]


def _draw_arrow(canvas: Canvas, line: Any, item: Item) -> None:
    """Draw an arrow along a projected line; a withdrawal's body is broken."""
    look = arrow_look(canvas.colour(item.get("side", "")), item["pattern"], derived="derived" in item)
    pixel = canvas.frame.pixel
    for ring in arrow_rings(line / pixel, broken=item["kind"] == "withdrawal"):
        canvas.board.fill([[*(ring * pixel), ring[0] * pixel]], zorder=8, joinstyle="round", **look)


def arrow_look(colour: str, pattern: str, *, derived: bool = False) -> dict[str, Any]:
    """Return how an arrow is drawn: filled if told, hatched if claimed, open if expected or denied.

    One that no report tells, but that is ``derived`` from ground that is held, is pale.
    """
    from matplotlib.colors import to_rgba

    match pattern:
        case "hatched":
            return {"facecolor": _PAPER, "edgecolor": colour, "hatch": "//////", "linewidth": 1.1}
        case "outline":
            return {"facecolor": _PAPER, "edgecolor": colour, "linestyle": (0, (4, 3)), "linewidth": 1.3}
        case "struck":
            return {"facecolor": _PAPER, "edgecolor": _INK, "hatch": "\\\\\\\\", "linewidth": 0.9}
        case _:
            pale = {"facecolor": to_rgba(colour, 0.3), "edgecolor": colour, "linewidth": 0.8}
            return pale if derived else {"facecolor": colour, "edgecolor": _PAPER, "linewidth": 0.8}


def stretch_arrow(points: Any, pixel: float, *, broken: bool) -> Any:
    """Return an arrow's path, a shorter one than can be seen drawn longer.

    An advance still ends at its place, a withdrawal (``broken``) starts there.
    """
    import numpy as np

    start, tip = points[-2], points[-1]
    if len(points) > 2 or np.hypot(*(tip - start)) >= _ARROW.shortest * pixel:
        return points
    way = _unit(tip - start) * _ARROW.shortest * pixel
    return np.array([start, start + way] if broken else [tip - way, tip])


def arrow_rings(points: Any, *, broken: bool) -> list[Any]:
    """Return an arrow's outlines in pixels: a body that swells towards a swept head."""
    import numpy as np

    tip = points[-1]
    ahead = _unit(tip - points[-2])
    base = tip - ahead * _ARROW.head
    spine = np.vstack([points[:-1], base])
    across = np.array([-ahead[1], ahead[0]]) * _ARROW.width / 2
    swept = base - ahead * 4.5
    head = [swept + across, tip, swept - across]
    if broken:
        return [*_break_body(spine), np.array([base, *head])]
    widths = np.linspace(_ARROW.tail, _ARROW.neck, len(spine)) / 2
    along = np.array([_unit(step) for step in np.gradient(spine, axis=0)])
    normals = np.column_stack((-along[:, 1], along[:, 0])) * widths[:, None]
    return [np.vstack([spine + normals, head, (spine - normals)[::-1]])]


def _unit(vector: Any) -> Any:
    import numpy as np

    length = float(np.hypot(*vector))
    return vector / length if length else np.array([0.0, 1.0])


def _break_body(spine: Any) -> list[Any]:
    import numpy as np

    pieces = []
    for start, end in pairwise(spine):
        along = _unit(end - start)
        across = np.array([-along[1], along[0]]) * 2.6
        length = float(np.hypot(*(end - start)))
        for at in np.arange(0, max(length - 4, 0), 13):
            a, b = start + along * at, start + along * min(at + 8, length)
            pieces.append(np.array([a + across, b + across, b - across, a - across]))
    return pieces


@lru_cache(maxsize=32)
def _sign_points(kind: str, *, directed: bool) -> Any:
    """A kind's sign as points around the origin, upwards positive, in a box of the size 1."""
    import numpy as np

    path = SIGN_PATHS[sign_of(kind, directed=directed)]
    points = np.array(path.replace("M", "").replace("L", "").replace("Z", "").split(), dtype=float)
    return (points.reshape(-1, 2) - 12) / 24 * [1, -1]


def _turn(points: Any, bearing: float) -> Any:
    """Turn points clockwise by degrees."""
    import numpy as np

    angle = np.radians(bearing)
    return points @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


@dataclass(frozen=True, kw_only=True, slots=True)
class SignLook:
    """What a sign shows: kind, colour and pattern; ``size`` in points, ``bearing`` in degrees or None."""

    kind: str
    colour: str
    pattern: str = "solid"
    size: float = 13.5
    bearing: float | None = None


def draw_sign(board: Board, at: tuple[float, float], sign: SignLook) -> None:
    """Draw a sign at a point of a board.  A movement without bearing gets the one that points nowhere."""
    import numpy as np

    unit = np.array(board.unit)
    open_, colour, size = sign.pattern != "solid", sign.colour, sign.size * 100 / 72
    directed = sign.kind in MOVEMENTS and sign.bearing is not None
    points = _sign_points(sign.kind, directed=directed)
    if directed:
        points = _turn(points, sign.bearing or 0.0)
    elif sign.kind in MOVEMENTS:
        board.disc(at, 0.47 * size * unit[0], facecolor=_PAPER, edgecolor=colour, linewidth=0.9, zorder=11)
        size *= 0.7
    ring = np.vstack([points, points[:1]]) * size * unit + at
    look = {"facecolor": _PAPER if open_ else colour, "edgecolor": colour if open_ else _PAPER}
    hatch = {"hatch": "////////"} if sign.pattern == "hatched" else {}
    board.fill([ring], linewidth=1.0 if open_ else 0.6, zorder=11.1, **look, **hatch)
    if sign.pattern == "struck":
        half = 0.6 * sign.size * 100 / 72 * unit
        board.lines([np.array([at - half, at + half])], colors=_INK, linewidths=1.2, zorder=11.2)

"""Areas, arrows, circles and signs of a picture; the geometry in pixels is that of the HTML map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from maps.picture_canvas import Box, Canvas, project
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    HOME_OPACITY,
    KIND_ORDER,
    SIGN_PATHS,
    circle_radius,
    side_colour,
    sign_of,
)

__all__ = [
    "SignLook",
    "area_look",
    "draw_arrow",
    "draw_items",
    "draw_ring",
    "draw_sign",
    "has_circle",
    "is_line",
    "largest_count",
]

Item = dict[str, Any]

_INK, _PAPER = BASE_COLOURS["ink"], BASE_COLOURS["paper"]
_STEP, _ROW = 21.0, 4
_DISC = ("advance", "withdrawal")
_SURE = ("solid", "hatched", "home", "outline", "struck")


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


def draw_items(canvas: Canvas, items: Sequence[Item]) -> list[Box]:
    """Draw items from areas up to signs; returns the boxes that names must leave free."""
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
        elif canvas.shapes[item["shape"]]["t"] == "L":
            for group in canvas.paths_of(item["shape"]):
                draw_arrow(canvas, group[0], item)
    return _draw_stacks(canvas, items)


def area_look(side: str, pattern: str) -> dict[str, Any]:
    """Return how an area is drawn in matplotlib: fill and outline say how sure."""
    from matplotlib.colors import to_rgba

    colour = side_colour(side)
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
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path as Outline

    for group in canvas.paths_of(shape):
        # What is smaller than a coordinate's last digit has shrunk to a point or a line.
        rings = [ring for ring in group if len(ring) > 3]
        if not rings:
            continue
        outline = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
        canvas.axes.add_patch(PathPatch(outline, **look))


def _draw_control(canvas: Canvas, item: Item) -> None:
    from matplotlib.colors import to_rgba

    look = area_look(item.get("side", ""), item["pattern"]) | {"zorder": 4}
    if "inner" in item:
        faint = {"facecolor": to_rgba(side_colour(item.get("side", "")), 0.16)}
        outer = look | (faint if item["pattern"] == "solid" else {})
        _add_areas(canvas, item["shape"], **(outer | {"linestyle": (0, (1, 2)), "linewidth": 1.2}))
        _add_areas(canvas, item["inner"], **(look | {"linestyle": "-", "linewidth": 1.2}))
        return
    _add_areas(canvas, item["shape"], **look)


def _draw_outlines(canvas: Canvas, items: Iterable[Item]) -> None:
    """Outline each named place once, whatever number of claims stands on it."""
    from matplotlib.colors import to_rgba

    places: dict[int, set[str]] = {}
    for item in items:
        if not is_line(item) and item["kind"] != "control" and canvas.shapes[item["shape"]]["t"] == "A":
            places.setdefault(item["shape"], set()).add(item.get("side", ""))
    for shape, sides in places.items():
        colour = side_colour(min(sides)) if len(sides) == 1 else side_colour("")
        look = {"facecolor": to_rgba(colour, 0.05), "edgecolor": colour, "linestyle": (0, (0.8, 2.4))}
        _add_areas(canvas, shape, linewidth=1.1, capstyle="round", zorder=4, **look)


def _draw_front(canvas: Canvas, item: Item) -> None:
    # A line as thick as a district hides what it parts: thinner where the map is small.
    width = min(max(0.32 * canvas.frame.zoom - 0.8, 0.8), 1.8)
    for group in canvas.paths_of(item["shape"]):
        for line in group:
            canvas.axes.plot(line[:, 0], line[:, 1], color=_PAPER, linewidth=2 * width, alpha=0.85, zorder=7)
            canvas.axes.plot(line[:, 0], line[:, 1], color=_INK, linewidth=width, zorder=7)


def draw_arrow(canvas: Canvas, line: Any, item: Item) -> None:
    """Draw an arrow along a projected line; a withdrawal's body is broken."""
    from matplotlib.patches import Polygon

    colour, solid = side_colour(item.get("side", "")), item["pattern"] == "solid"
    look = {
        "facecolor": colour if solid else _PAPER,
        "edgecolor": _PAPER if solid else colour,
        "linewidth": 0.8 if solid else 1.3,
        "joinstyle": "round",
        "zorder": 8,
    }
    for ring in arrow_rings(line / canvas.frame.pixel, broken=item["kind"] == "withdrawal"):
        canvas.axes.add_patch(Polygon(ring * canvas.frame.pixel, closed=True, **look))


def arrow_rings(points: Any, *, broken: bool) -> list[Any]:
    """Return an arrow's outlines in pixels: a body that swells towards a swept head."""
    import numpy as np

    tip, before = points[-1], points[-2]
    ahead = _unit(tip - before)
    if len(points) == 2 and np.hypot(*(tip - before)) < _ARROW.shortest:
        points = np.array([tip - ahead * _ARROW.shortest, tip])
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


@lru_cache(maxsize=16)
def _sign_path(kind: str) -> tuple[Any, float]:
    """A kind's sign as a path around the origin, upwards positive, and how much of its box it fills."""
    import numpy as np
    from matplotlib.path import Path as Outline

    parts = SIGN_PATHS[sign_of(kind)].replace("M", "").replace("L", "").replace("Z", "").split()
    points = (np.array(parts, dtype=float).reshape(-1, 2) - 12) / 24 * [1, -1]
    # Matplotlib stretches a marker to its full size; the share undoes that.
    return Outline(np.vstack([points, points[:1]]), closed=True), float(2 * np.abs(points).max())


@dataclass(frozen=True, kw_only=True, slots=True)
class SignLook:
    """What a sign shows: kind, colour and pattern; ``size`` in points."""

    kind: str
    colour: str
    pattern: str = "solid"
    size: float = 13.5


def draw_sign(axes: Any, at: tuple[float, float], sign: SignLook) -> None:
    """Draw a sign at a point of the axes."""
    from matplotlib.path import Path as Outline

    open_, colour, size = sign.pattern != "solid", sign.colour, sign.size
    path, share = _sign_path(sign.kind)
    look = {"linestyle": "none", "zorder": 11, "clip_on": True}
    if sign.kind in _DISC:
        axes.plot(*at, marker="o", markersize=size * 0.92, markerfacecolor=_PAPER, markeredgecolor=colour,
                  markeredgewidth=0.9, **look)  # fmt: skip
        size *= 0.6
    axes.plot(
        *at,
        marker=path,
        markersize=size * share,
        markerfacecolor=_PAPER if open_ else colour,
        markeredgecolor=colour if open_ else _PAPER,
        markeredgewidth=1.0 if open_ else 0.6,
        **look,
    )
    if sign.pattern == "hatched":
        stripes = Outline([(-0.5, 0), (0, 0.5), (-0.5, -0.5), (0.5, 0.5), (0, -0.5), (0.5, 0)], [1, 2] * 3)
        axes.plot(
            *at, marker=stripes, markersize=size * share, markeredgecolor=colour, markeredgewidth=0.9, **look
        )
    if sign.pattern == "struck":
        line = Outline([(-0.5, -0.5), (0.5, 0.5)])
        axes.plot(*at, marker=line, markersize=size * 1.5, markeredgecolor=_INK, markeredgewidth=1.2, **look)


def draw_ring(axes: Any, at: tuple[float, float], radius: float, **look: Any) -> None:
    """Draw a circle of a radius in the axes' own units."""
    from matplotlib.patches import Circle

    axes.add_patch(Circle(at, radius, **look))


def _draw_stacks(canvas: Canvas, items: Sequence[Item]) -> list[Box]:
    """Draw signs place by place, with the places' names; returns the boxes they take."""
    stacks: dict[tuple[float, float], list[Item]] = {}
    for item in items:
        shape = canvas.shapes[item["shape"]]["t"]
        if not is_line(item) and shape != "L" and not (item["kind"] == "control" and shape == "A"):
            stacks.setdefault((round(item["lon"], 3), round(item["lat"], 3)), []).append(item)
    stacks = _join_stacks(canvas, stacks)
    largest = largest_count(items)
    drawn = [_draw_stack(canvas, place, some, largest) for place, some in stacks.items()]
    taken = [box for box, _, _ in drawn]
    for (box, at, reach), some in zip(drawn, stacks.values(), strict=True):
        del box
        _name_stack(canvas, some, at, reach, taken)
    return taken


def _join_stacks(
    canvas: Canvas, stacks: dict[tuple[float, float], list[Item]]
) -> dict[tuple[float, float], list[Item]]:
    """Let places share a stack that are so near on paper that their signs would hide each other."""
    kept: dict[tuple[float, float], list[Item]] = {}
    for place, items in sorted(stacks.items(), key=lambda entry: -len(entry[1])):
        circles = any(map(has_circle, items))
        near = None if circles else next((other for other in kept if _is_near(canvas, place, other)), None)
        if near is None or any(map(has_circle, kept[near])):
            kept[place] = list(items)
        else:
            kept[near] += items
    return kept


def _is_near(canvas: Canvas, one: tuple[float, float], other: tuple[float, float]) -> bool:
    (x0, y0), (x1, y1) = project(*one), project(*other)
    return bool(abs(x0 - x1) < 24 * canvas.frame.pixel and abs(y0 - y1) < 19 * canvas.frame.pixel)


def _draw_stack(
    canvas: Canvas, place: tuple[float, float], items: Sequence[Item], largest: float
) -> tuple[Box, tuple[float, float], tuple[float, float]]:
    x, y = project(*place)
    circles = sorted((item for item in items if has_circle(item)), key=lambda item: -_outer(item, largest))
    half, tallest = _draw_circles(canvas, (x, y), circles, largest)
    groups: dict[tuple[int, str, int], list[Item]] = {}
    for item in items:
        if not has_circle(item):
            key = (KIND_ORDER.index(item["kind"]), item.get("side", ""), _SURE.index(item["pattern"]))
            groups.setdefault(key, []).append(item)
    rows = -(-len(groups) // _ROW)
    top = tallest + 26 if circles else -(rows - 1) * _STEP / 2
    down = _draw_signs(canvas, (x, y), [groups[key] for key in sorted(groups)], top)
    side = max(half, min(len(groups), _ROW) * _STEP / 2)
    pixel = canvas.frame.pixel
    up = tallest if circles else max(rows * _STEP / 2, 10)
    box = (x - side * pixel, y - down * pixel, x + side * pixel, y + up * pixel)
    return box, (x, y), (side, down)


def _outer(item: Item, largest: float) -> float:
    return max(circle_radius(item[key], largest) for key in ("low", "high") if key in item)


def _draw_circles(
    canvas: Canvas, at: tuple[float, float], items: Sequence[Item], largest: float
) -> tuple[float, float]:
    """Draw a stack's circles side by side; returns half their width and the largest radius, pixels."""
    pixel, gap = canvas.frame.pixel, 3.0
    total = sum(2 * _outer(item, largest) + gap for item in items) - gap if items else 0.0
    offset = -total / 2
    for item in items:
        outer = _outer(item, largest)
        centre = (at[0] + (offset + outer) * pixel, at[1])
        _draw_circle(canvas, centre, item, largest)
        text = canvas.words.span(item.get("low"), item.get("high"))
        canvas.write(text, centre[0], at[1] - (outer + 8) * pixel, ha="center", fontsize=7.4, weight="bold",
                     color=_INK)  # fmt: skip
        offset += 2 * outer + gap
    return total / 2, max((_outer(item, largest) for item in items), default=0.0)


def _draw_circle(canvas: Canvas, centre: tuple[float, float], item: Item, largest: float) -> None:
    from matplotlib.colors import to_rgba

    colour, pixel = side_colour(item.get("side", "")), canvas.frame.pixel
    open_ = item["pattern"] in ("outline", "struck")
    if "high" in item and item.get("low") != item["high"]:
        look = {"facecolor": to_rgba(colour, 0 if open_ else 0.16), "edgecolor": colour, "linewidth": 1.0}
        draw_ring(canvas.axes, centre, circle_radius(item["high"], largest) * pixel, zorder=9, **look)
    if "low" in item:
        radius = circle_radius(item["low"], largest) * pixel
        draw_ring(canvas.axes, centre, radius, zorder=10, linewidth=1.0,
                  facecolor=to_rgba(_PAPER if open_ else colour, 0.5 if open_ else 0.62),
                  edgecolor=colour if open_ else _PAPER)  # fmt: skip
        if "high" not in item:
            draw_ring(canvas.axes, centre, radius + 2.4 * pixel, zorder=10, facecolor="none",
                      edgecolor=colour, linewidth=1.0, linestyle=(0, (2.4, 2)))  # fmt: skip


def _draw_signs(
    canvas: Canvas, at: tuple[float, float], groups: Sequence[Sequence[Item]], top: float
) -> float:
    """Draw a stack's signs in rows below ``top`` pixels; returns how far down the stack reaches."""
    pixel = canvas.frame.pixel
    for number, group in enumerate(groups):
        row, place = divmod(number, _ROW)
        in_row = min(_ROW, len(groups) - row * _ROW)
        x = at[0] + (place - (in_row - 1) / 2) * _STEP * pixel
        y = at[1] - (top + row * _STEP) * pixel
        first = group[0]
        colour = side_colour(first.get("side", ""))
        draw_sign(canvas.axes, (x, y), SignLook(kind=first["kind"], colour=colour, pattern=first["pattern"]))
        if len(group) > 1:
            box: dict[str, Any] = {"boxstyle": "circle,pad=0.22", "facecolor": _INK, "linewidth": 0}
            look: dict[str, Any] = {
                "fontsize": 5.6,
                "color": "white",
                "weight": "bold",
                "ha": "center",
                "va": "center_baseline",
            }
            canvas.axes.text(
                x + 7 * pixel, y + 8 * pixel, str(len(group)), zorder=13, clip_on=True, bbox=box, **look
            )
    rows = -(-len(groups) // _ROW)
    return top + (rows - 0.5) * _STEP if groups else max(top - 10, 8)


def _name_stack(
    canvas: Canvas,
    items: Sequence[Item],
    at: tuple[float, float],
    reach: tuple[float, float],
    taken: list[Box],
) -> None:
    names = {item["place"] for item in items if item.get("place")}
    name = names.pop() if len(names) == 1 else ""
    precise = any(item.get("place_kind") in ("settlement", "site") for item in items)
    if name and precise and name not in canvas.named and canvas.frame.holds(*at):
        look: dict[str, Any] = {"fontsize": 8.0, "weight": "bold", "color": _INK}
        if canvas.place_text(name, at, taken, reach=reach, **look):
            canvas.named.add(name)

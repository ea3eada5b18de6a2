"""Signs and circles of a picture, place by place, with the places' names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from maps.picture_canvas import Box, Canvas, project
from maps.picture_figures import Circle, write_figures
from maps.picture_letters import WordLook
from maps.picture_signs import SignLook, draw_sign, has_circle, is_line, largest_count
from maps.style import BASE_COLOURS, KIND_ORDER, circle_radius

__all__ = ["draw_stacks"]

Item = dict[str, Any]
Place = tuple[float, float]

_INK, _PAPER = BASE_COLOURS["ink"], BASE_COLOURS["paper"]
_STEP, _ROW = 21.0, 4
# More signs than this in one stack are summed up, one a kind.
_MOST_SIGNS = 12
# Signs may overlap by so many pixels.
_SLACK = 3.0
_NAME = WordLook(size=8.0, weight="bold", colour=_INK)
# A holder is told again only where its ground lies so far from where it was told, pixels.
_TELL_AGAIN = 330.0
# How far an arrow's tip reaches from the place that it names, pixels.
_TIP = (10.0, 10.0)
# No name of a place is longer.
_LONGEST = 44
_SURE = ("solid", "hatched", "home", "outline", "struck")


def draw_stacks(canvas: Canvas, items: Sequence[Item], taken: list[Box], *, name_zones: bool = True) -> None:
    """Draw signs place by place, with the places' names; adds the boxes that they take to ``taken``."""
    stacks: dict[Place, list[Item]] = {}
    for item in items:
        shape = canvas.shapes[item["shape"]]["t"]
        area = item["kind"] == "control" and shape == "A"
        if not is_line(item) and "course" not in item and shape != "L" and not area:
            stacks.setdefault((round(item["lon"], 3), round(item["lat"], 3)), []).append(item)
    largest = largest_count(items)
    stacks = _join_stacks(canvas, stacks, largest)
    marks = _Marks()
    drawn = [_draw_stack(canvas, place, some, largest, marks) for place, some in stacks.items()]
    taken += [box for box, _, _ in drawn]
    taken += write_figures(canvas, marks.circles, marks.signs)
    for (_, at, reach), some in zip(drawn, stacks.values(), strict=True):
        _name_stack(canvas, some, at, reach, taken)
    if name_zones:
        _name_zones(canvas, items, taken)
    for item in items:
        if "course" in item:
            _name_stack(canvas, [item], project(item["lon"], item["lat"]), _TIP, taken)


def _name_zones(canvas: Canvas, items: Iterable[Item], taken: list[Box]) -> None:
    """Write into each zone who holds it: colour alone would not tell it in grey print."""
    told: list[tuple[str, float, float]] = []
    for item in items:
        shape = canvas.shapes[item["shape"]]["t"]
        if item["kind"] != "control" or is_line(item) or shape != "A" or item["pattern"] == "home":
            continue
        side = item.get("side", "")
        look = WordLook(size=8.4, weight="bold", style="italic", colour=canvas.colour(side))
        at = project(item["lon"], item["lat"])
        across = _find_room(canvas, item, at)
        name = canvas.words.text("held_label", side=canvas.words.side(side))
        far = _TELL_AGAIN * canvas.frame.pixel
        if any(who == side and math.hypot(x - at[0], y - at[1]) < far for who, x, y in told):
            continue
        fits = side and canvas.frame.holds(*at) and canvas.letters.measure(name, look) < across
        if fits and canvas.place_text(name, at, taken, look):
            told.append((side, *at))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Marks:
    """What has been drawn: circles with their figures, which are still to be written, and boxes of signs."""

    circles: list[Circle] = field(default_factory=list)
    signs: list[Box] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Extent:
    """How far a stack reaches from its point, pixels; ``radius`` is that of its largest circle, 0 without."""

    radius: float
    across: float
    upwards: float


def _measure(items: Sequence[Item], largest: float) -> _Extent:
    count = len(_group_signs(items))
    radius = max((_outer(item, largest) for item in items if has_circle(item)), default=0.0)
    return _Extent(
        radius=radius, across=min(count, _ROW) * _STEP / 2, upwards=max(-(-count // _ROW), 1) * _STEP / 2
    )


def _group_signs(items: Iterable[Item]) -> dict[tuple[Any, ...], list[Item]]:
    """Part what is drawn as signs by what it shows; one sign each."""
    signs = [item for item in items if not has_circle(item)]
    groups: dict[tuple[Any, ...], list[Item]] = {}
    for item in signs:
        sure = _SURE.index(item["pattern"])
        key = (KIND_ORDER.index(item["kind"]), item.get("side", ""), sure, item.get("bearing", -1.0))
        groups.setdefault(key, []).append(item)
    if len(groups) <= _MOST_SIGNS:
        return groups
    # One black sign a kind, where more looks meet than anybody reads.
    kinds: dict[tuple[Any, ...], list[Item]] = {}
    for item in signs:
        kinds.setdefault((KIND_ORDER.index(item["kind"]),), []).append({"kind": item["kind"], "mixed": True})
    return kinds


def _find_room(canvas: Canvas, item: Item, at: Place) -> float:
    """Return how wide, in pixels, the part of a zone is that a point lies in; little where it is flat."""
    room = 0.0
    for outer, *_ in canvas.paths_of(item["shape"]):
        (left, bottom), (right, top) = outer.min(axis=0), outer.max(axis=0)
        if left <= at[0] <= right and bottom <= at[1] <= top:
            room = max(room, min(float(right - left), 4 * float(top - bottom)) / canvas.frame.pixel)
    return room


def _join_stacks(
    canvas: Canvas, stacks: Mapping[Place, list[Item]], largest: float
) -> dict[Place, list[Item]]:
    """Let places share a stack that are so near on paper that their signs would hide each other."""
    kept: dict[Place, list[Item]] = {}
    extents: dict[Place, _Extent] = {}
    for place, items in sorted(stacks.items(), key=lambda entry: -len(entry[1])):
        own = _measure(items, largest)
        near = next((one for one in kept if _is_near(canvas, (place, own), (one, extents[one]))), place)
        kept[near] = [*kept.get(near, []), *items]
        extents[near] = _measure(kept[near], largest)
    # What has grown may reach what was kept apart before.
    return kept if len(kept) == len(stacks) else _join_stacks(canvas, kept, largest)


def _is_near(canvas: Canvas, one: tuple[Place, _Extent], other: tuple[Place, _Extent]) -> bool:
    """Tell whether two stacks share one: signs that overlap, or circles one of which hides the other."""
    (x0, y0), (x1, y1) = project(*one[0]), project(*other[0])
    across, upwards = abs(x0 - x1) / canvas.frame.pixel, abs(y0 - y1) / canvas.frame.pixel
    a, b = one[1], other[1]
    if a.radius and b.radius:
        return math.hypot(across, upwards) < max(a.radius, b.radius)
    if a.radius or b.radius:
        return False
    return bool(across < a.across + b.across - _SLACK and upwards < a.upwards + b.upwards - _SLACK)


def _draw_stack(
    canvas: Canvas, place: tuple[float, float], items: Sequence[Item], largest: float, marks: _Marks
) -> tuple[Box, tuple[float, float], tuple[float, float]]:
    x, y = project(*place)
    circles = sorted(_join_figures(items), key=lambda item: -_outer(item, largest))
    half, tallest = _draw_circles(canvas, (x, y), circles, largest, marks)
    groups = _group_signs(items)
    rows = -(-len(groups) // _ROW)
    top = tallest + 26 if circles else -(rows - 1) * _STEP / 2
    down = _draw_signs(canvas, (x, y), [groups[key] for key in sorted(groups)], top, marks)
    side = max(half, min(len(groups), _ROW) * _STEP / 2)
    pixel = canvas.frame.pixel
    up = tallest if circles else max(rows * _STEP / 2, 10)
    box = (x - side * pixel, y - down * pixel, x + side * pixel, y + up * pixel)
    return box, (x, y), (side, down)


def _join_figures(items: Iterable[Item]) -> list[Item]:
    """Return one circle a side and status: from the lowest to the highest figure told, never their sum."""
    told: dict[tuple[Any, ...], list[Item]] = {}
    for item in items:
        if has_circle(item):
            told.setdefault((item.get("side", ""), item.get("status")), []).append(item)
    return [_join(some) for some in told.values()]


def _join(items: Sequence[Item]) -> Item:
    low = [item["low"] for item in items if "low" in item]
    high = [item["high"] for item in items if "high" in item]
    figures = ({"low": min(low)} if low else {}) | ({"high": max(high)} if high else {})
    return {key: value for key, value in items[0].items() if key not in {"low", "high"}} | figures


def _outer(item: Item, largest: float) -> float:
    return max(circle_radius(item[key], largest) for key in ("low", "high") if key in item)


def _draw_circles(
    canvas: Canvas, at: tuple[float, float], items: Sequence[Item], largest: float, marks: _Marks
) -> tuple[float, float]:
    """Draw a stack's circles side by side; returns half their width and the largest radius, pixels."""
    pixel, gap = canvas.frame.pixel, 3.0
    total = sum(2 * _outer(item, largest) + gap for item in items) - gap if items else 0.0
    offset = -total / 2
    for item in items:
        outer = _outer(item, largest)
        centre = (at[0] + (offset + outer) * pixel, at[1])
        _draw_circle(canvas, centre, item, largest)
        figure = canvas.words.span(item.get("low"), item.get("high"))
        marks.circles.append(Circle(x=centre[0], y=centre[1], radius=outer, figure=figure))
        offset += 2 * outer + gap
    return total / 2, max((_outer(item, largest) for item in items), default=0.0)


def _draw_circle(canvas: Canvas, centre: tuple[float, float], item: Item, largest: float) -> None:
    from matplotlib.colors import to_rgba

    colour, pixel = canvas.colour(item.get("side", "")), canvas.frame.pixel
    open_ = item["pattern"] in ("outline", "struck")
    if "high" in item and item.get("low") != item["high"]:
        look = {"facecolor": to_rgba(colour, 0 if open_ else 0.16), "edgecolor": colour, "linewidth": 1.0}
        canvas.board.disc(centre, circle_radius(item["high"], largest) * pixel, zorder=9, **look)
    if "low" in item:
        radius = circle_radius(item["low"], largest) * pixel
        canvas.board.disc(centre, radius, zorder=10, linewidth=1.0,
                  facecolor=to_rgba(_PAPER if open_ else colour, 0.5 if open_ else 0.62),
                  edgecolor=colour if open_ else _PAPER)  # fmt: skip
        if "high" not in item:
            canvas.board.disc(centre, radius + 2.4 * pixel, zorder=10, facecolor="none",
                      edgecolor=colour, linewidth=1.0, linestyle=(0, (2.4, 2)))  # fmt: skip


def _draw_signs(
    canvas: Canvas, at: tuple[float, float], groups: Sequence[Sequence[Item]], top: float, marks: _Marks
) -> float:
    """Draw a stack's signs in rows below ``top`` pixels; returns how far down the stack reaches."""
    pixel = canvas.frame.pixel
    for number, group in enumerate(groups):
        row, place = divmod(number, _ROW)
        in_row = min(_ROW, len(groups) - row * _ROW)
        x = at[0] + (place - (in_row - 1) / 2) * _STEP * pixel
        y = at[1] - (top + row * _STEP) * pixel
        first = group[0]
        colour = canvas.colour(first.get("side", ""))
        if "mixed" in first:
            colour = _INK
            canvas.marks.add("mixed")
        pattern = first.get("pattern", "solid")
        look = SignLook(kind=first["kind"], colour=colour, pattern=pattern, bearing=first.get("bearing"))
        draw_sign(canvas.board, (x, y), look)
        half = _STEP / 2 * pixel
        marks.signs.append((x - half, y - half, x + half, y + half))
        if len(group) > 1:
            _draw_badge(canvas, (x + 7 * pixel, y + 8 * pixel), len(group))
    rows = -(-len(groups) // _ROW)
    return top + (rows - 0.5) * _STEP if groups else max(top - 10, 8)


def _draw_badge(canvas: Canvas, at: tuple[float, float], count: int) -> None:
    """Write how many claims a sign stands for."""
    text = str(count)
    canvas.board.disc(at, (4.8 + 2 * len(text)) * canvas.frame.pixel, facecolor=_INK, linewidth=0, zorder=13)
    look: dict[str, Any] = {"fontsize": 5.6, "color": "white", "weight": "bold", "zorder": 13.1}
    canvas.board.text(*at, text, ha="center", va="center_baseline", **look)


def _name_stack(
    canvas: Canvas,
    items: Sequence[Item],
    at: tuple[float, float],
    reach: tuple[float, float],
    taken: list[Box],
) -> None:
    """Write the name of the place that most is told of, and how many others the signs stand for."""
    precise = [item for item in items if item.get("place_kind") in ("settlement", "site")]
    names = Counter(item["place"] for item in precise if item.get("place"))
    if not names:
        return
    name = names.most_common(1)[0][0]
    text = f"{name} +{len(names) - 1}" if len(names) > 1 else name
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    fits = name not in canvas.named and canvas.frame.holds(*at)
    if fits and canvas.place_text(text, at, taken, _NAME, reach=reach):
        canvas.named.add(name)

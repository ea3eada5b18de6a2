"""The panel of a picture: title, dates, legend of what is on the map, what was not placed, sources."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.picture_signs import SignLook, area_look, draw_ring, draw_sign, has_circle, is_line, largest_count
from maps.style import BASE_COLOURS, CONTESTED_SIDE, KIND_ORDER, circle_radius, side_colour
from maps.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from maps.html.options import Table

__all__ = ["draw_panel", "round_down"]

Item = dict[str, Any]

_INK, _FAINT = BASE_COLOURS["ink"], "#746d62"
_MARGIN = 22.0
_KEY = 40.0
_SERIFS = ("Source Serif 4", "Noto Serif", "Liberation Serif", "Georgia", "DejaVu Serif")
# So many of what was not placed, and of the publishers, are named; the rest is counted.
_UNPLACED, _PUBLISHERS = 4, 6


@dataclass(kw_only=True)
class _Pen:
    """Writes downwards; positions are 1/100 inch from the top left corner of the panel."""

    axes: Axes
    words: Words
    width: float
    scale: float = 1.0
    y: float = 30.0

    def write(self, text: str, *, x: float = _MARGIN, size: float = 7.6, gap: float = 3, **look: Any) -> None:
        """Write wrapped words and move below them."""
        size *= self.scale
        line = size * 100 / 72 * 1.3
        room = int((self.width - x - _MARGIN) / (size * 100 / 72 * 0.50))
        for part in textwrap.wrap(text, max(room, 12)) or [""]:
            self.axes.text(x, self.y, part, fontsize=size, va="top", **({"color": _INK} | look))
            self.y += line
        self.y += gap * self.scale

    def head(self, key: str) -> None:
        """Write a heading with a rule above it."""
        self.y += 7
        self.axes.plot([_MARGIN, self.width - _MARGIN], [self.y] * 2, color="#e2dccf", linewidth=0.8)
        self.y += 9
        self.write(self.words.text(key), size=8.4, weight="bold", gap=4)

    def row(self, draw: Callable[[float, float], None], text: str) -> None:
        """Draw a key and write what it means beside it."""
        start = self.y
        draw(_MARGIN + 15, start + 5.5)
        self.write(text, x=_MARGIN + _KEY, size=7.4, gap=4)
        self.y = max(self.y, start + 17 * self.scale)


def draw_panel(figure: Figure, share: float, words: Words, contents: Mapping[str, Any]) -> None:
    """Draw the panel into the left ``share`` of the figure."""
    width, height = (float(size) * 100 for size in figure.get_size_inches())
    axes = figure.add_axes((0, 0, share, 1))
    # What does not fit is written again, smaller.
    scale = 1.0
    for _ in range(3):
        axes.clear()
        axes.set_xlim(0, width * share)
        axes.set_ylim(height, 0)
        axes.set_aspect("equal")
        axes.axis("off")
        axes.plot([width * share] * 2, [0, height], color="#cfc8b8", linewidth=1)
        bottom = _fill_panel(_Pen(axes=axes, words=words, width=width * share, scale=scale), contents)
        if bottom <= height - 8:
            break
        scale *= 0.97 * (height - 8) / bottom


def _fill_panel(pen: _Pen, contents: Mapping[str, Any]) -> float:
    """Write all into the panel; returns how far down it reaches."""
    _write_title(pen, contents)
    _write_table(pen, contents["table"])
    _draw_legend(pen, contents)
    _write_unplaced(pen, contents["unplaced"])
    _write_sources(pen, contents)
    return pen.y


def _write_title(pen: _Pen, contents: Mapping[str, Any]) -> None:
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    family = next((name for name in _SERIFS if name in installed), "serif")
    pen.write(contents["title"], size=15.5, weight="bold", family=family, gap=5)
    days = [
        item[key] for item in contents["items"] if not is_line(item) for key in ("from", "to") if key in item
    ]
    days += _days_of_points(contents["points"])
    if contents["still"]:
        return
    if days:
        first, last = (dt.date(1970, 1, 1) + dt.timedelta(days=day) for day in (min(days), max(days)))
        pen.write(pen.words.dates(first, last), size=8.6, gap=1)
    claims = sum(not is_line(item) for item in contents["items"])
    claims += 0 if contents["points"] is None else len(contents["points"])
    reports = sum(source["count"] for source in contents["sources"])
    counted = [pen.words.count("plurals", "claims", claims), pen.words.count("plurals", "reports", reports)]
    pen.write(" · ".join(counted), size=7.2, color=_FAINT, gap=0)


def _write_table(pen: _Pen, table: Table | None) -> None:
    """Write a small table: the first column to the left, numbers to the right."""
    if table is None:
        return
    pen.y += 6
    pen.write(table.title, size=8.4, weight="bold", gap=4)
    size, first = 6.9 * pen.scale, 0.30
    room = pen.width - 2 * _MARGIN
    step = room * (1 - first) / max(len(table.rows[0]) - 1, 1)
    for number, row in enumerate(table.rows):
        look: dict[str, Any] = {"fontsize": size, "va": "top", "color": _FAINT if number == 0 else _INK}
        for column, text in enumerate(row):
            x = _MARGIN if column == 0 else _MARGIN + room * first + step * column
            pen.axes.text(x, pen.y, text, ha="left" if column == 0 else "right", **look)
        pen.y += size * 100 / 72 * 1.55
    if table.note:
        pen.write(table.note, size=6.4, color=_FAINT)


def _days_of_points(points: Any) -> list[int]:
    from maps.html.features import read_day

    if points is None:
        return []
    ends = (value for name in ("date_start", "date_end") for value in (points[name].dropna().unique()))
    return [day for day in map(read_day, ends) if day is not None]


def _draw_legend(pen: _Pen, contents: Mapping[str, Any]) -> None:
    items: Sequence[Item] = contents["items"]
    claims = [item for item in items if not is_line(item)]
    pen.head("legend")
    if contents["legend"]:
        for row in contents["legend"]:
            pen.row(_area(pen, (row.side,), row.pattern), row.text)
        _draw_lines(pen, [item for item in items if is_line(item)])
        return
    _draw_kinds(pen, claims, contents["points"])
    _draw_sides(pen, claims, contents["points"])
    pair = _choose_pair(claims)
    for pattern in ("solid", "hatched", "home", "outline", "struck"):
        if any(item["pattern"] == pattern for item in claims):
            text = pen.words.text("home_ground" if pattern == "home" else pattern)
            pen.row(_area(pen, pair, pattern), text)
    if any(item.get("schematic") for item in claims):
        pen.row(_schematic(pen), pen.words.text("schematic"))
    if any(i["kind"] != "control" and contents["shapes"][i["shape"]]["t"] == "A" for i in claims):
        pen.row(_place_outline(pen), pen.words.text("place_outline"))
    _draw_lines(pen, [item for item in items if is_line(item)])
    if any(map(has_circle, claims)):
        _draw_scale(pen, largest_count(claims))


def _draw_kinds(pen: _Pen, claims: Sequence[Item], points: Any) -> None:
    kinds = {item["kind"] for item in claims} | (set() if points is None else set(points["kind"].unique()))
    for kind in KIND_ORDER:
        if kind in kinds:
            pen.row(_sign(pen, kind), pen.words.word("layers", kind))


def _sign(pen: _Pen, kind: str) -> Callable[[float, float], None]:
    return lambda x, y: draw_sign(pen.axes, (x, y), SignLook(kind=kind, colour=_INK, size=10.5))


def _draw_sides(pen: _Pen, claims: Sequence[Item], points: Any) -> None:
    from maps.html.features import side_of_row

    sides = {item.get("side", "") for item in claims}
    if points is not None:
        sides |= {side_of_row({"actors": one}) for one in points["actors"].unique()}
    for side in sorted(sides):
        disputed = side == CONTESTED_SIDE and any(
            i["kind"] == "control" and i.get("side") == side for i in claims
        )
        text = pen.words.text("contested") if disputed else pen.words.side(side)
        pen.row(_area(pen, (side,), "solid"), text)


def _choose_pair(claims: Sequence[Item]) -> tuple[str, ...]:
    """Return up to two sides of the map, in whose colours is shown what holds for every side."""
    sides = sorted({item.get("side", "") for item in claims} - {"", CONTESTED_SIDE})
    return tuple(sides[-2:]) or ("",)


def _area(pen: _Pen, sides: Sequence[str], pattern: str) -> Callable[[float, float], None]:
    from matplotlib.patches import Rectangle

    def draw(x: float, y: float) -> None:
        width = 26 / len(sides)
        for number, side in enumerate(sides):
            left, gap = x - 13 + number * width, 2 if number < len(sides) - 1 else 0
            pen.axes.add_patch(Rectangle((left, y - 6.5), width - gap, 13, **area_look(side, pattern)))

    return draw


def _schematic(pen: _Pen) -> Callable[[float, float], None]:
    from matplotlib.patches import Rectangle

    def draw(x: float, y: float) -> None:
        look = area_look("", "solid")
        outer: dict[str, Any] = look | {"alpha": 0.5, "linestyle": (0, (1, 1.6))}
        pen.axes.add_patch(Rectangle((x - 13, y - 7), 26, 14, **outer))
        pen.axes.add_patch(Rectangle((x - 6, y - 3.5), 12, 7, **look))

    return draw


def _place_outline(pen: _Pen) -> Callable[[float, float], None]:
    from matplotlib.patches import Rectangle

    def draw(x: float, y: float) -> None:
        look: dict[str, Any] = {
            "facecolor": "none",
            "edgecolor": side_colour(""),
            "linestyle": (0, (0.8, 2)),
        }
        pen.axes.add_patch(Rectangle((x - 13, y - 6.5), 26, 13, capstyle="round", linewidth=1.1, **look))

    return draw


def _draw_lines(pen: _Pen, lines: Sequence[Item]) -> None:
    from matplotlib.patches import Rectangle

    def front(x: float, y: float) -> None:
        pen.axes.plot([x - 13, x - 5, x + 4, x + 13], [y + 3, y - 3, y + 2, y - 4], color=_INK, linewidth=1.7)

    def band(x: float, y: float) -> None:
        pen.axes.add_patch(Rectangle((x - 13, y - 6), 26, 12, facecolor=_INK, alpha=0.45, linewidth=0))
        pen.axes.add_patch(Rectangle((x - 13, y - 4), 26, 8, facecolor="#fdfcfa", alpha=0.62, linewidth=0))

    days = [item["as_of"] for item in lines if "as_of" in item]
    if any(item["layer"] == "front_line" for item in lines):
        words = pen.words
        day = words.date(dt.date(1970, 1, 1) + dt.timedelta(days=max(days))) if days else ""
        pen.row(front, words.text("front_line", date=day) if day else words.text("front_line_undated"))
    if any(item["layer"] == "front_band" for item in lines):
        pen.row(band, pen.words.text("front_band"))


def round_down(value: float) -> float:
    """Return the largest of 1, 2, 5 times a power of ten that is at most ``value`` (at least 1)."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    return power * max(step for step in (1, 2, 5) if step * power <= max(value, 1))


def _draw_scale(pen: _Pen, largest: float) -> None:
    top = round_down(largest)
    steps = sorted({top, round_down(top / 4), round_down(top / 20)}, reverse=True)
    pen.y += 5
    pen.write(pen.words.text("circles"), size=7.4)
    half = circle_radius(top, largest)
    base = pen.y + 2 * half + 2
    for count in steps:
        radius = circle_radius(count, largest)
        draw_ring(
            pen.axes, (_MARGIN + half, base - radius), radius, facecolor="none", edgecolor=_INK, linewidth=0.8
        )
        level = base - 2 * radius
        pen.axes.plot([_MARGIN + half, _MARGIN + 2 * half + 12], [level] * 2, color=_INK, linewidth=0.5)
        pen.axes.text(
            _MARGIN + 2 * half + 16, level, pen.words.number(count), fontsize=7, va="center", color=_INK
        )
    pen.y = base + 6
    pen.write(pen.words.text("rings"), size=6.6, color=_FAINT)


def _write_unplaced(pen: _Pen, unplaced: Sequence[Item]) -> None:
    if not unplaced:
        return
    pen.head("unplaced")
    for item in unplaced[:_UNPLACED]:
        kind = pen.words.word("kinds", item.get("kind", ""))
        text = f"{kind} · {item.get('written') or item.get('place') or '–'}: {item.get('reason', '')}"
        pen.write(text, size=6.8)
    if len(unplaced) > _UNPLACED:
        pen.write(pen.words.text("more", n=pen.words.number(len(unplaced) - _UNPLACED)), size=6.8)


def _write_sources(pen: _Pen, contents: Mapping[str, Any]) -> None:
    pen.head("sources")
    names = [source["publisher"] or "–" for source in contents["sources"]]
    named = ", ".join(names[:_PUBLISHERS])
    if len(names) > _PUBLISHERS:
        named += " " + pen.words.text("more", n=pen.words.number(len(names) - _PUBLISHERS))
    if named:
        pen.write(named, size=7.2)
    pen.write(contents["borders"], size=6.4, color=_FAINT)
    pen.write(f"{pen.words.text('base_map')}: {contents['base_sources']}", size=6.4, color=_FAINT)
    pen.write(pen.words.text("made"), size=6.4, color=_FAINT)

"""The panel of a picture: title, dates, legend of what is on the map, what was not placed, sources."""

from __future__ import annotations

import datetime as dt
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from maps.picture_board import Board, make_board
from maps.picture_signs import (
    MOVEMENTS,
    SignLook,
    area_look,
    draw_sign,
    has_circle,
    is_line,
    largest_count,
)
from maps.style import BASE_COLOURS, CONTESTED_SIDE, KIND_ORDER, UNKNOWN, circle_radius
from maps.words import Words

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from maps.html.options import Table

__all__ = ["draw_panel", "round_down"]

Item = dict[str, Any]
# Draws a key of the legend around a point.
Key = Callable[[Board, float, float], None]

_INK, _FAINT = BASE_COLOURS["ink"], "#746d62"
_PALE = "#b3b1ad"
# More keys than this stand in two columns.
_TWO_COLUMNS = 7
_MARGIN = 22.0
_KEY = 40.0
_SERIFS = ("Source Serif 4", "Noto Serif", "Liberation Serif", "Georgia", "DejaVu Serif")
# So many of what was not placed, and of the publishers, are named; the rest is counted.
_UNPLACED, _PUBLISHERS = 4, 6
# No line begins with these, and none ends with an opening quotation mark.
_GLUED = re.compile(r" (?=[:;?!»–])|(?<=«) ")


@dataclass(kw_only=True)
class _Pen:
    """Writes downwards; positions are 1/100 inch from the top left corner of the panel.

    Without a board nothing is drawn, and only how far down it would reach is found.
    """

    board: Board | None
    words: Words
    colours: Mapping[str, str]
    width: float
    scale: float = 1.0
    y: float = 30.0

    def write(self, text: str, *, x: float = _MARGIN, size: float = 7.6, gap: float = 3, **look: Any) -> None:
        """Write wrapped words and move below them; ``room`` is how wide they may be."""
        wide = float(look.pop("room", self.width - x - _MARGIN))
        size *= self.scale
        line = size * 100 / 72 * 1.3
        room = int(wide / (size * 100 / 72 * 0.50))
        for part in textwrap.wrap(_GLUED.sub("\N{NO-BREAK SPACE}", text), max(room, 12)) or [""]:
            self.put(x, self.y, part, fontsize=size, va="top", **look)
            self.y += line
        self.y += gap * self.scale

    def put(self, x: float, y: float, text: str, **look: Any) -> None:
        """Write words at a point."""
        if self.board is not None and text:
            self.board.text(x, y, text, **({"color": _INK} | look))

    def colour(self, side: str) -> str:
        """Return the colour of a side on this map."""
        return self.colours.get(side, UNKNOWN)

    def head(self, key: str) -> None:
        """Write a heading with a rule above it."""
        self.y += 7
        if self.board is not None:
            rule = [(_MARGIN, self.y), (self.width - _MARGIN, self.y)]
            self.board.lines([rule], colors="#e2dccf", linewidths=0.8)
        self.y += 9
        self.write(self.words.text(key), size=8.4, weight="bold", gap=4)

    def row(self, draw: Key, text: str) -> None:
        """Draw a key and write what it means beside it."""
        start = self.y
        if self.board is not None:
            draw(self.board, _MARGIN + 15, start + 5.5)
        self.write(text, x=_MARGIN + _KEY, size=7.4, gap=4)
        self.y = max(self.y, start + 17 * self.scale)

    def rows(self, keys: Sequence[tuple[Key, str]]) -> None:
        """Draw keys, in two columns where there are many."""
        if len(keys) <= _TWO_COLUMNS:
            for draw, text in keys:
                self.row(draw, text)
            return
        wide = (self.width - 2 * _MARGIN) / 2
        for first in range(0, len(keys), 2):
            start, bottom = self.y, self.y
            for column, (draw, text) in enumerate(keys[first : first + 2]):
                self.y = start
                left = _MARGIN + column * wide
                if self.board is not None:
                    draw(self.board, left + 13, start + 5.5)
                self.write(text, x=left + 31, size=7.0, gap=4, room=wide - 33)
                bottom = max(bottom, self.y, start + 16.5 * self.scale)
            self.y = bottom


def draw_panel(
    figure: Figure, share: float, words: Words, colours: Mapping[str, str], contents: Mapping[str, Any]
) -> None:
    """Draw the panel into the left ``share`` of the figure."""
    width, height = (float(size) * 100 for size in figure.get_size_inches())
    board = make_board(figure, (0.0, 0.0, share, 1.0), (0.0, height, width * share, 0.0))
    board.lines([[(width * share, 0), (width * share, height)]], colors="#cfc8b8", linewidths=1)
    make_pen = partial(_Pen, words=words, colours=colours, width=width * share)
    # What would not fit is written smaller.
    scale = 1.0
    for _ in range(3):
        bottom = _fill_panel(make_pen(board=None, scale=scale), contents)
        if bottom <= height - 8:
            break
        scale *= 0.97 * (height - 8) / bottom
    _fill_panel(make_pen(board=board, scale=scale), contents)


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
    if contents["outside"]:
        counted.append(pen.words.count("plurals", "beyond", contents["outside"]))
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
            pen.put(x, pen.y, text, ha="left" if column == 0 else "right", **look)
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
    items: Sequence[Item] = contents["seen"]
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
    if any(item.get("schematic") and item["kind"] == "control" for item in claims):
        pen.row(_schematic, pen.words.text("schematic"))
    if any(i["kind"] != "control" and contents["shapes"][i["shape"]]["t"] == "A" for i in claims):
        pen.row(_place_outline, pen.words.text("place_outline"))
    _draw_movements(pen, claims, contents["shapes"])
    if contents["mixed"]:
        pen.row(_sign(pen, "strike"), pen.words.text("mixed"))
    _draw_lines(pen, [item for item in items if is_line(item)])
    if any(map(has_circle, claims)):
        _draw_scale(pen, largest_count(claims))


def _draw_kinds(pen: _Pen, claims: Sequence[Item], points: Any) -> None:
    kinds = {item["kind"] for item in claims} | (set() if points is None else set(points["kind"].unique()))
    for kind in KIND_ORDER:
        if kind in kinds:
            pen.row(_sign(pen, kind), pen.words.word("layers", kind))


def _sign(pen: _Pen, kind: str, *, directed: bool = True) -> Key:
    """The sign of a kind; where it stands for all movements, an arrow to the right."""
    size = 10.5 * pen.scale
    look = SignLook(kind=kind, colour=_INK, size=size, bearing=90.0 if directed else None)
    return lambda board, x, y: draw_sign(board, (x, y), look)


def _draw_sides(pen: _Pen, claims: Sequence[Item], points: Any) -> None:
    from maps.html.features import side_of_row

    sides = {item.get("side", "") for item in claims}
    if points is not None:
        told = points[[name for name in ("actors", "party") if name in points.columns]].drop_duplicates()
        sides |= {side_of_row(row) for row in told.to_dict("records")}
    keys: list[tuple[Key, str]] = []
    for side in sorted(sides):
        disputed = side == CONTESTED_SIDE and any(
            i["kind"] == "control" and i.get("side") == side for i in claims
        )
        text = pen.words.text("contested") if disputed else pen.words.side(side)
        keys.append((_area(pen, (side,), "solid"), text))
    pen.rows(keys)


def _choose_pair(claims: Sequence[Item]) -> tuple[str, ...]:
    """Return the two sides of whom most is told, in whose colours is shown what holds for every side."""
    told = Counter(item.get("side", "") for item in claims)
    named = sorted(set(told) - {"", CONTESTED_SIDE}, key=lambda side: (-told[side], side))
    return tuple(sorted(named[:2])) or ("",)


def _area(pen: _Pen, sides: Sequence[str], pattern: str) -> Key:
    def draw(board: Board, x: float, y: float) -> None:
        width = 26 / len(sides)
        for number, side in enumerate(sides):
            left, gap = x - 13 + number * width, 2 if number < len(sides) - 1 else 0
            look = area_look(pen.colour(side), pattern)
            board.rectangle(left, y - 6.5 * pen.scale, width - gap, 13 * pen.scale, **look)

    return draw


def _schematic(board: Board, x: float, y: float) -> None:
    look = area_look(UNKNOWN, "solid")
    outer: dict[str, Any] = look | {"alpha": 0.5, "linestyle": (0, (1, 1.6))}
    board.rectangle(x - 13, y - 7, 26, 14, **outer)
    board.rectangle(x - 6, y - 3.5, 12, 7, **look)


def _place_outline(board: Board, x: float, y: float) -> None:
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": UNKNOWN, "linestyle": (0, (0.8, 2))}
    board.rectangle(x - 13, y - 6.5, 26, 13, capstyle="round", linewidth=1.1, **look)


def _front(board: Board, x: float, y: float) -> None:
    line = [(x - 13, y + 3), (x - 5, y - 3), (x + 4, y + 2), (x + 13, y - 4)]
    board.lines([line], colors=_INK, linewidths=1.7)


def _band(board: Board, x: float, y: float) -> None:
    board.rectangle(x - 13, y - 6, 26, 12, facecolor=_INK, alpha=0.45, linewidth=0)
    board.rectangle(x - 13, y - 4, 26, 8, facecolor="#fdfcfa", alpha=0.62, linewidth=0)


def _draw_movements(pen: _Pen, claims: Sequence[Item], shapes: Sequence[Mapping[str, Any]]) -> None:
    """Say what arrows mean, and the signs of movements whose direction nobody tells."""
    moves = [item for item in claims if item["kind"] in MOVEMENTS]
    known = [i for i in moves if {"bearing", "course"} & set(i) or shapes[i["shape"]]["t"] == "L"]
    unknown = [item for item in moves if item not in known]
    told = [item for item in known if "derived" not in item]
    if told:
        pen.row(_sign(pen, min(item["kind"] for item in told)), pen.words.text("directed"))
    if any(item["kind"] == "withdrawal" and "course" in item for item in told):
        pen.row(_draw_broken_arrow, pen.words.text("retreat"))
    if len(told) < len(known):
        pen.row(_draw_pale_arrow, pen.words.text("derived"))
    if unknown:
        kind = min(item["kind"] for item in unknown)
        pen.row(_sign(pen, kind, directed=False), pen.words.text("undirected"))


def _draw_broken_arrow(board: Board, x: float, y: float) -> None:
    head = [(x + 4, y), (x + 1, y - 6.5), (x + 13, y), (x + 1, y + 6.5)]
    for left in (x - 13, x - 5):
        board.rectangle(left, y - 2.2, 5.5, 4.4, facecolor=_INK, linewidth=0)
    board.fill([[*head, head[0]]], facecolor=_INK, linewidth=0)


def _draw_pale_arrow(board: Board, x: float, y: float) -> None:
    draw_sign(board, (x, y), SignLook(kind="advance", colour=_PALE, size=10.5, bearing=90.0))


def _draw_lines(pen: _Pen, lines: Sequence[Item]) -> None:
    days = [item["as_of"] for item in lines if "as_of" in item]
    if any(item["layer"] == "front_line" for item in lines):
        words = pen.words
        day = words.date(dt.date(1970, 1, 1) + dt.timedelta(days=max(days))) if days else ""
        pen.row(_front, words.text("front_line", date=day) if day else words.text("front_line_undated"))
    if any(item["layer"] == "front_band" for item in lines):
        pen.row(_band, pen.words.text("front_band"))


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
    if pen.board is not None:
        _draw_steps(pen, pen.board, [(count, circle_radius(count, largest)) for count in steps], base)
    pen.y = base + 6
    pen.write(pen.words.text("rings"), size=6.6, color=_FAINT)


def _draw_steps(pen: _Pen, board: Board, steps: Sequence[tuple[float, float]], base: float) -> None:
    """Draw circles that stand on one line, each with its number."""
    half = steps[0][1]
    for count, radius in steps:
        centre, level = (_MARGIN + half, base - radius), base - 2 * radius
        board.disc(centre, radius, facecolor="none", edgecolor=_INK, linewidth=0.8)
        board.lines(
            [[(_MARGIN + half, level), (_MARGIN + 2 * half + 12, level)]], colors=_INK, linewidths=0.5
        )
        pen.put(_MARGIN + 2 * half + 16, level, pen.words.number(count), fontsize=7, va="center")


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
    names = [_name_source(source, pen.words) for source in contents["sources"]]
    named = ", ".join(names[:_PUBLISHERS])
    if len(names) > _PUBLISHERS:
        named += " " + pen.words.text("more", n=pen.words.number(len(names) - _PUBLISHERS))
    if named:
        pen.write(named, size=7.2)
    pen.write(contents["borders"], size=6.4, color=_FAINT)
    pen.write(f"{pen.words.text('base_map')}: {contents['base_sources']}", size=6.4, color=_FAINT)
    pen.write(pen.words.text("made"), size=6.4, color=_FAINT)


def _name_source(source: Mapping[str, Any], words: Words) -> str:
    name = str(source["publisher"] or words.text("unnamed_source"))
    return f"{name} ({words.count('plurals', 'not_read', source['unread'])})" if "unread" in source else name

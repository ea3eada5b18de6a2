"""Where the signs of one place stand in QGIS: side by side, circles in a row above them, as on the page.

QGIS draws every claim for itself.  What shares a place gets its spot here, once, and the styles hand it on by
the claim's id; claims that look alike share a spot.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from maps.style import LARGEST_RADIUS, SMALLEST_RADIUS, circle_radius, pattern_of, side_of_claim

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["MM_PER_PIXEL", "Spot", "find_spots", "list_offsets"]

Row = Mapping[str, Any]

MM_PER_PIXEL = 25.4 / 96
# Pixels: from the middle of a sign to the next one's, between circles, and a figure below a circle.
_STEP, _GAP, _FIGURE = 23.0, 3.0, 20.0
_ROW = 4
# An expression that names more claims than this is slow, and nobody could read such a map anyway.
_MOST_CLAIMS, _MOST_ROWS = 3000, 20_000
_BARE = ("arrow", "front_line", "front_band", "unplaced", "sources")
_MOVING = ("advance", "withdrawal")
_FIGURES = ("count_low", "count_high")


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """Where a claim's sign stands: right of and below its point, and how far its stack reaches right, mm."""

    x: float
    y: float
    right: float


@dataclass(kw_only=True, slots=True)
class _Block:
    """Claims that look alike in one place; ``radius`` in pixels, 0 where they are a sign."""

    radius: float = 0.0
    rows: list[Row] = field(default_factory=list)


def find_spots(tables: Iterable[Table]) -> dict[str, Spot]:
    """Return the spots of claims that do not stand alone in their place, by id; none where too many."""
    known = list(tables)
    if sum(len(table.shapes) for table in known) > _MOST_ROWS:
        return {}
    rows = [row for table in known for row in _list_signs(table)]
    largest = max((figure for row in rows for figure in _list_figures(row)), default=0.0)
    places: dict[tuple[float, float], list[Row]] = {}
    for row in rows:
        places.setdefault((round(row["lat"], 3), round(row["lon"], 3)), []).append(row)
    spots: dict[str, Spot] = {}
    for some in places.values():
        blocks = _list_blocks(some, largest)
        if len(blocks) > 1:
            spots |= _lay_out(blocks)
    return spots if len(spots) <= _MOST_CLAIMS else {}


def _list_signs(table: Table) -> Iterator[Row]:
    """Yield the rows of a table that QGIS draws as signs: no zones, no inner outlines, no lines."""
    if table.layer in _BARE or table.family not in ("point", "area"):
        return
    for row in table.rows():
        zone = table.layer == "control" and table.family == "area"
        placed = row.get("lat") is not None and row.get("lon") is not None and row.get("claim_id")
        if placed and not zone and row.get("role") != "inner" and not row.get("course"):
            yield {**row, "layer": table.layer}


def _list_figures(row: Row) -> list[float]:
    figures = (row.get(name) for name in _FIGURES) if row["layer"] == "concentration" else ()
    return [float(figure) for figure in figures if figure is not None]


def _list_blocks(rows: Iterable[Row], largest: float) -> list[_Block]:
    """Circles first, the largest first; one a side and status, as on the page."""
    circles: dict[tuple[Any, ...], _Block] = {}
    signs: dict[tuple[Any, ...], _Block] = {}
    for row in rows:
        side, pattern = side_of_claim(row), pattern_of(str(row.get("status")), row.get("control_status"))
        figures = _list_figures(row)
        if figures:
            block = circles.setdefault((side, pattern), _Block())
            block.radius = max(block.radius, circle_radius(max(figures), largest))
        else:
            block = signs.setdefault((row["layer"], side, pattern, row.get("bearing_deg")), _Block())
        block.rows.append(row)
    return [*sorted(circles.values(), key=lambda one: -one.radius), *signs.values()]


def _lay_out(blocks: Sequence[_Block]) -> dict[str, Spot]:
    circles, signs = [one for one in blocks if one.radius], [one for one in blocks if not one.radius]
    total = sum(2 * one.radius + _GAP for one in circles) - _GAP
    tallest = max((one.radius for one in circles), default=0.0)
    rows = math.ceil(len(signs) / _ROW)
    top = tallest + _FIGURE + _STEP / 2 if circles else -(rows - 1) * _STEP / 2
    right = max(total, min(len(signs), _ROW) * _STEP) / 2
    placed: list[tuple[_Block, float, float]] = []
    x = -total / 2
    for block in circles:
        placed.append((block, x + block.radius, 0.0))
        x += 2 * block.radius + _GAP
    for number, block in enumerate(signs):
        row, column = divmod(number, _ROW)
        in_row = min(_ROW, len(signs) - row * _ROW)
        placed.append((block, (column - (in_row - 1) / 2) * _STEP, top + row * _STEP))
    return {
        str(row["claim_id"]): Spot(x=x * MM_PER_PIXEL, y=y * MM_PER_PIXEL, right=right * MM_PER_PIXEL)
        for block, x, y in placed
        for row in block.rows
    }


def list_offsets(table: Table, spots: Mapping[str, Spot]) -> dict[str, tuple[float, float]]:
    """Return offsets of a table's signs by claim, mm; turned back where QGIS turns both."""
    bearings = table.data.get("bearing_deg") if table.layer in _MOVING else None
    ids = table.data.get("claim_id", ())
    turned = bearings if bearings is not None else [None] * len(ids)
    found = {}
    for identifier, bearing in zip(ids, turned, strict=True):
        spot = spots.get(str(identifier))
        if spot is not None:
            found[str(identifier)] = _turn_back(spot.x, spot.y, float(bearing or 0.0))
    return found


def _turn_back(x: float, y: float, degrees: float) -> tuple[float, float]:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return round(x * cos + y * sin, 2), round(y * cos - x * sin, 2)


def measure_diameter(count: str, largest: float) -> str:
    """Return an expression: the circle's diameter in mm for one of a count, as `maps.style.circle_radius`."""
    full, least = 2 * LARGEST_RADIUS * MM_PER_PIXEL, 2 * SMALLEST_RADIUS * MM_PER_PIXEL
    return f"max({least:.2f}, {full:.2f} * sqrt(coalesce({count}, 0) / {largest:.0f}))"

"""Which colour each side of one map gets: fixed ones stay, no two look alike to a colour-blind reader.

How far colours lie apart is measured in CIELAB, as the eye sees them and under simulated deuteranopia and
protanopia (Machado, Oliveira and Fernandes 2009, full severity); the smallest of the three distances counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from maps.style import CONTESTED_SIDE, SIDE_COLOURS, UNKNOWN, is_side_code, side_colour, side_of_claim

__all__ = ["assign_colours", "colour_rows", "measure_apart"]

# These keep their colours on every map; all others give way to them.
_FIXED = ("UKR", "RUS")
# What a side gets whose own colour is too near to another's: farthest apart first.
_SPARE = (
    "#332288", "#44AA99", "#882255", "#999933", "#CC79A7", "#117733", "#66005C", "#AA4499", "#661100",
    "#C08A62", "#5A3E85", "#47B1CC", "#7A5C3E", "#2F4858",
)  # fmt: skip
# Where even these run out their darker shades follow.
_SHADES = (0.72, 0.5, 0.35)
# A side's own colour is kept where it lies at least so far from all that were given before (CIELAB).
_APART = 8.0

# Linear RGB to what the deficient eye sees.
_EYES = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
)
# sRGB to CIE XYZ, D65, IEC 61966-2-1.
_XYZ = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
_WHITE = (0.9505, 1.0, 1.089)

Vector = tuple[float, float, float]


def assign_colours(sides: Iterable[str]) -> dict[str, str]:
    """Return a colour (``#rrggbb``) for each side of one map; no two sides share one.

    Ukraine and Russia keep theirs, whatever else is on the map.  Then come the sides that have a colour of
    their own (`maps.style.SIDE_COLOURS`), in alphabetical order, then all others: each keeps its own colour
    where it can be told from all that were given, and gets the spare one that lies farthest from them where
    it cannot.  The same sides always get the same colours.
    """
    codes = sorted({side for side in sides if side})
    plain = [side for side in codes if side == CONTESTED_SIDE or not is_side_code(side)]
    given = dict.fromkeys(plain, UNKNOWN)
    ranked = [*(side for side in _FIXED if side in codes), *_rank(set(codes) - set(_FIXED) - set(plain))]
    taken = [UNKNOWN]
    for side in ranked:
        given[side] = SIDE_COLOURS[side] if side in _FIXED else _choose(side, taken)
        taken.append(given[side])
    return given


def colour_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the colours of all sides that rows of plain values show; rows without a shape show none."""
    return assign_colours({side_of_claim(row) for row in rows if _is_drawn(row.get("geometry"))})


def _is_drawn(shape: Any) -> bool:
    return shape is not None and not shape.is_empty


def _rank(sides: set[str]) -> list[str]:
    return sorted(sides, key=lambda side: (side not in SIDE_COLOURS, side))


def _choose(side: str, taken: list[str]) -> str:
    own = side_colour(side)
    if own not in taken and _find_nearest(own, taken) >= _APART:
        return own
    shades = (_darken(colour, share) for share in _SHADES for colour in _SPARE)
    free = [colour for colour in _SPARE if colour not in taken] or [c for c in shades if c not in taken]
    return max(free, key=lambda colour: (_find_nearest(colour, taken), colour), default=own)


def _darken(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * share):02X}" for i in (1, 3, 5))


def _find_nearest(colour: str, taken: list[str]) -> float:
    return min(measure_apart(colour, other) for other in taken)


@lru_cache(maxsize=1024)
def measure_apart(one: str, other: str) -> float:
    """Return how far two colours lie apart for the eye that tells them least, in CIELAB."""
    return min(math.dist(a, b) for a, b in zip(_see(one), _see(other), strict=True))


@lru_cache(maxsize=64)
def _see(colour: str) -> tuple[Vector, ...]:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = tuple(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return tuple(_to_lab(_times(eye, (linear[0], linear[1], linear[2]))) for eye in _EYES)


def _times(matrix: tuple[Vector, ...], vector: Vector) -> Vector:
    x, y, z = (sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix)
    return x, y, z


def _to_lab(linear: Vector) -> Vector:
    bounded = tuple(min(max(value, 0.0), 1.0) for value in linear)
    xyz = _times(_XYZ, (bounded[0], bounded[1], bounded[2]))
    x, y, z = (
        math.cbrt(t) if t > 0.008856 else 7.787 * t + 16 / 116
        for t in (value / white for value, white in zip(xyz, _WHITE, strict=True))
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)

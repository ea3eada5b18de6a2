"""Statements that cannot be right on their own: a village taken far behind every known front."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.model import Base, is_side
from geo.control.statements import Statement
from geo.projection import clip_around, find_plane, measure_distance_km
from geo.units import M_PER_KM

__all__ = ["DEEP_KM", "Stray", "find_grounds", "is_deep", "keep_near", "part_strays"]

# The deepest raid over a front of this war, in the Kursk region in August 2024, reached some 30 km behind it.
DEEP_KM = 60.0
# So many statements of one side near one another are no slip of one reading.
_ENOUGH = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Stray:
    """A statement that is left out, and why, for people."""

    statement: Statement
    reason: str


def find_grounds(
    homes: Mapping[str, BaseGeometry], base: Base | None, sides: Sequence[str]
) -> dict[str, BaseGeometry]:
    """Return what each side is known to hold, EPSG:4326: by the base, else its own country."""
    held = dict(base.held) if base is not None else {}
    grounds: dict[str, BaseGeometry] = {}
    for side in sides:
        home = homes.get(side)
        parts = [held[side]] if side in held else []
        if home is not None:
            others = [geometry for other, geometry in held.items() if other != side]
            parts.append(home.difference(shapely.union_all(others)) if others else home)
        if parts:
            grounds[side] = shapely.union_all(parts) if len(parts) > 1 else parts[0]
    for ground in grounds.values():
        shapely.prepare(ground)
    return grounds


def part_strays(
    statements: Sequence[Statement], grounds: Mapping[str, BaseGeometry]
) -> tuple[tuple[Statement, ...], tuple[Stray, ...]]:
    """Part statements from those that put a side deep in the other's land, alone.

    Parameters
    ----------
    statements
        In any order.
    grounds
        What each side is known to hold, EPSG:4326; with one side's ground alone nothing is.

    Returns
    -------
    tuple
        What is kept, in order, and what is left out.
    """
    if len(grounds) < 2:
        return tuple(statements), ()
    deep = [
        one for one in statements if any(is_deep(one, grounds[side]) for side in _list_sides(one, grounds))
    ]
    alone = {id(one) for one in deep if _count_near(one, deep) < _ENOUGH}
    strays = tuple(_tell(one) for one in deep if id(one) in alone)
    return tuple(one for one in statements if id(one) not in alone), strays


def keep_near(statements: Sequence[Statement], grounds: Mapping[str, BaseGeometry]) -> tuple[Statement, ...]:
    """Return the statements near ground of at least two sides; all of them if none is.

    Only these tell of which units a front runs through: that a capital is held by its own side does not.
    """
    near = [one for one in statements if sum(not is_deep(one, ground) for ground in grounds.values()) > 1]
    return tuple(near or statements)


def _list_sides(one: Statement, grounds: Mapping[str, BaseGeometry]) -> list[str]:
    """Return the sides that must be near: the holder; all of them where a place is contested."""
    if is_side(one.side):
        return [one.side] if one.side in grounds else []
    return list(grounds)


def is_deep(one: Statement, ground: BaseGeometry) -> bool:
    """Tell whether a statement speaks of a place farther than `DEEP_KM` from a side's ground."""
    spot = one.longitude, one.latitude
    point: Any = shapely.Point(spot)
    if ground.intersects(point):
        return False
    near = clip_around(ground, spot * 2, DEEP_KM)
    if near.is_empty:
        return True
    plane = find_plane(*spot)
    return bool(plane.to_plane(near).distance(shapely.Point(plane.project(*spot))) > DEEP_KM * M_PER_KM)


def _count_near(one: Statement, others: Sequence[Statement]) -> int:
    """Return how many places, itself among them, are told of one side, or are contested, near by."""
    places = {
        (other.longitude, other.latitude)
        for other in others
        if (other.side == one.side or not (is_side(one.side) and is_side(other.side)))
        and measure_distance_km(one.longitude, one.latitude, other.longitude, other.latitude) <= DEEP_KM
    }
    return len(places)


def _tell(one: Statement) -> Stray:
    who = f"held by {one.side}" if is_side(one.side) else one.side
    reason = f"{who}, but more than {DEEP_KM:.0f} km from ground of that side and told of this place alone"
    return Stray(statement=one, reason=reason)

"""An assessed map as what is known beside the claims: who holds what, and where the front runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import shapely

from geo.control.build import build_control
from geo.control.ground import find_domain, find_homes
from geo.control.model import Base, is_side
from geo.shapes.context import ZoneContext

if TYPE_CHECKING:
    from geo.shapes.boundaries import Boundaries

__all__ = ["assess_zones"]


def assess_zones(base: Base, boundaries: Boundaries) -> ZoneContext:
    """Return an assessed map's zones, its front line and its day, for shapes that are drawn against them.

    Parameters
    ----------
    base
        The map; `geo.control.read_base` reads one.
    boundaries
        Where the countries of its sides are read from.

    Raises
    ------
    DataError
        If no ground of the sides is in the map.
    """
    sides = [side for side in (*base.held, base.rest) if is_side(side)]
    homes = base.homes or find_homes(boundaries, [side for side in sides if side != base.rest])
    known = replace(base, homes=homes)
    domain = find_domain((), known, boundaries, sides)
    control = build_control((), known, on=base.as_of, domain=domain)
    zones = {side: ground for side, ground in control.merge_sides().items() if is_side(side)}
    lines = [line.geometry for line in control.front]
    return ZoneContext(zones=zones, front=shapely.union_all(lines) if lines else None, as_of=base.as_of)

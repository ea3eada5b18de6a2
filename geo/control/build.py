"""Control on a day: from an assessed base, from statements about settlements, or from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.front import draw_band, find_front
from geo.control.model import NOBODY, Base, ControlMap, FrontLine, Zone, is_side
from geo.control.partition import split_by_settlements
from geo.control.rim import drop_rim_lines
from geo.control.settings import ControlSettings
from geo.control.statements import Standing, Statement, settle_statements
from geo.control.update import update_base
from geo.errors import GeometryError
from geo.model import ControlStatus
from geo.projection import Plane, find_plane_of
from geo.units import M_PER_KM

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["build_control"]

_USUAL = ControlSettings()


def build_control(  # noqa: PLR0913 (what a day is made of; all but two by name)
    statements: Iterable[Statement] = (),
    base: Base | None = None,
    *,
    on: date,
    domain: BaseGeometry | None = None,
    settlements: Sequence[tuple[float, float]] = (),
    water: BaseGeometry | None = None,
    settings: ControlSettings = _USUAL,
) -> ControlMap:
    """Return zones, front line and band of uncertainty on a day.

    Parameters
    ----------
    statements
        Who is said to hold which settlement; those later than the day are not known yet, and none as old as
        the base overrules it.
    base
        An assessed map; where no newer statement touches it, it comes back unchanged.
    on
        The day.
    domain
        What is shared out, EPSG:4326; needed without a base.
    settlements
        Settlements around, (longitude, latitude) in degrees, that tell how far a change of hands reaches.
    water
        Wide waters, EPSG:4326: one between two sides is nobody's.
    settings
        See `ControlSettings`.

    Raises
    ------
    GeometryError
        If there is neither a base nor a statement, or no domain for statements alone.
    """
    standings = _settle_against(tuple(statements), base, on, settings)
    if base is not None:
        zones = update_base(base, standings, domain, settlements, settings)
        return _finish(zones, standings, on=on, settings=settings, base=base, domain=domain)
    if domain is None:
        raise GeometryError(
            "control from statements alone needs a domain to share out; name a country or a base"
        )
    if not standings:
        raise GeometryError(f"nobody says by {on} who holds what; give statements up to that day, or a base")
    return _finish(_split(standings, domain, water, settings), standings, on=on, settings=settings)


def _settle_against(
    statements: Sequence[Statement], base: Base | None, on: date, settings: ControlSettings
) -> tuple[Standing, ...]:
    """Return what stands: where the base speaks, only what is newer than it."""
    if base is None:
        return settle_statements(statements, on, memory_days=settings.memory_days)
    silent = [_is_beyond(base, one) for one in statements]
    beyond = [one for one, is_silent in zip(statements, silent, strict=True) if is_silent]
    within = [one for one, is_silent in zip(statements, silent, strict=True) if not is_silent]
    return (
        *settle_statements(within, on, since=base.as_of, memory_days=settings.memory_days),
        *settle_statements(beyond, on, memory_days=settings.memory_days),
    )


def _is_beyond(base: Base, one: Statement) -> bool:
    """Tell whether a statement lies on ground that the base says nothing of."""
    point = shapely.Point(one.longitude, one.latitude)
    if not any(home.intersects(point) for home in base.homes.values()):
        return False
    return not any(geometry.intersects(point) for geometry in base.held.values())


def _split(
    standings: Sequence[Standing], domain: BaseGeometry, water: BaseGeometry | None, settings: ControlSettings
) -> tuple[Zone, ...]:
    """Return the zones that settlements alone give."""
    plane = find_plane_of(domain)
    points, first = _project(plane, standings)
    some = [standings[i] for i in first]
    sides = sorted({one.side for one in some})
    labels = np.array([sides.index(one.side) for one in some])
    flat = plane.to_plane(domain)
    wet = plane.to_plane(water) if water is not None else None
    split = split_by_settlements(points, labels, len(sides), flat, water=wet, parts=settings.smoothness)
    zones = [
        zone
        for label, side in enumerate(sides)
        for zone in _split_by_status(plane, split.zones[label], points, some, side)
    ]
    if len(split.zones) > len(sides) and not split.zones[-1].is_empty:
        newest = max(one.as_of for one in some)
        zones.append(_make_zone(plane, NOBODY, ControlStatus.CONTESTED, newest, split.zones[-1]))
    return tuple(zones)


def _project(plane: Plane, standings: Sequence[Standing]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return distinct plane points, and which standing each one is."""
    flat = plane.to_plane(shapely.MultiPoint([(one.longitude, one.latitude) for one in standings]))
    xy = shapely.get_coordinates(flat)
    _, first = np.unique(np.round(xy, 1), axis=0, return_index=True)
    first = np.sort(first)
    return xy[first], first


def _split_by_status(
    plane: Plane, zone: BaseGeometry, points: NDArray[np.float64], standings: Sequence[Standing], side: str
) -> list[Zone]:
    """Split a side's zone into what is stated and what only the side itself claims."""
    if zone.is_empty:
        return []
    own = [i for i, one in enumerate(standings) if one.side == side]
    statuses = sorted({standings[i].control_status for i in own})
    newest = {s: max(standings[i].as_of for i in own if standings[i].control_status == s) for s in statuses}
    if len(statuses) == 1:
        return [_make_zone(plane, side, statuses[0], newest[statuses[0]], zone)]
    codes = np.array([statuses.index(standings[i].control_status) for i in own])
    split = split_by_settlements(points[own], codes, len(statuses), zone, parts=1)
    pieces = zip(statuses, split.zones, strict=True)
    return [
        _make_zone(plane, side, status, newest[status], piece)
        for status, piece in pieces
        if not piece.is_empty
    ]


def _make_zone(plane: Plane, side: str, status: ControlStatus, as_of: date, flat: BaseGeometry) -> Zone:
    return Zone(side=side, control_status=status, as_of=as_of, geometry=plane.to_degrees(flat))


def _finish(  # noqa: PLR0913 (all but two by name)
    zones: tuple[Zone, ...],
    standings: Sequence[Standing],
    *,
    on: date,
    settings: ControlSettings,
    base: Base | None = None,
    domain: BaseGeometry | None = None,
) -> ControlMap:
    """Add front and band to zones."""
    sides = ControlMap(on=on, zones=zones).merge_sides()
    if base is not None and domain is not None:
        # A base may overhang the domain: only when cut back to it do neighbours share their edges.
        sides = {side: geometry.intersection(domain) for side, geometry in sides.items()}
    if base is not None:
        sides.pop(NOBODY, None)  # lagoons of the rim: no front runs along them
    lines = find_front(sorted(sides.items(), key=lambda one: (not is_side(one[0]), one[0])))
    if base is not None and domain is not None:
        lines = _drop_slivers(lines, sides, domain)
    front = tuple(FrontLine(left=left, right=right, geometry=line) for left, right, line in lines)
    band = _draw_band(front, standings, on, settings, base) if front else shapely.MultiPolygon()
    return ControlMap(on=on, zones=zones, front=front, band=band)


def _drop_slivers(
    lines: Sequence[tuple[str, str, BaseGeometry]], sides: Mapping[str, BaseGeometry], domain: BaseGeometry
) -> list[tuple[str, str, BaseGeometry]]:
    """Drop what only parts slivers between the outlines of a base and of the domain."""
    plane = find_plane_of(domain)
    rim = plane.to_plane(domain.boundary)
    flat = {name: plane.to_plane(sides[name]) for name in {side for one in lines for side in one[:2]}}
    kept = (
        (left, right, drop_rim_lines(plane, line, (flat[left], flat[right]), rim))
        for left, right, line in lines
    )
    return [one for one in kept if not one[2].is_empty]


def _draw_band(
    front: Sequence[FrontLine],
    standings: Sequence[Standing],
    on: date,
    settings: ControlSettings,
    base: Base | None,
) -> BaseGeometry:
    lines = shapely.union_all([line.geometry for line in front])
    plane = find_plane_of(lines)
    least = settings.base_km + (_age(base.as_of, on, settings) if base is not None and base.held else 0.0)
    points, ages = _know_points(plane, () if base is not None else standings, on, settings)
    flat = draw_band(
        plane.to_plane(lines), points, ages, share=settings.spacing_share, least_m=least * M_PER_KM
    )
    return plane.to_degrees(flat)


def _know_points(
    plane: Plane, standings: Sequence[Standing], on: date, settings: ControlSettings
) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """Return where holders are known (plane), and how far the front may have moved since (metres)."""
    if not standings:
        return np.empty(0, dtype=object), np.empty(0)
    xy = shapely.get_coordinates(
        plane.to_plane(shapely.MultiPoint([(one.longitude, one.latitude) for one in standings]))
    )
    ages = np.array([_age(one.as_of, on, settings) for one in standings]) * M_PER_KM
    return np.asarray(shapely.points(xy)), ages


def _age(as_of: date, on: date, settings: ControlSettings) -> float:
    """Return how far the front may have moved since a day, kilometres."""
    return min(max((on - as_of).days, 0) * settings.drift_km_per_day, settings.drift_km_max)

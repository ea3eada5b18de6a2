"""Zones of a stated area: where a side holds, took or left so many square kilometres of a unit."""

from __future__ import annotations

import shapely
from shapely.geometry.base import BaseGeometry

from geo.claims.parties import list_sides
from geo.errors import DataError, GeometryError
from geo.model import Claim, Footprint, Place
from geo.projection import clip_around, find_plane_of, measure_area_km2
from geo.shapes.boundaries import Boundaries, read_country_codes
from geo.shapes.context import ZoneContext
from geo.shapes.footprint import draw_relation
from geo.shapes.outlines import Protocol, draw_area
from geo.shapes.zones import draw_zone
from geo.units import M_PER_KM

__all__ = ["draw_stated_area", "find_seed"]

# A settlement this near to its side's own border was reached from there.
_REACH_KM = 60.0
# Outlines of a country and of a neighbour's region come from different makers and disagree by this much.
_SLACK_KM = 3.0
_BORDER_DETAIL_KM = 1.0


def draw_stated_area(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "Holds 500 km² of the Kursk region": a zone of that size, its low and high outline.

    Raises
    ------
    GeometryError
        If the stated area is larger than the unit.
    """
    unit, seed = _find_unit(claim, boundaries), None
    if unit is not None:
        _check_size(claim, unit)
        seed = find_seed(claim, unit, boundaries, context)
    if unit is None or seed is None:
        # Nobody says where in the unit: the unit is drawn and the size stays a number.
        return draw_relation(claim, boundaries, context)
    low, high = _read_bounds(claim)
    outer = draw_zone(unit, high, seed)
    inner = draw_zone(unit, low, seed) if low is not None and low < high else None
    return draw_area(outer, Protocol("zone of a stated area", 2, 4), inner=inner, schematic=True)


def _read_bounds(claim: Claim) -> tuple[float | None, float]:
    """Return the low (None if not told) and the high end, km²; "more than N" is drawn as N."""
    if claim.area is None:
        raise GeometryError("no area is stated")
    low, high = claim.area.low, claim.area.high
    outer = high if high is not None else low
    if outer is None or not outer > 0:
        raise GeometryError(f"the stated area {claim.area.span.exact!r} has no size")
    return (low if low and low > 0 else None), outer


def _check_size(claim: Claim, unit: BaseGeometry) -> None:
    _, high = _read_bounds(claim)
    whole = measure_area_km2(unit)
    if high > whole:
        name = claim.place.toponym.name
        raise GeometryError(
            f"{high:,.0f} km² are stated, but {name!r} has only {whole:,.0f} km²: nothing is drawn"
        )


def _find_unit(claim: Claim, boundaries: Boundaries) -> BaseGeometry | None:
    place = claim.place.place
    return boundaries.find(place.boundary) if place is not None else None


def find_seed(
    claim: Claim, unit: BaseGeometry, boundaries: Boundaries, context: ZoneContext
) -> BaseGeometry | None:
    """Return where a side's zone in a unit starts, EPSG:4326, or None if nothing tells.

    Its assessed zone there; else the settlements that reports put in its hands, joined to its own border
    where that is near; else its own country's border with the unit.
    """
    place = claim.place.place
    for zone in context.find_zones(claim):
        if zone.intersects(unit):
            return shapely.intersection(zone, unit)
    borders = [
        b for actor in claim.actors if (b := _find_own_border(actor, place, unit, boundaries)) is not None
    ]
    border = shapely.union_all(borders) if borders else None
    held = shapely.MultiPoint([xy for side in list_sides(claim) for xy in context.list_held(side, claim)])
    inside = shapely.intersection(held, unit)
    if inside.is_empty:
        return border
    return inside if border is None else _join_to_border(inside, border)


def _find_own_border(
    actor: str, place: Place | None, unit: BaseGeometry, boundaries: Boundaries
) -> BaseGeometry | None:
    """Return the unit's outline along the actor's own country; None where it has none or is at home."""
    code = read_country_codes().get(actor)
    if code is None or place is None or code == place.country_code:
        return None
    try:
        own = boundaries.find_country(code)
    except DataError:
        return None
    plane = find_plane_of(unit)
    flat = plane.to_plane(unit)
    slack = _SLACK_KM * M_PER_KM
    near = clip_around(own, unit.bounds, 10 * _SLACK_KM)
    abroad = plane.to_plane(near).simplify(slack / 10).buffer(slack, quad_segs=2)
    shared = shapely.line_merge(flat.boundary.intersection(abroad))
    return None if shared.is_empty else plane.to_degrees(shared.simplify(_BORDER_DETAIL_KM * M_PER_KM))


def _join_to_border(held: BaseGeometry, border: BaseGeometry) -> BaseGeometry:
    """Return the settlements with the shortest way from each to the border, where that is near."""
    plane = find_plane_of(held, border)
    line = plane.to_plane(border)
    ways = [shapely.shortest_line(point, line) for point in shapely.get_parts(plane.to_plane(held))]
    seeds = [way if way.length <= _REACH_KM * M_PER_KM else shapely.Point(way.coords[0]) for way in ways]
    return plane.to_degrees(shapely.GeometryCollection(seeds))

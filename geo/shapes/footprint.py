"""From a claim to what is drawn for it: one short rule a relation, chosen here.

The name of the rule goes into ``georeference_protocol``.  Points need neither outlines nor projections, so
what does need them is imported only when a claim asks for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

import shapely

from geo.errors import DataError, GeometryError
from geo.model import Claim, Footprint, Kind, Place, PlaceKind, RelationKind
from geo.shapes.context import ZoneContext, gather_context
from geo.shapes.places import read_place

if TYPE_CHECKING:
    from geo.shapes.boundaries import Boundaries

    Rule = Callable[[Claim, Boundaries, ZoneContext], Footprint]

__all__ = ["ZoneContext", "draw_footprint", "find_course", "gather_context"]

_RULES = {
    RelationKind.PART_OF: ("geo.shapes.parts", "draw_part"),
    RelationKind.BORDER: ("geo.shapes.parts", "draw_border"),
    RelationKind.BANK: ("geo.shapes.parts", "draw_bank"),
    RelationKind.SIDE_OF: ("geo.shapes.relative", "draw_side"),
    RelationKind.DISTANCE: ("geo.shapes.relative", "draw_distance"),
    RelationKind.BETWEEN: ("geo.shapes.relative", "draw_between"),
    RelationKind.ALONG: ("geo.shapes.relative", "draw_along"),
    RelationKind.AXIS: ("geo.shapes.relative", "draw_axis"),
}
_OUTLINED = {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.AREA, PlaceKind.WATER}

# Radius that surely holds a place of a kind whose outline is unknown, metres.
_UNCERTAINTY_M = {
    PlaceKind.SETTLEMENT: 2_000.0,
    PlaceKind.SITE: 1_000.0,
    PlaceKind.DISTRICT: 25_000.0,
    PlaceKind.REGION: 100_000.0,
    PlaceKind.COUNTRY: 400_000.0,
    PlaceKind.AREA: 50_000.0,
    PlaceKind.WATER: 25_000.0,
}
# "Near X" adds this much: a day's walk around a village (metres).
_NEAR_M = 5_000.0
# ACLED geo_precision and UCDP where_prec of a place that is named without a relation.
_PRECISION = {
    PlaceKind.SETTLEMENT: (1, 1),
    PlaceKind.SITE: (1, 1),
    PlaceKind.DISTRICT: (2, 3),
    PlaceKind.REGION: (3, 4),
    PlaceKind.COUNTRY: (3, 6),
    PlaceKind.AREA: (3, 5),
    PlaceKind.WATER: (3, 5),
}


def draw_footprint(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Return what is drawn for a claim, EPSG:4326, as vague as its words.

    Parameters
    ----------
    claim
        A claim whose place has been chosen.
    boundaries
        Where outlines are read from.
    context
        What else is known of who holds what; `gather_context` makes it from claims.

    Raises
    ------
    GeometryError
        If nothing honest can be drawn; the message says why.
    """
    place = read_place(claim)
    if (
        claim.area is not None
        and place.kind in _OUTLINED
        and claim.kind in {Kind.CONTROL, Kind.ADVANCE, Kind.WITHDRAWAL}
    ):
        return _load_rule("geo.shapes.stated", "draw_stated_area")(claim, boundaries, context)
    return draw_relation(claim, boundaries, context)


def find_course(
    claim: Claim, footprint: Footprint, boundaries: Boundaries, context: ZoneContext
) -> Footprint:
    """Return the footprint of a movement with its course, where one is known (`geo.shapes.courses`)."""
    if claim.kind not in {Kind.ADVANCE, Kind.WITHDRAWAL}:
        return footprint
    draw: Callable[..., Footprint] = import_module("geo.shapes.courses").draw_course
    try:
        return draw(claim, footprint, boundaries, context)
    except (DataError, GeometryError):
        return footprint  # what stands drawn is not lost for want of an arrow


def draw_relation(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Return what is drawn for the place of a claim with its relation, whatever area is stated.

    Raises
    ------
    GeometryError
        If no place was chosen, or nothing honest can be drawn.
    """
    place = read_place(claim)
    kind = claim.place.toponym.relation.kind
    if kind is RelationKind.SIDE_OF and place.kind in _OUTLINED:
        kind = RelationKind.PART_OF
    if kind is RelationKind.ALONG and place.kind is not PlaceKind.WATER:
        kind = RelationKind.NEAR
    if kind in _RULES:
        return _load_rule(*_RULES[kind])(claim, boundaries, context)
    return _draw_at(place, boundaries, near=kind is RelationKind.NEAR)


@cache
def _load_rule(module: str, name: str) -> Rule:
    return cast("Rule", getattr(import_module(module), name))


def _draw_at(place: Place, boundaries: Boundaries, *, near: bool) -> Footprint:
    """Draw "In X" and "near X": the outline of a unit, the point of a settlement or site with its radius."""
    outline = boundaries.find(place.boundary) if place.kind in _OUTLINED else None
    if outline is not None:
        return _draw_outline(place, outline, near=near)
    return _draw_place_point(place, near=near)


def _draw_outline(place: Place, outline: shapely.geometry.base.BaseGeometry, *, near: bool) -> Footprint:
    from geo.shapes.outlines import Protocol, draw_area

    named = place.longitude, place.latitude
    # The point of a river or sea is a convention that its gazetteer keeps; a unit's is its middle.
    keeps = place.kind is PlaceKind.WATER and outline.intersects(shapely.Point(named))
    return draw_area(
        outline,
        Protocol("near a unit" if near else f"outline of a {place.kind.value}", *_PRECISION[place.kind]),
        point=named if keeps else None,
    )


def _draw_place_point(place: Place, *, near: bool) -> Footprint:
    geo_precision, where_prec = _PRECISION[place.kind]
    radius = place.coordinate_uncertainty_m or _UNCERTAINTY_M[place.kind]
    return Footprint(
        geometry=shapely.Point(place.longitude, place.latitude),
        latitude=place.latitude,
        longitude=place.longitude,
        coordinate_uncertainty_m=radius + (_NEAR_M if near else 0.0),
        geo_precision=max(geo_precision, 2) if near else geo_precision,
        where_prec=max(where_prec, 2) if near else where_prec,
        georeference_protocol=f"near a {place.kind.value}" if near else f"point of a {place.kind.value}",
    )

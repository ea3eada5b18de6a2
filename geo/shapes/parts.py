"""Parts of a known outline: by direction, along its border, on one bank of its river."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.model import Claim, Footprint, Place, PlaceKind
from geo.projection import clip_around, find_plane_of
from geo.shapes.boundaries import Area, Boundaries
from geo.shapes.context import ZoneContext
from geo.shapes.outlines import Protocol, cut_share, draw_area, find_inside_point
from geo.shapes.places import read_place
from geo.shapes.relative import draw_near_point
from geo.shapes.rivers import find_river, split_by_river
from geo.shapes.zones import draw_zone
from geo.units import M_PER_KM

__all__ = ["draw_bank", "draw_border", "draw_part"]

# Speakers mean less by "the east" of a country than of a region, of which it is a third: the regions that
# "eastern Ukraine" usually names (Kharkiv, Luhansk, Donetsk, eastern Zaporizhzhia) are 17 % of the country.
SHARE_OF_COUNTRY = 0.17
SHARE_OF_UNIT = 1 / 3
SHARE_OF_CORNER = 0.75  # a corner (north-east) is this much of a side
BORDER_DEPTH_KM = 25.0
BANK_DEPTH_KM = 30.0
POINT_PART_KM = {PlaceKind.COUNTRY: 200.0, PlaceKind.REGION: 80.0, PlaceKind.DISTRICT: 25.0}
_LONG_OUTLINE = 3_000
_DETAIL_DEGREES = 0.005
_NEAREST_AREAS = 0.5  # degrees added to bounds when looking for neighbours


def draw_part(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "The east of the Kursk region", "eastern Ukraine"."""
    del context
    place, direction = read_place(claim), claim.place.toponym.relation.direction
    outline = boundaries.find(place.boundary)
    if outline is None:
        return _draw_part_of_point(claim)
    country = place.kind is PlaceKind.COUNTRY
    precision = (3, 5) if country else (2, 4)
    if direction is None:
        return draw_area(outline, Protocol("part of a unit, which is not told", *precision))
    part = _cut_part(outline, direction, SHARE_OF_COUNTRY if country else SHARE_OF_UNIT)
    return draw_area(part, Protocol("part of a unit by direction", *precision))


@lru_cache(maxsize=64)
def _cut_part(outline: BaseGeometry, direction: str, share: float) -> BaseGeometry:
    if direction == "C":
        middle = shapely.Point(find_inside_point(outline))
        area = find_plane_of(outline).to_plane(outline).area / 1e6
        return draw_zone(outline, area * share, middle)
    return cut_share(outline, direction, share * (SHARE_OF_CORNER if len(direction) > 1 else 1.0))


def _draw_part_of_point(claim: Claim) -> Footprint:
    """Without an outline: the point of a town, or of a unit with a wide radius."""
    place = read_place(claim)
    wide = POINT_PART_KM.get(place.kind)
    if wide is not None:
        return draw_near_point(place, wide, "part of a unit of unknown outline")
    # "The north of the town" lies within it; what lies north of it is a side (`draw_side`).
    return draw_near_point(place, 5.0, "part of a town")


def draw_border(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "The border areas of the Sumy region": a band inside the unit along the border of the country."""
    del context
    place = read_place(claim)
    outline = boundaries.find(place.boundary)
    if outline is None:
        return draw_near_point(place, BORDER_DEPTH_KM, "border of a unit of unknown outline")
    other = next((r.place for r in claim.place.others if r.place is not None), None)
    for neighbour in (other, None) if other is not None else (None,):
        foreign = _find_foreign(place, neighbour, outline, boundaries)
        band = _draw_band(outline, tuple(foreign), both_sides=neighbour is not None)
        if not band.is_empty:
            return draw_area(band, Protocol("border band", 2, 5))
    return draw_area(outline, Protocol("border of a unit that meets no other country", 3, 4))


def _find_foreign(
    place: Place, other: Place | None, outline: BaseGeometry, boundaries: Boundaries
) -> list[BaseGeometry]:
    """Return the outline of the named neighbour, or of all other countries near."""
    if other is not None:
        known = boundaries.find(other.boundary)
        return [known] if known is not None else []
    west, south, east, north = outline.bounds
    step = _NEAREST_AREAS
    reach = (west - step, south - step, east + step, north + step)
    near: list[Area] = [a for a in boundaries.list_areas("country") if a.meets(reach)]
    others = [boundaries.read(a.key) for a in near if a.country_code != place.country_code]
    return [other for other in others if shapely.dwithin(outline, other, step)]


@lru_cache(maxsize=64)
def _draw_band(
    outline: BaseGeometry, neighbours: tuple[BaseGeometry, ...], *, both_sides: bool
) -> BaseGeometry:
    """Return what of the outline (and, for a border of two, of the neighbour) lies near the other."""
    plane = find_plane_of(outline)
    home = plane.to_plane(_coarsen(outline))
    near = [clip_around(_coarsen(one), outline.bounds, BORDER_DEPTH_KM * 2) for one in neighbours]
    foreign = [flat for one in near if not one.is_empty and (flat := plane.to_plane(one)).area]
    band = home.intersection(_widen_rim(foreign, home))
    if both_sides and not band.is_empty:
        abroad = shapely.union_all(foreign)
        band = band.union(abroad.intersection(_widen_rim([home], abroad)))
    return plane.to_degrees(band)


def _widen_rim(grounds: list[BaseGeometry], home: BaseGeometry) -> BaseGeometry:
    """Return what lies within a border's depth of that stretch of some outlines which is near home, metres.

    Only that stretch is widened: the outlines of all that lies behind it would take seconds.
    """
    depth = BORDER_DEPTH_KM * M_PER_KM
    rings = shapely.get_rings(shapely.get_parts(grounds))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    edges = np.stack([points[:-1], points[1:]], axis=1)[ring[1:] == ring[:-1]]
    lines: Any = shapely.linestrings(edges)
    shapely.prepare(home)
    rim: BaseGeometry = shapely.line_merge(
        shapely.multilinestrings(lines[shapely.dwithin(home, lines, depth)])
    )
    return rim.simplify(depth / 50).buffer(depth, quad_segs=4)


def _coarsen(outline: BaseGeometry) -> BaseGeometry:
    """Drop details of a long outline that a band of 25 km does not show; short ones stay."""
    if shapely.get_num_coordinates(outline) <= _LONG_OUTLINE:
        return outline
    coarse = outline.simplify(_DETAIL_DEGREES, preserve_topology=False)
    return coarse if coarse.is_valid and not coarse.is_empty else outline


def draw_bank(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "The left bank of the Kherson region": the strip of the unit on that side of its main river."""
    del context
    place, side = read_place(claim), claim.place.toponym.relation.direction
    if side not in {"L", "R"}:
        raise GeometryError(f"bank {side!r} of {place.name!r} is neither left (L) nor right (R)")
    named = [place, *(r.place for r in claim.place.others if r.place is not None)]
    river = find_river(named, boundaries)
    units = [u for one in named if (u := _find_unit(one, boundaries)) is not None]
    if river is None or not units:
        return _draw_bank_without_course(place, units)
    bank = split_by_river(units[0], river, side, BANK_DEPTH_KM)
    return draw_area(bank, Protocol("bank of a river", 2, 4))


def _draw_bank_without_course(place: Place, units: list[BaseGeometry]) -> Footprint:
    if not units:
        return draw_near_point(place, BANK_DEPTH_KM, "bank of a river of unknown course")
    return draw_area(units[0], Protocol("unit of a bank, the river unknown", 3, 4))


def _find_unit(place: Place, boundaries: Boundaries) -> BaseGeometry | None:
    return None if place.kind is PlaceKind.WATER else boundaries.find(place.boundary)

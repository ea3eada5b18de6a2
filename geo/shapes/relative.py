"""Shapes for words that place a thing against a point: sides, distances, between, along, directions."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.affinity import rotate, scale, translate
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.model import Claim, Footprint, Place, PlaceKind
from geo.projection import draw_circle, find_plane, measure_azimuth, measure_distance_km, move_point
from geo.shapes.axes import Axis, find_axis
from geo.shapes.boundaries import Boundaries
from geo.shapes.context import ZoneContext
from geo.shapes.outlines import Protocol, draw_area, draw_point
from geo.shapes.places import read_place
from geo.shapes.rivers import find_course
from geo.units import M_PER_KM, find_bearing

__all__ = ["draw_along", "draw_axis", "draw_between", "draw_distance", "draw_near_point", "draw_side"]

# A side of a town without a distance: about 10 km out, in a sector of 45° (gold/README.md, ruling 8).
SIDE_DISTANCE_KM = 10.0
SIDE_DEPTH_KM = 6.0
SECTOR_DEGREES = 45.0
# A spoken distance is rounded: a tenth of it either way, at least one kilometre.
DISTANCE_SLACK = 0.1
DISTANCE_SLACK_MIN_KM = 1.0
# A direction named after a city that is in no table, its front unknown.
AXIS_RADIUS_KM = 20.0
# Farther from the front than this, a city gives its direction no more than a name.
AXIS_REACH_KM = 150.0
# Settlements in other hands farther from a city than this are another front.
FACING_REACH_KM = 60.0
# Of a direction that a table knows, those farther from its middle than this many times its radius.
FACING_SHARE = 1.5
ALONG_WIDTH_KM = 5.0
BETWEEN_WIDTH_SHARE = 0.3
BETWEEN_WIDTH_MIN_KM = 2.0
# Two places farther apart than this are hardly what "between A and B" means.
BETWEEN_REACH_KM = 400.0


def _draw_sector(place: Place, bearing: float, near_km: float, far_km: float, degrees: float) -> BaseGeometry:
    """Return a piece of a ring around a place, EPSG:4326; it may cross the antimeridian."""
    plane = find_plane(place.longitude, place.latitude)
    x, y = plane.project(place.longitude, place.latitude)
    angles = np.radians(np.linspace(bearing - degrees / 2, bearing + degrees / 2, 25))
    rays = np.column_stack([np.sin(angles), np.cos(angles)])
    ring = np.vstack([rays * far_km, rays[::-1] * near_km]) * M_PER_KM + (x, y)
    return plane.to_degrees(shapely.make_valid(shapely.Polygon(ring)))


def draw_side(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "South-west of X": a sector about 10 km out."""
    del boundaries, context
    place, direction = read_place(claim), claim.place.toponym.relation.direction
    if direction is None:
        return draw_near_point(place, SIDE_DISTANCE_KM, "side of a place")
    bearing = find_bearing(direction)
    near, far = SIDE_DISTANCE_KM - SIDE_DEPTH_KM, SIDE_DISTANCE_KM + SIDE_DEPTH_KM
    point = move_point(place.longitude, place.latitude, bearing, SIDE_DISTANCE_KM)
    sector = _draw_sector(place, bearing, near, far, SECTOR_DEGREES)
    return draw_area(sector, Protocol("side of a place", 2, 2), point=point)


def draw_distance(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "10 km south of X": the sector at that distance; without a direction, the ring around X."""
    del boundaries, context
    place, relation = read_place(claim), claim.place.toponym.relation
    stated = [d for d in (relation.distance_km_low, relation.distance_km_high) if d is not None]
    if not stated or max(stated) <= 0:
        raise GeometryError(f"no distance from {place.name!r} is stated")
    low, high = min(stated), max(stated)
    near = max(0.0, low - max(DISTANCE_SLACK * low, DISTANCE_SLACK_MIN_KM))
    far = high + max(DISTANCE_SLACK * high, DISTANCE_SLACK_MIN_KM)
    if relation.direction is None:
        return _draw_ring(place, near, far)
    bearing = find_bearing(relation.direction)
    point = move_point(place.longitude, place.latitude, bearing, (low + high) / 2)
    sector = _draw_sector(place, bearing, near, far, SECTOR_DEGREES / 2)
    return draw_area(sector, Protocol("distance and direction", 2, 2), point=point)


def _draw_ring(place: Place, near_km: float, far_km: float) -> Footprint:
    """Draw "10 km from X": nobody knows on which side, so the point is X and the radius the distance."""
    disc = draw_circle(place.longitude, place.latitude, far_km)
    ring = disc if near_km <= 0 else disc.difference(draw_circle(place.longitude, place.latitude, near_km))
    point = place.longitude, place.latitude
    return draw_area(ring, Protocol("distance without direction", 2, 2), point=point)


def draw_between(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "Between A and B": the ground between them, its point half-way."""
    del boundaries, context
    place = read_place(claim)
    other = next((one.place for one in claim.place.others if one.place is not None), None)
    if other is None:
        return draw_near_point(place, SIDE_DISTANCE_KM, "between places, one of them unknown")
    apart = measure_distance_km(place.longitude, place.latitude, other.longitude, other.latitude)
    if not 0 < apart <= BETWEEN_REACH_KM:
        # One of the two is a namesake: nobody says "between" of places so far apart.
        return draw_near_point(place, SIDE_DISTANCE_KM, "between places, one of them unknown")
    azimuth = measure_azimuth(place.longitude, place.latitude, other.longitude, other.latitude)
    point = move_point(place.longitude, place.latitude, azimuth, apart / 2)
    plane = find_plane(*point)
    line = shapely.LineString([plane.project(p.longitude, p.latitude) for p in (place, other)])
    width_km = max(BETWEEN_WIDTH_MIN_KM, BETWEEN_WIDTH_SHARE * apart)
    ground = plane.to_degrees(line.buffer(width_km / 2 * M_PER_KM, cap_style="flat"))
    return draw_area(ground, Protocol("between places", 2, 2), point=point)


def draw_along(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "Along the Oskil": a strip on both sides of the water's line or outline."""
    del context
    place = read_place(claim)
    water = find_course(place)
    if water is None:
        water = boundaries.find(place.boundary)
    if water is None:
        return draw_near_point(place, AXIS_RADIUS_KM, "along a water of unknown course")
    plane = find_plane(place.longitude, place.latitude)
    strip = plane.to_degrees(plane.to_plane(water).buffer(ALONG_WIDTH_KM * M_PER_KM, quad_segs=4))
    point = place.longitude, place.latitude
    inside = point if strip.intersects(shapely.Point(point)) else None
    return draw_area(strip, Protocol("along a water", 2, 5), point=inside)


def draw_axis(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint:
    """Draw "The Pokrovsk direction": between the front and the city, or where the general staffs put it."""
    del boundaries
    place = read_place(claim)
    front = context.find_front(claim)
    if front is not None and place.kind is PlaceKind.SETTLEMENT:
        drawn = _draw_towards_front(place, front, AXIS_REACH_KM, "direction between front and city")
        if drawn is not None:
            return drawn
    axis = find_axis(place.name, place.longitude, place.latitude)
    facing = _list_facing(claim, place, axis, context)
    if facing and place.kind is PlaceKind.SETTLEMENT:
        rule = "direction between a settlement in other hands and the city"
        drawn = _draw_towards_front(place, shapely.MultiPoint(facing), FACING_REACH_KM, rule)
        if drawn is not None:
            return drawn
    if axis is not None:
        return _draw_known_axis(axis)
    return draw_near_point(place, AXIS_RADIUS_KM, "direction of a city")


def _list_facing(
    claim: Claim, place: Place, axis: Axis | None, context: ZoneContext
) -> list[tuple[float, float]]:
    """Return where reports put others; of a direction that is known, only what lies on its way."""
    facing = context.list_facing(claim, place.country_code)
    if axis is None:
        return facing
    reach = FACING_SHARE * axis.radius_km
    return [xy for xy in facing if measure_distance_km(*xy, axis.longitude, axis.latitude) <= reach]


def _draw_known_axis(axis: Axis) -> Footprint:
    disc = draw_circle(axis.longitude, axis.latitude, axis.radius_km)
    point = axis.longitude, axis.latitude
    return draw_area(disc, Protocol("direction of a general staff", 2, 2), point=point, schematic=True)


def _draw_towards_front(place: Place, front: BaseGeometry, reach_km: float, rule: str) -> Footprint | None:
    """Draw an ellipse that reaches from the city to the nearest point of the front; None if that is far."""
    plane = find_plane(place.longitude, place.latitude)
    city = shapely.Point(plane.project(place.longitude, place.latitude))
    nearest = shapely.shortest_line(city, plane.to_plane(front))
    if nearest is None or nearest.length > reach_km * M_PER_KM:
        return None
    half = max(nearest.length / 2, AXIS_RADIUS_KM * M_PER_KM / 2)
    (x0, y0), (x1, y1) = nearest.coords
    middle = (x0 + x1) / 2, (y0 + y1) / 2
    turn = math.degrees(math.atan2(y1 - y0, x1 - x0))
    ellipse = scale(shapely.Point(0, 0).buffer(1.0), half, AXIS_RADIUS_KM * M_PER_KM / 2)
    ellipse = translate(rotate(ellipse, turn, origin=(0, 0)), *middle)
    point = plane.unproject(*middle)
    return draw_area(plane.to_degrees(ellipse), Protocol(rule, 2, 2), point=point, schematic=True)


def draw_near_point(place: Place, radius_km: float, rule: str) -> Footprint:
    """Return the place's own point with a wider radius: all that such words tell."""
    uncertainty_m = max(place.coordinate_uncertainty_m, radius_km * M_PER_KM)
    return draw_point(place.longitude, place.latitude, uncertainty_m, Protocol(rule, 2, 2))

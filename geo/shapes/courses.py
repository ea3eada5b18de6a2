"""Courses of movements: the line from where the words, or what is known, let one start, to where it leads.

The name of the rule goes into ``course_protocol``.  Where nothing tells a start there is no course: the
place alone stays.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import shapely
from shapely.geometry.base import BaseGeometry

from geo.claims.parties import list_sides
from geo.errors import DataError, GeometryError
from geo.model import Claim, Footprint, Kind, PlaceKind, RelationKind, Resolution, Status
from geo.projection import clip_around, find_plane, measure_azimuth, measure_distance_km, move_point
from geo.shapes.boundaries import read_country_codes
from geo.shapes.context import ZoneContext
from geo.shapes.footprint import draw_relation
from geo.units import LEAST_KM_PER_DEGREE, M_PER_KM, find_bearing

if TYPE_CHECKING:
    from geo.shapes.boundaries import Boundaries

__all__ = ["draw_course"]

# A way named in words that is longer than this has a namesake at one of its ends.
_LONGEST_KM = 200.0
_SHORTEST_KM = 0.5
# Held ground farther from an advance than this is not where it sets out.
_ZONE_REACH_KM = 60.0
_HELD_REACH_KM = 25.0
_BORDER_REACH_KM = 30.0
# A start that is known is taken where it fits the direction that the words tell.
_ALIKE_DEGREES = 60.0
# "From the south" without a place: as far as a side of a town is drawn.
_SIDE_KM = 10.0
_POINTS = {PlaceKind.SETTLEMENT, PlaceKind.SITE}
# Of these relations the named place itself is where an advance leads; of others the shape that is drawn.
_PLAIN = {RelationKind.AT, RelationKind.NEAR, RelationKind.AXIS}

NAMED = "course named in the words"
COMPASS = f"direction of the compass in the words, drawn {_SIDE_KM:g} km long"
HEADING = "direction named in the words, without a line"
FROM_ZONE = "course derived from the nearest ground that an assessed map gives its side"
FROM_HELD = "course derived from the nearest settlement that reports put in its side's hands"
FROM_BORDER = "course derived from the nearest border of its side's own country"


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a derived course may start: degrees, how far from the aim, metres, and the rule."""

    point: tuple[float, float]
    distance_m: float
    rule: str


def draw_course(
    claim: Claim, footprint: Footprint, boundaries: Boundaries, context: ZoneContext
) -> Footprint:
    """Return the footprint of a movement with its course, as far as one is known; others as they are.

    A direction of the compass in the words: from a known start that fits it, else a line of 10 km.  Named in
    the words: from the start through the places between to the aim; from a whole unit it starts, and
    into a whole unit it ends, at that unit's nearest point.  Else derived: from the nearest ground that the
    side holds by an assessed map or by control claims of the same or earlier reports, or from its own
    country's border, where that is near.  A denied advance gets no derived course.  A withdrawal
    goes from the place that is left, whither the words tell; where they do not, it has none.

    Parameters
    ----------
    claim
        An advance or a withdrawal whose place has been chosen.
    footprint
        What is drawn for it.
    boundaries
        Where outlines are read from.
    context
        What else is known of who holds what.
    """
    if claim.kind is Kind.WITHDRAWAL:
        return _draw_retreat(claim, footprint, boundaries)
    if claim.kind is not Kind.ADVANCE:
        return footprint
    named = _draw_named(claim, footprint, boundaries)
    if named is not None:
        return named
    compass = _draw_compass(claim, footprint)
    derived = _draw_derived(claim, footprint, boundaries, context)
    if derived is not None and (compass is None or _agree(derived, compass)):
        return derived
    return compass or footprint


def _draw_retreat(claim: Claim, footprint: Footprint, boundaries: Boundaries) -> Footprint:
    """Draw "from A towards B" and "westwards from A" from the place that is left."""
    course, left = claim.course, _find_aim(claim, footprint)
    if course is None:
        return footprint
    aim = _find_ground(claim, course.aim, boundaries) if course.aim is not None else None
    if course.aim is not None and aim is not None:
        line = _join_ends(left, _find_way(claim, boundaries), aim)
        if line is not None:
            return _add_course(footprint, line, NAMED)
        return (_head_between(claim.place, course.aim, footprint) or footprint) if left.area else footprint
    if course.direction is None:
        return footprint
    bearing = find_bearing(course.direction)
    if left.area:
        return replace(footprint, bearing_deg=bearing, course_protocol=HEADING)
    spot = _get_point(left)
    return _add_course(footprint, [spot, move_point(*spot, bearing, _SIDE_KM)], COMPASS)


def _agree(one: Footprint, other: Footprint) -> bool:
    """Tell whether two courses head for about the same direction."""
    if one.bearing_deg is None or other.bearing_deg is None:
        return False
    apart = abs(one.bearing_deg - other.bearing_deg) % 360.0
    return min(apart, 360.0 - apart) <= _ALIKE_DEGREES


def _draw_named(claim: Claim, footprint: Footprint, boundaries: Boundaries) -> Footprint | None:
    """Draw "from A through B towards C"."""
    course = claim.course
    if course is None or course.start is None or course.aim is None:
        return None
    start = _find_ground(claim, course.start, boundaries)
    aim = _find_aim(claim, footprint)
    if start is None:
        return None
    way = _find_way(claim, boundaries)
    line = _join_ends(start, way, aim)
    if line is not None:
        return _add_course(footprint, line, NAMED)
    return _head_between(course.start, claim.place, footprint) if start.area and aim.area else None


def _find_ground(claim: Claim, resolution: Resolution, boundaries: Boundaries) -> BaseGeometry | None:
    """Return the outline of a whole unit, else the point of a place with its relation; None if unplaced."""
    if resolution.place is None:
        return None
    try:
        drawn = draw_relation(replace(claim, place=resolution, area=None), boundaries, ZoneContext())
    except GeometryError:
        return None
    relation = resolution.toponym.relation.kind
    plain = relation in _PLAIN
    if (plain or relation is RelationKind.SIDE_OF) and resolution.place.kind in _POINTS:
        # Of "south of X" only X is known well: the side may reach beyond the aim.
        return shapely.Point(resolution.place.longitude, resolution.place.latitude)
    return drawn.geometry if plain and drawn.geometry.area else shapely.Point(drawn.longitude, drawn.latitude)


def _find_aim(claim: Claim, footprint: Footprint) -> BaseGeometry:
    """Return where an advance leads: its settlement, its whole unit, or the point of what is drawn."""
    place, relation = claim.place.place, claim.place.toponym.relation.kind
    if place is not None and place.kind in _POINTS and relation in _PLAIN:
        return shapely.Point(place.longitude, place.latitude)
    if relation in _PLAIN and footprint.geometry.area and place is not None and place.kind not in _POINTS:
        return footprint.geometry
    return shapely.Point(footprint.longitude, footprint.latitude)


def _find_way(claim: Claim, boundaries: Boundaries) -> list[tuple[float, float]]:
    """Return the points that a course goes through, degrees."""
    grounds = [_find_ground(claim, one, boundaries) for one in (claim.course.way if claim.course else ())]
    return [_get_point(ground) for ground in grounds if ground is not None and not ground.area]


def _join_ends(
    start: BaseGeometry, way: list[tuple[float, float]], aim: BaseGeometry
) -> list[tuple[float, float]] | None:
    """Return the points of a course, degrees; None where its ends meet, lie too far apart or are wide."""
    if start.area and aim.area and not way:
        return None
    first = way[0] if way else (_get_point(aim) if not aim.area else _get_point(start))
    last = way[-1] if way else (_get_point(start) if not start.area else first)
    points = [_get_nearest(start, first), *way, _get_nearest(aim, last)]
    return points if _SHORTEST_KM < _measure_way_km(points) <= _LONGEST_KM else None


def _get_point(geometry: BaseGeometry) -> tuple[float, float]:
    point = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    x, y = shapely.get_coordinates(point)[0]
    return float(x), float(y)


def _get_nearest(ground: BaseGeometry, spot: tuple[float, float]) -> tuple[float, float]:
    """Return the point of some ground nearest to a spot, degrees."""
    if not ground.area:
        return _get_point(ground)
    found = _find_nearest(ground, spot, _LONGEST_KM)
    return found[0] if found is not None else _get_point(ground)


def _measure_way_km(points: list[tuple[float, float]]) -> float:
    return sum(measure_distance_km(*one, *other) for one, other in pairwise(points))


def _find_nearest(
    ground: BaseGeometry, spot: tuple[float, float], reach_km: float
) -> tuple[tuple[float, float], float] | None:
    """Return the nearest point of some ground and how far it is in metres; None beyond a reach."""
    plane = find_plane(*spot)
    near = clip_around(ground, (*spot, *spot), reach_km)
    if near.is_empty:
        return None
    way = shapely.shortest_line(shapely.Point(plane.project(*spot)), plane.to_plane(near))
    if way is None or way.length > reach_km * M_PER_KM:
        return None
    x, y = way.coords[-1]
    return plane.unproject(float(x), float(y)), float(way.length)


def _head_between(start: Resolution, aim: Resolution, footprint: Footprint) -> Footprint | None:
    """From one whole unit into another: nobody says where the line runs, only whither."""
    place, home = aim.place, start.place
    if place is None or home is None or home.id == place.id:
        return None
    bearing = measure_azimuth(home.longitude, home.latitude, place.longitude, place.latitude)
    return replace(footprint, bearing_deg=bearing, course_protocol=HEADING)


def _draw_compass(claim: Claim, footprint: Footprint) -> Footprint | None:
    """Draw "on X from the south", "westwards from X": a line of conventional length."""
    course = claim.course
    if course is None or course.direction is None:
        return None
    bearing = find_bearing(course.direction)
    aim = _find_aim(claim, footprint)
    if aim.area:
        return replace(footprint, bearing_deg=bearing, course_protocol=HEADING)
    spot = _get_point(aim)
    ahead = course.start is not None and course.aim is None
    other = move_point(*spot, bearing if ahead else bearing + 180.0, _SIDE_KM)
    return _add_course(footprint, [spot, other] if ahead else [other, spot], COMPASS)


def _draw_derived(
    claim: Claim, footprint: Footprint, boundaries: Boundaries, context: ZoneContext
) -> Footprint | None:
    aim = _find_aim(claim, footprint)
    place = claim.place.place
    if place is None or place.kind not in _POINTS or aim.area:
        return None
    if claim.status is Status.DENIED or context.is_passed(claim):
        return None
    way, spot = _find_way(claim, boundaries), _get_point(aim)
    first = way[0] if way else spot
    starts = list(_list_starts(claim, first, boundaries, context))
    start = min(starts, key=lambda one: one.distance_m, default=None)
    if start is not None and start.distance_m < _SHORTEST_KM * M_PER_KM:
        start = None
    points = [*([start.point] if start is not None else []), *way, spot]
    if not _SHORTEST_KM < _measure_way_km(points) <= _LONGEST_KM:
        return None
    return _add_course(footprint, points, NAMED if start is None else start.rule)


def _list_starts(
    claim: Claim, spot: tuple[float, float], boundaries: Boundaries, context: ZoneContext
) -> Iterator[_Start]:
    """Yield where an advance to a spot may come from; an assessed map is believed before all else."""
    found = [_find_nearest(zone, spot, _ZONE_REACH_KM) for zone in context.find_zones(claim)]
    starts = [_Start(*one, FROM_ZONE) for one in found if one is not None]
    if starts:
        yield from starts
        return
    step = _HELD_REACH_KM / LEAST_KM_PER_DEGREE
    around = spot[1] - step, spot[1] + step
    held = [xy for side in list_sides(claim) for xy in context.list_bases(side, claim, *around)]
    if held:
        yield from _find_held(held, spot)
    for actor in claim.actors:
        border = _find_border(claim, actor, spot, boundaries)
        if border is not None:
            yield _Start(*border, FROM_BORDER)


def _find_held(held: list[tuple[float, float]], spot: tuple[float, float]) -> Iterator[_Start]:
    """Yield the nearest of a side's settlements within reach; the spot itself is none.

    A side may hold thousands: the nearest is told by degrees, and measured alone.
    """
    scale = math.cos(math.radians(spot[1]))
    rough = ((_measure_degrees(xy, spot, scale), xy) for xy in held)
    least = _SHORTEST_KM / LEAST_KM_PER_DEGREE
    _, nearest = min((one for one in rough if one[0] >= least), default=(math.inf, None))
    if nearest is None:
        return
    away = measure_distance_km(*nearest, *spot)
    if _SHORTEST_KM <= away <= _HELD_REACH_KM:
        yield _Start(nearest, away * M_PER_KM, FROM_HELD)


def _measure_degrees(one: tuple[float, float], other: tuple[float, float], scale: float) -> float:
    """Return a rough distance in degrees of latitude; ``scale`` shortens those of longitude."""
    east = (one[0] - other[0] + 180.0) % 360.0 - 180.0
    return math.hypot(east * scale, one[1] - other[1])


def _find_border(
    claim: Claim, actor: str, spot: tuple[float, float], boundaries: Boundaries
) -> tuple[tuple[float, float], float] | None:
    """Return the nearest point of a side's own country, metres away; None at home or far from it."""
    code, place = read_country_codes().get(actor), claim.place.place
    if code is None or place is None or code == place.country_code:
        return None
    return _find_country(boundaries, code, spot)


@lru_cache(maxsize=4096)
def _find_country(
    boundaries: Boundaries, code: str, spot: tuple[float, float]
) -> tuple[tuple[float, float], float] | None:
    """Return the nearest point of a country (ISO 3166-1 alpha-2) and how far it is, metres; kept by spot."""
    try:
        return _find_nearest(boundaries.find_country(code), spot, _BORDER_REACH_KM)
    except DataError:
        return None


def _add_course(footprint: Footprint, points: list[tuple[float, float]], rule: str) -> Footprint:
    """Return the footprint with a course through points in degrees."""
    plane = find_plane(*points[-1])
    line = plane.to_degrees(shapely.LineString([plane.project(*point) for point in points]))
    bearing = measure_azimuth(*points[-2], *points[-1])
    return replace(footprint, course=line, bearing_deg=bearing, course_protocol=rule)

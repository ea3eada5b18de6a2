"""Zones of a stated area: grown from a seed inside a unit until the geodesic area is the stated one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.projection import Plane, find_plane_of, measure_area_km2
from geo.units import M2_PER_KM2

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["draw_zone"]

# Relative error at which a zone is right: nobody states an area more exactly.
_TOLERANCE = 3e-4
_BEND = 1e-4  # of it: edges that bend by less on the globe are not measured again
_STEPS = 60
_PATIENCE = 8  # after so many steps every other one halves the bracket: near a whole unit slopes mislead
# The seed only says where to start: details below this share of the zone's reach are not drawn.
_SEED_DETAIL, _COARSEST_SEED = 0.05, 0.2
_STRIP = 2.0  # of a strip's depth: a seed's detail is measured against that, or against a patch's width
_SIMPLE_SEED = 8  # vertices; widening a seed of more costs more than clipping it
_ARC_SEGMENTS = 4
_CIRCLE_SEGMENTS = 12
# Points spread evenly over a unit: how many of them a widened seed holds tells how far to widen it.
_SAMPLE, _SMALL_SAMPLE = 3_000, 600
_WORTH = 9_000  # as many distances between points and a seed's vertices are measured for that
_FEW_VERTICES = 40
_OVERSHOOT = 1.007  # from above, each step cuts what the one before has left
_NEARBY = 1.5  # a small zone's own sample reaches this many times as far as the rule of thumb
_THIN = 0.03  # of a seed's length: narrower strips are too few points wide
_LEAST_SAMPLED, _LARGEST_NEARBY = 100, 900  # with fewer points in the zone it gets a sample of its own
# Nothing nearer to the seed than this share of the distance is of the open outline: arcs are drawn by chords,
# and GEOS evens out a seed's bends.
_OPEN_SHARE = 0.95
_ARC_SHARE = 0.999  # straight stretches of it lie farther off
_ON_OUTLINE = 1e-7  # of the distance: so far off a widened seed's outline is on it
# Edges bend between plane and globe: longer ones get more vertices.
_LONGEST_EDGE_M = 20_000.0
_STRAIGHT_SHARE = 1e-5  # of a unit's width: so far its long edges may miss the curve
_SHORT_DEGREES = 0.1
_EARTH_M = 6_371_000.0
_PLASTIC = 1.324717957244746  # of the plane's even spread of points (the R2 sequence)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit in its plane, with its parts; ``sample`` are points spread evenly over it.

    ``known`` are its vertices in the order of x, in metres and in degrees: most of a zone's are among them.
    """

    plane: Plane
    flat: BaseGeometry
    area_km2: float
    sample: NDArray[np.float64]
    parts: NDArray[Any]
    bounds: NDArray[np.float64]
    part_areas: NDArray[np.float64]
    known: tuple[NDArray[np.float64], NDArray[np.float64]]

    def recall(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Bring rows of metres back to degrees, those of the unit by memory."""
        metres, degrees = self.known
        nearest = np.searchsorted(metres[:, 0], coordinates[:, 0]).clip(max=len(metres) - 1)
        found = np.asarray(degrees[nearest])
        new = np.flatnonzero((metres[nearest] != coordinates).any(axis=1))
        found[new] = self.plane.unproject_all(coordinates[new])
        return found


def draw_zone(unit: BaseGeometry, area_km2: float, seed: BaseGeometry) -> BaseGeometry:
    """Return the part of a unit around a seed that has a stated area.

    The seed is widened evenly and clipped to the unit.  How far, points spread over the unit tell to some
    thousandths; Newton's method and secants do the rest, since the area grows with the distance as fast as
    the open part of the outline is long.

    Parameters
    ----------
    unit
        Polygon that the zone must stay in, EPSG:4326.
    area_km2
        Geodesic area, square kilometres.
    seed
        Where to grow from: points, lines or polygons, EPSG:4326.

    Returns
    -------
    BaseGeometry
        Polygon or multipolygon, EPSG:4326, its geodesic area right to 3e-4 (where the seed alone is smaller).

    Raises
    ------
    GeometryError
        If the area is not positive, is larger than the unit, or the seed is outside the unit or larger than
        the stated area.
    """
    if not area_km2 > 0:
        raise GeometryError(f"a zone of {area_km2!r} km² cannot be drawn; give a positive area")
    home = _prepare_unit(unit)
    if area_km2 > home.area_km2 * (1 + _TOLERANCE):
        raise GeometryError(
            f"the stated {area_km2:,.0f} km² are more than the unit's {home.area_km2:,.0f} km²"
        )
    if area_km2 >= home.area_km2 * (1 - _TOLERANCE):
        return unit
    start = _prepare_seed(home, seed, area_km2)
    target = area_km2 * M2_PER_KM2
    found = _solve(home, start, target, _guess_distance(home, start, target))
    drawn = home.plane.to_degrees(_segmentize(found.zone), home.recall)
    if _bound_bend(found.zone) <= _BEND * target:
        return drawn
    measured = measure_area_km2(drawn)
    if abs(measured / area_km2 - 1) > _TOLERANCE:
        # Long straight edges bend between plane and globe: aim once more by what was missed.
        found = _solve(home, start, target * (found.zone.area / (measured * M2_PER_KM2)), found.distance)
        drawn = home.plane.to_degrees(_segmentize(found.zone), home.recall)
    return drawn


def _segmentize(zone: BaseGeometry) -> BaseGeometry:
    """Give long edges more vertices, ring by ring: for whole polygons GEOS proves each result valid."""
    rings, polygon = shapely.get_rings(shapely.get_parts(zone), return_index=True)
    dense: Any = shapely.polygons(shapely.segmentize(rings, _LONGEST_EDGE_M), indices=polygon)
    return _join(dense)


def _bound_bend(zone: BaseGeometry) -> float:
    """Return how much area, m², the bend of edges between plane and globe can add or take at most.

    A geodesic at a distance from the plane's centre is bent by about that distance over twice the squared
    radius of the Earth; an arc over a chord holds two thirds of chord times sagitta.
    """
    away = max(map(abs, zone.bounds))
    sagitta = _LONGEST_EDGE_M**2 / 8.0 * away / (2.0 * _EARTH_M**2)
    return 2.0 / 3.0 * sagitta * zone.length


@lru_cache(maxsize=64)
def _prepare_unit(unit: BaseGeometry) -> _Unit:
    plane, area_km2 = find_plane_of(unit), measure_area_km2(unit)
    flat = plane.to_plane(unit, _find_straight(area_km2))
    if flat.is_empty or not flat.area:
        raise GeometryError("the unit has no area; give a polygon")
    parts = shapely.get_parts(flat)
    metres = shapely.get_coordinates(flat)
    metres = metres[np.argsort(metres[:, 0])]
    return _Unit(
        plane=plane,
        flat=flat,
        area_km2=area_km2,
        sample=_spread_points(flat),
        parts=parts,
        bounds=shapely.bounds(parts),
        part_areas=shapely.area(parts),
        known=(metres, plane.unproject_all(metres)),
    )


def _find_straight(area_km2: float) -> float:
    """Return the length, degrees, of edges that miss the curve by a fixed share of a unit's width at most.

    Along a parallel the miss is greatest at 45°: a sixteenth of the Earth's radius times the squared angle.
    """
    miss = _STRAIGHT_SHARE * math.sqrt(area_km2 * M2_PER_KM2)
    return max(_SHORT_DEGREES, math.degrees(math.sqrt(16.0 * miss / _EARTH_M)))


def _spread_points(flat: BaseGeometry) -> NDArray[np.float64]:
    """Return points spread evenly over a shape, metres: those of a quasi-random sequence that lie in it."""
    west, south, east, north = flat.bounds
    filled = flat.area / ((east - west) * (north - south))
    points = _spread(int(_SAMPLE / max(filled, 0.02))) * (east - west, north - south) + (west, south)
    shapely.prepare(flat)
    return np.asarray(points[shapely.contains_xy(flat, points)])


@lru_cache(maxsize=8)
def _spread(count: int) -> NDArray[np.float64]:
    """Return the first points of a quasi-random sequence in the unit square."""
    number = np.arange(1, count + 1)
    return np.column_stack([(number / _PLASTIC) % 1.0, (number / _PLASTIC**2) % 1.0])


def _prepare_seed(home: _Unit, seed: BaseGeometry, area_km2: float) -> BaseGeometry:
    """Bring the seed into the plane and drop what is too fine to matter."""
    flat = home.plane.to_plane(seed)
    reach = (area_km2 * M2_PER_KM2) ** 0.5
    if flat.is_empty or not shapely.dwithin(home.flat, flat, 0.05 * reach):
        raise GeometryError("the seed of the zone lies outside the unit; give one inside or on its border")
    if not flat.length:
        return flat
    # A long border gives a thin strip, which must not lose the border.
    depth = _guess_by_rule(flat, area_km2 * M2_PER_KM2)
    detail, coarsest = (
        min(share * reach, share * depth * _STRIP) for share in (_SEED_DETAIL, _COARSEST_SEED)
    )
    start = flat.simplify(detail)
    while shapely.get_num_coordinates(start) > _SIMPLE_SEED and 2.0 * detail <= coarsest:
        detail *= 2.0
        start = flat.simplify(detail)
    return start


@dataclass(frozen=True, slots=True)
class _Found:
    """How far a seed was widened, and the zone; plane, metres."""

    distance: float
    zone: BaseGeometry


def _guess_distance(home: _Unit, seed: BaseGeometry, target_m2: float) -> float:
    """Return about how far a seed must be widened: so far that it holds its share of the sampled points."""
    rule = _guess_by_rule(seed, target_m2)
    if rule < _THIN * seed.length:
        return rule
    vertices = int(shapely.get_num_coordinates(seed))
    count = min(_SAMPLE, max(_SMALL_SAMPLE, _WORTH // vertices))
    sample, guess = home.sample[:count], None
    cell = home.flat.area / max(len(sample), 1)
    aim = min(_OVERSHOOT * target_m2, target_m2 + (home.flat.area - target_m2) / 4.0)
    if target_m2 < _LEAST_SAMPLED * cell:
        around = _sample_around(home.flat, seed, _NEARBY * rule, min(count, _LARGEST_NEARBY))
        guess = _find_rank(seed, *around, aim)
    return guess or _find_rank(seed, sample, cell, aim) or rule


def _find_rank(seed: BaseGeometry, sample: NDArray[np.float64], cell: float, aim_m2: float) -> float | None:
    """Return the distance within which as many points lie as make an area; None where they do not."""
    rank = round(aim_m2 / cell)
    if not 0 < rank < len(sample):
        return None
    return float(np.partition(_measure_from(seed, sample), rank)[rank])


def _sample_around(
    flat: BaseGeometry, seed: BaseGeometry, reach: float, count: int
) -> tuple[NDArray[np.float64], float]:
    """Return points spread evenly over what of a shape lies around a seed, and the area of each, metres."""
    west, south, east, north = seed.bounds
    size = np.array([east - west, north - south]) + 2.0 * reach
    points = _spread(count) * size + (west - reach, south - reach)
    return points[shapely.contains_xy(flat, points)], float(size.prod()) / count


def _measure_from(seed: BaseGeometry, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points lie from a seed, metres."""
    if seed.geom_type == "Point":
        return np.asarray(np.hypot(*(points - shapely.get_coordinates(seed)).T))
    if seed.geom_type == "LineString" and shapely.get_num_coordinates(seed) <= _FEW_VERTICES:
        return _measure_from_line(shapely.get_coordinates(seed), points)
    shapely.prepare(seed)
    spots: Any = shapely.points(points)
    return np.asarray(shapely.distance(seed, spots))


def _measure_from_line(line: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far points lie from a line of few vertices: for many points ten times as fast as GEOS."""
    start, along = line[:-1, :, None], np.diff(line, axis=0)[:, :, None]
    x, y = points[:, 0] - start[:, 0], points[:, 1] - start[:, 1]
    share = (x * along[:, 0] + y * along[:, 1]) / np.maximum((along**2).sum(axis=1), 1e-12)
    np.clip(share, 0.0, 1.0, out=share)
    x -= share * along[:, 0]
    y -= share * along[:, 1]
    return np.asarray(np.sqrt((x * x + y * y).min(axis=0)))


def _guess_by_rule(seed: BaseGeometry, target_m2: float) -> float:
    """Return how far the seed must be widened if half of what is gained lies outside the unit.

    Solves area + length · d + π d² = 2 · target for lines and points (a polygon's seed counts its outline).
    """
    missing = max(2.0 * target_m2 - seed.area, 0.1 * target_m2)
    length = 2.0 * seed.length if not seed.area else seed.length
    return (math.sqrt(length * length + 4.0 * math.pi * missing) - length) / (2.0 * math.pi)


def _solve(home: _Unit, seed: BaseGeometry, target_m2: float, distance: float) -> _Found:
    """Return the distance at which the widened seed has the target area, by Newton's method and secants."""
    low, high, slope = 0.0, math.inf, 0.0
    before: tuple[float, float] | None = None
    parts, far = home.parts.copy(), _measure_far(home, seed)
    segments = _ARC_SEGMENTS if seed.length else _CIRCLE_SEGMENTS
    for step in range(_STEPS):
        widened = seed.buffer(distance, quad_segs=segments)
        whole = far <= _OPEN_SHARE * distance
        cut = np.flatnonzero(~whole & _overlaps(home.bounds, widened.bounds))
        pieces = shapely.intersection(parts[cut], widened)
        miss = float(shapely.area(pieces).sum() + home.part_areas[whole].sum()) - target_m2
        if abs(miss) <= (_TOLERANCE - _BEND) * target_m2:
            return _Found(distance, _collect([*pieces, *parts[whole]]))
        if before is None:
            slope = _measure_growth(pieces, seed, distance, widened.boundary, miss)
        elif distance != before[0]:
            slope = (miss - before[1]) / (distance - before[0])
        if miss > 0:
            high = distance
            parts[cut] = pieces  # whatever comes is smaller and lies in what was cut now
        else:
            low = distance
        before = distance, miss
        halve = step >= _PATIENCE and step % 2
        distance = _step(distance, miss, 0.0 if halve else slope, low, high)
    raise GeometryError("no zone of the stated area grows from the seed: the seed alone is larger")


def _overlaps(bounds: NDArray[np.float64], box: tuple[float, ...]) -> NDArray[np.bool_]:
    """Tell which bounds overlap a box."""
    west, south, east, north = bounds.T
    return np.asarray((west < box[2]) & (east > box[0]) & (south < box[3]) & (north > box[1]))


def _measure_far(home: _Unit, seed: BaseGeometry) -> NDArray[np.float64]:
    """Return how far at most each part of a unit reaches from a seed, metres: isles within stay whole."""
    if len(home.parts) == 1:
        return np.array([math.inf])
    low, high = home.bounds[:, :2], home.bounds[:, 2:]
    return np.asarray(_measure_from(seed, (low + high) / 2.0) + np.hypot(*(high - low).T) / 2.0)


def _measure_growth(
    pieces: NDArray[Any], seed: BaseGeometry, distance: float, outline: BaseGeometry, miss: float
) -> float:
    """Return how fast a zone's area grows with the distance, metres, from here to where it is the target.

    It grows as its open outline is long.  A chord of an arc moves outward more slowly than the arc, by how
    much nearer to the seed it lies; and grows itself, which counts half of the way.
    """
    rings = shapely.get_rings(shapely.get_parts(pieces))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(points) or not distance:
        return 0.0
    edges, middles = np.diff(points, axis=0), (points[1:] + points[:-1]) / 2.0
    share = _measure_from(seed, middles) / distance
    near = np.flatnonzero((share >= _OPEN_SHARE) & (ring[1:] == ring[:-1]))
    shapely.prepare(outline)
    spots: Any = shapely.points(middles[near])
    opened = near[shapely.dwithin(outline, spots, _ON_OUTLINE * distance)]
    speeds = np.hypot(*edges[opened].T) * share[opened]
    growth, bends = float(speeds.sum()), float(speeds[share[opened] < _ARC_SHARE].sum()) / distance
    return growth - bends * miss / (2.0 * growth) if growth else 0.0


def _collect(pieces: Sequence[Any]) -> BaseGeometry:
    """Return the polygons of some pieces as one shape."""
    parts: Any = shapely.get_parts(shapely.get_parts(pieces))
    return _join(parts[shapely.area(parts) > 0])


def _join(polygons: Sequence[Any]) -> BaseGeometry:
    return polygons[0] if len(polygons) == 1 else MultiPolygon(list(polygons))


def _step(distance: float, miss: float, slope: float, low: float, high: float) -> float:
    """Return the next distance: by the slope where that stays in the bracket, else by halving it."""
    aimed = distance - miss / slope if slope > 0 else -1.0
    if low < aimed < high:
        return aimed
    return (low + high) / 2.0 if math.isfinite(high) else 2.0 * distance

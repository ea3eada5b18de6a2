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
_TOLERANCE = 1e-4
_STEPS = 60
_PATIENCE = 8  # after so many steps every other one halves the bracket: near a whole unit slopes mislead
# The seed only says where to start: details below this share of the zone's reach are not drawn.
_SEED_DETAIL, _COARSEST_SEED = 0.05, 0.2
_STRIP = 1.5  # of a strip's depth: a seed's detail is measured against that, or against a patch's width
_SIMPLE_SEED = 12  # vertices; widening a seed of more costs more than clipping it
_ARC_SEGMENTS = 4
_CIRCLE_SEGMENTS = 12
# Points spread evenly over a unit: how many of them a widened seed holds tells how far to widen it.
_SAMPLE, _SMALL_SAMPLE = 3_000, 800
_FEW_VERTICES = 40
_OVERSHOOT = 1.004  # from above, each step cuts what the one before has left
_NEARBY = 1.3  # a small zone's own sample reaches this many times as far as the rule of thumb
_LEAST_SAMPLED = 40  # with fewer of them in the zone a rule of thumb is better
# An edge of a zone whose middle is farther from the seed than this share of the distance is of the open
# outline: arcs are drawn by chords, whose middles lie a little nearer.
_OPEN_SHARE = 0.975
# The unit is cut to a window this many times the first distance, so that later steps still fit.
_WINDOW = 1.6
_WORTH_CUTTING = 0.5  # a window that holds more of the unit's bounds than this spares nothing
# Edges bend between plane and globe: longer ones get more vertices.
_LONGEST_EDGE_M = 20_000.0
_EARTH_M = 6_371_000.0
_PLASTIC = 1.324717957244746  # of the plane's even spread of points (the R2 sequence)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit in its plane, with its parts; ``sample`` are points spread evenly over it."""

    plane: Plane
    flat: BaseGeometry
    area_km2: float
    sample: NDArray[np.float64]
    parts: NDArray[Any]
    part_areas: NDArray[np.float64]


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
        Polygon or multipolygon, EPSG:4326, its geodesic area right to 1e-4 (where the seed alone is smaller).

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
    drawn = home.plane.to_degrees(shapely.segmentize(found.zone, _LONGEST_EDGE_M))
    if _bound_bend(found.zone) <= _TOLERANCE / 2 * target:
        return drawn
    measured = measure_area_km2(drawn)
    if abs(measured / area_km2 - 1) > _TOLERANCE:
        # Long straight edges bend between plane and globe: aim once more by what was missed.
        found = _solve(home, start, target * (found.zone.area / (measured * M2_PER_KM2)), found.distance)
        drawn = home.plane.to_degrees(shapely.segmentize(found.zone, _LONGEST_EDGE_M))
    return drawn


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
    plane = find_plane_of(unit)
    flat = plane.to_plane(unit)
    if flat.is_empty or not flat.area:
        raise GeometryError("the unit has no area; give a polygon")
    parts = shapely.get_parts(flat)
    return _Unit(plane, flat, measure_area_km2(unit), _spread_points(flat), parts, shapely.area(parts))


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
    if flat.is_empty or flat.distance(home.flat) > 0.05 * reach:
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
    sample = home.sample if seed.geom_type == "Point" else home.sample[:_SMALL_SAMPLE]
    cell = home.flat.area / len(sample) if len(sample) else math.inf
    if target_m2 < _LEAST_SAMPLED * cell:
        sample, cell = _sample_around(home.flat, seed, _NEARBY * _guess_by_rule(seed, target_m2))
    rank = round(_OVERSHOOT * target_m2 / cell)
    if not 0 < rank < len(sample):
        return _guess_by_rule(seed, target_m2)
    return float(np.partition(_measure_from(seed, sample), rank)[rank])


def _sample_around(flat: BaseGeometry, seed: BaseGeometry, reach: float) -> tuple[NDArray[np.float64], float]:
    """Return points spread evenly over what of a shape lies around a seed, and the area of each, metres."""
    west, south, east, north = seed.bounds
    size = np.array([east - west, north - south]) + 2.0 * reach
    points = _spread(_SMALL_SAMPLE) * size + (west - reach, south - reach)
    return points[shapely.contains_xy(flat, points)], float(size.prod()) / _SMALL_SAMPLE


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
    start, along = line[:-1], np.diff(line, axis=0)
    x, y = points[:, :1] - start[:, 0], points[:, 1:] - start[:, 1]
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    share = np.clip((x * along[:, 0] + y * along[:, 1]) / squared, 0.0, 1.0)
    away = (x - share * along[:, 0]) ** 2 + (y - share * along[:, 1]) ** 2
    return np.asarray(np.sqrt(away.min(axis=1)))


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
    parts, far = home.parts, _measure_far(home, seed)
    reach, windows = 0.0, parts
    segments = _ARC_SEGMENTS if seed.length else _CIRCLE_SEGMENTS
    for step in range(_STEPS):
        if distance > reach:
            reach = _WINDOW * distance
            windows = _clip_windows(parts, seed, reach)
        whole = far <= _OPEN_SHARE * distance
        pieces = shapely.intersection(windows[~whole], seed.buffer(distance, quad_segs=segments))
        miss = float(shapely.area(pieces).sum() + home.part_areas[whole].sum()) - target_m2
        if abs(miss) <= _TOLERANCE / 2 * target_m2:
            return _Found(distance, _collect([*pieces, *parts[whole]]))
        if before is None:
            slope = _measure_open(pieces, seed, distance)
        elif distance != before[0]:
            slope = (miss - before[1]) / (distance - before[0])
        if miss > 0:
            # Whatever comes is smaller and lies in what was cut now.
            high, reach = distance, math.inf
            windows = windows.copy()
            windows[~whole] = pieces
        else:
            low = distance
        before = distance, miss
        halve = step >= _PATIENCE and step % 2
        distance = _step(distance, miss, 0.0 if halve else slope, low, high)
    raise GeometryError("no zone of the stated area grows from the seed: the seed alone is larger")


def _measure_far(home: _Unit, seed: BaseGeometry) -> NDArray[np.float64]:
    """Return how far at most each part of a unit reaches from a seed, metres: isles within stay whole."""
    if len(home.parts) == 1:
        return np.array([math.inf])
    bounds = shapely.bounds(home.parts)
    low, high = bounds[:, :2], bounds[:, 2:]
    return np.asarray(_measure_from(seed, (low + high) / 2.0) + np.hypot(*(high - low).T) / 2.0)


def _measure_open(pieces: NDArray[Any], seed: BaseGeometry, distance: float) -> float:
    """Return how long the open outline of a zone is, metres: as fast its area grows with the distance."""
    rings = shapely.get_rings(shapely.get_parts(pieces))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    if not len(points):
        return 0.0
    middles = (points[1:] + points[:-1]) / 2.0
    opened = (_measure_from(seed, middles) >= _OPEN_SHARE * distance) & (ring[1:] == ring[:-1])
    return float(np.hypot(*(points[1:] - points[:-1])[opened].T).sum())


def _clip_windows(parts: NDArray[Any], seed: BaseGeometry, reach: float) -> NDArray[Any]:
    """Cut parts to a window that holds the seed widened by the reach: the rest costs time only."""
    west, south, east, north = seed.bounds
    window = (west - reach, south - reach, east + reach, north + reach)
    bounds = shapely.total_bounds(parts)
    low, high = np.maximum(bounds[:2], window[:2]), np.minimum(bounds[2:], window[2:])
    if np.prod(high - low) > _WORTH_CUTTING * np.prod(bounds[2:] - bounds[:2]):
        return parts
    clipped = shapely.clip_by_rect(parts, *window)
    return np.where(shapely.is_valid(clipped), clipped, parts)


def _collect(pieces: Sequence[Any]) -> BaseGeometry:
    """Return the polygons of some pieces as one shape."""
    polygons = [
        p for p in shapely.get_parts(shapely.get_parts(pieces)) if p.geom_type == "Polygon" and p.area
    ]
    return polygons[0] if len(polygons) == 1 else MultiPolygon(polygons)


def _step(distance: float, miss: float, slope: float, low: float, high: float) -> float:
    """Return the next distance: by the slope where that stays in the bracket, else by halving it."""
    aimed = distance - miss / slope if slope > 0 else -1.0
    if low < aimed < high:
        return aimed
    return (low + high) / 2.0 if math.isfinite(high) else 2.0 * distance

"""Zones of a stated area: grown from a seed inside a unit until the geodesic area is the stated one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import shapely
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.projection import Plane, find_plane_of, measure_area_km2
from geo.units import M2_PER_KM2

__all__ = ["draw_zone"]

# Relative error at which a zone is right: a thousandth of what the issue allows.
_TOLERANCE = 1e-6
_PLANE_TOLERANCE = 1e-7
_STEPS = 60
_PATIENCE = 8  # after so many steps every other one halves the bracket: near a whole unit slopes mislead
# The seed only says where to start: details below this share of the zone's reach are not drawn.
_SEED_DETAIL = 0.05
_ARC_SEGMENTS = 4
_CIRCLE_SEGMENTS = 12
# An outline of more vertices than this is first replaced by a coarse one: details below a share of the zone's
# reach gone, the distance good to a thousandth.
_DETAILED = 400
_HEAVY_SEED = 12  # widening such a seed costs more than clipping it
_COARSE = 0.02
_COARSE_TOLERANCE = 1e-4
# The unit is cut to a window this many times the first distance, so that later steps still fit.
_WINDOW = 1.6


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit in its plane, with what every zone in it needs."""

    plane: Plane
    flat: BaseGeometry
    area_km2: float


def draw_zone(unit: BaseGeometry, area_km2: float, seed: BaseGeometry) -> BaseGeometry:
    """Return the part of a unit around a seed that has a stated area.

    The seed is widened evenly and clipped to the unit; the distance is found by Newton's method, since the
    area grows with the distance as fast as the open part of the outline is long.

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
        Polygon or multipolygon, EPSG:4326, its geodesic area right to 1e-6 (where the seed alone is smaller).

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
    found = _solve_coarsely(home.flat, start, target)
    found = _solve(home.flat, start, target, found)
    drawn = home.plane.to_degrees(_keep_polygons(found.zone))
    measured = measure_area_km2(drawn)
    if abs(measured / area_km2 - 1) > _TOLERANCE:
        # Long straight edges bend between plane and globe: aim once more by what was missed.
        found = _solve(home.flat, start, target * (found.zone.area / (measured * M2_PER_KM2)), found)
        drawn = home.plane.to_degrees(_keep_polygons(found.zone))
    return drawn


@lru_cache(maxsize=64)
def _prepare_unit(unit: BaseGeometry) -> _Unit:
    plane = find_plane_of(unit)
    flat = plane.to_plane(unit)
    if flat.is_empty or not flat.area:
        raise GeometryError("the unit has no area; give a polygon")
    return _Unit(plane, flat, measure_area_km2(unit))


def _prepare_seed(home: _Unit, seed: BaseGeometry, area_km2: float) -> BaseGeometry:
    """Bring the seed into the plane and drop what is too fine to matter."""
    flat = home.plane.to_plane(seed)
    reach = (area_km2 * M2_PER_KM2) ** 0.5
    if flat.is_empty or flat.distance(home.flat) > 0.05 * reach:
        raise GeometryError("the seed of the zone lies outside the unit; give one inside or on its border")
    return flat.simplify(_SEED_DETAIL * reach) if flat.length else flat


@dataclass(frozen=True, slots=True)
class _Found:
    """How far a seed was widened, how fast the area grows there, and the zone; plane, metres."""

    distance: float
    slope: float
    zone: BaseGeometry


def _solve_coarsely(flat: BaseGeometry, seed: BaseGeometry, target_m2: float) -> _Found:
    """Return a first guess: by rule of thumb, or against a coarse outline where the true one is costly."""
    guess = _Found(_guess_distance(seed, target_m2), 0.0, seed)
    if shapely.get_num_coordinates(flat) <= _DETAILED or shapely.get_num_coordinates(seed) > _HEAVY_SEED:
        return guess
    coarse = flat.simplify(_COARSE * math.sqrt(target_m2), preserve_topology=False)
    if not coarse.is_valid or coarse.area <= target_m2:
        return guess
    return _solve(coarse, seed, target_m2, guess, _COARSE_TOLERANCE)


def _solve(
    flat: BaseGeometry,
    seed: BaseGeometry,
    target_m2: float,
    guess: _Found,
    tolerance: float = _PLANE_TOLERANCE,
) -> _Found:
    """Return the distance at which the widened seed has the target area, by Newton's method and secants."""
    low, high, distance, slope = 0.0, math.inf, guess.distance, guess.slope
    before: tuple[float, float] | None = None
    reach, window = 0.0, flat
    segments = _ARC_SEGMENTS if seed.length else _CIRCLE_SEGMENTS
    for step in range(_STEPS):
        if distance > reach:
            reach = _WINDOW * distance
            window = _clip_window(flat, seed, reach)
        zone = shapely.intersection(window, seed.buffer(distance, quad_segs=segments))
        miss = zone.area - target_m2
        if before is not None and distance != before[0]:
            slope = (miss - before[1]) / (distance - before[0])
        if abs(miss) <= tolerance * target_m2:
            return _Found(distance, slope, zone)
        low, high = (distance, high) if miss < 0 else (low, distance)
        before = distance, miss
        halve = step >= _PATIENCE and step % 2
        distance = _step(distance, miss, 0.0 if halve else slope or zone.length, low, high)
    raise GeometryError("no zone of the stated area grows from the seed: the seed alone is larger")


def _clip_window(flat: BaseGeometry, seed: BaseGeometry, reach: float) -> BaseGeometry:
    """Cut the unit to a window that holds the seed widened by the reach: the rest costs time only."""
    west, south, east, north = seed.bounds
    window = shapely.clip_by_rect(flat, west - reach, south - reach, east + reach, north + reach)
    return window if window.is_valid else flat


def _guess_distance(seed: BaseGeometry, target_m2: float) -> float:
    """Return how far the seed must be widened if half of what is gained lies outside the unit.

    Solves area + length · d + π d² = 2 · target for lines and points (a polygon's seed counts its outline).
    """
    missing = max(2.0 * target_m2 - seed.area, 0.1 * target_m2)
    length = 2.0 * seed.length if not seed.area else seed.length
    return (math.sqrt(length * length + 4.0 * math.pi * missing) - length) / (2.0 * math.pi)


def _step(distance: float, miss: float, slope: float, low: float, high: float) -> float:
    """Return the next distance: by the slope where that stays in the bracket, else by halving it."""
    aimed = distance - miss / slope if slope > 0 else -1.0
    if low < aimed < high:
        return aimed
    return (low + high) / 2.0 if math.isfinite(high) else 2.0 * distance


def _keep_polygons(zone: BaseGeometry) -> BaseGeometry:
    if zone.geom_type in {"Polygon", "MultiPolygon"}:
        return zone
    return MultiPolygon([part for part in shapely.get_parts(zone) if part.geom_type == "Polygon"])

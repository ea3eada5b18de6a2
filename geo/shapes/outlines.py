"""What the rules share: a point inside a shape, a cut along a direction, the finished footprint."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.model import Footprint
from geo.projection import GEOD, find_plane_of, make_point
from geo.units import M_PER_KM, find_bearing

__all__ = ["Protocol", "cut_share", "draw_area", "draw_point", "find_inside_point", "measure_reach_km"]

# The middle of a country needs no more detail than this.
_DETAILED = 3_000
_COARSE_DEGREES = 0.02
_BISECTIONS = 26
_FAR = 3.0  # half-planes reach this many times the size of what they cut


@dataclass(frozen=True, slots=True)
class Protocol:
    """A rule that draws: its name, and how exact its shapes are (ACLED and UCDP codes)."""

    name: str
    geo_precision: int
    where_prec: int


def draw_point(longitude: float, latitude: float, uncertainty_m: float, protocol: Protocol) -> Footprint:
    """Return the footprint of a point, degrees, with its uncertainty in metres as radius."""
    return Footprint(
        geometry=make_point(longitude, latitude),
        latitude=latitude,
        longitude=longitude,
        coordinate_uncertainty_m=uncertainty_m,
        geo_precision=protocol.geo_precision,
        where_prec=protocol.where_prec,
        georeference_protocol=protocol.name,
    )


def draw_area(
    geometry: BaseGeometry,
    protocol: Protocol,
    *,
    point: tuple[float, float] | None = None,
    inner: BaseGeometry | None = None,
    schematic: bool = False,
) -> Footprint:
    """Return the footprint of an area or line, EPSG:4326.

    Its point (longitude, latitude) is found if not given.

    Raises
    ------
    GeometryError
        If nothing is left of the geometry.
    """
    geometry = geometry if geometry.is_valid else _mend(geometry)
    if geometry.is_empty:
        raise GeometryError(f"nothing is left to draw by rule {protocol.name!r}")
    longitude, latitude = point or find_inside_point(geometry)
    return Footprint(
        geometry=geometry,
        latitude=latitude,
        longitude=longitude,
        coordinate_uncertainty_m=measure_reach_km(geometry, longitude, latitude) * M_PER_KM,
        geo_precision=protocol.geo_precision,
        where_prec=protocol.where_prec,
        georeference_protocol=protocol.name,
        inner=inner,
        schematic=schematic,
    )


def _mend(geometry: BaseGeometry) -> BaseGeometry:
    """Mend what rounding to degrees has folded over: hair-thin, and only polygons stay."""
    mended = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    if mended.geom_type in {"Polygon", "MultiPolygon"} or not geometry.area:
        return mended
    return shapely.union_all([part for part in shapely.get_parts(mended) if part.area])


@lru_cache(maxsize=512)
def find_inside_point(geometry: BaseGeometry) -> tuple[float, float]:
    """Return a point (longitude, latitude) inside a shape in EPSG:4326: its centroid if that is inside.

    Of several parts, the largest counts if the centroid of all lies outside of each.
    """
    if shapely.get_num_coordinates(geometry) > _DETAILED:
        coarse = geometry.simplify(_COARSE_DEGREES, preserve_topology=False)
        if coarse.is_valid and not coarse.is_empty:
            point = _find_inside(coarse)
            if geometry.intersects(shapely.Point(point)):
                return point
    return _find_inside(geometry)


def _find_inside(geometry: BaseGeometry) -> tuple[float, float]:
    plane = find_plane_of(geometry)
    flat = plane.to_plane(geometry)
    centroid = flat.centroid
    if flat.intersects(centroid):
        return plane.unproject(centroid.x, centroid.y)
    largest = max(shapely.get_parts(flat), key=lambda part: (part.area, part.length))
    inside = largest.centroid
    if not largest.intersects(inside):
        inside = _find_nearest_inside(largest, inside)
    return plane.unproject(inside.x, inside.y)


def _find_nearest_inside(part: BaseGeometry, centroid: shapely.Point) -> shapely.Point:
    """Return the point of a shape nearest to its centroid, a little way in from the outline."""
    if not part.area:
        return shapely.Point(shapely.shortest_line(part, centroid).coords[0])
    width = shapely.maximum_inscribed_circle(
        cast("shapely.Polygon", part), tolerance=math.sqrt(part.area) / 50
    ).length
    core = part.buffer(-width / 3)
    target = core if not core.is_empty else part.representative_point()
    return shapely.Point(shapely.shortest_line(target, centroid).coords[0])


@lru_cache(maxsize=512)
def measure_reach_km(geometry: BaseGeometry, longitude: float, latitude: float) -> float:
    """Return how far the farthest vertex of a geometry in EPSG:4326 lies from a point in degrees, km."""
    # The hull of all parts would hide vertices on the antimeridian, half round the globe from the others.
    hulls = shapely.get_coordinates(shapely.convex_hull(shapely.get_parts(geometry)))
    here = np.full((2, len(hulls)), [[longitude], [latitude]])
    return float(GEOD.inv(*here, *hulls.T)[2].max()) / M_PER_KM


def cut_share(geometry: BaseGeometry, direction: str, share: float) -> BaseGeometry:
    """Return the part of an area that lies farthest in a direction and has a share of its surface.

    Parameters
    ----------
    geometry
        Polygon, EPSG:4326.
    direction
        N, NE, E, SE, S, SW, W or NW.
    share
        Between 0 and 1.

    Raises
    ------
    GeometryError
        If the direction is unknown, the share is out of range, or the geometry has no area.
    """
    if not 0 < share < 1:
        raise GeometryError(f"a share of {share!r} cannot be cut off; give one between 0 and 1")
    plane = find_plane_of(geometry)
    flat = plane.to_plane(geometry)
    if not flat.area:
        raise GeometryError("only an area has parts; this place is known as a point or line")
    return plane.to_degrees(_cut_flat(flat, math.radians(find_bearing(direction)), share))


def _cut_flat(flat: BaseGeometry, bearing: float, share: float) -> BaseGeometry:
    """Find by bisection where a line across the bearing leaves the wanted share beyond it."""
    ahead = math.sin(bearing), math.cos(bearing)
    coarse = flat.simplify(math.sqrt(flat.area) * 1e-3)
    along = shapely.get_coordinates(coarse) @ ahead
    low, high = float(along.min()), float(along.max())
    size = _FAR * (high - low) + max(map(abs, flat.bounds)) * _FAR
    wanted = coarse.area * share
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if coarse.intersection(_draw_half_plane(ahead, middle, size)).area > wanted:
            low = middle
        else:
            high = middle
    return flat.intersection(_draw_half_plane(ahead, (low + high) / 2, size))


def _draw_half_plane(ahead: tuple[float, float], offset: float, size: float) -> shapely.Polygon:
    """Return a big square whose near side stands across a direction at an offset from the origin, metres."""
    x, y = ahead
    base = offset * x, offset * y
    corners = [(-size, 0.0), (-size, size), (size, size), (size, 0.0)]
    return shapely.Polygon([(base[0] + s * y + t * x, base[1] - s * x + t * y) for s, t in corners])

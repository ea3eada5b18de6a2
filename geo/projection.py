"""The only place where a CRS changes; and geodesic measures on the WGS 84 ellipsoid.

A `Plane` is a Lambert azimuthal equal-area projection around a point: areas in it are those of the
ellipsoid, distances within a few hundred kilometres of its centre are right to some parts in ten thousand.
Back in degrees, shapes that cross the antimeridian are cut there (RFC 7946, section 3.1.9) and shapes
around a pole are closed over it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import shapely
from pyproj import Geod, Transformer
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from geo.errors import GeometryError
from geo.units import LEAST_KM_PER_DEGREE, M2_PER_KM2, M_PER_KM

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Inverse = Callable[[NDArray[np.float64]], NDArray[np.float64]]

__all__ = [
    "GEOD",
    "Plane",
    "clip_around",
    "draw_circle",
    "find_center",
    "find_plane",
    "find_plane_of",
    "make_point",
    "measure_area_km2",
    "measure_azimuth",
    "measure_distance_km",
    "measure_length_km",
    "move_point",
]

GEOD = Geod(ellps="WGS84")
_DEGREES_TO_PLANE = (
    "+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
    "+step +proj=laea +ellps=WGS84 +lon_0={lon:.2f} +lat_0={lat:.2f}"
)
_CIRCLE_VERTICES = 72
_HALF_MERIDIAN_KM = 20_003.0  # from pole to pole on the WGS 84 ellipsoid, rounded down
_POLAR_DEGREES = 89.0
_SEAM_DEGREES = 179.9
_POINTS = {"Point", "MultiPoint"}
# Edges are straight in degrees and curved in a plane: those longer than this get more vertices, after which
# they miss the curve by some 10 m (an edge along the 50th parallel).
_STRAIGHT_DEGREES = 0.1
_HALF_TURN = 180.0
_FULL_TURN = 360.0


@dataclass(frozen=True, slots=True)
class Plane:
    """An equal-area plane in metres around a point.

    Attributes
    ----------
    longitude, latitude
        Centre, degrees, WGS 84.
    """

    longitude: float
    latitude: float
    _transformer: Transformer

    def to_plane(self, geometry: BaseGeometry, straight_degrees: float = _STRAIGHT_DEGREES) -> BaseGeometry:
        """Project a valid geometry from EPSG:4326 to metres; parts on both sides of the antimeridian join up.

        Of an outline that crosses itself a valid part comes out, which may be half of it.
        Edges longer than ``straight_degrees`` get more vertices, since they are straight in degrees only.
        """
        dense = geometry if geometry.geom_type in _POINTS else shapely.segmentize(geometry, straight_degrees)
        projected: BaseGeometry = shapely.transform(dense, self._forward)
        if not geometry.geom_type.endswith("Polygon"):
            return projected
        if geometry.geom_type == "MultiPolygon" and _touches_antimeridian(geometry):
            projected = _join_at_seam(projected, _find_seam_parts(geometry))
        return projected if projected.is_valid else _mend(projected)

    def to_degrees(self, geometry: BaseGeometry, inverse: Inverse | None = None) -> BaseGeometry:
        """Project a geometry from metres back to EPSG:4326, cut at the antimeridian where it crosses it.

        ``inverse`` takes coordinates back in place of the projection: by what a caller remembers of them.
        """
        degrees = shapely.transform(geometry, inverse or self.unproject_all)
        if not self._may_wrap(geometry):
            return degrees
        return _cut_at_antimeridian(degrees)

    def project(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Project one point, degrees to metres."""
        x, y = self._transformer.transform(longitude, latitude)
        return float(x), float(y)

    def unproject(self, x: float, y: float) -> tuple[float, float]:
        """Project one point back, metres to (longitude, latitude) in degrees."""
        longitude, latitude = self._transformer.transform(x, y, direction="INVERSE")
        return float(longitude), float(latitude)

    def _forward(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(self._transformer.transform(coordinates[:, 0], coordinates[:, 1]))

    def unproject_all(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        """Project rows of metres back to rows of longitude and latitude in degrees."""
        x, y = coordinates[:, 0], coordinates[:, 1]
        return np.column_stack(self._transformer.transform(x, y, direction="INVERSE"))

    def _may_wrap(self, geometry: BaseGeometry) -> bool:
        """Tell whether the shape can reach the antimeridian or a pole: cheap, and wide on the safe side."""
        if geometry.is_empty or geometry.geom_type in _POINTS:
            return False
        reach = max(map(abs, geometry.bounds)) * math.sqrt(2.0) / 111_000.0 * 1.2
        if abs(self.latitude) + reach >= 89.0:
            return True
        widest = reach / math.cos(math.radians(abs(self.latitude) + reach))
        return abs(self.longitude) + widest >= _HALF_TURN


def find_plane(longitude: float, latitude: float) -> Plane:
    """Return the plane around a point given in degrees, WGS 84; planes are kept by tenths of a degree.

    Raises
    ------
    GeometryError
        If the point is not on the globe.
    """
    if not (abs(latitude) <= 90.0 and math.isfinite(longitude)):
        raise GeometryError(
            f"no point at latitude {latitude!r}, longitude {longitude!r}; give degrees, WGS 84"
        )
    return _make_plane(round(_wrap(longitude), 1), round(latitude, 1))


def find_plane_of(*geometries: BaseGeometry) -> Plane:
    """Return the plane around the middle of one or more geometries, EPSG:4326."""
    return find_plane(*find_center(*geometries))


@lru_cache(maxsize=512)
def _make_plane(longitude: float, latitude: float) -> Plane:
    pipeline = _DEGREES_TO_PLANE.format(lon=longitude, lat=latitude)
    return Plane(longitude, latitude, Transformer.from_pipeline(pipeline))


def find_center(*geometries: BaseGeometry) -> tuple[float, float]:
    """Return the middle (longitude, latitude) of geometries in EPSG:4326, right across the antimeridian.

    Raises
    ------
    GeometryError
        If there are no coordinates at all.
    """
    bounds = np.array([shapely.bounds(g) for g in geometries if not g.is_empty], dtype=float).reshape(-1, 4)
    if not len(bounds):
        raise GeometryError("an empty geometry has no centre; give one that holds at least a point")
    west, south, east, north = bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()
    if east - west <= _HALF_TURN:
        return float((west + east) / 2), float((south + north) / 2)
    return _find_center_on_sphere(np.concatenate([shapely.get_coordinates(g) for g in geometries]))


def _find_center_on_sphere(coordinates: NDArray[np.float64]) -> tuple[float, float]:
    """Return the direction of the mean of the unit vectors."""
    lon, lat = np.radians(coordinates[:, 0]), np.radians(coordinates[:, 1])
    x, y, z = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean(), np.sin(lat).mean()
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def measure_area_km2(geometry: BaseGeometry) -> float:
    """Return the geodesic area of a geometry in EPSG:4326, km², whatever way its rings run."""
    return sum(_measure_polygon_m2(part) for part in _list_polygons(geometry)) / M2_PER_KM2


def _list_polygons(geometry: BaseGeometry) -> list[Polygon]:
    if geometry.geom_type == "Polygon":
        return [cast("Polygon", geometry)]
    parts = shapely.get_parts(geometry).tolist() if not geometry.is_empty else []
    return [
        p for part in parts for p in (_list_polygons(part) if hasattr(part, "geoms") else [part]) if p.area
    ]


def _measure_polygon_m2(polygon: Polygon) -> float:
    if polygon.is_empty:
        return 0.0
    shell = abs(_measure_ring_m2(polygon.exterior))
    return shell - sum(abs(_measure_ring_m2(hole)) for hole in polygon.interiors)


def _measure_ring_m2(ring: BaseGeometry) -> float:
    coordinates = shapely.get_coordinates(ring)
    return float(GEOD.polygon_area_perimeter(coordinates[:, 0], coordinates[:, 1])[0])


def measure_length_km(geometry: BaseGeometry) -> float:
    """Return the geodesic length of the lines, or of the outlines, of a geometry in EPSG:4326, km."""
    lines = geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry
    total = 0.0
    for line in shapely.get_parts(lines):
        xy = shapely.get_coordinates(line)
        if len(xy) > 1:
            total += float(GEOD.line_length(xy[:, 0], xy[:, 1]))
    return total / M_PER_KM


def measure_distance_km(longitude: float, latitude: float, to_longitude: float, to_latitude: float) -> float:
    """Return the geodesic distance between two points in degrees, km."""
    return float(GEOD.inv(longitude, latitude, to_longitude, to_latitude)[2]) / M_PER_KM


def measure_azimuth(longitude: float, latitude: float, to_longitude: float, to_latitude: float) -> float:
    """Return the azimuth from one point to another, degrees clockwise from north, 0 to 360."""
    return float(GEOD.inv(longitude, latitude, to_longitude, to_latitude)[0]) % _FULL_TURN


def move_point(longitude: float, latitude: float, azimuth: float, distance_km: float) -> tuple[float, float]:
    """Return the point (longitude, latitude) at an azimuth (degrees from north) and distance (km)."""
    lon, lat, _ = GEOD.fwd(longitude, latitude, azimuth, distance_km * M_PER_KM)
    return float(lon), float(lat)


def draw_circle(longitude: float, latitude: float, radius_km: float) -> BaseGeometry:
    """Return a geodesic circle as a polygon in EPSG:4326, cut at the antimeridian, closed over a pole.

    Raises
    ------
    GeometryError
        If the radius is not positive, or reaches half round the globe.
    """
    if not 0 < radius_km < _HALF_MERIDIAN_KM:
        raise GeometryError(
            f"a circle of radius {radius_km!r} km cannot be drawn; give a positive one below "
            f"{_HALF_MERIDIAN_KM:,.0f} km"
        )
    azimuths = np.linspace(_FULL_TURN, 0.0, _CIRCLE_VERTICES, endpoint=False)
    n = len(azimuths)
    lon, lat, _ = GEOD.fwd([longitude] * n, [latitude] * n, azimuths, [radius_km * M_PER_KM] * n)
    return _cut_at_antimeridian(Polygon(np.column_stack([lon, lat])))


def clip_around(
    geometry: BaseGeometry, bounds: tuple[float, float, float, float], margin_km: float
) -> BaseGeometry:
    """Return the part of a geometry near some bounds, all EPSG:4326: cheap, to spare projecting the rest.

    The margin is kept in full at every latitude of the bounds; a wide window keeps more than it must.
    """
    west, south, east, north = bounds
    step = margin_km / LEAST_KM_PER_DEGREE
    top = max(abs(south - step), abs(north + step))
    if top >= _POLAR_DEGREES:
        return geometry
    wide = step / math.cos(math.radians(top))
    if west - wide < -_HALF_TURN or east + wide > _HALF_TURN:
        return geometry
    clipped = shapely.clip_by_rect(geometry, west - wide, south - step, east + wide, north + step)
    return clipped if clipped.is_valid else geometry


def _wrap(longitude: float) -> float:
    """Bring a longitude into [-180, 180]; one that is there stays as it is."""
    if -_HALF_TURN <= longitude <= _HALF_TURN:
        return longitude
    return (longitude + _HALF_TURN) % _FULL_TURN - _HALF_TURN


def _touches_antimeridian(geometry: BaseGeometry) -> bool:
    west, _, east, _ = geometry.bounds
    return bool(west < -_SEAM_DEGREES and east > _SEAM_DEGREES)


def _find_seam_parts(geometry: BaseGeometry) -> NDArray[np.bool_]:
    bounds = shapely.bounds(shapely.get_parts(geometry))
    return np.asarray((bounds[:, 0] < -_SEAM_DEGREES) | (bounds[:, 2] > _SEAM_DEGREES))


def _join_at_seam(projected: BaseGeometry, seam: NDArray[np.bool_]) -> BaseGeometry:
    """Join the parts of a projected geometry that were cut at the antimeridian; leave the others alone."""
    parts = shapely.get_parts(projected)
    halves = [part if part.is_valid else _mend(part) for part in parts[seam]]
    joined = shapely.get_parts(shapely.union_all(halves, grid_size=0.01))
    whole: list[Any] = [*parts[~seam], *(part for part in joined if part.geom_type == "Polygon")]
    return whole[0] if len(whole) == 1 else MultiPolygon(whole)


def _mend(geometry: BaseGeometry) -> BaseGeometry:
    """Make a geometry valid, part by part: mending a whole country at once takes seconds."""
    parts = shapely.get_parts(geometry)
    bad = ~shapely.is_valid(parts)
    parts[bad] = shapely.make_valid(parts[bad], method="structure", keep_collapsed=False)
    flat: list[Any] = [
        part for part in shapely.get_parts(parts) if part.geom_type == "Polygon" and not part.is_empty
    ]
    mended: BaseGeometry = flat[0] if len(flat) == 1 else MultiPolygon(flat)
    return mended if mended.is_valid else shapely.make_valid(mended, method="structure", keep_collapsed=False)


def _cut_at_antimeridian(geometry: BaseGeometry) -> BaseGeometry:
    """Cut shapes whose coordinates jump across the antimeridian, and close rings around a pole."""
    if not _jumps(geometry):
        return geometry
    parts = shapely.get_parts(geometry)
    bounds = shapely.bounds(parts)
    across = bounds[:, 2] - bounds[:, 0] > _HALF_TURN
    cut = [_cut_part(part) for part in parts[across]]
    if not geometry.geom_type.endswith("Polygon"):
        return _collect_lines([*parts[~across], *cut])
    whole = shapely.union_all(cut)  # round a pole the pieces meet
    if across.all():
        return whole
    return MultiPolygon([*parts[~across], *_list_polygons(whole)])


def _jumps(geometry: BaseGeometry) -> bool:
    west, _, east, _ = geometry.bounds
    return bool(east - west > _HALF_TURN)


def _collect_lines(parts: list[BaseGeometry]) -> BaseGeometry:
    return MultiLineString([line for part in parts for line in shapely.get_parts(part)])


def _cut_part(part: Any) -> BaseGeometry:
    if part.geom_type == "Polygon":
        shell = _unwrap_ring(shapely.get_coordinates(part.exterior))
        holes = [_unwrap_ring(shapely.get_coordinates(hole)) for hole in part.interiors]
        return _fold_back(_subtract_holes(_make_area(shell), holes))
    return _fold_back(LineString(_unwrap(shapely.get_coordinates(part))))


def _unwrap(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.column_stack([np.unwrap(coordinates[:, 0], period=_FULL_TURN), coordinates[:, 1]])


def _unwrap_ring(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unwrap a ring; one that goes round a pole is closed along that pole."""
    ring = _unwrap(coordinates)
    if abs(ring[-1, 0] - ring[0, 0]) < _HALF_TURN:
        return ring
    pole = math.copysign(90.0, ring[:, 1].mean())
    return np.vstack([ring, [[ring[-1, 0], pole], [ring[0, 0], pole]]])


def _make_area(ring: NDArray[np.float64]) -> BaseGeometry:
    return shapely.make_valid(Polygon(ring), method="structure", keep_collapsed=False)


def _subtract_holes(area: BaseGeometry, holes: list[NDArray[np.float64]]) -> BaseGeometry:
    for ring in holes:
        hole = _make_area(ring)
        middle = area.envelope.centroid.x
        turns = round((middle - hole.envelope.centroid.x) / _FULL_TURN)
        area = area.difference(translate(hole, turns * _FULL_TURN))
    return area


def _fold_back(geometry: BaseGeometry) -> BaseGeometry:
    """Cut an unwrapped geometry at every odd multiple of 180° and bring the pieces home."""
    west, _, east, _ = geometry.bounds
    first, last = math.floor((west + _HALF_TURN) / _FULL_TURN), math.ceil((east + _HALF_TURN) / _FULL_TURN)
    pieces: list[BaseGeometry] = []
    for turn in range(first, max(last, first + 1)):
        left = turn * _FULL_TURN - _HALF_TURN
        piece = geometry.intersection(shapely.box(left, -90.0, left + _FULL_TURN, 90.0))
        pieces.append(translate(piece, -turn * _FULL_TURN))
    parts: list[Any] = [part for piece in pieces for part in shapely.get_parts(piece) if not part.is_empty]
    if geometry.geom_type.endswith("Polygon"):
        return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])
    return MultiLineString([part for part in parts if part.geom_type == "LineString"])


def make_point(longitude: float, latitude: float) -> Point:
    """Return a point in EPSG:4326, its longitude brought into [-180, 180]."""
    return Point(_wrap(longitude), latitude)

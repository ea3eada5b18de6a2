"""Polygons of countries, units, waters and vernacular areas, read one by one from the shipped file."""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.projection import find_plane_of
from geo.resources import open_database, read_bytes

__all__ = ["Area", "Boundaries", "open_boundaries", "read_country_codes"]

_FILE = "boundaries.sqlite"
_COLUMNS = "key, kind, country_code, name, minx, miny, maxx, maxy"
_KEPT_POLYGONS = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """What the file says about a polygon without reading its outline; bounds in degrees, EPSG:4326."""

    key: str
    kind: str
    country_code: str
    name: str
    bounds: tuple[float, float, float, float]

    def meets(self, bounds: tuple[float, float, float, float]) -> bool:
        """Tell whether the bounds of the area and the given ones touch."""
        west, south, east, north = self.bounds
        return west <= bounds[2] and bounds[0] <= east and south <= bounds[3] and bounds[1] <= north


class Boundaries:
    """The polygons of a boundaries file: outlines are read when asked for, and kept.

    Parameters
    ----------
    connection
        A SQLite file with the table ``area(key, kind, country_code, name, wkb, minx, miny, maxx, maxy)``.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._read = lru_cache(maxsize=_KEPT_POLYGONS)(self._read_polygon)
        self._areas: tuple[Area, ...] | None = None

    def has(self, key: str) -> bool:
        """Tell whether there is a polygon under a key."""
        found = self._connection.execute("select 1 from area where key = ?", (key,)).fetchone()
        return found is not None

    def read(self, key: str) -> BaseGeometry:
        """Return the polygon (or line, for a river) under a key, EPSG:4326.

        Raises
        ------
        DataError
            If there is none.
        """
        return self._read(key)

    def list_areas(self, *kinds: str) -> tuple[Area, ...]:
        """Return all areas of the given kinds (all kinds if none is given), outlines unread."""
        if self._areas is None:
            rows = self._connection.execute(f"select {_COLUMNS} from area order by key")
            self._areas = tuple(_make_area(row) for row in rows)
        return tuple(area for area in self._areas if not kinds or area.kind in kinds)

    def find_area(self, key: str) -> Area:
        """Return what is known of the area under a key; `DataError` if there is none."""
        row = self._connection.execute(f"select {_COLUMNS} from area where key = ?", (key,)).fetchone()
        if row is None:
            raise DataError(f"no boundary {key!r} in {_FILE}; rebuild the file, or leave the key empty")
        return _make_area(row)

    def find_containing(self, longitude: float, latitude: float, *kinds: str) -> tuple[Area, ...]:
        """Return the areas that hold a point given in degrees, the smallest bounds first."""
        point = shapely.Point(longitude, latitude)
        near = (area for area in self.list_areas(*kinds) if area.meets(point.bounds))
        return tuple(sorted((a for a in near if self.read(a.key).intersects(point)), key=_measure_bounds))

    def find_neighbours(self, key: str, within_km: float = 1.0) -> tuple[Area, ...]:
        """Return the areas of the same kind that come within some kilometres of the one under a key."""
        home = self.find_area(key)
        reach = self._widen(self.read(key), within_km)
        others = (a for a in self.list_areas(home.kind) if a.key != key and a.meets(reach.bounds))
        return tuple(area for area in others if self.read(area.key).intersects(reach))

    def find_country(self, country_code: str) -> BaseGeometry:
        """Return the polygon of a country by its ISO 3166-1 alpha-2 code; `DataError` if there is none."""
        for area in self.list_areas("country"):
            if area.country_code == country_code:
                return self.read(area.key)
        raise DataError(f"no country {country_code!r} in {_FILE}; use an ISO 3166-1 alpha-2 code")

    def draw_border(self, country_code: str, other_code: str, slack_km: float = 3.0) -> BaseGeometry:
        """Return the outline of one country along another, EPSG:4326; empty if they do not meet.

        Parameters
        ----------
        country_code, other_code
            ISO 3166-1 alpha-2 codes.
        slack_km
            How far the two outlines may lie apart, since files of different makers disagree.
        """
        other = self._widen(self.find_country(other_code), slack_km)
        return shapely.intersection(self.find_country(country_code).boundary, other)

    def _widen(self, geometry: BaseGeometry, distance_km: float) -> BaseGeometry:
        plane = find_plane_of(geometry)
        return plane.to_degrees(plane.to_plane(geometry).buffer(distance_km * 1_000.0, quad_segs=2))

    def _read_polygon(self, key: str) -> BaseGeometry:
        row = self._connection.execute("select wkb from area where key = ?", (key,)).fetchone()
        if row is None:
            raise DataError(f"no boundary {key!r} in {_FILE}; rebuild the file, or leave the key empty")
        geometry: BaseGeometry = shapely.from_wkb(row[0])
        shapely.prepare(geometry)
        return geometry


def _make_area(row: tuple[Any, ...]) -> Area:
    key, kind, country_code, name, *bounds = row
    west, south, east, north = map(float, bounds)
    return Area(
        key=key,
        kind=kind,
        country_code=country_code or "",
        name=name or "",
        bounds=(west, south, east, north),
    )


def _measure_bounds(area: Area) -> float:
    west, south, east, north = area.bounds
    return (east - west) * (north - south)


@lru_cache(maxsize=1)
def open_boundaries() -> Boundaries:
    """Open the shipped boundaries, once; `DataError` if the file is missing."""
    return Boundaries(open_database(_FILE))


@lru_cache(maxsize=1)
def read_country_codes() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-2 code for every alpha-3 code."""
    rows = csv.DictReader(io.StringIO(read_bytes("curated/iso3166.csv").decode("utf-8")))
    return {row["alpha_3"]: row["alpha_2"] for row in rows}

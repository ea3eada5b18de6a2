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
        self._areas: dict[tuple[str, ...], tuple[Area, ...]] = {}

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

    def find(self, key: str) -> BaseGeometry | None:
        """Return the polygon (or line) under a key, EPSG:4326; None for no key, or one that is not there."""
        return self.read(key) if key and self.has(key) else None

    def list_areas(self, *kinds: str) -> tuple[Area, ...]:
        """Return all areas of the given kinds (all kinds if none is given), outlines unread."""
        known = self._areas.get(kinds)
        if known is None:
            wanted = f"where kind in ({', '.join('?' * len(kinds))})" if kinds else ""
            rows = self._connection.execute(f"select {_COLUMNS} from area {wanted} order by key", kinds)
            known = self._areas[kinds] = tuple(map(_make_area, rows))
        return known

    def find_country(self, country_code: str) -> BaseGeometry:
        """Return the polygon of a country by its ISO 3166-1 alpha-2 code; `DataError` if there is none."""
        # What stands after the outline in a row would cost reading the outlines of all countries.
        query = "select key from area where kind = 'country' and country_code = ? order by key"
        found = self._connection.execute(query, (country_code,)).fetchone()
        if found is None:
            raise DataError(f"no country {country_code!r} in {_FILE}; use an ISO 3166-1 alpha-2 code")
        return self.read(found[0])

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


@lru_cache(maxsize=1)
def open_boundaries() -> Boundaries:
    """Open the shipped boundaries, once; `DataError` if the file is missing."""
    return Boundaries(open_database(_FILE))


@lru_cache(maxsize=1)
def read_country_codes() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-2 code for every alpha-3 code."""
    rows = csv.DictReader(io.StringIO(read_bytes("curated/iso3166.csv").decode("utf-8")))
    return {row["alpha_3"]: row["alpha_2"] for row in rows}

"""Rows of a file of places, in the layout of the shipped gazetteer."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from geo.errors import InputError
from geo.model import PlaceKind
from geo.places.folding import fold_name

__all__ = ["SCHEMA", "PlaceRow", "write_rows"]

SCHEMA = """
create table if not exists place(rowid integer primary key, gazetteer text, id text, name text, latitude real,
  longitude real, kind text, feature_class text, feature_code text, country_code text, admin1_code text,
  admin2_code text, population int, coordinate_uncertainty_m real, boundary text, prior real, name_en text,
  name_fr text, name_uk text, name_ru text, source text);
create table if not exists name(folded text, place int, flag int, primary key(folded, place)) without rowid;
create table if not exists unit(code text primary key, kind text, place int, parent text) without rowid;
create table if not exists source(name text primary key, file text, added text, places int) without rowid;
"""

_INSERT = (
    "insert into place(gazetteer, id, name, latitude, longitude, kind, feature_class, feature_code, "
    "country_code, admin1_code, admin2_code, population, coordinate_uncertainty_m, boundary, prior, source) "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1.0, ?)"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRow:
    """One place of a user's file; ``radius_m`` is the circle that surely holds it, metres."""

    gazetteer: str
    id: str
    name: str
    latitude: float
    longitude: float
    kind: PlaceKind = PlaceKind.SETTLEMENT
    feature_class: str = ""
    feature_code: str = ""
    country_code: str = ""
    admin1_code: str = ""
    admin2_code: str = ""
    population: int = 0
    radius_m: float = 1_500.0
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a place without a name or off the globe.

        Raises
        ------
        InputError
            If the name is empty or a coordinate is out of range.
        """
        if not fold_name(self.name):
            raise InputError(f"a place has no name (id {self.id!r}); give each place a name")
        inside = -90.0 <= self.latitude <= 90.0 and -180.0 <= self.longitude <= 180.0
        if not (inside and math.isfinite(self.latitude) and math.isfinite(self.longitude)):
            raise InputError(
                f"{self.name!r} lies at {self.latitude}, {self.longitude}, off the globe; "
                "give latitude (-90 to 90) and longitude (-180 to 180) in degrees"
            )


def write_rows(connection: sqlite3.Connection, rows: Iterable[PlaceRow], source: str) -> int:
    """Write places with their names under a source; return how many."""
    count = 0
    for row in rows:
        values = (
            *(row.gazetteer, row.id, row.name, row.latitude, row.longitude, row.kind.value),
            *(row.feature_class, row.feature_code, row.country_code, row.admin1_code, row.admin2_code),
            *(row.population, row.radius_m, source),
        )
        rowid = connection.execute(_INSERT, values).lastrowid
        names = {fold_name(alias): 1 for alias in row.aliases if fold_name(alias)} | {fold_name(row.name): 0}
        connection.executemany(
            "insert or ignore into name(folded, place, flag) values (?, ?, ?)",
            [(folded, rowid, flag) for folded, flag in names.items()],
        )
        count += 1
    return count

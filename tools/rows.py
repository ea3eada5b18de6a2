"""Rows of the gazetteer while it is built, and their way into SQLite."""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.places.folding import fold_name

__all__ = [
    "ADJECTIVE",
    "ALIAS",
    "CASE",
    "CURRENT",
    "NICKNAME",
    "OLD",
    "PRIMARY",
    "SPELLING",
    "Row",
    "write_rows",
]

PRIMARY, CURRENT, SPELLING, CASE, OLD, ADJECTIVE, NICKNAME = range(7)
ALIAS = CURRENT
_USABLE = re.compile(r"^[^\W\d_](?:[^\W\d_]|[ '’ʼ`´\-–.()/,&])*$")
_SCRIPTS = re.compile(r"^[\u0000-\u024F\u1E00-\u1EFF\u0400-\u052F\u02B0-\u02FF\u2010-\u2019ʼ´`]+$")
_CODE = re.compile(r"^[A-Z]{2,4}$")
_MAX_LENGTH = 60
# Hand-made names may be as short as "UK".
_SHORTEST = 2


@dataclass(kw_only=True, slots=True)
class Row:
    """One place; ``names`` maps folded names to their lowest flag."""

    gazetteer: str
    id: str
    name: str
    latitude: float
    longitude: float
    kind: str = "settlement"
    feature_class: str = "P"
    feature_code: str = "PPL"
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    uncertainty_m: float = 0.0
    boundary: str = ""
    prior: float = 0.0
    en: str = ""
    fr: str = ""
    uk: str = ""
    ru: str = ""
    unit: str = ""
    unit_kind: str = ""
    unit_parent: str = ""
    names: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, flag: int) -> None:
        """Add a name unless it is junk (codes, numbers, other scripts, under 3 letters)."""
        name = name.strip().strip(",;")
        if len(name) > _MAX_LENGTH or not _SCRIPTS.match(name) or not _USABLE.match(name):
            return
        folded = fold_name(name)
        if len(folded.replace(" ", "")) < 3 or (_CODE.match(name) and flag == CURRENT):
            return
        self.names[folded] = min(flag, self.names.get(folded, 99))

    def set_flag(self, name: str, flag: int) -> None:
        """Give a name exactly this flag."""
        folded = fold_name(name)
        if len(folded) >= _SHORTEST:
            self.names[folded] = flag


_TABLES = """
pragma page_size=4096; pragma journal_mode=off; pragma synchronous=off;
create table place(rowid integer primary key, gazetteer text, id text, name text, latitude real,
  longitude real,
  kind text, feature_class text, feature_code text, country_code text, admin1_code text, admin2_code text,
  population int, coordinate_uncertainty_m real, boundary text, prior real,
  name_en text, name_fr text, name_uk text, name_ru text);
create table name(folded text, place int, flag int, primary key(folded, place)) without rowid;
create table unit(code text primary key, kind text, place int, parent text) without rowid;
create index site on place(kind) where kind = 'site';
"""


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write the gazetteer; rows get their numbers in the order given."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    names: list[tuple[str, int, int]] = []
    for number, row in enumerate(rows, 1):
        shown = (row.en or row.name, row.fr, row.uk, row.ru)
        values = (
            number,
            row.gazetteer,
            row.id,
            row.en or row.name,
            round(row.latitude, 5),
            round(row.longitude, 5),
            row.kind,
            row.feature_class,
            row.feature_code,
            row.country,
            row.admin1,
            row.admin2,
            row.population,
            row.uncertainty_m,
            row.boundary,
            row.prior,
            *("" if index and text == shown[0] else text for index, text in enumerate(shown)),
        )
        connection.execute(f"insert into place values({','.join('?' * 20)})", values)
        names += [(folded, number, flag) for folded, flag in row.names.items()]
        if row.unit:
            connection.execute(
                "insert or ignore into unit values(?,?,?,?)",
                (row.unit, row.unit_kind, number, row.unit_parent),
            )
    names.sort()
    connection.executemany("insert into name values(?,?,?)", names)
    connection.commit()
    connection.execute("vacuum")
    connection.close()

"""A tiny gazetteer in the layout of the shipped one, for tests of look-up and choice."""

from __future__ import annotations

import sqlite3

from geo.model import PlaceKind
from geo.places.folding import fold_name
from geo.places.gazetteer import Gazetteer
from geo.places.rows import SCHEMA

# name, kind, code, latitude, longitude, country, admin1, population, prior, other names by flag
PLACES = (
    ("Ukraine", "country", "PCLI", 49.0, 32.0, "UA", "", 41_000_000, 0.0, {0: ["Україна"], 3: ["Україні"]}),
    ("Russia", "country", "PCLI", 58.0, 45.0, "RU", "", 144_000_000, 0.0, {}),
    ("Donetsk Oblast", "region", "ADM1", 48.0, 37.8, "UA", "05", 4_000_000, 0.5, {1: ["Donetsk region"]}),
    ("Sumy Oblast", "region", "ADM1", 51.2, 33.6, "UA", "21", 1_000_000, 0.5, {1: ["Sumy region"]}),
    ("Kursk Oblast", "region", "ADM1", 51.7, 36.2, "RU", "41", 1_100_000, 0.5, {5: ["курской", "курская"]}),
    ("Kursk", "settlement", "PPLA", 51.73, 36.18, "RU", "41", 448_000, 0.5, {1: ["Koursk"], 3: ["курском"]}),
    ("Sumy", "settlement", "PPLA", 50.92, 34.8, "UA", "21", 256_000, 0.5, {0: ["Суми"], 1: ["Soumy"]}),
    ("Kyiv", "settlement", "PPLC", 50.45, 30.52, "UA", "12", 2_900_000, 0.5, {0: ["Київ"], 1: ["Kiev"]}),
    ("Pokrovsk", "settlement", "PPL", 48.28, 37.18, "UA", "05", 60_000, 0.9, {0: ["Покровськ"]}),
    ("Pokrovsk", "settlement", "PPL", 61.48, 129.13, "RU", "63", 9_800, 0.0, {}),
    ("Engels", "settlement", "PPL", 51.5, 46.12, "RU", "67", 225_000, 0.3, {4: ["Pokrovsk"]}),
    ("Engels air base", "site", "AIRB", 51.48, 46.21, "RU", "67", 0, 0.8, {}),
    ("Dnipro River", "water", "STM", 47.5, 34.3, "UA", "", 0, 0.3, {1: ["Dnieper"]}),
    ("Springfield", "settlement", "PPL", 39.8, -89.64, "US", "IL", 116_000, 0.0, {}),
    ("Springfield", "settlement", "PPL", 37.21, -93.29, "US", "MO", 160_000, 0.0, {}),
)


def make_connection() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(SCHEMA)
    for rowid, (name, kind, code, lat, lon, country, admin1, people, prior, others) in enumerate(
        PLACES, start=1
    ):
        connection.execute(
            "insert into place(rowid, gazetteer, id, name, latitude, longitude, kind, feature_class, feature_code,"
            " country_code, admin1_code, admin2_code, population, coordinate_uncertainty_m, boundary, prior)"
            " values (?, 'sample', ?, ?, ?, ?, ?, 'P', ?, ?, ?, '', ?, 1500, '', ?)",
            (rowid, str(rowid), name, lat, lon, PlaceKind(kind).value, code, country, admin1, people, prior),
        )
        names = {fold_name(other): flag for flag, listed in others.items() for other in listed}
        for folded, flag in (names | {fold_name(name): 0}).items():
            connection.execute("insert into name values (?, ?, ?)", (folded, rowid, flag))
        if code in ("PCLI", "ADM1"):
            unit = country if code == "PCLI" else f"{country}.{admin1}"
            connection.execute("insert into unit values (?, ?, ?, '')", (unit, code, rowid))
    return connection


def make_gazetteer() -> Gazetteer:
    return Gazetteer(make_connection())

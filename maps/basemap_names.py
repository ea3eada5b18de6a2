"""Names on the base map that the shipped sheets do not hold."""

from __future__ import annotations

from typing import Any

from geo.resources import open_database

__all__ = ["list_towns", "list_wide"]

Box = tuple[float, float, float, float]

_LANGUAGES = ("en", "fr", "uk", "ru")
# So many towns at most, the largest first.
_TOWNS = 400
# Least population of each rank, as the shipped sheets have them: 0 is always named, 4 only near by.
_RANKS = (1_000_000, 300_000, 90_000, 25_000)
# Kinds of wide areas with the zooms from which on and up to which they are named.
_ZOOMS = {"country": (3.0, 7.0), "water": (4.0, 9.0), "region": (6.4, 9.5)}


def list_wide(limits: Box, lang: str) -> list[list[Any]]:
    """Return names of countries, seas and regions as [name, longitude, latitude, kind, from zoom, to zoom].

    Raises
    ------
    DataError
        If the gazetteer is missing.
    """
    column = f"name_{lang}" if lang in _LANGUAGES else "name_en"
    query = (
        f"select coalesce(nullif({column}, ''), name), longitude, latitude, kind from place "
        "where kind in ('country', 'region', 'water') and longitude between ? and ? "
        "and latitude between ? and ? "
        "and feature_code in ('PCLI', 'PCL', 'PCLD', 'SEA', 'GULF', 'ADM1') order by kind, name"
    )
    return [
        [name, round(lon, 3), round(lat, 3), kind, *_ZOOMS[kind]]
        for name, lon, lat, kind in _ask(query, (limits[0], limits[2], limits[1], limits[3]))
    ]


def list_towns(limits: Box) -> list[list[Any]]:
    """Return towns in the form of a sheet's ``places``, the largest first.

    Raises
    ------
    DataError
        If the gazetteer is missing.
    """
    query = (
        "select longitude, latitude, population, name, name_fr, name_uk, name_ru from place "
        "where kind = 'settlement' and feature_code <> 'PPLX' and longitude between ? and ? "
        "and latitude between ? and ? order by population desc, name limit ?"
    )
    rows = _ask(query, (limits[0], limits[2], limits[1], limits[3], _TOWNS))
    return [
        [round(lon, 3), round(lat, 3), _rank(population), *(name or "" for name in names)]
        for lon, lat, population, *names in rows
    ]


def _rank(population: int) -> int:
    return next((rank for rank, least in enumerate(_RANKS) if population >= least), len(_RANKS))


def _ask(query: str, values: tuple[float, ...]) -> list[tuple[Any, ...]]:
    connection = open_database("gazetteer.sqlite")
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()

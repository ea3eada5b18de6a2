"""Names on the base map in one language, the most important first, each with the zooms that show it.

A name appears where there is room for it: a country's where it about fits into the country, a town's by its
rank, a quarter's only near by.  Page and picture read this list and leave out what would lie over another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from geo.resources import open_database

__all__ = ["Label", "list_labels", "list_towns", "list_wide", "read_towns"]

Box = tuple[float, float, float, float]

_LANGUAGES = ("en", "fr", "uk", "ru")
# So many towns at most, the largest first.
_TOWNS = 400
# Least population of each rank, as the shipped sheets have them: 0 is always named, 4 only near by.
_RANKS = (1_000_000, 300_000, 90_000, 25_000)
# The zoom from which on a town of a rank is named.
_RANK_ZOOMS = (3.0, 5.0, 6.0, 7.2, 8.6)
# What lies so near a greater town (degrees of latitude) waits: a quarter for `_CLOSE`, a neighbour one step.
_NEAR, _STEP = 0.07, 0.8
# A place that the sheets have no name for in one of their languages is a quarter if a greater one is so near.
_SUBURB = 0.3
# From this zoom on everything is named.
_CLOSE = 10.5
# Twice on one map within so many degrees, a name is the same place twice.
_TWIN = 0.7

# Zooms from which on and up to which names of wide areas stand: never farther out, never nearer by.
_ZOOMS = {"country": (2.5, 7.0), "water": (4.0, 9.0), "region": (6.4, 9.5)}
# Pixels that a letter of such a name takes, and how far it may reach beyond the area.
_LETTER, _SLACK = {"country": 10.5, "region": 6.5}, {"country": 1.6, "region": 1.3}
# Of a country that is wider than its boundary tells (islands elsewhere have its code), by people in it.
_PEOPLED = ((30_000_000, 3.4), (5_000_000, 4.6), (1_000_000, 5.6))


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name; it appears from zoom ``from_zoom`` on, and up to ``to_zoom`` where that is not 0."""

    name: str
    lon: float
    lat: float
    kind: str
    from_zoom: float
    to_zoom: float = 0
    rank: int = 0

    def as_row(self) -> list[Any]:
        """Return it in the form of a sheet's ``names``."""
        return [self.name, self.lon, self.lat, self.kind, self.from_zoom, self.to_zoom]


def list_labels(sheets: Sequence[Mapping[str, Any]], limits: Box, lang: str) -> list[Label]:
    """Return the names of a map in a language, the most important first.

    Parameters
    ----------
    sheets
        Sheets of the base map with their ``places``, the coarse one first; a finer one's count in its box.
    limits
        West, south, east, north in degrees: where countries, seas and regions are named.
    lang
        BCP 47 tag; English where there are no names in it.

    Raises
    ------
    DataError
        If gazetteer or boundaries are missing.
    """
    wide = list_wide(limits, lang)
    first = [label for label in wide if label.kind != "region"]
    return [*first, *read_towns(sheets, lang), *(label for label in wide if label.kind == "region")]


def list_wide(limits: Box, lang: str) -> list[Label]:
    """Return names of countries, seas and regions, the largest countries first.

    Raises
    ------
    DataError
        If gazetteer or boundaries are missing.
    """
    column = f"name_{lang}" if lang in _LANGUAGES else "name_en"
    query = (
        f"select coalesce(nullif({column}, ''), name), longitude, latitude, kind, population, boundary "
        "from place where kind in ('country', 'region', 'water') "
        "and longitude between ? and ? and latitude between ? and ? "
        "and feature_code in ('PCLI', 'PCL', 'PCLD', 'SEA', 'GULF', 'ADM1') "
        # Bases and land that no state claims have no code, and nobody looks for their names.
        "and (kind <> 'country' or (country_code <> '' and population > 0)) "
        "order by kind, population desc, name"
    )
    around = (limits[0], limits[2], limits[1], limits[3])
    widths = _measure_widths(limits)
    return [
        _label_wide(name, (lon, lat), kind, population, widths.get(boundary, 0.0))
        for name, lon, lat, kind, population, boundary in _ask("gazetteer.sqlite", query, around)
    ]


def _measure_widths(limits: Box) -> dict[str, float]:
    """Return how many degrees of longitude countries and regions reach across, by key."""
    query = (
        "select key, maxx - minx from area where kind in ('country', 'admin1') "
        "and maxx > ? and minx < ? and maxy > ? and miny < ?"
    )
    west, south, east, north = limits
    return dict(_ask("boundaries.sqlite", query, (west, east, south, north)))


def _label_wide(name: str, at: tuple[float, float], kind: str, population: int, width: float) -> Label:
    lowest, highest = _ZOOMS[kind]
    fits = _find_zoom(len(name) * _LETTER[kind], width * _SLACK[kind]) if kind in _LETTER else lowest
    if kind == "country":
        fits = min(fits, next((zoom for least, zoom in _PEOPLED if population >= least), 99.0))
    shown = min(max(fits, lowest), highest + 1.5)
    return Label(
        name=name,
        lon=round(at[0], 3),
        lat=round(at[1], 3),
        kind=kind,
        from_zoom=round(shown, 1),
        to_zoom=round(max(highest, shown + 2), 1),
    )


def _find_zoom(pixels: float, degrees: float) -> float:
    """Return the zoom of a web map at which so many degrees of longitude are so many pixels."""
    return math.log2(360 * pixels / (256 * degrees)) if degrees > 0 else 99.0


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
    rows = _ask("gazetteer.sqlite", query, (limits[0], limits[2], limits[1], limits[3], _TOWNS))
    return [
        [round(lon, 3), round(lat, 3), _rank(population), *(name or "" for name in names)]
        for lon, lat, population, *names in rows
    ]


def _rank(population: int) -> int:
    return next((rank for rank, least in enumerate(_RANKS) if population >= least), len(_RANKS))


def _ask(database: str, query: str, values: tuple[float, ...]) -> list[tuple[Any, ...]]:
    connection = open_database(database)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def read_towns(sheets: Sequence[Mapping[str, Any]], lang: str) -> list[Label]:
    """Return the towns on the sheets in a language, the greatest first, quarters named only near by."""
    towns: list[tuple[Label, bool]] = []
    for sheet in sheets:
        if "bbox" in sheet:
            west, south, east, north = sheet["bbox"]
            towns = [one for one in towns if not (west < one[0].lon < east and south < one[0].lat < north)]
            towns += _read_places(sheet.get("places", []), lang)
    return list(_put_off(sorted(towns, key=lambda one: one[0].rank)))


def _read_places(places: Iterable[Sequence[Any]], lang: str) -> Iterator[tuple[Label, bool]]:
    """Yield each town and whether it has a name in every language of the sheets."""
    column = _LANGUAGES.index(lang) if lang in _LANGUAGES else 0
    for lon, lat, rank, *names in places:
        kind = "city" if rank < 2 else "town"
        zoom = _RANK_ZOOMS[min(rank, len(_RANK_ZOOMS) - 1)]
        label = Label(name=names[column] or names[0], lon=lon, lat=lat, kind=kind, from_zoom=zoom, rank=rank)
        yield label, bool(names[2])


def _put_off(towns: Iterable[tuple[Label, bool]]) -> Iterator[Label]:
    """Let what lies beside a greater name wait until the map is near; leave out what is told twice."""
    cells: dict[tuple[int, int], list[Label]] = {}
    for town, is_known in towns:
        around = list(_list_around(cells, town))
        if any(other.name == town.name and _measure(other, town) < _TWIN for other in around):
            continue
        cells.setdefault(_find_cell(town), []).append(town)
        yield replace(town, from_zoom=max(town.from_zoom, _delay(town, around, is_known=is_known)))


def _delay(town: Label, around: Sequence[Label], *, is_known: bool) -> float:
    """Return the zoom that a town beside a greater one waits for; 0 where there is none."""
    near = [other for other in around if _measure(other, town) < (_NEAR if is_known else _SUBURB)]
    step = town.rank - min((other.rank for other in near), default=town.rank + 1)
    if step >= (2 if is_known else 0):
        return _CLOSE
    return town.from_zoom + _STEP if step == 1 else 0.0


def _find_cell(label: Label) -> tuple[int, int]:
    return int(label.lon // _TWIN), int(label.lat // _TWIN)


def _list_around(cells: Mapping[tuple[int, int], list[Label]], town: Label) -> Iterator[Label]:
    column, row = _find_cell(town)
    # Towards the poles a degree of longitude is shorter than a cell.
    for dx in (-2, -1, 0, 1, 2):
        for dy in (-1, 0, 1):
            yield from cells.get((column + dx, row + dy), ())


def _measure(one: Label, other: Label) -> float:
    """Return how far two names are apart, in degrees of latitude."""
    across = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return math.hypot(across, one.lat - other.lat)

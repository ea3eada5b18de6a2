"""Names on a picture's base map, most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Label", "list_labels"]

_LANGUAGES = ("en", "fr", "uk", "ru")
# The zoom from which on a town of a rank is named.
_RANK_ZOOMS = (3.0, 5.0, 6.0, 7.2, 8.6)
# Quarters of a city are not named beside it: so near (degrees) a lesser name gives way to a greater.
_NEAR = 0.07


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


def list_labels(sheets: Sequence[Mapping[str, Any]], lang: str) -> list[Label]:
    """Return the names on the sheets of a base map in a language, most important first."""
    wide = [Label(name=n, lon=x, lat=y, kind=kind, from_zoom=a, to_zoom=b)
            for sheet in sheets for n, x, y, kind, a, b in sheet.get("names", [])]  # fmt: skip
    towns: list[Label] = []
    for sheet in sheets:
        if "bbox" in sheet:
            west, south, east, north = sheet["bbox"]
            towns = [t for t in towns if not (west < t.lon < east and south < t.lat < north)]
            towns += _read_towns(sheet.get("places", []), lang)
    towns = list(_thin(sorted(towns, key=lambda town: town.rank)))
    first = [label for label in wide if label.kind != "region"]
    return [*first, *towns, *(label for label in wide if label.kind == "region")]


def _read_towns(places: Iterable[Sequence[Any]], lang: str) -> Iterator[Label]:
    column = _LANGUAGES.index(lang) if lang in _LANGUAGES else 0
    for lon, lat, rank, *names in places:
        kind = "city" if rank < 2 else "town"
        zoom = _RANK_ZOOMS[min(rank, len(_RANK_ZOOMS) - 1)]
        yield Label(name=names[column] or names[0], lon=lon, lat=lat, kind=kind, from_zoom=zoom, rank=rank)


def _thin(towns: Iterable[Label]) -> Iterator[Label]:
    """Leave out what lies beside a greater name."""
    cells: dict[tuple[int, int], int] = {}
    for town in towns:
        column, row = int(town.lon // _NEAR), int(town.lat // _NEAR)
        around = [cells.get((column + dx, row + dy), 9) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if min(around) >= town.rank:
            cells[column, row] = min(cells.get((column, row), 9), town.rank)
            yield town

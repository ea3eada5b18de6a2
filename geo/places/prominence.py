"""How well known the places of a name are."""

from __future__ import annotations

import math
from functools import lru_cache

from geo.model import PlaceKind
from geo.places.gazetteer import HISTORICAL, Entry

__all__ = ["rate_prominence"]

_WEAK_FLAGS = {HISTORICAL: 0.6}
_LOG_POPULATION_FULL = 6.0  # a million people and more: as prominent as a name can be


@lru_cache(maxsize=20_000)
def rate_prominence(entries: tuple[Entry, ...]) -> float:
    """Return how well known the best place of a name is, 0 to 1."""
    return max((_rate_entry(entry) for entry in entries), default=0.0)


def _rate_entry(entry: Entry) -> float:
    if entry.own or entry.place.kind is PlaceKind.COUNTRY:
        return 1.0
    base = 0.25
    if entry.place.kind in (PlaceKind.REGION, PlaceKind.AREA, PlaceKind.SITE, PlaceKind.WATER):
        base = 0.6
    if entry.place.population > 0:
        base = max(base, math.log10(entry.place.population) / _LOG_POPULATION_FULL)
    return min(1.0, max(base, entry.prior)) * _WEAK_FLAGS.get(entry.flag, 1.0)

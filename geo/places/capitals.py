"""National capitals: towns whose names stand for governments too."""

from __future__ import annotations

import csv
import io
from functools import lru_cache

from geo.kinds import PlaceKind
from geo.resources import read_bytes

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from geo.model import Place

__all__ = ["is_capital"]


@lru_cache(maxsize=1)
def _read_capitals() -> frozenset[tuple[str, str]]:
    rows = csv.DictReader(io.StringIO(read_bytes("curated/capitals.csv").decode("utf-8")))
    return frozenset((row["gazetteer"], row["id"]) for row in rows)


def is_capital(place: Place) -> bool:
    """Tell whether a place is the capital of a country."""
    if place.kind is not PlaceKind.SETTLEMENT:
        return False
    return place.feature_code == "PPLC" or (place.gazetteer, place.id) in _read_capitals()

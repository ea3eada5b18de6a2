"""How near a place lies to where wars are fought now: by the points of the hand-made table of directions."""

from __future__ import annotations

import csv
import io
import math
from functools import lru_cache

from geo.places.evidence import KM_PER_DEGREE, measure_points_km
from geo.resources import read_bytes

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from geo.model import Place

__all__ = ["rate_nearness"]

# Weight falls to 1/e so far from a direction's point; beyond the box it is nothing.
_REACH_KM = 80.0
_BOX_DEGREES = 3.0


@lru_cache(maxsize=1)
def _read_points() -> tuple[tuple[float, float], ...]:
    rows = csv.DictReader(io.StringIO(read_bytes("curated/axes.csv").decode("utf-8")))
    return tuple((float(row["latitude"]), float(row["longitude"])) for row in rows)


@lru_cache(maxsize=1)
def _find_reach() -> tuple[float, float, float, float]:
    """Return the south, north, west and east, degrees, beyond which no point of a front is near."""
    latitudes, longitudes = zip(*_read_points(), strict=True)
    high = _REACH_KM * _BOX_DEGREES / KM_PER_DEGREE
    south, north = min(latitudes) - high, max(latitudes) + high
    wide = high / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.01)
    return south, north, min(longitudes) - wide, max(longitudes) + wide


def rate_nearness(place: Place) -> float:
    """Return 1 at a front's point, falling with distance, 0 far from every front."""
    south, north, west, east = _find_reach()
    if not (south <= place.latitude <= north and west <= place.longitude <= east):
        return 0.0
    near = [
        measure_points_km(latitude, longitude, place.latitude, place.longitude)
        for latitude, longitude in _read_points()
        if abs(latitude - place.latitude) < _BOX_DEGREES
    ]
    best = min(near, default=math.inf)
    return math.exp(-best / _REACH_KM) if best < _REACH_KM * _BOX_DEGREES else 0.0

"""Directions that general staffs name after a city: where on the ground they are."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache

from geo.places.folding import fold_name
from geo.projection import measure_distance_km
from geo.resources import read_bytes

__all__ = ["Axis", "find_axis", "read_axes"]

# A city farther than this from the row of its name is a namesake.
_NAMESAKE_KM = 200.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Axis:
    """A named direction: middle in degrees, WGS 84, and radius in kilometres."""

    name: str
    country_code: str
    latitude: float
    longitude: float
    radius_km: float


@lru_cache(maxsize=1)
def read_axes() -> dict[str, Axis]:
    """Return the known directions by their folded English names."""
    rows = csv.DictReader(io.StringIO(read_bytes("curated/axes.csv").decode("utf-8")))
    return {
        fold_name(name): Axis(
            name=row["names"].split("|")[0],
            country_code=row["country_code"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            radius_km=float(row["radius_km"]),
        )
        for row in rows
        for name in row["names"].split("|")
    }


def find_axis(name: str, longitude: float, latitude: float) -> Axis | None:
    """Return the direction named after a place in degrees, or None if it is not a known one."""
    axis = read_axes().get(fold_name(name))
    if axis is None or measure_distance_km(longitude, latitude, axis.longitude, axis.latitude) > _NAMESAKE_KM:
        return None
    return axis

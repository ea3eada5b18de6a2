"""Factors between units, and compass words as degrees; nothing here knows of geometry."""

from __future__ import annotations

from types import MappingProxyType

from geo.errors import GeometryError

__all__ = [
    "BEARINGS",
    "KM2_PER_UNIT",
    "KM_PER_UNIT",
    "LEAST_KM_PER_DEGREE",
    "M2_PER_KM2",
    "M_PER_KM",
    "find_bearing",
]

M_PER_KM = 1_000.0
M2_PER_KM2 = 1_000_000.0
# The shortest degree of latitude (110.574 km, on the equator of WGS 84), rounded down: a reach that it turns
# into degrees never falls short.
LEAST_KM_PER_DEGREE = 110.5

# International foot of 1959: 0.3048 m exactly; the nautical mile is 1,852 m (BIPM, SI Brochure, table 8).
KM_PER_UNIT = MappingProxyType(
    {"km": 1.0, "m": 0.001, "mile": 1.609344, "nautical_mile": 1.852, "verst": 1.0668}
)
KM2_PER_UNIT = MappingProxyType({"km2": 1.0, "m2": 1e-6, "hectare": 0.01, "square_mile": 2.589988110336})

# Degrees clockwise from north.
BEARINGS = MappingProxyType(
    {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
)


def find_bearing(direction: str) -> float:
    """Return the bearing of a compass direction, degrees clockwise from north.

    Raises
    ------
    GeometryError
        If the direction is none of N, NE, E, SE, S, SW, W, NW.
    """
    try:
        return BEARINGS[direction]
    except KeyError:
        raise GeometryError(
            f"direction {direction!r} has no bearing; use one of {', '.join(BEARINGS)}"
        ) from None

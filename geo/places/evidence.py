"""Pieces of evidence for one place of a name: each a number and the words that say why."""

from __future__ import annotations

import math

from geo.kinds import PlaceKind
from geo.places.capitals import is_capital
from geo.places.gazetteer import (
    ADJECTIVE,
    CASE_FORM,
    CURRENT_NAME,
    HISTORICAL,
    NICKNAME,
    PRIMARY,
    TRANSLITERATION,
    Entry,
)

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from geo.model import Place

__all__ = ["Scored", "Weights", "is_inside", "measure_km", "measure_points_km", "rate_entry", "squash"]

KM_PER_DEGREE = 111.195  # mean radius 6371.0088 km (IUGG 1980)

_FLAG_WORDS = {
    PRIMARY: "primary name",
    CURRENT_NAME: "alias",
    TRANSLITERATION: "transliteration",
    CASE_FORM: "case form",
    HISTORICAL: "historical name",
    ADJECTIVE: "adjective of the name",
    NICKNAME: "nickname",
}


class Weights:
    """How much each piece of evidence weighs; set by hand on benchmarks/places.py.

    ``Weights(near=0.5)`` changes one of them.

    Attributes
    ----------
    flags
        By what the name is to the place (``PRIMARY`` ... ``NICKNAME``).
    population
        Of a city of ten million; others by the logarithm of their population.
    prior
        Of a place that reports of war often mean.
    kind_fits, kind_differs
        Where the words around say what it is.
    city
        Of a city where the words around say village.
    inside, outside
        Where a unit is named beside it.
    framed
        Where a unit opens its sentence; half of it where the unit stands elsewhere before it, and again in
        the sentences after.
    near, same_unit, same_country, lonely
        By the other places of the report.
    front, past_front
        Of a settlement at today's front, by the table of directions; at that of an older report's time.
    own
        Of a place that the user added.
    """

    flags: tuple[float, ...] = (0.30, 0.24, 0.22, 0.27, 0.05, 0.20, 0.28)
    population: float = 0.45
    prior: float = 0.42
    kind_fits: float = 0.25
    kind_differs: float = -0.45
    city: float = -0.45
    inside: float = 0.55
    outside: float = -0.45
    framed: float = 0.6
    near: float = 0.40
    same_country: float = 0.50
    same_unit: float = 0.15
    lonely: float = -0.10
    front: float = 0.20
    past_front: float = 0.50
    own: float = 1.0

    def __init__(self, **changed: float | tuple[float, ...]) -> None:
        unknown = sorted(changed.keys() - type(self).__annotations__.keys())
        if unknown:
            raise TypeError(f"no weight {unknown[0]!r}; there are {', '.join(type(self).__annotations__)}")
        for name, value in changed.items():
            setattr(self, name, value)


class Scored:
    """A place with its score so far and the reasons."""

    __slots__ = ("entry", "score", "why")

    def __init__(self, entry: Entry, score: float, why: list[str]) -> None:
        self.entry, self.score, self.why = entry, score, why

    @property
    def place(self) -> Place:
        """Return the place."""
        return self.entry.place

    def copy(self) -> Scored:
        """Return a copy that can be scored on."""
        return Scored(self.entry, self.score, list(self.why))

    def add(self, amount: float, why: str) -> None:
        """Add one piece of evidence."""
        self.score += amount
        self.why.append(why)


def squash(score: float) -> float:
    """Bring a sum of evidence into 0 to 1, growing; a name and nothing else gives about 0.5."""
    return round(1.0 / (1.0 + math.exp(-4.0 * (score - 0.28))), 4)


def measure_km(first: Place, second: Place) -> float:
    """Return the distance between two places, kilometres, good to a few per cent below 2,000 km."""
    return measure_points_km(first.latitude, first.longitude, second.latitude, second.longitude)


def measure_points_km(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Return the distance between two points in degrees, kilometres, as `measure_km` does."""
    east = (other_longitude - longitude + 180.0) % 360.0 - 180.0
    east *= math.cos(math.radians((latitude + other_latitude) / 2.0))
    return math.hypot(other_latitude - latitude, east) * KM_PER_DEGREE


# Kinds that a hint may mean besides itself, with their share of the full weight.
_KIN = {
    (PlaceKind.REGION, PlaceKind.AREA): 0.5,
    (PlaceKind.AREA, PlaceKind.REGION): 0.5,
    (PlaceKind.AREA, PlaceKind.SITE): 0.5,
    (PlaceKind.SITE, PlaceKind.AREA): 0.2,
    (PlaceKind.SITE, PlaceKind.SETTLEMENT): 0.0,
    (PlaceKind.SITE, PlaceKind.REGION): 0.0,
    (PlaceKind.SITE, PlaceKind.DISTRICT): 0.0,
    (PlaceKind.SITE, PlaceKind.COUNTRY): 0.0,
    (PlaceKind.DISTRICT, PlaceKind.REGION): -0.5,
}


def rate_entry(entry: Entry, hint: PlaceKind | None, weights: Weights) -> Scored:
    """Rate a place by itself: name, population, prior, kind; context comes later."""
    place = entry.place
    scored = Scored(entry, 0.0, [])
    scored.add(weights.flags[entry.flag], _FLAG_WORDS[entry.flag])
    if entry.own:
        scored.add(weights.own, "own place")
    if place.population > 0:
        scored.add(
            weights.population * min(1.0, math.log10(place.population) / 7.0),
            f"population {place.population:,}",
        )
    if entry.prior > 0.0:
        scored.add(weights.prior * entry.prior, "often reported")
    _rate_kind(scored, hint, weights)
    return scored


# GeoNames' feature codes of what is as well known as a country.
_CONTINENTS = ("CONT", "OCN")


def _rate_kind(scored: Scored, hint: PlaceKind | None, weights: Weights) -> None:
    kind = scored.place.kind
    if hint is None:
        if kind is PlaceKind.COUNTRY:
            scored.add(1.4 * weights.kind_fits, "country")
        elif scored.place.feature_code in _CONTINENTS:
            scored.add(weights.kind_fits, "continent or ocean")
        elif kind is PlaceKind.SETTLEMENT and is_capital(scored.place):
            scored.add(weights.kind_fits * 0.5, "capital")
        return
    if hint is kind:
        scored.add(weights.kind_fits, f"named as {kind.value}")
        return
    share = _KIN.get((hint, kind))
    if share is None:
        scored.add(weights.kind_differs, f"named as {hint.value}, is {kind.value}")
    elif share:
        scored.add(weights.kind_fits * share, f"named as {hint.value}, is {kind.value}")


# A district without polygons at hand is taken to reach so far from its point.
_DISTRICT_REACH_KM = 60.0


def is_inside(place: Place, unit: Place) -> bool:
    """Tell whether a place lies in a unit, by their codes (by distance where a code is missing)."""
    if place.country_code != unit.country_code:
        return False
    if unit.kind is PlaceKind.COUNTRY:
        return True
    if unit.kind is PlaceKind.DISTRICT and unit.admin2_code and place.admin2_code:
        return (place.admin1_code, place.admin2_code) == (unit.admin1_code, unit.admin2_code)
    if unit.kind is PlaceKind.DISTRICT:
        return measure_km(place, unit) <= _DISTRICT_REACH_KM
    if unit.kind is PlaceKind.REGION and unit.admin1_code:
        # Counties and departments stand below what GeoNames has for its first level.
        return unit.admin1_code in (place.admin1_code, place.admin2_code)
    return measure_km(place, unit) <= 2.0 * _DISTRICT_REACH_KM

"""Small places far from everything else that a report names: more likely another place, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Candidate, Place, PlaceKind, Resolution
from geo.places.evidence import measure_km

__all__ = ["leave_strays"]

# A namesake so far from all else, in a country that the report does not speak of, was never the right one in
# 240 labelled reports (19 of 19 were wrong).
_FAR_KM = 500.0
# Places of so many people are named without their surroundings.
_WELL_KNOWN = 100_000
_LEAST_OTHERS = 2
# The point of a country says little of how far the report reaches.
_WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.AREA, PlaceKind.WATER})
_HAND_MADE = "curated"


def leave_strays(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions, no place chosen where a small one lies far from all others of its report.

    The place that was chosen stays the first of the alternatives.
    """
    places = {resolution.place.id: resolution.place for resolution in resolutions if resolution.place}
    named = list(places.values())
    return tuple(_leave(resolution, named) for resolution in resolutions)


def _leave(resolution: Resolution, places: Sequence[Place]) -> Resolution:
    place = resolution.place
    if place is None or _is_known(place):
        return resolution
    if any(other.country_code == place.country_code for other in places if other.id != place.id):
        return resolution
    others = [other for other in places if other.id != place.id and other.kind not in _WIDE]
    if len(others) < _LEAST_OTHERS:
        return resolution
    nearest_km = min(measure_km(place, other) for other in others)
    if nearest_km < _FAR_KM:
        return resolution
    chosen = Candidate(place=place, score=resolution.score, why=resolution.why)
    why = f"{place.name} lies {nearest_km:,.0f} km from every other place of the report"
    return replace(
        resolution, place=None, why=(why,), alternatives=(chosen, *resolution.alternatives), others=()
    )


def _is_known(place: Place) -> bool:
    """Tell whether a place is one that is named without its surroundings."""
    small = place.kind in {PlaceKind.SETTLEMENT, PlaceKind.SITE, PlaceKind.DISTRICT}
    return not small or place.population >= _WELL_KNOWN or place.gazetteer == _HAND_MADE

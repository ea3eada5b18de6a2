"""A rough place for mentions that have none, when every mention is counted; never for a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.model import Place, PlaceKind, Resolution
from geo.places.evidence import measure_km

__all__ = ["guess_places"]

# Names stand beside others of their surroundings; this far off is what a guess is good to.
_GUESS_RADIUS_M = 150_000.0
_GUESS_SCORE = 0.1
# A namesake below the threshold is taken where it lies so near to what is named beside it.
_NEAR_KM = 300.0
# The first of namesakes that tie is as good as the others.
_LIKELY = 0.5
_NARROW = frozenset({PlaceKind.SETTLEMENT, PlaceKind.SITE, PlaceKind.DISTRICT, PlaceKind.REGION})


def guess_places(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the resolutions, each one without a place given a likely namesake or its neighbour's place.

    A guess has the gazetteer ``guess``, a radius of 150 km and the lowest score.
    """
    known = [(one.toponym.span.start, one.place) for one in resolutions if one.place is not None]
    narrow = [(start, place) for start, place in known if place.kind in _NARROW]
    return tuple(one if one.place is not None else _guess(one, narrow or known) for one in resolutions)


def _guess(resolution: Resolution, known: Sequence[tuple[int, Place]]) -> Resolution:
    start = resolution.toponym.span.start
    beside = min(known, key=lambda pair: abs(pair[0] - start))[1] if known else None
    best = resolution.alternatives[0] if resolution.alternatives else None
    if best is not None and (
        beside is None or best.score >= _LIKELY or measure_km(best.place, beside) <= _NEAR_KM
    ):
        return replace(resolution, place=best.place, score=_GUESS_SCORE, why=(*resolution.why, "best guess"))
    if beside is None:
        return resolution
    place = Place(
        gazetteer="guess",
        id=f"beside-{beside.gazetteer}-{beside.id}",
        name=resolution.toponym.name,
        latitude=beside.latitude,
        longitude=beside.longitude,
        kind=PlaceKind.AREA,
        country_code=beside.country_code,
        admin1_code=beside.admin1_code,
        coordinate_uncertainty_m=_GUESS_RADIUS_M,
    )
    why = (*resolution.why, f"named beside {beside.name}")
    return replace(resolution, place=place, score=_GUESS_SCORE, why=why)

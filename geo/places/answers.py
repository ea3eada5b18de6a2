"""A place as an answer: flat values for JSON, for geopy's ``raw`` and for tables."""

from __future__ import annotations

from geo.kinds import PlaceKind

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from geo.model import Candidate, Place
    from geo.places.gazetteer import Gazetteer

__all__ = ["describe_candidate", "describe_place", "describe_precision"]


def describe_candidate(candidate: Candidate, gazetteer: Gazetteer | None = None) -> dict[str, Any]:
    """Return a place with its score and reasons as flat values.

    Parameters
    ----------
    candidate
        The place, its score and why.
    gazetteer
        Where the units above it are looked up; left out if None.

    Returns
    -------
    dict
        ``latitude`` and ``longitude`` in degrees, ``coordinate_uncertainty_m`` in metres, ``within`` the
        units above, smallest first, ``geo_precision`` (ACLED) and ``where_prec`` (UCDP).
    """
    return describe_place(candidate.place, candidate.score, candidate.why, gazetteer)


def describe_place(
    place: Place, score: float, why: Sequence[str], gazetteer: Gazetteer | None = None
) -> dict[str, Any]:
    """Return a place with its score and reasons as flat values (`describe_candidate`)."""
    geo_precision, where_prec = describe_precision(place)
    parents = gazetteer.find_parents(place) if gazetteer is not None else ()
    return {
        "name": place.name,
        "latitude": round(place.latitude, 6),
        "longitude": round(place.longitude, 6),
        "feature_class": place.feature_class,
        "feature_code": place.feature_code,
        "country_code": place.country_code,
        "admin1_code": place.admin1_code,
        "gazetteer": place.gazetteer,
        "id": place.id,
        "coordinate_uncertainty_m": place.coordinate_uncertainty_m,
        "score": score,
        "why": list(why),
        "kind": place.kind.value,
        "within": [parent.name for parent in parents],
        "population": place.population,
        "geo_precision": geo_precision,
        "where_prec": where_prec,
    }


# ACLED Codebook, "Geo-precision": 1 a particular town, 2 a part of a region, 3 a region.
# UCDP GED Codebook, "where_prec": 1 exact, 2 within about 25 km, 3 second-level unit, 4 first-level unit,
# 5 part of a country or a line, 6 country.
_PRECISIONS = {
    PlaceKind.SITE: (1, 1),
    PlaceKind.SETTLEMENT: (1, 1),
    PlaceKind.DISTRICT: (2, 3),
    PlaceKind.REGION: (3, 4),
    PlaceKind.AREA: (3, 5),
    PlaceKind.WATER: (3, 5),
    PlaceKind.COUNTRY: (3, 6),
}
_EXACT_RADIUS_M = 10_000.0


def describe_precision(place: Place) -> tuple[int, int]:
    """Return the precision codes of a place by itself: ACLED ``geo_precision`` and UCDP ``where_prec``."""
    codes = _PRECISIONS[place.kind]
    return (2, 2) if codes == (1, 1) and place.coordinate_uncertainty_m > _EXACT_RADIUS_M else codes

"""A place as an answer: flat values for JSON, for geopy's ``raw`` and for tables."""

from __future__ import annotations

from typing import Any

from geo.model import Candidate
from geo.places.gazetteer import Gazetteer
from geo.places.lookup import describe_precision

__all__ = ["describe_candidate"]


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
    place = candidate.place
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
        "score": candidate.score,
        "why": list(candidate.why),
        "kind": place.kind.value,
        "within": [parent.name for parent in parents],
        "population": place.population,
        "geo_precision": geo_precision,
        "where_prec": where_prec,
    }

"""What a set of reports tells about who holds what, for shapes that grow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.model import Claim, Kind, PlaceKind, Status

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["ZoneContext", "gather_context"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneContext:
    """What is known beside the claim that is drawn.

    Attributes
    ----------
    held
        Settlements that a side holds or has entered, as (longitude, latitude) in degrees, by the side's
        ISO 3166 alpha-3 code.
    zones
        What a side holds by an assessment that the user brought, EPSG:4326, by the same code.
    front
        The front line, EPSG:4326, or None where it is not known.
    """

    held: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    zones: Mapping[str, BaseGeometry] = field(default_factory=dict)
    front: BaseGeometry | None = None


def gather_context(claims: Iterable[Claim]) -> ZoneContext:
    """Return which settlements the claims of one or more reports put in whose hands.

    Taken as so, never from what is expected or denied; a place that a side has left counts no more.
    """
    held: dict[str, dict[str, tuple[float, float]]] = {}
    for claim in claims:
        place = claim.place.place
        if place is None or claim.status is not Status.REPORTED or place.kind is not PlaceKind.SETTLEMENT:
            continue
        for actor in claim.actors:
            places = held.setdefault(actor, {})
            if claim.kind in {Kind.CONTROL, Kind.ADVANCE}:
                places[place.id] = (place.longitude, place.latitude)
            elif claim.kind is Kind.WITHDRAWAL:
                places.pop(place.id, None)
    return ZoneContext(held={actor: tuple(places.values()) for actor, places in held.items() if places})

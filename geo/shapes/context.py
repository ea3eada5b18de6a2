"""What a set of reports tells about who holds what, for shapes that grow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.model import Claim, Kind, Place, PlaceKind, Status

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["HeldPlace", "ZoneContext", "gather_context"]

# What a side was said to hold longer ago does not tell where its zone is now.
MEMORY_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldPlace:
    """A settlement in a side's hands: degrees, the day that is spoken of (None if not told), the report."""

    longitude: float
    latitude: float
    as_of: date | None = None
    report_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ZoneContext:
    """What is known beside the claim that is drawn.

    Attributes
    ----------
    held
        Settlements that a side holds or has entered, by the side's ISO 3166 alpha-3 code.
    zones
        What a side holds by an assessment that the user brought, EPSG:4326, by the same code.
    front
        The front line, EPSG:4326, or None where it is not known.
    """

    held: Mapping[str, tuple[HeldPlace, ...]] = field(default_factory=dict)
    zones: Mapping[str, BaseGeometry] = field(default_factory=dict)
    front: BaseGeometry | None = None

    def list_held(self, side: str, claim: Claim) -> list[tuple[float, float]]:
        """Return what a side holds as far as a claim can know: from its own report, or somewhat earlier."""
        day = claim.time.end or claim.time.start
        return [
            (place.longitude, place.latitude)
            for place in self.held.get(side, ())
            if place.report_id == claim.report_id or _is_recent(place.as_of, day)
        ]


def _is_recent(as_of: date | None, day: date | None) -> bool:
    if as_of is None or day is None:
        return False
    return timedelta(0) <= day - as_of <= timedelta(days=MEMORY_DAYS)


def gather_context(claims: Iterable[Claim]) -> ZoneContext:
    """Return which settlements the claims of one or more reports put in whose hands.

    Taken as so, never from what is expected or denied; a place that a side has left counts no more.
    """
    held: dict[str, dict[str, HeldPlace]] = {}
    for claim in sorted(claims, key=lambda one: one.time.end or one.time.start or date.min):
        place = claim.place.place
        if place is None or claim.status is not Status.REPORTED or place.kind is not PlaceKind.SETTLEMENT:
            continue
        for actor in claim.actors:
            _note(held.setdefault(actor, {}), claim, place)
    return ZoneContext(held={actor: tuple(places.values()) for actor, places in held.items() if places})


def _note(places: dict[str, HeldPlace], claim: Claim, place: Place) -> None:
    """Add or remove what one claim tells of a side's settlements."""
    if claim.kind in {Kind.CONTROL, Kind.ADVANCE}:
        places[place.id] = HeldPlace(
            longitude=place.longitude,
            latitude=place.latitude,
            as_of=claim.time.end or claim.time.start,
            report_id=claim.report_id,
        )
    elif claim.kind is Kind.WITHDRAWAL:
        places.pop(place.id, None)

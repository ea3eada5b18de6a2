"""What a set of reports tells about who holds what, for shapes that grow from it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geo.claims.parties import list_sides
from geo.model import Claim, Course, Kind, Place, PlaceKind, RelationKind, Status
from geo.shapes.boundaries import read_country_codes

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["HeldPlace", "ZoneContext", "gather_context"]

# What a side was said to hold longer ago does not tell where its zone is now.
MEMORY_DAYS = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldPlace:
    """A settlement in a side's hands: degrees, the first and the last day that is told of it, the reports."""

    longitude: float
    latitude: float
    since: date | None = None
    as_of: date | None = None
    reports: AbstractSet[str] = frozenset()


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
        The front line of that assessment, EPSG:4326, or None where it is not known.
    as_of
        The day of that assessment; None where it has none, and then it counts for every claim.
    bases
        Settlements that a side is said to hold, or to set out from, by the same code: without those that it
        has only entered.
    passed
        Places that a course named in words sets out from or goes through: report, start of the quote, and the
        place's identifier.  An advance there needs no line of its own.
    """

    held: Mapping[str, tuple[HeldPlace, ...]] = field(default_factory=dict)
    zones: Mapping[str, BaseGeometry] = field(default_factory=dict)
    front: BaseGeometry | None = None
    as_of: date | None = None
    bases: Mapping[str, tuple[HeldPlace, ...]] = field(default_factory=dict)
    passed: frozenset[tuple[str, int, str]] = frozenset()

    def is_passed(self, claim: Claim) -> bool:
        """Tell whether another claim's course runs through the place of a claim."""
        place = claim.place.place
        return place is not None and (claim.report_id, claim.quote.start, place.id) in self.passed

    def find_zones(self, claim: Claim) -> list[BaseGeometry]:
        """Return what the sides of a claim hold by the assessment, if that is of about the claim's day."""
        if not self._is_timely(claim):
            return []
        return [zone for side in list_sides(claim) if (zone := self.zones.get(side)) is not None]

    def find_front(self, claim: Claim) -> BaseGeometry | None:
        """Return the front of the assessment, if that is of about the claim's day."""
        return self.front if self._is_timely(claim) else None

    def list_facing(self, claim: Claim, country_code: str) -> list[tuple[float, float]]:
        """Return where others than a country's own side stand, by what a claim can know, degrees."""
        homes = read_country_codes()
        sides = (side for side in self.bases if homes.get(side) != country_code)
        return [xy for side in sides for xy in self.list_bases(side, claim)]

    def _is_timely(self, claim: Claim) -> bool:
        day = claim.time.end or claim.time.start
        if self.as_of is None or day is None:
            return True
        return abs(day - self.as_of) <= timedelta(days=MEMORY_DAYS)

    def list_held(self, side: str, claim: Claim) -> list[tuple[float, float]]:
        """Return what a side holds as far as a claim can know: from its own report, or somewhat earlier."""
        return _list_known(self.held.get(side, ()), claim)

    def list_bases(
        self, side: str, claim: Claim, south: float = -90.0, north: float = 90.0
    ) -> list[tuple[float, float]]:
        """Return where an advance of a side can set out as far as its claim can know, degrees.

        Only what lies between two latitudes: a side may hold thousands of settlements.
        """
        near = (place for place in self.bases.get(side, ()) if south <= place.latitude <= north)
        return _list_known(near, claim)


def _list_known(places: Iterable[HeldPlace], claim: Claim) -> list[tuple[float, float]]:
    day = claim.time.end or claim.time.start
    return [
        (place.longitude, place.latitude)
        for place in places
        if claim.report_id in place.reports or _is_known(place, day)
    ]


def _is_known(place: HeldPlace, day: date | None) -> bool:
    """Tell whether a place was told to be held by a day, and not too long before it."""
    if place.since is None or place.as_of is None or day is None:
        return False
    return place.since <= day and day - place.as_of <= timedelta(days=MEMORY_DAYS)


def gather_context(claims: Iterable[Claim], assessed: ZoneContext = ZoneContext()) -> ZoneContext:
    """Return which settlements the claims of one or more reports put in whose hands.

    Taken as so, never from what is expected or denied; a place that a side has left counts no more.

    Parameters
    ----------
    claims
        In any order.
    assessed
        Zones, front and day of an assessment that the user brought.
    """
    held: dict[str, dict[str, HeldPlace]] = {}
    bases: dict[str, dict[str, HeldPlace]] = {}
    known = tuple(claims)
    for claim in sorted(known, key=lambda one: one.time.end or one.time.start or date.min):
        if claim.status is not Status.REPORTED:
            continue
        for side in list_sides(claim):
            _note(held.setdefault(side, {}), claim, {Kind.CONTROL, Kind.ADVANCE})
            _note(bases.setdefault(side, {}), claim, {Kind.CONTROL})
    passed = frozenset(key for claim in known for key in _list_passed(claim))
    return replace(assessed, held=_freeze(held), bases=_freeze(bases), passed=passed)


def _list_passed(claim: Claim) -> list[tuple[str, int, str]]:
    course = _read_course(claim)
    if course is None or course.aim is None:
        return []
    places = [one.place for one in (course.start, *course.way) if one is not None]
    return [(claim.report_id, claim.quote.start, place.id) for place in places if place is not None]


def _read_course(claim: Claim) -> Course | None:
    """Return the course of an advance: whither others withdraw puts nothing in anybody's hands."""
    return claim.course if claim.kind is Kind.ADVANCE else None


def _freeze(held: Mapping[str, Mapping[str, HeldPlace]]) -> dict[str, tuple[HeldPlace, ...]]:
    return {actor: tuple(places.values()) for actor, places in held.items() if places}


def _note(places: dict[str, HeldPlace], claim: Claim, kinds: Container[Kind]) -> None:
    """Add or remove what one claim tells of a side's settlements; kinds tell what puts one in its hands.

    Where an advance only leads to, nobody has come yet; where it sets out, its side stands.
    """
    course, place = _read_course(claim), claim.place.place
    origin = course.start if course is not None else None
    start = origin.place if origin is not None else None
    at = origin is not None and origin.toponym.relation.kind is RelationKind.AT
    if start is not None and at and start.kind is PlaceKind.SETTLEMENT:
        places[start.id] = _hold(claim, start, places.get(start.id))
    if place is None or place.kind is not PlaceKind.SETTLEMENT:
        return
    if claim.kind is Kind.WITHDRAWAL:
        places.pop(place.id, None)
    elif claim.kind in kinds and (course is None or course.aim is None):
        places[place.id] = _hold(claim, place, places.get(place.id))


def _hold(claim: Claim, place: Place, before: HeldPlace | None) -> HeldPlace:
    """Return a place as a claim leaves it; claims come by their days, undated ones first."""
    day = claim.time.end or claim.time.start
    reports = before.reports if before is not None and isinstance(before.reports, set) else set()
    reports.add(claim.report_id)
    return HeldPlace(
        longitude=place.longitude,
        latitude=place.latitude,
        since=before.since if before is not None and before.since is not None else day,
        as_of=day,
        reports=reports,
    )

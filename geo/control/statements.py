"""Who is said to hold which settlement, from claims, and what stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.claims.parties import home_of
from geo.model import Claim, ControlStatus, Kind, Place, PlaceKind, RelationKind, Resolution, Status

__all__ = ["CONTESTED", "Standing", "Statement", "count_unsure", "read_claims", "settle_statements"]

# The side that a contested place is under.
CONTESTED = "contested"

# How much a statement counts against another of the same day: a loss that a side states itself more than a
# third party's word, and that more than a side's word in its own favour.
WEIGHT_OWN_LOSS = 3.0
WEIGHT_THIRD_PARTY = 2.0
WEIGHT_OWN_GAIN = 1.0
# A withdrawal tells who left, an advance who has come in: neither yet who holds the place.
WEIGHT_OF_KIND = {Kind.CONTROL: 1.0, Kind.WITHDRAWAL: 0.9, Kind.ADVANCE: 0.5}
# Relations that put a thing in a settlement or right before it.
_IN_PLACE = frozenset({RelationKind.AT, RelationKind.NEAR, RelationKind.PART_OF})
# Each further source adds this share of the heaviest word.
_MORE_VOICES = 0.25
# Above this ratio of weights the stronger statement stands alone; below it the place is contested.
_CLEAR_RATIO = 1.25
# The same place, written by two makers with slightly different points (degrees, about 100 m).
_SAME_PLACE_DECIMALS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """That a side holds a settlement on a day.

    Attributes
    ----------
    longitude, latitude
        Degrees, WGS 84.
    side
        ISO 3166 alpha-3 code of the holder, or ``contested``.
    as_of
        The day that it speaks of.
    asserted_by
        Code of the side that says so; empty for a third party.
    weight
        How much it counts against another statement of the same day.
    name, source
        The settlement and who said so, for people.
    """

    longitude: float
    latitude: float
    side: str
    as_of: date
    asserted_by: str = ""
    weight: float = WEIGHT_THIRD_PARTY
    name: str = ""
    source: str = ""

    @property
    def control_status(self) -> ControlStatus:
        """``claimed`` where the holder says so itself, ``contested``, else ``stated``."""
        if self.side == CONTESTED:
            return ControlStatus.CONTESTED
        return ControlStatus.CLAIMED if self.asserted_by == self.side else ControlStatus.STATED


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What stands for one settlement on a day."""

    longitude: float
    latitude: float
    side: str
    control_status: ControlStatus
    as_of: date
    name: str = ""
    sources: int = 1


def weigh_statement(
    side: str, asserted_by: str, *, kind: Kind = Kind.CONTROL, opponents: Sequence[str] = ()
) -> float:
    """Return the weight of a statement: an opponent's word that a side holds a place is its own loss."""
    if asserted_by and asserted_by == side:
        weight = WEIGHT_OWN_GAIN
    elif asserted_by and (not opponents or asserted_by in opponents):
        weight = WEIGHT_OWN_LOSS
    else:
        weight = WEIGHT_THIRD_PARTY
    return weight * WEIGHT_OF_KIND.get(kind, 0.0)


def read_claims(
    claims: Iterable[Claim],
    sides: tuple[str, str],
    publishers: Mapping[str, str] | None = None,
) -> tuple[Statement, ...]:
    """Return what claims say about who holds settlements.

    Parameters
    ----------
    claims
        Of any number of reports; only reported control, advance and withdrawal at settlements count.
    sides
        Codes of the two sides: what one leaves, the other is taken to hold.  Two sides of one country (SDN,
        RSF) are told apart by the group that a claim names; one that names none tells nothing.
    publishers
        Publisher of each report by its id, for the sources.
    """
    told = []
    for claim in claims:
        day = claim.time.end or claim.time.start
        source = (publishers or {}).get(claim.report_id, "") or claim.attribution or claim.report_id
        voice = claim.asserted_party if _share_home(sides) else claim.asserted_by
        for resolution, side, kind in _list_holders(claim, sides):
            place = _find_settlement(resolution)
            if place is None or day is None:
                continue
            told.append(
                Statement(
                    longitude=place.longitude,
                    latitude=place.latitude,
                    side=side,
                    as_of=day,
                    asserted_by=voice,
                    weight=weigh_statement(side, voice, kind=kind),
                    name=place.name,
                    source=source,
                )
            )
    return tuple(told)


def _find_settlement(resolution: Resolution) -> Place | None:
    """Return the settlement that words speak of; None for "south of X" and "the X direction"."""
    place = resolution.place
    settled = place is not None and place.kind is PlaceKind.SETTLEMENT
    return place if settled and resolution.toponym.relation.kind in _IN_PLACE else None


def _list_holders(claim: Claim, sides: tuple[str, str]) -> Iterator[tuple[Resolution, str, Kind]]:
    """Yield which places a claim puts in whose hands, and what it counts as.

    Where an advance only leads to, nobody has come yet; where it sets out, its side stands.
    """
    side = _find_holder(claim, sides)
    course = claim.course if claim.kind is Kind.ADVANCE else None
    if side is None:
        return
    if course is None or (course.aim is None and course.start is None):
        yield claim.place, side, claim.kind
    acting = _find_acting(claim, sides)
    if course is not None and course.start is not None and len(acting) == 1:
        yield course.start, acting[0], Kind.ADVANCE


def _share_home(sides: Sequence[str]) -> bool:
    """Tell whether both sides fight within one country, whose code both bear."""
    return len({home_of(side) for side in sides}) < len(sides)


def _find_acting(claim: Claim, sides: Sequence[str]) -> list[str]:
    """Return which of two sides a claim says to act: within one country by the group that it names."""
    if _share_home(sides):
        return [side for side in sides if side == claim.party]
    return [side for side in sides if side in claim.actors or side == claim.party]


def count_unsure(claims: Iterable[Claim], sides: tuple[str, str]) -> int:
    """Return how many claims of control name the country of two groups, but not which of them acts."""
    if not _share_home(sides):
        return 0
    home = home_of(sides[0])
    told = (c for c in claims if c.kind in WEIGHT_OF_KIND and c.status is Status.REPORTED)
    return sum(home in claim.actors and not claim.party for claim in told)


def _find_holder(claim: Claim, sides: tuple[str, str]) -> str | None:
    """Return the side that a claim puts in hold of its place, or None if it tells nothing of that."""
    if claim.status is not Status.REPORTED or claim.kind not in WEIGHT_OF_KIND:
        return None
    if claim.control_status is ControlStatus.CONTESTED:
        return CONTESTED
    acting = _find_acting(claim, sides)
    if len(acting) != 1:
        return None
    other = sides[1] if acting[0] == sides[0] else sides[0]
    if claim.kind is Kind.ADVANCE:
        return CONTESTED
    return other if claim.kind is Kind.WITHDRAWAL else acting[0]


def settle_statements(
    statements: Iterable[Statement], on: date, *, since: date | None = None, memory_days: int | None = None
) -> tuple[Standing, ...]:
    """Return what stands for each settlement on a day.

    The newest day that anyone speaks of a settlement decides; nothing older overrules it.  On that day the
    heavier word wins, and words of like weight for different sides leave the place contested.  A source
    that says the same twice counts once.

    Parameters
    ----------
    statements
        In any order.
    on
        Later statements are not known yet.
    since
        Statements of this day or older are already in the base and are left out.
    memory_days
        Statements older than this are forgotten.
    """
    oldest = _find_oldest(on, memory_days)
    places: dict[tuple[float, float], list[Statement]] = {}
    for one in statements:
        if oldest <= one.as_of <= on and (since is None or one.as_of > since):
            key = round(one.longitude, _SAME_PLACE_DECIMALS), round(one.latitude, _SAME_PLACE_DECIMALS)
            places.setdefault(key, []).append(one)
    return tuple(_settle(some) for some in places.values())


def _find_oldest(on: date, memory_days: int | None) -> date:
    if memory_days is None or memory_days >= on.toordinal():
        return date.min
    return on - timedelta(days=memory_days)


def _settle(statements: Sequence[Statement]) -> Standing:
    newest = max(one.as_of for one in statements)
    last = [one for one in statements if one.as_of == newest]
    weights = {side: _add_voices(one for one in last if one.side == side) for side in {s.side for s in last}}
    ranked = sorted(weights, key=lambda side: (-weights[side], side))
    clear = len(ranked) == 1 or weights[ranked[0]] >= _CLEAR_RATIO * weights[ranked[1]]
    side = ranked[0] if clear else CONTESTED
    speaker = max((one for one in last if one.side == ranked[0]), key=_rank)
    status = speaker.control_status if clear else ControlStatus.CONTESTED
    return Standing(
        longitude=speaker.longitude,
        latitude=speaker.latitude,
        side=side,
        control_status=status,
        as_of=newest,
        name=speaker.name,
        sources=len({one.source for one in last if one.side == ranked[0]}),
    )


def _add_voices(statements: Iterable[Statement]) -> float:
    """Return the weight of what is said for one side: each source counts once, by its heaviest word."""
    voices: dict[str, float] = {}
    for one in statements:
        voice = one.source or one.asserted_by
        voices[voice] = max(one.weight, voices.get(voice, 0.0))
    return max(voices.values()) * (1 + _MORE_VOICES * (len(voices) - 1))


def _rank(one: Statement) -> tuple[object, ...]:
    """Return what tells which of a side's statements speaks for it, whatever their order."""
    claimed = one.control_status is ControlStatus.CLAIMED
    return one.weight, not claimed, one.name, one.source, one.longitude, one.latitude

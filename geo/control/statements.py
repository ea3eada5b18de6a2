"""Who is said to hold which settlement, from claims or from a table, and what stands on a day."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from geo.errors import InputError
from geo.model import Claim, ControlStatus, Kind, Place, PlaceKind, RelationKind, Resolution, Status

__all__ = ["CONTESTED", "Standing", "Statement", "read_claims", "read_statements", "settle_statements"]

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
        Codes of the two sides: what one leaves, the other is taken to hold.
    publishers
        Publisher of each report by its id, for the sources.
    """
    told = []
    for claim in claims:
        day = claim.time.end or claim.time.start
        source = (publishers or {}).get(claim.report_id, "") or claim.attribution or claim.report_id
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
                    asserted_by=claim.asserted_by,
                    weight=weigh_statement(side, claim.asserted_by, kind=kind),
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
    side, course = _find_holder(claim, sides), claim.course
    if side is None:
        return
    if course is None or (course.aim is None and course.start is None):
        yield claim.place, side, claim.kind
    acting = [one for one in sides if one in claim.actors]
    if course is not None and course.start is not None and claim.kind is Kind.ADVANCE and len(acting) == 1:
        yield course.start, acting[0], Kind.ADVANCE


def _find_holder(claim: Claim, sides: tuple[str, str]) -> str | None:
    """Return the side that a claim puts in hold of its place, or None if it tells nothing of that."""
    if claim.status is not Status.REPORTED or claim.kind not in WEIGHT_OF_KIND:
        return None
    if claim.control_status is ControlStatus.CONTESTED:
        return CONTESTED
    acting = [side for side in sides if side in claim.actors]
    if len(acting) != 1:
        return None
    other = sides[1] if acting[0] == sides[0] else sides[0]
    if claim.kind is Kind.ADVANCE:
        return CONTESTED
    return other if claim.kind is Kind.WITHDRAWAL else acting[0]


def read_statements(path: Path) -> tuple[Statement, ...]:
    """Read statements from a CSV with the columns ``lat``, ``lon``, ``side`` and ``date``.

    ``asserted_by``, ``name`` and ``source`` may stand beside them.

    Raises
    ------
    InputError
        Naming the file, the line and what is wrong.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            missing = {"lat", "lon", "side", "date"} - set(rows.fieldnames or ())
            if missing:
                raise InputError(
                    f"{path}: column {', '.join(sorted(missing))} is missing; lat, lon, side, date are needed"
                )
            return tuple(_read_row(row, path, line) for line, row in enumerate(rows, start=2))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read: {error}") from error


def _read_row(row: Mapping[str, str], path: Path, line: int) -> Statement:
    try:
        longitude, latitude, day = (
            float(row["lon"]),
            float(row["lat"]),
            date.fromisoformat(row["date"].strip()),
        )
    except (ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}:{line}: {error}; degrees and an ISO date are needed") from error
    side = (row["side"] or "").strip()
    side = CONTESTED if side.casefold() == CONTESTED else side.upper()
    if not (math.isfinite(longitude) and abs(longitude) <= 180 and abs(latitude) <= 90) or not side:
        raise InputError(
            f"{path}:{line}: {row['lat']!r}, {row['lon']!r}, side {row['side']!r} is not a place held"
        )
    by = (row.get("asserted_by") or "").strip().upper()
    return Statement(
        longitude=longitude,
        latitude=latitude,
        side=side,
        as_of=day,
        asserted_by=by,
        weight=weigh_statement(side, by),
        name=(row.get("name") or "").strip(),
        source=(row.get("source") or "").strip(),
    )


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
    oldest = on - timedelta(days=memory_days) if memory_days is not None else date.min
    places: dict[tuple[float, float], list[Statement]] = {}
    for one in statements:
        if oldest <= one.as_of <= on and (since is None or one.as_of > since):
            key = round(one.longitude, _SAME_PLACE_DECIMALS), round(one.latitude, _SAME_PLACE_DECIMALS)
            places.setdefault(key, []).append(one)
    return tuple(_settle(some) for some in places.values())


def _settle(statements: Sequence[Statement]) -> Standing:
    newest = max(one.as_of for one in statements)
    last = [one for one in statements if one.as_of == newest]
    weights: dict[str, float] = {}
    for side in {one.side for one in last}:
        voices = {one.source or one.asserted_by: one.weight for one in last if one.side == side}
        weights[side] = max(voices.values()) * (1 + 0.25 * (len(voices) - 1))
    ranked = sorted(weights, key=lambda side: (-weights[side], side))
    clear = len(ranked) == 1 or weights[ranked[0]] >= _CLEAR_RATIO * weights[ranked[1]]
    side = ranked[0] if clear else CONTESTED
    speaker = max((one for one in last if one.side == ranked[0]), key=lambda one: one.weight)
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

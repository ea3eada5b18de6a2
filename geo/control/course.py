"""The course of a zone: what reports say over time of how much of a unit a side holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from geo.model import Claim, Kind, Place, Status

__all__ = ["CourseRow", "trace_course"]


@dataclass(frozen=True, kw_only=True, slots=True)
class CourseRow:
    """One statement of a zone's size, km², and what changed since the one before.

    Attributes
    ----------
    side, place
        Who holds how much of what.
    as_of
        The day that it speaks of.
    low_km2, high_km2
        The stated size; None where an end is open.
    change_low_km2, change_high_km2
        Least and most that the zone grew by (negative: shrank); None for the first statement, or where an
        end is open.
    claim_id
        The claim that says so.
    """

    side: str
    place: str
    as_of: date
    low_km2: float | None
    high_km2: float | None
    change_low_km2: float | None
    change_high_km2: float | None
    claim_id: str


def trace_course(claims: Iterable[Claim]) -> tuple[CourseRow, ...]:
    """Return the course of every zone of stated size, by side, place and day.

    Only what is reported of control counts: an area taken in a week is not the size of a zone.
    """
    stated: dict[tuple[str, str, str], list[tuple[date, Claim]]] = {}
    for claim in claims:
        day = claim.time.end or claim.time.start
        place = claim.place.place
        if day is None or place is None or not _tells_size(claim):
            continue
        for side in claim.actors:
            stated.setdefault((side, place.gazetteer, place.id), []).append((day, claim))
    return tuple(row for key in sorted(stated) for row in _follow(key[0], stated[key]))


def _tells_size(claim: Claim) -> bool:
    return claim.kind is Kind.CONTROL and claim.status is Status.REPORTED and claim.area is not None


def _follow(side: str, stated: list[tuple[date, Claim]]) -> Iterator[CourseRow]:
    before: Claim | None = None
    for day, claim in sorted(stated, key=lambda one: (one[0], one[1].id)):
        low, high = _read_size(claim)
        old_low, old_high = _read_size(before) if before is not None else (None, None)
        yield CourseRow(
            side=side,
            place=_name(claim.place.place),
            as_of=day,
            low_km2=low,
            high_km2=high,
            change_low_km2=low - old_high if low is not None and old_high is not None else None,
            change_high_km2=high - old_low if high is not None and old_low is not None else None,
            claim_id=claim.id,
        )
        before = claim


def _read_size(claim: Claim) -> tuple[float | None, float | None]:
    return (claim.area.low, claim.area.high) if claim.area is not None else (None, None)


def _name(place: Place | None) -> str:
    return place.name if place is not None else ""

"""When a claim's thing happened, by the rulings on dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.claims.parts import Clause, Saying, Trigger
from geo.claims.text import Reading
from geo.language.dates import TimeMention
from geo.model import Status, TimeInterval

__all__ = ["Moment", "Times", "find_moments", "pick_time"]

_DAY_KINDS = frozenset({"dateline", "clock", "as_of"})


@dataclass(slots=True, eq=False)
class Moment:
    """A time at its tokens."""

    start: int
    end: int
    mention: TimeMention


@dataclass(slots=True, eq=False)
class Times:
    """The times of a report, and what dates a claim that nothing else dates."""

    moments: list[Moment]
    issued: date | None
    default: TimeInterval


def find_moments(
    reading: Reading, mentions: tuple[TimeMention, ...], issued: date | None, *, bulletin: bool
) -> Times:
    """Return a report's times at their tokens, and the day that a bulletin is about."""
    moments = [
        Moment(reading.find_token(m.interval.span.start), reading.find_end_token(m.interval.span.end), m)
        for m in mentions
        if m.interval.span is not None
    ]
    default = TimeInterval(start=issued, end=issued)
    if bulletin:
        default = _find_reported_day(reading, moments, issued) or default
    return Times(moments, issued, default)


def _find_reported_day(reading: Reading, moments: list[Moment], issued: date | None) -> TimeInterval | None:
    """Return the day that a bulletin's opening says it is about ("over the past day", "yesterday")."""
    opening = reading.sentences[min(2, len(reading.sentences) - 1)].end if reading.sentences else 0
    for moment in moments:
        if moment.start >= opening or moment.mention.kind in _DAY_KINDS:
            continue
        interval = moment.mention.interval
        if interval.start == interval.end and interval.end != issued and _stands_alone(reading, moment):
            return interval
    return None


def _stands_alone(reading: Reading, moment: Moment) -> bool:
    """Tell whether a time stands in a sentence about the whole day and not about one place."""
    return True


def pick_time(
    times: Times,
    clauses: list[Clause],
    index: int,
    trigger: Trigger,
    saying: Saying | None,
    status: Status,
) -> TimeInterval:
    """Return when a claim's thing happened."""
    clause = clauses[index]
    own = [m for m in times.moments if clause.start <= m.start < clause.end and _dates(m)]
    if own:
        return _settle(min(own, key=lambda m: _gap(m, trigger)), times, status)
    sentence = [
        m
        for other in clauses
        if other.sentence == clause.sentence
        for m in times.moments
        if other.start <= m.start < other.end and _dates(m)
    ]
    if sentence:
        before = [m for m in sentence if m.start < clause.start] or sentence
        return _settle(before[-1], times, status)
    return times.default


def _dates(moment: Moment) -> bool:
    return moment.mention.kind not in _DAY_KINDS


def _gap(moment: Moment, trigger: Trigger) -> int:
    return trigger.start - moment.end if moment.end <= trigger.start else moment.start - trigger.end + 1


def _settle(moment: Moment, times: Times, status: Status) -> TimeInterval:
    interval = moment.mention.interval
    issued = times.issued
    if (
        status is not Status.EXPECTED
        and issued is not None
        and interval.end is not None
        and interval.end > issued
    ):
        return TimeInterval(
            start=interval.start and min(interval.start, issued),
            end=issued,
            time_precision=interval.time_precision,
            span=interval.span,
        )
    return interval

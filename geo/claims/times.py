"""When a claim's thing happened, by the rulings on dates."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date

from geo.claims.parts import Clause, Trigger
from geo.claims.text import Reading
from geo.language.dates import TimeMention
from geo.model import Kind, Status, TimeInterval

__all__ = ["Moment", "Times", "find_moments", "pick_time"]

_UNDATING = frozenset({"dateline", "as_of"})
# A bulletin's opening dates what follows where its time is a day or the past day.
_LONGEST_REPORTED_DAYS = 2
_OPENING_SENTENCES = 3
_YEAR_REACH = 6
_INHERITING = frozenset({Kind.STRIKE, Kind.CLASH})


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
    bulletin: bool = False
    ministry: bool = False
    by_kind: dict[Kind, TimeInterval] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[Moment]:
        """Return the times that begin in a range of tokens."""
        low = bisect_left(self.moments, start, key=lambda m: m.start)
        high = bisect_left(self.moments, end, key=lambda m: m.start)
        return self.moments[low:high]


def find_moments(
    reading: Reading,
    mentions: tuple[TimeMention, ...],
    issued: date | None,
    triggers: list[Trigger],
    *,
    bulletin: bool,
    ministry: bool,
    places: list[int],
) -> Times:
    """Return a report's times at their tokens, and the day that a bulletin is about."""
    moments = [
        Moment(reading.find_token(m.interval.span.start), reading.find_end_token(m.interval.span.end), m)
        for m in mentions
        if m.interval.span is not None
    ]
    times = Times(moments, issued, TimeInterval(start=issued, end=issued), bulletin, ministry)
    if bulletin:
        _find_reported_day(reading, times, triggers, ministry=ministry, places=places)
    return times


def _find_reported_day(
    reading: Reading, times: Times, triggers: list[Trigger], *, ministry: bool, places: list[int]
) -> None:
    """Note the day that a bulletin's opening says it is about ("over the past day", "yesterday")."""
    for sentence in reading.sentences[:_OPENING_SENTENCES]:
        stated = [t for t in triggers if sentence.start <= t.start < sentence.end]
        for moment in times.within(sentence.start, sentence.end):
            interval = moment.mention.interval
            if moment.mention.kind in _UNDATING or interval.start is None or interval.end is None:
                continue
            if (
                interval.end - interval.start
            ).days >= _LONGEST_REPORTED_DAYS or interval.start == times.issued:
                continue
            general = not any(sentence.start <= place < sentence.end for place in places)
            if ministry and (general or not stated):
                times.default = interval
            if not stated or {trigger.kind for trigger in stated} & _INHERITING:
                times.by_kind = dict.fromkeys(_INHERITING, interval)
            return


def pick_time(
    reading: Reading,
    times: Times,
    clauses: list[Clause],
    index: int,
    trigger: Trigger,
    kind: Kind,
    status: Status,
) -> TimeInterval:
    """Return when a claim's thing happened."""
    clause = clauses[index]
    own = [m for m in times.within(clause.start, clause.end) if _dates(m, trigger, times)]
    if own:
        return _settle(min(own, key=lambda m: _gap(m, trigger)), times, status)
    sentence = reading.sentences[clause.sentence]
    around = [m for m in times.within(sentence.start, sentence.end) if _dates(m, trigger, times)]
    before = [m for m in around if m.start < clause.start]
    if before:
        return _settle(before[-1], times, status)
    idle = [m for m in around if not _is_told_elsewhere(m, clauses, clause)]
    if idle:
        return _settle(idle[0], times, status)
    if times.bulletin and kind in _INHERITING and status is Status.REPORTED:
        inherited = None if times.ministry else _inherit(reading, times, clause, trigger)
        if inherited is not None:
            return _settle(inherited, times, status)
        return times.by_kind.get(kind, times.default)
    return times.default


def _is_told_elsewhere(moment: Moment, clauses: list[Clause], clause: Clause) -> bool:
    """Tell whether a time dates what another clause states."""
    return any(
        other.start <= moment.start < other.end and bool(other.triggers)
        for other in clauses
        if other is not clause and other.sentence == clause.sentence
    )


def _inherit(reading: Reading, times: Times, clause: Clause, trigger: Trigger) -> Moment | None:
    """Return the time of what was told before in the same paragraph of a bulletin."""
    paragraph = reading.sentences[clause.sentence].paragraph
    number = clause.sentence
    while number > 0 and reading.sentences[number - 1].paragraph == paragraph:
        number -= 1
    before = times.within(reading.sentences[number].start, clause.start)
    dating = [m for m in before if _dates(m, trigger, times) and m.mention.kind != "year"]
    return dating[-1] if dating else None


def _dates(moment: Moment, trigger: Trigger, times: Times) -> bool:
    if moment.mention.kind in _UNDATING:
        return False
    return moment.mention.kind != "year" or abs(_gap(moment, trigger)) <= _YEAR_REACH


def _gap(moment: Moment, trigger: Trigger) -> int:
    return trigger.start - moment.end if moment.end <= trigger.start else moment.start - trigger.end + 1


def _settle(moment: Moment, times: Times, status: Status) -> TimeInterval:
    """Return a time, cut at the day of publication unless it speaks of what is to come."""
    interval = moment.mention.interval
    issued = times.issued
    if status is Status.EXPECTED or issued is None or interval.end is None or interval.end <= issued:
        return interval
    start = min(interval.start, issued) if interval.start else None
    return TimeInterval(start=start, end=issued, time_precision=interval.time_precision, span=interval.span)

"""Times that a text states, as inclusive dates by the rulings on dates.

The publisher's local day is the day of ``published`` as it stands.  A day or month without a year is the
nearest that is not in the future; ``expected`` has the coming one, for claims about what is to come.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from geo.language.calendar import DateMatch, match_dates
from geo.language.lexicon import Lexicon
from geo.language.tokens import Tokens, tokenize
from geo.model import Span, TimeInterval

__all__ = ["TimeMention", "find_times"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # first month; three months each
_MIDDLE = 15  # mid-month: the ruling's day
_EARLY, _LATE = 10, 21  # the first and the last third of a month
_COMING = 200  # days within which a day or month without a year can be meant as coming
_ONE = timedelta(days=1)
_DATELINE = re.compile(r"\.?\)? ?[-–—]")
_DATELINE_REACH = 60  # letters from the start of a line
_ANCHORS = frozenset({"date", "weekday", "relative", "overnight"})
_APPOSED = frozenset({"relative", "past", "weekday", "overnight"})


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """A time that a text speaks of.

    Attributes
    ----------
    interval
        Inclusive dates, with the span of the words.
    kind
        ``date``, ``range``, ``month``, ``season``, ``year``, ``weekday``, ``relative`` (today, the day before,
        three days ago), ``overnight``, ``past`` (over the past day or week), ``period`` (this week, last
        month), ``since``, ``until``, ``vague_past`` (for months), ``vague_future`` (in the coming days),
        ``clock`` (a time of day: the day of publication), ``dateline`` (KYIV, Sept 18 -) or ``as_of``.
    future
        True where it lies after publication.
    expected
        The coming reading, where the words alone leave open which is meant; None otherwise.
    """

    interval: TimeInterval
    kind: str
    future: bool
    expected: TimeInterval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Context:
    """What a match is read against: day of publication, last day named, whether what is to come is spoken of."""

    day: date
    anchor: date
    coming: bool
    prefix: str
    known: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Reading:
    kind: str
    start: date | None
    end: date | None
    other: tuple[date, date] | None = None


@lru_cache(maxsize=32)
def _compile_coming(lexicon: Lexicon) -> re.Pattern[str]:
    stems = "|".join(re.escape(stem) for stem in lexicon.table("dates")["future_stems"])
    return re.compile(rf"(?<!\w)(?:{stems})")


def find_times(
    text: str, lexicon: Lexicon, published: datetime | None, report_id: str = ""
) -> tuple[TimeMention, ...]:
    """Find the times that a text speaks of, in the order of the text.

    Parameters
    ----------
    text
        The words, NFC.
    lexicon
        The language that they are in.
    published
        When it was published; where None, only dates with a year can be told.
    report_id
        Identifier for the spans.
    """
    tokens = tokenize(text, lexicon)
    day = published.date() if published else None
    found: list[TimeMention] = []
    anchor = day
    for match in _drop_apposed(tokens, match_dates(text, lexicon)):
        context = _build_context(tokens, match, lexicon, day, anchor)
        mention = _read_match(text, tokens, match, context, report_id)
        if mention is None:
            continue
        found.append(mention)
        if mention.kind in _ANCHORS and mention.interval.start == mention.interval.end:
            anchor = mention.interval.start
    return tuple(found)


def _drop_apposed(tokens: Tokens, matches: tuple[DateMatch, ...]) -> list[DateMatch]:
    """Keep the date of "yesterday, 20 August": the words before it say the same."""
    kept: list[DateMatch] = []
    for match, after in pairwise((*matches, None)):
        if match is None:
            continue
        if after is not None and _is_apposed(tokens, match, after):
            continue
        kept.append(match)
    return kept


def _is_apposed(tokens: Tokens, match: DateMatch, after: DateMatch) -> bool:
    if after.key not in {"date", "date_range", "numeric"} or tokens.gaps[after.start] not in {", ", " ("}:
        return False
    return match.end == after.start and _KINDS.get(match.key, "") in _APPOSED and not match.prefix


def _build_context(
    tokens: Tokens, match: DateMatch, lexicon: Lexicon, day: date | None, anchor: date | None
) -> _Context:
    coming = match.prefix == "until" or (match.key in _OPEN and _speaks_of_coming(tokens, match, lexicon))
    known = day or date.min.replace(year=2000)
    return _Context(
        day=known, anchor=anchor or known, coming=coming, prefix=match.prefix, known=day is not None
    )


def _speaks_of_coming(tokens: Tokens, match: DateMatch, lexicon: Lexicon) -> bool:
    """Tell whether the words of the same sentence speak of what is to come."""
    start, end = match.start, match.end
    while start > 0 and match.start - start < 30 and not _ends_sentence(tokens.gaps[start]):
        start -= 1
    while end < len(tokens.words) and end - match.end < 30 and not _ends_sentence(tokens.gaps[end]):
        end += 1
    begin, stop = tokens.starts[start], tokens.ends[end - 1]
    return _compile_coming(lexicon).search(tokens.lowered, begin, stop) is not None


def _ends_sentence(gap: str) -> bool:
    return "\n" in gap or gap[:1] in {".", "!", "?"}


def _read_match(
    text: str, tokens: Tokens, match: DateMatch, context: _Context, report_id: str
) -> TimeMention | None:
    try:
        reading = _READERS[match.key](match, context)
    except (ValueError, OverflowError):  # the 31st of February; a year before the calendar
        return None
    if reading is None or not (context.known or _is_absolute(match)):
        return None
    kind, start, end = _apply_prefix(match, reading, context)
    if kind == "date" and _is_dateline(tokens, match):
        kind = "dateline"
    if start and end and start > end:
        start, end = end, start
    begin, stop = tokens.starts[match.prefix_start], tokens.ends[match.end - 1]
    span = Span(report_id=report_id, start=begin, end=stop, exact=text[begin:stop])
    interval = TimeInterval(start=start, end=end, time_precision=_measure(start, end), span=span)
    other = None
    if reading.other and not match.prefix and _is_near(reading.other, (start, end), context):
        other = replace(
            interval, start=reading.other[0], end=reading.other[1], time_precision=_measure(*reading.other)
        )
    future = context.known and ((start or date.min) > context.day or kind == "vague_future")
    return TimeMention(interval=interval, kind=kind, future=future, expected=other)


def _is_near(other: tuple[date, date], chosen: tuple[date | None, date | None], context: _Context) -> bool:
    """Tell whether a coming reading is another one, and near enough to be meant."""
    return other != chosen and (other[0] - context.day).days <= _COMING


def _is_absolute(match: DateMatch) -> bool:
    return any(slot == "year" and value.isdigit() for slot, value in match.slots) and match.prefix in {
        "",
        "as_of",
    }


def _measure(start: date | None, end: date | None) -> int:
    """Return ACLED's time precision: 1 a day or two, 2 a week, 3 longer or open."""
    if start is None or end is None:
        return 3
    days = (end - start).days
    return 1 if days <= 1 else 2 if days <= 7 else 3


def _apply_prefix(
    match: DateMatch, reading: _Reading, context: _Context
) -> tuple[str, date | None, date | None]:
    start, end = reading.start, reading.end
    if match.prefix == "since" and start is not None:
        return "since", start, context.day if start <= context.day else None
    if match.prefix == "until" and end is not None:
        return "until", context.day if end >= context.day else None, end
    return "as_of" if match.prefix == "as_of" and reading.kind == "date" else reading.kind, start, end


def _is_dateline(tokens: Tokens, match: DateMatch) -> bool:
    start = tokens.starts[match.start]
    line = tokens.lowered.rfind("\n", 0, start) + 1
    return (
        start - line <= _DATELINE_REACH and _DATELINE.match(tokens.gaps[match.end]) is not None and line == 0
    )


# --- calendar -------------------------------------------------------------------------------------------------


def _get(match: DateMatch, slot: str, position: int = 0) -> str | None:
    values = [value for name, value in match.slots if name == slot]
    return values[position] if -len(values) <= position < len(values) else None


def _get_month(match: DateMatch, position: int = 0) -> int:
    name = _get(match, "month", position) or ""
    return int(name) if name.isdigit() else _MONTHS.index(name) + 1


def _get_year(match: DateMatch) -> int | None:
    value = next((value for name, value in match.slots if name == "year" and value.isdigit()), None)
    return int(value) if value else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _shift_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _choose_year(
    build: Callable[[int], tuple[date, date]], year: int | None, context: _Context, slack: int = 0
) -> tuple[tuple[date, date], tuple[date, date] | None]:
    """Choose the year of an interval that names none.

    The latest that has begun by publication (``slack`` days allowed), unless what is to come is spoken of:
    then the coming one after "until", else the nearer of the two.  Also returns the coming one.
    """
    if year is not None:
        return build(year), None
    years = [context.day.year + step for step in (-1, 0, 1)]
    built = [build(value) for value in years]
    past = [item for item in built if item[0] <= context.day + slack * _ONE]
    coming = [item for item in built if item[1] >= context.day]
    before, after = past[-1], coming[0]
    if before == after or not context.coming:
        return before, after
    if context.prefix == "until" or after[0] - context.day < context.day - before[1]:
        return after, after
    return before, after


def _read_date(match: DateMatch, context: _Context) -> _Reading:
    day, month = int(_get(match, "day") or 0), _get_month(match)
    weekday = _get(match, "weekday")

    def build(year: int) -> tuple[date, date]:
        last = monthrange(year, month)[1]
        if day > last and not (month == 2 and day == 29):
            raise ValueError(day)
        found = date(year, month, min(day, last))
        return found, found

    chosen, coming = _choose_year(build, _get_year(match), context, slack=1)
    if weekday and coming and chosen[0].weekday() != _WEEKDAYS.index(weekday):
        chosen = coming if coming[0].weekday() == _WEEKDAYS.index(weekday) else chosen
    return _Reading(kind="date", start=chosen[0], end=chosen[1], other=coming)


def _read_date_range(match: DateMatch, context: _Context) -> _Reading:
    first, last = int(_get(match, "day") or 0), int(_get(match, "day", -1) or 0)
    opening, closing = _get_month(match), _get_month(match, -1)

    def build(year: int) -> tuple[date, date]:
        start = date(year - (opening > closing), opening, first)
        return start, date(year, closing, last)

    chosen, coming = _choose_year(build, _get_year(match), context, slack=1)
    return _Reading(kind="range", start=chosen[0], end=chosen[1], other=coming)


def _read_part(first: int, last: int, kind: str = "month") -> Callable[[DateMatch, _Context], _Reading]:
    """Return a reader of a part of a month, from a day to a day; 0 is the month's last day."""

    def read(match: DateMatch, context: _Context) -> _Reading:
        month = _get_month(match)

        def build(year: int) -> tuple[date, date]:
            end = _last_day(year, month)
            start = end if first == 0 else end.replace(day=first)
            return start, end if last == 0 else end.replace(day=last)

        chosen, coming = _choose_year(build, _get_year(match), context)
        return _Reading(kind=kind, start=chosen[0], end=chosen[1], other=coming)

    return read


def _read_month_range(match: DateMatch, context: _Context) -> _Reading:
    opening, closing = _get_month(match), _get_month(match, -1)

    def build(year: int) -> tuple[date, date]:
        return date(year - (opening > closing), opening, 1), _last_day(year, closing)

    chosen, coming = _choose_year(build, _get_year(match), context)
    return _Reading(kind="month", start=chosen[0], end=chosen[1], other=coming)


def _read_season(match: DateMatch, context: _Context) -> _Reading:
    month = _SEASONS[_get(match, "season") or ""]

    def build(year: int) -> tuple[date, date]:
        start = date(year, month, 1)
        return start, _shift_months(start, 3) - _ONE

    chosen, coming = _choose_year(build, _get_year(match), context)
    return _Reading(kind="season", start=chosen[0], end=chosen[1], other=coming)


def _read_year(match: DateMatch, _: _Context) -> _Reading:
    year = _get_year(match) or 0
    return _Reading(kind="year", start=date(year, 1, 1), end=date(year, 12, 31))


def _read_bare_year(match: DateMatch, context: _Context) -> _Reading | None:
    return _read_year(match, context) if context.prefix in {"since", "until"} else None


# --- days -----------------------------------------------------------------------------------------------------


def _find_weekday(name: str | None, day: date, *, strict: bool = False, coming: bool = False) -> date:
    """Return the most recent such weekday up to a day (before it if strict), or the next one."""
    wanted = _WEEKDAYS.index(name or "")
    if coming:
        ahead = (wanted - day.weekday()) % 7
        return day + timedelta(days=ahead or (7 if strict else 0))
    back = (day.weekday() - wanted) % 7
    return day - timedelta(days=back or (7 if strict else 0))


def _read_weekday(kind: str) -> Callable[[DateMatch, _Context], _Reading]:
    def read(match: DateMatch, context: _Context) -> _Reading:
        name = _get(match, "weekday")
        until = context.prefix == "until"
        day = _find_weekday(name, context.day, coming=until)
        ahead = _find_weekday(name, context.day, coming=True, strict=True)
        return _Reading(kind=kind, start=day, end=day, other=(ahead, ahead))

    return read


def _read_weekday_last(match: DateMatch, context: _Context) -> _Reading:
    day = _find_weekday(_get(match, "weekday"), context.day, strict=True)
    return _Reading(kind="weekday", start=day, end=day)


def _read_weekday_next(match: DateMatch, context: _Context) -> _Reading:
    day = _find_weekday(_get(match, "weekday"), context.day, strict=True, coming=True)
    return _Reading(kind="weekday", start=day, end=day)


def _read_weekday_last_week(match: DateMatch, context: _Context) -> _Reading:
    monday = context.day - timedelta(days=context.day.weekday() + 7)
    day = monday + timedelta(days=_WEEKDAYS.index(_get(match, "weekday") or ""))
    return _Reading(kind="weekday", start=day, end=day)


def _read_weekday_range(match: DateMatch, context: _Context) -> _Reading:
    end = _find_weekday(_get(match, "weekday", -1), context.day)
    start = _find_weekday(_get(match, "weekday"), end, strict=True)
    return _Reading(kind="range", start=start, end=end)


def _read_offset(
    kind: str, days: int, *, anchored: bool = False
) -> Callable[[DateMatch, _Context], _Reading]:
    """Return a reader of a day so many days after publication, or after the day that was last named."""

    def read(_: DateMatch, context: _Context) -> _Reading:
        day = (context.anchor if anchored else context.day) + timedelta(days=days)
        return _Reading(kind=kind, start=day, end=day)

    return read


# --- lengths of time --------------------------------------------------------------------------------------------


def _go_back(day: date, unit: str | None, number: int) -> date:
    if unit in {"month", "year"}:
        return _shift_months(day, -number * (12 if unit == "year" else 1))
    return day - timedelta(days=number * (7 if unit == "week" else 1))


def _find_period(day: date, unit: str | None, step: int) -> tuple[date, date]:
    """Return the calendar day, week (from Monday), month or year, so many steps from the one of a day."""
    if unit == "week":
        start = day - timedelta(days=day.weekday() - 7 * step)
        return start, start + timedelta(days=6)
    if unit == "month":
        start = _shift_months(day.replace(day=1), step)
        return start, _last_day(start.year, start.month)
    if unit == "year":
        return date(day.year + step, 1, 1), date(day.year + step, 12, 31)
    return day + step * _ONE, day + step * _ONE


def _read_past(match: DateMatch, context: _Context) -> _Reading:
    number = int(_get(match, "n") or 1)
    return _Reading(kind="past", start=_go_back(context.day, _get(match, "unit"), number), end=context.day)


def _read_this(match: DateMatch, context: _Context) -> _Reading:
    start, end = _find_period(context.day, _get(match, "unit"), 0)
    return _Reading(kind="period", start=start, end=context.day, other=(context.day, end))


def _read_period(step: int) -> Callable[[DateMatch, _Context], _Reading]:
    def read(match: DateMatch, context: _Context) -> _Reading:
        start, end = _find_period(context.day, _get(match, "unit"), step)
        return _Reading(kind="period", start=start, end=end)

    return read


def _read_edge(*, last: bool) -> Callable[[DateMatch, _Context], _Reading]:
    """Return a reader of the first or the last day of the running week, month or year."""

    def read(match: DateMatch, context: _Context) -> _Reading:
        period = _find_period(context.day, _get(match, "unit", -1) or "year", 0)
        return _Reading(kind="period", start=period[last], end=period[last])

    return read


def _read_ago(match: DateMatch, context: _Context) -> _Reading:
    day = _go_back(context.day, _get(match, "unit"), int(_get(match, "n") or 1))
    return _Reading(kind="relative", start=day, end=day)


def _read_vague_past(_: DateMatch, context: _Context) -> _Reading:
    return _Reading(kind="vague_past", start=None, end=context.day)


def _read_vague_future(_: DateMatch, context: _Context) -> _Reading:
    return _Reading(kind="vague_future", start=context.day, end=None)


_OPEN = frozenset(
    {
        "date",
        "date_range",
        "month",
        "month_range",
        "early_month",
        "mid_month",
        "late_month",
        "end_month",
        "season",
    }
)
_KINDS: Mapping[str, str] = {
    "weekday": "weekday",
    "weekday_overnight": "weekday",
    "today": "relative",
    "yesterday": "relative",
    "overnight": "overnight",
    "past_day": "past",
    "day_before": "relative",
    "same_day": "relative",
}
_READERS: Mapping[str, Callable[[DateMatch, _Context], _Reading | None]] = {
    "numeric": _read_date,
    "date": _read_date,
    "date_range": _read_date_range,
    "month": _read_part(1, 0),
    "month_range": _read_month_range,
    "early_month": _read_part(1, _EARLY),
    "mid_month": _read_part(_MIDDLE, _MIDDLE),
    "late_month": _read_part(_LATE, 0),
    "end_month": _read_part(_LATE, 0),
    "season": _read_season,
    "year": _read_year,
    "bare_year": _read_bare_year,
    "start_unit": _read_edge(last=False),
    "end_unit": _read_edge(last=True),
    "weekday": _read_weekday("weekday"),
    "weekday_overnight": _read_weekday("weekday"),
    "weekday_last": _read_weekday_last,
    "weekday_next": _read_weekday_next,
    "weekday_last_week": _read_weekday_last_week,
    "weekday_range": _read_weekday_range,
    "today": _read_offset("relative", 0),
    "yesterday": _read_offset("relative", -1),
    "before_yesterday": _read_offset("relative", -2),
    "tomorrow": _read_offset("relative", 1),
    "after_tomorrow": _read_offset("relative", 2),
    "same_day": _read_offset("relative", 0, anchored=True),
    "day_before": _read_offset("relative", -1, anchored=True),
    "next_day": _read_offset("relative", 1, anchored=True),
    "after_event": _read_offset("relative", -1, anchored=True),
    "overnight": _read_offset("overnight", 0),
    "past_day": _read_past,
    "past_units": _read_past,
    "past_unit": _read_past,
    "past_few": _read_vague_past,
    "last_unit": _read_period(-1),
    "this_unit": _read_this,
    "next_unit": _read_period(1),
    "ago": _read_ago,
    "unit_ago": _read_ago,
    "few_ago": _read_vague_past,
    "vague_past": _read_vague_past,
    "vague_future": _read_vague_future,
    "clock": _read_offset("clock", 0),
}

"""What each pattern of the calendar means, as inclusive dates (rulings on dates)."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from geo.language.calendar import DateMatch

__all__ = ["KINDS", "OPEN_KEYS", "READERS", "Context", "Reading"]

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # first month; three months each
_MIDDLE = 15  # mid-month: the ruling's day
_EARLY, _LATE = 10, 21  # the first and the last third of a month
_ONE = timedelta(days=1)
_INVASION = date(2022, 2, 24)


class Context(NamedTuple):
    """What a match is read against.

    Attributes
    ----------
    day
        Day of publication; a stand-in where ``known`` is False.
    anchor
        The day last named in the text, for "the day before".
    coming
        Whether the sentence speaks of what is to come.
    prefix
        ``since``, ``until``, ``as_of`` or nothing.
    known
        Whether the day of publication is known.
    """

    day: date
    anchor: date
    coming: bool
    prefix: str
    known: bool


class Reading(NamedTuple):
    """What a match means: kind, inclusive dates, and the coming reading where it names no year."""

    kind: str
    start: date | None
    end: date | None
    other: tuple[date, date] | None = None


def _get(match: DateMatch, slot: str, position: int = 0) -> str | None:
    values = [value for name, value in match.slots if name == slot]
    return values[position] if -len(values) <= position < len(values) else None


def _get_month(match: DateMatch, position: int = 0) -> int:
    name = _get(match, "month", position) or ""
    return int(name) if name.isdecimal() else _MONTHS.index(name) + 1


def _get_year(match: DateMatch) -> int | None:
    value = next((value for name, value in match.slots if name == "year" and value.isdecimal()), None)
    return int(value) if value else None


def _last_day(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _shift_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _choose_year(
    build: Callable[[int], tuple[date, date]], year: int | None, context: Context, slack: int = 0
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


def _read_date(match: DateMatch, context: Context) -> Reading:
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
    return Reading(kind="date", start=chosen[0], end=chosen[1], other=coming)


def _read_date_range(match: DateMatch, context: Context) -> Reading:
    first, last = int(_get(match, "day") or 0), int(_get(match, "day", -1) or 0)
    opening, closing = _get_month(match), _get_month(match, -1)

    def build(year: int) -> tuple[date, date]:
        start = date(year - (opening > closing), opening, first)
        return start, date(year, closing, last)

    chosen, coming = _choose_year(build, _get_year(match), context, slack=1)
    return Reading(kind="range", start=chosen[0], end=chosen[1], other=coming)


def _read_part(first: int, last: int, kind: str = "month") -> Callable[[DateMatch, Context], Reading]:
    """Return a reader of a part of a month, from a day to a day; 0 is the month's last day."""

    def read(match: DateMatch, context: Context) -> Reading:
        month = _get_month(match)

        def build(year: int) -> tuple[date, date]:
            end = _last_day(year, month)
            start = end if first == 0 else end.replace(day=first)
            return start, end if last == 0 else end.replace(day=last)

        chosen, coming = _choose_year(build, _get_year(match), context)
        return Reading(kind=kind, start=chosen[0], end=chosen[1], other=coming)

    return read


def _read_month_range(match: DateMatch, context: Context) -> Reading:
    opening, closing = _get_month(match), _get_month(match, -1)

    def build(year: int) -> tuple[date, date]:
        return date(year - (opening > closing), opening, 1), _last_day(year, closing)

    chosen, coming = _choose_year(build, _get_year(match), context)
    return Reading(kind="month", start=chosen[0], end=chosen[1], other=coming)


def _read_season(match: DateMatch, context: Context) -> Reading:
    month = _SEASONS[_get(match, "season") or ""]

    def build(year: int) -> tuple[date, date]:
        start = date(year, month, 1)
        return start, _shift_months(start, 3) - _ONE

    chosen, coming = _choose_year(build, _get_year(match), context)
    return Reading(kind="season", start=chosen[0], end=chosen[1], other=coming)


def _read_year(match: DateMatch, _: Context) -> Reading:
    year = _get_year(match) or 0
    return Reading(kind="year", start=date(year, 1, 1), end=date(year, 12, 31))


def _read_year_edge(*, last: bool) -> Callable[[DateMatch, Context], Reading]:
    """Return a reader of the first or the last quarter of a year."""

    def read(match: DateMatch, _: Context) -> Reading:
        year = _get_year(match) or 0
        if last:
            return Reading(kind="year", start=date(year, 10, 1), end=date(year, 12, 31))
        return Reading(kind="year", start=date(year, 1, 1), end=date(year, 3, 31))

    return read


def _read_bare_season(match: DateMatch, context: Context) -> Reading | None:
    return _read_season(match, context) if context.prefix in {"since", "until"} else None


def _read_bare_year(match: DateMatch, context: Context) -> Reading | None:
    return _read_year(match, context) if context.prefix in {"since", "until"} else None


# --- days -----------------------------------------------------------------------------------------


def _find_weekday(name: str | None, day: date, *, strict: bool = False, coming: bool = False) -> date:
    """Return the most recent such weekday up to a day (before it if strict), or the next one."""
    wanted = _WEEKDAYS.index(name or "")
    if coming:
        ahead = (wanted - day.weekday()) % 7
        return day + timedelta(days=ahead or (7 if strict else 0))
    back = (day.weekday() - wanted) % 7
    return day - timedelta(days=back or (7 if strict else 0))


def _read_weekday(kind: str) -> Callable[[DateMatch, Context], Reading]:
    def read(match: DateMatch, context: Context) -> Reading:
        name = _get(match, "weekday")
        until = context.prefix == "until"
        day = _find_weekday(name, context.day, coming=until)
        ahead = _find_weekday(name, context.day, coming=True, strict=True)
        return Reading(kind=kind, start=day, end=day, other=(ahead, ahead))

    return read


def _read_weekday_last(match: DateMatch, context: Context) -> Reading:
    day = _find_weekday(_get(match, "weekday"), context.day, strict=True)
    return Reading(kind="weekday", start=day, end=day)


def _read_weekday_next(match: DateMatch, context: Context) -> Reading:
    day = _find_weekday(_get(match, "weekday"), context.day, strict=True, coming=True)
    return Reading(kind="weekday", start=day, end=day)


def _read_weekday_last_week(match: DateMatch, context: Context) -> Reading:
    monday = context.day - timedelta(days=context.day.weekday() + 7)
    day = monday + timedelta(days=_WEEKDAYS.index(_get(match, "weekday") or ""))
    return Reading(kind="weekday", start=day, end=day)


def _read_weekday_range(match: DateMatch, context: Context) -> Reading:
    end = _find_weekday(_get(match, "weekday", -1), context.day)
    start = _find_weekday(_get(match, "weekday"), end, strict=True)
    return Reading(kind="range", start=start, end=end)


def _read_weekend(_: DateMatch, context: Context) -> Reading:
    saturday = _find_weekday("saturday", context.day)
    end = min(saturday + _ONE, context.day)
    ahead = _find_weekday("saturday", context.day, coming=True)
    return Reading(kind="period", start=saturday, end=end, other=(ahead, ahead + _ONE))


def _read_offset(kind: str, days: int, *, anchored: bool = False) -> Callable[[DateMatch, Context], Reading]:
    """Return a reader of a day so many days after publication, or after the day that was last named."""

    def read(_: DateMatch, context: Context) -> Reading:
        day = (context.anchor if anchored else context.day) + timedelta(days=days)
        return Reading(kind=kind, start=day, end=day)

    return read


# --- lengths of time ------------------------------------------------------------------------------


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


def _read_past(match: DateMatch, context: Context) -> Reading:
    number = int(_get(match, "n") or 1)
    return Reading(kind="past", start=_go_back(context.day, _get(match, "unit"), number), end=context.day)


def _read_past_days(number: int) -> Callable[[DateMatch, Context], Reading]:
    """Return a reader of days that are told in hours ("over the past 48 hours")."""

    def read(_match: DateMatch, context: Context) -> Reading:
        return Reading(kind="past", start=context.day - timedelta(days=number), end=context.day)

    return read


def _read_this(match: DateMatch, context: Context) -> Reading:
    start, end = _find_period(context.day, _get(match, "unit"), 0)
    return Reading(kind="period", start=start, end=context.day, other=(context.day, end))


def _read_period(step: int) -> Callable[[DateMatch, Context], Reading]:
    def read(match: DateMatch, context: Context) -> Reading:
        start, end = _find_period(context.day, _get(match, "unit"), step)
        return Reading(kind="period", start=start, end=end)

    return read


def _read_edge(*, last: bool) -> Callable[[DateMatch, Context], Reading]:
    """Return a reader of the first or the last day of the running week, month or year."""

    def read(match: DateMatch, context: Context) -> Reading:
        period = _find_period(context.day, _get(match, "unit", -1) or "year", 0)
        return Reading(kind="period", start=period[last], end=period[last])

    return read


def _read_ago(match: DateMatch, context: Context) -> Reading:
    day = _go_back(context.day, _get(match, "unit"), int(_get(match, "n") or 1))
    return Reading(kind="relative", start=day, end=day)


def _read_later(match: DateMatch, context: Context) -> Reading | None:
    """Read days or weeks after the day last named; years later is no day."""
    unit = _get(match, "unit")
    day = _go_back(context.anchor, unit, -int(_get(match, "n") or 1))
    known = unit in {"day", "week"} and context.anchor < day <= context.day
    return Reading(kind="relative", start=day, end=day) if known else None


def _read_earlier(match: DateMatch, context: Context) -> Reading | None:
    """Read days or weeks before the day last named ("two days before that"), which stays the last."""
    unit = _get(match, "unit")
    day = _go_back(context.anchor, unit, int(_get(match, "n") or 1))
    return Reading(kind="period", start=day, end=day) if unit in {"day", "week"} else None


def _read_month_day(match: DateMatch, context: Context) -> Reading | None:
    """Read a day of the month last spoken of ("le 8", "on the 8th")."""
    month, day = context.anchor, int(_get(match, "day") or 0)
    if month.replace(day=1) + (day - 1) * _ONE > context.day:
        month = _shift_months(month, -1)
    found = month.replace(day=day)
    return Reading(kind="date", start=found, end=found)


def _read_nth(match: DateMatch, context: Context) -> Reading | None:
    """Read what has gone on for the second day or the third week, from the first of them on."""
    unit, number = _get(match, "unit"), int(_get(match, "nth") or 1)
    if unit not in {"day", "week"}:
        return None  # "in the third year of the war"
    return Reading(kind="past", start=_go_back(context.day, unit, number - 1), end=context.day)


def _read_vague_past(_: DateMatch, context: Context) -> Reading:
    return Reading(kind="vague_past", start=None, end=context.day)


def _read_vague_future(_: DateMatch, context: Context) -> Reading:
    return Reading(kind="vague_future", start=context.day, end=None)


def _read_that_year(match: DateMatch, context: Context) -> Reading:
    """Return a day or a month of the year that was spoken of before ("on 11 November of that year")."""
    return _place_in_year(match, context.anchor.year)


def _read_last_year(match: DateMatch, context: Context) -> Reading:
    """Return a day or a month of the year before publication ("in February last year")."""
    return _place_in_year(match, context.day.year - 1)


def _place_in_year(match: DateMatch, year: int) -> Reading:
    month, day = _get_month(match), int(_get(match, "day") or 0)
    start = date(year, month, min(day, monthrange(year, month)[1]) if day else 1)
    return Reading(kind="date" if day else "month", start=start, end=start if day else _last_day(year, month))


def _read_invasion(_: DateMatch, context: Context) -> Reading:
    """Return the time since Russia invaded Ukraine in full scale (24 February 2022)."""
    return Reading(kind="since", start=_INVASION, end=context.day)


def _read_invasion_day(_: DateMatch, __: Context) -> Reading:
    """Return the day on which Russia invaded Ukraine in full scale."""
    return Reading(kind="date", start=_INVASION, end=_INVASION)


OPEN_KEYS = frozenset(
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
        "bare_season",
    }
)
KINDS: Mapping[str, str] = {
    "weekday": "weekday",
    "weekday_overnight": "weekday",
    "today": "relative",
    "yesterday": "relative",
    "overnight": "overnight",
    "past_day": "past",
    "day_before": "relative",
    "same_day": "relative",
}
READERS: Mapping[str, Callable[[DateMatch, Context], Reading | None]] = {
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
    "bare_season": _read_bare_season,
    "start_year": _read_year_edge(last=False),
    "end_year": _read_year_edge(last=True),
    "weekend": _read_weekend,
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
    "past_two_days": _read_past_days(2),
    "past_three_days": _read_past_days(3),
    "past_units": _read_past,
    "past_unit": _read_past,
    "past_few": _read_vague_past,
    "last_unit": _read_period(-1),
    "this_unit": _read_this,
    "next_unit": _read_period(1),
    "ago": _read_ago,
    "unit_ago": _read_ago,
    "few_ago": _read_vague_past,
    "later": _read_later,
    "earlier": _read_earlier,
    "month_day": _read_month_day,
    "vague_past": _read_vague_past,
    "vague_future": _read_vague_future,
    "that_year": _read_that_year,
    "month_last_year": _read_last_year,
    "invasion": _read_invasion,
    "invasion_day": _read_invasion_day,
    "nth_unit": _read_nth,
    "clock": _read_offset("clock", 0, anchored=True),
}

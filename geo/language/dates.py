"""Times that a text states, as inclusive dates by the rulings on dates.

The publisher's local day is the day of ``published`` as it stands.  A day or month without a year is the
nearest that is not in the future; ``expected`` has the coming one, for claims about what is to come.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import pairwise

from geo.language.calendar import DateMatch, match_dates
from geo.language.lexicon import Lexicon
from geo.language.readings import KINDS, OPEN_KEYS, READERS, Context, Reading
from geo.language.tokens import Tokens, tokenize
from geo.model import Span, TimeInterval

__all__ = ["TimeMention", "find_times"]

_COMING = 200  # days within which a day or month without a year can be meant as coming
# A date's year goes on for so many words, and so many days.
_YEARLY = frozenset({"date", "numeric", "date_range"})
_YEAR_REACH, _YEAR_DAYS = 60, 92
_DATELINE = re.compile(r"\.?\)? ?[-–—]")
_WINDOW = 30  # words of the sentence around a time that are looked at
_DATELINE_REACH = 60  # letters from the start of the text
_DAYS = frozenset({"date", "date_range", "numeric", "weekday", "weekday_range", "today", "yesterday"})
_ANCHORS = frozenset({"date", "weekday", "relative", "overnight"})
_DATED = frozenset({"date", "month", "year", "season", "range"})  # what tells which year is spoken of
_APPOSED = frozenset({"relative", "past", "weekday", "overnight"})


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeMention:
    """A time that a text speaks of.

    Attributes
    ----------
    interval
        Inclusive dates, with the span of the words.
    kind
        ``date``, ``range``, ``month``, ``season``, ``year``, ``weekday``, ``relative`` (today, a day ago,
        the day before), ``overnight``, ``past`` (over the past day), ``period`` (this week, last month),
        ``since``, ``until``, ``vague_past`` (for months), ``vague_future`` (in the coming days), ``clock`` (a
        time of day: the day of publication), ``dateline`` (KYIV, Sept 18 -) or ``as_of``.
    future
        True where it lies after publication.
    expected
        The coming reading, where the words alone leave open which is meant; None otherwise.
    since
        For the date of an event after "since" ("held since its offensive launched on 6 August"): from that
        day to publication, for what has gone on since; ``interval`` is the event's own day.
    """

    interval: TimeInterval
    kind: str
    future: bool
    expected: TimeInterval | None = None
    since: TimeInterval | None = None


@dataclass(slots=True)
class _Told:
    """The date with a year of its own that was told last, whose year goes on in its paragraph."""

    end: int = 0
    day: date | None = None

    def note(self, match: DateMatch, mention: TimeMention) -> None:
        """Note a date that names its year."""
        if match.key in _YEARLY and any(slot == "year" for slot, _ in match.slots) and not match.prefix:
            self.end, self.day = match.end, mention.interval.start

    def add_year(self, tokens: Tokens, match: DateMatch) -> DateMatch:
        """Return a date soon after it in the same paragraph with its year ("6 May 2022 ... 8 May")."""
        if self.day is None or match.key != "date" or any(slot == "year" for slot, _ in match.slots):
            return match
        if match.start - self.end > _YEAR_REACH or any(
            "\n" in gap for gap in tokens.gaps[self.end : match.start + 1]
        ):
            return match
        dated = match._replace(slots=(*match.slots, ("year", str(self.day.year))))
        reading = READERS["date"](dated, Context(self.day, self.day, coming=False, prefix="", known=True))
        ahead = reading is not None and reading.start is not None and (reading.start - self.day).days
        return dated if ahead and 0 < ahead <= _YEAR_DAYS else match


@lru_cache(maxsize=32)
def _compile_coming(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.table("dates")["future_words"]
    forms = (re.escape(word[:-1]) + r"\w*" if word.endswith("*") else re.escape(word) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


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
    anchor, anchored, month, year = day, 0, day, day
    told = _Told()
    for match in _drop_apposed(tokens, match_dates(text, lexicon)):
        if match.key == "month_day" and not _stands_alone(tokens, match, lexicon):
            continue
        near = match.key != "clock" or _is_one_sentence(tokens, anchored, match.start)
        known = {"month_day": month, "that_year": year}.get(match.key, anchor)
        context = _build_context(tokens, match, lexicon, day, known if near else day)
        mention = _read_match(tokens, told.add_year(tokens, match), context, report_id)
        if mention is None:
            continue
        found.append(mention)
        told.note(match, mention)
        if mention.interval.start and mention.kind in {"date", "month"}:
            month = mention.interval.start
        if mention.interval.start and mention.kind in _DATED:
            year = mention.interval.start
        if mention.kind in _ANCHORS and mention.interval.start == mention.interval.end:
            anchor, anchored = mention.interval.start, match.end
    return tuple(found)


def _stands_alone(tokens: Tokens, match: DateMatch, lexicon: Lexicon) -> bool:
    """Tell whether no noun follows a number that can be a day ("le 8, ..." but not "le 8 blindés")."""
    end = match.end
    if tokens.gaps[end][:1] in {",", ".", ";", ":", ")", "…"} or " –" in tokens.gaps[end]:
        return True
    if not tokens.words[end - 1][:1].isdecimal():
        return tokens.gaps[end - 1] != "-" or _is_name(tokens, end)  # "5-го X said", but not "5-го полку"
    return end < len(tokens.words) and tokens.words[end] in lexicon.table("dates")["after_day"]


def _is_name(tokens: Tokens, index: int) -> bool:
    """Tell whether a word is written like a name, and not like initials."""
    if index >= len(tokens.words):
        return True
    return tokens.text[tokens.starts[index] : tokens.ends[index]].istitle()


def _is_one_sentence(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether no sentence ends between two words: "on Sunday ... at 09:25" is Sunday's."""
    if end - start > _WINDOW:
        return False
    ends = _list_ends(tokens)
    at = bisect_left(ends, start)
    return at == len(ends) or ends[at] > end


def _drop_apposed(tokens: Tokens, matches: tuple[DateMatch, ...]) -> list[DateMatch]:
    """Keep one of two neighbours that say the same: "yesterday, 20 August", "on Sunday at night"."""
    kept: list[DateMatch] = []
    for match, after in pairwise((*matches, None)):
        if match is None or (after is not None and _is_apposed(tokens, match, after)):
            continue
        if match.key == "overnight" and kept and _is_day(tokens, kept[-1], match):
            continue
        kept.append(match)
    return kept


def _is_day(tokens: Tokens, day: DateMatch, night: DateMatch) -> bool:
    """Tell whether a day stands right before "overnight" and says which night."""
    return day.end == night.start and day.key in _DAYS and tokens.gaps[night.start] in {" ", ", "}


def _is_apposed(tokens: Tokens, match: DateMatch, after: DateMatch) -> bool:
    if match.key == "overnight" and tokens.gaps[after.start] == " ":
        return match.end == after.start and after.key in _DAYS
    if after.key not in {"date", "date_range", "numeric"} or tokens.gaps[after.start] not in {", ", " ("}:
        return False
    return match.end == after.start and KINDS.get(match.key, "") in _APPOSED and not match.prefix


def _build_context(
    tokens: Tokens, match: DateMatch, lexicon: Lexicon, day: date | None, anchor: date | None
) -> Context:
    open_ = match.key in OPEN_KEYS and match.prefix != "since"
    coming = match.prefix == "until" or (open_ and _speaks_of_coming(tokens, match, lexicon))
    known = day or date.min.replace(year=2000)
    return Context(
        day=known, anchor=anchor or known, coming=coming, prefix=match.prefix, known=day is not None
    )


def _speaks_of_coming(tokens: Tokens, match: DateMatch, lexicon: Lexicon) -> bool:
    """Tell whether the words of the same sentence speak of what is to come."""
    ends = _list_ends(tokens)
    before, after = bisect_right(ends, match.start), bisect_left(ends, match.end)
    start = max(ends[before - 1] if before else 0, match.start - _WINDOW)
    end = min(ends[after] if after < len(ends) else len(tokens.words), match.end + _WINDOW)
    begin, stop = tokens.starts[start], tokens.ends[end - 1]
    return _compile_coming(lexicon).search(tokens.lowered, begin, stop) is not None


@lru_cache(maxsize=4)
def _list_ends(tokens: Tokens) -> list[int]:
    """Return the words before which a sentence ends, in order."""
    gaps = enumerate(tokens.gaps)
    return [at for at, gap in gaps if gap != " " and ("\n" in gap or gap[:1] in {".", "!", "?"})]


def _read_match(tokens: Tokens, match: DateMatch, context: Context, report_id: str) -> TimeMention | None:
    try:
        reading = READERS[match.key](match, context)
    except (ValueError, OverflowError):  # the 31st of February; a year before the calendar
        return None
    if reading is None or not (context.known or _is_absolute(match)):
        return None
    kind, start, end = _apply_prefix(match, reading, context)
    if kind == "date" and match.key != "month_day" and _is_dateline(tokens, match):
        kind = "dateline"
    interval = _make_interval(tokens, match.prefix_start, match, (start, end), report_id)
    other = reading.other if reading.other and match.prefix in {"", "since"} else None
    return TimeMention(
        interval=interval,
        kind=kind,
        future=context.known and ((interval.start or date.min) > context.day or kind == "vague_future"),
        expected=_make_interval(
            tokens, match.prefix_start, match, (other[0], None if match.prefix else other[1]), report_id
        )
        if other and _is_near(other, (start, end), context)
        else None,
        since=_make_interval(tokens, match.event_start, match, (start, context.day), report_id)
        if match.event_start is not None and context.known
        else None,
    )


def _make_interval(
    tokens: Tokens, first: int, match: DateMatch, ends: tuple[date | None, date | None], report_id: str
) -> TimeInterval:
    start, end = ends
    if start and end and start > end:
        start, end = end, start
    begin, stop = tokens.starts[first], tokens.ends[match.end - 1]
    span = Span(report_id=report_id, start=begin, end=stop, exact=tokens.text[begin:stop])
    return TimeInterval(start=start, end=end, time_precision=_measure(start, end), span=span)


def _is_near(other: tuple[date, date], chosen: tuple[date | None, date | None], context: Context) -> bool:
    """Tell whether a coming reading is another one, and near enough to be meant."""
    return other != chosen and (other[0] - context.day).days <= _COMING


def _is_absolute(match: DateMatch) -> bool:
    return any(slot == "year" and value.isdecimal() for slot, value in match.slots) and match.prefix in {
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
    match: DateMatch, reading: Reading, context: Context
) -> tuple[str, date | None, date | None]:
    start, end = reading.start, reading.end
    if match.prefix == "since" and start is not None:
        return "since", start, context.day if start <= context.day else None
    if match.prefix == "until" and end is not None:
        return "until", context.day if end >= context.day else None, end
    return "as_of" if match.prefix == "as_of" and reading.kind == "date" else reading.kind, start, end


def _is_dateline(tokens: Tokens, match: DateMatch) -> bool:
    start = tokens.starts[match.start]
    placed = (
        start <= _DATELINE_REACH and "\n" not in tokens.lowered[:start] and tokens.gaps[match.start] == ", "
    )
    return placed and _DATELINE.match(tokens.gaps[match.end]) is not None

"""When a claim's thing happened, by the rulings on dates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from geo.claims.antecedents import is_elided
from geo.claims.diaries import find_headed
from geo.claims.parts import Clause, Mention, Trigger, cut_range, get_start
from geo.claims.scene import Scene
from geo.claims.sides import Cast
from geo.claims.status import Verdict
from geo.claims.text import Reading, Sentence
from geo.claims.vocabulary import Vocabulary
from geo.language.dates import TimeMention
from geo.model import Kind, RelationKind, Status, TimeInterval

__all__ = ["Moment", "Times", "find_day", "find_moments", "find_reported_day", "is_to_come", "pick_time"]

_UNDATING = frozenset({"dateline", "as_of"})
# A bulletin's opening dates what follows where its time is a day or the past day.
_LONGEST_REPORTED_DAYS = 2
# A ministry's weekly summary says so in its heading.
_LONGEST_HEADED_DAYS = 9
_OPENING_SENTENCES = 3
_LEAST_AXES = 3  # a tally of a staff goes through so many directions
_YEAR_REACH = 6
_SINCE_REACH = 8
# A comma parts a time from a trigger like so many words.
_PARTED = 6
_NOW_REACH = 4
_RECORD_REACH = 8
_JOIN_REACH = 5  # so near behind a day stands the one that "and" adds to it
_OPENING = 4  # a time that opens a sentence dates all of it, also behind a semicolon
_TOLD_REACH = 4  # so near behind a verb of saying "that" opens what is said
_SAID_REACH = 1  # so near behind a verb of saying stands the day of a statement
_PUBLISHED_REACH = 2  # so near behind a word for publishing stands the day of footage
_LEAST_LISTED, _BEHIND_REACH = 2, 2  # so many places have times of their own, so near behind them, in tokens
_NO_SUBJECT = 3  # so near to the beginning of a clause its verb has no subject of its own
_OWN_GAP = 8  # so near behind a verb a time is its own
# Of these the coming one is meant where something is expected ("in November"); a weekday may be a speech's.
_COMING = frozenset({"month", "season", "date", "range", "since"})
_DAYS = frozenset({"date", "weekday", "relative", "overnight"})
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
    joins: frozenset[str] = frozenset()
    by_kind: dict[Kind, TimeInterval] = field(default_factory=dict)
    headed: dict[int, TimeInterval] = field(default_factory=dict)  # by the number of the sentence

    def within(self, start: int, end: int) -> list[Moment]:
        """Return the times that begin in a range of tokens."""
        low = bisect_left(self.moments, start, key=get_start)
        return self.moments[low : bisect_left(self.moments, end, low, key=get_start)]


def find_moments(
    reading: Reading,
    mentions: tuple[TimeMention, ...],
    issued: date | None,
    cast: Cast,
    vocabulary: Vocabulary,
) -> Times:
    """Return a report's times at their tokens."""
    moments = [
        Moment(reading.find_token(m.interval.span.start), reading.find_end_token(m.interval.span.end), m)
        for m in mentions
        if m.interval.span is not None
    ]
    moments = [moment for moment in moments if not _only_compares(reading, moment, vocabulary)]
    day = TimeInterval(start=issued, end=issued)
    joins = vocabulary.words["coordinators"]
    moments.sort(key=get_start)
    headed = {} if cast.bulletin else find_headed(reading, moments)
    return Times(moments, issued, day, cast.bulletin, cast.ministry, joins, headed=headed)


def _only_compares(reading: Reading, moment: Moment, vocabulary: Vocabulary) -> bool:
    """Tell whether a time dates nothing ("less than in August", "ahead of the December vote")."""
    if moment.start == 0:
        return False
    words, before = vocabulary.words, reading.words[moment.start - 1]
    if not (words["than"] | words["based"] | words["despite"]).isdisjoint(
        reading.words[max(moment.start - 2, 0) : moment.start]
    ):
        return True  # "less than in August", "born in 1957"
    at = moment.start - 1
    while at > 0 and reading.words[at].isdigit():
        at -= 1
    if at < moment.start - 1 and reading.words[at] in words["versus"] and moment.mention.kind == "month":
        return True  # "80 sq km, down from 1,300 in August"
    event = moment.mention.since  # "since the truce of 27 November"
    first = moment.start if event is None or event.span is None else reading.find_token(event.span.start)
    if (moment.mention.kind == "since" or first < moment.start) and (
        reading.words[first - 1] in words["firsts"] or _is_record(reading, first, words)
    ):
        return True  # "for the first time since 2016", "the heaviest strikes since January"
    after = reading.words[moment.end] if moment.end < len(reading.words) else ""
    if after in words["births"]:
        return True  # "a man born in 1963"
    ranked = _is_of_noun(reading, moment, words)  # "one of the heaviest strikes of September"
    return moment.mention.kind == "month" and (ranked or (before in words["articles"] and after.isalpha()))


def _is_of_noun(reading: Reading, moment: Moment, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a month only says of which month something is the greatest, where nouns have cases."""
    bare = not words["articles"] and reading.words[moment.start].isalpha()
    bare = bare and reading.words[moment.start] not in words["locatives"]
    return bare and _is_record(reading, moment.start, words)


def _is_record(reading: Reading, end: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a superlative stands before a time, in the same part of the sentence."""
    before_most = words["articles"] | words["possessives"] | words["determiners"]
    for index in range(end - 1, max(end - _RECORD_REACH, 0), -1):
        if reading.marks[index]:
            return False
        most = reading.words[index] in words["mosts"] and reading.words[index - 1] in before_most
        if most or reading.words[index] in words["superlatives"]:
            return True
    return False


def find_reported_day(scene: Scene, times: Times) -> None:
    """Note the day that a bulletin's opening says it is about ("over the past day", "yesterday")."""
    times.bulletin = times.bulletin or _hands_on_tally(scene, times)
    for sentence in scene.reading.sentences[:_OPENING_SENTENCES] if times.bulletin else ():
        stated = {t.kind for t in cut_range(scene.triggers, sentence.start, sentence.end)}
        places = cut_range(scene.mentions, sentence.start, sentence.end)
        if not places and _is_of_peace(scene.reading, sentence):
            continue  # other news that stands above
        for moment in times.within(sentence.start, sentence.end):
            interval = moment.mention.interval
            opens = moment.start == scene.reading.sentences[0].start and moment.mention.kind == "range"
            weekly = times.ministry and (not stated or opens)
            longest = _LONGEST_HEADED_DAYS if weekly else _LONGEST_REPORTED_DAYS
            if moment.mention.kind in _UNDATING or not _is_reported_day(interval, times.issued, longest):
                continue
            if times.ministry and (not stated or opens or not any(m.role == "place" for m in places)):
                times.default = interval
            if not stated or stated & _INHERITING:
                times.by_kind = dict.fromkeys(_INHERITING, interval)
            return


def _hands_on_tally(scene: Scene, times: Times) -> bool:
    """Tell whether the press hands on a tally: fights of a past day, and then direction by direction."""
    axes = sum(m.resolution.toponym.relation.kind is RelationKind.AXIS for m in scene.mentions)
    if axes < _LEAST_AXES:
        return False
    for sentence in scene.reading.sentences[:_OPENING_SENTENCES]:
        fights = {t.kind for t in cut_range(scene.triggers, sentence.start, sentence.end)} & _INHERITING
        past = any(m.mention.kind == "past" for m in times.within(sentence.start, sentence.end))
        counted = cut_range(scene.figures, sentence.start, sentence.end)
        if fights and past and counted and not cut_range(scene.mentions, sentence.start, sentence.end):
            return True
    return False


def _is_of_peace(reading: Reading, sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of money or the like and of no forces ("The bank kept its rate ...")."""
    inside = [
        m.sense.name for m in reading.matches.get("thing", ()) if sentence.start <= m.start < sentence.end
    ]
    return "peace" in inside and not {"force", "weapon"}.intersection(inside)


def _is_reported_day(interval: TimeInterval, issued: date | None, longest: int) -> bool:
    """Tell whether a time is no longer than a bulletin reports of, and not the day of publication."""
    if interval.start is None or interval.end is None or interval.start == issued:
        return False
    return (interval.end - interval.start).days < longest


def pick_time(  # noqa: PLR0913, PLR0917
    scene: Scene, times: Times, clause: Clause, trigger: Trigger, verdict: Verdict, mention: Mention
) -> TimeInterval:
    """Return when a claim's thing happened, at the place of a mention."""
    moment = _find_placed(times, clause, mention) or _find_moment(scene, times, clause, trigger)
    if moment is not None and verdict.status is Status.EXPECTED and _dates_another(scene, clause, moment):
        moment = None
    if moment is not None and _is_headed_week(moment, times):
        return times.default
    if moment is not None:
        first = _find_joined(scene.reading, times, moment)
        interval = _join(scene.reading, times, first, _settle(first, times, verdict.status))
        lasting = trigger.name == "hold" and _is_since(scene, moment)
        lasting = lasting or (moment.mention.since is not None and trigger.name == "take")
        return replace(interval, end=times.issued) if lasting else interval
    told = verdict.kind in _INHERITING and verdict.status is Status.REPORTED
    along = _inherit(scene, times, clause, trigger) if told and _goes_along(scene, clause) else None
    if along is not None:
        return _settle(along, times, verdict.status)
    if times.bulletin and told:
        inherited = None if times.ministry else _inherit(scene, times, clause, trigger)
        if inherited is not None:
            return _settle(inherited, times, verdict.status)
        return times.by_kind.get(verdict.kind, times.default)
    headed = times.headed.get(clause.sentence) if verdict.status is not Status.EXPECTED else None
    return headed or times.default


def _find_placed(times: Times, clause: Clause, mention: Mention) -> Moment | None:
    """Return the time right behind a place in a list where others have theirs ("X in May and Y in June")."""
    if len(clause.mentions) < _LEAST_LISTED or mention not in clause.mentions:
        return None
    behind = [times.within(place.end, place.end + _BEHIND_REACH)[:1] for place in clause.mentions]
    if sum(map(bool, behind)) < _LEAST_LISTED:
        return None
    own = behind[clause.mentions.index(mention)]
    return own[0] if own else None


def _is_headed_week(moment: Moment, times: Times) -> bool:
    """Tell whether "over the week" is the week that a ministry's heading names."""
    week, told = times.default, moment.mention.interval
    if not times.ministry or moment.mention.kind != "past" or week.span is None:
        return False
    if None in {week.start, week.end, told.start, told.end}:
        return False
    lengths = [(one.end - one.start).days for one in (week, told) if one.start and one.end]
    return all(_LONGEST_REPORTED_DAYS < length < _LONGEST_HEADED_DAYS for length in lengths)


def is_to_come(scene: Scene, times: Times, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether what happens is given a term that has not come yet ("an assault by the end of May")."""
    if trigger.form not in {"noun", "count"} or times.issued is None:
        return False
    if not any(m.mention.kind == "until" for m in times.within(clause.start, clause.end)):
        return False
    moment = _find_moment(scene, times, clause, trigger)
    if moment is None or moment.mention.kind != "until" or not clause.start <= moment.start < clause.end:
        return False
    end = moment.mention.interval.end
    return end is not None and end > times.issued


def _dates_saying(scene: Scene, clause: Clause, moment: Moment) -> bool:
    """Tell whether a time is the day of a statement ("said on Sunday that ...")."""
    words, marks, end = scene.reading.words, scene.reading.marks, moment.end
    end += marks[end : end + 1] == [","]
    if scene.vocabulary.words["complementizers"].isdisjoint(words[end : end + 1]):
        return False
    reach = range(moment.start - _SAID_REACH, moment.start + 1)
    return any(saying.cue_end in reach for saying in scene.sayings.get(clause.sentence, ()))


def _dates_statement(scene: Scene, clause: Clause, trigger: Trigger, moment: Moment) -> bool:
    """Tell whether a time is the day of a statement on all before it ("X and Y, he said on Monday")."""
    return any(
        s.scope_start <= trigger.start < s.scope_end <= moment.start
        and min(s.cue_start, s.source_start) <= moment.start <= max(s.cue_end, s.source_end)
        for s in scene.sayings.get(clause.sentence, ())
    )


def _goes_along(scene: Scene, clause: Clause) -> bool:
    """Tell whether a clause adds to what was told before ("Shells also fell on X"), and so has its day."""
    return not scene.vocabulary.words["also"].isdisjoint(scene.reading.words[clause.start : clause.end])


def _dates_another(scene: Scene, clause: Clause, moment: Moment) -> bool:
    """Tell whether a time belongs to what else is told ("who took X in May, will leave Y")."""
    return any(
        other is not clause and other.triggers and other.start <= moment.start < other.end
        for other in scene.list_sentence(clause)
    )


def _is_since(scene: Scene, moment: Moment) -> bool:
    """Tell whether a day is the first of many ("since its offensive, launched on 6 August")."""
    words = scene.reading.words[max(moment.start - _SINCE_REACH, 0) : moment.start]
    return not scene.vocabulary.words["since"].isdisjoint(words)


def _find_moment(scene: Scene, times: Times, clause: Clause, trigger: Trigger) -> Moment | None:
    """Return the time in a clause, else before it in its sentence, else one that dates nothing else."""
    own = [m for m in times.within(clause.start, clause.end) if _dates(m, trigger)]
    own = [m for m in own if not _is_inserted(scene, clause.start, m, trigger.start)]
    own = [m for m in own if not _dates_what_follows(scene, m, trigger)]
    said = [m for m in own if _dates_saying(scene, clause, m)]
    free = [m for m in own if m not in said and "," not in scene.reading.marks[trigger.end : m.start]]
    own = free if said and free else own  # "said on 20 August that it took X since the 6th"
    if own:
        return min(own, key=lambda m: _weigh(scene.reading, m, clause, trigger))
    near = scene.reading.words[max(trigger.start - _NOW_REACH, clause.start) : trigger.end]
    if not scene.vocabulary.words["nows"].isdisjoint(near):
        return None  # "... in May, and now holds Y"
    sentence = scene.reading.sentences[clause.sentence]
    around = [m for m in times.within(sentence.start, sentence.end) if _dates(m, trigger)]
    around = [m for m in around if not _dates_what_follows(scene, m, trigger)]
    if not around:
        return None
    marks, apart = scene.reading.marks, any(not mention.anaphor for mention in clause.mentions)
    before = [
        m
        for m in around
        if m.start < clause.start and not _is_inserted(scene, sentence.start, m, clause.start)
        if not (apart and m.start - sentence.start > _OPENING and ";" in marks[m.end : clause.start])
        if not _is_of_relative(scene, clause, m)
    ]
    if trigger.name == "hold":  # what is held now, not what was done then
        before = [m for m in before if not _dates_another(scene, clause, m)]
    elif apart:  # "has held X since May, and has reached Y"
        before = [m for m in before if m.mention.kind != "since" or m.start - sentence.start <= _OPENING]
    elided = _find_elided(scene, times, clause)
    if elided is not None:
        return elided
    if before:
        return before[-1]
    others = [other for other in scene.list_sentence(clause) if _goes_on_elsewhere(other, clause, trigger)]
    idle = [
        m
        for m in around
        if not any(other.start <= m.start < other.end for other in others)
        or _dates_statement(scene, clause, trigger, m)
    ]
    idle = [m for m in idle if not _is_inserted(scene, sentence.start, m, trigger.start)]
    return idle[0] if idle else None


def _dates_what_follows(scene: Scene, moment: Moment, trigger: Trigger) -> bool:
    """Tell whether a time behind a deed is that of what it followed ("struck X, a day after Y fell")."""
    last = scene.reading.words[moment.end - 1]
    return moment.start >= trigger.end and last in scene.vocabulary.words["afters"]


def _is_of_relative(scene: Scene, clause: Clause, moment: Moment) -> bool:
    """Tell whether a relative clause before tells something of its own then ("X, which they took in May")."""
    words, which = scene.reading.words, scene.vocabulary.words["which"]
    sayings = scene.sayings.get(clause.sentence, ())
    return bool(scene.vocabulary.words["articles"]) and any(
        other.opener == "relative"
        and other is not clause
        and other.start <= moment.start < other.end
        and bool(other.triggers)
        and words[other.start] in which
        and not any(s.cue_end <= other.start <= s.cue_end + _TOLD_REACH for s in sayings)
        for other in scene.list_sentence(clause)
    )


def _find_elided(scene: Scene, times: Times, clause: Clause) -> Moment | None:
    """Return the time of a second verb with the same subject ("which they shelled and stormed since ...")."""
    after = next((c for c in scene.list_sentence(clause) if c.start == clause.end), None)
    if after is None or after.opener != "coordinator" or len(after.triggers) != 1 or after.mentions:
        return None
    trigger = after.triggers[0]
    told = [m for m in times.within(trigger.end, after.end) if _dates(m, trigger)]
    return told[0] if told and is_elided(scene, trigger, after) else None


def _is_inserted(scene: Scene, start: int, moment: Moment, end: int) -> bool:
    """Tell whether a time stands in a relative clause closed by a comma ("X, who took Y in May, now ...")."""
    marks, which = scene.reading.marks, scene.vocabulary.words["which"]
    if "," not in marks[moment.end : end]:
        return False
    comma = next((at for at in range(moment.start - 1, start, -1) if marks[at] == ","), None)
    if comma is None:
        return False
    told = scene.reading.words[comma + 1]
    if scene.vocabulary.words["articles"] and not which.isdisjoint(
        scene.reading.words[comma + 1 : moment.start]
    ):
        return True  # "X, a town that they took in May, is ..."
    said = (
        one.cue_end for group in scene.sayings.values() for one in group
    )  # "said, that over the past day"
    relative = told in which and not any(end in {comma, comma + 1} for end in said)
    return relative or any(trigger.start == comma + 1 for trigger in scene.triggers)


def _weigh(reading: Reading, moment: Moment, clause: Clause, trigger: Trigger) -> tuple[bool, int]:
    """Return how far a time is from a trigger: commas part them, and the time of a live blog comes last.

    A time right behind another verb is rather that one's ("who took X last week were closing in on Y").
    """
    first, last = (moment.end, trigger.start) if moment.end <= trigger.start else (trigger.end, moment.start)
    marks = reading.marks[first:last]
    parted = _PARTED * ("," in marks) + 3 * _PARTED * (";" in marks)
    if moment.end <= trigger.start and trigger.form == "verb":
        told = (t for t in clause.triggers if t.form == "verb" and t.end <= moment.start)
        parted += 3 * _PARTED * any(_gap(moment, t) < _OWN_GAP for t in told)
    return moment.mention.kind == "clock", _gap(moment, trigger) + parted


def _goes_on_elsewhere(other: Clause, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a clause states something else ("a bomb that hit a clinic on Friday" does not)."""
    if other is clause or not other.triggers:
        return False
    placed = any(mention.role == "place" for mention in other.mentions)
    same = all(t.name == trigger.name for t in other.triggers)
    ends = (
        trigger.form == "noun" and other.triggers[0].start - other.start < _NO_SUBJECT
    )  # "fire, in X, hit Y"
    return placed or not same or not (other.opener == "relative" or ends) or other.start != clause.end


def find_day(reading: Reading, times: Times, number: int) -> TimeInterval | None:
    """Return the first time in a sentence that speaks of what is to come, or None."""
    sentence = reading.sentences[number]
    for moment in times.within(sentence.start, sentence.end):
        interval = moment.mention.interval
        ended = interval.end is not None and times.issued is not None and interval.end <= times.issued
        if moment.mention.kind not in _UNDATING and not ended:
            return interval
    return None


def _inherit(scene: Scene, times: Times, clause: Clause, trigger: Trigger) -> Moment | None:
    """Return the time of what was told before in the same paragraph of a bulletin."""
    reading, published = scene.reading, scene.vocabulary.words["published"]
    paragraph = reading.sentences[clause.sentence].paragraph
    number = clause.sentence
    while number > 0 and reading.sentences[number - 1].paragraph == paragraph:
        number -= 1
    before = times.within(reading.sentences[number].start, clause.start)
    dating = [m for m in before if _dates(m, trigger) and m.mention.kind != "year"]
    return dating[-1] if dating and not _only_dates_footage(reading, dating[-1], published) else None


def _only_dates_footage(reading: Reading, moment: Moment, published: frozenset[str]) -> bool:
    """Tell whether a time is that of footage, and not of what it shows ("published on Friday shows ...")."""
    return not published.isdisjoint(reading.words[max(moment.start - _PUBLISHED_REACH, 0) : moment.start])


def _dates(moment: Moment, trigger: Trigger) -> bool:
    if moment.mention.kind in _UNDATING:
        return False
    return moment.mention.kind != "year" or abs(_gap(moment, trigger)) <= _YEAR_REACH


def _gap(moment: Moment, trigger: Trigger) -> int:
    return trigger.start - moment.end if moment.end <= trigger.start else moment.start - trigger.end + 1


def _find_joined(reading: Reading, times: Times, moment: Moment) -> Moment:
    """Return the day to which but "and" adds another one ("le 28, puis le 30 juillet")."""
    for other in reversed(times.within(moment.start - _JOIN_REACH, moment.start)):
        between = list(filter(None, reading.words[other.end : moment.start]))
        dated = {other.mention.kind, moment.mention.kind} == {"date"}
        if dated and between and times.joins.issuperset(between):
            return other
    return moment


def _join(reading: Reading, times: Times, moment: Moment, interval: TimeInterval) -> TimeInterval:
    """Return a day with the one that "and" adds to it ("on Sunday and again on Monday")."""
    if interval.start is None or interval.start != interval.end:
        return interval
    for other in times.within(moment.end, moment.end + _JOIN_REACH):
        day, between = other.mention.interval, reading.words[moment.end : other.start]
        marks = reading.marks[moment.end : other.start]
        bare = times.joins.issuperset(filter(None, between))  # "le 28, puis le 30"
        parted = any(mark and (mark != "," or not bare) for mark in marks)
        if day.start is None or day.start != day.end or parted or other.mention.kind not in _DAYS:
            continue
        if times.joins.isdisjoint(between) or times.issued is None or day.start > times.issued:
            continue
        if 0 < (day.start - interval.start).days < _LONGEST_REPORTED_DAYS + 1:
            return replace(interval, end=day.start)
    return interval


def _settle(moment: Moment, times: Times, status: Status) -> TimeInterval:
    """Return a time, cut at the day of publication unless it speaks of what is to come."""
    future = status is Status.EXPECTED and moment.mention.kind in _COMING
    coming = moment.mention.expected if future else None
    interval = coming or moment.mention.interval
    issued = times.issued
    if status is Status.EXPECTED or issued is None:
        return interval
    if interval.end is None and interval.start == issued:  # "fell within hours"
        return replace(interval, end=issued)
    if interval.end is None or interval.end <= issued:
        return interval
    start = min(interval.start, issued) if interval.start else None
    return TimeInterval(start=start, end=issued, time_precision=interval.time_precision, span=interval.span)

"""From a report's words and places to its claims: composition only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from geo.claims.actors import Stage as Play
from geo.claims.actors import find_actors
from geo.claims.addressees import list_addressees
from geo.claims.antecedents import leave_sources
from geo.claims.bearings import leave_bearings
from geo.claims.clauses import cut_clauses
from geo.claims.courses import Courses, read_courses
from geo.claims.denials import Draft, add_denials
from geo.claims.gate import read_once
from geo.claims.guesses import guess_actors
from geo.claims.interviews import name_answers
from geo.claims.links import find_mentions, link_clauses
from geo.claims.numbers import assign_figures, find_figures
from geo.claims.parties import are_apart, find_party, find_speaker
from geo.claims.parts import Clause, Link, Mention, Saying, Trigger, cut_range
from geo.claims.purposes import add_echoes, judge_aim, link_aims, link_purposes
from geo.claims.quarters import place_quarters
from geo.claims.questions import affirm_asked
from geo.claims.quotes import spread_quotes
from geo.claims.retorts import find_retorter, is_refused
from geo.claims.roles import settle_roles
from geo.claims.salience import drop_counted_towns, drop_verbs, leave_passing
from geo.claims.sayings import find_sayings, note_sides, pick_saying
from geo.claims.scene import Scene, gather_things
from geo.claims.sides import find_sides, hear_sides, read_cast
from geo.claims.status import Verdict, judge_trigger
from geo.claims.surroundings import find_calm
from geo.claims.text import Reading
from geo.claims.times import Times, find_moments, find_reported_day, is_to_come, pick_time
from geo.claims.triggers import find_triggers
from geo.claims.twins import drop_twins
from geo.claims.unknown import add_unknown
from geo.claims.vocabulary import Vocabulary, compile_vocabulary
from geo.language.dates import find_times
from geo.language.lexicon import Lexicon
from geo.language.quantities import find_quantities
from geo.model import (
    Claim,
    ControlStatus,
    Course,
    Kind,
    Quantity,
    Rejection,
    Report,
    Resolution,
    Span,
    Stage,
    Status,
    TimeInterval,
)
from geo.places.anaphora import find_anaphora

__all__ = ["ClaimResult", "ClaimSettings", "read_claims"]

_COUNTRY = 3
_LONGEST_WAR = 25  # years: what lies further back is history
_ID_DIGITS = 16
# Sentences of the shortest report with a headline.
_WITH_BODY = 2
_TOLD_REACH = 3  # so near behind a verb of saying "that" opens what is said
_PARTING = frozenset(",:")
_OWN_WORDS = 3  # "5/ I still expect": the source is who writes


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimSettings:
    """How claims are read.

    Attributes
    ----------
    keep_unplaced
        Whether a place that cannot be told still gives a claim, without a point; if not, a rejection.
    """

    keep_unplaced: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimResult:
    """The claims of a report, and what states something but became no claim."""

    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]


def read_claims(
    report: Report,
    resolutions: tuple[Resolution, ...],
    lexicon: Lexicon,
    settings: ClaimSettings = ClaimSettings(),
) -> ClaimResult:
    """Read what a report states of places.

    Parameters
    ----------
    report
        The report.
    resolutions
        Its toponyms with their places (`geo.places.resolve.resolve_toponyms`).
    lexicon
        The words of its language.
    settings
        How claims are read.

    Returns
    -------
    ClaimResult
        Claims in text order, one for each kind, place, side and status; and rejections with their reasons.
    """
    scene, times = read_scene(report, resolutions, lexicon)
    drafts: list[Draft] = []
    rejections: list[Rejection] = []
    play = Play(scene, _get_day(report))
    links: dict[int, list[Link]] = {}
    linked = link_clauses(scene)
    courses = read_courses(scene, linked)
    linked = courses.keep(linked)
    plans = link_purposes(scene, linked)
    plans |= link_aims(scene, linked)
    for link in linked:
        links.setdefault(id(link.trigger), []).append(link)
    for clause in scene.clauses:
        for trigger in clause.triggers:
            plan = plans.get(id(trigger))
            stated, left_out = _draft(
                play, times, clause, trigger, links.get(id(trigger), []), settings, plan
            )
            drafts += stated
            rejections += left_out
    return ClaimResult(
        claims=_make_claims(report, scene, times, drafts, courses), rejections=tuple(rejections)
    )


def read_scene(report: Report, resolutions: tuple[Resolution, ...], lexicon: Lexicon) -> tuple[Scene, Times]:
    """Find in a report all that its claims are made of, and cut it into clauses."""
    text, vocabulary = report.text, compile_vocabulary(lexicon)
    reading, cues = read_once(text, lexicon)
    told = find_times(text, lexicon, report.issued, report.id)
    mentions = find_mentions(reading, resolutions, find_anaphora(report, lexicon, resolutions))
    mentions = add_unknown(report, reading, mentions, told, vocabulary)
    mentions = drop_verbs(reading, mentions)
    settle_roles(reading, mentions, vocabulary)
    place_quarters(reading, mentions, vocabulary)
    leave_bearings(reading, mentions, vocabulary)
    cast = read_cast(reading, report.publisher, vocabulary, mentions)
    regional = cast.bulletin and not cast.ministry
    triggers = find_triggers(reading, mentions, cues.by_name, vocabulary.words, regional=regional)
    times = find_moments(reading, told, _get_day(report), cast, vocabulary)
    sayings = _find_sayings(reading, vocabulary, triggers, times, mentions)
    leave_sources(reading, mentions, vocabulary)
    note_sides(reading, sayings, cast, vocabulary.words["with"])
    figures = find_figures(reading, find_quantities(text, lexicon, report.id), vocabulary.words["articles"])
    figures = drop_counted_towns(figures, mentions)
    things = gather_things(reading, cues, figures)
    leave_passing(reading, mentions, triggers, things, vocabulary)
    scene = Scene(
        reading=reading,
        vocabulary=vocabulary,
        cast=cast,
        cues=cues,
        mentions=mentions,
        triggers=triggers,
        sayings=sayings,
        sides=hear_sides(find_sides(reading, cast, mentions, vocabulary), sayings, cast),
        figures=figures,
        things=things,
        calm=find_calm(reading, things, triggers, vocabulary.words["shared"]),
        masked=frozenset(
            index
            for group in sayings.values()
            for s in group
            for index in (*range(s.source_start, s.source_end), *list_addressees(reading, s, vocabulary))
        ),
    )
    find_reported_day(scene, times)
    cut_clauses(scene)
    return scene, times


def _get_day(report: Report) -> date | None:
    return report.issued.date() if report.issued else None


def _find_sayings(
    reading: Reading,
    vocabulary: Vocabulary,
    triggers: list[Trigger],
    times: Times,
    mentions: list[Mention],
) -> dict[int, list[Saying]]:
    """Return who says what, and take places within a source's name out of the running."""
    named = frozenset(
        index
        for mention in mentions
        if mention.role in {"place", "origin", "unit_only"} and mention.rank < _COUNTRY
        for index in range(mention.name_start, mention.name_end)
    )
    timed = [(moment.start, moment.end) for moment in times.moments]
    sayings = find_sayings(reading, vocabulary, triggers, timed, named)
    spread_quotes(reading, sayings)
    name_answers(reading, sayings, named, vocabulary)
    affirm_asked(reading, sayings, triggers, vocabulary)
    for number, group in sayings.items():
        sentence = reading.sentences[number]
        for mention in cut_range(mentions, sentence.start, sentence.end):
            if any(
                s.source_start <= mention.name_start < s.source_end + _is_short(reading, s) for s in group
            ):
                mention.role = "source"
    told = {at for group in sayings.values() for s in group for at in range(s.source_start, s.source_end)}
    if any(trigger.start in told for trigger in triggers):
        triggers[:] = [t for t in triggers if t.start not in told]  # "people who fled X say"
    return sayings


def _is_short(reading: Reading, saying: Saying) -> int:
    """Return how many tokens behind a source its short name reaches ("the National Agency (Ani)"), or 0."""
    return 2 if reading.marks[saying.source_end : saying.source_end + 1] == ["("] else 0


def _draft(  # noqa: PLR0913, PLR0917
    play: Play,
    times: Times,
    clause: Clause,
    trigger: Trigger,
    links: list[Link],
    settings: ClaimSettings,
    plan: tuple[Clause, Trigger] | None,
) -> tuple[list[Draft], list[Rejection]]:
    """Judge one trigger and return what it states of each of its places, and what it does not.

    ``plan`` is where it is told who does it and who says so, for an aim.
    """
    scene = play.scene
    saying = pick_saying(scene.sayings.get(clause.sentence, []), trigger.start, trigger.end)
    verdict = _judge(scene, times, clause, trigger, saying)
    if plan is not None:
        verdict = judge_aim(trigger, verdict)
    denied = verdict.status is Status.DENIED
    told, word = plan or (clause, trigger)
    if plan is not None:
        saying = saying or pick_saying(scene.sayings.get(told.sentence, []), word.start)
    named = find_actors(play, word, told, saying, denied=denied)
    party = find_party(play, word, told, named, saying)
    teller = _find_teller(scene.sayings.get(clause.sentence, ()), saying, trigger.start)
    drafts: list[Draft] = []
    rejections: list[Rejection] = []
    for link in links:
        place = link.mention.resolution.place
        reason = verdict.reason
        if place is None and (link.mention.guessed or not settings.keep_unplaced):
            reason = reason or "the place is not known"
        if reason:
            span = link.mention.resolution.toponym.span
            rejections.append(
                Rejection(report_id=span.report_id, stage=Stage.CLAIM, reason=reason, span=span)
            )
            continue
        actors = named
        if word is trigger or word.form != "count":  # whom a headline gathers, it does not tell
            actors = guess_actors(
                play, trigger, clause, verdict.kind, place, named=named, teller=teller, denied=denied
            )
        time = pick_time(scene, times, clause, trigger, verdict, link.mention)
        if _is_history(time, play.issued):
            continue
        if named and verdict.kind is Kind.STRIKE and place is not None:
            play.struck[place.country_code] = named
        party = party if actors == named else find_party(play, word, told, actors, saying)
        voice = _find_voice(scene, clause, trigger, verdict, saying)
        drafts.append(Draft(link, verdict, voice, actors, time, party))
    if not verdict.reason:
        acted = named or (drafts[-1].actors if drafts else ())
        play.remember(clause, verdict.kind, acted, named=bool(named))
    return drafts, rejections


def _find_voice(
    scene: Scene, clause: Clause, trigger: Trigger, verdict: Verdict, saying: Saying | None
) -> Saying | None:
    """Return who says what a trigger states, or None for the report's own voice."""
    if verdict.status is Status.DENIED and is_refused(scene, clause, trigger):
        return find_retorter(scene, clause, saying)
    return None if saying is None or _only_fears(scene, verdict, trigger, saying) else saying


def _find_teller(sayings: Sequence[Saying], saying: Saying | None, token: int) -> str:
    """Return the side that speaks, or the one that hands on what somebody without a side told."""
    if saying is None or saying.side:
        return saying.side if saying is not None else ""
    return next((s.side for s in sayings if s.side and s.scope_start <= token < s.scope_end), "")


def _judge(scene: Scene, times: Times, clause: Clause, trigger: Trigger, saying: Saying | None) -> Verdict:
    """Judge a trigger; what is given a term that has not come yet is expected."""
    verdict = judge_trigger(scene, clause, trigger, saying)
    reported = verdict.status is Status.REPORTED and not verdict.reason
    if reported and is_to_come(scene, times, clause, trigger):
        return replace(verdict, status=Status.EXPECTED)
    return verdict


def _only_fears(scene: Scene, verdict: Verdict, trigger: Trigger, saying: Saying | None) -> bool:
    """Tell whether who fears or awaits something did not say what the report states beside it.

    "X fears an assault on Y, where reserves have arrived", but not "X warns that reserves have arrived".
    """
    if saying is None or verdict.status is not Status.REPORTED or trigger.start < saying.cue_end:
        return False
    if not scene.cues.within("fear", saying.cue_start, saying.cue_end):
        return False
    words, marks = scene.reading.words, scene.reading.marks
    told = scene.vocabulary.words["complementizers"]
    if told.isdisjoint(words[saying.cue_end : saying.cue_end + _TOLD_REACH]):
        return not _PARTING.isdisjoint(marks[saying.cue_end : trigger.start])
    joined = scene.vocabulary.words["coordinators"]
    return any(marks[i] == "," and words[i + 1] in joined for i in range(saying.cue_end, trigger.start))


def _is_history(time: TimeInterval, issued: date | None) -> bool:
    """Tell whether a time lies in another war ("in 1943 the Red Army freed X")."""
    return time.end is not None and issued is not None and issued.year - time.end.year > _LONGEST_WAR


def _make_claims(
    report: Report, scene: Scene, times: Times, drafts: list[Draft], courses: Courses
) -> tuple[Claim, ...]:
    """Give the drafts their numbers, add denials and leave out what is told twice."""
    kinds = {id(draft.link): draft.verdict.kind for draft in drafts}
    figures = assign_figures(scene, [draft.link for draft in drafts], kinds)
    echoes = add_echoes(scene, times, drafts)
    claims = []
    for draft in add_denials(scene, drafts):
        count, area = figures.get(id(draft.link), (None, None))
        count = count or echoes.get(id(draft.link))
        counted = count is not None or area is not None
        if counted or (draft.link.siblings <= 1 and not _is_general(draft)):
            course = courses.find(draft.link, draft.verdict.kind)
            claims.append(_make_claim(report, scene, draft, (count, area), course))
    return drop_twins(claims, _find_headline(report, scene))


def _is_general(draft: Draft) -> bool:
    """Tell whether a whole country is spoken of without a number or a day: the course of the war."""
    kind = draft.verdict.kind
    dated = kind in {Kind.STRIKE, Kind.ADVANCE} and draft.time.span is not None
    denied = kind is Kind.ADVANCE and draft.verdict.status is Status.DENIED  # "no troops entered X"
    return draft.link.mention.rank == _COUNTRY and not (dated or denied)


def _make_claim(
    report: Report,
    scene: Scene,
    draft: Draft,
    figures: tuple[Quantity | None, Quantity | None],
    course: Course | None,
) -> Claim:
    link, verdict, saying = draft.link, draft.verdict, draft.saying
    count, area = figures
    quote = _quote(report, scene, link.clause)
    words = link.mention.resolution.toponym.span.exact
    key = (report.id, verdict.kind, verdict.status, ";".join(draft.actors), str(quote.start), words)
    side = saying.side if saying else scene.cast.publisher
    voice = find_speaker(scene, saying)
    return Claim(
        id=hashlib.sha256("|".join(key).encode()).hexdigest()[:_ID_DIGITS],
        report_id=report.id,
        kind=verdict.kind,
        status=verdict.status,
        place=link.mention.resolution,
        quote=quote,
        actors=draft.actors,
        count=count,
        area=area,
        time=draft.time,
        attribution=_name_source(scene, saying),
        asserted_by=side,
        control_status=_judge_control(verdict, draft.actors, "" if are_apart(draft.party, voice) else side),
        rule=f"{link.trigger.name}-{link.trigger.form}-{link.how}",
        party=draft.party,
        asserted_party=voice,
        course=course,
    )


def _name_source(scene: Scene, saying: Saying | None) -> str | None:
    """Return who says so; who writes the report is nobody else ("I still expect ...")."""
    if saying is None:
        return None
    words, small = scene.reading.words[saying.source_start : saying.source_end], scene.vocabulary.words
    telling = [word for word in words if word.isalpha() and word not in small["articles"]]
    own = len(words) <= _OWN_WORDS and bool(telling) and telling[0] in small["first"]
    return None if own else saying.source or None


def _quote(report: Report, scene: Scene, clause: Clause) -> Span:
    reading, sentence = scene.reading, scene.reading.sentences[clause.sentence]
    start, end = reading.starts[sentence.start], reading.ends[sentence.end - 1]
    return Span(report_id=report.id, start=start, end=end, exact=report.text[start:end])


def _judge_control(verdict: Verdict, actors: tuple[str, ...], side: str) -> ControlStatus | None:
    """Tell how sure control is: what the holder's own side says is only claimed."""
    if verdict.kind is not Kind.CONTROL:
        return None
    if verdict.status is Status.DENIED:
        return ControlStatus.CONTESTED
    return ControlStatus.CLAIMED if side and side in actors else ControlStatus.STATED


def _find_headline(report: Report, scene: Scene) -> Span | None:
    """Return the first line of a report where it ends like a headline and a body follows."""
    sentences = scene.reading.sentences
    if len(sentences) < _WITH_BODY or sentences[1].paragraph == sentences[0].paragraph:
        return None
    start, end = scene.reading.starts[sentences[0].start], scene.reading.ends[sentences[0].end - 1]
    text = report.text[start:end]
    return None if text.endswith(".") else Span(report_id=report.id, start=start, end=end, exact=text)

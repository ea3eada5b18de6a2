"""What a later sentence adds to a planned assault: where it aims ("Their goal? To retake X"), its forces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from geo.claims.denials import Draft
from geo.claims.numbers import pick_forces
from geo.claims.parts import Clause, Link, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.claims.status import Verdict, judge_trigger
from geo.claims.times import Times, find_day
from geo.model import Kind, Quantity, Status

__all__ = ["add_echoes", "judge_aim", "link_aims", "link_purposes"]

_PLANNED = frozenset({"assault", "offensive", "attack"})
_AIMED = frozenset({Kind.CONTROL, Kind.ADVANCE})
# "Their goal?" stands within so many tokens, and a sentence of so many words holds nothing else.
_OPENING, _SHORT = 5, 4
# "This assault" goes on about one told so many sentences before.
_ECHO_SENTENCES = 4
# What forces gather for, and how near before it its "to" or "for" stands, in tokens.
_PURPOSES = frozenset({"take", "hold", "advance", "offensive", "attack", "assault", "fall", "lose"})
_PURPOSE_REACH = 3


def link_aims(scene: Scene, links: list[Link]) -> dict[int, tuple[Clause, Trigger]]:
    """Find sentences that name the aim of forces told of just before, and gather those forces there.

    Returns
    -------
    dict
        The clause and the trigger of the plan that tells whose aim it is, by the identity of the aim's
        trigger.  Links of the forces that gather are added to ``links``.
    """
    aims: dict[int, tuple[Clause, Trigger]] = {}
    linked = {id(link.trigger) for link in links}
    for link in list(links):
        if link.trigger.kind not in _AIMED:
            continue
        number = _find_statement(scene, link.clause)
        plan = _find_plan(scene, number, linked) if number >= 0 else None
        if plan is None:
            continue
        aims[id(link.trigger)] = plan
        gathered = _find_gathered(scene, plan)
        if gathered is not None and id(gathered) not in linked:
            linked.add(id(gathered))
            aims[id(gathered)] = plan
            links.append(Link(gathered, link.mention, plan[0], "aim"))
    return aims


def link_purposes(scene: Scene, links: list[Link]) -> dict[int, tuple[Clause, Trigger]]:
    """Find what forces are gathered for ("masses troops to retake X"), and gather them there.

    Returns
    -------
    dict
        The clause and the trigger of those who gather, by the identity of the purpose's trigger.  Links of
        a gathering that is told of no place of its own are added to ``links``; what it only stands against
        loses its own.
    """
    purposes: dict[int, tuple[Clause, Trigger]] = {}
    placed: dict[int, list[Link]] = {}
    for link in links:
        placed.setdefault(id(link.trigger), []).append(link)
    for first, last in scene.spans.values():
        told = [(clause, trigger) for clause in scene.clauses[first:last] for trigger in clause.triggers]
        before: tuple[Clause, Trigger] | None = None
        for clause, trigger in told:
            gathering = before or _count_gathered(scene, clause, trigger)
            before = (clause, trigger)
            if gathering is None or gathering[1].name != "gather" or trigger.name not in _PURPOSES:
                continue
            marker = _find_marker(scene, gathering[1], trigger)
            if not marker:
                continue
            before = gathering  # "to encircle and take X": both are what it is for
            purposes[id(trigger)] = gathering
            own = placed.get(id(trigger), [])
            if not placed.get(id(gathering[1])):
                added = [Link(gathering[1], link.mention, gathering[0], "purpose") for link in own]
                placed[id(gathering[1])] = added
                links += added
            if gathering[1] not in gathering[0].triggers:
                gathering[0].triggers.insert(0, gathering[1])
            if marker == "against":
                clause.triggers.remove(trigger)
                links[:] = [link for link in links if link.trigger is not trigger]
    return purposes


def _count_gathered(scene: Scene, clause: Clause, trigger: Trigger) -> tuple[Clause, Trigger] | None:
    """Return the number of those whom a headline without a verb gathers ("X: 50,000 men for an assault")."""
    counted = find_first(scene.things["counted"], clause.start, trigger.start)
    if trigger.form != "noun" or counted is None:
        return None
    if find_first(scene.things["loss"], clause.start, clause.end) is not None:
        return None
    return clause, Trigger(counted, counted + 1, "gather", "count")


def _find_marker(scene: Scene, gathering: Trigger, purpose: Trigger) -> str:
    """Return whether a gathering is ``for`` or ``against`` something told of later, or an empty text."""
    reading, words = scene.reading, scene.vocabulary.words
    start = max(gathering.start + 1, purpose.start - _PURPOSE_REACH)
    if gathering.end > purpose.start or ";" in reading.marks[gathering.end : purpose.start]:
        return ""
    for index in range(purpose.start - 1, start - 1, -1):
        if reading.marks[index]:
            return ""
        if reading.words[index] in words.get("purposes", ()):
            return "for"
        if gathering.form == "count" and reading.words[index] in words["against"]:
            return "against"
    return ""


def judge_aim(trigger: Trigger, verdict: Verdict) -> Verdict:
    """Return what an aim states: the forces are there, and they are to advance."""
    if verdict.status is Status.DENIED or verdict.reason:
        return verdict
    if trigger.kind is Kind.CONCENTRATION:
        return replace(verdict, status=Status.REPORTED)
    kind = trigger.kind if trigger.name == "hold" else Kind.ADVANCE
    return replace(verdict, kind=kind, status=Status.EXPECTED)


def _find_statement(scene: Scene, clause: Clause) -> int:
    """Return the number of the sentence whose aim a clause tells, or -1."""
    sentences = scene.reading.sentences
    sentence = sentences[clause.sentence]
    if scene.cues.within("aim", sentence.start, min(sentence.start + _OPENING, sentence.end)):
        return clause.sentence - 1
    if clause.sentence == 0:
        return -1
    before = sentences[clause.sentence - 1]
    asked = scene.cues.within("aim", before.start, before.end)
    if asked and sum(map(bool, scene.reading.words[before.start : before.end])) > _SHORT:
        return -1
    return clause.sentence - 2 if asked else -1


def _find_plan(scene: Scene, number: int, linked: set[int]) -> tuple[Clause, Trigger] | None:
    """Return what a sentence says of forces that gather, or of an assault to come, at no place."""
    first, last = scene.spans[number]
    for clause in scene.clauses[first:last]:
        for trigger in clause.triggers:
            if id(trigger) in linked:
                continue
            status = judge_trigger(scene, clause, trigger, None).status
            planned = trigger.name in _PLANNED and status is Status.EXPECTED
            opened = trigger.name == "offensive" and status is not Status.DENIED
            if planned or opened or trigger.kind is Kind.CONCENTRATION:
                return clause, trigger
    return None


def _find_gathered(scene: Scene, plan: tuple[Clause, Trigger]) -> Trigger | None:
    """Return what tells of the forces of a plan: its own word for gathering, or their number."""
    clause, trigger = plan
    if trigger.kind is Kind.CONCENTRATION:
        return trigger
    counted = find_first(scene.things["counted"], clause.start, trigger.start)
    if counted is None:
        return None
    gathered = Trigger(counted, counted + 1, "gather", "count")
    clause.triggers.insert(0, gathered)
    return gathered


def add_echoes(scene: Scene, times: Times, drafts: Sequence[Draft]) -> dict[int, Quantity]:
    """Read what "this assault" adds to the one that was told of before: its days and its forces.

    Returns
    -------
    dict
        The number of forces by the identity of a draft's link; days are set in the drafts.
    """
    found: dict[int, Quantity] = {}
    told = {draft.link.clause.sentence for draft in drafts if draft.verdict.kind is Kind.ADVANCE}
    ends = [sentence.end for sentence in scene.reading.sentences]
    for match in scene.cues.by_name.get("this_assault", ()):
        number = bisect_right(ends, match.start)
        plans = [draft for draft in drafts if _is_plan(draft, number)]
        if not plans or number in told:
            continue
        plan, sentence = plans[-1], scene.reading.sentences[number]
        count = pick_forces(cut_range(scene.figures, sentence.start, sentence.end))
        if count is not None:
            found.setdefault(id(plan.link), count)
        if plan.time.span is None:
            plan.time = find_day(scene.reading, times, number) or plan.time
    return found


def _is_plan(draft: Draft, number: int) -> bool:
    """Tell whether a draft is an advance to come that a later sentence can speak of."""
    ahead = draft.verdict.kind is Kind.ADVANCE and draft.verdict.status is Status.EXPECTED
    return ahead and 0 < number - draft.link.clause.sentence <= _ECHO_SENTENCES

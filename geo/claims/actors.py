"""Who masses, strikes, holds, advances or withdraws."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.claims.links import Link
from geo.claims.parts import Clause, Saying, SideMention, Trigger
from geo.claims.sides import ALPHA3, Cast
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import Kind

__all__ = ["Stage", "find_actors"]

_BOTH = frozenset({"repel"})
_NEAR = 3


@dataclass(slots=True, eq=False)
class Stage:
    """What is known while a report is read from top to bottom."""

    reading: Reading
    cast: Cast
    vocabulary: Vocabulary
    sides: list[SideMention]
    weapons: list[int]
    masked: set[int] = field(default_factory=set)
    last: dict[Kind, tuple[str, ...]] = field(default_factory=dict)
    subject: tuple[str, ...] = ()
    subject_sentence: int = -1


def find_actors(stage: Stage, link: Link, kind: Kind, saying: Saying | None) -> tuple[str, ...]:
    """Return the codes of those who do what a trigger states, sorted; empty where the report does not tell."""
    trigger, clause = link.trigger, link.clause
    sides = [
        s
        for s in stage.sides
        if clause.start <= s.start < clause.end and s.start not in stage.masked and s.code
    ]
    actors = _READERS.get(trigger.name, _read_plain)(stage, trigger, clause, sides)
    if not actors:
        actors = _infer(stage, link, kind, saying)
    if trigger.name in _BOTH and actors:
        actors = _pair(stage, actors)
    return tuple(sorted(set(actors)))


def _read_plain(stage: Stage, trigger: Trigger, clause: Clause, sides: list[SideMention]) -> tuple[str, ...]:
    if not sides:
        return ()
    passive = trigger.form == "passive" or _is_passive(stage, trigger)
    best, score = None, 0.0
    for side in sides:
        value = _rate(stage, trigger, side, passive=passive)
        if value > score:
            best, score = side, value
    return _with_partners(stage, best, sides) if best else ()


def _is_passive(stage: Stage, trigger: Trigger) -> bool:
    auxiliaries = stage.vocabulary.words["auxiliaries"]
    if trigger.form != "verb" or not stage.vocabulary.words["agents"]:
        return False
    words = stage.reading.words[max(trigger.start - 3, 0) : trigger.start]
    return any(word in auxiliaries for word in words)


def _rate(stage: Stage, trigger: Trigger, side: SideMention, *, passive: bool) -> float:
    """Rate how well a side fits as the one who acts."""
    reading, words = stage.reading, stage.vocabulary.words
    before = side.end <= trigger.start
    gap = trigger.start - side.end if before else side.start - trigger.end
    near = 1.0 / (1 + max(gap, 0))
    ahead = reading.words[max(side.start - 3, 0) : side.start]
    if any(word in words["agents"] for word in ahead) or (side.agentive and trigger.form != "verb"):
        return 5 + near
    if ahead and any(word in words["against"] for word in ahead[-2:]) and not before:
        return 0.2 + near / 10
    if trigger.form == "noun":
        return (3 if 0 <= gap <= _NEAR else 1) + near
    if passive:
        return (1.2 if not before else 0.6) + near
    return (3 if before else 1.5) + near


def _with_partners(stage: Stage, best: SideMention, sides: list[SideMention]) -> tuple[str, ...]:
    """Add the sides that stand in a row with one ("Russian and North Korean soldiers")."""
    words = stage.vocabulary.words
    codes = [best.code]
    for side in sides:
        if side is best:
            continue
        first, last = (side, best) if side.start < best.start else (best, side)
        between = stage.reading.words[first.end : last.start]
        joined = any(word in words["coordinators"] or word in words["with"] for word in between)
        if len(between) <= 3 and joined and not any(stage.reading.marks[first.end : last.start]):
            codes.append(side.code)
    return tuple(codes)


def _read_shot(stage: Stage, trigger: Trigger, clause: Clause, sides: list[SideMention]) -> tuple[str, ...]:
    """Of drones shot down, return whose they were."""
    for side in sides:
        if any(
            side.end <= weapon <= side.end + 2 or weapon < side.start <= weapon + 2
            for weapon in stage.weapons
        ):
            return (side.code,)
    for side in sides:
        opponent = stage.cast.oppose(side.code)
        if opponent:
            return (opponent,)
    return (stage.cast.enemy,) if stage.cast.enemy else ()


def _read_loss(stage: Stage, trigger: Trigger, clause: Clause, sides: list[SideMention]) -> tuple[str, ...]:
    """Of a place lost, return who holds it now: the other side."""
    loser = _read_plain(stage, trigger, clause, sides)
    return tuple(code for code in map(stage.cast.oppose, loser) if code)


def _read_clash(stage: Stage, trigger: Trigger, clause: Clause, sides: list[SideMention]) -> tuple[str, ...]:
    """Of a fight, return all who are named as fighting."""
    if trigger.name == "battle":
        return tuple(dict.fromkeys(side.code for side in sides))
    if trigger.name == "repel":
        return tuple(dict.fromkeys(side.code for side in sides))
    return _read_plain(stage, trigger, clause, sides)


_READERS = {
    "shoot_down": _read_shot,
    "lose": _read_loss,
    "battle": _read_clash,
    "repel": _read_clash,
}


def _pair(stage: Stage, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Add the other side where a side repelled attacks."""
    if len(set(actors)) > 1:
        return actors
    opponent = stage.cast.oppose(actors[0])
    return (*actors, opponent) if opponent else actors


def _infer(stage: Stage, link: Link, kind: Kind, saying: Saying | None) -> tuple[str, ...]:
    """Return who must be meant where the clause names nobody."""
    trigger, clause = link.trigger, link.clause
    if trigger.name == "battle":
        return ()
    words = stage.vocabulary.words
    span = stage.reading.words[clause.start : clause.end]
    pronoun = any(word in words["possessives"] or word in words["pronouns"] for word in span)
    if pronoun and saying is not None and saying.side and kind is not Kind.STRIKE:
        return (saying.side,)
    if stage.subject and stage.subject_sentence == clause.sentence:
        return stage.subject
    if kind is Kind.STRIKE:
        return _infer_striker(stage, link)
    if stage.subject and stage.subject_sentence == clause.sentence - 1:
        return stage.subject
    if trigger.name == "repel" and stage.cast.publisher:
        return (stage.cast.publisher,)
    if kind in stage.last:
        return stage.last[kind]
    if stage.cast.bulletin and kind is Kind.CONTROL:
        return (stage.cast.publisher,)
    return stage.subject


def _infer_striker(stage: Stage, link: Link) -> tuple[str, ...]:
    if Kind.STRIKE in stage.last:
        place = link.mention.resolution.place
        country = ALPHA3.get(place.country_code, "") if place else ""
        if country not in stage.last[Kind.STRIKE]:
            return stage.last[Kind.STRIKE]
    return (stage.cast.enemy,) if stage.cast.enemy else ()

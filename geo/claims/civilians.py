"""Who only flees or is brought to safety: no forces leave or enter a place with them."""

from __future__ import annotations

from geo.claims.parts import Clause, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.model import Kind

__all__ = ["are_civilians", "is_habit", "is_unarmed"]

_MOVING = frozenset({Kind.WITHDRAWAL, Kind.ADVANCE})
_AHEAD = 6  # so near before its verb a subject stands, in tokens
_SUBJECT = 8  # so many tokens of a sentence hold its subject ("Fewer than one in ten have reached X")
_COUNTED = 4  # so near behind its number stands what is counted
_HABIT_WORDS = 5  # so few words tell of a habit ("deliberately targeting civilian infrastructure")
_BEHIND = 4  # so near behind its verb a subject or an object stands, in tokens


def are_civilians(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether those who leave or reach a place are no forces ("82,000 people have fled X").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What happens in it.

    Returns
    -------
    bool
        Whether civilians or a convoy with aid are its subject or object; or nobody is, and those of the
        sentence before were.
    """
    if trigger.form == "noun" or trigger.kind in {Kind.STRIKE, Kind.CLASH} or trigger.name == "offensive":
        return False
    if scene.things.get("unarmed") and _carries_aid(scene, clause, trigger):
        return True
    moving = trigger.kind in _MOVING or trigger.name == "fall"  # "its people have gone to X"
    if not moving or not scene.things.get("civil"):
        return False
    told = _judge(scene, clause, trigger)
    if told is not None or clause.sentence == 0:
        return bool(told)
    sentence, before = scene.reading.sentences[clause.sentence], scene.reading.sentences[clause.sentence - 1]
    if trigger.start - sentence.start > _SUBJECT or _names_force(scene, sentence.start, sentence.end):
        return False
    fled = find_first(scene.things["civil"], before.start, before.start + _SUBJECT)
    fled = None if fled in scene.masked else fled  # "People of X tell that rebels came. They may go on to Y"
    return fled is not None and not _names_force(scene, before.start, fled)


def is_habit(scene: Scene, start: int, end: int) -> bool:
    """Tell whether strikes on people are spoken of in general, and none on a place ("targeting civilians").

    Parameters
    ----------
    scene
        The words of a report.
    start, end
        The tokens behind a denial, half-open.
    """
    words, small = scene.reading.words, scene.vocabulary.words
    endings = tuple(small["progressives"])
    told = words[start:end]
    if sum(map(bool, told)) > _HABIT_WORDS or not any(word.endswith(endings) for word in told[:2] if endings):
        return False
    if not (small["its"] | small["articles"] | small["objects"]).isdisjoint(told):
        return False  # "denies shelling it", "denied hitting the hospital"
    people = find_first(scene.things.get("civil", ()), start + 1, end)
    return people is not None or find_first(scene.things.get("target", ()), start + 1, end) is not None


def is_unarmed(scene: Scene, start: int, end: int, counted: int) -> bool:
    """Tell whether a number is one of civilians, or of the lorries of a convoy with aid.

    Parameters
    ----------
    scene
        The words of a report.
    start, end
        The tokens of a part of a sentence, half-open.
    counted
        The token of the number.

    Returns
    -------
    bool
        Whether no forces are counted.
    """
    if find_first(scene.things.get("civil", ()), counted, counted + _COUNTED) is not None:
        return True  # "82,000 people have fled X"
    return find_first(scene.things.get("unarmed", ()), start, end) is not None


def _carries_aid(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a convoy with food or ambulances does it ("the aid convoy has reached X")."""
    ends = [
        match.end
        for match in cut_range(scene.reading.matches.get("thing", ()), clause.start, trigger.start)
        if match.sense.name == "unarmed"
    ]
    return bool(ends) and not _names_force(scene, max(ends), trigger.start)


def _judge(scene: Scene, clause: Clause, trigger: Trigger) -> bool | None:
    """Tell whether the words next to a verb mean civilians; None where they mean nobody."""
    civil = [index for index in scene.things["civil"] if index not in scene.masked]
    start = max((t.end for t in clause.triggers if t.end <= trigger.start), default=clause.start)
    last = max((index for index in civil if start <= index < trigger.start), default=-1)
    if last >= max(trigger.start - _AHEAD, 0):
        return not _names_force(scene, last + 1, trigger.start) and not _names_force(scene, start, last)
    if _names_force(scene, start, trigger.start):
        return False
    end = min(trigger.end + _BEHIND, clause.end)
    behind = find_first(civil, trigger.end, end)
    if behind is None:
        return False if _names_force(scene, trigger.end, end) else None
    return not _names_force(scene, trigger.end, behind)


def _names_force(scene: Scene, start: int, end: int) -> bool:
    if find_first(scene.things["force"], start, end) is not None:
        return True
    return any(side.start not in scene.masked for side in cut_range(scene.sides, start, end))

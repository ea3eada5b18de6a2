"""A thing told and then called untrue: "They crossed the river. This is false."."""

from __future__ import annotations

from geo.claims.parts import Clause, Saying, Trigger, cut_range
from geo.claims.patterns import Match
from geo.claims.questions import asks, is_answered
from geo.claims.scene import Scene

__all__ = ["find_retorter", "is_refused", "is_retorted"]

_RETORT_WORDS = 5
# What ends the words that say no ("That is false: our men are there", "False, says the army").
_CLOSING = frozenset(":,;—–")


def is_retorted(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether what follows is nothing but a denial ("This is not so.", "They did not cross.").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What is told in it.

    Returns
    -------
    bool
        Whether the last part of the sentence or the next sentence says no.
    """
    reading, rest = scene.reading, scene.list_sentence(clause)
    follows = rest.index(clause) + 1
    if follows < len(rest):
        last = rest[follows]
        return last is rest[-1] and last.opener == "strong" and _retorts(scene, last.start, last.end, trigger)
    if clause.sentence + 1 >= len(reading.sentences):
        return False
    after = reading.sentences[clause.sentence + 1]
    if _retorts(scene, after.start, after.end, trigger):
        return not _is_answered(scene, clause, trigger)
    opened = next((i for i in range(after.start, after.end) if reading.marks[i] in _CLOSING), after.start)
    if reading.marks[opened] != ":":
        return False
    told = bool(cut_range(scene.triggers, after.start, opened))
    told = told or bool(cut_range(scene.mentions, after.start, opened))
    labelled = not told and _retorts(
        scene, opened + 1, after.end, trigger
    )  # "SPOKESMAN: That is false.", not "Some say that X fell: ..."
    return labelled or _says_no(scene, after.start, opened)


def _is_answered(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether one tells a thing and another says no: what they say are two statements."""
    told = scene.sayings.get(clause.sentence, ())
    said = any(one.source and one.scope_start <= trigger.start < one.scope_end for one in told)
    return said and any(one.source and not one.answers for one in scene.sayings.get(clause.sentence + 1, ()))


def is_refused(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether somebody says no to what was told, or asked.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What is told or asked in it.

    Returns
    -------
    bool
        Whether it is denied behind it.
    """
    if asks(scene, scene.reading.sentences[clause.sentence].end):
        return is_answered(scene, clause)
    return is_retorted(scene, clause, trigger)


def find_retorter(scene: Scene, clause: Clause, saying: Saying | None) -> Saying | None:
    """Return who says no to what a sentence told, or None for the report's own voice.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence, of which `is_retorted` is true.
    saying
        Who told what is denied.

    Returns
    -------
    Saying or None
        Who speaks in the next sentence; who spoke, if the same sentence says no.
    """
    if scene.list_sentence(clause)[-1] is not clause:  # "When the ministry says so, it is false"
        return saying if saying is not None and saying.cue_start >= clause.end else None
    return next(iter(scene.sayings.get(clause.sentence + 1, ())), None)


def _retorts(scene: Scene, start: int, end: int, trigger: Trigger) -> bool:
    """Tell whether few words say no, or the negative of what was stated with no place of its own."""
    if sum(map(bool, scene.reading.words[start:end])) > _RETORT_WORDS:
        return False
    if _says_no(scene, start, end):
        return True
    echoed = any(other.kind is trigger.kind for other in cut_range(scene.triggers, start, end))
    placed = any(not mention.anaphor for mention in cut_range(scene.mentions, start, end))
    denied = scene.cues.within("negation", start, end) and not scene.cues.within("continuing", start, end)
    return echoed and not placed and bool(denied)  # but "The fighting has not stopped."


def _says_no(scene: Scene, start: int, end: int) -> bool:
    """Tell whether words do little more than say no."""
    words, noes = sum(map(bool, scene.reading.words[start:end])), scene.vocabulary.words["noes"]
    said = [  # "No." answers, "No casualties." does not
        m
        for m in scene.cues.within("retort", start, end)
        if words == 1 or m.end - m.start > 1 or scene.reading.words[m.start] not in noes
    ]
    covered = sum(m.end - m.start for m in _longest(said))
    return words <= _RETORT_WORDS and covered > 0 and covered * 2 >= words


def _longest(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: m.start - m.end):
        if not any(match.start < other.end and match.end > other.start for other in kept):
            kept.append(match)
    return kept

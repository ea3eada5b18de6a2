"""Sentences that ask and clauses that only suppose, and the answers and outlooks that do state something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.parts import Clause, Saying, Trigger, find_first
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = [
    "affirm_asked",
    "asks",
    "find_outlook",
    "is_affirmed",
    "is_answered",
    "is_conditional",
    "is_explained",
]

# No longer are the words that answer no ("The mayor of X says no.").
_ANSWER_WORDS = 8


def asks(scene: Scene, end: int) -> bool:
    """Tell whether a sentence that ends at a token is a question."""
    return "?" in scene.reading.marks[max(end - 2, 0) : end]


def is_affirmed(scene: Scene, clause: Clause) -> bool:
    """Tell whether somebody behind a question says that it is so."""
    told, end = scene.sayings.get(clause.sentence, ()), scene.reading.sentences[clause.sentence].end
    return any(saying.source_start >= end and not saying.answers for saying in told)


def affirm_asked(
    reading: Reading, sayings: dict[int, list[Saying]], triggers: Sequence[Trigger], vocabulary: Vocabulary
) -> None:
    """Let who says so behind a sentence have said what it tells or asks ("X est-elle à eux ? Y l'a dit.").

    Parameters
    ----------
    reading
        The words of a report.
    sayings
        Who says what, by the number of the sentence; some are added.
    triggers
        What happens in the report.
    vocabulary
        The words of its language.
    """
    small = vocabulary.words
    denials = {match.start for match in reading.matches.get("cue", ()) if match.sense.name == "denial"}
    for number in sorted(sayings) if small["haves"] else ():
        asked, sentence = reading.sentences[number - 1], reading.sentences[number]
        asks_so = "?" in reading.marks[max(asked.end - 2, asked.start) : asked.end]
        if not number or asked.paragraph != sentence.paragraph or (number - 1 in sayings and not asks_so):
            continue
        if any(sentence.start <= trigger.start < sentence.end for trigger in triggers):
            continue
        for saying in sayings[number]:
            at = saying.cue_start - 1
            while reading.words[at] in small["haves"]:
                at -= 1
            denied = not denials.isdisjoint(range(saying.cue_start, saying.cue_end))
            if reading.words[at] in small["its"] and saying.source_start < at and not denied:
                told = replace(saying, scope_start=asked.start, scope_end=asked.end, answers=not asks_so)
                sayings.setdefault(number - 1, []).append(told)
                break


def is_answered(scene: Scene, clause: Clause) -> bool:
    """Tell whether a short "no" or a denial follows a question ("Have they taken X? No.", "..., says no")."""
    reading = scene.reading
    if clause.sentence + 1 >= len(reading.sentences):
        return False
    after = reading.sentences[clause.sentence + 1]
    words = list(filter(None, reading.words[after.start : after.end]))
    noes = scene.vocabulary.words["noes"]
    if not 0 < len(words) <= _ANSWER_WORDS:
        return False
    denied = scene.cues.within("denial", after.start, after.end)
    stated = any(after.start <= trigger.start < after.end for trigger in scene.triggers) if denied else True
    return words[0] in noes or words[-1] in noes or not stated  # "Tehran denies it."


def is_conditional(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a clause is a condition or goes on with one ("If they storm and take X, ...").

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
        False also where the condition is over and an outlook follows ("If nothing is done, X may fall").
    """
    if clause.opener == "condition":
        return not find_outlook(scene, clause, trigger)
    start = scene.reading.sentences[clause.sentence].start
    if clause.opener != "coordinator" or find_first(scene.things["condition"], start, clause.start) is None:
        return False
    before = next((one for one in scene.list_sentence(clause) if one.end == clause.start), None)
    if before is None or scene.reading.marks[clause.start - 1]:
        return False
    # What follows a colon is stated though a question stands before it.
    closed = ":" in scene.reading.marks[before.start : before.end]
    return not closed and is_conditional(scene, before, trigger)


def find_outlook(scene: Scene, clause: Clause, trigger: Trigger) -> int:
    """Return where what may come begins behind a condition that names no place and no deed.

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
    int
        The token of the comma, or 0 where no condition is over.
    """
    if clause.opener != "condition":
        return 0
    marks = scene.reading.marks
    comma = next((at for at in range(clause.start, min(trigger.start, clause.end)) if marks[at] == ","), 0)
    if not comma or any(mention.start < comma for mention in clause.mentions):
        return 0
    deeds = any(other.start < comma for other in clause.triggers)
    return comma if not deeds and scene.cues.within("expected", comma, trigger.start + 1) else 0


def is_explained(scene: Scene, start: int, trigger: Trigger) -> bool:
    """Tell whether a verb behind a colon tells why somebody fears ("X fears a raid: Y has sent men to Z").

    Parameters
    ----------
    scene
        The words of a report.
    start
        The token behind the word of fear or of a plan.
    trigger
        What happens behind it.

    Returns
    -------
    bool
        Whether a colon parts them, and the verb tells no aim ("The plan: to take X").
    """
    words, small, endings = scene.reading.words, scene.vocabulary.words, scene.vocabulary.infinitives
    if ":" not in scene.reading.marks[start : trigger.start]:
        return False
    aimed = words[trigger.start - 1] in small["purposes"] or (
        bool(endings) and words[trigger.end - 1].endswith(endings)
    )
    return not aimed and words[trigger.start - 1] not in small["coordinators"]

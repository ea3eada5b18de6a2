"""Words of a clause whose sides do not act in it: asides on somebody else, and what forces gather for."""

from __future__ import annotations

from geo.claims.parts import Clause, SideMention, Trigger, cut_range
from geo.claims.scene import Scene
from geo.model import Kind

__all__ = ["find_purpose", "is_aside"]


def is_aside(scene: Scene, clause: Clause, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether a side stands in an aside ("M23, which Rwandans back, holds X") or only denies.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What happens in it.
    side
        A side that it names.

    Returns
    -------
    bool
        Whether the side cannot be the one who acts.
    """
    reading, words = scene.reading, scene.vocabulary.words
    if side.start >= trigger.end:
        parted = side.sort == "our" and (
            trigger.form == "noun" or "," in reading.marks[trigger.end : side.start]
        )
        if parted and reading.words[side.start] in words["first"]:
            return True  # "their armour came up to X, we burned it", "of an attack on X we see nothing"
        return bool(scene.cues.within("denial", trigger.end, side.start))
    if "," not in reading.marks[side.end : trigger.start]:
        return False
    index = side.start
    while index > clause.start and not reading.marks[index - 1]:
        index -= 1
    opened = index > clause.start + 1 and reading.marks[index - 1] == ","
    asides = words["which"] | words["with"] | words["towns"]  # "X, home town of the president, was hit"
    return opened and reading.words[index] in asides


def find_purpose(scene: Scene, trigger: Trigger, clause: Clause) -> int:
    """Return where a clause ends or goes over to what forces gather for, whose sides do not gather.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    clause
        The part of a sentence that tells it.

    Returns
    -------
    int
        The token at the end.
    """
    purposes = scene.vocabulary.words.get("purposes", frozenset())
    if trigger.kind is not Kind.CONCENTRATION:
        return clause.end
    counted = cut_range(scene.figures, trigger.start, trigger.end)  # "up TO 100 Russian soldiers"
    first = max([trigger.end, *(figure.end for figure in counted)])
    tokens = (i for i in range(first, clause.end) if scene.reading.words[i] in purposes)
    return next(tokens, clause.end)

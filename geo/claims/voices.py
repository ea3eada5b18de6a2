"""Who a verb makes act: passives and perfects alike, objects before their verb, flags and hands."""

from __future__ import annotations

from itertools import pairwise

from geo.claims.parts import SideMention, Trigger
from geo.claims.scene import Scene

__all__ = ["flies", "is_passive", "undergoes"]

_PERFECT_REACH = 4  # so near before a participle stands "se sont"


def flies(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a trigger speaks of a flag or hands, whose side takes ("passed into Russian hands").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.

    Returns
    -------
    bool
        Whether the side within its words is the one who takes.
    """
    words = scene.reading.words[trigger.start : trigger.end]
    small = scene.vocabulary.words
    return not (small["flags"] | small["hands"]).isdisjoint(words)


def is_passive(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb behind an auxiliary is passive, in a language that has such a passive.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.

    Returns
    -------
    bool
        False where the auxiliary makes a perfect.
    """
    auxiliaries = scene.vocabulary.words["auxiliaries"]
    if trigger.form != "verb" or not scene.vocabulary.words["agents"]:
        return False
    words = scene.reading.words[max(trigger.start - 3, 0) : trigger.start + 1]
    if words[-1].endswith(scene.vocabulary.progressives) or _is_perfect(scene, trigger):
        return False
    return not auxiliaries.isdisjoint(words[:-1])


def _is_perfect(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether an auxiliary makes a perfect and no passive ("se sont emparés", "sont arrivés")."""
    small, words = scene.vocabulary.words, scene.reading.words
    if not small["reflexives"]:
        return False
    before = words[max(trigger.start - _PERFECT_REACH, 0) : trigger.end]
    moves = before[-1].startswith(tuple(small["movers"])) or words[trigger.start].startswith(
        tuple(small["movers"])
    )
    parts = pairwise(before)
    return moves or any(one in small["reflexives"] and two in small["auxiliaries"] for one, two in parts)


def undergoes(scene: Scene, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether a side opens a statement in a form that only an object takes ("Росіян накрили").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    side
        A side that is named before it.

    Returns
    -------
    bool
        Whether it is whom it befalls.
    """
    if trigger.form != "verb" or (side.end > trigger.start and side.start != trigger.start):
        return False
    opens = side.start == 0 or bool(scene.reading.marks[side.start - 1])
    return opens and scene.reading.words[side.start] in scene.vocabulary.words["undergoers"]

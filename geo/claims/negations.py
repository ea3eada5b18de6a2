"""Negatives that are of another part of a sentence: "she did not leave X, though bombs fell on Y"."""

from __future__ import annotations

from geo.claims.scene import Scene

__all__ = ["is_subordinate"]

_WINDOW = 12  # no longer is the part that "where" opens up to its negative, in tokens


def is_subordinate(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a comma and a conjunction part what is negated from a deed ("..., though X fell").

    Parameters
    ----------
    scene
        The words of a report.
    start, end
        The tokens between a negative and what is told, half-open.

    Returns
    -------
    bool
        Whether the negative is of another part of the sentence.
    """
    marks, words = scene.reading.marks, scene.reading.words
    comma = next((at for at in range(end - 1, start - 1, -1) if marks[at] == ","), end)
    if comma < end and _is_in_relative(scene, start):
        return True  # "In X, where no water runs, a drone hit ..."
    return not scene.vocabulary.words["which"].isdisjoint(words[comma + 1 : min(comma + 3, end)])


def _is_in_relative(scene: Scene, end: int) -> bool:
    """Tell whether "which" or "where" behind a comma opens what ends at a token, in few words."""
    marks, words = scene.reading.marks, scene.reading.words
    first = max(end - _WINDOW, 1)
    comma = next((at for at in range(end - 1, first, -1) if marks[at]), 0)
    fixed = scene.vocabulary.words["articles"]
    return bool(fixed) and marks[comma] == "," and words[comma + 1] in scene.vocabulary.words["which"]

"""Where the clauses of a sentence can begin, and where a comma or a word opens none."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["find_breaks", "find_inclusions", "likens"]

_LONGEST_ASIDE = 14  # so many tokens hold what a number includes


def find_breaks(scene: Scene) -> list[int]:
    """Return the tokens where a clause can begin: marks, conjunctions and conditions, in order.

    Parameters
    ----------
    scene
        The words of a report.
    """
    words = scene.vocabulary.words
    openers = words["relatives"] | words["coordinators"] | {""}
    breaks = [index for index, word in enumerate(scene.reading.words) if word in openers]
    breaks = [index for index in breaks if not likens(scene.reading, index, scene.vocabulary)]
    conditions = scene.things["condition"]
    return sorted({*breaks, *conditions}) if conditions else breaks


def find_inclusions(scene: Scene, breaks: Sequence[int]) -> set[int]:
    """Return the breaks of asides that part those counted from their verb ("500 men, with X, are in Y").

    Parameters
    ----------
    scene
        The words of a report.
    breaks
        The tokens of a sentence where a clause can begin.
    """
    marks, words, small = scene.reading.marks, scene.reading.words, scene.vocabulary.words
    held: set[int] = set()
    for index in breaks:
        if (
            marks[index] != ","
            or words[index + 1 : index + 2] == []
            or words[index + 1] not in small["including"]
        ):
            continue
        close = next((at for at in breaks if index < at <= index + _LONGEST_ASIDE and marks[at] == ","), None)
        if close is not None and not small["auxiliaries"].isdisjoint(words[close + 1 : close + 2]):
            held |= {at for at in breaks if index <= at <= close}
    return held


def likens(reading: Reading, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a word goes on with a list and opens no statement ("X ainsi que Y", "as of May").

    Parameters
    ----------
    reading
        The words of a report.
    index
        The token of a word.
    vocabulary
        The words of its language.
    """
    words = vocabulary.words
    if index >= len(reading.words):
        return False
    if reading.words[index] in words["like"] and not words["ofs"].isdisjoint(
        reading.words[index + 1 : index + 2]
    ):
        return True
    if reading.words[index] in words["like"] and _compares(reading, index, words["like"]):
        return True
    if index == 0 or reading.words[index] not in vocabulary.words["complementizers"]:
        return False
    return reading.words[index - 1] in vocabulary.words["like"]


def _compares(reading: Reading, index: int, like: frozenset[str]) -> bool:
    """Tell whether a word stands on either side of another one ("X, AS well AS near Y")."""
    ahead, behind = reading.words[index + 2 : index + 3], reading.words[max(index - 2, 0) : max(index - 1, 0)]
    return not (like.isdisjoint(ahead) and like.isdisjoint(behind))

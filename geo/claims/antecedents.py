"""Nouns that point back ("the town", "there"): they do not mean where those live who speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.parts import Clause, Mention, Saying, Trigger
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import RelationKind, Resolution
from geo.places.capitals import is_capital

__all__ = ["find_others", "leave_sources"]

_OPENING = frozenset('«“"„')


def leave_sources(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Point nouns that mean where a source is ("officials in X", not "the mayor of X") elsewhere.

    No more do they mean where an attack comes from, or the town that a direction is named after.
    """
    named: list[Mention] = []
    for mention in mentions:
        if not mention.anaphor:
            named.append(mention)
        elif named and _means_source(reading, mention, named, vocabulary.words["inside"]):
            place = _find_earlier(mention, named)
            if place is None:  # "On the X axis they entered the town": nothing else is meant
                mention.role = "place" if _is_axis(named[-1]) else "source"
            else:
                mention.resolution = replace(mention.resolution, place=place.place, score=place.score)


def _is_axis(mention: Mention) -> bool:
    return mention.resolution.toponym.relation.kind is RelationKind.AXIS


def _means_source(
    reading: Reading, mention: Mention, named: Sequence[Mention], inside: frozenset[str]
) -> bool:
    """Tell whether the last mention of what a noun points back to is that of a source."""
    place = mention.resolution.place
    last = next((other for other in reversed(named) if other.resolution.place == place), None)
    if place is None or last is None:
        return False
    if last.role in {"origin", "government"} or _is_axis(last):
        return True
    located = not inside.isdisjoint(reading.words[max(last.start - 1, 0) : last.name_start])
    capital = is_capital(place)
    return located or capital if last.role == "source" else capital and not located  # "pressed by Paris"


def _find_earlier(mention: Mention, named: Sequence[Mention]) -> Resolution | None:
    """Return the last place of the same kind that something is told of, or None."""
    meant = mention.resolution.place
    for other in reversed(named):
        place = other.resolution.place
        if other.role != "place" or _is_axis(other) or place is None or meant is None:
            continue
        if place.kind is meant.kind:
            return other.resolution
    return None


def find_others(scene: Scene, clause: Clause, trigger: Trigger, saying: Saying | None) -> tuple[str, ...]:
    """Return whom a side means that begins its words with "they": the other one.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What happens in it.
    saying
        Who says it.

    Returns
    -------
    tuple of str
        The other side; empty where nobody is quoted.
    """
    if saying is None or not saying.side:
        return ()
    marks, words = scene.reading.marks, scene.reading.words
    opening = (i for i in range(max(clause.start - 1, 0), trigger.start) if marks[i] and marks[i] in _OPENING)
    quoted = any(words[i + 1] in scene.vocabulary.words["pronouns"] for i in opening)
    return tuple(filter(None, (scene.cast.oppose(saying.side),))) if quoted else ()

"""Sources that a clause of their own describes: "people who fled X said", "a soldier fighting in Y says"."""

from __future__ import annotations

from geo.claims.finder import STOPS, Finder
from geo.claims.patterns import Match
from geo.claims.text import Sentence

__all__ = ["read_described"]

# From the head of a part of a sentence to its noun, from there to what describes it, and to its verb.
_HEAD_REACH, _OPENER_REACH, _LONGEST = 8, 6, 20
_LONGEST_WHOLE = 9  # so many tokens of a source are named whole, of a longer one the head


def read_described(
    finder: Finder, sentence: Sentence, match: Match, span: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the tokens of a source that a relative clause or a participle parts from its verb.

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        A verb of saying.
    span
        The words before it that can be its source.

    Returns
    -------
    tuple of int or None
        Half-open; None where no noun for a source opens the part, or something else stands between.
    """
    small, (before, stop) = finder.vocabulary.words, span
    bound = before - 1
    if bound <= sentence.start or not small["articles"]:
        return None
    parted = bound in finder.triggers or bound in finder.verb_tokens
    if not parted and finder.reading.words[bound] not in small["which"]:
        return None
    first = _find_first(finder, sentence, stop)
    head = next((at for at in range(first, min(first + _HEAD_REACH, stop)) if at in finder.sources), None)
    if head is None or stop - head > _LONGEST or any(finder.reading.marks[first:head]):
        return None
    opener = _find_opener(finder, head + 1, min(head + 1 + _OPENER_REACH, stop))
    if opener is None or any(finder.reading.marks[opener:stop]):
        return None  # what commas part tells more of the source and is no name of it
    spoken = any(at in finder.verb_tokens for at in range(first, stop) if at != opener)
    if spoken or not _is_governed(finder, match):
        return None
    return first, stop if stop - first <= _LONGEST_WHOLE else opener


def _find_first(finder: Finder, sentence: Sentence, stop: int) -> int:
    """Return where the part of a sentence begins, behind its adverbs and times."""
    reading, first = finder.reading, sentence.start
    for at in range(stop - 1, sentence.start - 1, -1):
        joined = reading.words[at] in finder.coordinators and reading.marks[at - 1] == ","
        if reading.marks[at] in STOPS or reading.marks[at] == "\n" or joined:
            first = at + 1
            break
    while first < stop and (
        first in finder.timed
        or (reading.marks[first] and reading.marks[first] not in STOPS)
        or reading.words[first] in finder.coordinators
    ):
        first += 1
    return first


def _find_opener(finder: Finder, start: int, end: int) -> int | None:
    """Return where words begin that describe a noun: a relative or a participle, before any verb."""
    words, small = finder.reading.words, finder.vocabulary.words
    for at in range(start, end):
        if finder.reading.marks[at] or words[at] in small["auxiliaries"] or at in finder.adverbs:
            return None
        told = at in finder.triggers and words[at].endswith(finder.vocabulary.progressives)
        told = told or _is_participle(finder, at)
        if told or (words[at] in small["which"] and not _has_subject(finder, at + 1)):
            return at
        if at in finder.triggers:
            return None
    return None


def _is_participle(finder: Finder, index: int) -> bool:
    """Tell whether a participle right behind a source tells more of it ("people briefed on the matter")."""
    words, small = finder.reading.words, finder.vocabulary.words
    if index - 1 not in finder.sources or not small["progressives"]:
        return False
    if words[index].endswith(tuple(small["progressives"])):
        return index not in finder.verb_tokens
    after = words[index + 1 : index + 2]
    tied = small["locatives"] | small["agents"] | small["means"]
    return (
        words[index].endswith(tuple(small["participles"]))
        and index in finder.verb_tokens
        and not tied.isdisjoint(after)
    )


def _has_subject(finder: Finder, index: int) -> bool:
    """Tell whether a relative clause has a subject of its own ("the group that the army says holds X")."""
    word, small = finder.reading.words[index], finder.vocabulary.words
    return word in small["articles"] | small["pronouns"] or index in finder.sources | finder.sides


def _is_governed(finder: Finder, match: Match) -> bool:
    """Tell whether a verb of saying is the main one: neither helped nor an infinitive."""
    words, small = finder.reading.words, finder.vocabulary.words
    before = words[match.start - 1]
    return before not in small["auxiliaries"] | small["purposes"] | small["articles"] | small["which"]

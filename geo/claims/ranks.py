"""Attacks that are only ranked: "..., in the deadliest attack on X this year", "It was the fifth attack"."""

from __future__ import annotations

from collections.abc import Mapping

from geo.claims.patterns import Match
from geo.claims.text import Reading

__all__ = ["only_ranks"]

_REACH = 3  # so near before an attack stands the word that ranks it, in tokens
_RANKED = frozenset({"strike", "attack", "assault", "offensive"})


def only_ranks(reading: Reading, match: Match, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether a noun only ranks the attack that was just told of.

    Parameters
    ----------
    reading
        The words of a report.
    match
        Words that can state something.
    words
        The plain words of the language.

    Returns
    -------
    bool
        Whether a superlative stands before it, and the phrase in an aside or behind "it was".
    """
    if match.sense.form != "noun" or match.sense.name not in _RANKED or not words["articles"]:
        return False
    for at in range(match.start - 1, max(match.start - 1 - _REACH, 1), -1):
        if reading.marks[at]:
            return False
        if reading.words[at] in words["superlatives"] | words["ordinals"]:
            first = at - (reading.words[at - 1] in words["ordinals"])  # "the second-deadliest attack"
            return reading.words[first - 1] in words["articles"] and _is_added(reading, first - 2, words)
    return False


def _is_added(reading: Reading, at: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether what ends at a token opens an aside, or says "it was"."""
    if at < 1:
        return False
    if reading.words[at] in words["inside"]:
        at -= 1
    if reading.marks[at] == ",":
        return True
    pointing = words["it"] | words["demonstratives"]
    return reading.words[at] in words["auxiliaries"] and reading.words[at - 1] in pointing

"""Sentences with nothing of forces or weapons around them: their attacks are those of prices and strikers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from geo.claims.parts import Trigger
from geo.claims.text import Reading

__all__ = ["find_calm"]

# So many tokens on both sides are looked at.  In 228 labelled reports no claim of a war stood so alone.
_REACH = 100
# A shorter text is a snap, whose reader knows what it is about.
_LEAST_TOKENS = 80
# In 300 labelled reports no long one of a war names forces and weapons less than once in a hundred tokens.
_LONG_TOKENS, _LEAST_SHARE = 150, 0.0075
_OF_WAR = ("force", "weapon")


def find_calm(
    reading: Reading, things: Mapping[str, Sequence[int]], triggers: Sequence[Trigger]
) -> frozenset[int]:
    """Return the numbers of sentences without a word of forces or weapons in them or around them.

    Words that themselves state something ("strike", "attack") do not count: they are what is in doubt.
    """
    if len(reading.words) < _LEAST_TOKENS:
        return frozenset()
    named = sum(len(things[name]) for name in _OF_WAR)
    if len(reading.words) >= _LONG_TOKENS and named < len(reading.words) * _LEAST_SHARE:
        return frozenset(range(len(reading.sentences)))
    stating = {trigger.start for trigger in triggers if trigger.end - trigger.start == 1}
    told = sorted(index for name in _OF_WAR for index in things[name] if index not in stating)
    return frozenset(
        number
        for number, sentence in enumerate(reading.sentences)
        if bisect_left(told, sentence.start - _REACH) == bisect_left(told, sentence.end + _REACH)
    )

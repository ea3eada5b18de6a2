"""Sentences with nothing of forces or weapons around them: their attacks are those of prices and strikers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from geo.claims.parts import Trigger, find_first
from geo.claims.text import Reading, Sentence

__all__ = ["find_calm"]

# So many tokens on both sides are looked at.  In 228 labelled reports no claim of a war stood so alone.
_REACH = 100
# A shorter text is a snap, whose reader knows what it is about.
_LEAST_TOKENS = 80
_OF_WAR = ("force", "weapon")
# So many words of peace make a report one of peace where forces and sides are not so many times more.  In 388
# labelled reports those of a war have five times more of them than words of peace.
_LEAST_PEACE, _PEACE_SHARE = 3, 2


def find_calm(
    reading: Reading,
    things: Mapping[str, Sequence[int]],
    triggers: Sequence[Trigger],
    shared: frozenset[str] = frozenset(),
) -> frozenset[int]:
    """Return the numbers of sentences without a word of forces or weapons in them or around them.

    ``shared`` are words for forces that news of peace uses too, and that do not count in such news.
    Words that themselves state something ("strike", "attack") do not count: they are what is in doubt.
    """
    named = sum(len(things[name]) for name in _OF_WAR)
    if _is_of_peace(reading, things, named):
        sure = [i for name in _OF_WAR for i in things[name] if reading.words[i] not in shared]
        sure.sort()
        return frozenset(n for n, one in enumerate(reading.sentences) if not _is_of_war(things, sure, one))
    if len(reading.words) < _LEAST_TOKENS:
        return frozenset()
    stating = {trigger.start for trigger in triggers if trigger.end - trigger.start == 1}
    told = sorted(index for name in _OF_WAR for index in things[name] if index not in stating)
    return frozenset(
        number
        for number, sentence in enumerate(reading.sentences)
        if bisect_left(told, sentence.start - _REACH) == bisect_left(told, sentence.end + _REACH)
    )


def _is_of_peace(reading: Reading, things: Mapping[str, Sequence[int]], named: int) -> bool:
    """Tell whether a report has many words of peace ("prices", "album") beside few forces and sides."""
    peace = {reading.words[index] for index in things.get("peace", ())}
    if len(peace) < _LEAST_PEACE:
        return False
    return _PEACE_SHARE * len(peace) > named + len(reading.matches.get("side", ()))


def _is_of_war(things: Mapping[str, Sequence[int]], sure: Sequence[int], sentence: Sentence) -> bool:
    """Tell whether a sentence of a report of peace names forces or weapons and nothing of peace."""
    start, end = sentence.start, sentence.end
    peaceful = find_first(things.get("peace", ()), start, end) is not None
    return not peaceful and find_first(sure, start, end) is not None

"""Places that attacks and drones only come from: "from the directions of X, Y and Z", «со стороны X»."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from geo.claims.parts import Mention, cut_range, get_start
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["leave_bearings"]

# Between a word of origin and one of direction ("from the very directions").
_REACH = 3
_ENDS = frozenset({".", ";", "\n", "!", "?"})


def leave_bearings(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Make places that a list of directions names, from which something comes, origins."""
    words, bearings = vocabulary.words, vocabulary.words["bearings"]
    found = [index for index, word in enumerate(reading.words) if word in bearings]
    if not found:
        return
    loose = words["coordinators"] | words["locatives"] | words["articles"] | words["kinds"] | words["agents"]
    for index in found:
        near = range(max(index - _REACH, 0), index)
        start = next((i for i in reversed(near) if reading.words[i] in words["origins"]), None)
        if start is None or not words["inside"].isdisjoint(reading.words[start:index]):
            continue  # "une salve de roquettes en direction de X"
        if any(start < mention.name_start < index for mention in cut_range(mentions, start, index)):
            continue  # "from X in the direction of Y" leads to Y
        at = index + 1
        low = bisect_left(mentions, index - _REACH, key=get_start)
        for mention in map(mentions.__getitem__, range(low, len(mentions))):
            if mention.name_start < at:
                continue
            if not _follows(reading, at, mention.name_start, loose):
                break
            if at > index + 1 and not words["goals"].isdisjoint(reading.words[at : mention.name_start]):
                break  # "moves men from the direction of X towards Y"
            mention.role = "origin"
            at = mention.end


def _follows(reading: Reading, start: int, end: int, loose: frozenset[str]) -> bool:
    """Tell whether only marks, small words and capitals stand between two names of a list."""
    if not _ENDS.isdisjoint(reading.marks[start:end]):
        return False
    return all(
        not reading.words[index]
        or reading.words[index] in loose
        or reading.text[reading.starts[index]].isupper()
        for index in range(start, end)
    )

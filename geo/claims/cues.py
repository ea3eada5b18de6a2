"""Words that turn a statement: negations, plans, denials, conditions, pleas."""

from __future__ import annotations

from bisect import bisect_left

from geo.claims.patterns import Match
from geo.claims.text import Reading

__all__ = ["Cues"]


class Cues:
    """Words of a report that turn a statement, by name, in order."""

    def __init__(self, reading: Reading) -> None:
        self.by_name: dict[str, list[Match]] = {}
        for match in reading.matches.get("cue", ()):
            self.by_name.setdefault(match.sense.name, []).append(match)

    def within(self, name: str, start: int, end: int) -> list[Match]:
        """Return the cues of a name that begin in a range of tokens."""
        matches = self.by_name.get(name)
        if not matches:
            return []
        low = bisect_left(matches, start, key=_get_start)
        high = bisect_left(matches, end, low, key=_get_start)
        return matches[low:high]


def _get_start(match: Match) -> int:
    return match.start

"""Words that turn a statement: negations, plans, denials, conditions, pleas."""

from __future__ import annotations

from bisect import bisect_left

from geo.claims.patterns import Match
from geo.claims.text import Reading

__all__ = ["Cues"]


def _is_month(reading: Reading, match: Match) -> bool:
    """Tell whether a word beside a number is capital where no sentence begins: a month ("on May 14")."""
    start, end = match.start, match.end
    if end - start > 1 or not reading.text[reading.starts[start]].isupper():
        return False
    beside = reading.words[max(start - 1, 0) : start] + reading.words[end : end + 1]
    return any(word[:1].isdigit() for word in beside)


class Cues:
    """Words of a report that turn a statement, by name, in order."""

    def __init__(self, reading: Reading) -> None:
        self.by_name: dict[str, list[Match]] = {}
        for match in reading.matches.get("cue", ()):
            if match.sense.name == "expected" and _is_month(reading, match):
                continue
            self.by_name.setdefault(match.sense.name, []).append(match)
        granted = {match.start for match in self.by_name.get("concession", ())}
        if granted:  # "S'il assure tenir X, les Russes ont pris Y."
            kept = [match for match in self.by_name.get("condition", ()) if match.start not in granted]
            self.by_name["condition"] = kept
        self._all = [match.start for match in reading.matches.get("cue", ())]
        self._starts = {name: [match.start for match in found] for name, found in self.by_name.items()}

    def stand_within(self, start: int, end: int) -> bool:
        """Tell whether a cue of any name begins in a range of tokens."""
        low = bisect_left(self._all, start)
        return low < len(self._all) and self._all[low] < end

    def within(self, name: str, start: int, end: int) -> list[Match]:
        """Return the cues of a name that begin in a range of tokens."""
        starts = self._starts.get(name)
        if not starts or starts[0] >= end or starts[-1] < start:
            return []
        low = bisect_left(starts, start)
        return self.by_name[name][low : bisect_left(starts, end, low)]

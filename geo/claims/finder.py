"""What the words of a report are to who says something: sources, verbs of saying, and what ends them."""

from __future__ import annotations

from collections.abc import Iterable

from geo.claims.parts import Saying, Trigger
from geo.claims.patterns import Match
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["LONGEST_SOURCE", "STOPS", "Finder"]

LONGEST_SOURCE = 22
# So many plain words can be a source where the frame leaves no doubt.
_LONGEST_FRAMED = 6
# From "despite" to the verb of what is not so, in tokens.
_DESPITE_REACH = 5
STOPS = frozenset(";:—–()!?")
# What stands between a source and what it says.
_POINTERS = frozenset(":—–-")


class Finder:
    """What the report's words are to a saying."""

    def __init__(
        self,
        reading: Reading,
        vocabulary: Vocabulary,
        triggers: Iterable[Trigger],
        times: Iterable[tuple[int, int]],
        named: frozenset[int],
    ) -> None:
        self.reading = reading
        self.vocabulary = vocabulary
        say = reading.matches.get("say", [])
        self.pointers = [index for index, mark in enumerate(reading.marks) if mark and mark in _POINTERS]
        masked = {i for match in reading.matches.get("mask", ()) for i in range(match.start + 1, match.end)}
        verbs = (match for match in say if match.sense.name == "verb" and match.start not in masked)
        self.verbs = _pick_longest(verbs)
        self.according = _pick_longest(
            m for m in say if m.sense.name == "according" and m.end - 1 not in masked
        )
        self.echoes = [match for match in say if match.sense.name == "echo"]
        self.accounts = [match for match in say if match.sense.name == "accounts"]
        self.backs: dict[int, int] = {}  # where "of this" begins and the longest of it ends
        for match in say:
            if match.sense.name == "back":
                self.backs[match.start] = max(match.end, self.backs.get(match.start, 0))
        self.sources = {match.start for match in say if match.sense.name == "source"}
        self.adverbs = {i for m in say if m.sense.name == "adverb" for i in range(m.start, m.end)}
        self.stops = {match.start for match in say if match.sense.name == "stops"}
        self.sides = {match.start for match in reading.matches.get("side", ()) if match.sense.name.isupper()}
        triggers = list(triggers)
        self.triggers = {index for trigger in triggers for index in range(trigger.start, trigger.end)}
        self.opened = {trigger.start for trigger in triggers if trigger.end - trigger.start > 1}
        self.timed = {index for start, end in times for index in range(start, end)}
        self.named = named
        self.speaking = self.sides - named
        self.relatives = vocabulary.words["relatives"]
        self.coordinators = vocabulary.words["coordinators"]
        self.verb_tokens = {match.start for match in self.verbs}
        cues = reading.matches.get("cue", ())
        self.denials = {match.start for match in cues if match.sense.name == "denial"}
        self.fears = {match.start for match in cues if match.sense.name == "fear"}
        self.unsaid = [match for match in cues if match.sense.name == "unsaid"]
        self.granted = {match.end - 1 for match in cues if match.sense.name == "concession"}
        acts = (m for m in reading.matches.get("trigger", ()) if m.sense.form == "verb")
        self.acts = {match.start for match in acts}  # what happens, whether it states anything or not
        things = reading.matches.get("thing", ())
        self.weapons = {match.start for match in things if match.sense.name == "explosive"}
        self.retorts = {match.start for match in cues if match.sense.name == "retort"}

    def is_boundary(self, index: int) -> bool:
        """Tell whether a token ends a source."""
        word, mark = self.reading.words[index], self.reading.marks[index]
        if mark:
            return mark in STOPS or mark == "\n" or self.is_dash(index)
        return word in self.relatives or index in self.triggers

    def is_dash(self, index: int) -> bool:
        """Tell whether a hyphen stands alone, as a dash."""
        reading = self.reading
        if reading.marks[index] != "-" or not 0 < index < len(reading.starts) - 1:
            return False
        return (
            reading.starts[index] > reading.ends[index - 1]
            and reading.starts[index + 1] > reading.ends[index]
        )

    def is_source(self, start: int, end: int, *, framed: bool = False) -> bool:
        """Tell whether words can name who says something.

        ``framed`` tells that the words around leave no doubt ("..., says X"), so that plain words will do.
        """
        if not 0 < end - start <= LONGEST_SOURCE or self._says_nothing(start, end):
            return False
        if framed and end - start <= _LONGEST_FRAMED and self._is_plain(start, end):
            return True
        span = range(start, end)
        if end - start == 1 and self.reading.words[start] in self.vocabulary.words["pronouns"]:
            return True  # "Its troops, it added, ..."
        if not (self.sources.isdisjoint(span) and self.speaking.isdisjoint(span)):
            return True
        reading = self.reading
        return any(
            reading.text[reading.starts[i]].isupper()
            and reading.words[i].isalpha()
            and i not in self.timed
            and i not in self.named
            for i in span
        )

    def _says_nothing(self, start: int, end: int) -> bool:
        """Tell whether words are footage, what is spoken of, or an answer."""
        if not self.vocabulary.words["unspoken"].isdisjoint(self.reading.words[start:end]):
            return True  # "Geolocated footage published in May shows ..."
        if start in self.stops and end - start > 1 and not self.vocabulary.words["articles"]:
            return True  # "of the bridgehead he said that ..."
        return end - start == 1 and start in self.retorts  # "False, says the army: ..."

    def _is_plain(self, start: int, end: int) -> bool:
        """Tell whether tokens are words, no numbers, and not all of them names of places."""
        words = self.reading.words[start:end]
        named = all(index in self.named for index in range(start, end))
        return not named and all(words) and not any(word[0].isdigit() for word in words)

    def has_auxiliary(self, start: int, end: int) -> bool:
        """Tell whether a verb stands among words that would be a source."""
        return not self.vocabulary.words["auxiliaries"].isdisjoint(self.reading.words[start:end])

    def has_trigger(self, start: int, end: int) -> bool:
        """Tell whether something happens among tokens."""
        return any(index in self.triggers for index in range(start, end))

    def make(self, source: tuple[int, int], cue: tuple[int, int], scope: tuple[int, int]) -> Saying:
        """Return who says what, of the tokens of source, cue and scope."""
        reading = self.reading
        return Saying(reading.cut(*source), *source, *cue, *scope, verb=reading.words[cue[0]])

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Leave out adverbs, times, conjunctions and commas at both ends."""
        reading = self.reading
        words = self.vocabulary.words
        while end > start and (
            self.is_loose(end - 1) or (end - start > 1 and reading.words[end - 1] in words["demonstratives"])
        ):
            end -= 1
        while end > start and (
            reading.marks[start]
            or start in self.timed
            or reading.words[start] in self.coordinators
            or reading.words[start] in words["like"]
            or (end - start > 1 and reading.words[start] in words["locatives"])
            or (end - start > 1 and start in self.adverbs and self._opens_time(start))
        ):
            start += 1
        return start, end

    def _opens_time(self, index: int) -> bool:
        """Tell whether an adverb before a source is no part of it ("BY NOON their spokesman declared")."""
        words = self.vocabulary.words
        near = self.reading.words[max(index - 1, 0) : index + 1]
        return not words["articles"] or not words["agents"].isdisjoint(near)

    def is_capital(self, after: int, start: int, end: int) -> bool:
        """Tell whether only a place with "in" follows a verb: its rulers say so ("said in Minsk")."""
        inside = self.vocabulary.words["inside"]
        placed = after < start < end and self.reading.words[start - 1] in inside
        return placed and all(index in self.named for index in range(start, end))

    def is_despite(self, start: int, index: int) -> bool:
        """Tell whether what is said is what the report goes against ("despite what X writes")."""
        first = max(index - _DESPITE_REACH, start)
        told = self.vocabulary.words["complementizers"]
        for at in range(index - 1, first - 1, -1):
            if self.reading.marks[at] == "," and self.reading.words[at + 1] not in told:
                first = at  # "contrary to rumours, [...] says the navy"
                break
        return not self.vocabulary.words["despite"].isdisjoint(self.reading.words[first:index])

    def is_loose(self, index: int) -> bool:
        """Tell whether a token at the end of a source is no part of it: a mark, an adverb, a time."""
        return (
            bool(self.reading.marks[index] and self.reading.marks[index] not in '»"”')
            or index in self.adverbs
            or index in self.timed
        )


def _pick_longest(matches: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.start, m.start - m.end)):
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept

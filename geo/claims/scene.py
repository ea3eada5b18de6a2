"""All that is known of a report while its claims are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from geo.claims.cues import Cues
from geo.claims.parts import Clause, Figure, Mention, Saying, SideMention, Trigger
from geo.claims.sides import Cast
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["Scene", "gather_things", "has_pronoun"]

# Units that a mere presence is counted in.
_GATHERED = frozenset(
    {"soldiers", "vehicles", "tanks", "boats", "aircraft", "ships", "helicopters", "systems"}
)


@dataclass(slots=True, eq=False, kw_only=True)
class Scene:
    """A report's words and what was found in them.

    Attributes
    ----------
    things
        Token numbers by what stands there: ``force``, ``weapon``, ``explosive``, ``quarter`` (streets,
        outskirts), ``counted`` (a number of soldiers or vehicles), ``loss`` and ``condition``; each in order.
    clauses
        Its clauses; ``spans`` tells which of them each sentence holds (half-open).
    masked
        Tokens of sources, whose sides do not act.
    calm
        Numbers of sentences around which nothing is said of forces or weapons.
    """

    reading: Reading
    vocabulary: Vocabulary
    cast: Cast
    cues: Cues
    mentions: Sequence[Mention]
    triggers: Sequence[Trigger]
    sayings: Mapping[int, list[Saying]]
    sides: Sequence[SideMention]
    figures: Sequence[Figure]
    things: Mapping[str, Sequence[int]] = field(default_factory=dict)
    masked: frozenset[int] = frozenset()
    calm: frozenset[int] = frozenset()
    clauses: list[Clause] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)

    def list_sentence(self, clause: Clause) -> list[Clause]:
        """Return all clauses of a clause's sentence."""
        first, last = self.spans[clause.sentence]
        return self.clauses[first:last]


def gather_things(reading: Reading, cues: Cues, figures: Sequence[Figure]) -> dict[str, list[int]]:
    """Return the token numbers of forces, weapons and the like, by name and in order."""
    things: dict[str, list[int]] = {"force": [], "weapon": [], "explosive": [], "quarter": []}
    for match in reading.matches.get("thing", ()):
        things.setdefault(match.sense.name, []).append(match.start)
    things["counted"] = [f.start for f in figures if f.quantity.unit in _GATHERED]
    for name in ("loss", "condition"):
        things[name] = [match.start for match in cues.by_name.get(name, ())]
    return {name: sorted(tokens) for name, tokens in things.items()}


def has_pronoun(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a pronoun stands among words, and not one that only stresses a name ("X, elle, ...")."""
    pronouns = scene.vocabulary.words["pronouns"]
    told = enumerate(scene.reading.words[start:end], start)
    return any(word in pronouns and not _doubles(scene.reading, start, at) for at, word in told)


def _doubles(reading: Reading, start: int, at: int) -> bool:
    """Tell whether a pronoun only doubles its noun: between commas, or in a question ("X est-elle là ?")."""
    if reading.marks[at - 1 : at + 2 : 2] == [",", ","]:
        return True
    return at - start > 1 and not reading.marks[at - 1] and reading.text[reading.ends[at - 1]] == "-"

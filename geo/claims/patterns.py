"""Word patterns: the small notation of the lexicons, compiled once and matched in one pass.

A pattern is words with spaces between them.  ``stem*`` stands for any ending, ``a|b`` for alternatives,
``..`` for a gap of none to three words (``.. ..`` of none to six) and ``~`` for one word whatever it is.
A pattern may end in needs, ``!force``, ``!weapon``, ``!explosive``, ``!blow``, ``!place``, ``!after``,
``!from`` or ``!to``: what else must stand around it for the pattern to count.

    "took|taken .. control of"      "захопи*"      "left !force"

All patterns of a language sit in one `Matcher`.  The shape of each distinct word is looked up once and
remembered, so that the cost of a report is that of a few dictionary look-ups a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo.errors import DataError

__all__ = ["Match", "Matcher", "Sense", "fold_word"]

_GAP = -1
_ANY = -2
_GAP_WORDS = 3
_MEMO_LIMIT = 200_000
# Replacing sign by sign is ten times faster here than str.translate.
_LEVEL = (*((mark, "'") for mark in "’ʼ‘`´"), ("ё", "е"))


def fold_word(word: str) -> str:
    """Return the form of a word that patterns are written in: lower case, one apostrophe, ё as е."""
    word = word.lower()
    for mark, plain in _LEVEL:
        word = word.replace(mark, plain)
    return word


class Sense(NamedTuple):
    """What a pattern means: its table, its name there, its form, and what else it needs."""

    group: str
    name: str
    form: str = ""
    needs: frozenset[str] = frozenset()


class Match(NamedTuple):
    """A pattern found at ``start`` to ``end`` (token numbers, half-open)."""

    start: int
    end: int
    sense: Sense


class _Pattern(NamedTuple):
    steps: tuple[tuple[int, ...], ...]
    sense: Sense


class _Known(NamedTuple):
    """What a word is: its atoms, the senses it has alone, and the longer patterns that it opens.

    ``longer`` holds those patterns by the atoms of their second word, with how far off it may stand;
    ``loose`` those whose second word is any word; ``opens`` tells whether there is one of either.
    """

    atoms: frozenset[int]
    single: tuple[Sense, ...]
    longer: dict[int, list[tuple[int, _Pattern]]]
    loose: tuple[_Pattern, ...]
    reach: int
    seconds: frozenset[int] = frozenset()
    opens: bool = False


class Matcher:
    """All patterns of a language."""

    __slots__ = ("_atoms", "_exact", "_first", "_longest", "_memo", "_stems")

    def __init__(self) -> None:
        self._atoms: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._first: dict[int, list[_Pattern]] = {}
        self._memo: dict[str, _Known] = {}
        self._longest = 0

    def add(self, patterns: Iterable[str], sense: Sense) -> None:
        """Compile patterns of one sense; `DataError` if one is not in the notation."""
        for text in patterns:
            words = [word for word in text.replace("-", " ").split() if not word.startswith("!")]
            needs = frozenset(word[1:] for word in text.split() if word.startswith("!"))
            if not words or words[0] in {"..", "~"} or words[-1] == "..":
                raise DataError(f"pattern {text!r} must begin and end with a word; mend the lexicon")
            steps = tuple(self._compile_step(word) for word in words)
            pattern = _Pattern(steps, sense._replace(needs=sense.needs | needs))
            for atom in steps[0]:
                self._first.setdefault(atom, []).append(pattern)
        self._memo.clear()

    def _compile_step(self, word: str) -> tuple[int, ...]:
        if word == "..":
            return (_GAP,)
        if word == "~":
            return (_ANY,)
        atoms = self._atoms
        # What is known as an atom is folded already, and half of all words are.
        return tuple(
            atoms[part] if part in atoms else self._number_atom(fold_word(part)) for part in word.split("|")
        )

    def _number_atom(self, atom: str) -> int:
        if atom not in self._atoms:
            number = len(self._atoms)
            self._atoms[atom] = number
            if atom.endswith("*"):
                self._stems[atom[:-1]] = number
                self._longest = max(self._longest, len(atom) - 1)
            else:
                self._exact[atom] = number
        return self._atoms[atom]

    def _look_up(self, word: str) -> _Known:
        """Return what is known of a word, remembered."""
        stems = self._stems
        atoms = [stems[word[:n]] for n in range(1, min(len(word), self._longest) + 1) if word[:n] in stems]
        if word in self._exact:
            atoms.append(self._exact[word])
        patterns = [pattern for atom in atoms for pattern in self._first.get(atom, ())]
        known = _index_patterns(frozenset(atoms), patterns)
        if len(self._memo) >= _MEMO_LIMIT:  # strange input must not fill the memory
            self._memo.clear()
        self._memo[word] = known
        return known

    def find(self, words: Sequence[str]) -> list[Match]:
        """Return all matches in folded words, in order; punctuation tokens break a pattern.

        ``words`` holds an empty string where a token is no word.
        """
        memo, look_up = self._memo, self._look_up
        known = [memo.get(word) or look_up(word) if word else _NOTHING for word in words]
        atoms = [item.atoms for item in known]
        found: list[Match] = []
        for start, item in enumerate(known):
            if item is _NOTHING:
                continue
            if item.single:
                found.extend([Match(start, start + 1, sense) for sense in item.single])
            if item.opens:
                found.extend(_find_longer(item, atoms, words, start))
        return found


def _index_patterns(atoms: frozenset[int], patterns: list[_Pattern]) -> _Known:
    """Sort the patterns that a word opens by what their second word is."""
    longer: dict[int, list[tuple[int, _Pattern]]] = {}
    loose: list[_Pattern] = []
    farthest = 0
    for pattern in patterns:
        steps = pattern.steps[1:]
        gaps = next((n for n, step in enumerate(steps) if step[0] != _GAP), len(steps))
        if gaps == len(steps):
            continue
        if steps[gaps][0] == _ANY:
            loose.append(pattern)
            continue
        reach = 1 + gaps * _GAP_WORDS
        farthest = max(farthest, reach)
        for atom in steps[gaps]:
            longer.setdefault(atom, []).append((reach, pattern))
    single = tuple(pattern.sense for pattern in patterns if len(pattern.steps) == 1)
    if not atoms:
        return _NOTHING
    return _Known(atoms, single, longer, tuple(loose), farthest, frozenset(longer), bool(longer or loose))


_NOTHING = _Known(frozenset(), (), {}, (), 0)


def _find_longer(item: _Known, atoms: list[frozenset[int]], words: Sequence[str], start: int) -> list[Match]:
    """Return the matches of the longer patterns that open at a word."""
    tried: dict[int, _Pattern] = {id(pattern): pattern for pattern in item.loose}
    longer, seconds = item.longer, item.seconds
    for at in range(start + 1, min(start + item.reach + 1, len(words))):
        if not words[at]:
            break
        if seconds.isdisjoint(atoms[at]):
            continue
        for atom in atoms[at]:
            for reach, pattern in longer.get(atom, ()):
                if at - start <= reach:
                    tried[id(pattern)] = pattern
    if not tried:
        return []
    ends = [(_follow(pattern.steps, atoms, words, start), pattern.sense) for pattern in tried.values()]
    return [Match(start, end, sense) for end, sense in ends if end]


def _follow(
    steps: tuple[tuple[int, ...], ...], atoms: list[frozenset[int]], words: Sequence[str], start: int
) -> int:
    """Return where a pattern that starts here ends, or 0."""
    at, slack, count = start + 1, 0, len(atoms)
    for step in steps[1:]:
        first = step[0]
        if first == _GAP:
            slack += _GAP_WORDS
            continue
        while True:
            if at >= count or not words[at]:
                return 0
            if first == _ANY or (atoms[at] and not atoms[at].isdisjoint(step)):
                break
            if not slack:
                return 0
            slack -= 1
            at += 1
        at, slack = at + 1, 0
    return at

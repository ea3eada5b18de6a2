"""Word patterns: the small notation of the lexicons, compiled once and matched in one pass.

A pattern is words with spaces between them.  ``stem*`` stands for any ending, ``a|b`` for alternatives,
``..`` for a gap of none to three words (``.. ..`` of none to six) and ``~`` for one word whatever it is.
A pattern may end in needs, ``!force``, ``!weapon``, ``!explosive``, ``!blow``, ``!place``, ``!next``,
``!after``, ``!from`` or ``!to``: what else must stand around it for the pattern to count.

    "took|taken .. control of"      "захопи*"      "left !force"

All patterns of a language sit in one `Matcher`.  The shape of each distinct word is looked up once and
remembered, so that the cost of a report is that of a few dictionary look-ups a word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from geo.errors import DataError

__all__ = ["Known", "Match", "Matcher", "Sense", "fold_word"]

_GAP = -1
_ANY = -2
_GAP_WORDS = 3
# Strange input must not fill the memory: so many words are remembered, and after each so many others.
_MEMO_LIMIT, _PAIR_LIMIT = 100_000, 1_000
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


_Step = tuple[int, ...]


class _Pattern(NamedTuple):
    steps: tuple[_Step, ...]
    sense: Sense


# A longer pattern that a word opens: how far off its second word may stand, what follows that, its sense.
_Tail = tuple[int, tuple[_Step, ...], Sense]


class Known:
    """What a word is: its atoms, the senses it has alone, and the longer patterns that it opens.

    ``longer`` holds those patterns by the atoms of their second word, which stands at most ``reach`` words
    off; ``loose`` those whose second word is any word; ``pairs`` remembers which of ``longer`` a following
    word goes on with; ``counts`` tells whether the word is or opens any pattern.
    """

    __slots__ = ("atoms", "counts", "longer", "loose", "pairs", "reach", "single")

    def __init__(self, atoms: frozenset[int], patterns: Iterable[_Pattern] = ()) -> None:
        self.atoms = atoms
        self.single = tuple(pattern.sense for pattern in patterns if len(pattern.steps) == 1)
        self.longer: dict[int, list[_Tail]] = {}
        self.loose: list[_Pattern] = []
        self.reach = 0
        self.pairs: dict[str, tuple[_Tail, ...]] = {"": ()}
        for pattern in patterns:
            self._add_longer(pattern)
        self.counts = bool(self.single or self.reach or self.loose)

    def _add_longer(self, pattern: _Pattern) -> None:
        """Sort a pattern that the word opens by what its second word is."""
        steps = pattern.steps[1:]
        gaps = next((n for n, step in enumerate(steps) if step[0] != _GAP), len(steps))
        if gaps == len(steps):
            return
        if steps[gaps][0] == _ANY:
            if all(pattern is not other for other in self.loose):
                self.loose.append(pattern)
            return
        reach = 1 + gaps * _GAP_WORDS
        self.reach = max(self.reach, reach)
        for atom in steps[gaps]:
            self.longer.setdefault(atom, []).append((reach, steps[gaps + 1 :], pattern.sense))

    def pair(self, word: str, atoms: frozenset[int]) -> tuple[_Tail, ...]:
        """Return the longer patterns that a following word goes on with, and remember them."""
        tails = {id(tail[2]): tail for atom in atoms if atom in self.longer for tail in self.longer[atom]}
        if len(self.pairs) >= _PAIR_LIMIT:
            self.pairs = {"": ()}
        self.pairs[word] = found = tuple(tails.values())
        return found


class Matcher:
    """All patterns of a language."""

    __slots__ = ("_atoms", "_exact", "_first", "_longest", "_memo", "_stems")

    def __init__(self) -> None:
        self._atoms: dict[str, int] = {}
        self._exact: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._first: dict[int, list[_Pattern]] = {}
        self._memo: dict[str, Known] = {}
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

    def look_up(self, word: str) -> Known:
        """Return what is known of a folded word, remembered; nothing of an empty one."""
        if word in self._memo:
            return self._memo[word]
        stems = self._stems
        atoms = [stems[word[:n]] for n in range(1, min(len(word), self._longest) + 1) if word[:n] in stems]
        if word in self._exact:
            atoms.append(self._exact[word])
        patterns = [pattern for atom in atoms for pattern in self._first.get(atom, ())]
        known = Known(frozenset(atoms), patterns) if atoms else _NOTHING
        if len(self._memo) >= _MEMO_LIMIT:
            self._memo.clear()
        self._memo[word] = known
        return known

    def find(self, words: Sequence[str]) -> list[Match]:
        """Return all matches in folded words, in order; punctuation tokens break a pattern.

        ``words`` holds an empty string where a token is no word.
        """
        groups = self.find_known(words, [self.look_up(word) for word in words])
        return sorted(chain.from_iterable(groups.values()), key=itemgetter(0))

    def find_known(self, words: Sequence[str], known: Sequence[Known]) -> dict[str, list[Match]]:
        """Return all matches in words that have been looked up, by the groups of their senses, in order."""
        groups: defaultdict[str, list[Match]] = defaultdict(list)
        for start in [at for at, item in enumerate(known) if item.counts]:
            item = known[start]
            for sense in item.single:
                groups[sense[0]].append(_make_match((start, start + 1, sense)))
            if item.loose:
                _add_loose(groups, item.loose, known, words, start)
            if not item.reach:
                continue
            pairs, at = item.pairs, start
            for word in words[start + 1 : start + 1 + item.reach]:
                at += 1
                if pairs[word] if word in pairs else item.pair(word, known[at].atoms):
                    _add_longer(groups, known, words, start, at)
                    break
                if not word:
                    break
        return dict(groups)


_NOTHING = Known(frozenset())
# Half of what `Match` itself takes, and made two hundred times a report.
_make_match: Callable[[tuple[int, int, Sense]], Match] = partial(tuple.__new__, Match)


def _add_loose(
    groups: dict[str, list[Match]],
    patterns: Iterable[_Pattern],
    known: Sequence[Known],
    words: Sequence[str],
    start: int,
) -> None:
    """Add the matches of patterns that open at a word and whose second word is any word."""
    for pattern in patterns:
        end = _follow(pattern.steps[1:], known, words, start + 1)
        if end:
            groups[pattern.sense.group].append(Match(start, end, pattern.sense))


def _add_longer(
    groups: dict[str, list[Match]], known: Sequence[Known], words: Sequence[str], start: int, first: int
) -> None:
    """Add the matches of patterns that open at a word and go on with one of those from the first on."""
    item, told = known[start], set[int]()
    for at in range(first, min(start + 1 + item.reach, len(words))):
        word = words[at]
        if not word:
            return
        for reach, rest, sense in item.pairs.get(word) or item.pair(word, known[at].atoms):
            if at - start > reach or id(sense) in told:
                continue
            told.add(id(sense))
            end = _follow(rest, known, words, at + 1) if rest else at + 1
            if end:
                groups[sense[0]].append(_make_match((start, end, sense)))


def _follow(steps: Iterable[_Step], known: Sequence[Known], words: Sequence[str], at: int) -> int:
    """Return where the steps of a pattern that go on here end, or 0."""
    slack, count = 0, len(words)
    for step in steps:
        first = step[0]
        if first == _GAP:
            slack += _GAP_WORDS
            continue
        while True:
            if at >= count or not words[at]:
                return 0
            if first == _ANY or not known[at].atoms.isdisjoint(step):
                break
            if not slack:
                return 0
            slack -= 1
            at += 1
        at, slack = at + 1, 0
    return at

"""Words of a text with their offsets: the one pass that numbers and dates share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from geo.language.lexicon import Lexicon, expand_forms

__all__ = ["Phrases", "Tokens", "compile_phrases", "is_plain_gap", "lower_text", "split_phrase", "tokenize"]

_LEVEL = (  # one kind of apostrophe, space and hyphen; replacing is ten times faster than str.translate here
    *((mark, "'") for mark in "’ʼ‘`"),
    *((space, " ") for space in "\u00a0\u202f\u2009\u2007"),
    ("‑", "-"),
)
_PLAIN_GAPS = frozenset(
    {" ", ".", "-", "'", " '", "' ", ". ", " «", " “", ' "', " („", " „", " (", "» ", "” ", '" '}
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Tokens:
    """The words of a text in lower case.

    Attributes
    ----------
    text
        The text as it stands.
    lowered
        The text in lower case, of the same length.
    words
        Its words; digits are words too ("1 150" is two).
    gaps
        What stands before each word, and last what stands after the last one (one more than words).
    starts, ends
        Offsets of each word, half-open.
    """

    text: str
    lowered: str
    words: list[str]
    gaps: list[str]
    starts: list[int]
    ends: list[int]

    def find_at(self, start: int) -> int:
        """Return the index of the first word that starts at or after an offset."""
        return bisect_left(self.starts, start)

    def find_until(self, end: int) -> int:
        """Return the index after the last word that ends at or before an offset."""
        return bisect_right(self.ends, end)


def lower_text(text: str) -> str:
    """Return the text in lower case, one kind of apostrophe and space, with its length kept."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters lower to two code points; they stay as they are
        lowered = "".join(char if len(char.lower()) != 1 else char.lower() for char in text)
    for mark, plain in _LEVEL:
        lowered = lowered.replace(mark, plain)
    return lowered


@lru_cache(maxsize=8)
def _compile_word(joins: str) -> re.Pattern[str]:
    """Compile what a word is; ``joins`` are the signs that may stand inside one."""
    return re.compile(rf"([^\W_]+(?:[{re.escape(joins)}][^\W\d_]+)*)" if joins else r"([^\W_]+)")


@lru_cache(maxsize=4)
def tokenize(text: str, lexicon: Lexicon) -> Tokens:
    """Split a text into words and gaps; apostrophes join words where the lexicon says so."""
    lowered = lower_text(text)
    parts = _compile_word(lexicon.table("language")["joins"]).split(lowered)
    ends, gaps = list(accumulate(map(len, parts))), parts[0::2]
    wide = {gap for gap in set(gaps) if len(gap) > 1 or gap == "\n"}
    wrapped = {gap for gap in wide if gap.isspace() and gap.count("\n") < 2}
    if wrapped:
        gaps = [
            _join_line(text, gap, end) if gap in wrapped else gap
            for gap, end in zip(gaps, ends[0::2], strict=True)
        ]
    return Tokens(
        text=text, lowered=lowered, words=parts[1::2], gaps=gaps, starts=ends[0:-1:2], ends=ends[1::2]
    )


def _join_line(text: str, gap: str, end: int) -> str:
    """Read white space as one space where a wrapped line goes on in lower case."""
    return " " if "\n" not in gap or text[end : end + 1].islower() else gap


def split_phrase(phrase: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Split a phrase of the lexicon into words, as a text is split."""
    return tuple(_compile_word(lexicon.table("language")["joins"]).findall(lower_text(phrase)))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Phrases:
    """Phrases of a lexicon with a value each, found by their first or by their last word.

    Attributes
    ----------
    by_first, by_last
        Word to (words, value), longest first.
    """

    by_first: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    by_last: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]

    def match_at(self, tokens: Tokens, index: int) -> tuple[int, str] | None:
        """Return the index after the longest phrase that starts at a word, and its value."""
        if index >= len(tokens.words):
            return None
        for words, value in self.by_first.get(tokens.words[index], ()):
            end = index + len(words)
            if tokens.words[index:end] == list(words) and _are_plain(tokens, index + 1, end):
                return end, value
        return None

    def match_before(self, tokens: Tokens, index: int) -> tuple[int, str] | None:
        """Return the index of the first word of the longest phrase before a word, and its value."""
        if index < 1 or tokens.gaps[index] not in _PLAIN_GAPS:
            return None
        for words, value in self.by_last.get(tokens.words[index - 1], ()):
            start = index - len(words)
            if (
                start >= 0
                and tokens.words[start:index] == list(words)
                and _are_plain(tokens, start + 1, index)
            ):
                return start, value
        return None


def compile_phrases(lexicon: Lexicon, groups: Mapping[str, Iterable[str]]) -> Phrases:
    """Compile phrases, given as value to entries (see `expand_forms`); the first value of a form wins."""
    found: dict[tuple[str, ...], str] = {}
    for value, entries in groups.items():
        for form in expand_forms(lexicon, entries):
            found.setdefault(split_phrase(form, lexicon), value)
    ordered = sorted(
        ((words, value) for words, value in found.items() if words), key=lambda item: -len(item[0])
    )
    first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    last: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, value in ordered:
        first.setdefault(words[0], []).append((words, value))
        last.setdefault(words[-1], []).append((words, value))
    return Phrases(
        by_first={word: tuple(items) for word, items in first.items()},
        by_last={word: tuple(items) for word, items in last.items()},
    )


def is_plain_gap(gap: str) -> bool:
    """Tell whether a gap joins words of one phrase: a space, hyphen, quote, or the dot of an abbreviation."""
    return gap in _PLAIN_GAPS


def _are_plain(tokens: Tokens, start: int, end: int) -> bool:
    """Tell whether only spaces, hyphens, quotes and dots of abbreviations stand before these words."""
    return all(gap in _PLAIN_GAPS for gap in tokens.gaps[start:end])

"""Words of a text with their offsets: the one pass that numbers and dates share."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from geo.language.lexicon import Lexicon

__all__ = ["Tokens", "lower_text", "tokenize"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Tokens:
    """The words of a text in lower case.

    Attributes
    ----------
    lowered
        The text in lower case, of the same length.
    words
        Its words; digits are words too ("1 150" is two).
    gaps
        What stands before each word, and last what stands after the last one (one more than words).
    starts, ends
        Offsets of each word, half-open.
    """

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
    """Return the text in lower case with its length kept (a few letters lower to two code points)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(char if len(char.lower()) != 1 else char.lower() for char in text)


@lru_cache(maxsize=8)
def _compile_word(joins: str) -> re.Pattern[str]:
    """Compile what a word is; ``joins`` are the signs that may stand inside one."""
    return re.compile(rf"([^\W_]+(?:[{re.escape(joins)}][^\W\d_]+)*)" if joins else r"([^\W_]+)")


@lru_cache(maxsize=4)
def tokenize(text: str, lexicon: Lexicon) -> Tokens:
    """Split a text into words and what stands between them; apostrophes join words where the lexicon says so."""
    lowered = lower_text(text)
    parts = _compile_word(lexicon.table("language")["joins"]).split(lowered)
    ends = list(accumulate(map(len, parts)))
    return Tokens(
        lowered=lowered, words=parts[1::2], gaps=parts[0::2], starts=ends[0:-1:2], ends=ends[1::2]
    )

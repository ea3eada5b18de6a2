"""A text as tokens: offsets, folded keys and capitals, made once and shared by every step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.places.folding import fold_name

__all__ = ["Tokens", "compile_words", "fold_token", "tokenise"]

_APOSTROPHES = "'’ʼ‘`´ʹ′"

# A longer token is no name; it is kept as a token without a key.
_LONGEST_TOKEN = 40

# Between two tokens of one name: a space, a hyphen, or nothing but an elided apostrophe.
_JOINT = re.compile(r"[ \u00a0\u202f]?[-‐‑–]?[ \u00a0\u202f]?|[’']")

# What ends a sentence or opens a line, so that a capital says nothing.
_STOP = re.compile(r"[.!?…:;\n|•]")


@lru_cache(maxsize=65_536)
def fold_token(word: str) -> str:
    """Fold one token (`geo.places.folding.fold_name`), remembered."""
    return fold_name(word) if len(word) <= _LONGEST_TOKEN else ""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Parallel lists over the tokens of a text.

    Attributes
    ----------
    text
        The text.
    starts, ends
        Offsets of each token, code points, half-open.
    keys
        Folded tokens; empty where a token is too long to be a word.
    capitals
        Whether a token begins with a capital letter.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    capitals: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, index: int) -> str:
        """Return the characters between a token and the next one (to the end after the last)."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.ends[index] : end]

    def joins(self, index: int) -> bool:
        """Tell whether a token and the next can be one name: a space, a hyphen or an apostrophe apart."""
        end, start = self.ends[index], self.starts[index + 1]
        if start == end + 1 and self.text[end] == " ":
            return True
        return _JOINT.fullmatch(self.text, end, start) is not None

    def opens(self, index: int) -> bool:
        """Tell whether a token stands where a sentence, a line or a quoted sentence begins."""
        if index == 0:
            return True
        gap = self.gap(index - 1)
        return _STOP.search(gap) is not None

    def is_shouted(self, index: int) -> bool:
        """Tell whether a token of two letters or more is all capitals."""
        word = self.text[self.starts[index] : self.ends[index]]
        return len(word) > 1 and word.isupper()


@lru_cache(maxsize=16)
def compile_words(elisions: frozenset[str], possessives: frozenset[str]) -> re.Pattern[str]:
    """Compile what a token is in a language.

    Parameters
    ----------
    elisions
        Words that lose their vowel before an apostrophe and stand as tokens of their own ("l", "d").
    possessives
        Endings after an apostrophe that stand as tokens of their own ("s").
    """
    mark = f"[{_APOSTROPHES}]"
    elided = f"(?i:{'|'.join(sorted(elisions, key=len, reverse=True))})(?={mark}\\w)|" if elisions else ""
    ending = f"(?!(?:{'|'.join(sorted(possessives))})(?!\\w))" if possessives else ""
    letters = r"[\w\u0300-\u036f]*"
    # Dotted capitals ("U.S.") are one token; else letters and digits, with apostrophes inside.
    return re.compile(rf"[A-Z]\.(?:[A-Z]\.)+|{elided}[^\W_]{letters}(?:{mark}{ending}[^\W\d_]{letters})*")


@lru_cache(maxsize=4)  # every step on a report asks again
def tokenise(text: str, words: re.Pattern[str]) -> Tokens:
    """Cut a text into tokens.

    Parameters
    ----------
    text
        Any text, NFC.
    words
        What a token is, from `compile_words`.
    """
    spans = [match.span() for match in words.finditer(text)]
    if not spans:
        return Tokens(text, [], [], [], [])
    read = [_read_word(text[start:end]) for start, end in spans]
    starts, ends, keys, capitals = map(list, (*zip(*spans, strict=True), *zip(*read, strict=True)))
    return Tokens(text, starts, ends, keys, capitals)


@lru_cache(maxsize=65_536)
def _read_word(word: str) -> tuple[str, bool]:
    """Return a word's folded key, and whether it begins with a capital."""
    return fold_token(word), word[:1].isupper()

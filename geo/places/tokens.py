"""A text as tokens: offsets, folded keys and capitals, made once and shared by every step."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.places.folding import fold_name

__all__ = ["Tokens", "fold_token", "tokenise"]

_APOSTROPHES = "'’ʼ‘`´ʹ′"
_WORD = re.compile(
    rf"[A-Z]\.(?:[A-Z]\.)+|[^\W_][\w\u0300-\u036f]*(?:[{_APOSTROPHES}][^\W\d_][\w\u0300-\u036f]*)*"
)
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")

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


def tokenise(text: str, elisions: frozenset[str], possessives: frozenset[str]) -> Tokens:
    """Cut a text into tokens.

    Parameters
    ----------
    text
        Any text, NFC.
    elisions
        Folded words that lose their vowel before an apostrophe and stand as tokens of their own ("l", "d").
    possessives
        Folded endings after an apostrophe that stand as tokens of their own ("s").
    """
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [_read_word(text[start:end]) for start, end in spans]
    if not any(cut for _, _, cut in words):
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        return Tokens(text, starts, ends, [key for key, _, _ in words], [capital for _, capital, _ in words])
    tokens = Tokens(text, [], [], [], [])
    for (start, end), (key, capital, cut) in zip(spans, words, strict=True):
        if cut:
            _add_parts(tokens, text[start:end], start, elisions, possessives)
            continue
        tokens.starts.append(start)
        tokens.ends.append(end)
        tokens.keys.append(key)
        tokens.capitals.append(capital)
    return tokens


@lru_cache(maxsize=65_536)
def _read_word(word: str) -> tuple[str, bool, bool]:
    """Return a word's key, whether it begins with a capital, and whether it has an apostrophe."""
    return fold_token(word), word[:1].isupper(), _APOSTROPHE.search(word) is not None


def _add_parts(
    tokens: Tokens, word: str, start: int, elisions: frozenset[str], possessives: frozenset[str]
) -> None:
    """Add a word with an apostrophe as one token or more."""
    last = start + len(word)
    start = _cut_elisions(tokens, word, start, elisions)
    end = _find_possessive(tokens.text[start:last], start, possessives)
    _add(tokens, start, end)
    if end < last:
        _add(tokens, end + 1, last)


def _add(tokens: Tokens, start: int, end: int) -> None:
    key, capital, _ = _read_word(tokens.text[start:end])
    tokens.starts.append(start)
    tokens.ends.append(end)
    tokens.keys.append(key)
    tokens.capitals.append(capital)


def _cut_elisions(tokens: Tokens, word: str, start: int, elisions: frozenset[str]) -> int:
    """Add the elided words at the head of a word as tokens; return where the rest begins."""
    while (cut := _APOSTROPHE.search(word)) is not None:
        head, rest = word[: cut.start()], word[cut.end() :]
        if fold_token(head) not in elisions:
            break
        _add(tokens, start, start + len(head))
        start += cut.end()
        word = rest
    return start


def _find_possessive(word: str, start: int, possessives: frozenset[str]) -> int:
    """Return where a word ends before its possessive ending."""
    cuts = list(_APOSTROPHE.finditer(word))
    if cuts and fold_token(word[cuts[-1].end() :]) in possessives:
        return start + cuts[-1].start()
    return start + len(word)

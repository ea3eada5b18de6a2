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


@lru_cache(maxsize=1024)
def _has_stop(gap: str) -> bool:
    return _STOP.search(gap) is not None


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
    spaced
        Whether one space and no more stands between a token and the next.
    """

    text: str
    starts: list[int]
    ends: list[int]
    keys: list[str]
    capitals: list[bool]
    spaced: list[bool]

    def __len__(self) -> int:
        return len(self.starts)

    def gap(self, index: int) -> str:
        """Return the characters between a token and the next one (to the end after the last)."""
        end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        return self.text[self.ends[index] : end]

    def joins(self, index: int) -> bool:
        """Tell whether a token and the next can be one name: a space, a hyphen or an apostrophe apart."""
        if self.spaced[index]:
            return True
        return _JOINT.fullmatch(self.text, self.ends[index], self.starts[index + 1]) is not None

    def opens(self, index: int) -> bool:
        """Tell whether a token stands where a sentence, a line or a quoted sentence begins."""
        if index == 0:
            return True
        if self.spaced[index - 1]:
            return False
        return _has_stop(self.text[self.ends[index - 1] : self.starts[index]])

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
    tokens = Tokens(text, [], [], [], [], [])
    starts, ends, keys, capitals = tokens.starts, tokens.ends, tokens.keys, tokens.capitals
    spaced, pieces = tokens.spaced, _know_pieces(words)
    at, glued = 0, False  # where a piece begins; whether a token ends right before the space before it
    for piece in text.split(" "):
        read = pieces[piece]
        if glued and read and not read[0][0]:
            spaced[-1] = True
        end = -1
        for start, end, key, capital in read:
            starts.append(at + start)
            ends.append(at + end)
            keys.append(key)
            capitals.append(capital)
            spaced.append(False)
        glued = end == len(piece)
        at += len(piece) + 1
    return tokens


# What stands between two spaces: its tokens, each where it starts and ends, its key, whether it is capital.
_Piece = tuple[tuple[int, int, str, bool], ...]
_MOST_PIECES = 32_768
_LONGEST_PIECE = 80


class _Pieces(dict[str, _Piece]):
    """The pieces between spaces, each read when first met: no token goes over a space."""

    def __init__(self, words: re.Pattern[str]) -> None:
        super().__init__()
        self.words = words

    def __missing__(self, piece: str) -> _Piece:
        read = tuple(
            (match.start(), match.end(), fold_token(match.group()), match.group()[:1].isupper())
            for match in self.words.finditer(piece)
        )
        if len(piece) <= _LONGEST_PIECE:
            if len(self) >= _MOST_PIECES:
                self.clear()
            self[piece] = read
        return read


@lru_cache(maxsize=16)
def _know_pieces(words: re.Pattern[str]) -> _Pieces:
    return _Pieces(words)

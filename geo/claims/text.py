"""A report's words, sentences and what the lexicon sees in them, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from geo.claims.patterns import Known, Match, fold_word
from geo.claims.vocabulary import Vocabulary

__all__ = ["Reading", "Sentence", "read_words"]

# Words with apostrophes, numbers, line breaks, marks; a hyphen that joins two words ("air-defence") is none.
_TOKEN = re.compile(
    r"[^\W\d_][^\W_]*+(?:'[^\W\d_]+)*+|\d+(?:[.,:]\d+)*+|\n+|[^\w\s\-‐‑]|[-‐‑](?:(?<![^\W_].)|(?![^\W_]))"
)
_APOSTROPHE = re.compile("'")
_Part = tuple[str, str, int, int]  # word, mark, start, end
_Token = tuple[str, str, int, int, Known]  # a part with what patterns know of its word
# Longer runs of letters are no words; they are cut so that stems are never sought in megabytes.
_LONGEST_WORD = 60
# So many letters of a side's name are its initials ("US").
_INITIALS = 3
# A sentence longer than this is cut: whatever it is, nobody wrote it to be read.
_LONGEST_SENTENCE = 220
# So many pieces between two spaces are remembered, if they are no longer than so many letters.
_MEMO_LIMIT, _LONGEST_MEMO = 100_000, 80


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence as token numbers, half-open, with its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(slots=True, eq=False)
class Reading:
    """Parallel lists over the tokens of a report, and the patterns found in them.

    Attributes
    ----------
    words
        Folded words and numbers; empty where a token is punctuation.
    marks
        The punctuation; empty where a token is a word.
    starts, ends
        Offsets, code points, half-open.
    matches
        What the lexicon's patterns found, by group.
    """

    text: str
    words: list[str]
    marks: list[str]
    starts: list[int]
    ends: list[int]
    matches: dict[str, list[Match]] = field(default_factory=dict)
    sentences: list[Sentence] = field(default_factory=list)

    def find_token(self, offset: int) -> int:
        """Return the number of the first token that ends after an offset."""
        return bisect_right(self.ends, offset)

    def find_end_token(self, offset: int) -> int:
        """Return the number after the last token that starts before an offset."""
        return bisect_left(self.starts, offset)

    def cut(self, start: int, end: int) -> str:
        """Return the text of tokens, or an empty text."""
        return self.text[self.starts[start] : self.ends[end - 1]] if end > start else ""


class _Pieces(dict[str, tuple[_Token, ...]]):
    """The tokens between two spaces, each piece cut once: a report then costs a look-up for each."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def __missing__(self, text: str) -> tuple[_Token, ...]:
        look_up = self.vocabulary.matcher.look_up
        piece = tuple((*part, look_up(part[0])) for part in _cut_tokens(_lower(text), self.vocabulary))
        if len(text) <= _LONGEST_MEMO:
            if len(self) >= _MEMO_LIMIT:
                self.clear()
            self[text] = piece
        return piece


@lru_cache(maxsize=16)
def _remember_pieces(vocabulary: Vocabulary) -> _Pieces:
    return _Pieces(vocabulary)


def read_words(text: str, vocabulary: Vocabulary, spans: Iterable[tuple[int, int]]) -> Reading:
    """Cut a text into tokens and find all patterns of the vocabulary.

    Parameters
    ----------
    text
        The report's text.
    vocabulary
        The words of its language.
    spans
        Its sentences, as offsets.
    """
    reading = Reading(text, [], [], [], [])
    known = _gather_tokens(reading, _remember_pieces(vocabulary))
    reading.matches = vocabulary.matcher.find_known(reading.words, known)
    sides = reading.matches.get("side", [])
    if any(_is_pronoun(reading, side) for side in sides):
        reading.matches["side"] = [side for side in sides if not _is_pronoun(reading, side)]
    reading.sentences = _cut_sentences(reading, spans)
    return reading


def _gather_tokens(reading: Reading, pieces: _Pieces) -> list[Known]:
    """Fill the lists of a reading; return what patterns know of its words."""
    words, marks, starts, ends = reading.words, reading.marks, reading.starts, reading.ends
    known: list[Known] = []
    at = 0
    for piece in reading.text.split(" "):
        for word, mark, start, end, item in pieces[piece]:
            words.append(word)
            marks.append(mark)
            starts.append(at + start)
            ends.append(at + end)
            known.append(item)
        at += len(piece) + 1
    return known


def _is_pronoun(reading: Reading, match: Match) -> bool:
    """Tell whether a side's initials are small letters, and so another word ("told us")."""
    start, end = reading.starts[match.start], reading.ends[match.end - 1]
    return match.sense.name.isupper() and end - start <= _INITIALS and not reading.text[start:end].isupper()


def _lower(text: str) -> str:
    """Return the text as patterns are written, of the same length."""
    folded = fold_word(text)
    if len(folded) == len(text):
        return folded
    # A few letters lower to two code points; they stay as they are.
    return "".join(char if len(char.lower()) != 1 else char.lower() for char in text)


def _cut_tokens(lowered: str, vocabulary: Vocabulary) -> list[_Part]:
    parts: list[_Part] = []
    for match in _TOKEN.finditer(lowered):
        token, (start, end) = match[0], match.span()
        if not token[0].isalnum():
            parts.append(("", token[0], start, end))
        elif not token[0].isalpha():
            token = token[:_LONGEST_WORD]
            parts.append((token, "", start, start + len(token)))
        else:
            parts += _split_apostrophes(token[:_LONGEST_WORD], start, vocabulary)
    return parts


def _split_apostrophes(token: str, start: int, vocabulary: Vocabulary) -> list[_Part]:
    """Make the elided words before an apostrophe tokens, and leave a clitic out."""
    end, parts = start + len(token), list[_Part]()
    while (cut := _APOSTROPHE.search(token)) is not None:
        if fold_word(token[: cut.start()]) not in vocabulary.elisions:
            break
        parts.append((fold_word(token[: cut.start()]), "", start, start + cut.start()))
        start += cut.end()
        token = token[cut.end() :]
    cuts = list(_APOSTROPHE.finditer(token))
    if cuts and fold_word(token[cuts[-1].end() :]) in vocabulary.clitics:
        return [*parts, (token[: cuts[-1].start()], "", start, start + cuts[-1].start())]
    return [*parts, (token, "", start, end)]


def _cut_sentences(reading: Reading, spans: Iterable[tuple[int, int]]) -> list[Sentence]:
    sentences: list[Sentence] = []
    paragraph, before = 0, 0
    for start, end in spans:
        first, last = reading.find_token(start), reading.find_end_token(end)
        paragraph += reading.marks[before:first].count("\n") if first > before else 0
        before = first
        cuts = range(first, last, _LONGEST_SENTENCE)
        sentences.extend([Sentence(cut, min(cut + _LONGEST_SENTENCE, last), paragraph) for cut in cuts])
    return sentences

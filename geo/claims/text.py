"""A report's words, sentences and what the lexicon sees in them, found in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.claims.patterns import Match, fold_word
from geo.claims.vocabulary import Vocabulary

__all__ = ["Reading", "Sentence", "read_words"]

# A plain word first: most tokens are one, and need no second look.
_TOKEN = re.compile(
    r"([^\W\d_][^\W_]*+(?!'[^\W\d_]))|[^\W\d_][^\W_]*(?:'[^\W\d_]+)*|\d+(?:[.,:]\d+)*|\n+|[^\w\s]"
)
_APOSTROPHE = re.compile("'")
_Row = tuple[str, str, int, int]  # word, mark, start, end
_HYPHENS = frozenset("-‐‑")
# Longer runs of letters are no words; they are cut so that stems are never sought in megabytes.
_LONGEST_WORD = 60
# So many letters of a side's name are its initials ("US").
_INITIALS = 3
# A sentence longer than this is cut: whatever it is, nobody wrote it to be read.
_LONGEST_SENTENCE = 220


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
    _cut_tokens(reading, _lower(text), vocabulary)
    matches = reading.matches
    for found in vocabulary.matcher.find(reading.words):
        group = found.sense.group
        if group == "side" and _is_pronoun(reading, found):
            continue
        if group not in matches:
            matches[group] = []
        matches[group].append(found)
    reading.sentences = _cut_sentences(reading, spans)
    return reading


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


def _cut_tokens(reading: Reading, lowered: str, vocabulary: Vocabulary) -> None:
    rows: list[_Row] = []
    for match in _TOKEN.finditer(lowered):
        token, (start, end) = match[0], match.span()
        if (match.lastindex or token.isalnum()) and end - start <= _LONGEST_WORD:
            word, mark = token, ""
        elif token[0].isalnum():
            if token[0].isalpha():
                start, end = _split_apostrophes(rows, token[:_LONGEST_WORD], start, vocabulary)
            else:
                end = min(end, start + _LONGEST_WORD)
            word, mark = lowered[start:end], ""
        elif token in _HYPHENS and _joins(lowered, start):
            continue
        else:
            word, mark = "", "\n" if token[0] == "\n" else token
        rows.append((word, mark, start, end))
    if rows:
        reading.words, reading.marks, reading.starts, reading.ends = map(list, zip(*rows, strict=True))


def _joins(text: str, index: int) -> bool:
    """Tell whether a hyphen joins two words ("air-defence")."""
    return 0 < index < len(text) - 1 and text[index - 1].isalnum() and text[index + 1].isalnum()


def _split_apostrophes(rows: list[_Row], token: str, start: int, vocabulary: Vocabulary) -> tuple[int, int]:
    """Add the elided words before an apostrophe as tokens, leave a clitic out; return the rest."""
    end = start + len(token)
    while (cut := _APOSTROPHE.search(token)) is not None:
        if fold_word(token[: cut.start()]) not in vocabulary.elisions:
            break
        rows.append((fold_word(token[: cut.start()]), "", start, start + cut.start()))
        start += cut.end()
        token = token[cut.end() :]
    cuts = list(_APOSTROPHE.finditer(token))
    if cuts and fold_word(token[cuts[-1].end() :]) in vocabulary.clitics:
        end = start + cuts[-1].start()
    return start, end


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

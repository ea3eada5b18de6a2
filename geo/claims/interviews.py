"""Who answers in an interview, whose questions and answers are lines that a dash opens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from geo.claims.parts import Saying
from geo.claims.text import Reading, Sentence
from geo.claims.vocabulary import Vocabulary

__all__ = ["name_answers"]

_DASHES = frozenset("–—")
_QUOTES = frozenset('«»“”„"')
# So few lines of dialogue are no interview.
_LEAST_LINES = 3
# From a rank or "callsign" to the name, and from a name's first word to its last, in tokens.
_NAME_REACH, _LONGEST_NAME = 5, 4
_TITLE_REACH = 2


def name_answers(
    reading: Reading, sayings: dict[int, list[Saying]], named: Collection[int], vocabulary: Vocabulary
) -> None:
    """Let whom an interview presents have said its lines that nobody else tells.

    Parameters
    ----------
    reading
        The words of a report.
    sayings
        Who says what, by the number of the sentence; answers are added.
    named
        The tokens of places, which say nothing.
    vocabulary
        The words of its language.
    """
    spoken = _find_spoken(reading)
    lines = [number for number in spoken if _opens_line(reading, number)]
    if not spoken or 2 * sum(1 for number in lines if number in sayings) > len(lines):
        return  # no interview, or one that names who speaks
    told = (n for n in range(len(reading.sentences)) if n not in spoken)
    sources = {m.start for m in reading.matches.get("say", ()) if m.sense.name == "source"}
    found = (_find_person(reading, reading.sentences[n], named, sources, vocabulary) for n in told)
    person = next((tokens for tokens in found if tokens is not None), None)
    if person is None:
        return
    start, end = person
    speaker = Saying(reading.cut(start, end), start, end, start, start, start, end)
    for number in spoken - sayings.keys():
        sentence = reading.sentences[number]
        sayings[number] = [replace(speaker, scope_start=sentence.start, scope_end=sentence.end)]


def _find_spoken(reading: Reading) -> set[int]:
    """Return the sentences of lines that a dash opens, if they are many and some of them ask."""
    sentences, marks = reading.sentences, reading.marks
    if sum(1 for s in sentences if marks[s.start] in _DASHES) < _LEAST_LINES:
        return set()
    lines = {s.paragraph for n, s in enumerate(sentences) if _opens_line(reading, n)}
    spoken = {number for number, sentence in enumerate(sentences) if sentence.paragraph in lines}
    asks = any("?" in marks[max(sentences[n].end - 2, 0) : sentences[n].end] for n in spoken)
    return spoken if asks and len(lines) >= _LEAST_LINES else set()


def _opens_line(reading: Reading, number: int) -> bool:
    """Tell whether a sentence begins a paragraph with a dash."""
    sentences = reading.sentences
    first = number == 0 or sentences[number - 1].paragraph != sentences[number].paragraph
    return first and reading.marks[sentences[number].start] in _DASHES


def _find_person(
    reading: Reading,
    sentence: Sentence,
    named: Collection[int],
    sources: Collection[int],
    vocabulary: Vocabulary,
) -> tuple[int, int] | None:
    """Return the tokens of a person with a rank or a callsign, or nothing."""
    callsigns = vocabulary.words["callsigns"]
    for index in range(sentence.start, sentence.end):
        if index not in sources and reading.words[index] not in callsigns:
            continue
        name = _find_name(reading, index + 1, min(index + 1 + _NAME_REACH, sentence.end), named)
        if name is None:
            continue
        if index not in sources:
            return name
        titled = range(max(index - _TITLE_REACH, sentence.start), index)
        start = (
            sentence.start if sentence.start in titled and all(reading.words[i] for i in titled) else index
        )
        return start, name[1]
    return None


def _find_name(reading: Reading, start: int, end: int, named: Collection[int]) -> tuple[int, int] | None:
    """Return the tokens of a name in capitals, with the quotes around it."""
    for index in range(start, end):
        if reading.marks[index] and reading.marks[index] not in _QUOTES:
            return None
        if not _is_capital(reading, index) or index in named:
            continue
        last = index + 1
        while last - index < _LONGEST_NAME and last < len(reading.words) and _is_capital(reading, last):
            last += 1
        first = index - (reading.marks[index - 1] in _QUOTES)
        return first, last + (last < len(reading.marks) and reading.marks[last] in _QUOTES)
    return None


def _is_capital(reading: Reading, index: int) -> bool:
    return bool(reading.words[index]) and reading.text[reading.starts[index]].isupper()

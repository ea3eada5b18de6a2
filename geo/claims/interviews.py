"""Who answers in an interview: lines that a dash or a name opens, and paragraphs that follow questions."""

from __future__ import annotations

from collections.abc import Collection

from geo.claims.parts import Saying
from geo.claims.text import Reading, Sentence
from geo.claims.transcripts import find_answers, find_speakers
from geo.claims.vocabulary import Vocabulary

__all__ = ["name_answers"]

_DASHES = frozenset("–—")
_QUOTES = frozenset('«»“”„"')
# So few lines of dialogue are no interview.
_LEAST_LINES = 3
# From a rank or "callsign" to the name, and from a name's first word to its last, in tokens.
_NAME_REACH, _LONGEST_NAME = 5, 4
_TITLE_REACH = 2
# Whom an interview presents has a name of so many words at most, with what they are.
_LONGEST_PRESENTED = 12
_NAME_ENDS = frozenset(",.;:()\n?!–—")


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
    speakers = find_speakers(reading)
    if speakers:
        for number, tokens in speakers.items():
            _add_speaker(reading, sayings, number, tokens)
        return
    spoken = _find_spoken(reading)
    asked = set() if spoken else find_answers(reading)
    if not spoken and not asked:
        return
    lines = [number for number in spoken if _opens_line(reading, number)]
    if 2 * sum(1 for number in lines if number in sayings) > len(lines):
        return  # no interview, or one that names who speaks
    person = _find_presented(reading, spoken | asked, vocabulary)
    if person is None and spoken:
        person = _find_ranked(reading, spoken, named, vocabulary)
    if person is None:
        return
    for number in spoken | asked:
        _add_speaker(reading, sayings, number, person)


def _add_speaker(
    reading: Reading, sayings: dict[int, list[Saying]], number: int, tokens: tuple[int, int]
) -> None:
    """Let somebody have said of a sentence what nobody nearer tells."""
    (start, end), sentence = tokens, reading.sentences[number]
    told = sayings.setdefault(number, [])
    for said in told:  # "SPOKESMAN: ...", whose office is told above
        if said.source_start == sentence.start and reading.marks[said.cue_start] == ":":
            said.source, said.source_start, said.source_end = reading.cut(start, end), start, end
    scope = (sentence.start, sentence.end)
    told.append(Saying(reading.cut(start, end), start, end, start, start, *scope, answers=True))


def _find_presented(
    reading: Reading, spoken: Collection[int], vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Return the tokens of whom words like "an interview with" present, or nothing."""
    lines = [reading.sentences[number] for number in spoken]
    tokens = {index for line in lines for index in range(line.start, line.end)}
    for match in reading.matches.get("say", ()):
        if match.sense.name == "answers" and match.start not in tokens:
            person = _find_answering(reading, match.start, vocabulary)
            if person is not None:
                return person
        if match.sense.name != "presents" or match.start in tokens:
            continue
        start, end = match.end, match.end
        while end < len(reading.words) and end - start < _LONGEST_PRESENTED:
            if reading.marks[end] in _NAME_ENDS and reading.marks[end]:
                break
            if reading.words[end] in vocabulary.words["relatives"]:
                break
            end += 1
        if any(_is_capital(reading, index) for index in range(start, end)):
            return start, end
    return None


def _find_answering(reading: Reading, end: int, vocabulary: Vocabulary) -> tuple[int, int] | None:
    """Return the tokens of whom a sentence begins with that answers questions, or nothing."""
    sentence = next(one for one in reading.sentences if one.start <= end < one.end)
    relatives = vocabulary.words["relatives"]
    close = next(
        (i for i in range(sentence.start, end) if reading.marks[i] or reading.words[i] in relatives), end
    )
    named = any(_is_capital(reading, index) for index in range(sentence.start + 1, close))
    return (sentence.start, close) if named and close - sentence.start <= _LONGEST_PRESENTED else None


def _find_ranked(
    reading: Reading, spoken: Collection[int], named: Collection[int], vocabulary: Vocabulary
) -> tuple[int, int] | None:
    """Return the tokens of the first person with a rank or a callsign outside the lines, or nothing."""
    told = (n for n in range(len(reading.sentences)) if n not in spoken)
    sources = {m.start for m in reading.matches.get("say", ()) if m.sense.name == "source"}
    found = (_find_person(reading, reading.sentences[n], named, sources, vocabulary) for n in told)
    return next((tokens for tokens in found if tokens is not None), None)


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

"""Who speaks in a transcript, whose lines begin with a name, and which paragraphs answer a question."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from geo.claims.text import Reading

__all__ = ["find_answers", "find_speakers"]

# "HOST: ..." at the head of a line: so few letters, no full stop but that of an abbreviation.
_LABEL = re.compile(
    r"^[^\S\n]*([^\W\d_](?:[^\n:?!,;«»“”\"]{0,38}[^\s:?!,;«»“”\"])?)[^\S\n]?:\s", re.MULTILINE
)
# A speaker has at least so many lines.
_LEAST_LINES = 2
# So many questions make an interview, and a question has no more tokens.
_LEAST_QUESTIONS, _LONGEST_QUESTION = 2, 40
_OPENING = frozenset('«“„"')
_NAME_REACH = 3
_LONGEST_OFFICE = 12  # so many tokens hold an office and whose it is


def find_speakers(reading: Reading) -> dict[int, tuple[int, int]]:
    """Return who speaks in a transcript.

    Parameters
    ----------
    reading
        The words of a report.

    Returns
    -------
    dict of int to tuple of int
        The tokens of the speaker's name by the number of the sentence; empty where no lines begin with
        the names of one who asks and of one who answers.
    """
    if reading.text.count(":") < _LEAST_LINES or "?" not in reading.text:
        return {}
    heads = {reading.find_token(m.start(1)): m for m in _LABEL.finditer(reading.text)}
    lines = _cut_lines(reading, heads)
    if not lines:
        return {}
    alone = _find_asked(reading, {start: sentences[0] for start, sentences in lines.items()}, heads)
    if alone:
        return alone
    labels = {start: heads[start][1].casefold() for start in heads}
    count = Counter(labels[start] for start in lines)
    asked = Counter(labels[start] for start, sentences in lines.items() if _asks(reading, sentences))
    askers = {label for label, questions in asked.items() if 2 * questions >= count[label] >= _LEAST_LINES}
    if not askers or not any(n >= _LEAST_LINES for label, n in count.items() if label not in askers):
        return {}
    speakers: dict[int, tuple[int, int]] = {}
    for start, sentences in lines.items():
        if labels[start] not in askers and count[labels[start]] >= _LEAST_LINES:
            end = reading.find_end_token(heads[start].end(1))
            speakers |= dict.fromkeys(sentences, _find_full_name(reading, start, end))
    return speakers


def _find_asked(
    reading: Reading, lines: dict[int, int], heads: dict[int, re.Match[str]]
) -> dict[int, tuple[int, int]]:
    """Return who speaks where only the answers begin with a name, behind paragraphs that ask."""
    paragraphs: dict[int, list[int]] = {}
    for number, sentence in enumerate(reading.sentences):
        paragraphs.setdefault(sentence.paragraph, []).append(number)
    asking = {
        part
        for part, numbers in paragraphs.items()
        if _is_asked(reading, numbers) and reading.sentences[numbers[0]].start not in heads
    }
    after = {part for before, part in pairwise(paragraphs) if before in asking}
    asked = {at for at, number in lines.items() if reading.sentences[number].paragraph in after}
    count = Counter(heads[at][1].casefold() for at in asked)
    speakers: dict[int, tuple[int, int]] = {}
    for at in sorted(asked):
        if count[heads[at][1].casefold()] < _LEAST_LINES:
            continue
        name = _find_full_name(reading, at, reading.find_end_token(heads[at].end(1)))
        for number in range(lines[at], len(reading.sentences)):
            part = reading.sentences[number].paragraph
            if part in asking or (reading.sentences[number].start in lines and number != lines[at]):
                break
            speakers[number] = name
    return speakers


def _cut_lines(reading: Reading, heads: dict[int, re.Match[str]]) -> dict[int, list[int]]:
    """Return the sentences from each label to the next one; the last one has those of its paragraph."""
    lines: dict[int, list[int]] = {}
    label, paragraph = -1, -1
    last = max(heads, default=-1)
    for number, sentence in enumerate(reading.sentences):
        if sentence.start in heads:
            label, paragraph = sentence.start, sentence.paragraph
        if label >= 0 and (label != last or sentence.paragraph == paragraph):
            lines.setdefault(label, []).append(number)
    return lines


def _asks(reading: Reading, sentences: list[int]) -> bool:
    return any(_is_question(reading, number) for number in sentences)


def _is_question(reading: Reading, number: int) -> bool:
    sentence = reading.sentences[number]
    return "?" in reading.marks[max(sentence.end - 2, sentence.start) : sentence.end]


def _find_full_name(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """Return where the report names in full whom a label means by one word ("LINDQVIST"), or the label."""
    if end - start != 1:
        return start, end
    word = reading.words[start]
    for index, other in enumerate(reading.words):
        if other == word and index != start and index and _is_name(reading, index - 1, index):
            return index - 1, index + 1
    return _find_office(reading, start, word) or (start, end)


def _find_office(reading: Reading, start: int, word: str) -> tuple[int, int] | None:
    """Return where the lines before the talk tell whose office a label is ("the spokesman of X, Kyiv")."""
    for index in range(1, start):
        small = reading.text[reading.starts[index] : reading.starts[index] + 1].islower()
        if reading.words[index] != word or not small or not reading.words[index - 1]:
            continue
        reach = range(index, min(index + _LONGEST_OFFICE, start))
        end = next((at for at in reach if reading.marks[at]), index)
        if end > index + 1:
            return index - 1, end
    return None


def _is_name(reading: Reading, first: int, last: int) -> bool:
    """Tell whether two neighbours are a name in capitals that no label is."""
    texts = (reading.text[reading.starts[i] : reading.ends[i]] for i in (first, last))
    return bool(reading.words[first]) and all(text.istitle() for text in texts)


def find_answers(reading: Reading) -> set[int]:
    """Return the sentences that answer questions which are paragraphs of their own.

    Parameters
    ----------
    reading
        The words of a report.

    Returns
    -------
    set of int
        Numbers of sentences; empty where no two paragraphs ask.
    """
    if reading.text.count("?\n") < _LEAST_QUESTIONS:
        return set()
    paragraphs: dict[int, list[int]] = {}
    for number, sentence in enumerate(reading.sentences):
        paragraphs.setdefault(sentence.paragraph, []).append(number)
    order = list(paragraphs.values())
    asking = [at for at, numbers in enumerate(order) if _is_asked(reading, numbers)]
    if len(asking) < _LEAST_QUESTIONS:
        return set()
    spoken = [numbers for at in asking for numbers in order[at + 1 : at + 2] if at + 1 not in asking]
    for first, after in pairwise(asking):
        spoken += order[first + 1 : after]
    quoted = bool(spoken) and all(_opens_quote(reading, numbers[0]) for numbers in spoken[:_LEAST_QUESTIONS])
    return {n for numbers in spoken if not quoted or _opens_quote(reading, numbers[0]) for n in numbers}


def _is_asked(reading: Reading, numbers: list[int]) -> bool:
    """Tell whether a paragraph is a short question."""
    first, last = reading.sentences[numbers[0]], reading.sentences[numbers[-1]]
    return last.end - first.start <= _LONGEST_QUESTION and _is_question(reading, numbers[-1])


def _opens_quote(reading: Reading, number: int) -> bool:
    return reading.marks[reading.sentences[number].start] in _OPENING

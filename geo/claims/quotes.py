"""Who speaks in quotes and lines of dialogue that go on over several sentences."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from geo.claims.parts import Saying
from geo.claims.text import Reading, Sentence

__all__ = ["spread_quotes"]

_OPENING, _CLOSING, _EITHER = frozenset("«“„"), frozenset("»”"), '"'
_DASHES = frozenset("–—")
# What stands right before who speaks within a quote ("«We hold X, – he said. – They storm Y»").
_INSERTING = frozenset("–—,")
# So many tokens behind a quote that ends with its sentence the next one goes on ("... » – said X").
_BEHIND_REACH = 4


def spread_quotes(reading: Reading, sayings: dict[int, list[Saying]]) -> None:
    """Let who speaks have said all sentences of the quote, or of the line that a dash opens.

    Parameters
    ----------
    reading
        The words of a report.
    sayings
        Who says what, by the number of the sentence; sentences of a quote that nobody tells are added.
    """
    for start, end in _find_quotes(reading):
        first, last = _find_sentence(reading, start), _find_sentence(reading, end - 1)
        if first == last:
            _give_whole(reading, sayings, (start, end), first)
            continue
        speaker = _find_speaker(reading, sayings, (start, end), (first, last))
        if speaker is not None:
            _spread(reading, sayings, speaker, (first, last))
    for first, last in _find_lines(reading):
        start = reading.sentences[first].start
        speaker = _find_inserted(reading, sayings, (first, last), start, _DASHES)
        if speaker is not None:
            _spread(reading, sayings, speaker, (first, last))


def _find_quotes(reading: Reading) -> list[tuple[int, int]]:
    """Return quotes as token spans with their marks, the outermost; one left open ends with its paragraph."""
    found: list[tuple[int, int]] = []
    ends = [sentence.end for sentence in reading.sentences]
    opened, depth = -1, 0
    for index in [i for i, mark in enumerate(reading.marks) if mark and _is_quote(mark)]:
        mark = reading.marks[index]
        if opened >= 0 and _is_parted(reading, ends, opened, index):
            opened, depth = -1, 0
        if mark in _OPENING or (mark == _EITHER and opened < 0):
            opened, depth = (index, 1) if opened < 0 else (opened, depth + 1)
        elif opened >= 0:
            depth -= 1
            if depth == 0:
                found.append((opened, index + 1))
                opened = -1
    return found


def _is_quote(mark: str) -> bool:
    return mark in _OPENING or mark in _CLOSING or mark == _EITHER


def _is_parted(reading: Reading, ends: list[int], start: int, end: int) -> bool:
    """Tell whether a paragraph ends between two tokens."""
    sentences = reading.sentences
    low, high = bisect_right(ends, start), bisect_right(ends, end)
    if high >= len(sentences):
        return False
    return sentences[low].paragraph != sentences[high].paragraph


def _find_sentence(reading: Reading, token: int) -> int:
    """Return the number of the sentence that holds a token."""
    sentences = reading.sentences
    low, high = 0, len(sentences) - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if sentences[middle].end <= token else (low, middle)
    return low


def _find_lines(reading: Reading) -> list[tuple[int, int]]:
    """Return the sentences, first and last, of each paragraph that a dash opens."""
    found: list[tuple[int, int]] = []
    sentences, marks = reading.sentences, reading.marks
    for number, sentence in enumerate(sentences):
        opens = number == 0 or sentences[number - 1].paragraph != sentence.paragraph
        if not opens or sentence.end - sentence.start < 2 or marks[sentence.start] not in _DASHES:
            continue
        last = number
        while last + 1 < len(sentences) and sentences[last + 1].paragraph == sentence.paragraph:
            last += 1
        if last > number:
            found.append((number, last))
    return found


def _find_speaker(
    reading: Reading, sayings: dict[int, list[Saying]], quote: tuple[int, int], span: tuple[int, int]
) -> Saying | None:
    """Return who speaks: behind the quote, within it, or before it."""
    start, end = quote
    first, last = span
    behind = (s for s in sayings.get(last, ()) if s.cue_start >= end - 1 and s.source_start >= end - 1)
    ahead = (s for s in sayings.get(first, ()) if s.cue_end <= start + 1 and s.source_end <= start + 1)
    return (
        next(behind, None)
        or _find_inserted(reading, sayings, span, start)
        or next(ahead, None)
        or _find_next(reading, sayings, last + 1)
        or _find_introduced(reading, sayings, first, start)
    )


def _find_inserted(
    reading: Reading,
    sayings: dict[int, list[Saying]],
    span: tuple[int, int],
    start: int,
    marks: frozenset[str] = _INSERTING,
) -> Saying | None:
    """Return who is said to speak between dashes or commas of a quote."""
    for number in range(span[0], span[1] + 1):
        for saying in sayings.get(number, ()):
            low = min(saying.cue_start, saying.source_start)
            if low > start + 1 and reading.marks[low - 1] in marks and _returns(reading, saying):
                return saying
    return None


def _returns(reading: Reading, saying: Saying) -> bool:
    """Tell whether nothing but a name follows a verb of saying, up to the next mark or the end."""
    high = max(saying.cue_end, saying.source_end)
    return high >= len(reading.marks) or bool(reading.marks[high])


def _find_next(reading: Reading, sayings: dict[int, list[Saying]], number: int) -> Saying | None:
    """Return who is named in a sentence that only goes on from a quote."""
    if number >= len(reading.sentences):
        return None
    start = reading.sentences[number].start
    if reading.marks[start] not in _INSERTING:
        return None
    near = (s for s in sayings.get(number, ()) if min(s.cue_start, s.source_start) - start < _BEHIND_REACH)
    return next(near, None)


def _find_introduced(
    reading: Reading, sayings: dict[int, list[Saying]], first: int, start: int
) -> Saying | None:
    """Return who spoke last in the sentence before, of a quote that is a sentence of its own."""
    sentences = reading.sentences
    if first == 0 or start > sentences[first].start:
        return None
    before = sayings.get(first - 1, ())
    return before[-1] if before and sentences[first - 1].paragraph == sentences[first].paragraph else None


def _give_whole(
    reading: Reading, sayings: dict[int, list[Saying]], quote: tuple[int, int], number: int
) -> None:
    """Let who speaks in the sentence before or behind have said a sentence that is but a quote."""
    sentence = reading.sentences[number]
    ahead = reading.words[sentence.start : quote[0]]  # "16 h 10 - "
    if number in sayings or any(len(word) > 1 and word.isalpha() for word in ahead):
        return
    if quote[1] < sentence.end - 1:
        return
    speaker = _find_introduced(reading, sayings, number, quote[0])
    behind = reading.sentences[number + 1 : number + 2]
    if speaker is None and behind and behind[0].paragraph == sentence.paragraph:
        quoted = _is_quote(reading.marks[behind[0].start])
        speaker = next((s for s in sayings.get(number + 1, ()) if not quoted), None)
    if speaker is not None:
        _spread(reading, sayings, speaker, (number, number))


def _spread(
    reading: Reading, sayings: dict[int, list[Saying]], speaker: Saying, span: tuple[int, int]
) -> None:
    """Let a speaker have said the sentences of a span that nobody else tells."""
    for number in range(span[0], span[1] + 1):
        if number not in sayings:
            sentence: Sentence = reading.sentences[number]
            sayings[number] = [replace(speaker, scope_start=sentence.start, scope_end=sentence.end)]

"""Who says so by a mark alone: "X: ..." and "... – X"."""

from __future__ import annotations

from bisect import bisect_left

from geo.claims.finder import LONGEST_SOURCE, Finder
from geo.claims.parts import Saying, find_first
from geo.claims.patterns import Match
from geo.claims.text import Sentence

__all__ = ["find_quoted", "read_account", "read_back", "read_marks"]

_LONGEST_NAME = 4
_OPENING = frozenset('«“„"')
_MOST_WORDS = 12
# "Of this" alone is so many tokens; with a verb it is more.
_PLAIN_BACK = 2


def read_marks(finder: Finder, sentence: Sentence) -> Saying | None:
    """Read "X: ..." and "... – X".

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.

    Returns
    -------
    Saying or None
        Who says what, where a colon or a dash tells so.
    """
    if find_first(finder.pointers, sentence.start, sentence.end) is None:
        return None
    reading, last = finder.reading, sentence.end
    while last > sentence.start and finder.is_loose(last - 1):  # once, not from every dash
        last -= 1
    low = bisect_left(finder.pointers, sentence.start)
    for index in finder.pointers[low : bisect_left(finder.pointers, sentence.end, low)]:
        mark = reading.marks[index]
        if mark == ":" and index - sentence.start <= LONGEST_SOURCE:
            start, end = finder.trim(sentence.start, index)
            while start < end and not reading.words[start].isalpha():
                start += 1
            placed = end - start > 1 and start in finder.named and start > sentence.start
            if placed and reading.words[start - 1] in finder.vocabulary.words["inside"]:
                continue  # "In X a man died: ..."
            if _is_named_source(finder, start, end):
                return finder.make((start, end), (index, index + 1), (index + 1, sentence.end))
        if mark != ":" and index + 1 < last and (mark != "-" or finder.is_dash(index)):
            start, end = finder.trim(index + 1, last)
            named = _is_named_source(finder, start, end) or _is_surname(finder, start, end)
            named = named and not reading.words[start][:1].isdigit()  # "one dead – a 58-year-old man"
            if named and not _is_list(finder, start, end) and finder.has_trigger(sentence.start, index):
                return finder.make((start, end), (index, index + 1), (sentence.start, index))
    return None


def read_back(finder: Finder, sentence: Sentence) -> Saying | None:
    """Read who told what came before ("Об этом сообщил губернатор X").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.

    Returns
    -------
    Saying or None
        Who says what the sentences before state, where this one states nothing else.
    """
    cue = finder.backs.get(sentence.start, 0)
    if not cue or finder.has_trigger(sentence.start, sentence.end):
        return None
    if cue - sentence.start <= _PLAIN_BACK:
        verbs = [match for match in finder.verbs if cue <= match.start < sentence.end]
        if not verbs:
            return None
        ahead = finder.trim(cue, verbs[0].start)  # "Of this X told Y.", not "Of this told Y the mayor."
        titled = not finder.sources.isdisjoint(range(verbs[0].end, sentence.end))
        if not titled and any(_names_source(finder, i) for i in range(*ahead)) and finder.is_source(*ahead):
            return finder.make(ahead, (verbs[0].start, verbs[0].end), (sentence.start, sentence.end))
        cue = verbs[0].end
    reading, start = finder.reading, cue
    inside, placed = finder.vocabulary.words["inside"], False
    while start < sentence.end and (placed or not _names_source(finder, start)):
        named = _names_source(finder, start)  # "in his channel the governor of X"
        placed = (placed and not named) or reading.words[start] in inside
        start += 1
    end = start
    while start > cue and reading.words[start - 1].isalpha() and start - 1 not in finder.timed:
        if _names_source(finder, start - 1):
            break
        start -= 1  # "an informed source"
    while end < sentence.end and not finder.is_boundary(end) and reading.marks[end] not in {",", "."}:
        end += 1
    start, end = finder.trim(start, end)
    if not finder.is_source(start, end):
        return None
    return finder.make((start, end), (sentence.start, cue), (sentence.start, sentence.end))


def read_account(finder: Finder, sentence: Sentence, match: Match) -> bool:
    """Tell whether words name accounts as a side's ("by Ukrainian accounts").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        The word for accounts.
    """
    small, words = finder.vocabulary.words, finder.reading.words
    at = match.start - 2
    return (
        at >= sentence.start and at + 1 in finder.sides and words[at] in small["locatives"] | small["agents"]
    )


def find_quoted(finder: Finder, sentence: Sentence) -> int | None:
    """Return where a colon stands before a quote, or None.

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    """
    marks = finder.reading.marks
    low = bisect_left(finder.pointers, sentence.start)
    for index in finder.pointers[low : bisect_left(finder.pointers, sentence.end - 1, low)]:
        if marks[index] == ":" and marks[index + 1] in _OPENING:
            return index
    return None


def _names_source(finder: Finder, index: int) -> bool:
    reading = finder.reading
    if not reading.words[index].isalpha() or index in finder.timed:
        return False
    return index in finder.sources or reading.text[reading.starts[index]].isupper()


def _is_list(finder: Finder, start: int, end: int) -> bool:
    """Tell whether words are a list of places ("the main targets were – X, Y, Z")."""
    words = [index for index in range(start, end) if not finder.reading.marks[index]]
    return "," in finder.reading.marks[start:end] and sum(i in finder.named for i in words) * 2 >= len(words)


def _is_surname(finder: Finder, start: int, end: int) -> bool:
    """Tell whether a few capital words that are no places end a piece of news ("... – Terekhov")."""
    reading = finder.reading
    return 0 < end - start <= _LONGEST_NAME and all(
        reading.words[i].isalpha()
        and reading.text[reading.starts[i]].isupper()
        and i not in finder.named
        and i not in finder.triggers
        and i not in finder.timed
        for i in range(start, end)
    )


def _is_speaker(finder: Finder, index: int) -> bool:
    """Tell whether a word is one for somebody who speaks, and not for what he writes ("War update: ...")."""
    written = finder.reading.words[index] in finder.vocabulary.words["headings"]
    written = written and index - 1 not in finder.sides  # but "Ukrainian side: ..."
    return index in finder.sources and index not in finder.named and not written


def _is_named_source(finder: Finder, start: int, end: int) -> bool:
    words = range(start, end)
    return (
        0 < end - start <= _MOST_WORDS
        and any(_is_speaker(finder, index) for index in words)
        and finder.triggers.isdisjoint(words)
        and finder.verb_tokens.isdisjoint(words)
        and finder.relatives.isdisjoint(finder.reading.words[start:end])
        and not finder.has_auxiliary(start, end)
        and finder.weapons.isdisjoint(words)
        and finder.acts.isdisjoint(words)
        and finder.vocabulary.words["unspoken"].isdisjoint(finder.reading.words[start:end])
    )

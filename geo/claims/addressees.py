"""What stands between a verb of saying and who says so behind it: whom or where they told, and titles."""

from __future__ import annotations

from geo.claims.finder import Finder
from geo.claims.parts import Saying
from geo.claims.patterns import Match
from geo.claims.text import Reading, Sentence
from geo.claims.vocabulary import Vocabulary

__all__ = ["CLOSERS", "ends_part", "is_title", "list_addressees", "skip_addressee", "skip_title"]

# What stands between a quote and the verb behind it.
CLOSERS = frozenset(',—–»”"')
# A source stands so near behind whom it told.
_ADDRESSEE_REACH = 6
_LONGEST_TITLE = 4


def _close_title(finder: Finder, sentence: Sentence, match: Match, start: int) -> int:
    """Return where the quotation marks close around a few words behind a verb that ends its part, or 0."""
    marks = finder.reading.marks
    if start + 1 >= sentence.end or marks[start] not in {"«", "“", "„"}:
        return 0
    framed = match.start > sentence.start and marks[match.start - 1] in CLOSERS
    if not framed and not _told_by_title(finder, sentence, match, start + 1):
        return 0
    ends = range(start + 2, min(start + 2 + _LONGEST_TITLE, sentence.end))
    close = next((i for i in ends if marks[i]), 0)
    return close if close and marks[close] in {"»", "”", "“"} else 0


def _told_by_title(finder: Finder, sentence: Sentence, match: Match, first: int) -> bool:
    """Tell whether a name behind a verb can be who tells what stands before it ("Об ударе сообщил «X»")."""
    if finder.vocabulary.words["articles"] or match.start == sentence.start:
        return False
    before = range(max(sentence.start, match.start - _ADDRESSEE_REACH), match.start)
    told = finder.sources.isdisjoint(before) and finder.speaking.isdisjoint(before)
    reading = finder.reading
    return told and first < sentence.end and reading.text[reading.starts[first]].isupper()


def is_title(finder: Finder, sentence: Sentence, match: Match, start: int) -> bool:
    """Tell whether a name in quotation marks ends a sentence behind its verb ("..., сообщает «X».")."""
    close = _close_title(finder, sentence, match, start)
    return bool(close) and ends_part(finder, sentence, close + 1)


def skip_title(finder: Finder, sentence: Sentence, match: Match, start: int) -> int:
    """Return where a source begins behind the paper that it told ("..., рассказал «X» местный житель")."""
    close = _close_title(finder, sentence, match, start)
    return start if not close or ends_part(finder, sentence, close + 1) else close + 1


def skip_addressee(finder: Finder, sentence: Sentence, index: int) -> int:
    """Return where a source begins behind whom or where it told ("a lancé sur Telegram le commandant")."""
    reading, words = finder.reading, finder.vocabulary.words
    if index >= sentence.end or index not in finder.stops or reading.words[index] not in words["locatives"]:
        return index
    for at in range(index + 2, min(index + _ADDRESSEE_REACH, sentence.end - 1)):
        if reading.marks[at]:
            return index
        if not words["articles"] and at in finder.sources:  # "said on the air a spokesman of X"
            return at - (at - 1 in finder.sides and at - 1 > index + 1)
        if reading.words[at] in words["articles"] and not finder.sources.isdisjoint((at + 1, at + 2)):
            return at
        plain = reading.text[reading.starts[at]].islower() and reading.text[reading.starts[at - 1]].isupper()
        if plain and at + 1 in finder.sources:  # "told the AFP two sources", as the French say it
            return at
    return index


def ends_part(finder: Finder, sentence: Sentence, index: int) -> bool:
    """Tell whether a part of a sentence ends at a token."""
    return index >= sentence.end or bool(finder.reading.marks[index])


def list_addressees(reading: Reading, saying: Saying, vocabulary: Vocabulary) -> range:
    """Return the tokens of whom or where a source told ("told Ukrainian television that ...").

    Parameters
    ----------
    reading
        The words of a report.
    saying
        Who says what.
    vocabulary
        The words of its language.

    Returns
    -------
    range
        From the verb to what opens the words that are told; empty where nothing stands between.
    """
    start = saying.cue_start
    opening = vocabulary.words["complementizers"]
    for at in range(saying.cue_end, min(saying.cue_end + _ADDRESSEE_REACH, saying.scope_end)):
        if reading.marks[at]:
            break
        if reading.words[at] in opening:
            return range(start, at)
    return range(start, start)

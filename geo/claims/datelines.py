"""Datelines: the town and the day that a report opens with ("KYIV, Sept 18 -")."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.parts import Mention
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["find_dateline", "heads_line", "stands_in_dateline"]

# A dateline ends within so many tokens.
_LONGEST_DATELINE = 14
_DATELINE_REACH = 2  # so near to its beginning stands the town
_INITIALS = 3
_MOST_LOWER = 3  # more words in lower case than months and prepositions need make a sentence
_BODY = 4  # fewer words behind its dash make a statement of a place, and no report


def find_dateline(reading: Reading, vocabulary: Vocabulary, mentions: Sequence[Mention]) -> int:
    """Return where a dateline ends ("KYIV, Sept 18 -"), or 0; a place stands near its beginning.

    Parameters
    ----------
    reading
        The words of a report.
    vocabulary
        The words of its language.
    mentions
        Its places, in order.

    Returns
    -------
    int
        The number of the token behind the dateline's places, or 0 where there is none.
    """
    opened = bool(mentions) and mentions[0].start <= _DATELINE_REACH
    end = _cut_dateline(reading, vocabulary) if opened else 0
    lower = bool(end) and not reading.text[: reading.ends[0]].isupper()
    if not lower:
        return end
    small = (at for at in range(1, end) if reading.text[reading.starts[at]].islower())
    if sum(1 for _ in small) > _MOST_LOWER:
        return 0  # "X fired 800 drones at Y overnight - more than ever."
    if end + 1 < len(reading.words) and reading.text[reading.starts[end + 1]].islower():
        dated = any(word.isdigit() for word in reading.words[1:end])
        return end if dated else 0  # "Shusha – theirs: so says the president."
    rest = sum(1 for word in reading.words[end : reading.sentences[0].end] if word)
    return end if rest >= _BODY else 0  # "Bakhmut – ruins."


def _cut_dateline(reading: Reading, vocabulary: Vocabulary) -> int:
    if not vocabulary.words["locatives"].isdisjoint(reading.words[:1]):
        return 0  # "Near X - fighting."
    town = reading.text[: reading.ends[0]] if reading.ends else ""
    if (
        len(town) > _INITIALS
        and town.isupper()
        and reading.marks[1:2] == [","]
        and "".join(reading.words[2:3]).isdigit()
    ):
        return 1  # "КИЕВ, 12 ноября."
    for index, mark in enumerate(reading.marks[:_LONGEST_DATELINE]):
        if mark == "\n":
            return 0
        if mark in {"-", "–", "—"} and reading.starts[index] > reading.ends[index - 1]:
            upper = reading.text[: reading.ends[0]].isupper() if reading.ends else False
            digits = any(word.isdigit() for word in reading.words[1:index])
            return (
                index if index and (upper or digits or index <= 2) and not reading.words[0].isdigit() else 0
            )
        if mark and mark not in ",./()’'":
            return 0
    return 0


def stands_in_dateline(reading: Reading, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """Tell whether a place opens a line behind a headline as its dateline ("CAIRO/JERUSALEM, Dec 4 -").

    Parameters
    ----------
    reading
        The words of a report.
    mention
        A place.
    mentions
        All places of the report.

    Returns
    -------
    bool
        Whether its line opens in capital letters, a dash with room before it stands soon behind, and what
        the line tells has a place of its own ("KHERSON - Three were killed." tells of Kherson). A report
        whose every part opens with a name is a round-up of places.
    """
    first = mention.start
    while first and reading.marks[first - 1] != "\n":
        first -= 1
        if mention.start - first > _DATELINE_REACH:
            return False
    line = reading.text[reading.starts[first] : reading.ends[mention.name_end - 1]]
    if not first or not line.isupper() or len(line) <= _INITIALS:
        return False
    last = min(first + _LONGEST_DATELINE, len(reading.words) - _BODY)
    for at in range(mention.name_end, last):
        mark = reading.marks[at]
        if mark in {"-", "–", "—"}:
            line_end = next((i for i in range(at, len(reading.words)) if reading.marks[i] == "\n"), None)
            behind = (m for m in mentions if m.start > at and not m.anaphor)
            told = any(line_end is None or m.start < line_end for m in behind)
            alone = not any(heads_line(reading, m) for m in mentions if not first <= m.start <= at)
            return told and alone and reading.starts[at] > reading.ends[at - 1]
        if mark and mark not in ",./()":
            return False
    return False


def heads_line(reading: Reading, mention: Mention) -> bool:
    """Tell whether a place in capital letters opens a line and a dash follows ("GAZA - Two were killed.").

    Parameters
    ----------
    reading
        The words of a report.
    mention
        A place.

    Returns
    -------
    bool
        Whether its name heads what its line tells.
    """
    start, end = mention.start, mention.end
    text = reading.text[reading.starts[start] : reading.ends[mention.name_end - 1]]
    opens = start == 0 or reading.marks[start - 1] == "\n"
    return opens and text.isupper() and reading.marks[end : end + 1] in (["-"], ["–"], ["—"], [":"])

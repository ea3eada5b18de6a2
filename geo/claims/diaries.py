"""Days that head the entries of a diary or a chronicle and date what stands below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.claims.text import Reading, Sentence
from geo.model import TimeInterval

if TYPE_CHECKING:
    from geo.claims.times import Moment

__all__ = ["find_headed"]

_DAYS = frozenset({"date"})
_CLOSING = frozenset({".", ":", "–", "—"})
_COMMA_REACH = 2  # "4 July, Monday."


def find_headed(reading: Reading, moments: Sequence[Moment]) -> dict[int, TimeInterval]:
    """Return the day above each sentence of a diary, by the number of the sentence.

    Parameters
    ----------
    reading
        The words of a report.
    moments
        Its times, in order.

    Returns
    -------
    dict
        Empty where no paragraph begins with a day and a mark ("4 July. Quiet until noon. Then ...").
    """
    days = {m.start: m for m in moments if m.mention.kind in _DAYS}
    if not any(sentence.start in days for sentence in reading.sentences):
        return {}
    found: dict[int, TimeInterval] = {}
    day: TimeInterval | None = None
    above: TimeInterval | None = None  # of a line of its own, for all paragraphs below
    paragraph = -1
    for number, sentence in enumerate(reading.sentences):
        if sentence.paragraph != paragraph:
            paragraph, day = sentence.paragraph, above
            end = _find_end(reading, sentence, days)
            if end:
                day = days[sentence.start].mention.interval
                after = reading.sentences[number + 1 : number + 2]
                alone = not after or after[0].paragraph != paragraph
                above = day if alone and end >= sentence.end else None
        if day is not None:
            found[number] = day
    return found


def _find_end(reading: Reading, sentence: Sentence, days: dict[int, Moment]) -> int:
    """Return where a heading ends that a sentence begins with, or 0."""
    moment = days.get(sentence.start)
    if moment is None:
        return 0
    end = moment.end
    if reading.marks[end : end + 1] == [","] and sentence.end - end <= 1 + _COMMA_REACH:
        end += _COMMA_REACH
    if end >= sentence.end:
        return end
    return end + 1 if reading.marks[end] in _CLOSING else 0

"""Names that no gazetteer has, where the words around make places of them ("retook Jebel Moya")."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.claims.parts import Mention
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.language.dates import TimeMention
from geo.model import Report, Resolution, Span, Toponym

__all__ = ["add_unknown"]

# What is taken, reached or struck stands straight behind these verbs.
_GOVERNING = frozenset({"take", "advance", "strike", "assault", "lose"})
# Groups of words that a name of a place is none of.
_NO_NAMES = ("thing", "mask", "side", "say")
_LONGEST_NAME = 3
_SHORTEST_WORD = 3


def add_unknown(
    report: Report,
    reading: Reading,
    mentions: Sequence[Mention],
    told: Iterable[TimeMention],
    vocabulary: Vocabulary,
) -> list[Mention]:
    """Return the places of a report with names that are no known place's among them, in order.

    Parameters
    ----------
    report
        The report.
    reading
        Its words.
    mentions
        Its known places.
    told
        Its times, whose names are none of places.
    vocabulary
        The words of its language.
    """
    if not vocabulary.words["before_names"]:
        return list(mentions)
    taken = _list_taken(reading, mentions, told)
    governing = {
        match.end
        for match in reading.matches.get("trigger", ())
        if match.sense.name in _GOVERNING and match.sense.form == "verb"
    }
    found, after, text = list(mentions), 1, reading.text
    for index in [at for at, start in enumerate(reading.starts) if text[start].isupper()]:
        end = _reach_end(reading, index, taken) if index >= after and index not in taken else index
        if end > index and _is_placed(reading, index, governing, vocabulary):
            found.append(_make_mention(report, reading, index, end))
        after = max(end, after)
    return sorted(found, key=lambda m: (m.start, m.name_start))


def _list_taken(reading: Reading, mentions: Sequence[Mention], told: Iterable[TimeMention]) -> set[int]:
    """Return the tokens that are places, times or words of the lexicon."""
    taken = {index for mention in mentions for index in range(mention.start, mention.end)}
    for group in _NO_NAMES:
        taken |= {i for m in reading.matches.get(group, ()) for i in range(m.start, m.end)}
    for time in told:
        span = time.interval.span
        if span is not None:
            taken |= set(range(reading.find_token(span.start), reading.find_end_token(span.end)))
    return taken


def _reach_end(reading: Reading, start: int, taken: set[int]) -> int:
    """Return where a run of capital words that are nothing else ends."""
    end = start
    while end < len(reading.words) and end - start < _LONGEST_NAME and end not in taken:
        word = reading.words[end]
        capital = word.isalpha() and reading.text[reading.starts[end]].isupper()
        joined = reading.text[reading.ends[end] : reading.ends[end] + 1] == "-"
        if not capital or (len(word) < _SHORTEST_WORD and end == start and not joined):
            break
        if reading.text[reading.starts[end] : reading.ends[end]].isupper():  # an abbreviation
            break
        end += 1
    follows = end < len(reading.words) and end in taken and reading.text[reading.starts[end]].isupper()
    return start if follows else end


def _is_placed(reading: Reading, start: int, governing: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether a preposition of place or a verb that takes places stands before a name.

    An article straight before it speaks of a building, a river or a group, and of no village.
    """
    words, before = vocabulary.words, start
    if reading.words[start - 1] in words["articles"]:
        return False
    while before > 0 and (
        reading.words[before - 1] in words["articles"] or reading.words[before - 1] in words["kinds"]
    ):
        before -= 1
    if before == 0 or reading.marks[before - 1]:
        return False
    return reading.words[before - 1] in words["before_names"] or before in governing


def _make_mention(report: Report, reading: Reading, start: int, end: int) -> Mention:
    first, last = reading.starts[start], reading.ends[end - 1]
    span = Span(report_id=report.id, start=first, end=last, exact=reading.text[first:last])
    toponym = Toponym(span=span, name=span.exact, name_span=span)
    resolution = Resolution(toponym=toponym, place=None, why=("no place of this name is known",))
    return Mention(start, end, start, end, resolution, "place", 0, guessed=True)

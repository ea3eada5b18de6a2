"""How far a source reaches: which part of a sentence it vouches for, before it, behind it or around it."""

from __future__ import annotations

from geo.claims.finder import STOPS, Finder
from geo.claims.patterns import Match
from geo.claims.text import Sentence

__all__ = ["find_comma", "find_part", "find_told", "reach_from_source", "reach_from_verb"]

_LEAST_ADDED = 3
_SAID_REACH = 4  # so near behind a verb of saying stands an infinitive that is said
_MANNER_REACH = 8  # so many tokens from a verb a comma closes the words that say how or where it was said
_LEAST_TOLD = 6  # so many words before a comma and a source tell something
_PARTING = frozenset(",–—")
_OPENING_REACH = 5  # a source stands so near behind the word that opens its clause


def reach_from_source(finder: Finder, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Return what "according to X" vouches for, by where it begins and ends."""
    opens, opening = _opens_clause(finder, sentence, start), _find_opening(finder, sentence, start)
    goes_on = not (
        finder.reading.words[opening] in finder.coordinators and _closes(finder, sentence, opening, end)
    )
    if opening not in {sentence.start, find_part(finder, sentence, start)} and not opens and goes_on:
        return opening, sentence.end
    if finder.triggers.isdisjoint(range(end + 1, sentence.end)):
        if opens and start <= sentence.start + 3:
            return sentence.start, sentence.end
        return find_part(finder, sentence, start), start
    if not opens and _goes_on_itself(finder, sentence, opening, start, end):
        return opening, end
    return end if opens else opening, sentence.end


def _goes_on_itself(finder: Finder, sentence: Sentence, opening: int, start: int, end: int) -> bool:
    """Tell whether the report tells of more behind a source ("X fell, according to Y, and a bomb ...").

    A deed right behind the conjunction is still that of who was spoken of ("..., and shelled Z").
    """
    reading = finder.reading
    if not finder.has_trigger(opening, start) or reading.marks[end : end + 1] != [","]:
        return False
    return _starts_anew(finder, sentence, end) and end + 2 not in finder.triggers


def _closes(finder: Finder, sentence: Sentence, opening: int, end: int) -> bool:
    """Tell whether a source ends a sentence whose last part only names more ("took X, and Y, says Z")."""
    return not finder.has_trigger(opening, sentence.end) and not any(finder.reading.words[end : sentence.end])


def _find_opening(finder: Finder, sentence: Sentence, index: int) -> int:
    """Return where the clause begins that a source is put into ("..., and now, according to X, ...")."""
    reading = finder.reading
    for at in range(index - 1, max(index - _OPENING_REACH, sentence.start), -1):
        opens = reading.words[at] in finder.relatives or reading.words[at] in finder.coordinators
        if opens and reading.marks[at - 1] == ",":
            return at
        if at in finder.triggers:
            break
    return find_part(finder, sentence, index)


def _opens_clause(finder: Finder, sentence: Sentence, index: int) -> bool:
    """Tell whether words stand at the head of a sentence or of a part of it."""
    reading = finder.reading
    while index > sentence.start:
        index -= 1
        if index in finder.timed or reading.words[index] in finder.coordinators or index in finder.adverbs:
            continue
        return bool(reading.marks[index] in STOPS or reading.marks[index] == "\n")
    return True


def find_part(finder: Finder, sentence: Sentence, index: int, end: int = 0) -> int:
    """Return where the part of the sentence that a trailing source vouches for begins.

    Where nothing happens in it and the source, which stops at ``end``, closes the sentence, that is the
    part before ("a drone hit X; two men were hurt, police said").
    """
    reading, closes = finder.reading, False
    if end and index > sentence.start and reading.marks[index - 1] == ",":
        closes = not any(reading.words[end : sentence.end])
    for at in range(index - 1, sentence.start, -1):
        if reading.marks[at] == ";" and closes and not finder.has_trigger(at, index):
            continue
        if reading.marks[at] == ";" or reading.marks[at] == "\n":
            return at + 1
    return sentence.start


def find_told(finder: Finder, sentence: Sentence, index: int, end: int) -> int:
    """Return where what a trailing source vouches for begins, as `find_part`; "of this" points to it all."""
    part = find_part(finder, sentence, index, end)
    first = next((at for at in range(part, index) if finder.reading.words[at]), index)
    return sentence.start if finder.backs.get(first, 0) >= index - 1 and first in finder.backs else part


def _is_inserted(finder: Finder, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether commas part words from what stands around them ("..., officials said, ...")."""
    marks, words = finder.reading.marks, finder.reading.words
    if start <= sentence.start or end >= sentence.end or marks[start - 1] != ",":
        return False
    after = end + 1 if end + 1 in finder.timed else end  # "..., officials said on Thursday, ..."
    while after in finder.timed and after + 1 < sentence.end:
        after += 1
    if after > end and marks[after] == ",":
        return True
    told = words[end] in finder.vocabulary.words["complementizers"]
    closed = marks[end] == "," or _find_manner(finder, sentence, end) > end
    return closed or (words[end] in finder.relatives and not told)


def _find_manner(finder: Finder, sentence: Sentence, end: int) -> int:
    """Return the comma behind words that only say how something was said ("said by telephone, ..."), or 0."""
    reading, small = finder.reading, finder.vocabulary.words
    first = reading.words[end] if end < sentence.end else ""
    if first not in small["locatives"] | small["agents"] and end not in finder.stops:
        return 0
    for at in range(end + 1, min(end + _MANNER_REACH, sentence.end)):
        if reading.marks[at]:
            return at if reading.marks[at] == "," else 0
        if at in finder.triggers or reading.words[at] in finder.relatives:
            return 0
    return 0


def _starts_anew(finder: Finder, sentence: Sentence, end: int) -> bool:
    """Tell whether the report goes on in its own voice behind who says so ("..., police said, and X ...")."""
    words, end = finder.reading.words, max(end, _find_manner(finder, sentence, end))
    return end + 1 < sentence.end and words[end + 1] in finder.coordinators


def _closes_part(finder: Finder, sentence: Sentence, start: int, end: int) -> bool:
    """Tell whether a comma parts a source from many words before it, and nothing happens behind it.

    What those words tell may be found later: "5,000 men for the Kursk region, the minister said on Tuesday".
    """
    parted = finder.reading.marks[start - 1] == "," and start - sentence.start > _LEAST_TOLD
    return parted and not finder.has_trigger(end, sentence.end)


def _is_trailing(finder: Finder, sentence: Sentence, start: int) -> bool:
    """Tell whether nothing is told after a verb of saying."""
    for index in range(start, sentence.end):
        if finder.reading.marks[index] in {";", ":"}:
            return True
        if index in finder.triggers:
            return False
    return True


def find_comma(finder: Finder, sentence: Sentence, index: int) -> int:
    """Return where the part of a sentence ends that holds a token."""
    marks = finder.reading.marks
    return next((at for at in range(index, sentence.end) if marks[at] and marks[at] in ",;"), sentence.end)


def _find_meanwhile(finder: Finder, sentence: Sentence, start: int) -> int:
    """Return where what is said ends: an infinitive ends before what happens at the same time.

    "L'armée dit avoir pris X, au moment où ses drones frappaient Y": the report tells of Y itself.
    """
    reading, small = finder.reading, finder.vocabulary.words
    infinitive = any(
        word.endswith(finder.vocabulary.infinitives) for word in reading.words[start : start + 2]
    )
    if not finder.vocabulary.infinitives or not small["meanwhile"] or not infinitive:
        return sentence.end
    for at in range(start, sentence.end - 2):
        if reading.marks[at] == "," and not small["meanwhile"].isdisjoint(reading.words[at + 1 : at + 3]):
            return at
    return sentence.end


def reach_from_verb(
    finder: Finder, sentence: Sentence, match: Match, starts: tuple[int, int]
) -> tuple[int, int]:
    """Return what a source that stands before its verb vouches for; ``starts`` is where both may begin."""
    reading, (before, start) = finder.reading, starts
    if match.start in finder.granted:  # "If X says that ..., Y holds Z."
        return match.end, find_comma(finder, sentence, match.end)
    told = finder.has_trigger(sentence.start, start)
    pointing = finder.vocabulary.words["demonstratives"].intersection(reading.words[start : match.start])
    pointing = pointing if match.start - start > 1 else pointing - finder.vocabulary.words["its"]  # "it says"
    retorts = bool(pointing) or match.start in finder.denials  # "..., the army has already confirmed this"
    retorts = retorts and not _PARTING.isdisjoint(reading.marks[max(before - 1, 0) : start])
    adds = reading.words[before - 1] in finder.coordinators and reading.marks[before - 2] == ","
    adds = adds and sentence.end - match.end > _LEAST_ADDED  # "..., and X reported ten dead"
    if _is_trailing(finder, sentence, match.end):
        if told and not retorts and not adds:
            return find_part(finder, sentence, start, match.end), start
        if not told and _closes_part(finder, sentence, before, match.end):
            return find_part(finder, sentence, start, match.end), sentence.end
    elif told and _is_inserted(finder, sentence, start, match.end):
        ended = _starts_anew(finder, sentence, match.end)
        return find_part(finder, sentence, start), match.end if ended else sentence.end
    return match.end, _find_meanwhile(finder, sentence, match.end)

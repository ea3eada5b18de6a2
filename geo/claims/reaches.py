"""Where the words of a source begin and end, beside the words that say so."""

from __future__ import annotations

from geo.claims.finder import LONGEST_SOURCE, Finder
from geo.claims.text import Sentence

__all__ = ["extend_apposition", "is_adverbial", "is_topic", "reach_left", "reach_right"]

_SHORTEST_NAME, _LONGEST_NAME = 2, 4
_LONGEST_TITLE = 10
_LONGEST_RANK = 4  # letters of a rank that a full stop shortens


def reach_right(finder: Finder, sentence: Sentence, start: int, commas: int) -> int:
    """Return where the words of a source end; ``commas`` is how many may stand inside."""
    reading = finder.reading
    for index in range(start, min(sentence.end, start + LONGEST_SOURCE)):
        mark = reading.marks[index]
        if mark == ",":
            if not commas or not _is_apposition(finder, sentence, index):
                return index
            commas -= 1
        elif (
            finder.is_boundary(index)
            or (mark == "." and not _abbreviates(finder, sentence, index))
            or (index in finder.timed and index > start)
            or (
                reading.words[index] in finder.coordinators
                and index > start
                and not _joins_sources(finder, index)
            )
        ):
            return index
    return min(sentence.end, start + LONGEST_SOURCE)


def _abbreviates(finder: Finder, sentence: Sentence, index: int) -> bool:
    """Tell whether a full stop is that of a rank before a name ("Rear Adm. Daniel Hagari")."""
    reading = finder.reading
    if index + 1 >= sentence.end or not (reading.words[index - 1] and reading.words[index + 1]):
        return False
    short = len(reading.words[index - 1]) <= _LONGEST_RANK
    return short and all(reading.text[reading.starts[at]].isupper() for at in (index - 1, index + 1))


def extend_apposition(finder: Finder, sentence: Sentence, start: int, end: int) -> int:
    """Return where a source ends with the name or the title that commas close behind it.

    "According to the mayor, Ihor Terekhov, ..." and "according to Serhii, a sergeant who ..., ...".
    """
    reading, marks, words = finder.reading, finder.reading.marks, finder.reading.words
    if end + 1 >= sentence.end or marks[end] != "," or "," in marks[start:end]:
        return end
    close = end + 1
    while close < min(end + _LONGEST_TITLE, sentence.end - 1) and not marks[close]:
        if close in finder.triggers or words[close] in finder.relatives:
            break
        close += 1
    if marks[close] == "," and _is_full_name(finder, end + 1, close):
        return close
    titled = finder.sources.intersection(range(end + 1, min(end + 4, close)))
    plain = not reading.text[reading.starts[start]].isupper()  # "in the analyst's view, a group that ..."
    named = end - start == 1 and not plain and start not in finder.named and start not in finder.speaking
    called = words[end + 1] in finder.vocabulary.words["articles"] or end + 1 in titled
    closed = marks[close] == "," or words[close] in finder.relatives
    return close if named and titled and called and closed else end


def _joins_sources(finder: Finder, index: int) -> bool:
    after = range(index + 1, min(index + 4, len(finder.reading.words)))
    return not (finder.sources.isdisjoint(after) and finder.sides.isdisjoint(after))


def _is_apposition(finder: Finder, sentence: Sentence, comma: int) -> bool:
    """Tell whether what follows a comma belongs to the source ("the mayor, Ihor Terekhov")."""
    reading = finder.reading
    end = comma + 1
    while end < sentence.end and not reading.marks[end] and end not in finder.triggers:
        end += 1
    if end in finder.triggers or end - comma > 9:
        return False
    if end < sentence.end and reading.marks[end] not in ",.":
        return False
    words = range(comma + 1, end)
    if not (finder.verb_tokens.isdisjoint(words) and finder.timed.isdisjoint(words)):
        return False
    if finder.vocabulary.words["haves"] and finder.has_auxiliary(comma + 1, end):
        return False  # "la prise de X, annoncée par Y, n'a pas été confirmée par Z"
    if any(match.start in words for match in finder.according):
        return False  # "selon l'armée, réussi selon les chauffeurs"
    first = comma + 1
    named = first < end and reading.text[reading.starts[first]].isupper()
    named = named and first not in finder.named  # "d'après Kiev, X et Y ont été pris"
    return named or not finder.sources.isdisjoint(words)


def reach_left(finder: Finder, sentence: Sentence, end: int, taken: set[int]) -> int:
    """Return where the words of a source that ends here begin."""
    reading = finder.reading
    start, commas = end, 0
    while start > sentence.start and end - start < LONGEST_SOURCE:
        index = start - 1
        mark = reading.marks[index]
        if finder.is_boundary(index) or index in taken or index in finder.verb_tokens:
            break
        if mark == ",":
            if end - start == 1 and reading.words[start] in finder.vocabulary.words["pronouns"]:
                break  # "the bank, he said, ..."
            if commas == 2 or not _appends(finder, sentence, index, end):
                break
            commas += 1
        elif reading.words[index] in finder.coordinators and not _is_listed(finder, index, end):
            break
        if start < end and not mark and _is_located(finder, index, start, end):
            break
        start = index
    return start


def _is_located(finder: Finder, index: int, start: int, end: int) -> bool:
    """Tell whether a place that something else is told of ends here ("[rumours of a hit in X] the owner")."""
    first = index
    while first in finder.named:
        first -= 1
    words = finder.vocabulary.words
    if first == index or words["articles"] or finder.reading.marks[start] or start in finder.named:
        return False
    if all(finder.is_loose(at) for at in range(start, end)):
        return False
    return finder.reading.words[first] in words["locatives"]


def _appends(finder: Finder, sentence: Sentence, comma: int, end: int) -> bool:
    """Tell whether the words before a comma are the head of the source after it."""
    reading = finder.reading
    at = comma
    while at > sentence.start and not reading.marks[at - 1] and not finder.is_boundary(at - 1):
        at -= 1
    at = _skip_time(finder, at, comma)
    if at == comma or reading.words[at] in finder.vocabulary.words["locatives"]:
        return False
    if at > sentence.start and (at - 1 in finder.triggers or _is_clause(finder, at, comma)):
        return False
    if reading.words[at].endswith(finder.vocabulary.progressives):
        return False  # "..., wounding ten people, police said"
    words = range(at, comma)
    if not (finder.verb_tokens.isdisjoint(words) and finder.triggers.isdisjoint(words)):
        return False
    told = not finder.vocabulary.words["auxiliaries"].isdisjoint(reading.words[at:comma])
    told = told or any(word[:1].isdigit() for word in reading.words[at + 1 : comma])
    if told or all(index in finder.timed or index in finder.adverbs for index in words):
        return False  # "100 people were evacuated, the governor said"
    explained = not finder.sources.isdisjoint(range(comma + 1, end))
    sourced = not finder.sources.isdisjoint(words)
    bare = end - comma <= 5
    named = _is_full_name(finder, at, comma) or _is_title(finder, at, comma)
    return (sourced and (bare or explained)) or (explained and named)


def _is_clause(finder: Finder, start: int, comma: int) -> bool:
    """Tell whether words before a comma are a clause and no name ("after the army went in, men say")."""
    small, words = finder.vocabulary.words, finder.reading.words
    opened = bool(finder.vocabulary.progressives) and words[start - 1] in small["afters"]
    return opened and words[comma - 1] in small["locatives"]


def _skip_time(finder: Finder, index: int, end: int) -> int:
    """Return where words begin behind a time ("On 26 May the head of ...")."""
    if index + 1 < end and index + 1 in finder.timed:
        index += finder.reading.words[index] in finder.vocabulary.words["locatives"]
    while index < end and index in finder.timed:
        index += 1
    return index


def _is_title(finder: Finder, start: int, end: int) -> bool:
    """Tell whether a single word has capitals within, as names of groups have ("DeepState", "ISW")."""
    if end - start != 1:
        return False
    text = finder.reading.text[finder.reading.starts[start] : finder.reading.ends[start]]
    return any(char.isupper() for char in text[1:])


def _is_full_name(finder: Finder, start: int, end: int) -> bool:
    """Tell whether tokens are a person's name of two words or more ("Serhiy Haidai, the governor, said")."""
    reading = finder.reading
    return _SHORTEST_NAME <= end - start <= _LONGEST_NAME and all(
        reading.text[reading.starts[index]].isupper()
        and index not in finder.named
        and index not in finder.timed
        for index in range(start, end)
    )


def _is_listed(finder: Finder, index: int, end: int) -> bool:
    return index > 0 and index - 1 in finder.sources and end - index <= 8


def is_adverbial(finder: Finder, first: int, start: int) -> bool:
    """Tell whether a preposition that no source begins with was left out ("under pressure of X promised").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    first
        The first token that could be the source's.
    start
        The first token of the source.

    Returns
    -------
    bool
        Whether what stands before the verb is no source.
    """
    words = finder.vocabulary.words
    if words["articles"]:
        return False
    others = words["locatives"] - words["inside"]
    return any(
        finder.reading.words[i] in others and i + 1 not in finder.timed and i not in finder.adverbs
        for i in range(first, start)
    )  # but "между тем"


def is_topic(finder: Finder, sentence: Sentence, first: int) -> bool:
    """Tell whether what stands before a verb of saying is what is spoken of ("Про удар росіян пише X").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    first
        The first token that could be the source's.

    Returns
    -------
    bool
        Whether the sentence opens with "of" and a deed right before that token.
    """
    words, small = finder.reading.words, finder.vocabulary.words
    if small["articles"] or first - 2 < sentence.start or first - 1 not in finder.triggers:
        return False
    of = words[first - 2]
    return first - 2 in finder.stops and of not in finder.relatives and of not in small["locatives"]

"""What stands between a source and its verb: "X, who holds Y, says", "X, quoted by Z, has said"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.finder import LONGEST_SOURCE, Finder
from geo.claims.parts import Saying
from geo.claims.patterns import Match
from geo.claims.scopes import find_comma
from geo.claims.text import Sentence

__all__ = ["is_told_of", "parts_verb", "read_added", "skip_day", "skip_insert"]

_SHORT_NAME = 4  # so many tokens stand in brackets behind a name ("the Rapid Support Forces (RSF)")


def skip_insert(finder: Finder, sentence: Sentence, index: int) -> int:
    """Return where a source ends whose verb is parted from it ("The army, which holds X, denies").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    index
        The token of a verb of saying.

    Returns
    -------
    int
        The token behind the source; ``index`` where nothing parts them.
    """
    reading, verb = finder.reading, index
    while verb - 1 > sentence.start and verb - 1 in finder.adverbs and not reading.marks[verb - 1]:
        verb -= 1  # "..., qui tient X, a démenti"
    if verb - 1 > sentence.start and reading.marks[verb - 1] == ")":
        opened = (at for at in range(verb - 2, max(sentence.start, verb - 2 - _SHORT_NAME), -1))
        return next((at for at in opened if reading.marks[at] == "("), index)
    if verb - 1 <= sentence.start or reading.marks[verb - 1] != ",":
        return index
    for at in range(verb - 2, max(sentence.start, verb - LONGEST_SOURCE), -1):
        if reading.marks[at] == "," and _is_aside(finder, at, verb - 1):
            return at
    return index - 1 if verb == index else index


def _is_aside(finder: Finder, comma: int, end: int) -> bool:
    """Tell whether the words between two commas tell more of a source and are no part of its name."""
    start = comma + 1
    if finder.reading.words[start] in finder.relatives or _is_participle(finder, start, end):
        return True
    if _is_relative(finder, start, end):
        return True
    if (end - start == 1 and _is_stressed(finder, start)) or is_told_of(finder, start):
        return True
    around = (
        _is_around(finder, start) or finder.reading.words[start][:1].isdigit()
    )  # "X, 60 km to the south,"
    around = around and not finder.has_trigger(comma, end + 1)
    return around or _only_looks(finder, comma, end)


def _is_relative(finder: Finder, start: int, end: int) -> bool:
    """Tell whether an aside begins with a word before its pronoun ("..., с которыми говорил «X», ...")."""
    words, small = finder.reading.words, finder.vocabulary.words
    if small["articles"] or end - start < _SHORT_NAME or words[start] in finder.coordinators:
        return False
    which = words[start + 1] in finder.relatives
    return which and bool(words[start]) and finder.reading.text[finder.reading.starts[start]].islower()


def is_told_of(finder: Finder, start: int) -> bool:
    """Tell whether an aside begins with a participle ("X, cité par Y, a dit", "X, joint à Y, raconte").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    start
        The token behind a comma.

    Returns
    -------
    bool
        False where the word is one for who speaks ("X, député de Y, ...").
    """
    words, word = finder.vocabulary.words, finder.reading.words[start]
    if start in finder.sources or not word or finder.reading.text[finder.reading.starts[start]].isupper():
        return False
    return word in words["told"]


def _is_stressed(finder: Finder, index: int) -> bool:
    """Tell whether an aside is but a pronoun that takes up its head ("L'armée israélienne, elle, dit")."""
    small = finder.vocabulary.words
    return bool(small["articles"]) and finder.reading.words[index] in small["demonstratives"]


def _only_looks(finder: Finder, comma: int, end: int) -> bool:
    """Tell whether an aside only tells how its head looks ("Le maire, casque à la main, affirme")."""
    known, (words, marks) = finder.vocabulary.words, (finder.reading.words, finder.reading.marks)
    span = range(comma + 1, end)
    if not known["elisions"] or not 1 < len(span) <= LONGEST_SOURCE // 2 or any(marks[i] for i in span):
        return False
    titled = any(i in finder.sources or i in finder.verb_tokens or i in finder.triggers for i in span)
    named = any(finder.reading.text[finder.reading.starts[i]].isupper() for i in span)
    finite = not (known["auxiliaries"] | known["articles"]).isdisjoint(words[comma + 1 : comma + 2])
    return not (titled or named or finite) and finder.is_source(comma - 1, comma)


def _is_around(finder: Finder, start: int) -> bool:
    """Tell whether an aside tells where or how its head speaks ("X, on a trip to Y, says")."""
    word, known = finder.reading.words[start], finder.vocabulary
    located = word in known.words["locatives"] or word in known.words["inside"]
    return bool(known.words["articles"]) and (located or word.endswith(known.progressives))


def _is_participle(finder: Finder, start: int, end: int) -> bool:
    """Tell whether an aside begins with a participle ("The 1st corps, sent there, says")."""
    words = finder.vocabulary.words
    finite = finder.reading.words[start] in words["haves"] | words["auxiliaries"]
    opens = start in finder.triggers or finder.reading.words[start] in words["speaking_gerunds"]
    return opens and not finite and "," not in finder.reading.marks[start:end]


def parts_verb(finder: Finder, comma: int) -> bool:
    """Tell whether a verb of saying follows a comma ("X, cité par Y, a dit").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    comma
        The token behind an aside.

    Returns
    -------
    bool
        Whether only adverbs and auxiliaries stand between.
    """
    if finder.reading.marks[comma : comma + 1] != [","]:
        return False
    at = comma + 1
    while at in finder.adverbs and at not in finder.verb_tokens:
        at += 1
    return at in finder.verb_tokens


def skip_day(finder: Finder, sentence: Sentence, start: int) -> int:
    """Return where a source begins that a day between commas parts from its verb ("a dit, mardi, le maire").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    start
        The token behind a verb of saying.

    Returns
    -------
    int
        The token behind the second comma; ``start`` where no day stands there.
    """
    marks, at = finder.reading.marks, start + 1
    if start >= sentence.end or marks[start] != ",":
        return start
    while at < sentence.end and (at in finder.timed or at in finder.adverbs):
        at += 1
    told = at > start + 1 and at < sentence.end and marks[at] == ","
    return at + 1 if told else start


def read_added(finder: Finder, sentence: Sentence, match: Match, told: Sequence[Saying]) -> Saying | None:
    """Read what "who" adds of a source that has just spoken ("X fell, said Y, who fears an assault on Z").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        A verb of saying.
    told
        Who has spoken in the sentence.

    Returns
    -------
    Saying or None
        Its scope reaches from the verb to the next comma.
    """
    at, reading = match.start, finder.reading
    while at - 1 > sentence.start and at - 1 in finder.adverbs:
        at -= 1
    if at - 2 <= sentence.start or reading.words[at - 1] not in finder.vocabulary.words["which"]:
        return None
    source = next(
        (s for s in reversed(told) if s.source_end == at - 2 and reading.marks[at - 2] == ","), None
    )
    if source is None or not source.source:
        return None
    span, scope = (
        (source.source_start, source.source_end),
        (match.end, find_comma(finder, sentence, match.end)),
    )
    return finder.make(span, (match.start, match.end), scope)

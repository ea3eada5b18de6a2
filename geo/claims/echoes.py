"""Who is meant by "he", "the same source" and "according to them": a source that was named before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from geo.claims.finder import Finder
from geo.claims.parts import Saying, get_start
from geo.claims.patterns import Match
from geo.claims.reaches import reach_right
from geo.claims.text import Sentence

__all__ = ["name_fully", "read_echoes", "settle_source"]

# "The same source" has no more words.
_LONGEST_SAME = 3
_LATTER_REACH = 30  # so many tokens back those are named whom "the latter" stands for
# So many tokens stand at least before "he" where his name begins the sentence, which has at most so many.
_SUBJECT_REACH = 12  # so far behind the head of a sentence its subject begins, in tokens
_SHORT_SUBJECT = 2  # tokens of an article and a source
_LEAST_TOLD, _LONGEST_SUBJECT = 4, 7
_PLURAL = "s"  # ends plural articles and pronouns where a verb stands before its pronoun
# A name alone has no more words.
_LONGEST_NAME = 2
_OPENING_REACH = 1  # tokens before "according to him" where it opens a sentence


def read_echoes(
    finder: Finder, sentence: Sentence, before: Saying | None, sayings: list[Saying]
) -> list[Saying]:
    """Read "according to him": the source before goes on.

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    before
        Who spoke last before it.
    sayings
        Who speaks in it.
    """
    low = bisect_left(finder.echoes, sentence.start, key=get_start)
    high = bisect_left(finder.echoes, sentence.end, low, key=get_start)
    found = []
    for match in finder.echoes[low:high]:
        last = next((one for one in reversed(sayings) if one.cue_end <= match.start), before)
        named = _find_named(finder, sentence, match, last)
        if named is not None:
            last = named
        if last is None:
            continue
        trailing = not finder.has_trigger(match.end, sentence.end)
        scope = (sentence.start, sentence.end) if trailing else (match.end, sentence.end)
        echo = Saying(last.source, match.start, match.start, match.start, match.end, *scope, verb="echo")
        echo.meant = last.meant if last.meant[1] else (last.source_start, last.source_end)
        found.append(echo)
    return found


def _find_named(finder: Finder, sentence: Sentence, match: Match, last: Saying | None) -> Saying | None:
    """Return whom the sentence before names where "according to him" opens one, if nobody spoke since."""
    if match.start - sentence.start > _OPENING_REACH or finder.vocabulary.words["articles"]:
        return None
    index = finder.reading.sentences.index(sentence)
    before = finder.reading.sentences[index - 1] if index else sentence
    if before is sentence or (last is not None and last.cue_end > before.start):
        return None
    sources = [at for at in range(before.start, before.end) if at in finder.sources - finder.named]
    spoken = finder.reading.words[match.start : match.end]
    several = not finder.vocabulary.words["theirs"].isdisjoint(spoken)
    for at in reversed(sources):
        end = reach_right(finder, before, at, commas=0)
        texts = (
            finder.reading.text[finder.reading.starts[i] : finder.reading.ends[i]] for i in range(at + 1, end)
        )
        named = any(text[0].isupper() and not text.isupper() for text in texts)
        if named or (several and at == sources[0]):
            start, end = finder.trim(at, end)
            return (
                finder.make((start, end), (start, start), (sentence.start, sentence.end))
                if end > start
                else None
            )
    return None


def name_fully(finder: Finder, last: Saying | None, voiced: Sequence[Saying]) -> Saying | None:
    """Return who spoke last, as the report first named them ("the spokesman X Y" for "Y")."""
    if last is None or not 0 < last.source_end - last.source_start <= _LONGEST_NAME:
        return last
    words, name = finder.reading.words, finder.reading.words[last.source_end - 1]
    if (
        last.source != finder.reading.cut(last.source_start, last.source_end)
        or last.source_end - 1 in finder.sources
    ):
        return last  # a pronoun, whose source is told
    return next((one for one in voiced if name in words[one.source_start : one.source_end]), last)


def settle_source(
    finder: Finder, saying: Saying, last: Saying | None, near: tuple[Sentence, Sentence]
) -> None:
    """Give a pronoun the source before; "we" is the report's own voice.

    ``near`` are the sentence of the saying and the one before it.
    """
    span = range(saying.source_start, saying.source_end)
    words = set(finder.reading.words[saying.source_start : saying.source_end])
    if len(words) <= _LONGEST_SAME and not words.isdisjoint(finder.vocabulary.words["latter"]):
        latter = _find_latter(finder, saying)
        if latter != (0, 0):
            saying.source, saying.meant = finder.reading.cut(*latter), latter
            return
    pronouns = finder.vocabulary.words["pronouns"] | finder.vocabulary.words["demonstratives"]
    if len(words) > 1:  # "At the same time he"
        words = {finder.reading.words[index] for index in span if index not in finder.adverbs}
    if not words or len(words) > 2:
        return
    echoed = finder.vocabulary.words["heres"] | finder.vocabulary.words["echoed"]
    if words <= pronouns or words <= echoed:  # "they said there", "the ministry said"
        saying.source = last.source if last is not None else ""
        subject = _find_subject(finder, saying, last, near)
        if subject != (0, 0):
            saying.source, saying.meant = finder.reading.cut(*subject), subject
    elif words <= finder.vocabulary.words["first"]:
        saying.source = ""


def _find_subject(
    finder: Finder, saying: Saying, last: Saying | None, near: tuple[Sentence, Sentence]
) -> tuple[int, int]:
    """Return the source that begins a sentence where "he" comes later ("It is quiet, but it admits")."""
    sentence, before = near
    joined = finder.reading.words[saying.source_start - 1] in finder.coordinators
    joined = joined or ";" in finder.reading.marks[max(saying.source_start - 1, 0) : saying.source_start]
    follows = not joined and before.paragraph == sentence.paragraph
    starts = [sentence.start, before.start] if follows else [sentence.start]
    starts = [at for start in starts for at in _list_openings(finder, start)]
    subjects = (_find_opening(finder, saying, last, start) for start in starts)
    return next((subject for subject in subjects if subject != (0, 0)), (0, 0))


def _list_openings(finder: Finder, start: int) -> list[int]:
    """Return where a subject can begin: at the head of a sentence, and behind the commas of what opens it."""
    if not finder.vocabulary.words["elisions"]:
        return [start]
    marks = finder.reading.marks[start : start + _SUBJECT_REACH]
    return [start, *(start + at + 1 for at, mark in enumerate(marks) if mark == ",")]


def _find_opening(finder: Finder, saying: Saying, last: Saying | None, start: int) -> tuple[int, int]:
    """Return the source that a sentence begins with, where an adverb or a helping verb follows it."""
    small, words = finder.vocabulary.words, finder.reading.words
    pronoun = words[saying.source_end - 1]
    if saying.source_start - start < _LEAST_TOLD or (last is not None and last.cue_start >= start):
        return (0, 0)
    if small["inverting"] and words[start].endswith(_PLURAL) != pronoun.endswith(_PLURAL):
        return (0, 0)  # "Ses collègues ... répond-elle"
    short = _find_short(finder, start) if _agrees(finder, pronoun, start) else 0
    if short or finder.reading.marks[start - 1 : start] == [","]:
        return (start, short) if short else (0, 0)
    verbs = small["haves"] | small["auxiliaries"]
    for end in range(start + 1, min(start + _LONGEST_SUBJECT, saying.source_start)):
        if finder.reading.marks[end - 1]:
            break
        if end in finder.adverbs or words[end] in verbs:
            return (start, end) if any(at in finder.sources for at in range(start, end)) else (0, 0)
    return (0, 0)


def _agrees(finder: Finder, pronoun: str, start: int) -> bool:
    """Tell whether a pronoun can stand for a noun by the word before that ("elle" not for "le ministre")."""
    small, word = finder.vocabulary.words, finder.reading.words[start]
    genders = small["feminine"], small["masculine"]
    return not any(pronoun in one and word in other for one, other in (genders, genders[::-1]))


def _find_short(finder: Finder, start: int) -> int:
    """Return where a subject of an article, a source and whose it is ends ("L'armée russe avance"), or 0."""
    small, words = finder.vocabulary.words, finder.reading.words
    told, end = start + 1 in finder.sources or start + 1 in finder.speaking, start + _SHORT_SUBJECT
    if not small["elisions"] or words[start] not in small["articles"] or not told:
        return 0
    text, ends = finder.reading.text, finder.reading.ends
    while end in finder.speaking or text[ends[end - 1] : ends[end - 1] + 1] == "-":
        end += 1  # "l'état-major russe"
    goes_on = end in finder.stops or words[end] in small["locatives"] | small["origins"]
    return end if words[end] and not goes_on else 0


def _find_latter(finder: Finder, saying: Saying) -> tuple[int, int]:
    """Return the tokens of the side that is named last before "the latter", or nothing."""
    low = max(saying.source_start - _LATTER_REACH, 0)
    named = [
        match
        for match in finder.reading.matches.get("side", ())
        if low <= match.start < saying.source_start and match.sense.name.isupper()
    ]
    return (named[-1].start, named[-1].end) if named else (0, 0)

"""Who is meant where a verb of saying has no subject ("The mayor told of strikes. He added that ...")."""

from __future__ import annotations

from geo.claims.finder import Finder
from geo.claims.parts import Saying
from geo.claims.patterns import Match
from geo.claims.text import Sentence

__all__ = ["read_dropped"]

# So many tokens before the verb tell when, or of what.
_LONGEST_OPENING = 5
# The source stands no farther back than this, in tokens.
_REACH = 60


def read_dropped(finder: Finder, sentence: Sentence, last: Saying | None) -> list[Saying]:
    """Read a verb of saying without a subject, where the language may leave it out.

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence in which nobody is named who speaks.
    last
        Who spoke last before it.

    Returns
    -------
    list of Saying
        The one who goes on, or nothing.
    """
    endings = tuple(finder.vocabulary.words["dropping"])
    if not endings or last is None or sentence.start - max(last.source_end, last.cue_end) > _REACH:
        return []
    for match in finder.verbs:
        if match.start >= sentence.start + _LONGEST_OPENING:
            break
        if match.start < sentence.start or not finder.reading.words[match.start].endswith(endings):
            continue
        if _opens(finder, sentence, match) and _tells(finder, match.end):
            said = Saying(last.source, match.start, match.start, *match[:2], match.end, sentence.end)
            said.verb = finder.reading.words[match.start]
            said.meant = last.meant if last.meant[1] else (last.source_start, last.source_end)
            return [said]
    return []


def _opens(finder: Finder, sentence: Sentence, match: Match) -> bool:
    """Tell whether nobody stands before a verb: only when it is said, or of what."""
    topic = False
    for index in range(sentence.start, match.start):
        topic = topic or index in finder.stops
        if finder.reading.marks[index] or finder.reading.words[index] in finder.relatives:
            return False
        named = finder.reading.text[finder.reading.starts[index]].isupper() and index > sentence.start
        known = index in finder.adverbs or index in finder.timed or topic
        if not known or (named and index not in finder.named):
            return False
    return True


def _tells(finder: Finder, end: int) -> bool:
    """Tell whether what is said follows, behind "that" or a colon."""
    marks, words = finder.reading.marks, finder.reading.words
    if marks[end : end + 1] == [":"]:
        return True
    told = finder.vocabulary.words["complementizers"]
    return marks[end : end + 1] == [","] and not told.isdisjoint(words[end + 1 : end + 2])

"""Who refuses what was told, behind a passive: "the capture of X, rejected by Y"."""

from __future__ import annotations

from geo.claims.finder import Finder
from geo.claims.parts import Saying
from geo.claims.patterns import Match
from geo.claims.reaches import reach_right
from geo.claims.text import Sentence

__all__ = ["read_refusal"]


def read_refusal(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    """Read who denies something behind "by" ("une affirmation aussitôt rejetée par Kiev").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        A verb of saying.

    Returns
    -------
    Saying or None
        Its scope begins behind the source: what it denies was told before.
    """
    words, small = finder.reading.words, finder.vocabulary.words
    if match.start not in finder.denials or not small["elisions"]:
        return None
    if match.end >= sentence.end or words[match.end] not in small["agents"]:
        return None
    start, end = finder.trim(match.end + 1, reach_right(finder, sentence, match.end + 1, commas=0))
    if not finder.is_source(start, end):
        return None
    return finder.make((start, end), (match.start, match.end), (end, sentence.end))

"""Who speaks through others: "Y quoted X as saying", "it was said by X", "Y, citing X, said"."""

from __future__ import annotations

from geo.claims.finder import Finder
from geo.claims.parts import Saying
from geo.claims.patterns import Match
from geo.claims.reaches import reach_left, reach_right
from geo.claims.scopes import find_part
from geo.claims.text import Sentence

__all__ = ["hand_on", "read_agent", "read_quoted"]

_QUOTED_REACH = 14  # so near before "as saying" stands the word for quoting, in tokens
_AGENT_REACH = 6  # so near behind a passive stands who said it
_CITING_REACH = 4  # so near behind a verb of saying stands whom its source cites


def read_quoted(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    """Read "Y quoted X as saying that ..." and "X was quoted by Y as saying ...".

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        A verb of saying.
    """
    words, small, at = finder.reading.words, finder.vocabulary.words, match.start - 1
    if at <= sentence.start or words[at] not in small["like"] or not small["quotes"]:
        return None
    back = range(at - 1, max(at - _QUOTED_REACH, sentence.start), -1)
    cue = next((index for index in back if words[index] in small["quotes"]), None)
    if cue is None:
        return None
    head = cue
    while head - 1 > sentence.start and (
        words[head - 1] in small["auxiliaries"] or head - 1 in finder.adverbs
    ):
        head -= 1
    first = reach_left(finder, sentence, head, set())
    told = cue + 1 < at and words[cue + 1] not in small["agents"]
    source = finder.trim(cue + 1, at) if told else finder.trim(first, head)
    if not finder.is_source(*source, framed=True):
        return None
    ahead = finder.has_trigger(match.end, sentence.end)
    scope = (match.end, sentence.end) if ahead else (find_part(finder, sentence, first), first)
    return finder.make(source, (cue, match.end), scope)


def read_agent(finder: Finder, sentence: Sentence, match: Match) -> Saying | None:
    """Read who speaks behind a passive ("X was said by residents to have fallen", "was reported by Y").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sentence
        A sentence of it.
    match
        A verb of saying.
    """
    reading, small = finder.reading, finder.vocabulary.words
    told = match.start > sentence.start and reading.words[match.start - 1] in small["auxiliaries"]
    if not told or not small["quotes"] or match.start in finder.fears:
        return None
    if match.start in finder.denials and not finder.has_trigger(sentence.start, match.start):
        return None
    agent = _find_agent(finder, match.end, min(match.end + _AGENT_REACH, sentence.end - 1))
    if agent is None:
        return None
    end = reach_right(finder, sentence, agent + 1, commas=1)
    cut = small["purposes"] | (small["locatives"] - small["inside"] - small["ofs"] - small["origins"])
    end = next((at for at in range(agent + 2, end) if reading.words[at] in cut), end)
    source = finder.trim(agent + 1, end)
    if not finder.is_source(*source):
        return None
    return finder.make(source, (match.start, agent), (find_part(finder, sentence, match.start), sentence.end))


def _find_agent(finder: Finder, start: int, end: int) -> int | None:
    """Return the word before who did it, if nothing else is told before it."""
    for at in range(start, end):
        if finder.reading.words[at] in finder.vocabulary.words["agents"]:
            return at
        if finder.reading.marks[at] or at in finder.triggers or at in finder.verb_tokens:
            return None
    return None


def hand_on(finder: Finder, sayings: list[Saying]) -> None:
    """Let whom a source cites have said it ("the agency, citing an official, said ...").

    Parameters
    ----------
    finder
        What the words of a report are to a saying.
    sayings
        Those of a sentence; changed in place.
    """
    endings = tuple(finder.vocabulary.words["progressives"])
    if not endings or len(sayings) <= 1 or not finder.according:
        return
    cited = [s for s in sayings if finder.reading.words[s.cue_start].endswith(endings)]
    for one in cited:
        if one.cue_start not in {match.start for match in finder.according}:
            continue
        for other in sayings:
            within = other.source_end <= one.cue_start and one.source_end <= other.cue_start
            behind = (
                0 <= one.cue_start - other.cue_end <= _CITING_REACH and other.source_end <= other.cue_start
            )
            if other is not one and other.verb and (within or behind):
                other.source, other.source_start, other.source_end = (
                    one.source,
                    one.source_start,
                    one.source_end,
                )

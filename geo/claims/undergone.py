"""Capitals to which something is done: they are places, and not the governments that they often stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.claims.parts import Mention
from geo.claims.patterns import Match, Sense
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary

__all__ = ["find_undergone", "is_aimed"]

# What can befall a town.
_BEFALLING = frozenset({"strike", "take", "fall", "battle", "assault", "attack", "lose"})
# So many words may part a name from what befalls it ("Kyiv has once more been hit"), and an auxiliary from
# its verb.
_REACH, _HELPER_REACH = 5, 2
_COUNTRY = 3
_AIMED_REACH, _NEAR_WEAPON = 30, 3  # so near before "at X" a strike or its weapons stand
_ENDS = frozenset(".!?;\n")
# Stands for words of saying among what befalls a town: who says something is no place.
_SAYS = Match(-1, -1, Sense("say", "verb"))


def find_undergone(reading: Reading, mentions: Iterable[Mention], vocabulary: Vocabulary) -> frozenset[int]:
    """Return where the names begin of places that are the subject of what befalls them.

    Parameters
    ----------
    reading
        The words of a report.
    mentions
        Its places.
    vocabulary
        The words of its language.

    Returns
    -------
    frozenset of int
        Token numbers ("Kyiv was hit", "Damascus has fallen", "Kiev sous les bombes").
    """
    says = {match.start for match in reading.matches.get("say", ()) if match.sense.name == "verb"}
    triggers: dict[int, list[Match]] = {}
    for match in reading.matches.get("trigger", ()):
        if match.sense.name in _BEFALLING:
            triggers.setdefault(match.start, []).append(match)
    for index in says:
        triggers.setdefault(index, []).insert(0, _SAYS)
    return frozenset(
        mention.name_start
        for mention in mentions
        if mention.rank < _COUNTRY
        and _is_subject(reading, mention, vocabulary)
        and _befalls(reading, mention.name_end, triggers, vocabulary)
    )


def _is_subject(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether no preposition stands before a name ("statements from Moscow are aimed at ...")."""
    before = reading.words[mention.name_start - 1] if mention.name_start else ""
    return before not in vocabulary.words["locatives"] and before not in vocabulary.words["origins"]


def _befalls(reading: Reading, end: int, triggers: dict[int, list[Match]], vocabulary: Vocabulary) -> bool:
    """Tell whether something befalls the subject that ends here, before any mark."""
    for at in range(end, min(end + _REACH, len(reading.words))):
        if not reading.words[at] or _SAYS in triggers.get(at, ()) or _starts_name(reading, at, end):
            return False  # "Kyiv says that X has fallen", "Kyiv fears X could fall"
        if any(_is_done_to(reading, end, match, vocabulary) for match in triggers.get(at, ())):
            return True
    return False


def _starts_name(reading: Reading, at: int, end: int) -> bool:
    """Tell whether another name begins here."""
    return at > end and reading.text[reading.starts[at]].isupper()


def _is_done_to(reading: Reading, end: int, match: Match, vocabulary: Vocabulary) -> bool:
    """Tell whether a verb is passive, one of falling or suffering, or a participle with who did it."""
    words, small = reading.words, vocabulary.words
    first = words[match.start]
    if match.sense.name == "fall" or match.sense.form == "passive" or first in small["suffers"]:
        return match.sense.name == "fall" or match.start <= end + _HELPER_REACH
    if first.endswith(vocabulary.progressives):
        return False  # "Kyiv is attacking X"
    helpers: Sequence[str] = words[max(match.start - _HELPER_REACH, end) : match.end]
    if not small["auxiliaries"].isdisjoint(helpers):
        return True
    by = words[match.end : match.end + 1]
    return match.start == end and bool(by) and by[0] in small["agents"]


def is_aimed(reading: Reading, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether weapons or a strike stand before "at" in its sentence.

    Parameters
    ----------
    reading
        The words of a report.
    index
        The token of "at" ("strikes on several towns, above all on Kyiv").
    vocabulary
        The words of the language.

    Returns
    -------
    bool
        Whether weapons stand right before it or a strike somewhere before it.
    """
    small = vocabulary.words
    if reading.words[index] not in small["against"] - small["origins"] - small["kinds"]:
        return False
    low = index
    while low > max(index - _AIMED_REACH, 0) and reading.marks[low - 1] not in _ENDS:
        low -= 1
    weapons = (m.start for m in reading.matches.get("thing", ()) if m.sense.name == "explosive")
    strikes = (m.start for m in reading.matches.get("trigger", ()) if m.sense.name == "strike")
    return any(max(low, index - _NEAR_WEAPON) <= at < index for at in weapons) or any(
        low <= at < index for at in strikes
    )

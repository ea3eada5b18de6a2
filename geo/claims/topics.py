"""What a text is about: a war all through, a war in some of its sentences, or none."""

from __future__ import annotations

from collections.abc import Mapping

from geo.claims.patterns import Match
from geo.claims.text import Reading

__all__ = ["list_warlike"]

_WARLIKE = frozenset({"battle", "assault", "repel", "strike", "shoot_down"})
_FIGHTING, _LEAST_FIGHTS = frozenset({"battle", "assault", "repel"}), 2
_AT_WAR = frozenset({"RUS", "UKR"})  # ISO 3166 alpha-3
_CHANGING = frozenset({"take", "fall", "withdraw"})
# So many words for forces, weapons or sides make a report one of war; so many of sport may stand in it.
_LEAST_EVIDENCE, _MOST_SPORT = 1, 2
_SNAP_TOKENS = 12
# A text of so many words is long enough to count in.  Reports of war hold at least one word for armed forces
# or weapons in a hundred (the sparsest of 340 gold reports .99, the next 1.24), other news seldom any.
_LONG_WORDS = 80
_LEAST_DENSITY, _LEAST_ARMED = 0.008, 2


def list_warlike(reading: Reading, cues: Mapping[str, list[Match]], shared: frozenset[str]) -> frozenset[int]:
    """Return where the sentences begin in which something of a war can be stated.

    Parameters
    ----------
    reading
        A report's words.
    cues
        Its cues by name, of which those of sport are used.
    shared
        Words for forces and weapons that peace has too: companies, units, ships.

    Returns
    -------
    frozenset of int
        First tokens of sentences: of all where forces or weapons are spoken of all through, of those around
        such words where they are few, of none where the text is not about a war.
    """
    if not _is_of_war(reading, cues):
        return frozenset()
    starts = [sentence.start for sentence in reading.sentences]
    armed, words = _list_armed(reading, shared), sum(map(bool, reading.words))
    dense = words < _LONG_WORDS or len(armed) >= max(_LEAST_ARMED, _LEAST_DENSITY * words)
    if dense or _names_both(reading):
        return frozenset(starts)
    told = (
        number
        for number, sentence in enumerate(reading.sentences)
        if any(sentence.start <= at < sentence.end for at in armed)
    )
    return frozenset(start for number in told for start in starts[max(0, number - 1) : number + 2])


def _names_both(reading: Reading) -> bool:
    """Tell whether both sides of a war are named, and fights of theirs ("Russia is pushing at X")."""
    sides = {match.sense.name for match in reading.matches.get("side", ())}
    fights = {m.start for m in reading.matches.get("trigger", ()) if m.sense.name in _FIGHTING}
    return sides >= _AT_WAR and len(fights) >= _LEAST_FIGHTS


def _list_armed(reading: Reading, shared: frozenset[str]) -> set[int]:
    """Return the words for forces and weapons that peace does not have; a state's own aircraft are such."""
    owners = {match.end for match in reading.matches.get("side", ())}
    return {
        match.start
        for match in reading.matches.get("thing", ())
        if match.sense.name in {"force", "weapon"}
        and (
            reading.words[match.start] not in shared
            or (match.sense.name == "weapon" and match.start in owners)
        )
    }


def _is_of_war(reading: Reading, cues: Mapping[str, list[Match]]) -> bool:
    """Tell whether a report speaks of forces at all, and not of sport in the words of war."""
    things = sum(1 for m in reading.matches.get("thing", ()) if m.sense.name in {"force", "weapon"})
    sides = len(reading.matches.get("side", ()))
    sides += sum(1 for m in reading.matches.get("trigger", ()) if m.sense.name in _WARLIKE)
    sport = len({match.start for match in cues.get("sport", ())})
    evidence = things + sides or _is_snap(reading)
    return evidence >= _LEAST_EVIDENCE and sport <= max(_MOST_SPORT, (things + sides) // 3)


def _is_snap(reading: Reading) -> bool:
    """Tell whether a text is one short line on a place that changes hands ("X has fallen")."""
    changing = any(m.sense.name in _CHANGING for m in reading.matches.get("trigger", ()))
    return changing and len(reading.words) <= _SNAP_TOKENS

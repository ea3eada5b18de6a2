"""Groups of a war within one country: which of them acts where all bear their country's code."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.actors import Stage, find_doer
from geo.claims.parts import Clause, Saying, SideMention, Trigger, cut_range
from geo.claims.patterns import Match
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.model import Claim

__all__ = ["PARTIES", "are_apart", "find_party", "find_speaker", "home_of", "list_sides"]

# The country of each group (ISO 3166 alpha-3); a country's own code stands for its government.
PARTIES = {
    "RSF": "SDN",
    "HTS": "SYR", "SDF": "SYR", "SNA": "SYR",
    "M23": "COD",
    "AA": "MMR", "KIA": "MMR", "TNLA": "MMR", "MNDAA": "MMR", "KNLA": "MMR", "PDF": "MMR",
    "HOUTHI": "YEM", "STC": "YEM",
    "LNA": "LBY",
    "TPLF": "ETH", "FANO": "ETH", "OLA": "ETH",
    "JNIM": "MLI", "FLA": "MLI",
    "SHABAAB": "SOM",
}  # fmt: skip
_DIVIDED = frozenset(PARTIES.values())
_STATE, _REBEL = frozenset({"state", "army"}), "rebel"
# "The Sudanese army": the side's word and the group's overlap or touch.
_TOUCH = 1


def home_of(side: str) -> str:
    """Return the country of a side (ISO 3166 alpha-3): its own, of a group the one that it fights in."""
    return PARTIES.get(side, side)


def list_sides(claim: Claim) -> tuple[str, ...]:
    """Return who holds what a claim tells: its group, else its states but those that may be either of two."""
    if claim.party:
        return (claim.party,)
    return tuple(code for code in claim.actors if code not in _DIVIDED)


def are_apart(party: str, other: str) -> bool:
    """Tell whether two groups are known and not the same."""
    return bool(party and other) and party != other


def find_party(
    stage: Stage, trigger: Trigger, clause: Clause, actors: Sequence[str], saying: Saying | None = None
) -> str:
    """Return which group of a divided country does what a trigger states; empty where nothing tells.

    Told by the words of the side in the clause, else by who says so, else by the group that last acted, a
    sentence ago at most.
    """
    if len(actors) != 1 or actors[0] not in _DIVIDED:
        return ""
    (code,) = actors
    doer = find_doer(stage, trigger, clause, code)
    if doer is not None:
        party = _name_party(stage.scene, doer, code)
    elif home_of(find_speaker(stage.scene, saying)) == code:
        party = find_speaker(stage.scene, saying)  # what a group says without naming who did it
    elif told := _read_party(stage.scene.reading, clause.start, clause.end, code):
        party = told
    elif any(one.sense.name in _STATE for one in _cut(stage.scene.reading, "side", clause.start, clause.end)):
        party = code  # an army without a name
    else:
        known, sentence = stage.parties.get(code, ("", -1))
        party = known if clause.sentence - sentence <= 1 else ""
    if party:
        stage.parties[code] = party, clause.sentence
    return party


def find_speaker(scene: Scene, saying: Saying | None) -> str:
    """Return the group whose word a statement is; empty where it is none's."""
    if saying is None:
        return ""
    return _read_party(scene.reading, saying.source_start, saying.source_end, saying.side)


def _name_party(scene: Scene, side: SideMention, code: str) -> str:
    told = _read_party(scene.reading, side.start - _TOUCH, side.end + _TOUCH, code)
    if told:
        return told
    if side.sort in _STATE:
        return code
    return _find_only_rebels(scene.reading, side.end, code) if side.sort == _REBEL else ""


def _cut(reading: Reading, group: str, start: int, end: int) -> Sequence[Match]:
    return cut_range(reading.matches.get(group, ()), start, end)


def _read_party(reading: Reading, start: int, end: int, code: str) -> str:
    """Return the group that some tokens name: of several the one of the longest words."""
    found = _cut(reading, "party", start, end)
    known = [one for one in found if not code or home_of(one.sense.name) == code]
    return max(known, key=lambda one: one.end - one.start).sense.name if known else ""


def _find_only_rebels(reading: Reading, end: int, code: str) -> str:
    """Return the one group that a report has named against a government so far; empty where several."""
    sentence = next((one for one in reading.sentences if one.start < end <= one.end), None)
    told = _cut(reading, "party", 0, sentence.end if sentence is not None else end)
    rebels = {one.sense.name for one in told if PARTIES.get(one.sense.name) == code}
    return rebels.pop() if len(rebels) == 1 else ""

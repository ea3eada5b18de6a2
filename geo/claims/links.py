"""Which place each trigger speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.parts import Clause, Mention, Trigger
from geo.claims.status import Cues
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import Kind, PlaceKind, RelationKind, Resolution

__all__ = ["Link", "find_mentions", "link_clauses", "settle_roles"]

# A place before its trigger is further away than one after it, in tokens.
_BEFORE_PENALTY = 4
_STRIKING = frozenset({"strike", "attack", "shoot_down"})
_STRUCK_REACH = 10
_POSSESSIVE = frozenset({"'s", "’s"})
_COUNTRY = 3
_PLACE_FIRST = frozenset({"fall"})
_RANKS = {
    PlaceKind.COUNTRY: 3,
    PlaceKind.REGION: 2,
    PlaceKind.DISTRICT: 1,
    PlaceKind.AREA: 1,
    PlaceKind.SETTLEMENT: 0,
    PlaceKind.SITE: 0,
    PlaceKind.WATER: 1,
}


@dataclass(slots=True, eq=False)
class Link:
    """A trigger and a place it speaks of, with the clause that says so."""

    trigger: Trigger
    mention: Mention
    clause: Clause
    how: str
    siblings: int = 0  # smaller places of the same statement that this larger one locates


def find_mentions(
    reading: Reading, resolutions: tuple[Resolution, ...], anaphora: tuple[Resolution, ...]
) -> list[Mention]:
    """Return names and anaphora as token spans, in order."""
    found = [_make_mention(reading, resolution, anaphor=False) for resolution in resolutions]
    found += [_make_mention(reading, resolution, anaphor=True) for resolution in anaphora]
    return sorted(found, key=lambda m: m.name_start)


def settle_roles(reading: Reading, mentions: list[Mention], vocabulary: Vocabulary) -> None:
    """Tell apart places from capitals that act as governments, datelines and units that only locate."""
    sides = {match.end for match in reading.matches.get("side", ()) if match.end - match.start <= 2}
    triggers = {match.end for match in reading.matches.get("trigger", ())}
    struck = {
        index
        for match in reading.matches.get("trigger", ())
        if match.sense.name in _STRIKING
        for index in range(match.start, match.end + 1)
    }
    dateline = _find_dateline(reading)
    before: Mention | None = None
    weapons = {(m.start, m.end) for m in reading.matches.get("thing", ()) if m.sense.name == "weapon"}
    for mention in mentions:
        if (mention.name_start, mention.name_end) in weapons and mention.resolution.toponym.kind_hint is None:
            mention.role = "weapon"
        elif mention.role == "government" and _is_struck(reading, mention, struck, vocabulary):
            mention.role = "place"
        elif mention.role == "place" and not mention.anaphor:
            if (
                reading.text[reading.ends[mention.name_end - 1] :][:2] in _POSSESSIVE
                and mention.rank == _COUNTRY
            ):
                mention.role = "government"
            elif mention.name_end <= dateline:
                mention.role = "dateline"
            elif _can_govern(mention, sides) and _acts(reading, mention, triggers, vocabulary):
                mention.role = "government"
            elif before is not None and _locates(reading, before, mention):
                mention.role = "unit_only"
        before = mention


def _is_struck(reading: Reading, mention: Mention, struck: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether a country is what a strike hits ("96 drones at Ukraine") and no government."""
    place = mention.resolution.place
    if place is None or place.kind is not PlaceKind.COUNTRY:
        return False
    index = mention.start - 1
    while index >= 0 and reading.words[index] in vocabulary.words["articles"]:
        index -= 1
    if index < 0 or reading.marks[index]:
        return False
    if index in struck:
        return True
    near = any(at in struck for at in range(max(index - _STRUCK_REACH, 0), index))
    return near and reading.words[index] in vocabulary.words["against"]


def _find_dateline(reading: Reading) -> int:
    """Return where a dateline ends ("KYIV, Sept 18 -"), or 0."""
    for index, mark in enumerate(reading.marks[:14]):
        if mark == "\n":
            return 0
        if mark in {"-", "–", "—"} and reading.starts[index] > reading.ends[index - 1]:
            upper = reading.text[: reading.ends[0]].isupper() if reading.ends else False
            digits = any(word.isdigit() for word in reading.words[1:index])
            return (
                index if index and (upper or digits or index <= 2) and not reading.words[0].isdigit() else 0
            )
        if mark and mark not in ",./()’'":
            return 0
    return 0


def _can_govern(mention: Mention, sides: set[int]) -> bool:
    """Tell whether a name can stand for a government: a side's own word, or a capital."""
    place = mention.resolution.place
    capital = place is not None and place.feature_code == "PPLC"
    return capital or mention.name_end in sides


def _acts(reading: Reading, mention: Mention, triggers: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether a capital stands for its government: no preposition, no trigger, no list before it."""
    toponym = mention.resolution.toponym
    if toponym.relation.kind is not RelationKind.AT or toponym.kind_hint not in {None, PlaceKind.COUNTRY}:
        return False
    index = mention.start - 1
    while index >= 0 and reading.words[index] in vocabulary.words["articles"]:
        index -= 1
    if index < 0 or reading.marks[index] in {".", "\n", ":", ";", "–", "—", "-", "«", '"'}:
        return True
    if reading.words[index] in vocabulary.words["locatives"] or index + 1 in triggers:
        return False
    if reading.marks[index] == "," or reading.words[index] in vocabulary.words["coordinators"]:
        return not _follows_place(reading, index, vocabulary)
    return True


def _follows_place(reading: Reading, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of places goes on here ("in Kharkiv and Kyiv")."""
    at = index - 1
    while at >= 0 and index - at <= 8 and not reading.marks[at]:
        if reading.words[at] in vocabulary.words["locatives"]:
            return True
        at -= 1
    return (
        at >= 0 and reading.marks[at] == "," and index - at <= 4 and _follows_place(reading, at, vocabulary)
    )


def _locates(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Tell whether a place only says where the one before it lies ("Novoselivka, northwest of Lyman")."""
    relation = mention.resolution.toponym.relation.kind
    if (
        relation not in {RelationKind.SIDE_OF, RelationKind.DISTANCE, RelationKind.NEAR}
        or before.role != "place"
    ):
        return False
    return mention.start - before.end <= 1 and reading.marks[before.end : mention.start] == [","]


def _make_mention(reading: Reading, resolution: Resolution, *, anaphor: bool) -> Mention:
    toponym = resolution.toponym
    start, end = reading.find_token(toponym.span.start), reading.find_end_token(toponym.span.end)
    first, last = reading.find_token(toponym.name_span.start), reading.find_end_token(toponym.name_span.end)
    return Mention(
        start, max(end, start + 1), first, last, resolution, toponym.role, _rank(resolution), anaphor
    )


def _rank(resolution: Resolution) -> int:
    relation = resolution.toponym.relation.kind
    if relation is RelationKind.AXIS:
        return 2
    kinds = (resolution.place.kind if resolution.place else None, resolution.toponym.kind_hint)
    rank = max((_RANKS.get(kind, 0) for kind in kinds if kind), default=0)
    if relation in {RelationKind.PART_OF, RelationKind.BANK, RelationKind.BORDER} and rank > 1:
        return 1
    return rank


def link_clauses(reading: Reading, clauses: list[Clause], vocabulary: Vocabulary, cues: Cues) -> list[Link]:
    """Give every place its trigger, and triggers without a place the one that they go on about."""
    links: list[Link] = []
    heading: Mention | None = None
    paragraph = -1
    before: list[Link] = []
    for index, clause in enumerate(clauses):
        sentence = reading.sentences[clause.sentence]
        if sentence.paragraph != paragraph:
            paragraph, heading = sentence.paragraph, None
        mentions = [m for m in clause.mentions if m.role == "place"]
        if not clause.triggers:
            if len(mentions) == 1 and _is_heading(reading, clause, mentions[0]):
                heading = mentions[0]
            continue
        own = _link_own(reading, clause, mentions)
        linked = {id(link.trigger) for link in own}
        for trigger in clause.triggers:
            if id(trigger) not in linked:
                own += _link_elsewhere(clauses, index, trigger, heading) or _carry(
                    reading, clause, trigger, before, vocabulary, cues
                )
        links += own
        before = own or before
    return links


def _is_heading(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Tell whether a clause is hardly more than a place's name."""
    sentence = reading.sentences[clause.sentence]
    words = sum(1 for i in range(sentence.start, sentence.end) if reading.words[i])
    return words - (mention.end - mention.start) <= 4


def _link_own(reading: Reading, clause: Clause, mentions: list[Mention]) -> list[Link]:
    links = []
    for mention in mentions:
        trigger = min(clause.triggers, key=lambda t: _distance(reading, t, mention))
        if mention.rank == _COUNTRY and trigger.kind not in {Kind.STRIKE, Kind.CONCENTRATION}:
            continue
        if trigger.name == "attack" and _is_site(mention):
            trigger.name = "strike"
        links.append(Link(trigger, mention, clause, "own"))
    return _drop_larger(links)


def _is_site(mention: Mention) -> bool:
    place = mention.resolution.place
    return PlaceKind.SITE in {mention.resolution.toponym.kind_hint, place.kind if place else None}


def _distance(reading: Reading, trigger: Trigger, mention: Mention) -> float:
    if mention.start >= trigger.end:
        gap: float = mention.start - trigger.end
        return gap + (_BEFORE_PENALTY if trigger.name in _PLACE_FIRST else 0)
    return max(trigger.start - mention.end, 0) + (0 if trigger.name in _PLACE_FIRST else _BEFORE_PENALTY)


def _drop_larger(links: list[Link]) -> list[Link]:
    """Drop places that only locate smaller ones (ruling 1); keep those of several as bearers of the count."""
    kept: list[Link] = []
    for link in links:
        smaller = [other for other in links if other is not link and _holds(link.mention, other.mention)]
        alike = {_place_key(o.mention) for o in smaller if o.trigger.kind is link.trigger.kind}
        link.siblings = len(alike)
        if not smaller or len(alike) > 1:
            kept.append(link)
    return kept


def _place_key(mention: Mention) -> str:
    place = mention.resolution.place
    return f"{place.gazetteer}:{place.id}" if place else mention.resolution.toponym.name


def _holds(larger: Mention, smaller: Mention) -> bool:
    """Tell whether a place can be what a smaller one lies in."""
    if larger.rank <= smaller.rank:
        return False
    one, other = larger.resolution.place, smaller.resolution.place
    if larger.resolution.toponym.relation.kind is RelationKind.AXIS or one is None or other is None:
        return True
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return False
    return not (
        larger.rank == 2
        and one.admin1_code
        and other.admin1_code
        and one.kind is PlaceKind.REGION
        and one.admin1_code != other.admin1_code
    )


def _carry(
    reading: Reading, clause: Clause, trigger: Trigger, before: list[Link], vocabulary: Vocabulary, cues: Cues
) -> list[Link]:
    """Take the place of the statement before where a trigger refers back to it ("denies shelling it")."""
    if not before or clause.sentence - before[-1].clause.sentence > 1:
        return []
    words = reading.words[clause.start : clause.end]
    refers = any(word in vocabulary.words["pronouns"] for word in words)
    denies = bool(cues.within("denial", clause.start, clause.end))
    alone = not any(m.role == "place" for m in clause.mentions)
    if clause.sentence != before[-1].clause.sentence and not (denies or (refers and alone)):
        return []
    if not (refers or denies) or clause.mentions:
        return []
    return [Link(trigger, link.mention, clause, "carried") for link in before if link.siblings == 0]


def _link_elsewhere(
    clauses: list[Clause], index: int, trigger: Trigger, heading: Mention | None
) -> list[Link]:
    """Find the place of a trigger whose clause has none."""
    clause = clauses[index]
    if clause.opener == "relative":
        before = [
            m
            for other in clauses[:index]
            if other.sentence == clause.sentence
            for m in other.mentions
            if m.role == "place" and m.end <= trigger.start
        ]
        if before and clause.start - before[-1].end <= 3:
            return [Link(trigger, before[-1], clause, "relative")]
    if heading is not None:
        return [Link(trigger, heading, clause, "heading")]
    if trigger.kind is Kind.STRIKE:
        same = [other for other in clauses if other.sentence == clause.sentence]
        sources = [m for other in same for m in other.mentions if m.role == "source"]
        if len(sources) == 1 and sources[0].rank < _COUNTRY and not any(m.role == "place" for o in same for m in o.mentions):
            return [Link(trigger, sources[0], clause, "source")]
    return []

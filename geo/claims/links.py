"""Which place each trigger speaks of."""

from __future__ import annotations

from dataclasses import dataclass

from geo.claims.parts import Clause, Mention, Trigger
from geo.claims.text import Reading
from geo.model import PlaceKind, RelationKind, Resolution

__all__ = ["Link", "find_mentions", "link_clauses"]

# A place before its trigger is further away than one after it, in tokens.
_BEFORE_PENALTY = 4
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
    kind = resolution.place.kind if resolution.place else resolution.toponym.kind_hint
    rank = _RANKS.get(kind, 0) if kind else 0
    if relation in {RelationKind.PART_OF, RelationKind.BANK, RelationKind.BORDER} and rank > 1:
        return 1
    return rank


def link_clauses(reading: Reading, clauses: list[Clause]) -> list[Link]:
    """Give every place its trigger, and triggers without a place the one that they go on about."""
    links: list[Link] = []
    heading: Mention | None = None
    paragraph = -1
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
                own += _link_elsewhere(reading, clauses, index, trigger, heading)
        links += own
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
        links.append(Link(trigger, mention, clause, "own"))
    return _drop_larger(links)


def _distance(reading: Reading, trigger: Trigger, mention: Mention) -> float:
    if mention.start >= trigger.end:
        gap: float = mention.start - trigger.end
        return gap + (_BEFORE_PENALTY if trigger.name in _PLACE_FIRST else 0)
    return max(trigger.start - mention.end, 0) + (0 if trigger.name in _PLACE_FIRST else _BEFORE_PENALTY)


def _drop_larger(links: list[Link]) -> list[Link]:
    """Drop places that only locate smaller ones (ruling 1); keep those of several as bearers of the count."""
    kept: list[Link] = []
    for link in links:
        smaller = [
            other
            for other in links
            if other is not link
            and other.trigger.kind is link.trigger.kind
            and _holds(link.mention, other.mention)
        ]
        link.siblings = len({_place_key(other.mention) for other in smaller})
        kept.append(link)
    return [link for link in kept if link.siblings != 1]


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


def _link_elsewhere(
    reading: Reading, clauses: list[Clause], index: int, trigger: Trigger, heading: Mention | None
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
    return []

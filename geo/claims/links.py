"""Which place each trigger speaks of."""

from __future__ import annotations

from geo.claims.air import settle_air
from geo.claims.carrying import carry, governs_unknown, has_pronoun_object, is_beside, points_back
from geo.claims.openings import (
    find_apposed,
    find_asked,
    find_opening,
    find_question,
    find_subject,
    is_heading,
)
from geo.claims.parts import Clause, Link, Mention, Trigger, cut_range
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.claims.ways import is_also_base, is_base, is_launched_from, is_sent_from, leads, only_measures
from geo.claims.wholes import drop_larger, holds, lies_beside, place_key, suits_country
from geo.model import Kind, PlaceKind, RelationKind, Resolution
from geo.places.capitals import is_capital

__all__ = ["find_mentions", "link_clauses"]

# A place before its trigger is further away than one after it, in tokens.
_BEFORE_PENALTY = 4
_APPOSED = frozenset({Kind.CONTROL, Kind.STRIKE, Kind.WITHDRAWAL})
_COUNTRY = 3
_RELATIVE_GAP = 3
_DESCRIBED_REACH = 2  # so near behind a participle and its agent stands the place that they describe
_APPENDED_GAP = 12
_LONGEST_HEAD = 8  # tokens of a name before "which"
_SOURCE_REACH = 3
_OWN_REACH = 3
_SEVERAL = 2
_HEADED = 0.5  # degrees of latitude or longitude that what a town heads lies from it, at most
_STRUCK_REACH = 3
# Of these a place behind "from" is where they come from.
_ALONE = 2  # a city and the one place near it
_DRAWN = frozenset({Kind.STRIKE, Kind.CONCENTRATION})
_OBJECTS = frozenset({Kind.CONTROL, Kind.WITHDRAWAL})  # "left it over the bridge"
_BESIDE = frozenset({RelationKind.NEAR, RelationKind.SIDE_OF})
_GROUND = frozenset({Kind.CONTROL, Kind.ADVANCE})
# So many sentences back the land is named of which an area is told.
_AREA_SENTENCES = 2
_MOVING = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL})
_PLACE_FIRST = frozenset({"fall"})
# A part of a larger place is as large as a district.
_PARTS = frozenset({RelationKind.PART_OF, RelationKind.BANK, RelationKind.BORDER})
_RANKS = {
    PlaceKind.COUNTRY: 3,
    PlaceKind.REGION: 2,
    PlaceKind.DISTRICT: 1,
    PlaceKind.AREA: 1,
    PlaceKind.SETTLEMENT: 0,
    PlaceKind.SITE: 0,
    PlaceKind.WATER: 1,
}


def find_mentions(
    reading: Reading, resolutions: tuple[Resolution, ...], anaphora: tuple[Resolution, ...]
) -> list[Mention]:
    """Return names and anaphora as token spans, in order."""
    found = [_make_mention(reading, resolution, anaphor=False) for resolution in resolutions]
    empty = {
        index
        for match in reading.matches.get("cue", ())
        if match.sense.name == "existential"
        for index in range(match.start, match.end)
    }
    stands = [_make_mention(reading, resolution, anaphor=True) for resolution in anaphora]
    found += [mention for mention in stands if mention.name_start not in empty]
    return sorted(found, key=lambda m: (m.start, m.name_start))


def _make_mention(reading: Reading, resolution: Resolution, *, anaphor: bool) -> Mention:
    toponym = resolution.toponym
    span, name = toponym.span, toponym.name_span
    start, end = reading.find_token(span.start), reading.find_end_token(span.end)
    first = start if name.start == span.start else reading.find_token(name.start)
    last = end if name.end == span.end else reading.find_end_token(name.end)
    return Mention(
        start, max(end, start + 1), first, last, resolution, toponym.role, _rank(resolution), anaphor
    )


def _rank(resolution: Resolution) -> int:
    relation = resolution.toponym.relation.kind
    if relation is RelationKind.AXIS:
        return 2
    place, hint = resolution.place, resolution.toponym.kind_hint
    rank = max(_RANKS.get(place.kind, 0) if place else 0, _RANKS.get(hint, 0) if hint else 0)
    abroad = rank == _COUNTRY and relation is RelationKind.BORDER  # "on the border with Armenia"
    return 1 if rank > 1 and relation in _PARTS and not abroad else rank


def link_clauses(scene: Scene) -> list[Link]:
    """Give every place its trigger, and triggers without a place the one that they go on about."""
    links: list[Link] = []
    heading: Mention | None = None
    paragraph, asked = -1, False
    before: list[Link] = []
    for clause in scene.clauses:
        sentence = scene.reading.sentences[clause.sentence]
        if sentence.paragraph != paragraph:
            paragraph, heading, asked = sentence.paragraph, find_question(scene, clause), False
        mentions = [m for m in clause.mentions if m.role == "place"]
        if not clause.triggers:
            if len(mentions) == 1 and is_heading(scene.reading, clause, mentions[0]):
                heading = mentions[0]
                asked = "?" in scene.reading.marks[max(sentence.end - 2, 0) : sentence.end]
            continue
        heading = find_asked(scene, clause) or heading
        own = _link_own(scene, clause, mentions)
        own += _link_headed(clause, own, heading)
        if heading is not None and any(_leaves(heading, link) for link in own):
            heading = None
        if asked and any(link.mention is not heading for link in own):
            heading, asked = None, False  # "Where is the front in X? Y is split, ..."
        linked = {id(link.trigger) for link in own}
        for trigger in clause.triggers:
            if id(trigger) not in linked and not _is_told(trigger, own):
                own += (
                    _share(clause, trigger, own)
                    or _go_back(scene, clause, trigger, before, heading)
                    or _link_elsewhere(scene, clause, trigger, _keep_heading(clause, before, heading))
                    or _resume(scene, clause, trigger)
                    or carry(scene, clause, trigger, before)
                    or _link_area(scene, clause, trigger)
                    or _link_unit(scene, clause, trigger)
                )
        links += own
        before = own or before
    return links


def _go_back(
    scene: Scene, clause: Clause, trigger: Trigger, before: list[Link], heading: Mention | None
) -> list[Link]:
    """Take the place told of last and not the heading, where a pronoun or "its outskirts" point back."""
    if heading is None or not before or place_key(before[-1].mention) == place_key(heading):
        return []
    fresh = clause.sentence - before[-1].clause.sentence <= 1
    return carry(scene, clause, trigger, before) if fresh and points_back(scene, clause, trigger) else []


def _keep_heading(clause: Clause, before: list[Link], heading: Mention | None) -> Mention | None:
    """Return the heading, unless the sentence has gone back to another place than that."""
    if heading is None or not before or before[-1].clause.sentence != clause.sentence:
        return heading
    back = before[-1].how == "carried" and place_key(before[-1].mention) != place_key(heading)
    return None if back else heading


def _leaves(heading: Mention, link: Link) -> bool:
    """Tell whether a report goes on to a place that lies outside the one that headed it."""
    place, headed = link.mention.resolution.place, heading.resolution.place
    if place is None or headed is None or link.mention.rank or heading.rank:
        return False
    north, east = place.latitude - headed.latitude, place.longitude - headed.longitude
    return abs(north) > _HEADED or abs(east) > _HEADED


def _share(clause: Clause, trigger: Trigger, links: list[Link]) -> list[Link]:
    """Give a verb the place before it that a participle describes ("the X they had taken was shelled")."""
    for link in links:
        place, told = link.mention, link.trigger
        described = told.form == "passive" and 0 <= place.start - told.end <= _DESCRIBED_REACH
        if trigger.form == "verb" and described and place.end <= trigger.start:
            return [Link(trigger, place, clause, "described")]
    return []


def _is_told(trigger: Trigger, links: list[Link]) -> bool:
    """Tell whether a clause has a place for the same strike already ("two bombs fell on the X district")."""
    return trigger.kind is Kind.STRIKE and any(link.trigger.kind is Kind.STRIKE for link in links)


def _is_local(scene: Scene, mention: Mention) -> bool:
    """Tell whether a source is somebody of a town or region ("the mayor of X") and no government."""
    if mention.rank >= _COUNTRY:
        return False
    near = scene.reading.words[max(mention.name_start - _SOURCE_REACH, 0) : mention.name_start]
    articles = scene.vocabulary.words["articles"] | scene.vocabulary.words["locatives"]
    tokens = range(max(mention.name_start - _SOURCE_REACH, 0), mention.name_start)
    masked = [
        i for i, word in zip(tokens, near, strict=True) if i in scene.masked and word and word not in articles
    ]
    return bool(masked)


def _link_headed(clause: Clause, own: list[Link], heading: Mention | None) -> list[Link]:
    """Let a direction that heads several places bear what is counted of them ("X direction. 9 assaults")."""
    if heading is None or heading.resolution.toponym.relation.kind is not RelationKind.AXIS:
        return []
    fights = [link for link in own if link.trigger.kind is Kind.CLASH and link.siblings == 0]
    alike = {place_key(link.mention) for link in fights if holds(heading, link.mention)}
    if len(alike) < _SEVERAL:
        return []
    return [Link(fights[0].trigger, heading, clause, "heading", len(alike))]


def _link_own(scene: Scene, clause: Clause, mentions: list[Mention]) -> list[Link]:
    links: list[Link] = []
    for mention in mentions:
        trigger = min(clause.triggers, key=lambda t: _distance(t, mention))
        if mention.rank == _COUNTRY and not (
            suits_country(trigger, mention) or _has_area(scene, clause, trigger)
        ):
            continue
        if _has_other_object(scene, clause, trigger, mention):
            continue
        drawn = trigger.kind in _DRAWN and not scene.vocabulary.words["articles"]
        if (drawn and is_also_base(scene, mention, mentions)) or is_sent_from(scene, mention, trigger):
            continue
        if (trigger.kind in _DRAWN and is_base(scene, mention)) or only_measures(trigger, mention, mentions):
            continue
        if is_launched_from(scene, mention, trigger) or (
            trigger.name == "gather" and _comes_from(scene, mention)
        ):
            continue
        if trigger.kind in _MOVING and leads(scene, mention, mentions, trigger):
            continue
        if _is_in_relative(scene, mention, mentions, trigger) or _lists_on(scene, clause, trigger, mention):
            continue
        if mention.anaphor and _is_linked(links, trigger, mention):
            continue  # "under X they lost a lot, but the town fell"
        settle_air(trigger, mention)
        links.append(Link(trigger, mention, clause, "own"))
    links += [
        Link(trigger, link.mention, clause, "gathered")
        for link in links
        for trigger in _find_struck(link, clause)
    ]
    links = [link for link in links if not _is_passed(scene, link, links)]
    links = [link for link in links if not _is_headed_off(scene, link, links)]
    return drop_larger(scene, _drop_opening(scene, clause, _drop_near(scene, clause, links)))


def _is_headed_off(scene: Scene, link: Link, links: list[Link]) -> bool:
    """Tell whether a colon parts a place from what is told of another ("X empties: they head for Y")."""
    trigger, marks = link.trigger, scene.reading.marks
    if link.mention.end > trigger.start or ":" not in marks[link.mention.end : trigger.start]:
        return False
    if not any(scene.reading.words[link.mention.end : marks.index(":", link.mention.end)]):
        return False  # "X: drones hit Y" heads a line
    again = cut_range(scene.mentions, link.mention.end, trigger.end)
    if any(one.anaphor and place_key(one) == place_key(link.mention) for one in again):
        return False  # "X worries him: there they plan ..."
    return any(o.trigger is trigger and o.mention.start >= trigger.end for o in links)


def _is_passed(scene: Scene, link: Link, links: list[Link]) -> bool:
    """Tell whether a verb before has a place ("flew over X before they bombed Y": "avant de bombarder Y")."""
    trigger, small = link.trigger, scene.vocabulary.words
    if trigger.form != "verb" or link.mention.end >= trigger.start or not trigger.start:
        return False
    if scene.reading.words[trigger.start - 1] not in small["origins"] | small["purposes"]:
        return False
    return any(o.trigger is trigger and 0 <= o.mention.start - trigger.end <= 1 for o in links)


def _is_in_relative(scene: Scene, mention: Mention, mentions: list[Mention], trigger: Trigger) -> bool:
    """Tell whether a place only tells more of the one before ("took X, which commands the road to Y")."""
    marks, words, small = scene.reading.marks, scene.reading.words, scene.vocabulary.words
    if mention is mentions[0] or mention.start <= trigger.end:
        return False
    opening = small["which"] - small["including"]
    commas = (at for at in range(mention.start - 1, trigger.end - 1, -1) if marks[at])
    at = next(commas, None)
    if at is None or marks[at] != "," or words[at + 1] not in opening:
        return False
    return any(other.end == at and other.start >= trigger.end for other in mentions)


def _lists_on(scene: Scene, clause: Clause, trigger: Trigger, mention: Mention) -> bool:
    """Tell whether a list goes on behind what "which" tells of a place ("X, which they hold, and Y")."""
    marks, words, small = scene.reading.marks, scene.reading.words, scene.vocabulary.words
    if mention.start <= trigger.end or words[clause.start] not in small["which"] or not small["articles"]:
        return False
    comma = next((at for at in range(trigger.end, mention.start) if marks[at] == ","), None)
    told = cut_range(scene.mentions, clause.start - _LONGEST_HEAD, clause.start)
    headed = any(place.role == "place" and clause.start - 1 <= place.end <= clause.start for place in told)
    return headed and comma is not None and words[comma + 1] in small["coordinators"]


def _is_linked(links: list[Link], trigger: Trigger, mention: Mention) -> bool:
    """Tell whether a trigger has the same place by its name already."""
    return any(link.trigger is trigger and place_key(link.mention) == place_key(mention) for link in links)


def _drop_opening(scene: Scene, clause: Clause, links: list[Link]) -> list[Link]:
    """Drop a town that only says where the place of a statement lies ("In Gaza, a strike hit X in Y")."""
    first = links[0] if len(links) > 1 else None
    if first is None or first.mention.start > clause.start + 1 or first.mention.anaphor:
        return links
    reading, inside = scene.reading, scene.vocabulary.words["inside"]
    end = first.mention.end
    opens = not inside.isdisjoint(reading.words[clause.start : first.mention.name_start])
    if not opens or reading.marks[end : end + 1] != [","] or first.mention.end > first.trigger.start:
        return links
    rest = [link for link in links[1:] if link.trigger is first.trigger]
    verb = first.trigger.end if first.trigger.form == "verb" else len(reading.words)
    within = rest and all(
        link.mention.start > first.trigger.start
        and (
            reading.words[link.mention.name_start - 1] in inside
            or (0 <= rest[0].mention.start - verb <= 1 and first.trigger.kind is Kind.STRIKE)
        )
        for link in rest
    )
    return [link for link in links if link is not first] if within else links


def _find_struck(link: Link, clause: Clause) -> list[Trigger]:
    """Return the strike on those who are gathered at a place ("shelled troops gathered at X")."""
    if link.trigger.name != "gather" or link.trigger.form != "verb":
        return []
    return [
        t
        for t in clause.triggers
        if t.name == "strike" and t.form == "verb" and 0 <= link.trigger.start - t.end <= _STRUCK_REACH
    ]


def _comes_from(scene: Scene, mention: Mention) -> bool:
    """Tell whether words that only mean a start stand before a place ("reinforcements coming from X")."""
    words, end = scene.reading.words, mention.start
    phrases = scene.vocabulary.course["from"].get(words[end - 1], ()) if end else ()
    long = [phrase for phrase in phrases if len(phrase) > 1 or scene.vocabulary.words["haves"]]
    return any(tuple(words[max(end - len(phrase), 0) : end]) == phrase for phrase in long)


def _has_other_object(scene: Scene, clause: Clause, trigger: Trigger, mention: Mention) -> bool:
    """Tell whether a verb has another object than a place ("took it and drove on to X")."""
    if trigger.kind in _OBJECTS and is_beside(scene, mention, trigger):
        return has_pronoun_object(scene, clause, trigger)
    return bool(mention.rank) and _has_unknown_object(scene, trigger, mention)


def _has_unknown_object(scene: Scene, trigger: Trigger, mention: Mention) -> bool:
    """Tell whether a name that is no known place follows a verb: what is told is not told of the land."""
    return mention.end <= trigger.start and governs_unknown(scene, trigger)


def _drop_near(scene: Scene, clause: Clause, links: list[Link]) -> list[Link]:
    """Drop a place near which the object of the same verb lies ("Near X they tried to take Y")."""
    first = links[0] if len(links) > 1 else None
    if first is None or first.mention.resolution.toponym.relation.kind not in _BESIDE:
        return links
    if first.mention.start > clause.start + 1 or first.mention.end > first.trigger.start:
        return links
    second = links[1].mention
    governed = links[1].trigger is first.trigger and first.trigger.form in {"verb", "passive"}
    plain = scene.reading.words[second.start] not in scene.vocabulary.words["locatives"]
    if governed and plain and 0 <= second.start - first.trigger.end <= 1:
        return links[1:]
    alone = governed and len(links) == _ALONE and second.start >= first.trigger.end
    if alone and lies_beside(second, first.mention):
        return links[1:]  # "Near Kharkiv troops regained ground at Lyptsi"
    return links


def _distance(trigger: Trigger, mention: Mention) -> float:
    if trigger.start <= mention.start < trigger.end:
        return 0.0
    if mention.start >= trigger.end:
        gap = mention.start - trigger.end
        return gap + (_BEFORE_PENALTY if trigger.name in _PLACE_FIRST else 0)
    return max(trigger.start - mention.end, 0) + (0 if trigger.name in _PLACE_FIRST else _BEFORE_PENALTY)


def _resume(scene: Scene, clause: Clause, trigger: Trigger) -> list[Link]:
    """Take the subject of a sentence from which an aside parts its verb ("X, held since May, was freed")."""
    subject = find_subject(scene, clause)
    return [Link(trigger, subject, clause, "carried")] if subject is not None else []


def _has_area(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether so much land is held or taken ("advanced by 507 sq km in X")."""
    figures = cut_range(scene.figures, clause.start, clause.end)
    return trigger.kind in _GROUND and any(f.quantity.dimension == "area" for f in figures)


def _link_area(scene: Scene, clause: Clause, trigger: Trigger) -> list[Link]:
    """Find the land of which so much is held or taken ("Of the X region it still holds 450 sq km")."""
    if not _has_area(scene, clause, trigger):
        return []
    low = scene.reading.sentences[max(clause.sentence - _AREA_SENTENCES, 0)].start
    before = [
        m for m in cut_range(scene.mentions, low, clause.end) if m.role == "place" and m.rank < _COUNTRY
    ]
    wide = [m for m in before if m.rank]
    return [Link(trigger, mention, clause, "area") for mention in (wide or before)[-1:]]


def _link_unit(scene: Scene, clause: Clause, trigger: Trigger) -> list[Link]:
    """Find the land of a statement whose smaller place is none that is known ("two camps of X in Y")."""
    mentions = [
        m for other in scene.list_sentence(clause) for m in other.mentions if m.role in {"place", "unit_only"}
    ]
    if len(mentions) != 1 or mentions[0] not in clause.mentions:
        return []
    unit, inside = mentions[0], scene.vocabulary.words["inside"]
    framed = scene.reading.words[max(unit.start - 1, 0) : unit.name_start]
    located = unit.role == "unit_only" and 0 < unit.rank < _COUNTRY and not inside.isdisjoint(framed)
    return [Link(trigger, unit, clause, "unit")] if located and unit.start > trigger.end else []


def _precedes(scene: Scene, place: Mention, clause: Clause) -> bool:
    """Tell whether "which" speaks of a place, if behind an apposition ("X, a town near Y, which")."""
    gap = clause.start - place.end
    appended = "," in scene.reading.marks[place.end : place.end + 1] and gap <= _APPENDED_GAP
    told = cut_range(scene.triggers, place.end, clause.start)
    return gap <= _RELATIVE_GAP or (appended and not told)


def _tells_elsewhere(scene: Scene, clause: Clause, heading: Mention) -> bool:
    """Tell whether the parts before in a sentence tell of another place than its paragraph's heading."""
    told = [other for other in scene.list_sentence(clause) if other.start < clause.start and other.triggers]
    places = (m for other in told for m in other.mentions if m.role == "place")
    return any(place_key(mention) != place_key(heading) for mention in places)


def _link_elsewhere(scene: Scene, clause: Clause, trigger: Trigger, heading: Mention | None) -> list[Link]:
    """Find the place of a trigger without one: before "which", in the heading, in the source's name."""
    mentions = [m for other in scene.list_sentence(clause) for m in other.mentions]
    if scene.reading.words[clause.start] in scene.vocabulary.words["which"]:
        before = [m for m in mentions if m.role == "place" and m.end <= min(trigger.start, clause.start)]
        before = [m for m in before if m.rank < _COUNTRY] or before
        if before and _precedes(scene, before[-1], clause):
            return [Link(trigger, _find_head(scene, before), clause, "relative")]
    apposed = find_apposed(scene, clause, trigger)
    if apposed is not None and trigger.kind in _APPOSED:
        return [Link(trigger, apposed, clause, "apposed")]
    purpose = scene.reading.words[clause.start] in scene.vocabulary.words["purposes"]
    if heading is not None and not purpose and not _tells_elsewhere(scene, clause, heading):
        return [Link(trigger, heading, clause, "heading")]
    opening = {saying.source_start for saying in scene.sayings.get(clause.sentence, ())}
    sources = [  # "Moscow says": it is not spoken of, but in "Rostov's governor says" it is
        m
        for m in mentions
        if m.role == "source" and (not _is_seat(m) if m.name_start in opening else _is_local(scene, m))
    ]
    meant = trigger.kind is Kind.STRIKE or trigger.name == "offensive"  # "people in X fear an attack"
    meant = meant or _is_at_home(scene, clause, trigger)
    told = _find_part(scene, clause)
    if trigger.name == "offensive" and sources and sources[-1] in clause.mentions:
        told, sources, mentions = clause.start, sources[-1:], clause.mentions  # "..., and people in X expect"
    if meant and len(sources) == 1 and not any(m.role == "place" and m.start >= told for m in mentions):
        return [Link(trigger, sources[0], clause, "source")]
    opened = find_opening(scene, clause)
    if opened is None or _tells_already(scene, clause, opened, trigger):
        return []
    return [Link(trigger, opened, clause, "opening")]


def _is_seat(mention: Mention) -> bool:
    """Tell whether a name can stand for a government: a capital's or a country's."""
    place = mention.resolution.place
    return mention.rank >= _COUNTRY or (place is not None and is_capital(place))


def _find_part(scene: Scene, clause: Clause) -> int:
    """Return where the part of a sentence begins that a semicolon parts from the one before."""
    start = scene.reading.sentences[clause.sentence].start
    marks = scene.reading.marks
    return next((at + 1 for at in range(clause.start - 1, start, -1) if marks[at] == ";"), start)


def _find_head(scene: Scene, before: list[Mention]) -> Mention:
    """Return the place that "which" is told of: "X, the last town of Y, which" is told of X."""
    last = before[-1]
    head = before[-2] if len(before) > 1 else last
    words, gap = scene.reading.words[head.end : last.start], last.start - head.end
    apposed = scene.reading.marks[head.end : head.end + 1] == [","] and gap <= _APPENDED_GAP
    named = not scene.vocabulary.words["kinds"].isdisjoint(words) and last.rank > head.rank
    return head if apposed and named else last


def _is_at_home(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a source speaks of its own land ("the governor said that they entered his region")."""
    words, small = scene.reading.words, scene.vocabulary.words
    behind = range(trigger.end, min(trigger.end + _OWN_REACH, clause.end - 1))
    return any(words[i] in small["possessives"] and words[i + 1] in small["kinds"] for i in behind)


def _tells_already(scene: Scene, clause: Clause, opened: Mention, trigger: Trigger) -> bool:
    """Tell whether a part before tells the same of a place ("In X, ten rockets fell, a ward was hit")."""
    parts = [other for other in scene.list_sentence(clause) if opened in other.mentions]
    return any(told.kind is trigger.kind for part in parts for told in part.triggers)

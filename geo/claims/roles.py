"""Which names of places act as places, and which stand for governments, datelines or weapons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.claims.datelines import find_dateline, heads_line, stands_in_dateline
from geo.claims.neighbours import leave_neighbours, owns
from geo.claims.parts import Mention
from geo.claims.patterns import Match
from geo.claims.seats import is_elsewhere, leave_roads, only_seats
from geo.claims.text import Reading
from geo.claims.undergone import find_undergone, is_aimed
from geo.claims.vocabulary import Vocabulary
from geo.model import PlaceKind, RelationKind
from geo.places.capitals import is_capital

__all__ = ["settle_roles"]

_STRIKING = frozenset({"strike", "attack", "shoot_down"})
# So far from a strike a country can be what is struck.
_STRUCK_REACH = 10
_COUNTRY = 3
_OWNED_REACH = 3  # so near behind a country stands what of it is struck
_RULING = frozenset({"place", "government"})
_ENTERED_REACH = 3  # so near behind a verb of entering stands the country that is entered
_LIST_REACH, _LIST_GAP = 8, 4
# After these a name without a preposition heads a statement.
_HEADS = frozenset({".", "\n", ":", ";", "–", "—", "-", "«", '"', "“", "»", "”", "?", "!", "…"})


_DASHES = frozenset({"–", "—"})
_ROAD_WORDS = 3  # more words than these tell of a road too ("inched up the road to X", not "crossed the X")


def settle_roles(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Tell apart places from capitals that act as governments, datelines and units that only locate."""
    sides = {match.end for match in reading.matches.get("side", ()) if match.end - match.start <= 2}
    triggers = {match.end for match in reading.matches.get("trigger", ())}
    ends = {mention.end for mention in mentions} | {mention.name_end for mention in mentions}
    struck = _find_struck(reading)
    dateline = find_dateline(reading, vocabulary, mentions)
    entered = _find_entered(reading)
    targets = {match.start for match in reading.matches.get("thing", ()) if match.sense.name == "target"}
    forces = {m.start: m.end for m in reading.matches.get("side", ()) if m.end - m.start > 1}
    weapons = {(m.start, m.end) for m in reading.matches.get("thing", ()) if m.sense.name == "weapon"}
    says = {match.start for match in reading.matches.get("say", ()) if match.sense.name == "verb"}
    ended = {match.end for match in reading.matches.get("say", ()) if match.sense.name == "verb"}
    ended -= {match.end for match in reading.matches.get("trigger", ())}  # "Après avoir martelé X, les ..."
    manned = sides & {m.start for m in reading.matches.get("thing", ()) if m.sense.name == "force"}
    for mention in mentions:
        if (mention.name_start, mention.name_end) in weapons and _may_be_weapon(mention):
            mention.role = "weapon"
        elif _is_hit(reading, mention, (struck, targets), vocabulary):
            mention.role = "place"
        elif _names_side(reading, mention, forces, manned, vocabulary):
            mention.role = "government"
        elif mention.role in {"government", "unit_only"} and (
            (mention.rank == _COUNTRY and mention.start in entered and not owns(reading, mention))
            or _is_struck(reading, mention, (struck, targets), vocabulary)
        ):
            mention.role = "place"
        elif mention.role == "place" and _heads_news(reading, mention, dateline, mentions):
            mention.role = "dateline"
        elif mention.role == "place" and not mention.anaphor:
            governs = _can_govern(mention, sides) and (
                _acts(reading, mention, triggers, ends, vocabulary)
                or _speaks(reading, mention, says, vocabulary)
            )
            if (
                governs
                or _does(reading, mention, vocabulary)
                or _is_person(reading, mention, ended, vocabulary)
            ):
                mention.role = "government"
    leave_roads(reading, mentions, vocabulary)
    _keep_undergone(reading, mentions, sides, vocabulary)
    _leave_seats(reading, mentions, vocabulary)
    leave_neighbours(reading, mentions, vocabulary)


def _find_struck(reading: Reading) -> set[int]:
    """Return the tokens of strikes and right behind them."""
    return {
        index
        for match in reading.matches.get("trigger", ())
        if match.sense.name in _STRIKING
        for index in range(match.start, match.end + 1)
    }


def _find_entered(reading: Reading) -> set[int]:
    """Return the tokens right behind verbs of entering, where a country is no government."""
    return {
        index
        for match in reading.matches.get("trigger", ())
        if match.sense.name == "advance" and match.sense.form == "verb"
        for index in range(match.end, match.end + _ENTERED_REACH)
    }


def _keep_undergone(
    reading: Reading, mentions: Sequence[Mention], sides: set[int], vocabulary: Vocabulary
) -> None:
    """Let capitals be places to which something is done ("Kyiv was hit", "Damascus has fallen")."""
    governing = [mention for mention in mentions if mention.role in _RULING and _can_govern(mention, sides)]
    undergone = find_undergone(reading, governing, vocabulary) if governing else frozenset()
    for mention in governing:
        if mention.name_start in undergone:
            mention.role = "place"


def _leave_seats(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Take places out of the running where an institute sits, where one talks, or where a road leads."""
    triggers = reading.matches.get("trigger", ())
    opened = {
        m.end
        for m in triggers
        if m.sense.name == "offensive" or (m.sense.name == "advance" and m.end - m.start > _ROAD_WORDS)
    }
    crossed = set[int]() if vocabulary.words["articles"] else _find_crossed(triggers)
    for mention in mentions:
        if mention.role != "place" or mention.name_start in opened:
            continue  # "opens the road to X", "inched up the road to X"
        elsewhere = mention.anaphor and is_elsewhere(reading, mention, vocabulary)
        if elsewhere or mention.name_end in crossed or only_seats(reading, mention, vocabulary):
            mention.role = "unit_only"


def _is_of_army(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a country only says whose forces act ("the Armed Forces of X")."""
    if mention.rank != _COUNTRY or mention.start < 2 or mention.start != mention.name_start:
        return False
    army, of = reading.words[mention.start - 2 : mention.start]
    return of in vocabulary.words["ofs"] and army in vocabulary.words["armies"]


def _is_hit(
    reading: Reading, mention: Mention, told: tuple[set[int], set[int]], vocabulary: Vocabulary
) -> bool:
    """Tell whether what a country owns is struck, all over it ("pounded Ukraine's energy grid")."""
    struck, targets = told
    if mention.rank != _COUNTRY or mention.start - 1 not in struck or not owns(reading, mention):
        return False
    if reading.words[mention.start - 1] in vocabulary.words["locatives"]:
        return False
    after = range(mention.name_end, mention.name_end + _OWNED_REACH)
    return not targets.isdisjoint(after)


def _names_side(
    reading: Reading, mention: Mention, forces: Mapping[int, int], manned: set[int], vocabulary: Vocabulary
) -> bool:
    """Tell whether a name is that of a side in arms ("Malian soldiers", "Russia's Central Grouping")."""
    if mention.role == "unit_only":
        owning = owns(reading, mention) or _is_subject(reading, mention, vocabulary)
        return mention.rank == _COUNTRY and owning
    if mention.role == "place" and _is_of_army(reading, mention, vocabulary):
        return True
    longer = mention.name_end < forces.get(mention.name_start, 0)
    return mention.role == "place" and (longer or (mention.name_end in manned and _stands_bare(mention)))


def _heads_news(reading: Reading, mention: Mention, dateline: int, mentions: Sequence[Mention]) -> bool:
    """Tell whether a name is a dateline's, or a country's that heads news ("LEBANON - Israel struck X")."""
    if not mention.anaphor and (
        mention.name_end <= dateline or stands_in_dateline(reading, mention, mentions)
    ):
        return True
    return mention.rank == _COUNTRY and heads_line(reading, mention)


def _is_subject(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a country behind a comma does something ("On the Kherson axis, Ukraine keeps ...")."""
    small, end = vocabulary.words, mention.name_end
    if not small["progressives"] or end >= len(reading.words) or reading.marks[mention.start - 1] != ",":
        return False
    after = reading.words[end]
    text = reading.text[reading.starts[end] : reading.ends[end]]
    known = small["locatives"] | small["coordinators"] | small["relatives"] | small["agents"]
    return text.islower() and after not in known and after.endswith(tuple(small["finite"]))


def _find_crossed(triggers: Sequence[Match]) -> set[int]:
    """Return where verbs of motion end that hold a river's name."""
    return {m.end for m in triggers if m.sense.name == "advance" and m.end - m.start > 1}


def _stands_bare(mention: Mention) -> bool:
    """Tell whether no word of a place stands before a name that is no known place of its own."""
    place = mention.resolution.place
    return mention.start == mention.name_start and (place is None or place.kind is PlaceKind.SETTLEMENT)


def _may_be_weapon(mention: Mention) -> bool:
    """Tell whether no word around a name says that it is a place's."""
    toponym = mention.resolution.toponym
    return toponym.kind_hint is None and toponym.relation.kind is RelationKind.AT


def _is_struck(
    reading: Reading, mention: Mention, told: tuple[set[int], set[int]], vocabulary: Vocabulary
) -> bool:
    """Tell whether a country is what a strike hits ("96 drones at Ukraine") and no government.

    ``told`` are the tokens of strikes and of targets.
    """
    struck, targets = told
    place = mention.resolution.place
    if place is None or (place.kind is not PlaceKind.COUNTRY and not is_capital(place)):
        return False
    index = mention.start - 1
    while index >= 0 and reading.words[index] in vocabulary.words["articles"]:
        index -= 1
    if place.kind is not PlaceKind.COUNTRY:  # "massive strikes on several towns, above all on Kyiv"
        inside = reading.words[max(index, 0)] in vocabulary.words["inside"] and index in struck
        return index >= 0 and (inside or is_aimed(reading, index, vocabulary))
    if index in targets:
        index -= 1
    if index < 0 or reading.marks[index] or reading.words[index] in vocabulary.words["agents"]:
        return False
    if index in struck:
        return True
    near = not struck.isdisjoint(range(max(index - _STRUCK_REACH, 0), index)) or is_aimed(
        reading, index, vocabulary
    )
    return near and reading.words[index] in vocabulary.words["against"]


def _can_govern(mention: Mention, sides: set[int]) -> bool:
    """Tell whether a name can stand for a government: a side's own word, or a capital."""
    place = mention.resolution.place
    capital = place is not None and place.feature_code == "PPLC"
    return capital or mention.name_end in sides


def _acts(
    reading: Reading, mention: Mention, triggers: set[int], ends: set[int], vocabulary: Vocabulary
) -> bool:
    """Tell whether a capital stands for its government: no preposition, no trigger, no list before it."""
    toponym = mention.resolution.toponym
    if toponym.relation.kind is not RelationKind.AT or toponym.kind_hint not in {None, PlaceKind.COUNTRY}:
        return False
    index = mention.start - 1
    while index >= 0 and reading.words[index] in vocabulary.words["articles"]:
        index -= 1
    if index >= 0 and (
        reading.words[index] in vocabulary.words["soil"] or _is_of_site(reading, index, vocabulary)
    ):
        return False  # "entered the territory of Armenia", "retook the palace of Khartoum"
    if (
        index >= 0
        and reading.marks[index] in _DASHES
        and reading.marks[mention.end : mention.end + 1] in (["."], [","])
    ):
        return False  # "The main target – Kyiv."
    after = reading.words[mention.name_end : mention.name_end + 1]
    helped = bool(after) and after[0] in vocabulary.words["haves"] | vocabulary.words["auxiliaries"]
    if index < 0 or reading.marks[index] in _HEADS or helped:  # "..., and Kyiv has even retaken X"
        return True
    still = vocabulary.words["locatives"] | vocabulary.words["auxiliaries"]  # "the main target was Kyiv"
    still |= vocabulary.words["including"]
    if reading.words[index] in still or index + 1 in triggers:
        return False
    comma = reading.marks[index] == "," and index + 1 in ends  # but not "on Friday, Kyiv sent ..."
    listed = comma or reading.words[index] in vocabulary.words["coordinators"]
    return not (listed and _follows_place(reading, index, vocabulary))


def _is_of_site(reading: Reading, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether "of" stands between a building and the capital it stands in ("the palace of Khartoum")."""
    if reading.words[index] not in vocabulary.words["origins"]:
        return False
    near = range(max(index - _LIST_GAP + 1, 0), index)
    if index and reading.words[index - 1] in vocabulary.words["above"]:
        return True  # "au-dessus de Moscou"
    sites = {m.start for m in reading.matches.get("thing", ()) if m.sense.name in {"site", "quarter"}}
    said = {m.start for m in reading.matches.get("say", ()) if m.sense.name == "source"}
    return not (sites - said).isdisjoint(near)


def _speaks(reading: Reading, mention: Mention, says: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether a capital is the subject of a verb of saying ("..., Kyiv estimates", "et Moscou que")."""
    if mention.resolution.toponym.relation.kind is not RelationKind.AT:
        return False
    end, words = mention.name_end, reading.words
    before = words[mention.start - 1] if mention.start else ""
    if before in vocabulary.words["locatives"] or end >= len(words):
        return False
    return end in says or words[end] in vocabulary.words["complementizers"]


def _is_person(reading: Reading, mention: Mention, ended: set[int], vocabulary: Vocabulary) -> bool:
    """Tell whether a name behind a quotation is its speaker's ('..., says Serhiy, a 34-year-old pilot')."""
    start, end = mention.start, mention.end
    if start not in ended or (start, end) != (mention.name_start, mention.name_end) or mention.rank:
        return False
    aside = reading.marks[end : end + 1] == [","]
    return aside and not vocabulary.words["articles"].isdisjoint(reading.words[end + 1 : end + 2])


def _follows_place(reading: Reading, index: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of places goes on here ("in Kharkiv and Kyiv")."""
    at = index - 1
    while at >= 0 and index - at <= _LIST_REACH and not reading.marks[at]:
        if reading.words[at] in vocabulary.words["locatives"]:
            return True
        at -= 1
    return (
        at >= 0
        and reading.marks[at] == ","
        and index - at <= _LIST_GAP
        and _follows_place(reading, at, vocabulary)
    )


def _does(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a country is who does or owns something ("launched by Russia at the whole country")."""
    if mention.rank != _COUNTRY:
        return False
    if owns(reading, mention):
        return True
    index = mention.start - 1
    while index > 0 and reading.words[index] in vocabulary.words["articles"]:
        index -= 1
    return index >= 0 and reading.words[index] in vocabulary.words["agents"]

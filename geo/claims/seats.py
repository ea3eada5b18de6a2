"""Places that only are where somebody sits, talks or lives, or what frames another one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.claims.parts import Mention
from geo.claims.patterns import Match
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import PlaceKind, RelationKind
from geo.places.evidence import measure_km

__all__ = ["is_astray", "is_elsewhere", "is_lost", "leave_roads", "lies_in", "only_seats"]

_SITE_REACH = 4  # so near behind a town's name stands the plant that is called after it

_QUOTES = frozenset({"«", "“", "„", '"', "‘", "'"})
_SPEAKER_REACH = 7  # from a verb of saying to where its speaker is, with a name and a day between
_GENITIVE = 2  # no longer are the words for "of"
_NEAR_TOWN_KM = 25.0  # so far from its town a plant may stand
_CITY = 100_000  # people of a town whose name stands for the land around it


def only_seats(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a place is only where an institute sits, where one talks, or where a road leads."""
    words, known, end = reading.words, vocabulary.words, mention.name_end
    if end < len(words) and words[end] in known["based"] and reading.text[reading.ends[end - 1]] == "-":
        return True
    at = mention.name_start - 1
    if _is_river(reading, mention, vocabulary):
        return True
    while at > 0 and words[at] in known["articles"]:
        at -= 1
    if _only_frames(reading, mention, at, vocabulary) or (at >= 0 and words[at] in known["tells"]):
        return True
    if at >= 0 and words[at] in known["alongs"] and end < len(words) and words[end] in known["seated"]:
        return True  # "up the X highway"
    if at < 1 or words[at] not in known["locatives"]:
        return False
    speaks = len(words[at]) > _GENITIVE and words[at] in known["origins"] and _speaks_from(reading, at)
    return words[at - 1] in known["venues"] or words[at - 1] in known["seated"] or speaks


def _speaks_from(reading: Reading, at: int) -> bool:
    """Tell whether only who said so stands between its verb and "from" ("said the envoy from X")."""
    low = max(at - _SPEAKER_REACH, 0)
    verbs = (m for m in reading.matches.get("say", ()) if m.sense.name == "verb")
    says = max((m.end for m in verbs if low <= m.start < at), default=0)
    deeds = (m.start for m in reading.matches.get("trigger", ()))
    return bool(says) and not any(reading.marks[says:at]) and not any(says <= deed < at for deed in deeds)


def _only_frames(reading: Reading, mention: Mention, at: int, vocabulary: Vocabulary) -> bool:
    """Tell whether a land only frames a town: "the capital of North Darfur", "the largest in Europe"."""
    words, known = reading.words, vocabulary.words
    if at < 2 or not mention.rank:
        return False
    largest = words[at] in known["origins"] and words[at - 2] in known["than"] and mention.rank > 1
    return words[at - 1] in known["capitals"] or (largest and words[at - 1] not in known["locatives"])


def is_elsewhere(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether "there" is where somebody speaks ("there they deny it")."""
    if mention.end - mention.start > 1 or reading.words[mention.start] not in vocabulary.words["heres"]:
        return False
    says = {m.start for m in reading.matches.get("say", ()) if m.sense.name == "verb"}
    after = reading.words[mention.end] if mention.end < len(reading.words) else ""
    deed = bool(vocabulary.infinitives) and after.endswith(vocabulary.infinitives)  # "dit y combattre"
    return mention.end in says or (mention.start - 1 in says and not deed)


def _is_river(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a name with an article is a river's and no town's ("crossed the Dnipro")."""
    toponym, place, end = mention.resolution.toponym, mention.resolution.place, mention.name_end
    if place is None or place.kind is not PlaceKind.SETTLEMENT or toponym.kind_hint is not None:
        return False
    single = end - mention.name_start == 1 and mention.end <= end
    if toponym.relation.kind is not RelationKind.AT or not single or mention.name_start == 0:
        return False
    words = vocabulary.words
    after = reading.words[end] if end < len(reading.words) else ""
    goes_on = (
        after in words["coordinators"] or after in words["kinds"] or reading.marks[end : end + 1] == [","]
    )
    if goes_on or reading.words[mention.name_start - 1] not in words["articles"]:
        return False
    return not any(_is_near_site(m, end) for m in reading.matches.get("thing", ()))


def _is_near_site(match: Match, end: int) -> bool:
    """Tell whether a plant or a port is named after a town ("the Novoshakhtinsk oil products plant")."""
    return match.sense.name == "site" and 0 <= match.start - end < _SITE_REACH


def leave_roads(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Take two places out of the running that only name the road between them ("the highway X – Y").

    Parameters
    ----------
    reading
        The words of a report.
    mentions
        Its places, in order; their roles change.
    vocabulary
        The words of its language.
    """
    roads = vocabulary.words["roads"]
    for before, mention in pairwise(mentions) if roads else ():
        named = {reading.words[before.start - 1], reading.words[before.start]} & roads
        if not named or not before.start:
            continue
        if reading.marks[before.end : mention.start] in (["–"], ["—"], ["-"]):
            before.role = mention.role = "unit_only"


def lies_in(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a larger town's name only says where a village lies («Роботине на Запоріжжі»).

    Parameters
    ----------
    reading
        The words of a report.
    before, mention
        Two neighbouring places.
    vocabulary
        The words of its language.

    Returns
    -------
    bool
        Whether nothing but "in" stands between a village and a city, and no way leads from the one.
    """
    words = vocabulary.words
    village, city = before.resolution.place, mention.resolution.place
    if words["articles"] or village is None or city is None or before.rank or mention.rank:
        return False
    gap = reading.words[before.end : mention.name_start]
    if len(gap) != 1 or gap[0] not in words["inside"]:
        return False
    ways = words["origins"] | set(vocabulary.course.get("through", ()))
    comes = {reading.words[before.start], reading.words[before.start - 1]} & ways
    settled = village.kind is PlaceKind.SETTLEMENT and city.kind is PlaceKind.SETTLEMENT
    return settled and not comes and (city.population or 0) >= _CITY > (village.population or 0)


def is_lost(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a site that was not found stands in the place behind it ("the Azot works in X").

    Parameters
    ----------
    reading
        The words of a report.
    before, mention
        Two neighbouring places.
    vocabulary
        The words of its language.

    Returns
    -------
    bool
        Whether the second one is where the first stands; a village elsewhere of a site's name is not it.
    """
    toponym, found = before.resolution.toponym, before.resolution.place
    if toponym.kind_hint is not PlaceKind.SITE or (
        found is not None and not is_astray(reading, before, mention)
    ):
        return False
    words = [word for word in reading.words[before.end : mention.name_start] if word]
    return (
        len(words) == 1
        and words[0] in vocabulary.words["locatives"]
        and not any(reading.marks[before.end : mention.name_start])
    )


def is_astray(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Tell whether a site's quoted name was taken for another far from the town it stands in.

    Parameters
    ----------
    reading
        The words of a report.
    before, mention
        A site and the town behind it.

    Returns
    -------
    bool
        Whether what was found lies elsewhere («летовище «Антонов» у Гостомелі»).
    """
    found, town = before.resolution.place, mention.resolution.place
    if found is None or town is None or found.kind not in {PlaceKind.SETTLEMENT, PlaceKind.SITE}:
        return False
    quoted = reading.marks[before.name_start - 1] in _QUOTES and bool(reading.marks[before.name_start - 1])
    return quoted and measure_km(found, town) > _NEAR_TOWN_KM

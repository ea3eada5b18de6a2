"""Quarters of a town: the town just named is meant, and no namesake of the quarter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.parts import Mention
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import Place, PlaceKind

__all__ = ["is_quarter", "place_quarters"]

# So many tokens back from a quarter its town is named.
_REACH = 40
# Between "quarter" and its name stand so many words, and between it and "of its town".
_GAP = 2
_BESIDE = 0.25  # degrees of latitude or longitude from a town's point to those of its quarters, at most
_TOWN = 20_000  # so many live in what is a town itself and no quarter
_PART, _CITY = "PPLX", 50_000  # GeoNames code of parts of a town; so many live in a town with districts
_ENDS = frozenset(".!?\n")
_CLOSE, _LARGER = 0.15, 10  # so near a town its quarters lie, in degrees; so many times it is larger


def place_quarters(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Point names of quarters to their towns ("in Kyiv; a house in the quarter of X was hit").

    Parameters
    ----------
    reading
        The words of a report.
    mentions
        Its places, in order; changed in place.
    vocabulary
        The words of its language.
    """
    _place_districts(reading, mentions, vocabulary)
    quarters = vocabulary.words["quarters"]
    if not quarters or quarters.isdisjoint(reading.words):
        return
    located = vocabulary.words["before_names"]
    for index, mention in enumerate(mentions):
        start = mention.name_start
        if mention.role != "place" or mention.anaphor or mention.rank:
            continue
        ahead = reading.words[max(start - _GAP, 0) : start]
        if quarters.isdisjoint(ahead) or not located.isdisjoint(ahead):
            continue  # not "took up quarters in X"
        before = mentions[:index]
        town = next((m for m in reversed(before) if _stands_in(mention, m)), None)
        if town is None and not _is_large(mention):
            town = next((m for m in reversed(before) if _is_town(m, start)), None)
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after is not None and _is_town(after, after.end) and _lies_in(reading, mention, after, vocabulary):
            mention.role = "unit_only"
        elif town is not None:
            place = town.resolution.place
            mention.resolution = replace(mention.resolution, place=place, score=town.resolution.score)


def _place_districts(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Point districts of a city to the city that a sentence names beside them.

    They are known as parts of it ("in Kherson, in the X district"), or have namesakes far from it alone.
    """
    for index, mention in enumerate(mentions):
        place, hint = mention.resolution.place, mention.resolution.toponym.kind_hint
        if place is None or mention.role != "place" or mention.anaphor:
            continue
        if place.feature_code != _PART and hint is not PlaceKind.DISTRICT:
            continue
        after = mentions[index + 1] if index + 1 < len(mentions) else None
        if after is not None and _is_district_of(reading, mention, after, vocabulary):
            mention.role = "unit_only"
            after.role = "place" if after.role == "unit_only" else after.role
            continue
        city = next((m for m in reversed(mentions[:index]) if _holds(reading, m, mention)), None)
        if city is not None:
            told = city.resolution
            mention.resolution = replace(mention.resolution, place=told.place, score=told.score)
            mention.rank = 0


def _holds(reading: Reading, city: Mention, mention: Mention) -> bool:
    """Tell whether a district is one of a city named before: in the same sentence, or where it lies in it."""
    place, part = city.resolution.place, mention.resolution.place
    if place is None or part is None or city.rank or city.role not in {"place", "source"}:
        return False
    ended = mention.start - city.end > _REACH or _is_ended(reading, city.end, mention.start)
    if ended and ((place.population or 0) < _CITY or not _lies_close(place, part)):
        return False
    return _may_hold(place, mention)


def _lies_close(city: Place, part: Place) -> bool:
    """Tell whether a place lies within or beside a town."""
    north, east = part.latitude - city.latitude, part.longitude - city.longitude
    return abs(north) < _BESIDE and abs(east) < _BESIDE


def _may_hold(city: Place, mention: Mention) -> bool:
    """Tell whether a city can have a district of a name: one lies in it, or only far outside its region."""
    place = mention.resolution.place
    if place is None:
        return False
    near = _lies_close(city, place)
    if place.feature_code == _PART:
        return near
    far = (city.population or 0) >= _CITY and city.admin1_code != place.admin1_code
    return far or (near and place.kind is PlaceKind.SETTLEMENT)


def _is_district_of(reading: Reading, mention: Mention, after: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a district stands before its city ("the X district of Kyiv")."""
    between = reading.words[mention.end : after.name_start]
    ofs = vocabulary.words["ofs"] | vocabulary.words["inside"]
    city = after.resolution.place
    held = len(between) == 1 and between[0] in ofs and city is not None and not after.rank
    return held and city is not None and _may_hold(city, mention)


def _is_ended(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two tokens."""
    return any(mark and mark in _ENDS for mark in reading.marks[start:end])


def _is_town(mention: Mention, start: int) -> bool:
    """Tell whether a place can be the town of a quarter named behind it."""
    known = mention.resolution.place is not None and not mention.rank
    return known and mention.role in {"place", "source"} and start - mention.end <= _REACH


def _is_large(mention: Mention) -> bool:
    """Tell whether a place is a town itself and no quarter ("les faubourgs de Koupiansk")."""
    place = mention.resolution.place
    return place is not None and place.feature_code != _PART and place.population >= _TOWN


def _stands_in(quarter: Mention, town: Mention) -> bool:
    """Tell whether a quarter is known itself and stands in or beside a town named before."""
    own, place = quarter.resolution.place, town.resolution.place
    if own is None or place is None or own.id == place.id or town.rank:
        return False
    return abs(own.latitude - place.latitude) < _BESIDE and abs(own.longitude - place.longitude) < _BESIDE


def _lies_in(reading: Reading, quarter: Mention, town: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a town follows its quarter ("the quarter of X in Y")."""
    between = reading.words[quarter.end : town.name_start]
    ties = vocabulary.words["inside"] | vocabulary.words["origins"]
    return 0 < len(between) <= _GAP and between[0] in ties


def is_quarter(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a place is a quarter of the far larger town that a comma and "in" part from it.

    Parameters
    ----------
    reading
        The words of a report.
    before
        The place before the comma.
    mention
        The place behind it ("in Faladié, in Bamako").
    vocabulary
        The words of the language.

    Returns
    -------
    bool
        Whether the first lies so close to the second, and is so much smaller.
    """
    part, town = before.resolution.place, mention.resolution.place
    if part is None or town is None or before.rank or mention.rank:
        return False
    words = [word for word in reading.words[before.end : mention.name_start] if word]
    inside = len(words) == 1 and words[0] in vocabulary.words["inside"]
    if not inside or reading.marks[before.end : before.end + 1] != [","]:
        return False
    near = abs(part.latitude - town.latitude) < _CLOSE and abs(part.longitude - town.longitude) < _CLOSE
    return near and _LARGER * (part.population or 0) < (town.population or 0)

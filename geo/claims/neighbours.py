"""Two places side by side of which one only says where the other lies."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from geo.claims.parts import Mention
from geo.claims.quarters import is_quarter
from geo.claims.seats import is_astray, is_lost, lies_in
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import PlaceKind, RelationKind

__all__ = ["leave_neighbours", "owns"]

_POSSESSIVE = frozenset({"'s", "’s"})
# Words between a place and the land that it lies in ("in the far north of").
_FRAME_REACH = 6
_LOCATING = frozenset({RelationKind.SIDE_OF, RelationKind.DISTANCE, RelationKind.NEAR})
_TOWN_REACH = 8  # from a land to the name of its town ("X's second-largest city of Y")
# A comma and so many more words may stand before a distance ("X, some 15 km from Y").
_ABOUT = 3


def leave_neighbours(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Take places out of the running that only locate their neighbours."""
    starts, locatives = {mention.start for mention in mentions}, vocabulary.words["locatives"]
    for before, mention in pairwise(mentions):
        if {before.role, mention.role} == {"place"}:
            after = reading.words[mention.end : mention.end + 1]
            next_word = reading.words[mention.end + 1 : mention.end + 2]
            follows = mention.end + 1 in starts or not locatives.isdisjoint(next_word)
            listed = follows and vocabulary.words["coordinators"].issuperset(after)
            _leave_locating(reading, before, mention, vocabulary, listed=listed)


def _leave_locating(
    reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary, *, listed: bool
) -> None:
    """Take that one of two neighbouring places out of the running which only locates the other."""
    if mention.anaphor:
        if _locates(reading, before, mention, vocabulary) or _names_again(
            reading, before, mention, vocabulary
        ):
            mention.role = "unit_only"  # "the village of X, five kilometres from the town"
    elif (
        _locates(reading, before, mention, vocabulary)
        or _names_again(reading, before, mention, vocabulary)
        or _encloses(reading, before, mention, vocabulary)
        or _is_part(reading, before, mention)
        or lies_in(reading, before, mention, vocabulary)
    ):
        mention.role = "unit_only"
    elif (
        (_is_located(reading, before, mention, vocabulary) and not listed)
        or _narrows(reading, before, mention)
        or _has_town(reading, before, mention, vocabulary)
        or _hears(reading, before, mention, vocabulary)
        or is_lost(reading, before, mention, vocabulary)
        or _is_there_too(reading, before, mention, vocabulary)
    ):
        before.role = "unit_only"


def owns(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name stands in the possessive ("Russia's")."""
    end = reading.ends[mention.name_end - 1]
    return reading.text[end : end + 2] in _POSSESSIVE


def _is_part(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Tell whether a name is a part of the town before it ("Beirut's Basta quarter")."""
    if before.rank or mention.rank:
        return False
    gap = reading.text[reading.ends[before.name_end - 1] : reading.starts[mention.name_start]]
    return gap.rstrip() in _POSSESSIVE


def _is_located(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether the place before only says where this one lies ("north of Pokrovsk, in Shakhove")."""
    if mention.rank:
        return False
    if before.rank and _has_frame(mention) and reading.marks[before.end : mention.start] == [","]:
        return mention.resolution.toponym.relation.kind is RelationKind.NEAR  # "in the region of X, near Y"
    if _narrows(reading, before, mention) or is_quarter(reading, before, mention, vocabulary):
        return True
    if before.resolution.toponym.relation.kind not in _LOCATING:
        return False
    marks = reading.marks[before.end : mention.name_start]
    words = [word for word in reading.words[before.end : mention.name_start] if word]
    if marks[:1] != [","] or mention.resolution.toponym.relation.kind is not RelationKind.AT:
        return False
    return len(words) == 1 and words[0] in vocabulary.words["locatives"]


def _narrows(reading: Reading, before: Mention, mention: Mention) -> bool:
    """Tell whether a place tells where on the side of a town something is ("north of Lyman, near X")."""
    side = before.resolution.toponym.relation.kind is RelationKind.SIDE_OF
    near = mention.resolution.toponym.relation.kind is RelationKind.NEAR and _has_frame(mention)
    return side and near and reading.marks[before.end : mention.start] in ([","], [])


def _hears(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a sentence opens with where somebody speaks of another ("In X, soldiers said Y fell")."""
    opens = any(
        s.start in {before.start - 1, before.start} and mention.end <= s.end for s in reading.sentences
    )
    if (
        not opens
        or before.rank
        or mention.rank
        or before.anaphor
        or reading.marks[before.end : before.end + 1] != [","]
    ):
        return False
    if vocabulary.words["inside"].isdisjoint(
        reading.words[max(before.name_start - 1, 0) : before.name_start]
    ):
        return False
    between = range(before.end, mention.start)
    if any(s.start in between for s in reading.sentences):
        return False
    verbs = (m for m in reading.matches.get("say", ()) if m.sense.name == "verb" and m.start in between)
    said = next((m.end for m in verbs), None)
    deeds = [m.start for m in reading.matches.get("trigger", ()) if m.start in between]
    return said is not None and bool(deeds) and min(deeds) >= said and mention.role == "place"


def _has_town(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a town is only called another place's ("eastern Congo's largest city, Goma")."""
    small = vocabulary.words
    if not owns(reading, before) or mention.name_start - before.end > _TOWN_REACH:
        return False
    words = [word for word in reading.words[before.end : mention.name_start] if word]
    marks = {mark for mark in reading.marks[before.end : mention.name_start] if mark}
    if words and words[-1] in small["kinds"] - small["towns"]:
        words.pop()
    return bool(words) and words[-1] in small["towns"] and marks <= {",", "-"}


def _is_there_too(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a site is one of several in a place ("hit the airport and a depot in X")."""
    words, small = reading.words[before.end : mention.start], vocabulary.words
    if not before.anaphor or reading.words[before.name_end - 1] in small["towns"] | small["heres"]:
        return False
    listed = bool(words) and words[0] in small["coordinators"] and words[-1] in small["inside"]
    return listed and len(words) <= _FRAME_REACH and all(words)


def _locates(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a place only says where the one before it lies ("Novoselivka, northwest of Lyman")."""
    relation = mention.resolution.toponym.relation.kind
    if relation not in _LOCATING or not _has_frame(mention) or before.rank > mention.rank:
        return False
    gap = _read_gap(reading, before, mention)
    if _narrows(reading, before, mention):
        return False
    if gap == [","] and relation is RelationKind.NEAR and _goes_on(reading, before, mention, vocabulary):
        return False
    if gap or not _is_small(before) or _has_article(reading, before, vocabulary):
        return gap in ([","], ["("])
    frame = reading.words[mention.start : mention.name_start]
    if vocabulary.words["goals"].isdisjoint(frame):
        return True
    compass = tuple(vocabulary.words["compass"])  # "to the north of X" is no way there without a start
    origin = reading.words[max(before.start - 1, 0) : before.name_start]
    return any(word.startswith(compass) for word in frame) and vocabulary.words["origins"].isdisjoint(origin)


def _names_again(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a place only tells what the one before is ("the main town of Y", "a village near Y")."""
    relation = mention.resolution.toponym.relation.kind
    located = mention.rank >= 1 or relation in _LOCATING or relation is RelationKind.BETWEEN
    located = located or mention.resolution.place is None
    if before.rank or not located or reading.marks[before.end : before.end + 1] != [","]:
        return False
    words, first = reading.words[before.end + 1 : mention.start], before.end + 1
    if len(words) > _FRAME_REACH or any(reading.marks[first : mention.start]):
        return False
    return not vocabulary.words["towns"].isdisjoint(words)


def _read_gap(reading: Reading, before: Mention, mention: Mention) -> list[str]:
    """Return the marks between two places; of "X, some 15 km from Y" the comma alone."""
    gap = reading.marks[before.end : mention.start]
    if mention.resolution.toponym.relation.kind is RelationKind.DISTANCE and len(gap) <= _ABOUT:
        return [mark for mark in gap if mark]
    return gap


def _goes_on(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a list of places goes on behind a second one ("in X, near Y and in Z")."""
    after = reading.words[mention.end : mention.end + 1]
    listed = bool(after) and after[0] in vocabulary.words["coordinators"]
    start = max(before.start - 1, 0)
    located = not vocabulary.words["locatives"].isdisjoint(reading.words[start : before.name_start])
    follows = reading.words[mention.end + 1 : mention.end + 2]
    placed = bool(follows) and (
        follows[0] in vocabulary.words["locatives"] or reading.text[reading.starts[mention.end + 1]].isupper()
    )
    return listed and located and placed


def _has_frame(mention: Mention) -> bool:
    """Tell whether a place has words of relation of its own, and not those of a list ("near X, Y and Z")."""
    return (mention.start, mention.end) != (mention.name_start, mention.name_end)


def _is_known_site(mention: Mention) -> bool:
    """Tell whether a name is that of a site whose point is known."""
    place = mention.resolution.place
    return place is not None and place.kind is PlaceKind.SITE


def _is_small(mention: Mention) -> bool:
    """Tell whether a name is that of a known town, village or site, and no river's."""
    place, relation = mention.resolution.place, mention.resolution.toponym.relation.kind
    known = place is not None and place.kind in {PlaceKind.SETTLEMENT, PlaceKind.SITE}
    return known and not mention.rank and relation is RelationKind.AT


def _has_article(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether an article stands before a name, as before a river's and no town's ("l'Oskil")."""
    start = mention.name_start
    return start > 0 and reading.words[start - 1] in vocabulary.words["articles"]


def _encloses(reading: Reading, before: Mention, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a name is that of the land where the one before lies ("Beit Lahiya in northern Gaza")."""
    words = reading.words[before.end : mention.name_start]
    if any(reading.marks[before.end : mention.name_start]) or not words:
        return False
    if len(words) == 1 and words[0] in vocabulary.words["inside"] and _is_known_site(before):
        return not mention.rank and not is_astray(reading, before, mention)  # "the plant in X"
    if not 1 < len(words) <= _FRAME_REACH:
        return False
    if words[-1] in vocabulary.words["locatives"] and words[-1] not in vocabulary.words["origins"]:
        return False  # "from X in the east to Y"
    compass = tuple(vocabulary.words["compass"])
    return words[0] in vocabulary.words["inside"] and any(word.startswith(compass) for word in words[1:])

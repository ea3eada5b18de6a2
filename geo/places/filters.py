"""Which names are places at all, and in what role: persons, papers, demonyms and governments."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress

from geo.model import PlaceKind, RelationKind
from geo.places.capitals import is_capital
from geo.places.drafts import Draft
from geo.places.gazetteer import ADJECTIVE, Entry
from geo.places.governed import is_governed
from geo.places.prominence import rate_prominence
from geo.places.scan import Scene, phrase_labels

__all__ = ["assign_role", "collect_persons", "judge_draft"]

# Weights of evidence, found by hand on English, Ukrainian and Russian texts with marked places
# (benchmarks/places.py); a name counts as a place from ACCEPT on.
ACCEPT = 0.45
STRONG_FRAME = 0.8
LOCATIVE = 0.45
LISTED = 0.2
NESTED = 0.5
GOVERNED = 0.55
COMMON_WORD = -0.35
COMMON_TITLE = -0.7
DIRECTION_WORD = -1.2
ACRONYM = -1.2
COMMON_OPENING = -1.2
LOW_OPENING = -0.35
ALONE = 0.6
GIVEN_NAME = -0.5
MONTH = -1.2
PERSON = -1.6
ORGANISATION = -1.6
LONGER_NAME = -0.7
QUOTED = -0.7
BARE_ADJECTIVE = -1.6


def judge_draft(scene: Scene, draft: Draft, persons: frozenset[str]) -> float:
    """Return the evidence that a name is a place; from `ACCEPT` on it is taken for one."""
    frame = draft.frame
    draft.prominence = rate_prominence(draft.match.entries)
    score = draft.prominence
    score += STRONG_FRAME * frame.strong + LOCATIVE * frame.locative + LISTED * draft.listed
    score += NESTED * bool(draft.within or draft.role == "unit_only")
    score += GOVERNED * (score < ACCEPT and is_governed(scene, draft))
    if score < ACCEPT and not _is_alone(scene, draft):
        return score  # all else speaks against a place
    score += _judge_word(scene, draft) + _judge_neighbours(scene, draft)
    if not _is_unit_named(scene, draft) and _is_person(scene, draft, persons):
        score += PERSON
    return score


def _is_unit_named(scene: Scene, draft: Draft) -> bool:
    """Tell whether words say that a name is a unit's and no person's («глава Глушковского района»)."""
    frame = draft.frame
    return scene.book.genitive and frame.strong and frame.kind in (PlaceKind.DISTRICT, PlaceKind.REGION)


def _judge_word(scene: Scene, draft: Draft) -> float:
    """Weigh the word itself: a common word, a bare adjective."""
    score = 0.0
    labels = scene.marks[draft.index]
    common = bool(labels) and not _COMMON.isdisjoint(labels)
    if common and not draft.frame.kind_after:
        # Where nouns keep their case, titles make capitals of common words ("White House").
        inner = COMMON_WORD if scene.book.genitive else COMMON_TITLE
        score += COMMON_OPENING if _opens(scene, draft.index) else inner
        score += MONTH * ("months" in labels or "demonyms" in labels)
        score += DIRECTION_WORD * _is_capital_part(scene, draft.index)
    elif _is_alone(scene, draft):
        score += ALONE
    elif (
        draft.prominence < _needed(scene, draft) and not draft.frame.strong and scene.count(draft.index) == 1
    ):
        score += LOW_OPENING * _opens(scene, draft.index)
    if "direction" in labels or "direction_adjective" in labels:
        score += DIRECTION_WORD
    if "never" in labels or _is_contracted(scene, draft.index):
        score += ORGANISATION
    if _is_acronym(scene, draft):
        score += ACRONYM
    if "given" in labels and not draft.frame.strong and not draft.frame.locative:
        score += GIVEN_NAME
    alone = draft.frame.last == draft.index + 1
    if alone and _is_adjective_only(draft.match.entries) and _is_attribute(scene, draft):
        score += BARE_ADJECTIVE
    return score


# A place less well known than this is doubted where its capital says nothing, the more before another word.
_KNOWN, _KNOWN_SHOUTED = 0.5, 0.6


def _needed(scene: Scene, draft: Draft) -> float:
    """Return how well known a place must be to be taken for one without more evidence."""
    goes_on = scene.is_shouted(draft.index) and _is_attribute(scene, draft)  # "GLIDE BOMBS"
    return _KNOWN_SHOUTED if goes_on else _KNOWN


def _is_contracted(scene: Scene, index: int) -> bool:
    """Tell whether a word is cut before a verb's ending ("Don't"), which no place's name is."""
    return scene.key(index + 1) in scene.book.contractions and scene.gap(index) in _APOSTROPHES


_APOSTROPHES = ("'", "’")

# Labels of words that are common ones, whatever place is called so.
# A small article that a hyphen ties to a surname ("el-Chareh").
_PARTICLE = re.compile(r"[a-z]{2,3}-[^\W\d_a-z]")
_COMMON = frozenset({"words", "months", "demonyms", "titles"})


def _opens(scene: Scene, index: int) -> bool:
    """Tell whether a name's capital says nothing: where a sentence opens, and among capitals."""
    return scene.opens(index) or _is_titled(scene, index)


def _is_adjective_only(entries: tuple[Entry, ...]) -> bool:
    if not entries or entries[0].flag != ADJECTIVE:
        return False
    return all(entry.flag == ADJECTIVE for entry in entries)


# So many words of a force's name may stand from one that is a place's name on.
_LONGEST_FORCE = 3

# A longer word all in capitals is a name that is shouted.
_LONGEST_ACRONYM = 4


def _is_capital_part(scene: Scene, index: int) -> bool:
    """Tell whether a capital word of the compass before a common word makes a title ("Northern Line")."""
    capital = scene.soft(index - 1) and scene.is_capital(index - 1)
    return capital and "direction_adjective" in scene.labels(index - 1) and not scene.opens(index - 1)


def _is_acronym(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is an abbreviation that stands for no country, region or known site."""
    start, end = scene.start(draft.index), scene.end(draft.index)
    if scene.tokens.text[end : end + 1] == "$":  # a country's money
        return True
    if scene.is_shouted(draft.index) and scene.key(draft.index + 1).isdigit() and scene.soft(draft.index):
        return True  # a road: "U.S. 27"
    if end - start > _LONGEST_ACRONYM or scene.count(draft.index) > 1 or not scene.is_shouted(draft.index):
        return False
    kinds = (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.SITE, PlaceKind.AREA)
    return not any(
        entry.place.kind in kinds or entry.prior > 0.5 or entry.own for entry in draft.match.entries
    )


def _is_alone(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is all of a line or sentence, as in a heading."""
    text = scene.tokens.text
    first, last = draft.frame.first, draft.outer_last - 1
    after = text[scene.end(last) : scene.end(last) + 3].lstrip()
    ends = not after or after[0] in ".;:|\n" or text[scene.end(last) : scene.end(last) + 2].startswith("\n")
    return ends and scene.opens(first)


# So many words on each side tell whether a name stands in a headline or a line of capitals.
_TITLE_REACH = 4


def _is_titled(scene: Scene, index: int) -> bool:
    """Tell whether nearly all words around a name are capital, so that its capital says nothing."""
    capitals, first = scene.tokens.capitals, scene.firsts[index]
    around = capitals[max(0, first - _TITLE_REACH) : first + _TITLE_REACH + 1]
    return len(around) > 4 and sum(around) >= 0.75 * len(around)


def _is_attribute(scene: Scene, draft: Draft) -> bool:
    """Tell whether an adjective goes on into a noun that is no kind of place."""
    after = draft.index + 1
    if not scene.soft(draft.index) or draft.listed:
        return False
    labels = scene.labels(after)
    return not ("conjunction" in labels or "locative" in labels)


_QUOTES = frozenset('«»“”„"')


def _judge_neighbours(scene: Scene, draft: Draft) -> float:
    """Weigh the words beside: papers, institutes, ships, longer names, quotes."""
    index = draft.index
    # A hyphen between spaces parts as a dash does ("BAMAKO - Soldiers").
    tied = scene.soft(index) and " - " not in scene.gap(index)
    after = index + 1 if tied and not draft.frame.kind_after else -1
    before = index - 1 if scene.soft(index - 1) and not _QUOTES & set(scene.gap(index - 1)) else -1
    quoted = after >= 0 and not _QUOTES.isdisjoint(scene.gap(index))
    beside = -1 if quoted and not draft.match.adjective else after  # towns are shelled with «Grad»
    score = 0.0
    if "organisation_after" in scene.labels(after) and scene.is_capital(after):
        score += ORGANISATION * ("organisation_keep_after" not in scene.labels(after))
    if _follows_organisation(scene, draft) or _is_armed(scene, index) or _is_compound(scene, draft):
        score += ORGANISATION
    nested = draft.within or draft.role == "unit_only"
    if not draft.frame.strong and not nested and _is_longer_name(scene, before, beside):
        score += LONGER_NAME
    if draft.frame.site is None and draft.frame.kind is None and _is_quoted(scene, index):
        score += QUOTED * (not any(entry.place.kind is PlaceKind.SITE for entry in draft.match.entries))
    return score


def _is_compound(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is only a part of a longer one with a hyphen («Рыбинск-инфо», «Баба-яга»)."""
    text, start, end = scene.tokens.text, scene.start(draft.index), scene.end(draft.index)
    if draft.match.adjective:  # "the Lyman-Kupiansk direction"
        return False
    if text[end : end + 1] == "-":
        return text[end + 1 : end + 2].isalpha()
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalpha()


def _follows_organisation(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is what an institute, a ship or a street is called by."""
    at = draft.index - 1
    while scene.soft(at):
        labels = scene.labels(at)
        if "of" not in labels and "article" not in labels:
            return "organisation_before" in labels and "site" not in labels
        at -= 1
    return False


def _is_armed(scene: Scene, index: int) -> bool:
    """Tell whether a name is that of an armed group or a force, alone or as its last or middle word."""
    begin, last = scene.firsts[index], scene.firsts[index + 1]
    if scene.tokens.keys[last - 1] in scene.book.armed and any(
        "organisation_armed" in phrase_labels(scene.book, scene.tokens, first, last)
        for first in range(max(begin - _LONGEST_FORCE + 1, 0), begin + 1)
    ):
        return True
    at = index + 1
    while at < index + _LONGEST_FORCE and scene.soft(at - 1) and scene.is_capital(at):
        # "the Ta'ang National Liberation Army"; a town's own force follows it straight ("the Kharkiv army").
        if "organisation_after" in scene.labels(at):
            named = scene.soft(index - 1) and scene.is_capital(index - 1)
            return named and not scene.opens(index - 1)
        at += 1
    return False


def _is_longer_name(scene: Scene, before: int, after: int) -> bool:
    """Tell whether an unknown capital word makes the name part of a longer one."""
    return _is_unknown_capital(scene, before) or _is_unknown_capital(scene, after)


def _is_unknown_capital(scene: Scene, at: int) -> bool:
    if at < 0 or not scene.is_capital(at):
        return False
    if scene.matches[at] is not None:
        # Two names side by side are one longer name ("Jordan Smith"), save where a genitive ties them.
        return not scene.book.genitive
    if scene.marks[at]:
        return False
    # A capital where a sentence begins, and a word all in capitals, say nothing.
    return not scene.opens(at) and not scene.is_shouted(at)


def _is_quoted(scene: Scene, index: int) -> bool:
    """Tell whether quotes stand straight before and straight after a name."""
    text = scene.tokens.text
    start, end = scene.start(index), scene.end(index)
    return start > 0 and end < len(text) and text[start - 1] in '«“"„' and text[end] in '»”"“'


def collect_persons(scene: Scene) -> frozenset[str]:
    """Collect the surnames that a text gives to persons: after a given name or a title."""
    persons = set()
    capitals, matches, marks = scene.tokens.capitals, scene.matches, scene.marks
    for index in compress(range(len(marks)), map(capitals.__getitem__, scene.firsts[:-1])):
        if matches[index] is not None and scene.soft(index - 1) and _is_unknown_capital(scene, index - 1):
            # "Mevlut Altintas": an unknown capital word makes a surname of the next.
            persons.add(scene.key(index))
        labels = marks[index - 1] if scene.soft(index - 1) else None
        if labels and ("given" in labels or "titles" in labels):
            given = "given" in labels and scene.is_capital(index - 1)
            match = matches[index]
            if given or match is None or _is_titled_person(scene, match.entries):
                persons.add(scene.key(index))
    return frozenset(persons)


def _is_titled_person(scene: Scene, entries: tuple[Entry, ...]) -> bool:
    """Tell whether a title makes a person of a place's name ("Mr Paterson"), where nouns have no cases."""
    return not scene.book.genitive and rate_prominence(entries) < _METROPOLIS


# Letters that a surname's case changes, and the least that must stay.
_CASE_ENDING, _SHORTEST_STEM = 2, 4


# A place as well known as this is no person's name; a metropolis has 500,000 people.
_PROMINENT, _METROPOLIS = 0.8, 0.95


def _is_person(scene: Scene, draft: Draft, persons: frozenset[str]) -> bool:
    """Tell whether a name stands in a frame of a person's name."""
    index = draft.index
    frame = draft.frame
    if frame.kind is not None or frame.site is not None:
        return False
    if scene.soft(index - 1) and scene.is_capital(index - 1) and "given" in scene.labels(index - 1):
        return True
    if "given" in scene.labels(index) and scene.soft(index):
        surname = scene.is_capital(index + 1)
        if surname or _PARTICLE.match(scene.tokens.text, scene.end(index) + 1):
            return True
    # Where nouns have no cases, "Mr Paterson" is a person, however large the city.
    prominent = draft.prominence >= (_PROMINENT if scene.book.genitive else _METROPOLIS)
    if "titles" in scene.labels(index - 1) and scene.soft(index - 1) and not prominent and not frame.locative:
        return True
    return not prominent and not frame.locative and _is_surname(draft.match.key, persons)


def _is_surname(key: str, persons: frozenset[str]) -> bool:
    """Tell whether a name is a person's surname, in the same or another case."""
    if key in persons:
        return True
    stem = key[: len(key) - _CASE_ENDING]
    return len(stem) >= _SHORTEST_STEM and any(
        person.startswith(stem) and abs(len(person) - len(key)) <= _CASE_ENDING for person in persons
    )


def assign_role(scene: Scene, draft: Draft) -> str:
    """Return the role of an accepted name: place, government, origin (unit_only is set before)."""
    if draft.role != "place":
        return draft.role
    if _is_origin(scene, draft):
        return "origin"
    return "government" if _is_government(scene, draft) else "place"


# So many items around a name are searched for a verb of launching, or of speech.
_VERB_REACH = 8
_SPEECH_REACH = 4


def _is_origin(scene: Scene, draft: Draft) -> bool:
    """Tell whether troops or missiles come from there: "launched from X", "brought from X"."""
    if not draft.frame.start_word or draft.frame.relation is RelationKind.DISTANCE:
        return False  # "arrivées à cinq kilomètres de X"
    first = draft.frame.first
    around = [*range(first - 1, first - 1 - _VERB_REACH, -1), *range(draft.frame.last, draft.frame.last + 4)]
    for at in around:
        if at < 0 or at >= len(scene):
            continue
        key = scene.key(at)
        if scene.book.has_stem("withdraw", key):
            return False
        if scene.book.has_stem("origin", key):
            return True
    return False


def _is_government(scene: Scene, draft: Draft) -> bool:
    """Tell whether a capital or a country acts as a government and not as a place."""
    frame = draft.frame
    if frame.strong or frame.relation is not RelationKind.AT or not _can_govern(draft.match.entries):
        return False
    oblique = scene.book.genitive and frame.locative and not frame.inside  # "a strike on Kyiv, warned ..."
    if not oblique and _is_spoken_for(scene, draft):
        return True
    country = all(entry.place.kind is PlaceKind.COUNTRY for entry in draft.match.entries if entry.flag <= 3)
    return country and not frame.locative


@lru_cache(maxsize=20_000)
def _can_govern(entries: tuple[Entry, ...]) -> bool:
    """Tell whether a name can be a country or a country's capital."""
    return any(entry.place.kind is PlaceKind.COUNTRY or is_capital(entry.place) for entry in entries)


def _ends_part(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name that a comma follows is no subject, but what something is done to."""
    first = draft.frame.first
    opens = first == 0 or any(mark in scene.gap(first - 1) for mark in ".;:!?,\n–—")
    return scene.book.genitive and not opens and not draft.frame.inside


def _is_spoken_for(scene: Scene, draft: Draft) -> bool:
    """Tell whether a verb of speech or diplomacy, or "according to", goes with a name."""
    if scene.soft(draft.frame.first - 1) and "government" in scene.labels(draft.frame.first - 1):
        return True
    closed = 0
    for at in range(draft.frame.last, min(draft.frame.last + _SPEECH_REACH, len(scene))):
        gap = scene.gap(at - 1)
        if any(mark in gap for mark in ".;:!?\n"):
            return False
        closed += "," in gap
        if scene.matches[at] is not None and at > draft.frame.last + 1:
            return False
        if not scene.is_capital(at) and scene.book.has_stem("speech", scene.key(at)):
            located = draft.frame.locative and not scene.book.genitive
            first = max(draft.frame.first - 1, 0)
            located = located and scene.opens(first)  # "In Kyiv, officials fear ..."
            return not closed or not (located or _ends_part(scene, draft))  # "they struck Kyiv, said he"
    return False

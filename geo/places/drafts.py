"""Names with their frames, tied to each other: lists, nests, pairs and second names in brackets."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from geo.model import PlaceKind, RelationKind
from geo.places.frames import Frame, read_frame
from geo.places.gazetteer import ADJECTIVE, CASE_FORM, CURRENT_NAME, NICKNAME, TRANSLITERATION, Entry
from geo.places.scan import Match, Scene, phrase_labels

__all__ = ["Draft", "draft_names", "is_unit", "tie_drafts"]

_UNIT_KINDS = (PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.COUNTRY)
_LEVELS = {PlaceKind.COUNTRY: 3, PlaceKind.REGION: 2, PlaceKind.DISTRICT: 1}
_CURRENT_FLAGS = (0, CURRENT_NAME, TRANSLITERATION, CASE_FORM, ADJECTIVE, NICKNAME)

# So many items may stand between two names that are tied ("in the", "and of the").
_TIE_REACH = 3
# So many items before "that of" the kind is named which it stands for.
_AGAIN_REACH = 16


@dataclass(slots=True, eq=False)
class Draft:
    """A name on its way to be a toponym.

    Attributes
    ----------
    index
        Its item in the scene.
    match, frame
        The name, and what stands around it.
    outer_first, outer_last
        Items of the name with everything tied to it, half-open.
    previous, in_list
        The name before it in a list, or None; whether another one follows it there.
    within, others
        Larger units beside it; further names of its relation, or its second name.
    role
        As `geo.model.Toponym.role`.
    dropped
        True where it went into another draft or is no place.
    score
        Evidence that it is a place at all.
    prominence
        How well known its best place is, 0 to 1.
    """

    index: int
    match: Match
    frame: Frame
    outer_first: int
    outer_last: int
    previous: Draft | None = None
    listed: bool = False
    in_list: bool = False
    within: list[Draft] = field(default_factory=list)
    others: list[Draft] = field(default_factory=list)
    role: str = "place"
    dropped: bool = False
    alias: bool = False
    score: float = 0.0
    prominence: float = 0.0


def draft_names(scene: Scene) -> list[Draft]:
    """Read the frame of every name of a scene, in text order."""
    drafts: list[Draft] = []
    for index, match in enumerate(scene.matches):
        if match is None or _is_preposition(scene, index):
            continue
        floor = drafts[-1].frame.last if drafts else 0
        # A kind word that is a name too ("Donetsk Republic") belongs to the name before it.
        if index >= floor:
            frame = read_frame(scene, index, floor)
            if _is_part(match, frame):
                frame.relation = RelationKind.PART_OF
            named = _read_kind(scene, index, match) if frame.kind is None else None
            if named is not None:
                frame.kind, frame.strong = named, True
            if match.land and _has_kind_of(match.entries, PlaceKind.DISTRICT):
                frame.kind, frame.strong = PlaceKind.DISTRICT, True
            if frame.kind is None and frame.site is None:
                _recall_kind(scene, index, frame)
            drafts.append(Draft(index, match, frame, frame.first, frame.last))
    return drafts


def _read_kind(scene: Scene, index: int, match: Match) -> PlaceKind | None:
    """Return what a name of several words says at its end that the place is («Глушковский район»)."""
    if scene.count(index) == 1 or not scene.book.genitive:
        return None
    last = scene.firsts[index + 1]
    labels = phrase_labels(scene.book, scene.tokens, last - 1, last)
    kind: PlaceKind | None = labels["after"][0] if "after" in labels else None
    return kind if kind in _UNIT_KINDS and _has_kind_of(match.entries, kind) else None


def _recall_kind(scene: Scene, index: int, frame: Frame) -> None:
    """Give a name after "that of" the kind last spoken of ("over the X region and over that of Y")."""
    at = index - 1
    while scene.soft(at) and not {"of", "article"}.isdisjoint(scene.labels(at)):
        at -= 1
    if at == index - 1 or at < 0 or not scene.soft(at) or "again" not in scene.labels(at):
        return
    for back in range(at - 1, max(at - 1 - _AGAIN_REACH, -1), -1):
        labels = scene.labels(back)
        if "kind" in labels:
            frame.kind = labels["kind"][0]
        elif "site" in labels:
            frame.site = labels["site"]
        if "kind" in labels or "site" in labels:
            frame.strong = True
            return


def _is_preposition(scene: Scene, index: int) -> bool:
    """Tell whether a capital preposition, also a village's name, opens a sentence before a name ("Под X")."""
    if not scene.opens(index) or {"locative", "near"}.isdisjoint(scene.labels(index)):
        return False
    return scene.soft(index) and index + 1 < len(scene) and scene.matches[index + 1] is not None


def _is_part(match: Match, frame: Frame) -> bool:
    """Tell whether a side without a distance is a part: countries are seldom stood beside."""
    if frame.relation is not RelationKind.SIDE_OF or not match.entries:
        return False
    return any(entry.place.kind is PlaceKind.COUNTRY and entry.flag <= CASE_FORM for entry in match.entries)


def tie_drafts(scene: Scene, drafts: list[Draft]) -> None:
    """Tie names to each other: second names, pairs, lists, and units around smaller places."""
    for left, right in pairwise(drafts):
        _tie_alias(scene, left, right)
    live = [draft for draft in drafts if not draft.dropped]
    for left, right in pairwise(live):
        _tie_list(scene, left, right)
    _share_kinds(live)
    for left, right in pairwise(live):
        _tie_pair(scene, left, right)
    live = [draft for draft in live if not draft.dropped]
    for left, right in reversed(list(pairwise(live))):
        _tie_unit(scene, left, right)


def _tie_alias(scene: Scene, left: Draft, right: Draft) -> None:
    """Take "B" of "A (B)" as a second name of A where both can be the same place."""
    if left.index + 1 != right.index or scene.gap(left.index).strip() != "(" or left.dropped:
        return
    same = {id(entry.place) for entry in left.match.entries} & {
        id(entry.place) for entry in right.match.entries
    }
    if not same:
        return
    left.others.append(right)
    left.alias = right.dropped = True
    left.outer_last = right.frame.last
    if scene.gap(right.index).startswith(")"):
        left.frame.last = right.frame.last


# What stands between a number and its place in a tally.
_DASHES = ("–", "—", "-")


def _tie_list(scene: Scene, left: Draft, right: Draft) -> None:
    """Note that two names stand in one list: a comma or "and" between them, and small words."""
    if not 0 <= right.frame.first - left.outer_last <= _TIE_REACH:
        return
    comma, conjunction = False, False
    # "Seven over the A, six over the B and two over the C regions": numbers stand between adjectives.
    counted = left.match.adjective and right.match.adjective
    for at in range(left.outer_last - 1, right.frame.first):
        gap = scene.gap(at).strip(" \u00a0\u202f«»\"“”'’)")
        if gap not in ("", ",") and not (counted and gap in _DASHES):
            return
        comma = comma or gap == ","
        if at >= left.outer_last:
            labels = scene.labels(at)
            conjunction = conjunction or "conjunction" in labels
            if counted and ("number" in labels or scene.key(at).isdigit()):
                continue
            if not any(label in labels for label in ("conjunction", "article", "of", "locative", "near")):
                return
    if comma or conjunction:
        right.previous = left
        left.in_list = True
        left.listed = right.listed = True
        _share_frame(scene, left, right)


def _share_frame(scene: Scene, left: Draft, right: Draft) -> None:
    """Carry what stands before a list ("near A and B") to its next name."""
    bare = right.frame.first == right.index
    if not bare:
        return
    # "near X, in Y": the second is not near; "près de X et de Y": it is.
    own = right.frame.locative and "of" not in scene.labels(right.index - 1)
    right.frame.locative = right.frame.locative or left.frame.locative
    right.frame.start_word = right.frame.start_word or left.frame.start_word
    near = left.frame.relation in (RelationKind.NEAR, RelationKind.BORDER)
    if near and left.frame.kind is None and not own:
        right.frame.relate(left.frame.relation)


def _share_kinds(drafts: list[Draft]) -> None:
    """Share a kind word in the plural, and a direction, over its list."""
    for draft in drafts:
        left = draft.previous
        if left is not None and left.frame.plural and not left.frame.kind_after and draft.frame.kind is None:
            draft.frame.kind, draft.frame.plural, draft.frame.strong = left.frame.kind, True, True
    for draft in reversed(drafts):
        left = draft.previous
        if left is None:
            continue
        if draft.frame.plural and draft.frame.kind_after and left.frame.kind is None:
            left.frame.kind, left.frame.plural = draft.frame.kind, True
            left.frame.kind_after = left.frame.strong = True
        if draft.frame.relation is RelationKind.AXIS and left.match.adjective:
            left.frame.relate(RelationKind.AXIS)
            left.frame.strong = True


def _tie_pair(scene: Scene, left: Draft, right: Draft) -> None:
    """Take "between A and B" as one toponym."""
    if left.frame.relation is not RelationKind.BETWEEN or right.previous is not left:
        return
    if left.others or not _has_conjunction(scene, left.outer_last, right.frame.first):
        return
    left.others.append(right)
    right.dropped = True
    left.frame.last = left.outer_last = right.frame.last


def _has_conjunction(scene: Scene, first: int, last: int) -> bool:
    return any("conjunction" in scene.labels(at) for at in range(first, last))


def is_unit(draft: Draft) -> bool:
    """Tell whether a name is, by its words or by all that it can mean, a region, district or country."""
    if draft.frame.kind is not None:
        return draft.frame.kind in _UNIT_KINDS
    return _names_unit(draft.match.entries)


# A unit with so many times the people of all towns of its name is meant before them ("Texas").
_TIMES_LARGER = 20


@lru_cache(maxsize=20_000)
def _names_unit(entries: tuple[Entry, ...]) -> bool:
    """Tell whether all that a name can mean now is a region, district or country, and no settlement."""
    found = [entry for entry in entries if entry.flag in _CURRENT_FLAGS]
    units = [entry for entry in found if entry.place.kind in _UNIT_KINDS]
    named = (entry for entry in units if entry.flag != ADJECTIVE)  # "Приморське" alone is no territory
    most = max((entry.place.population for entry in named), default=0) / _TIMES_LARGER
    return bool(units) and not any(
        entry.place.kind is PlaceKind.SETTLEMENT
        and entry.flag <= CURRENT_NAME
        and entry.place.population >= most
        for entry in found
    )


def _level(draft: Draft) -> int:
    if draft.frame.kind in _LEVELS:
        return _LEVELS[draft.frame.kind]
    if draft.frame.kind is None and is_unit(draft):
        return max(_LEVELS.get(entry.place.kind, 0) for entry in draft.match.entries)
    return 0


def _tie_unit(scene: Scene, left: Draft, right: Draft) -> None:
    """Tie a unit to the smaller place beside it: "A, B oblast", "A (B)", "A in B", "B's A"."""
    if left.dropped or right.dropped or right.frame.relation is RelationKind.BETWEEN:
        return
    if not {"inside", "locative"}.isdisjoint(scene.labels(left.index)):
        return  # a preposition with a capital, whatever village is called so
    sign = _read_tie(scene, left.outer_last, right.outer_first)
    if sign == "owner" and is_unit(left) and _level(left) > _level(right):
        _nest(right, left)
        right.outer_first = left.outer_first
    elif sign in ("comma", "bracket", "word") and _can_nest(sign, left, right):
        _nest(left, right)
        left.outer_last = right.outer_last


def _can_nest(sign: str, left: Draft, right: Draft) -> bool:
    """Tell whether the second name can be a unit around the first."""
    if left.frame.kind is PlaceKind.DISTRICT and sign == "word" and _is_city(right):
        return True
    if left.match.adjective and right.match.adjective:
        return False  # "the A, B and C communities"
    if not is_unit(right):
        return sign == "comma" and _is_region_of(right, left)
    if _level(right) <= _level(left):
        return sign == "comma" and _has_town(right.match.entries, left.match.entries)
    return sign == "word" or _can_hold(right.match.entries, left.match.entries)


def _is_region_of(right: Draft, left: Draft) -> bool:
    """Tell whether a name after a comma is the region of the town before it, and not the city of its name.

    "Seattle, Washington" and "Buffalo, New York" are; cities in a list ("London, New York, Paris") are not.
    """
    if (
        left.previous is not None
        or right.in_list
        or left.frame.kind is not None
        or right.frame.kind is not None
    ):
        return False
    if not _has_kind_of(right.match.entries, PlaceKind.SETTLEMENT) or is_unit(left):
        return False
    codes = {
        (entry.place.country_code, entry.place.admin1_code)
        for entry in right.match.entries
        if entry.place.kind is PlaceKind.REGION and entry.place.population >= _LARGE_REGION
    }
    fits = any(
        (entry.place.country_code, entry.place.admin1_code) in codes
        for entry in left.match.entries
        if entry.place.kind is PlaceKind.SETTLEMENT and entry.flag <= CURRENT_NAME
    )
    if fits:
        right.frame.kind = PlaceKind.REGION
    return fits


# Smaller regions are not named without a word for them where a city has the name.
_LARGE_REGION = 1_000_000


def _has_kind_of(entries: tuple[Entry, ...], kind: PlaceKind) -> bool:
    return any(entry.place.kind is kind for entry in entries)


def _has_town(regions: tuple[Entry, ...], countries: tuple[Entry, ...]) -> bool:
    """Tell whether a country's name is also a town's in a region of another name ("Lebanon, Pa.")."""
    if not any(entry.place.kind is PlaceKind.COUNTRY for entry in countries):
        return False
    codes = {
        (entry.place.country_code, entry.place.admin1_code)
        for entry in regions
        if entry.place.kind is PlaceKind.REGION
    }
    return any(
        (entry.place.country_code, entry.place.admin1_code) in codes
        for entry in countries
        if entry.place.kind is PlaceKind.SETTLEMENT and entry.flag <= CURRENT_NAME
    )


# A settlement with fewer people has no districts of its own.
_CITY_POPULATION = 100_000


def _is_city(draft: Draft) -> bool:
    """Tell whether a name can be a city that has districts ("the Kirovskyi district of Donetsk")."""
    if draft.frame.kind not in (None, PlaceKind.SETTLEMENT):
        return False
    return any(
        entry.place.kind is PlaceKind.SETTLEMENT and entry.place.population >= _CITY_POPULATION
        for entry in draft.match.entries
    )


def _nest(small: Draft, large: Draft) -> None:
    small.within.extend([large, *large.within])
    small.listed = small.listed and large.previous is not small
    if large.frame.relation is RelationKind.AT or small.frame.relation is not RelationKind.AT:
        large.role = "unit_only"
    if large.previous is small:
        large.previous = None


# Words that may stand between a place and the unit around it.
_TIES = frozenset({"of", "inside", "article"})


def _read_tie(scene: Scene, first: int, last: int) -> str:
    """Name what stands between two names: comma, bracket, word, owner, or nothing that ties."""
    if last < first or last - first > _TIE_REACH:
        return ""
    labels = [scene.labels(at) for at in range(first, last)]
    owner = last - first == 1 and scene.key(first) in scene.book.possessives
    ties = all(not _TIES.isdisjoint(found) for found in labels)
    gaps = "".join([scene.gap(at) for at in range(first - 1, last)]) if ties or owner else ""
    gaps = gaps.strip(" \u00a0\u202f«»\"“”’'")
    if owner and not gaps.strip():
        return "owner"
    if not ties:
        return ""
    if not gaps:
        return "word" if labels or scene.book.genitive else ""
    if labels:
        # "A, in the B region" ties as "A in the B region" does; a mere article does not.
        return "word" if gaps == "," and any("inside" in found for found in labels) else ""
    return {",": "comma", "(": "bracket", ", (": "bracket"}.get(gaps, "")


def _can_hold(units: tuple[Entry, ...], places: tuple[Entry, ...]) -> bool:
    """Tell whether any place of one name lies in a unit of the other; True where a name is unknown."""
    if not units or not places:
        return True
    codes = {
        (
            entry.place.country_code,
            entry.place.admin1_code if entry.place.kind is not PlaceKind.COUNTRY else "",
        )
        for entry in units
    }
    return any(
        (entry.place.country_code, entry.place.admin1_code) in codes
        or (entry.place.country_code, "") in codes
        for entry in places
    )

"""Names that the gazetteer lacks: adjectives made from known names, and words in frames of places."""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress

from geo.model import PlaceKind, RelationKind
from geo.places.frames import read_frame
from geo.places.gazetteer import TRANSLITERATION, Gazetteer
from geo.places.prominence import rate_prominence
from geo.places.scan import Match, Scene

__all__ = ["add_unknown_names"]

_NAMED_KINDS = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.REGION)
_LONGEST_UNKNOWN = 3


def add_unknown_names(scene: Scene, gazetteer: Gazetteer, *, every_mention: bool = False) -> None:
    """Give items that are capital words in a place's frame a match (without places, if none is known)."""
    firsts, marks = scene.firsts, scene.marks
    for token in compress(range(len(scene.tokens)), scene.tokens.capitals):
        index = bisect_left(firsts, token)  # items are merged on the way
        if firsts[index] != token:
            continue
        if scene.book.cases:
            _try_pair(scene, index, gazetteer)
            _try_cases(scene, index, gazetteer)
        if scene.matches[index] is None and not marks[index] and _may_be_name(scene, index):
            _try_land(scene, index, gazetteer)
            _try_adjective(scene, index, gazetteer)
            if scene.matches[index] is None:
                _try_frame(scene, index, every_mention=every_mention)


# A case form is looked up by rule where the gazetteer does not have it; only well-known places are found
# so, and only where what the gazetteer has is much less known.
_KNOWN = 0.5
_BETTER_BY = 0.05


def _try_pair(scene: Scene, index: int, gazetteer: Gazetteer) -> None:
    """Match two capital words by the nominatives that they may be case forms of ("Зеленого Гаю")."""
    if not (scene.is_capital(index + 1) and scene.is_capital(index) and scene.soft(index)):
        return
    first = scene.firsts[index]
    if scene.count(index) > 1 or scene.count(index + 1) > 1 or not scene.tokens.joins(first):
        return
    name = _find_pair(scene.key(index), scene.key(index + 1), scene, gazetteer)
    if name:
        key = f"{scene.key(index)} {scene.key(index + 1)}"
        scene.merge(index, index + 2, Match(first, first + 2, key, gazetteer.find(name), lookup=name))


def _find_pair(first: str, second: str, scene: Scene, gazetteer: Gazetteer) -> str:
    """Return a name of two words that both words may be case forms of, remembered; empty if none is known."""
    memo = scene.book.memo
    found: str | None = memo.get((first, second))
    if found is None:
        found = memo[first, second] = _search_pair(first, second, scene, gazetteer)
    return found


def _search_pair(first: str, second: str, scene: Scene, gazetteer: Gazetteer) -> str:
    seconds = {second, *scene.book.undo_cases(second)}
    for nominative in scene.book.undo_cases(first):
        starts = gazetteer.starting_with(nominative)
        for word in sorted(starts.seconds & seconds):
            if f"{nominative} {word}" in starts.names:
                return f"{nominative} {word}"
    return ""


def _try_cases(scene: Scene, index: int, gazetteer: Gazetteer) -> None:
    """Match a single word by the nominative that it may be a case form of."""
    match, first = scene.matches[index], scene.firsts[index]
    if scene.count(index) > 1 or not _may_be_name(scene, index):
        return
    if match is None and scene.marks[index]:
        return
    known = rate_prominence(match.entries) + _BETTER_BY if match is not None else _KNOWN
    if known >= 1.0:
        return
    name = _find_nominative(scene.key(index), scene, gazetteer, max(known, _KNOWN))
    if name:
        scene.matches[index] = Match(first, first + 1, scene.key(index), gazetteer.find(name), lookup=name)


def _find_nominative(key: str, scene: Scene, gazetteer: Gazetteer, least: float) -> str:
    """Return the best-known name that a word may be a case form of; empty if none is known enough."""
    memo = scene.book.memo
    found = memo.get(("case", key))
    if found is None:
        rated = [
            (rate_prominence(entries), name)
            for name in scene.book.undo_cases(key)
            if (entries := tuple(entry for entry in gazetteer.find(name) if entry.flag < TRANSLITERATION))
        ]
        found = max(rated, default=(0.0, ""), key=lambda pair: pair[0])
        memo["case", key] = found
    return found[1] if found[0] >= least else ""


def _may_be_name(scene: Scene, index: int) -> bool:
    """Tell whether a word is capital, and not an abbreviation all in capitals."""
    return scene.is_capital(index) and not scene.is_shouted(index)


def _try_land(scene: Scene, index: int, gazetteer: Gazetteer) -> None:
    """Match the name of the land around a town by the adjective of its district ("Ізюмщина")."""
    key = scene.key(index)
    name = scene.book.name_land(key) if scene.book.lands and scene.count(index) == 1 else ""
    if not name or not gazetteer.find(name):
        return
    units = (f"{name} {word}" for word in scene.book.kind_words[PlaceKind.DISTRICT])
    name = next((unit for unit in units if gazetteer.find(unit)), name)
    first = scene.firsts[index]
    scene.matches[index] = Match(first, first + 1, key, gazetteer.find(name), lookup=name, land=True)


def _try_adjective(scene: Scene, index: int, gazetteer: Gazetteer) -> None:
    """Match an adjective before a kind word by the name that it is made from."""
    key = scene.key(index)
    if not scene.book.is_adjective(key) or not _goes_on(scene, index):
        return
    name = find_adjective(key, gazetteer, scene)
    if name:
        first, last = scene.firsts[index], scene.firsts[index + 1]
        match = Match(first, last, key, gazetteer.find(name), adjective=True, lookup=name)
        scene.matches[index] = match


def _goes_on(scene: Scene, index: int) -> bool:
    """Tell whether a kind word or a direction follows, straight or after more adjectives of a list."""
    for at in range(index, min(index + 4, len(scene) - 1)):
        labels = scene.labels(at + 1)
        if "after" in labels or "axis" in labels:
            return True
        if not (scene.is_capital(at + 1) or "conjunction" in labels):
            return False
    return False


def find_adjective(key: str, gazetteer: Gazetteer, scene: Scene) -> str:
    """Return the folded name that an adjective may be made from; empty if none is known."""
    return next((name for name in scene.book.restore_names(key) if gazetteer.find(name)), "")


def _try_frame(scene: Scene, index: int, *, every_mention: bool) -> None:
    """Match unknown capital words after "the village of" and the like."""
    if not _has_words_beside(scene, index):
        return
    frame = read_frame(scene, index)
    named = frame.kind in _NAMED_KINDS or (frame.site is not None and _is_quoted(scene, index))
    placed = frame.inside or frame.relation is not RelationKind.AT  # "south of Bikoro"
    if not (named or (every_mention and placed)):
        return
    last = index + 1
    while last < len(scene) and last - index < _LONGEST_UNKNOWN and _continues(scene, last):
        last += 1
    first, end = scene.firsts[index], scene.firsts[last]
    scene.merge(index, last, Match(first, end, " ".join(scene.tokens.keys[first:end]), ()))


def _has_words_beside(scene: Scene, index: int) -> bool:
    """Tell whether a word that can say something of a name stands beside it: only then it has a frame."""
    if scene.soft(index - 1) and scene.marks[index - 1]:
        return True
    if not scene.soft(index):
        return False
    return bool(scene.marks[index + 1]) or scene.key(index + 1) in scene.book.possessives


def _is_quoted(scene: Scene, index: int) -> bool:
    """Tell whether a quote opens straight before a word ("аеродром «Ікс»")."""
    start = scene.start(index)
    return start > 0 and scene.tokens.text[start - 1] in '«“"„'


def _continues(scene: Scene, at: int) -> bool:
    return scene.soft(at - 1) and scene.matches[at] is None and scene.is_capital(at) and not scene.marks[at]

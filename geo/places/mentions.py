"""Every mention of a place, for counting: also in names of public bodies and of what is based there.

A claim needs a place where something happened; a count of mentions takes a country that acts, a county whose
sheriff speaks and a town that a firm is based in.
"""

from __future__ import annotations

from geo.model import PlaceKind
from geo.places.drafts import Draft
from geo.places.filters import ACCEPT
from geo.places.gazetteer import Gazetteer
from geo.places.scan import Match, Scene

__all__ = ["merge_landscapes", "raise_mentions"]

# So many capital words may stand between a place and the word for a public body.
_BODY_REACH = 4
# A place less known than this is no part of a public body's name, unless the word for it follows straight.
_KNOWN = 0.5
_LONGEST_INITIALS = 4
# What a hyphen ties to a common word is well known, or a unit.
_WELL_KNOWN = 0.7
_UNIT_KINDS = (PlaceKind.COUNTRY, PlaceKind.REGION)
_COMMON = frozenset({"words", "months", "demonyms", "titles"})


# A landscape's name has no more words of its own before the word for it ("Prince of Wales Island").
_LANDSCAPE_WORDS = 2


def merge_landscapes(scene: Scene, gazetteer: Gazetteer) -> None:
    """Make one name of capital words and the word for a landscape ("Wolfe Island", "Lake Saint Clair")."""
    index = 0
    while index < len(scene) - 1:
        last = _find_landscape(scene, index)
        if last:
            first, end = scene.firsts[index], scene.firsts[last]
            key = " ".join(scene.tokens.keys[first:end])
            scene.merge(index, last, Match(first, end, key, gazetteer.find(key)))
        index += 1


def _find_landscape(scene: Scene, index: int) -> int:
    """Return the item after a landscape's name that begins at an item, or 0."""
    if not _may_open(scene, index):
        return 0
    if scene.key(index) in scene.book.landscapes_before:
        return index + 2 if _goes_on(scene, index + 1) and not scene.marks[index + 1] else 0
    for at in range(index + 1, index + 1 + _LANDSCAPE_WORDS):
        if not _goes_on(scene, at):
            return 0
        if scene.key(at) in scene.book.landscapes:
            return at + 1
    return 0


def _may_open(scene: Scene, index: int) -> bool:
    if not scene.is_capital(index) or scene.is_shouted(index):
        return False
    return scene.matches[index] is not None or not scene.marks[index] or not scene.opens(index)


def _goes_on(scene: Scene, at: int) -> bool:
    return at < len(scene) and scene.soft(at - 1) and scene.is_capital(at) and not scene.is_shouted(at)


def raise_mentions(scene: Scene, drafts: list[Draft]) -> None:
    """Accept the names that are places by what they are, wherever they stand."""
    for draft in drafts:
        if draft.score >= ACCEPT or draft.dropped:
            continue
        if _is_landscape(scene, draft):
            draft.score = ACCEPT
        elif not draft.match.entries:
            continue
        elif _is_initials(scene, draft) or _is_public(scene, draft) or _is_tied(scene, draft):
            draft.score = ACCEPT


def _is_landscape(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name of several words has the word for a landscape."""
    words = draft.match.key.split()
    after = draft.index + 1
    if len(words) == 1 or ("organisation_after" in scene.labels(after) and scene.is_capital(after)):
        return False  # "Lehigh Valley Hospital"
    return words[-1] in scene.book.landscapes or words[0] in scene.book.landscapes_before


def _is_initials(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is the initials of a country or region ("US", "N.J.", not of its money "US$")."""
    index = draft.index
    if scene.count(index) > 1 or not scene.is_shouted(index):
        return False
    if scene.soft(index) and scene.key(index + 1).isdigit():  # a road: "U.S. 27"
        return False
    text, end = scene.tokens.text, scene.end(index)
    letters = sum(map(str.isalpha, text[scene.start(index) : end]))
    known = any(entry.place.kind in _UNIT_KINDS for entry in draft.match.entries)
    return letters <= _LONGEST_INITIALS and known and text[end : end + 1] != "$"


def _is_public(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name opens that of a public body ("Kent Police", "Adair County Sheriff's Office")."""
    if any(label in _COMMON or label.startswith("organisation") for label in scene.marks[draft.index]):
        return False
    at = draft.frame.last if draft.frame.kind_after else draft.index + 1
    for step in range(_BODY_REACH):
        if not scene.soft(at + step - 1) or not scene.is_capital(at + step):
            return False
        if scene.key(at + step).split()[0] in scene.book.public:
            return step == 0 or draft.prominence >= _KNOWN
    return False


def _is_tied(scene: Scene, draft: Draft) -> bool:
    """Tell whether a hyphen ties a name to a common word or another name ("UK-based", "Russia-Turkey")."""
    text, end = scene.tokens.text, scene.end(draft.index)
    before = scene.start(draft.index) - 1
    known = draft.prominence >= _WELL_KNOWN or _has_name(scene, draft.index)
    if not known or scene.count(draft.index) > 1 or scene.marks[draft.index]:
        return False
    if text[end : end + 1] == "-" and (
        text[end + 1 : end + 2].islower() or _has_name(scene, draft.index + 1)
    ):
        return True
    return before > 0 and text[before] == "-" and _has_name(scene, draft.index - 1)


def _has_name(scene: Scene, at: int) -> bool:
    if not 0 <= at < len(scene):
        return False
    match = scene.matches[at]
    return match is not None and any(entry.place.kind in _UNIT_KINDS for entry in match.entries)

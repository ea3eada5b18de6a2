"""Names that words of war take for their object: "captured X", "X was liberated", "the fall of X"."""

from __future__ import annotations

from geo.places.drafts import Draft
from geo.places.scan import Scene

__all__ = ["is_governed"]

# So many items stand between a verb and its object ("captured the large X"), and a name and its participle.
_BEFORE, _AFTER = 3, 3
_LONGEST_LIST = 8
_PASSED = frozenset({"article", "of", "again", "filler", "start"})
_PHRASE = 4  # words of the longest phrase that follows a name ("came under fire")


def is_governed(scene: Scene, draft: Draft) -> bool:
    """Tell whether a name is what somebody takes, holds, leaves or strikes, by the words beside it.

    Parameters
    ----------
    scene
        The items of a text.
    draft
        A name.

    Returns
    -------
    bool
        Whether a verb (or its noun) stands before the name, or a passive or "has fallen" behind it.
    """
    return _follows_verb(scene, draft.frame.first) or _is_undergone(scene, draft.frame.last)


def _follows_verb(scene: Scene, first: int) -> bool:
    book = scene.book
    for at in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if not scene.soft(at):
            return False
        key = scene.key(at)
        verb = any(book.has_stem(table, key) for table in ("taking", "taken", "withdraw"))
        if verb and (not scene.is_capital(at) or scene.opens(at)):
            return True
        if key not in book.links and _PASSED.isdisjoint(scene.labels(at)):
            return False
    return False


def _is_undergone(scene: Scene, last: int) -> bool:
    last = _pass_list(scene, last)
    if not scene.soft(last - 1):
        return False
    words = " ".join(scene.key(at) for at in range(last, min(last + _PHRASE, len(scene))))
    if any(words == phrase or words.startswith(f"{phrase} ") for phrase in scene.book.fates):
        return True
    for at in range(last, min(last + _AFTER, len(scene))):
        if not scene.soft(at - 1) or scene.is_capital(at):
            return False
        if scene.book.has_stem("taken", scene.key(at)):
            return not scene.book.helpers or scene.key(at - 1) in scene.book.helpers
    return False


def _pass_list(scene: Scene, last: int) -> int:
    """Return where the other names of a list end that goes on behind a name ("X, Y and Z were taken")."""
    end = last
    for at in range(last, min(last + _LONGEST_LIST, len(scene))):
        if "conjunction" in scene.labels(at):
            continue
        if scene.matches[at] is None or not scene.is_capital(at):
            break
        end = at + 1
    return end

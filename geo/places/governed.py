"""Names that a verb of war takes for its object: "captured X", "X was liberated", "the fall of X"."""

from __future__ import annotations

from geo.places.drafts import Draft
from geo.places.scan import Scene

__all__ = ["is_governed"]

# So many items stand between a verb and its object ("captured the large X"), and a name and its participle.
_BEFORE, _AFTER = 3, 3
_PASSED = frozenset({"article", "of", "again", "filler"})


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
        Whether a verb (or its noun) stands before the name, or a passive behind it.
    """
    return _follows_verb(scene, draft.frame.first) or _is_undergone(scene, draft.frame.last)


def _follows_verb(scene: Scene, first: int) -> bool:
    for at in range(first - 1, max(first - 1 - _BEFORE, -1), -1):
        if not scene.soft(at):
            return False
        if not scene.is_capital(at) and scene.book.has_stem("taking", scene.key(at)):
            return True
        if _PASSED.isdisjoint(scene.labels(at)):
            return False
    return False


def _is_undergone(scene: Scene, last: int) -> bool:
    helpers = scene.book.helpers
    for at in range(last, min(last + _AFTER, len(scene))):
        if not scene.soft(at - 1) or scene.is_capital(at):
            return False
        if scene.book.has_stem("taken", scene.key(at)):
            return not helpers or scene.key(at - 1) in helpers
    return False

"""Words of war that only say how a thing was done, or count what was told: they state nothing themselves."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.parts import Mention, Trigger, cut_range, find_first
from geo.claims.scene import Scene

__all__ = ["adds_nothing"]

_WON = frozenset({"take", "advance", "hold"})
_HOW_REACH, _OWN_REACH = 5, 3  # so near before an offensive stands "in", and behind it where it leads
_FIGHTS = frozenset({"clashes", "strikes"})


def adds_nothing(
    scene: Scene, trigger: Trigger, triggers: Sequence[Trigger], mentions: Sequence[Mention]
) -> bool:
    """Tell whether a trigger states nothing beside the others of its sentence.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        One of the triggers of a sentence.
    triggers
        All of them, in order.
    mentions
        The places of the sentence, in order.

    Returns
    -------
    bool
        Whether it is an offensive in which something was won, or counts fights told of before.
    """
    if trigger.name == "offensive":
        return _tells_how(scene, trigger, triggers, mentions)
    return trigger.name == "gather" and _counts_fights(scene, trigger)


def _tells_how(
    scene: Scene, trigger: Trigger, triggers: Sequence[Trigger], mentions: Sequence[Mention]
) -> bool:
    """Tell whether an offensive only says how a place was won ("freed X and Y in a swift offensive")."""
    if not any(t.name in _WON and t.form == "verb" and t.end <= trigger.start for t in triggers):
        return False
    own = find_first([mention.start for mention in mentions], trigger.end, trigger.end + _OWN_REACH)
    near = range(max(trigger.start - _HOW_REACH, 0), trigger.start)
    ahead = [scene.reading.words[at] for at in near if not any(scene.reading.marks[at : trigger.start])]
    return own is None and not scene.vocabulary.words["during"].isdisjoint(ahead)


def _counts_fights(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether "most of them" are fights and no men ("46 assaults, most of them near X")."""
    if scene.vocabulary.words["objects"].isdisjoint(scene.reading.words[trigger.start : trigger.end]):
        return False
    start = next(s.start for s in scene.reading.sentences if s.start <= trigger.start < s.end)
    before = cut_range(scene.figures, start, trigger.start)
    return bool(before) and before[-1].quantity.unit in _FIGHTS

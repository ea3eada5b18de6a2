"""Places that only are on somebody's way: where those come from who strike, where those go who leave."""

from __future__ import annotations

from geo.claims.parts import Mention, Trigger, find_first
from geo.claims.scene import Scene
from geo.model import Kind, RelationKind

__all__ = [
    "is_also_base",
    "is_base",
    "is_goal",
    "is_launched_from",
    "is_sent_from",
    "leads",
    "only_measures",
]

_GOALS = frozenset({RelationKind.AT, RelationKind.BANK, RelationKind.PART_OF})
_STARTS = frozenset({RelationKind.AT, RelationKind.PART_OF})  # "с юга Ливана"

# From where a way starts to where it leads, in tokens.
_ROUTE_REACH = 5


def is_base(scene: Scene, mention: Mention) -> bool:
    """Tell whether those who strike or gather come from a place, where "from" means nothing else."""
    words, small = scene.reading.words, scene.vocabulary.words
    if mention.anaphor and words[mention.name_end - 1] in small["heres"]:
        return not small["origins"].isdisjoint(words[max(mention.start - 1, 0) : mention.name_end])
    near = mention.resolution.toponym.relation.kind is RelationKind.NEAR and _is_from_under(scene, mention)
    if small["articles"] or not (near or mention.resolution.toponym.relation.kind in _STARTS):
        return False
    start = mention.start
    while start > 1 and words[start - 1] in small["soil"]:
        start -= 1
    return words[start] in small["origins"] or (start > 0 and words[start - 1] in small["origins"])


def _is_from_under(scene: Scene, mention: Mention) -> bool:
    """Tell whether "from" is tied to "near" by a hyphen ("з-під Покровська", "из-под Курска")."""
    reading = scene.reading
    origins = scene.vocabulary.words["origins"]
    near = range(max(mention.start - 1, 0), mention.name_start)
    return any(reading.words[i] in origins and reading.text[reading.ends[i]] == "-" for i in near)


def is_launched_from(scene: Scene, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether fire only comes from a place ("shelled X from Y"), in a language of fixed order."""
    if trigger.kind is not Kind.STRIKE or mention.start < max(trigger.end, 1) or mention.anaphor:
        return False
    ahead = scene.reading.words[mention.start - 1 : mention.start + 1]
    starts = scene.vocabulary.course["from"]
    alone = any(len(phrase) == 1 for word in ahead if word in starts for phrase in starts[word])
    return alone and bool(scene.vocabulary.words["articles"])


def is_sent_from(scene: Scene, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether a place is only where forces come from ("reinforcements from X reached Y")."""
    if (
        trigger.name != "gather"
        or mention.start < 2
        or mention.resolution.toponym.relation.kind is not RelationKind.AT
    ):
        return False
    came = scene.reading.words[mention.start - 1] in scene.vocabulary.words["origins"]
    return came and find_first(scene.things["force"], mention.start - 2, mention.start - 1) is not None


def is_also_base(scene: Scene, mention: Mention, mentions: list[Mention]) -> bool:
    """Tell whether a place stands in a list of those that they come from ("from X and Y")."""
    before = next((m for m in reversed(mentions) if m.end <= mention.start), None)
    if before is None or not is_base(scene, before):
        return False
    between = scene.reading.words[before.end : mention.start]
    return scene.vocabulary.words["coordinators"].issuperset(filter(None, between))


def leads(scene: Scene, mention: Mention, mentions: list[Mention], trigger: Trigger) -> bool:
    """Tell whether a motion is not told of a place of its way: an advance's start, a retreat's goal."""
    if trigger.kind is Kind.ADVANCE:
        base = _is_origin(scene, mention, mentions) or is_base(scene, mention)
        return base or _is_left(scene, mention, mentions, trigger)
    before = [m for m in mentions if m.end <= mention.start]
    return (bool(before) and _is_origin(scene, before[-1], mentions)) or is_goal(scene, mention, trigger)


def _is_left(scene: Scene, mention: Mention, mentions: list[Mention], trigger: Trigger) -> bool:
    """Tell whether others come from a place than those who advance ("people fled X as they came to Y")."""
    if mention.end > trigger.start or mention.start == 0 or not scene.vocabulary.words["articles"]:
        return False
    came = scene.reading.words[mention.start - 1] in scene.vocabulary.words["origins"]
    return came and any(other.start >= trigger.end for other in mentions)


def is_goal(scene: Scene, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether a place is where those go who retreat ("fell back to X"), and not where they were."""
    if mention.start < trigger.end or mention.anaphor:
        return False
    words, goals = scene.reading.words, scene.vocabulary.words["retreats"]
    frame = words[max(mention.start - 1, trigger.end - 1) : mention.name_start]
    return mention.resolution.toponym.relation.kind in _GOALS and not goals.isdisjoint(frame)


def _is_origin(scene: Scene, mention: Mention, mentions: list[Mention]) -> bool:
    """Tell whether a place is only where those set out who move to another ("from Selydove towards X")."""
    words, origins = scene.reading.words, scene.vocabulary.words["origins"]
    if mention.resolution.toponym.relation.kind is not RelationKind.AT or mention.start == 0:
        return False
    if words[mention.start] not in origins and words[mention.start - 1] not in origins:
        return False
    after = next((m for m in mentions if m.start >= mention.end), None)
    if after is None or after.name_start - mention.end > _ROUTE_REACH:
        return False
    return not scene.vocabulary.words["goals"].isdisjoint(words[mention.end : after.name_start])


def only_measures(trigger: Trigger, mention: Mention, mentions: list[Mention]) -> bool:
    """Tell whether a place only says how far off another one is that was taken or struck."""
    if mention.resolution.toponym.relation.kind is not RelationKind.DISTANCE or mention.start < trigger.end:
        return False
    nearer = any(trigger.end <= m.start < mention.start for m in mentions)
    return nearer and trigger.kind in {Kind.CONTROL, Kind.STRIKE}

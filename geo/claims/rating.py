"""How well a side that a clause names fits as the one who acts, by where it stands and what is said of it."""

from __future__ import annotations

from geo.claims.parts import SideMention, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.model import Kind

__all__ = [
    "fires",
    "is_there",
    "is_thrown_out",
    "is_unmanned",
    "is_yielded_to",
    "names_attacker",
    "owns_target",
    "rate_side",
]

_MOVING = frozenset({Kind.ADVANCE, Kind.WITHDRAWAL})
_COUNTED_REACH = 5  # tokens of a number and whom it counts
_NEAR = 3
_COUNT_GAP = 2  # tokens of a number between "up" and those whom it counts
_AGENT_REACH = 7
_THERE_REACH = 3  # so near behind who is there stands where
_HAND_REACH = 3  # so near behind "in the hands of" stand those whose hands they are
# Of these a side right behind the verb is whom it is done to ("pushed back Ukrainian units near X").
_EXPELLING = frozenset({"take", "advance"})
_MEN_REACH = 2  # so near behind their side's name stand men that a verb has for its object
_YIELDING = frozenset({"fall", "lose"})
# Of these forms the one who acts stands beside: "Russian strikes", "10,000 North Korean troops".
_NOMINAL = frozenset({"noun", "count"})
# What a state that does not fight can tell of itself ("denies having moved tanks to X").
_DONE_BY_SELF = frozenset({"gather", "withdraw"})
# How well a side fits that stands before or after its verb, by (passive, before).
_RATES = {(False, True): 3.0, (False, False): 1.5, (True, True): 0.6, (True, False): 1.2}


def rate_side(scene: Scene, trigger: Trigger, side: SideMention, *, passive: bool) -> float:
    """Rate how well a side fits as the one who does what a trigger states.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    side
        A side that the clause names.
    passive
        Whether the trigger is a passive verb.

    Returns
    -------
    float
        The higher, the better.
    """
    words = scene.vocabulary.words
    before, noun = side.end <= trigger.start, trigger.form in _NOMINAL
    own = trigger.form == "noun" and trigger.name in _DONE_BY_SELF  # "a build-up of Russian troops"
    gap = trigger.start - side.end if before else side.start - trigger.end
    near = 1.0 / (1 + max(gap, 0))
    ahead = scene.reading.words[max(side.start - 3, 0) : side.start]
    agent = not words["agents"].isdisjoint(ahead) and (passive or not before) and gap <= _AGENT_REACH
    apart = noun and not before and "," in scene.reading.marks[trigger.end : side.start]
    agent = agent and not apart  # "the capture of X, a claim contested by Y"
    agent = agent or (side.agentive and trigger.form != "verb")
    if agent or (not before and (_receives(scene, trigger, side) or fires(scene, trigger, side))):
        return 5 + near
    if not before and (
        (trigger.kind is Kind.STRIKE and gap <= 1 and _owns_weapon(scene, side))
        or (trigger.form == "verb" and not gap and _ends_in_strike(scene, trigger))
    ):
        return 4 + near  # "it was hit by a drone of X", "the port has taken twelve raids of X"
    near_by = scene.reading.words[max(side.start - 2, 0 if before else trigger.end - 1) : side.start]
    aimed = not words["against"].isdisjoint(near_by) and (noun or not before) and not own
    aimed = aimed and not (trigger.form == "count" and gap <= _COUNT_GAP)  # "up to 30,000 troops of X"
    aimed = aimed or (before and not noun and is_unmanned(scene, trigger, side))
    if aimed or (apart and trigger.kind is Kind.CONTROL):  # "After the fall of X, Y's troops hoped to ..."
        return 0.2 + near / 10
    target = is_target(scene, side)
    object_ = owns_target(scene, side) and (before or not scene.vocabulary.genitives)
    if not before:
        object_ = object_ or _is_done_to(scene, trigger, side, noun=noun, passive=passive)
    if object_:  # "the resistance of X collapsed, Y was taken"
        return 0.3 if target or trigger.kind is Kind.STRIKE else 0.3 + near / 10
    if noun:
        inside = trigger.start <= side.start < trigger.end  # "Ukraine: a Russian strike on ..."
        return 4 if inside else (3 if 0 <= gap <= _NEAR else 1) + near
    # Whom a participle before it names ("taken by X, it is shelled by Y") is no subject of a verb.
    beside = before and not words["with"].isdisjoint(ahead)  # "drones of X that fly beside those of Y"
    return 1.0 + near / 10 if (side.agentive and before) or beside else _RATES[passive, before] + near


def is_unmanned(scene: Scene, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether weapons of nobody named are the subject ("X is silent on the drones that struck Y").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    side
        A side that is named before.

    Returns
    -------
    bool
        Whether a relative word behind the weapons stands for the subject, and the side does not fire them.
    """
    at, small, words = trigger.start, scene.vocabulary.words, scene.reading.words
    least = max(side.end, at - _NEAR)
    while at > least and words[at - 1] in small["haves"] | small["auxiliaries"]:
        at -= 1
    if trigger.kind is not Kind.STRIKE or at - 1 < side.end or words[at - 1] not in small["which"]:
        return False
    weapon = find_first(scene.things["explosive"], side.end + 1, at - 1)
    if weapon is None or at - 1 - weapon > _NEAR:
        return False
    fired = cut_range(scene.triggers, side.end, weapon)
    return not any(other.kind is Kind.STRIKE and other.form == "verb" for other in fired)


def _receives(scene: Scene, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether a side behind a verb holds what fell ("in the hands of X", "gave way to X")."""
    if trigger.kind is not Kind.CONTROL or trigger.form != "verb":
        return False
    small, last = scene.vocabulary.words, scene.reading.words[trigger.end - 1]
    if last in small["hands"]:
        return side.start - trigger.end <= _HAND_REACH
    return (trigger.name in _YIELDING or last in small["surrenders"]) and is_yielded_to(scene, side)


def fires(scene: Scene, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether fire comes from a side.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    side
        A side named behind it.

    Returns
    -------
    bool
        Whether the verb is one of suffering and "from" stands before the side ("came under fire from X").
    """
    if trigger.kind is not Kind.STRIKE or trigger.form != "verb":
        return False
    words, small = scene.reading.words, scene.vocabulary.words
    suffered = not small["suffers"].isdisjoint(words[trigger.start : trigger.end])
    return suffered and not small["origins"].isdisjoint(words[max(side.start - _NEAR, 0) : side.start])


def is_yielded_to(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side stands behind words of giving way ("fell to X", "surrendered to X")."""
    ahead = scene.reading.words[max(side.start - _NEAR, 0) : side.start]
    return not scene.vocabulary.words["yielding"].isdisjoint(ahead)


def _is_done_to(scene: Scene, trigger: Trigger, side: SideMention, *, noun: bool, passive: bool) -> bool:
    """Tell whether a side after a trigger is its object."""
    # In a language of fixed order what follows a verb is its object.
    if scene.vocabulary.words["agents"] and side.sort != "our" and not noun and not passive:
        return True
    if passive and trigger.kind is Kind.STRIKE and _is_struck(scene, side):
        return True
    if noun and side.sort == "our" and is_target(scene, side):
        return True  # "attacks on the positions of our troops"
    if noun and trigger.kind is Kind.ADVANCE and side.sort == "enemy" and is_object(scene, side):
        return is_target(scene, side)  # "the advance deep into the enemy's defence"
    if trigger.kind in _MOVING and _is_counted(scene, side):
        return False  # "up to a hundred Russians enter the town"
    return trigger.form == "verb" and trigger.kind is not Kind.CONCENTRATION and is_object(scene, side)


def _is_counted(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side is what a number counts."""
    before = cut_range(scene.figures, max(side.start - _COUNTED_REACH, 0), side.start)
    return any(figure.end >= side.start for figure in before)


def _ends_in_strike(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb that speaks of strikes received ends with their noun."""
    if trigger.kind is not Kind.STRIKE or trigger.end - trigger.start < 2:
        return False
    matches = scene.reading.matches.get("trigger", ())
    return any(
        m.end == trigger.end
        and m.start > trigger.start
        and m.sense.form == "noun"
        and m.sense.name == "strike"
        for m in matches
    )


def is_target(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side owns what is struck or broken through ("the enemy's defence")."""
    return find_first(scene.things.get("target", ()), side.start - 1, side.start) is not None


def _owns_weapon(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side stands right after a weapon that is its own."""
    return find_first(scene.things["explosive"], side.start - 1, side.start) is not None


def _is_struck(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side after a passive only says whose it was ("destroyed are the vehicles of X")."""
    words, agentive = scene.reading.words, scene.vocabulary.agentive
    if not agentive or side.agentive or not words[side.start].endswith(scene.vocabulary.genitives):
        return False
    return not words[side.start - 1].endswith(agentive)


def owns_target(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side is only whose what is struck or broken through is ("la défense ennemie")."""
    if scene.vocabulary.genitives:
        return is_target(scene, side) and is_object(scene, side)
    force = find_first(scene.things["force"], side.start - 1, side.start) is not None  # "navires russes"
    return is_target(scene, side) and not force


def is_object(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side after a verb is whom it is done to ("the depth of the enemy's defence")."""
    word, endings = scene.reading.words[side.start], scene.vocabulary.genitives
    if not endings or side.agentive or not word.endswith(endings):
        return False
    if word in endings:  # without cases: an object only behind what can be struck
        return is_target(scene, side)
    return find_first(scene.things["force"], side.start - 1, side.start) is None


def is_there(scene: Scene, trigger: Trigger, side: SideMention) -> bool:
    """Tell whether the words of a trigger say who is somewhere.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What is stated.
    side
        A side inside its words.

    Returns
    -------
    bool
        Whether the side is the one who is there ("the Russians are already in X").
    """
    words, small = scene.reading.words, scene.vocabulary.words
    been = small["auxiliaries"].intersection(words[trigger.start : side.end + 1])
    inside = words[side.end : min(side.end + _THERE_REACH, trigger.end)]
    return bool(been) and not small["locatives"].isdisjoint(inside)


def is_thrown_out(scene: Scene, trigger: Trigger, side: SideMention, *, passive: bool) -> bool:
    """Tell whether a side's men stand as an object right behind a verb of driving out.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens.
    side
        A side that the clause names.
    passive
        Whether the trigger is a passive verb.

    Returns
    -------
    bool
        Whether it is the other side that acts ("pushed back Ukrainian units near X").
    """
    small = scene.vocabulary.words
    if trigger.form != "verb" or passive or trigger.name not in _EXPELLING or side.start != trigger.end:
        return False
    if small["haves"] or not (small["articles"] and small["agents"]):
        return False
    if scene.reading.words[trigger.end - 1] in small["agents"]:
        return False  # "captured by Russian forces"
    return find_first(scene.things["force"], side.end, side.end + _MEN_REACH) is not None


def names_attacker(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb without a subject has an attack as its object («там відбили російський штурм»).

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What was beaten off.

    Returns
    -------
    bool
        Whether only the side behind the verb is named.
    """
    sentence = next(one for one in scene.reading.sentences if one.start <= trigger.start < one.end)
    before = cut_range(scene.sides, sentence.start, trigger.start)
    manned = find_first(scene.things["force"], sentence.start, trigger.start)
    after = cut_range(scene.sides, trigger.end, sentence.end)
    return not scene.vocabulary.words["articles"] and not before and manned is None and len(after) == 1

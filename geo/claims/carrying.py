"""What goes back to a place told of before: "retook it", "its garrison", "and repelled two assaults"."""

from __future__ import annotations

from collections.abc import Sequence

from geo.claims.openings import adds_to, is_undergone
from geo.claims.parts import Clause, Link, Mention, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.claims.ways import is_goal
from geo.claims.wholes import place_key
from geo.model import Kind

__all__ = ["carry", "governs_unknown", "has_pronoun_object", "is_beside", "points_back"]

# What is held, taken or fought for may be a part of the town just spoken of.
_PARTED = frozenset({Kind.CONTROL})
_CLITIC_REACH = 3  # so many words may part a pronoun from its verb ("l'avaient bientôt reprise")
_SHORT = 3  # letters of a preposition, where a noun is longer ("took it in May", "left it over ...")
_OWN_REACH = 3  # so many tokens behind "its" its outskirts or its garrison stand ("its eastern outskirts")
_TOPIC_REACH = 3  # so many sentences a paragraph goes back to the place that it has told of last
_OBJECTS = frozenset({Kind.CONTROL, Kind.WITHDRAWAL})  # "left it over the bridge"
# What a town's garrison does there.
_DEFENDED = frozenset({Kind.CONTROL, Kind.WITHDRAWAL, Kind.CLASH})
# What the subject of the part before can do in the same place, with no more than its verb.
_UNDERGONE = frozenset({"take", "strike"})  # "surrounded and retaken by them"
_ADDED = frozenset({"repel", "battle", "hold", "withdraw"})


def carry(scene: Scene, clause: Clause, trigger: Trigger, before: Sequence[Link]) -> list[Link]:
    """Take the place of the statement before where a trigger refers back to it ("denies shelling it").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence that names no place for the trigger.
    trigger
        What happens in it.
    before
        The links of the last part that told something of a place.

    Returns
    -------
    list of Link
        One for each place that is meant; empty where none is.
    """
    meant = [link.mention for link in before if link.siblings == 0]
    if len(meant) > 1 and _means_one(scene, clause, trigger):
        meant = meant[-1:]
    carried = [Link(trigger, mention, clause, "carried") for mention in meant]
    points = points_back(scene, clause, trigger)
    points = points or _is_in_sector(scene, clause, before)
    if not before or clause.sentence - before[-1].clause.sentence > 1:
        near = carried if points and before and _is_near(scene, clause, before[-1].clause) else []
        if before and _only_leads(scene, clause, trigger) and _is_last(scene, clause, before[-1].clause):
            near = carried
        told = points or is_undergone(scene, clause, trigger) or _hits_site(scene, clause, trigger)
        told = told or _names_toll(scene, clause, trigger)
        return near or (_link_before(scene, clause, trigger) if told else [])
    if points or _only_leads(scene, clause, trigger):
        return carried
    if clause.mentions or (trigger.kind is Kind.CONTROL and governs_unknown(scene, trigger)):
        return []
    goes_on = adds_to(scene, clause, trigger, before[-1].clause) or _goes_on(scene, clause, trigger, before)
    if not goes_on and _names_quarter(scene, clause, before):
        return [Link(trigger, before[-1].mention, clause, "quarter")]
    return carried if goes_on or _refers(scene, clause, trigger, before) else []


def points_back(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a pronoun, a part of it or what is its own stands for a place told of before.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What happens in it.

    Returns
    -------
    bool
        Whether the place must have been told of.
    """
    return any(goes(scene, clause, trigger) for goes in (_takes_it, _takes_part, _is_its_own))


def _means_one(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether "it" is told of: one place and not several ("X and Y are hit. It burns")."""
    words = scene.reading.words[clause.start : min(trigger.end + 1, clause.end)]
    return not scene.vocabulary.words["it"].isdisjoint(words)


def has_pronoun_object(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether the object of a verb is a pronoun ("Ukraine retook it", "les Russes l'ont reprise")."""
    if trigger.form != "verb":
        return False
    words, small = scene.reading.words, scene.vocabulary.words
    if not small["articles"]:
        return _has_free_object(scene, clause, trigger)
    if not small["haves"]:  # a pronoun stands behind its verb, or ends a phrase of it
        return any(words[i] in small["its"] for i in range(trigger.end - 1, min(trigger.end + 1, clause.end)))
    start = trigger.start  # "avant de s'en retirer", whose words begin with the pronoun
    start += words[start] in small["its"] and trigger.end - start > 1
    for index in range(start - 1, max(trigger.start - _CLITIC_REACH, clause.start) - 1, -1):
        if words[index] in small["its"]:  # but not "la contre-attaque", "le drapeau flotte"
            noun = words[trigger.start] in small["flags"] or _may_be_noun(scene, trigger)
            return index + 1 < trigger.start or not noun
        if words[index] not in small["haves"]:
            return False
    return False


def _has_free_object(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether "him", "her" or "it" is an object where the same word means "his": no noun follows it."""
    words, small = scene.reading.words, scene.vocabulary.words
    if trigger.start > clause.start and words[trigger.start - 1] in small["its"]:
        return True
    if trigger.end >= clause.end or words[trigger.end] not in small["its"]:
        return False
    after = words[trigger.end + 1] if trigger.end + 1 < len(words) else ""
    short = len(after) <= _SHORT or after in small["coordinators"]
    return not after.isalpha() or short or bool(cut_range(scene.figures, trigger.end + 1, trigger.end + 2))


def governs_unknown(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb has a name for its object that is no known place ("they hold Ta Kwai")."""
    reading, index = scene.reading, trigger.end
    if trigger.form != "verb" or trigger.kind is Kind.CONCENTRATION:
        return False
    while index < len(reading.words) and reading.words[index] in scene.vocabulary.words["kinds"]:
        index += 1
    if index >= len(reading.words) or not reading.words[index].isalpha() or index in scene.masked:
        return False
    if not reading.text[reading.starts[index]].isupper():
        return False
    known = any(other.start <= index < other.end for other in scene.mentions)
    return not known and not any(side.start <= index < side.end for side in scene.sides)


def _is_near(scene: Scene, clause: Clause, before: Clause) -> bool:
    """Tell whether a paragraph has told of no other place since ("X fell. A year it had stood. Its ...")."""
    sentences = scene.reading.sentences
    first, last = sentences[before.sentence], sentences[clause.sentence]
    if first.paragraph != last.paragraph or clause.sentence - before.sentence > _TOPIC_REACH:
        return False
    since = cut_range(scene.triggers, first.end, last.start)
    others = cut_range(scene.mentions, first.end, clause.start)
    return not (since and any(m.role == "place" and not m.anaphor for m in others))


def _is_last(scene: Scene, clause: Clause, before: Clause) -> bool:
    """Tell whether no other place is named since one was told of, and that was not long ago."""
    if clause.sentence - before.sentence > _TOPIC_REACH:
        return False
    others = cut_range(scene.mentions, scene.reading.sentences[before.sentence].end, clause.start)
    return not any(mention.role == "place" and not mention.anaphor for mention in others)


def _hits_site(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a building or a street is struck, and nothing named ("A drone hit a car downtown")."""
    if trigger.kind is not Kind.STRIKE or any(mention.role == "place" for mention in clause.mentions):
        return False
    things = scene.things.get("site", ()), scene.things["quarter"]
    hit = any(find_first(some, clause.start, clause.end) is not None for some in things)
    return hit and _names_nothing(scene, clause)


def _names_toll(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a strike just told of has victims ("In X ... . Twenty have died since the strike")."""
    if trigger.kind is not Kind.STRIKE or trigger.form != "noun" or clause.mentions or not trigger.start:
        return False
    definite = scene.reading.words[trigger.start - 1] in scene.vocabulary.words["definite"]
    counted = cut_range(scene.figures, clause.start, clause.end)
    return definite and any(figure.quantity.unit == "casualties" for figure in counted)


def _takes_it(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    places = [m for m in clause.mentions if m.role == "place" and not (m.anaphor and m.start >= trigger.end)]
    asides = all(is_beside(scene, mention, trigger) for mention in places)
    return asides and has_pronoun_object(scene, clause, trigger)


def is_ahead(scene: Scene, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether a place behind a verb is where those go on to who did it ("took it and drove on to X")."""
    if mention.start <= trigger.end:
        return False
    words, small = scene.reading.words, scene.vocabulary.words
    goes_on = not small["coordinators"].isdisjoint(words[trigger.end : mention.start])
    return goes_on or not small["goals"].isdisjoint(words[mention.start - 1 : mention.name_start])


def is_beside(scene: Scene, mention: Mention, trigger: Trigger) -> bool:
    """Tell whether a place behind a verb can be no object of it ("left it over the bridge")."""
    before = scene.reading.words[mention.start - 1 : mention.name_start]
    located = trigger.kind in _OBJECTS and not scene.vocabulary.words["locatives"].isdisjoint(before)
    return mention.start > trigger.end and (located or is_ahead(scene, mention, trigger))


def _takes_part(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether what is held or fought for is a thing of the place spoken of ("still hold the plant")."""
    if trigger.form != "verb" or trigger.kind not in _PARTED:
        return False
    if any(mention.role == "place" for mention in clause.mentions):
        return False
    words, small = scene.reading.words, scene.vocabulary.words
    behind = words[trigger.start + 1 : min(trigger.end + 2, clause.end)]
    flagged = not small["banners"].isdisjoint(words[trigger.start : trigger.end])
    if not small["articles"]:  # "удерживает шахту"
        sites = scene.things.get("site", ())
        return flagged or find_first(sites, trigger.end, min(trigger.end + 1, clause.end)) is not None
    return flagged or not small["articles"].isdisjoint(behind)


def _is_its_own(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a place's own outskirts or defenders are told of ("its garrison held out for a year")."""
    if any(mention.role == "place" for mention in clause.mentions):
        return False
    reading, small, quarters = scene.reading, scene.vocabulary.words, scene.things["quarter"]
    for index in range(clause.start, clause.end):
        if reading.words[index] not in small["possessives"] or index in scene.masked:
            continue
        end = min(index + 1 + _OWN_REACH, clause.end)
        end = next((i for i in range(index + 1, end) if reading.marks[i]), end)
        if find_first(quarters, index + 1, end) is not None:
            return True
        if trigger.kind in _DEFENDED and not small["defenders"].isdisjoint(reading.words[index + 1 : end]):
            return True
    return False


def _goes_on(scene: Scene, clause: Clause, trigger: Trigger, before: Sequence[Link]) -> bool:
    """Tell whether those who did one thing in a place did another ("held X and repelled two raids")."""
    last, words, small = before[-1].clause, scene.reading.words, scene.vocabulary.words
    if clause.opener != "coordinator" or clause.sentence != last.sentence or trigger.form != "verb":
        return False
    if any(told.kind is trigger.kind for told in last.triggers):
        return False
    if trigger.name in _UNDERGONE and trigger.start - clause.start == 1 and small["agents"]:
        return not (small["articles"] | small["determiners"]).intersection(
            words[trigger.end : trigger.end + 1]
        )
    if trigger.name not in _ADDED:
        return False
    at = next((i for i in range(clause.start, clause.end) if words[i] in small["coordinators"]), clause.start)
    between = words[at + 1 : trigger.start]
    return at < trigger.start and all(
        word in small["elided"] or word in small["haves"] or word in small["auxiliaries"] for word in between
    )


def _is_in_sector(scene: Scene, clause: Clause, before: Sequence[Link]) -> bool:
    """Tell whether it happened where the one place before lies ("In this sector two raids were repelled")."""
    if not before or any(mention.role == "place" for mention in clause.mentions):
        return False
    told = scene.cues.within("this_sector", clause.start, clause.end)
    return bool(told) and len({place_key(link.mention) for link in before}) == 1


def _only_leads(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a clause says only where those go who leave ("they had fallen back towards X")."""
    places = [mention for mention in clause.mentions if mention.role == "place"]
    leaves = trigger.kind is Kind.WITHDRAWAL and bool(places)
    return leaves and all(is_goal(scene, mention, trigger) for mention in places)


def _may_be_noun(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb's word can be a noun too ("attaque", "avance")."""
    matches = scene.reading.matches.get("trigger", ())
    return any(m.start == trigger.start and m.sense.form == "noun" for m in matches)


def _link_before(scene: Scene, clause: Clause, trigger: Trigger) -> list[Link]:
    """Find the one town or site that the sentence before speaks of."""
    start = scene.reading.sentences[max(clause.sentence - 1, 0)].start
    before = cut_range(scene.mentions, start, clause.start)
    places = [m for m in before if m.role == "place" and m.rank == 0]
    alike = {place_key(mention) for mention in places}
    return [Link(trigger, places[-1], clause, "carried")] if len(alike) == 1 else []


def _names_quarter(scene: Scene, clause: Clause, before: Sequence[Link]) -> bool:
    """Tell whether a clause speaks of streets or quarters: those of the one town of the statement before."""
    struck = any(trigger.kind is Kind.STRIKE for trigger in clause.triggers)
    sorts = ("quarter", "site") if struck and _names_nothing(scene, clause) else ("quarter",)
    if all(find_first(scene.things.get(sort, ()), clause.start, clause.end) is None for sort in sorts):
        return False
    towns = {place_key(link.mention) for link in before if link.mention.rank == 0}
    return len(towns) == 1 and before[-1].mention.rank == 0


def _names_nothing(scene: Scene, clause: Clause) -> bool:
    """Tell whether no name stands in a part of a sentence but those of sides and sources."""
    reading = scene.reading
    if not scene.vocabulary.words["articles"]:
        return False
    sided = {
        at for side in cut_range(scene.sides, clause.start, clause.end) for at in range(side.start, side.end)
    }
    return not any(
        reading.words[at] and reading.text[reading.starts[at]].isupper() and at not in sided | scene.masked
        for at in range(clause.start + 1, clause.end)
    )


def _refers(scene: Scene, clause: Clause, trigger: Trigger, before: Sequence[Link]) -> bool:
    """Tell whether a clause without a place means the last one: by a pronoun, or as it denies a thing."""
    words, small = scene.reading.words, scene.vocabulary.words
    men = set(scene.things["force"]) if trigger.kind is Kind.WITHDRAWAL else set()
    tokens = (index for index in range(clause.start, clause.end) if index not in scene.masked)
    pointed = any(
        words[index] in small["pronouns"]
        or (words[index] in small["possessives"] and index + 1 in men)  # "its defenders had left"
        or (words[index] in small["objects"] and words[index - 1] in small["locatives"])
        for index in tokens
    )
    quiet = trigger.kind is Kind.CLASH and scene.cues.within("existential", clause.start, clause.end)
    pointed = pointed or (bool(quiet) and bool(scene.cues.within("negation", clause.start, trigger.end)))
    alike = any(link.trigger.kind is trigger.kind for link in before)
    denied = alike or len({place_key(link.mention) for link in before}) == 1  # which of several, is not told
    return pointed or (denied and bool(scene.cues.within("denial", clause.start, clause.end)))

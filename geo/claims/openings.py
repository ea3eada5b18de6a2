"""Places that hold for what follows: the one a sentence opens with, the one a question asks of."""

from __future__ import annotations

from geo.claims.parts import Clause, Mention, Trigger, cut_range
from geo.claims.scene import Scene
from geo.claims.text import Reading

__all__ = [
    "adds_to",
    "find_apposed",
    "find_asked",
    "find_opening",
    "find_question",
    "find_subject",
    "is_heading",
    "is_undergone",
    "is_within_aside",
]

# So many tokens may stand before the place: a preposition and an article.
_REACH = 2
_COUNTRY = 3
_APPOSED_REACH = 8  # no name of a place has more tokens
# So many may stand before the subject of a sentence: "the small mining town of X".
_SUBJECT_REACH = 5
# A heading holds hardly a word beside its place.
_HEADING_WORDS = 4
# So many words may part "it" from the verb: "it has since been".
_IT_REACH = 4
_AGENT_REACH = 4  # so many tokens behind a verb "by" may stand: "retaken in May by them"
_ANSWER_WORDS = 5  # so few words only answer what was asked


def find_opening(scene: Scene, clause: Clause) -> Mention | None:
    """Find where a part of a sentence without a place happens ("In X, a village near Y, a bomb fell").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence that names no place.

    Returns
    -------
    Mention or None
        The place in front of the sentence's first comma, where no other one is told of before the part.
    """
    reading, small = scene.reading, scene.vocabulary.words
    start = reading.sentences[clause.sentence].start
    if any(mention.role == "place" for mention in clause.mentions):
        return None
    places = [m for m in cut_range(scene.mentions, start, clause.start) if m.role == "place"]
    if len(places) != 1 or places[0].rank >= _COUNTRY or places[0].anaphor:
        return None
    opening = places[0]
    words = reading.words[start : opening.name_start]
    first = words if small["articles"] else words[:1]  # not "The counterblow in X, which ..."
    located = opening.name_start - start <= _REACH and not small["locatives"].isdisjoint(first)
    return opening if located and reading.marks[opening.end : opening.end + 1] == [","] else None


def find_subject(scene: Scene, clause: Clause) -> Mention | None:
    """Find the place of which a verb is told from which commas part it ("X, held since May, was freed").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence that names no place.

    Returns
    -------
    Mention or None
        The place that the sentence begins with, where the part begins with an auxiliary after a comma.
    """
    reading, small = scene.reading, scene.vocabulary.words
    start = reading.sentences[clause.sentence].start
    if clause.mentions or clause.start - start < _REACH or not small["agents"]:
        return None
    if reading.words[clause.start] not in small["auxiliaries"] or reading.marks[clause.start - 1] != ",":
        return None
    places = cut_range(scene.mentions, start, clause.start)
    first = places[0] if places else None
    if first is None or first.role != "place" or first.start - start > _SUBJECT_REACH:
        return None
    begun = reading.words[start : first.name_start]
    parted = reading.marks[first.end : first.end + 1] == [","]
    return first if parted and small["before_names"].isdisjoint(begun) else None


def find_question(scene: Scene, clause: Clause) -> Mention | None:
    """Return the one place that a question just before is about ("– What of X? – They broke in.")."""
    number, sentences = clause.sentence, scene.reading.sentences
    while number > 0 and sentences[number - 1].paragraph == sentences[clause.sentence].paragraph:
        number -= 1  # the answer may begin with "No." or "It looks like nothing."
    if number == 0:
        return None
    before = sentences[number - 1]
    if "?" not in scene.reading.marks[max(before.end - 2, before.start) : before.end]:
        return None
    asked = [
        m for m in cut_range(scene.mentions, before.start, before.end) if m.role == "place" and not m.rank
    ]
    return asked[0] if len(asked) == 1 else None


def find_asked(scene: Scene, clause: Clause) -> Mention | None:
    """Return the one place of the question that a few words without one answer ("Do we hold X? We do.")."""
    number, sentences = clause.sentence, scene.reading.sentences
    if number == 0 or any(mention.role == "place" for mention in clause.mentions):
        return None
    before, answer = sentences[number - 1], sentences[number]
    words = sum(map(bool, scene.reading.words[answer.start : answer.end]))
    asks = "?" in scene.reading.marks[max(before.end - 2, before.start) : before.end]
    if not asks or words > _ANSWER_WORDS or before.paragraph != answer.paragraph:
        return None
    asked = [
        m
        for m in cut_range(scene.mentions, before.start, before.end)
        if m.role == "place" and not m.rank and not m.anaphor
    ]
    return asked[0] if len(asked) == 1 else None


def adds_to(scene: Scene, clause: Clause, trigger: Trigger, before: Clause) -> bool:
    """Tell whether a clause adds a fight, a retreat or a negative ("..., but no landing is near")."""
    if clause.opener != "coordinator" or clause.sentence != before.sentence:
        return False
    negated = bool(scene.cues.within("negation", clause.start, clause.end))
    other = all(earlier.kind is not trigger.kind for earlier in before.triggers)
    left = trigger.name == "withdraw" and any(t.name in {"advance", "take"} for t in before.triggers)
    return other and (negated or trigger.name == "battle" or left)


def is_undergone(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether something befell "it", and so the place of the sentence before ("It was shelled")."""
    reading, small = scene.reading, scene.vocabulary.words
    if any(mention.role == "place" for mention in clause.mentions):
        return False
    ahead = reading.words[max(trigger.start - _IT_REACH, clause.start) : trigger.start + 1]
    if small["it"].isdisjoint(ahead):
        return False
    helped = (*ahead, *reading.words[trigger.start : trigger.end])
    return trigger.name == "fall" or not small["auxiliaries"].isdisjoint(helped)


def is_heading(reading: Reading, clause: Clause, mention: Mention) -> bool:
    """Tell whether a clause is hardly more than a place's name."""
    sentence = reading.sentences[clause.sentence]
    words = sum(1 for i in range(sentence.start, sentence.end) if reading.words[i])
    return words - (mention.end - mention.start) <= _HEADING_WORDS


def is_within_aside(scene: Scene, clause: Clause, trigger: Trigger) -> bool:
    """Tell whether a trigger stands in an aside of its clause ("The brigade, which holds X, denied ...")."""
    marks, words = scene.reading.marks, scene.reading.words
    comma = next((at for at in range(trigger.start - 1, clause.start, -1) if marks[at] == ","), None)
    if comma is None or words[comma - 1] in scene.vocabulary.words["demonstratives"]:
        return False  # "no sign of it that troops gather" is one statement, as some languages write it
    return words[comma + 1] in scene.vocabulary.words["which"]


def find_apposed(scene: Scene, clause: Clause, trigger: Trigger) -> Mention | None:
    """Return the place of which an aside tells more ("from X, a hill they captured", "X, left by its men").

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence that begins behind a comma.
    trigger
        What is told in it.
    """
    words, marks, start = scene.reading.words, scene.reading.marks, clause.start
    small = scene.vocabulary.words
    undergone = trigger.start == start and not small["agents"].isdisjoint(
        words[start + 1 : trigger.end + _AGENT_REACH]
    )
    if not start or marks[start - 1] != "," or not (undergone or words[start] in small["articles"]):
        return None
    if trigger.form == "noun" or any(marks[start : trigger.start]):
        return None
    if trigger.form == "passive" and not undergone:
        return None
    named = cut_range(scene.mentions, max(start - _APPOSED_REACH, 0), start)
    told = (m for m in named if m.end == start - 1 and m.role in {"place", "origin"} and not m.rank)
    return next(told, None)

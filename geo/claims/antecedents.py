"""Words that point to others: "the town" and "there", "they", "who", and who acts in the clause to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo.claims.parts import Clause, Mention, Saying, Trigger, cut_range, find_first
from geo.claims.scene import Scene
from geo.claims.sides import ALPHA3
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import Kind, RelationKind, Resolution
from geo.places.capitals import is_capital

__all__ = [
    "find_coming",
    "find_feared",
    "find_others",
    "find_relative",
    "find_theirs",
    "is_beaten_off",
    "is_close",
    "is_elided",
    "is_fresh",
    "leave_sources",
    "shares_main",
    "shares_subject",
    "tells_of_itself",
]

_OPENING = frozenset('«“"„')
_MOVING = frozenset({Kind.ADVANCE, Kind.CONTROL, Kind.WITHDRAWAL, Kind.CONCENTRATION})
_DROPPED_REACH = 7  # so far behind "said that" stands a verb whose subject is left out
_AHEAD_REACH, _COMING_REACH = 4, 7  # "after" stands so near to its verb, and who acts behind the comma
_ENDS = frozenset(".;!?")
_DONE_BY_SELF = frozenset({"gather", "withdraw"})
_FRESH_SENTENCES = 3  # so far on "they" are those who acted, where nobody else is named
_ASSAULTS = frozenset({"assault", "attack", "battle"})
_FEARED = frozenset({Kind.ADVANCE, Kind.STRIKE, Kind.CLASH})
_LONGEST_SIDE = 5  # tokens of a side right before "who"
_FEAR_REACH = 2  # so near behind their town stands what its people fear
_WHO_REACH = 4  # so near before its verb stands "who"


def leave_sources(reading: Reading, mentions: Sequence[Mention], vocabulary: Vocabulary) -> None:
    """Point nouns that mean where a source is ("officials in X", not "the mayor of X") elsewhere.

    No more do they mean where an attack comes from, or the town that a direction is named after.
    """
    named: list[Mention] = []
    for mention in mentions:
        if not mention.anaphor:
            named.append(mention)
        elif named and _is_where_told(reading, mention, named[-1], vocabulary):
            told = named[-1].resolution
            mention.resolution = replace(mention.resolution, place=told.place, score=told.score)
        elif reading.words[mention.name_end - 1] in vocabulary.words["capitals"]:
            continue  # "the capital" is the same town, whether it spoke before or not
        elif named and _means_source(reading, mention, named, vocabulary):
            place = _find_earlier(mention, named)
            opened = _opens_at_another(reading, mention, named[-1], named, vocabulary)
            if not opened and _fears_there(reading, mention, named[-1], vocabulary):
                continue
            if place is None:  # "On the X axis they entered the town": nothing else is meant
                mention.role = "place" if _is_axis(named[-1]) else "source"
            else:
                mention.resolution = replace(mention.resolution, place=place.place, score=place.score)


def _is_axis(mention: Mention) -> bool:
    return mention.resolution.toponym.relation.kind is RelationKind.AXIS


def _means_source(
    reading: Reading, mention: Mention, named: Sequence[Mention], vocabulary: Vocabulary
) -> bool:
    """Tell whether the last mention of what a noun points back to is that of a source."""
    place = mention.resolution.place
    last = next((other for other in reversed(named) if other.resolution.place == place), None)
    if place is None or last is None or _is_own(reading, mention, vocabulary):
        return False
    if last.role in {"origin", "government", "dateline"}:
        return True
    told = last.role == "source" or _is_axis(last)
    if last.role == "source" and _opens_at_another(reading, mention, last, named, vocabulary):
        return True
    if told and _is_here(reading, mention, last, vocabulary):
        return False
    if _is_axis(last):
        return True
    inside = vocabulary.words["inside"]
    located = not inside.isdisjoint(reading.words[max(last.start - 1, 0) : last.name_start])
    capital = is_capital(place)
    return located or capital if last.role == "source" else capital and not located  # "pressed by Paris"


def _opens_at_another(
    reading: Reading, mention: Mention, last: Mention, named: Sequence[Mention], vocabulary: Vocabulary
) -> bool:
    """Tell whether a source's sentence opens at another town ("In X, the head of Y fears an assault")."""
    inside = vocabulary.words["inside"]
    for other in reversed(named):
        if any(mark and mark in _ENDS for mark in reading.marks[other.end : mention.start]):
            return False
        placed = other.role == "place" and not other.rank and other.start < last.start
        if placed and not inside.isdisjoint(reading.words[max(other.start - 1, 0) : other.name_start]):
            return other.resolution.place != last.resolution.place
    return False


def _is_own(reading: Reading, mention: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a noun is that of those who speak ("people in X say that they took their town")."""
    at = mention.name_start
    near = reading.words[max(at - 1, 0) : at + 1] if mention.name_end - at > 1 else reading.words[at - 1 : at]
    return not vocabulary.words["possessives"].isdisjoint(near)


def _is_where_told(reading: Reading, mention: Mention, last: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether a site is in the town of those who speak ("witnesses in X say it is at the airport")."""
    located = not vocabulary.words["inside"].isdisjoint(
        reading.words[max(last.start - 1, 0) : last.name_start]
    )
    told = last.role == "source" and located and not last.rank and bool(vocabulary.words["articles"])
    if not told or last.resolution.place is None:
        return False
    ended = any(mark and mark in _ENDS for mark in reading.marks[last.end : mention.start])
    noun = reading.words[mention.name_end - 1]
    return not ended and noun not in vocabulary.words["towns"] | vocabulary.words["heres"]


def _is_here(reading: Reading, mention: Mention, last: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether "there" follows a place within a sentence ("officers near X say the enemy is there")."""
    ended = any(mark and mark in _ENDS for mark in reading.marks[last.end : mention.start])
    return not ended and reading.words[mention.name_end - 1] in vocabulary.words["heres"]


def _fears_there(reading: Reading, mention: Mention, last: Mention, vocabulary: Vocabulary) -> bool:
    """Tell whether people of a town fear for it ("health workers in X fear that the town will be hit")."""
    if last.role != "source" or not vocabulary.words["articles"]:
        return False
    cues = (m for m in reading.matches.get("cue", ()) if m.sense.name == "fear")
    afraid = any(0 <= m.start - last.end <= _FEAR_REACH for m in cues)
    ended = any(mark and mark in _ENDS for mark in reading.marks[last.end : mention.start])
    return afraid and not ended


def _find_earlier(mention: Mention, named: Sequence[Mention]) -> Resolution | None:
    """Return the last place of the same kind that something is told of, or None."""
    meant = mention.resolution.place
    for other in reversed(named):
        place = other.resolution.place
        if other.role != "place" or _is_axis(other) or place is None or meant is None:
            continue
        if place.kind is meant.kind:
            return other.resolution
    return None


def find_others(scene: Scene, clause: Clause, trigger: Trigger, saying: Saying | None) -> tuple[str, ...]:
    """Return whom a side means that begins its words with "they": the other one.

    Parameters
    ----------
    scene
        The words of a report.
    clause
        A part of a sentence.
    trigger
        What happens in it.
    saying
        Who says it.

    Returns
    -------
    tuple of str
        The other side; empty where nobody is quoted.
    """
    if saying is None or not saying.side:
        return ()
    marks, words = scene.reading.marks, scene.reading.words
    opening = (i for i in range(max(clause.start - 1, 0), trigger.start) if marks[i] and marks[i] in _OPENING)
    quoted = any(words[i + 1] in scene.vocabulary.words["pronouns"] for i in opening)
    return tuple(filter(None, (scene.cast.oppose(saying.side),))) if quoted else ()


def find_coming(scene: Scene, trigger: Trigger, clause: Clause) -> tuple[str, ...]:
    """Return whom the next clause names first, of what is told ahead ("After taking X, Y's troops ...").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What is told ahead.
    clause
        The part of a sentence that tells it.

    Returns
    -------
    tuple of str
        The side behind the comma; empty where nothing is told ahead.
    """
    low, small = max(trigger.start - _AHEAD_REACH, clause.start), scene.vocabulary.words
    words = scene.reading.words[low : trigger.start + 1]
    gerund = trigger.start - clause.start <= 1 and words[-1].endswith(tuple(small["gerunds"]))
    if trigger.form != "verb" or not (gerund or not small["afters"].isdisjoint(words)):
        return ()
    sentence = scene.reading.sentences[clause.sentence]
    comma = next((i for i in range(trigger.end, sentence.end) if scene.reading.marks[i] == ","), sentence.end)
    coming = cut_range(scene.sides, comma, min(comma + _COMING_REACH, sentence.end))
    code = next((side.code for side in coming if side.code), "")
    if trigger.name == "lose":  # who lost it is named, and the other one holds it
        code = scene.cast.oppose(code)
    return (code,) if code else ()


def find_relative(scene: Scene, trigger: Trigger) -> tuple[str, ...]:
    """Return the side that a verb is told of by "who" ("the Russians, who took X, said ...").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What is told of somebody.

    Returns
    -------
    tuple of str
        The side right before "who"; empty where the word stands for somebody or something else.
    """
    reading, small = scene.reading, scene.vocabulary.words
    if trigger.form == "verb" and trigger.start > 1 and reading.marks[trigger.start - 1] == ",":
        end = trigger.start - 1  # "The Azov corps, sent to X, says ..."
        return tuple(s.code for s in cut_range(scene.sides, end - 1, end) if s.end == end and s.code)
    at, least = trigger.start, max(trigger.start - _WHO_REACH, 1)
    while at > least and reading.words[at - 1] and reading.words[at - 1] not in small["which"]:
        if reading.words[at - 1] not in small["haves"] | small["auxiliaries"]:
            return ()
        at -= 1
    if trigger.form != "verb" or reading.words[at - 1] not in small["which"]:
        return ()
    end = at - 2 if reading.marks[at - 2] == "," else at - 1
    return tuple(
        side.code
        for side in cut_range(scene.sides, end - _LONGEST_SIDE, end)
        if side.end == end and side.code
    )


def find_feared(scene: Scene, trigger: Trigger, clause: Clause, saying: Saying | None) -> tuple[str, ...]:
    """Return whom a side at war means that warns of an assault or a strike, or awaits one: the other.

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What is feared.
    clause
        The part of a sentence that tells it.
    saying
        Who says it.

    Returns
    -------
    tuple of str
        The other side, or the one that threatens; empty where nobody fears or threatens anything.
    """
    cast = scene.cast
    if saying is None or saying.side not in cast.fighters:
        return ()
    if trigger.kind not in _FEARED and trigger.name not in {"fall", "lose"}:
        return ()
    other = cast.oppose(saying.side)
    if not scene.cues.within("fear", saying.cue_start, saying.cue_end) or not other:
        return ()
    places = [m.resolution.place for m in clause.mentions if m.role == "place"]
    theirs = bool(places) and all(p is not None and ALPHA3.get(p.country_code) == other for p in places)
    struck = trigger.kind is Kind.STRIKE and theirs
    return (saying.side,) if struck else (other,)  # "Tehran warns that X in Israel will be hit"


def find_theirs(scene: Scene, trigger: Trigger, clause: Clause) -> tuple[str, ...]:
    """Read "they" beside "we" of the same sentence: the enemy ("We hold the bank, they shell X").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What they do.
    clause
        The part of a sentence that tells it.

    Returns
    -------
    tuple of str
        The other side; empty where "we" is not said, or said of the same.
    """
    words, sentence = scene.vocabulary.words, scene.reading.sentences[clause.sentence]
    if words["pronouns"].isdisjoint(scene.reading.words[clause.start : trigger.start]):
        return ()
    ours = [
        side
        for side in cut_range(scene.sides, sentence.start, sentence.end)
        if side.sort == "our" and side.code and scene.reading.words[side.start] in words["first"]
    ]
    if not ours or any(clause.start <= side.start < trigger.start for side in ours):
        return ()
    return tuple(filter(None, (scene.cast.oppose(ours[0].code),)))


def is_beaten_off(scene: Scene, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether an assault is said to be beaten off behind it ("stormed X; all attacks were repelled").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        An assault.
    clause
        The part of a sentence that tells it.

    Returns
    -------
    bool
        Whether a later part of the sentence tells so and names no place.
    """
    if trigger.name not in _ASSAULTS:
        return False
    for other in scene.list_sentence(clause):
        for after in other.triggers:
            placed = other is not clause and any(m.role == "place" and not m.anaphor for m in other.mentions)
            if after.name == "repel" and after.start >= trigger.end and not placed:
                return True
    return False


def is_elided(scene: Scene, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether a verb has the subject of the part before it ("left X but were still fighting in Y").

    Parameters
    ----------
    scene
        The words of a report.
    trigger
        What happens in the clause.
    clause
        A part of a sentence.

    Returns
    -------
    bool
        Whether only "and" and auxiliaries stand before the verb.
    """
    words, small = scene.reading.words, scene.vocabulary.words
    if trigger.form != "verb" or words[clause.start] not in small["coordinators"]:
        return False
    between = words[clause.start + 1 : trigger.start]
    return bool(small["elided"]) and all(word in small["elided"] for word in between)


def is_fresh(scene: Scene, clause: Clause, sentence: int) -> bool:
    """Tell whether those who acted in a sentence are still meant by "they".

    Parameters
    ----------
    scene
        The words of a report.
    clause
        Where "they" stands.
    sentence
        The number of the sentence in which somebody acted last, or -1.

    Returns
    -------
    bool
        Whether it is the sentence before, or nobody else is named since; what is quoted has its own "they".
    """
    gap, reading = clause.sentence - sentence, scene.reading
    if gap <= 1 or gap > _FRESH_SENTENCES or sentence < 0:
        return gap <= 1
    low, high = reading.sentences[sentence].end, reading.sentences[clause.sentence].start
    quoted = reading.marks[high : high + 1] not in ([""], ["–"], ["—"])
    return not quoted and not cut_range(scene.sides, low, high)


def shares_main(scene: Scene, saying: Saying, trigger: Trigger) -> bool:
    """Tell whether a participle has the subject of what a source is put into ("X hit Y, he said, burning Z").

    Parameters
    ----------
    scene
        The words of a report.
    saying
        Who says it.
    trigger
        What happens.
    """
    inserted = saying.scope_start < min(saying.cue_start, saying.source_start)
    endings = tuple(scene.vocabulary.words["progressives"])
    return inserted and trigger.form == "verb" and scene.reading.words[trigger.start].endswith(endings)


def shares_subject(scene: Scene, saying: Saying, trigger: Trigger) -> bool:
    """Tell whether an infinitive follows a verb of saying and so has its subject ("dit avoir pris X").

    Parameters
    ----------
    scene
        The words of a report.
    saying
        Who says it.
    trigger
        What is said.

    Returns
    -------
    bool
        Whether the first word behind the verb of saying is an infinitive and belongs to the trigger.
    """
    endings, start = scene.vocabulary.infinitives, saying.cue_end
    near = trigger.form == "verb" and trigger.start - start <= 1
    behind = scene.reading.words[start : start + 1]
    return bool(endings) and near and bool(behind) and behind[0].endswith(endings)


def is_close(scene: Scene, saying: Saying, trigger: Trigger, reach: int) -> bool:
    """Tell whether a verb stands so near behind a verb of saying that its subject is the one who speaks.

    Parameters
    ----------
    scene
        The words of a report.
    saying
        Who says it.
    trigger
        What is said.
    reach
        So many tokens behind the verb of saying.

    Returns
    -------
    bool
        Whether it stands within reach, or only words of no force, weapon or side part them in a language
        that leaves subjects out ("сообщила, что за минувшие сутки продвинулась").
    """
    start, end = saying.cue_end, trigger.start
    if end - start <= reach:
        return True
    free = trigger.form == "verb" and trigger.kind in _MOVING and bool(scene.vocabulary.words["dropping"])
    if not free or end - start > _DROPPED_REACH or any(scene.reading.marks[start + 1 : end]):
        return False
    things = (scene.things.get(name, ()) for name in ("force", "explosive", "civil"))
    if any(find_first(some, start, end) is not None for some in things) or cut_range(scene.sides, start, end):
        return False
    return not any(m.start < end and m.role != "source" for m in cut_range(scene.mentions, start, end))


def tells_of_itself(scene: Scene, saying: Saying, trigger: Trigger) -> bool:
    """Tell whether a side speaks of its own deeds: vows or claims them, or recalls its own men.

    Parameters
    ----------
    scene
        The words of a report.
    saying
        What a side says.
    trigger
        What is said.

    Returns
    -------
    bool
        Whether the words of saying tell so ("X claimed control of Y", "recalled its troops from Y").
    """
    cues = scene.cues
    vowed = cues.within("vow", saying.cue_start, saying.cue_end) or cues.within(
        "owned", saying.cue_start, saying.cue_end
    )
    within = saying.cue_start == trigger.start
    if within and trigger.name in _DONE_BY_SELF:
        return True
    return bool(vowed) and (within or saying.scope_start <= trigger.start)

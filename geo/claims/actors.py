"""Who masses, strikes, holds, advances or withdraws."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from geo.claims.antecedents import (
    find_coming,
    find_feared,
    find_others,
    find_relative,
    find_theirs,
    is_beaten_off,
    is_close,
    is_elided,
    is_fresh,
    shares_main,
    shares_subject,
    tells_of_itself,
)
from geo.claims.asides import find_purpose, is_aside
from geo.claims.parts import Clause, Saying, SideMention, Trigger, cut_range, find_first
from geo.claims.rating import (
    fires,
    is_there,
    is_thrown_out,
    is_unmanned,
    is_yielded_to,
    names_attacker,
    owns_target,
    rate_side,
)
from geo.claims.scene import Scene, has_pronoun
from geo.claims.voices import flies, is_passive, undergoes
from geo.model import Kind

__all__ = ["Stage", "find_actors", "find_doer", "names_rebels", "pair_sides", "surrounds"]

_INCLUDED = 4  # so near before a side stand "including" and "among them", in tokens
_WEAPON_REACH = 2
_PARTNERS, _OWN_PARTNERS = 4, 6  # tokens between sides in a row ("X and Y", "X and its partners of Y")
# Of these a side within the words is the one that is driven out.
_EXPELLING = frozenset({"take", "advance"})
# "The army said that [it] took X": so few words stand between where the source is the subject.
_NULL_SUBJECT = 3
# What a state that does not fight can tell of itself ("denies having moved tanks to X").
_DONE_BY_SELF = frozenset({"gather", "withdraw"})
# Below it a side is rather the target than the one who acts.
_LEAST_RATE = 0.35
# Who is said to have lost a place, and denies it.
_LOSING = frozenset({"fall", "lose"})
_CLOSING = frozenset("»”")


@dataclass(slots=True, eq=False)
class Stage:
    """What is known while a report is read from top to bottom."""

    scene: Scene
    issued: date | None = None
    last: dict[Kind, tuple[str, ...]] = field(default_factory=dict)
    subject: tuple[str, ...] = ()
    subject_sentence: int = -1
    subject_kind: Kind | None = None
    subject_named: bool = False
    struck: dict[str, tuple[str, ...]] = field(default_factory=dict)  # by whom, by the country of a place
    parties: dict[str, tuple[str, int]] = field(default_factory=dict)  # group and sentence, by country

    def remember(self, clause: Clause, kind: Kind, actors: tuple[str, ...], *, named: bool = True) -> None:
        """Note who acted last, and whether the report names them."""
        if actors:
            self.last[kind] = actors
        if actors and not (kind is Kind.CLASH and len(actors) > 1):  # of two who fight neither is meant
            self.subject, self.subject_sentence, self.subject_kind = actors, clause.sentence, kind
            self.subject_named = named


def find_actors(
    stage: Stage, trigger: Trigger, clause: Clause, saying: Saying | None, *, denied: bool
) -> tuple[str, ...]:
    """Return the codes that a clause names as doing what a trigger states; empty where it names none."""
    around = cut_range(stage.scene.sides, clause.start, find_purpose(stage.scene, trigger, clause))
    sides = [side for side in around if side.code and side.start not in stage.scene.masked]
    sides = [side for side in sides if not is_aside(stage.scene, clause, trigger, side)]
    actors = _read_owner(stage.scene, trigger, saying)
    actors = actors or _READERS.get(trigger.name, _read_plain)(stage, trigger, sides)
    if denied and trigger.name in _LOSING:
        actors = _read_fallen(stage, trigger, saying, sides, actors)
    own = stage.scene.cast.publisher
    if not actors and trigger.name == "fall" and own and stage.scene.cast.enemy:
        return (stage.scene.cast.enemy,)  # who publishes says of a place of its own that it fell
    if not actors and names_rebels(stage, trigger, clause):
        return ()
    if not actors and trigger.form == "noun" and trigger.name == "take":
        actors = _read_apposed(stage, trigger, clause)
    if not actors:
        actors = find_relative(stage.scene, trigger) or find_feared(stage.scene, trigger, clause, saying)
        actors = actors or find_coming(stage.scene, trigger, clause)
    actors = actors or _read_elided(stage, trigger, clause) or _read_defenders(stage, trigger, clause)
    if not actors:
        actors = _read_pronoun(stage, trigger, clause, saying, denied=denied) or _read_earlier(
            stage, trigger, clause, denied=denied
        )
    elif trigger.name in {"battle", "repel"} and _speaks_of_own(stage.scene, trigger, clause, saying):
        actors = (*actors, saying.side if saying else "")
    beaten = bool(own) and is_beaten_off(stage.scene, trigger, clause)
    if beaten or (trigger.name == "repel" and not _is_thrown_back(stage, trigger)):
        actors = pair_sides(stage, actors)
    return tuple(sorted(set(actors)))


def find_doer(stage: Stage, trigger: Trigger, clause: Clause, code: str) -> SideMention | None:
    """Return the words that name a side as doing what a trigger states, of those of its code in a clause."""
    around = cut_range(stage.scene.sides, clause.start, find_purpose(stage.scene, trigger, clause))
    sides = [side for side in around if side.code == code and side.start not in stage.scene.masked]
    sides = [side for side in sides if not is_aside(stage.scene, clause, trigger, side)]
    passive = trigger.form == "passive" or is_passive(stage.scene, trigger)
    rates = [(rate_side(stage.scene, trigger, side, passive=passive), side) for side in sides]
    best = max(rates, key=lambda one: one[0], default=None)
    return best[1] if best is not None and best[0] > _LEAST_RATE else None


def _read_elided(stage: Stage, trigger: Trigger, clause: Clause) -> tuple[str, ...]:
    """Read the subject that a verb shares with the one before ("held X for a year and were driven out")."""
    if stage.subject_sentence != clause.sentence or not is_elided(stage.scene, trigger, clause):
        return ()
    if trigger.name != "lose":
        return stage.subject
    return tuple(filter(None, map(stage.scene.cast.oppose, stage.subject)))


def _read_defenders(stage: Stage, trigger: Trigger, clause: Clause) -> tuple[str, ...]:
    """Return whom the last side to take or fight for a place fought ("X fell. Its garrison had held out")."""
    if trigger.name != "hold":
        return ()
    words, small = stage.scene.reading.words[clause.start : trigger.start], stage.scene.vocabulary.words
    if len(stage.subject) != 1 or small["defenders"].isdisjoint(words):
        return ()
    if small["possessives"].isdisjoint(words) or stage.subject_kind is Kind.WITHDRAWAL:
        return ()
    return tuple(filter(None, (stage.scene.cast.oppose(stage.subject[0]),)))


def _read_fallen(
    stage: Stage, trigger: Trigger, saying: Saying | None, sides: list[SideMention], actors: tuple[str, ...]
) -> tuple[str, ...]:
    """Of a fall that is denied, return who would hold the place: the other side than the one that denies."""
    scene = stage.scene
    if not actors and saying and saying.side:
        denier = bool(scene.cues.within("denial", saying.cue_start, saying.cue_end))
        denier = denier or saying.side in scene.cast.fighters
        return (scene.cast.oppose(saying.side) or saying.side,) if denier else ()
    if sides and scene.cues.within("denial", sides[-1].end, trigger.start):
        return tuple(filter(None, map(scene.cast.oppose, actors)))
    return actors


def names_rebels(stage: Stage, trigger: Trigger, clause: Clause) -> bool:
    """Tell whether those who act are rebels of whom the report has not told whose they are."""
    around = cut_range(stage.scene.sides, clause.start, clause.end)
    rebels = [
        side
        for side in around
        if side.sort == "rebel" and not side.code and side.start not in stage.scene.masked
    ]
    passive = bool(rebels) and (trigger.form == "passive" or is_passive(stage.scene, trigger))
    return any(rate_side(stage.scene, trigger, side, passive=passive) > _LEAST_RATE for side in rebels)


def _speaks_of_own(scene: Scene, trigger: Trigger, clause: Clause, saying: Saying | None) -> bool:
    """Tell whether a side tells of a fight of its own ("Hamas said its men were fighting Israeli troops")."""
    if saying is None or saying.side not in scene.cast.fighters or saying.cue_end > trigger.start:
        return False
    return _has_pronoun(scene, clause.start, trigger.start)


def _read_owner(scene: Scene, trigger: Trigger, saying: Saying | None) -> tuple[str, ...]:
    """Read "its withdrawal" as that of the side that speaks of it."""
    if trigger.form != "noun" or saying is None or not saying.side or saying.cue_end > trigger.start:
        return ()
    owned = scene.reading.words[trigger.start - 1] in scene.vocabulary.words["possessives"]
    between = cut_range(scene.sides, saying.cue_end, trigger.start)
    return (saying.side,) if owned and not any(side.code for side in between) else ()


def _read_plain(stage: Stage, trigger: Trigger, sides: list[SideMention]) -> tuple[str, ...]:
    if not sides:
        return ()
    inner = [side for side in sides if trigger.start <= side.start < trigger.end]
    inner = [side for side in inner if not is_there(stage.scene, trigger, side)]
    outer = [side for side in sides if side not in inner]
    if inner and trigger.form == "verb" and trigger.name in _EXPELLING and not flies(stage.scene, trigger):
        opponents = tuple(code for code in (stage.scene.cast.oppose(side.code) for side in inner) if code)
        return _read_plain(stage, trigger, outer) or opponents
    passive = trigger.form == "passive" or is_passive(stage.scene, trigger)
    best, score = None, _LEAST_RATE
    for side in sides:
        value = rate_side(stage.scene, trigger, side, passive=passive)
        if value > score:
            best, score = side, value
    if best is not None and stage.scene.cast.ministry and trigger.kind is Kind.STRIKE:
        struck = best.code == stage.scene.cast.enemy and best.start >= trigger.end
        if struck and not best.agentive and not fires(stage.scene, trigger, best):
            return (stage.scene.cast.publisher,)
    suffers = best is not None and trigger.name in _SUFFERED and undergoes(stage.scene, trigger, best)
    if best is not None and (suffers or is_thrown_out(stage.scene, trigger, best, passive=passive)):
        return _read_plain(stage, trigger, [side for side in sides if side.code != best.code]) or tuple(
            filter(None, (stage.scene.cast.oppose(best.code),))
        )
    return _with_partners(stage, best, sides) if best else ()


# What is done to those whose name stands as an object before its verb.
_SUFFERED = frozenset({"strike", "take", "attack", "assault"})


def _read_apposed(stage: Stage, trigger: Trigger, clause: Clause) -> tuple[str, ...]:
    """Read who did it from a verb that tells it again ("the fall of X, taken on Friday by Y")."""
    for after in stage.scene.list_sentence(clause):
        for again in after.triggers:
            if again.start >= trigger.end and again.form == "verb" and again.name == "take":
                around = cut_range(stage.scene.sides, again.start, after.end)
                return _read_plain(
                    stage, again, [s for s in around if s.code and s.start not in stage.scene.masked]
                )
    return ()


def _with_partners(stage: Stage, best: SideMention, sides: list[SideMention]) -> tuple[str, ...]:
    """Add the sides that stand in a row with one ("Russian and North Korean soldiers")."""
    words = stage.scene.vocabulary.words
    codes = [best.code]
    for side in sides:
        if side is best:
            continue
        first, last = (side, best) if side.start < best.start else (best, side)
        between = stage.scene.reading.words[first.end : last.start]
        joined = not (words["coordinators"].isdisjoint(between) and words["with"].isdisjoint(between))
        ahead = stage.scene.reading.words[max(side.start - _INCLUDED, 0) : side.start]
        if not words["including"].isdisjoint(ahead):
            codes.append(side.code)  # "50,000 soldiers, among them units of X"
            continue
        if not words["alongside"].isdisjoint(between):
            codes.append(side.code)  # "men of X, accompanied by units of Y"
            continue
        reach = _OWN_PARTNERS if not words["possessives"].isdisjoint(between) else _PARTNERS
        if len(between) <= reach and joined and not any(stage.scene.reading.marks[first.end : last.start]):
            codes.append(side.code)
    return tuple(codes)


def _read_earlier(stage: Stage, trigger: Trigger, clause: Clause, *, denied: bool) -> tuple[str, ...]:
    """Read the side that an earlier clause of the sentence names last; who denies a fall does not take."""
    battle = trigger.name == "battle" and not surrounds(stage.scene, trigger)
    if battle or trigger.name in {"shoot_down", "lose", "repel"} or trigger.form == "weapon":
        return ()
    if stage.subject_sentence == clause.sentence:
        return ()
    start = stage.scene.reading.sentences[clause.sentence].start
    sides = cut_range(stage.scene.sides, start, clause.start)
    named = [  # not "deep into the enemy's defence, and took X"
        side
        for side in sides
        if side.code
        and side.start not in stage.scene.masked
        and not (owns_target(stage.scene, side) or is_unmanned(stage.scene, trigger, side))
    ]
    if denied and trigger.name == "fall" and named:
        return tuple(filter(None, (stage.scene.cast.oppose(named[-1].code),)))
    if stage.scene.vocabulary.progressives and clause.opener == "coordinator":
        told = next((t.start for c in stage.scene.list_sentence(clause) for t in c.triggers), clause.start)
        named = [side for side in named if side.end <= told] or named  # "X battled Y and launched strikes"
    return (named[-1].code,) if named else ()


def surrounds(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether one side fights for a place that is its verb's object ("have encircled X")."""
    after = cut_range(scene.mentions, trigger.end, trigger.end + 2)
    located = scene.vocabulary.words["locatives"]
    return trigger.form == "verb" and any(
        located.isdisjoint(scene.reading.words[trigger.end : mention.name_start]) for mention in after
    )


def _read_pronoun(
    stage: Stage, trigger: Trigger, clause: Clause, saying: Saying | None, *, denied: bool
) -> tuple[str, ...]:
    """Read "its troops", "they", and what a side says without naming who did it: the side that speaks."""
    if saying is not None and saying.side and tells_of_itself(stage.scene, saying, trigger):
        return (saying.side,)
    battle = trigger.name == "battle" and not surrounds(stage.scene, trigger)
    if battle or trigger.name in {"lose", "shoot_down"} or trigger.form == "weapon":
        return ()
    others = find_theirs(stage.scene, trigger, clause) or find_others(stage.scene, clause, trigger, saying)
    return others or _read_subject(stage, trigger, clause, saying, denied=denied)


def _read_subject(
    stage: Stage, trigger: Trigger, clause: Clause, saying: Saying | None, *, denied: bool
) -> tuple[str, ...]:
    """Read a pronoun as the side told of before, or that speaks."""
    told = is_fresh(stage.scene, clause, stage.subject_sentence)
    fresh = stage.subject if told else _find_antecedent(stage, clause)
    if saying is None or not saying.side:
        return _read_unsided(stage, trigger, clause, saying, fresh)
    forward = saying.cue_end <= trigger.start
    if forward and stage.subject_sentence == clause.sentence and shares_main(stage.scene, saying, trigger):
        return stage.subject
    behind = max(saying.cue_end, saying.source_end if saying.source_end <= trigger.start else 0)
    start = max(clause.start, behind if forward else clause.start)  # "shells, he added, fell on X"
    if _has_pronoun(stage.scene, start, trigger.start + 1):
        own = _read_own(stage, trigger, saying, fresh, denied=denied)
        return _read_quoted(stage, saying, fresh) if _is_quoted(stage.scene, clause, trigger, saying) else own
    shared = trigger.start - saying.cue_end <= _NULL_SUBJECT
    shared = shared and (trigger.name in _DONE_BY_SELF or shares_subject(stage.scene, saying, trigger))
    if forward and (saying.side in stage.scene.cast.fighters or shared):
        return _read_speaker(stage, trigger, saying, denied=denied)
    return ()


def _read_unsided(
    stage: Stage, trigger: Trigger, clause: Clause, saying: Saying | None, fresh: tuple[str, ...]
) -> tuple[str, ...]:
    """Read a pronoun where no side speaks: who was told of before, or the other one."""
    if not _has_pronoun(stage.scene, clause.start, trigger.start + 1):
        return ()
    asked = saying is not None and saying.answers and bool(stage.scene.cast.enemy)
    struck = trigger.kind is Kind.STRIKE and (trigger.form == "passive" or is_passive(stage.scene, trigger))
    men = find_first(stage.scene.things["force"], clause.start, trigger.start) is not None
    if asked or (struck and men and len(fresh) == 1):  # who is asked: "they took it"; "his men were hit"
        other = stage.scene.cast.enemy if asked else stage.scene.cast.oppose(fresh[0])
        return tuple(filter(None, (other,)))
    return fresh


def _is_quoted(scene: Scene, clause: Clause, trigger: Trigger, saying: Saying) -> bool:
    """Tell whether words are quoted: another sentence names the speaker, or the marks close behind them."""
    sentence = scene.reading.sentences[clause.sentence]
    if not sentence.start <= saying.source_start < sentence.end:
        return True
    return any(mark and mark in _CLOSING for mark in scene.reading.marks[trigger.end : saying.cue_start])


def _read_quoted(stage: Stage, saying: Saying, fresh: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom those mean by "they" whose longer words are quoted: not themselves."""
    return (
        fresh
        if fresh and fresh != (saying.side,)
        else tuple(filter(None, (stage.scene.cast.oppose(saying.side),)))
    )


def _find_antecedent(stage: Stage, clause: Clause) -> tuple[str, ...]:
    """Return the only side that the sentence before names, though it did nothing at a place there."""
    if clause.sentence == 0:
        return ()
    before = stage.scene.reading.sentences[clause.sentence - 1]
    codes = {side.code for side in cut_range(stage.scene.sides, before.start, before.end) if side.code}
    codes |= {saying.side for saying in stage.scene.sayings.get(clause.sentence - 1, ()) if saying.side}
    return tuple(codes) if len(codes) == 1 else ()


def _has_pronoun(scene: Scene, start: int, end: int) -> bool:
    owned = not scene.vocabulary.words["possessives"].isdisjoint(scene.reading.words[start:end])
    return owned or has_pronoun(scene, start, end)


def _read_own(
    stage: Stage, trigger: Trigger, saying: Saying, fresh: tuple[str, ...], *, denied: bool
) -> tuple[str, ...]:
    """Return whom "its troops" or "they" stand for: the side that speaks, or whom it denies it of."""
    forward = saying.cue_end <= trigger.start
    span = stage.scene.reading.words[saying.cue_end : trigger.start + 1]
    small = stage.scene.vocabulary.words
    others = small["pronouns"] if small["haves"] else small["pronouns"] - small["its"]
    other = forward and denied and not others.isdisjoint(span)  # "denied that they had", not "that it had"
    if other or trigger.name == "shoot_down":
        return tuple(filter(None, (stage.scene.cast.oppose(saying.side),)))
    words = stage.scene.reading.words
    behind = words[saying.cue_end : saying.cue_end + 1]  # "said on Tuesday it had"
    dated = bool(small["articles"]) and not small["locatives"].isdisjoint(behind)
    ahead = words[saying.cue_end : saying.cue_end + (4 if dated else 2)]
    named = small["complementizers"] | small["pronouns"] | small["possessives"]
    aside = not denied and named.isdisjoint(ahead)
    return fresh if fresh and (aside or not forward) else (saying.side,)  # "according to X, they ..."


def _read_speaker(stage: Stage, trigger: Trigger, saying: Saying, *, denied: bool) -> tuple[str, ...]:
    """Return the side that speaks where it tells of its own deeds."""
    if stage.scene.cues.within("vow", saying.cue_start, saying.cue_end):
        return (saying.side,)
    flown = find_first(stage.scene.things["explosive"], saying.cue_end, trigger.start + 1) is not None
    near = is_close(stage.scene, saying, trigger, _NULL_SUBJECT) and trigger.form == "verb"
    near = near and not _has_subject(stage.scene, saying.cue_end, trigger.start)
    words = stage.scene.reading.words[trigger.start : trigger.end]
    suffered = not stage.scene.vocabulary.words["suffers"].isdisjoint(words)
    suffered = suffered and trigger.kind is Kind.STRIKE  # "the governor said X was under shelling"
    if suffered or (near and flown and trigger.name != "shoot_down"):
        return ()  # "says drones attacked X": whose is not told
    if near and trigger.name == "shoot_down":
        return tuple(filter(None, (stage.scene.cast.oppose(saying.side),)))
    if near or trigger.kind is Kind.WITHDRAWAL or _is_of_speaker(stage.scene, trigger, saying):
        return (saying.side,)
    if trigger.name == "take" and trigger.form == "noun":
        opponent = stage.scene.cast.oppose(saying.side)
        return (opponent,) if denied and opponent else (saying.side,)
    return ()


def _is_of_speaker(scene: Scene, trigger: Trigger, saying: Saying) -> bool:
    """Tell whether a deed is the speaker's own by its words ("denies any presence of its army")."""
    small, words = scene.vocabulary.words, scene.reading.words
    owned = words[trigger.start + 1 : trigger.end + 2]
    if (
        trigger.form == "noun"
        and trigger.name in _DONE_BY_SELF
        and not small["possessives"].isdisjoint(owned)
    ):
        return True
    endings = scene.vocabulary.infinitives
    said = words[saying.cue_end : saying.cue_end + 1]
    if trigger.form != "verb" or not (endings and small["elided"] and said and said[0].endswith(endings)):
        return False
    return words[trigger.start - 1] in small["coordinators"]  # "dit avoir repoussé X et tiré sur Y"


def _has_subject(scene: Scene, start: int, end: int) -> bool:
    """Tell whether another than the speaker does it ("X said the column had reached Y")."""
    articles = scene.vocabulary.words["articles"]
    force = find_first(scene.things["force"], start, end) is not None
    return force and not articles.isdisjoint(scene.reading.words[start:end])


def _read_shot(stage: Stage, _: Trigger, sides: list[SideMention]) -> tuple[str, ...]:
    """Of drones shot down, return whose they were."""
    for side in sides:
        if _has_weapon(stage.scene, side):
            return (side.code,)
    for side in sides:
        opponent = stage.scene.cast.oppose(side.code)
        if opponent:
            return (opponent,)
    return (stage.scene.cast.enemy,) if stage.scene.cast.enemy else ()


def _has_weapon(scene: Scene, side: SideMention) -> bool:
    """Tell whether a side's name stands beside a weapon ("Ukrainian drones", "drones of the enemy")."""
    reach = _WEAPON_REACH
    weapon = find_first(scene.things["explosive"], side.start - reach, side.end + reach + 1)
    return weapon is not None and not side.start <= weapon < side.end


def _read_loss(stage: Stage, trigger: Trigger, sides: list[SideMention]) -> tuple[str, ...]:
    """Of a place lost, return who holds it now: the other side."""
    for side in sides:
        if side.start >= trigger.end and is_yielded_to(stage.scene, side):
            return (side.code,)
    loser = _read_plain(stage, trigger, sides)
    return tuple(code for code in map(stage.scene.cast.oppose, loser) if code)


def _read_clash(stage: Stage, trigger: Trigger, sides: list[SideMention]) -> tuple[str, ...]:
    """Of a fight, return all who are named as fighting; who surrounds others is the other side."""
    found = tuple(dict.fromkeys(side.code for side in sides))
    if len(found) == 1 and trigger.name == "battle" and undergoes(stage.scene, trigger, sides[0]):
        return tuple(filter(None, (stage.scene.cast.oppose(found[0]),)))
    return found


_READERS = {
    "shoot_down": _read_shot,
    "lose": _read_loss,
    "battle": _read_clash,
    "repel": _read_clash,
}


def _is_thrown_back(stage: Stage, trigger: Trigger) -> bool:
    """Tell whether the press only names whom somebody beat back ("the column was stopped near X")."""
    if stage.scene.cast.publisher and stage.scene.cast.bulletin:
        return False
    inside = stage.scene.reading.words[trigger.start : trigger.end - 1]
    within = not stage.scene.vocabulary.words["auxiliaries"].isdisjoint(inside)
    passive = trigger.form == "passive" or is_passive(stage.scene, trigger)
    return within or passive or names_attacker(stage.scene, trigger)


def pair_sides(stage: Stage, actors: tuple[str, ...]) -> tuple[str, ...]:
    """Add the other side where a side repelled attacks."""
    if not actors or len(set(actors)) > 1:
        return actors
    opponent = stage.scene.cast.oppose(actors[0])
    return (*actors, opponent) if opponent else actors

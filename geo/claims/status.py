"""Whether a thing is reported, expected or denied - or not said at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.claims.civilians import are_civilians
from geo.claims.negations import is_subordinate
from geo.claims.openings import is_within_aside
from geo.claims.parts import Clause, Saying, Trigger, cut_range, find_first
from geo.claims.patterns import Match
from geo.claims.pleas import is_plea
from geo.claims.questions import asks, find_outlook, is_affirmed, is_answered, is_conditional, is_explained
from geo.claims.retorts import is_retorted
from geo.claims.scene import Scene
from geo.claims.text import Reading
from geo.model import Kind, Status

__all__ = ["Verdict", "judge_trigger"]

_ASIDE_REACH = 12
_QUOTES = frozenset('"“«„')
_NEGATED_AFTER = frozenset({Kind.CONCENTRATION, Kind.ADVANCE, Kind.STRIKE, Kind.WITHDRAWAL})
_NEGATION_REACH = 4
_NEGATION_WINDOW = 12
# So near after ", and" a place goes on with a list.
_LISTED_REACH = 3
_FAILED_REACH, _FAILED_AFTER = 3, 4
_CHANGING = frozenset({"take", "lose", "fall"})
_FAILING = frozenset({Kind.ADVANCE, Kind.CLASH})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a trigger: its kind and status, or why it states nothing."""

    kind: Kind
    status: Status
    reason: str = ""


@dataclass(slots=True, eq=False)
class _View:
    """A trigger with the words that can turn it: from ``back`` to the trigger, and on to ``ahead``."""

    trigger: Trigger
    clause: Clause
    back: int
    ahead: int


def judge_trigger(scene: Scene, clause: Clause, trigger: Trigger, saying: Saying | None) -> Verdict:
    """Decide what a trigger states, by the words around it."""
    sentence = scene.reading.sentences[clause.sentence]
    others = scene.list_sentence(clause)
    view = _View(
        trigger,
        clause,
        max(_find_back(scene, others, clause, trigger), _find_turn(scene, clause, trigger)),
        _find_ahead(scene, others, clause, trigger),
    )
    if asks(scene, sentence.end) and is_answered(scene, clause):
        return Verdict(trigger.kind, Status.DENIED)
    reason = _find_reason(scene, view, sentence.end)
    if reason:
        return Verdict(trigger.kind, Status.REPORTED, reason)
    start = clause.start if trigger.kind in _FAILING else max(trigger.start - _FAILED_REACH, clause.start)
    end = clause.end if trigger.kind in _FAILING else trigger.start  # "they could not take X"
    if _is_infinitive(scene, trigger):  # "take X they could not"
        end = min(max(end, trigger.end + _FAILED_AFTER), clause.end)
    fails = trigger.kind in _FAILING or (trigger.name == "take" and trigger.form == "verb")
    if fails and scene.cues.within("failed", start, end):
        return Verdict(Kind.CLASH, Status.REPORTED)
    expected = _is_expected(scene, view) or _is_promised(scene, trigger, saying)
    kind = _settle_kind(scene, view) if expected else trigger.kind
    turned = scene.cues.stand_within(sentence.start, sentence.end)  # not so in most sentences
    if (turned and _is_denied(scene, view, saying)) or is_retorted(scene, clause, trigger):
        if trigger.name == "assault" and scene.cues.within("attempt", trigger.start, trigger.end):
            kind = Kind.ADVANCE
        return Verdict(kind, Status.DENIED)
    return Verdict(kind, Status.EXPECTED if expected else Status.REPORTED)


def _find_reason(scene: Scene, view: _View, end: int) -> str:
    """Return why a trigger states nothing, or an empty text."""
    cues, trigger, clause = scene.cues, view.trigger, view.clause
    if clause.sentence in scene.calm:
        return "nothing is said of forces or weapons around it"
    if is_conditional(scene, clause, trigger) or (asks(scene, end) and not is_affirmed(scene, clause)):
        return "a question or a condition"
    if _describes_source(scene, view):
        return "only tells who speaks"
    said = _find_last_saying(scene, view)
    if cues.within("unsaid", max(view.back, said), trigger.start):
        return "not stated"
    back = max(min(view.back, clause.start), said)
    if is_plea(scene, back, trigger.start):
        return "a demand, a plea or politics"
    lost = "losses of men or equipment" if _is_loss(scene, view) else ""
    return "those who move are no forces" if are_civilians(scene, clause, trigger) else lost


def _is_infinitive(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a verb can have its auxiliary behind it: an infinitive in a language of free order."""
    endings, fixed = scene.vocabulary.infinitives, scene.vocabulary.words["articles"]
    free = trigger.form == "verb" and bool(endings) and not fixed
    return free and scene.reading.words[trigger.end - 1].endswith(endings)


def _is_loss(scene: Scene, view: _View) -> bool:
    """Tell whether men or equipment and no place are lost or taken."""
    trigger, clause = view.trigger, view.clause
    if trigger.name == "lose" and find_first(scene.things["counted"], trigger.end, clause.end) is not None:
        return True
    lost = scene.cues.within("loss", clause.start, clause.end) if trigger.name in {"lose", "take"} else []
    agents, words = scene.vocabulary.words["agents"], scene.reading.words
    lost = [m for m in lost if agents.isdisjoint(words[m.start : m.end])]  # but not "captured by soldiers"
    lost = [m for m in lost if not trigger.start <= m.start < trigger.end or m.end > m.start + 1]
    return bool(lost) and not _is_of_place(scene, clause, trigger, lost)


def _is_of_place(scene: Scene, clause: Clause, trigger: Trigger, lost: list[Match]) -> bool:
    """Tell whether a place is taken in a part without a loss ("having taken X, they suffered losses")."""
    marks = scene.reading.marks
    start = next((i + 1 for i in range(trigger.start - 1, clause.start - 1, -1) if marks[i]), clause.start)
    end = next((i for i in range(trigger.end, clause.end) if marks[i]), clause.end)
    named = any(trigger.end <= m.start < end or start <= m.start < trigger.start for m in clause.mentions)
    return named and all(match.end <= start or match.start >= end for match in lost)


def _find_last_saying(scene: Scene, view: _View) -> int:
    """Return where the last source before a trigger begins to speak: pleas before it are not about it."""
    sayings = scene.sayings.get(view.clause.sentence)
    if sayings is None:
        return 0
    return max((s.cue_start for s in sayings if s.cue_end <= view.trigger.start), default=0)


def _settle_kind(scene: Scene, view: _View) -> Kind:
    """Return the kind of what is to come: a planned assault is an advance, and so is a feared loss."""
    trigger, cues = view.trigger, scene.cues
    words = scene.reading.words[trigger.start : trigger.end]
    if trigger.name in _CHANGING and not scene.vocabulary.words["controls"].isdisjoint(words):
        return trigger.kind  # "aims to establish control of X"
    if trigger.name in {"attack", "assault"} or (trigger.name == "battle" and trigger.form == "verb"):
        return Kind.ADVANCE
    if trigger.name in _CHANGING and not cues.within("order", view.back, trigger.start):
        return Kind.ADVANCE
    return trigger.kind


def _find_back(scene: Scene, others: list[Clause], clause: Clause, trigger: Trigger) -> int:
    """Return where the words that govern a trigger begin: after the trigger before it in the sentence."""
    reading, coordinators = scene.reading, scene.vocabulary.words["coordinators"]
    start = reading.sentences[clause.sentence].start
    inside = [t.end for t in clause.triggers if t.end <= trigger.start]
    earlier = [t for other in others for t in other.triggers if t.end <= trigger.start]
    first = trigger
    while earlier and coordinators.issuperset(reading.words[earlier[-1].end : first.start]):
        first = earlier.pop()  # "plan to encircle and take X": what governs the one governs the other
    if first is not trigger:
        return earlier[-1].end if earlier else start
    if inside:
        return max(inside)
    for other in reversed(others):
        if other.start < clause.start and other.triggers:
            after = max(t.end for t in other.triggers)
            told = clause.opener != "relative" or _ends_denying(scene, after, other.end)
            return after if told else other.end
    return start


def _find_turn(scene: Scene, clause: Clause, trigger: Trigger) -> int:
    """Return where a sentence turns to something else ("X fears a raid; Y says that none came")."""
    start, marks = scene.reading.sentences[clause.sentence].start, scene.reading.marks
    told = scene.sayings.get(clause.sentence, ())
    last = max((min(s.cue_start, s.source_start) for s in told if s.cue_end <= trigger.start), default=start)
    words, small = scene.reading.words[trigger.start - 1 : trigger.end], scene.vocabulary.words
    if trigger.form == "verb" and not (small["auxiliaries"] | small["haves"]).isdisjoint(words):
        last = trigger.start  # "X may fall; tanks were brought to Y"
    return next((at + 1 for at in range(last - 1, start, -1) if marks[at] == ";"), start)


def _ends_denying(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a clause ends in the denial of what the next one states ("denied that X had fallen")."""
    end -= end > start and scene.reading.marks[end - 1] == ","
    return any(match.end == end for match in scene.cues.within("denial", start, end))


def _describes_source(scene: Scene, view: _View) -> bool:
    """Tell whether holding a place only says who speaks ("those who hold the town denied that ...")."""
    trigger, clause = view.trigger, view.clause
    if trigger.name != "hold":
        return False
    which, first = scene.vocabulary.words["which"], scene.reading.sentences[clause.sentence].start
    named = any(mention.role == "place" and not mention.anaphor for mention in clause.mentions)
    if trigger.start == first or named:
        return False
    if scene.reading.words[trigger.start - 1] not in which:
        return False
    told = scene.sayings.get(clause.sentence, ())
    spoken = any(said.source_end == trigger.start - 1 and said.cue_end <= trigger.start for said in told)
    return spoken or _ends_denying(scene, trigger.end, clause.end)  # "..., says the brigade that holds it"


def _find_ahead(scene: Scene, others: list[Clause], clause: Clause, trigger: Trigger) -> int:
    """Return where the words after a trigger that can still turn it end."""
    after = [t.start for t in clause.triggers if t.start >= trigger.end]
    end = scene.reading.sentences[clause.sentence].end
    if after:
        end = min(after)
    else:
        end = next((o.start for o in others if o.start > clause.start and o.triggers), end)
        if clause.opener == "relative" or is_within_aside(scene, clause, trigger):
            end = _find_close(scene, trigger.end, end)
    return _find_new_statement(scene, trigger.end, end)


def _find_close(scene: Scene, start: int, end: int) -> int:
    """Return where a relative clause closes: at its first comma that no place and no "and" follows."""
    reading, words = scene.reading, scene.vocabulary.words
    for index in range(start, end - 1):
        if reading.marks[index] == "," and not cut_range(
            scene.mentions, index + 1, index + 1 + _LISTED_REACH
        ):
            after = reading.words[index + 1]
            if after and after not in words["coordinators"] and after not in words["locatives"]:
                return index
    return end


def _find_new_statement(scene: Scene, start: int, end: int) -> int:
    """Return where something else is stated: after a semicolon, or after ", and" with no place next."""
    reading, words = scene.reading, scene.vocabulary.words
    if not any(reading.marks[start:end]):
        return end
    for index in range(start, end - 2):
        if reading.marks[index] == ";":
            return index
        if reading.marks[index] == "," and reading.words[index + 1] in words["coordinators"]:
            follows = index + 2
            if reading.marks[follows] == "," and reading.words[index + 1] not in words["contrasts"]:
                follows = min(
                    follows + 1, end - 1
                )  # ", and, in all likelihood, will go", but not ", however, none was seen"
            listed = reading.words[follows] in words["locatives"] or bool(
                cut_range(scene.mentions, follows, follows + _LISTED_REACH)
            )
            if not listed and reading.words[follows]:
                return index
    return end


def _is_expected(scene: Scene, view: _View) -> bool:
    trigger = view.trigger
    behind = scene.cues.within("expected_after", trigger.end, view.ahead)
    if behind and behind[0].start < _find_source(scene, view):
        return True
    # Forces that prepare for something are there already: their own word does not put them off.
    own = 0 if trigger.kind is Kind.CONCENTRATION and trigger.end - trigger.start > 1 else 1
    expected = scene.cues.within("expected", view.back, trigger.start + own)
    done = scene.cues.within("fulfilled", view.back, trigger.start)  # "on the orders of ..., they left"
    if any(
        not _tells_purpose(scene, match, trigger.start)
        and not any(_covers(other, match) for other in done)
        and not _is_set_apart(scene, match, trigger.start)
        and not (trigger.form == "verb" and is_explained(scene, match.end, trigger))
        for match in expected
    ):
        return True
    word = scene.reading.words[trigger.start]
    opens = trigger.start == scene.reading.sentences[view.clause.sentence].start
    endings = scene.vocabulary.futures + (scene.vocabulary.infinitives if opens else ())
    return trigger.form == "verb" and word.endswith(endings)


def _find_source(scene: Scene, view: _View) -> int:
    """Return where the words that can put a verb off end: before who says so ("..., X said, in what may")."""
    trigger = view.trigger
    if trigger.form != "verb":
        return view.ahead
    behind = (min(s.source_start, s.cue_start) for s in scene.sayings.get(view.clause.sentence, ()))
    ends = (at for at in behind if trigger.end < at < view.ahead and scene.reading.marks[at - 1] == ",")
    return min(ends, default=view.ahead)


def _is_set_apart(scene: Scene, match: Match, end: int) -> bool:
    """Tell whether a quote or an aside parts a word from what is told ("X, which may go, hit Y")."""
    marks, words = scene.reading.marks, scene.reading.words
    parted = marks[match.end : end]
    if any(one == ":" and other in _QUOTES for one, other in pairwise(parted)):
        return True
    small = scene.vocabulary.words
    opening = small["which"] if small["elisions"] else small["which"] - small["complementizers"]
    commas = [match.end + at for at, mark in enumerate(parted) if mark == ","]
    if len(commas) % 2 and words[commas[-1] + 1] in opening:  # an even one closes an aside
        return True  # "they may harm X, which they shell"
    comma = next(
        (at for at in range(match.start - 1, max(match.start - _ASIDE_REACH, 0), -1) if marks[at]), 0
    )
    return marks[comma] == "," and words[comma + 1] in scene.vocabulary.words["which"] and "," in parted


def _is_promised(scene: Scene, trigger: Trigger, saying: Saying | None) -> bool:
    """Tell whether a source says what it would do ("qu'ils se retireraient"); hearsay has "aurait pris"."""
    if saying is None or saying.cue_end > trigger.start or trigger.form != "verb":
        return False
    if trigger.kind is Kind.CONTROL and trigger.name == "hold":
        return False
    small, words = scene.vocabulary.words, scene.reading.words
    endings = tuple(small["conditionals"])
    said = not small["complementizers"].isdisjoint(words[saying.cue_end : trigger.start])
    return said and any(
        word.endswith(endings) and word not in small["auxiliaries"] | small["imperfects"]
        for word in words[trigger.start : trigger.end]
    )


def _covers(longer: Match, match: Match) -> bool:
    return longer.start <= match.start and match.end <= longer.end


def _tells_purpose(scene: Scene, match: Match, end: int) -> bool:
    """Tell whether a word opens a part of its own before the main one ("To save men, the brigade left")."""
    reading = scene.reading
    conjunction = reading.words[match.start] in scene.vocabulary.words["relatives"]
    return conjunction and "," in reading.marks[match.end : end]


def _says_on(match: Match, sayings: list[Saying]) -> bool:
    """Tell whether a denial belongs to a source that speaks of what follows, not of what came before."""
    return any(s.cue_start <= match.start < s.cue_end and s.scope_start >= s.cue_end for s in sayings)


def _starts_anew(scene: Scene, match: Match) -> bool:
    """Tell whether a denial is a statement of its own ("... and denies having retreated")."""
    return scene.reading.words[match.start - 1] in scene.vocabulary.words["coordinators"]


def _find_break(reading: Reading, start: int, end: int) -> int:
    """Return where the part of a clause after its last colon, semicolon or dash begins."""
    if not any(reading.marks[start:end]):
        return 0
    for index in range(end - 1, start - 1, -1):
        if reading.marks[index] in {":", ";", "–", "—", "-"}:
            return index + 1
    return 0


def _is_beside(scene: Scene, trigger: Trigger, end: int) -> bool:
    """Tell whether what is negated is a remark on what was stated ("..., which Kyiv does not comment on")."""
    start = trigger.end
    marks, words = scene.reading.marks[start:end], scene.reading.words[start:end]
    if "," not in marks:
        return False
    told = trigger.form == "verb" and trigger.kind is Kind.STRIKE  # "shells hit X, nobody has lived there"
    return told or not scene.vocabulary.words["which"].isdisjoint(words[marks.index(",") :])


def _list_denials(scene: Scene, view: _View, sayings: Sequence[Saying], *, told: bool) -> list[Match]:
    """Return the denials after a trigger that are of it; what one says and another denies is said."""
    after = scene.cues.within("denial", view.trigger.end, view.ahead)
    if not told:
        return after
    return [match for match in after if not _is_answer(scene, sayings, view.trigger, match)]


def _is_answer(scene: Scene, sayings: Sequence[Saying], trigger: Trigger, match: Match) -> bool:
    """Tell whether another than who stated a thing denies it behind a comma ("..., which Y denies")."""
    denier = next((s for s in sayings if s.cue_start <= match.start < s.cue_end), None)
    if denier is None or denier.source_start < trigger.end:
        return False
    between = scene.reading.words[trigger.end : denier.source_start]
    return "," in scene.reading.marks[trigger.end : denier.source_start] and not (
        scene.vocabulary.words["which"].isdisjoint(between)
    )


def _find_accusation(scene: Scene, sayings: Sequence[Saying], trigger: Trigger) -> int:
    """Return where a side that has denied something goes on to say more ("..., and accused X of ...")."""
    small = scene.vocabulary.words["coordinators"]
    told = [s for s in sayings if s.verb and s.cue_start < trigger.start]
    cuts = [cut for s in told for cut in (s.cue_start, s.source_start)]
    return max((cut for cut in cuts if cut and scene.reading.words[cut - 1] in small), default=0)


def _is_denied(scene: Scene, view: _View, saying: Saying | None) -> bool:
    cues, trigger = scene.cues, view.trigger
    past = _find_break(scene.reading, view.back, trigger.start)
    sayings = scene.sayings.get(view.clause.sentence, [])
    fresh = _find_accusation(scene, sayings, trigger)
    for match in cues.within("false", view.back, trigger.start):
        opens = (
            match.start <= view.clause.start + 1 and ";" not in scene.reading.marks[match.end : trigger.start]
        )
        if (
            match.start >= fresh
            and (opens or match.start >= past)
            and not _goes_against(scene, match, trigger)
        ):
            return True  # "False, says Syrsky: the entry into the region", not "that is a lie - they took X"
    told = saying is not None and saying.cue_end <= trigger.start
    for match in cues.within("false", trigger.end, view.ahead):
        if not _is_called(scene, sayings, trigger, match) and not (
            told and _is_beside(scene, trigger, match.start)
        ):
            return True  # but not "announced the capture of X, which Y called untrue"
    asserting = scene.vocabulary.words["asserting"]
    for match in cues.within("denial", max(view.back, fresh), trigger.start):
        countered = trigger.form == "verb" and ":" in scene.reading.marks[match.end : trigger.start]
        countered = countered or _is_told_anew(scene, match, sayings, trigger)
        if not countered and asserting.isdisjoint(scene.reading.words[match.end : trigger.start]):
            return True  # but not "denied it, insisting that ..." and "denied it: X still holds ..."
    after = _list_denials(scene, view, sayings, told=told)
    if any(not _says_on(match, sayings) and not _starts_anew(scene, match) for match in after):
        return True
    if saying is not None and saying.cue_end <= trigger.start:
        denied = cues.within("denial", saying.cue_start, saying.cue_end)
        ends = {";", ":"} if trigger.form == "verb" else {";"}
        if denied and ends.isdisjoint(scene.reading.marks[saying.cue_end : trigger.start]):
            return True
    return _is_negated(scene, view)


def _goes_against(scene: Scene, match: Match, trigger: Trigger) -> bool:
    """Tell whether what is stated goes against others' words ("Contrary to their claims, X is held")."""
    against = scene.reading.words[match.start] in scene.vocabulary.words["despite"]
    return against and "," in scene.reading.marks[match.end : trigger.start]


def _is_called(scene: Scene, sayings: Sequence[Saying], trigger: Trigger, match: Match) -> bool:
    """Tell whether somebody else calls it false, in words of his own ("..., but Y called it a lie")."""
    calls, words = scene.vocabulary.words["calls"], scene.reading.words
    between = (s for s in sayings if trigger.end <= s.cue_start and s.cue_end <= match.start)
    return any(words[s.cue_start] in calls for s in between)


def _is_told_anew(scene: Scene, match: Match, sayings: Sequence[Saying], trigger: Trigger) -> bool:
    """Tell whether who was told to deny something says more ("was denied by X, who said that ...")."""
    if scene.reading.words[match.start - 1] not in scene.vocabulary.words["auxiliaries"]:
        return False
    return any(match.end <= s.cue_start and s.cue_end <= trigger.start for s in sayings)


def _opens_negated(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a trigger's own first word is a negative."""
    own = scene.cues.within("negation", trigger.start, trigger.start + 1)
    return any(match.start == trigger.start and match.end == trigger.start + 1 for match in own)


def _is_negated(scene: Scene, view: _View) -> bool:
    """Tell whether a plain negative stands before a trigger, or a longer one after it."""
    cues, trigger = scene.cues, view.trigger
    low = max(
        view.back,
        trigger.start - _NEGATION_WINDOW,
        _find_break(scene.reading, view.clause.start, trigger.start),
        find_outlook(scene, view.clause, trigger),
        _find_last_saying(scene, view) - 1,  # "an officer who is not to be named says that ..."
    )
    contrasts = scene.vocabulary.words["contrasts"]
    for index in range(low, trigger.start):
        if scene.reading.words[index] in contrasts:
            low = index  # "no retreat goes on, but reserves were brought in"
    harmless = cues.within("continuing", low, trigger.start + 1)
    inner = [m for m in cues.within("negation", trigger.start, trigger.end) if m.start > trigger.start]
    lost = cues.within("continuing", trigger.start, trigger.end) if inner else ()  # "is ours no more"
    if any(not any(h.start <= m.start and m.end <= h.end for h in lost) for m in inner):
        return True  # "has not massed troops"
    if trigger.form == "verb" and scene.reading.words[trigger.start - 1] in scene.vocabulary.words["noes"]:
        return True  # "no Russians are in X"
    at = trigger.start - (scene.reading.words[trigger.start] in scene.vocabulary.words["locatives"])
    only = scene.reading.words[at] in scene.vocabulary.words["complementizers"]
    for match in () if only else cues.within("negation", low, trigger.start):  # "n'étaient plus, lundi, qu'à"
        own = match.end == trigger.start + 1 and _opens_negated(scene, trigger)  # "противника не пустили"
        if own or any(h.start <= match.start and match.end <= h.end for h in harmless):
            continue
        near = match.end - match.start > 1 or trigger.start - match.end < _NEGATION_REACH
        if near and not is_subordinate(scene, match.end, trigger.start):
            return True
    if _is_infinitive(scene, trigger):
        end = min(trigger.end + _FAILED_AFTER, view.ahead)
        after = cues.within("negation", trigger.end, end)
        if after and not any(scene.reading.marks[trigger.end : after[0].end]):
            return True
    longer = [m for m in cues.within("negation", trigger.start, view.ahead) if m.end - m.start > 1]
    longer = [m for m in longer if not _is_beside(scene, trigger, m.start)]
    harmless = cues.within("continuing", trigger.start, view.ahead)
    longer = [m for m in longer if not any(h.start <= m.start and m.end <= h.end for h in harmless)]
    fought = trigger.name in {"assault", "attack", "battle"} and trigger.form == "noun"
    return bool(longer) and (trigger.kind in _NEGATED_AFTER or fought)

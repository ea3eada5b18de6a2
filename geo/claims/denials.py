"""What one side states and another denies: a second claim ("; Kyiv denies it")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.claims.civilians import is_habit
from geo.claims.parts import Link, Saying, cut_range
from geo.claims.scene import Scene
from geo.claims.status import Verdict
from geo.model import Kind, Status, TimeInterval

__all__ = ["Draft", "add_denials"]

# A denial with more words tells what it denies.
_MOST_WORDS = 8
_CALLED_REACH = 5
_MOST_SAID = 4  # so many words say no before who says it ("C'est faux, dit X")
_OPENING = 3  # so many tokens of a sentence hold its first noun


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making: what is stated of a place, by whom, of whom and when."""

    link: Link
    verdict: Verdict
    saying: Saying | None
    actors: tuple[str, ...]
    time: TimeInterval
    party: str = ""


def add_denials(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add a denied claim wherever a source denies what was stated just before and says nothing more."""
    added = list(drafts)
    spoken = {id(draft.saying) for draft in drafts}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.link.clause.sentence, []).append(draft)
    for number, group in scene.sayings.items():
        for saying in group:
            called = _calls_false(scene, saying) or _says_false(scene, saying, number)
            if not called and not scene.cues.within("denial", saying.cue_start, saying.cue_end):
                continue
            if id(saying) in spoken or (not called and _states_more(scene, saying)):
                continue
            if is_habit(scene, saying.cue_end, saying.scope_end):
                continue  # "Moscow denies targeting civilians"
            own = by_sentence.get(number, [])
            if any(
                d.verdict.status is Status.DENIED and d.link.trigger.start < saying.cue_start for d in own
            ):
                continue  # "rumours that they crossed the river he calls invented"
            told = {draft.verdict.kind for draft in own if _tells_it(draft, saying)}
            before = [] if _is_relative(scene, saying) else by_sentence.get(_go_back(scene, number), [])
            denied = _deny(before + own, saying)
            added += [draft for draft in denied if draft.verdict.kind not in told]
            links = {id(draft.link) for draft in denied}
            rumours = {id(d) for d in own if id(d.link) in links and _is_rumour(scene, d)}
            added = [draft for draft in added if id(draft) not in rumours]
    added += _affirm(scene, added)
    return sorted(added, key=lambda d: (d.link.clause.sentence, d.link.trigger.start))


def _go_back(scene: Scene, number: int) -> int:
    """Return the sentence before, or the one before where it only names who told ("So says the army")."""
    last = number - 1
    sentence = scene.reading.sentences[last]
    told = scene.reading.matches.get("say", ())
    idle = any(m.sense.name == "back" and m.start == sentence.start for m in told)
    return last - 1 if idle and last > 0 else last


def _affirm(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Return what is denied as reported where another is told to have claimed it ("which Y had claimed")."""
    found = []
    for draft in drafts:
        if draft.verdict.status is not Status.DENIED or draft.verdict.kind is not Kind.CONTROL:
            continue
        for saying in scene.sayings.get(draft.link.clause.sentence, ()):
            told = not scene.cues.within("denial", saying.cue_start, saying.cue_end)
            told = told and not scene.cues.within("fear", saying.cue_start, saying.cue_end)
            first = min(saying.source_start, saying.cue_start)
            told = told and scene.reading.words[first - 1] not in scene.vocabulary.words["wheres"]
            if told and _is_relative(scene, saying) and draft.link.mention.end <= first:
                verdict = replace(draft.verdict, status=Status.REPORTED)
                found.append(Draft(draft.link, verdict, saying, draft.actors, draft.time, draft.party))
                break
    return found


def _is_rumour(scene: Scene, draft: Draft) -> bool:
    """Tell whether only rumours state a thing that somebody denies ("Rumours that ..., X denies")."""
    sentence = scene.reading.sentences[draft.link.clause.sentence]
    opening = scene.reading.words[sentence.start : sentence.start + _OPENING]
    return draft.saying is None and not scene.vocabulary.words["rumours"].isdisjoint(opening)


def _tells_it(draft: Draft, saying: Saying) -> bool:
    """Tell whether a sentence goes on to say what is denied ("X denies it: "nobody has crossed ..."")."""
    return draft.verdict.status is Status.DENIED and draft.link.trigger.start >= saying.cue_end


def _is_relative(scene: Scene, saying: Saying) -> bool:
    """Tell whether a denial is of what its own sentence tells ("..., which Kigali denies")."""
    at = min(saying.source_start, saying.cue_start) - 1
    return at >= 0 and scene.reading.words[at] in scene.vocabulary.words["which"]


def _calls_false(scene: Scene, saying: Saying) -> bool:
    """Tell whether a source calls something false ("called the claim "a complete lie"")."""
    words, calls = scene.reading.words, scene.vocabulary.words["calls"]
    if calls.isdisjoint(words[saying.cue_start : saying.cue_start + 1]):
        return False
    return bool(scene.cues.within("false", saying.cue_end, saying.cue_end + _CALLED_REACH))


def _says_false(scene: Scene, saying: Saying, number: int) -> bool:
    """Tell whether a source says but "false" to what was told before ("Faux, rétorque Téhéran")."""
    start = scene.reading.sentences[number].start
    first = min(saying.cue_start, saying.source_start)
    said = scene.cues.within("retort", start, first)
    return bool(said) and sum(map(bool, scene.reading.words[start:first])) <= _MOST_SAID


def _states_more(scene: Scene, saying: Saying) -> bool:
    """Tell whether a denial names what it denies, though no place of it is known ("denied the fall of X")."""
    start, end = max(saying.cue_end, saying.scope_start), _find_more(scene, saying)
    if any(m.role == "place" and not m.anaphor for m in cut_range(scene.mentions, start, end)):
        return True
    end = next((i for i in range(start, end) if scene.reading.marks[i] in {":", ";"}), end)
    first = start + (scene.reading.marks[start : start + 1] == [","])
    told = not scene.vocabulary.words["complementizers"].isdisjoint(scene.reading.words[first : first + 1])
    if told and not cut_range(scene.triggers, start, end):
        return True  # "denied that it was cut off"
    words = sum(1 for word in scene.reading.words[start:end] if word)
    if words > _MOST_WORDS and scene.vocabulary.words["pronouns"].isdisjoint(scene.reading.words[start:end]):
        return True
    return any(t.end > t.start for t in cut_range(scene.triggers, start, end)) and any(
        scene.reading.text[scene.reading.starts[i]].isupper()
        for i in range(start, end)
        if scene.reading.words[i] and i not in scene.masked and i > start
    )


def _find_more(scene: Scene, saying: Saying) -> int:
    """Return where the words of a denial end: who denies may say more ("rejected the claim and said ...")."""
    number = next((n for n, group in scene.sayings.items() if saying in group), None)
    later = (s.cue_start - 1 for s in scene.sayings.get(number or 0, ()) if s.cue_start > saying.cue_end)
    coordinators, words = scene.vocabulary.words["coordinators"], scene.reading.words
    return min((at for at in later if words[at] in coordinators), default=saying.scope_end)


def _is_of_plans(drafts: list[Draft], last: Draft, saying: Saying) -> bool:
    """Tell whether what is denied is what the same sentence only expects ("X may go to Y; Z denies it")."""
    after = (d for d in drafts if last.link.trigger.start < d.link.trigger.start < saying.cue_start)
    return any(d.link.clause.sentence > last.link.clause.sentence for d in after)


def _deny(drafts: list[Draft], saying: Saying) -> list[Draft]:
    """Return denied twins of the last statement before a denial."""
    before = [
        d for d in drafts if d.link.trigger.start < saying.cue_start and d.verdict.status is Status.REPORTED
    ]
    if not before or _is_of_plans(drafts, before[-1], saying):
        return []
    near = [draft for draft in before if draft.link.clause.sentence == before[-1].link.clause.sentence]
    own = [draft for draft in near if saying.side and saying.side in draft.actors]
    last = (own or before)[-1].link.trigger  # who denies it denies rather what its own side did
    return [
        Draft(d.link, replace(d.verdict, status=Status.DENIED), saying, d.actors, d.time, d.party)
        for d in before
        if d.link.trigger is last
    ]

"""What one side states and another denies: a second claim ("; Kyiv denies it")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from geo.claims.links import Link
from geo.claims.parts import Saying
from geo.claims.scene import Scene
from geo.claims.status import Verdict
from geo.model import Status, TimeInterval

__all__ = ["Draft", "add_denials"]


@dataclass(slots=True, eq=False)
class Draft:
    """A claim in the making: what is stated of a place, by whom, of whom and when."""

    link: Link
    verdict: Verdict
    saying: Saying | None
    actors: tuple[str, ...]
    time: TimeInterval


def add_denials(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Add a denied claim wherever a source denies what was stated just before and says nothing more."""
    added = list(drafts)
    spoken = {id(draft.saying) for draft in drafts}
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.link.clause.sentence, []).append(draft)
    for number, group in scene.sayings.items():
        for saying in group:
            if not scene.cues.within("denial", saying.cue_start, saying.cue_end):
                continue
            if id(saying) in spoken:
                continue
            added += _deny(by_sentence.get(number - 1, []) + by_sentence.get(number, []), saying)
    return sorted(added, key=lambda d: (d.link.clause.sentence, d.link.trigger.start))


def _deny(drafts: list[Draft], saying: Saying) -> list[Draft]:
    """Return denied twins of the last statement before a denial."""
    before = [
        d for d in drafts if d.link.trigger.start < saying.cue_start and d.verdict.status is Status.REPORTED
    ]
    if not before:
        return []
    last = before[-1].link.trigger
    return [
        Draft(d.link, replace(d.verdict, status=Status.DENIED), saying, d.actors, d.time)
        for d in before
        if d.link.trigger is last
    ]

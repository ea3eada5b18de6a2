"""Whether a thing is reported, expected or denied - or not said at all."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from geo.claims.parts import Clause, Saying, Trigger
from geo.claims.patterns import Match
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.model import Kind, Status

__all__ = ["Cues", "Verdict", "find_cues", "judge_trigger"]

_NEGATED_AFTER = frozenset({Kind.CONCENTRATION, Kind.ADVANCE, Kind.STRIKE, Kind.WITHDRAWAL})
_NEGATION_REACH = 4
_NEGATION_WINDOW = 12
_RETORT_WORDS = 5
# Kinds that a warning announces; what is warned of as going on (massing, holding) is so.
_WARNED = frozenset({Kind.STRIKE, Kind.CLASH, Kind.ADVANCE, Kind.CONTROL})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of a trigger: its kind and status, or why it states nothing."""

    kind: Kind
    status: Status
    reason: str = ""
    failed: bool = False


class Cues:
    """Words of a report that turn a statement, by name, in order."""

    def __init__(self, reading: Reading) -> None:
        self.by_name: dict[str, list[Match]] = {}
        for match in reading.matches.get("cue", ()):
            self.by_name.setdefault(match.sense.name, []).append(match)

    def within(self, name: str, start: int, end: int) -> list[Match]:
        """Return the cues of a name that begin in a range of tokens."""
        matches = self.by_name.get(name)
        if not matches:
            return []
        low = bisect_left(matches, start, key=lambda m: m.start)
        high = bisect_left(matches, end, key=lambda m: m.start)
        return matches[low:high]


def find_cues(reading: Reading) -> Cues:
    """Return the cues of a report."""
    return Cues(reading)


def judge_trigger(
    reading: Reading,
    clauses: list[Clause],
    index: int,
    trigger: Trigger,
    cues: Cues,
    saying: Saying | None,
    sayings: list[Saying],
    vocabulary: Vocabulary,
) -> Verdict:
    """Decide what a trigger states, by the words around it."""
    clause = clauses[index]
    sentence = reading.sentences[clause.sentence]
    back = _find_back(clauses, index, trigger, sentence.start)
    ahead = _find_ahead(clauses, index, trigger, sentence.end)
    kind = trigger.kind
    if _is_question(reading, sentence.end) or clause.opener == "condition":
        return Verdict(kind, Status.REPORTED, "a question or a condition")
    if cues.within("block", back, trigger.start) and not cues.within("denial", back, trigger.start):
        return Verdict(kind, Status.REPORTED, "a demand, a plea or politics")
    if cues.within("loss", clause.start, clause.end) and trigger.name in {"lose", "take"}:
        return Verdict(kind, Status.REPORTED, "losses of men or equipment")
    expected = _is_expected(cues, back, ahead, trigger) or (
        trigger.form == "verb" and reading.words[trigger.start].endswith(vocabulary.futures)
    )
    failed = bool(cues.within("failed", clause.start, clause.end)) and kind in {Kind.ADVANCE, Kind.CLASH}
    denied = _is_denied(reading, cues, clause, back, ahead, trigger, saying, sayings) or _is_retorted(
        reading, cues, clauses, index
    )
    if failed:
        return Verdict(Kind.CLASH, Status.REPORTED, failed=True)
    if expected and kind is Kind.CLASH and trigger.name != "repel":
        kind = Kind.ADVANCE
    if expected and kind is Kind.CONTROL and trigger.name in {"take", "fall", "lose"}:
        kind = Kind.CONTROL if cues.within("order", back, trigger.start) else Kind.ADVANCE
    if denied:
        if trigger.name == "assault" and cues.within("attempt", trigger.start, trigger.end):
            kind = Kind.ADVANCE
        return Verdict(kind, Status.DENIED)
    return Verdict(kind, Status.EXPECTED if expected else Status.REPORTED)


def _find_back(clauses: list[Clause], index: int, trigger: Trigger, start: int) -> int:
    """Return where the words that govern a trigger begin: after the trigger before it in the sentence."""
    clause = clauses[index]
    before = [t.end for t in clause.triggers if t.end <= trigger.start]
    if before:
        return max(before)
    for other in reversed(clauses[:index]):
        if other.sentence != clause.sentence:
            break
        if other.triggers:
            return max(t.end for t in other.triggers) if clause.opener != "relative" else other.end
    return start


def _find_ahead(clauses: list[Clause], index: int, trigger: Trigger, end: int) -> int:
    """Return where the words after a trigger that can still turn it end."""
    clause = clauses[index]
    after = [t.start for t in clause.triggers if t.start >= trigger.end]
    if after:
        return min(after)
    for other in clauses[index + 1 :]:
        if other.sentence != clause.sentence:
            break
        if other.triggers:
            return other.start
    return end


def _is_question(reading: Reading, end: int) -> bool:
    return any(mark == "?" for mark in reading.marks[max(end - 2, 0) : end])


def _is_expected(cues: Cues, back: int, ahead: int, trigger: Trigger) -> bool:
    if cues.within("expected_after", trigger.end, ahead):
        return True
    found = cues.within("expected", back, trigger.start)
    return bool(found)


def _is_retorted(reading: Reading, cues: Cues, clauses: list[Clause], index: int) -> bool:
    """Tell whether the next sentence is nothing but a denial ("This is not so.")."""
    number = clauses[index].sentence
    if index + 1 < len(clauses) and clauses[index + 1].sentence == number:
        return False
    if number + 1 >= len(reading.sentences):
        return False
    after = reading.sentences[number + 1]
    words = sum(1 for i in range(after.start, after.end) if reading.words[i])
    covered = sum(m.end - m.start for m in _longest(cues.within("retort", after.start, after.end)))
    return words <= _RETORT_WORDS and covered > 0 and covered * 2 >= words


def _longest(matches: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: m.start - m.end):
        if not any(match.start < other.end and match.end > other.start for other in kept):
            kept.append(match)
    return kept


def _says_on(match: Match, sayings: list[Saying]) -> bool:
    """Tell whether a denial belongs to a source that speaks of what follows, not of what came before."""
    return any(s.cue_start <= match.start < s.cue_end and s.scope_start >= s.cue_end for s in sayings)


def _find_break(reading: Reading, start: int, end: int) -> int:
    """Return where the part of a clause after its last colon, semicolon or dash begins."""
    for index in range(end - 1, start - 1, -1):
        if reading.marks[index] in {":", ";", "–", "—"}:
            return index + 1
    return 0


def _is_denied(
    reading: Reading,
    cues: Cues,
    clause: Clause,
    back: int,
    ahead: int,
    trigger: Trigger,
    saying: Saying | None,
    sayings: list[Saying],
) -> bool:
    if cues.within("false", back, trigger.start) or cues.within("false", trigger.end, ahead):
        return True
    if cues.within("denial", back, trigger.start):
        return True
    after = cues.within("denial", trigger.end, ahead)
    if any(not _says_on(match, sayings) for match in after):
        return True
    if (
        saying is not None
        and cues.within("denial", saying.cue_start, saying.cue_end)
        and saying.cue_end <= trigger.start
    ):
        return not any(reading.marks[i] == ";" for i in range(saying.cue_end, trigger.start))
    low = max(back, trigger.start - _NEGATION_WINDOW, _find_break(reading, clause.start, trigger.start))
    harmless = cues.within("continuing", low, trigger.start + 1)
    for match in cues.within("negation", low, trigger.start):
        if any(h.start <= match.start and match.end <= h.end for h in harmless):
            continue
        single = match.end - match.start == 1
        if not single or trigger.start - match.end < _NEGATION_REACH:
            return True
    longer = [m for m in cues.within("negation", trigger.start, ahead) if m.end - m.start > 1]
    return bool(longer) and (trigger.kind in _NEGATED_AFTER or trigger.name == "assault")

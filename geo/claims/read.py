"""From a report's words and places to its claims: composition only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from geo.claims.actors import Stage, find_actors, guess_actors
from geo.claims.clauses import cut_clauses
from geo.claims.denials import Draft, add_denials
from geo.claims.links import Link, find_mentions, link_clauses, settle_roles
from geo.claims.numbers import assign_figures, find_figures
from geo.claims.parts import Clause, Mention, Saying, Trigger
from geo.claims.sayings import find_sayings, note_sides, pick_saying
from geo.claims.sides import find_sides, read_cast
from geo.claims.status import Verdict, find_cues, judge_trigger
from geo.claims.text import Reading, read_words
from geo.claims.times import find_moments, pick_time
from geo.claims.triggers import find_triggers
from geo.claims.vocabulary import compile_vocabulary
from geo.language.dates import find_times
from geo.language.lexicon import Lexicon
from geo.language.quantities import find_quantities
from geo.language.sentences import split_sentences
from geo.model import (
    Claim,
    ControlStatus,
    Kind,
    Quantity,
    Rejection,
    Report,
    Resolution,
    Span,
    Stage as Step,
    Status,
)
from geo.places.anaphora import find_anaphora

# Units that a mere presence is counted in.
_GATHERED = frozenset({"soldiers", "vehicles", "tanks", "boats", "aircraft", "ships", "helicopters", "systems"})

__all__ = ["ClaimResult", "ClaimSettings", "read_claims"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimSettings:
    """How claims are read.

    Attributes
    ----------
    keep_unplaced
        Whether a place that the gazetteer does not know still gives a claim, without a point.
    """

    keep_unplaced: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimResult:
    """The claims of a report, and what states something but became no claim."""

    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...]


def read_claims(
    report: Report,
    resolutions: tuple[Resolution, ...],
    lexicon: Lexicon,
    settings: ClaimSettings = ClaimSettings(),
) -> ClaimResult:
    """Read what a report states of places.

    Parameters
    ----------
    report
        The report.
    resolutions
        Its toponyms with their places (`geo.places.resolve.resolve_toponyms`).
    lexicon
        The words of its language.
    settings
        How claims are read.

    Returns
    -------
    ClaimResult
        Claims in text order, one for each kind, place, side and status; and rejections with their reasons.
    """
    return _Reader(report, resolutions, lexicon, settings).read()


class _Reader:
    """One report on its way to claims."""

    def __init__(
        self, report: Report, resolutions: tuple[Resolution, ...], lexicon: Lexicon, settings: ClaimSettings
    ) -> None:
        self.report, self.settings = report, settings
        self.vocabulary = compile_vocabulary(lexicon)
        text = report.text
        self.reading = read_words(text, self.vocabulary, split_sentences(text, lexicon))
        anaphora = find_anaphora(report, lexicon, resolutions)
        self.mentions = find_mentions(self.reading, resolutions, anaphora)
        settle_roles(self.reading, self.mentions, self.vocabulary)
        self.cast = read_cast(self.reading, report.publisher, self.vocabulary, self.mentions)
        self.cues = find_cues(self.reading)
        regional = self.cast.bulletin and not self.cast.ministry
        self.triggers = find_triggers(self.reading, self.mentions, self.cues.by_name, regional=regional)
        issued = report.issued.date() if report.issued else None
        times = find_times(text, lexicon, report.issued, report.id)
        self.times = find_moments(
            self.reading,
            times,
            issued,
            self.triggers,
            bulletin=self.cast.bulletin,
            ministry=self.cast.ministry,
            places=[m.name_start for m in self.mentions if m.role == "place"],
        )
        timed = [(m.start, m.end) for m in self.times.moments]
        self.sayings = find_sayings(self.reading, self.vocabulary, self.triggers, timed, self._find_named())
        self._mask_sources()
        self.sides = find_sides(self.reading, self.cast, self.mentions, self.vocabulary)
        note_sides(self.reading, self.sayings, self.cast)
        self.figures = find_figures(self.reading, find_quantities(text, lexicon, report.id))
        self.explosives = sorted(
            m.start for m in self.reading.matches.get("thing", ()) if m.sense.name == "explosive"
        )
        self.forces = sorted(
            m.start for m in self.reading.matches.get("thing", ()) if m.sense.name == "force"
        )
        self.counted = sorted(f.start for f in self.figures if f.quantity.unit in _GATHERED)
        self.losses = sorted(m.start for m in self.cues.by_name.get("loss", []))
        self.rejections: list[Rejection] = []

    def read(self) -> ClaimResult:
        clauses = self._cut()
        links = link_clauses(self.reading, clauses, self.vocabulary, self.cues)
        stage = self._set_stage()
        by_trigger: dict[int, list[Link]] = {}
        for link in links:
            by_trigger.setdefault(id(link.trigger), []).append(link)
        drafts: list[Draft] = []
        for index, clause in enumerate(clauses):
            for trigger in clause.triggers:
                drafts += self._draft(stage, clauses, index, trigger, by_trigger.get(id(trigger), []))
        return self._finish(drafts)

    def _draft(
        self, stage: Stage, clauses: list[Clause], index: int, trigger: Trigger, links: list[Link]
    ) -> list[Draft]:
        """Judge one trigger and return what it states of each of its places."""
        clause = clauses[index]
        sayings = self.sayings.get(clause.sentence, [])
        saying = pick_saying(sayings, trigger.start)
        verdict = judge_trigger(
            self.reading, clauses, index, trigger, self.cues, saying, sayings, self.vocabulary
        )
        denied = verdict.status is Status.DENIED
        actors = find_actors(stage, trigger, clause, saying, denied=denied)
        drafts = []
        for link in links:
            if verdict.reason:
                self._reject(link, verdict.reason)
            elif link.mention.resolution.place is None and not self.settings.keep_unplaced:
                self._reject(link, "the place is not known")
            else:
                place = link.mention.resolution.place
                own = actors or guess_actors(stage, trigger, clause, verdict.kind, place)
                time = pick_time(
                    self.reading, self.times, clauses, index, trigger, verdict.kind, verdict.status
                )
                drafts.append(Draft(link, verdict, saying, own, time))
        if not verdict.reason:
            stage.remember(clause, verdict.kind, actors or (drafts[-1].actors if drafts else ()))
        return drafts

    def _finish(self, drafts: list[Draft]) -> ClaimResult:
        links = [draft.link for draft in drafts]
        figures = assign_figures(links, self.figures, {id(d.link): d.verdict.kind for d in drafts}, self.forces)
        drafts = add_denials(self.reading, drafts, self.sayings, self.cues)
        claims: list[Claim] = []
        for draft in drafts:
            count, area = figures.get(id(draft.link), (None, None))
            if draft.link.siblings > 1 and count is None and area is None:
                continue
            claims.append(self._make(draft, count, area))
        return ClaimResult(claims=_drop_twins(claims), rejections=tuple(self.rejections))

    def _cut(self) -> list[Clause]:
        conditions = frozenset(match.start for match in self.cues.by_name.get("condition", ()))
        clauses: list[Clause] = []
        first_trigger = first_mention = 0
        for number, sentence in enumerate(self.reading.sentences):
            triggers: list[Trigger] = [t for t in self.triggers if sentence.start <= t.start < sentence.end]
            mentions: list[Mention] = [
                m for m in self.mentions if sentence.start <= m.name_start < sentence.end
            ]
            if triggers or mentions:
                clauses += cut_clauses(
                    self.reading,
                    number,
                    triggers,
                    mentions,
                    self.vocabulary,
                    conditions, self.explosives, self.forces, self.counted, self.losses
                )
        return clauses

    def _find_named(self) -> frozenset[int]:
        """Return the tokens of places that act as places."""
        return frozenset(
            index
            for mention in self.mentions
            if mention.role == "place" and mention.rank < 3
            for index in range(mention.name_start, mention.name_end)
        )

    def _mask_sources(self) -> None:
        """Take places within the name of a source out of the running ("the Kharkiv prosecutor's office")."""
        for number, sayings in self.sayings.items():
            sentence = self.reading.sentences[number]
            for mention in self.mentions:
                if sentence.start <= mention.name_start < sentence.end and any(
                    s.source_start <= mention.name_start < s.source_end for s in sayings
                ):
                    mention.role = "source"

    def _set_stage(self) -> Stage:
        weapons = [m.start for m in self.reading.matches.get("thing", ()) if m.sense.name == "weapon"]
        masked = {
            index
            for sayings in self.sayings.values()
            for saying in sayings
            for index in range(saying.source_start, saying.source_end)
        }
        issued = self.report.issued.date() if self.report.issued else None
        return Stage(
            self.reading, self.cast, self.vocabulary, self.sides, weapons, issued=issued, masked=masked
        )

    def _reject(self, link: Link, reason: str) -> None:
        span = link.mention.resolution.toponym.span
        self.rejections.append(
            Rejection(report_id=self.report.id, stage=Step.CLAIM, reason=reason, span=span)
        )

    def _make(self, draft: Draft, count: Quantity | None, area: Quantity | None) -> Claim:
        link, verdict, saying, actors, time = (
            draft.link,
            draft.verdict,
            draft.saying,
            draft.actors,
            draft.time,
        )
        sentence = self.reading.sentences[link.clause.sentence]
        start, end = self.reading.starts[sentence.start], self.reading.ends[sentence.end - 1]
        quote = Span(report_id=self.report.id, start=start, end=end, exact=self.report.text[start:end])
        key = "|".join(
            (
                self.report.id,
                verdict.kind,
                verdict.status,
                ";".join(actors),
                str(start),
                link.mention.resolution.toponym.span.exact,
            )
        )
        side = saying.side if saying else self.cast.publisher
        return Claim(
            id=hashlib.sha256(key.encode()).hexdigest()[:16],
            report_id=self.report.id,
            kind=verdict.kind,
            status=verdict.status,
            place=link.mention.resolution,
            quote=quote,
            actors=actors,
            count=count,
            area=area,
            time=time,
            attribution=(saying.source or None) if saying else None,
            asserted_by=side,
            control_status=_judge_control(verdict, actors, side),
            rule=f"{link.trigger.name}-{link.trigger.form}-{link.how}",
        )


def _judge_control(verdict: Verdict, actors: tuple[str, ...], side: str) -> ControlStatus | None:
    if verdict.kind is not Kind.CONTROL:
        return None
    if verdict.status is Status.DENIED:
        return ControlStatus.CONTESTED
    return ControlStatus.CLAIMED if side and side in actors else ControlStatus.STATED


def _drop_twins(claims: list[Claim]) -> tuple[Claim, ...]:
    """Keep one claim for each kind, place, side and status: the first, with what later ones add."""
    kept: dict[tuple[str, str, str, str], Claim] = {}
    for claim in claims:
        place = claim.place.place
        name = f"{place.gazetteer}:{place.id}" if place else claim.place.toponym.name
        relation = claim.place.toponym.relation
        key = (
            claim.kind,
            f"{name}/{relation.kind}/{relation.direction}",
            ";".join(claim.actors),
            claim.status,
        )
        if key not in kept:
            kept[key] = claim
    return tuple(kept.values())

"""From reports to claims with shapes: composition only."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from geo.claims.gate import speaks_of_war
from geo.claims.read import ClaimSettings, read_claims
from geo.errors import FrontlineError, GeometryError
from geo.language.accents import restore_accents
from geo.language.detect import detect_language
from geo.language.lexicon import list_languages, load_lexicon
from geo.model import Candidate, Claim, Event, Footprint, Rejection, Report, Result, Span, Stage
from geo.places.gazetteer import USER_FILE, Gazetteer, open_gazetteer
from geo.places.read import read_places
from geo.places.resolve import ResolveSettings
from geo.places.user_folder import find_user_folder
from geo.pool import apply_to_all

if TYPE_CHECKING:
    from geo.control.model import Base
    from geo.shapes.boundaries import Boundaries
    from geo.shapes.context import ZoneContext

__all__ = ["Settings", "read_report", "run", "tell_language"]


_UNKNOWN = "und"


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """How reports are read.

    Attributes
    ----------
    resolve, claims
        Settings of the two stages.
    user_folder
        Where one's own places are kept; None for the usual folder of the platform.
    draw
        False to stop at claims, without shapes.
    base
        An assessed map that the user brings: directions are drawn from its front, and advances set out from
        the ground that it gives their side, in claims of about its day.
    processes
        How many processes read, for thousands of reports (`geo.pool.count_processes`); a script that asks for
        more than one needs the usual ``if __name__ == "__main__":``.
    """

    resolve: ResolveSettings = ResolveSettings()
    claims: ClaimSettings = ClaimSettings()
    user_folder: Path | None = None
    draw: bool = True
    base: Base | None = None
    processes: int = 1


@lru_cache(maxsize=4)
def _open(user_folder: Path | None, changed: int) -> Gazetteer:
    """Open a gazetteer once, and again when the user's places have changed."""
    del changed
    return open_gazetteer(user_folder)


def _find_gazetteer(user_folder: Path | None) -> Gazetteer:
    """Return the gazetteer with the user's own places: of a given folder, else of the usual one."""
    folder = user_folder if user_folder is not None else find_user_folder()
    try:
        changed = os.stat(f"{folder}/{USER_FILE}").st_mtime_ns  # noqa: PTH116 - asked for every report
    except OSError:
        return _open(None, 0)
    return _open(folder, changed)


def tell_language(report: Report) -> Report:
    """Return the report with its language told from its words, where the input named none that is known.

    Where the words do not tell it either, what the input named is kept.
    """
    known = list_languages()
    if report.language.split("-")[0] in known:
        return replace(report, language=report.language.split("-")[0])
    found = detect_language(report.text)
    return report if found == _UNKNOWN else replace(report, language=found)


def read_report(
    report: Report, settings: Settings = Settings()
) -> tuple[tuple[Claim, ...], tuple[Rejection, ...]]:
    """Read the claims of one report, their places chosen.

    The report's language must be one that has a lexicon; another gives one rejection and no claim.
    """
    if report.language not in list_languages():
        reason = _tell_unread(report.language)
        return (), (Rejection(report_id=report.id, stage=Stage.REPORT, reason=reason),)
    lexicon = load_lexicon(report.language)
    written, report = report.text, replace(report, text=restore_accents(report.text, lexicon))
    if not speaks_of_war(report, lexicon):
        return (), ()
    gazetteer = _find_gazetteer(settings.user_folder)
    places = read_places(report, lexicon, gazetteer, settings.resolve)
    read = read_claims(report, places, lexicon, settings.claims)
    if report.text == written:
        return read.claims, read.rejections
    rejections = (replace(one, span=_write(one.span, written)) for one in read.rejections)
    return tuple(_quote_written(claim, written) for claim in read.claims), tuple(rejections)


def _quote_written(claim: Claim, text: str) -> Claim:
    """Return a claim with its words as they were written, where the text was read with other signs."""
    toponym, span = claim.place.toponym, claim.time.span
    named = replace(toponym, span=_write(toponym.span, text), name_span=_write(toponym.name_span, text))
    return replace(
        claim,
        quote=_write(claim.quote, text),
        place=replace(claim.place, toponym=named),
        time=replace(claim.time, span=_write(span, text)),
    )


_Spot = TypeVar("_Spot", Span, Span | None)


def _write(span: _Spot, text: str) -> _Spot:
    """Return a span with the words that stand there."""
    return span if span is None else replace(span, exact=text[span.start : span.end])


def _read_whole(report: Report, settings: Settings) -> tuple[tuple[Claim, ...], tuple[Rejection, ...]]:
    """Read a report as `read_report` does; a fault of ours never stops the other reports and is told."""
    try:
        return read_report(report, settings)
    except FrontlineError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever it is, the other reports are read
        last = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}"
        reason = f"not read: a fault of the program ({where}); please report it with the text"
        return (), (Rejection(report_id=report.id, stage=Stage.REPORT, reason=reason),)


def _tell_unread(language: str) -> str:
    known = ", ".join(list_languages())
    if language == _UNKNOWN:
        return f"not read: its words do not tell its language; name it, one of {known}"
    return f"not read: no lexicon of language {language!r}; there is one of {known}"


def run(
    reports: Iterable[Report],
    settings: Settings = Settings(),
    follow: Callable[[int], object] = lambda _: None,
) -> Result:
    """Read reports and draw their claims.

    Parameters
    ----------
    reports
        Reports in any of the languages that have a lexicon.
    settings
        See `Settings`.
    follow
        Called with the number of reports read after each one, for a sign of progress.

    Returns
    -------
    Result
        Claims in the order of their reports; geometry in EPSG:4326.
    """
    told = tuple(tell_language(report) for report in reports)
    claims: list[Claim] = []
    rejections: list[Rejection] = []
    read = partial(_read_whole, settings=replace(settings, base=None))
    for number, (found, left_out) in enumerate(apply_to_all(read, told, settings.processes), 1):
        follow(number)
        claims.extend(found)
        rejections.extend(left_out)
    unique = tuple(_make_ids_unique(claims))
    if not settings.draw:
        return Result(reports=told, claims=unique, rejections=tuple(rejections))
    footprints, undrawn = _draw(unique, settings.base)
    return Result(
        reports=told,
        claims=unique,
        footprints=footprints,
        events=_merge(told, unique),
        rejections=(*rejections, *undrawn),
    )


def _make_ids_unique(claims: Sequence[Claim]) -> Iterator[Claim]:
    """The same report handed in twice must not give two claims one id."""
    seen: dict[str, int] = {}
    for claim in claims:
        count = seen.get(claim.id, 0)
        seen[claim.id] = count + 1
        yield claim if not count else replace(claim, id=f"{claim.id}-{count + 1}")


def _merge(reports: Sequence[Report], claims: Sequence[Claim]) -> tuple[Event, ...]:
    from geo.events import merge_events

    publishers = {report.id: report.publisher for report in reports}
    return merge_events(claims, publishers)


def _draw(claims: Sequence[Claim], base: Base | None) -> tuple[dict[str, Footprint], list[Rejection]]:
    from geo.shapes.boundaries import open_boundaries
    from geo.shapes.context import gather_context

    boundaries = open_boundaries()
    context = gather_context(claims, _assess(base, boundaries))
    footprints: dict[str, Footprint] = {}
    undrawn: list[Rejection] = []
    for claim in claims:
        drawn = _draw_one(claim, boundaries, context)
        if isinstance(drawn, Footprint):
            footprints[claim.id] = drawn
        else:
            undrawn.append(drawn)
    return footprints, undrawn


def _assess(base: Base | None, boundaries: Boundaries) -> ZoneContext:
    if base is None:
        from geo.shapes.context import ZoneContext

        return ZoneContext()
    from geo.control.assessed import assess_zones

    return assess_zones(base, boundaries)


def _draw_one(claim: Claim, boundaries: Boundaries, context: ZoneContext) -> Footprint | Rejection:
    from geo.shapes.footprint import draw_footprint, find_course

    if claim.place.place is None:
        names = tuple(_name_candidate(one) for one in claim.place.alternatives[:5])
        reason = (
            "the evidence does not tell which place is meant" if names else "no place of this name is known"
        )
        return _reject(claim, Stage.PLACE, f"{claim.place.toponym.name!r}: {reason}", names)
    try:
        footprint = draw_footprint(claim, boundaries, context)
        return find_course(claim, footprint, boundaries, context)
    except GeometryError as error:
        return _reject(claim, Stage.SHAPE, str(error), ())


def _name_candidate(candidate: Candidate) -> str:
    place = candidate.place
    return f"{place.name} ({place.country_code} {place.latitude:.2f}, {place.longitude:.2f})"


def _reject(claim: Claim, stage: Stage, reason: str, candidates: tuple[str, ...]) -> Rejection:
    span = claim.place.toponym.span
    return Rejection(
        report_id=claim.report_id,
        stage=stage,
        reason=reason,
        span=span,
        claim_id=claim.id,
        candidates=candidates,
    )

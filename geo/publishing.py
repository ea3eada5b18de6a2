"""Publishing safely: nothing younger than some hours, nothing drawn more exactly than some kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model import Claim, Event, Footprint, Rejection, Report, Result, Stage
from geo.units import M_PER_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

__all__ = ["PublishingRules", "coarsen_footprint", "guard_result", "is_held_back", "parse_moment"]

_HELD = "held back"
_LONGEST_H = 1_000_000  # more than a hundred years
_WIDEST_KM = 1_000
_OCTANT = 45.0  # degrees
_NEAR_KM = 25  # UCDP GED codebook: where_prec 2 is a point within about 25 km, 4 a first-level unit
_KM_PER_DEGREE = 111.195  # mean length of a degree of latitude on the WGS 84 ellipsoid, km


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishingRules:
    """How much to hold back: hours of delay, and the finest detail of a point in kilometres.

    Raises
    ------
    InputError
        If either is negative, no number, or beyond a century or a thousand kilometres.
    """

    delay_hours: float = 0.0
    coarsen_km: float = 0.0

    def __post_init__(self) -> None:
        if not (0 <= self.delay_hours <= _LONGEST_H and 0 <= self.coarsen_km <= _WIDEST_KM):
            raise InputError(
                f"delay {self.delay_hours:g} h, detail {self.coarsen_km:g} km: "
                f"give 0 to {_LONGEST_H:,} hours and 0 to {_WIDEST_KM:,} km"
            )


def parse_moment(text: str | None) -> datetime:
    """Return the moment that the delay counts from, UTC where no zone is named; now for None.

    Raises
    ------
    InputError
        If the text is no moment of ISO 8601.
    """
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not an ISO 8601 moment; write it as 2024-11-10T18:00") from error
    return _place_in_utc(moment)


def guard_result(result: Result, rules: PublishingRules, now: datetime) -> Result:
    """Return the result without young claims, and what is drawn finely moved to a coarse grid.

    A claim that is held back leaves a rejection that tells neither place nor quote: whoever gets the outputs
    learns nothing of it.

    Parameters
    ----------
    result
        What the pipeline gave.
    rules
        Hours of delay and kilometres of detail.
    now
        The moment that the delay counts from; UTC if it names no zone.
    """
    now = _place_in_utc(now)
    issued = {report.id: report.issued for report in result.reports}
    limit = now - timedelta(hours=rules.delay_hours)
    held = {c.id for c in result.claims if rules.delay_hours and _find_last_moment(c, issued) > limit}
    claims = tuple(claim for claim in result.claims if claim.id not in held)
    footprints = {
        key: coarsen_footprint(_forget_start(footprint) if held else footprint, rules.coarsen_km)
        for key, footprint in result.footprints.items()
        if key not in held
    }
    reasons = tuple(_hold_back(claim, rules) for claim in result.claims if claim.id in held)
    fresh = {key for key, moment in issued.items() if rules.delay_hours and _is_after(moment, limit)}
    kept = tuple(_hide_words(one, fresh) for one in result.rejections if one.claim_id not in held)
    return replace(
        result,
        reports=tuple(_drop_silent(result, held, fresh)),
        claims=claims,
        footprints=footprints,
        events=tuple(_drop_held(result.events, held)),
        rejections=(*kept, *reasons),
    )


def _hide_words(rejection: Rejection, fresh: AbstractSet[str]) -> Rejection:
    """What a young report says beside its claims keeps the reason why it is none, but not its words."""
    if rejection.claim_id or rejection.report_id not in fresh:
        return rejection
    return replace(rejection, span=None, candidates=())


def _drop_silent(result: Result, held: AbstractSet[str], fresh: AbstractSet[str]) -> Iterator[Report]:
    """A young report of which no claim is kept is not named among the sources: its address tells enough.

    One that could not be read stays: whoever publishes must learn of it.
    """
    silent = {claim.report_id for claim in result.claims if claim.id in held} | fresh
    silent -= {claim.report_id for claim in result.claims if claim.id not in held}
    silent -= {one.report_id for one in result.rejections if one.stage is Stage.REPORT}
    yield from (report for report in result.reports if report.id not in silent)


def _drop_held(events: Iterable[Event], held: AbstractSet[str]) -> Iterator[Event]:
    """What nobody may know of yet counts as no source either."""
    for event in events:
        claims = tuple(claim for claim in event.claims if claim.id not in held)
        if claims:
            yield replace(event, claims=claims, sources=min(event.sources, len(claims)))


def _is_after(moment: datetime | None, limit: datetime) -> bool:
    return moment is not None and _place_in_utc(moment) > limit


def _place_in_utc(moment: datetime) -> datetime:
    """Return a moment that names no zone as one of UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _find_last_moment(claim: Claim, issued: Mapping[str, datetime | None]) -> datetime:
    """Return when the claim was last so: the end of its last day, but no later than its publication."""
    told = issued.get(claim.report_id)
    published = _place_in_utc(told) if told is not None else None
    if claim.time.end is None:
        return published or datetime.max.replace(tzinfo=UTC)
    end = datetime.combine(claim.time.end, time.max, UTC)
    return min(end, published) if published else end


def _hold_back(claim: Claim, rules: PublishingRules) -> Rejection:
    return Rejection(
        report_id=claim.report_id,
        stage=Stage.SHAPE,
        reason=f"{_HELD}: younger than {rules.delay_hours:g} hours",
    )


def is_held_back(rejection: Rejection) -> bool:
    """Tell whether something was left out for safety, and not for want of a place."""
    return rejection.reason.startswith(_HELD)


def coarsen_footprint(footprint: Footprint, detail_km: float) -> Footprint:
    """Put what is finer than ``detail_km`` at the centre of a cell that wide; wider shapes stay as is."""
    if not detail_km:
        return footprint
    footprint = _hide_course(footprint)
    if not _is_finer(footprint, detail_km):
        return footprint
    from shapely import Point

    latitude = max(-90.0, min(90.0, _snap(footprint.latitude, detail_km / _KM_PER_DEGREE)))
    # Cells grow narrower towards the poles; near them one cell is all there is.
    width = min(360.0, detail_km / (_KM_PER_DEGREE * max(math.cos(math.radians(latitude)), 0.01)))
    longitude = max(-180.0, min(180.0, _snap(footprint.longitude, width)))
    return replace(
        footprint,
        geometry=Point(longitude, latitude),
        inner=None,
        latitude=latitude,
        longitude=longitude,
        coordinate_uncertainty_m=footprint.coordinate_uncertainty_m + detail_km * M_PER_KM,
        geo_precision=max(footprint.geo_precision, 2),
        where_prec=max(footprint.where_prec, 2 if detail_km <= _NEAR_KM else 4),
        georeference_protocol=f"{footprint.georeference_protocol}, coarsened to {detail_km:g} km",
    )


def _forget_start(footprint: Footprint) -> Footprint:
    """Leave out a course that starts where reports put its side: one of them may be held back."""
    if not footprint.course_protocol:
        return footprint
    from geo.shapes.courses import FROM_HELD

    if footprint.course_protocol != FROM_HELD:
        return footprint
    return replace(footprint, course=None, bearing_deg=None, course_protocol="")


def _hide_course(footprint: Footprint) -> Footprint:
    """Leave out the line of an advance, whose ends tell its places, and all but its direction's octant."""
    if footprint.bearing_deg is None:
        return footprint
    octant = round(footprint.bearing_deg / _OCTANT) * _OCTANT % 360.0
    return replace(footprint, course=None, bearing_deg=octant)


def _is_finer(footprint: Footprint, detail_km: float) -> bool:
    """A point always is; a sector, a zone or an arrow where the circle around it is within the cell."""
    return (
        footprint.geometry.geom_type == "Point" or footprint.coordinate_uncertainty_m < detail_km * M_PER_KM
    )


def _snap(degrees: float, cell: float) -> float:
    return (math.floor(degrees / cell) + 0.5) * cell

"""Publishing safely: nothing younger than some hours, nothing drawn more exactly than some kilometres."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.model import Claim, Footprint, Rejection, Result, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PublishingRules", "guard_result", "parse_moment"]

_KM_PER_DEGREE = 111.195  # mean length of a degree of latitude on the WGS 84 ellipsoid, km


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishingRules:
    """How much to hold back: hours of delay, and the finest detail of a point in kilometres."""

    delay_hours: float = 0.0
    coarsen_km: float = 0.0

    def __post_init__(self) -> None:
        if self.delay_hours < 0 or self.coarsen_km < 0:
            raise InputError(
                f"delay {self.delay_hours} h, detail {self.coarsen_km} km: give numbers from 0 up"
            )


def parse_moment(text: str | None) -> datetime:
    """Return the moment that the delay counts from, UTC where no zone is named; now for None."""
    if text is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is not an ISO 8601 moment; write it as 2024-11-10T18:00") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def guard_result(result: Result, rules: PublishingRules, now: datetime) -> Result:
    """Return the result with young claims listed as held back and points moved to a coarse grid.

    Parameters
    ----------
    result
        What the pipeline gave.
    rules
        Hours of delay and kilometres of detail.
    now
        The moment that the delay counts from, aware.
    """
    issued = {report.id: report.issued for report in result.reports}
    limit = now - timedelta(hours=rules.delay_hours)
    held = {c.id for c in result.claims if rules.delay_hours and _last_moment(c, issued) > limit}
    footprints = {
        key: coarsen_footprint(footprint, rules.coarsen_km)
        for key, footprint in result.footprints.items()
        if key not in held
    }
    reasons = tuple(_hold_back(claim, rules) for claim in result.claims if claim.id in held)
    kept = tuple(one for one in result.rejections if one.claim_id not in held)
    return replace(result, footprints=footprints, rejections=(*kept, *reasons))


def _last_moment(claim: Claim, issued: Mapping[str, datetime | None]) -> datetime:
    """When the claim was last so: the end of its last day, but no later than its publication."""
    published = issued.get(claim.report_id)
    if claim.time.end is None:
        return published or datetime.max.replace(tzinfo=UTC)
    end = datetime.combine(claim.time.end, time.max, UTC)
    return min(end, published) if published else end


def _hold_back(claim: Claim, rules: PublishingRules) -> Rejection:
    return Rejection(
        report_id=claim.report_id,
        stage=Stage.SHAPE,
        reason=f"held back: younger than {rules.delay_hours:g} hours",
        span=claim.place.toponym.span,
        claim_id=claim.id,
    )


def coarsen_footprint(footprint: Footprint, detail_km: float) -> Footprint:
    """Move a point to the centre of a cell ``detail_km`` wide; wider shapes stay as they are."""
    if not detail_km or footprint.geometry.geom_type != "Point":
        return footprint
    from shapely import Point

    latitude = _snap(footprint.latitude, detail_km / _KM_PER_DEGREE)
    # Cells grow narrower towards the poles; near them one cell is all there is.
    width = min(360.0, detail_km / (_KM_PER_DEGREE * max(math.cos(math.radians(latitude)), 0.01)))
    longitude = max(-180.0, min(180.0, _snap(footprint.longitude, width)))
    return replace(
        footprint,
        geometry=Point(longitude, latitude),
        latitude=latitude,
        longitude=longitude,
        coordinate_uncertainty_m=max(footprint.coordinate_uncertainty_m, detail_km * 1000),
        geo_precision=max(footprint.geo_precision, 2),
        georeference_protocol=f"{footprint.georeference_protocol}, coarsened to {detail_km:g} km",
    )


def _snap(degrees: float, cell: float) -> float:
    return (math.floor(degrees / cell) + 0.5) * cell

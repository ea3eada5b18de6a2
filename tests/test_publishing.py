"""Points moved to a coarse grid stay within the cell, everywhere on the globe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, box

from geo.errors import InputError
from geo.model import (
    Claim,
    Event,
    Footprint,
    Kind,
    Rejection,
    Report,
    Resolution,
    Result,
    Span,
    Stage,
    Status,
    TimeInterval,
    Toponym,
)
from geo.publishing import PublishingRules, coarsen_footprint, guard_result, is_held_back, parse_moment
from geo.shapes.courses import FROM_HELD

GEOD = Geod(ellps="WGS84")


def make_footprint(longitude: float, latitude: float) -> Footprint:
    return Footprint(
        geometry=Point(longitude, latitude),
        latitude=latitude,
        longitude=longitude,
        coordinate_uncertainty_m=500,
        geo_precision=1,
        where_prec=1,
        georeference_protocol="at",
    )


@given(st.floats(-179, 179), st.floats(-80, 80), st.floats(1, 50))
def test_a_coarsened_point_stays_within_its_cell(longitude: float, latitude: float, detail_km: float) -> None:
    moved = coarsen_footprint(make_footprint(longitude, latitude), detail_km)
    _, _, metres = GEOD.inv(longitude, latitude, moved.longitude, moved.latitude)
    assert metres <= detail_km * 1000 * 0.76  # half a diagonal, and the ellipsoid's flattening
    assert moved.coordinate_uncertainty_m >= metres + 500  # still surely holds the place
    assert moved.coordinate_uncertainty_m >= detail_km * 1000
    assert moved.geo_precision == 2
    assert moved.where_prec == (2 if detail_km <= 25 else 4)


@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(0.1, 1000))
def test_no_coarsened_point_leaves_the_globe(longitude: float, latitude: float, detail_km: float) -> None:
    moved = coarsen_footprint(make_footprint(longitude, latitude), detail_km)
    assert -180 <= moved.longitude <= 180
    assert -90 <= moved.latitude <= 90
    assert (moved.geometry.x, moved.geometry.y) == (moved.longitude, moved.latitude)


@pytest.mark.parametrize("latitude", [0.0, 48.3, -70.0, 85.0])
def test_cells_are_no_narrower_than_the_detail(latitude: float) -> None:
    along = (coarsen_footprint(make_footprint(36 + step / 100, latitude), 20) for step in range(400))
    centres = sorted({(moved.longitude, moved.latitude) for moved in along})
    assert len(centres) > 1
    for one, other in pairwise(centres):
        assert GEOD.inv(*one, *other)[2] == pytest.approx(20_000, rel=0.02)


def test_neighbours_fall_on_one_point() -> None:
    one = coarsen_footprint(make_footprint(36.001, 50.001), 20)
    other = coarsen_footprint(make_footprint(36.002, 50.002), 20)
    assert one.geometry.equals(other.geometry)


def test_bad_rules_and_moments_are_refused() -> None:
    with pytest.raises(InputError, match="-1"):
        PublishingRules(delay_hours=-1)
    with pytest.raises(InputError, match="yesterday"):
        parse_moment("yesterday")


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1.0, 1e12])
def test_senseless_rules_are_refused(value: float) -> None:
    with pytest.raises(InputError):
        PublishingRules(delay_hours=value)
    with pytest.raises(InputError):
        PublishingRules(coarsen_km=value)


def test_a_shape_finer_than_the_grid_becomes_a_point() -> None:
    fine = replace(make_footprint(36, 50), geometry=Point(36, 50).buffer(0.01))
    assert coarsen_footprint(fine, 20).geometry.geom_type == "Point"
    wide = replace(fine, coordinate_uncertainty_m=50_000)
    assert coarsen_footprint(wide, 20) is wide


def test_a_coarse_map_hides_the_line_of_an_advance() -> None:
    line = LineString([(37.3022, 48.1465), (37.17706, 48.28014)])
    told = {"course": line, "bearing_deg": 328.0, "course_protocol": "named"}
    point = replace(make_footprint(37.17706, 48.28014), **told)
    wide = replace(point, geometry=box(30, 45, 40, 50), coordinate_uncertainty_m=400_000)
    for footprint in (point, wide):
        hidden = coarsen_footprint(footprint, 25)
        assert hidden.course is None
        assert hidden.bearing_deg == 315.0, "an octant is all that stays"
        assert coarsen_footprint(footprint, 0) is footprint


def test_what_is_held_back_does_not_show_as_the_start_of_an_arrow() -> None:
    issued = datetime(2024, 11, 10, 12, tzinfo=UTC)
    report = Report(id="r", text="", issued=issued)
    older = replace(report, id="s", issued=issued - timedelta(days=2))

    def claim(name: str, report: Report, kind: Kind) -> Claim:
        span = Span(report_id=report.id, start=0, end=1, exact="x")
        day = report.issued.date()
        return Claim(
            id=name, report_id=report.id, kind=kind, status=Status.REPORTED, quote=span,
            place=Resolution(toponym=Toponym(span=span, name="x", name_span=span), place=None),
            time=TimeInterval(start=day, end=day),
        )  # fmt: skip

    line = LineString([(37.3022, 48.1465), (37.17706, 48.28014)])
    derived = replace(
        make_footprint(37.17706, 48.28014), course=line, bearing_deg=328.0, course_protocol=FROM_HELD
    )
    named = replace(derived, course_protocol="course named in the words")
    result = Result(
        reports=(report, older),
        claims=(
            claim("new", report, Kind.CONTROL),
            claim("a", older, Kind.ADVANCE),
            claim("b", older, Kind.ADVANCE),
        ),
        footprints={"new": make_footprint(37.3, 48.1), "a": derived, "b": named},
    )
    guarded = guard_result(result, PublishingRules(delay_hours=24), issued)
    assert set(guarded.footprints) == {"a", "b"}
    assert guarded.footprints["a"].course is None
    assert guarded.footprints["b"].course is line
    assert (
        guard_result(result, PublishingRules(delay_hours=1), issued + timedelta(days=9))
        .footprints["a"]
        .course
    )


ISSUED = datetime(2024, 11, 10, 12, tzinfo=UTC)
DAY = date(2024, 11, 10)
NIGHT = PublishingRules(delay_hours=24)


def make_report(name: str, hours: float | None = 0) -> Report:
    """Return a report that came so many hours before `ISSUED`."""
    return Report(id=name, text="", issued=None if hours is None else ISSUED - timedelta(hours=hours))


def make_claim(report: Report, name: str = "", end: date | None = DAY) -> Claim:
    span = Span(report_id=report.id, start=0, end=1, exact="x")
    return Claim(
        id=name or f"of {report.id}", report_id=report.id, kind=Kind.STRIKE, status=Status.REPORTED, quote=span,
        place=Resolution(toponym=Toponym(span=span, name="x", name_span=span), place=None),
        time=TimeInterval(start=end, end=end),
    )  # fmt: skip


def guard(*claims: Claim, reports: tuple[Report, ...], now: datetime = ISSUED, **more: object) -> Result:
    return guard_result(Result(reports=reports, claims=claims, **more), NIGHT, now)


@pytest.mark.parametrize(
    ("hours", "end", "kept"),
    [
        (23, date(2024, 11, 20), False),  # what is to come counts from when it was told
        (25, date(2024, 11, 20), True),
        (1, date(2024, 11, 7), True),  # told now, long over
        (None, date(2024, 11, 10), False),
        (None, date(2024, 11, 8), True),
        (23, None, False),
        (25, None, True),
        (None, None, False),  # nobody knows how old it is
    ],
)
def test_what_is_younger_than_the_delay_is_held_back(
    hours: float | None, end: date | None, kept: bool
) -> None:
    report = make_report("r", hours)
    guarded = guard(make_claim(report, end=end), reports=(report,))
    assert bool(guarded.claims) is kept
    assert bool(guarded.reports) is kept
    assert [is_held_back(one) for one in guarded.rejections] == ([] if kept else [True])


def test_a_moment_without_a_zone_is_one_of_utc() -> None:
    report = replace(make_report("r"), issued=(ISSUED - timedelta(hours=25)).replace(tzinfo=None))
    assert guard(make_claim(report), reports=(report,), now=ISSUED.replace(tzinfo=None)).claims
    assert parse_moment("2024-11-10T12:00") == ISSUED
    assert parse_moment("2024-11-10T14:00+02:00") == ISSUED


def test_of_a_young_report_nothing_shows_but_what_must_be_told() -> None:
    old, young, silent, unread = (
        make_report(*one) for one in (("old", 99), ("young",), ("silent",), ("unread",))
    )
    span = Span(report_id="young", start=0, end=5, exact="Sudzha")
    said = Rejection(
        report_id="young", stage=Stage.CLAIM, reason="a question", span=span, candidates=("Sudzha",)
    )
    whole = Rejection(report_id="unread", stage=Stage.REPORT, reason="not read: no lexicon")
    lost = Rejection(
        report_id="young", stage=Stage.PLACE, reason="'x': not known", span=span, claim_id="of young"
    )
    earlier = Rejection(report_id="old", stage=Stage.CLAIM, reason="a question", span=span)
    guarded = guard(
        make_claim(old, end=date(2024, 11, 5)),
        make_claim(young),
        reports=(old, young, silent, unread),
        rejections=(said, whole, lost, earlier),
    )
    assert [report.id for report in guarded.reports] == ["old", "unread"]
    assert replace(said, span=None, candidates=()) in guarded.rejections
    assert {whole, earlier} <= set(guarded.rejections)
    assert lost not in guarded.rejections
    assert not any("Sudzha" in str(one) for one in guarded.rejections if one.report_id == "young")


def test_held_back_claims_count_as_no_source() -> None:
    old, young = make_report("old", 99), make_report("young")
    kept, held = make_claim(old, end=date(2024, 11, 5)), make_claim(young)
    events = (Event(id="both", claims=(kept, held), sources=2), Event(id="gone", claims=(held,)))
    guarded = guard(kept, held, reports=(old, young), events=events)
    assert guarded.events == (replace(events[0], claims=(kept,), sources=1),)


def test_coarse_codes_are_never_made_finer() -> None:
    region = replace(make_footprint(36, 50), geo_precision=3, where_prec=6, inner=box(35, 49, 37, 51))
    moved = coarsen_footprint(region, 20)
    assert (moved.geo_precision, moved.where_prec) == (3, 6)
    assert moved.inner is None

"""Points moved to a coarse grid stay within the cell, everywhere on the globe."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely import LineString, Point, box

from geo.errors import InputError
from geo.model import (
    Claim,
    Footprint,
    Kind,
    Report,
    Resolution,
    Result,
    Span,
    Status,
    TimeInterval,
    Toponym,
)
from geo.publishing import PublishingRules, coarsen_footprint, guard_result, parse_moment
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

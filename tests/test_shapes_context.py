"""What reports tell of who holds what, as far as a claim can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, box
from shapes_sample import EAST, TOWN, VILLAGE, make_claim

from geo.model import Claim, Course, Kind, Status, TimeInterval
from geo.shapes.footprint import ZoneContext, gather_context


def test_what_was_left_or_denied_is_not_held() -> None:
    held = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",))
    left = make_claim(TOWN, kind=Kind.WITHDRAWAL, actors=("RUS",))
    denied = make_claim(VILLAGE, kind=Kind.CONTROL, actors=("RUS",), status=Status.DENIED)
    (place,) = gather_context([held, denied]).held["RUS"]
    assert (place.longitude, place.latitude) == (33.18, 48.28)
    assert gather_context([held, left]).held == {}


def test_only_the_same_or_earlier_reports_tell_what_is_held() -> None:
    day, year = date(2024, 8, 16), timedelta(days=365)
    claim = replace(make_claim(EAST), report_id="now", time=TimeInterval(start=day, end=day))
    for report, when, known in (
        ("now", None, True),
        ("before", day - timedelta(days=5), True),
        ("later", day + timedelta(days=5), False),
        ("long ago", day - year, False),
        ("undated", None, False),
    ):
        said = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",))
        said = replace(said, report_id=report, time=TimeInterval(start=when, end=when))
        assert bool(gather_context([said]).list_held("RUS", claim)) is known, report


DAYS = [date(2024, 8, day) for day in (10, 12, 14, 16)]


@given(st.permutations(range(4)))
def test_the_order_of_claims_tells_nothing_of_what_is_held(order: list[int]) -> None:
    kinds = (Kind.CONTROL, Kind.WITHDRAWAL, Kind.CONTROL, Kind.CONTROL)
    claims = [
        replace(make_claim(TOWN, kind=kind, actors=("RUS",)), report_id=str(day), time=TimeInterval(start=day, end=day))
        for kind, day in zip(kinds, DAYS, strict=True)
    ]  # fmt: skip
    context = gather_context([claims[i] for i in order])
    (held,) = context.held["RUS"]
    assert (held.since, held.as_of) == (DAYS[2], DAYS[3])
    assert held.reports == {str(day) for day in DAYS[2:]}


def test_what_is_only_entered_is_held_but_no_base() -> None:
    context = gather_context([make_claim(TOWN, kind=Kind.ADVANCE, actors=("RUS",))])
    assert len(context.held["RUS"]) == 1
    assert context.bases == {}
    assert gather_context([make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",))]).held == {}, "no settlement"


def test_a_region_from_which_they_come_is_nothing_that_they_hold() -> None:
    course = Course(start=make_claim(EAST).place, aim=make_claim(VILLAGE).place)
    claim = replace(make_claim(VILLAGE, kind=Kind.ADVANCE, actors=("RUS",)), course=course)
    assert gather_context([claim]).bases == {}
    town = replace(claim, course=replace(course, start=make_claim(TOWN).place))
    (base,) = gather_context([town]).bases["RUS"]
    assert (base.longitude, base.latitude) == (33.18, 48.28)


def test_a_place_told_of_without_a_day_keeps_the_day_that_is_known() -> None:
    def say(report: str, day: date | None) -> Claim:
        claim = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",))
        return replace(claim, report_id=report, time=TimeInterval(start=day, end=day))

    (held,) = gather_context([say("a", DAYS[0]), say("b", None), say("c", DAYS[1])]).held["RUS"]
    assert (held.since, held.as_of) == (DAYS[0], DAYS[1])
    assert held.reports == {"a", "b", "c"}, "each of them knows of it"


@pytest.mark.parametrize(
    ("days", "timely"), [(-91, False), (-90, True), (90, True), (91, False), (None, True)]
)
def test_an_assessment_counts_for_claims_of_about_its_day(days: int | None, timely: bool) -> None:
    day = DAYS[0]
    context = ZoneContext(zones={"RUS": box(0, 0, 1, 1)}, front=LineString([(0, 0), (1, 1)]), as_of=day)
    when = day + timedelta(days=days) if days is not None else None
    claim = make_claim(TOWN, actors=("RUS",))
    claim = replace(claim, time=TimeInterval(start=when, end=None))
    assert bool(context.find_zones(claim)) is timely
    assert (context.find_front(claim) is not None) is timely
    assert context.find_zones(replace(claim, actors=("UKR",))) == []


def test_bases_are_listed_between_two_latitudes() -> None:
    south, north = replace(TOWN, id="s", latitude=46.0), replace(TOWN, id="n", latitude=52.0)
    context = gather_context(
        [make_claim(one, kind=Kind.CONTROL, actors=("RUS",)) for one in (south, TOWN, north)]
    )
    claim = make_claim(VILLAGE, actors=("RUS",))
    assert len(context.list_bases("RUS", claim)) == 3
    assert context.list_bases("RUS", claim, 47.0, 50.0) == [(33.18, 48.28)]
    assert context.list_facing(claim, "RU") == []
    assert len(context.list_facing(claim, "UA")) == 3

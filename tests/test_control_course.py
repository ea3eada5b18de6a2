"""Statements about the size of one zone over time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.control.course import trace_course
from geo.model import (
    Claim,
    Kind,
    Place,
    PlaceKind,
    Quantity,
    Resolution,
    Span,
    Status,
    TimeInterval,
    Toponym,
)


def state(day: date, low: float | None, high: float | None, *, kind: Kind = Kind.CONTROL) -> Claim:
    span = Span(report_id="r", start=0, end=5, exact="Kursk")
    region = Place(
        gazetteer="g", id="1", name="Kursk Oblast", latitude=51.7, longitude=36.1, kind=PlaceKind.REGION
    )
    return Claim(
        id=day.isoformat(), report_id="r", kind=kind, status=Status.REPORTED, actors=("UKR",), quote=span,
        place=Resolution(toponym=Toponym(span=span, name="Kursk", name_span=span), place=region),
        area=Quantity(span=span, dimension="area", low=low, high=high, unit="km2"),
        time=TimeInterval(start=day, end=day),
    )  # fmt: skip


def test_the_course_of_a_zone_is_told_by_day_whatever_the_order() -> None:
    claims = [
        state(date(2025, 1, 27), 500, 500),
        state(date(2024, 8, 16), 1150, 1150),
        state(date(2025, 3, 13), 200, 300),
    ]
    rows = trace_course(claims)
    assert [row.as_of.isoformat() for row in rows] == ["2024-08-16", "2025-01-27", "2025-03-13"]
    assert [(row.change_low_km2, row.change_high_km2) for row in rows] == [
        (None, None),
        (-650, -650),
        (-300, -200),
    ]


def test_open_ends_leave_the_change_open() -> None:
    first, second = trace_course([state(date(2022, 9, 11), 3000, None), state(date(2022, 9, 13), 8000, 8000)])
    assert first.high_km2 is None
    assert (second.change_low_km2, second.change_high_km2) == (None, 5000)


def test_a_day_without_an_end_counts_and_sides_and_places_are_told_apart() -> None:
    day, later = date(2024, 8, 16), date(2024, 8, 20)
    one = replace(state(day, 100, 200), time=TimeInterval(start=day, end=None))
    both = replace(state(later, 150, 150), actors=("RUS", "UKR"))
    lost = replace(state(later, 9, 9), id="lost", place=replace(one.place, place=None))
    rows = trace_course([both, one, lost])
    assert [(row.side, row.as_of, row.claim_id) for row in rows] == [
        ("RUS", later, both.id),
        ("UKR", day, one.id),
        ("UKR", later, both.id),
    ]
    assert [(row.change_low_km2, row.change_high_km2) for row in rows] == [
        (None, None),
        (None, None),
        (-50, 50),
    ]
    assert {row.place for row in rows} == {"Kursk Oblast"}


def test_days_come_before_names_and_an_end_alone_is_a_day() -> None:
    day, later = date(2024, 8, 16), date(2024, 8, 20)
    first = replace(state(day, 9, 9), id="z", time=TimeInterval(start=None, end=day))
    second = replace(state(later, 9, 9), id="a", time=TimeInterval(start=date(2024, 8, 1), end=later))
    assert [row.claim_id for row in trace_course([second, first])] == ["z", "a"]


def test_two_words_of_one_day_follow_each_other_by_their_names() -> None:
    day = date(2024, 8, 16)
    first, second = (replace(state(day, size, size), id=name) for name, size in (("a", 100), ("b", 300)))
    for order in ([first, second], [second, first]):
        assert [row.claim_id for row in trace_course(order)] == ["a", "b"]


def test_what_is_no_size_of_a_zone_is_left_out() -> None:
    day = date(2024, 8, 16)
    taken = state(day, 40, 40, kind=Kind.ADVANCE)
    planned = replace(state(day, 40, 40), status=Status.EXPECTED)
    undated = replace(state(day, 40, 40), time=TimeInterval(start=None, end=None))
    assert trace_course([taken, planned, undated]) == ()

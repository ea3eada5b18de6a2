"""Claims of many reports that tell the same thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from geo.events import count_sources, is_same_event, merge_events
from geo.model import (
    Claim,
    Kind,
    Place,
    PlaceKind,
    Relation,
    RelationKind,
    Resolution,
    Span,
    Status,
    TimeInterval,
    Toponym,
)

DAY = TimeInterval(start=date(2024, 8, 14), end=date(2024, 8, 14))
QUOTE = "The town of Sudzha was struck by two guided bombs in the night, the head of the region said."


def make_claim(
    report: str, *, place: str = "1", quote: str = "", attribution: str | None = None, time=DAY
) -> Claim:
    span = Span(report_id=report, start=0, end=6, exact="Sudzha")
    town = Place(
        gazetteer="g", id=place, name="Sudzha", latitude=51.19, longitude=35.27, kind=PlaceKind.SETTLEMENT
    )
    return Claim(
        id=f"{report}-{place}-{quote[:5]}", report_id=report, kind=Kind.STRIKE, status=Status.REPORTED,
        place=Resolution(toponym=Toponym(span=span, name="Sudzha", name_span=span), place=town),
        quote=Span(report_id=report, start=0, end=9, exact=quote or f"words of report {report} about it alone"),
        actors=("RUS",), time=time, attribution=attribution,
    )  # fmt: skip


def test_same_thing_from_two_publishers_is_one_event() -> None:
    events = merge_events([make_claim("a"), make_claim("b")], {"a": "One", "b": "Two"})
    assert len(events) == 1
    assert events[0].sources == 2
    assert [claim.report_id for claim in events[0].claims] == ["a", "b"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": Kind.CLASH},
        {"status": Status.DENIED},
        {"actors": ("UKR",)},
        {"time": TimeInterval(start=date(2024, 8, 15), end=date(2024, 8, 15))},
    ],
)
def test_another_kind_status_side_or_day_is_another_event(change: dict[str, object]) -> None:
    one = make_claim("a")
    other = replace(make_claim("b"), **change)
    assert not is_same_event(one, other)
    assert len(merge_events([one, other], {})) == 2


def test_another_place_is_another_event() -> None:
    assert len(merge_events([make_claim("a"), make_claim("b", place="2")], {})) == 2


def test_claims_without_a_place_stand_alone() -> None:
    lost = [replace(c, place=replace(c.place, place=None)) for c in (make_claim("a"), make_claim("b"))]
    assert len(merge_events(lost, {})) == 2


def test_overlapping_intervals_meet() -> None:
    week = make_claim(
        "b", time=TimeInterval(start=date(2024, 8, 10), end=date(2024, 8, 16), time_precision=2)
    )
    assert is_same_event(make_claim("a"), week)


def test_a_publisher_counts_once() -> None:
    claims = [make_claim("a"), make_claim("b")]
    assert count_sources(claims, {"a": "ISW", "b": "isw "}) == 1


def test_a_reprint_is_no_second_source() -> None:
    claims = [make_claim("a", quote=QUOTE), make_claim("b", quote=QUOTE + " More below.")]
    assert count_sources(claims, {"a": "One", "b": "Two"}) == 1


def test_a_digest_of_the_same_voice_is_no_second_source() -> None:
    claims = [make_claim("a", attribution="General Staff"), make_claim("b", attribution="general staff")]
    assert count_sources(claims, {"a": "One", "b": "Two"}) == 1
    quoted = [make_claim("a"), make_claim("b", attribution="ISW")]
    assert count_sources(quoted, {"a": "ISW", "b": "Two"}) == 1


@pytest.mark.parametrize(
    ("voice", "publisher", "sources"),
    [
        ("Reuters", "reuters.com", 1),
        ("ABC News", "ABC", 1),
        ("he", "The Guardian", 2),
        ("AP", "The Japan Times", 2),
        ("rt", "", 2),
        ("", "", 2),
    ],
)
def test_a_voice_is_a_publisher_by_whole_words(voice: str, publisher: str, sources: int) -> None:
    claims = [make_claim("a", attribution=voice), make_claim("report b")]
    assert count_sources(claims, {"a": "One", "report b": publisher}) == sources


def test_a_report_is_one_source_however_often_it_tells() -> None:
    claims = [
        make_claim("a", quote="In the morning it fell."),
        make_claim("a", quote="At noon all was lost."),
    ]
    assert count_sources(claims, {}) == 1
    assert count_sources([], {}) == 1


def test_a_claim_that_fits_only_one_of_an_event_is_another_event() -> None:
    week = TimeInterval(start=date(2024, 8, 10), end=date(2024, 8, 14), time_precision=2)
    next_week = TimeInterval(start=date(2024, 8, 14), end=date(2024, 8, 20), time_precision=2)
    first = TimeInterval(start=date(2024, 8, 10), end=date(2024, 8, 10))
    claims = [make_claim("a", time=first), make_claim("b", time=week), make_claim("c", time=next_week)]
    assert [len(event.claims) for event in merge_events(claims, {})] == [2, 1]


def test_a_claim_without_a_day_meets_any_and_an_end_alone_is_a_day() -> None:
    undated = make_claim("b", time=TimeInterval(start=None, end=None))
    assert is_same_event(make_claim("a"), undated)
    assert is_same_event(undated, make_claim("a"))
    until = make_claim("b", time=TimeInterval(start=None, end=date(2024, 8, 15)))
    assert not is_same_event(make_claim("a"), until)
    turned = make_claim("b", time=TimeInterval(start=date(2024, 8, 16), end=date(2024, 8, 12)))
    assert is_same_event(make_claim("a"), turned)


@pytest.mark.parametrize(
    "relation",
    [Relation(kind=RelationKind.NEAR), Relation(kind=RelationKind.SIDE_OF, direction="N")],
)
def test_beside_a_place_is_not_in_it(relation: Relation) -> None:
    one, other = make_claim("a"), make_claim("b")
    moved = replace(other.place, toponym=replace(other.place.toponym, relation=relation))
    assert not is_same_event(one, replace(other, place=moved))
    assert is_same_event(replace(one, place=moved), replace(other, place=moved))
    south = replace(relation, direction="S")
    turned = replace(other.place, toponym=replace(other.place.toponym, relation=south))
    assert not is_same_event(replace(one, place=moved), replace(other, place=turned))


def test_an_event_keeps_its_name_whatever_the_order() -> None:
    claims = [make_claim("a"), make_claim("b"), make_claim("c")]
    (forth,), (back,) = merge_events(claims, {}), merge_events(claims[::-1], {})
    assert forth.id == back.id


def test_every_claim_is_in_exactly_one_event() -> None:
    claims = [make_claim(report, place=place) for report in "abc" for place in "123"]
    events = merge_events(claims, {})
    assert sorted(c.id for e in events for c in e.claims) == sorted(c.id for c in claims)
    assert len({event.id for event in events}) == len(events)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("RSF", "RSF", True), ("RSF", "", True), ("", "", True), ("RSF", "SDN", False)],
)
def test_two_groups_of_one_country_do_not_do_the_same_thing(one: str, other: str, same: bool) -> None:
    first = replace(make_claim("a"), actors=("SDN",), party=one)
    second = replace(make_claim("b"), actors=("SDN",), party=other)
    assert is_same_event(first, second) is same
    assert len(merge_events([first, second], {})) == (1 if same else 2)

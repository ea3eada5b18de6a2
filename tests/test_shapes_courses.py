"""Courses of movements, and the arrows that are drawn along them."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date, timedelta

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box
from shapes_sample import AT, EAST, NOTHING, SCHEMA, TOWN, VILLAGE, WEST, make_claim, relate

from geo.errors import GeometryError
from geo.model import (
    Claim,
    Course,
    Footprint,
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
from geo.projection import measure_azimuth, measure_distance_km, move_point
from geo.shapes.arrows import draw_arrow
from geo.shapes.boundaries import Boundaries
from geo.shapes.context import ZoneContext, gather_context
from geo.shapes.footprint import draw_footprint, find_course

points = st.tuples(st.floats(-179.9, 179.9), st.floats(-80, 80))
HAMLET = replace(TOWN, id="9", name="Hamlet", latitude=48.4, longitude=33.4)
DAY = date(2024, 11, 10)


def resolve(place: Place, relation: Relation = AT) -> Resolution:
    span = Span(report_id="r", start=0, end=4, exact="name")
    return Resolution(
        toponym=Toponym(span=span, name=place.name, name_span=span, relation=relation), place=place
    )


def advance(place: Place, relation: Relation = AT, *, course: Course | None = None, **more) -> Claim:
    claim = make_claim(place, relation, kind=Kind.ADVANCE, actors=more.pop("actors", ("RUS",)))
    return replace(claim, course=course, time=TimeInterval(start=DAY, end=DAY), **more)


def way(start: Place | None, aim: Place, *between: Place, direction: str | None = None) -> Course:
    return Course(
        start=resolve(start) if start else None,
        way=tuple(resolve(one) for one in between),
        aim=resolve(aim),
        direction=direction,
    )


def draw(claim: Claim, boundaries: Boundaries, context: ZoneContext = NOTHING) -> Footprint:
    plain = draw_footprint(claim, boundaries, context)
    drawn = find_course(claim, plain, boundaries, context)
    assert replace(drawn, course=None, bearing_deg=None, course_protocol="") == plain
    assert (drawn.bearing_deg is None) == (not drawn.course_protocol)
    if drawn.course is not None:
        assert drawn.course.is_valid
        assert 0 <= drawn.bearing_deg < 360
    return drawn


def ends(drawn: Footprint) -> list[tuple[float, float]]:
    return [(round(x, 6), round(y, 6)) for x, y in shapely.get_coordinates(drawn.course)]


def spot(place: Place) -> tuple[float, float]:
    return place.longitude, place.latitude


def test_from_a_town_through_a_hamlet_to_a_village(boundaries: Boundaries) -> None:
    drawn = draw(advance(VILLAGE, course=way(TOWN, VILLAGE, HAMLET)), boundaries)
    assert ends(drawn) == [spot(TOWN), spot(HAMLET), spot(VILLAGE)]
    assert drawn.course_protocol == "course named in the words"
    assert drawn.bearing_deg == pytest.approx(measure_azimuth(*spot(HAMLET), *spot(VILLAGE)))
    assert drawn.geometry == Point(spot(VILLAGE)), "the advance itself stays where it was"


def test_from_a_whole_unit_it_starts_at_the_nearest_point(boundaries: Boundaries) -> None:
    drawn = draw(advance(TOWN, course=way(WEST, TOWN)), boundaries)
    start, end = ends(drawn)
    assert start[0] == pytest.approx(32, abs=0.001)
    assert end == spot(TOWN)
    assert drawn.bearing_deg == pytest.approx(90, abs=2)


def test_into_a_whole_unit_it_ends_at_the_nearest_point(boundaries: Boundaries) -> None:
    drawn = draw(advance(WEST, course=way(TOWN, WEST)), boundaries)
    start, end = ends(drawn)
    assert start == spot(TOWN)
    assert end[0] == pytest.approx(32, abs=0.001)


def test_from_one_whole_unit_into_another_nobody_knows_where(boundaries: Boundaries) -> None:
    drawn = draw(advance(EAST, course=way(WEST, EAST)), boundaries)
    assert drawn.course is None
    assert drawn.bearing_deg == pytest.approx(90, abs=2)
    assert drawn.course_protocol == "direction named in the words, without a line"


def test_a_namesake_far_away_gives_no_course(boundaries: Boundaries) -> None:
    far = replace(TOWN, id="far", longitude=25.0)
    assert draw(advance(VILLAGE, course=way(far, VILLAGE)), boundaries).course is None


def test_inside_of_the_unit_that_it_sets_out_from_there_is_no_line(boundaries: Boundaries) -> None:
    assert draw(advance(TOWN, course=way(EAST, TOWN)), boundaries).course is None


@pytest.mark.parametrize(("direction", "bearing"), [("N", 0), ("SE", 135), ("W", 270)])
def test_a_direction_of_the_compass(boundaries: Boundaries, direction: str, bearing: float) -> None:
    drawn = draw(advance(TOWN, course=Course(direction=direction)), boundaries)
    start, end = ends(drawn)
    assert end == spot(TOWN)
    assert measure_distance_km(*start, *end) == pytest.approx(10, rel=0.01)
    assert (drawn.bearing_deg - bearing + 180) % 360 - 180 == pytest.approx(0, abs=0.5)


def test_a_known_start_that_fits_the_direction_is_taken(boundaries: Boundaries) -> None:
    def head(direction: str) -> str:
        claim = advance(HAMLET, course=Course(aim=resolve(HAMLET), direction=direction))
        return draw(claim, boundaries, gather_context([hold(TOWN), claim])).course_protocol

    assert "settlement" in head("NE"), "the town that is held lies south-west of it"
    assert "compass" in head("W")


def test_westwards_from_a_town_starts_there(boundaries: Boundaries) -> None:
    drawn = draw(advance(TOWN, course=Course(start=resolve(TOWN), direction="W")), boundaries)
    start, end = ends(drawn)
    assert start == spot(TOWN)
    assert end[0] < start[0]


def test_a_direction_in_a_whole_unit_has_no_line(boundaries: Boundaries) -> None:
    drawn = draw(advance(EAST, course=Course(direction="W")), boundaries)
    assert (drawn.course, drawn.bearing_deg) == (None, 270)


def hold(place: Place, *, kind: Kind = Kind.CONTROL, report: str = "r", day: date = DAY, **more) -> Claim:
    claim = make_claim(place, kind=kind, actors=("RUS",))
    return replace(claim, report_id=report, time=TimeInterval(start=day, end=day), **more)


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (hold(TOWN), True),
        (hold(TOWN, report="before", day=DAY - timedelta(days=5)), True),
        (hold(TOWN, report="later", day=DAY + timedelta(days=5)), False),
        (hold(TOWN, report="long ago", day=DAY - timedelta(days=400)), False),
        (hold(TOWN, status=Status.DENIED), False),
        (hold(TOWN, status=Status.EXPECTED), False),
        (hold(TOWN, kind=Kind.CLASH), False),
        (hold(TOWN, kind=Kind.ADVANCE), False),
        (hold(replace(TOWN, longitude=32.3)), False),  # a hundred kilometres off
        (replace(hold(TOWN), actors=("UKR",)), False),
    ],
)
def test_from_the_nearest_settlement_that_its_side_holds(
    boundaries: Boundaries, said: Claim, known: bool
) -> None:
    claim = advance(HAMLET)
    drawn = draw(claim, boundaries, gather_context([said, claim]))
    assert (drawn.course is not None) is known
    if known:
        assert ends(drawn) == [spot(TOWN), spot(HAMLET)]
        assert "derived" in drawn.course_protocol


def test_a_place_told_again_later_was_held_before_too(boundaries: Boundaries) -> None:
    first = hold(TOWN, report="first", day=DAY - timedelta(days=5))
    again = hold(TOWN, report="again", day=DAY + timedelta(days=5))
    claim = advance(HAMLET)
    assert draw(claim, boundaries, gather_context([first, again, claim])).course is not None
    assert draw(claim, boundaries, gather_context([again, claim])).course is None


@pytest.mark.parametrize(
    ("holder", "attacker", "known"),
    [("RSF", "RSF", True), ("SDN", "RSF", False), ("", "RSF", False), ("RSF", "", False), ("", "", False)],
)
def test_one_group_does_not_set_out_from_what_another_holds(
    boundaries: Boundaries, holder: str, attacker: str, known: bool
) -> None:
    said = replace(hold(TOWN, party=holder), actors=("SDN",))
    claim = advance(HAMLET, actors=("SDN",), party=attacker)
    assert (draw(claim, boundaries, gather_context([said, claim])).course is not None) is known


def test_nobody_comes_from_where_an_advance_only_leads_to(boundaries: Boundaries) -> None:
    leading = replace(advance(TOWN, course=Course(aim=resolve(TOWN))), id="d")
    claim = advance(HAMLET)
    assert draw(claim, boundaries, gather_context([leading, claim])).course is None


def test_where_one_advance_starts_its_side_stands(boundaries: Boundaries) -> None:
    known = replace(advance(VILLAGE, course=way(TOWN, VILLAGE)), id="d", quote=Span(
        report_id="r", start=50, end=60, exact="other"
    ))  # fmt: skip
    claim = advance(HAMLET)
    assert ends(draw(claim, boundaries, gather_context([known, claim]))) == [spot(TOWN), spot(HAMLET)]


def test_a_place_on_the_way_of_another_claim_has_no_line_of_its_own(boundaries: Boundaries) -> None:
    main, passed = advance(VILLAGE, course=way(TOWN, VILLAGE, HAMLET)), advance(HAMLET)
    context = gather_context([hold(TOWN), main, passed])
    assert draw(main, boundaries, context).course is not None
    assert draw(passed, boundaries, context).course is None


def test_from_an_assessed_map_before_all_else(boundaries: Boundaries) -> None:
    claim = advance(HAMLET)
    zones = {"RUS": box(33.6, 48, 34, 49)}
    context = gather_context([hold(TOWN), claim], ZoneContext(zones=zones, as_of=DAY))
    drawn = draw(claim, boundaries, context)
    assert "assessed" in drawn.course_protocol
    assert ends(drawn)[0] == pytest.approx((33.6, 48.4), abs=0.01)
    stale = replace(context, as_of=DAY - timedelta(days=300))
    assert "settlement" in draw(claim, boundaries, stale).course_protocol
    inside = replace(context, zones={"RUS": box(33, 48, 34, 49)})
    assert draw(claim, boundaries, inside).course is None


def test_a_zone_counts_before_a_settlement_that_is_nearer_and_not_beyond_its_reach(
    boundaries: Boundaries,
) -> None:
    claim = advance(HAMLET)

    def rule(zone: shapely.Geometry) -> str:
        context = gather_context([hold(TOWN), claim], ZoneContext(zones={"RUS": zone}, as_of=DAY))
        return draw(claim, boundaries, context).course_protocol

    assert "assessed" in rule(box(33.85, 48, 34, 49)), "33 km away, the town 21"
    assert "settlement" in rule(box(34.12, 48.88, 36, 50)), "53 km east and 53 km north are 75 km"


@pytest.mark.parametrize(("longitude", "rule"), [(33.72, "settlement"), (33.9, "border")])
def test_what_is_nearer_is_where_it_sets_out(boundaries: Boundaries, longitude: float, rule: str) -> None:
    aim, held = replace(TOWN, id="aim", longitude=longitude), replace(TOWN, id="held", longitude=33.6)
    claim = advance(aim)
    assert rule in draw(claim, boundaries, gather_context([hold(held), claim])).course_protocol


def test_of_two_settlements_the_nearer_is_told_by_kilometres(boundaries: Boundaries) -> None:
    east = replace(TOWN, id="e", longitude=33.563, latitude=HAMLET.latitude)  # 12 km
    north = replace(TOWN, id="n", longitude=HAMLET.longitude, latitude=HAMLET.latitude + 0.127)  # 14 km
    claim = advance(HAMLET)
    assert ends(draw(claim, boundaries, gather_context([hold(east), hold(north), claim])))[0] == spot(east)


def test_nobody_sets_out_from_where_the_advance_leads(boundaries: Boundaries) -> None:
    claim = advance(HAMLET)
    context = gather_context([hold(HAMLET), hold(TOWN), claim])
    assert ends(draw(claim, boundaries, context))[0] == spot(TOWN)


def test_a_start_across_the_antimeridian_is_near(boundaries: Boundaries) -> None:
    west, east = (replace(HAMLET, id=f"{x}", longitude=x, latitude=10.0) for x in (179.95, -179.95))
    claim = advance(west)
    drawn = draw(claim, boundaries, gather_context([hold(east), claim]))
    assert drawn.bearing_deg == pytest.approx(270, abs=0.1)
    assert drawn.course.geom_type == "MultiLineString"


def test_a_way_that_starts_on_held_ground_is_the_course(boundaries: Boundaries) -> None:
    claim = advance(HAMLET, course=Course(way=(resolve(VILLAGE),), aim=resolve(HAMLET)))
    context = ZoneContext(zones={"RUS": box(33.5, 48, 34, 48.3)}, as_of=DAY)
    drawn = draw(claim, boundaries, context)
    assert ends(drawn) == [spot(VILLAGE), spot(HAMLET)]
    assert drawn.course_protocol == "course named in the words"


def test_a_start_that_lies_about_north_of_the_compass_agrees_with_it(boundaries: Boundaries) -> None:
    claim = advance(HAMLET, course=Course(aim=resolve(HAMLET), direction="N"))
    south_east = replace(TOWN, id="se", longitude=HAMLET.longitude + 0.05, latitude=HAMLET.latitude - 0.15)
    drawn = draw(claim, boundaries, gather_context([hold(south_east), claim]))
    assert "settlement" in drawn.course_protocol
    assert 330 < drawn.bearing_deg < 350


def test_a_direction_that_no_compass_has_gives_no_arrow(boundaries: Boundaries) -> None:
    assert draw(advance(TOWN, course=Course(direction="NNE")), boundaries).course_protocol == ""


def test_from_a_unit_into_itself_nobody_heads_anywhere(boundaries: Boundaries) -> None:
    assert draw(advance(EAST, course=way(EAST, EAST)), boundaries).bearing_deg is None


def test_a_withdrawal_to_a_namesake_far_away_has_no_course(boundaries: Boundaries) -> None:
    far = replace(VILLAGE, id="far", longitude=25.0)
    assert draw(withdraw(TOWN, way(TOWN, far)), boundaries).course_protocol == ""
    assert draw(withdraw(EAST, way(EAST, WEST)), boundaries).bearing_deg == pytest.approx(270, abs=2)
    assert draw(withdraw(EAST, Course(start=resolve(EAST), direction="W")), boundaries).course is None


def test_from_the_border_of_its_own_country(boundaries: Boundaries) -> None:
    near = replace(TOWN, id="b", longitude=33.8)
    drawn = draw(advance(near), boundaries)
    assert ends(drawn)[0] == pytest.approx((34, 48.28), abs=0.01)
    assert "border" in drawn.course_protocol
    assert draw(advance(TOWN), boundaries).course is None, "sixty kilometres are too far"
    assert draw(advance(near, actors=("UKR",)), boundaries).course is None, "nobody invades at home"
    assert draw(advance(near, actors=()), boundaries).course is None
    assert draw(advance(near, status=Status.DENIED), boundaries).course is None


def test_an_advance_is_not_lost_for_want_of_an_arrow(boundaries: Boundaries) -> None:
    lost = replace(WEST, id="lost", boundary="UA.99", kind=PlaceKind.REGION)
    nowhere = replace(TOWN, id="nowhere", latitude=95.0)
    for start in (lost, nowhere):
        claim = advance(VILLAGE, course=way(start, VILLAGE))
        assert draw(claim, boundaries).geometry == Point(spot(VILLAGE))


@given(points, st.floats(0, 359), st.floats(0, 250), st.sampled_from(["", "N", "SW"]))
def test_any_two_points_give_a_valid_course_or_none(start, azimuth, km, direction) -> None:
    end = move_point(*start, azimuth, km)
    connection = sqlite3.connect(":memory:")
    connection.execute(SCHEMA)
    places = [replace(TOWN, id=f"{x} {y}", longitude=x, latitude=y) for x, y in (start, end)]
    claim = advance(places[1], course=way(places[0], places[1], direction=direction or None))
    drawn = draw(claim, Boundaries(connection))
    connection.close()
    assert (drawn.course is not None) or not 0.6 < km < 199
    if drawn.course is not None:
        west, _, east, _ = drawn.course.bounds
        assert -180 <= west <= east <= 180
        assert draw_arrow([(float(x), float(y)) for x, y in shapely.get_coordinates(drawn.course)]).is_valid


def test_a_whole_unit_has_no_derived_course(boundaries: Boundaries) -> None:
    assert draw(advance(EAST), boundaries, gather_context([hold(TOWN)])).course is None


def test_only_an_advance_has_a_course(boundaries: Boundaries) -> None:
    claim = replace(advance(VILLAGE, course=way(TOWN, VILLAGE)), kind=Kind.CLASH)
    footprint = draw_footprint(claim, boundaries, NOTHING)
    assert find_course(claim, footprint, boundaries, NOTHING) is footprint


def withdraw(place: Place, course: Course | None) -> Claim:
    return replace(advance(place, course=course), kind=Kind.WITHDRAWAL)


def test_a_withdrawal_goes_from_where_they_leave(boundaries: Boundaries) -> None:
    drawn = draw(withdraw(TOWN, way(TOWN, VILLAGE)), boundaries)
    assert ends(drawn) == [spot(TOWN), spot(VILLAGE)]
    drawn = draw(withdraw(TOWN, Course(start=resolve(TOWN), direction="W")), boundaries)
    assert ends(drawn)[0] == spot(TOWN)
    assert measure_distance_km(*spot(TOWN), *ends(drawn)[1]) == pytest.approx(10, rel=1e-4)
    assert drawn.bearing_deg == pytest.approx(270, abs=0.1)


def test_a_withdrawal_has_no_derived_course(boundaries: Boundaries) -> None:
    claim = withdraw(TOWN, None)
    assert draw(claim, boundaries, gather_context([hold(VILLAGE)])).course is None


def test_whither_others_withdraw_puts_nothing_in_their_hands() -> None:
    context = gather_context([withdraw(TOWN, way(TOWN, VILLAGE))])
    assert not context.held
    assert not context.bases
    assert not context.passed


def test_of_a_side_of_a_town_the_town_is_the_start(boundaries: Boundaries) -> None:
    west = resolve(TOWN, relate(RelationKind.SIDE_OF, "W"))
    drawn = draw(advance(VILLAGE, course=Course(start=west, aim=resolve(VILLAGE))), boundaries)
    assert ends(drawn) == [spot(TOWN), spot(VILLAGE)]


legs = st.lists(st.tuples(st.floats(-50, 50), st.floats(1, 150)), min_size=1, max_size=4)


@given(points, st.floats(0, 359), legs)
def test_an_arrow_is_one_valid_shape_with_its_tip_at_the_aim(start, azimuth, legs) -> None:
    course = [start]
    for turn, km in legs:
        course.append(move_point(*course[-1], azimuth + turn, km))
    arrow = draw_arrow(course)
    assert arrow.is_valid
    assert arrow.area > 0
    west, south, east, north = arrow.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    tips = shapely.get_coordinates(arrow)
    assert min(measure_distance_km(float(x), float(y), *course[-1]) for x, y in tips) < 0.05


def test_the_shaft_of_a_withdrawal_is_broken() -> None:
    whole, broken = (draw_arrow([(33, 48), (34, 48)], broken=one) for one in (False, True))
    assert len(shapely.get_parts(whole)) == 1
    assert len(shapely.get_parts(broken)) > 2
    assert broken.is_valid
    assert broken.difference(whole).area < 0.01 * whole.area
    assert max(x for x, _ in shapely.get_coordinates(broken)) == pytest.approx(34, abs=1e-6)


def test_an_arrow_is_as_wide_as_its_length_allows() -> None:
    for km, width_km in ((20, 1.6), (200, 6.0), (1, 0.3)):  # a share of its length, within bounds
        aim = move_point(33.0, 48.0, 90.0, km)
        arrow = draw_arrow([(33.0, 48.0), aim])
        middle, _ = move_point(33.0, 48.0, 90.0, km * 0.3)
        cut = arrow.intersection(shapely.LineString([(middle, 47.5), (middle, 48.5)]))
        _, south, _, north = cut.bounds
        assert measure_distance_km(middle, south, middle, north) == pytest.approx(width_km, rel=0.02)


def test_a_bend_is_rounded_on_its_inner_side_and_both_ends_stay() -> None:
    course = [(33.0, 48.0), (34.0, 48.0), (34.0, 48.7)]
    arrow = draw_arrow(course)
    assert not arrow.intersects(Point(34.0, 48.0)), "the corner is cut"
    assert arrow.intersects(Point(33.85, 48.07))
    assert arrow.intersects(Point(33.01, 48.0))
    assert arrow.intersects(Point(34.0, 48.69))


def test_an_arrow_is_alike_on_both_sides() -> None:
    arrow = draw_arrow([(33.0, 0.0), (34.0, 0.0)])
    north, south = (arrow.intersection(box(32, low, 35, low + 1)) for low in (0, -1))
    assert north.area == pytest.approx(south.area, rel=1e-3)


def test_an_arrow_is_widest_at_its_head() -> None:
    arrow = draw_arrow([(33, 48), (34, 48)])
    head, shaft = (arrow.intersection(box(*b)) for b in ((33.75, 47, 33.8, 49), (33.2, 47, 33.25, 49)))
    assert head.area > 1.5 * shaft.area


@pytest.mark.parametrize("course", [[], [(33.0, 48.0)], [(33.0, 48.0), (33.0, 48.0)]])
def test_one_point_has_no_direction(course) -> None:
    with pytest.raises(GeometryError, match="arrow needs"):
        draw_arrow(course)


def test_across_the_antimeridian_an_arrow_is_cut() -> None:
    arrow = draw_arrow([(179.8, 10.0), (-179.8, 10.0)])
    assert arrow.is_valid
    assert len(shapely.get_parts(arrow)) == 2
    again = draw_arrow([(179.8, 10.0), (180.0, 10.0), (-180.0, 10.0), (-179.8, 10.0)])
    assert again.symmetric_difference(arrow).area < 0.02 * arrow.area

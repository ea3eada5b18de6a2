"""What an assessed map tells the shapes of claims: zones, front, day; and directions drawn towards it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import shapely
from shapely.geometry import Point, box
from shapes_sample import TOWN, make_claim, relate
from test_shapes_courses import DAY, HAMLET, advance, hold, spot

from geo.control.assessed import assess_zones
from geo.control.model import Base
from geo.control.statements import CONTESTED
from geo.model import Place, RelationKind, TimeInterval
from geo.projection import measure_distance_km
from geo.shapes.boundaries import Boundaries
from geo.shapes.context import ZoneContext, gather_context
from geo.shapes.footprint import draw_footprint, find_course

BASE = Base(held={"RUS": box(33.6, 48, 34.2, 50)}, rest="UKR", as_of=DAY)


@pytest.fixture
def assessed(boundaries: Boundaries) -> ZoneContext:
    return assess_zones(BASE, boundaries)


def test_the_front_runs_between_the_zones_and_not_along_the_border(assessed: ZoneContext) -> None:
    assert assessed.as_of == DAY
    assert set(assessed.zones) == {"RUS", "UKR"}
    assert assessed.front is not None
    west, south, east, north = assessed.front.bounds
    assert (west, east) == pytest.approx((33.6, 33.6), abs=0.01)
    assert (south, north) == pytest.approx((48, 50), abs=0.01)


def test_what_nobody_holds_is_no_sides_zone_and_homes_that_are_given_count(boundaries: Boundaries) -> None:
    held = {"RUS": box(33.6, 48, 34.2, 49), CONTESTED: box(33.6, 49, 34.2, 50)}
    home = box(36, 48, 38, 50)  # the rest of that country is not said to be anybody's home
    assessed = assess_zones(replace(BASE, held=held, homes={"RUS": home}), boundaries)
    assert set(assessed.zones) == {"RUS", "UKR"}
    assert assessed.zones["RUS"].covers(home)
    assert assessed.zones["UKR"].contains(Point(35, 48.5)), "of the rest, where no home is given"


def axis_of(day: date = DAY):
    claim = make_claim(TOWN, relate(RelationKind.AXIS))
    return replace(claim, time=TimeInterval(start=day, end=day))


def test_a_direction_reaches_from_its_city_to_the_front(
    boundaries: Boundaries, assessed: ZoneContext
) -> None:
    drawn = draw_footprint(axis_of(), boundaries, assessed)
    assert drawn.georeference_protocol == "direction between front and city"
    assert 33.18 < drawn.longitude < 33.6, "half-way"
    assert drawn.geometry.distance(Point(33.6, 48.28)) < 0.02
    far = draw_footprint(axis_of(date(2023, 1, 1)), boundaries, assessed)
    assert far.georeference_protocol != drawn.georeference_protocol, "the front of another year is none"


def test_without_a_map_a_direction_faces_the_nearest_settlement_in_other_hands(
    boundaries: Boundaries,
) -> None:
    claim = axis_of()
    told = gather_context([hold(HAMLET), claim])
    drawn = draw_footprint(claim, boundaries, told)
    assert drawn.georeference_protocol == "direction between a settlement in other hands and the city"
    middle = measure_distance_km(drawn.longitude, drawn.latitude, *spot(TOWN))
    assert middle == pytest.approx(measure_distance_km(*spot(TOWN), *spot(HAMLET)) / 2, rel=0.01)
    ours = gather_context([replace(hold(HAMLET), actors=("UKR",)), claim])
    assert draw_footprint(claim, boundaries, ours).georeference_protocol == "direction of a city"


def test_a_known_direction_faces_only_what_lies_on_its_way(boundaries: Boundaries) -> None:
    pokrovsk = replace(TOWN, id="p", name="Pokrovsk", longitude=37.177, latitude=48.28)
    selydove = replace(TOWN, id="s", longitude=37.3022, latitude=48.1465)
    far = replace(TOWN, id="f", longitude=36.6, latitude=48.28)  # to the west, where no front is
    claim = replace(make_claim(pokrovsk, relate(RelationKind.AXIS)), time=TimeInterval(start=DAY, end=DAY))

    def rule(*held: Place) -> str:
        told = gather_context([*(hold(place) for place in held), claim])
        return draw_footprint(claim, boundaries, told).georeference_protocol

    assert rule() == "direction of a general staff"
    assert rule(far) == "direction of a general staff"
    assert rule(far, selydove) == "direction between a settlement in other hands and the city"


def test_advances_set_out_from_the_assessed_zone(boundaries: Boundaries, assessed: ZoneContext) -> None:
    claim = advance(HAMLET)
    plain = draw_footprint(claim, boundaries, assessed)
    drawn = find_course(claim, plain, boundaries, gather_context([claim], assessed))
    assert shapely.get_coordinates(drawn.course)[0][0] == pytest.approx(33.6, abs=0.01)

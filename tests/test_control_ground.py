"""What a control map stands on: which ground is shared out, whose home it is, its waters and settlements."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from shapely.geometry import Point, box
from shapes_sample import AREAS

from geo.control.ground import (
    MANY,
    assume_homes,
    find_domain,
    find_homes,
    find_waters,
    list_settlements,
    stand_alone,
)
from geo.control.model import Base
from geo.control.statements import Statement
from geo.errors import DataError
from geo.shapes.boundaries import Boundaries

DAY = date(2024, 9, 1)
UKRAINE, RUSSIA = AREAS["UA"][3], AREAS["RU"][3]
HUGE = {
    "SD": ("country", "SD", "Huge land", box(0, 0, 30, 30)),
    "SD.1": ("admin1", "SD", "West", box(0, 0, 15, 30)),
    "SD.2": ("admin1", "SD", "East", box(15, 0, 30, 30)),
    "sea:x": ("water", "", "A sea", box(33, 49, 34, 50)),
    "water:far": ("water", "", "Far", box(60, 49, 61, 50)),
}


@pytest.fixture
def world(boundaries: Boundaries) -> Boundaries:
    for key, (kind, code, name, shape) in HUGE.items():
        row = (key, kind, code, name, shapely.to_wkb(shape), *shape.bounds)
        boundaries._connection.execute("insert into area values (?,?,?,?,?,?,?,?,?)", row)
    return boundaries


def tell(longitude: float, latitude: float, side: str = "RUS") -> Statement:
    return Statement(longitude=longitude, latitude=latitude, side=side, as_of=DAY)


def share(
    world: Boundaries, *said: Statement, base: Base | None = None, sides: tuple[str, ...] = ("UKR", "RUS")
):
    return find_domain(said, base, world, sides)


def test_only_countries_of_the_sides_that_something_is_told_of_are_shared_out(world: Boundaries) -> None:
    assert share(world, tell(31, 49)).equals(UKRAINE)
    assert share(world, tell(31, 49), tell(36, 49)).equals(UKRAINE.union(RUSSIA))
    assert share(world, tell(31, 49), tell(179.5, -17.5)).equals(UKRAINE), "the isles are nobody's here"
    with pytest.raises(DataError, match="no ground of UKR, RUS is named"):
        share(world, tell(100, 0))


def test_a_town_on_the_rim_of_an_outline_counts(world: Boundaries) -> None:
    assert share(world, tell(29.98, 49)).equals(UKRAINE)
    with pytest.raises(DataError):
        share(world, tell(29.9, 49))


def test_sides_without_a_country_share_what_they_speak_of(world: Boundaries) -> None:
    assert share(world, tell(31, 49, "AAA"), sides=("AAA", "BBB")).equals(UKRAINE)


def test_groups_fight_in_their_country_and_a_large_one_comes_by_regions(world: Boundaries) -> None:
    west, east = HUGE["SD.1"][3], HUGE["SD.2"][3]
    assert share(world, tell(5, 5, "RSF"), sides=("SDN", "RSF")).equals(west)
    assert share(world, tell(5, 5, "RSF"), tell(20, 5, "SDN"), sides=("SDN", "RSF")).equals(west.union(east))
    assert share(world, tell(5, 5, "RSF"), tell(31, 49), sides=("RSF",)).equals(west), "not abroad"


def test_a_base_names_the_ground_that_it_covers_but_not_what_it_overhangs(world: Boundaries) -> None:
    held = Base(held={"RUS": box(33.9, 48, 34.001, 50)}, rest="UKR", as_of=DAY)
    assert share(world, base=held).equals(UKRAINE), "a hundred metres abroad are its maker's slack"
    across = Base(held={"RUS": box(33.9, 48, 34.5, 50)}, rest="UKR", as_of=DAY)
    assert share(world, base=across).equals(UKRAINE.union(RUSSIA))


def test_lakes_of_the_domain_are_its_waters_and_seas_are_not(world: Boundaries) -> None:
    found = find_waters(UKRAINE, world)
    assert found is not None
    assert found.equals(AREAS["water:lake"][3])
    assert find_waters(RUSSIA, world) is None
    assert find_waters(box(31.05, 49.6, 32, 50), world) is None, "beside it"
    corner = box(30, 48, 34, 50) - box(30.5, 48, 33, 50)  # on both sides of the lake
    assert corner.envelope.intersects(AREAS["water:lake"][3])
    assert find_waters(corner, world) is None, "within its bounds alone"


def test_homes_are_the_countries_of_those_that_have_one(world: Boundaries) -> None:
    homes = find_homes(world, ["UKR", "RUS", "RSF"])
    assert set(homes) == {"UKR", "RUS"}
    assert homes["UKR"].equals(UKRAINE)
    base = assume_homes(world, ["UKR", "RUS"])
    assert (base.held, base.rest, base.as_of) == ({}, "UKR", date.min)
    assert set(base.homes) == {"UKR", "RUS"}


@pytest.mark.parametrize(
    ("counts", "sides", "alone"),
    [
        ({"UKR": MANY}, ("UKR", "RUS"), True),
        ({"UKR": MANY // 2, "RUS": MANY - MANY // 2 - 1}, ("UKR", "RUS"), False),
        ({"SDN": 6, "RSF": 2}, ("SDN", "RSF"), True),
        ({"SDN": 5, "RSF": 2}, ("SDN", "RSF"), False),
        ({"SDN": 9, "RSF": 1}, ("SDN", "RSF"), False),
        ({}, ("SDN", "RSF"), False),
    ],
)
def test_when_statements_alone_draw_a_map(
    counts: dict[str, int], sides: tuple[str, ...], alone: bool
) -> None:
    said = [tell(n, 0, side) for side, count in counts.items() for n in range(count)]
    assert stand_alone(said, sides) is alone


def test_settlements_within_bounds_are_listed_by_longitude_and_latitude() -> None:
    bounds = (37.0, 48.2, 37.4, 48.4)  # around Pokrovsk
    places = list_settlements(bounds)
    assert places.shape[1] == 2
    assert len(places) > 10
    assert box(*bounds).covers(shapely.MultiPoint(places))
    assert Point(37.18, 48.28).distance(shapely.MultiPoint(places)) < 0.02
    assert list_settlements((0.0, -60.0, 1.0, -59.0)).shape == (0, 2)

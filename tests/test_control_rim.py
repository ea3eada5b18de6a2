"""Front lines at the rim of a domain, and statements deep behind a front."""

from __future__ import annotations

import math
from datetime import date

import pytest
import shapely
from shapely.geometry import box

from geo.control import Base, Statement, build_control
from geo.control.strays import find_grounds, is_deep, keep_near, part_strays
from geo.projection import move_point

DAY = date(2024, 9, 1)
COUNTRY = box(32, 48, 34, 50)
GROUNDS = {"UKR": box(30, 48, 34, 50), "RUS": box(34, 48, 40, 52)}


def draw(held: shapely.Geometry, settlements: list[tuple[float, float]] | None = None) -> list:
    base = Base(held={"RUS": held}, rest="UKR", as_of=DAY)
    return list(build_control(base=base, on=DAY, domain=COUNTRY, settlements=settlements or []).front)


def tell(longitude: float, latitude: float, side: str = "UKR") -> Statement:
    return Statement(longitude=longitude, latitude=latitude, side=side, as_of=DAY)


def test_a_strip_along_the_border_that_hangs_on_the_own_ground_makes_no_front() -> None:
    # West of 33 is Ukraine's; a strip 700 m wide runs on from there along the northern border.
    (line,) = draw(box(33, 48, 34, 49.9937))
    assert line.geometry.bounds[2] < 33.2
    assert line.geometry.intersects(shapely.Point(33, 49))


def test_a_front_that_meets_the_border_runs_up_to_it() -> None:
    (line,) = draw(box(33, 48, 34, 50))
    assert line.geometry.bounds == pytest.approx((33, 48, 33, 50))


@pytest.mark.parametrize(("width_km", "fronts"), [(1.7, False), (5.5, True)])
def test_a_strip_along_the_border_has_a_front_if_it_is_three_kilometres_wide(
    width_km: float, fronts: bool
) -> None:
    assert bool(draw(box(32.5, 50 - width_km / 111.2, 33.5, 50))) is fronts


def test_a_front_that_runs_out_in_a_wedge_is_not_cut_short() -> None:
    wedge = shapely.Polygon([(32.5, 48), (34, 48), (34, 50), (33, 50), (32.5, 49.8)])
    (line,) = draw(wedge)
    assert line.geometry.bounds[3] == pytest.approx(50)


def test_a_short_strip_along_the_border_that_hangs_on_nothing_has_no_front() -> None:
    lines = draw(box(33, 48, 34, 50) | box(32, 49, 32.009, 49.045))
    assert [line.geometry.bounds for line in lines] == [(33, 48, 33, 50)]


def test_a_speck_has_no_front() -> None:
    (line,) = draw(box(33, 48, 34, 50) - box(33.5, 49.0, 33.501, 49.001))
    assert line.geometry.bounds == (33, 48, 33, 50)


def test_a_small_pocket_inland_keeps_its_front() -> None:
    pocket = box(33.5, 49.0, 33.51, 49.01)
    (line,) = draw(box(33, 48, 34, 50) - pocket)
    assert line.geometry.intersects(shapely.Point(33.5, 49.005))


@pytest.mark.parametrize(("settlements", "fronts"), [([(32.5, 49.0)], False), ([(33.9, 49.1)], True)])
def test_a_bay_at_the_rim_is_cut_out_only_where_people_live(
    settlements: list[tuple[float, float]], fronts: bool
) -> None:
    bay = box(33.8, 49.0, 34, 49.2)
    lines = draw(box(33, 48, 34, 50) - bay, settlements)
    assert any(line.geometry.intersects(shapely.Point(33.8, 49.1)) for line in lines) is fronts


def test_a_lone_place_deep_in_the_others_land_is_left_out() -> None:
    deep, near = tell(37, 50), tell(34.3, 49)
    kept, strays = part_strays([deep, near], GROUNDS)
    assert kept == (near,)
    assert [one.statement for one in strays] == [deep]
    assert "60 km" in strays[0].reason


def test_three_places_near_one_another_are_no_slip() -> None:
    raid = [tell(37, 50), tell(37.1, 50), tell(37, 50.1)]
    assert part_strays(raid, GROUNDS) == (tuple(raid), ())
    same = [tell(37, 50), tell(37, 50), tell(37, 50)]
    assert part_strays(same, GROUNDS)[0] == ()


def test_nothing_is_deep_where_one_sides_ground_is_unknown() -> None:
    assert part_strays([tell(37, 50)], {"RUS": GROUNDS["RUS"]}) == ((tell(37, 50),), ())


def test_what_a_side_is_known_to_hold_is_its_home_less_what_others_took() -> None:
    homes = {"UKR": box(30, 48, 34, 50), "RUS": box(34, 48, 40, 52)}
    base = Base(held={"RUS": box(33, 48, 34, 50), "UKR": box(34, 51, 35, 52)}, rest="UKR", as_of=DAY)
    grounds = find_grounds(homes, base, ["UKR", "RUS", "BLR"])
    assert set(grounds) == {"UKR", "RUS"}
    assert grounds["UKR"].equals(shapely.union_all([box(30, 48, 33, 50), box(34, 51, 35, 52)]))
    assert grounds["RUS"].equals(shapely.union_all([homes["RUS"] - box(34, 51, 35, 52), box(33, 48, 34, 50)]))
    assert find_grounds(homes, None, ["RUS"])["RUS"].equals(homes["RUS"])
    assert find_grounds({}, base, ["RUS"])["RUS"].equals(box(33, 48, 34, 50))


@pytest.mark.parametrize(
    ("azimuth", "km", "deep"),
    [(90, 59, False), (90, 61, True), (45, 59, False), (45, 61, True), (45, 80, True)],
)
def test_sixty_kilometres_are_deep_in_any_direction(azimuth: float, km: float, deep: bool) -> None:
    corner = box(34, 48, 36, 50)
    east, north = km * math.sin(math.radians(azimuth)), km * math.cos(math.radians(azimuth))
    spot = move_point(*move_point(36, 50 if azimuth == 45 else 49, 90, east), 0, north)
    assert is_deep(tell(*spot), corner) is deep
    assert not is_deep(tell(35, 49), corner)
    assert is_deep(tell(-100, 10), corner)


def test_places_far_from_one_another_and_those_of_the_other_side_do_not_bear_one_out() -> None:
    apart = [tell(35.5, 49), tell(37, 50), tell(39, 51.5)]
    assert part_strays(apart, GROUNDS)[0] == ()
    mixed = [tell(37, 50), tell(37.1, 50), tell(31.0, 49, "RUS"), tell(31.1, 49, "RUS")]
    assert len(part_strays(mixed, GROUNDS)[1]) == 4


def test_a_side_without_known_ground_is_never_too_deep() -> None:
    elsewhere = tell(37, 50, "BLR")
    assert part_strays([elsewhere], GROUNDS) == ((elsewhere,), ())


def test_a_capital_in_its_own_hands_tells_of_no_front() -> None:
    capital, village = tell(39.5, 51.5, "RUS"), tell(34.3, 49, "RUS")
    assert keep_near([capital, village], GROUNDS) == (village,)
    assert keep_near([capital], GROUNDS) == (capital,)


def test_a_lagoon_at_the_rim_is_nobodys_and_nothing_is_lost() -> None:
    held = box(33, 48, 34, 50) - box(33.8, 49.0, 34, 49.2)
    base = Base(held={"RUS": held}, rest="UKR", as_of=DAY)
    control = build_control(base=base, on=DAY, domain=COUNTRY, settlements=[(32.5, 49.0)])
    zones = control.merge_sides()
    assert zones[""].equals(box(33.8, 49.0, 34, 49.2))
    assert zones["RUS"].equals(held)
    assert sum(zone.area for zone in zones.values()) == pytest.approx(COUNTRY.area)
    assert [(line.left, line.right) for line in control.front] == [("RUS", "UKR")], "none along the lagoon"


def test_a_contested_place_is_not_alone_where_others_near_it_are_told_of() -> None:
    taken = [tell(31.5, 49, "RUS"), tell(31.6, 49.1, "RUS")]
    contested = tell(31.6, 49, "contested")
    assert part_strays([*taken, contested], GROUNDS)[1] == ()
    assert [one.statement for one in part_strays([contested], GROUNDS)[1]] == [contested]

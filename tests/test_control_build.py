"""Control on a day: bands that age, statuses, waters, and what of a base is overruled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
import shapely
from shapely import MultiPoint, Point, box

from geo.control.build import build_control
from geo.control.model import NOBODY, Base, ControlMap
from geo.control.settings import ControlSettings
from geo.control.statements import CONTESTED, Statement
from geo.model import ControlStatus
from geo.projection import measure_area_km2, measure_distance_km

DAY, LATER = date(2024, 9, 1), date(2024, 9, 20)
COUNTRY = box(30, 48, 34, 50)
BASE = Base(held={"RUS": box(32.5, 48, 34, 50)}, rest="UKR", as_of=DAY)
VILLAGES = [(x / 20, y / 20) for x in range(602, 680, 3) for y in range(962, 1000, 3)]


def say(longitude: float, latitude: float, side: str, *, by: str = "", on: date = DAY) -> Statement:
    return Statement(longitude=longitude, latitude=latitude, side=side, as_of=on, asserted_by=by)


def facing(*more: Statement, on: date = DAY) -> list[Statement]:
    """Two rows of settlements, of one side each."""
    rows = [say(x, y / 4, side, on=on) for x, side in ((31.5, "UKR"), (32.5, "RUS")) for y in range(193, 200)]
    return [*rows, *more]


def width_km(control: ControlMap, latitude: float = 49.0) -> float:
    across = control.band.intersection(shapely.LineString([(30, latitude), (34, latitude)]))
    west, south, east, north = across.bounds
    return measure_distance_km(west, south, east, north)


def test_the_band_of_a_base_is_as_wide_as_careful_maps_differ_and_ages() -> None:
    fresh, week, old = (
        build_control(base=BASE, on=DAY + timedelta(days=days), domain=COUNTRY) for days in (0, 100, 3650)
    )
    early = build_control(base=BASE, on=DAY - timedelta(days=100), domain=COUNTRY)
    settings = ControlSettings()
    assert width_km(early) == pytest.approx(width_km(fresh)), "no map is less than new"
    assert width_km(fresh) == pytest.approx(2 * settings.base_km, rel=0.1)
    assert width_km(week) == pytest.approx(2 * (settings.base_km + 100 * settings.drift_km_per_day), rel=0.1)
    assert width_km(old) == pytest.approx(2 * (settings.base_km + settings.drift_km_max), rel=0.1)
    told = build_control([say(32.45, 49, "UKR", on=LATER)], BASE, on=LATER, domain=COUNTRY)
    assert width_km(told) < 5, "a settlement beside the front makes a base's band no wider"


def test_the_band_of_statements_is_wider_the_farther_they_are_and_the_older() -> None:
    told = facing()
    fresh, old = (build_control(told, on=on, domain=COUNTRY) for on in (DAY, DAY + timedelta(days=100)))
    away = measure_distance_km(31.5, 49, 32, 49)
    assert 1.0 <= width_km(fresh) / (2 * 0.6 * away) < 1.3, "widths are rounded up to a class"
    assert width_km(old) - width_km(fresh) == pytest.approx(2 * 2.3, rel=0.5)
    assert build_control(told, on=DAY, domain=COUNTRY).band.contains(Point(32, 49))


def test_a_zone_rests_on_its_newest_word() -> None:
    newer = say(32.6, 49.1, "RUS", on=LATER)
    control = build_control(facing(newer), on=LATER, domain=COUNTRY)
    assert {zone.side: zone.as_of for zone in control.zones} == {"UKR": DAY, "RUS": LATER}


def test_what_only_its_holder_says_is_a_zone_of_its_own() -> None:
    control = build_control(facing(say(33.5, 49, "RUS", by="RUS", on=LATER)), on=LATER, domain=COUNTRY)
    claimed = next(zone for zone in control.zones if zone.control_status is ControlStatus.CLAIMED)
    assert (claimed.side, claimed.as_of) == ("RUS", LATER)
    assert claimed.geometry.contains(Point(33.5, 49))
    assert not claimed.geometry.contains(MultiPoint([(32.5, y / 4) for y in range(193, 200)]))
    assert len(control.front) == 1, "no front between what is stated and what is claimed"


def test_a_lake_that_the_front_crosses_is_nobodys() -> None:
    lake, pond = box(31.8, 48.8, 32.2, 49.2), box(33.2, 48.8, 33.3, 48.9)
    control = build_control(facing(), on=DAY, domain=COUNTRY, water=lake.union(pond))
    nobody = control.merge_sides()[NOBODY]
    assert measure_area_km2(nobody) == pytest.approx(measure_area_km2(lake), rel=1e-3)
    (status,) = {zone.control_status for zone in control.zones if zone.side == NOBODY}
    assert status is ControlStatus.CONTESTED
    assert NOBODY not in control.list_sides()


def test_old_words_are_forgotten_where_it_is_asked() -> None:
    old = say(31.9, 49, "RUS", on=DAY - timedelta(days=30))
    kept = build_control(facing(old), on=DAY, domain=COUNTRY)
    short = build_control(facing(old), on=DAY, domain=COUNTRY, settings=ControlSettings(memory_days=10))
    assert kept.merge_sides()["RUS"].contains(Point(31.9, 49))
    assert not short.merge_sides()["RUS"].contains(Point(31.9, 49))


def test_what_the_base_shows_abroad_is_not_overruled_by_older_words() -> None:
    abroad = box(34, 48, 36, 50)
    entered = box(34, 49, 34.5, 49.5)
    base = Base(held={"UKR": entered}, rest="UKR", as_of=DAY, homes={"RUS": abroad})
    old = say(34.2, 49.2, "RUS", on=date(2024, 8, 20))
    control = build_control([old], base, on=LATER, domain=COUNTRY.union(abroad), settlements=VILLAGES)
    assert control.zones[0].geometry is entered
    newer = say(34.2, 49.2, "RUS", on=date(2024, 9, 10))
    beyond = [(x + 2, y) for x, y in VILLAGES]
    taken = build_control(
        [newer], base, on=LATER, domain=COUNTRY.union(abroad), settlements=VILLAGES + beyond
    )
    assert taken.merge_sides()["RUS"].contains(Point(34.2, 49.2))


def test_a_base_overhangs_its_domain_without_a_front_along_it() -> None:
    wide = replace(BASE, held={"RUS": box(32.5, 47, 35, 51)})
    control = build_control(base=wide, on=DAY, domain=COUNTRY)
    (line,) = control.front
    assert line.geometry.bounds == pytest.approx((32.5, 48, 32.5, 50))


@pytest.mark.parametrize("hair", [box(30, 50 - 1e-9, 34, 50), box(33, 49, 33.0001, 49.0001)])
def test_a_hair_between_two_outlines_is_nobodys_zone_and_no_front(hair: shapely.Polygon) -> None:
    whole = replace(BASE, held={"RUS": COUNTRY - hair})
    control = build_control(base=whole, on=DAY, domain=COUNTRY)
    assert control.list_sides() == ["RUS"]
    assert control.front == ()


def test_a_base_without_a_domain_has_no_ground_but_its_own() -> None:
    control = build_control(base=BASE, on=DAY)
    assert control.list_sides() == ["RUS"]
    assert control.front == ()
    assert control.band.is_empty


def test_two_changes_of_one_side_do_not_overlap_and_are_no_larger_than_what_was_lost() -> None:
    said = [say(32.35, 49.1, "RUS", on=LATER), say(32.3, 49.0, "RUS", by="RUS", on=LATER)]
    control = build_control(said, BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES)
    gains = [zone for zone in control.zones if zone.control_status is not ControlStatus.ASSESSED]
    assert {zone.control_status for zone in gains} == {ControlStatus.STATED, ControlStatus.CLAIMED}
    assert gains[0].geometry.intersection(gains[1].geometry).area < 1e-9
    assert sum(zone.geometry.area for zone in control.zones) == pytest.approx(COUNTRY.area)
    for one in said:
        assert control.merge_sides()["RUS"].contains(Point(one.longitude, one.latitude))


def test_a_gain_rests_on_its_newest_word() -> None:
    said = [say(32.35, 49.1, "RUS", on=LATER), say(32.2, 48.4, "RUS", on=date(2024, 9, 10))]
    control = build_control(said, BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES)
    (gain,) = (zone for zone in control.zones if zone.control_status is ControlStatus.STATED)
    assert gain.as_of == LATER


@pytest.mark.parametrize("villages", [[], [(32.2, 49.2)], [(32.2, 49.2), (32.5, 49.0)]])
def test_where_hardly_a_settlement_is_known_a_grid_stands_for_them(
    villages: list[tuple[float, float]],
) -> None:
    taken = say(32.35, 49.1, "RUS", on=LATER)
    control = build_control([taken], BASE, on=LATER, domain=COUNTRY, settlements=villages)
    gain = next(zone for zone in control.zones if zone.control_status is ControlStatus.STATED)
    assert gain.geometry.contains(Point(32.35, 49.1))
    assert 10 < measure_area_km2(gain.geometry) < 400


def test_changes_far_from_each_other_are_drawn_apart() -> None:
    said = [say(32.3, 49.0, "RUS", on=LATER), say(33.5, 48.5, "UKR", on=date(2024, 9, 10))]
    control = build_control(said, BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES)
    gains = {zone.side: zone for zone in control.zones if zone.control_status is ControlStatus.STATED}
    assert gains["RUS"].as_of == LATER
    assert gains["UKR"].as_of == date(2024, 9, 10)
    assert gains["UKR"].geometry.contains(Point(33.5, 48.5))
    assert not gains["RUS"].geometry.intersects(gains["UKR"].geometry)


def test_where_nothing_is_assessed_home_is_stated() -> None:
    abroad = box(34, 48, 36, 50)
    base = Base(held={}, rest="UKR", as_of=date.min, homes={"RUS": abroad})
    control = build_control(base=base, on=DAY, domain=COUNTRY.union(abroad))
    assert {zone.control_status for zone in control.zones} == {ControlStatus.STATED}
    assert control.list_sides() == ["RUS", "UKR"]


def test_a_town_on_the_rim_that_changes_hands_takes_ground_with_it() -> None:
    control = build_control(
        [say(29.98, 49, "RUS", on=LATER)], BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES
    )
    gain = next(zone for zone in control.zones if zone.control_status is ControlStatus.STATED)
    assert gain.side == "RUS"
    assert gain.geometry.bounds[2] < 30.3
    assert gain.geometry.difference(COUNTRY).area < 1e-12, "only held ground changes hands"


def test_villages_on_the_way_to_one_that_was_taken_do_not_stand_against_it() -> None:
    taken = say(32.2, 49.0, "RUS", on=LATER)
    held = build_control([taken], BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES).merge_sides()["RUS"]
    assert held.contains(Point(32.2, 49.0))
    assert held.contains(Point(32.35, 49.0)), "on the way"
    assert not held.intersects(Point(32.35, 49.3))
    spoken_of = say(32.35, 49.0, "UKR", on=LATER)
    kept = build_control(
        [taken, spoken_of], BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES
    ).merge_sides()
    assert kept["UKR"].contains(Point(32.35, 49.0))


def test_the_same_village_at_two_points_does_not_stand_against_itself() -> None:
    taken = say(32.35, 49.1, "RUS", on=LATER)
    twin = (32.354, 49.1)  # 300 metres
    plain, doubled = (
        build_control([taken], BASE, on=LATER, domain=COUNTRY, settlements=villages).merge_sides()["RUS"].area
        for villages in (VILLAGES, [*VILLAGES, twin])
    )
    assert doubled == pytest.approx(plain, rel=1e-6)


def test_a_contested_village_is_taken_out_of_both() -> None:
    control = build_control(
        [say(32.55, 49.1, CONTESTED, on=LATER)], BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES
    )
    contested = control.merge_sides()[CONTESTED]
    assert contested.contains(Point(32.55, 49.1))
    assert contested.intersection(control.merge_sides()["RUS"]).area < 1e-9


def test_a_town_on_the_border_belongs_to_the_ground_beside_it() -> None:
    said = [say(29.98, 49, "UKR", on=LATER)]  # two kilometres outside of the outline
    control = build_control(said, BASE, on=LATER, domain=COUNTRY, settlements=VILLAGES)
    assert {zone.control_status for zone in control.zones} == {ControlStatus.ASSESSED}, "nothing has changed"


def test_a_change_across_the_antimeridian_is_local() -> None:
    land = shapely.MultiPolygon([box(178, 60, 180, 62), box(-180, 60, -178, 62)])
    base = Base(held={"RUS": box(-180, 60, -178, 62)}, rest="UKR", as_of=DAY)
    villages = [(180 - x / 10, y / 10) for x in range(1, 20) for y in range(601, 620, 2)]
    villages += [(x / 10 - 180, y / 10) for x in range(1, 20) for y in range(601, 620, 2)]
    control = build_control(
        [say(179.9, 61, "RUS", on=LATER)], base, on=LATER, domain=land, settlements=villages
    )
    gain = next(zone for zone in control.zones if zone.control_status is ControlStatus.STATED)
    assert gain.geometry.contains(Point(179.9, 61))
    assert gain.geometry.bounds[0] > 179.5
    assert measure_area_km2(gain.geometry) < 1000

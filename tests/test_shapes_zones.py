"""Zones of a stated area."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, Polygon, box

from geo.errors import GeometryError
from geo.projection import draw_circle, measure_area_km2
from geo.shapes.zones import draw_zone

LAKE = Point(35.5, 51.5).buffer(0.3)
UNITS = {
    "box": box(34, 50, 38, 52),
    "with a lake": box(34, 50, 38, 52).difference(LAKE),
    "isles": shapely.union_all([box(34, 50, 35, 51), box(35.2, 50, 36, 51)]),
    "across the antimeridian": draw_circle(179.9, -17.0, 120.0),
    "round the pole": draw_circle(0.0, 89.5, 300.0),
    "hook": Polygon([(34, 50), (38, 50), (38, 52), (37, 52), (37, 50.5), (35, 50.5), (35, 52), (34, 52)]),
}


@settings(max_examples=80)
@given(st.sampled_from(sorted(UNITS)), st.floats(0.0005, 0.999), st.integers(0, 4))
def test_a_zone_has_the_stated_area_and_stays_in_its_unit(name: str, share: float, vertex: int) -> None:
    unit = UNITS[name]
    seed = Point(shapely.get_coordinates(unit)[vertex])
    area = share * measure_area_km2(unit)
    zone = draw_zone(unit, area, seed)
    assert zone.is_valid
    assert measure_area_km2(zone) == pytest.approx(area, rel=3e-4)
    assert zone.difference(unit).area <= 1e-4 * unit.area  # in degrees: long edges are straight there


@pytest.mark.parametrize("name", ["box", "with a lake", "isles", "hook"])
@pytest.mark.parametrize("share", [0.003, 0.2, 0.6, 0.995])
def test_few_cuts_find_the_distance(monkeypatch: pytest.MonkeyPatch, name: str, share: float) -> None:
    cut = Mock(wraps=shapely.intersection)
    monkeypatch.setattr(shapely, "intersection", cut)
    draw_zone(UNITS[name], share * measure_area_km2(UNITS[name]), Point(34.2, 50.3))
    assert cut.call_count <= 3


def test_a_smaller_zone_lies_in_a_larger_one() -> None:
    seed = LineString([(34, 50.2), (34, 51.5)])
    small, large = (draw_zone(UNITS["with a lake"], area, seed) for area in (200.0, 900.0))
    assert small.difference(large).area < 1e-6
    assert not large.intersects(LAKE.buffer(-0.001))


def test_the_whole_unit_is_itself() -> None:
    unit = UNITS["box"]
    assert draw_zone(unit, measure_area_km2(unit), Point(35, 51)) is unit


@pytest.mark.parametrize(
    ("area", "seed", "words"),
    [
        (1e6, Point(35, 51), "more than the unit"),
        (0.0, Point(35, 51), "positive"),
        (float("nan"), Point(35, 51), "positive"),
        (100.0, Point(10, 51), "outside the unit"),
        (100.0, box(35, 50.5, 37, 51.5), "seed alone is larger"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(area: float, seed: Point, words: str) -> None:
    with pytest.raises(GeometryError, match=words):
        draw_zone(UNITS["box"], area, seed)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_zone_of_a_land_as_wide_as_a_continent_is_right_too(share: float) -> None:
    land = shapely.segmentize(box(30, 50, 80, 65), 0.1)
    area = share * measure_area_km2(land)
    assert measure_area_km2(draw_zone(land, area, Point(30, 50))) == pytest.approx(area, rel=3e-4)


def test_a_line_is_no_unit() -> None:
    with pytest.raises(GeometryError, match="the unit has no area"):
        draw_zone(LineString([(34, 50), (35, 50)]), 100.0, Point(34, 50))


def test_a_polygon_grows_from_itself() -> None:
    held = box(35, 50.5, 35.2, 50.7)
    zone = draw_zone(UNITS["box"], 2000.0, held)
    assert zone.buffer(1e-3).covers(held)

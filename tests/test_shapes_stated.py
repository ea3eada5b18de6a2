"""Zones of a stated area: from where they grow, and how large they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import Point, box
from shapes_sample import EAST, NOTHING, TOWN, draw, make_claim

from geo import projection
from geo.errors import GeometryError
from geo.model import Kind
from geo.shapes.boundaries import Boundaries
from geo.shapes.footprint import ZoneContext, draw_footprint, gather_context


def test_a_stated_area_grows_from_the_holders_border(boundaries: Boundaries) -> None:
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(200.0, 900.0))
    footprint = draw(claim, boundaries)
    assert footprint.inner is not None
    assert projection.measure_area_km2(footprint.geometry) == pytest.approx(900, rel=1e-4)
    assert projection.measure_area_km2(footprint.inner) == pytest.approx(200, rel=1e-4)
    assert footprint.geometry.bounds[0] > 33.5
    assert footprint.geometry.buffer(1e-4).covers(footprint.inner)
    assert footprint.schematic


def test_a_stated_area_grows_from_what_the_reports_put_in_hand(boundaries: Boundaries) -> None:
    town = replace(TOWN, latitude=49.5, longitude=32.5)
    context = gather_context([make_claim(town, kind=Kind.CONTROL, actors=("RUS",))])
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(None, 300.0))
    footprint = draw(claim, boundaries, context)
    assert footprint.inner is None
    assert footprint.geometry.contains(Point(32.5, 49.5))
    assert not footprint.geometry.intersects(Point(33.95, 48.5))


def test_a_stated_area_at_home_without_a_seed_is_the_unit(boundaries: Boundaries) -> None:
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("UKR",), area=(300.0, 300.0))
    footprint = draw(claim, boundaries)
    assert footprint.georeference_protocol == "outline of a region"


def test_a_stated_area_larger_than_the_unit_is_refused(boundaries: Boundaries) -> None:
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(100_000.0, 100_000.0))
    with pytest.raises(GeometryError, match="100,000 km² are stated"):
        draw_footprint(claim, boundaries, NOTHING)


def test_an_area_counts_only_where_ground_is_held_taken_or_left(boundaries: Boundaries) -> None:
    strike = make_claim(EAST, kind=Kind.STRIKE, actors=("RUS",), area=(300.0, 300.0))
    assert draw(strike, boundaries).georeference_protocol == "outline of a region"
    town = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",), area=(300.0, 300.0))
    assert draw(town, boundaries).georeference_protocol == "point of a settlement"


def test_more_than_an_area_is_drawn_as_that_area(boundaries: Boundaries) -> None:
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(300.0, None))
    footprint = draw(claim, boundaries)
    assert footprint.inner is None
    assert projection.measure_area_km2(footprint.geometry) == pytest.approx(300, rel=1e-3)
    zero = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(0.0, 300.0))
    assert draw(zero, boundaries).inner is None
    with pytest.raises(GeometryError, match="has no size"):
        draw_footprint(replace(claim, area=replace(claim.area, low=0.0)), boundaries, NOTHING)


def test_a_stated_area_grows_from_the_assessed_zone(boundaries: Boundaries) -> None:
    zones = {"RUS": box(32.2, 48.2, 32.3, 48.3)}
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(None, 500.0))
    footprint = draw(claim, boundaries, ZoneContext(zones=zones))
    assert footprint.geometry.contains(Point(32.25, 48.25))
    assert not footprint.geometry.intersects(Point(33.95, 49))
    elsewhere = draw(claim, boundaries, ZoneContext(zones={"RUS": box(36, 48, 37, 49)}))
    assert elsewhere.geometry.bounds[0] > 33.5, "from the border"


def test_a_town_near_the_border_is_joined_to_it_and_one_far_away_is_not(boundaries: Boundaries) -> None:
    def zone(longitude: float) -> shapely.Geometry:
        town = replace(TOWN, latitude=49.0, longitude=longitude)
        context = gather_context([make_claim(town, kind=Kind.CONTROL, actors=("RUS",))])
        claim = make_claim(EAST, kind=Kind.CONTROL, actors=("RUS",), area=(None, 300.0))
        return draw(claim, boundaries, context).geometry

    assert zone(33.6).intersects(Point(33.99, 49))
    assert not zone(32.6).intersects(Point(33.99, 49))


def test_a_side_that_is_no_country_has_no_border(boundaries: Boundaries) -> None:
    claim = make_claim(EAST, kind=Kind.CONTROL, actors=("FRA",), area=(300.0, 300.0))
    assert draw(claim, boundaries).georeference_protocol == "outline of a region"

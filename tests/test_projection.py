"""Planes, geodesic measures, and the two seams of the globe."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon, box

from geo import projection
from geo.errors import GeometryError

LONGITUDES = st.floats(-180, 180)
LATITUDES = st.floats(-89.9, 89.9)


def test_area_is_that_of_the_ellipsoid() -> None:
    # The whole ellipsoid has 510,065,621.7 km² (WGS 84); an octant is an eighth.
    octant = Polygon([(0, 0), (90, 0), (0, 90)])
    assert projection.measure_area_km2(octant) == pytest.approx(510_065_621.7 / 8, rel=1e-9)


def test_area_ignores_the_way_of_rings_and_takes_holes_out() -> None:
    outer, hole = box(0, 0, 1, 1), box(0.4, 0.4, 0.6, 0.6)
    ring = Polygon(outer.exterior.coords, [hole.exterior.coords])
    expected = projection.measure_area_km2(outer) - projection.measure_area_km2(hole)
    assert projection.measure_area_km2(ring) == pytest.approx(expected)
    assert projection.measure_area_km2(ring.reverse()) == pytest.approx(expected)


def test_length_of_a_degree_at_the_equator() -> None:
    assert projection.measure_length_km(shapely.LineString([(0, 0), (1, 0)])) == pytest.approx(
        111.3195, abs=1e-3
    )


@settings(max_examples=60, deadline=None)
@given(LONGITUDES, LATITUDES, st.floats(1, 500))
def test_a_circle_keeps_its_area_anywhere(longitude: float, latitude: float, radius: float) -> None:
    circle = projection.draw_circle(longitude, latitude, radius)
    here = projection.draw_circle(0.0, 45.0, radius)
    assert circle.is_valid
    assert -180 <= circle.bounds[0] <= circle.bounds[2] <= 180
    assert projection.measure_area_km2(circle) == pytest.approx(projection.measure_area_km2(here), rel=0.01)


@settings(max_examples=60, deadline=None)
@given(
    LONGITUDES, st.floats(-89, 89)
)  # nearer to a pole, straight in degrees is far from straight on the globe
def test_there_and_back(longitude: float, latitude: float) -> None:
    circle = projection.draw_circle(longitude, latitude, 40)
    plane = projection.find_plane(longitude, latitude)
    flat = plane.to_plane(circle)
    assert flat.is_valid
    assert flat.geom_type == "Polygon"  # the two sides of the antimeridian have joined
    back = plane.to_degrees(flat)
    area = projection.measure_area_km2(circle)
    assert flat.area / 1e6 == pytest.approx(area, rel=1e-3)
    assert projection.measure_area_km2(back) == pytest.approx(area, rel=1e-3)
    assert -180 <= back.bounds[0] <= back.bounds[2] <= 180


def test_a_shape_across_the_antimeridian_is_cut_there() -> None:
    circle = projection.draw_circle(179.9, 65.0, 50.0)
    assert circle.geom_type == "MultiPolygon"
    assert {round(x) for x in (circle.bounds[0], circle.bounds[2])} == {-180, 180}
    assert circle.contains(Point(-179.8, 65.0))
    assert circle.contains(Point(179.8, 65.0))
    assert not circle.contains(Point(0.0, 65.0))


def test_a_shape_round_the_pole_holds_it() -> None:
    circle = projection.draw_circle(20.0, 89.0, 300.0)
    assert circle.is_valid
    assert circle.covers(Point(-160.0, 89.999))
    assert not circle.covers(Point(0.0, 80.0))


def test_center_across_the_antimeridian() -> None:
    longitude, latitude = projection.find_center(box(179, 64, 180, 66), box(-180, 64, -178, 66))
    assert abs(longitude) > 179
    assert latitude == pytest.approx(65, abs=0.2)


def test_a_hole_across_the_antimeridian_stays_a_hole() -> None:
    plane = projection.find_plane(180.0, 10.0)
    ring = Point(0, 0).buffer(80_000).difference(Point(0, 0).buffer(20_000))
    degrees = plane.to_degrees(ring)
    assert degrees.is_valid
    assert projection.measure_area_km2(degrees) == pytest.approx(ring.area / 1e6, rel=1e-3)


def test_a_line_across_the_antimeridian_is_cut_there() -> None:
    plane = projection.find_plane(180.0, 10.0)
    line = plane.to_degrees(shapely.LineString([(-50_000, 0), (50_000, 0)]))
    assert projection.measure_length_km(line) == pytest.approx(100, rel=1e-3)


def test_distance_azimuth_and_back() -> None:
    longitude, latitude = projection.move_point(37.18, 48.28, 225.0, 10.0)
    assert projection.measure_distance_km(37.18, 48.28, longitude, latitude) == pytest.approx(10.0)
    assert projection.measure_azimuth(37.18, 48.28, longitude, latitude) == pytest.approx(225.0)


@pytest.mark.parametrize("latitude", [91.0, float("nan")])
def test_no_plane_off_the_globe(latitude: float) -> None:
    with pytest.raises(GeometryError, match="latitude"):
        projection.find_plane(0.0, latitude)


def test_nothing_from_nothing() -> None:
    with pytest.raises(GeometryError, match="empty"):
        projection.find_center(Polygon())
    with pytest.raises(GeometryError, match="radius"):
        projection.draw_circle(0, 0, 0)
    assert projection.measure_area_km2(Polygon()) == 0.0


def test_clipping_keeps_what_is_near_and_never_cuts_at_the_seams() -> None:
    land = box(0, 40, 60, 60)
    near = projection.clip_around(land, (30, 50, 31, 51), 50.0)
    ring = projection.draw_circle(30.5, 51.0, 50.0)
    assert near.covers(ring)
    assert near.area < 10
    assert projection.clip_around(land, (-180, 50, 180, 51), 50.0) is land
    assert projection.clip_around(land, (30, 88, 31, 89.9), 50.0) is land

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


@settings(max_examples=60)
@given(LONGITUDES, LATITUDES, st.floats(1, 500))
def test_a_circle_keeps_its_area_anywhere(longitude: float, latitude: float, radius: float) -> None:
    circle = projection.draw_circle(longitude, latitude, radius)
    here = projection.draw_circle(0.0, 45.0, radius)
    assert circle.is_valid
    assert -180 <= circle.bounds[0] <= circle.bounds[2] <= 180
    assert projection.measure_area_km2(circle) == pytest.approx(projection.measure_area_km2(here), rel=0.01)


@settings(max_examples=60)
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


def test_what_was_cut_at_the_antimeridian_is_whole_in_a_plane_and_the_rest_stays_apart() -> None:
    circle = projection.draw_circle(179.9, 65.0, 50.0)
    flat = projection.find_plane(179.9, 65.0).to_plane(circle)
    assert flat.geom_type == "Polygon"
    isle = projection.draw_circle(175.0, 65.0, 20.0)
    both = shapely.MultiPolygon([*shapely.get_parts(circle), isle])
    parts = shapely.get_parts(projection.find_plane(179.9, 65.0).to_plane(both))
    assert len(parts) == 2
    areas = [projection.measure_area_km2(one) * 1e6 for one in (isle, circle)]
    assert sorted(part.area for part in parts) == pytest.approx(areas, rel=1e-3)


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
    for radius in (0, -1, float("nan"), float("inf"), 25_000):
        with pytest.raises(GeometryError, match=f"radius {radius!r} km"):
            projection.draw_circle(0, 0, radius)
    assert projection.measure_area_km2(Polygon()) == 0.0


def test_clipping_keeps_what_is_near_and_never_cuts_at_the_seams() -> None:
    land = box(0, 40, 60, 60)
    near = projection.clip_around(land, (30, 50, 31, 51), 50.0)
    ring = projection.draw_circle(30.5, 51.0, 50.0)
    assert near.covers(ring)
    assert near.area < 10
    assert projection.clip_around(land, (-180, 50, 180, 51), 50.0) is land
    assert projection.clip_around(land, (30, 88, 31, 89.9), 50.0) is land


def test_circles_run_counter_clockwise() -> None:
    assert projection.draw_circle(37, 48, 10).exterior.is_ccw


def test_long_edges_are_bent_as_they_are_on_the_globe() -> None:
    wide = box(20, 50, 60, 55)
    flat = projection.find_plane_of(wide).to_plane(wide)
    area = projection.measure_area_km2(shapely.segmentize(wide, 0.01))
    assert flat.area / 1e6 == pytest.approx(area, rel=1e-5)
    coarse = projection.find_plane_of(wide).to_plane(wide, 40.0)
    assert abs(coarse.area / 1e6 / area - 1) > 1e-3


def test_of_a_crossed_outline_a_valid_part_comes_out() -> None:
    tie = Polygon([(30, 50), (31, 51), (31, 50), (30, 51)])
    flat = projection.find_plane(30.5, 50.5).to_plane(tie)
    assert flat.is_valid
    assert flat.area > 0
    mixed = shapely.MultiPolygon([box(32, 50, 33, 51), tie])
    assert projection.find_plane(31, 50).to_plane(mixed).is_valid


@pytest.mark.parametrize(
    ("longitude", "latitude"), [(36.2, 50.0), (-179.9, 10.0), (20.0, 89.5), (20.0, -89.5)]
)
def test_a_point_comes_back_where_it_was(longitude: float, latitude: float) -> None:
    plane = projection.find_plane(longitude, latitude)
    there = plane.project(longitude + 0.05, latitude)
    assert plane.unproject(*there) == pytest.approx((longitude + 0.05, latitude))
    line = plane.to_degrees(shapely.LineString([plane.project(longitude, latitude), there]))
    assert -180 <= line.bounds[0] <= line.bounds[2] <= 180


def test_outlines_are_measured_whole_and_directions_from_north() -> None:
    ring = box(0, 0, 3, 3).difference(box(1, 1, 2, 2))
    parts = [
        projection.measure_length_km(shapely.LineString(r.coords)) for r in (ring.exterior, ring.interiors[0])
    ]
    assert projection.measure_length_km(ring) == pytest.approx(sum(parts))
    assert projection.measure_length_km(shapely.MultiPolygon([ring])) == pytest.approx(sum(parts))
    assert projection.measure_length_km(Point(1, 1)) == 0
    assert projection.measure_azimuth(10, 0, 9, 0) == pytest.approx(270)
    assert projection.measure_azimuth(10, 0, 10, 1) == pytest.approx(0)


def test_areas_of_collections_count_polygons_alone() -> None:
    square = box(0, 0, 1, 1)
    mixed = shapely.GeometryCollection([square, shapely.MultiPolygon([box(2, 0, 3, 1)]), Point(5, 5)])
    whole = projection.measure_area_km2(square) + projection.measure_area_km2(box(2, 0, 3, 1))
    assert projection.measure_area_km2(mixed) == pytest.approx(whole)


@pytest.mark.parametrize("longitude", [float("nan"), float("inf")])
def test_no_plane_without_a_longitude(longitude: float) -> None:
    with pytest.raises(GeometryError, match="longitude"):
        projection.find_plane(longitude, 0.0)


@pytest.mark.parametrize(
    ("longitude", "home"), [(190, -170), (-190, 170), (540, -180), (180, 180), (-180, -180), (0, 0)]
)
def test_longitudes_come_home(longitude: float, home: float) -> None:
    assert projection.make_point(longitude, 5).coords[0] == (home, 5)
    assert projection.find_plane(longitude, 5) is projection.find_plane(home, 5)


def test_the_middle_is_that_of_the_bounds_or_across_the_antimeridian_that_of_the_points() -> None:
    assert projection.find_center(box(0, 0, 2, 4), Point(6, 0)) == (3, 2)
    assert projection.find_center(box(-90, 0, 90, 10)) == (0, 5)
    east, west = Point(170, 10), Point(-150, 10)
    longitude, latitude = projection.find_center(east, west)
    assert longitude == pytest.approx(-170)
    assert latitude > 10


@settings(max_examples=40)
@given(LONGITUDES, st.floats(-85, 85), st.floats(1, 300))
def test_clipping_keeps_all_within_the_margin(longitude: float, latitude: float, margin: float) -> None:
    globe = box(-180, -90, 180, 90)
    kept = projection.clip_around(globe, (longitude, latitude) * 2, margin)
    ring = projection.draw_circle(longitude, latitude, margin)
    assert kept.buffer(1e-6).covers(ring)


def test_clipping_does_not_break_an_outline() -> None:
    comb = shapely.union_all([box(0, 0, 10, 1), *(box(x, 0, x + 0.5, 5) for x in range(10))])
    assert projection.clip_around(comb, (2, 2, 3, 3), 20.0).is_valid


def test_only_what_crosses_the_antimeridian_is_cut() -> None:
    plane = projection.find_plane(179.0, 10.0)
    across, beside = (
        shapely.LineString([plane.project(x, 10), plane.project(x + 1.0, 10)]) for x in (179.5, 177.0)
    )
    lines = plane.to_degrees(shapely.MultiLineString([across, beside]))
    assert len(shapely.get_parts(lines)) == 3
    whole = sum(line.length for line in (across, beside)) / 1000
    assert projection.measure_length_km(lines) == pytest.approx(whole, rel=1e-3)
    areas = plane.to_degrees(shapely.MultiPolygon([across.buffer(5000), beside.buffer(5000)]))
    assert len(shapely.get_parts(areas)) == 3
    assert areas.is_valid


@pytest.mark.parametrize("sign", [1, -1])
def test_either_pole_is_held_by_what_goes_round_it(sign: int) -> None:
    circle = projection.draw_circle(20.0, sign * 89.0, 300.0)
    assert circle.covers(Point(-160.0, sign * 89.999))
    assert not circle.intersects(Point(0.0, -sign * 80.0))
    ring = Point(0, 0).buffer(400_000).difference(Point(0, 0).buffer(100_000))
    degrees = projection.find_plane(0.0, sign * 90.0).to_degrees(ring)
    assert not degrees.intersects(Point(50, sign * 89.9))
    assert projection.measure_area_km2(degrees) == pytest.approx(ring.area / 1e6, rel=5e-3)

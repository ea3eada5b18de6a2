"""Parts, points and radii of outlines."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from geo import projection
from geo.errors import GeometryError
from geo.shapes.outlines import Protocol, cut_share, draw_area, find_inside_point, measure_reach_km


def test_the_radius_reaches_the_farthest_vertex_across_the_antimeridian() -> None:
    isles = shapely.MultiPolygon(
        [box(177, -18, 180, -17), box(-180, -18, -178, -17), box(-179.9, -17.2, -179, -16)]
    )
    reach = measure_reach_km(isles, 179.5, -17.5)
    corners = shapely.get_coordinates(isles)
    assert reach == pytest.approx(
        max(projection.measure_distance_km(179.5, -17.5, *xy) for xy in corners.tolist())
    )


@given(st.lists(st.tuples(st.floats(30, 40), st.floats(45, 55)), min_size=4, max_size=200))
def test_the_radius_leaves_out_no_vertex(corners: list[tuple[float, float]]) -> None:
    ragged = shapely.MultiPoint(corners).convex_hull
    reach = measure_reach_km(ragged, 35.0, 50.0)
    assert all(projection.measure_distance_km(35.0, 50.0, *xy) <= reach + 1e-6 for xy in corners)


@pytest.mark.parametrize("share", [0.0, 1.0, -1.0, float("nan")])
def test_no_senseless_share_is_cut_off(share: float) -> None:
    with pytest.raises(GeometryError, match="between 0 and 1"):
        cut_share(box(0, 0, 1, 1), "N", share)


def test_what_has_no_area_has_no_part() -> None:
    with pytest.raises(GeometryError, match="only an area has parts"):
        cut_share(LineString([(0, 0), (1, 1)]), "N", 0.5)
    with pytest.raises(GeometryError, match="nothing is left"):
        draw_area(shapely.Polygon(), Protocol("x", 1, 1))


def test_a_point_inside_is_inside() -> None:
    small, large = box(0, 0, 1, 1), shapely.union_all([box(5, 0, 9, 1), box(5, 3, 9, 4), box(5, 0, 6, 4)])
    crescent = shapely.MultiPolygon([small, large])
    assert large.buffer(-0.05).contains(Point(find_inside_point(crescent)))
    assert find_inside_point(LineString([(0, 0), (2, 0)])) == pytest.approx((1, 0), abs=1e-6)
    ring = LineString([(0, 0), (2, 0), (2, 2), (0, 2)])
    assert ring.distance(Point(find_inside_point(ring))) < 1e-3

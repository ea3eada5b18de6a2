"""Each relation draws by one named rule, in the right place and as vague as its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely
from shapely.geometry import LineString, Point, box
from shapes_sample import (
    AT,
    COUNTRY,
    EAST,
    ISLES,
    LAKE,
    LOWER,
    NOTHING,
    RIVER,
    TOWN,
    VILLAGE,
    WEST,
    draw,
    make_claim,
    relate,
)

from geo import projection
from geo.errors import GeometryError
from geo.model import Place, PlaceKind, RelationKind
from geo.shapes.axes import find_axis
from geo.shapes.boundaries import Boundaries
from geo.shapes.footprint import ZoneContext, draw_footprint
from geo.shapes.rivers import find_course
from geo.units import find_bearing


def test_in_a_town_is_its_point(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m == 1500.0
    assert (footprint.geo_precision, footprint.where_prec) == (1, 1)
    assert footprint.georeference_protocol == "point of a settlement"


def test_near_a_town_is_less_exact(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.NEAR)), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m == 1500 + 5000
    assert (footprint.geo_precision, footprint.where_prec) == (2, 2)
    assert footprint.georeference_protocol == "near a settlement"


def test_in_a_region_is_its_outline(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(EAST), boundaries)
    assert footprint.geometry.equals(box(32, 48, 34, 50))
    assert (footprint.latitude, footprint.longitude) == pytest.approx((49, 33), abs=0.02)
    assert footprint.geo_precision == 3
    assert footprint.georeference_protocol == "outline of a region"


def test_a_region_without_outline_is_a_wide_point(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(replace(EAST, boundary="", coordinate_uncertainty_m=0.0)), boundaries)
    assert footprint.geometry.geom_type == "Point"
    assert footprint.coordinate_uncertainty_m == 100_000


@pytest.mark.parametrize(
    ("direction", "share"), [("E", 1 / 3), ("N", 1 / 3), ("SW", 1 / 4), ("NE", 1 / 4), ("C", 1 / 3)]
)
def test_part_of_a_region(boundaries: Boundaries, direction: str, share: float) -> None:
    footprint = draw(make_claim(EAST, relate(RelationKind.PART_OF, direction)), boundaries)
    whole = projection.measure_area_km2(box(32, 48, 34, 50))
    assert projection.measure_area_km2(footprint.geometry) == pytest.approx(whole * share, rel=2e-3)
    assert footprint.geometry.difference(box(32, 48, 34, 50)).area < 1e-6
    sign = {"E": (0, 1), "N": (1, 0), "SW": (-1, -1), "NE": (1, 1), "C": (0, 0)}[direction]
    assert (footprint.latitude - 49) * sign[0] >= 0
    assert (footprint.longitude - 33) * sign[1] >= 0
    assert footprint.georeference_protocol == "part of a unit by direction"


def test_part_of_a_country_is_less_than_a_third(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(COUNTRY, relate(RelationKind.PART_OF, "E")), boundaries)
    assert footprint.longitude > 33.3


def test_part_of_isles_across_the_antimeridian(boundaries: Boundaries) -> None:
    east = draw(make_claim(ISLES, relate(RelationKind.PART_OF, "E")), boundaries)
    assert -180 < east.longitude < -179
    west = draw(make_claim(ISLES, relate(RelationKind.PART_OF, "W")), boundaries)
    assert 179 < west.longitude < 180


def test_side_of_a_town_is_ten_kilometres_out(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.SIDE_OF, "SW")), boundaries)
    away = projection.measure_distance_km(33.18, 48.28, footprint.longitude, footprint.latitude)
    assert away == pytest.approx(10)
    assert footprint.longitude < 33.18
    assert footprint.latitude < 48.28
    assert footprint.geometry.contains(Point(footprint.longitude, footprint.latitude))
    assert not footprint.geometry.contains(Point(33.18, 48.28))


def test_side_of_a_region_is_its_part(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(EAST, relate(RelationKind.SIDE_OF, "N")), boundaries)
    assert footprint.georeference_protocol == "part of a unit by direction"


def test_distance_and_direction(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.DISTANCE, "S", 12.0, 12.0)), boundaries)
    assert projection.measure_distance_km(
        33.18, 48.28, footprint.longitude, footprint.latitude
    ) == pytest.approx(12)
    assert footprint.longitude == pytest.approx(33.18)
    assert footprint.latitude < 48.28


def test_distance_without_direction_is_a_ring(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.DISTANCE, None, 30.0, 30.0)), boundaries)
    assert not footprint.geometry.contains(Point(33.18, 48.28))
    assert footprint.coordinate_uncertainty_m == pytest.approx(33_000, rel=0.01)


def test_no_distance_nothing_drawn(boundaries: Boundaries) -> None:
    with pytest.raises(GeometryError, match="no distance from 'Town'"):
        draw_footprint(make_claim(TOWN, relate(RelationKind.DISTANCE, "S")), boundaries, NOTHING)


def test_between_two_towns(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.BETWEEN), VILLAGE), boundaries)
    assert footprint.longitude == pytest.approx(33.38, abs=0.001)
    assert footprint.geometry.contains(Point(33.3, 48.28))
    assert not footprint.geometry.contains(Point(33.0, 48.28))


@pytest.mark.parametrize("other", [replace(VILLAGE, longitude=60.0), TOWN])
def test_between_namesakes_is_near_the_first(boundaries: Boundaries, other: Place) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.BETWEEN), other), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m == 10_000
    assert footprint.georeference_protocol == "between places, one of them unknown"


def test_along_a_river_of_known_course(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(RIVER, relate(RelationKind.ALONG)), boundaries)
    assert footprint.geometry.contains(Point(35.07, 48.48))  # the city of Dnipro
    assert not footprint.geometry.contains(Point(36.0, 48.48))
    assert footprint.georeference_protocol == "along a water"


def test_a_site_without_a_radius_of_its_own_is_known_to_a_kilometre(boundaries: Boundaries) -> None:
    site = replace(TOWN, kind=PlaceKind.SITE, coordinate_uncertainty_m=0.0)
    assert draw(make_claim(site), boundaries).coordinate_uncertainty_m == 1_000


def test_only_a_water_has_a_course() -> None:
    assert find_course(RIVER) is not None
    assert find_course(replace(RIVER, kind=PlaceKind.SETTLEMENT)) is None


def test_along_a_lake(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(LAKE, relate(RelationKind.ALONG)), boundaries)
    assert footprint.geometry.contains(Point(31.15, 49.0))
    assert not footprint.geometry.contains(Point(31.3, 49.0))


def test_along_a_river_of_unknown_course_is_a_wide_point(boundaries: Boundaries) -> None:
    stream = replace(RIVER, id="some-stream")
    footprint = draw(make_claim(stream, relate(RelationKind.ALONG)), boundaries)
    assert footprint.geometry.geom_type == "Point"
    assert footprint.georeference_protocol == "along a water of unknown course"


def test_direction_of_a_known_city(boundaries: Boundaries) -> None:
    pokrovsk = replace(TOWN, name="Pokrovsk", latitude=48.2815, longitude=37.1761)
    footprint = draw(make_claim(pokrovsk, relate(RelationKind.AXIS)), boundaries)
    assert projection.measure_distance_km(37.25, 48.25, footprint.longitude, footprint.latitude) < 10
    assert footprint.georeference_protocol == "direction of a general staff"
    axis = find_axis("Pokrovsk", 37.1761, 48.2815)
    assert axis is not None
    assert footprint.coordinate_uncertainty_m == pytest.approx(axis.radius_km * 1000, rel=1e-3)
    assert axis.radius_km > 5


def test_direction_of_a_namesake_is_not_taken_for_it(boundaries: Boundaries) -> None:
    yakutia = replace(TOWN, name="Pokrovsk", latitude=61.48, longitude=129.15, country_code="RU")
    footprint = draw(make_claim(yakutia, relate(RelationKind.AXIS)), boundaries)
    assert footprint.latitude == 61.48
    assert footprint.coordinate_uncertainty_m == 20_000


def test_direction_between_front_and_city(boundaries: Boundaries) -> None:
    front = LineString([(33.9, 47), (33.9, 50)])
    footprint = draw(make_claim(TOWN, relate(RelationKind.AXIS)), boundaries, ZoneContext(front=front))
    assert 33.18 < footprint.longitude < 33.9
    assert footprint.geometry.contains(Point(footprint.longitude, footprint.latitude))
    assert footprint.georeference_protocol == "direction between front and city"


def test_border_areas_lie_inside_the_unit_along_the_border(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(EAST, relate(RelationKind.BORDER)), boundaries)
    assert footprint.geometry.contains(Point(33.9, 49))
    assert not footprint.geometry.contains(Point(33.4, 49))
    assert not footprint.geometry.intersects(Point(34.1, 49))
    assert footprint.georeference_protocol == "border band"


def test_border_of_two_lies_on_both_sides(boundaries: Boundaries) -> None:
    neighbour = replace(COUNTRY, name="East land", boundary="RU", country_code="RU")
    footprint = draw(make_claim(COUNTRY, relate(RelationKind.BORDER), neighbour), boundaries)
    assert footprint.geometry.contains(Point(33.9, 49))
    assert footprint.geometry.contains(Point(34.1, 49))


def test_a_border_with_a_country_that_is_not_next_is_that_with_any(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(EAST, relate(RelationKind.BORDER), ISLES), boundaries)
    assert footprint.georeference_protocol == "border band"
    assert footprint.longitude > 33.5


def test_border_areas_of_a_region_inside_are_not_told(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(WEST, relate(RelationKind.BORDER)), boundaries)
    assert footprint.georeference_protocol == "border of a unit that meets no other country"
    assert footprint.geo_precision == 3


def test_along_a_town_is_near_it(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.ALONG)), boundaries)
    assert footprint.georeference_protocol == "near a settlement"


KHERSON, OLESHKY = Point(32.60, 46.67), Point(32.72, 46.55)  # right and left bank


@pytest.mark.parametrize(("side", "on", "off"), [("L", OLESHKY, KHERSON), ("R", KHERSON, OLESHKY)])
@pytest.mark.parametrize("named", [(LOWER,), (RIVER, LOWER), (replace(RIVER, boundary="water:lake"), LOWER)])
def test_banks_look_downstream(
    boundaries: Boundaries, side: str, on: Point, off: Point, named: tuple[Place, ...]
) -> None:
    footprint = draw(make_claim(named[0], relate(RelationKind.BANK, side), *named[1:]), boundaries)
    assert footprint.geometry.contains(on)
    assert not footprint.geometry.contains(off)
    assert footprint.geometry.difference(box(32.3, 46.2, 33.3, 47.2)).area < 1e-3
    assert footprint.georeference_protocol == "bank of a river"


def test_a_bank_without_a_river_is_the_unit(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(ISLES, relate(RelationKind.BANK, "L")), boundaries)
    assert footprint.georeference_protocol == "unit of a bank, the river unknown"


@pytest.mark.parametrize(
    ("kind", "precision"),
    [
        (PlaceKind.SETTLEMENT, (1, 1)),
        (PlaceKind.DISTRICT, (2, 3)),
        (PlaceKind.REGION, (3, 4)),
        (PlaceKind.COUNTRY, (3, 6)),
        (PlaceKind.AREA, (3, 5)),
    ],
)
def test_codes_of_precision_are_those_of_the_kind(
    boundaries: Boundaries, kind: PlaceKind, precision: tuple[int, int]
) -> None:
    place = replace(TOWN, kind=kind, coordinate_uncertainty_m=0.0)
    at, near = (draw(make_claim(place, relation), boundaries) for relation in (AT, relate(RelationKind.NEAR)))
    assert (at.geo_precision, at.where_prec) == precision
    assert (near.geo_precision, near.where_prec) == tuple(max(code, 2) for code in precision)
    assert near.coordinate_uncertainty_m == at.coordinate_uncertainty_m + 5000


def test_the_point_of_a_water_is_that_of_its_gazetteer(boundaries: Boundaries) -> None:
    shore = replace(LAKE, latitude=48.6)
    footprint = draw(make_claim(shore), boundaries)
    assert (footprint.latitude, footprint.longitude) == (48.6, 31)
    away = draw(make_claim(replace(LAKE, latitude=52.0)), boundaries)
    assert (away.latitude, away.longitude) == pytest.approx((49, 31), abs=0.01)


def test_a_part_that_is_not_told_is_the_whole_and_said_to_be(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(EAST, relate(RelationKind.PART_OF)), boundaries)
    assert footprint.geometry.equals(box(32, 48, 34, 50))
    assert footprint.georeference_protocol == "part of a unit, which is not told"


@pytest.mark.parametrize(
    ("kind", "radius_km"),
    [
        (PlaceKind.SETTLEMENT, 5),
        (PlaceKind.DISTRICT, 25),
        (PlaceKind.REGION, 80),
        (PlaceKind.COUNTRY, 200),
    ],
)
def test_a_part_without_an_outline_is_a_point_with_a_radius(
    boundaries: Boundaries, kind: PlaceKind, radius_km: float
) -> None:
    footprint = draw(make_claim(replace(TOWN, kind=kind), relate(RelationKind.PART_OF, "N")), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m == radius_km * 1000


def test_a_border_band_is_as_deep_as_said(boundaries: Boundaries) -> None:
    band = draw(make_claim(EAST, relate(RelationKind.BORDER)), boundaries).geometry
    width = projection.measure_distance_km(band.bounds[0], 49, 34, 49)
    assert width == pytest.approx(25, abs=1)


def test_a_strip_of_a_bank_is_as_deep_as_said_and_only_left_or_right(boundaries: Boundaries) -> None:
    wide = replace(LOWER, boundary="UA.09")
    row = ("UA.09", "admin1", "UA", "Wide", shapely.to_wkb(box(32, 45, 34, 48)), 32, 45, 34, 48)
    boundaries._connection.execute("insert into area values (?,?,?,?,?,?,?,?,?)", row)
    bank = draw(make_claim(wide, relate(RelationKind.BANK, "L")), boundaries).geometry
    assert bank.contains(Point(32.85, 46.5))
    assert not bank.intersects(Point(33.2, 45.9)), "some seventy kilometres from the river"
    with pytest.raises(GeometryError, match="'N' of 'Lower Dnipro' is neither"):
        draw_footprint(make_claim(LOWER, relate(RelationKind.BANK, "N")), boundaries, NOTHING)


@pytest.mark.parametrize("direction", ["N", "SW"])
def test_a_side_is_a_sector_of_45_degrees_from_4_to_16_km(boundaries: Boundaries, direction: str) -> None:
    sector = draw(make_claim(TOWN, relate(RelationKind.SIDE_OF, direction)), boundaries).geometry
    bearing = find_bearing(direction)
    for turn, km, inside in (
        (0, 5, True), (0, 15, True), (20, 10, True), (-20, 10, True),
        (0, 3, False), (0, 17, False), (25, 10, False), (-25, 10, False),
    ):  # fmt: skip
        spot = Point(projection.move_point(33.18, 48.28, bearing + turn, km))
        assert sector.contains(spot) is inside, (turn, km)


def test_a_range_of_distances_is_drawn_whole_with_its_point_in_the_middle(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.DISTANCE, "E", 10.0, 20.0)), boundaries)
    middle = projection.move_point(33.18, 48.28, 90, 15)
    assert (footprint.longitude, footprint.latitude) == pytest.approx(middle)
    for turn, km, inside in ((0, 9.5, True), (0, 21, True), (0, 8.5, False), (0, 23, False), (15, 15, False)):
        spot = Point(projection.move_point(33.18, 48.28, 90 + turn, km))
        assert footprint.geometry.contains(spot) is inside, (turn, km)


@pytest.mark.parametrize("stated", [(0.0, 0.0), (-3.0, -3.0), (None, None)])
def test_no_distance_is_no_place(boundaries: Boundaries, stated: tuple[float | None, float | None]) -> None:
    with pytest.raises(GeometryError, match="no distance from 'Town'"):
        draw_footprint(make_claim(TOWN, relate(RelationKind.DISTANCE, None, *stated)), boundaries, NOTHING)


def test_a_short_distance_without_a_side_is_a_disc(boundaries: Boundaries) -> None:
    disc = draw(make_claim(TOWN, relate(RelationKind.DISTANCE, None, 0.5, 0.5)), boundaries).geometry
    assert disc.contains(Point(33.18, 48.28))


def test_between_two_towns_is_a_third_as_wide_as_they_are_apart(boundaries: Boundaries) -> None:
    far = replace(VILLAGE, longitude=34.53)  # a hundred kilometres
    ground = draw(make_claim(TOWN, relate(RelationKind.BETWEEN), far), boundaries).geometry
    apart = projection.measure_distance_km(33.18, 48.28, 34.53, 48.28)
    assert projection.measure_area_km2(ground) == pytest.approx(0.3 * apart**2, rel=0.01)


def test_no_front_that_is_far_draws_a_direction(boundaries: Boundaries) -> None:
    near, far = (LineString([(x, 47), (x, 50)]) for x in (33.25, 36.0))
    claim = make_claim(TOWN, relate(RelationKind.AXIS))
    assert draw(claim, boundaries, ZoneContext(front=far)).georeference_protocol == "direction of a city"
    drawn = draw(claim, boundaries, ZoneContext(front=near))
    assert drawn.coordinate_uncertainty_m == pytest.approx(10_000, rel=0.02)
    assert projection.measure_area_km2(drawn.geometry) == pytest.approx(314, rel=0.02), "a disc, and no slice"


def test_an_ellipse_points_at_the_front(boundaries: Boundaries) -> None:
    south = LineString([(30, 47.6), (36, 47.6)])
    drawn = draw(make_claim(TOWN, relate(RelationKind.AXIS)), boundaries, ZoneContext(front=south))
    assert drawn.geometry.contains(Point(33.18, 47.7))
    assert not drawn.geometry.intersects(Point(33.5, 47.95))
    assert drawn.latitude == pytest.approx((48.28 + 47.6) / 2, abs=0.01)


def test_a_known_radius_is_never_made_smaller(boundaries: Boundaries) -> None:
    vague = replace(TOWN, coordinate_uncertainty_m=52_000.0)
    for relation in (RelationKind.SIDE_OF, RelationKind.AXIS, RelationKind.PART_OF):
        drawn = draw(make_claim(vague, relate(relation)), boundaries)
        assert drawn.coordinate_uncertainty_m == 52_000, relation


def test_along_a_bent_water_the_point_lies_in_the_strip(boundaries: Boundaries) -> None:
    named = replace(LAKE, latitude=52.0)
    strip = draw(make_claim(named, relate(RelationKind.ALONG)), boundaries)
    assert strip.geometry.contains(Point(strip.longitude, strip.latitude))


def test_no_place_no_shape(boundaries: Boundaries) -> None:
    with pytest.raises(GeometryError, match="not placed"):
        draw_footprint(make_claim(None), boundaries, NOTHING)

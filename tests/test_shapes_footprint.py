"""Each relation draws by one named rule, in the right place and as vague as its words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
import shapely
from shapely.geometry import LineString, Point, box

from geo import projection
from geo.errors import DataError, GeometryError
from geo.model import (
    Claim,
    Kind,
    Place,
    PlaceKind,
    Quantity,
    Relation,
    RelationKind,
    Resolution,
    Span,
    Status,
    TimeInterval,
    Toponym,
)
from geo.shapes.boundaries import Boundaries
from geo.shapes.footprint import ZoneContext, draw_footprint, gather_context

AT = Relation()
NOTHING = ZoneContext()
SCHEMA = (
    "create table area(key text primary key, kind text, country_code text, name text, wkb blob,"
    " minx real, miny real, maxx real, maxy real)"
)
# A made-up country of two regions with a neighbour to the east; a river runs south through the west region.
AREAS = {
    "UA": ("country", "UA", "West land", box(30, 48, 34, 50)),
    "UA.01": ("admin1", "UA", "West region", box(30, 48, 32, 50)),
    "UA.02": ("admin1", "UA", "East region", box(32, 48, 34, 50)),
    "RU": ("country", "RU", "East land", box(34, 47, 38, 51)),
    "water:lake": ("water", "", "Lake", box(30.9, 48.5, 31.1, 49.5)),
    "UA.08": ("admin1", "UA", "Lower Dnipro", box(32.3, 46.2, 33.3, 47.2)),
    "FJ": (
        "country",
        "FJ",
        "Sea land",
        shapely.MultiPolygon([box(179, -18, 180, -17), box(-180, -18, -179, -17)]),
    ),
}


@pytest.fixture
def boundaries() -> Iterator[Boundaries]:
    connection = sqlite3.connect(":memory:")
    connection.execute(SCHEMA)
    for key, (kind, code, name, shape) in AREAS.items():
        row = (key, kind, code, name, shapely.to_wkb(shape), *shape.bounds)
        connection.execute("insert into area values (?,?,?,?,?,?,?,?,?)", row)
    yield Boundaries(connection)
    connection.close()


TOWN = Place(
    gazetteer="t", id="1", name="Town", latitude=48.28, longitude=33.18, kind=PlaceKind.SETTLEMENT,
    country_code="UA", coordinate_uncertainty_m=1500.0,
)  # fmt: skip
VILLAGE = replace(TOWN, id="2", name="Village", latitude=48.28, longitude=33.58)
EAST = replace(
    TOWN, id="3", name="East region", kind=PlaceKind.REGION, boundary="UA.02", latitude=49, longitude=33
)
WEST = replace(EAST, id="4", name="West region", boundary="UA.01", longitude=31)
COUNTRY = replace(
    EAST, id="5", name="West land", kind=PlaceKind.COUNTRY, boundary="UA", latitude=49, longitude=32
)
LAKE = replace(
    EAST, id="6", name="Lake", kind=PlaceKind.WATER, boundary="water:lake", latitude=49, longitude=31
)
RIVER = replace(LAKE, id="dnipro-river", name="Dnipro River", boundary="", latitude=47.5, longitude=34.3)
LOWER = replace(EAST, id="8", name="Lower Dnipro", boundary="UA.08", latitude=46.7, longitude=32.8)
ISLES = replace(
    COUNTRY, id="7", name="Sea land", boundary="FJ", country_code="FJ", latitude=-17.5, longitude=179.5
)


def make_claim(
    place: Place | None,
    relation: Relation = AT,
    *others: Place,
    kind: Kind = Kind.STRIKE,
    actors: tuple[str, ...] = (),
    area: tuple[float | None, float | None] | None = None,
    status: Status = Status.REPORTED,
) -> Claim:
    span = Span(report_id="r", start=0, end=4, exact="name")
    toponym = Toponym(span=span, name="name", name_span=span, relation=relation)
    named = tuple(Resolution(toponym=toponym, place=other) for other in others)
    stated = area and Quantity(span=span, dimension="area", low=area[0], high=area[1], unit="km2")
    return Claim(
        id="c", report_id="r", kind=kind, status=status, quote=span, time=TimeInterval(start=None, end=None),
        place=Resolution(toponym=toponym, place=place, others=named), actors=actors, area=stated or None,
    )  # fmt: skip


def draw(claim: Claim, boundaries: Boundaries, context: ZoneContext = NOTHING):
    footprint = draw_footprint(claim, boundaries, context)
    assert footprint.geometry.is_valid
    assert not footprint.geometry.is_empty
    assert footprint.georeference_protocol
    assert footprint.coordinate_uncertainty_m > 0
    return footprint


def relate(
    kind: RelationKind, direction: str | None = None, low: float | None = None, high: float | None = None
):
    return Relation(kind=kind, direction=direction, distance_km_low=low, distance_km_high=high)


def test_in_a_town_is_its_point(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m == 1500.0
    assert (footprint.geo_precision, footprint.where_prec) == (1, 1)
    assert footprint.georeference_protocol == "point of a settlement"


def test_near_a_town_is_less_exact(boundaries: Boundaries) -> None:
    footprint = draw(make_claim(TOWN, relate(RelationKind.NEAR)), boundaries)
    assert footprint.geometry == Point(33.18, 48.28)
    assert footprint.coordinate_uncertainty_m > 5000
    assert footprint.geo_precision == 2
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
@pytest.mark.parametrize("named", [(LOWER,), (RIVER, LOWER)])
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


def test_what_was_left_or_denied_is_not_held() -> None:
    held = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",))
    left = make_claim(TOWN, kind=Kind.WITHDRAWAL, actors=("RUS",))
    denied = make_claim(VILLAGE, kind=Kind.CONTROL, actors=("RUS",), status=Status.DENIED)
    (place,) = gather_context([held, denied]).held["RUS"]
    assert (place.longitude, place.latitude) == (33.18, 48.28)
    assert gather_context([held, left]).held == {}


def test_only_the_same_or_earlier_reports_tell_what_is_held() -> None:
    day, year = date(2024, 8, 16), timedelta(days=365)
    claim = replace(make_claim(EAST), report_id="now", time=TimeInterval(start=day, end=day))
    for report, when, known in (
        ("now", None, True),
        ("before", day - timedelta(days=5), True),
        ("later", day + timedelta(days=5), False),
        ("long ago", day - year, False),
        ("undated", None, False),
    ):
        said = make_claim(TOWN, kind=Kind.CONTROL, actors=("RUS",))
        said = replace(said, report_id=report, time=TimeInterval(start=when, end=when))
        assert bool(gather_context([said]).list_held("RUS", claim)) is known, report


def test_no_place_no_shape(boundaries: Boundaries) -> None:
    with pytest.raises(GeometryError, match="not placed"):
        draw_footprint(make_claim(None), boundaries, NOTHING)


def test_an_unknown_boundary_is_named(boundaries: Boundaries) -> None:
    assert [area.key for area in boundaries.list_areas("country")] == ["FJ", "RU", "UA"]
    with pytest.raises(DataError, match="'XX'"):
        boundaries.read("XX")
    with pytest.raises(DataError, match="'XX'"):
        boundaries.find_country("XX")

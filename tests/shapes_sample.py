"""A made-up country with places, boundaries and claims, for tests of shapes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

import shapely
from shapely.geometry import box

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
from geo.shapes.footprint import ZoneContext, draw_footprint

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


def open_made_up_boundaries() -> Iterator[Boundaries]:
    """Yield the made-up boundaries, and close them."""
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

"""Rows and layers keep the schema; a fault in a layer is told with all others at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import geopandas as gpd
import pytest
from shapely import Point, box

import geo
from geo.errors import SchemaError
from geo.layers import build_layers, build_rows, check_layers
from geo.model import (
    Claim,
    Footprint,
    Kind,
    Place,
    PlaceKind,
    Quantity,
    Rejection,
    Report,
    Resolution,
    Result,
    Span,
    Stage,
    Status,
    TimeInterval,
    Toponym,
)
from geo.schema import COLUMN_NAMES

REPORT = Report(
    id="r", text="The zone.", language="en", publisher="Desk", issued=datetime(2024, 11, 10, tzinfo=UTC)
)


def make_claim(claim_id: str, kind: Kind = Kind.CONTROL, area: tuple[float, float] | None = None) -> Claim:
    span = Span(report_id="r", start=0, end=9, exact="The zone.")
    place = Place(gazetteer="geonames", id="1", name="Zone", latitude=51, longitude=36, kind=PlaceKind.REGION)
    quantity = Quantity(span=span, dimension="area", low=area[0], high=area[1], unit="km2") if area else None
    return Claim(
        id=claim_id,
        report_id="r",
        kind=kind,
        status=Status.REPORTED,
        place=Resolution(toponym=Toponym(span=span, name="Zone", name_span=span), place=place),
        quote=span,
        actors=("UKR",),
        area=quantity,
        time=TimeInterval(start=date(2024, 8, 6), end=None),
    )


def make_footprint(inner: bool = False) -> Footprint:
    return Footprint(
        geometry=box(35, 51, 37, 52),
        inner=box(35.5, 51.2, 36, 51.5) if inner else None,
        latitude=51.5,
        longitude=36,
        coordinate_uncertainty_m=1000,
        geo_precision=3,
        where_prec=4,
        georeference_protocol="zone of stated area",
        schematic=inner,
    )


@pytest.fixture
def result() -> Result:
    zone, point, lost = make_claim("zone", area=(200, 900)), make_claim("s", Kind.STRIKE), make_claim("lost")
    lost_why = Rejection(
        report_id="r", stage=Stage.PLACE, reason="two villages", claim_id="lost", candidates=("A", "B")
    )
    return Result(
        reports=(REPORT,),
        claims=(zone, point, lost),
        footprints={"zone": make_footprint(inner=True), "s": make_footprint()},
        rejections=(lost_why,),
    )


def test_every_claim_has_one_row_with_all_columns(result: Result) -> None:
    rows = build_rows(result)
    assert [row["claim_id"] for row in rows] == ["zone", "s", "lost"]
    assert all(set(COLUMN_NAMES) <= set(row) for row in rows)
    assert rows[0]["area_km2_low"] == 200
    assert rows[0]["role"] == "outer"
    assert rows[2]["geometry"] is None
    assert rows[2]["unplaced"] == "two villages; candidates: A, B"


def test_layers_sort_by_kind_and_draw_both_outlines(result: Result) -> None:
    layers = build_layers(result)
    assert list(layers["control"]["role"]) == ["outer", "inner"]
    assert list(layers["strike"]["role"]) == ["main"]
    assert list(layers["unplaced"]["claim_id"]) == ["lost"]
    assert list(layers["sources"]["claims"]) == [3]


def test_every_fault_is_told_at_once(result: Result) -> None:
    layers = build_layers(result)
    broken = layers["strike"].drop(columns=["quote", "rule"]).set_crs(3857, allow_override=True)
    with pytest.raises(SchemaError, match=r"'quote' is missing.*'rule' is missing.*CRS"):
        check_layers({"strike": broken})


def test_an_empty_geometry_and_a_strange_status_are_faults(result: Result) -> None:
    frame = build_layers(result)["strike"].copy()
    frame["status"] = "perhaps"
    frame = frame.set_geometry(gpd.GeoSeries([Point()], crs="EPSG:4326"))
    with pytest.raises(SchemaError, match=r"perhaps.*no geometry"):
        check_layers({"strike": frame})


def test_all_public_names_are_there() -> None:
    import maps

    for module in (geo, maps):
        for name in module.__all__:
            assert getattr(module, name) is not None
        assert dir(module) == module.__all__
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = geo.nothing_such

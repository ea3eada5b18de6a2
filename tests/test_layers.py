"""Rows and layers keep the schema; a fault in a layer is told with all others at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, Polygon, box

import geo
from geo.errors import SchemaError
from geo.layers import build_layers, build_rows, build_sources, check_layers
from geo.model import (
    Claim,
    Event,
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


def test_a_row_of_another_kind_and_nulls_are_faults(result: Result) -> None:
    layers = build_layers(result)
    with pytest.raises(SchemaError, match=r"strike: unknown kind in \['control'\]"):
        check_layers({"strike": layers["control"]})
    broken = layers["control"].copy()
    broken["status"] = pd.Series([None, "perhaps"], dtype="object")
    with pytest.raises(SchemaError, match=r"'status' is null.*unknown status in \['perhaps'\]"):
        check_layers({"control": broken})


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (box(170, 51, 190, 52), "leave the globe"),
        (Polygon([(35, 51), (36, 52), (36, 51), (35, 52)]), "not valid"),
        (None, "no geometry"),
    ],
)
def test_faulty_geometries_are_told(result: Result, shape: Polygon | None, words: str) -> None:
    frame = build_layers(result)["strike"].set_geometry(gpd.GeoSeries([shape], crs="EPSG:4326"))
    with pytest.raises(SchemaError, match=words):
        check_layers({"strike": frame})


def test_what_is_unplaced_has_no_geometry(result: Result) -> None:
    frame = build_layers(result)["unplaced"].set_geometry(gpd.GeoSeries([Point(1, 1)], crs="EPSG:4326"))
    with pytest.raises(SchemaError, match="unplaced: a row has a geometry"):
        check_layers({"unplaced": frame})


def test_a_row_tells_its_claim_its_shape_and_its_report(result: Result) -> None:
    zone, strike, lost = build_rows(result)
    assert (zone["quote_start"], zone["quote_end"], zone["quote"]) == (0, 9, "The zone.")
    assert (zone["area_km2_low"], zone["area_km2_high"]) == (200, 900)
    assert (zone["lat"], zone["lon"]) == (51.5, 36)
    assert (zone["place"], zone["place_kind"], zone["geonameid"]) == ("Zone", "region", "1")
    assert (zone["published"], zone["publisher"]) == ("2024-11-10T00:00:00+00:00", "Desk")
    assert (strike["count_low"], strike["role"], strike["unplaced"]) == (None, "main", None)
    assert (lost["lat"], lost["rule"]) == (None, None)
    assert zone["actors"] == "UKR"


def test_several_sides_and_numbers_keep_their_ends(result: Result) -> None:
    span = Span(report_id="r", start=0, end=9, exact="The zone.")
    count = Quantity(span=span, dimension="count", low=5, high=None, unit="drones")
    claim = replace(result.claims[1], actors=("BLR", "RUS"), count=count)
    toponym = replace(claim.place.toponym, kind_hint=PlaceKind.DISTRICT)
    place = replace(claim.place.place, gazetteer="katottg", id="UA01")
    claim = replace(claim, place=replace(claim.place, toponym=toponym, place=place))
    (row,) = build_rows(replace(result, claims=(claim,)))
    assert row["actors"] == "BLR;RUS"
    assert (row["count_low"], row["count_high"], row["count_unit"]) == (5, None, "drones")
    assert (row["place_kind"], row["geonameid"]) == ("district", "katottg:UA01")


def test_a_place_that_is_not_known_keeps_its_words(result: Result) -> None:
    claim = replace(result.claims[2], place=replace(result.claims[2].place, place=None))
    (row,) = build_rows(replace(result, claims=(claim,), rejections=()))
    assert (row["place"], row["place_text"], row["geonameid"]) == ("Zone", "The zone.", None)
    assert row["unplaced"] == "no place named"


def test_sources_are_counted_and_unread_ones_say_why(result: Result) -> None:
    why = Rejection(report_id="mute", stage=Stage.REPORT, reason="not read: no lexicon")
    other = Rejection(report_id="r", stage=Stage.CLAIM, reason="a question")
    mute = Report(id="mute", text="")
    rows = build_sources((REPORT, mute), result.claims, (why, other))
    assert [(row["report"], row["claims"], row["unread"]) for row in rows] == [
        ("r", 3, None),
        ("mute", 0, "not read: no lexicon"),
    ]
    event = Event(id="e", claims=result.claims[:1], sources=4)
    assert [row["sources"] for row in build_rows(replace(result, events=(event,)))] == [4, 1, 1]


def test_of_no_reports_there_are_empty_layers() -> None:
    layers = build_layers(geo.run([]))
    assert {name: len(frame) for name, frame in layers.items()} == {"unplaced": 0, "sources": 0}
    assert list(layers["unplaced"].columns) == [*COLUMN_NAMES, "geometry"]
    assert geo.frame_rows([]).crs.to_epsg() == 4326


def test_a_heading_close_to_north_is_north() -> None:
    line = LineString([(36.123456789, 51), (36, 52)])
    drawn = replace(make_footprint(), bearing_deg=359.97, course=line, course_protocol="named")
    claim = make_claim("a", Kind.ADVANCE)
    (row,) = build_rows(Result(reports=(REPORT,), claims=(claim,), footprints={"a": drawn}))
    assert row["bearing_deg"] == 0.0
    assert row["course"] == "LINESTRING (36.123457 51, 36 52)"
    assert row["course_rule"] == "named"


def test_all_public_names_are_there() -> None:
    import maps

    for module in (geo, maps):
        for name in module.__all__:
            assert getattr(module, name) is not None
        assert dir(module) == module.__all__
    with pytest.raises(AttributeError, match="nothing_such"):
        _ = geo.nothing_such

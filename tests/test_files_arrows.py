"""Arrows of advances in every format: drawn where a format has layers, kept as a column everywhere."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import shapely
from layers_sample import row

from geo.layers import add_arrows, check_layers, layer_rows
from maps.files import read_layers, write_layers
from maps.files.geopackage import list_tables
from maps.qgis_style import build_qml, list_categories

COURSE = "LINESTRING (37.3022 48.1465, 37.17706 48.28014)"
WORDS = "from Selydove towards Pokrovsk"


def make_layers(**values: Any):
    told = {"bearing_deg": 328.0, "course": COURSE, "course_text": WORDS, "course_rule": "course named"}
    pointed = row("advance", "Pokrovsk", 37.17706, 48.28014, **(told | values))
    headed = row("advance", "Toretsk", 37.85, 48.39, bearing_deg=0.0, course_rule="direction named")
    plain = row("advance", "Shakhove", 37.35, 48.46)
    return layer_rows([pointed, headed, plain])


def test_an_arrow_carries_what_is_told_of_its_claim() -> None:
    layers = add_arrows(make_layers(status="expected"))
    check_layers(layers)
    (arrow,) = layers["arrow"].to_dict("records")
    claim = layers["advance"].iloc[0]
    assert arrow["claim_id"] == claim["claim_id"]
    assert (arrow["status"], arrow["quote"]) == ("expected", claim["quote"])
    assert (arrow["rule"], arrow["role"], arrow["schematic"]) == ("course named", "arrow", 1)
    assert arrow["geometry"].geom_type == "Polygon"
    assert arrow["geometry"].is_valid
    assert arrow["geometry"].distance(shapely.Point(37.17706, 48.28014)) < 1e-4
    assert add_arrows(layers)["arrow"].equals(layers["arrow"]), "drawn twice it is the same"


@pytest.mark.parametrize("course", ["", "nonsense", "POINT (37 48)", "LINESTRING (37 48, 37 48)"])
def test_a_column_that_holds_no_line_draws_none(course: str) -> None:
    assert "arrow" not in add_arrows(make_layers(course=course))


def test_without_advances_there_is_no_layer_of_arrows() -> None:
    layers = layer_rows([row("strike", "Sumy", 34.8, 50.9)])
    assert set(add_arrows(layers)) == set(layers)


@pytest.mark.parametrize(
    "suffix",
    [".geojson", ".geojsonl", ".gpkg", ".kml", ".kmz", ".fgb", ".parquet", ".csv", ".shp.zip"],
)
def test_courses_come_back_and_arrows_are_not_taken_for_claims(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    write_layers(make_layers(), path)
    back = read_layers(path)
    assert "arrow" not in back
    advances = back["advance"].sort_values("place").to_dict("records")
    assert [one["place"] for one in advances] == ["Pokrovsk", "Shakhove", "Toretsk"]
    first, plain, headed = advances
    assert (first["course"], first["course_text"], first["bearing_deg"]) == (COURSE, WORDS, 328.0)
    assert headed["bearing_deg"] == 0.0, "north is a heading and no missing value"
    assert not headed["course"]
    assert plain["bearing_deg"] != plain["bearing_deg"], "unknown is empty"


def test_a_geopackage_has_a_table_of_arrows_with_its_style() -> None:
    tables = {table.name: table for table in list_tables(make_layers())}
    arrows = tables["arrow"]
    assert arrows.family == "area"
    style = build_qml(arrows, "en", {})
    assert "SvgMarker" not in style, "an arrow has no sign in its middle"
    assert "SvgMarker" in build_qml(tables["advance"], "en", {})


def test_kml_has_a_folder_of_arrows(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    write_layers(make_layers(), path)
    text = path.read_text(encoding="utf-8")
    assert "<Folder><name>Directions of movements</name>" in text
    assert 'id="arrow-RUS-solid"' in text


def test_a_heading_without_a_line_turns_the_sign(tmp_path: Path) -> None:
    headed = row("advance", "Toretsk", 37.85, 48.39, bearing_deg=92.0, course_rule="direction named")
    retreat = row("withdrawal", "Lyman", 37.8, 49.0, bearing_deg=260.0, course_rule="direction named")
    layers = layer_rows([headed, retreat])
    write_layers(layers, tmp_path / "x.kmz")
    with zipfile.ZipFile(tmp_path / "x.kmz") as archive:
        text = archive.read("doc.kml").decode()
        for href in re.findall(r"<href>(signs/\w+\.png)</href>", text):
            assert archive.read(href)
    for heading in (90, 255):
        assert f"<heading>{heading}</heading>" in text
    for table in list_tables(layers):
        if table.layer in ("advance", "withdrawal"):
            assert "bearing_deg" in build_qml(table, "en", {}).split("<aliases>")[0]


def test_the_arrow_of_a_withdrawal_has_a_broken_shaft() -> None:
    course = {"bearing_deg": 328.0, "course": COURSE, "course_text": WORDS, "course_rule": "course named"}
    layers = add_arrows(layer_rows([row("withdrawal", "Selydove", 37.3, 48.15, **course)]))
    check_layers(layers)
    assert len(shapely.get_parts(layers["arrow"].geometry.iloc[0])) > 1


def test_one_feature_a_claim_in_geojson(tmp_path: Path) -> None:
    import json

    path = tmp_path / "x.geojson"
    write_layers(make_layers(), path)
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert len(features) == 3
    assert {one["properties"]["bearing_deg"] for one in features} == {328.0, 0.0, None}


def test_groups_of_one_country_are_told_apart_in_every_look(tmp_path: Path) -> None:
    from maps.html.features import ShapeTable, build_items, side_of_row
    from maps.words import load_words

    rebels = row("control", "Nyala", 24.88, 12.05, actors="SDN", party="RSF", control_status="stated")
    army = row("control", "Sennar", 33.6, 13.55, actors="SDN", party="SDN", control_status="stated")
    assert [side_of_row(one) for one in (rebels, army)] == ["RSF", "SDN"]
    shown = build_items(
        {"control": layer_rows([rebels, army])["control"]}, ShapeTable.empty(), {}, load_words("en")
    )
    assert [(item["side"], item["actors"]) for item in shown] == [("RSF", ["RSF"]), ("SDN", ["SDN"])]
    layers = layer_rows([rebels, army])
    (table,) = (one for one in list_tables(layers) if one.name.startswith("control"))
    assert {side for side, _, _ in list_categories(table)} == {"RSF", "SDN"}
    style = build_qml(table, "en", {})
    assert style.count("&lt;&gt; '' THEN &quot;party&quot;") == 1
    path = tmp_path / "x.kml"
    write_layers(layers, path)
    assert 'id="control-RSF-solid"' in path.read_text(encoding="utf-8")
    assert set(read_layers(path)["control"]["party"]) == {"RSF", "SDN"}

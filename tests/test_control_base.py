"""Assessed maps that the user brings: which polygons count, whose they are, and of which day."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Polygon, box

from geo.control.base import BAND_RULE, read_base
from geo.control.model import Base
from geo.control.statements import CONTESTED
from geo.errors import InputError

DAY = date(2024, 9, 1)
HELD = box(37, 48, 38, 49)


def write(path: Path, *features: tuple[dict[str, Any], shapely.Geometry | None]) -> Path:
    shapes = [None if shape is None else json.loads(shapely.to_geojson(shape)) for _, shape in features]
    listed = [
        {"type": "Feature", "properties": told, "geometry": shape}
        for (told, _), shape in zip(features, shapes, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), encoding="utf-8")
    return path


def read(path: Path, as_of: date | None = DAY) -> Base:
    return read_base(path, holder="RUS", rest="UKR", as_of=as_of)


def test_a_band_of_uncertainty_is_nobodys_and_lines_are_no_ground(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.geojson",
        ({"side": "RUS"}, HELD),
        ({"side": "RUS", "rule": BAND_RULE}, HELD.buffer(0.1)),
        ({"side": "UKR"}, LineString([(36, 48), (36, 49)])),
        ({"side": "UKR"}, None),
        ({"side": "UKR"}, Polygon()),
    )
    base = read(path)
    assert set(base.held) == {"RUS"}
    assert base.held["RUS"].equals(HELD)


def test_heights_bow_ties_and_collections_are_made_plain_areas(tmp_path: Path) -> None:
    high = Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 5), (0, 1, 5)])
    tie = Polygon([(2, 0), (3, 1), (3, 0), (2, 1)])
    mixed = shapely.GeometryCollection([box(4, 0, 5, 1), LineString([(4, 0), (6, 0)])])
    base = read(write(tmp_path / "x.geojson", ({}, high), ({}, tie), ({}, mixed)))
    held = base.held["RUS"]
    assert held.is_valid
    assert not held.has_z
    assert held.geom_type == "MultiPolygon"
    assert held.area == pytest.approx(1 + 0.5 + 1)


@pytest.mark.parametrize(
    ("told", "side"),
    [
        ({"control_status": "contested", "side": "RUS"}, CONTESTED),
        ({"control_status": "claimed", "side": "RUS"}, "RUS"),
        ({"side": "ukr"}, "UKR"),
        ({"side": "BLR"}, "BLR"),
        ({"side": "", "held_by": "UKR"}, "UKR"),
        ({"side": "UKR", "owner": "RUS"}, "UKR"),
        ({"side": "yes"}, "RUS"),
        ({"side": None}, "RUS"),
    ],
)
def test_whose_a_polygon_is(tmp_path: Path, told: dict[str, Any], side: str) -> None:
    assert list(read(write(tmp_path / "x.geojson", (told, HELD))).held) == [side]


def test_sides_that_only_the_caller_knows_are_told_by_their_codes(tmp_path: Path) -> None:
    path = write(tmp_path / "x.geojson", ({"side": "gov"}, HELD), ({"side": "reb"}, box(30, 48, 31, 49)))
    base = read_base(path, holder="REB", rest="GOV", as_of=DAY)
    assert set(base.held) == {"REB", "GOV"}
    assert base.held["GOV"].equals(HELD)


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ([{"date": "2024-08-01"}, {"date": "2024-08-20T10:00:00Z"}, {"date": "2024-08-10"}], "2024-08-20"),
        ([{"date": None}, {"date": "2024-08-20"}], "2024-08-20"),
        ([{"updated": "2024-08-30", "as_of": "2024-08-02"}, {"updated": "2024-08-31"}], "2024-08-02"),
        ([{"date": "some day", "updated": "2024-08-30"}], "2024-08-30"),
    ],
)
def test_the_newest_of_its_days_is_that_of_the_map(
    tmp_path: Path, told: list[dict[str, Any]], day: str
) -> None:
    path = write(tmp_path / "x.geojson", *((one, HELD) for one in told))
    assert read(path, None).as_of == date.fromisoformat(day)
    assert read(path).as_of == DAY, "what is asked for counts"


def test_a_map_without_a_day_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"x\.geojson: nothing tells what day it shows"):
        read(write(tmp_path / "x.geojson", ({"date": "soon"}, HELD)), None)


def test_of_several_layers_those_with_shapes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    for layer, shape in (("one", HELD), ("two", box(30, 48, 31, 49))):
        gpd.GeoDataFrame({"side": ["RUS"]}, geometry=[shape], crs=4326).to_file(path, layer=layer)
    import pandas as pd
    import pyogrio

    pyogrio.write_dataframe(pd.DataFrame({"note": ["x"]}), path, layer="notes")
    assert read(path).held["RUS"].area == pytest.approx(2)


@pytest.mark.parametrize("name", ["missing.geojson", "missing.gpkg", "text.shp"])
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.shp").write_text("no shape", encoding="utf-8")
    with pytest.raises(InputError, match=name):
        read(tmp_path / name)


@pytest.mark.parametrize(
    "text", ["[]", "3", '{"type": "FeatureCollection"}', '{"type": "Feature", "geometry": 3}']
)
def test_json_that_is_no_map_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.json"):
        read(path)

"""GeoJSON after RFC 7946, checked by the letter."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from layers_sample import sample_layers

from geo.errors import InputError, OutputError
from geo.resources import read_bytes
from geo.schema import COLUMN_NAMES
from maps.files import WriteOptions, read_layers, write_claims, write_layers
from maps.files.json_schema import SCHEMA_FILE, build_schema, render_schema


def row(**values: Any) -> dict[str, Any]:
    base: dict[str, Any] = dict.fromkeys(COLUMN_NAMES)
    base |= {"claim_id": "a1", "kind": "control", "status": "reported", "report": "r1", "geometry": None}
    return base | values


def write(tmp_path: Path, *rows: dict[str, Any], **options: Any) -> dict[str, Any]:
    path = tmp_path / "out.geojson"
    write_claims(rows, path, WriteOptions(**options))
    return json.loads(path.read_text(encoding="utf-8"))


def rings_of(geometry: dict[str, Any]) -> Iterator[tuple[list[list[float]], bool]]:
    """Each ring with whether it is an outer one."""
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            yield ring, number == 0


def signed_area(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def positions_of(value: Any) -> Iterator[list[float]]:
    if value and isinstance(value[0], int | float):
        yield value
    else:
        for one in value:
            yield from positions_of(one)


def test_rings_follow_the_right_hand_rule_and_are_closed(tmp_path: Path) -> None:
    outer = [(0, 0), (0, 9), (9, 9), (9, 0)]  # clockwise
    hole = [(1, 1), (2, 1), (2, 2), (1, 2)]  # anticlockwise
    body = write(tmp_path, row(geometry=shapely.Polygon(outer, [hole])))
    rings = list(rings_of(body["features"][0]["geometry"]))
    assert len(rings) == 2
    for ring, is_outer in rings:
        assert ring[0] == ring[-1]
        assert (signed_area(ring) > 0) is is_outer


def test_no_crs_member_and_bbox(tmp_path: Path) -> None:
    body = write(tmp_path, row(geometry=shapely.Point(37.1, 48.2)), row(geometry=shapely.Point(30, 50.5)))
    assert "crs" not in body
    assert body["bbox"] == [30.0, 48.2, 37.1, 50.5]


def test_six_decimals_and_two_dimensions(tmp_path: Path) -> None:
    body = write(
        tmp_path, row(geometry=shapely.Point(1 / 3, 2 / 3, 99)), row(geometry=shapely.Point(-1e-9, 0))
    )
    assert body["features"][0]["geometry"]["coordinates"] == [0.333333, 0.666667]
    assert "-0" not in json.dumps(body["features"][1]["geometry"])


def test_unplaced_claim_has_null_geometry(tmp_path: Path) -> None:
    body = write(tmp_path, row(unplaced="not known"), row(geometry=shapely.Point()))
    assert [feature["geometry"] for feature in body["features"]] == [None, None]
    assert "bbox" not in body


@pytest.mark.parametrize(
    "ring",
    [
        [(170, 10), (190, 10), (190, 20), (170, 20)],
        [(170, 10), (-170, 10), (-170, 20), (170, 20)],
        [(-190, 10), (-170, 10), (-170, 20), (-190, 20)],
    ],
)
def test_area_across_the_antimeridian_is_cut(tmp_path: Path, ring: list[tuple[float, float]]) -> None:
    body = write(tmp_path, row(geometry=shapely.Polygon(ring)))
    geometry = body["features"][0]["geometry"]
    assert geometry["type"] == "MultiPolygon"
    longitudes = {x for x, _ in positions_of(geometry["coordinates"])}
    assert longitudes == {170, 180, -180, -170}
    assert shapely.from_geojson(json.dumps(geometry)).area == pytest.approx(200)
    assert body["bbox"] == [170.0, 10.0, -170.0, 20.0]


def test_line_across_the_antimeridian_is_cut(tmp_path: Path) -> None:
    body = write(tmp_path, row(geometry=shapely.LineString([(179, 0), (-179, 2)])))
    assert body["features"][0]["geometry"]["type"] == "MultiLineString"
    assert sorted(positions_of(body["features"][0]["geometry"]["coordinates"])) == [
        *([-180, 1], [-179, 2]),
        *([179, 0], [180, 1]),
    ]


def test_world_and_polar_shapes_stay_whole(tmp_path: Path) -> None:
    world = shapely.box(-180, -90, 180, 90)
    body = write(tmp_path, row(geometry=world))
    assert shapely.from_geojson(json.dumps(body["features"][0]["geometry"])).area == pytest.approx(360 * 180)


@settings(max_examples=60, deadline=None)
@given(
    longitude=st.floats(-180, 180),
    latitude=st.floats(-85, 85),
    radius=st.floats(0.01, 4.0),
)
def test_any_circle_is_within_bounds_and_keeps_its_area(
    tmp_path_factory: pytest.TempPathFactory, longitude: float, latitude: float, radius: float
) -> None:
    circle = shapely.Point(longitude, latitude).buffer(radius)
    # As a projection gives it back: longitudes within ±180°, jumping where the circle crosses.
    jumping = shapely.transform(circle, lambda xy: np.column_stack([(xy[:, 0] + 180) % 360 - 180, xy[:, 1]]))
    body = write(tmp_path_factory.mktemp("circle"), row(geometry=jumping))
    geometry = body["features"][0]["geometry"]
    for x, y in positions_of(geometry["coordinates"]):
        assert -180 <= x <= 180
        assert math.isfinite(y)
    assert shapely.from_geojson(json.dumps(geometry)).area == pytest.approx(circle.area, rel=1e-3)
    assert all((signed_area(ring) > 0) is outer for ring, outer in rings_of(geometry))


def test_properties_are_flat_in_order_and_carry_simplestyle(tmp_path: Path) -> None:
    body = write(
        tmp_path,
        row(
            geometry=shapely.box(0, 0, 1, 1),
            actors="RUS",
            control_status="claimed",
            date_start=date(2024, 11, 10),
        ),
        row(geometry=shapely.Point(0, 0), actors="UKR", kind="strike"),
    )
    area, point = (feature["properties"] for feature in body["features"])
    assert tuple(area)[: len(COLUMN_NAMES)] == COLUMN_NAMES
    assert area["date_start"] == "2024-11-10"
    assert area["stroke"] == area["fill"] == "#D55E00"
    assert area["fill-opacity"] < 0.2
    assert point["marker-color"] == "#0072B2"
    assert not any(isinstance(value, dict | list) for value in area.values())


def test_one_feature_a_claim_and_the_low_outline_kept(tmp_path: Path) -> None:
    path = tmp_path / "sample.geojson"
    write_layers(sample_layers(), path)
    body = json.loads(path.read_text(encoding="utf-8"))
    identifiers = [feature["id"] for feature in body["features"]]
    assert len(identifiers) == len(set(identifiers))
    assert all(feature["properties"]["role"] != "inner" for feature in body["features"])
    (zone,) = [one for one in body["features"] if one["properties"]["role"] == "outer"]
    assert shapely.from_wkt(zone["properties"]["inner_wkt"]).area > 0
    kinds = {feature["properties"]["kind"] for feature in body["features"]}
    assert kinds == {"concentration", "strike", "control", "advance", "withdrawal", "clash"}
    assert set(body["derived"]) == {"front_line", "front_band"}


def test_front_line_is_a_feature_where_asked_or_where_nothing_else_is(tmp_path: Path) -> None:
    layers = sample_layers()
    path = tmp_path / "front.geojson"
    write_layers(layers, path, WriteOptions(derived=True))
    body = json.loads(path.read_text(encoding="utf-8"))
    assert {one["properties"].get("layer") for one in body["features"]} == {None, "front_line", "front_band"}
    write_layers({"front_line": layers["front_line"]}, path)
    body = json.loads(path.read_text(encoding="utf-8"))
    assert [one["properties"]["layer"] for one in body["features"]] == ["front_line"]
    assert list(read_layers(path)["front_line"]["side_a"]) == ["RUS"]


def test_schema_is_up_to_date_and_valid() -> None:
    assert read_bytes(SCHEMA_FILE).decode("utf-8") == render_schema(), "run python -m maps.files.json_schema"
    Draft202012Validator.check_schema(build_schema())


def test_what_is_written_keeps_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "sample.geojson"
    write_layers(sample_layers(), path)
    body = json.loads(path.read_text(encoding="utf-8"))
    validator = Draft202012Validator(json.loads(read_bytes(SCHEMA_FILE)))
    assert [error.message for error in validator.iter_errors(body)] == []
    body["features"][0]["properties"]["kind"] = "rumour"
    body["features"][1]["properties"]["geo_precision"] = "exact"
    assert len(list(validator.iter_errors(body))) == 2


def test_sequence_has_a_feature_a_line(tmp_path: Path) -> None:
    for suffix, separator in ((".geojsonl", ""), (".geojsons", "\x1e")):
        path = tmp_path / f"lines{suffix}"
        write_claims([row(quote="one\ntwo"), row(claim_id="b2")], path)
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        assert len(lines) == 2
        assert all(line.startswith(separator + "{") for line in lines)
        assert len(read_layers(path)["unplaced"]) == 2


def test_gdal_finds_the_same_features(tmp_path: Path) -> None:
    import pyogrio

    path = tmp_path / "sample.geojson"
    write_layers(sample_layers(), path)
    info = pyogrio.read_info(path)
    assert info["features"] == len(json.loads(path.read_text(encoding="utf-8"))["features"])
    assert info["crs"] == "EPSG:4326"
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert types["date_start"] == "OFTDate"
    assert types["lat"] == "OFTReal"


def test_geojson_needs_neither_geopandas_nor_pandas(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom maps.files import write_claims\n"
        f"write_claims([{{'claim_id': 'a', 'kind': 'strike', 'status': 'reported', 'report': 'r'}}], {str(tmp_path / 'x.geojson')!r})\n"
        "print(sorted({'geopandas', 'pandas', 'pyogrio', 'folium', 'pyproj'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"type": "FeatureCollection", "features": [{}]}', "nonsense"]
)
def test_foreign_or_broken_file_is_refused_by_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.geojson"
    path.write_text(text, encoding="utf-8")
    if text == "":
        assert len(read_layers(path)["unplaced"]) == 0
        return
    with pytest.raises(InputError, match=r"broken\.geojson"):
        read_layers(path)


def test_rows_to_another_suffix_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="plain rows go to"):
        write_claims([], tmp_path / "x.gpkg")

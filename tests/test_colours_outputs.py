"""The sides of one map have the same colours in every output, and no two share one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from layers_sample import row

from geo.layers import layer_rows
from maps.colours import assign_colours, colour_rows
from maps.files import write_layers
from maps.files.geojson import list_features, normalise_shapes
from maps.files.geopackage import list_tables
from maps.html.contents import build_contents
from maps.html.options import MapOptions
from maps.qgis_style import build_qml, colour_tables
from maps.service_data import build_collections
from maps.words import load_words

# Their own colours are one: a map that colours each by itself shows three sides as one.
SIDES = ("COD", "LBY", "MLI")
SPOTS = {"COD": ("Goma", 29.2, -1.7), "LBY": ("Sirte", 16.6, 31.2), "MLI": ("Gao", 0.0, 16.3)}


def make_layers() -> Any:
    return layer_rows([row("strike", *SPOTS[side], actors=side) for side in SIDES])


@pytest.fixture
def expected() -> dict[str, str]:
    colours = assign_colours(SIDES)
    assert len(set(colours.values())) == len(SIDES)
    return colours


def test_html_and_the_service(expected: dict[str, str]) -> None:
    contents, _ = build_contents(make_layers(), MapOptions(), load_words("en"))
    assert contents["style"]["sides"] == expected
    strikes = build_collections(make_layers())["strike"]
    told = [json.loads(one)["properties"] for one in strikes.encode(range(3))]
    assert {one["actors"]: one["marker-color"] for one in told} == expected
    (alone,) = strikes.encode([2])
    assert json.loads(alone)["properties"]["marker-color"] == expected[told[2]["actors"]]


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl"])
def test_simplestyle(tmp_path: Path, expected: dict[str, str], suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    write_layers(make_layers(), path)
    found = re.findall(r'"actors":"(\w+)".*?"marker-color":"(#\w+)"', path.read_text(encoding="utf-8"))
    assert dict(found) == expected


def test_kml(tmp_path: Path, expected: dict[str, str]) -> None:
    path = tmp_path / "x.kml"
    write_layers(make_layers(), path)
    text = path.read_text(encoding="utf-8")
    for side, colour in expected.items():
        red, green, blue = colour[1:3], colour[3:5], colour[5:7]
        style = re.search(rf'id="strike-{side}-solid"><IconStyle><color>(\w+)</color>', text)
        assert style is not None
        assert style[1] == f"ff{blue}{green}{red}".lower()


def test_qgis(expected: dict[str, str]) -> None:
    tables = list_tables(make_layers())
    assert colour_tables(tables) == expected
    (strikes,) = (table for table in tables if table.layer == "strike")
    style = build_qml(strikes, "en", expected)
    for colour in expected.values():
        assert ",".join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5)) in style


def test_what_is_not_drawn_takes_no_colour() -> None:
    unplaced = row("strike", "Nowhere", 0.0, 0.0, actors="COD") | {"geometry": None}
    placed = [row("strike", *SPOTS["MLI"], actors="MLI")]
    assert colour_rows([*placed, unplaced]) == assign_colours(["MLI"])
    (feature,) = list_features(placed, normalise_shapes([placed[0]["geometry"]]))
    assert json.loads(feature)["properties"]["marker-color"] == assign_colours(["MLI"])["MLI"]

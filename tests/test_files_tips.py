"""What balloons and map tips tell of a claim: what, how sure, whose, when, where, and the quote."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from layers_sample import REGION, make_frame, row

from maps.claim_words import tell_claim
from maps.files import WriteOptions, read_layers, write_layers
from maps.qgis_tips import build_tip
from maps.words import load_words

SPACE = "{http://www.opengis.net/kml/2.2}"


def region(kind: str, **values: object) -> dict:
    wide = {"place_kind": "region", "geo_precision": 3, "geometry": REGION}
    return row(kind, "Kursk region", 36.0, 51.6, **(wide | values))


def read_document(path: Path) -> ET.Element:
    with zipfile.ZipFile(path) as archive:
        return ET.fromstring(archive.read("doc.kml"))


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        (
            "en",
            ["Controlled zone · claimed by one side · Russia", "10 November 2024", "settlement, ±3 km"],
        ),
        ("fr", ["revendiqué", "10 novembre 2024", "±3 km"]),
        ("uk", ["Росія", "10 листопада 2024", "±3"]),
    ],
)
def test_a_claim_is_told_in_the_readers_language(tag: str, told: list[str]) -> None:
    claim = row("control", "Sudzha", 35.27, 51.19, control_status="claimed")
    lines = tell_claim(claim, load_words(tag))
    assert all(any(part in line for line in lines) for part in told), lines


def test_a_claim_of_a_region_says_that_it_has_no_exact_place() -> None:
    words = load_words("en")
    forces = region("concentration", status="denied", count_low=2e4, count_high=9e4, count_unit="soldiers")
    lines = tell_claim(forces, words)
    assert "denied" in lines[0]
    assert "region: no exact place" in lines
    assert any("20,000–90,000 soldiers" in line for line in lines)


def test_a_region_in_kml_is_an_outline_with_a_sign_that_points(tmp_path: Path) -> None:
    path = tmp_path / "x.kmz"
    write_layers({"advance": make_frame([region("advance", bearing_deg=270.0)])}, path)
    document = read_document(path)
    # Two placemarks, since programs like QGIS draw no shape that is both a point and an area.
    area, sign = document.iter(f"{SPACE}Placemark")
    assert area.find(f".//{SPACE}Polygon") is not None
    assert sign.find(f".//{SPACE}Point") is not None
    assert sign.findtext(f"{SPACE}styleUrl") == area.findtext(f"{SPACE}styleUrl")
    (style,) = document.iter(f"{SPACE}Style")
    assert style.findtext(f".//{SPACE}heading") == "270"
    assert style.findtext(f".//{SPACE}PolyStyle/{SPACE}fill") == "0"
    assert "arrow" in str(style.findtext(f".//{SPACE}href"))
    assert [shape.geom_type for shape in read_layers(path)["advance"].geometry] == ["Polygon"]


def test_a_zone_that_is_held_stays_filled_and_without_a_sign(tmp_path: Path) -> None:
    path = tmp_path / "x.kmz"
    write_layers({"control": make_frame([region("control", control_status="stated")])}, path)
    document = read_document(path)
    assert document.find(f".//{SPACE}Point") is None
    assert document.findtext(f".//{SPACE}PolyStyle/{SPACE}fill") == "1"


def test_balloons_tell_how_sure_a_claim_is_and_stay_text(tmp_path: Path) -> None:
    path = tmp_path / "x.kmz"
    hostile = region("strike", status="expected", quote="<script>alert(1)</script>")
    write_layers({"strike": make_frame([hostile])}, path, WriteOptions(language="fr"))
    mark, _ = read_document(path).iter(f"{SPACE}Placemark")
    balloon = str(mark.findtext(f"{SPACE}description"))
    assert load_words("fr").word("statuses", "expected") in balloon
    assert "&lt;script&gt;" in balloon
    assert "<script>" not in balloon


def test_map_tips_speak_the_readers_language() -> None:
    columns = (
        "place",
        "kind",
        "status",
        "control_status",
        "actors",
        "date_start",
        "date_end",
        "quote",
        "publisher",
    )
    tip = build_tip(columns, load_words("fr"))
    assert "revendiqué" in tip
    assert "Frappe" in tip
    assert "date_start" in tip
    assert build_tip(("quote",), load_words("en")).startswith("<q>")

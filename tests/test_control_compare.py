"""What changed hands, read and compared."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import box

from geo.control.base import read_base
from geo.control.compare import (
    Captions,
    compare_control,
    compare_series,
    draw_series,
    find_difference,
    write_series,
)
from geo.control.statements import CONTESTED
from geo.errors import InputError, OutputError
from geo.projection import measure_area_km2, measure_length_km

SHARED = Path(os.environ.get("FRONTLINE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "control"
needs_maps = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared maps are not here")

BOXES = st.builds(
    lambda x, y, w, h: box(x, y, x + w, y + h),
    st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9),
)  # fmt: skip


def as_areas(geometry: object) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


@settings(max_examples=150)
@given(st.lists(BOXES, max_size=5), st.lists(BOXES, max_size=5))
def test_the_quick_difference_is_the_difference(before: list[object], after: list[object]) -> None:
    old, new = as_areas(shapely.union_all(before)), as_areas(shapely.union_all(after))
    gained, lost = find_difference(old, new)
    assert gained.area == pytest.approx(new.difference(old).area)
    assert lost.area == pytest.approx(old.difference(new).area)
    assert gained.symmetric_difference(new.difference(old)).area == pytest.approx(0, abs=1e-9)
    assert lost.symmetric_difference(old.difference(new)).area == pytest.approx(0, abs=1e-9)


def test_a_change_by_side_and_unit_with_its_band() -> None:
    old = {"RUS": box(0, 0, 2, 2), "UKR": box(2, 0, 6, 2)}
    new = {"RUS": box(0, 0, 3, 2), "UKR": box(3, 0, 6, 2)}
    units = {"west": box(0, 0, 2.5, 2), "far": box(5, 0, 6, 2)}
    change = compare_control(old, new, units, precision_m=100)
    moved = measure_area_km2(box(2, 0, 3, 2))
    rows = {(row.side, row.unit): row for row in change.rows}
    assert rows["RUS", ""].gained_km2 == pytest.approx(moved)
    assert rows["UKR", ""].lost_km2 == pytest.approx(moved)
    assert rows["RUS", ""].net_km2 == -rows["UKR", ""].net_km2
    assert rows["RUS", "west"].gained_km2 == pytest.approx(measure_area_km2(box(2, 0, 2.5, 2)))
    assert ("RUS", "far") not in rows
    assert 0 < rows["RUS", ""].band_km2 < 0.01 * moved
    assert len(change.to_frame()) == 2


def test_what_a_side_lost_whole_and_what_is_contested_is_told() -> None:
    old = {"RUS": box(0, 0, 1, 1), "UKR": box(1, 0, 3, 1), CONTESTED: box(8, 0, 9, 1), "": box(5, 5, 6, 6)}
    new = {"UKR": box(0, 0, 2, 1), CONTESTED: box(2, 0, 3, 1)}
    change = compare_control(old, new, {"west": box(0, 0, 0.5, 1), "touching": box(-1, 0, 0, 1)})
    rows = {(row.side, row.unit): row for row in change.rows}
    assert set(rows) == {
        ("RUS", ""),
        ("UKR", ""),
        ("RUS", "west"),
        ("UKR", "west"),
        ("RUS", "touching"),
        ("UKR", "touching"),
    }
    square, half = measure_area_km2(box(0, 0, 1, 1)), measure_area_km2(box(0, 0, 0.5, 1))
    assert rows["RUS", ""].lost_km2 == pytest.approx(square)
    assert rows["RUS", ""].gained_km2 == 0
    assert rows["RUS", ""].net_km2 == pytest.approx(-square)
    assert rows["UKR", ""].contested_km2 == pytest.approx(measure_area_km2(new[CONTESTED]))
    assert rows["RUS", "west"].lost_km2 == pytest.approx(half)
    assert rows["UKR", "west"].gained_km2 == pytest.approx(half)
    assert rows["UKR", "touching"].gained_km2 == 0
    assert change.old_on is change.new_on is None


def test_the_band_is_the_precision_along_half_of_what_moved() -> None:
    old, new = {"RUS": box(0, 0, 1, 1)}, {"RUS": box(0, 0, 2, 1)}
    outline = measure_length_km(box(1, 0, 2, 1))
    (row,) = compare_control(old, new, precision_m=200).rows
    assert row.band_km2 == pytest.approx(outline / 2 * 0.2)
    (back,) = compare_control(new, old, precision_m=200).rows
    assert back.band_km2 == pytest.approx(row.band_km2)
    *_, last = compare_series([(date(2024, 1, 1), old), (date(2024, 1, 2), new)], precision_m=200)
    assert last.band_km2 == pytest.approx(row.band_km2)


@given(st.lists(BOXES, min_size=1, max_size=4), st.booleans())
def test_the_way_that_rings_run_is_no_change(parts: list[object], mirrored: bool) -> None:
    held = as_areas(shapely.union_all(parts))
    held = shapely.transform(held, lambda xy: xy - 5 if mirrored else xy)  # some edges on -0.0
    turned = held.reverse()
    assert all(part.is_empty for part in find_difference(held, turned))
    gained, lost = find_difference(shapely.MultiPolygon(), turned)
    assert gained.area == pytest.approx(held.area)
    assert lost.is_empty


def test_no_change_no_rows_of_area() -> None:
    held = {"RUS": box(0, 0, 2, 2)}
    change = compare_control(held, held)
    assert change.rows[0].gained_km2 == change.rows[0].lost_km2 == 0
    assert change.to_frame().empty


def test_a_series_carries_the_area_on(tmp_path: Path) -> None:
    days = [(date(2024, 1, d), {"RUS": box(0, 0, 1 + d / 10, 1)}) for d in range(1, 6)]
    rows = list(compare_series(days))
    assert rows[-1].held_km2 == pytest.approx(measure_area_km2(days[-1][1]["RUS"]), rel=1e-4)
    assert rows[0].gained_km2 == 0
    assert rows[1].gained_km2 == pytest.approx(measure_area_km2(box(1.1, 0, 1.2, 1)), rel=1e-4)
    write_series(rows, tmp_path / "series.csv")
    head, first, second, *_ = csv.reader((tmp_path / "series.csv").read_text().splitlines())
    assert head == ["on", "side", "held_km2", "gained_km2", "lost_km2", "net_km2", "band_km2"]
    assert first[:2] == ["2024-01-01", "RUS"]
    assert second[5] == second[3] != "0.000"
    draw_series(rows, tmp_path / "series.svg")
    assert "<svg" in (tmp_path / "series.svg").read_text()


def test_a_plot_of_a_series_speaks_the_readers_language(tmp_path: Path) -> None:
    rows = list(compare_series((date(2024, 1, d), {"RUS": box(0, 0, 1 + d / 10, 1)}) for d in range(1, 4)))
    words = Captions(title="Що змінилося", axis="різниця", note="примітка", names={"RUS": "Росія"}, tell=str)
    draw_series(rows, tmp_path / "series.svg", captions=words)
    text = (tmp_path / "series.svg").read_text(encoding="utf-8")
    assert all(told in text for told in ("Що змінилося", "різниця", "примітка", "Росія: "))
    assert "RUS" not in text


def test_a_side_may_come_and_go_in_a_series(tmp_path: Path) -> None:
    land, more = box(0, 0, 1, 1), box(0, 0, 2, 1)
    days = [{"RUS": land}, {"RUS": land, "UKR": more}, {"UKR": land}, {"UKR": land, CONTESTED: more}]
    rows = list(compare_series((date(2024, 1, n), held) for n, held in enumerate(days, 1)))
    told = {(row.on.day, row.side): row for row in rows}
    area = measure_area_km2(land)
    assert told[2, "UKR"].gained_km2 == 0, "it was not known before"
    assert told[3, "UKR"].lost_km2 == pytest.approx(area, rel=1e-3)
    assert told[3, "UKR"].held_km2 == pytest.approx(area, rel=1e-3)
    assert told[3, "RUS"].lost_km2 == pytest.approx(area)
    assert told[3, "RUS"].held_km2 == pytest.approx(0, abs=1e-6)
    assert told[4, "UKR"].lost_km2 == 0
    assert {row.side for row in rows} == {"RUS", "UKR"}
    write_series(rows, tmp_path / "series.csv")
    lost = next(
        line for line in (tmp_path / "series.csv").read_text().splitlines() if "2024-01-03,RUS" in line
    )
    assert float(lost.split(",")[5]) == pytest.approx(-area, abs=0.001)


def test_a_series_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    rows = list(compare_series([(date(2024, 1, 1), {"RUS": box(0, 0, 1, 1)})]))
    for write, name in (
        (write_series, "no/such/folder.csv"),
        (draw_series, "no/such/folder.png"),
        (draw_series, "x.xyz"),
    ):
        with pytest.raises(OutputError, match=name.split("/")[-1]):
            write(rows, tmp_path / name)


def test_a_base_is_read_with_its_sides_and_day(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"side": side, "date": "2024-09-01"},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for side, shape in (("UKR", box(0, 0, 1, 1)), ("", box(1, 0, 2, 1)), ("RUS", box(2, 0, 3, 1)))
    ]
    path = tmp_path / "base.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    base = read_base(path, holder="RUS", rest="UKR")
    assert base.as_of == date(2024, 9, 1)
    assert base.held["RUS"].area == pytest.approx(2)
    assert base.held["UKR"].area == pytest.approx(1)


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".kml"])
def test_other_formats_and_projections_are_read(tmp_path: Path, suffix: str) -> None:
    import geopandas as gpd

    frame = gpd.GeoDataFrame({"name": ["held"]}, geometry=[box(30, 48, 31, 49)], crs=4326)
    path = tmp_path / f"base{suffix}"
    (frame if suffix == ".kml" else frame.to_crs(3857)).to_file(path)
    base = read_base(path, holder="RUS", rest="UKR", as_of=date(2024, 1, 1))
    assert base.held["RUS"].symmetric_difference(box(30, 48, 31, 49)).area < 1e-6


@pytest.mark.parametrize(
    ("properties", "side"),
    [
        ({"control": "Ukraine"}, "UKR"),
        ({"held_by": "Россия"}, "RUS"),
        ({"owner": "RSF"}, "RSF"),
        ({"control": "Disputed"}, CONTESTED),
        ({"control": "occupied", "owner": "Ukraine"}, "UKR"),
        ({"control": "OCCUPIED"}, "RUS"),
        ({"name": "Zone 1"}, "RUS"),
    ],
)
def test_a_base_names_its_sides_by_code_or_name(
    tmp_path: Path, properties: dict[str, str], side: str
) -> None:
    shape = {"type": "Polygon", "coordinates": [[[37, 48], [38, 48], [38, 49], [37, 48]]]}
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    path = tmp_path / "base.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    base = read_base(path, holder="RUS", rest="UKR", as_of=date(2024, 9, 1))
    assert list(base.held) == [side]


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "not readable"), ('{"type": "FeatureCollection", "features": []}', "no polygon")],
)
def test_a_broken_base_says_what_is_wrong(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "base.geojson"
    path.write_text(text)
    with pytest.raises(InputError, match=words):
        read_base(path, holder="RUS", rest="UKR", as_of=date(2024, 1, 1))
    undated = tmp_path / "undated.geojson"
    undated.write_text(shapely.to_geojson(box(0, 0, 1, 1)))
    with pytest.raises(InputError, match="what day"):
        read_base(undated, holder="RUS", rest="UKR")


@needs_maps
def test_the_known_change_of_autumn_2024() -> None:
    old, new = (
        read_base(SHARED / f"deepstate_{day}.geojson", holder="RUS", rest="UKR")
        for day in ("20240901", "20241201")
    )
    (row,) = compare_control(old.held, new.held).rows
    assert row.net_km2 == pytest.approx(1626, rel=0.01)

"""What changed hands, read and compared."""

from __future__ import annotations

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
from geo.control.compare import compare_control, compare_series, draw_series, find_difference, write_series
from geo.control.statements import CONTESTED
from geo.errors import InputError
from geo.projection import measure_area_km2

SHARED = Path(os.environ.get("FRONTLINE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "control"
needs_maps = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared maps are not here")

BOXES = st.builds(
    lambda x, y, w, h: box(x, y, x + w, y + h),
    st.integers(0, 20), st.integers(0, 20), st.integers(1, 9), st.integers(1, 9),
)  # fmt: skip


def as_areas(geometry: object) -> shapely.MultiPolygon:
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


@settings(max_examples=150, deadline=None)
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
    write_series(rows, tmp_path / "series.csv")
    assert (tmp_path / "series.csv").read_text().splitlines()[0].startswith("on,side,held_km2")
    draw_series(rows, tmp_path / "series.svg")
    assert "<svg" in (tmp_path / "series.svg").read_text()


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

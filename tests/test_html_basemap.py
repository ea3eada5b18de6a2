"""The base map's sheets: which ones a view gets, that they decode, and names in the reader's language."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import box

from maps.basemap import load_basemap
from maps.basemap_cut import cut_sheet
from maps.basemap_names import list_towns, list_wide
from maps.picture_labels import list_labels

UKRAINE = (30.0, 46.0, 40.0, 52.0)
SUDAN = (24.0, 10.0, 38.0, 20.0)


def decode(path: list[int], scale: float) -> np.ndarray:
    return np.cumsum(np.array(path).reshape(-1, 2), axis=0) / scale


def test_a_view_inside_the_region_gets_its_sheet() -> None:
    sheets = load_basemap(UKRAINE, "en", view=UKRAINE).unpack()
    assert [sheet.get("scale") for sheet in sheets] == [100, 1000, None]
    assert {"rivers", "district_lines", "disputed_lines"} <= set(sheets[1])


def test_a_view_elsewhere_gets_a_sheet_cut_for_it() -> None:
    sheets = load_basemap(SUDAN, "en", view=SUDAN).unpack()
    assert len(sheets) == 3
    assert "land" not in sheets[1]
    assert len(sheets[1]["region_lines"]) > 10
    assert "Khartoum" in [place[3] for place in sheets[1]["places"]]


def test_the_world_needs_no_detail() -> None:
    assert len(load_basemap((-170, -60, 170, 75), "en", view=(-150, -50, 150, 70)).sheets) == 2


def test_the_same_view_gives_the_same_bytes() -> None:
    assert load_basemap(SUDAN, "fr", view=SUDAN).sheets == load_basemap(SUDAN, "fr", view=SUDAN).sheets


def test_cut_lines_stay_inside_and_lie_between_regions() -> None:
    sheet = cut_sheet(SUDAN, 14)
    area = box(*SUDAN).buffer(0.002)
    for path in sheet["region_lines"]:
        points = decode(path, sheet["scale"])
        assert len(points) > 1
        assert all(area.covers(box(x, y, x, y)) for x, y in points)


def test_an_empty_sea_has_no_lines() -> None:
    sheet = cut_sheet((-30.0, -40.0, -25.0, -35.0), 5)
    assert sheet["region_lines"] == []
    assert sheet["lakes"] == []


@pytest.mark.parametrize(
    ("lang", "sea"), [("en", "Black Sea"), ("fr", "mer Noire"), ("uk", "Чорне море"), ("ru", "Чёрное море")]
)
def test_seas_are_named_in_the_readers_language(lang: str, sea: str) -> None:
    names = {name.casefold().replace("ё", "е") for name, *_ in list_wide((28, 41, 42, 47), lang)}
    assert sea.casefold().replace("ё", "е") in names


def test_towns_come_largest_first_with_ranks() -> None:
    towns = list_towns(UKRAINE)
    ranks = [town[2] for town in towns]
    assert ranks == sorted(ranks)
    assert set(ranks) <= set(range(5))


def test_a_citys_quarters_are_not_named_beside_it() -> None:
    sheet = {"land": [], "bbox": [0, 0, 10, 10], "places": [
        [5.0, 5.0, 0, "City", "Cité", "", ""], [5.03, 5.02, 2, "Quarter", "", "", ""], [5.6, 5.0, 2, "Town", "", "", ""],
    ]}  # fmt: skip
    assert [label.name for label in list_labels([sheet], "fr")] == ["Cité", "Town"]


def test_a_finer_sheets_towns_count_inside_its_box() -> None:
    coarse = {
        "land": [],
        "bbox": [-180, -90, 180, 90],
        "places": [[5, 5, 0, "Old", "", "", ""], [50, 5, 0, "Far", "", "", ""]],
    }
    fine = {"land": [], "bbox": [0, 0, 10, 10], "places": [[5, 5, 0, "New", "", "", ""]]}
    assert {label.name for label in list_labels([coarse, fine], "en")} == {"Far", "New"}

"""The base map's sheets: which ones a view gets, that they decode, and names in the reader's language."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import MultiLineString, Point, box

from maps.basemap import load_basemap
from maps.basemap_cut import cut_sheet
from maps.basemap_names import Label, list_towns, list_wide, read_towns

UKRAINE = (30.0, 46.0, 40.0, 52.0)
SUDAN = (24.0, 10.0, 38.0, 20.0)


def decode(path: list[int], scale: float) -> np.ndarray:
    return np.cumsum(np.array(path).reshape(-1, 2), axis=0) / scale


def test_a_view_inside_the_region_gets_its_sheet() -> None:
    sheets = load_basemap(UKRAINE, "en", view=UKRAINE).unpack()
    assert [sheet["scale"] for sheet in sheets] == [100, 1000]
    assert {"rivers", "district_lines", "disputed_lines"} <= set(sheets[1])


def test_borders_and_regions_have_no_gaps() -> None:
    """The border north of Chornobyl, and lines between regions that were simplified each for itself."""
    region = load_basemap(UKRAINE, "en", view=UKRAINE).unpack()[1]
    lines = {
        key: MultiLineString([decode(path, region["scale"]) for path in region[f"{key}_lines"]])
        for key in ("border", "region")
    }
    for lon, lat in ((29.5, 51.45), (30.2, 51.48), (30.4, 51.35)):
        assert lines["border"].distance(Point(lon, lat)) < 0.1
    around = box(36, 51, 45, 56)
    inside = lines["region"].intersection(around)
    ends = [point for line in inside.geoms for point in (line.coords[0], line.coords[-1])]
    loose = [
        end
        for end in ends
        if sum(Point(end).distance(Point(other)) < 0.02 for other in ends) == 1
        and Point(end).distance(around.boundary) > 0.02
        and lines["border"].distance(Point(end)) > 0.02
    ]
    assert len(loose) <= 2, loose


def test_a_view_elsewhere_gets_a_sheet_cut_for_it() -> None:
    basemap = load_basemap(SUDAN, "en", view=SUDAN)
    sheets = basemap.unpack()
    assert len(sheets) == 2
    assert "land" not in sheets[1]
    assert len(sheets[1]["region_lines"]) > 10
    assert "Khartoum" in [label.name for label in basemap.labels]


def test_the_world_needs_no_detail() -> None:
    assert len(load_basemap((-170, -60, 170, 75), "en", view=(-150, -50, 150, 70)).sheets) == 1


def test_the_same_view_gives_the_same_bytes() -> None:
    assert load_basemap(SUDAN, "fr", view=SUDAN) == load_basemap(SUDAN, "fr", view=SUDAN)


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
    names = {label.name.casefold().replace("ё", "е") for label in list_wide((28, 41, 42, 47), lang)}
    assert sea.casefold().replace("ё", "е") in names


def test_towns_come_largest_first_with_ranks() -> None:
    towns = list_towns(UKRAINE)
    ranks = [town[2] for town in towns]
    assert ranks == sorted(ranks)
    assert set(ranks) <= set(range(5))


def read(*sheets: dict, lang: str = "en") -> dict[str, Label]:
    return {label.name: label for label in read_towns(sheets, lang)}


def test_a_citys_quarters_are_named_only_near_by() -> None:
    sheet = {"bbox": [0, 0, 10, 10], "places": [
        [5.0, 5.0, 0, "City", "Cité", "Місто", ""], [5.03, 5.02, 2, "Quarter", "", "Квартал", ""],
        [5.2, 5.1, 2, "Unnamed elsewhere", "", "", ""],
        [5.05, 5.0, 0, "Twin", "", "Близнюк", ""], [5.03, 5.0, 1, "Neighbour", "", "Сусід", ""], [5.6, 5.0, 2, "Town", "", "Містечко", ""],
    ]}  # fmt: skip
    towns = read(sheet, lang="fr")
    late = {name for name, label in towns.items() if label.from_zoom >= 10}
    assert late == {"Quarter", "Unnamed elsewhere"}
    assert towns["Twin"].from_zoom == towns["Cité"].from_zoom
    assert towns["Neighbour"].from_zoom > 5.5
    assert towns["Town"].from_zoom == 6


def test_a_name_told_twice_is_named_once() -> None:
    sheet = {"bbox": [0, 0, 10, 10], "places": [
        [5.0, 5.0, 0, "City", "", "x", ""], [5.4, 5.0, 0, "City", "", "x", ""], [8.0, 5.0, 0, "City", "", "x", ""],
    ]}  # fmt: skip
    assert [town.lon for town in read_towns([sheet], "en")] == [5.0, 8.0]


def test_a_finer_sheets_towns_count_inside_its_box() -> None:
    coarse = {
        "bbox": [-180, -90, 180, 90],
        "places": [[5, 5, 0, "Old", "", "x", ""], [50, 5, 0, "Far", "", "x", ""]],
    }
    fine = {"bbox": [0, 0, 10, 10], "places": [[5, 5, 0, "New", "", "x", ""]]}
    assert set(read(coarse, fine)) == {"Far", "New"}


def test_quarters_of_the_regions_cities_wait() -> None:
    labels = {label.name: label for label in load_basemap(UKRAINE, "en", view=UKRAINE).labels}
    for quarter in ("Fortechnyi", "Voznesenskyi"):
        assert labels[quarter].from_zoom > 10
    for town in ("Kropyvnytskyi", "Khartsyzk", "Kramatorsk", "Lysychansk", "Bucha"):
        assert labels[town].from_zoom < 10


def test_small_states_are_named_when_there_is_room() -> None:
    labels = {
        label.name: label for label in list_wide((-20.0, -10.0, 60.0, 60.0), "en") if label.kind == "country"
    }
    assert not {"Bir Tawil", "Akrotiri Sovereign Base Area", "Dhekelia Cantonment"} & set(labels)
    for small in ("Monaco", "Luxembourg", "Andorra", "Liechtenstein", "Gibraltar"):
        assert labels[small].from_zoom > 6
        assert labels[small].to_zoom > labels[small].from_zoom
    for large in ("Sudan", "Ukraine", "Algeria", "France", "Turkey"):
        assert labels[large].from_zoom < 4.7

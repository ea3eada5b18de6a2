"""QGIS styles, stacks and base map as text and tables, without QGIS."""

from __future__ import annotations

from datetime import date

import pytest
import shapely
from layers_sample import make_frame, row, sample_layers

from maps.files.geopackage import list_tables
from maps.qgis_layout import describe_tables
from maps.qgis_sheets import read_rows
from maps.qgis_stacks import find_spots, list_offsets
from maps.qgis_style import build_qml
from maps.words import load_words

KYIV = (28.0, 49.5, 33.0, 52.0)


def make_tables(*rows: dict) -> list:
    kinds = dict.fromkeys(one["kind"] for one in rows)
    return list_tables({kind: make_frame([one for one in rows if one["kind"] == kind]) for kind in kinds})


def test_what_stands_alone_stays_on_its_point() -> None:
    assert find_spots(make_tables(row("strike", "A", 36, 50), row("clash", "B", 37, 50))) == {}
    # Alike claims are one sign.
    alike = [row("strike", "A", 36, 50, report=name) for name in ("r1", "r2")]
    assert find_spots(make_tables(*alike)) == {}


def test_signs_of_a_place_share_a_row_below_its_circles() -> None:
    figures = {"count_low": 5e4, "count_high": 6e4}
    rows = [
        row("concentration", "A", 36, 50, **figures),
        row("concentration", "A", 36, 50, actors="UKR", count_low=1e4, count_high=1e4),
        row("strike", "A", 36, 50),
        row("clash", "A", 36, 50),
    ]
    spots = [find_spots(make_tables(*rows))[one["claim_id"]] for one in rows]
    large, small, strike, clash = spots
    assert large.x < 0 < small.x
    assert large.y == small.y == 0
    assert strike.y == clash.y > 10
    assert abs(strike.x - clash.x) == pytest.approx(23 * 25.4 / 96)
    assert len({spot.right for spot in spots}) == 1


def test_where_nobody_could_read_them_signs_are_not_moved() -> None:
    rows = [row(kind, f"A{n}", 36, 50 + n / 1000) for n in range(1600) for kind in ("strike", "clash")]
    assert len(find_spots(make_tables(*rows[:2000]))) == 2000
    assert find_spots(make_tables(*rows)) == {}


def test_a_turned_sign_is_moved_as_if_it_was_not() -> None:
    """QGIS turns the offset with the sign: 90 degrees clockwise, right becomes down."""
    rows = [row("advance", "A", 36, 50, bearing_deg=90.0), row("strike", "A", 36, 50)]
    tables = make_tables(*rows)
    spots = find_spots(tables)
    moved = {table.layer: list_offsets(table, spots) for table in tables if table.family == "point"}
    x, y = moved["advance"][rows[0]["claim_id"]]
    assert (-y, x) == pytest.approx((spots[rows[0]["claim_id"]].x, 0), abs=0.01)
    assert moved["strike"][rows[1]["claim_id"]][1] == 0


def test_labels_speak_the_readers_language() -> None:
    (table,) = (
        table
        for table in make_tables(row("strike", "Kyiv", 30.52, 50.45, geonameid="703448"))
        if table.layer == "strike"
    )
    assert "Київ" in build_qml(table, "uk", {})
    assert "Київ" not in build_qml(table, "en", {})
    hostile = row("strike", "X", 1, 1, geonameid="it's \\ '), 'x")
    (other,) = (table for table in make_tables(hostile) if table.layer == "strike")
    assert "it's" not in build_qml(other, "uk", {})


def test_figures_are_written_as_the_language_writes_them() -> None:
    forces = row("concentration", "A", 36, 50, count_low=1e4, count_high=1e4)
    assert "0, 'uk')" in build_qml(make_tables(forces)[0], "uk", {})


def test_forces_are_not_drawn_over_smaller_ones() -> None:
    rows = [row("concentration", "A", 36, 50, count_low=n, count_high=n, report=str(n)) for n in (1e3, 9e4)]
    style = build_qml(make_tables(*rows)[0], "en", {})
    assert 'enableorderby="1"' in style
    assert "<layerOpacity>" in style


def test_base_map_has_land_where_the_boundaries_have_a_gap_and_no_drained_lake() -> None:
    rows = read_rows(KYIV, "uk", KYIV)
    land = shapely.union_all([one["geometry"] for one in rows["base_land"]])
    assert land.covers(shapely.Point(29.9, 51.3))
    assert "Житомир" in {one["name"] for one in rows["base_towns"]}
    south = (32.0, 46.0, 36.0, 48.5)
    waters = shapely.union_all([one["geometry"] for one in read_rows(south, "en", south)["base_waters"]])
    assert not waters.covers(shapely.Point(34.3, 47.5)), "the Kakhovka Reservoir is gone"
    kinds = {one["kind"] for one in read_rows(south, "en", south)["base_lines"]}
    assert {"coast", "disputed"} <= kinds


def test_a_town_that_a_claim_names_is_not_named_twice() -> None:
    named = shapely.Point(28.66, 50.26)
    names = [
        {one["name"] for one in read_rows(KYIV, "en", KYIV, some)["base_towns"]} for some in ([], [named])
    ]
    assert names[0] - names[1] == {"Zhytomyr"}


@pytest.mark.parametrize("tag", ["en", "fr", "uk", "ru", "de"])
def test_the_sheet_tells_days_counts_sources_and_borders(tag: str) -> None:
    words = load_words(tag)
    told = describe_tables("", list_tables(sample_layers()), [date(2024, 11, 8), date(2024, 11, 10)], words)
    assert told.title == words.text("untitled")
    assert "2024" in told.summary
    assert words.count("plurals", "not_placed", 1) in told.summary
    assert "Harbour Wire" in told.sources
    assert words.text("borders") in told.sources

"""What a control map tells of itself, and its rows in the exports' schema."""

from __future__ import annotations

from datetime import date

import pytest
from shapely import LineString, MultiPolygon, box

from geo.control.base import BAND_RULE
from geo.control.model import NOBODY, ControlMap, FrontLine, Zone
from geo.control.rows import list_band_rows, list_front_rows, list_zone_rows
from geo.control.statements import CONTESTED
from geo.model import ControlStatus
from geo.projection import measure_area_km2, measure_length_km
from geo.schema import COLUMN_NAMES

ON, WORD = date(2024, 9, 20), date(2024, 9, 1)
LINE = LineString([(33, 48), (33, 49)])


def zone(side: str, west: float, status: ControlStatus = ControlStatus.STATED, as_of: date = WORD) -> Zone:
    return Zone(side=side, control_status=status, as_of=as_of, geometry=box(west, 48, west + 1, 49))


CONTROL = ControlMap(
    on=ON,
    zones=(
        zone("UKR", 32),
        zone("RUS", 33),
        zone("RUS", 34, ControlStatus.CLAIMED, date(2024, 9, 10)),
        zone(CONTESTED, 35, ControlStatus.CONTESTED),
        zone(NOBODY, 36, ControlStatus.CONTESTED),
        zone("UKR", 37, as_of=date.min),
        Zone(side="UKR", control_status=ControlStatus.STATED, as_of=WORD, geometry=MultiPolygon()),
    ),
    front=(
        FrontLine(left="RUS", right="UKR", geometry=LINE),
        FrontLine(left="RUS", right=CONTESTED, geometry=LINE),
    ),
    band=LINE.buffer(0.1),
)


def test_sides_hold_ground_of_all_statuses_and_nobody_is_no_side() -> None:
    assert CONTROL.list_sides() == ["RUS", "UKR"]
    held = CONTROL.merge_sides()
    assert set(held) == {"RUS", "UKR", CONTESTED, NOBODY}
    assert held["RUS"].equals(box(33, 48, 35, 49))


def test_the_first_day_is_the_oldest_that_is_known() -> None:
    assert CONTROL.first_day == WORD
    undated = ControlMap(on=ON, zones=(zone("UKR", 32, as_of=date.min),))
    assert undated.first_day == ON
    assert ControlMap(on=ON, zones=()).first_day == ON


def test_frames_tell_zones_front_and_band() -> None:
    zones, front, band = CONTROL.frame_zones(), CONTROL.frame_front(), CONTROL.frame_band()
    assert zones["side"].tolist()[:2] == ["UKR", "RUS"]
    assert zones["as_of"].tolist()[2] == date(2024, 9, 10)
    assert (front["left"].tolist(), front["right"].tolist()) == (["RUS", "RUS"], ["UKR", CONTESTED])
    assert band["as_of"].tolist() == [ON]
    assert {frame.crs.to_epsg() for frame in (zones, front, band)} == {4326}
    assert len(ControlMap(on=ON, zones=()).frame_band()) == 0


def test_a_row_a_zone_with_its_size_and_days() -> None:
    rows = list_zone_rows(CONTROL)
    assert [row["actors"] for row in rows] == ["UKR", "RUS", "RUS", "RUS;UKR", "UKR"]
    assert [row["control_status"] for row in rows] == ["stated", "stated", "claimed", "contested", "stated"]
    assert [row["date_start"] for row in rows] == [WORD, WORD, date(2024, 9, 10), WORD, WORD], (
        "none before all words"
    )
    assert {row["date_end"] for row in rows} == {ON}
    for row in rows:
        area = measure_area_km2(row["geometry"])
        assert row["area_km2_low"] == row["area_km2_high"] == pytest.approx(area, abs=0.001)
        assert (row["lat"], row["lon"]) == pytest.approx((48.5, row["geometry"].centroid.x), abs=0.01)
        assert set(row) - {"geometry", "as_of"} <= set(COLUMN_NAMES)
    assert len({row["claim_id"] for row in rows}) == len(rows)
    again = list_zone_rows(CONTROL)
    assert [row["claim_id"] for row in again] == [row["claim_id"] for row in rows], "stable"


def test_a_row_a_line_with_its_length_and_who_is_where() -> None:
    first, second = list_front_rows(CONTROL)
    assert (first["left"], first["right"], first["actors"]) == ("RUS", "UKR", "RUS;UKR")
    assert second["actors"] == "RUS", "contested ground is no side"
    assert first["length_km"] == pytest.approx(measure_length_km(LINE), abs=0.05)
    assert first["claim_id"] != second["claim_id"]


def test_the_band_is_one_row_or_none() -> None:
    (row,) = list_band_rows(CONTROL)
    assert row["rule"] == BAND_RULE
    assert row["area_km2"] == pytest.approx(measure_area_km2(CONTROL.band), abs=0.05)
    assert list_band_rows(ControlMap(on=ON, zones=())) == []

"""Events in the forms of ACLED and UCDP GED."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from layers_sample import row, sample_layers

from geo.layers import layer_rows
from maps.exports_acled import ACLED_COLUMNS, EVENT_TYPES, tell_event_type
from maps.exports_ucdp import UCDP_COLUMNS, find_priogrid, tell_date_precision
from maps.files import write_layers


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize(("suffix", "columns"), [(".acled.csv", ACLED_COLUMNS), (".ucdp.csv", UCDP_COLUMNS)])
def test_columns_are_those_of_the_form(tmp_path: Path, suffix: str, columns: tuple[str, ...]) -> None:
    path = tmp_path / f"x{suffix}"
    write_layers(sample_layers(), path)
    assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(columns)
    assert len(set(columns)) == len(columns)


def test_only_what_happened_somewhere_and_some_day_is_an_event(tmp_path: Path) -> None:
    path = tmp_path / "x.acled.csv"
    losses = write_layers(sample_layers(), path)
    events = read(path)
    assert len(events) == 12
    assert len({event["event_id_cnty"] for event in events}) == 12
    assert any("3 claim(s) left out: expected or denied" in loss for loss in losses)
    assert any("1 claim(s) left out: without a place" in loss for loss in losses)
    assert all(event["fatalities"] == "" for event in events)


def test_units_come_from_the_gazetteer(tmp_path: Path) -> None:
    kyiv = row("strike", "Kyiv", 30.52, 50.45, geonameid="703448", count_unit="missiles", count_low=3.0)
    path = tmp_path / "x.acled.csv"
    write_layers(layer_rows([kyiv]), path)
    (event,) = read(path)
    assert event["country"] == "Ukraine"
    assert event["location"] == "Kyiv"
    assert event["event_type"] == "Explosions/Remote violence"
    assert event["sub_event_type"] == "Shelling/artillery/missile attack"
    assert event["event_date"] == "2024-11-10"
    assert event["actor1"] == "Russia"
    assert event["actor2"] == ""
    assert "number=3-" in event["tags"]


def test_clash_has_both_sides(tmp_path: Path) -> None:
    clash = row("clash", "Chasiv Yar", 37.83, 48.59, actors="RUS;UKR")
    for suffix, names in ((".acled.csv", ("actor1", "actor2")), (".ucdp.csv", ("side_a", "side_b"))):
        path = tmp_path / f"x{suffix}"
        write_layers(layer_rows([clash]), path)
        (event,) = read(path)
        assert {event[name] for name in names} == {"Russia", "Ukraine"}


def test_ucdp_carries_precision_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "x.ucdp.csv"
    write_layers(layer_rows([row("strike", "Kyiv", 30.52, 50.45, where_prec=2)]), path)
    (event,) = read(path)
    assert event["where_prec"] == "2"
    assert event["date_prec"] == "1"
    assert event["priogrid_gid"] == "202022"
    assert event["geom_wkt"] == "POINT (30.52 50.45)"
    assert event["best"] == event["low"] == event["high"] == ""


@pytest.mark.parametrize(
    ("days", "code"), [(0, 1), (1, 2), (5, 2), (6, 3), (7, 4), (30, 4), (31, 5), (400, 5)]
)
def test_date_precision(days: int, code: int) -> None:
    start = date(2024, 1, 1)
    assert tell_date_precision(start, date.fromordinal(start.toordinal() + days)) == code
    assert tell_date_precision(None, start) is None


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"),
    [(-90, -180, 1), (-89.75, -179.25, 2), (90, 180, 259_200), (-89.25, -179.75, 721)],
)
def test_priogrid_counts_from_the_south_west(latitude: float, longitude: float, cell: int) -> None:
    assert find_priogrid(latitude, longitude) == cell


def test_every_kind_has_an_event_type() -> None:
    from geo.model import Kind

    assert set(EVENT_TYPES) == {kind.value for kind in Kind}
    assert tell_event_type({"kind": "strike", "count_unit": "drones"})[2] == "Air/drone strike"
    assert tell_event_type({"kind": "strike"})[2] == ""


def test_cells_are_safe(tmp_path: Path) -> None:
    path = tmp_path / "x.acled.csv"
    write_layers(layer_rows([row("strike", "=cmd()", 30.0, 50.0, quote="@SUM(A1)")]), path)
    (event,) = read(path)
    assert event["location"] == "'=cmd()"
    assert event["notes"] == "'@SUM(A1)"

"""Zones and front line from settlements: a coverage without gaps, sides kept, any war."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, Point, box

from geo.control import field, partition
from geo.control.build import build_control
from geo.control.contour import _cross, trace_contour
from geo.control.field import fit_field, make_mesh
from geo.control.front import draw_band, find_front
from geo.control.model import Base
from geo.control.partition import split_by_settlements
from geo.control.statements import Statement
from geo.errors import GeometryError
from geo.model import ControlStatus
from geo.projection import measure_area_km2

LAND = box(0, 0, 100_000, 80_000)
DAY = date(2024, 9, 1)
COUNTRY = box(30, 48, 34, 50)


def scatter(seed: int, n: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return settlements whose label changes from west to east, with some enclaves."""
    rng = np.random.default_rng(seed)
    points = rng.random((n, 2)) * [100_000, 80_000]
    labels = np.minimum((points[:, 0] / 100_000 * count).astype(int), count - 1)
    stray = rng.random(n) < 0.05
    labels[stray] = rng.integers(0, count, stray.sum())
    return points, labels


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(3, 300), st.integers(2, 4), st.sampled_from([1, 4]))
def test_zones_cover_the_land_once_and_hold_their_settlements(
    seed: int, n: int, count: int, parts: int
) -> None:
    points, labels = scatter(seed, n, count)
    zones = split_by_settlements(points, labels, count, LAND, parts=parts).zones
    assert sum(zone.area for zone in zones) == pytest.approx(LAND.area, rel=1e-9)
    assert shapely.union_all(zones).area == pytest.approx(LAND.area, rel=1e-9)
    for label, zone in enumerate(zones):
        assert zone.is_valid
        assert shapely.intersects(zone, shapely.points(points[labels == label])).all()


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(8, 120), st.integers(2, 3))
def test_no_settlement_stands_on_the_line(seed: int, n: int, count: int) -> None:
    points, labels = scatter(seed, n, count)
    split = split_by_settlements(points, labels, count, LAND, parts=4)
    if not len(split.contour.segments):
        return
    towns = shapely.STRtree(shapely.points(split.mesh.points))
    nearest, away = towns.query_nearest(
        shapely.points(split.contour.segments.reshape(-1, 2)), return_distance=True, all_matches=False
    )
    _, alone = towns.query_nearest(
        shapely.points(split.mesh.points), exclusive=True, return_distance=True, all_matches=False
    )
    assert (away >= 0.029 * alone[nearest[1]] / 4).all()


@pytest.mark.parametrize(("lead", "x"), [(0.0, 0.3), (1e-6, 0.3), (1.0, 5.0), (1e6, 9.7)])
def test_the_line_keeps_clear_of_corners(lead: float, x: float) -> None:
    nodes, values = np.array([(0.0, 0.0), (10.0, 0.0)]), np.array([(lead, 0.0), (0.0, 1.0)])
    one, other = np.array([0]), np.array([1])
    crossings = [_cross(nodes, values, np.array([0, 1]), *ends) for ends in ((one, other), (other, one))]
    assert crossings[0][0].tolist() == pytest.approx([x, 0.0], abs=1e-4)
    assert (crossings[0] == crossings[1]).all(), "alike from both triangles of an edge"


@pytest.mark.parametrize("enclaves", [(), (1_000, 2_000, 3_000)])
def test_leaving_out_what_is_far_from_the_line_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, enclaves: tuple[int, ...]
) -> None:
    points, labels = scatter(11, 6_000, 2)
    labels = (points[:, 0] > 50_000).astype(int)
    labels[list(enclaves)] = 1 - labels[list(enclaves)]
    thin = split_by_settlements(points, labels, 2, LAND)
    monkeypatch.setattr(partition, "_MANY", 10_000)
    full = split_by_settlements(points, labels, 2, LAND)
    assert len(thin.mesh.points) < 0.9 * len(full.mesh.points)
    assert thin.zones[0].symmetric_difference(full.zones[0]).area < 1e-6 * LAND.area


def test_land_with_holes_and_islands_keeps_both() -> None:
    land = shapely.union_all(
        [LAND.difference(box(40_000, 30_000, 60_000, 50_000)), box(110_000, 0, 120_000, 9_000)]
    )
    points, labels = scatter(3, 200, 2)
    zones = split_by_settlements(points, labels, 2, land).zones
    assert sum(zone.area for zone in zones) == pytest.approx(land.area, rel=1e-9)
    assert not any(zone.intersects(Point(50_000, 40_000)) for zone in zones)
    assert zones[1].intersects(Point(115_000, 4_000))  # the island goes with the nearest settlements


def test_one_side_alone_holds_all() -> None:
    points, labels = scatter(1, 50, 2)
    for holder in (0, 1):
        zones = split_by_settlements(points, np.full_like(labels, holder), 2, LAND).zones
        assert zones[holder].equals(LAND)
        assert zones[1 - holder].is_empty


def test_the_line_runs_half_way_and_straight_between_two_rows() -> None:
    rows = np.array([(x, y) for x in (20_000.0, 60_000.0) for y in range(0, 80_001, 10_000)])
    labels = (rows[:, 0] > 40_000).astype(int)
    zones = split_by_settlements(rows, labels, 2, LAND).zones
    assert zones[0].area / LAND.area == pytest.approx(0.4, abs=0.003)


def test_smooth_lines_are_shorter_than_lines_half_way() -> None:
    points, labels = scatter(7, 400, 2)
    rough, smooth = (split_by_settlements(points, labels, 2, LAND, parts=parts).zones[0] for parts in (1, 5))
    assert smooth.boundary.length < rough.boundary.length


def test_water_between_the_sides_is_nobodys() -> None:
    rows = np.array([(x, y) for x in (20_000.0, 60_000.0) for y in range(0, 80_001, 10_000)])
    labels = (rows[:, 0] > 40_000).astype(int)
    between, aside = box(35_000, 20_000, 44_000, 60_000), box(80_000, 20_000, 85_000, 30_000)
    water = shapely.union_all([between, aside])
    zones = split_by_settlements(rows, labels, 2, LAND, water=water).zones
    assert zones[2].equals(between)
    assert sum(zone.area for zone in zones) == pytest.approx(LAND.area)
    assert zones[1].contains(aside.centroid)


def test_the_field_passes_through_its_settlements_whole_or_in_pieces() -> None:
    points, labels = scatter(5, 900, 3)
    for some in (slice(0, 200), slice(0, 900)):
        fitted = fit_field(points[some], labels[some], 3)
        assert (fitted.evaluate(points[some]).argmax(axis=1) == labels[some]).all()


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_a_field_in_pieces_is_nearly_that_of_one_piece(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    points, labels = scatter(seed, 900, 3)
    x, y = np.meshgrid(np.linspace(0, 100_000, 120), np.linspace(0, 80_000, 100))
    grid = np.column_stack([x.ravel(), y.ravel()])
    pieces = fit_field(points, labels, 3)
    assert len(pieces.pieces) > 4
    monkeypatch.setattr(field, "_PIECE", len(points))
    whole = fit_field(points, labels, 3).evaluate(grid)
    assert np.abs(pieces.evaluate(grid) - whole).mean() < 0.02
    assert (pieces.evaluate(grid).argmax(axis=1) == whole.argmax(axis=1)).mean() > 0.992


def test_a_contour_knows_its_left_and_right() -> None:
    points = np.array([(0.0, 0.0), (0.0, 10.0), (10.0, 0.0), (10.0, 10.0)])
    contour = trace_contour(make_mesh(points), np.array([0, 0, 1, 1]), 2)
    assert (contour.left == 0).all()
    assert (contour.right == 1).all()
    # Label 0, in the west, is on the left hand of a line that runs north.
    assert (contour.segments[:, 1, 1] > contour.segments[:, 0, 1]).all()
    assert contour.segments[..., 0] == pytest.approx(5.0, abs=0.05)


def test_front_lines_lie_between_different_sides_only() -> None:
    zones = [("A", box(0, 0, 1, 1)), ("B", box(1, 0, 2, 1)), ("A", box(2, 0, 3, 1)), ("C", box(0, 1, 1, 2))]
    lines = {(left, right): line for left, right, line in find_front(zones)}
    assert set(lines) == {("A", "B"), ("B", "A"), ("A", "C")}
    assert lines["A", "B"].equals(LineString([(1, 0), (1, 1)]))
    start, end = lines["A", "B"].coords
    assert end[1] > start[1]  # A, in the west, on the left hand of a line that runs north


def test_the_band_is_wider_where_less_is_known_and_longer_ago() -> None:
    line = LineString([(0, 0), (0, 100_000)])
    known = shapely.points([(1_000, 0), (20_000, 100_000)])
    fresh = draw_band(line, known, np.zeros(2), share=0.5, least_m=1_500)
    old = draw_band(line, known, np.full(2, 5_000.0), share=0.5, least_m=1_500)
    assert not fresh.contains(Point(4_000, 2_000))
    assert fresh.contains(Point(4_000, 95_000))
    assert old.contains(Point(4_000, 2_000))
    assert draw_band(line, np.array([]), np.array([]), share=0.5, least_m=1_500).contains(
        Point(1_400, 50_000)
    )


def say(longitude: float, latitude: float, side: str, *, by: str = "", on: date = DAY) -> Statement:
    return Statement(longitude=longitude, latitude=latitude, side=side, as_of=on, asserted_by=by)


def test_statements_alone_give_zones_with_their_status() -> None:
    said = [say(31, 49, "UKR"), say(31.5, 48.5, "UKR"), say(33, 49, "RUS"), say(33.5, 48.5, "RUS", by="RUS")]
    control = build_control(said, on=DAY, domain=COUNTRY)
    statuses = {(zone.side, zone.control_status) for zone in control.zones}
    assert statuses == {
        ("UKR", ControlStatus.STATED), ("RUS", ControlStatus.STATED), ("RUS", ControlStatus.CLAIMED),
    }  # fmt: skip
    total = sum(measure_area_km2(zone.geometry) for zone in control.zones)
    assert total == pytest.approx(measure_area_km2(COUNTRY), rel=1e-3)
    assert [(line.left, line.right) for line in control.front] == [("RUS", "UKR")]
    assert control.band.contains(control.front[0].geometry.interpolate(0.5, normalized=True))
    assert list(control.frame_zones().columns) == ["side", "control_status", "as_of", "geometry"]
    assert len(control.frame_front()) == len(control.frame_band()) == 1


def test_contested_places_are_kept_apart() -> None:
    said = [say(31, 49, "UKR"), say(33, 49, "RUS"), say(32, 49, "contested")]
    control = build_control(said, on=DAY, domain=COUNTRY)
    zone = next(zone for zone in control.zones if zone.side == "contested")
    assert zone.control_status is ControlStatus.CONTESTED
    assert zone.geometry.contains(Point(32, 49))


def test_nothing_is_drawn_from_nothing() -> None:
    with pytest.raises(GeometryError, match="domain"):
        build_control([say(31, 49, "UKR")], on=DAY)
    with pytest.raises(GeometryError, match="nobody says by 2024-08-31"):
        build_control([say(31, 49, "UKR")], on=date(2024, 8, 31), domain=COUNTRY)


BASE = Base(held={"RUS": box(32.5, 48, 34, 50)}, rest="UKR", as_of=DAY)
LATER = date(2024, 9, 20)
VILLAGES = [(x / 20, y / 20) for x in range(602, 680, 3) for y in range(962, 1000, 3)]


def test_a_base_with_nothing_new_comes_back_unchanged() -> None:
    old = say(32, 49, "RUS", on=DAY)  # as old as the base: already in it
    control = build_control([old], BASE, on=LATER, domain=COUNTRY)
    assert control.zones[0].geometry is BASE.held["RUS"]
    assert {zone.control_status for zone in control.zones} == {ControlStatus.ASSESSED}
    assert control.merge_sides()["UKR"].equals(box(30, 48, 32.5, 50))


@pytest.mark.parametrize("villages", [VILLAGES, []])
def test_a_newer_statement_changes_the_base_locally_and_stays_claimed(
    villages: list[tuple[float, float]],
) -> None:
    taken = say(32.35, 49.1, "RUS", by="RUS", on=date(2024, 9, 10))
    control = build_control([taken], BASE, on=LATER, domain=COUNTRY, settlements=villages)
    gained = next(zone for zone in control.zones if zone.control_status is ControlStatus.CLAIMED)
    assert gained.side == "RUS"
    assert gained.geometry.contains(Point(32.35, 49.1))
    assert gained.geometry.within(box(32, 48.8, 32.51, 49.4))
    sides = control.merge_sides()
    assert sides["RUS"].intersection(sides["UKR"]).area < 1e-9
    assert sides["RUS"].union(sides["UKR"]).equals_exact(COUNTRY, 1e-6) or sides["RUS"].union(
        sides["UKR"]
    ).symmetric_difference(COUNTRY).area < 1e-9  # fmt: skip


def test_statements_after_the_day_are_not_known_yet() -> None:
    taken = say(32.35, 49.1, "RUS", on=date(2024, 9, 10))
    control = build_control([taken], BASE, on=date(2024, 9, 9), domain=COUNTRY, settlements=VILLAGES)
    assert control.zones[0].geometry is BASE.held["RUS"]


def test_ground_that_the_base_does_not_show_stays_at_home() -> None:
    abroad = box(34, 48, 36, 50)
    base = Base(held=BASE.held, rest="UKR", as_of=DAY, homes={"RUS": abroad})
    control = build_control(base=base, on=LATER, domain=COUNTRY.union(abroad))
    assert measure_area_km2(control.merge_sides()["UKR"]) == pytest.approx(
        measure_area_km2(box(30, 48, 32.5, 50))
    )
    assert control.merge_sides()["RUS"].covers(abroad)
    stated = [zone for zone in control.zones if zone.control_status is ControlStatus.STATED]
    assert [zone.side for zone in stated] == ["RUS"], "nobody has assessed it"
    old = say(35, 49, "UKR", on=date(2024, 8, 20))  # older than the base, which says nothing of that ground
    entered = build_control([old], base, on=LATER, domain=COUNTRY.union(abroad))
    assert entered.merge_sides()["UKR"].contains(Point(35, 49))


def test_slivers_between_two_makers_outlines_make_no_front() -> None:
    base = Base(held={"RUS": box(32.5, 47.9, 33.995, 50.1)}, rest="UKR", as_of=DAY)
    control = build_control(base=base, on=LATER, domain=COUNTRY)
    assert control.zones[0].geometry is base.held["RUS"]
    (line,) = control.front
    assert line.geometry.equals_exact(LineString([(32.5, 50), (32.5, 48)]), 1e-9)


def test_a_pocket_inland_is_no_sliver() -> None:
    pocket = box(33.0, 49.0, 33.02, 49.02)
    base = Base(held={"RUS": BASE.held["RUS"].difference(pocket)}, rest="UKR", as_of=DAY)
    control = build_control(base=base, on=LATER, domain=COUNTRY)
    assert control.merge_sides()["UKR"].contains(pocket.centroid)
    assert sum(line.geometry.length for line in control.front) == pytest.approx(2.0 + pocket.length)

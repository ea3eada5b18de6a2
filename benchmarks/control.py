"""Control zones and front lines against public maps: the figures of docs/control.md.

    python benchmarks/control.py [--json OUT]

Reads the reference maps from ``$FRONTLINE_SHARED/data/control`` or ``../shared/data/control`` beside the
checkout and skips without them.  Front distance: symmetric mean, points every kilometre along the line
between what is held and the rest of the country's mainland, where that is more than 5 km inside the border.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.control import Statement, build_control, compare_control, compare_series, read_base
from geo.control.compare import find_difference
from geo.control.ground import find_waters, list_settlements
from geo.control.partition import split_by_settlements
from geo.projection import find_plane
from geo.shapes.boundaries import open_boundaries

SHARED = Path(os.environ.get("FRONTLINE_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "control"
PLANE = find_plane(31.5, 48.5)
SIDES = {"RU": "RUS", "UA": "UKR", "CONTESTED": "contested"}
POINTS_DAY = date(2024, 7, 1)
DAYS = ("20240708", "20240901", "20241201", "20250601", "20260101", "20260601")


def read_map(day: str) -> Any:
    return read_base(SHARED / f"deepstate_{day}.geojson", holder="RUS", rest="UKR").held["RUS"]


def read_country() -> Any:
    ground = read_base(SHARED / "ukraine_border.geojson", holder="UKR", rest="", as_of=date.min)
    return ground.held["UKR"]


def read_points(name: str) -> list[Statement]:
    with (SHARED / name).open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row.get("coord_ok", "1") == "1"]
    seen = {(float(row["lon"]), float(row["lat"])): SIDES[row["status"]] for row in rows}
    return [Statement(longitude=x, latitude=y, side=s, as_of=POINTS_DAY) for (x, y), s in seen.items()]


def find_mainland_front(held: Any, country: Any, inside: Any) -> tuple[Any, Any]:
    """Return the front (plane) and a point every kilometre: islands under 50 km² and lagoons do not count."""
    rest = [part for part in shapely.get_parts(country.difference(held)) if part.area > 5e8]
    mine = [part for part in shapely.get_parts(held.intersection(country)) if part.area > 5e7]
    line = (
        shapely.union_all(mine).buffer(1).boundary.intersection(shapely.union_all(rest)).intersection(inside)
    )
    points: list[Any] = []
    for part in shapely.get_parts(shapely.line_merge(line)):
        count = max(2, int(part.length // 1000) + 1)
        points += list(shapely.line_interpolate_point(part, np.linspace(0, part.length, count)))
    shapely.prepare(line)
    return line, np.asarray(points)


def measure(held: Any, reference: Any, country: Any) -> tuple[float, float]:
    """Return IoU and symmetric mean front distance (km) of two polygons in the plane."""
    one, other = held.intersection(country), reference.intersection(country)
    overlap = one.intersection(other).area / one.union(other).area
    inside = country.buffer(-5_000)
    (line, points), (line2, points2) = (find_mainland_front(g, country, inside) for g in (held, reference))
    apart = shapely.distance(points, line2).mean() + shapely.distance(points2, line).mean()
    return overlap, float(apart) / 2_000


def flatten(geometry: Any) -> Any:
    return PLANE.to_plane(geometry)


def time_best(task: Callable[[], Any], rounds: int = 9) -> float:
    """Return the best time of some rounds, milliseconds: on a busy machine the median measures the others."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - start)
    return best * 1e3


def draw_nearest(statements: list[Statement], country: Any) -> Any:
    xy = shapely.get_coordinates(flatten(shapely.MultiPoint([(s.longitude, s.latitude) for s in statements])))
    cells = shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=country.buffer(1e5), ordered=True)
    held = np.array([s.side == "RUS" for s in statements])
    return shapely.coverage_union_all(shapely.get_parts(cells)[held])


def bench_points(report: dict[str, Any]) -> None:
    """Settlements alone, independent and derived."""
    border = read_country()
    country, water = flatten(border), find_waters(border, open_boundaries())
    for name, file, day in (
        ("independent", "control_points_20240710_wikipedia.csv", "20240708"),
        ("derived", "control_points_20250601_derived.csv", "20250601"),
    ):
        said, reference = read_points(file), flatten(read_map(day))
        control = build_control(said, on=POINTS_DAY, domain=border, water=water)
        held = flatten(control.merge_sides()["RUS"])
        report[f"{name}: nearest settlement IoU, km"] = measure(
            draw_nearest(said, country), reference, country
        )
        report[f"{name}: ours IoU, km"] = measure(held, reference, country)
        _, points = find_mainland_front(reference, country, country.buffer(-5_000))
        band = flatten(control.band)
        shapely.prepare(band)
        report[f"{name}: share of the true front in the band"] = float(shapely.contains(band, points).mean())
        report[f"{name}: band km²"] = band.area / 1e6


def bench_update(report: dict[str, Any]) -> None:
    """A base of September and what changed hands by December."""
    border = read_country()
    base = read_base(SHARED / "deepstate_20240901.geojson", holder="RUS", rest="UKR")
    later = read_map("20241201")
    villages = [(s.longitude, s.latitude) for s in read_points("control_points_20250601_derived.csv")]
    points = shapely.points(villages)
    was, now = shapely.contains(base.held["RUS"], points), shapely.contains(later, points)
    said = [
        Statement(longitude=x, latitude=y, side="RUS" if now[i] else "UKR", as_of=date(2024, 12, 1))
        for i, (x, y) in enumerate(villages)
        if was[i] != now[i]
    ]
    report["update: IoU with the gazetteer's settlements"] = measure_update(said, base, later, border)
    same = build_control((), base, on=date(2024, 9, 1), domain=border)
    report["base with nothing new is unchanged"] = same.zones[0].geometry is base.held["RUS"]
    start = time.perf_counter()
    control = build_control(said, base, on=date(2024, 12, 1), domain=border, settlements=villages)
    report["update: settlements that changed hands"] = len(said)
    report["update: seconds"] = time.perf_counter() - start
    country, old, new = flatten(border), flatten(base.held["RUS"]), flatten(later)
    ours = flatten(control.merge_sides()["RUS"])
    before = flatten(same.merge_sides()["RUS"])
    found = ours.symmetric_difference(before).intersection(country)
    true = new.symmetric_difference(old).intersection(country)
    report["update: IoU of the changed area"] = found.intersection(true).area / found.union(true).area
    far, near = measure(old, new, country)[1], measure(ours, new, country)[1]
    report["update: front distance before, after (km)"] = far, near
    report["update: nearer by"] = 1 - near / far


def measure_update(said: list[Statement], base: Any, later: Any, border: Any) -> float:
    """Return the IoU of the changed area where the settlements around are those of the shipped gazetteer."""
    places = [(x, y) for x, y in list_settlements(border.bounds).tolist()]
    same = build_control((), base, on=date(2024, 9, 1), domain=border)
    control = build_control(said, base, on=date(2024, 12, 1), domain=border, settlements=places)
    country = flatten(border)
    was, now = (flatten(one.merge_sides()["RUS"]) for one in (same, control))
    found = now.symmetric_difference(was).intersection(country)
    true = flatten(later).symmetric_difference(flatten(base.held["RUS"])).intersection(country)
    return float(found.intersection(true).area / found.union(true).area)


def bench_change(report: dict[str, Any]) -> None:
    """The difference of two days, and a series of 700."""
    old, new = read_map("20240901"), read_map("20241201")
    (row,) = compare_control({"RUS": old}, {"RUS": new}).rows
    report["compare: net km², ±"] = row.net_km2, row.band_km2
    report["compare: difference ms"] = time_best(lambda: find_difference(old, new), 40)
    report["compare: shapely.difference ms"] = time_best(lambda: (new.difference(old), old.difference(new)))
    maps = [read_map(day) for day in DAYS]
    rng = np.random.default_rng(7)
    days = []
    for i in range(700):
        held = maps[i * len(maps) // 700]
        x, y = held.boundary.interpolate(rng.random(), normalized=True).coords[0]
        days.append(
            (date(2024, 7, 8) + timedelta(days=i), {"RUS": held.union(shapely.Point(x, y).buffer(0.02))})
        )
    start = time.perf_counter()
    rows = list(compare_series(days))
    report["series of 700 days: seconds"] = time.perf_counter() - start
    report["series: last day km²"] = rows[-1].held_km2


def bench_speed(report: dict[str, Any]) -> None:
    """Thirty thousand settlements."""
    country, held = flatten(read_country()), flatten(read_map("20250601"))
    west, south, east, north = country.bounds
    rng = np.random.default_rng(1)
    xy = rng.random((90_000, 2)) * [east - west, north - south] + [west, south]
    shapely.prepare(country)
    xy = xy[shapely.contains(country, shapely.points(xy))][:30_000]
    shapely.prepare(held)
    labels = shapely.contains(held, shapely.points(xy)).astype(int)
    report["30,000 settlements: ms"] = time_best(lambda: split_by_settlements(xy, labels, 2, country), 5)
    zones = split_by_settlements(xy, labels, 2, country).zones
    report["30,000 settlements: zones' area over the country's - 1"] = (
        sum(zone.area for zone in zones) / country.area - 1
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures there too")
    args = parser.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: no reference maps in {SHARED}; set FRONTLINE_SHARED")
        return 0
    report: dict[str, Any] = {}
    for bench in (bench_points, bench_update, bench_change, bench_speed):
        bench(report)
    for name, value in report.items():
        numbers = value if isinstance(value, tuple) else (value,)
        print(f"{name:56}", *(f"{n:.4g}" if isinstance(n, float) else n for n in numbers))
    if args.json:
        args.json.write_text(json.dumps(report, indent=1, default=float) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

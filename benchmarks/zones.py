"""Zones of a stated area: right to 0.1 % or refused, and how fast.

python benchmarks/zones.py [--cases 500]
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from typing import Any

import numpy as np
import shapely
from shapely.ops import substring

from geo.errors import GeometryError
from geo.projection import measure_area_km2
from geo.shapes.boundaries import open_boundaries
from geo.shapes.zones import draw_zone

ROUNDS = 5  # the best counts: on a busy machine the others measure other programs
COUNTRIES = ("UA", "RU", "BY", "SY", "SD", "MM", "IL", "FJ", "NO", "US")


def choose_seed(rng: random.Random, unit: Any) -> Any:
    """Return a point inside, a point on the border, or a stretch of the border."""
    ring = max(shapely.get_parts(unit), key=lambda part: part.area).exterior
    start = rng.random()
    kind = rng.randrange(3)
    if kind == 0:
        return unit.representative_point()
    if kind == 1:
        return ring.interpolate(start, normalized=True)
    return substring(ring, start * 0.8, start * 0.8 + 0.05, normalized=True)


def time_once(unit: Any, stated: float, seed: Any) -> float:
    """Return milliseconds."""
    start = time.perf_counter()
    draw_zone(unit, stated, seed)
    return (time.perf_counter() - start) * 1e3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    args = parser.parse_args()
    boundaries, rng = open_boundaries(), random.Random(5)
    areas = [a for a in boundaries.list_areas("admin1", "admin2") if a.country_code in COUNTRIES]
    errors, times, refused, wrong = [], [], 0, 0
    for _ in range(args.cases):
        unit = boundaries.read(rng.choice(areas).key)
        whole = measure_area_km2(unit)
        stated = whole * 10 ** rng.uniform(-3.0, 0.15)
        seed = choose_seed(rng, unit)
        try:
            zone = draw_zone(unit, stated, seed)  # the unit is prepared once, then warm
            times.append(min(time_once(unit, stated, seed) for _ in range(ROUNDS)))
        except GeometryError as error:
            refused += 1
            wrong += stated <= whole
            if stated <= whole:
                print(f"refused though it fits: {error}")
            continue
        errors.append(abs(measure_area_km2(zone) / stated - 1))
        outside = zone.difference(unit).area / unit.area
        wrong += errors[-1] > 1e-3 or outside > 1e-3 or not zone.is_valid
    print(
        f"{args.cases} cases: {len(errors)} drawn, {refused} refused as larger than the unit, {wrong} wrong"
    )
    print(f"relative error: median {np.median(errors):.1e}, largest {max(errors):.1e}")
    median, most, largest = np.median(times), np.percentile(times, 90), max(times)
    quick = np.mean(np.array(times) < 3)
    print(
        f"ms each, warm, best of {ROUNDS}: median {median:.2f}, 90 % under {most:.2f}, largest {largest:.1f}"
    )
    print(f"{quick:.1%} under 3 ms")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())

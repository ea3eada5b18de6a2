"""Claims written to each format: time, size and memory, beside geopandas' own ``to_file`` for the same frame.

    python benchmarks/files.py                 # 100,000 claims, each writer three times, the best counts
    python benchmarks/files.py --count 10000 --rounds 1 --json

Each writer runs in a process of its own, so that its memory is its own; making the frame is not counted.
The exit status is 1 where GeoPackage or GeoJSON take more than 1.3 times geopandas' processor time.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

LIMIT = 1.3
FORMATS = (
    ".geojson",
    ".geojsonl",
    ".gpkg",
    ".fgb",
    ".parquet",
    ".csv",
    ".kml",
    ".kmz",
    ".shp.zip",
    ".pmtiles",
)
PEERS = {"geopandas .gpkg": ".gpkg", "geopandas .geojson": ".geojson"}


def write_ours(layers: dict[str, Any], path: Path) -> None:
    from maps.files import write_layers

    write_layers(layers, path)


def write_theirs(layers: dict[str, Any], path: Path) -> None:
    layers["strike"].to_file(path)


def measure_one(name: str, count: int) -> dict[str, float]:
    """Write once in this process; seconds, bytes, and the memory that writing added."""
    from layers_sample import many_strikes

    writer: Callable[[dict[str, Any], Path], None] = write_theirs if name in PEERS else write_ours
    suffix = PEERS.get(name, name)
    layers = many_strikes(count)
    with tempfile.TemporaryDirectory() as folder:
        writer(many_strikes(10), Path(folder) / f"warm{suffix}")  # imports are not counted
        path = Path(folder) / f"claims{suffix}"
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start, start_cpu = time.perf_counter(), time.process_time()
        writer(layers, path)
        seconds, cpu = time.perf_counter() - start, time.process_time() - start_cpu
        added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        return {
            "seconds": seconds,
            "cpu_seconds": cpu,
            "bytes": path.stat().st_size,
            "memory_mb": added / 1024,
        }


def measure_all(count: int, rounds: int, formats: Sequence[str]) -> dict[str, dict[str, float]]:
    """Every writer in its own process, turn by turn; the fastest round of each."""
    best: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        for name in (*PEERS, *formats):
            command = [sys.executable, __file__, "--one", name, "--count", str(count)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                continue
            found = json.loads(done.stdout)
            if name not in best or found["cpu_seconds"] < best[name]["cpu_seconds"]:
                best[name] = found
    return best


def compare(best: dict[str, dict[str, float]]) -> dict[str, float]:
    """Our processor time over geopandas', by format: wall time depends on what else the machine does."""
    return {
        suffix: best[suffix]["cpu_seconds"] / best[peer]["cpu_seconds"]
        for peer, suffix in PEERS.items()
        if peer in best and suffix in best
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure_one(args.one, args.count)))
        return 0
    best = measure_all(args.count, args.rounds, args.formats)
    ratios = compare(best)
    if args.json:
        print(json.dumps({"count": args.count, "formats": best, "ratios": ratios}, indent=1))
    else:
        print(
            f"{args.count:,} claims\n{'format':20} {'seconds':>8} {'of CPU':>8} {'MB':>8} {'memory MB':>10}"
        )
        for name, one in best.items():
            times = f"{one['seconds']:8.2f} {one['cpu_seconds']:8.2f}"
            print(f"{name:20} {times} {one['bytes'] / 1e6:8.1f} {one['memory_mb']:10.0f}")
        for suffix, ratio in ratios.items():
            print(f"{suffix}: {ratio:.2f} x geopandas (at most {LIMIT})")
    return int(any(ratio > LIMIT for ratio in ratios.values()))


if __name__ == "__main__":
    raise SystemExit(main())

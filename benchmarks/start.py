"""How long a user waits: help, the first GeoJSON, the first HTML page; as seconds over bare Python.

    python benchmarks/start.py [REPORT.jsonl]

Warm disk, best of seven fresh processes each, as installed: with the bytecode of all modules at hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7


def time_command(words: list[str], bytecode: str) -> float:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["PYTHONPYCACHEPREFIX"] = bytecode
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True, env=env)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    root = Path(__file__).resolve().parent.parent
    report = sys.argv[1] if len(sys.argv) > 1 else str(root / "data" / "reports")
    frontline = [sys.executable, "-m", "maps.cli"]
    with tempfile.TemporaryDirectory() as folder:
        bare = time_command([sys.executable, "-c", "pass"], folder)
        runs = {
            "frontline --help (limit 0.3 s)": [*frontline, "--help"],
            "geocode one name": [
                *frontline,
                "geocode",
                "Kursk",
                "--json",
            ],
            "map to GeoJSON (limit 1 s)": [*frontline, "map", report, "-o", f"{folder}/o.geojson"],
            "map to HTML (limit 3 s)": [*frontline, "map", report, "-o", f"{folder}/o.html"],
        }
        print(f"bare Python {bare:.3f} s")
        for name, words in runs.items():
            print(f"{name}: {time_command(words, folder) - bare:.2f} s over bare Python")


if __name__ == "__main__":
    main()

"""Measure the gazetteer against lists that were made apart from it (folder ``FRONTLINE_SHARED``).

gold/places.csv: is the right place among the candidates of each spelling?  events/ucdp_places.csv: how
near is the nearest candidate of that name?
"""

from __future__ import annotations

import csv
import math
import os
import re
import sqlite3
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from geo.places.folding import fold_name

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("FRONTLINE_SHARED", ROOT.parent / "shared"))
_REACH = {
    "city": 15,
    "town": 12,
    "village": 8,
    "district": 60,
    "region": 230,
    "country": 400,
    "sea": 250,
    "river": 250,
    "area": 400,
}
_KINDS = {
    "city": "settlement",
    "town": "settlement",
    "village": "settlement",
    "district": "district",
    "region": "region",
    "country": "country",
}


def measure_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 12742 * math.asin(math.sqrt(h))


def list_candidates(connection: sqlite3.Connection, name: str) -> list[tuple]:
    """Return the places that bear a name."""
    query = (
        "select latitude, longitude, kind, name from name n join place p on p.rowid=n.place where n.folded=?"
    )
    return connection.execute(query, (fold_name(name),)).fetchall()


def check_gold(connection: sqlite3.Connection, show: bool) -> None:
    """Print the share of spellings whose right place is a candidate."""
    right, total = Counter(), Counter()
    for line in csv.DictReader((SHARED / "gold" / "places.csv").open(encoding="utf-8")):
        kind = line["kind"]
        found = [
            c
            for c in list_candidates(connection, line["name"])
            if measure_km(c[0], c[1], float(line["lat"]), float(line["lon"])) <= _REACH.get(kind, 15)
            and c[2] == _KINDS.get(kind, c[2])
        ]
        for key in (kind, line["lang"], "all"):
            total[key] += 1
            right[key] += bool(found)
        if not found and show:
            near = [
                (c[3], c[2], round(measure_km(c[0], c[1], float(line["lat"]), float(line["lon"]))))
                for c in list_candidates(connection, line["name"])
            ]
            print("  missing", line["lang"], line["name"], kind, line["lat"], line["lon"], near[:4])
    for key in total:
        print(f"{key:10s} {right[key]}/{total[key]} {right[key] / total[key]:.3f}")


def check_ucdp(connection: sqlite3.Connection, show: bool) -> None:
    """Print the share of names with a candidate within 10 km, and of those named by exact points."""
    near = total = known = 0
    for line in csv.DictReader((SHARED / "events" / "ucdp_places.csv").open(encoding="utf-8")):
        name = re.sub(r" (city|town|village|settlement|raion|district|oblast)$", "", line["place"])
        candidates = list_candidates(connection, name)
        away = min(
            (measure_km(c[0], c[1], float(line["lat"]), float(line["lon"])) for c in candidates), default=1e9
        )
        total += 1
        known += bool(candidates)
        near += away <= 10
        if away > 10 and show:
            print(
                "  far",
                line["place"],
                line["admin1"],
                line["lat"],
                line["lon"],
                round(away) if candidates else "unknown",
                line["n"],
            )
    print(f"ucdp: {known}/{total} known, {near}/{total} = {near / total:.3f} have a candidate within 10 km")


def main() -> None:
    """Run both checks; with --show list the misses."""
    show = "--show" in sys.argv
    connection = sqlite3.connect(f"file:{ROOT / 'data' / 'gazetteer.sqlite'}?mode=ro", uri=True)
    if "--ucdp" not in sys.argv:
        check_gold(connection, show)
    if (SHARED / "data" / "events").exists():
        globals()["SHARED"] = SHARED / "data"
        check_ucdp(connection, show and "--ucdp" in sys.argv)


if __name__ == "__main__":
    main()

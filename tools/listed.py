"""Points of villages near the fronts that no package has, read off a public list (``points_listed.csv``).

Against 399 villages that GeoNames has too, the list's points have a median error of 0.5 km, 1.5 km at the
90th and 2.6 km at the 95th percentile, the rounding to 0.01 degrees included.  Where the list has a village
under the name from before a renaming, the pair is made by hand, so its radius is larger.
Lines without a code are villages under names that the codifier does not have any more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from rows import Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from settlements import Codifier

__all__ = ["locate_listed", "read_former_points"]

_TABLE = Path(__file__).resolve().parent.parent / "data" / "curated" / "points_listed.csv"
# Degrees that a point may lie outside its raion's outline: outlines are simplified, and some hromadas have
# parts inside another raion.
_SLACK = 0.09


def locate_listed(
    codifier: Codifier, raions: dict[str, BaseGeometry], matched: dict[str, Row]
) -> dict[str, Row]:
    """Return rows for listed settlements that nothing else locates, by their code.

    Raises
    ------
    SystemExit
        If a line's code is not that of a settlement of that name, or its point lies outside the raion.
    """
    settlements = {settlement[0]: settlement for settlement in codifier.settlements}
    out: dict[str, Row] = {}
    faults: list[str] = []
    for line in filter(itemgetter("katottg"), _read_lines()):
        settlement = settlements.get(line["katottg"])
        if settlement is None or settlement[1] != line["name_uk"]:
            faults.append(f"{line['katottg']} is not the code of {line['name_uk']}")
            continue
        raion = raions.get(codifier.raions.get(settlement[4], ("",))[0])
        faults += _list_faults(line, raion)
        if line["katottg"] not in matched:
            out[line["katottg"]] = _make_row(line, settlement)
    if faults:
        raise SystemExit(f"{_TABLE.name}: " + "; ".join(faults))
    return out


def read_former_points() -> Iterator[tuple[str, str, float, float]]:
    """Return former name, admin-1 code, latitude and longitude of the lines without a code."""
    for line in _read_lines():
        if not line["katottg"]:
            yield line["name_uk"], line["admin1"], float(line["latitude"]), float(line["longitude"])


def _read_lines() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _list_faults(line: dict[str, str], raion: BaseGeometry | None) -> Iterator[str]:
    here = Point(float(line["longitude"]), float(line["latitude"]))
    if raion is not None and raion.distance(here) > _SLACK:
        yield f"{line['name_uk']} ({line['hromada']}) lies outside its raion"


def _make_row(line: dict[str, str], settlement: tuple[str, ...]) -> Row:
    return Row(
        gazetteer="katottg",
        id=line["katottg"],
        name="",
        latitude=float(line["latitude"]),
        longitude=float(line["longitude"]),
        feature_code="PPL" if settlement[2] in "CX" else "PPLA3",
        country="UA",
        admin1=settlement[3],
        uncertainty_m=float(line["coordinate_uncertainty_m"]),
    )

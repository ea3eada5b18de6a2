"""Points for settlements of Ukraine that no source locates: by hand, by postal codes, by their hromada.

Radii are 90th percentiles of the error.  Leave-one-out on located villages (`measure_leave_one_out`): by the
postal codes beside their own a median of 7.0 km and 16 km; by the mean of the other members of the
hromada 10.1 and 19 km (15 km where few are located, for those hromadas are small); by a point of the
raion 29 and 52 km.  Points from memory (``points_villages.csv``) have a median of 4.3 km and 11 km,
against lists that were made apart from them.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from postal import PostalPoint, read_postal
from rows import Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.places.folding import fold_name

if TYPE_CHECKING:
    from settlements import Codifier

__all__ = ["Neighbours", "approximate_in_raion", "measure_leave_one_out", "place_by_hand"]

_TABLE = Path(__file__).resolve().parent.parent / "data" / "curated" / "points_villages.csv"
_POSTAL_M, _FEW_M, _HROMADA_M, _RAION_M = 16_000.0, 15_500.0, 19_000.0, 52_000.0
_FEW = 12
# Weights of a neighbour by the difference of its postal code: exp(-difference / _DECAY), others a little.
_DECAY = 1.0
_OTHERS = 0.2
_OUTSIDERS = 0.7
_NEAR_CODES = 2
# A code beside the own one tells; from this difference on it does not.
_TELLING = 1
_SAME_POST_KM = 3.0
_REACH_KM = 30.0
# A point by hand may lie so far outside its raion's outline, degrees, and from its hromada's members, km.
_SLACK = 0.03
_SANE_KM = 32.0

Located = Mapping[str, Row]
Approximation = tuple[float, float, float]


def _measure(left: tuple[float, float], right: tuple[float, float]) -> float:
    return math.hypot((left[0] - right[0]) * 111.2, (left[1] - right[1]) * 71.5)


def _point(row: Row) -> tuple[float, float]:
    return row.latitude, row.longitude


@dataclass(kw_only=True, slots=True)
class Neighbours:
    """Located settlements by hromada and by postal code, and the codes of all settlements."""

    codifier: Codifier
    located: Located
    members: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, int] = field(default_factory=dict)
    by_code: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    raions: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the postal codes: of located settlements by their point, of others by their raion."""
        for code, *_, raion, hromada in self.codifier.settlements:
            self.raions[code] = raion
            if code in self.located and hromada:
                self.members[hromada].append(code)
        for code, name, *_ in self.codifier.settlements:
            if code in self.located and (found := self._match_code(code, name)) is not None:
                self.codes[code] = found
                self.by_code[found].append(code)
        for code, name, *_ in self.codifier.settlements:
            if code not in self.located and (found := self._guess_code(code, name)) is not None:
                self.codes[code] = found

    def _match_code(self, code: str, name: str) -> int | None:
        """Return the postal code of the entry of that name at the settlement's own point."""
        here = _point(self.located[code])
        near = [
            (_measure(here, (p.latitude, p.longitude)), p.code)
            for p in read_postal("UA").get(fold_name(name), [])
            if p.accuracy > _TELLING and p.code
        ]
        near = [pair for pair in near if pair[0] < _SAME_POST_KM]
        return min(near)[1] if near else None

    def _guess_code(self, code: str, name: str) -> int | None:
        """Return the postal code of an entry without a point, if codes beside it are of the same raion."""
        found = {
            p.code
            for p in read_postal("UA").get(fold_name(name), [])
            if p.code and self._is_beside(p, self.raions[code])
        }
        return found.pop() if len(found) == 1 else None

    def _is_beside(self, entry: PostalPoint, raion: str) -> bool:
        around = [
            self.raions[other]
            for code in range(entry.code - _NEAR_CODES, entry.code + _NEAR_CODES + 1)
            for other in self.by_code.get(code, ())
        ]
        common = Counter(around).most_common(1)
        return entry.accuracy <= _TELLING and bool(common) and common[0][0] == raion

    def estimate(self, code: str, hromada: str) -> Approximation | None:
        """Return a point and its radius from the located settlements around, or None if there are none."""
        others = [c for c in self.members.get(hromada, ()) if c != code]
        if not others:
            return None
        mean = _average((1.0, self.located[c]) for c in others)
        own = self.codes.get(code)
        if own is None:
            return *mean, _FEW_M if len(others) <= _FEW else _HROMADA_M
        weighed = list(self._weigh(code, own, others, mean))
        telling = any(abs(self.codes.get(c, 0) - own) <= _TELLING for _, c in weighed)
        if not telling:
            return *mean, _FEW_M if len(others) <= _FEW else _HROMADA_M
        return *_average((weight, self.located[c]) for weight, c in weighed), _POSTAL_M

    def _weigh(
        self, code: str, own: int, others: list[str], mean: tuple[float, float]
    ) -> Iterator[tuple[float, str]]:
        for other in others:
            differs = abs(self.codes[other] - own) if other in self.codes else 99
            yield math.exp(-differs / _DECAY) + _OTHERS / len(others), other
        known = {code, *others}
        for near in range(own - _NEAR_CODES, own + _NEAR_CODES + 1):
            for other in self.by_code.get(near, ()):
                same = self.raions[other] == self.raions[code] and other not in known
                if same and _measure(_point(self.located[other]), mean) < _REACH_KM:
                    yield _OUTSIDERS * math.exp(-abs(near - own) / _DECAY), other


def _average(weighed: Iterator[tuple[float, Row]]) -> tuple[float, float]:
    total = latitude = longitude = 0.0
    for weight, row in weighed:
        total += weight
        latitude += weight * row.latitude
        longitude += weight * row.longitude
    return latitude / total, longitude / total


def approximate_in_raion(raion: BaseGeometry | None) -> Approximation | None:
    """Return a point inside a raion and the radius that it is good to."""
    if raion is None:
        return None
    point = raion.representative_point()
    return point.y, point.x, _RAION_M


def place_by_hand(
    codifier: Codifier, raions: dict[str, BaseGeometry], located: Located
) -> dict[str, Approximation]:
    """Return the hand-made points of settlements that no source locates.

    Raises
    ------
    SystemExit
        If a line names no settlement or several, or its point lies outside the raion, or too far from
        the located members of its hromada.
    """
    by_name: dict[tuple[str, str, str], list[tuple[str, ...]]] = defaultdict(list)
    members: dict[str, list[Row]] = defaultdict(list)
    for settlement in codifier.settlements:
        hromada = codifier.hromadas.get(settlement[5], "")
        by_name[settlement[3], hromada, settlement[1]].append(settlement)
        if settlement[0] in located:
            members[settlement[5]].append(located[settlement[0]])
    out: dict[str, Approximation] = {}
    faults: list[str] = []
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            found = by_name[line["admin1"], line["hromada"], line["name_uk"]]
            if len(found) != 1:
                faults.append(f"{line['name_uk']} ({line['hromada']}) names {len(found)} settlements")
                continue
            here = float(line["latitude"]), float(line["longitude"])
            raion = raions.get(codifier.raions.get(found[0][4], ("",))[0])
            faults += _list_faults(line, here, raion, members[found[0][5]])
            out[found[0][0]] = *here, float(line["coordinate_uncertainty_m"])
    if faults:
        raise SystemExit(f"{_TABLE.name}: " + "; ".join(faults))
    return {code: place for code, place in out.items() if code not in located}


def _list_faults(
    line: dict[str, str], here: tuple[float, float], raion: BaseGeometry | None, members: list[Row]
) -> Iterator[str]:
    if raion is not None and raion.distance(Point(here[1], here[0])) > _SLACK:
        yield f"{line['name_uk']} ({line['hromada']}) lies outside its raion"
    if members and min(_measure(here, _point(row)) for row in members) > _SANE_KM:
        yield f"{line['name_uk']} ({line['hromada']}) lies far from every member of its hromada"


def measure_leave_one_out(neighbours: Neighbours) -> dict[float, list[float]]:
    """Return the sorted errors of located settlements, km, by the radius that they would be given."""
    errors: dict[float, list[float]] = defaultdict(list)
    for code, *_, hromada in neighbours.codifier.settlements:
        if code in neighbours.located and (found := neighbours.estimate(code, hromada)) is not None:
            errors[found[2]].append(_measure(found[:2], _point(neighbours.located[code])))
    return {radius: sorted(values) for radius, values in errors.items()}

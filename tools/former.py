"""Villages of Ukraine that the postal dump knows by a name that the codifier no longer has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from postal import (
    EXACT_M,
    SURE_ACCURACY,
    PostalPoint,
    make_located,
    measure_km,
    merge_close,
    read_postal,
)
from rows import OLD, PRIMARY, SPELLING, Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from transliterate import official_english, spell_russian, spell_ukrainian, to_russian, usual_french

from geo.places.folding import fold_name

if TYPE_CHECKING:
    from settlements import Codifier

__all__ = ["add_former_villages", "match_respelled"]

# Names of one village before and after a change of spelling (Лопаскине, Лопащине) are so alike.
_ALIKE, _ALIKE_WORD = 0.78, 0.7

# A point of that name so near is the village that the codifier has; one of another name so near was renamed.
_SAME_KM, _RENAMED_KM = 8.0, 1.0
_SLACK = 0.01
# Rows with radii up to this stand at a point of their own.
_POINT_M = 2.0 * EXACT_M


def add_former_villages(rows: list[Row], oblasts: dict[str, BaseGeometry]) -> tuple[int, int]:
    """Give renamed villages their former names, and add rows for those that nothing else places.

    Returns
    -------
    tuple of int
        How many names were given, and how many rows were added.
    """
    named: dict[str, list[Row]] = defaultdict(list)
    grid: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        if row.country == "UA" and row.kind == "settlement":
            for folded in row.names:
                named[folded].append(row)
            if row.uncertainty_m <= _POINT_M:
                grid[_find_cell(row)].append(row)
    given, added = 0, []
    for folded, point in _list_postal():
        if same := [row for row in named[folded] if measure_km(point, row) < _SAME_KM]:
            given += _spell_former(min(same, key=lambda row: measure_km(point, row)), point)
            continue
        near = [row for row in _list_around(point, grid) if measure_km(point, row) < _RENAMED_KM]
        if near:
            _add_names(min(near, key=lambda row: measure_km(point, row)), point.name, OLD)
            given += 1
        elif admin1 := _find_oblast(point, oblasts):
            added.append(_make_row(point, admin1))
    rows += added
    return given, len(added)


def _spell_former(row: Row, point: PostalPoint) -> int:
    """Spell a former name that a village at that very point has in one script only; return how many."""
    is_former = fold_name(row.uk) != fold_name(point.name) and measure_km(point, row) < _RENAMED_KM
    if not is_former or fold_name(official_english(point.name)) in row.names:
        return 0
    _add_names(row, point.name, OLD)
    return 1


def _list_postal() -> Iterator[tuple[str, PostalPoint]]:
    for folded, points in read_postal("UA").items():
        for point in merge_close([p for p in points if p.accuracy >= SURE_ACCURACY]):
            yield folded, point


def match_respelled(codifier: Codifier, raions: dict[str, BaseGeometry], matched: dict[str, Row]) -> int:
    """Locate settlements by a former name that is spelled nearly alike; return how many."""
    known = {fold_name(settlement[1]) for settlement in codifier.settlements}
    open_ones: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for settlement in codifier.settlements:
        if settlement[0] not in matched:
            open_ones[codifier.raions.get(settlement[4], ("",))[0]].append(settlement)
    shapes = {name: raions[name] for name in open_ones if name in raions}
    before = len(matched)
    for folded, points in read_postal("UA").items():
        found = merge_close([p for p in points if p.accuracy >= SURE_ACCURACY])
        if folded in known or len(found) != 1:
            continue
        here = Point(found[0].longitude, found[0].latitude)
        raion = next((name for name, shape in shapes.items() if shape.contains(here)), "")
        alike = [s for s in open_ones[raion] if _is_alike(folded, fold_name(s[1]))] if raion else []
        if len(alike) == 1 and alike[0][0] not in matched:
            matched[alike[0][0]] = make_located(alike[0], found[0])
    return len(matched) - before


def _is_alike(left: str, right: str) -> bool:
    words = list(zip(left.split(), right.split(), strict=False))
    same = left[0] == right[0] and left.count(" ") == right.count(" ")
    return same and _rate(left, right) >= _ALIKE and all(_rate(*pair) >= _ALIKE_WORD for pair in words)


def _rate(left: str, right: str) -> float:
    return SequenceMatcher(None, left, right, autojunk=False).ratio()


def _find_cell(place: Row | PostalPoint) -> tuple[int, int]:
    return round(place.latitude * 20), round(place.longitude * 20)


def _list_around(point: PostalPoint, grid: dict[tuple[int, int], list[Row]]) -> Iterable[Row]:
    x, y = _find_cell(point)
    return (row for i in (-1, 0, 1) for j in (-1, 0, 1) for row in grid.get((x + i, y + j), ()))


def _find_oblast(point: PostalPoint, oblasts: dict[str, BaseGeometry]) -> str:
    """Return the oblast that holds a point, if it is the one that the dump says."""
    here = Point(point.longitude, point.latitude)
    for name, shape in oblasts.items():
        code, _, adjective = name.partition(" ")
        if official_english(adjective)[:5].lower() == point.state[:5].lower():
            return code if shape.distance(here) < _SLACK else ""
    return ""


def _add_names(row: Row, name: str, flag: int) -> None:
    spelled = flag if flag == OLD else SPELLING
    row.add(name, flag)
    russian = to_russian(name)[0]
    for form in (russian, *spell_ukrainian(name), *spell_russian(russian)):
        row.add(form, spelled)


def _make_row(point: PostalPoint, admin1: str) -> Row:
    row = Row(
        gazetteer="geonames-postal",
        id=f"UA:{point.latitude}:{point.longitude}",
        name=official_english(point.name),
        latitude=point.latitude,
        longitude=point.longitude,
        country="UA",
        admin1=admin1,
        uncertainty_m=EXACT_M,
    )
    row.en, row.uk, row.ru = row.name, point.name, to_russian(point.name)[0].title()
    row.fr = usual_french(point.name, "uk")
    row.add(row.name, PRIMARY)
    _add_names(row, point.name, PRIMARY)
    return row

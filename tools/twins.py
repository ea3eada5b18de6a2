"""Settlements of the codifier that GeoNames has too, under a namesake's shadow: found by where they lie."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from postal import find_centres, measure_km
from rows import CURRENT, Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from transliterate import official_english, spell_ukrainian

from geo.places.folding import fold_name

if TYPE_CHECKING:
    from settlements import Codifier

__all__ = ["join_twins", "match_namesakes"]

# A point of the postal dump and one of GeoNames nearer than this, of one name, are one village.
_TWIN_KM = 3.0
# A settlement belongs to a hromada whose centre is at most this far.
_HROMADA_KM = 22.0
_SLACK = 0.01

Names = dict[tuple[str, str], dict[str, Row]]


def _list_spellings(name: str) -> set[str]:
    return {fold_name(s) for s in (name, official_english(name), *spell_ukrainian(name))}


def _group_free(rows: list[Row], matched: dict[str, Row]) -> Names:
    """Return GeoNames' places of Ukraine that no settlement is matched to, by name and oblast."""
    taken = {row.id for row in matched.values()}
    out: Names = defaultdict(dict)
    for row in rows:
        if row.country == "UA" and row.gazetteer == "geonames" and row.id not in taken:
            for folded, flag in row.names.items():
                if flag <= CURRENT:
                    out[folded, row.admin1][row.id] = row
    return out


def _find_free(name: str, admin1: str, free: Names) -> dict[str, Row]:
    return {r.id: r for s in _list_spellings(name) for r in free.get((s, admin1), {}).values()}


def match_namesakes(
    codifier: Codifier, rows: list[Row], raions: dict[str, BaseGeometry], matched: dict[str, Row]
) -> int:
    """Match namesakes of one raion to GeoNames by the centre of their hromada; return how many."""
    free, centres = _group_free(rows, matched), find_centres(codifier, matched)
    pairs = []
    for code, name, _, admin1, raion, hromada in codifier.settlements:
        shape = raions.get(codifier.raions.get(raion, ("",))[0])
        if code in matched or shape is None or hromada not in centres:
            continue
        latitude, longitude = centres[hromada]
        centre = Row(gazetteer="", id="", name="", latitude=latitude, longitude=longitude)
        for row in _find_free(name, admin1, free).values():
            away = measure_km(centre, row)
            if away < _HROMADA_KM and shape.distance(Point(row.longitude, row.latitude)) < _SLACK:
                pairs.append((away, code, row))
    before, taken = len(matched), {row.id for row in matched.values()}
    for _, code, row in sorted(pairs, key=lambda pair: pair[0]):
        if code not in matched and row.id not in taken:
            matched[code] = row
            taken.add(row.id)
    return len(matched) - before


def join_twins(codifier: Codifier, rows: list[Row], matched: dict[str, Row]) -> int:
    """Put GeoNames' own row in place of a postal point beside it of the same name; return how many."""
    free, taken = _group_free(rows, matched), {row.id for row in matched.values()}
    count = 0
    for code, name, _, admin1, *_ in codifier.settlements:
        own = matched.get(code)
        if own is None or own.gazetteer == "geonames":
            continue
        found = _find_free(name, admin1, free).values()
        near = [r for r in found if measure_km(own, r) < _TWIN_KM and r.id not in taken]
        if near:
            matched[code] = min(near, key=lambda row: measure_km(own, row))
            taken.add(matched[code].id)
            count += 1
    return count

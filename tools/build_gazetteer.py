"""Build ``data/gazetteer.sqlite`` from registry packages and the hand-made tables."""

from __future__ import annotations

import math
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from adjectives import list_adjective_forms, make_adjectives
from case_forms import decline
from counties import make_counties
from curated import apply_curated, read_curated
from former import add_former_villages
from inner_units import count_nations, fill_inner_units
from plain import drop_plain_names
from postal import RUSSIAN_STATES, read_russian_villages
from raions import read_raions
from renamed import add_old_names
from rows import ADJECTIVE, CASE, SPELLING, Row, write_rows
from settlements import HOME, OBLASTS, capitalise, join_codifier, read_codifier, read_geonames
from shapely import from_wkb
from shapely.geometry.base import BaseGeometry
from transliterate import to_ukrainian, transliterate, usual_french
from units import make_countries, make_districts, make_listed_raions, make_raions, make_regions

from geo.places.fronts import read_past_points

DATA = Path(__file__).resolve().parent.parent / "data"
# Russian regions whose districts the press names (and Crimea's, which are raions of Ukraine here).
BORDER = ("41", "09", "10", "61", "86", "38", "69", "84")
# Cities that are oblasts of their own.
CITIES = ("12", "20")
_ADJECTIVE_FROM = 8_000
# Hand-made places from this prior on count as the front.  What lies around them, and around places of
# past fighting, is reported the more often the nearer: height * exp(-kilometres / reach).
_FRONT_FROM = 0.6
_FRONT_HEIGHT, _FRONT_REACH = 0.32, 20.0
_PAST_HEIGHT, _PAST_REACH = 0.40, 8.0
_LEAST_PRIOR = 0.02
_COSINE = 0.66  # of 48.7 degrees north
_KNOWN_FROM = 0.5


def group_cities(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """Return settlements by country and admin-1 code."""
    out: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        out[row.country, row.admin1].append(row)
    return out


def raise_front(rows: list[Row]) -> None:
    """Give settlements near the hand-made front-line places a small prior, so that far namesakes yield."""
    import numpy as np
    from scipy.spatial import cKDTree

    def project(row: Row) -> tuple[float, float]:
        return row.latitude * 111.2, row.longitude * 111.2 * _COSINE

    front = [
        r for r in rows if r.kind == "settlement" and r.prior >= _FRONT_FROM and r.country in ("UA", "RU")
    ]
    others = [r for r in rows if r.kind == "settlement" and r.prior == 0 and r.country in ("UA", "RU")]
    tree = cKDTree(np.array([project(r) for r in front if 45 < r.latitude < 53 and 31 < r.longitude < 39]))
    away, _ = tree.query(np.array([project(r) for r in others]))
    past, _ = cKDTree(
        np.array([(lat * 111.2, lon * 111.2 * _COSINE) for lat, lon in read_past_points()])
    ).query(np.array([project(r) for r in others]))
    for row, distance, old in zip(others, away, past, strict=True):
        heat = max(
            _FRONT_HEIGHT * math.exp(-distance / _FRONT_REACH), _PAST_HEIGHT * math.exp(-old / _PAST_REACH)
        )
        row.prior = round(heat, 3) if heat >= _LEAST_PRIOR else 0.0


def _add_ukrainian(row: Row) -> None:
    """Give a Russian or Belarusian town the forms that the Ukrainian press would give it."""
    forms = to_ukrainian(row.ru)
    if not row.uk:
        row.uk = capitalise(forms[0])
        for form in decline(row.uk, "uk"):
            row.add(form, CASE)
    row.fr = row.fr or usual_french(row.ru, "ru")
    for form in forms:
        row.add(form, SPELLING)


def read_outlines(codes: Iterable[str]) -> dict[str, BaseGeometry]:
    """Return the outlines of units that ``data/boundaries.sqlite`` (built before) has, by code."""
    connection = sqlite3.connect(f"file:{DATA / 'boundaries.sqlite'}?mode=ro", uri=True)
    query = "select wkb from area where key = ?"
    found = {code: connection.execute(query, (code,)).fetchone() for code in codes}
    return {code: from_wkb(row[0]) for code, row in found.items() if row is not None}


def read_oblasts() -> dict[str, BaseGeometry]:
    """Return the outlines of Ukraine's oblasts by their code and adjective ("05 Донецька")."""
    codes = {f"UA.{code}": f"{code} {name}" for name, code in OBLASTS.items() if code not in CITIES}
    return {codes[key]: shape for key, shape in read_outlines(codes).items()}


def add_forms(rows: list[Row]) -> None:
    """Add case forms to the places of the region and to all hand-made rows, and adjectives to towns."""
    for row in rows:
        if row.kind in ("region", "country", "district") and row.gazetteer != "curated":
            continue
        if row.country not in HOME and row.prior == 0 and row.population < 100_000:
            continue
        for name, language in ((row.uk, "uk"), (row.ru, "ru")):
            if not name or row.kind == "site":
                continue
            if language == "ru" and row.country in ("RU", "BY") and row.kind == "settlement":
                _add_ukrainian(row)
            if row.country in HOME and row.country != "UA" and row.kind == "settlement":
                for spelling in transliterate(name, language):
                    row.add(spelling, SPELLING)
            for form in decline(name, language):
                row.add(form, CASE)
            known = row.population >= _ADJECTIVE_FROM or row.prior >= _KNOWN_FROM
            if row.kind == "settlement" and row.country in HOME and known:
                for adjective in make_adjectives(name, language):
                    for form in list_adjective_forms(adjective, language):
                        row.add(form, ADJECTIVE)


def main() -> None:
    """Build the file and print what went in."""
    start = time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - start:6.1f} s  {text}", file=sys.stderr)

    rows = read_geonames()
    tell(f"{len(rows)} places of GeoNames")
    codifier, raions = read_codifier(), read_raions()
    found = join_codifier(codifier, rows, raions)
    tell(f"{len(rows)} settlements with the codifier")
    regions = {code: f"RU.{code}" for code in RUSSIAN_STATES.values()}
    shapes = read_outlines(regions.values())
    rows += read_russian_villages({code: shapes[key] for code, key in regions.items()}, rows)
    tell(f"{len(rows)} settlements with Russian villages")
    tell(f"{add_old_names(rows)} names from before a renaming")
    tell("former names given, villages added: {}, {}".format(*add_former_villages(rows, read_oblasts())))
    cities = group_cities(rows)
    regions_of_all = make_regions(cities)
    tell(f"{fill_inner_units(regions_of_all, rows, read_outlines)} settlements in inner units")
    units = [*make_countries(), *regions_of_all, *make_raions(codifier, raions, found)]
    units += make_districts(cities, BORDER)
    units += make_listed_raions(units)
    units += make_counties(rows)
    tell(f"{len(units)} countries, regions and districts")
    curated = read_curated(DATA / "curated")
    everything = apply_curated(curated, [*units, *rows])
    tell(f"{len(curated)} hand-made rows")
    count_nations(everything)
    raise_front(everything)
    add_forms(everything)
    tell("case forms and adjectives")
    tell(f"{drop_plain_names(everything)} second names that are words for kinds left out")
    fresh = DATA / "gazetteer.sqlite.new"
    write_rows(everything, fresh)
    fresh.replace(DATA / "gazetteer.sqlite")
    size = (DATA / "gazetteer.sqlite").stat().st_size / 1e6
    tell(f"written: {len(everything)} places, {sum(len(r.names) for r in everything)} names, {size:.1f} MB")


if __name__ == "__main__":
    main()

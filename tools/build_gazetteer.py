"""Build ``data/gazetteer.sqlite`` from registry packages and the hand-made tables."""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

from adjectives import list_adjective_forms, make_adjectives
from case_forms import decline
from curated import apply_curated, read_curated
from raions import read_raions
from rows import ADJECTIVE, CASE, SPELLING, Row, write_rows
from settlements import HOME, join_codifier, read_codifier, read_geonames
from transliterate import transliterate
from units import make_countries, make_districts, make_raions, make_regions

DATA = Path(__file__).resolve().parent.parent / "data"
# Russian regions whose districts the press names (and Crimea's, which are raions of Ukraine here).
BORDER = ("41", "09", "10", "61", "86", "38", "69", "84")
_ADJECTIVE_FROM = 8_000


def group_cities(rows: list[Row]) -> dict[tuple[str, str], list[Row]]:
    """Return settlements by country and admin-1 code."""
    out: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        out[row.country, row.admin1].append(row)
    return out


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
            if row.country in HOME and row.country != "UA" and row.kind == "settlement":
                for spelling in transliterate(name, language):
                    row.add(spelling, SPELLING)
            for form in decline(name, language):
                row.add(form, CASE)
            known = row.population >= _ADJECTIVE_FROM or row.prior > 0
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
    cities = group_cities(rows)
    units = [*make_countries(), *make_regions(cities), *make_raions(codifier, raions, found)]
    units += make_districts(cities, BORDER)
    tell(f"{len(units)} countries, regions and districts")
    curated = read_curated(DATA / "curated")
    everything = apply_curated(curated, [*units, *rows])
    tell(f"{len(curated)} hand-made rows")
    add_forms(everything)
    tell("case forms and adjectives")
    write_rows(everything, DATA / "gazetteer.sqlite")
    size = (DATA / "gazetteer.sqlite").stat().st_size / 1e6
    tell(f"written: {len(everything)} places, {sum(len(r.names) for r in everything)} names, {size:.1f} MB")


if __name__ == "__main__":
    main()

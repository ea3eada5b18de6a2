"""Names that settlements of Ukraine bore before they were renamed (``data/curated/renamed.csv``)."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from case_forms import decline
from rows import OLD, PRIMARY, Row
from transliterate import spell_russian, spell_ukrainian

from geo.places.folding import fold_name

__all__ = ["add_old_names", "read_former_names"]

_TABLE = Path(__file__).resolve().parent.parent / "data" / "curated" / "renamed.csv"


def add_old_names(rows: Iterable[Row]) -> int:
    """Give renamed settlements their former names, as historical ones; return how many names were new."""
    by_name: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.country == "UA" and row.kind == "settlement":
            by_name[row.admin1, fold_name(row.uk or row.name)].append(row)
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        lines = list(csv.DictReader(handle))
    return sum(
        _add_names(row, line)
        for line in lines
        for row in by_name[line["admin1"], fold_name(line["name_uk"])][:1]
    )


def read_former_names() -> dict[tuple[str, str], list[str]]:
    """Return former Ukrainian names by oblast and present name."""
    out: dict[tuple[str, str], list[str]] = defaultdict(list)
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        for line in csv.DictReader(handle):
            out[line["admin1"], line["name_uk"]].append(line["old_uk"])
    return out


def _add_names(row: Row, line: dict[str, str]) -> int:
    before = len(row.names)
    for name, language in ((line["old_uk"], "uk"), (line["old_ru"], "ru")):
        spelled = spell_ukrainian(name) if language == "uk" else spell_russian(name)
        for form in (name, *spelled, *decline(name, language)):
            if row.names.get(fold_name(form), OLD) > PRIMARY:
                row.add(form, OLD)
    return len(row.names) - before

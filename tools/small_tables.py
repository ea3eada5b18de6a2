"""Small hand-made tables of ``data/curated`` that are no places of their own."""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

__all__ = ["read_abbreviations", "read_country_points", "read_raion_adjectives", "read_region_points"]

_CURATED = Path(__file__).resolve().parent.parent / "data" / "curated"


def _read_lines(name: str) -> list[dict[str, str]]:
    with (_CURATED / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _read_point(line: dict[str, str]) -> tuple[float, float]:
    return float(line["latitude"]), float(line["longitude"])


def read_country_points() -> dict[str, tuple[float, float]]:
    """Return the usual point of each country by its code: where other data place it too."""
    return {line["country_code"]: _read_point(line) for line in _read_lines("country_points.csv")}


def read_region_points() -> dict[str, tuple[float, float]]:
    """Return the usual point of some large first-level units by their code."""
    return {line["unit"]: _read_point(line) for line in _read_lines("region_points.csv")}


def read_abbreviations() -> dict[str, list[str]]:
    """Return the short forms that the press writes after a town ("Fla."), by the code of the unit."""
    out: dict[str, list[str]] = defaultdict(list)
    for line in _read_lines("abbreviations.csv"):
        out[line["unit"]].append(line["name"])
    return out


@lru_cache(maxsize=1)
def read_raion_adjectives() -> dict[str, str]:
    """Return the Russian adjectives of raions that no rule makes, by the Ukrainian ones."""
    return {line["adjective_uk"]: line["adjective_ru"] for line in _read_lines("raion_adjectives.csv")}

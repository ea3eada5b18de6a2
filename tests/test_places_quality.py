"""Floors of quality on public test data; they may be raised and never lowered."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

from geo.places.gazetteer import open_gazetteer

# Measure -> figure -> least value (benchmarks/places.py prints them all).
FLOORS = {
    "names": {"all": 0.95, "en": 0.92, "fr": 0.92, "uk": 0.92, "ru": 0.92, "village": 0.85},
    "gold": {"all": 0.93, "en": 0.9, "fr": 0.9, "uk": 0.9, "ru": 0.9},
    "viina": {"within_25_km": 0.85},
    "ucdp_ged": {"within_25_km": 0.85},
    "ucdp_places": {"bare": 0.67, "with_oblast": 0.765},
    "trnews": {"f1": 0.81, "within_161_km": 0.74},
    "geovirus": {"f1": 0.91, "within_161_km": 0.8},
    "news": {"f1": 0.93, "within_161_km": 0.88},
}


@pytest.fixture(scope="module")
def benchmark(shared: Path) -> Any:
    path = Path(__file__).resolve().parent.parent / "benchmarks" / "places.py"
    spec = importlib.util.spec_from_file_location("places_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.SHARED = shared
    return module


@pytest.mark.slow
@pytest.mark.parametrize("measure", FLOORS)
def test_floors(measure: str, benchmark: Any) -> None:
    figures = benchmark.MEASURES[measure](open_gazetteer(), 0)
    low = {key: figures[key] for key, least in FLOORS[measure].items() if figures[key] < least}
    assert low == {}

"""The figures of benchmarks/control.py that must not slip; skipped where the reference maps are not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from geo.errors import DataError
from geo.resources import find_data

HERE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("control_bench", HERE / "benchmarks" / "control.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["control_bench"] = module
    spec.loader.exec_module(module)
    if not module.SHARED.is_dir():
        pytest.skip("the reference maps are not here")
    try:
        find_data("boundaries.sqlite")
        find_data("gazetteer.sqlite")
    except DataError:
        pytest.skip("the data files are not built")
    return module


@pytest.mark.slow
def test_settlements_alone_against_a_map_of_that_month(bench: ModuleType) -> None:
    report: dict[str, object] = {}
    bench.bench_points(report)
    overlap, apart = report["independent: ours IoU, km"]
    assert overlap >= 0.95
    assert apart <= 4.5
    overlap, apart = report["derived: ours IoU, km"]
    assert overlap >= 0.98
    assert apart <= 1.5
    assert report["independent: share of the true front in the band"] >= 0.75


@pytest.mark.slow
def test_what_changed_hands_moves_the_front_to_where_it_went(bench: ModuleType) -> None:
    report: dict[str, object] = {}
    bench.bench_update(report)
    assert report["base with nothing new is unchanged"]
    assert report["update: IoU of the changed area"] >= 0.7
    assert report["update: IoU with the gazetteer's settlements"] >= 0.6
    assert report["update: nearer by"] >= 0.7

"""The quality gate: figures on the gold reports never fall below their floors.

``tests/gold/floors.json`` holds floors for each gold file, bound to the file's sha256, so that a changed file
cannot pass by old floors.  ``python tests/test_gold_gate.py --pin`` writes today's figures, less a small
allowance; it refuses to lower a floor of an unchanged file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
GOLD = HERE / "gold"
FLOORS = GOLD / "floors.json"
FILES = (
    "dev.jsonl",
    "fresh_tune.jsonl",
    "more_tune.jsonl",
    "fresh_hold.jsonl",
    "later_tune.jsonl",
    "third_tune.jsonl",
    "blind.jsonl",
    "fourth_tune.jsonl",
    "fourth_hold.jsonl",
    "fifth.jsonl",
    "sixth.jsonl",
    "seventh_tune.jsonl",
    "seventh_hold.jsonl",
)
# A floor lies this much below the figure it was pinned at: the gazetteer is rebuilt from time to time.
ALLOWANCE = 0.02


def load(path: Path, name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def measure(name: str) -> dict[str, float]:
    benchmark = load(HERE.parent / "benchmarks" / "claims.py", "benchmark_claims")
    result = benchmark.score_file(GOLD / name, benchmark.Runner(), 0)
    figures = {
        "f1": result["overall"]["f1"],
        "macro f1": result["macro_f1"],
        "whole claim": result["whole_claim"]["share"],
    }
    figures |= {f"f1 {lang}": tally["f1"] for lang, tally in result["by_language"].items()}
    figures |= {f"f1 {kind}": tally["f1"] for kind, tally in result["by_kind"].items()}
    shares = {key: value["share"] for key, value in result["attributes"].items()}
    figures |= {key: share for key, share in shares.items() if share is not None}
    return figures


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_figures_do_not_fall(name):
    pinned = json.loads(FLOORS.read_text(encoding="utf-8"))[name]
    assert digest(GOLD / name) == pinned["sha256"], f"{name} has changed: pin its floors anew"
    figures = measure(name)
    fallen = {
        key: (figures.get(key), floor)
        for key, floor in pinned["floors"].items()
        if figures.get(key, 0) < floor
    }
    assert not fallen, f"{name}: below their floors: {fallen}"


def test_gold_scores_itself():
    scorer = load(GOLD / "score.py", "gold_score")
    assert scorer.self_test() == 0


def pin() -> None:
    """Write today's figures as floors, never lower than before for an unchanged file."""
    before = json.loads(FLOORS.read_text(encoding="utf-8"))
    after = {}
    for name in FILES:
        figures = {key: math.floor((value - ALLOWANCE) * 1000) / 1000 for key, value in measure(name).items()}
        old = before.get(name, {})
        if old.get("sha256") == digest(GOLD / name):
            figures = {key: max(value, old["floors"].get(key, 0)) for key, value in figures.items()}
        after[name] = {"sha256": digest(GOLD / name), "floors": figures}
    FLOORS.write_text(json.dumps(after, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--pin"]:
    pin()

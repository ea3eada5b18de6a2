"""Mutated reports the whole way to claims (benchmarks/fuzz.py reads as many as one likes)."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path

import pytest

from geo.model import Span


def load_fuzz():
    path = Path(__file__).resolve().parent.parent / "benchmarks" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("fuzz", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_mutated_reports_are_read_without_a_fault():
    assert load_fuzz().fuzz(300, seed=7) > 0.0


@pytest.mark.slow
@pytest.mark.parametrize("chain", ["Kyiv: ", "– ", "10-15 ", '" ', "U.S. "])
def test_time_grows_with_the_length_of_a_line(chain):
    fuzz = load_fuzz()
    growth, _ = fuzz.grow(chain, "en", 120_000)
    assert growth < 2 * fuzz.GROWTH - 4  # between four times the time and its square, on a busy machine


def test_a_span_outside_its_text_is_a_fault(monkeypatch):
    fuzz = load_fuzz()
    report = next(one for one in fuzz.make_reports(50, seed=3) if one.text)
    span = Span(report_id=report.id, start=0, end=len(report.text) + 1, exact=report.text)
    result = fuzz.run([report], fuzz.Settings(draw=False))
    monkeypatch.setattr(fuzz, "run", lambda *_: replace(result, rejections=(span,)))
    with pytest.raises(AssertionError, match="not in the text"):
        fuzz.check(report)

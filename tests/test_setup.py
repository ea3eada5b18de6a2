"""What `make fast` compiles, without compiling it: files that exist, and nothing unless it is asked for."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(not (ROOT / "setup.py").is_file(), reason="beside the checkout only")


def load_setup():
    spec = importlib.util.spec_from_file_location("setup", ROOT / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readers_of_text_are_compiled_and_nothing_else():
    groups = load_setup().list_sources()
    sources = [source for group in groups.values() for source in group]
    assert {"geo/claims/read.py", "geo/language/dates.py", "geo/places/scan.py"} <= set(sources)
    assert all((ROOT / source).is_file() for source in sources)
    assert {Path(source).parts[:2] for source in groups["geo"]} == {("geo", "claims"), ("geo", "language")}
    assert {Path(source).parts[:2] for source in groups["geo_places"]} == {("geo", "places")}
    assert len(sources) == len(set(sources))


def test_a_plain_installation_compiles_nothing(monkeypatch):
    monkeypatch.delenv("FRONTLINE_COMPILE", raising=False)
    assert load_setup().compile_sources() == []

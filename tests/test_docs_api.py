"""What docs/api.md shows is what happens, and it names all that is public."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from conftest import ROOT

import geo
import maps

PAGE = ROOT / "docs" / "api.md"
OPTIONS = doctest.ELLIPSIS | doctest.REPORT_NDIFF


@pytest.mark.slow
def test_every_line_of_the_page_gives_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    monkeypatch.chdir(tmp_path)
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, optionflags=OPTIONS, encoding="utf-8")
    assert failed == 0, capsys.readouterr().out
    assert tried > 40


@pytest.mark.parametrize("module", [geo, maps])
def test_the_page_leads_to_all_that_is_public(module) -> None:
    text = PAGE.read_text(encoding="utf-8")
    values = {"Claim", "Event", "Footprint", "Place", "Rejection", "Result", "WriteOptions", "render_html"}
    for name in set(module.__all__) - values:
        assert re.search(rf"\b{name}\b", text), name

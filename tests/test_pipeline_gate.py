"""A report that does not speak of forces is done before its places are sought."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import geo.pipeline
from geo.model import Report
from geo.pipeline import Settings, run

PEACE = (
    "The mayor of Lviv opened a school on Monday. Prices of bread rose in Kharkiv, and it rained in Poltava. "
    * 4
)
WAR = "Russian troops took Toretsk on Monday."


def read(text: str) -> int:
    report = Report(id="1", text=text, language="en", issued=datetime(2024, 8, 20, tzinfo=UTC))
    result = run([report], Settings(draw=False))
    assert result.rejections == ()
    return len(result.claims)


def refuse(*_: object) -> None:
    pytest.fail("places are sought")


def test_no_place_is_sought_in_a_report_of_peace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geo.pipeline, "read_places", refuse)
    assert read(PEACE) == 0


def test_a_sentence_of_war_opens_the_gate() -> None:
    assert read(f"{PEACE}\n\n{WAR}") > 0

"""A fault of the program in one report: the others are read, and the report says so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

import geo.pipeline
from geo.errors import DataError
from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.pipeline import Settings, run

TEXT = "Russian forces took Toretsk on Monday, the ministry said."


def make(number: int) -> Report:
    return Report(id=str(number), text=TEXT, language="en", issued=datetime(2024, 8, 20, tzinfo=UTC))


def break_second(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    read = geo.pipeline.read_claims

    def read_or_break(report: Report, *others: object) -> object:
        if report.id == "2":
            raise fault
        return read(report, *others)  # type: ignore[arg-type]

    monkeypatch.setattr(geo.pipeline, "read_claims", read_or_break)


def test_the_other_reports_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    break_second(IndexError("list index out of range"), monkeypatch)
    result = run([make(1), make(2), make(3)], Settings(draw=False))
    assert {claim.report_id for claim in result.claims} == {"1", "3"}
    (left,) = (one for one in result.rejections if one.report_id == "2")
    assert "a fault of the program (IndexError, test_pipeline_faults.py:" in left.reason


def test_missing_data_stops_all(monkeypatch: pytest.MonkeyPatch) -> None:
    break_second(DataError("no gazetteer"), monkeypatch)
    with pytest.raises(DataError):
        run([make(1), make(2)], Settings(draw=False))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kyiv denied"),
        ("en", "the Iran-"),
        ("en", "Moscow confirms and reports"),
        ("fr", "L’armée affirme tout israélienne ; Israël parle ; Beyrouth annoncé. Le Hezbollah dit"),
        ("uk", "У Києві заперечили"),
        ("ru", "В Москве заявили, что"),
        ("en", "Russian troops took Toretsk, according to the mayor,"),
        ("ru", "КИЕВ,"),
        ("ru", "КИЕВ, сегодня"),
        ("fr", "Russes, reconna"),
        ("fr", "entrés Ils décroche du Moscou reconnu"),
        ("fr", "Les frappes ont touché Nabatiyé, dont le vieux souk,"),
        ("ru", "С 5 мая они штурмуют Тёткино, и,"),
    ],
)
def test_texts_that_end_in_mid_sentence(language: str, text: str) -> None:
    report = Report(id="r", text=text, language=language, issued=datetime(2024, 8, 20, tzinfo=UTC))
    assert load_lexicon(language)
    geo.pipeline.read_report(report)
    for end in range(1, len(TEXT)):
        geo.pipeline.read_report(Report(id="r", text=TEXT[:end], language="en", issued=report.issued))

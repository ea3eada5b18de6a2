"""Reports from texts and records that a program holds already."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

import geo
from geo.errors import InputError

TEXT = "Russian drones struck Sumy on Saturday."
NOON = datetime(2024, 11, 10, 12, tzinfo=UTC)


def test_a_text_is_a_report() -> None:
    read = geo.read_records([TEXT], geo.ReadOptions(date="2024-11-10", source="Desk", lang="en"))
    (report,) = read.reports
    assert (report.text, report.publisher, report.language) == (TEXT, "Desk", "en")
    assert report.issued == datetime(2024, 11, 10, tzinfo=UTC)
    assert not read.problems
    with pytest.raises(InputError, match="yesterday"):
        geo.read_records([TEXT], geo.ReadOptions(date="yesterday"))


@pytest.mark.parametrize(
    ("value", "issued"),
    [
        ("2024-11-10T12:00", NOON),
        (NOON, NOON),
        (NOON.replace(tzinfo=None), NOON),
        (pd.Timestamp("2024-11-10T14:00+02:00"), NOON),
        (np.datetime64("2024-11-10T12:00"), NOON),
        (date(2024, 11, 10), datetime(2024, 11, 10, tzinfo=UTC)),
        (None, None),
        (pd.NaT, None),
        (pd.NA, None),
        (float("nan"), None),
        (np.datetime64("NaT"), None),
    ],
)
def test_days_of_any_type_are_read_and_gaps_are_none(value: object, issued: datetime | None) -> None:
    (report,) = geo.read_records([{"text": TEXT, "date": value}]).reports
    assert report.issued == issued
    assert report.issued is None or report.issued.tzinfo is not None


def test_a_frame_is_read_as_a_table_of_the_same_columns(tmp_path) -> None:
    frame = pd.DataFrame(
        {
            "Texte": [TEXT, "Les forces russes ont pris Toretsk.", "Ще одне."],
            "Дата": ["2024-11-10", "2024-11-11", None],
            "outlet": ["Desk", None, "Інше"],
            "id": [7, 8, 9],
            "reach": [1.5, np.nan, 3.0],
        }
    )
    frame.to_csv(tmp_path / "reports.csv", index=False)
    told, written = geo.read_records(frame.to_dict("records")), geo.read_reports([tmp_path / "reports.csv"])
    assert [(r.id, r.text, r.issued, r.publisher) for r in told.reports] == [
        (r.id, r.text, r.issued, r.publisher) for r in written.reports
    ]
    assert [report.id for report in told.reports] == ["7", "8", "9"]
    assert dict(told.reports[0].extra) == {"reach": 1.5}
    assert "reach" not in told.reports[1].extra


def test_what_is_no_report_is_told_by_its_number_and_the_rest_is_read() -> None:
    read = geo.read_records(
        [TEXT, "", 3, {"title": None}, {"text": ["a", "b"]}], geo.ReadOptions(date="2024-11-10")
    )
    assert [report.text for report in read.reports] == [TEXT, "ab"]
    assert [problem.where for problem in read.problems] == ["record 2", "record 3", "record 4"]
    assert "int is neither a text nor a mapping" in str(read.problems[1])
    assert geo.read_records([]).reports == ()


def test_the_same_text_twice_is_one_report_and_a_generator_will_do() -> None:
    read = geo.read_records(text for text in (TEXT, TEXT))
    assert len(read.reports) == 1
    assert any("the same report as record 1" in str(problem) for problem in read.problems)

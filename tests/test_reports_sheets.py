"""Workbooks are read as CSV is: a report a row, by the same headings, sheet by sheet, within bounds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from functools import cache

import pytest
from documents_sample import make_odf, make_zip, save
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reports import sheets
from geo.reports.read import read_reports

WORDS = "Russian forces captured Selydove."
DAY = dt.datetime(2024, 11, 10, tzinfo=dt.UTC)


@pytest.fixture
def openpyxl():
    return pytest.importorskip("openpyxl", reason="openpyxl of the extra 'documents' is not installed")


def make_xlsx(tables):
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


def make_ods(rows):
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:date-value="{cell}"><text:p>shown</text:p></table:table-cell>'
            if cell.startswith("2024-")
            else f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    return make_odf("spreadsheet", f'<table:table table:name="One">{cells}</table:table>')


def make_csv(rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def read(folder, data, name):
    path = folder / name
    path.write_bytes(data)
    return read_reports([path])


def faults(result, *, fatal=True):
    return [str(problem).split("a.", 1)[1] for problem in result.problems if problem.fatal is fatal]


MAKERS = {
    ".xlsx": lambda rows: save(make_xlsx({"One": rows})),
    ".ods": make_ods,
    ".csv": make_csv,
}
ROWS = [
    ["Published at", "Body", "Outlet", "Page"],
    ["2024-11-10", WORDS, "Wire", "7"],
    ["2024-11-10", "Clashes went on.", "", ""],
]


@pytest.mark.parametrize("suffix", MAKERS)
def test_tables_of_all_sorts_are_read_alike(tmp_path, openpyxl, suffix):
    result = read(tmp_path, MAKERS[suffix](ROWS), f"a{suffix}")
    assert faults(result) == []
    first, second = result.reports
    assert (first.text, first.issued, first.publisher, first.extra) == (WORDS, DAY, "Wire", {"Page": "7"})
    assert (second.text, second.extra) == ("Clashes went on.", {})
    assert result.origins[first.id].endswith(f"a{suffix}:2")


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize(
    "headings", [("Дата", "Текст", "Джерело"), ("Date", "Texte", "Média"), ("Datum", "Meldung", "Quelle")]
)
def test_headings_in_other_languages_under_a_title(tmp_path, openpyxl, suffix, headings):
    rows = [["Summary of the week", "", ""], ["", "", ""], headings, ["2024-11-10", WORDS, "Wire"]]
    (report,) = read(tmp_path, MAKERS[suffix](rows), f"a{suffix}").reports
    assert (report.text, report.issued, report.publisher) == (WORDS, DAY, "Wire")


@pytest.mark.parametrize("suffix", MAKERS)
def test_a_table_without_a_column_of_words_is_told_once(tmp_path, openpyxl, suffix):
    rows = [["Region", "Attacks"], *(["Sumy", str(n)] for n in range(100))]
    (told,) = faults(read(tmp_path, MAKERS[suffix](rows), f"a{suffix}"))
    assert told.endswith("a column 'text' holds the reports' words (columns found: 'Region', 'Attacks')")


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("rows", [[["Text", "Date"]], [["", ""], ["", ""]]])
def test_a_table_without_rows_is_told(tmp_path, openpyxl, suffix, rows):
    (told,) = faults(read(tmp_path, MAKERS[suffix](rows), f"a{suffix}"))
    assert "no row of a report" in told


def test_values_of_excel_are_read_as_they_are_shown(tmp_path, openpyxl):
    stamp = dt.datetime(2024, 11, 10, 18, 30)  # noqa: DTZ001 - Excel knows no zones
    rows = [["id", "text", "date", "n", "share"], [7.0, WORDS, stamp, 5, 0.5]]
    (report,) = read(tmp_path, save(make_xlsx({"One": rows})), "a.xlsx").reports
    assert (report.id, report.issued, report.extra) == (
        "7",
        DAY.replace(hour=18, minute=30),
        {"n": "5", "share": "0.5"},
    )


def test_several_sheets_are_read_and_those_without_reports_are_told(tmp_path, openpyxl):
    tables = {
        "Sumy": [["text"], [WORDS]],
        "Codes": [["code", "name"], ["1", "one"]],
        "Empty": [],
        "Kharkiv": [["Date", "Message"], [dt.date(2024, 11, 10), "Clashes went on."]],
        "Drafts": [["text"], ["Not for print."]],
    }
    book = make_xlsx(tables)
    book["Drafts"].sheet_state = "hidden"
    result = read(tmp_path, save(book), "a.xlsx")
    assert [report.text for report in result.reports] == [WORDS, "Clashes went on."]
    assert result.origins[result.reports[1].id].endswith("a.xlsx:Kharkiv:2")
    assert faults(result) == []
    told = faults(result, fatal=False)
    assert any("'Drafts' is hidden" in line for line in told)
    assert any(line.startswith("xlsx:Codes:1: no text") for line in told)
    assert not any("Empty" in line for line in told)


def test_repeated_rows_and_cells_of_opendocument_are_bounded(tmp_path):
    empty = '<table:table-cell table:number-columns-repeated="999999999"/>'
    many = f'<table:table-row table:number-rows-repeated="999999999"><table:table-cell/>{empty}</table:table-row>'
    head = "<table:table-row><table:table-cell><text:p>text</text:p></table:table-cell></table:table-row>"
    row = f"<table:table-row>{{}}<table:table-cell><text:p>{WORDS}</text:p></table:table-cell></table:table-row>"
    data = make_odf(
        "spreadsheet", f"<table:table>{head}{many}{row.format('')}{row.format(empty)}</table:table>"
    )
    result = read(tmp_path, data, "a.ods")
    assert [report.text for report in result.reports] == [WORDS]
    assert result.origins[result.reports[0].id].endswith("a.ods:1000000001")


def test_too_many_cells_are_told(tmp_path, openpyxl, monkeypatch):
    monkeypatch.setattr(sheets, "_MOST_CELLS", 10)
    rows = [["text"], *([f"{WORDS} {n}"] for n in range(20))]
    for suffix in (".xlsx", ".ods"):
        assert "far more cells" in faults(read(tmp_path, MAKERS[suffix](rows), f"a{suffix}"))[0]


def test_a_wrong_size_in_the_file_does_not_matter(tmp_path, openpyxl):
    import zipfile

    data = save(make_xlsx({"One": [["text"], [WORDS]]}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert b'ref="A1:A2"' in parts[sheet]
    for size in (b"A1", b"A1:XFD1048576"):
        changed = parts | {sheet: parts[sheet].replace(b"A1:A2", size)}
        (report,) = read(tmp_path, make_zip(changed), "a.xlsx").reports
        assert report.text == WORDS


@given(
    st.lists(
        st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30),
        min_size=1,
        max_size=5,
        unique=True,
    )
)
@settings(deadline=None, max_examples=40)
def test_cells_come_back_as_they_were_put_in(tmp_path_factory, texts):
    pytest.importorskip("openpyxl", reason="openpyxl of the extra 'documents' is not installed")
    from unicodedata import normalize

    rows = [["text"], *([f"w {text}"] for text in texts)]
    result = read(tmp_path_factory.getbasetemp(), save(make_xlsx({"One": rows})), "a.xlsx")
    wanted = dict.fromkeys(normalize("NFC", f"w {text}") for text in texts)
    assert [report.text for report in result.reports] == list(wanted)


@cache
def make_sound():
    """Made once: a workbook holds the moment at which it was made."""
    return MAKERS[".xlsx"](ROWS), MAKERS[".ods"](ROWS)


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_workbooks_with_wrong_bytes_give_no_traceback(tmp_path_factory, data):
    pytest.importorskip("openpyxl", reason="openpyxl of the extra 'documents' is not installed")
    whole = data.draw(st.sampled_from(make_sound()))
    start = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + data.draw(st.integers(0, 8)) :]
    result = read(tmp_path_factory.getbasetemp(), changed, "a.xlsx")
    assert result.reports or faults(result)


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=60)
def test_wrong_markup_in_a_workbook_gives_no_traceback(tmp_path_factory, sheet):
    pytest.importorskip("openpyxl", reason="openpyxl of the extra 'documents' is not installed")
    import zipfile

    data, _ = make_sound()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"):
        result = read(tmp_path_factory.getbasetemp(), make_zip(parts | {name: sheet}), "a.xlsx")
        assert result.reports or faults(result)


def test_a_missing_library_is_told_with_the_line_to_type(tmp_path, openpyxl, monkeypatch):
    data = MAKERS[".xlsx"](ROWS)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    (told,) = faults(read(tmp_path, data, "a.xlsx"))
    assert "'openpyxl' is not installed" in told
    assert "frontline-map[documents]" in told
    assert len(read(tmp_path, make_ods(ROWS), "b.ods").reports) == 2

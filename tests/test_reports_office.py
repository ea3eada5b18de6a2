"""Word and OpenDocument texts, archives and bounds: what is read, what is told, what is refused."""

from __future__ import annotations

import datetime as dt
import io
import sys
import zipfile
from functools import cache

import pytest
from documents_sample import (
    WORDS,
    build_pdf,
    faults,
    make_docx,
    make_odf,
    make_pdf,
    make_word,
    make_zip,
    read,
    save,
    text_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reports import archives, headings
from geo.reports.decode import clean_text
from geo.reports.read import read_reports
from geo.reports.readers import DOCUMENTS, choose_reader


@pytest.fixture
def pypdf():
    return pytest.importorskip("pypdf", reason="pypdf of the extra 'documents' is not installed")


@pytest.fixture
def docx():
    return pytest.importorskip("docx", reason="python-docx, which writes the documents, is not installed")


# Word


def test_a_word_document(tmp_path, docx):
    result = read(tmp_path, save(make_word(docx)), "a.docx")
    assert text_of(result).split("\n\n") == [
        "Assessment, 10 November 2024",
        WORDS,
        "Clashes went on near Kupiansk",
        "Kharkiv | 5 attacks",
        "Sumy | 3 attacks",
        "The end.",
    ]
    (report,) = result.reports
    assert report.issued.date() == dt.date(2024, 11, 10)
    assert report.publisher == ""
    assert report.extra["author_name"] == "A. Clerk"


def test_words_in_frames_boxes_and_changes_are_read_once_and_what_was_struck_out_is_not(tmp_path):
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = (
        f"<w:p><w:ins>{run.format('Put in. ')}</w:ins><w:del><w:r><w:delText>Struck.</w:delText><w:t>Out.</w:t></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom>"
        f"<w:hyperlink>{run.format('Linked.')}</w:hyperlink><w:r><w:tab/><w:t>On</w:t><w:br/><w:t>two lines.</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run.format('In a box.')}</w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Framed.</w:t></w:r></w:p>"
        "</w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Framed.</w:t></w:r></w:p></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{run.format('Around.')}</w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr>{run.format("Contents 7")}</w:p>'
    )
    wanted = "Put in. Linked. On\ntwo lines.\n\nIn a box.\n\nAround.\n\nFramed."
    assert text_of(read(tmp_path, make_docx(body), "a.docx")) == wanted
    strict = make_docx(body, space="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert text_of(read(tmp_path, strict, "b.docx")) == wanted


def test_cells_with_running_text_are_paragraphs(tmp_path, docx):
    document = docx.Document()
    row = document.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = WORDS, "Clashes went on."
    assert text_of(read(tmp_path, save(document), "a.docx")) == f"{WORDS}\n\nClashes went on."


def test_an_opendocument_text(tmp_path):
    body = (
        "<text:tracked-changes><text:p>Struck out.</text:p></text:tracked-changes>"
        "<text:h>Lagebericht,\n 10.  November 2024</text:h>"
        "<text:p>Russian<text:s/>forces <text:span>captured</text:span> Selydove.<office:annotation>"
        "<text:p>A remark.</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>One item</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Sumy</text:p></table:table-cell>"
        "<table:table-cell><text:p>3 attacks</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>Around<draw:frame><draw:text-box><text:p>Framed.</text:p></draw:text-box></draw:frame> it.</text:p>"
    )
    result = read(tmp_path, make_odf("text", body, "<dc:date>2024-11-11T08:00:00</dc:date>"), "a.odt")
    assert text_of(result).split("\n\n") == [
        "Lagebericht, 10. November 2024",
        "Russian forces captured Selydove.",
        "One item",
        "Sumy | 3 attacks",
        "Around it.",
        "Framed.",
    ]
    assert result.reports[0].issued.date() == dt.date(2024, 11, 10)


@given(st.lists(st.text(st.characters(categories=["L", "Nd"]), min_size=1), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_paragraphs_come_back_from_a_word_document(tmp_path_factory, words):
    docx = pytest.importorskip("docx", reason="python-docx, which writes the documents, is not installed")
    document = docx.Document()
    for paragraph in words:
        document.add_paragraph(paragraph)
    folder = tmp_path_factory.getbasetemp()
    assert text_of(read(folder, save(document), "a.docx")) == clean_text("\n\n".join(words))


# Archives


BOMB = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_markup_that_declares_entities_is_refused(tmp_path, encoding):
    data = make_zip({"word/document.xml": f"{BOMB}<w>&b;</w>".encode(encoding), "_rels/.rels": "<r/>"})
    assert faults(read(tmp_path, data, "a.docx")) == [
        "its markup declares entities, as no office program writes: save its text as .txt"
    ]


def test_a_mark_on_the_seam_of_two_chunks_is_seen(monkeypatch):
    monkeypatch.setattr(archives, "_CHUNK", 16)
    for shift in range(20):
        with pytest.raises(archives.InputError, match="entities"):
            archives.open_archive(make_zip({"a.xml": "x" * shift + "<!ENTITY a>" + "y" * 20}))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    data = make_zip({"word/document.xml": b" " * (archives._MOST_XML + 1)})
    assert len(data) < 200_000
    assert "far more than a report" in faults(read(tmp_path, data, "a.docx"))[0]


def test_a_part_that_is_larger_than_it_says_is_broken(tmp_path):
    data = make_zip({"word/document.xml": b"<w>" + b" " * 5000 + b"</w>", "_rels/.rels": "<r/>"})
    size = (5007).to_bytes(4, "little")
    assert data.count(size) == 2
    assert "broken" in faults(read(tmp_path, data.replace(size, (10).to_bytes(4, "little")), "a.docx"))[0]


def test_markup_nested_without_end_is_told(tmp_path):
    for depth in (1_000, 200_000):
        body = "<w:tbl>" * depth + "</w:tbl>" * depth
        assert "nested too deeply" in faults(read(tmp_path, make_docx(body), "a.docx"))[0]


def test_an_archive_of_another_sort_is_named(tmp_path):
    assert "no .docx" in faults(read(tmp_path, make_zip({"a.txt": WORDS}), "a.docx"))[0]
    assert "unpack it" in faults(read(tmp_path, make_zip({"a.txt": WORDS}), "a.txt"))[0]


@pytest.mark.parametrize("suffix", sorted(DOCUMENTS))
def test_documents_are_told_by_what_they_are_whatever_their_name(tmp_path, suffix):
    assert text_of(read(tmp_path, make_odf("text", f"<text:p>{WORDS}</text:p>"), f"a{suffix}")) == WORDS
    assert len(faults(read(tmp_path, WORDS.encode(), f"b{suffix}"))) == 1


def test_a_document_on_standard_input(monkeypatch):
    data = make_odf("text", f"<text:p>{WORDS}</text:p>")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert [report.text for report in read_reports(["-"]).reports] == [WORDS]


@given(
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]),
    st.binary(max_size=400),
    st.sampled_from(sorted(DOCUMENTS)),
)
@settings(deadline=None, max_examples=40)
def test_any_bytes_give_a_problem_or_a_report_and_no_traceback(tmp_path_factory, head, data, suffix):
    result = read(tmp_path_factory.getbasetemp(), head + data, f"a{suffix}")
    assert len(result.reports) + len(faults(result)) == 1


@given(st.data())
@settings(deadline=None, max_examples=60)
def test_documents_with_wrong_bytes_give_no_traceback(tmp_path_factory, data):
    whole = data.draw(st.sampled_from(make_sound()))
    start = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:start] + data.draw(st.binary(max_size=8)) + whole[start + data.draw(st.integers(0, 8)) :]
    result = read(tmp_path_factory.getbasetemp(), changed, "a.docx")
    assert len(result.reports) + len(faults(result)) >= 1


@cache
def make_sound():
    """Made once: some hold the moment at which they were made."""
    words = make_docx("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"), make_odf("text", "<text:p>Words.</text:p>")
    return build_pdf({}), make_pdf([[WORDS]]), *words


def test_a_missing_library_is_told_with_the_line_to_type(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdf", None)
    (told,) = faults(read(tmp_path, build_pdf({})))
    assert "'pypdf' is not installed" in told
    assert "frontline-map[documents]" in told


def test_nothing_is_imported_before_a_document_is_read():
    import subprocess

    code = "import sys, geo.reports.read; print({'pypdf', 'openpyxl', 'xml', 'zipfile'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Assessment, November 10, 2024", "2024-11-10"),
        ("Зведення за 10 листопада 2024 року", "2024-11-10"),
        ("Сводка, 1 мая 2024 г.", "2024-05-01"),
        ("Le 1er août 2024", "2024-08-01"),
        ("Lage am 3. März 2024", "2024-03-03"),
        ("Reporting period: 1 to 10 November 2024", "2024-11-10"),
        ("10.11.2024, Kyiv", "2024-11-10"),
        ("Version 1.2.3.2024 of 2024", None),
        ("31.02.2024", None),
        ("In May 2022 the town was captured.", None),
        ("x" * 121 + " 10 November 2024", None),
        ("\n".join(["line"] * 12) + "\n10 November 2024", None),
    ],
)
def test_days_of_headings(text, day):
    found = headings.find_day(text)
    assert (found.isoformat() if found else None) == day


def test_locked_office_files_are_told(tmp_path):
    data = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "password" in faults(read(tmp_path, data, "a.docx"))[0]
    with pytest.raises(archives.InputError, match="old Word"):
        choose_reader(b"\xd0\xcf\x11\xe0" + b"\0" * 600, ".doc")


def test_a_locked_part_is_told(tmp_path):
    data = bytearray(make_zip({"word/document.xml": "<w/>"}, compression=zipfile.ZIP_STORED))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in faults(read(tmp_path, bytes(data), "a.docx"))[0]

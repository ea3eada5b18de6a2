"""PDF, Word and OpenDocument texts are read as reports: whole sentences, in their order, within bounds."""

from __future__ import annotations

import datetime as dt

import pytest
from documents_sample import (
    PARAGRAPH,
    WORDS,
    build_pdf,
    faults,
    make_pdf,
    make_word,
    make_zip,
    read,
    save,
    text_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.reports import pdf
from geo.reports.pdf_lines import Line, join_pages
from geo.reports.read import read_reports


@pytest.fixture
def pypdf():
    return pytest.importorskip("pypdf", reason="pypdf of the extra 'documents' is not installed")


@pytest.fixture
def docx():
    return pytest.importorskip("docx", reason="python-docx, which writes the documents, is not installed")


# PDF


def test_lines_of_a_pdf_are_joined_to_paragraphs_with_whole_words(tmp_path, pypdf):
    text = text_of(read(tmp_path, make_pdf([[*PARAGRAPH, "A new paragraph begins here."]])))
    first, second = text.split("\n\n")
    assert first == (
        "Ukrainian forces went on with their operation in the Kursk region and held several hundred square "
        "kilometres, the General Staff said. Russian forces have brought a large number of soldiers to the "
        "north-east of the region, and an offensive may begin at any moment."
    )
    assert second == "A new paragraph begins here."


def test_a_pdf_in_cyrillic_is_read_and_its_words_are_whole(tmp_path, pypdf):
    page = ["Російські війська зосередили біля кордону близько п'ятдесяти тисяч військово-", "службовців."]
    assert text_of(read(tmp_path, make_pdf([page]))) == (
        "Російські війська зосередили біля кордону близько п'ятдесяти тисяч військовослужбовців."
    )


def test_running_heads_and_numbers_of_pages_are_left_and_a_sentence_goes_on_over_the_page(tmp_path, pypdf):
    def page(number, *lines):
        head = [("Daily report of the Institute", 60, 810, 9), (f"Page {number} of 3", 280, 30, 9)]
        return [*head, *((line, 60, 760 - n * 14, 11) for n, line in enumerate(lines))]

    pages = [
        page(1, "Russian forces captured the village of Selydove on Sunday, and their advance guards moved"),
        page(2, "towards Pokrovsk in the evening of the same day, as the General Staff of Ukraine reported."),
        page(3, "Ukrainian forces hold Sudzha."),
    ]
    text = text_of(read(tmp_path, make_pdf(pages)))
    assert "Institute" not in text
    assert "Page" not in text
    assert "their advance guards moved towards Pokrovsk in the evening" in text
    assert text.endswith("\n\nUkrainian forces hold Sudzha.")


def test_two_columns_are_read_one_after_the_other(tmp_path, pypdf):
    left = [
        "Russian forces captured the village",
        "of Selydove on Sunday and moved on",
        "in the direction of",
    ]
    right = [
        "the city of Pokrovsk, the General",
        "Staff said in the evening. Clashes",
        "went on near Kupiansk.",
    ]
    page = [(words, 60, 760 - 14 * n, 11) for n, words in enumerate(left)]
    page += [(words, 310, 760 - 14 * n, 11) for n, words in enumerate(right)]
    assert "in the direction of the city of Pokrovsk, the General Staff" in text_of(
        read(tmp_path, make_pdf([page]))
    )


def test_a_page_that_is_turned_is_read_along_its_lines(tmp_path, pypdf):
    turned = [
        "The village was taken on Sunday, officials said in the evening, and their",
        "guards went on.",
        "",
        "The end.",
    ]
    shown = (f"0 1 -1 0 {100 + 14 * n} 60 Tm ({words}) Tj" for n, words in enumerate(turned) if words)
    body = f"BT /F1 11 Tf {' '.join(shown)} ET".encode()
    text = text_of(read(tmp_path, build_pdf({4: (f"<</Length {len(body)}>>", body)})))
    assert (
        text
        == "The village was taken on Sunday, officials said in the evening, and their guards went on.\n\nThe end."
    )


def test_headings_and_rows_of_tables_stand_alone(tmp_path, pypdf):
    page = [("Key events of the day", 60, 780, 16)]
    page += [(words, 60, 750 - 14 * n, 11) for n, words in enumerate([*PARAGRAPH[:2] * 3])]
    page += [("Kharkiv 5 attacks", 64, 640, 11), ("Sumy 3 attacks", 64, 626, 11)]
    blocks = text_of(read(tmp_path, make_pdf([page]))).split("\n\n")
    assert blocks[0] == "Key events of the day"
    assert blocks[-2:] == ["Kharkiv 5 attacks", "Sumy 3 attacks"]


def test_marks_of_notes_are_left_and_powers_of_units_are_not(tmp_path, pypdf):
    pieces = [
        ("They hold 300 km", 0, 11),
        ("2", 4, 7),
        (" near Toretsk", 0, 11),
        ("12", 4, 7),
        (" now.", 0, 11),
        ("[3]", 4, 7),
    ]
    stream = "BT " + " ".join(
        f"/F1 {size} Tf 1 0 0 1 {60 + 80 * n} {700 + up} Tm ({words}) Tj"
        for n, (words, up, size) in enumerate(pieces)
    )
    body = f"{stream} ET".encode()
    assert (
        text_of(read(tmp_path, build_pdf({4: (f"<</Length {len(body)}>>", body)})))
        == "They hold 300 km² near Toretsk now."
    )


def test_the_day_of_a_heading_is_the_date_unless_told_otherwise(tmp_path, pypdf):
    made = make_pdf([["Assessment, November 10, 2024", "", *PARAGRAPH]])
    assert read(tmp_path, made).reports[0].issued == dt.datetime(2024, 11, 10, tzinfo=dt.UTC)
    told = read(tmp_path, made, date="2024-11-12", source="Institute").reports[0]
    assert (told.issued.day, told.publisher) == (12, "Institute")


def test_the_day_on_which_a_file_was_made_is_never_its_date(tmp_path, pypdf):
    stamp = {"CreationDate": dt.datetime(2024, 11, 11, 9, 0)}  # noqa: DTZ001 - as matplotlib wants it
    result = read(tmp_path, make_pdf([PARAGRAPH], metadata=stamp))
    assert result.reports[0].issued is None
    assert "no date" in str(result.problems[-1])
    later = read(tmp_path, make_pdf([["Forecast for 24 December 2024", "", *PARAGRAPH]], metadata=stamp))
    assert later.reports[0].issued is None


def test_the_stamp_of_an_old_template_does_not_hide_the_date(tmp_path, docx):
    document = make_word(docx)
    document.core_properties.modified = document.core_properties.created = dt.datetime(2013, 12, 23)  # noqa: DTZ001
    assert read(tmp_path, save(document), "a.docx").reports[0].issued.date() == dt.date(2024, 11, 10)


def make_xmp(words, head=""):
    body = f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about=""><dc:publisher><rdf:Bag><rdf:li>{words}</rdf:li>
    </rdf:Bag></dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>"""
    data = (head + body).encode()
    return {
        1: "<</Type/Catalog/Pages 2 0 R/Metadata 7 0 R>>",
        7: (f"<</Type/Metadata/Subtype/XML/Length {len(data)}>>", data),
    }


def test_the_publisher_of_a_pdf_is_who_its_metadata_name_unless_told_otherwise(tmp_path, pypdf):
    data = build_pdf(make_xmp("Relief Office"))
    assert read(tmp_path, data).reports[0].publisher == "Relief Office"
    assert read(tmp_path, data, source="Other").reports[0].publisher == "Other"
    bomb = '<!DOCTYPE x [<!ENTITY a "' + "a" * 1000 + '"><!ENTITY b "' + "&a;" * 1000 + '">]>'
    assert read(tmp_path, build_pdf(make_xmp("&b;" * 50, bomb))).reports[0].publisher == ""


def test_short_lines_are_no_unreadable_text(tmp_path, pypdf):
    page = [(f"{n}", 60 + 200 * (n % 2), 760 - 40 * n, 11) for n in range(1, 12)]
    assert text_of(read(tmp_path, make_pdf([page]))).split() == [str(n) for n in range(1, 12)]


def test_letters_without_codes_are_told(tmp_path, pypdf):
    page = [Line(text="\ue001\ue002 \ue003", along=0, height=9, size=9)]
    (told,) = pdf._draft("a.pdf", [page], pdf._Facts(title="", author="", publisher="", made=None))
    assert "fonts" in told.message


def test_offsets_are_of_the_text_that_is_read(tmp_path, pypdf):
    from geo.pipeline import run

    result = read(
        tmp_path,
        make_pdf([[*PARAGRAPH, "Russian forces captured the village of Robotyne."]]),
        date="2024-11-10",
    )
    (claim, *_) = [one for one in run(result.reports).claims if "Robotyne" in one.quote.exact]
    text = result.reports[0].text
    assert text[claim.quote.start : claim.quote.end] == claim.quote.exact


def test_a_pdf_that_is_locked_against_changes_only_is_read(tmp_path, pypdf):
    assert text_of(read(tmp_path, make_pdf([[WORDS]], password=""))) == WORDS


def test_pages_without_text_are_told(tmp_path, pypdf):
    assert faults(read(tmp_path, make_pdf([[], []]))) == [
        "no text on any page (2), as of a scanner: it needs OCR first"
    ]
    result = read(tmp_path, make_pdf([[WORDS], []]))
    assert text_of(result) == WORDS
    assert any("no text on page 2 of 2" in str(problem) for problem in result.problems)


def test_our_own_picture_is_no_report(tmp_path, pypdf):
    result = read(tmp_path, make_pdf([[WORDS]], metadata={"Creator": "Frontline"}))
    assert not result.reports
    assert [problem.fatal for problem in result.problems] == [False]


@pytest.mark.parametrize("name", ["_MOST_PAGES", "_MOST_PIECES", "_MOST_ON_A_PAGE", "MAX_BYTES"])
def test_bounds_of_a_pdf_are_told(tmp_path, pypdf, monkeypatch, name):
    monkeypatch.setattr(pdf, name, 1)
    assert len(faults(read(tmp_path, make_pdf([[WORDS, WORDS]] * 2)))) == 1


def test_a_broken_page_is_told_and_the_others_are_read(tmp_path, pypdf, monkeypatch):
    crowded = [(f"{n}", 60 + n, 100 + n, 11) for n in range(100)]
    monkeypatch.setattr(pdf, "_MOST_ON_A_PAGE", 60)
    result = read(tmp_path, make_pdf([[WORDS], crowded]))
    assert text_of(result) == WORDS
    assert any("no text on page 2 of 2" in str(problem) for problem in result.problems)


def test_what_is_locked_or_broken_is_told_and_the_rest_is_read(tmp_path, pypdf):
    whole = make_pdf([[WORDS]])
    for name, data in {
        "1.pdf": make_pdf([[WORDS]], password="secret"),
        "2.pdf": whole[: len(whole) // 2],
        "3.pdf": b"%PDF-1.7\nnothing",
        "4.pdf": b"words of a text file",
        "5.docx": make_zip({"word/document.xml": "<w:document"}),
        "6.docx": b"PK\x03\x04 broken",
        "7.txt": WORDS.encode(),
    }.items():
        (tmp_path / name).write_bytes(data)
    result = read_reports([tmp_path])
    assert [report.text for report in result.reports] == [WORDS]
    told = [str(problem) for problem in result.problems if problem.fatal]
    assert [line.split("/")[-1][:5] for line in told] == [
        "1.pdf",
        "2.pdf",
        "3.pdf",
        "4.pdf",
        "5.doc",
        "6.doc",
    ]
    assert "password" in told[0]
    assert all("\n" not in line and ("save" in line or "print" in line) for line in told), told


def make_hostile_pdfs():
    """PDFs that hold themselves: a page tree, a form, a stream that unpacks to very much."""
    import zlib

    bomb = zlib.compress(b"BT /F1 12 Tf (x) Tj ET " * 4_000_000, 9)
    yield build_pdf({2: "<</Type/Pages/Kids[2 0 R]/Count 1>>"})
    yield build_pdf({2: "<</Type/Pages/Kids[3 0 R]/Count 1000000000>>"})
    yield build_pdf({4: (f"<</Length {len(bomb)}/Filter/FlateDecode>>", bomb)})
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>/Length 7>>"
    yield build_pdf({6: (form, b"/X Do  "), 4: ("<</Length 5>>", b"/X Do")})
    yield build_pdf({4: ("<</Length 400000>>", b"[" * 400_000)})
    yield build_pdf({4: ("<</Length 400000>>", b"<<" * 200_000)})


def test_a_pdf_written_by_hand_is_read(tmp_path, pypdf):
    assert text_of(read(tmp_path, build_pdf({}))) == "Some words"


@pytest.mark.slow
@pytest.mark.parametrize("number", range(6))
def test_hostile_pdfs_end_and_leave_the_others(tmp_path, pypdf, number):
    (tmp_path / "a.pdf").write_bytes(list(make_hostile_pdfs())[number])
    (tmp_path / "b.txt").write_text(WORDS)
    assert WORDS in [report.text for report in read_reports([tmp_path]).reports]


# Lines


def lines(*texts, size=10.0, top=700.0, along=50.0):
    return [Line(text=text, along=along, height=top - n * 12, size=size) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the military num-", "ber of them", "the military number of them"),
        ("the city of Ivano-", "Frankivsk lies", "the city of Ivano-Frankivsk lies"),
        ("a range of 50-", "kilometre or so", "a range of 50-kilometre or so"),
        ("to the north-", "east of it", "to the north-east of it"),
        ("na\u00ad", "tion and", "nation and"),
        ("по-стро¬", "ково", "по-строково"),
        ("he said -", "and left", "he said - and left"),
        ("the of\ufb01cer", "said so", "the officer said so"),
    ],
)
def test_hyphens_at_the_ends_of_lines(first, second, whole):
    assert join_pages([lines(first, second)]) == whole


def test_a_compound_of_the_text_itself_keeps_its_hyphen():
    assert "a zig-zag" in join_pages([lines("They wrote zig-zag once, and then a zig-", "zag")])


def test_a_sentence_goes_on_over_the_page_behind_notes():
    one = [*lines("They left the town, and"), *lines("Telegram, 9 November", size=7.0, top=90)]
    two = [Line(text="went on to the west.", along=50, height=700, size=10, page=1)]
    assert join_pages([one, two]).split("\n\n") == [
        "They left the town, and went on to the west.",
        "Telegram, 9 November",
    ]


def test_text_that_repeats_at_the_rim_without_a_gap_is_no_running_head():
    page = lines(*["The same words stand on every page of it."] * 3)
    assert join_pages([page, page]).count("The same words") == 6


@given(
    st.lists(
        st.lists(
            st.builds(
                Line,
                text=st.text(min_size=1, max_size=20).filter(str.strip),
                along=st.floats(-1e6, 1e6),
                height=st.floats(-1e6, 1e6),
                size=st.floats(0.1, 1000),
                turn=st.sampled_from([0, 90]),
            ),
            max_size=6,
        ),
        max_size=4,
    )
)
@settings(deadline=None)
def test_any_lines_give_a_text_and_no_letter_is_made_up(pages):
    text = join_pages(pages)
    letters = {sign for page in pages for line in page for sign in line.text} | set("\n fistlf•-")
    assert set(text) <= letters

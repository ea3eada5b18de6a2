"""Every input that is readable is read, and every one that is not gives one line that names it."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputError
from geo.language.lexicon import list_languages
from geo.reports.decode import clean_text, decode_bytes
from geo.reports.drafts import MAX_BYTES, parse_date
from geo.reports.read import ReadOptions, read_reports

EXAMPLES = Path(__file__).parents[1] / "data" / "reports"
WORDS = "Drones hit Odesa overnight."


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def tell(result, *, fatal=True):
    return [str(problem) for problem in result.problems if problem.fatal == fatal]


def test_text_with_and_without_a_header(tmp_path):
    header = (
        '---\ndate: 2024-11-10\nsource: "A paper"\nlang: en\nurl: https://example.org/1\nnote: kept\n---\n'
    )
    write(tmp_path, "a.txt", header + WORDS)
    write(tmp_path, "b.md", "A title\n\n" + WORDS)
    result = read_reports([tmp_path])
    first, second = result.reports
    assert (first.text, first.publisher, first.language, first.url) == (
        *(WORDS, "A paper", "en"),
        "https://example.org/1",
    )
    assert first.issued == datetime(2024, 11, 10, tzinfo=UTC)
    assert first.extra == {"note": "kept"}
    assert (second.text, second.language, second.issued) == ("A title\n\n" + WORDS, "und", None)
    assert tell(result) == []
    assert len(tell(result, fatal=False)) == 1


def test_options_say_what_an_input_does_not(tmp_path):
    path = write(tmp_path, "a.txt", WORDS)
    given_ = write(tmp_path, "b.jsonl", json.dumps({"text": WORDS, "date": "2024-01-02", "source": "own"}))
    options = ReadOptions(date="2024-11-10T08:00+02:00", source="S", lang="en", url="https://example.org")
    bare, own = read_reports([path, given_], options).reports
    assert (bare.publisher, bare.language, bare.url) == ("S", "en", "https://example.org")
    assert bare.issued.isoformat() == "2024-11-10T08:00:00+02:00"
    assert (own.publisher, own.issued.date().isoformat()) == ("own", "2024-01-02")
    with pytest.raises(InputError, match="'tomorrow'"):
        read_reports([path], ReadOptions(date="tomorrow"))


def test_json_lines_keep_ids_and_other_fields_and_never_claims(tmp_path):
    line = {
        "id": "x-1",
        "lang": "uk",
        "date": "2024-11-06",
        "source": "S",
        "text": "Бої.",
        "claims": [1],
        "tag": 7,
    }
    path = write(tmp_path, "r.jsonl", json.dumps(line, ensure_ascii=False) + "\n\n")
    (report,) = read_reports([path]).reports
    assert (report.id, report.language, report.extra) == ("x-1", "uk", {"tag": 7})


@pytest.mark.parametrize(
    "value",
    [{"text": WORDS}, [{"text": WORDS}, {"body": WORDS}], {"articles": [{"content": WORDS}]}],
)
def test_json_of_one_or_many(tmp_path, value):
    result = read_reports([write(tmp_path, "r.json", json.dumps(value))])
    assert {report.text for report in result.reports} == {WORDS}
    assert tell(result) == []


@pytest.mark.parametrize(("name", "mark"), [("r.csv", ","), ("r.csv", ";"), ("r.tsv", "\t")])
def test_tables(tmp_path, name, mark):
    rows = [
        ["Id", "Published", "Publisher", "Link", "Body"],
        ["1", "10.11.2024", "S", "https://e.org", f'"{WORDS}"'],
    ]
    path = write(tmp_path, name, "\ufeff" + "\n".join(mark.join(row) for row in rows) + "\n")
    (report,) = read_reports([path]).reports
    assert (report.id, report.publisher, report.url, report.text) == ("1", "S", "https://e.org", WORDS)
    assert report.issued.date().isoformat() == "2024-11-10"


PAGE = """<html lang="en"><head><meta charset="{charset}"><title>Strike on Odesa</title>
<meta property="og:site_name" content="Harbour"><meta property="article:published_time" content="2024-11-10">
</head><body><nav>home news sport</nav><article><h1>Strike on Odesa</h1>
<p>Russian drones hit Odesa overnight, officials said. Two people were wounded and a house burned down.</p>
<p>The mayor said that firefighters had worked until morning. “We hold on”, he added, and power was back.</p>
</article><footer>copyright</footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "cp1252"])
def test_a_page(tmp_path, charset):
    path = write(tmp_path, "p.html", PAGE.format(charset=charset).encode(charset))
    (report,) = read_reports([path]).reports
    assert report.text.startswith("Strike on Odesa")
    assert "“We hold on”" in report.text
    assert "copyright" not in report.text
    assert (report.publisher, report.issued.date().isoformat()) == ("Harbour", "2024-11-10")


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title><language>uk</language>
<item><title>Удар</title><link>https://e.org/1</link><guid>g1</guid>
<pubDate>Sun, 10 Nov 2024 08:00:00 +0200</pubDate>
<description>&lt;p&gt;Дрони &lt;b&gt;вдарили&lt;/b&gt; по Одесі.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;</description>
</item><item><title>Тиша</title></item></channel></rss>"""


ARTICLE = (
    "<p>"
    + "Russian forces captured the village in 2023, officials said, and held it until May. " * 4
    + "</p>"
)


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ('<meta property="article:published_time" content="2024-11-10T08:00:00Z">', "", "2024-11-10"),
        ("", '<time datetime="2024-11-10T08:00">10 Nov</time>', "2024-11-10"),
        ("", '<span class="date">10 листопада 2024, 18:30</span>', "2024-11-10"),
        ("", '<div class="article__time"><b>10 ноября 2024</b></div>', "2024-11-10"),
        ("", '<p class="publish-date">Publié le 10 novembre 2024</p>', "2024-11-10"),
        ("", "<p>Київ, 10 листопада 2024</p>", "2024-11-10"),
        ('<link rel="canonical" href="https://x.org/news/2024/11/10/attack">', "", "2024-11-10"),
        ("", "", None),
        ("", "<footer>© 2024 Paper</footer>", None),
    ],
)
def test_the_day_of_a_page_is_one_that_it_shows_as_such(tmp_path, head, body, day):
    page = f"<html><head>{head}<title>Title</title></head><body><article><h1>Title</h1>{body}{ARTICLE}</article></body></html>"
    (report,) = read_reports([write(tmp_path, "a.html", page)]).reports
    assert (report.issued.date().isoformat() if report.issued else None) == day


def test_a_feed(tmp_path):
    first, second = read_reports([write(tmp_path, "f.xml", FEED)]).reports
    assert first.text == "Удар\n\nДрони вдарили по Одесі."
    assert (first.id, first.url, first.publisher, first.language) == ("g1", "https://e.org/1", "Feed", "uk")
    assert first.issued.isoformat() == "2024-11-10T08:00:00+02:00"
    assert second.text == "Тиша"


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (json.dumps({"text": WORDS}), [WORDS]),
        ('{"text": "a"}\n{"text": "b"}', ["a", "b"]),
        (WORDS, [WORDS]),
        (FEED, ["Удар\n\nДрони вдарили по Одесі.", "Тиша"]),
    ],
)
def test_standard_input_is_told_by_its_first_letters(monkeypatch, data, texts):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
    assert [report.text for report in read_reports(["-"]).reports] == texts


ENCODED = [
    ("utf-8", "Ракета влучила в Харків. Є поранені."),
    ("utf-8-sig", "Ракета влучила в Харків. Є поранені."),
    ("utf-16", "Ракета влучила в Харків. Є поранені."),
    ("utf-16-le", "Russian troops entered the town, officials said."),
    ("cp1251", "Війська відбили атаку біля Курахового, повідомив Генштаб. Є поранені."),
    ("cp1251", "Российские войска вошли в Курахово, сообщили в Минобороны. Бои идут."),
    ("koi8-r", "Российские войска вошли в Курахово, сообщили в Минобороны. Бои идут."),
    ("latin-1", "Les troupes russes ont progressé près de Kourakhove, a indiqué l'état-major à Kiev."),
]


@pytest.mark.parametrize(("encoding", "text"), ENCODED)
def test_encodings(tmp_path, encoding, text):
    assert [r.text for r in read_reports([write(tmp_path, "a.txt", text.encode(encoding))]).reports] == [text]


def test_text_is_nfc_without_control_characters():
    assert clean_text("Kie\u0301v\r\nis\x00 here\u2028now\ud800 ") == "Kiév\nis  here\nnow"


BAD = [
    ("a.txt", b"", "a.txt: empty"),
    ("a.txt", b" \n\t", "a.txt: empty"),
    ("a.txt", b"---\ndate: 2024-11-10\n---\n\n", "a.txt: no text"),
    ("a.txt", b"abc \0 def", "a.txt: not a text file: it holds a NUL byte"),
    ("a.txt", bytes(range(256)) * 4, "a.txt: not a text file"),
    ("a.json", b"{not json", "a.json: not JSON"),
    ("a.json", b"[" * 100_000, "a.json: JSON nested too deeply"),
    ("a.json", b"[1]", "a.json:1: int, not an object"),
    ("a.jsonl", b"\n\n", "a.jsonl: empty"),
    ("a.jsonl", b'{"text": {"x": 1}}', "a.jsonl:1: its 'text' is dict, not a string"),
    (
        "a.jsonl",
        b'{"titel": "x"}',
        "a.jsonl:1: no text: the report's words stand in a field 'text' (fields found: 'tit",
    ),
    ("a.jsonl", b'{"text": "  "}', "a.jsonl:1: its 'text' is empty"),
    (
        "a.csv",
        b"one,two\n1,2\n",
        "a.csv:1: no text: a column 'text' holds the reports' words (columns found: 'one', 'two')",
    ),
    ("a.html", b"<html><body></body></html>", "a.html: no article found"),
    ("a.rss", b"<rss></rss>", "a.rss: no entry"),
]


@pytest.mark.parametrize(("name", "data", "line"), BAD)
def test_bad_inputs_give_one_line_and_the_rest_is_read(tmp_path, name, data, line):
    bad, good = write(tmp_path, name, data), write(tmp_path, "good.txt", WORDS)
    result = read_reports([bad, good])
    (told,) = tell(result)
    assert told.startswith(str(tmp_path / line))
    assert "\n" not in told
    assert [report.text for report in result.reports] == [WORDS]


def test_a_broken_line_leaves_the_others(tmp_path):
    path = write(tmp_path, "reports.jsonl", '{"text": "a"}\n{"text": "b"}\n{"text": \n{"text": "d"}\n')
    result = read_reports([path])
    assert [report.text for report in result.reports] == ["a", "b", "d"]
    (told,) = tell(result)
    assert told.startswith(f"{path}:3: not JSON (")
    assert told.endswith("mend the line or leave it out")


def test_a_line_of_fifty_megabytes_is_told_and_passed(tmp_path):
    path = tmp_path / "big.jsonl"
    path.write_bytes(b'{"text": "' + b"x" * 50_000_000 + b'"}\n{"text": "b"}\n')
    result = read_reports([path])
    assert [report.text for report in result.reports] == ["b"]
    assert tell(result) == [f"{path}:1: more than 20 MB in one line: no report"]


def test_a_file_that_is_too_large_is_told(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert tell(read_reports([path])) == [f"{path}: more than 20 MB: split it into reports"]


def test_what_is_not_there_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    result = read_reports([tmp_path / "none.txt", tmp_path / "empty", "a\0b"])
    told = tell(result)
    assert len(told) == 3
    assert told[0].startswith(f"{tmp_path / 'none.txt'}: cannot be read (No such file")
    assert told[1].startswith(f"{tmp_path / 'empty'}: no report in the folder")


def test_folders_are_searched_and_hidden_files_left(tmp_path):
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    write(tmp_path / "deep" / "er", "a.txt", WORDS)
    write(tmp_path / ".git", "b.txt", "hidden")
    write(tmp_path, "c.png", b"\x89PNG")
    write(tmp_path / "deep", "d.DOC", b"\xd0")
    result = read_reports([tmp_path])
    assert [report.text for report in result.reports] == [WORDS]
    assert tell(result, fatal=False)[0] == f"{tmp_path}: files of other sorts passed over: 2 (.doc, .png)"


def test_a_wrong_date_is_a_warning_and_the_report_is_kept(tmp_path):
    path = write(tmp_path, "r.jsonl", json.dumps({"text": WORDS, "date": "someday"}))
    result = read_reports([path])
    assert result.reports[0].issued is None
    assert tell(result) == []
    (told,) = tell(result, fatal=False)
    assert told.startswith(f"{path}:1: date 'someday' is not ISO 8601")


def test_missing_dates_are_told_once(tmp_path):
    path = write(tmp_path, "r.jsonl", "\n".join(json.dumps({"text": f"{WORDS} {n}"}) for n in range(3)))
    (told,) = tell(read_reports([path]), fatal=False)
    assert told.startswith(f"{path}:1: no date (and 2 more)")


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2024-11-10", "2024-11-10T00:00:00+00:00"),
        ("2024-11-10T08:00:00Z", "2024-11-10T08:00:00+00:00"),
        ("2024-11-10 08:00+02:00", "2024-11-10T08:00:00+02:00"),
        ("Sun, 10 Nov 2024 08:00:00 GMT", "2024-11-10T08:00:00+00:00"),
        ("10.11.2024", "2024-11-10T00:00:00+00:00"),
        ("2024/11/10", "2024-11-10T00:00:00+00:00"),
    ],
)
def test_dates(words, iso):
    assert parse_date(words).isoformat() == iso


def test_example_reports_are_all_read_and_dated():
    result = read_reports([EXAMPLES])
    assert result.problems == ()
    by_language = {tag: [r for r in result.reports if r.language == tag] for tag in ("en", "fr", "uk", "ru")}
    assert all(len(reports) >= 3 for reports in by_language.values())
    assert all(r.issued and r.issued.strftime("%Y-%m") == "2024-11" and r.publisher for r in result.reports)
    assert {r.language for r in result.reports} <= set(list_languages())


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_an_input_error(data):
    try:
        text = clean_text(decode_bytes(data))
    except InputError:
        return
    text.encode()
    assert "\0" not in text


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table_on_standard_input_is_told_by_its_headings(monkeypatch, mark):
    table = mark.join(["Headline", "Body", "Publication date"]) + "\n" + mark.join(["H", WORDS, "10.11.2024"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table.encode())))
    (report,) = read_reports(["-"]).reports
    assert (report.text, report.issued.date().isoformat()) == (WORDS, "2024-11-10")


def test_a_sentence_that_holds_a_heading_is_no_table(monkeypatch):
    words = "The text, he said, was short.\nFighting went on."
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(words.encode())))
    assert [report.text for report in read_reports(["-"]).reports] == [words]


def test_the_same_report_is_read_once_and_told(tmp_path):
    one, two = write(tmp_path, "a.txt", WORDS), write(tmp_path, "b.txt", WORDS)
    result = read_reports([one, two])
    assert len(result.reports) == 1
    assert [str(p) for p in result.problems if "read once" in str(p)] == [
        f"{two}: the same report as {one}: read once"
    ]
    assert not any(problem.fatal for problem in result.problems)


def test_copies_make_one_report_that_tells_what_any_of_them_tells(tmp_path):
    bare = write(tmp_path, "a.txt", WORDS)
    told = write(tmp_path, "b.txt", f"---\ndate: 2024-11-10\nsource: Wire\n---\n{WORDS}")
    result = read_reports([bare, told])
    (report,) = result.reports
    assert (report.publisher, report.issued.day, result.origins[report.id]) == ("Wire", 10, str(bare))
    assert [str(problem) for problem in result.problems] == [f"{told}: the same report as {bare}: read once"]


def test_the_same_words_of_two_publishers_are_two_reports(tmp_path):
    lines = "\n".join(json.dumps({"text": WORDS, "source": name, "date": "2024-11-10"}) for name in "ab")
    result = read_reports([write(tmp_path, "a.jsonl", lines)])
    assert [report.publisher for report in result.reports] == ["a", "b"]
    assert str(result.problems[0]).endswith(":1, of another day or publisher: both are read")


def test_two_reports_of_one_id_are_told_apart(tmp_path):
    lines = "\n".join(json.dumps({"id": "c", "text": f"{WORDS} {n}"}) for n in range(3))
    path = write(tmp_path, "a.jsonl", lines)
    result = read_reports([path])
    assert [report.id for report in result.reports] == ["c", "c-2", "c-3"]
    assert result.origins["c-2"] == f"{path}:2"
    assert sum("is that of" in str(problem) for problem in result.problems) == 2


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("a.docx", b"PK\x03\x04\x00\x00", "no .docx file, or a broken one"),
        ("a.txt", b"PK\x03\x04\x00\x00", "a zipped file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("a.rtf", b"{\\rtf1 Russian forces}", "RTF"),
        ("a.jsonl", b'{"text": 12}', "its 'text' is int"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "GeoJSON, not reports"),
    ],
)
def test_what_is_no_report_is_named(tmp_path, name, data, word):
    result = read_reports([write(tmp_path, name, data)])
    assert not result.reports
    assert word in str(result.problems[0])


def test_our_own_page_is_no_report(tmp_path):
    from maps.cli import main

    out = tmp_path / "map.html"
    assert main(["map", str(write(tmp_path, "a.txt", WORDS)), "--date", "2024-11-10", "-o", str(out)]) == 0
    result = read_reports([out])
    assert not result.reports
    assert "a map of ours" in str(result.problems[0])


def test_exports_of_news_services_and_chats(tmp_path):
    news = {
        "articles": [{"content": WORDS, "publishedAt": "2024-11-10T08:00:00Z", "source": {"name": "Wire"}}]
    }
    pieces = ["Удар по ", {"type": "bold", "text": "Харкову"}, "."]
    chat = {"name": "Channel", "messages": [{"id": 7, "date_unixtime": "1731230000", "text": pieces}]}
    first, second = read_reports(
        [write(tmp_path, "a.json", json.dumps(news)), write(tmp_path, "b.json", json.dumps(chat))]
    ).reports
    assert (first.text, first.publisher, first.issued.isoformat()) == (
        WORDS,
        "Wire",
        "2024-11-10T08:00:00+00:00",
    )
    assert (second.text, second.id) == ("Удар по Харкову.", "7")
    assert second.issued.isoformat() == "2024-11-10T09:13:20+00:00"


def test_posts_of_a_chat_without_words_are_no_fault(tmp_path):
    message = {"type": "message", "date": "2024-11-10T09:00:00"}
    posts = [
        {"id": 1, "type": "service", "date": "2024-11-10T08:00:00", "action": "create_channel"},
        message | {"id": 2, "text": "", "photo": "photo_1.jpg"},
        message | {"id": 3, "text": WORDS},
    ]
    result = read_reports([write(tmp_path, "result.json", json.dumps({"messages": posts}))])
    assert [report.id for report in result.reports] == ["3"]
    assert [problem.fatal for problem in result.problems] == [False, False]
    assert all("without words" in str(problem) for problem in result.problems)

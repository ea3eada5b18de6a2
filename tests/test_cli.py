"""The command as a user meets it: help, outputs, exit status, one line an error, whole files only."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.resources import list_lexicons, name_languages
from maps import progress
from maps.cli import COMMANDS, main

TEXT = "Russian forces captured the village of Robotyne on Friday. A drone attack hit Kyiv overnight."


def write_report(folder: Path, name: str = "report.txt", text: str = TEXT) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def map_text(folder: Path, *more: str) -> int:
    report = write_report(folder)
    return main(["map", str(report), "--date", "2024-05-18", "--lang", "en", *more])


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])
    assert stopped.value.code == 0
    assert command in capsys.readouterr().out


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from maps.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): main(['--help'])\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & "
        "{'pandas', 'geopandas', 'shapely', 'numpy', 'folium', 'pyproj', 'pyogrio', 'sqlite3', 'rich', 'geopy', 'xml', 'pypdf', 'openpyxl'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_map_writes_claims_as_geojson(tmp_path: Path) -> None:
    out = tmp_path / "claims.geojson"
    assert map_text(tmp_path, "-o", str(out)) == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    told = {(f["properties"]["kind"], f["properties"]["place"]) for f in features}
    assert ("control", "Robotyne") in told
    assert ("strike", "Kyiv") in told


@pytest.mark.parametrize("suffix", ["html", "gpkg", "csv"])
def test_map_writes_other_formats(tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"map.{suffix}"
    assert map_text(tmp_path, "-o", str(out)) == 0
    assert out.stat().st_size > 100


def test_unknown_suffix_is_refused_before_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert map_text(tmp_path, "-o", str(tmp_path / "map.docx")) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert len(lines) == 1
    assert "map.docx" in lines[0]


def test_bad_input_names_file_and_line_and_the_rest_is_mapped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "a", "text": TEXT, "date": "2024-05-18", "lang": "en"}
    lines = [
        json.dumps(good),
        json.dumps(good | {"id": "b", "text": ""}),
        "{not json",
        json.dumps(good | {"id": "d"}),
    ]
    reports = write_report(tmp_path, "reports.jsonl", "\n".join(lines))
    out = tmp_path / "out.geojson"
    assert main(["map", str(reports), str(tmp_path / "missing.txt"), "-o", str(out)]) == 2
    told = capsys.readouterr().err
    assert "reports.jsonl:2" in told
    assert "reports.jsonl:3" in told
    assert "missing.txt" in told
    found = {f["properties"]["report"] for f in json.loads(out.read_text(encoding="utf-8"))["features"]}
    assert found == {"a", "d"}


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x00\x00\x01\x02\xff\xfe\x00", b"   \n\n"])
def test_empty_and_binary_files_get_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    assert main(["map", str(bad), "-o", str(tmp_path / "out.geojson")]) == 2
    told = [line for line in capsys.readouterr().err.splitlines() if "bad.txt" in line]
    assert len(told) == 1
    assert "Traceback" not in "".join(told)


def test_strict_tells_by_exit_status_that_something_was_not_placed(tmp_path: Path) -> None:
    text = "Russian forces captured the village of Qwrtzplin on Friday."
    report = write_report(tmp_path, text=text)
    words = ["map", str(report), "--date", "2024-05-18", "--lang", "en", "-o", str(tmp_path / "o.geojson")]
    assert main(words) == 0
    assert main([*words, "--strict"]) == 1


def test_claims_prints_one_json_object_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_report(tmp_path)
    assert main(["claims", str(report), "--date", "2024-05-18", "--lang", "en", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = {row["kind"] for row in rows if "kind" in row}
    assert {"control", "strike"} <= kinds
    for row in rows:
        if "quote" in row:
            assert TEXT[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_claims_table_shows_kind_and_quote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_report(tmp_path)
    assert main(["claims", str(report), "--date", "2024-05-18", "--lang", "en"]) == 0
    assert "Strike" in capsys.readouterr().out


@pytest.mark.parametrize("tag", ["en", "fr", "uk", "ru", "de"])
def test_claims_table_speaks_the_language_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tag: str
) -> None:
    from maps.words import load_words

    report = write_report(tmp_path, text="Russian forces shelled Sumy. Some 30 drones hit the Odesa region.")
    assert main(["claims", str(report), "--date", "2024-05-18", "--lang", "en", "--ui-lang", tag]) == 0
    out, words = capsys.readouterr().out, load_words(tag)
    assert words.word("kinds", "strike") in out
    assert words.word("statuses", "reported") in out
    assert words.side("RUS") in out
    assert words.amount(30, 30, "drones") in " ".join(out.split())
    assert words.count("plurals", "left_out", 0) in out
    for foreign in {"left out", "reported ·", "2 claims", "Strike"} if tag != "en" else ():
        assert foreign not in out


def test_an_unknown_language_of_the_table_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", str(write_report(tmp_path)), "--ui-lang", "xx"]) == 2
    assert "--ui-lang 'xx'" in capsys.readouterr().err


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    old = '{"type": "FeatureCollection", "features": []}'
    out = tmp_path / "out.geojson"
    out.write_text(old, encoding="utf-8")
    row = {"id": "x", "text": TEXT * 30, "date": "2024-05-18", "lang": "en"}
    many = "\n".join(json.dumps(row | {"id": str(n)}) for n in range(400))
    reports = write_report(tmp_path, "many.jsonl", many)
    command = [sys.executable, "-m", "maps.cli", "map", str(reports), "-o", str(out)]
    for wait in (0.3, 0.8, 1.3):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=dict(os.environ))
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
        text = out.read_text(encoding="utf-8")
        assert text == old or json.loads(text)["features"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    assert map_text(tmp_path, "-o", str(first)) == 0
    assert map_text(tmp_path, "-o", str(second)) == 0
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", ["geojson", "html", "csv"])
def test_of_a_young_claim_no_word_gets_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    out = tmp_path / f"out.{suffix}"
    words = ["-o", str(out), "--delay-hours", "48", "--now", "2024-05-18T20:00", "--strict"]
    words += ["--url", "https://example.org/robotyne-falls"]
    assert map_text(tmp_path, *words) == 0
    assert "robotyne" not in out.read_text(encoding="utf-8").casefold()
    assert "2 held back" in capsys.readouterr().err


def test_a_claim_without_a_place_stands_in_every_output(tmp_path: Path) -> None:
    report = write_report(tmp_path, text="Russian forces captured the village of Qwrtzplin on Friday.")
    outs = [tmp_path / f"o.{suffix}" for suffix in ("geojson", "geojsonl", "csv", "kml", "html")]
    words = [word for out in outs for word in ("-o", str(out))]
    assert main(["map", str(report), "--date", "2024-05-18", "--lang", "en", *words]) == 0
    assert json.loads(outs[0].read_text(encoding="utf-8"))["features"][0]["geometry"] is None
    for out in outs:
        text = out.read_text(encoding="utf-8")
        assert "Qwrtzplin" in text, out.name
        assert "no place of this name is known" in text, out.name


def test_nothing_read_leaves_the_old_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "map.html"
    out.write_text("old", encoding="utf-8")
    assert main(["map", str(tmp_path / "typo.txt"), "-o", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "old"
    assert "nothing was written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["--coarsen-km", "nan"],
        ["--coarsen-km", "-1"],
        ["--delay-hours", "1e12"],
        ["--now", "yesterday"],
        ["--ui-lang", "xx"],
        ["--lang", "xx"],
        ["--date", "soon"],
        ["-o", "{folder}/folder.html"],
        ["-o", "{folder}/report.txt.csv"],
    ],
)
def test_wrong_options_give_one_line_and_no_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    (tmp_path / "folder.html").mkdir()
    report = write_report(tmp_path, "report.txt.csv", "text,date\nA drone attack hit Kyiv.,2024-05-18\n")
    out = tmp_path / "out.geojson"
    told = [word.replace("{folder}", str(tmp_path)) for word in words]
    assert main(["map", str(report), "-o", str(out), *told]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert not out.exists()
    assert report.read_text(encoding="utf-8").startswith("text,date")


def test_a_report_in_an_unknown_language_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = write_report(tmp_path, text="昨天俄罗斯军队占领了罗伯特内村。")
    words = ["map", str(report), "--date", "2024-05-18", "-o", str(tmp_path / "o.geojson")]
    assert main(words) == 0
    assert "report.txt: not read" in capsys.readouterr().err
    assert main([*words, "--strict"]) == 1


def test_layers_are_counted_and_never_published_unguarded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    layers, again = tmp_path / "a.gpkg", tmp_path / "b.geojson"
    assert map_text(tmp_path, "-o", str(layers)) == 0
    capsys.readouterr()
    assert main(["map", str(layers), "-o", str(again)]) == 0
    assert "a.gpkg: 2 drawn, 0 not placed" in capsys.readouterr().err
    assert main(["map", str(layers), "-o", str(again), "--coarsen-km", "20"]) == 2


def test_many_bad_lines_of_one_file_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = write_report(tmp_path, "other.jsonl", '{"one": 1}\n' * 200)
    assert main(["map", str(table), "-o", str(tmp_path / "o.geojson")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) < 60
    assert any("150 more like these" in line for line in lines)


def test_a_southern_latitude_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "--reverse", "-33.9,151.2", "--limit", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["places"][0]["country_code"] == "AU"


def test_a_country_of_three_letters_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Pokrovsk", "--country", "UKR"]) == 2
    assert "alpha-2" in capsys.readouterr().err


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layers = tmp_path / "a.gpkg"
    assert map_text(tmp_path, "-o", str(layers)) == 0
    capsys.readouterr()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", str(layers), "--port", port]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"port {port}" in line


@pytest.mark.parametrize(
    "words",
    [
        ["front", "{report}", "--on", "10.11.2024", "-o", "{folder}/o.html"],
        ["front", "{report}", "--on", "2024-11-10", "--side-a", "XX", "-o", "{folder}/o.html"],
        ["front", "{report}", "--on", "2024-11-10", "--side-a", "RUS", "-o", "{folder}/o.html"],
        ["front", "{report}", "--on", "2024-11-10", "--memory-days", "-3", "-o", "{folder}/o.html"],
        ["front", "{report}", "--on", "2024-11-10", "--ui-lang", "xx", "-o", "{folder}/o.html"],
        ["compare", "{report}", "{report}", "-o", "{folder}/o.docx"],
        ["compare", "{report}", "{report}", "-o", "{folder}/missing/o.csv"],
        ["compare", "{report}", "{report}", "--precision-m", "-1"],
        ["compare", "{report}", "{report}", "--holder", "Russia"],
    ],
)
def test_front_and_compare_refuse_wrong_options_before_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    report = write_report(tmp_path)
    told = [word.replace("{folder}", str(tmp_path)).replace("{report}", str(report)) for word in words]
    assert main(told) == 2
    captured = capsys.readouterr()
    assert len(captured.err.strip().splitlines()) == 1
    assert not captured.out


def test_a_name_that_many_reports_have_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"text": "Russian forces captured the village of Qwrtzplin.", "date": "2024-05-18", "lang": "en"}
    many = "\n".join(json.dumps(row | {"id": f"r{n}"}) for n in range(30))
    reports = write_report(tmp_path, "many.jsonl", many)
    assert main(["map", str(reports), "-o", str(tmp_path / "o.geojson")]) == 0
    first, last = capsys.readouterr().err.splitlines()
    assert "r0 and 29 more: not placed: 'Qwrtzplin'" in first
    assert "30 reports, 30 claims: 0 drawn, 30 not placed" in last


@pytest.mark.parametrize("words", [["geocode", "Київ", "--json", "--limit", "1"], ["geocode", "-", "--json"]])
def test_pipes_speak_utf_8_whatever_the_system_does(words: list[str]) -> None:
    command = [sys.executable, "-m", "maps.cli", *words]
    env = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        command, input="\ufeffКиїв\n".encode() + b"\xff\n", capture_output=True, env=env, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[0])["query"] == "Київ"


def test_one_warning_that_many_posts_have_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post = {"type": "message", "date": "2024-05-18T09:00:00", "text": ""}
    posts = [post | {"id": number} for number in range(9)] + [post | {"id": 9, "text": TEXT}]
    report = write_report(tmp_path, "result.json", json.dumps({"messages": posts}))
    assert main(["claims", str(report), "--lang", "en"]) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if "without words" in line]
    assert len(told) == 2
    assert told[1].endswith("(9 times)")


def test_a_file_without_a_command_is_told_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = str(write_report(tmp_path))
    assert main([report]) == 2
    assert f"write: frontline map {report} -o map.html" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", "map", "claims", "front", "compare"])
def test_help_names_every_language_that_has_a_lexicon(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    text = " ".join(capsys.readouterr().out.split())
    names = name_languages() if not command else list_lexicons()
    assert f" {', '.join(names)}" in text.replace("(", " ")


def test_every_command_and_its_help_stand_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert all(any(line[:1] == [name] and len(line) > 1 for line in lines) for name in COMMANDS)


UNREAD = {
    "empty.txt": b"",
    "nul.txt": b"abc \0 def",
    "broken.json": b"{not json",
    "line.jsonl": b'{"titel": "x"}\n{"text": ""}\n{"text": \n',
    "columns.csv": b"one,two\n1,2\n",
    "page.html": b"<html><body></body></html>",
    "feed.rss": b"<rss></rss>",
    "old.doc": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "some.rtf": b"{\\rtf1 words}",
    "photo.txt": b"\x89PNG",
    "some.docx": b"PK",
    "twice.txt": TEXT.encode(),
    "late.jsonl": b'{"text": "Words.", "date": "someday"}',
}


@pytest.mark.parametrize("tag", ["fr", "uk", "ru", "de"])
def test_what_is_told_of_inputs_and_of_the_run_speaks_the_language_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tag: str
) -> None:
    for name, data in UNREAD.items():
        (tmp_path / name).write_bytes(data)
    report = write_report(tmp_path, text=f"{TEXT} Russian forces captured the village of Xyzzyville.")
    inputs = [str(report), *(str(tmp_path / name) for name in UNREAD), str(tmp_path / "none.txt")]
    out = str(tmp_path / "map.geojson")
    told = {}
    for lang in ("en", tag):
        assert main(["map", *inputs, "-o", out, "--ui-lang", lang]) == 2
        told[lang] = capsys.readouterr().err.replace(str(tmp_path), "").splitlines()
    assert len(told["en"]) == len(told[tag]) > len(UNREAD)
    assert not set(told["en"]) & set(told[tag])


def test_quiet_tells_lost_inputs_and_no_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inputs = [str(write_report(tmp_path)), str(tmp_path / "none.txt")]
    out = str(tmp_path / "map.kml")
    assert main(["map", *inputs, "-o", out]) == 2
    assert len(capsys.readouterr().err.splitlines()) > 2
    assert main(["map", *inputs, "-o", out, "--quiet"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "none.txt" in line


def test_a_fault_that_many_inputs_share_is_told_of_some(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = write_report(tmp_path)
    missing = [str(tmp_path / f"none{n}.txt") for n in range(25)]
    assert main(["map", str(report), *missing, "-o", str(tmp_path / "o.geojson")]) == 2
    lines = [line for line in capsys.readouterr().err.splitlines() if "cannot be read" in line]
    assert len(lines) == 11
    assert lines[-1].startswith("frontline: 15 more inputs: cannot be read")


@pytest.mark.parametrize("suffix", ["geojson", "kml", "csv", "fgb", "shp.zip"])
def test_what_a_format_cannot_carry_is_told_in_the_language_chosen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], suffix: str
) -> None:
    told = {}
    for lang in ("en", "uk"):
        assert map_text(tmp_path, "-o", str(tmp_path / f"o.{suffix}"), "--ui-lang", lang) == 0
        told[lang] = capsys.readouterr().err.splitlines()
    assert len(told["en"]) == len(told["uk"])
    assert not set(told["en"]) & set(told["uk"])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("total", "sign"), [(10, "50%"), (None, "0:00:00")])
def test_work_that_takes_long_shows_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, total: int | None, sign: str
) -> None:
    monkeypatch.setattr(progress, "_MOMENT", 0.01)
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    with progress.show_work("reading", total=total) as show:
        show(5)
        time.sleep(0.5)
    drawn = sys.stderr.getvalue()
    assert "reading" in drawn
    assert sign in drawn


@pytest.mark.parametrize(
    ("stream", "quiet", "moment"), [(Terminal, True, 0.0), (io.StringIO, False, 0.0), (Terminal, False, 60.0)]
)
def test_nothing_is_shown_of_short_work_to_files_or_when_quiet(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], quiet: bool, moment: float
) -> None:
    monkeypatch.setattr(progress, "_MOMENT", moment)
    monkeypatch.setattr(sys, "stderr", stream())
    with progress.show_work("reading", quiet=quiet) as show:
        show(1)
        time.sleep(0.05)
    assert sys.stderr.getvalue() == ""

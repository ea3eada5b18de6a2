"""The command as a user meets it: help, outputs, exit status, one line an error, whole files only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

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
        "{'pandas', 'geopandas', 'shapely', 'numpy', 'folium', 'pyproj', 'pyogrio', 'sqlite3', 'rich', 'geopy'}))"
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
    assert "strike" in capsys.readouterr().out


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


def test_a_young_claim_is_held_back_and_listed(tmp_path: Path) -> None:
    out = tmp_path / "out.geojson"
    words = ["-o", str(out), "--delay-hours", "48", "--now", "2024-05-18T20:00"]
    assert map_text(tmp_path, *words) == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert features
    assert all(feature["geometry"] is None for feature in features)
    assert all("held back" in feature["properties"]["unplaced"] for feature in features)

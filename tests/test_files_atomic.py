"""Files appear whole or not at all."""

from __future__ import annotations

import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from layers_sample import many_strikes, sample_layers

from geo.errors import OutputError
from maps.atomic import replace_file, write_text
from maps.files import SUFFIXES, read_layers, write_layers


def test_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    write_text(path, "new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    with pytest.raises(ZeroDivisionError), replace_file(path) as stand_in:
        stand_in.write_text(f"half {1 / 0}")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.txt"]


def test_kill_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "old")
    code = (
        "import sys, time\nfrom maps.atomic import replace_file\n"
        f"with replace_file({str(path)!r}) as stand_in:\n"
        "    stand_in.write_text('half')\n    print('ready', flush=True)\n    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert path.read_text() == "old"


def test_link_is_followed_and_permissions_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    write_text(target, "old")
    target.chmod(0o640)
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_folder_and_missing_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="it is a folder"):
        write_text(tmp_path, "x")
    with pytest.raises(OutputError, match="make it first"):
        write_text(tmp_path / "none" / "a.txt", "x")


def test_stale_journal_of_the_old_database_is_not_applied_to_the_new(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_layers(sample_layers(), path)
    reader = sqlite3.connect(path)
    reader.execute("pragma journal_mode=wal")
    reader.execute("update gpkg_contents set description = 'edited'")
    reader.commit()
    assert (tmp_path / "a.gpkg-wal").exists()
    write_layers(sample_layers(), path)
    assert not (tmp_path / "a.gpkg-wal").exists()
    reader.close()
    with sqlite3.connect(path) as fresh:
        assert fresh.execute("pragma integrity_check").fetchone() == ("ok",)
        assert "edited" not in {told for (told,) in fresh.execute("select description from gpkg_contents")}
    fresh.close()


@pytest.mark.parametrize("suffix", [one for one in SUFFIXES if one not in (".pmtiles", ".qgz")])
def test_failed_writer_leaves_the_old_file_in_every_format(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"a{suffix}"
    write_layers(sample_layers(), path)
    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", _fail)
    with pytest.raises(OutputError, match="disk full"):
        write_layers(sample_layers(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def _fail(*_: object) -> None:
    raise OSError(28, "disk full")


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg"])
def test_reader_never_sees_half_a_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    few, many = many_strikes(20), many_strikes(60)
    write_layers(few, path)
    done = threading.Event()

    def rewrite() -> None:
        for number in range(8):
            write_layers(many if number % 2 else few, path)
        done.set()

    writer = threading.Thread(target=rewrite)
    writer.start()
    seen = set()
    while not done.is_set():
        seen.add(len(read_layers(path)["strike"]))
        time.sleep(0.005)
    writer.join()
    assert seen <= {20, 60}
    assert seen

"""The lexicons that the installation compiles are those of the TOML files, and used only as long as they are."""

from __future__ import annotations

import json
import runpy
import sqlite3
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT

from geo import resources
from geo.errors import DataError


@pytest.fixture
def compile_toml(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    monkeypatch.setattr("setuptools.setup", lambda **_: None)
    made: Callable[[Path], None] = runpy.run_path(str(ROOT / "setup.py"))["compile_toml"]
    return made


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(resources, "find_data", lambda name: tmp_path / name)
    return tmp_path


@pytest.mark.parametrize("tag", resources.list_lexicons())
def test_a_compiled_lexicon_is_the_same(tag: str, folder: Path, compile_toml) -> None:
    source = (ROOT / "data" / "lexicon" / f"{tag}.toml").read_bytes()
    (folder / "one.toml").write_bytes(source)
    compile_toml(folder / "one.toml")
    monkey = sys.modules.pop("tomllib")
    try:
        read = resources.read_toml("one.toml")
        assert "tomllib" not in sys.modules
    finally:
        sys.modules["tomllib"] = monkey
    assert read == tomllib.loads(source.decode("utf-8"))


def test_a_changed_file_is_read_anew(folder: Path, compile_toml) -> None:
    path = folder / "one.toml"
    path.write_text("a = 1\n", encoding="utf-8")
    compile_toml(path)
    assert resources.read_toml("one.toml") == {"a": 1}
    path.write_text("a = 2\n", encoding="utf-8")
    assert resources.read_toml("one.toml") == {"a": 2}
    path.write_text("a = \n", encoding="utf-8")
    with pytest.raises(DataError, match=r"one\.toml"):
        resources.read_toml("one.toml")


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[]", b"{}", b"null", b"\xff", json.dumps({"tables": {}}).encode()]
)
def test_a_broken_compiled_file_does_no_harm(broken: bytes, folder: Path) -> None:
    (folder / "one.toml").write_text("a = 1\n", encoding="utf-8")
    (folder / "one.json").write_bytes(broken)
    assert resources.read_toml("one.toml") == {"a": 1}


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(DataError, match=r"'curated/nothing\.csv' is missing; reinstall"):
        resources.find_data("curated/nothing.csv")
    with pytest.raises(DataError, match=r"'lexicon' is missing"):
        resources.find_data("lexicon")
    with pytest.raises(DataError, match=r"'nothing\.sqlite'"):
        resources.open_database("nothing.sqlite")
    assert resources.find_data("lexicon/uk.toml").name == "uk.toml"
    assert b"alpha_3" in resources.read_bytes("curated/iso3166.csv").split(b"\n", 1)[0]


def test_shipped_databases_cannot_be_changed() -> None:
    connection = resources.open_database("boundaries.sqlite")
    try:
        assert connection.execute("select count(*) from area").fetchone()[0] > 1000
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("delete from area")
    finally:
        connection.close()


def test_only_lexicons_are_listed_as_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lexicon").mkdir()
    for name in ("uk.toml", "en.toml", "en.json", "README.md"):
        (tmp_path / "lexicon" / name).write_text("", encoding="utf-8")
    monkeypatch.setattr(resources, "_find_folder", lambda: tmp_path)
    resources.list_lexicons.cache_clear()
    try:
        assert resources.list_lexicons() == ("en", "uk")
    finally:
        resources.list_lexicons.cache_clear()

"""What `make fast` compiles, without compiling it: files that exist, written out, and only if asked for."""

from __future__ import annotations

import copy
import importlib.util
import pickle
import re
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from geo.model import Report, Span, Toponym

ROOT = Path(__file__).resolve().parent.parent

pytestmark = pytest.mark.skipif(not (ROOT / "setup.py").is_file(), reason="beside the checkout only")

SOURCE = '''"""A module."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.model import Kind

_REACH = 3
_WORDS = frozenset({"a", "b"})
_PAIR = (1.0, 2.0)
_CHANGED = 1
_CHANGED = 2
_STRIKES = {Kind.STRIKE}


@dataclass(kw_only=True, slots=True)
class Point:
    """A point

    of several lines.
    """

    east: float
    name: str = "é"
    tags: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """Its label."""
        return f"{self.name}{_REACH}"


@dataclass(slots=True, eq=False)
class Pair:
    first: int
    second: int = 0


@dataclass(frozen=True)
class Fixed:
    at: int


def tell(kind: Kind = Kind.CLASH) -> bool:
    """Tell «é»."""
    return "é" in "é" and kind is Kind.CLASH or kind in _STRIKES
'''


def load_setup():
    spec = importlib.util.spec_from_file_location("setup", ROOT / "setup.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def prepared(monkeypatch):
    text, module = load_setup().prepare_text(SOURCE), ModuleType("prepared")
    monkeypatch.setitem(sys.modules, "prepared", module)
    exec(compile(text, "prepared", "exec"), vars(module))
    return text, vars(module)


def test_the_readers_of_text_are_compiled_and_nothing_else():
    sources = load_setup().list_sources()
    assert {"geo/claims/read.py", "geo/language/dates.py", "geo/places/scan.py"} <= set(sources)
    assert all((ROOT / source).is_file() for source in sources)
    folders = {Path(source).parts[1] for source in sources}
    assert folders == {"claims", "language", "model.py", "places"}
    assert len(sources) == len(set(sources))


def test_a_plain_installation_compiles_nothing(monkeypatch):
    monkeypatch.delenv("FRONTLINE_COMPILE", raising=False)
    assert load_setup().compile_sources() == []


def test_constants_are_final_where_they_never_change(prepared):
    text, _ = prepared
    lines = text.splitlines()
    assert "_REACH: Final = 3" in lines
    assert '_WORDS: Final = frozenset({"a", "b"})' in lines
    assert {"_PAIR = (1.0, 2.0)", "_CHANGED = 1", "_CHANGED = 2"} <= set(lines)


def test_members_of_enums_are_constants_inside_of_functions_only(prepared):
    text, names = prepared
    assert "def tell(kind: Kind = Kind.CLASH)" in text
    assert '"é" in "é" and kind is _Kind_CLASH or' in text
    assert "_STRIKES = {Kind.STRIKE}" in text
    assert names["tell"]() is True


def test_dataclasses_have_an_init_that_does_what_theirs_does(prepared):
    text, names = prepared
    assert "def __init__(self, at: int) -> None: self.at = at  # type: ignore[misc]" in text  # mypyc lets it
    point = names["Point"](east=1.0)
    assert (point.east, point.name, point.tags, point.label) == (1.0, "é", [], "é3")
    assert names["Point"](east=1.0).tags is not point.tags
    assert names["Point"](east=1.0, tags=["x"]).tags == ["x"]
    with pytest.raises(TypeError, match="positional"):
        names["Point"](1.0)
    pair = names["Pair"](1)
    assert (pair.first, pair.second, replace(pair, second=3).second) == (1, 0, 3)


def test_lines_stay_where_they_are(prepared):
    text, _ = prepared
    before, after = SOURCE.splitlines(), text.splitlines()
    assert after.index('        return f"{self.name}{_REACH}"') == before.index(
        '        return f"{self.name}{_REACH}"'
    )


def test_every_source_can_be_written_out(tmp_path):
    setup = load_setup()
    for path in setup.prepare_sources(ROOT, tmp_path, setup.list_sources()):
        compile(Path(path).read_text(encoding="utf-8"), path, "exec")


def test_values_are_copied_and_sent_to_other_processes_compiled_or_not():
    span = Span(report_id="1", start=0, end=4, exact="Sumy")
    for value in (Report(id="1", text="Sumy"), Toponym(span=span, name="Sumy", name_span=span)):
        assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == copy.deepcopy(value) == value


def test_the_command_tells_the_version_of_the_package() -> None:
    from maps.cli import _VERSION

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == _VERSION
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert first is not None
    assert first[1] == _VERSION

"""Parses the lexicons once, when the package is built or installed: TOML takes far longer to read.

Beside ``fr.toml`` stands then ``fr.json`` with the same tables and the checksum of what it was made of;
`geo.resources.read_toml` takes it only as long as that has not changed.

Where FRONTLINE_COMPILE=1 is set it also compiles the readers of text to C, which then take half the time
for the same results (`make fast`).  That needs a C compiler and mypy, whose compiler mypyc reads the
annotations; without it the package is plain Python.
"""

from __future__ import annotations

import compileall
import json
import os
import tomllib
import zlib
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

COMPILED = ("geo/language", "geo/claims")
# Of the places only what reads every report; apart from the others, as a look-up of one name loads it too.
PLACES = (
    *("candidates", "capitals", "context", "drafts", "evidence", "filters", "folding", "frames", "fronts"),
    *("gazetteer", "prominence", "recognise", "resolve", "scan", "tokens", "unknown", "wordbook"),
)


def compile_toml(path: Path) -> None:
    """Write the tables of a TOML file to a JSON file beside it."""
    source = path.read_bytes()
    made = {"crc32": zlib.crc32(source), "tables": tomllib.loads(source.decode("utf-8"))}
    path.with_suffix(".json").write_text(json.dumps(made, ensure_ascii=False), encoding="utf-8")


class BuildWithLexicons(build_py):
    """Build the package; an editable one gets the files in the checkout, where git ignores them."""

    def run(self) -> None:
        """Copy the files, then compile the lexicons among them."""
        super().run()
        folder = Path("data") if self.editable_mode else Path(self.build_lib, "geo", "_data")
        for path in sorted((folder / "lexicon").glob("*.toml")):
            compile_toml(path)
        if self.editable_mode:  # any other gets its bytecode from pip
            compileall.compile_dir("geo", quiet=1)
            compileall.compile_dir("maps", quiet=1)


def list_sources() -> dict[str, list[str]]:
    """Return the files that can be compiled to C, sorted, by the group that they are compiled in."""
    root = Path(__file__).parent
    found = (path for folder in COMPILED for path in (root / folder).glob("*.py"))
    texts = sorted(str(path.relative_to(root)) for path in found if path.name != "__init__.py")
    return {"geo": texts, "geo_places": [f"geo/places/{name}.py" for name in PLACES]}


def compile_sources() -> list[Extension]:
    """Return the extensions to build; none where nobody asked for them."""
    if os.environ.get("FRONTLINE_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    extensions: list[Extension] = []
    for group, sources in list_sources().items():
        extensions += mypycify(sources, opt_level="1", debug_level="0", group_name=group)
    return extensions


if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildWithLexicons}, ext_modules=compile_sources())

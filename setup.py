"""Parses the lexicons once, when the package is built or installed: TOML takes far longer to read.

Beside ``fr.toml`` stands then ``fr.json`` with the same tables and the checksum of what it was made of;
`geo.resources.read_toml` takes it only as long as that has not changed.
"""

from __future__ import annotations

import json
import tomllib
import zlib
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


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


setup(cmdclass={"build_py": BuildWithLexicons})

"""Parses the lexicons once, when the package is built or installed: TOML takes far longer to read.

Beside ``fr.toml`` stands then ``fr.json`` with the same tables and the checksum of what it was made of;
`geo.resources.read_toml` takes it only as long as that has not changed.

Where FRONTLINE_COMPILE=1 is set it also compiles the readers of text to C, which then take half the time
for the same results (`make fast`).  That needs a C compiler and mypy, whose compiler mypyc reads the
annotations; without it the package is plain Python.

mypyc leaves three things slow that can be written out by rule, so it is given copies in which they are:
constants are ``Final``, read from memory and not from a dictionary; members of enums are such constants too
(Python 3.11 takes a tenth of a microsecond to find one); and each dataclass has the ``__init__`` that its
fields stand for, as mypyc does not compile the one that `dataclasses` makes.  Lines stay where they are, for
tracebacks.
"""

from __future__ import annotations

import ast
import compileall
import json
import os
import re
import shutil
import tomllib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_py import build_py

COMPILED = ("geo/language", "geo/claims")
# Of the places only what reads every report.
PLACES = (
    *("anaphora", "candidates", "capitals", "context", "descriptions", "drafts", "evidence", "filters"),
    *("folding", "framed", "frames", "fronts", "gazetteer", "prominence", "read", "recognise", "resolve"),
    *("scan", "sites", "sizes", "strays", "tokens", "unknown", "wordbook"),
)
PREPARED = Path("build", "compiled")

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]+")
_ENUMS = frozenset({"ControlStatus", "Kind", "PlaceKind", "RelationKind", "Stage", "Status"})
_FUTURE = "from __future__ import annotations\n\n"
# Never run; MYPY is what mypy takes for true besides TYPE_CHECKING.
_TYPING = "from __future__ import annotations; MYPY = False\nif MYPY: from typing import Any, Final\n"
# Compiled values are made by their ``__init__`` only, which copy and pickle have to be told.
_COPYING = """
import copyreg
from dataclasses import fields as _list_fields
def _rebuild(sort: type, values: dict[str, object]) -> object:
    return sort(**values)
def _reduce(value: Any) -> tuple[Any, ...]:
    return _rebuild, (type(value), {one.name: getattr(value, one.name) for one in _list_fields(value)})
for _name in __all__:
    if hasattr(globals()[_name], "__dataclass_fields__"):
        copyreg.pickle(globals()[_name], _reduce)
"""
_Edit = tuple[int, int, int, str]  # line from 0, columns in bytes (half-open), new text


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


def list_sources() -> list[str]:
    """Return the files that can be compiled to C, sorted."""
    root = Path(__file__).parent
    found = (path for folder in COMPILED for path in (root / folder).glob("*.py"))
    texts = (str(path.relative_to(root)) for path in found if path.name != "__init__.py")
    return sorted(("geo/model.py", *texts, *(f"geo/places/{name}.py" for name in PLACES)))


def compile_sources() -> list[Extension]:
    """Return the extensions to build; none where nobody asked for them."""
    if os.environ.get("FRONTLINE_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    prepared = prepare_sources(Path(__file__).parent, PREPARED, list_sources())
    return mypycify(prepared, opt_level="2", debug_level="0", group_name="geo", multi_file=True)


def prepare_sources(root: Path, folder: Path, names: Iterable[str]) -> list[str]:
    """Copy the package ``geo`` into a folder, the named files written out for mypyc; return their paths."""
    shutil.rmtree(folder, ignore_errors=True)
    skip = shutil.ignore_patterns("__pycache__", "*.so", "*.pyd")
    shutil.copytree(root / "geo", folder / "geo", ignore=skip)
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(prepare_text(path.read_text(encoding="utf-8")), encoding="utf-8")
    model = folder / "geo" / "model.py"
    model.write_text(model.read_text(encoding="utf-8") + _COPYING, encoding="utf-8")
    return [str(path) for path in paths]


def prepare_text(source: str) -> str:
    """Return a module's text, written out for mypyc."""
    tree = ast.parse(source)
    members: dict[str, str] = {}
    edits = {*mark_constants(tree), *name_members(tree, members), *write_inits(tree, source)}
    lines = source.split("\n")
    for line, start, end, text in sorted(edits, reverse=True):
        encoded = lines[line].encode()
        lines[line] = (encoded[:start] + text.encode() + encoded[end:]).decode()
    lines += [f"{name}: Final = {member}" for name, member in sorted(members.items())]
    return "\n".join(lines).replace(_FUTURE, _TYPING, 1) + "\n"


def mark_constants(tree: ast.Module) -> Iterator[_Edit]:
    """Yield edits that make the numbers, texts and sets of a module ``Final``; mypyc fails on some tuples."""
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    stored = [node.id for node in names if isinstance(node.ctx, ast.Store)]
    for node in tree.body:
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        name, end = node.targets[0].id, node.targets[0].end_col_offset or 0
        sort = type(node.value)
        fixed = sort in {ast.Constant, ast.BinOp, ast.UnaryOp} or read_head(node.value) == "frozenset("
        if fixed and name != "TYPE_CHECKING" and _CONSTANT.fullmatch(name) and stored.count(name) == 1:
            yield node.lineno - 1, end, end, ": Final"


def name_members(tree: ast.Module, members: dict[str, str]) -> Iterator[_Edit]:
    """Yield edits that make members of enums, inside of functions, constants; note them by name."""
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    inside = (node for function in functions for one in function.body for node in ast.walk(one))
    for node in inside:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr.isupper():
            enum = node.value.id
            if enum in _ENUMS:
                members[f"_{enum}_{node.attr}"] = f"{enum}.{node.attr}"
                yield node.lineno - 1, node.col_offset, node.end_col_offset or 0, f"_{enum}_{node.attr}"


def write_inits(tree: ast.Module, source: str) -> Iterator[_Edit]:
    """Yield edits that put the ``__init__`` of dataclasses in the place of their docstrings."""
    absent, lines = set(list_absent(tree)), source.split("\n")
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or "dataclass(" not in map(read_head, node.decorator_list):
            continue
        fields = [one for one in node.body if isinstance(one, ast.AnnAssign)]
        for field in fields:
            if ast.unparse(field.annotation).split("[")[0] in absent:
                end = field.annotation.end_col_offset or 0
                yield field.lineno - 1, end, end, " | Any"  # else the very type is loaded
        init, first = write_init(node.decorator_list[0], fields), node.body[0]
        if not isinstance(first, ast.Expr):
            yield first.lineno - 1, 0, 0, f"    {init}\n"
            continue
        yield first.lineno - 1, first.col_offset, len(lines[first.lineno - 1].encode()), init
        for line in range(first.lineno, first.end_lineno or first.lineno):
            yield line, 0, len(lines[line].encode()), ""


def read_head(expression: ast.expr) -> str:
    """Return what an expression calls, with the bracket."""
    return ast.unparse(expression).partition("(")[0] + "("


def list_absent(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a module imports for mypy alone."""
    for node in tree.body:
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            imports = (one for one in node.body if isinstance(one, ast.ImportFrom))
            yield from (alias.asname or alias.name for one in imports for alias in one.names)


def write_init(decorator: ast.expr, fields: Iterable[ast.AnnAssign]) -> str:
    """Return the ``__init__`` of a dataclass in one line."""
    options = ast.unparse(decorator)
    parameters, body = ["self", "*"] if "kw_only=True" in options else ["self"], []
    for field in fields:
        name, sort = ast.unparse(field.target), ast.unparse(field.annotation)
        if field.value is None:
            parameters.append(f"{name}: {sort}")
        elif read_head(field.value) == "field(":
            factory = ast.unparse(field.value).removeprefix("field(default_factory=").removesuffix(")")
            parameters.append(f"{name}: {sort} | None = None")
            body.append(f"self.{name} = {factory}() if {name} is None else {name}")
            continue
        else:
            parameters.append(f"{name}: {sort} = {ast.unparse(field.value)}")
        body.append(f"self.{name} = {name}")
    ignored = "  # type: ignore[misc]" if "frozen=True" in options else ""
    return f"def __init__({', '.join(parameters)}) -> None: {'; '.join(body)}{ignored}"


if __name__ == "__main__":
    setup(cmdclass={"build_py": BuildWithLexicons}, ext_modules=compile_sources())

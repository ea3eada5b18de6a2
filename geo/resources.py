"""The only door to ``data/``: shipped inside the wheel as ``geo._data``, opened and never parsed whole."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from geo.errors import DataError

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    import sqlite3
    from typing import Any

__all__ = ["find_data", "list_lexicons", "name_languages", "open_database", "read_bytes", "read_toml"]

_PACKAGE = "geo._data"
# Where the data lie in a wheel and in a checkout; looked at first, because the importer's own ways are slow.
_FOLDERS = (Path(__file__).with_name("_data"), Path(__file__).parent.parent / "data")


def _find_folder() -> Path:
    """Return the folder of all data files."""
    for folder in _FOLDERS:
        if (folder / "SOURCES.toml").is_file():
            return folder
    from importlib.resources import as_file, files

    with as_file(files(_PACKAGE)) as path:
        return Path(path)


@lru_cache(maxsize=256)
def find_data(name: str) -> Path:
    """Return the path of a data file.

    Parameters
    ----------
    name
        Path below ``data/``, with forward slashes (``lexicon/uk.toml``).

    Raises
    ------
    DataError
        If the file is not there.
    """
    path = _find_folder().joinpath(*name.split("/"))
    if not path.is_file():
        raise DataError(f"data file {name!r} is missing; reinstall frontline-map")
    return path


def read_bytes(name: str) -> bytes:
    """Return the bytes of a data file; `DataError` if it is not there."""
    return find_data(name).read_bytes()


def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML data file as a dictionary; `DataError` if it is missing or broken."""
    source = read_bytes(name)
    compiled = _read_compiled(find_data(name).with_suffix(".json"), source)
    if compiled is not None:
        return compiled
    import tomllib

    try:
        return tomllib.loads(source.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"data file {name!r} is broken: {error}; reinstall frontline-map") from error


def _read_compiled(path: Path, source: bytes) -> dict[str, Any] | None:
    """Return the tables that ``setup.py`` read at the installation, if it read these very words."""
    import json
    import zlib

    try:
        made = json.loads(path.read_bytes())
        tables: dict[str, Any] = made["tables"]
        fresh = made["crc32"] == zlib.crc32(source)
    except (OSError, ValueError, LookupError, TypeError):  # not there, or not whole
        return None
    return tables if fresh else None


@lru_cache(maxsize=1)
def list_lexicons() -> tuple[str, ...]:
    """Return the BCP 47 tags that have a lexicon, sorted."""
    folder = _find_folder() / "lexicon"
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


@lru_cache(maxsize=1)
def name_languages() -> tuple[str, ...]:
    """Return what the languages that have a lexicon call themselves, without reading the lexicons whole."""
    return tuple(sorted(map(_read_name, list_lexicons()), key=str.casefold))


def _read_name(tag: str) -> str:
    """Return the first name that stands in a lexicon, which is that of its language; its tag if none does."""
    with find_data(f"lexicon/{tag}.toml").open(encoding="utf-8") as lines:
        return next((line.split('"')[1] for line in lines if line.startswith('name = "')), tag)


def open_database(name: str) -> sqlite3.Connection:
    """Open a shipped SQLite file read-only and memory-mapped (milliseconds, whatever its size).

    Raises
    ------
    DataError
        If the file is missing.
    """
    import sqlite3

    path = find_data(name)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute("pragma mmap_size=268435456")
    return connection

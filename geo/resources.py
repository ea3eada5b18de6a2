"""The only door to ``data/``: shipped inside the wheel as ``geo._data``, opened and never parsed whole."""

from __future__ import annotations

import sqlite3
import tomllib
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from geo.errors import DataError

__all__ = ["find_data", "list_lexicons", "open_database", "read_bytes", "read_toml"]

_PACKAGE = "geo._data"


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
    with as_file(files(_PACKAGE).joinpath(*name.split("/"))) as path:
        if not path.is_file():
            raise DataError(f"data file {name!r} is missing; reinstall frontline-map")
        return Path(path)


def read_bytes(name: str) -> bytes:
    """Return the bytes of a data file; `DataError` if it is not there."""
    return find_data(name).read_bytes()


def read_toml(name: str) -> dict[str, Any]:
    """Return a TOML data file as a dictionary; `DataError` if it is missing or broken."""
    try:
        return tomllib.loads(read_bytes(name).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"data file {name!r} is broken: {error}; reinstall frontline-map") from error


@lru_cache(maxsize=1)
def list_lexicons() -> tuple[str, ...]:
    """Return the BCP 47 tags that have a lexicon, sorted."""
    folder = files(_PACKAGE).joinpath("lexicon")
    return tuple(sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml")))


def open_database(name: str) -> sqlite3.Connection:
    """Open a shipped SQLite file read-only and memory-mapped (milliseconds, whatever its size).

    Raises
    ------
    DataError
        If the file is missing.
    """
    path = find_data(name)
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    connection.execute("pragma mmap_size=268435456")
    return connection

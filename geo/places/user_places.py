"""A user's own places, in a folder of the user's: add, list, remove; a broken file changes nothing."""

from __future__ import annotations

import csv
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.errors import InputError, OutputError
from geo.language.lexicon import list_languages, load_lexicon
from geo.model import PlaceKind
from geo.places.folding import fold_name
from geo.places.gazetteer import USER_FILE
from geo.places.geonames import is_geonames_file, read_geonames
from geo.places.rows import SCHEMA, PlaceRow, write_rows
from geo.places.user_folder import find_user_folder

__all__ = [
    "ColumnNames",
    "UserSource",
    "add_places",
    "find_user_folder",
    "list_sources",
    "read_places_file",
    "remove_source",
]

_ALIAS_SEPARATORS = (";", "|", ",")
_SEPARATORS = (",", ";", "\t", "|")
_LONGEST, _MOST_FAULTS = 200, 5
# What pandas makes of an empty cell.
_NOT_A_NUMBER = "nan"


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnNames:
    """Which columns of a user's file hold what; empty where it is to be found by its common names."""

    name: str = ""
    latitude: str = ""
    longitude: str = ""
    aliases: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class UserSource:
    """A file that the user added: the name it goes by, its path, when it was added, how many places."""

    name: str
    file: str
    added: str
    places: int


def add_places(path: Path, folder: Path, columns: ColumnNames | None = None, *, name: str = "") -> UserSource:
    """Add the places of a file; a source of the same name is replaced.

    The file is read to its end before anything is changed, and the new state is put in place in one step.

    Parameters
    ----------
    path
        CSV (any column names), GeoJSON, GeoPackage, or a GeoNames country dump.
    folder
        The user's folder (`find_user_folder`).
    columns
        Which columns hold what.
    name
        Name of the source; the file's own name without its suffix if empty.

    Raises
    ------
    InputError
        If the file cannot be read or holds no place; nothing has changed then.
    OutputError
        If the folder cannot be written to.
    """
    rows = list(read_places_file(path, columns or ColumnNames()))
    if not rows:
        raise InputError(f"{path.name!r} holds no place; a place needs a name, a latitude and a longitude")
    source = name or path.stem
    with _Edit(folder) as connection:
        _delete(connection, source)
        count = write_rows(connection, rows, source)
        added = datetime.now(UTC).isoformat(timespec="seconds")
        connection.execute("insert into source values (?, ?, ?, ?)", (source, str(path), added, count))
    return UserSource(name=source, file=str(path), added=added, places=count)


def list_sources(folder: Path) -> tuple[UserSource, ...]:
    """Return the files that the user added, by name."""
    path = folder / USER_FILE
    if not path.exists():
        return ()
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute("select name, file, added, places from source order by name").fetchall()
    except sqlite3.DatabaseError as error:
        raise InputError(
            f"{str(path)!r} is not a file of places ({error}); remove it and add yours again"
        ) from error
    finally:
        connection.close()
    return tuple(UserSource(name=row[0], file=row[1], added=row[2], places=row[3]) for row in rows)


def remove_source(name: str, folder: Path) -> UserSource:
    """Remove a source with all its places; return what it was.

    Raises
    ------
    InputError
        If there is no such source.
    """
    known = {source.name: source for source in list_sources(folder)}
    if name not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise InputError(f"no places named {name!r} were added; there are: {listed}")
    with _Edit(folder) as connection:
        _delete(connection, name)
    return known[name]


class _Edit:
    """Edits a copy of the user's file and puts it in place whole, or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.target = folder, folder / USER_FILE

    def __enter__(self) -> sqlite3.Connection:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(suffix=".sqlite", dir=self.folder)
            os.close(handle)
            self.copy = Path(name)
            if self.target.exists():
                shutil.copyfile(self.target, self.copy)
        except OSError as error:
            raise OutputError(
                f"cannot write to {str(self.folder)!r} ({error.strerror}); choose another folder"
            ) from error
        self.connection = sqlite3.connect(self.copy)
        self.connection.executescript(SCHEMA)
        return self.connection

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.connection.commit()
            self.connection.close()
            if kind is None:
                self.copy.replace(self.target)
        finally:
            self.copy.unlink(missing_ok=True)


def _delete(connection: sqlite3.Connection, source: str) -> None:
    connection.execute(
        "delete from name where place in (select rowid from place where source = ?)", (source,)
    )
    connection.execute("delete from place where source = ?", (source,))
    connection.execute("delete from source where name = ?", (source,))


def read_places_file(path: Path, columns: ColumnNames) -> Iterator[PlaceRow]:
    """Yield the places of a file, whatever its format.

    Raises
    ------
    InputError
        If the file is missing, of an unknown format, or a row is broken; the message names the row.
    """
    if not path.is_file():
        raise InputError(f"no file {str(path)!r}; give a CSV, GeoJSON, GeoPackage or GeoNames file")
    try:
        if is_geonames_file(path):
            yield from read_geonames(path)
        elif path.suffix.lower() in (".csv", ".tsv", ".txt"):
            yield from _read_table(path, columns)
        elif path.suffix.lower() in (".geojson", ".json", ".gpkg"):
            yield from _read_layer(path, columns)
        else:
            raise InputError(
                f"{path.name!r} has an unknown suffix; give .csv, .tsv, .geojson, .gpkg or a GeoNames .zip"
            )
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name!r} cannot be read ({error}); save it again as UTF-8") from error


def _read_table(path: Path, columns: ColumnNames) -> Iterator[PlaceRow]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        # What cuts the first line into most columns: a decimal comma stands in later lines only.
        separator = max(_SEPARATORS, key=lambda mark: len(next(csv.reader([first], delimiter=mark), ())))
        reader = csv.DictReader(file, delimiter=separator)
        found = _find_columns(reader.fieldnames or (), columns, path)
        yield from _make_rows(path, "line", enumerate(reader, start=2), found)


def _read_layer(path: Path, columns: ColumnNames) -> Iterator[PlaceRow]:
    """Yield the places of a layer; what is no point stands for its representative point."""
    import pyogrio

    try:
        frame = pyogrio.read_dataframe(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise InputError(f"{path.name!r} cannot be read as a layer ({error})") from error
    if frame.crs is not None and frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    points = frame.geometry.representative_point()
    frame = frame.drop(columns=frame.geometry.name)
    frame["latitude"], frame["longitude"] = points.y, points.x
    found = _find_columns([str(column) for column in frame.columns], columns, path)
    yield from _make_rows(path, "feature", enumerate(frame.to_dict("records"), start=1), found)


@lru_cache(maxsize=1)
def _list_known_columns() -> Mapping[str, tuple[str, ...]]:
    """Return the folded names that columns are known by, of all languages."""
    known: dict[str, list[str]] = {}
    for tag in list_languages():
        for role, names in load_lexicon(tag).table("places.columns").items():
            known.setdefault(role, []).extend(map(fold_name, names))
    return {role: tuple(dict.fromkeys(names)) for role, names in known.items()}


def _find_columns(names: Iterable[str], columns: ColumnNames, path: Path) -> dict[str, str]:
    """Match the columns of a file to what they hold.

    Raises
    ------
    InputError
        If there is no column for the name or a coordinate.
    """
    by_key = {fold_name(name): name for name in names if name}
    found = {}
    for role, known in _list_known_columns().items():
        stated = getattr(columns, role, "")
        keys = [fold_name(stated)] if stated else known
        column = next((by_key[key] for key in keys if key in by_key), None)
        if column is not None:
            found[role] = column
    listed = _shorten(", ".join(by_key.values()) or "none")
    for role in ("name", "latitude", "longitude"):
        if role not in found:
            raise InputError(
                f"{path.name!r} has no column for the {role} (it has {listed}); name it with --{role}"
            )
    return found


def _shorten(text: str) -> str:
    """Cut a text from a file so that a message stays readable."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."


def _make_rows(
    path: Path, word: str, records: Iterable[tuple[int, Mapping[str, Any]]], found: Mapping[str, str]
) -> Iterator[PlaceRow]:
    """Yield the places of numbered records.

    Raises
    ------
    InputError
        If records are broken: the first faults by number, and how many there are.
    """
    faults: list[str] = []
    count = 0
    for number, record in records:
        try:
            yield _make_row(path, number, record, found)
        except (ValueError, InputError) as error:
            count += 1
            if len(faults) < _MOST_FAULTS:
                faults.append(f"{word} {number}: {_shorten(str(error))}")
    if faults:
        told = "; ".join(faults) + (f"; and {count - len(faults)} more" if count > len(faults) else "")
        raise InputError(f"{path.name!r}: {count} {word}s cannot be read, nothing was added. {told}")


def _make_row(path: Path, number: int, record: Mapping[str, Any], found: Mapping[str, str]) -> PlaceRow:
    values = {role: record.get(column) for role, column in found.items()}
    text = {role: "" if value is None else str(value).strip() for role, value in values.items()}
    if not fold_name(text["name"]) or text["name"] == _NOT_A_NUMBER:
        raise InputError("it has no name")
    return PlaceRow(
        gazetteer="own",
        id=text.get("id") or f"{path.stem}:{number}",
        name=text["name"],
        latitude=_read_degrees(text["latitude"], "latitude"),
        longitude=_read_degrees(text["longitude"], "longitude"),
        kind=PlaceKind(text.get("kind") or "settlement"),
        country_code=text.get("country_code", "")[:2].upper(),
        admin1_code=text.get("admin1_code", ""),
        population=int(_read_number(text.get("population") or "0")),
        radius_m=_read_number(text.get("radius_m") or "1500"),
        aliases=_split_aliases(text.get("aliases", "")),
    )


def _read_degrees(text: str, role: str) -> float:
    """Read degrees with a point or a decimal comma.

    Raises
    ------
    InputError
        If there are none.
    """
    try:
        return float(text.replace(",", ".") if "." not in text else text)
    except ValueError as error:
        raise InputError(f"its {role} {text!r} is no number of degrees") from error


def _read_number(text: str) -> float:
    """Read a number as European tables write it too ("12 345,5")."""
    plain = "".join(text.split())
    return float(plain.replace(",", ".") if "." not in plain else plain)


def _split_aliases(text: str) -> tuple[str, ...]:
    separator = next((mark for mark in _ALIAS_SEPARATORS if mark in text), ";")
    return tuple(alias.strip() for alias in text.split(separator) if alias.strip())

"""GeoNames country dumps, as shipped (``UA.zip`` or ``UA.txt``), read into rows of places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from geo.errors import InputError
from geo.model import PlaceKind
from geo.places.rows import PlaceRow

__all__ = ["is_geonames_file", "read_geonames"]

# https://download.geonames.org/export/dump/readme.txt: the main table has 19 columns without a header.
_COLUMNS = 19
_KINDS_BY_CLASS = {"P": PlaceKind.SETTLEMENT, "H": PlaceKind.WATER, "S": PlaceKind.SITE, "L": PlaceKind.AREA}
_KINDS_BY_CODE = {
    "ADM1": PlaceKind.REGION,
    "ADM2": PlaceKind.DISTRICT,
    "ADM3": PlaceKind.DISTRICT,
    "PCLI": PlaceKind.COUNTRY,
}

# Radius that surely holds a place of a class, metres, where the dump tells none.
_RADIUS_M = {
    PlaceKind.SETTLEMENT: 1_500.0,
    PlaceKind.SITE: 1_000.0,
    PlaceKind.WATER: 20_000.0,
    PlaceKind.AREA: 20_000.0,
    PlaceKind.DISTRICT: 30_000.0,
    PlaceKind.REGION: 100_000.0,
    PlaceKind.COUNTRY: 500_000.0,
}


def is_geonames_file(path: Path) -> bool:
    """Tell whether a file looks like a GeoNames dump: a zip with ``CC.txt``, or a table of 19 columns."""
    if path.suffix.lower() == ".zip":
        return zipfile.is_zipfile(path) and _find_member(path) is not None
    if path.suffix.lower() not in (".txt", ".tsv"):
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.readline().count("\t") == _COLUMNS - 1


def _find_member(path: Path) -> str | None:
    """Return the table inside a zip: the one that is not the readme."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.lower().endswith(".txt")]
    return next((name for name in names if "readme" not in name.lower()), None)


def read_geonames(path: Path) -> Iterator[PlaceRow]:
    """Yield the populated places, units, waters, areas and sites of a GeoNames dump.

    Parameters
    ----------
    path
        ``CC.zip`` as GeoNames ships it, or the ``CC.txt`` inside.

    Raises
    ------
    InputError
        If a line is not one of GeoNames; the message names the file and line.
    """
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive, archive.open(_find_member(path) or "") as raw:
            yield from _read_lines(path, io.TextIOWrapper(raw, encoding="utf-8"))
    else:
        with path.open(encoding="utf-8") as file:
            yield from _read_lines(path, file)


def _read_lines(path: Path, lines: io.TextIOBase) -> Iterator[PlaceRow]:
    for number, line in enumerate(lines, start=1):
        fields = line.rstrip("\n").split("\t")
        if len(fields) != _COLUMNS:
            raise InputError(
                f"{path.name!r} line {number} has {len(fields)} columns, not the {_COLUMNS} of GeoNames; "
                "give the country dump as it was downloaded"
            )
        row = _make_row(path, number, fields)
        if row is not None:
            yield row


def _make_row(path: Path, number: int, fields: list[str]) -> PlaceRow | None:
    feature_class, feature_code = fields[6], fields[7]
    kind = _KINDS_BY_CODE.get(feature_code) or _KINDS_BY_CLASS.get(feature_class)
    if kind is None:
        return None
    try:
        latitude, longitude, population = float(fields[4]), float(fields[5]), int(fields[14] or 0)
    except ValueError as error:
        raise InputError(f"{path.name!r} line {number}: {error}; the line is not one of GeoNames") from error
    return PlaceRow(
        gazetteer="geonames",
        id=fields[0],
        name=fields[2] or fields[1],
        latitude=latitude,
        longitude=longitude,
        kind=kind,
        feature_class=feature_class,
        feature_code=feature_code,
        country_code=fields[8],
        admin1_code=fields[10],
        admin2_code=fields[11],
        population=population,
        radius_m=_RADIUS_M[kind],
        aliases=tuple(dict.fromkeys([fields[1], *filter(None, fields[3].split(","))])),
    )

"""GeoPackage 1.3: a layer a kind, with styles, titles, descriptions, time settings and metadata inside.

QGIS keeps points, lines and areas apart, so a kind that has several of them is split: the family that is
usual for the kind keeps its name, the others are ``<kind>_points``, ``<kind>_lines`` and ``<kind>_areas``.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.schema import COLUMN_NAMES, LAYER_NAMES
from maps.atomic import replace_file
from maps.files.flat import order_layers
from maps.files.geopackage_extras import add_extras
from maps.files.ogr import family_of, list_ogr_layers, read_table, write_table
from maps.files.options import DEFAULTS, WriteOptions
from maps.files.values import DERIVED, TYPES, Row, count_sources, list_rows

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Table", "list_tables", "name_layer", "read_geopackage", "write_geopackage"]

_USUAL = {
    "concentration": "point",
    "strike": "point",
    "control": "area",
    "advance": "line",
    "withdrawal": "line",
    "clash": "point",
    "front_line": "line",
    "front_band": "area",
}
_SOURCES = dict.fromkeys(("report", "publisher", "url", "published", "lang"), "str") | {"claims": "int"}
_SUFFIXES = {"point": "_points", "line": "_lines", "area": "_areas", "mixed": "_mixed"}
_GDAL_TYPES = {"point": "Point", "line": "LineString", "area": "Polygon", "mixed": "Unknown"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table of a GeoPackage: rows of one layer with one family of geometry (``none``: without any)."""

    name: str
    layer: str
    family: str
    rows: Sequence[Row]
    columns: Mapping[str, str]


def list_tables(layers: Mapping[str, gpd.GeoDataFrame]) -> list[Table]:
    """Return the tables that layers become, in the order of the schema; empty ones are left out.

    ``unplaced`` and ``sources`` are kept when empty: they then say that nothing is missing.
    """
    tables = [table for name in order_layers(layers) for table in _split_layer(name, layers[name])]
    if "sources" not in layers:
        claims = (row for table in tables if table.layer not in DERIVED for row in table.rows)
        rows = count_sources(row for row in claims if row.get("role") != "inner")
        tables.append(Table(name="sources", layer="sources", family="none", rows=rows, columns=_SOURCES))
    return tables


def _split_layer(name: str, frame: gpd.GeoDataFrame) -> Iterator[Table]:
    rows = list_rows(frame)
    columns = _list_columns(rows, frame)
    if name in ("unplaced", "sources"):
        yield Table(name=name, layer=name, family="none", rows=rows, columns=columns)
        return
    counts = Counter(family_of(row["geometry"]) for row in rows if row["geometry"] is not None)
    if not counts:
        return
    usual = _USUAL.get(name, "")
    main = usual if usual in counts else counts.most_common(1)[0][0]
    for family in ("point", "line", "area", "mixed"):
        some = [row for row in rows if family_of(row["geometry"]) == family]
        if some:
            title = name if family == main else name + _SUFFIXES[family]
            yield Table(name=title, layer=name, family=family, rows=some, columns=columns)


def _list_columns(rows: Sequence[Row], frame: gpd.GeoDataFrame) -> dict[str, str]:
    names = [str(name) for name in frame.columns if name != "geometry"]
    known = [name for name in COLUMN_NAMES if name in names]
    return {
        name: TYPES.get(name) or _guess(rows, name)
        for name in (*known, *(n for n in names if n not in TYPES))
    }


def _guess(rows: Sequence[Row], name: str) -> str:
    kinds = {type(row.get(name)).__name__ for row in rows} - {"NoneType"}
    return kinds.pop() if len(kinds) == 1 and kinds <= {"str", "int", "float", "date"} else "str"


def write_geopackage(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: WriteOptions = DEFAULTS
) -> tuple[str, ...]:
    """Write layers as a GeoPackage, whole or not at all; returns what it cannot carry (nothing).

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    tables = list_tables(layers)
    with replace_file(path) as stand_in:
        for position, table in enumerate(tables):
            _write_one(table, stand_in, append=position > 0)
        with closing(sqlite3.connect(stand_in)) as connection, connection:
            add_extras(connection, tables, options, Path(path).name.split(".")[0])
    return ()


def _write_one(table: Table, path: Path, *, append: bool) -> None:
    shapes: list[Any] = [row.get("geometry") for row in table.rows]
    multi = table.family in ("point", "line", "area") and any("Multi" in shape.geom_type for shape in shapes)
    kind = _GDAL_TYPES.get(table.family)
    write_table(
        table.rows,
        path,
        driver="GPKG",
        columns=table.columns,
        geometry_type=f"Multi{kind}" if multi else kind,
        promote_to_multi=multi,
        layer=table.name,
        append=append,
        # 1.4, the default of new GDAL, makes QGIS 3.22 warn at every layer.
        dataset_options=None if append else {"VERSION": "1.3"},
        layer_options={"GEOMETRY_NAME": "geom", "FID": "fid", "IDENTIFIER": table.name}
        if kind
        else {"FID": "fid"},
    )


def read_geopackage(path: Path | str) -> dict[str, list[Row]]:
    """Read the tables of one of our own GeoPackages, split ones joined again, as rows by layer name.

    Raises
    ------
    InputError
        If it is not a GeoPackage with our layers.
    """
    layers: dict[str, list[Row]] = {}
    for table in list_ogr_layers(path):
        layer = name_layer(table)
        if layer:
            layers.setdefault(layer, []).extend(read_table(path, table))
    if not layers:
        raise InputError(
            f"{str(path)!r} was not written by this program: it has none of {', '.join(LAYER_NAMES)}"
        )
    return layers


def name_layer(table: str) -> str:
    """Return the layer that a table belongs to; empty where it is none of ours."""
    for suffix in ("", *_SUFFIXES.values()):
        layer = table.removesuffix(suffix) if suffix else table
        if layer in LAYER_NAMES:
            return layer
    return ""

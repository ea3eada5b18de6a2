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
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import ForeignFileError
from geo.layers import add_arrows
from geo.schema import LAYER_NAMES
from maps.atomic import replace_file
from maps.files.flat import order_layers
from maps.files.geopackage_extras import add_extras
from maps.files.ogr import family_of, list_ogr_layers, read_table, write_table
from maps.files.options import DEFAULTS, WriteOptions
from maps.files.values import DERIVED, Row, list_columns

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
    "arrow": "area",
    "front_line": "line",
    "front_band": "area",
}
_SOURCES = dict.fromkeys(("report", "publisher", "url", "published", "lang"), "str") | {"claims": "int"}
_SUFFIXES = {"point": "_points", "line": "_lines", "area": "_areas", "mixed": "_mixed"}
_GDAL_TYPES = {"point": "Point", "line": "LineString", "area": "Polygon", "mixed": "Unknown"}


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """A table of a GeoPackage: what of one layer shares a family of geometry (``none``: without any).

    Attributes
    ----------
    name, layer, family
        The table's name, its layer's, and point, line, area, mixed or none.
    columns
        Types by name, in order.
    data
        Plain values by name.
    shapes
        One a row, EPSG:4326.
    """

    name: str
    layer: str
    family: str
    columns: Mapping[str, str]
    data: Mapping[str, Sequence[Any]]
    shapes: Sequence[Any]

    def rows(self) -> list[Row]:
        """Return the table as rows."""
        names = (*self.data, "geometry")
        return [
            dict(zip(names, values, strict=True))
            for values in zip(*self.data.values(), self.shapes, strict=True)
        ]

    def list_together(self, *names: str) -> set[tuple[Any, ...]]:
        """Return the different values of several columns that stand together; None for a missing column."""
        length = len(self.shapes)
        return set(zip(*(self.data.get(name, [None] * length) for name in names), strict=True))


def list_tables(layers: Mapping[str, gpd.GeoDataFrame]) -> list[Table]:
    """Return the tables that layers become, in the order of the schema; empty ones are left out.

    ``unplaced`` and ``sources`` are kept when empty: they then say that nothing is missing.
    """
    layers = add_arrows(layers)
    tables = [table for name in order_layers(layers) for table in _split_layer(name, layers[name])]
    if "sources" not in layers:
        tables.append(_gather_sources([table for table in tables if table.layer not in DERIVED]))
    return tables


def _gather_sources(tables: Sequence[Table]) -> Table:
    """The reports, counted from the claims; the two outlines of a zone are one claim."""
    names = ("report", "publisher", "url", "published", "lang", "claim_id")
    seen = {one for table in tables for one in table.list_together(*names)}
    counts = Counter(one[:-1] for one in seen)
    data = {name: [one[place] for one in counts] for place, name in enumerate(names[:-1])}
    data["claims"] = list(counts.values())
    return Table(
        name="sources",
        layer="sources",
        family="none",
        columns=_SOURCES,
        data=data,
        shapes=[None] * len(counts),
    )


def _split_layer(name: str, frame: gpd.GeoDataFrame) -> Iterator[Table]:
    columns, data, shapes = list_columns(frame)
    if name in ("unplaced", "sources"):
        yield Table(name=name, layer=name, family="none", columns=columns, data=data, shapes=shapes)
        return
    families = [family_of(shape) for shape in shapes]
    counts = Counter(family for family in families if family != "none")
    if not counts:
        return
    usual = _USUAL.get(name, "")
    main = usual if usual in counts else counts.most_common(1)[0][0]
    for family in (one for one in _SUFFIXES if one in counts):
        chosen = [one == family for one in families]
        whole = len(counts) == 1 and "none" not in families
        yield Table(
            name=name if family == main else name + _SUFFIXES[family],
            layer=name,
            family=family,
            columns=columns,
            data=data if whole else {key: list(compress(values, chosen)) for key, values in data.items()},
            shapes=shapes if whole else list(compress(shapes, chosen)),
        )


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
    plain = table.family == "none"
    multi = table.family in ("point", "line", "area") and any(
        "Multi" in one.geom_type for one in table.shapes
    )
    kind = _GDAL_TYPES.get(table.family)
    write_table(
        table.data,
        None if plain else table.shapes,
        path,
        driver="GPKG",
        columns=table.columns,
        geometry_type=f"Multi{kind}" if multi else kind,
        promote_to_multi=multi,
        layer=table.name,
        append=append,
        # 1.4, the default of new GDAL, makes QGIS 3.22 warn at every layer.
        dataset_options=None if append else {"VERSION": "1.3"},
        layer_options={"FID": "fid"}
        if plain
        else {"GEOMETRY_NAME": "geom", "FID": "fid", "IDENTIFIER": table.name},
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
        raise ForeignFileError(
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

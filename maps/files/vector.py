"""FlatGeobuf and zipped Shapefiles, through GDAL."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from geo.errors import ForeignFileError
from geo.schema import COLUMN_NAMES
from maps.atomic import replace_file
from maps.files.geopackage import Table, list_tables, name_layer
from maps.files.ogr import list_ogr_layers, pivot_rows, read_table, write_table
from maps.files.options import WriteOptions
from maps.files.values import TYPES, Row

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["SHORT_NAMES", "read_flatgeobuf", "read_shapefiles", "write_flatgeobuf", "write_shapefiles"]

_DECIMALS = 6
_FLAT_COLUMNS = {name: TYPES[name] for name in COLUMN_NAMES} | {"layer": "str", "inner_wkt": "str"}
_TEXT_BYTES = 254
# Names of at most ten characters, as dBASE has them.
SHORT_NAMES: dict[str, str] = {
    "control_status": "ctrl_stat",
    "geonameid": "geonameid",
    "geo_precision": "geo_prec",
    "coordinate_uncertainty_m": "uncert_m",
    "area_km2_low": "km2_low",
    "area_km2_high": "km2_high",
    "time_precision": "time_prec",
    "attribution": "attrib",
    "quote_start": "quote_from",
    "quote_end": "quote_to",
    "asserted_by": "asserted",
    "bearing_deg": "bearing",
    "course_text": "course_txt",
    "course_rule": "course_rul",
}


def write_flatgeobuf(
    rows: Sequence[Mapping[str, Any]], path: Path | str, options: WriteOptions
) -> tuple[str, ...]:
    """Write rows as FlatGeobuf with a spatial index; what has no shape cannot be in it and is told."""
    placed = [_flatten(row) for row in rows if row.get("geometry") is not None]
    with replace_file(path) as stand_in:
        write_table(
            pivot_rows(placed, _FLAT_COLUMNS),
            [row["geometry"] for row in placed],
            stand_in,
            driver="FlatGeobuf",
            columns=_FLAT_COLUMNS,
            geometry_type="Unknown",
            layer=Path(path).name.split(".")[0],
            layer_options={
                "SPATIAL_INDEX": "YES" if placed else "NO",
                "TITLE": options.title,
                "DESCRIPTION": f"{options.abstract}. {options.attribution}. {options.licence}",
            },
        )
    losses = ["FlatGeobuf carries no styles, and days as moments at midnight"]
    missing = len(rows) - len(placed)
    if missing:
        losses.append(f"FlatGeobuf holds no claim without a place: {missing} left out")
    return tuple(losses)


def _flatten(row: Mapping[str, Any]) -> Row:
    inner = row.get("inner")
    wkt = None if inner is None else shapely.to_wkt(inner, rounding_precision=_DECIMALS)
    return {**row, "inner_wkt": wkt}


def read_flatgeobuf(path: Path | str) -> list[Row]:
    """Read the rows of one of our own FlatGeobuf files; `InputError` if it is not one."""
    list_ogr_layers(path)
    rows = read_table(path)
    if rows and not {"claim_id", "kind", "inner_wkt"} <= rows[0].keys():
        raise ForeignFileError(
            f"{str(path)!r} was not written by this program: no columns claim_id, kind, inner_wkt"
        )
    return [_unflatten(row) for row in rows]


def _unflatten(record: Row) -> Row:
    row: Row = {name: record.get(name) for name in COLUMN_NAMES}
    row["geometry"] = record["geometry"]
    row["inner"] = shapely.from_wkt(record["inner_wkt"]) if record.get("inner_wkt") else None
    if record.get("layer"):
        row["layer"] = record["layer"]
    return row


def write_shapefiles(layers: Mapping[str, gpd.GeoDataFrame], path: Path | str) -> tuple[str, ...]:
    """Write one Shapefile a table into a zip file; returns what Shapefiles cannot carry."""
    everything = list_tables(layers)
    tables = [table for table in everything if table.family != "mixed"]
    cut = [_cut_texts(table) for table in tables]
    with tempfile.TemporaryDirectory() as folder:
        for table, (rows, _) in zip(tables, cut, strict=True):
            _write_shapefile(table, rows, Path(folder))
        with replace_file(path) as stand_in, zipfile.ZipFile(stand_in, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(Path(folder).iterdir()):
                archive.write(name, name.name)
    shortened = sum(count for _, count in cut)
    losses = [
        "Shapefiles carry no styles, and column names of at most ten characters (" + _tell_names() + ")"
    ]
    mixed = sum(len(table.shapes) for table in everything if table.family == "mixed")
    if mixed:
        losses.append(f"Shapefiles hold no shapes of several sorts together: {mixed} left out")
    if shortened:
        losses.append(f"Shapefiles hold {_TEXT_BYTES} bytes of text: {shortened} texts are cut")
    return tuple(losses)


def _tell_names() -> str:
    return ", ".join(f"{name} is {short}" for name, short in SHORT_NAMES.items() if name != short)


def _cut_texts(table: Table) -> tuple[list[Row], int]:
    """Return rows whose texts fit, cut between code points, and how many were cut."""
    count = 0
    rows = []
    for row in table.rows():
        fitted = dict(row)
        for name, type_ in table.columns.items():
            value = row.get(name)
            if type_ == "str" and value and len(value.encode()) > _TEXT_BYTES:
                fitted[name] = value.encode()[:_TEXT_BYTES].decode("utf-8", "ignore")
                count += 1
        rows.append({SHORT_NAMES.get(name, name): value for name, value in fitted.items()})
    return rows, count


def _write_shapefile(table: Table, rows: Sequence[Row], folder: Path) -> None:
    kinds = {"point": "Point", "line": "LineString", "area": "Polygon"}
    shapes = [row.get("geometry") for row in rows]
    multi = table.family == "point" and any(
        shape.geom_type == "MultiPoint" for shape in shapes if shape is not None
    )
    kind = kinds.get(table.family)
    columns = {SHORT_NAMES.get(name, name): type_ for name, type_ in table.columns.items()}
    write_table(
        pivot_rows(rows, columns),
        shapes if kind else None,
        folder / f"{table.name}.{'shp' if kind else 'dbf'}",
        driver="ESRI Shapefile",
        columns=columns,
        geometry_type=f"Multi{kind}" if multi else kind,
        promote_to_multi=multi,
        layer=table.name,
        encoding="UTF-8",
    )


def read_shapefiles(path: Path | str) -> dict[str, list[Row]]:
    """Read one of our own zipped Shapefiles as rows by layer name; `InputError` if it is not one."""
    long_names = {short: name for name, short in SHORT_NAMES.items()}
    layers: dict[str, list[Row]] = {}
    for table in list_ogr_layers(f"/vsizip/{Path(path).absolute()}"):
        layer = name_layer(table)
        if layer:
            records = read_table(f"/vsizip/{Path(path).absolute()}", table)
            rows = [{long_names.get(name, name): value for name, value in one.items()} for one in records]
            layers.setdefault(layer, []).extend(rows)
    if not layers:
        raise ForeignFileError(f"{str(path)!r} was not written by this program: it has none of our layers")
    return layers

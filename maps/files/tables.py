"""CSV with WKT, and GeoParquet: one row a claim."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import ForeignFileError, InputError, MissingExtraError
from geo.schema import COLUMN_NAMES
from maps.atomic import replace_file
from maps.files.options import WriteOptions
from maps.files.values import TYPES, Row, clean_row

__all__ = ["guard_cell", "read_csv", "read_parquet", "unguard_cell", "write_csv", "write_parquet"]

# What a spreadsheet takes for a formula at the head of a cell, in both widths [OWASP, CSV injection];
# the apostrophe itself is doubled so that reading back is exact.
_RISKY = tuple("=+-@\t\r\n＝＋－＠'")
_WKT = "wkt"
_INNER = "inner_wkt"
_LAYER = "layer"
_CSV_COLUMNS = (*COLUMN_NAMES, _LAYER, _INNER, _WKT)
_DECIMALS = 6


def guard_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before a risky first character."""
    return f"'{text}" if text.startswith(_RISKY) else text


def unguard_cell(cell: str) -> str:
    """Return the text that `guard_cell` was given."""
    return cell.removeprefix("'")


def write_csv(rows: Sequence[Mapping[str, Any]], path: Path | str) -> None:
    """Write rows as CSV [RFC 4180], UTF-8, shapes as WKT; texts that look like formulas get an apostrophe."""
    with replace_file(path) as stand_in, stand_in.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_CSV_COLUMNS)
        writer.writerows(_list_cells(rows))


def _list_cells(rows: Sequence[Mapping[str, Any]]) -> Iterator[list[str]]:
    shapes = shapely.to_wkt(_list_shapes(rows, "geometry"), rounding_precision=_DECIMALS)
    for row, wkt in zip(rows, shapes, strict=True):
        cells = [_tell_cell(row.get(name)) for name in (*COLUMN_NAMES, _LAYER)]
        inner = row.get("inner")
        cells.append("" if inner is None else shapely.to_wkt(inner, rounding_precision=_DECIMALS))
        cells.append(wkt or "")
        yield cells


def _list_shapes(rows: Sequence[Mapping[str, Any]], name: str) -> np.ndarray[Any, Any]:
    shapes = np.empty(len(rows), dtype=object)
    shapes[:] = [row.get(name) for row in rows]
    return shapes


def _tell_cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guard_cell(value)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def read_csv(path: Path | str) -> list[Row]:
    """Read the rows of one of our own CSV files; `InputError` if it is not one."""
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        csv.field_size_limit(2**31 - 1)
        reader = csv.DictReader(stream)
        if not {"claim_id", "kind", _WKT} <= set(reader.fieldnames or ()):
            raise ForeignFileError(
                f"{str(path)!r} was not written by this program: no columns claim_id, kind and {_WKT}"
            )
        return [_read_cells(cells) for cells in reader]


def _read_cells(cells: Mapping[str, str]) -> Row:
    row: Row = {
        name: unguard_cell(cells.get(name) or "") if TYPES[name] == "str" else cells.get(name)
        for name in COLUMN_NAMES
    }
    row["geometry"] = shapely.from_wkt(cells[_WKT]) if cells.get(_WKT) else None
    row["inner"] = shapely.from_wkt(cells[_INNER]) if cells.get(_INNER) else None
    if cells.get(_LAYER):
        row[_LAYER] = cells[_LAYER]
    return clean_row(row)


def write_parquet(rows: Sequence[Mapping[str, Any]], path: Path | str, options: WriteOptions) -> None:
    """Write rows as GeoParquet 1.1, zstd, with a covering of bounds; needs the extra ``parquet``.

    Raises
    ------
    MissingExtraError
        If pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    table = pa.table(_arrow_columns(rows, pa))
    head = {
        b"geo": json.dumps(_describe_geometry(rows)).encode(),
        b"frontline": json.dumps(_tell_dataset(options)).encode(),
    }
    with replace_file(path) as stand_in:
        pq.write_table(table.replace_schema_metadata(head), stand_in, compression="zstd")


def _arrow_columns(rows: Sequence[Mapping[str, Any]], pa: Any) -> dict[str, Any]:
    kinds = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "date": pa.date32()}
    columns = {name: pa.array([row.get(name) for row in rows], kinds[TYPES[name]]) for name in COLUMN_NAMES}
    columns[_LAYER] = pa.array([row.get(_LAYER) for row in rows], pa.string())
    for name in ("inner", "geometry"):
        columns[name] = pa.array(shapely.to_wkb(_list_shapes(rows, name)), pa.binary())
    columns["bbox"] = _cover_shapes(rows, pa)
    return columns


def _cover_shapes(rows: Sequence[Mapping[str, Any]], pa: Any) -> Any:
    """The bounds of each shape, null where there is none [GeoParquet 1.1, bbox covering]."""
    bounds = shapely.bounds(_list_shapes(rows, "geometry"))
    names = ("xmin", "ymin", "xmax", "ymax")
    return pa.StructArray.from_arrays(
        [pa.array(bounds[:, index], pa.float64()) for index in range(4)],
        names=list(names),
        mask=pa.array(np.isnan(bounds).any(axis=1)),
    )


def _describe_geometry(rows: Sequence[Mapping[str, Any]]) -> Row:
    shapes = [row["geometry"] for row in rows if row.get("geometry") is not None]
    column: Row = {"encoding": "WKB", "geometry_types": sorted({shape.geom_type for shape in shapes})}
    if shapes:
        column["bbox"] = [float(value) for value in shapely.total_bounds(shapes)]
    corners = {name: ["bbox", name] for name in ("xmin", "ymin", "xmax", "ymax")}
    inner = {"encoding": "WKB", "geometry_types": []}
    # No "crs" means OGC:CRS84, which is what the coordinates are.
    return {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": column | {"covering": {"bbox": corners}}, "inner": inner},
    }


def _tell_dataset(options: WriteOptions) -> Row:
    return {
        "title": options.title,
        "description": options.abstract,
        "license": options.licence,
        "attribution": options.attribution,
    }


def read_parquet(path: Path | str) -> list[Row]:
    """Read the rows of one of our own GeoParquet files; `InputError` if it is not one."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtraError("pyarrow", "parquet") from error
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(f"{str(path)!r} cannot be read as Parquet: {error}") from error
    if not {"claim_id", "kind", "geometry"} <= set(table.column_names):
        raise ForeignFileError(
            f"{str(path)!r} was not written by this program: no columns claim_id, kind and geometry"
        )
    return [_read_arrow(row) for row in table.drop_columns(["bbox"]).to_pylist()]


def _read_arrow(record: Row) -> Row:
    row: Row = {name: record.get(name) for name in COLUMN_NAMES}
    for name in ("geometry", "inner"):
        row[name] = shapely.from_wkb(record[name]) if record.get(name) else None
    if record.get(_LAYER):
        row[_LAYER] = record[_LAYER]
    return clean_row(row)

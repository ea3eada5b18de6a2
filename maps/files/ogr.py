"""Layers through GDAL (pyogrio): one function to write a table, one to read it as plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import InputError
from maps.files.values import Row

__all__ = ["FAMILIES", "family_of", "list_ogr_layers", "pivot_rows", "read_table", "write_table"]

# Families of geometry that programs keep in layers of their own.
FAMILIES: dict[str, str] = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "LinearRing": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}


_CRS = "EPSG:4326"
_EPOCH = date(1970, 1, 1).toordinal()
_NO_DAY = np.iinfo(np.int64).min  # numpy's own mark for "not a time"


def family_of(shape: Any) -> str:
    """Return ``point``, ``line`` or ``area``; ``mixed`` for a collection, ``none`` for None."""
    return "none" if shape is None else FAMILIES.get(shape.geom_type, "mixed")


def write_table(
    data: Mapping[str, Sequence[Any]],
    shapes: Sequence[Any] | None,
    path: Path | str,
    *,
    columns: Mapping[str, str],
    **options: Any,
) -> None:
    """Write columns as one layer.

    Parameters
    ----------
    data
        Plain values by column.
    shapes
        EPSG:4326; None for a table without geometry.
    path
        Where.
    columns
        Names to write and their types: str, int, float or date.
    **options
        Handed to `pyogrio.raw.write` (driver, geometry_type, layer, append, layer_options ...).
    """
    binary = None if shapes is None else _encode_shapes(shapes)
    # Arrow halves the time of a large GeoPackage; pyarrow is an extra, so there is a way without it.
    if binary is not None and options.get("driver") == "GPKG" and find_spec("pyarrow"):
        _write_arrow(data, binary, path, columns, **options)
    else:
        _write_arrays(data, binary, path, columns, **options)


def _encode_shapes(shapes: Sequence[Any]) -> np.ndarray[Any, Any]:
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    return np.asarray(shapely.to_wkb(array), dtype=object)


def _write_arrays(
    data: Mapping[str, Sequence[Any]],
    binary: np.ndarray[Any, Any] | None,
    path: Path | str,
    columns: Mapping[str, str],
    **options: Any,
) -> None:
    import pyogrio.raw

    fields = [_encode_column(data[name], type_) for name, type_ in columns.items()]
    pyogrio.raw.write(
        str(path),
        geometry=binary,
        field_data=[values for values, _ in fields],
        field_mask=[mask for _, mask in fields],
        fields=list(columns),
        crs=None if binary is None else _CRS,
        **options,
    )


def _write_arrow(
    data: Mapping[str, Sequence[Any]],
    binary: np.ndarray[Any, Any],
    path: Path | str,
    columns: Mapping[str, str],
    *,
    promote_to_multi: bool = False,
    **options: Any,
) -> None:
    import pyarrow as pa
    import pyogrio.raw

    if promote_to_multi:
        binary = _promote(binary)
    kinds = {"str": pa.string(), "int": pa.int64(), "float": pa.float64(), "date": pa.date32()}
    arrays = [pa.array(data[name], kinds[type_]) for name, type_ in columns.items()]
    fields = [pa.field(name, kinds[type_]) for name, type_ in columns.items()]
    mark = {"ARROW:extension:name": "geoarrow.wkb"}
    geometry = str(options["layer_options"]["GEOMETRY_NAME"])
    schema = pa.schema([*fields, pa.field(geometry, pa.binary(), metadata=mark)])
    table = pa.table([*arrays, pa.array(binary, pa.binary())], schema=schema)
    pyogrio.raw.write_arrow(table, str(path), geometry_name=geometry, crs=_CRS, **options)


def _promote(binary: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Make every shape a multi-part one, as `pyogrio.raw.write` does by itself."""
    shapes = [_wrap_part(shape) for shape in shapely.from_wkb(binary)]
    return _encode_shapes(shapes)


def _wrap_part(shape: Any) -> Any:
    """Return a single shape as a multi-part one of one part."""
    makers: dict[str, Any] = {
        "Point": shapely.multipoints,
        "LineString": shapely.multilinestrings,
        "Polygon": shapely.multipolygons,
    }
    return makers[shape.geom_type]([shape]) if shape.geom_type in makers else shape


def pivot_rows(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> dict[str, list[Any]]:
    """Return rows as columns."""
    return {name: [row.get(name) for row in rows] for name in columns}


def _encode_column(
    values: Sequence[Any], type_: str
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any] | None]:
    match type_:
        case "int":
            mask = np.array([value is None for value in values], dtype=bool)
            return np.array([value or 0 for value in values], dtype=np.int64), mask
        case "float":
            return np.array([np.nan if value is None else value for value in values], dtype=np.float64), None
        case "date":
            days = np.array(
                [_NO_DAY if day is None else day.toordinal() - _EPOCH for day in values], np.int64
            )
            return days.astype("datetime64[D]"), None
        case _:
            return np.array(values, dtype=object), None


def list_ogr_layers(path: Path | str) -> list[str]:
    """Return the names of a file's layers; `InputError` if GDAL cannot open it."""
    import pyogrio

    try:
        return [str(name) for name, _ in pyogrio.list_layers(path)]
    except pyogrio.errors.DataSourceError as error:
        raise InputError(f"{str(path)!r} cannot be read: {error}") from error


def read_table(path: Path | str, layer: str | None = None) -> list[Row]:
    """Read a layer as rows with its columns as GDAL gives them, and ``geometry``."""
    import pyogrio.raw

    meta, _, shapes, fields = pyogrio.raw.read(str(path), layer=layer)
    columns = {str(name): _decode_column(values) for name, values in zip(meta["fields"], fields, strict=True)}
    length = len(fields[0]) if fields else len(shapes if shapes is not None else ())
    columns["geometry"] = [None] * length if shapes is None else list(shapely.from_wkb(shapes))
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _decode_column(values: np.ndarray[Any, Any]) -> list[Any]:
    if values.dtype.kind == "M":
        return [None if day is None else day for day in values.astype("datetime64[D]").tolist()]
    return list(values.tolist())

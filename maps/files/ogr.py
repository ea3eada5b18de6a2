"""Layers through GDAL (pyogrio): one function to write a table, one to read it as plain rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import InputError
from maps.files.values import TYPES, Row

__all__ = ["FAMILIES", "family_of", "list_ogr_layers", "read_table", "write_table"]

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


def family_of(shape: Any) -> str:
    """Return ``point``, ``line`` or ``area``; ``mixed`` for a collection, ``none`` for None."""
    return "none" if shape is None else FAMILIES.get(shape.geom_type, "mixed")


def write_table(
    rows: Sequence[Mapping[str, Any]],
    path: Path | str,
    *,
    driver: str,
    columns: Mapping[str, str],
    geometry_type: str | None,
    **options: Any,
) -> None:
    """Write rows as one layer.

    Parameters
    ----------
    rows
        Plain values, shapes (EPSG:4326) under ``geometry``.
    path, driver
        Where, and which GDAL driver.
    columns
        Names to write and their types: str, int, float or date.
    geometry_type
        GDAL's name of the layer's type; None for a table without geometry.
    **options
        Handed to `pyogrio.raw.write` (layer, append, dataset_options, layer_options, layer_metadata ...).
    """
    import pyogrio.raw

    fields = [_encode_column([row.get(name) for row in rows], type_) for name, type_ in columns.items()]
    shapes = None
    if geometry_type is not None:
        shapes = np.asarray(
            shapely.to_wkb([row["geometry"] for row in rows] or np.empty(0, object)), dtype=object
        )
    pyogrio.raw.write(
        str(path),
        geometry=shapes,
        field_data=[values for values, _ in fields],
        field_mask=[mask for _, mask in fields],
        fields=list(columns),
        geometry_type=geometry_type,
        crs="EPSG:4326" if geometry_type is not None else None,
        driver=driver,
        **options,
    )


def _encode_column(values: list[Any], type_: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any] | None]:
    match type_:
        case "int":
            mask = np.array([value is None for value in values], dtype=bool)
            return np.array([value or 0 for value in values], dtype=np.int64), mask
        case "float":
            return np.array([np.nan if value is None else value for value in values], dtype=np.float64), None
        case "date":
            return np.array(values, dtype="datetime64[D]"), None
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


def schema_types(names: Sequence[str]) -> dict[str, str]:
    """Return the types of columns by the schema, text for those that it does not know."""
    return {name: TYPES.get(name, "str") for name in names}

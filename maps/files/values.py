"""Values that every format can hold, and layers as plain rows.

A row is a dictionary with the schema's columns, ``geometry`` and ``inner`` (shapely or None).  An empty text
is a missing one; control characters, which XML, SQLite and tables cannot hold alike, are left out.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from geo.schema import COLUMNS

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = [
    "DERIVED",
    "DRAWN",
    "GEOMETRY_COLUMNS",
    "TYPES",
    "Row",
    "clean_date",
    "clean_row",
    "clean_text",
    "count_sources",
    "list_claims",
    "list_columns",
    "list_rows",
    "list_shapes",
    "plain_values",
]

Row = dict[str, Any]

TYPES: dict[str, str] = {column.name: column.type for column in COLUMNS}
DERIVED = ("front_line", "front_band")
# Drawn from a column of the claims wherever a format has layers, and never read back.
DRAWN = ("arrow",)
GEOMETRY_COLUMNS = ("geometry", "inner")
_SOURCE_COLUMNS = ("report", "publisher", "url", "published", "lang")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?")


def clean_text(value: object) -> str | None:
    """Return a text without characters that some format cannot hold; None for an empty or missing one."""
    if value is None or value != value:  # noqa: PLR0124 - NaN is the one value that is not itself
        return None
    text = value if isinstance(value, str) else str(value)
    if not text.isprintable():
        text = _UNFIT.sub("", _LINE_ENDS.sub("\n", text))
    return text if text and text != "<NA>" else None


def clean_float(value: Any) -> float | None:
    """Return a finite float, or None."""
    number = None if _is_missing(value) else float(value)
    return number if number is not None and math.isfinite(number) else None


def clean_int(value: Any) -> int | None:
    """Return a whole number, or None; a text that holds one is read."""
    number = clean_float(value)
    return None if number is None else round(number)


def clean_date(value: Any) -> date | None:
    """Return a date from a date, a timestamp or ISO 8601 text; None for a missing one."""
    if isinstance(value, datetime):
        return None if _is_missing(value) else value.date()
    if isinstance(value, date):
        return value
    if _is_missing(value):
        return None
    return date.fromisoformat(str(value)[:10].replace("/", "-"))


def _is_missing(value: Any) -> bool:
    if value is None or value == "":
        return True
    return str(value) in {"nan", "NaT", "<NA>"}


_CLEANERS = {"str": clean_text, "float": clean_float, "int": clean_int, "date": clean_date}


def clean_row(row: Mapping[str, Any]) -> Row:
    """Return a row with plain, finite values of the schema's types; other keys stay as they are."""
    return {
        name: value if (type_ := TYPES.get(name)) is None else _CLEANERS[type_](value)
        for name, value in row.items()
    }


def plain_values(series: pd.Series[Any], type_: str) -> list[Any]:
    """Return a column as a list of plain values (str, int, float, date or None)."""
    missing = series.isna()
    if missing.all():
        return [None] * len(series)
    if series.dtype.kind in "iuf" and type_ in ("int", "float"):
        return _plain_numbers(series, type_)
    values = series.tolist()
    clean = _CLEANERS[type_]
    # Most columns repeat few values: each is cleaned once.
    known = {value: clean(value) for value in set(values)}
    return [known[value] for value in values]


def _plain_numbers(series: pd.Series[Any], type_: str) -> list[Any]:
    import numpy as np

    numbers = series.to_numpy(dtype=np.float64, na_value=np.nan)
    fit = np.isfinite(numbers)
    plain = (np.rint(np.where(fit, numbers, 0)).astype(np.int64) if type_ == "int" else numbers).tolist()
    if fit.all():
        return list(plain)
    return [value if is_fit else None for value, is_fit in zip(plain, fit.tolist(), strict=True)]


def guess_type(series: pd.Series[Any]) -> str:
    """Return the type of a column that the schema does not know, by its kind or by what stands in it."""
    kinds = {"i": "int", "u": "int", "b": "int", "f": "float", "M": "date"}
    if series.dtype.kind in kinds:
        return kinds[series.dtype.kind]
    found = {type(value).__name__ for value in series.dropna().tolist()}
    return found.pop() if len(found) == 1 and found <= _CLEANERS.keys() else "str"


def list_columns(frame: pd.DataFrame) -> tuple[dict[str, str], dict[str, list[Any]], list[Any]]:
    """Return a layer as columns: their types, their plain values, and the shapes (empty ones are None)."""
    names = [str(name) for name in frame.columns if name != "geometry"]
    ordered = [*(name for name in TYPES if name in names), *(name for name in names if name not in TYPES)]
    types = {name: TYPES.get(name) or guess_type(frame[name]) for name in ordered}
    return (
        types,
        {name: plain_values(frame[name], type_) for name, type_ in types.items()},
        list_shapes(frame),
    )


def list_rows(frame: pd.DataFrame) -> list[Row]:
    """Return a layer as plain rows with ``geometry``; empty shapes are None."""
    _, columns, shapes = list_columns(frame)
    names = (*columns, "geometry")
    return [dict(zip(names, values, strict=True)) for values in zip(*columns.values(), shapes, strict=True)]


def list_shapes(frame: pd.DataFrame) -> list[Any]:
    """Return the shapes of a layer, None for missing and empty ones and where it has no geometry."""
    if "geometry" not in frame.columns:
        return [None] * len(frame)
    import numpy as np
    import shapely

    shapes = np.asarray(frame["geometry"], dtype=object)
    shapes = shapes.copy()
    shapes[shapely.is_empty(shapes)] = None
    return list(shapes)


def list_claims(layers: Mapping[str, gpd.GeoDataFrame]) -> list[Row]:
    """Return one row a claim from all layers of claims, the low outline of a zone under ``inner``."""
    claims: list[Row] = []
    for name, frame in layers.items():
        if name not in (*DERIVED, *DRAWN, "sources"):
            claims.extend(join_outlines(list_rows(frame)))
    return claims


def join_outlines(rows: Iterable[Row]) -> list[Row]:
    """Put each low outline into the row of its claim; one whose claim is missing stays a row."""
    joined: list[Row] = []
    owners: dict[str, Row] = {}
    for row in rows:
        owner = owners.get(row.get("claim_id") or "")
        if row.get("role") == "inner" and owner is not None and owner["inner"] is None:
            owner["inner"] = row["geometry"]
            continue
        row.setdefault("inner", None)
        owners[row.get("claim_id") or ""] = row
        joined.append(row)
    return joined


def count_sources(rows: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return a row a report from the rows of its claims, with the number of ``claims``."""
    sources: dict[object, Row] = {}
    for row in rows:
        source = sources.setdefault(
            row.get("report"), {name: row.get(name) for name in _SOURCE_COLUMNS} | {"claims": 0}
        )
        source["claims"] += 1
    return list(sources.values())

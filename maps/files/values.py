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
    "GEOMETRY_COLUMNS",
    "TYPES",
    "Row",
    "clean_date",
    "clean_row",
    "clean_text",
    "count_sources",
    "list_claims",
    "list_rows",
    "plain_values",
]

Row = dict[str, Any]

TYPES: dict[str, str] = {column.name: column.type for column in COLUMNS}
DERIVED = ("front_line", "front_band")
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
    if type_ == "float" and series.dtype.kind == "f":
        return [value if math.isfinite(value) else None for value in series.tolist()]
    if type_ == "int" and str(series.dtype) == "Int64":
        return series.astype("object").where(series.notna(), None).tolist()
    return [_CLEANERS[type_](value) for value in series.tolist()]


def guess_type(series: pd.Series[Any]) -> str:
    """Return the type of a column that the schema does not know."""
    kinds = {"i": "int", "u": "int", "f": "float", "M": "date"}
    return kinds.get(series.dtype.kind, "str") if series.dtype.kind != "b" else "int"


def list_rows(frame: pd.DataFrame) -> list[Row]:
    """Return a layer as plain rows with ``geometry``; empty shapes are None."""
    names = [name for name in frame.columns if name != "geometry"]
    columns = [plain_values(frame[name], TYPES.get(name) or guess_type(frame[name])) for name in names]
    shapes = _list_shapes(frame)
    return [
        dict(zip((*names, "geometry"), values, strict=True)) for values in zip(*columns, shapes, strict=True)
    ]


def _list_shapes(frame: pd.DataFrame) -> list[Any]:
    if "geometry" not in frame.columns:
        return [None] * len(frame)
    return [
        None if not hasattr(shape, "is_empty") or shape.is_empty else shape
        for shape in frame["geometry"].tolist()
    ]


def list_claims(layers: Mapping[str, gpd.GeoDataFrame]) -> list[Row]:
    """Return one row a claim from all layers of claims, the low outline of a zone under ``inner``."""
    claims: list[Row] = []
    for name, frame in layers.items():
        if name not in (*DERIVED, "sources"):
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

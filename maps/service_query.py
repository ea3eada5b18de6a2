"""What a client asks of a collection: parameters read strictly, then answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import shapely

from maps.files.values import TYPES
from maps.service_data import Collection

__all__ = [
    "DEFAULT_LIMIT",
    "LARGEST_LIMIT",
    "MOMENT_PATTERN",
    "Query",
    "QueryError",
    "find_features",
    "parse_query",
]

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 10_000
_LARGEST_OFFSET = 10**9
_OWN = ("bbox", "datetime", "limit", "offset", "f")
_VALUES = {
    "int": re.compile(r"[+-]?[0-9]{1,18}"),
    "float": re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_NAMES = {"int": "whole number", "float": "number", "date": "date (YYYY-MM-DD)"}
# RFC 3339, as a pattern that the service's description can carry too.
MOMENT_PATTERN = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?"
)
_MOMENT = re.compile(MOMENT_PATTERN)


class QueryError(Exception):
    """A parameter is unknown or cannot be read; the message says which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Query:
    """A request for features, read.

    Attributes
    ----------
    bbox
        West, south, east, north in degrees (CRS84), west greater than east across 180°; None for everywhere.
    first_day, last_day
        Proleptic ordinals of the days asked for, inclusive; None for an open end.
    filters
        Values by property.
    """

    limit: int = DEFAULT_LIMIT
    offset: int = 0
    bbox: tuple[float, float, float, float] | None = None
    first_day: int | None = None
    last_day: int | None = None
    filters: Mapping[str, str] = field(default_factory=dict)


def parse_query(parameters: Sequence[tuple[str, str]], collection: Collection) -> Query:
    """Read the parameters of a request for features.

    Raises
    ------
    QueryError
        If one is unknown, comes twice or has a value that cannot be read.
    """
    given: dict[str, str] = {}
    for name, value in parameters:
        if name in given:
            raise QueryError(f"parameter {name!r} is given twice")
        if name not in _OWN and name not in collection.properties:
            known = ", ".join((*_OWN, *collection.properties))
            raise QueryError(f"unknown parameter {name!r}; known are {known}")
        given[name] = value
    first, last = _parse_datetime(given["datetime"]) if "datetime" in given else (None, None)
    return Query(
        limit=min(_parse_whole(given, "limit", DEFAULT_LIMIT, 1), LARGEST_LIMIT),
        offset=_parse_whole(given, "offset", 0, 0),
        bbox=_parse_bbox(given["bbox"]) if "bbox" in given else None,
        first_day=first,
        last_day=last,
        filters={name: _check_value(name, value) for name, value in given.items() if name not in _OWN},
    )


def _check_value(name: str, value: str) -> str:
    """A filter's value must be of its column's type: one that cannot be is a slip, no empty answer."""
    type_ = TYPES.get(name, "str")
    if type_ in _VALUES and not _VALUES[type_].fullmatch(value):
        raise QueryError(f"{name}={value!r} must be a {_NAMES[type_]}")
    return value


def _parse_whole(given: Mapping[str, str], name: str, otherwise: int, least: int) -> int:
    text = given.get(name)
    if text is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,10}", text) or not least <= int(text) <= _LARGEST_OFFSET:
        raise QueryError(f"{name}={text!r} must be a whole number of at least {least}")
    return int(text)


def _parse_bbox(text: str) -> tuple[float, float, float, float]:
    parts = text.split(",")
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        raise QueryError(f"bbox={text!r} must be four or six numbers with commas between") from None
    if len(numbers) not in (4, 6) or not np.isfinite(numbers).all():
        raise QueryError(f"bbox={text!r} must be four or six numbers with commas between")
    west, south, east, north = numbers if len(numbers) == 4 else (*numbers[:2], *numbers[3:5])
    if south > north:
        raise QueryError(f"bbox={text!r} must be west, south, east, north: its south is beyond its north")
    return west, south, east, north


def _parse_datetime(text: str) -> tuple[int | None, int | None]:
    parts = text.split("/")
    if len(parts) == 1:
        day = _parse_moment(text, text)
        return day, day
    if len(parts) != 2 or (parts[0] in ("", "..") and parts[1] in ("", "..")):
        raise QueryError(f"datetime={text!r} must be a moment or an interval with one end at least")
    first, last = (None if part in ("", "..") else _parse_moment(part, text) for part in parts)
    if first is not None and last is not None and first > last:
        raise QueryError(f"datetime={text!r}: the interval ends before it begins")
    return first, last


def _parse_moment(part: str, text: str) -> int:
    """Return the day (UTC) of an RFC 3339 date or moment."""
    if not _MOMENT.fullmatch(part):
        raise QueryError(f"datetime={text!r}: {part!r} is no RFC 3339 date or moment")
    try:
        if len(part) == 10:
            return date.fromisoformat(part).toordinal()
        moment = datetime.fromisoformat(part.upper().replace(" ", "T"))
        return moment.astimezone(UTC).date().toordinal()
    except (ValueError, OverflowError):
        raise QueryError(f"datetime={text!r}: there is no such moment as {part!r}") from None


def find_features(collection: Collection, query: Query) -> tuple[list[int], int]:
    """Return the positions of one page of features, and how many match in all."""
    found = np.ones(len(collection.rows), dtype=bool)
    if query.bbox is not None:
        found &= _touch_box(collection, query.bbox)
    if query.first_day is not None:
        found &= collection.last_days >= query.first_day
    if query.last_day is not None:
        found &= collection.first_days <= query.last_day
    matched = np.flatnonzero(found)
    for name, value in query.filters.items():
        kept = [place for place in matched.tolist() if _has_value(collection.rows[place], name, value)]
        matched = np.array(kept, dtype=np.int64)
    page = matched[query.offset : query.offset + query.limit]
    return [int(position) for position in page], len(matched)


def _touch_box(collection: Collection, bbox: tuple[float, float, float, float]) -> np.ndarray[Any, Any]:
    west, south, east, north = bbox
    spans = [(west, east)] if west <= east else [(west, max(west, 180.0)), (min(east, -180.0), east)]
    inside = np.zeros(len(collection.rows), dtype=bool)
    for left, right in spans:
        inside[collection.tree.query(shapely.box(left, south, right, north), predicate="intersects")] = True
    return inside


def _has_value(row: Mapping[str, Any], name: str, value: str) -> bool:
    """Equality, by type; one code is enough of a list of codes."""
    own = row.get(name)
    if own is None:
        return value == ""
    if isinstance(own, int | float):
        try:
            return float(value) == own
        except ValueError:
            return False
    if isinstance(own, date):
        return own.isoformat() == value
    return str(own) == value or (name == "actors" and value in str(own).split(";"))

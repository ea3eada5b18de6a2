"""The JSON Schema of our GeoJSON, made from the columns of `geo.schema`; shipped as a data file.

``python -m maps.files.json_schema`` prints it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from geo.model import ControlStatus, Kind, PlaceKind, Status
from geo.schema import COLUMNS, Column

__all__ = ["CHOICES", "SCHEMA_FILE", "build_schema", "render_schema"]

SCHEMA_FILE = "claims.schema.json"
_TYPES = {"str": "string", "int": "integer", "float": "number", "date": "string"}
CHOICES: dict[str, list[str]] = {
    "kind": [kind.value for kind in Kind],
    "status": [status.value for status in Status],
    "control_status": [status.value for status in ControlStatus],
    "place_kind": [kind.value for kind in PlaceKind],
    "role": ["main", "outer", "inner", "arrow"],
}
_LIMITS: dict[str, dict[str, float]] = {
    "lat": {"minimum": -90, "maximum": 90},
    "lon": {"minimum": -180, "maximum": 180},
    "geo_precision": {"minimum": 1, "maximum": 3},
    "where_prec": {"minimum": 1, "maximum": 7},
    "time_precision": {"minimum": 1, "maximum": 3},
}


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a FeatureCollection of claims."""
    properties = {column.name: _describe_column(column) for column in COLUMNS}
    properties["inner_wkt"] = {
        "type": "string",
        "title": "Low outline",
        "description": "Of a zone of stated size, as WKT; the geometry is the high outline",
    }
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "id": {"type": "string"},
            # What matters here is the properties; a geometry has a schema of its own, which is not fetched.
            "geometry": {"type": ["object", "null"], "required": ["type"]},
            "properties": {
                "type": "object",
                "required": [column.name for column in COLUMNS if column.required],
                "properties": properties,
            },
        },
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Claims of news reports, placed",
        "description": "GeoJSON (RFC 7946), one feature a claim; days are inclusive; geometry may be null",
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"const": "FeatureCollection"},
            "bbox": {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4},
            "features": {"type": "array", "items": feature},
            "sources": {"type": "array", "items": {"type": "object", "required": ["report"]}},
            "derived": {"type": "object", "description": "Front line and its band, as lists of features"},
        },
        "not": {"required": ["crs"]},
    }


def _describe_column(column: Column) -> dict[str, Any]:
    kind = _TYPES[column.type]
    told: dict[str, Any] = {
        "type": kind if column.required else [kind, "null"],
        "title": column.alias,
        "description": column.description,
    }
    if column.type == "date":
        told["format"] = "date"
    if column.name in CHOICES:
        told["enum"] = [*CHOICES[column.name], *([] if column.required else [None])]
    return told | _LIMITS.get(column.name, {})


def render_schema() -> str:
    """Return the schema as the text of the shipped file."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render_schema())

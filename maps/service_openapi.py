"""The service's description for programs: OpenAPI 3.0.3, written out and not guessed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maps.files.values import TYPES
from maps.service_data import Collection
from maps.service_query import DEFAULT_LIMIT, LARGEST_LIMIT, MOMENT_PATTERN

__all__ = ["build_openapi"]

_JSON, _GEOJSON, _HTML = "application/json", "application/geo+json", "text/html"
_TYPES = {"str": "string", "int": "integer", "float": "number", "date": "string"}
_LINK: dict[str, Any] = {
    "type": "object",
    "required": ["href", "rel"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_EXCEPTION: dict[str, Any] = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string"}, "description": {"type": "string"}},
}
_ONE, _OPEN = MOMENT_PATTERN, r"\.\."
_PARAMETERS: dict[str, dict[str, Any]] = {
    "f": {
        "name": "f",
        "in": "query",
        "description": "Form of the answer; without it the Accept header decides",
        "schema": {"type": "string", "enum": ["json", "html"]},
    },
    "limit": {
        "name": "limit",
        "in": "query",
        "description": "Features a page",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT},
        "style": "form",
        "explode": False,
    },
    "offset": {
        "name": "offset",
        "in": "query",
        "description": "Features to pass over",
        "schema": {"type": "integer", "minimum": 0, "maximum": 1_000_000_000, "default": 0},
        "style": "form",
        "explode": False,
    },
    "bbox": {
        "name": "bbox",
        "in": "query",
        "description": "West, south, east, north in degrees (CRS84); west beyond east crosses 180°",
        "schema": {
            "type": "array",
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            "items": {"type": "number"},
        },
        "style": "form",
        "explode": False,
    },
    "datetime": {
        "name": "datetime",
        "in": "query",
        "description": "A date or moment of RFC 3339, or two with / between; .. for an open end",
        "schema": {"type": "string", "pattern": f"^({_ONE}|{_ONE}/({_ONE}|{_OPEN})?|({_OPEN})?/{_ONE})$"},
        "style": "form",
        "explode": False,
    },
}


def build_openapi(collections: Mapping[str, Collection], base: str, title: str) -> dict[str, Any]:
    """Return the document for what the service holds now."""
    paths: dict[str, Any] = {
        "/": _path("landing", "Landing page", {_JSON: "landingPage"}),
        "/conformance": _path("conformance", "What the service conforms to", {_JSON: "confClasses"}),
        "/collections": _path("collections", "All collections", {_JSON: "collections"}),
    }
    for name, collection in collections.items():
        paths |= _list_paths(name, collection)
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "version": "1.0.0", "license": {"name": "see the landing page"}},
        "servers": [{"url": base}],
        "paths": paths,
        "components": {"parameters": _PARAMETERS, "schemas": _list_schemas()},
    }


def _list_paths(name: str, collection: Collection) -> dict[str, Any]:
    own = f"/collections/{name}"
    filters = [_filter(column) for column in collection.properties]
    page = [_refer(key) for key in ("limit", "offset", "bbox", "datetime")]
    identifier = {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1},
    }
    return {
        own: _path(f"describe_{name}", collection.title, {_JSON: "collection"}),
        f"{own}/items": _path(
            f"features_{name}", collection.title, {_GEOJSON: "featureCollectionGeoJSON"}, [*page, *filters]
        ),
        f"{own}/items/{{featureId}}": _path(
            f"feature_{name}", collection.title, {_GEOJSON: "featureGeoJSON"}, [identifier], codes=("404",)
        ),
    }


def _filter(column: str) -> dict[str, Any]:
    kind = TYPES.get(column, "str")
    return {
        "name": column,
        "in": "query",
        "description": f"Only features whose {column} is this",
        "schema": {"type": _TYPES[kind], **({"format": "date"} if kind == "date" else {})},
        "style": "form",
        "explode": False,
    }


def _path(
    operation: str,
    summary: str,
    schemas: Mapping[str, str],
    parameters: list[Any] | None = None,
    *,
    codes: tuple[str, ...] = (),
) -> dict[str, Any]:
    content: dict[str, Any] = {
        media: {"schema": {"$ref": f"#/components/schemas/{schema}"}} for media, schema in schemas.items()
    }
    content[_HTML] = {"schema": {"type": "string"}}
    fault = {
        "description": "What was asked cannot be answered",
        "content": {_JSON: {"schema": {"$ref": "#/components/schemas/exception"}}},
    }
    answers: dict[str, Any] = {"200": {"description": summary, "content": content}}
    answers |= dict.fromkeys(("400", *codes, "405", "500"), fault)
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": [*(parameters or []), _refer("f")],
            "responses": answers,
        }
    }


def _refer(parameter: str) -> dict[str, str]:
    return {"$ref": f"#/components/parameters/{parameter}"}


def _list_schemas() -> dict[str, Any]:
    links = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
    feature: dict[str, Any] = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {"type": "object", "nullable": True},
            "properties": {"type": "object", "nullable": True},
            "links": links,
        },
    }
    collection: dict[str, Any] = {
        "type": "object",
        "required": ["id", "links"],
        "properties": {
            "id": {"type": "string"},
            "title": {"type": "string"},
            "links": links,
            "extent": {"type": "object"},
            "itemType": {"type": "string"},
            "crs": {"type": "array", "items": {"type": "string"}},
        },
    }
    return {
        "link": _LINK,
        "exception": _EXCEPTION,
        "landingPage": {"type": "object", "required": ["links"], "properties": {"links": links}},
        "confClasses": {
            "type": "object",
            "required": ["conformsTo"],
            "properties": {"conformsTo": {"type": "array", "items": {"type": "string"}}},
        },
        "collection": collection,
        "collections": {
            "type": "object",
            "required": ["links", "collections"],
            "properties": {
                "links": links,
                "collections": {"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
            },
        },
        "featureGeoJSON": feature,
        "featureCollectionGeoJSON": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "features": {"type": "array", "items": {"$ref": "#/components/schemas/featureGeoJSON"}},
                "links": links,
                "timeStamp": {"type": "string", "format": "date-time"},
                "numberMatched": {"type": "integer", "minimum": 0},
                "numberReturned": {"type": "integer", "minimum": 0},
            },
        },
    }

"""Assessed maps that the user brings: GeoJSON, GeoPackage, KML, Shapefile ..."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geo.claims.parties import PARTIES
from geo.control.model import Base
from geo.control.statements import CONTESTED
from geo.control.tables import read_side
from geo.errors import InputError
from geo.shapes.boundaries import read_country_codes

__all__ = ["read_base"]

# Properties that may name the holder, and the day, in the order they are looked for.
_SIDE_KEYS = ("side", "held_by", "actors", "control", "owner")
_DAY_KEYS = ("as_of", "date", "date_end", "on", "updated")
_ALPHA_3 = 3
_GEOJSON = {".geojson", ".json"}
# Our own files carry the band of uncertainty too, which nobody holds.
BAND_RULE = "band of uncertainty"


def read_base(path: Path, *, holder: str, rest: str, as_of: date | None = None) -> Base:
    """Read an assessed map.

    Parameters
    ----------
    path
        A file with polygons; any CRS that the file names (GeoJSON is EPSG:4326).
    holder
        Code of the side that holds polygons whose properties name nobody (maps of occupied ground).
    rest
        Code of the side that holds the ground outside all polygons.
    as_of
        The day that it shows; None to read it from the features' properties, of which the newest counts.

    Raises
    ------
    InputError
        If the file cannot be read, has no polygons, or its day is not known.
    """
    features = list(_read_features(path))
    held: dict[str, list[BaseGeometry]] = {}
    for properties, geometry in features:
        areas = _read_areas(geometry) if properties.get("rule") != BAND_RULE else None
        if areas is not None:
            held.setdefault(_find_side(properties, holder, rest), []).append(areas)
    if not held:
        raise InputError(f"{path}: no polygon in it; a base map needs the ground that is held")
    day = as_of or _find_day(features)
    if day is None:
        raise InputError(f"{path}: nothing tells what day it shows; give its date")
    return Base(held={side: _join(parts) for side, parts in held.items()}, rest=rest, as_of=day)


def _read_features(path: Path) -> Iterable[tuple[Mapping[str, Any], BaseGeometry]]:
    if path.suffix.casefold() in _GEOJSON:
        return _read_geojson(path)
    return _read_with_driver(path)


def _read_geojson(path: Path) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    """Read GeoJSON without geopandas: a thousand days must not take minutes."""
    try:
        data = json.loads(path.read_bytes())
        features = data["features"] if data.get("type") == "FeatureCollection" else [data]
        return [
            (one.get("properties") or {}, shapely.from_geojson(json.dumps(one.get("geometry", one))))
            for one in features
            if one.get("geometry", one) is not None
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.GEOSException) as error:
        raise InputError(f"{path}: not readable as GeoJSON: {error}") from error


def _read_with_driver(path: Path) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    import geopandas as gpd
    import pyogrio

    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
        frames = [gpd.read_file(path, layer=name) for name in layers]
    except Exception as error:  # pyogrio raises its own tree, and GDAL any message
        raise InputError(f"{path}: not readable as a map: {error}") from error
    return [feature for frame in frames for feature in _list_features(frame)]


def _list_features(frame: Any) -> list[tuple[Mapping[str, Any], BaseGeometry]]:
    if frame.crs is not None and frame.crs.to_epsg() != 4326:
        frame = frame.to_crs(4326)
    rows = frame.drop(columns=frame.geometry.name).to_dict("records")
    return [(row, shape) for row, shape in zip(rows, frame.geometry, strict=True) if shape is not None]


def _read_areas(geometry: BaseGeometry) -> BaseGeometry | None:
    """Return the polygons of a geometry, valid, without heights; None if there are none."""
    flat = shapely.force_2d(geometry)
    if not flat.is_valid:
        flat = shapely.make_valid(flat, method="structure", keep_collapsed=False)
    if flat.geom_type in {"Polygon", "MultiPolygon"}:
        return None if flat.is_empty else flat
    parts = [p for p in shapely.get_parts(flat) if p.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if parts else None


def _find_side(properties: Mapping[str, Any], holder: str, rest: str) -> str:
    if str(properties.get("control_status") or "") == CONTESTED:
        return CONTESTED
    for key in _SIDE_KEYS:
        value = str(properties.get(key) or "").strip()
        side = _name_side(value, {holder, rest}) if value else None
        if side is not None:
            return side
    return holder


def _name_side(value: str, sides: AbstractSet[str]) -> str | None:
    """Return the code of a side from a property: a code, or a name in any language; None for other words."""
    if value.upper() in sides:
        return value.upper()
    if len(value) == _ALPHA_3 and value.isupper():
        return value
    named = read_side(value)
    return named if named in {CONTESTED, *read_country_codes(), *PARTIES} else None


def _find_day(features: Sequence[tuple[Mapping[str, Any], BaseGeometry]]) -> date | None:
    """Return the newest day that the first property to name any tells: polygons may differ in theirs."""
    for key in _DAY_KEYS:
        days = [day for properties, _ in features if (day := _read_day(properties.get(key))) is not None]
        if days:
            return max(days)
    return None


def _read_day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _join(parts: list[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)

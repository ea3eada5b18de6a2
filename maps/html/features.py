"""From layers to what the page holds: plain values, one item a claim, geometry as integers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.model import Kind
from maps.reasons import find_code, tell_reason, tell_rule, tell_why
from maps.style import Pattern, pattern_of, side_of_claim, split_actors
from maps.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

__all__ = [
    "CLAIM_LAYERS",
    "LINE_LAYERS",
    "ShapeTable",
    "build_items",
    "clean_value",
    "list_sources",
    "list_unplaced",
    "read_bearing",
    "read_course",
    "read_day",
    "select_layers",
    "side_of_row",
]

CLAIM_LAYERS: tuple[str, ...] = tuple(kind.value for kind in Kind)
LINE_LAYERS = ("front_band", "front_line")
# Layers whose shapes are what is said, not only the outline of a named place.
_EXACT_LAYERS = ("control", *LINE_LAYERS)

Item = dict[str, Any]

# Coordinates in the page are integers of 1e-5 degree: 1.1 m, far below any radius of a place.
COORDINATE_SCALE = 100_000

# Parts of a place's outline that are smaller than this share of it are left out.
_SPECK = 0.002
# An outline is simplified to a part of its width: less than a pixel where it fills the screen.
_OUTLINE_DETAIL = 1_500
# but never by more degrees than this: a country's outline is also seen from near by.
_COARSEST = 0.02

# More reports than these are counted in the panel and not listed.
LISTED_REPORTS = 200

_SIDE_COLUMNS = ("control_status", "side", "party", "actors")
# Rules of courses that no report tells: they follow from ground that is held.
_DERIVED = ("course_zone", "course_held", "course_border")

# Days are counted as Unix days.
_EPOCH = date(1970, 1, 1).toordinal()

# Column of the layers -> name in the page, for what goes over as it is.
_PLAIN = {
    "claim_id": "id",
    "status": "status",
    "control_status": "held",
    "place_text": "written",
    "place_kind": "place_kind",
    "geo_precision": "precision",
    "coordinate_uncertainty_m": "radius",
    "count_low": "low",
    "count_high": "high",
    "count_unit": "unit",
    "area_km2_low": "area_low",
    "area_km2_high": "area_high",
    "attribution": "who",
    "quote": "quote",
    "rule": "rule",
    "report": "report",
    "publisher": "publisher",
    "url": "url",
    "published": "published",
    "sources": "sources",
    "why": "why",
    "course_text": "course_text",
    "course_rule": "course_rule",
}


@dataclass(kw_only=True)
class ShapeTable:
    """Geometries of the page, each kept once whatever number of claims it is drawn for."""

    shapes: list[dict[str, Any]]
    _numbers: dict[bytes, int]

    @classmethod
    def empty(cls) -> ShapeTable:
        """Return a table without shapes."""
        return cls(shapes=[], _numbers={})

    def add(self, geometry: BaseGeometry) -> int:
        """Return the number of a geometry, adding it if it is new."""
        key = geometry.wkb
        if key not in self._numbers:
            self._numbers[key] = len(self.shapes)
            self.shapes.append(encode_geometry(geometry))
        return self._numbers[key]


def tidy_outline(geometry: BaseGeometry) -> BaseGeometry:
    """Return the outline of a named place without holes, specks and detail that no reader of a map sees.

    Only for places that are outlined because a report names them; what is held or contested stays as it is.
    """
    import shapely

    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return geometry
    parts = [shapely.Polygon(part.exterior) for part in _parts(geometry)]
    total = sum(part.area for part in parts)
    west, _, east, _ = geometry.bounds
    kept = shapely.MultiPolygon([part for part in parts if part.area >= _SPECK * total])
    return shapely.simplify(kept, min((east - west) / _OUTLINE_DETAIL, _COARSEST))


def encode_geometry(geometry: BaseGeometry) -> dict[str, Any]:
    """Return a geometry as its type (P, L or A) and delta-coded paths of integers.

    Paths are ``[x0, y0, dx1, dy1, ...]`` in 1e-5 degree; an area is a list of polygons, each a list of rings.
    """
    if geometry.geom_type in ("Polygon", "MultiPolygon"):
        polygons = [part for part in _parts(geometry) if not part.is_empty]
        rings = [[_encode_path(ring) for ring in (p.exterior, *p.interiors)] for p in polygons]
        return {"t": "A", "p": rings}
    if geometry.geom_type in ("LineString", "MultiLineString", "LinearRing"):
        return {"t": "L", "p": [_encode_path(part) for part in _parts(geometry)]}
    return {"t": "P", "p": [_encode_point(part) for part in _parts(geometry)]}


def _parts(geometry: BaseGeometry) -> list[Any]:
    return list(getattr(geometry, "geoms", [geometry]))


def _encode_point(point: Any) -> list[int]:
    return [round(point.x * COORDINATE_SCALE), round(point.y * COORDINATE_SCALE)]


def _encode_path(line: Any) -> list[int]:
    import numpy as np
    import shapely

    whole = np.rint(shapely.get_coordinates(line) * COORDINATE_SCALE).astype(np.int64)
    moved = np.ones(len(whole), dtype=bool)
    moved[1:] = (whole[1:] != whole[:-1]).any(axis=1)
    deltas = np.diff(whole[moved], axis=0, prepend=np.zeros((1, 2), dtype=np.int64))
    return [int(value) for value in deltas.ravel()]


def clean_value(value: Any) -> Any:
    """Return a cell as a plain value: None for every sort of missing, whole floats as integers."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, str):
        # A page is UTF-8: half of a surrogate pair cannot be written.
        return value.encode("utf-8", "replace").decode("utf-8") or None
    if hasattr(value, "item"):
        return clean_value(value.item())
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    return value if isinstance(value, bool | int) else None


def read_day(value: Any) -> int | None:
    """Return a date or an ISO 8601 text as a Unix day; None where there is none."""
    if isinstance(value, date) and value == value:  # noqa: PLR0124 (NaT is a date and equals nothing)
        return value.toordinal() - _EPOCH
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value.strip()[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def side_of_row(row: Mapping[str, Any]) -> str:
    """Return the side that a row is coloured by: its ``side``, else its ``party``, else its actors."""
    return side_of_claim({name: clean_value(row.get(name)) for name in _SIDE_COLUMNS})


def select_layers(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers that are drawn, in drawing order, without rows that have no geometry."""
    names = [*LINE_LAYERS[:1], *CLAIM_LAYERS, *LINE_LAYERS[1:]]
    found = {name: layers[name] for name in names if name in layers}
    placed = {name: frame[_is_drawn(frame)] for name, frame in found.items()}
    return {name: frame for name, frame in placed.items() if len(frame)}


def _is_drawn(frame: gpd.GeoDataFrame) -> Any:
    return frame.geometry.notna() & ~frame.geometry.is_empty


def build_items(
    frames: Mapping[str, gpd.GeoDataFrame], shapes: ShapeTable, names: Mapping[str, str], words: Words
) -> list[Item]:
    """Return one item a claim; the low outline of a zone joins the item of its high outline.

    Parameters
    ----------
    frames
        The frames to draw, by layer, EPSG:4326.
    shapes
        Where their geometries go.
    names
        Place names in the reader's language by gazetteer id.
    words
        The reader's language, for rules and evidence.
    """
    import shapely

    items: list[Item] = []

    @cache
    def tidy(wkb: bytes) -> BaseGeometry:
        return tidy_outline(shapely.from_wkb(wkb))

    for layer, frame in frames.items():
        geometry = frame.geometry.name
        outer: dict[str, Item] = {}
        for row in frame.to_dict("records"):
            if row.get("role") == "inner" and row.get("claim_id") in outer:
                outer[row["claim_id"]]["inner"] = shapes.add(row[geometry])
                continue
            shape = row[geometry] if layer in _EXACT_LAYERS else tidy(row[geometry].wkb)
            item = _build_item(layer, row, shapes.add(shape), row[geometry], names)
            item |= _tell_course(row, shapes) | _translate(item, words)
            outer[str(row.get("claim_id"))] = item
            items.append(item)
    return items


def _build_item(
    layer: str, row: Mapping[str, Any], shape: int, geometry: BaseGeometry, names: Mapping[str, str]
) -> Item:
    item: Item = {new: clean_value(row.get(old)) for old, new in _PLAIN.items()}
    lon, lat = _point_of_row(row, geometry)
    item |= {
        "layer": layer,
        "kind": "control" if layer in LINE_LAYERS else layer,
        "actors": list(split_actors(clean_value(row.get("party")) or clean_value(row.get("actors")))),
        "side": side_of_row(row),
        "pattern": str(_pattern_of_row(row)),
        "place": names.get(str(row.get("geonameid"))) or clean_value(row.get("place")),
        "lon": lon,
        "lat": lat,
        "from": read_day(row.get("date_start")),
        "to": read_day(row.get("date_end")),
        "schematic": bool(clean_value(row.get("schematic"))) or None,
        "shape": shape,
    }
    if layer in LINE_LAYERS:
        item |= {"as_of": read_day(row.get("as_of")), "sides": _sides_of_line(row)}
    return {key: value for key, value in item.items() if value not in (None, [], "")}


def read_course(value: Any) -> BaseGeometry | None:
    """Return a ``course`` (WKT) as a line; None where there is none, or what is there is no line to draw."""
    import shapely

    text = clean_value(value)
    line = shapely.from_wkt(text, on_invalid="ignore") if isinstance(text, str) else None
    if line is None or line.geom_type != "LineString" or not line.length > 0:
        return None
    west, south, east, north = line.bounds
    return line if west >= -180 and east <= 180 and south >= -90 and north <= 90 else None


def read_bearing(value: Any) -> float | None:
    """Return degrees clockwise from north, 0 to 360; None where unknown."""
    bearing = clean_value(value)
    if not isinstance(bearing, int | float) or isinstance(bearing, bool):
        return None
    return float(bearing) % 360


def _tell_course(row: Mapping[str, Any], shapes: ShapeTable) -> Item:
    """Return where a movement heads: degrees, and the number of its line where that is known."""
    bearing, line = read_bearing(row.get("bearing_deg")), read_course(row.get("course"))
    item: Item = {} if bearing is None else {"bearing": clean_value(round(bearing, 1))}
    rule = clean_value(row.get("course_rule"))
    if rule and find_code("rules", str(rule))[0] in _DERIVED:
        item["derived"] = True
    return item if line is None else item | {"course": shapes.add(line)}


def _translate(item: Item, words: Words) -> Item:
    """Return what an item says in whole English sentences, in the reader's language."""
    tell = {"rule": tell_rule, "course_rule": tell_rule, "why": tell_why}
    return {key: put(str(item[key]), words) for key, put in tell.items() if key in item}


def _pattern_of_row(row: Mapping[str, Any]) -> Pattern:
    held, role = clean_value(row.get("control_status")), clean_value(row.get("role"))
    return pattern_of(str(row.get("status")), held, role)


def _sides_of_line(row: Mapping[str, Any]) -> list[str]:
    return [str(side) for side in (clean_value(row.get("side_a")), clean_value(row.get("side_b"))) if side]


def _point_of_row(row: Mapping[str, Any], geometry: BaseGeometry) -> tuple[float, float]:
    """Return longitude and latitude of the row's point; inside the geometry where the row has none."""
    lon, lat = clean_value(row.get("lon")), clean_value(row.get("lat"))
    if lon is None or lat is None:
        point = geometry.representative_point()
        lon, lat = point.x, point.y
    return round(lon, 5), round(lat, 5)


def list_unplaced(layers: Mapping[str, gpd.GeoDataFrame], words: Words) -> list[Item]:
    """Return what could not be put on the map, and why, in the reader's language."""
    if "unplaced" not in layers:
        return []
    wanted = {
        "kind": "kind",
        "status": "status",
        "place": "place",
        "place_text": "written",
        "unplaced": "reason",
        "quote": "quote",
        "publisher": "publisher",
    }
    rows = layers["unplaced"].to_dict("records")
    items = [{new: clean_value(row.get(old)) for old, new in wanted.items()} for row in rows]
    for item in items:
        item["reason"] = tell_reason(item["reason"], words) if item["reason"] else None
    return [{key: value for key, value in item.items() if value is not None} for item in items]


def list_sources(layers: Mapping[str, gpd.GeoDataFrame], words: Words, *, sort: bool = True) -> list[Item]:
    """Return the publishers in alphabetical order (or as they stand), each with the number of its reports.

    A report that was not read says why, in the reader's language.
    Up to `LISTED_REPORTS` reports are listed with their addresses and dates; more are only counted.
    """
    found: dict[str, dict[str, Item]] = {}
    for row in _source_rows(layers):
        item = {key: clean_value(row.get(key)) for key in ("report", "url", "published", "unread")}
        item["unread"] = tell_reason(item["unread"], words) if item["unread"] else None
        reports = found.setdefault(str(clean_value(row.get("publisher")) or ""), {})
        reports.setdefault(str(item["report"]), {k: v for k, v in item.items() if v is not None})
    listed = sum(map(len, found.values())) <= LISTED_REPORTS
    return [
        _tell_source(name, list(reports.values()), listed=listed)
        for name, reports in (sorted(found.items()) if sort else found.items())
    ]


def _tell_source(name: str, reports: list[Item], *, listed: bool) -> Item:
    source: Item = {"publisher": name, "count": len(reports)}
    unread = sum("unread" in report for report in reports)
    return source | ({"unread": unread} if unread else {}) | ({"reports": reports} if listed else {})


def _source_rows(layers: Mapping[str, gpd.GeoDataFrame]) -> Iterable[Mapping[str, Any]]:
    wanted = ["report", "publisher", "url", "published", "unread"]
    names: Sequence[str] = ("sources",) if "sources" in layers else (*CLAIM_LAYERS, "unplaced")
    for name in names:
        if name in layers:
            frame = layers[name]
            some = frame[[column for column in wanted if column in frame.columns]]
            yield from some.drop_duplicates().to_dict("records")

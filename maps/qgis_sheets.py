"""The base map's sheets and names as rows of geometry: what page and picture draw, for a QGIS project."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from maps.basemap import load_basemap
from maps.basemap_names import Label

__all__ = ["decode_path", "read_rows"]

Box = tuple[float, float, float, float]
Row = dict[str, Any]

# Where a sheet's edge cuts the land there is no shore; degrees.
_EDGE = 0.002
_TOWNS = ("city", "town")
# A town so near to a place of a claim, in degrees, is that place, which has its name already.
_SAME = 0.02


def read_rows(limits: Box, language: str, view: Box, claimed: Sequence[Any] = ()) -> dict[str, list[Row]]:
    """Return land, lakes, rivers, lines and names inside a box, by name of the layer.

    Parameters
    ----------
    limits, view
        West, south, east, north in degrees: what is drawn, and what is shown at first.
    language
        BCP 47 tag of the names' language.
    claimed
        Points that claims name (shapely, EPSG:4326): no town stands there a second time.

    Raises
    ------
    DataError
        If a shipped file is missing.
    """
    base = load_basemap(limits, language, view=view)
    rows: dict[str, list[Row]] = {"base_land": [], "base_waters": [], "base_rivers": [], "base_lines": []}
    for sheet, window in _list_windows(base.unpack(), limits):
        for name, found in _read_sheet(sheet, window).items():
            rows[name] += found
    inside = [one for one in base.labels if shapely.box(*limits).covers(shapely.Point(one.lon, one.lat))]
    wide = [_tell_name(label) for label in inside if label.kind not in _TOWNS]
    towns = _drop_claimed([_tell_name(label) for label in inside if label.kind in _TOWNS], claimed)
    return {"base_towns": towns, "base_names": wide} | rows


def _list_windows(
    sheets: Sequence[Mapping[str, Any]], limits: Box
) -> Iterable[tuple[Mapping[str, Any], Any]]:
    """Yield each sheet and where it is seen: finer ones with land hide what lies below them."""
    for number, sheet in enumerate(sheets):
        window = shapely.box(*limits).intersection(shapely.box(*sheet["bbox"]))
        for finer in sheets[number + 1 :]:
            if finer.get("land"):
                window = window.difference(shapely.box(*finer["bbox"]))
        if not window.is_empty:
            yield sheet, window


def _read_sheet(sheet: Mapping[str, Any], window: Any) -> dict[str, list[Row]]:
    land = _cut(_fill(sheet.get("land", ()), sheet["scale"]), window)
    drained = (lake for lake in sheet.get("lakes", ()) if not lake.get("drained"))
    lakes = [_cut(_fill(lake["rings"], sheet["scale"]), window) for lake in drained]
    lines = {
        kind: _cut(_string(sheet.get(f"{kind}_lines", ()), sheet["scale"]), window)
        for kind in ("border", "disputed")
    }
    if not land.is_empty:
        lines["coast"] = land.boundary.difference(window.boundary.buffer(_EDGE))
    rivers = _cut(_string(sheet.get("rivers", ()), sheet["scale"]), window)
    return {
        "base_land": _list_rows([land]),
        "base_waters": _list_rows(lakes),
        "base_rivers": _list_rows([rivers]),
        "base_lines": [row for kind, shape in lines.items() for row in _list_rows([shape], kind=kind)],
    }


def _list_rows(shapes: Iterable[Any], **values: str) -> list[Row]:
    return [{**values, "geometry": shape} for shape in shapes if not shape.is_empty]


def decode_path(path: Sequence[int], scale: int) -> Any:
    """Return a sheet's line (running sums of whole numbers) as an array of longitudes and latitudes."""
    return np.cumsum(np.asarray(path, dtype=float).reshape(-1, 2), axis=0) / scale


def _fill(rings: Iterable[Sequence[int]], scale: int) -> Any:
    """Return the area of rings by the even-odd rule."""
    closed = [decode_path(ring, scale) for ring in rings if len(ring) >= 8]
    lines = [shapely.LineString([*ring, ring[0]]) for ring in closed]
    return shapely.build_area(shapely.node(shapely.MultiLineString(lines))) if lines else shapely.Polygon()


def _string(paths: Iterable[Sequence[int]], scale: int) -> Any:
    return shapely.MultiLineString([decode_path(path, scale) for path in paths if len(path) >= 4])


def _cut(shape: Any, window: Any) -> Any:
    """Return what of a shape lies in a window, without the points where it only touches it."""
    cut = shapely.intersection(shapely.make_valid(shape), window)
    dimension = shapely.get_dimensions(shape)
    return shapely.union_all(
        [one for one in shapely.get_parts(cut) if shapely.get_dimensions(one) == dimension]
    )


def _tell_name(label: Label) -> Row:
    return {
        "name": label.name,
        "kind": label.kind,
        "from_zoom": label.from_zoom,
        "to_zoom": float(label.to_zoom),
        "geometry": shapely.Point(label.lon, label.lat),
    }


def _drop_claimed(towns: list[Row], claimed: Sequence[Any]) -> list[Row]:
    if not towns or not len(claimed):
        return towns
    tree = shapely.STRtree(list(claimed))
    points = [town["geometry"] for town in towns]
    taken = set(tree.query(points, predicate="dwithin", distance=_SAME)[0].tolist())
    return [town for number, town in enumerate(towns) if number not in taken]

"""What the page's script reads: items, shapes, words, symbology, view, sources, what was not placed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geo.errors import SchemaError
from maps.colours import assign_colours
from maps.html.columns import Columns, build_columns, split_frames
from maps.html.features import (
    ShapeTable,
    build_items,
    clean_value,
    list_sources,
    list_unplaced,
    select_layers,
)
from maps.html.options import MapOptions
from maps.html.view import Box, find_limits, find_view
from maps.places import localise_places
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    HOME_OPACITY,
    KIND_ORDER,
    LARGEST_RADIUS,
    SIGN_PATHS,
    SMALLEST_RADIUS,
    UNKNOWN,
    sign_of,
)
from maps.words import Words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["build_contents", "check_frames"]


# Kinds that may head somewhere.
_MOVEMENTS = ("advance", "withdrawal")


def build_contents(
    layers: Mapping[str, gpd.GeoDataFrame], options: MapOptions, words: Words
) -> tuple[dict[str, Any], Columns | None]:
    """Return what the page's script reads, and the packed points where there are too many for items.

    Raises
    ------
    SchemaError
        See `check_frames`.
    """
    frames = select_layers(layers)
    check_frames(frames)
    vectors, points = split_frames(frames, options.compact_above)
    columns = build_columns(points) if points is not None else None
    shapes = ShapeTable.empty()
    items = build_items(vectors, shapes, localise_places(vectors, words.lang), words)
    view = find_view(frames)
    sides = {item.get("side", "") for item in items} | set(columns.sides if columns else ())
    contents: dict[str, Any] = {
        "title": clean_value(options.title) or words.text("untitled"),
        "lang": words.lang,
        "words": words.as_page(),
        "style": describe_style(sides),
        "bounds": _round(view.box),
        "whole": _round(view.whole),
        "outside": view.outside,
        "limits": _round(find_limits(view.box)),
        "layers": [],
        "items": items,
        "shapes": shapes.shapes,
        "columns": columns.head if columns else None,
        "unplaced": list_unplaced(layers, words),
        "sources": list_sources(layers, words, sort=not options.still),
        "point_of_view": clean_value(options.point_of_view) or words.text("borders"),
        "generated": clean_value(options.generated) or "",
        "base_sources": "",
        "still": options.still,
        "legend": [asdict(row) for row in options.legend],
        "table": asdict(options.table) if options.table else None,
    }
    return contents, columns


def _round(box: Box) -> Box:
    west, south, east, north = (round(value, 5) for value in box)
    return west, south, east, north


def describe_style(sides: set[str]) -> dict[str, Any]:
    """Return the symbology as the page's script reads it."""
    return {
        "sides": assign_colours(sides),
        "unknown": UNKNOWN,
        "kinds": list(KIND_ORDER),
        "signs": {kind: SIGN_PATHS[sign_of(kind)] for kind in KIND_ORDER},
        "directed": {kind: SIGN_PATHS[sign_of(kind, directed=True)] for kind in _MOVEMENTS},
        "area_opacity": AREA_OPACITY,
        "home_opacity": HOME_OPACITY,
        "largest_radius": LARGEST_RADIUS,
        "smallest_radius": SMALLEST_RADIUS,
        "base": BASE_COLOURS,
    }


def check_frames(frames: Mapping[str, gpd.GeoDataFrame]) -> None:
    """Check that frames can be drawn.

    Raises
    ------
    SchemaError
        Lists every layer that is not in EPSG:4326 or has no ``status``.
    """
    faults = [
        f"{name}: CRS is {frame.crs}, not EPSG:4326; convert it with .to_crs(4326)"
        for name, frame in frames.items()
        if frame.crs is None or frame.crs.to_epsg() != 4326
    ]
    faults += [
        f"{name}: column 'status' is missing"
        for name, frame in frames.items()
        if "status" not in frame.columns
    ]
    if faults:
        raise SchemaError("; ".join(faults))

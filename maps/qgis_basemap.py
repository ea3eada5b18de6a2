"""The base map of a QGIS project: land, waters, borders, regions and names around the claims."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geo.language.lexicon import load_lexicon
from geo.resources import open_database
from maps.atomic import replace_file
from maps.files.ogr import pivot_rows, write_table
from maps.qgis_sheets import read_rows
from maps.qgis_symbols import (
    LabelLook,
    circle_layer,
    fill_layer,
    label_settings,
    line_layer,
    wrap_symbol,
)
from maps.style import BASE_COLOURS

__all__ = ["BASE_LAYERS", "BaseLayer", "build_base_style", "write_basemap"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BaseLayer:
    """A layer of the base map: its table, the key of its title, the sort of its shapes (QGIS's word)."""

    name: str
    word: str
    geometry: str


# From top to bottom.
BASE_LAYERS = (
    BaseLayer(name="base_towns", word="towns", geometry="Point"),
    BaseLayer(name="base_names", word="names", geometry="Point"),
    BaseLayer(name="base_lines", word="borders", geometry="Line"),
    BaseLayer(name="base_regions", word="regions", geometry="Polygon"),
    BaseLayer(name="base_waters", word="waters", geometry="Polygon"),
    BaseLayer(name="base_rivers", word="rivers", geometry="Line"),
    BaseLayer(name="base_land", word="land", geometry="Polygon"),
)
_NUMBERS = {"Point": 0, "Line": 1, "Polygon": 2}
_TYPES = {"Point": "Point", "Line": "MultiLineString", "Polygon": "MultiPolygon"}
_NAMED = {"name": "str", "kind": "str", "from_zoom": "float", "to_zoom": "float"}
_COLUMNS: dict[str, dict[str, str]] = {
    "base_towns": _NAMED,
    "base_names": _NAMED,
    "base_lines": {"kind": "str"},
    "base_regions": {"key": "str", "name": "str", "country_code": "str"},
}
# Beyond this many degrees regions would be a grey mesh.
_WIDEST_WITH_REGIONS = 60.0
# The zoom of a web map on which the map is as large: 156,543 m a pixel at zoom 0, 96 pixels an inch.
_ZOOM = "log(2, 591658711 / coalesce(@map_scale, 1e7))"
_SEEN = f'("from_zoom" <= {_ZOOM} AND ("to_zoom" = 0 OR {_ZOOM} <= "to_zoom"))'
_CITY = "\"kind\" = 'city'"


def write_basemap(
    path: Path | str,
    limits: tuple[float, float, float, float],
    view: tuple[float, float, float, float],
    language: str,
    claimed: Sequence[Any] = (),
) -> list[str]:
    """Write the base map of a box as a GeoPackage, whole or not at all; returns its layers, top first.

    Parameters
    ----------
    path
        Where to write.
    limits, view
        West, south, east, north in degrees: what shapes are cut to, and what is shown at first.
    language
        BCP 47 tag of the names' language.
    claimed
        Points that claims name: no town stands there a second time.

    Raises
    ------
    DataError
        If a shipped file is missing.
    OutputError
        If the file cannot be written.
    """
    tables = read_rows(limits, language, view, claimed)
    if limits[2] - limits[0] <= _WIDEST_WITH_REGIONS:
        tables["base_regions"] = _read_regions(limits)
    written = [layer for layer in BASE_LAYERS if tables.get(layer.name)]
    if not written:
        return []
    with replace_file(path) as stand_in:
        for position, layer in enumerate(written):
            _write_layer(stand_in, layer, tables[layer.name], append=position > 0)
    return [layer.name for layer in written]


def _write_layer(path: Path, layer: BaseLayer, rows: list[dict[str, Any]], *, append: bool) -> None:
    columns = _COLUMNS.get(layer.name, {"kind": "str"})
    write_table(
        pivot_rows(rows, columns),
        [row["geometry"] for row in rows],
        path,
        driver="GPKG",
        columns=columns,
        geometry_type=_TYPES[layer.geometry],
        promote_to_multi=layer.geometry != "Point",
        layer=layer.name,
        append=append,
        dataset_options=None if append else {"VERSION": "1.3"},
        layer_options={"GEOMETRY_NAME": "geom", "FID": "fid"},
    )


def _read_regions(bounds: Sequence[float]) -> list[dict[str, Any]]:
    query = (
        "select key, name, country_code, wkb from area where kind = 'admin1' "
        "and maxx >= ? and minx <= ? and maxy >= ? and miny <= ? order by key"
    )
    west, south, east, north = bounds
    with closing(open_database("boundaries.sqlite")) as connection:
        found = connection.execute(query, (west, east, south, north)).fetchall()
    rows = []
    for key, name, country, wkb in found:
        shape = _keep_polygons(
            shapely.make_valid(shapely.clip_by_rect(shapely.make_valid(shapely.from_wkb(wkb)), *bounds))
        )
        if shape is not None:
            rows.append({"key": key, "name": name, "country_code": country, "geometry": shape})
    return rows


def _keep_polygons(shape: Any) -> Any:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and not part.is_empty]
    return shapely.MultiPolygon(parts) if parts else None


def build_base_style(layer: BaseLayer) -> str:
    """Return what stands inside of a project's ``maplayer`` for a layer of the base map."""
    build = {"base_lines": _build_lines, "base_towns": _build_towns, "base_names": _build_names}
    style = build[layer.name]() if layer.name in build else _build_plain(layer)
    return f"{style}<layerGeometryType>{_NUMBERS[layer.geometry]}</layerGeometryType>"


def _build_plain(layer: BaseLayer) -> str:
    match layer.name:
        case "base_land":
            symbol = wrap_symbol("fill", "0", fill_layer(BASE_COLOURS["land"], 1.0, outline="no"))
        case "base_regions":
            faint = fill_layer(BASE_COLOURS["region"], 0.0, width=0.15, line=BASE_COLOURS["region"])
            symbol = wrap_symbol("fill", "0", faint)
        case "base_waters":
            water = fill_layer(BASE_COLOURS["water"], 1.0, width=0.1, line=BASE_COLOURS["coast"])
            symbol = wrap_symbol("fill", "0", water)
        case _:
            symbol = wrap_symbol("line", "0", line_layer(BASE_COLOURS["river"], 0.2))
    return _wrap_single(symbol)


def _wrap_single(symbol: str) -> str:
    return (
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>"
    )


def _build_lines() -> str:
    """Coasts, borders of states, and dashed what most states do not recognise."""
    looks = {
        "coast": line_layer(BASE_COLOURS["coast"], 0.15),
        "border": line_layer(BASE_COLOURS["border"], 0.35),
        "disputed": line_layer(BASE_COLOURS["disputed"], 0.35, style="dash"),
    }
    categories = "".join(
        f'<category render="true" value="{kind}" label="" symbol="{number}"/>'
        for number, kind in enumerate(looks)
    )
    symbols = "".join(wrap_symbol("line", str(number), look) for number, look in enumerate(looks.values()))
    return (
        '<renderer-v2 type="categorizedSymbol" attr="kind" symbollevels="0" enableorderby="0" '
        f'forceraster="0"><categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>'
    )


def _build_towns() -> str:
    """A dot and a name, as soon as the map is near enough."""
    size = f"CASE WHEN NOT {_SEEN} THEN 0 WHEN {_CITY} THEN 1.4 ELSE 1.0 END"
    dot = circle_layer(BASE_COLOURS["label"], size, fill=BASE_COLOURS["halo"], width=0.25)
    look = LabelLook(
        colour=BASE_COLOURS["label"],
        size=7.0,
        placement=6,
        priority=2,
        varied={"Size": f"CASE WHEN {_CITY} THEN 8 ELSE 7 END"},
    )
    text = f'CASE WHEN {_SEEN} THEN "name" END'
    return _wrap_single(wrap_symbol("marker", "0", dot)) + label_settings(text, look)


def _build_names() -> str:
    """Names of countries, regions and waters stand on their places, without a sign."""
    faint, water = BASE_COLOURS["label_faint"], BASE_COLOURS["label_water"]
    look = LabelLook(
        colour=faint,
        size=7.0,
        placement=1,
        priority=1,
        quadrant=4,
        offset=0.0,
        varied={
            "Size": "CASE \"kind\" WHEN 'country' THEN 9 ELSE 7 END",
            "Bold": "\"kind\" = 'country'",
            "Italic": "\"kind\" = 'water'",
            "Color": f"CASE \"kind\" WHEN 'water' THEN '{water}' ELSE '{faint}' END",
        },
    )
    upper = """CASE "kind" WHEN 'country' THEN upper("name") ELSE "name" END"""
    text = f"CASE WHEN {_SEEN} THEN {upper} END"
    nothing = circle_layer(BASE_COLOURS["label"], "0", width=0.0)
    return _wrap_single(wrap_symbol("marker", "0", nothing)) + label_settings(text, look)


def title_base(layer: BaseLayer, language: str) -> str:
    """Return the title of a layer of the base map."""
    return str(load_lexicon(language).table("files")[layer.word])

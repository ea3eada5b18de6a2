"""The base map of a QGIS project: countries, regions and waters around the claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from geo.language.lexicon import load_lexicon
from geo.resources import open_database
from maps.atomic import replace_file
from maps.files.ogr import pivot_rows, write_table
from maps.qgis_symbols import fill_layer, label_settings, wrap_symbol
from maps.style import BASE_COLOURS

__all__ = ["BASE_LAYERS", "BaseLayer", "build_base_style", "write_basemap"]


@dataclass(frozen=True, kw_only=True, slots=True)
class BaseLayer:
    """A layer of the base map: its table, the kinds of areas in it, and the key of its title."""

    name: str
    kinds: tuple[str, ...]
    word: str


# From top to bottom.
BASE_LAYERS = (
    BaseLayer(name="base_waters", kinds=("water",), word="waters"),
    BaseLayer(name="base_regions", kinds=("admin1",), word="regions"),
    BaseLayer(name="base_countries", kinds=("country",), word="countries"),
)
_COLUMNS = {"key": "str", "name": "str", "country_code": "str"}
# Beyond this many degrees regions would be a grey mesh.
_WIDEST_WITH_REGIONS = 60.0
# A name where its area is at least a twentieth of the window wide; an area of the shape's own extent, in
# degrees.
_LABEL = """CASE WHEN bounds_width($geometry) * 111320 > @map_extent_width / 20 THEN "name" END"""


def write_basemap(path: Path | str, bounds: Sequence[float]) -> list[str]:
    """Write the boundaries around a box as a GeoPackage, whole or not at all; returns its layers, top first.

    Parameters
    ----------
    path
        Where to write.
    bounds
        West, south, east, north in degrees; shapes are cut to it.

    Raises
    ------
    DataError
        If the boundaries file is missing.
    OutputError
        If the file cannot be written.
    """
    tables = {layer.name: _read_areas(layer.kinds, bounds) for layer in BASE_LAYERS}
    if bounds[2] - bounds[0] > _WIDEST_WITH_REGIONS:
        tables["base_regions"] = []
    written = [name for name, rows in tables.items() if rows]
    if not written:
        return []
    with replace_file(path) as stand_in:
        for position, name in enumerate(written):
            write_table(
                pivot_rows(tables[name], _COLUMNS),
                [row["geometry"] for row in tables[name]],
                stand_in,
                driver="GPKG",
                columns=_COLUMNS,
                geometry_type="MultiPolygon",
                promote_to_multi=True,
                layer=name,
                append=position > 0,
                dataset_options=None if position else {"VERSION": "1.3"},
                layer_options={"GEOMETRY_NAME": "geom", "FID": "fid"},
            )
    return written


def _read_areas(kinds: Sequence[str], bounds: Sequence[float]) -> list[dict[str, Any]]:
    marks = ",".join("?" * len(kinds))
    query = (
        f"select key, name, country_code, wkb from area where kind in ({marks}) "
        "and maxx >= ? and minx <= ? and maxy >= ? and miny <= ? order by key"
    )
    west, south, east, north = bounds
    with closing(open_database("boundaries.sqlite")) as connection:
        found = connection.execute(query, (*kinds, west, east, south, north)).fetchall()
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


def build_base_style(name: str, language: str) -> str:
    """Return what stands inside of a project's ``maplayer`` for a layer of the base map."""
    fills: Mapping[str, str] = {
        "base_waters": fill_layer(
            BASE_COLOURS["water"], 1.0, outline="solid", width=0.1, line=BASE_COLOURS["coast"]
        ),
        "base_regions": fill_layer(BASE_COLOURS["region"], 0.0, width=0.15, line=BASE_COLOURS["region"]),
        "base_countries": fill_layer(BASE_COLOURS["land"], 1.0, width=0.3, line=BASE_COLOURS["border"]),
    }
    colour = BASE_COLOURS["label_water" if name == "base_waters" else "label_faint"]
    size = {"base_countries": 9.0, "base_regions": 6.5, "base_waters": 7.0}[name]
    symbol = wrap_symbol("fill", "0", fills[name])
    del language  # names of areas are English in the boundaries file
    return (
        '<renderer-v2 type="singleSymbol" symbollevels="0" enableorderby="0" forceraster="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>"
        f"{label_settings(_LABEL, colour, size=size, placement=0, expression=True)}"
        "<layerGeometryType>2</layerGeometryType>"
    )


def title_base(layer: BaseLayer, language: str) -> str:
    """Return the title of a layer of the base map."""
    return str(load_lexicon(language).table("files")[layer.word])

"""KML and KMZ for Google Earth and the like: a folder a layer, styled, with time spans and all attributes.

KML has no hatch and no dashes: what one side claims is an outline with a faint fill.  A KMZ brings its signs
along.
"""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import shapely
import simplekml

from geo.errors import InputError
from geo.schema import COLUMN_NAMES, LAYER_NAMES
from maps.atomic import replace_file
from maps.files.flat import order_layers
from maps.files.icons import draw_icon
from maps.files.ogr import list_ogr_layers, read_table
from maps.files.options import WriteOptions
from maps.files.simplestyle import title_claim
from maps.files.values import Row, clean_text, list_rows
from maps.qgis_style import title_layer
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    Pattern,
    pattern_of,
    side_colour,
    side_of,
    sign_of,
    split_actors,
)
from maps.words import load_words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["read_kml", "write_kml"]

_FILL = {Pattern.SOLID: AREA_OPACITY, Pattern.HATCHED: 0.12, Pattern.OUTLINE: 0.0, Pattern.STRUCK: 0.0}
_LAYER = "frontline_layer"
# A fixed moment keeps two files of the same layers alike.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write_kml(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: WriteOptions
) -> tuple[str, ...]:
    """Write layers as KML, or as KMZ where the path ends so; returns what it cannot carry.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    zipped = str(path).lower().endswith(".kmz")
    document = _build_document(layers, options, Path(path).name.split(".")[0], with_signs=zipped)
    text = document.kml(format=False).encode("utf-8")
    with replace_file(path) as stand_in:
        if zipped:
            _write_archive(stand_in, text, layers)
        else:
            stand_in.write_bytes(text)
    losses = [
        "KML has no hatching and no dashes: what one side claims has a faint fill, what is expected none"
    ]
    return tuple(
        losses if zipped else [*losses, "a KML file has pins for signs; a KMZ brings the signs along"]
    )


def _write_archive(path: Path, text: bytes, layers: Iterable[str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("doc.kml", _MOMENT), text, zipfile.ZIP_DEFLATED)
        for name in sorted({sign_of(layer).value for layer in layers}):
            archive.writestr(zipfile.ZipInfo(f"signs/{name}.png", _MOMENT), draw_icon(name))


def _build_document(
    layers: Mapping[str, gpd.GeoDataFrame], options: WriteOptions, name: str, *, with_signs: bool
) -> simplekml.Kml:
    words = load_words(options.language)
    about = f"{options.abstract}. {options.attribution}. {options.licence}."
    document = simplekml.Kml(name=clean_text(options.title) or name, description=html.escape(about), open=1)
    styles: dict[tuple[str, ...], simplekml.Style] = {}
    for layer in order_layers(layers):
        if layer == "sources":
            continue
        rows = list_rows(layers[layer])
        if rows:
            folder = document.newfolder(name=title_layer(layer, words))
            for row in rows:
                _add_placemark(folder, layer, row, _find_style(styles, layer, row, with_signs=with_signs))
    return document


def _add_placemark(folder: Any, layer: str, row: Row, style: simplekml.Style) -> None:
    mark = _add_shape(folder, row["geometry"])
    mark.name = title_claim(row)
    mark.description = _describe(row)
    mark.style = style
    start, end = row.get("date_start"), row.get("date_end")
    if start or end:
        mark.timespan.begin = start.isoformat() if start else None
        mark.timespan.end = end.isoformat() if end else None
    for name, value in ({_LAYER: layer} | {n: row[n] for n in row if n != "geometry"}).items():
        if value is not None:
            # simplekml escapes names and descriptions, and these not.
            mark.extendeddata.newdata(
                name, escape(value.isoformat() if isinstance(value, date) else str(value))
            )


def _describe(row: Mapping[str, Any]) -> str:
    """The balloon: HTML in Google Earth, so every value is escaped."""
    source = " · ".join(str(row[name]) for name in ("publisher", "published", "attribution") if row.get(name))
    lines = [f"<q>{html.escape(str(row['quote']))}</q>" if row.get("quote") else "", html.escape(source)]
    url = str(row.get("url") or "")
    if url.startswith(("http://", "https://")):
        lines.append(f'<a href="{html.escape(url)}">{html.escape(url)}</a>')
    if row.get("unplaced"):
        lines.append(html.escape(str(row["unplaced"])))
    return "<br/>".join(line for line in lines if line)


def _add_shape(folder: Any, shape: Any) -> Any:
    if shape is None:
        # An empty collection: programs list it and draw nothing.
        return folder.newmultigeometry()
    if shape.geom_type in _SHAPES:
        return _SHAPES[shape.geom_type](folder, shape)
    many = folder.newmultigeometry()
    for part in shapely.get_parts(shape):
        _SHAPES[part.geom_type](many, part)
    return many


def _add_point(folder: Any, point: Any) -> Any:
    return folder.newpoint(coords=[(point.x, point.y)])


def _add_line(folder: Any, line: Any) -> Any:
    return folder.newlinestring(coords=_list_pairs(line), tessellate=1)


def _add_polygon(folder: Any, polygon: Any) -> Any:
    # KML wants the outer ring to run anticlockwise.
    turned = shapely.orient_polygons(polygon, exterior_cw=False)
    inner = [_list_pairs(ring) for ring in turned.interiors]
    return folder.newpolygon(
        outerboundaryis=_list_pairs(turned.exterior), innerboundaryis=inner, tessellate=1
    )


def _list_pairs(line: Any) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(line)]


_SHAPES: dict[str, Callable[[Any, Any], Any]] = {
    "Point": _add_point,
    "LineString": _add_line,
    "LinearRing": _add_line,
    "Polygon": _add_polygon,
}


def _find_style(styles: dict[tuple[str, ...], Any], layer: str, row: Row, *, with_signs: bool) -> Any:
    """Return the style of a row; rows that look alike share one."""
    side = side_of(split_actors(row.get("actors"))) if row.get("control_status") != "contested" else ""
    pattern = pattern_of(str(row.get("status")), row.get("control_status"))
    key = (layer, side, pattern.value, str(row.get("role") == "inner"))
    if key not in styles:
        colour = BASE_COLOURS["ink"] if layer in ("front_line", "front_band") else side_colour(side)
        styles[key] = _build_style(layer, colour, pattern, with_signs=with_signs)
        if row.get("role") == "inner":
            styles[key].polystyle.fill = 0
    return styles[key]


def _build_style(layer: str, colour: str, pattern: Pattern, *, with_signs: bool) -> simplekml.Style:
    style = simplekml.Style()
    faint = pattern in (Pattern.OUTLINE, Pattern.STRUCK)
    style.iconstyle.color = _tell_colour(colour, 0.55 if faint else 1.0)
    style.iconstyle.scale = 0.8
    if with_signs:
        style.iconstyle.icon.href = f"signs/{sign_of(layer).value}.png"
    style.labelstyle.scale = 0.7
    style.linestyle.color = _tell_colour(colour, 0.95)
    style.linestyle.width = 4 if layer == "front_line" else 2
    fill = 0.16 if layer == "front_band" else _FILL[pattern]
    style.polystyle.color = _tell_colour(colour, fill)
    style.polystyle.fill = int(fill > 0)
    return style


def _tell_colour(colour: str, opacity: float) -> str:
    """KML's aabbggrr."""
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}".lower()


def read_kml(path: Path | str) -> dict[str, list[Row]]:
    """Read one of our own KML or KMZ files as rows by layer name; `InputError` if it is not one."""
    layers: dict[str, list[Row]] = {}
    for folder in list_ogr_layers(path):
        for record in read_table(path, folder):
            layer = record.get(_LAYER)
            if layer in LAYER_NAMES:
                layers.setdefault(str(layer), []).append(_read_placemark(record))
    if not layers:
        raise InputError(f"{str(path)!r} was not written by this program: no placemark names its layer")
    return layers


def _read_placemark(record: Mapping[str, Any]) -> Row:
    beyond = [name for name in record if name not in _OWN_FIELDS and name not in COLUMN_NAMES]
    row: Row = {name: record.get(name) for name in (*COLUMN_NAMES, *beyond)}
    shape = record.get("geometry")
    row["geometry"] = None if shape is None or shape.is_empty else shapely.force_2d(shape)
    return row


# What GDAL reads besides our own fields.
_OWN_FIELDS: Sequence[str] = (
    *(
        _LAYER,
        "geometry",
        "Name",
        "id",
        "description",
        "timestamp",
        "begin",
        "end",
        "altitudeMode",
        "tessellate",
    ),
    *("extrude", "visibility", "drawOrder", "icon", "snippet", "Description"),
)

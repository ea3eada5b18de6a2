"""KML and KMZ for Google Earth and the like: a folder a layer, styled, with time spans and all attributes.

KML has no hatch and no dashes: what one side claims is an outline with a faint fill.  A KMZ brings its signs
along; a region that is only named is its outline with the claim's sign inside.
"""

from __future__ import annotations

import html
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from geo.errors import ForeignFileError
from geo.layers import add_arrows
from geo.schema import COLUMN_NAMES, LAYER_NAMES
from maps.atomic import replace_file
from maps.claim_words import tell_claim
from maps.colours import colour_rows
from maps.files.flat import order_layers
from maps.files.icons import draw_icon
from maps.files.ogr import list_ogr_layers, read_table
from maps.files.options import WriteOptions
from maps.files.simplestyle import title_claim
from maps.files.values import Row, clean_text, list_rows
from maps.qgis_style import title_layer
from maps.reasons import tell_reason
from maps.style import (
    AREA_OPACITY,
    BASE_COLOURS,
    UNKNOWN,
    Pattern,
    pattern_of,
    side_of_claim,
    sign_of,
)
from maps.words import Words, load_words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["read_kml", "write_kml"]

_FILL = {Pattern.SOLID: AREA_OPACITY, Pattern.HATCHED: 0.12, Pattern.OUTLINE: 0.0, Pattern.STRUCK: 0.0}
_LAYER, _SIGNED = "frontline_layer", "frontline_sign"
_DECIMALS = 6
_MOVING = ("advance", "withdrawal")
_AREAS = ("Polygon", "MultiPolygon")
# Areas of other layers are places that are named: an outline, a fill would say that all of it is meant.
_FILLED = ("control", "arrow", "front_line", "front_band")
_BEARING_STEP = 15  # degrees: a style for each direction that occurs, not for each claim
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
    layers = add_arrows(layers)
    zipped = str(path).lower().endswith(".kmz")
    text = _list_lines(layers, options, Path(path).name.split(".")[0], with_signs=zipped)
    with replace_file(path) as stand_in:
        if zipped:
            _write_archive(stand_in, text, layers)
        else:
            with stand_in.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(text)
    losses = [
        "KML has no hatching and no dashes: what one side claims has a faint fill, what is expected none"
    ]
    return tuple(
        losses if zipped else [*losses, "a KML file has pins for signs; a KMZ brings the signs along"]
    )


def _write_archive(path: Path, text: Iterable[str], layers: Iterable[str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        document = zipfile.ZipInfo("doc.kml", _MOMENT)
        document.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(document, "w") as stream:
            for line in text:
                stream.write(line.encode("utf-8"))
        names = {sign_of(layer, directed=way).value for layer in layers for way in (False, True)}
        for name in sorted(names):
            archive.writestr(zipfile.ZipInfo(f"signs/{name}.png", _MOMENT), draw_icon(name))


def _list_lines(
    layers: Mapping[str, gpd.GeoDataFrame], options: WriteOptions, name: str, *, with_signs: bool
) -> Iterator[str]:
    """Yield the document piece by piece: a large one is never whole in memory."""
    words = load_words(options.language)
    about = f"{options.abstract}. {options.attribution}. {options.licence}."
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
    yield f"<name>{escape(clean_text(options.title) or name)}</name><open>1</open>"
    yield f"<description>{escape(html.escape(about))}</description>\n"
    rows = {layer: list_rows(layers[layer]) for layer in order_layers(layers) if layer != "sources"}
    colours = colour_rows(row for some in rows.values() for row in some)
    for look in sorted({_find_look(layer, row) for layer, some in rows.items() for row in some}):
        yield _build_style(look, colours, with_signs=with_signs)
    for layer, some in rows.items():
        if some:
            yield f"<Folder><name>{escape(title_layer(layer, words))}</name>\n"
            for row in some:
                yield from _build_placemarks(layer, row, words)
            yield "</Folder>\n"
    yield "</Document></kml>\n"


def _build_placemarks(layer: str, row: Row, words: Words) -> Iterator[str]:
    """Yield a claim's placemark, and where its area is only a place that is named, one of its sign inside."""
    yield _build_placemark(layer, row, words)
    if _has_sign(layer, row):
        sign = row | {"geometry": shapely.Point(row["lon"], row["lat"])}
        yield _build_placemark(
            layer, sign, words, kept={_LAYER: layer, _SIGNED: 1, "claim_id": row.get("claim_id")}
        )


def _build_placemark(layer: str, row: Row, words: Words, kept: Row | None = None) -> str:
    """Return a placemark; ``kept`` are its attributes where they are not the row's."""
    ends = "".join(
        f"<{tag}>{row[name].isoformat()}</{tag}>"
        for tag, name in (("begin", "date_start"), ("end", "date_end"))
        if row.get(name)
    )
    data = "".join(
        f"<Data name={quoteattr(name)}><value>{_escape_value(value)}</value></Data>"
        for name, value in (kept or {_LAYER: layer} | row).items()
        if value is not None and name != "geometry"
    )
    balloon = escape(_describe(row, words))
    return (
        f"<Placemark><name>{escape(title_claim(row))}</name><description>{balloon}</description>"
        f"{f'<TimeSpan>{ends}</TimeSpan>' if ends else ''}"
        f"<styleUrl>#{_find_look(layer, row).identify()}</styleUrl>"
        f"<ExtendedData>{data}</ExtendedData>{_build_shape(row['geometry'])}</Placemark>\n"
    )


def _has_sign(layer: str, row: Row) -> bool:
    shape, known = row.get("geometry"), row.get("lon") is not None and row.get("lat") is not None
    named = layer not in _FILLED and row.get("role") != "inner"
    return known and named and shape is not None and shape.geom_type in _AREAS


def _escape_value(value: object) -> str:
    # A line end of the text itself would be read back as a plain one.
    return escape(value.isoformat() if isinstance(value, date) else str(value), {"\r": "&#13;"})


def _describe(row: Mapping[str, Any], words: Words) -> str:
    """The balloon: HTML in Google Earth, so every value is escaped."""
    source = " · ".join(str(row[name]) for name in ("publisher", "published", "attribution") if row.get(name))
    lines = [html.escape(line) for line in tell_claim(row, words)]
    lines += [f"<q>{html.escape(str(row['quote']))}</q>" if row.get("quote") else "", html.escape(source)]
    url = str(row.get("url") or "")
    if url.startswith(("http://", "https://")):
        lines.append(f'<a href="{html.escape(url)}">{html.escape(url)}</a>')
    if row.get("unplaced"):
        lines.append(html.escape(tell_reason(str(row["unplaced"]), words)))
    return "<br/>".join(line for line in lines if line)


def _build_shape(shape: Any) -> str:
    if shape is None:
        # An empty collection: programs list the placemark and draw nothing.
        return "<MultiGeometry/>"
    if shape.geom_type in _SHAPES:
        return _SHAPES[shape.geom_type](shape)
    return (
        f"<MultiGeometry>{''.join(_build_shape(part) for part in shapely.get_parts(shape))}</MultiGeometry>"
    )


def _build_point(point: Any) -> str:
    return f"<Point>{_list_pairs(point)}</Point>"


def _build_line(line: Any) -> str:
    return f"<LineString><tessellate>1</tessellate>{_list_pairs(line)}</LineString>"


def _build_polygon(polygon: Any) -> str:
    # KML wants the outer ring to run anticlockwise.
    turned = shapely.orient_polygons(polygon, exterior_cw=False)
    inner = "".join(f"<innerBoundaryIs>{_build_ring(ring)}</innerBoundaryIs>" for ring in turned.interiors)
    outer = f"<outerBoundaryIs>{_build_ring(turned.exterior)}</outerBoundaryIs>"
    return f"<Polygon><tessellate>1</tessellate>{outer}{inner}</Polygon>"


def _build_ring(ring: Any) -> str:
    return f"<LinearRing>{_list_pairs(ring)}</LinearRing>"


def _list_pairs(line: Any) -> str:
    pairs = " ".join(
        f"{x:.{_DECIMALS}f},{y:.{_DECIMALS}f}" for x, y in shapely.get_coordinates(line).tolist()
    )
    return f"<coordinates>{pairs}</coordinates>"


_SHAPES: dict[str, Callable[[Any], str]] = {
    "Point": _build_point,
    "LineString": _build_line,
    "LinearRing": _build_line,
    "Polygon": _build_polygon,
}


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class _Look:
    """What decides how a placemark is drawn; those that look alike share a style.

    ``bearing`` is where a movement heads whose line nobody knows, in steps; -1 where none is told.
    """

    layer: str
    side: str
    pattern: str
    inner: bool
    bearing: int = -1

    def identify(self) -> str:
        side = "".join(sign for sign in self.side if sign.isalnum()) or "none"
        course = [f"{self.bearing}"] if self.bearing >= 0 else []
        return "-".join((self.layer, side, self.pattern, *(["inner"] if self.inner else []), *course))


def _find_look(layer: str, row: Mapping[str, Any]) -> _Look:
    return _Look(
        layer=layer,
        side=side_of_claim(row),
        pattern=pattern_of(str(row.get("status")), row.get("control_status")).value,
        inner=row.get("role") == "inner",
        bearing=_find_bearing(layer, row),
    )


def _find_bearing(layer: str, row: Mapping[str, Any]) -> int:
    bearing = row.get("bearing_deg")
    if bearing is None or layer not in _MOVING or row.get("course"):
        return -1
    return round(float(bearing) / _BEARING_STEP) * _BEARING_STEP % 360


def _build_style(look: _Look, colours: Mapping[str, str], *, with_signs: bool) -> str:
    pattern = Pattern(look.pattern)
    front = look.layer in ("front_line", "front_band")
    colour = BASE_COLOURS["ink"] if front else colours.get(look.side, UNKNOWN)
    faint = pattern in (Pattern.OUTLINE, Pattern.STRUCK)
    directed = look.bearing >= 0
    name = sign_of(look.layer, directed=directed).value
    sign = f"<Icon><href>signs/{name}.png</href></Icon>" if with_signs else ""
    heading = f"<heading>{look.bearing}</heading>" if directed and with_signs else ""
    open_ = look.inner or look.layer not in _FILLED
    fill = 0.0 if open_ else 0.16 if look.layer == "front_band" else _FILL[pattern]
    return (
        f'<Style id="{look.identify()}"><IconStyle>'
        f"<color>{_tell_colour(colour, 0.55 if faint else 1.0)}</color>"
        f"<scale>0.8</scale>{heading}{sign}</IconStyle><LabelStyle><scale>0.7</scale></LabelStyle>"
        f"<LineStyle><color>{_tell_colour(colour, 0.95)}</color>"
        f"<width>{4 if front else 2}</width></LineStyle>"
        f"<PolyStyle><color>{_tell_colour(colour, fill)}</color><fill>{int(fill > 0)}</fill></PolyStyle>"
        "</Style>\n"
    )


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
            if layer in LAYER_NAMES and not record.get(_SIGNED):
                layers.setdefault(str(layer), []).append(_read_placemark(record))
    if not layers:
        raise ForeignFileError(f"{str(path)!r} was not written by this program: no placemark names its layer")
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
        _SIGNED,
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

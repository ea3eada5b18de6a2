"""A QGIS project (.qgz) written without QGIS: groups, base map, symbols, time range and a sheet to print.

Beside ``map.qgz`` stand ``map.gpkg`` with the layers and ``map_basemap.gpkg`` with the boundaries around
them; the project names both by relative paths, so the three may be moved together.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from geo.errors import DataError
from geo.language.lexicon import load_lexicon
from maps.atomic import replace_file
from maps.files.geopackage import Table, list_tables, write_geopackage
from maps.files.options import DEFAULTS, WriteOptions
from maps.html.features import select_layers
from maps.html.view import Box, find_limits, find_view
from maps.qgis_basemap import BASE_LAYERS, build_base_style, title_base, write_basemap
from maps.qgis_layout import Told, build_layout, describe_tables
from maps.qgis_stacks import Spot, find_spots
from maps.qgis_style import build_style, colour_tables, title_table
from maps.style import BASE_COLOURS
from maps.words import Words, load_words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["write_project"]

_GROUPS = {
    "fighting": ("strike", "clash"),
    "movement": ("concentration", "advance", "withdrawal", "arrow"),
    "territory": ("front_line", "front_band", "control"),
}
# Within a group points lie on top, areas at the bottom.
_FAMILY_ORDER = ("point", "line", "mixed", "area", "none")
_GEOMETRY_NAMES = {
    "point": "Point",
    "line": "Line",
    "area": "Polygon",
    "mixed": "Point",
    "none": "No geometry",
}
_WEB_MERCATOR = 3857
_DEGREES = 4326
_LEAST_SPAN_DEGREES = 1.0
_WORLD = (-180.0, -75.0, 180.0, 80.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Entry:
    """A layer of the project: its id, title, source and the XML of its style."""

    id: str
    title: str
    source: str
    geometry: str
    style: str
    style_of_claims: bool = False


def write_project(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: WriteOptions = DEFAULTS
) -> tuple[str, ...]:
    """Write a QGIS project with its GeoPackage and its base map beside it.

    Returns
    -------
    tuple of str
        What the caller should tell: the files beside it, and a missing base map.

    Raises
    ------
    OutputError
        If a file cannot be written.
    """
    path = Path(path)
    package, basemap = path.with_suffix(".gpkg"), path.with_name(f"{path.stem}_basemap.gpkg")
    bounds, limits = _find_extent(layers)
    losses = list(write_geopackage(layers, package, options))
    try:
        base = write_basemap(basemap, limits, bounds, options.language, _list_claimed(layers))
    except DataError as error:
        base, losses = [], [*losses, f"no base map: {error}"]
    tables = list_tables(layers)
    groups = _list_groups(tables, package, base, basemap, options)
    told = describe_tables(options.title, tables, _list_all_days(layers), load_words(options.language))
    text = build_project(groups, layers, bounds, told, options)
    with replace_file(path) as stand_in, zipfile.ZipFile(stand_in, "w", zipfile.ZIP_DEFLATED) as archive:
        # A fixed moment, so that the same layers give the same file.
        archive.writestr(
            zipfile.ZipInfo(f"{path.stem}.qgs", (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED
        )
    beside = ", ".join(name.name for name in (package, *([basemap] if base else [])))
    return (*losses, f"the project needs these files beside it: {beside}")


def _list_claimed(layers: Mapping[str, gpd.GeoDataFrame]) -> list[Any]:
    """Return the points whose places carry a label of their own."""
    points = (shape for frame in select_layers(layers).values() for shape in frame.geometry)
    return [shape for shape in points if shape is not None and shape.geom_type == "Point"]


def _find_extent(layers: Mapping[str, gpd.GeoDataFrame]) -> tuple[Box, Box]:
    """Return what is shown at first, and what the base map covers: a window of any shape around that.

    As on pages and pictures, single claims far from the rest do not make the map small.  A whole country
    counts only where nothing smaller is named.
    """
    drawn = select_layers(layers)
    smaller = {name: frame[~_is_whole_country(frame)] for name, frame in drawn.items()}
    view = find_view({name: frame for name, frame in smaller.items() if len(frame)} or drawn).box
    bounds = _pad(view, 0.08)
    both = np.array([_pad(bounds, 1.0), find_limits(bounds)])
    west, south = both[:, :2].min(axis=0)
    east, north = both[:, 2:].max(axis=0)
    return bounds, (float(west), float(south), float(east), float(north))


def _is_whole_country(frame: gpd.GeoDataFrame) -> Any:
    """UCDP's where_prec 6, where it is told; a part of a country is 5."""
    if "place_kind" not in frame.columns:
        return np.zeros(len(frame), dtype=bool)
    country = frame["place_kind"] == "country"
    return country & (frame["where_prec"].fillna(6) == 6) if "where_prec" in frame.columns else country


def _pad(bounds: Sequence[float], share: float) -> Box:
    west, south, east, north = bounds
    wide = max(east - west, _LEAST_SPAN_DEGREES) * share
    high = max(north - south, _LEAST_SPAN_DEGREES) * share
    return (
        max(west - wide, _WORLD[0]),
        max(south - high, _WORLD[1]),
        min(east + wide, _WORLD[2]),
        min(north + high, _WORLD[3]),
    )


def _list_groups(
    tables: Sequence[Table], package: Path, base: Sequence[str], basemap: Path, options: WriteOptions
) -> dict[str, list[_Entry]]:
    words, colours, spots = load_words(options.language), colour_tables(tables), find_spots(tables)
    groups: dict[str, list[_Entry]] = {}
    for group, names in _GROUPS.items():
        inside = [table for table in tables if table.layer in names]
        inside.sort(key=lambda one: (_FAMILY_ORDER.index(one.family), names.index(one.layer)))
        groups[words.word("groups", group)] = [
            _enter_table(table, package, words, colours, spots) for table in inside
        ]
    shown = [
        _Entry(
            id=f"frontline_{layer.name}",
            title=title_base(layer, options.language),
            source=f"./{basemap.name}|layername={layer.name}",
            geometry=layer.geometry,
            style=build_base_style(layer),
        )
        for layer in BASE_LAYERS
        if layer.name in base
    ]
    groups[words.text("base_map")] = shown
    plain = [
        _enter_table(table, package, words, colours, spots) for table in tables if table.family == "none"
    ]
    groups[str(load_lexicon(options.language).table("files")["tables"])] = plain
    return {title: entries for title, entries in groups.items() if entries}


def _enter_table(
    table: Table, package: Path, words: Words, colours: Mapping[str, str], spots: Mapping[str, Spot]
) -> _Entry:
    return _Entry(
        id=f"frontline_{table.name}_layer",  # QGIS gives ids of ten characters or fewer a new name
        title=title_table(table, words),
        source=f"./{package.name}|layername={table.name}",
        geometry=_GEOMETRY_NAMES[table.family],
        style=build_style(table, words, colours, spots),
        style_of_claims=table.family != "none",
    )


def build_project(
    groups: Mapping[str, Sequence[_Entry]],
    layers: Mapping[str, gpd.GeoDataFrame],
    bounds: Sequence[float],
    told: Told,
    options: WriteOptions,
) -> str:
    """Return the project as the XML of a .qgs file; ``told`` stands on its sheet."""
    title = told.title
    extent = _to_web_mercator(bounds)
    tree = "".join(_build_group(group, entries) for group, entries in groups.items())
    maplayers = "".join(_build_maplayer(entry, options) for entries in groups.values() for entry in entries)
    sheet = str(load_lexicon(options.language).table("files")["sheet"])
    claims = "".join(_build_group(group, entries) for group, entries in groups.items() if _is_legend(entries))
    layout = build_layout(sheet, told, extent, claims, options)
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.22.0" projectname={quoteattr(title)}><title>{escape(title)}</title>'
        f"<projectCrs>{_build_srs(_WEB_MERCATOR)}</projectCrs><layer-tree-group>{tree}</layer-tree-group>"
        f'<mapcanvas name="theMapCanvas"><units>meters</units>{_build_extent("extent", extent)}'
        f"<destinationsrs>{_build_srs(_WEB_MERCATOR)}</destinationsrs></mapcanvas>"
        f"<projectlayers>{maplayers}</projectlayers>{_build_properties()}"
        f"{_build_metadata(options, title)}"
        f"<Layouts>{layout}</Layouts>{_build_time(layers)}"
        f'<ProjectViewSettings UseProjectScales="0"><Scales/></ProjectViewSettings></qgis>'
    )


def _is_legend(entries: Sequence[_Entry]) -> bool:
    """The base map explains itself, and tables have no symbols."""
    return all(entry.style_of_claims for entry in entries)


def _build_group(title: str, entries: Sequence[_Entry]) -> str:
    nodes = "".join(
        f'<layer-tree-layer id={quoteattr(one.id)} name={quoteattr(one.title)} checked="Qt::Checked" '
        f'expanded="0" providerKey="ogr" source={quoteattr(one.source)}/>'
        for one in entries
    )
    head = f'<layer-tree-group name={quoteattr(title)} checked="Qt::Checked" expanded="1">'
    return f"{head}{nodes}</layer-tree-group>"


def _build_maplayer(entry: _Entry, options: WriteOptions) -> str:
    return (
        f'<maplayer type="vector" geometry="{entry.geometry}" styleCategories="AllStyleCategories" '
        'labelsEnabled="1" '
        f'hasScaleBasedVisibilityFlag="0" readOnly="0"><id>{escape(entry.id)}</id>'
        f"<datasource>{escape(entry.source)}</datasource><layername>{escape(entry.title)}</layername>"
        f"<srs>{_build_srs(_DEGREES)}</srs><resourceMetadata><title>{escape(entry.title)}</title>"
        f"<abstract>{escape(options.abstract)}</abstract><license>{escape(options.licence)}</license>"
        f"<rights>{escape(options.attribution)}</rights></resourceMetadata>"
        f'<provider encoding="UTF-8">ogr</provider>{entry.style}</maplayer>'
    )


@lru_cache(maxsize=4)
def _build_srs(code: int) -> str:
    """QGIS needs the text of a reference system, its number alone does not do."""
    import pyproj

    text = escape(pyproj.CRS.from_epsg(code).to_wkt("WKT2_2019"))
    return (
        f'<spatialrefsys nativeFormat="Wkt"><wkt>{text}</wkt><srid>{code}</srid>'
        f"<authid>EPSG:{code}</authid></spatialrefsys>"
    )


def _to_web_mercator(bounds: Sequence[float]) -> tuple[float, float, float, float]:
    import pyproj

    # The project's own system, only for its window; no layer is reprojected here.
    transformer = pyproj.Transformer.from_crs(_DEGREES, _WEB_MERCATOR, always_xy=True)
    west, south, east, north = bounds
    left, bottom, right, top = transformer.transform_bounds(west, south, east, north)
    return left, bottom, right, top


def _build_extent(tag: str, extent: Sequence[float]) -> str:
    names = ("xmin", "ymin", "xmax", "ymax")
    inner = "".join(f"<{name}>{value:.2f}</{name}>" for name, value in zip(names, extent, strict=True))
    return f"<{tag}>{inner}</{tag}>"


def _build_properties() -> str:
    red, green, blue = (int(BASE_COLOURS["water"][i : i + 2], 16) for i in (1, 3, 5))
    return (
        '<properties><SpatialRefSys><ProjectionsEnabled type="int">1</ProjectionsEnabled></SpatialRefSys>'
        '<Paths><Absolute type="bool">false</Absolute></Paths><Gui>'
        f'<CanvasColorRedPart type="int">{red}</CanvasColorRedPart>'
        f'<CanvasColorGreenPart type="int">{green}</CanvasColorGreenPart>'
        f'<CanvasColorBluePart type="int">{blue}</CanvasColorBluePart></Gui></properties>'
    )


def _build_metadata(options: WriteOptions, title: str) -> str:
    return (
        f"<projectMetadata><title>{escape(title)}</title>"
        f"<abstract>{escape(options.abstract)}</abstract><language>{escape(options.language)}</language>"
        f"<license>{escape(options.licence)}</license><rights>{escape(options.attribution)}</rights></projectMetadata>"
    )


def _build_time(layers: Mapping[str, gpd.GeoDataFrame]) -> str:
    """The time controller's range: from the first day to the last, a day a step."""
    days = _list_all_days(layers)
    if not days:
        return ""
    start, end = min(days), max(days) + timedelta(days=1)
    return (
        '<ProjectTimeSettings timeStepUnit="d" timeStep="1" frameRate="1" '
        'cumulativeTemporalRange="0"><TemporalRange>'
        f"<start>{start.isoformat()}T00:00:00Z</start><end>{end.isoformat()}T00:00:00Z</end>"
        "</TemporalRange></ProjectTimeSettings>"
    )


def _list_all_days(layers: Mapping[str, gpd.GeoDataFrame]) -> list[date]:
    return [day for frame in layers.values() for day in _list_days(frame)]


def _list_days(frame: Any) -> list[date]:
    from maps.files.values import clean_date

    names = [name for name in ("date_start", "date_end") if name in frame.columns]
    days = (clean_date(value) for name in names for value in frame[name].drop_duplicates())
    return [day for day in days if day is not None]

"""The page: a folium map whose words, shapes and base map all stand in one file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folium
from jinja2 import Template

from geo.errors import OutputError
from maps.atomic import write_text
from maps.basemap import Basemap, load_basemap
from maps.html.columns import Columns, encode_base64, pack_bytes
from maps.html.contents import build_contents
from maps.html.options import MapOptions
from maps.html.tiles import choose_tiles
from maps.offline import OfflineFigure, Raw, read_template
from maps.words import load_words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["FrontlineMap", "build_map", "render_html", "write_html"]

_SCRIPTS = (
    "app_core.js",
    "app_model.js",
    "app_signs.js",
    "app_base.js",
    "app_shapes.js",
    "app_stacks.js",
    "app_card.js",
    "app_time.js",
    "app_link.js",
    "app_panel.js",
    "app_grid.js",
    "app_main.js",
)
_LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet"


class FrontlineMap(folium.Map):
    """A folium map of layers; folium's own elements can be added to it as to any map.

    Parameters
    ----------
    contents
        What the page's script reads.
    basemap
        The base map, clipped to where the map can be moved.
    columns
        Packed points, or None where the map has few enough features.
    options
        The user's choices.
    """

    def __init__(
        self,
        *,
        contents: Mapping[str, Any],
        basemap: Basemap,
        columns: Columns | None,
        options: MapOptions,
    ) -> None:
        west, south, east, north = contents["bounds"]
        super().__init__(location=[(south + north) / 2, (west + east) / 2], tiles=None, zoom_control=False)
        self._id = "frontline"
        self.contents = dict(contents)
        self.basemap = basemap
        self.columns = columns
        self.default_js = [("leaflet", f"{_LEAFLET}.js")]
        self.default_css = [("leaflet_css", f"{_LEAFLET}.css")]
        tiles = choose_tiles(options)
        self.contents["tiles"] = {"url": tiles.url, "credit": tiles.credit} if tiles else None
        images = (tiles.source,) if tiles else ()
        figure = OfflineFigure(title=contents["title"], lang=contents["lang"], image_sources=images)
        figure.add_child(self)

    def render(self, **kwargs: Any) -> str:
        """Add the page's parts to its figure, and return nothing: the figure writes them.

        Raises
        ------
        OutputError
            If the map is not in an `OfflineFigure`, whose policy its scripts need.
        """
        figure = self.get_root()
        if not isinstance(figure, OfflineFigure):
            raise OutputError(f"this map needs an OfflineFigure around it, not {type(figure).__name__}")
        for name, url in self.default_js:
            figure.header.add_child(folium.JavascriptLink(url), name=name)
        for name, url in self.default_css:
            figure.header.add_child(folium.CssLink(url), name=name)
        figure.header.add_child(Raw(_HEAD + f"<style>{read_template('page.css')}</style>"), name="frontline")
        figure.html.add_child(Raw(self._make_body()), name="frontline")
        figure.script.add_child(Raw(self._make_script()), name="frontline")
        for child in self._children.values():
            child.render(**kwargs)
        return ""

    def _make_body(self) -> str:
        words = self.contents["words"]["texts"]
        frame = Template(read_template("page.html")).render(
            name=self.get_name(), no_script=words["no_script"]
        )
        blocks = [f'<script type="application/json" id="fl-data">{dump_json(self.contents)}</script>']
        packed = {f"fl-base-{i}": encode_base64(sheet) for i, sheet in enumerate(self.basemap.sheets)}
        names = dump_json([label.as_row() for label in self.basemap.labels])
        packed["fl-names"] = pack_bytes(names.encode("utf-8"))
        if self.columns is not None:
            packed |= {"fl-numbers": self.columns.numbers, "fl-texts": self.columns.texts}
        blocks += [
            f'<script type="application/octet-stream" id="{name}">{text}</script>'
            for name, text in packed.items()
        ]
        return "\n".join((frame, *blocks))

    def _make_script(self) -> str:
        parts = "\n".join(read_template(name) for name in _SCRIPTS)
        name = self.get_name()
        public = "const Frontline = { start, zoneLabels };"
        module = f'(() => {{\n"use strict";\n{public}\n{parts}\nreturn Frontline;\n}})()'
        # The name is folium's for this map: elements that are added to it refer to it.
        return f'const Frontline = {module};\nvar {name} = Frontline.start("{name}");'


_HEAD = '<meta name="viewport" content="width=device-width, initial-scale=1">\n'


def dump_json(value: Any) -> str:
    """Return JSON that may stand inside a ``script`` element: no ``<`` reaches the HTML parser."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def build_map(layers: Mapping[str, gpd.GeoDataFrame], options: MapOptions | None = None) -> FrontlineMap:
    """Return the map of ``layers``; a notebook shows it, and folium's elements can be added to it.

    Parameters
    ----------
    layers
        Frames by the names of `geo.schema.LAYER_NAMES`, EPSG:4326, with the columns of the schema.
    options
        Title, language and so on.

    Raises
    ------
    SchemaError
        If a layer to draw is not in EPSG:4326 or lacks a column that drawing needs.
    DataError
        If a shipped file is missing.
    """
    options = options or MapOptions()
    words = load_words(options.lang)
    contents, columns = build_contents(layers, options, words)
    basemap = load_basemap(contents["limits"], words.lang, view=contents["bounds"])
    contents["base_sources"] = "; ".join(basemap.sources)
    return FrontlineMap(contents=contents, basemap=basemap, columns=columns, options=options)


def render_html(layers: Mapping[str, gpd.GeoDataFrame], options: MapOptions | None = None) -> str:
    """Return the page as text: one file without links; the same input gives the same text.

    See `build_map` for parameters and errors.
    """
    page: str = build_map(layers, options).get_root().render()
    return page


def write_html(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: MapOptions | None = None
) -> None:
    """Write the page to ``path``, whole or not at all; `OutputError` if it cannot be written.

    See `build_map` for parameters and further errors.
    """
    write_text(path, render_html(layers, options))

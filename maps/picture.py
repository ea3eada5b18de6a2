"""A still picture of the map for print and social media: the same items, symbology and legend, no browser."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import OutputError
from maps.atomic import replace_file
from maps.basemap import load_basemap
from maps.basemap_names import Label
from maps.html.columns import split_frames
from maps.html.contents import check_frames
from maps.html.features import (
    ShapeTable,
    build_items,
    clean_value,
    list_sources,
    list_unplaced,
    select_layers,
    side_of_row,
)
from maps.html.options import MapOptions
from maps.html.view import Box, find_view
from maps.picture_canvas import Canvas, Frame, project
from maps.picture_legend import draw_panel
from maps.picture_signs import draw_items
from maps.places import localise_places
from maps.style import BASE_COLOURS, side_colour
from maps.words import Words, load_words

if TYPE_CHECKING:
    import geopandas as gpd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["SUFFIXES", "draw_picture"]

SUFFIXES = (".png", ".svg", ".pdf")

# Inches; with 150 dots an inch 1920 x 1200 pixels.  The panel takes the left part.
_WIDTH, _HEIGHT, _DPI = 12.8, 8.0, 150
_PANEL = 0.265

# Without these a PDF or SVG would tell when it was made, and differ at each run.
_METADATA: dict[str, dict[str, Any]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": "Frontline"},
    ".pdf": {"CreationDate": None, "Creator": "Frontline", "Producer": None},
}
_FONTS = ("Source Sans 3", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans")
# A sheet's lines: colour, width in points, dash, the zoom from which on they are drawn.
_STROKES: dict[str, tuple[str, float, Any, float]] = {
    "rivers": ("river", 0.6, "-", 5.5),
    "district_lines": ("district", 0.5, (0, (3, 3)), 7.5),
    "region_lines": ("region", 0.6, "-", 4.5),
    "border_lines": ("border", 0.9, "-", 0),
    "disputed_lines": ("disputed", 0.9, (0, (4, 3)), 0),
}


def draw_picture(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: MapOptions | None = None
) -> None:
    """Draw ``layers`` into a picture, whole or not at all.

    Parameters
    ----------
    layers
        Frames by the names of `geo.schema.LAYER_NAMES`, EPSG:4326.
    path
        Where to; the suffix (.png, .svg, .pdf) tells the format.
    options
        Title, language, point of view; `tiles` does not hold for pictures.

    Raises
    ------
    OutputError
        For another suffix, or if the file cannot be written.
    SchemaError, DataError
        See `maps.html.build_map`.
    """
    import matplotlib as mpl

    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in SUFFIXES:
        raise OutputError(f"{str(path)!r}: a picture ends in one of {' '.join(SUFFIXES)}")
    options = options or MapOptions()
    with mpl.rc_context(_choose_settings()), replace_file(target) as stand_in:
        figure = _compose(layers, options, load_words(options.lang))
        figure.savefig(stand_in, format=suffix[1:], dpi=_DPI, metadata=_METADATA[suffix])


def _choose_settings() -> Any:
    from matplotlib import font_manager

    installed = set(font_manager.get_font_names())
    return {
        "font.family": [name for name in _FONTS if name in installed] or ["DejaVu Sans"],
        "svg.hashsalt": "frontline",
        "svg.fonttype": "path",
        "hatch.linewidth": 1.1,
        "path.simplify": True,
    }


def _compose(layers: Mapping[str, gpd.GeoDataFrame], options: MapOptions, words: Words) -> Figure:
    from matplotlib.figure import Figure as NewFigure

    frames = select_layers(layers)
    check_frames(frames)
    vectors, points = split_frames(frames, options.compact_above)
    shapes = ShapeTable.empty()
    items = build_items(vectors, shapes, localise_places(vectors, words.lang))
    figure = NewFigure(figsize=(_WIDTH, _HEIGHT), facecolor=BASE_COLOURS["paper"])
    axes = figure.add_axes((_PANEL, 0.0, 1 - _PANEL, 1.0))
    frame = _frame_view(find_view(frames).box)
    canvas = Canvas(axes=axes, frame=frame, shapes=shapes.shapes, words=words)
    basemap = load_basemap(frame.box, words.lang, view=frame.box)
    _set_up(axes, frame)
    sheets = basemap.unpack()
    _draw_base(axes, sheets, frame)
    if points is not None:
        _draw_points(axes, points)
    taken = draw_items(canvas, items)
    _draw_labels(canvas, basemap.labels, taken)
    draw_panel(
        figure,
        _PANEL,
        words,
        {
            "title": clean_value(options.title) or words.text("untitled"),
            "items": items,
            "shapes": shapes.shapes,
            "points": points,
            "sources": list_sources(layers, sort=not options.still),
            "unplaced": list_unplaced(layers),
            "borders": clean_value(options.point_of_view) or words.text("borders"),
            "base_sources": "; ".join(basemap.sources),
            "still": options.still,
            "legend": options.legend,
            "table": options.table,
        },
    )
    return figure


def _frame_view(view: Box) -> Frame:
    """Widen the view to the shape of the paper, with some margin."""
    west, south, east, north = view
    x0, y0 = project(west, south)
    x1, y1 = project(east, north)
    aspect = (_WIDTH * (1 - _PANEL)) / _HEIGHT
    height = max((y1 - y0) * 1.22, (x1 - x0) * 1.22 / aspect)
    middle, centre = (x0 + x1) / 2, (y0 + y1) / 2
    dots = _HEIGHT * 100
    return Frame(
        left=middle - height * aspect / 2,
        right=middle + height * aspect / 2,
        bottom=centre - height / 2,
        top=centre + height / 2,
        pixel=height / dots,
    )


def _set_up(axes: Axes, frame: Frame) -> None:
    axes.set_xlim(frame.left, frame.right)
    axes.set_ylim(frame.bottom, frame.top)
    axes.set_aspect("equal")
    axes.set_facecolor(BASE_COLOURS["water"])
    axes.tick_params(bottom=False, left=False, labelbottom=False, labelleft=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    _draw_scale(axes, frame)


def _draw_scale(axes: Axes, frame: Frame) -> None:
    """Draw a bar of a round number of kilometres, right for the middle of the map."""
    latitude = math.radians((frame.box[1] + frame.box[3]) / 2)
    km_a_degree = 111.32 * math.cos(latitude)
    wanted = (frame.right - frame.left) * km_a_degree / 7
    power = 10 ** math.floor(math.log10(wanted))
    km = power * max(step for step in (1, 2, 5) if step * power <= wanted)
    right, base = frame.right - 16 * frame.pixel, frame.bottom + 18 * frame.pixel
    left = right - km / km_a_degree
    axes.plot([left, left, right, right], [base + 5 * frame.pixel, base, base, base + 5 * frame.pixel],
              color=BASE_COLOURS["ink"], linewidth=0.9, zorder=20)  # fmt: skip
    axes.text((left + right) / 2, base + 3 * frame.pixel, f"{km:g} km", ha="center", va="bottom", fontsize=7,
              color=BASE_COLOURS["ink"], zorder=20)  # fmt: skip


def _shrink(axes: Axes, box: Any) -> Any:
    """Return a rectangle a little smaller than ``box``, for clipping."""
    from matplotlib.patches import Rectangle

    inset = box.get_height() / 800
    width, height = box.get_width() - 2 * inset, box.get_height() - 2 * inset
    return Rectangle((box.get_x() + inset, box.get_y() + inset), width, height, transform=axes.transData)


def _decode(paths: Sequence[Sequence[int]], scale: float) -> list[Any]:
    import numpy as np

    decoded = []
    for deltas in paths:
        lonlat = np.cumsum(np.asarray(deltas, dtype=float).reshape(-1, 2), axis=0) / scale
        x, y = project(lonlat[:, 0], lonlat[:, 1])
        decoded.append(np.column_stack((x, y)))
    return decoded


def _draw_base(axes: Axes, sheets: Sequence[Mapping[str, Any]], frame: Frame) -> None:
    """Draw the sheets, each over what coarser ones show inside its box."""
    from matplotlib.patches import Rectangle

    for level, sheet in enumerate(sheet for sheet in sheets if "bbox" in sheet):
        west, south, east, north = sheet["bbox"]
        (x0, y0), (x1, y1) = project(west, south), project(east, north)
        left, bottom = max(x0, frame.left), max(y0, frame.bottom)
        width, height = min(x1, frame.right) - left, min(y1, frame.top) - bottom
        if width > 0 and height > 0:
            look: dict[str, Any] = {
                # A sheet without land only adds to the coarser one under it.
                "facecolor": BASE_COLOURS["water"] if sheet.get("land") else "none",
                "linewidth": 0,
                "zorder": 1 + level / 10,
            }
            box = axes.add_patch(Rectangle((left, bottom), width, height, **look))
            _draw_sheet(axes, sheet, frame.zoom, box)


def _draw_sheet(axes: Axes, sheet: Mapping[str, Any], zoom: float, box: Any) -> None:
    from matplotlib.collections import LineCollection, PathCollection
    from matplotlib.path import Path as Outline

    lakes = [ring for lake in sheet.get("lakes", []) if not lake.get("drained") for ring in lake["rings"]]
    # Where the sheet's own edge cuts the land there is no shore: lines keep off it.
    inside = _shrink(axes, box)
    for kind, paths in (("land", sheet.get("land", [])), ("water", lakes)):
        rings = [ring for ring in _decode(paths, sheet["scale"]) if len(ring) > 2]
        if rings:
            outline = Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings))
            area = PathCollection(
                [outline], facecolor=BASE_COLOURS[kind], edgecolor="none", zorder=box.get_zorder()
            )
            shore = LineCollection(
                rings, colors=BASE_COLOURS["coast"], linewidths=0.5, zorder=box.get_zorder() + 0.02
            )
            for part, clip in ((area, box), (shore, inside)):
                axes.add_collection(part, autolim=False)
                part.set_clip_path(clip)
    for name, (colour, width, dash, from_zoom) in _STROKES.items():
        if zoom >= from_zoom and sheet.get(name):
            look: dict[str, Any] = {"colors": BASE_COLOURS[colour], "linewidths": width, "linestyles": [dash]}
            lines = LineCollection(
                _decode(sheet[name], sheet["scale"]), zorder=box.get_zorder() + 0.05, **look
            )
            axes.add_collection(lines, autolim=False)


def _draw_points(axes: Axes, points: gpd.GeoDataFrame) -> None:
    x, y = project(points["lon"].to_numpy(dtype=float), points["lat"].to_numpy(dtype=float))
    colours = [
        side_colour(side_of_row(row)) for row in points[["actors", "control_status"]].to_dict("records")
    ]
    size = min(max(60_000 / len(points), 2.0), 14.0)
    axes.scatter(x, y, s=size, c=colours, alpha=0.5, linewidths=0, rasterized=True, zorder=5)


# Size, weight, colour and slant of a name by its kind.
_LOOKS: dict[str, dict[str, Any]] = {
    "country": {"fontsize": 8.5, "color": BASE_COLOURS["label_faint"], "weight": "bold"},
    "region": {"fontsize": 6.8, "color": BASE_COLOURS["label_faint"]},
    "water": {"fontsize": 7.2, "color": BASE_COLOURS["label_water"], "style": "italic"},
    "city": {"fontsize": 7.6, "color": BASE_COLOURS["label"]},
    "town": {"fontsize": 6.8, "color": BASE_COLOURS["label"]},
}


def _draw_labels(canvas: Canvas, labels: Iterable[Label], taken: list[Box]) -> None:
    zoom = canvas.frame.zoom
    for label in labels:
        if label.from_zoom > zoom or (label.to_zoom and label.to_zoom < zoom) or label.name in canvas.named:
            continue
        x, y = project(label.lon, label.lat)
        if not canvas.frame.holds(x, y):
            continue
        look = _LOOKS[label.kind]
        centred = label.kind in ("country", "region", "water")
        name = label.name.upper() if label.kind == "country" else label.name
        if canvas.place_text(name, (x, y), taken, centred=centred, **look) and not centred:
            dot: dict[str, Any] = {
                "markerfacecolor": BASE_COLOURS["halo"],
                "markeredgecolor": BASE_COLOURS["label"],
            }
            canvas.axes.plot([x], [y], "o", markersize=2.2, markeredgewidth=0.7, zorder=6, **dot)

"""A still picture of the map for print and social media: the same items, symbology and legend, no browser."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import OutputError
from maps.atomic import replace_file
from maps.basemap import Basemap, load_basemap
from maps.basemap_names import Label
from maps.colours import assign_colours
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
from maps.picture_base import draw_base
from maps.picture_board import make_board
from maps.picture_canvas import Canvas, Frame, project
from maps.picture_legend import draw_panel
from maps.picture_letters import Lettering, WordLook
from maps.picture_signs import draw_shapes, is_line
from maps.picture_stacks import draw_stacks
from maps.places import localise_places
from maps.style import BASE_COLOURS
from maps.words import Words, load_words

if TYPE_CHECKING:
    import geopandas as gpd
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
# The highest level of compression takes a third of the time for a few percent.
_WRITER: dict[str, dict[str, Any]] = {".png": {"pil_kwargs": {"compress_level": 4}}, ".svg": {}, ".pdf": {}}
_FONTS = ("Source Sans 3", "Noto Sans", "Liberation Sans", "Arial", "DejaVu Sans")


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
        figure.savefig(stand_in, format=suffix[1:], dpi=_DPI, metadata=_METADATA[suffix], **_WRITER[suffix])


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
    items = build_items(vectors, shapes, localise_places(vectors, words.lang), words)
    figure = NewFigure(figsize=(_WIDTH, _HEIGHT), facecolor=BASE_COLOURS["paper"])
    view = find_view(frames)
    frame = _frame_view(view.box)
    board = make_board(figure, (_PANEL, 0.0, 1.0, 1.0), (frame.left, frame.bottom, frame.right, frame.top))
    canvas = Canvas(
        board=board,
        letters=Lettering(board=board),
        frame=frame,
        shapes=shapes.shapes,
        words=words,
        colours=assign_colours(_list_sides(items, points)),
    )
    basemap = load_basemap(frame.box, words.lang, view=frame.box)
    _draw_map(canvas, basemap, items, points, name_zones=not options.legend)
    contents = {
        "title": clean_value(options.title) or words.text("untitled"),
        "items": items,
        "shapes": shapes.shapes,
        "points": points,
        "sources": list_sources(layers, words, sort=not options.still),
        "unplaced": list_unplaced(layers, words),
        "borders": clean_value(options.point_of_view) or words.text("borders"),
        "base_sources": "; ".join(basemap.sources),
        "still": options.still,
        "outside": view.outside,
        "seen": _list_seen(items, frame) if view.outside else items,
        "mixed": "mixed" in canvas.marks,
        "legend": options.legend,
        "table": options.table,
    }
    draw_panel(figure, _PANEL, words, canvas.colours, contents)
    return figure


def _list_seen(items: Sequence[dict[str, Any]], frame: Frame) -> list[dict[str, Any]]:
    """Return the items that stand in the frame: the legend explains no others."""
    return [item for item in items if is_line(item) or frame.holds(*project(item["lon"], item["lat"]))]


def _list_sides(items: Sequence[Mapping[str, Any]], points: gpd.GeoDataFrame | None) -> set[str]:
    sides = {str(item.get("side", "")) for item in items}
    if points is None:
        return sides
    return sides | set(_sides_of_points(points))


def _sides_of_points(points: gpd.GeoDataFrame) -> list[str]:
    told = [name for name in ("actors", "party", "control_status") if name in points.columns]
    return [side_of_row(row) for row in points[told].to_dict("records")]


def _draw_map(
    canvas: Canvas,
    basemap: Basemap,
    items: Sequence[dict[str, Any]],
    points: gpd.GeoDataFrame | None,
    *,
    name_zones: bool,
) -> None:
    """Draw all that lies on the map; a map whose maker tells what its areas mean has no names in them."""
    draw_base(canvas, basemap.unpack())
    scale = _draw_scale(canvas)
    if points is not None:
        _draw_points(canvas, points)
    taken = [scale, *draw_shapes(canvas, items)]
    draw_stacks(canvas, items, taken, name_zones=name_zones)
    _draw_labels(canvas, basemap.labels, taken)
    canvas.letters.finish(12.0)


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


def _draw_scale(canvas: Canvas) -> Box:
    """Draw a bar of a round number of kilometres, right for the middle of the map; returns its box."""
    frame = canvas.frame
    latitude = math.radians((frame.box[1] + frame.box[3]) / 2)
    km_a_degree = 111.32 * math.cos(latitude)
    wanted = (frame.right - frame.left) * km_a_degree / 7
    power = 10 ** math.floor(math.log10(wanted))
    km = power * max(step for step in (1, 2, 5) if step * power <= wanted)
    right, base = frame.right - 16 * frame.pixel, frame.bottom + 18 * frame.pixel
    left, up = right - km / km_a_degree, base + 5 * frame.pixel
    ink = BASE_COLOURS["ink"]
    canvas.board.lines(
        [[(left, up), (left, base), (right, base), (right, up)]], colors=ink, linewidths=0.9, zorder=20
    )
    look = WordLook(size=7, colour=ink)
    canvas.letters.write((left + right) / 2, base + 9 * frame.pixel, f"{km:g} km", look, share=0.5)
    return left, base, right, base + 16 * frame.pixel


def _draw_points(canvas: Canvas, points: gpd.GeoDataFrame) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path as Outline

    x, y = project(points["lon"].to_numpy(dtype=float), points["lat"].to_numpy(dtype=float))
    size = math.sqrt(min(max(60_000 / len(points), 2.0), 14.0))
    dots = PathCollection(
        [Outline.unit_circle()],
        sizes=[(size / 2) ** 2],
        offsets=list(zip(x, y, strict=True)),
        offset_transform=canvas.board.transform,
        facecolors=[canvas.colour(side) for side in _sides_of_points(points)],
        alpha=0.5,
        linewidths=0,
        zorder=5,
    )
    dots.set_rasterized(True)
    canvas.board.figure.add_artist(dots)
    dots.set_clip_box(canvas.board.clip)


# On maps of continents, below this zoom, names keep so many pixels around them free.
_FAR_OUT, _ROOM = 5.5, 6.0
_FAINT, _PLAIN = BASE_COLOURS["label_faint"], BASE_COLOURS["label"]
# Size, weight, colour and slant of a name by its kind.
_LOOKS: dict[str, WordLook] = {
    "country": WordLook(size=8.5, colour=_FAINT, weight="bold"),
    "region": WordLook(size=6.8, colour=_FAINT),
    "water": WordLook(size=7.2, colour=BASE_COLOURS["label_water"], style="italic"),
    "city": WordLook(size=7.6, colour=_PLAIN),
    "town": WordLook(size=6.8, colour=_PLAIN),
}


def _draw_labels(canvas: Canvas, labels: Iterable[Label], taken: list[Box]) -> None:
    zoom = canvas.frame.zoom
    for label in labels:
        if label.from_zoom > zoom or (label.to_zoom and label.to_zoom < zoom) or label.name in canvas.named:
            continue
        x, y = project(label.lon, label.lat)
        if not canvas.frame.holds(x, y):
            continue
        look = replace(_LOOKS[label.kind], room=_ROOM if zoom < _FAR_OUT else 1.0)
        name = label.name.upper() if label.kind == "country" else label.name
        if label.kind in ("country", "region", "water"):
            canvas.place_text(name, (x, y), taken, look)
        elif canvas.is_free(x, y, taken) and canvas.place_text(name, (x, y), taken, look, reach=(5, 5)):
            taken.append(canvas.surround(x, y))
            # A city's name need not stand there again for its region.
            canvas.named.add(label.name)
            dot = {"facecolor": BASE_COLOURS["halo"], "edgecolor": BASE_COLOURS["label"], "linewidth": 0.7}
            canvas.board.disc((x, y), 1.6 * canvas.frame.pixel, zorder=6, **dot)

"""The base map of a picture: cut to the view and no finer than its dots, one artist a class of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from maps.picture_board import join_rings
from maps.picture_canvas import Canvas, project
from maps.style import BASE_COLOURS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["draw_base"]

Box = tuple[float, float, float, float]

# A sheet's lines: colour, width in points, dash, the zoom from which on they are drawn.
_STROKES: dict[str, tuple[str, float, Any, float]] = {
    "rivers": ("river", 0.6, "-", 5.5),
    "district_lines": ("district", 0.5, (0, (3, 3)), 7.5),
    "region_lines": ("region", 0.6, "-", 4.5),
    "border_lines": ("border", 0.9, "-", 0),
    "disputed_lines": ("disputed", 0.9, (0, (4, 3)), 0),
}
# Of points that lie within so many pixels (1/100 inch) one is kept: less than a dot of the picture.
_FINE = 0.5
# Where a sheet's own edge cuts the land there is no shore: lines keep off it by so many pixels.
_INSET = 1.0


def draw_base(canvas: Canvas, sheets: Sequence[Mapping[str, Any]]) -> None:
    """Draw the sheets, each over what coarser ones show inside its box."""
    frame = canvas.frame
    for level, sheet in enumerate(sheets):
        west, south, east, north = sheet["bbox"]
        (x0, y0), (x1, y1) = project(west, south), project(east, north)
        left, bottom = max(x0, frame.left), max(y0, frame.bottom)
        right, top = min(x1, frame.right), min(y1, frame.top)
        if right > left and top > bottom:
            _draw_sheet(canvas, sheet, (left, bottom, right, top), 1 + level / 10)


def _draw_sheet(canvas: Canvas, sheet: Mapping[str, Any], box: Box, order: float) -> None:
    """Draw a sheet inside a projected box; one without land only adds to the coarser one under it."""
    board, inset = canvas.board, _INSET * canvas.frame.pixel
    left, bottom, right, top = box
    inside = board.box(left + inset, bottom + inset, right - inset, top - inset)
    if sheet.get("land"):
        water = {"facecolor": BASE_COLOURS["water"], "linewidth": 0, "zorder": order}
        board.rectangle(left, bottom, right - left, top - bottom, **water)
    lakes = [ring for lake in sheet.get("lakes", []) if not lake.get("drained") for ring in lake["rings"]]
    for kind, paths in (("land", sheet.get("land", [])), ("water", lakes)):
        rings = _read_paths(canvas, paths, sheet["scale"])
        _fill(canvas, rings, board.box(*box), facecolor=BASE_COLOURS[kind], zorder=order + 0.01)
        look: dict[str, Any] = {"colors": BASE_COLOURS["coast"], "linewidths": 0.5, "zorder": order + 0.02}
        board.lines(_cut_lines(canvas, rings), clip=inside, **look)
    for name, (colour, width, dash, from_zoom) in _STROKES.items():
        if canvas.frame.zoom >= from_zoom and sheet.get(name):
            look = {"colors": BASE_COLOURS[colour], "linewidths": width, "linestyles": [dash]}
            lines = _cut_lines(canvas, _read_paths(canvas, sheet[name], sheet["scale"]))
            board.lines(lines, zorder=order + 0.05, **look)


def _fill(canvas: Canvas, rings: Sequence[Any], clip: Any, **look: Any) -> None:
    """Fill rings as one area, cut to the view."""
    from matplotlib.patches import PathPatch
    from matplotlib.transforms import Bbox

    areas = [ring for ring in rings if len(ring) > 2]
    if areas:
        cut = join_rings(areas).clip_to_bbox(Bbox.from_extents(*canvas.around))
        canvas.board.add(PathPatch(cut, linewidth=0, **look), clip=clip)


def _read_paths(canvas: Canvas, paths: Sequence[Sequence[int]], scale: float) -> list[Any]:
    """Return paths that touch the view, projected, of points that lie in one place only the first."""
    import numpy as np

    if not paths:
        return []
    sizes = np.array([len(path) // 2 for path in paths])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    steps = np.fromiter(chain.from_iterable(paths), dtype=np.int64, count=int(2 * sizes.sum()))
    sums = np.cumsum(steps.reshape(-1, 2), axis=0)
    # Each path is a running sum of its own.
    before = np.where((starts > 0)[:, None], sums[starts - 1], 0)
    lonlat = (sums - np.repeat(before, sizes, axis=0)) / scale
    x, y = project(lonlat[:, 0], lonlat[:, 1])
    return _thin(canvas, np.column_stack((x, y)), starts)


def _thin(canvas: Canvas, xy: NDArray[np.float64], starts: NDArray[np.int64]) -> list[Any]:
    import numpy as np

    west, south, east, north = canvas.around
    low, high = np.minimum.reduceat(xy, starts), np.maximum.reduceat(xy, starts)
    near = (high >= [west, south]).all(axis=1) & (low <= [east, north]).all(axis=1)
    cells = np.floor(xy / (_FINE * canvas.frame.pixel)).astype(np.int64)
    kept = np.ones(len(xy), dtype=bool)
    kept[1:] = (cells[1:] != cells[:-1]).any(axis=1)
    ends = np.concatenate([starts[1:], [len(xy)]])
    kept[starts] = kept[ends - 1] = True
    return [xy[a:b][kept[a:b]] for a, b in zip(starts[near], ends[near], strict=True)]


def _cut_lines(canvas: Canvas, lines: Sequence[Any]) -> list[Any]:
    """Return the parts of lines that lie in the view."""
    import numpy as np
    import shapely

    west, south, east, north = canvas.around
    whole: list[Any] = []
    crossing: list[Any] = []
    for line in lines:
        inside = ((line >= [west, south]) & (line <= [east, north])).all()
        (whole if inside else crossing).append(line)
    drawn = [shapely.LineString(line) for line in crossing if len(line) > 1]
    cut = shapely.get_parts(shapely.clip_by_rect(drawn, west, south, east, north))
    return [*whole, *(np.asarray(part.coords) for part in cut if part.geom_type == "LineString")]

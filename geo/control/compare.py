"""What changed hands between two days, in km² with a band, by side and by unit; and over many days."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.control.areas import keep_areas
from geo.control.model import ControlMap, is_side
from geo.control.statements import CONTESTED
from geo.errors import OutputError
from geo.projection import measure_area_km2, measure_length_km
from geo.units import M_PER_KM

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

__all__ = [
    "Captions",
    "Change",
    "ChangeRow",
    "SeriesRow",
    "compare_control",
    "compare_series",
    "draw_series",
    "find_difference",
    "write_series",
]

# How exactly a line is drawn on the maps that are compared: the band is this much on both sides of a move.
PRECISION_M = 100.0
# Odd constants of xxHash and of Knuth: any odd numbers with many bits set will do.
_HASH_FACTORS = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)

Held = Mapping[str, BaseGeometry]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeRow:
    """What one side gained and lost in one unit, km²; ``band_km2`` is the ± of each."""

    side: str
    unit: str
    gained_km2: float
    lost_km2: float
    contested_km2: float
    band_km2: float

    @property
    def net_km2(self) -> float:
        """Gained less lost, km²."""
        return self.gained_km2 - self.lost_km2


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What changed between two days.

    Attributes
    ----------
    old_on, new_on
        The days, where known.
    gained, lost
        By side, EPSG:4326.
    rows
        One a side for the whole (``unit`` empty), then one a side and unit.
    """

    old_on: date | None
    new_on: date | None
    gained: Held
    lost: Held
    rows: tuple[ChangeRow, ...] = field(default=())

    def to_frame(self) -> gpd.GeoDataFrame:
        """Return what was gained and lost as a GeoDataFrame: side, change, area_km2."""
        import geopandas as gpd

        rows = [
            {
                "side": side,
                "change": name,
                "area_km2": round(measure_area_km2(geometry), 3),
                "geometry": geometry,
            }
            for name, held in (("gained", self.gained), ("lost", self.lost))
            for side, geometry in held.items()
            if not geometry.is_empty
        ]
        names = ["side", "change", "area_km2", "geometry"]
        return gpd.GeoDataFrame(rows, columns=names, geometry="geometry", crs="EPSG:4326")


def compare_control(
    old: ControlMap | Held,
    new: ControlMap | Held,
    units: Mapping[str, BaseGeometry] | None = None,
    *,
    precision_m: float = PRECISION_M,
) -> Change:
    """Return what each side gained, lost and contests between two days.

    Parameters
    ----------
    old, new
        Control maps, or polygons by side, EPSG:4326.
    units
        Regions or districts by name, EPSG:4326, to tell the change by.
    precision_m
        How exactly the lines are drawn, metres: the ± of an area is this along half of the outline of what
        moved, which is about as long as the front there.
    """
    before, after = _read_held(old), _read_held(new)
    sides = sorted(side for side in {*before, *after} if is_side(side))
    nothing = shapely.MultiPolygon()
    pairs = {side: find_difference(before.get(side, nothing), after.get(side, nothing)) for side in sides}
    gained = {side: pair[0] for side, pair in pairs.items()}
    lost = {side: pair[1] for side, pair in pairs.items()}
    contested = after.get(CONTESTED, nothing)
    moved = {side: _Moved(gained[side], lost[side], contested) for side in sides}
    rows = [_measure(side, "", moved[side], precision_m) for side in sides]
    for name, unit in (units or {}).items():
        rows += [_measure(s, name, moved[s].cut(unit), precision_m) for s in sides if moved[s].meets(unit)]
    return Change(old_on=_read_day(old), new_on=_read_day(new), gained=gained, lost=lost, rows=tuple(rows))


def _read_held(control: ControlMap | Held) -> dict[str, BaseGeometry]:
    return control.merge_sides() if isinstance(control, ControlMap) else dict(control)


def _read_day(control: ControlMap | Held) -> date | None:
    return control.on if isinstance(control, ControlMap) else None


@dataclass(frozen=True, slots=True)
class _Moved:
    """What one side gained and lost, and what is contested, EPSG:4326."""

    gained: BaseGeometry
    lost: BaseGeometry
    contested: BaseGeometry

    def cut(self, unit: BaseGeometry) -> _Moved:
        return _Moved(*(keep_areas(g.intersection(unit)) for g in (self.gained, self.lost, self.contested)))

    def meets(self, unit: BaseGeometry) -> bool:
        return bool(self.gained.intersects(unit) or self.lost.intersects(unit))


def _measure(side: str, unit: str, moved: _Moved, precision_m: float) -> ChangeRow:
    outline_km = measure_length_km(moved.gained) + measure_length_km(moved.lost)
    return ChangeRow(
        side=side,
        unit=unit,
        gained_km2=measure_area_km2(moved.gained),
        lost_km2=measure_area_km2(moved.lost),
        contested_km2=measure_area_km2(moved.contested),
        band_km2=outline_km / 2 * precision_m / M_PER_KM,
    )


def find_difference(old: BaseGeometry, new: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Return what is only in the new and what is only in the old polygon, EPSG:4326.

    Edges that both share in the same direction bound no change, so only the others are noded and made
    into faces: some milliseconds where a plain difference of two real days takes ten times that.
    """
    lines = _find_changed_lines(old, new)
    if not len(lines):
        return shapely.MultiPolygon(), shapely.MultiPolygon()
    joined: Any = shapely.multilinestrings(lines)
    network = shapely.node(joined)
    faces = shapely.get_parts(shapely.polygonize([network]))
    inside = shapely.point_on_surface(faces)
    in_old, in_new = _contains(old, inside), _contains(new, inside)
    return _collect(faces[in_new & ~in_old]), _collect(faces[in_old & ~in_new])


def _find_changed_lines(old: BaseGeometry, new: BaseGeometry) -> NDArray[Any]:
    """Return lines of the edges that are not in both outlines in one direction."""
    one, other = _list_edges(old), _list_edges(new)
    edges = np.concatenate([one, other])
    if not len(edges):
        return np.empty(0, dtype=object)
    names = _name_edges(edges)
    order = np.argsort(names)
    twin = names[order][1:] == names[order][:-1]
    shared = np.zeros(len(edges), dtype=bool)
    shared[order[1:][twin]] = True
    shared[order[:-1][twin]] = True
    return _chain(edges[~shared])


def _chain(edges: NDArray[np.float64]) -> NDArray[Any]:
    """Join edges that follow each other; they stand in the order of their rings."""
    if not len(edges):
        return np.empty(0, dtype=object)
    starts = np.ones(len(edges), dtype=bool)
    starts[1:] = (edges[1:, :2] != edges[:-1, 2:]).any(axis=1)
    line = np.cumsum(starts) - 1
    xy = np.concatenate([edges[starts, :2], edges[:, 2:]])
    index = np.concatenate([line[starts], line])
    rank = np.concatenate([np.flatnonzero(starts) * 2, np.arange(len(edges)) * 2 + 1])
    order = np.lexsort([rank, index])
    return np.asarray(shapely.linestrings(xy[order], indices=index[order]))


def _list_edges(geometry: BaseGeometry) -> NDArray[np.float64]:
    """Return the directed edges of all rings as rows x1, y1, x2, y2, the inside on the left."""
    if geometry.is_empty:
        return np.empty((0, 4))
    parts: Any = shapely.get_parts(shapely.orient_polygons(geometry))
    xy, ring = shapely.get_coordinates(shapely.get_rings(parts), return_index=True)
    same = ring[1:] == ring[:-1]
    return np.hstack([xy[:-1][same], xy[1:][same]]) + 0.0  # -0.0 and 0.0 are one


def _name_edges(edges: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Return a 64-bit number an edge: a multiplicative hash of the bits of its four coordinates."""
    bits = np.ascontiguousarray(edges).view(np.uint64)
    name = np.zeros(len(edges), dtype=np.uint64)
    for column, factor in enumerate(_HASH_FACTORS):
        name = (name ^ (name >> np.uint64(29))) + bits[:, column] * np.uint64(factor)
    return name


def _contains(geometry: BaseGeometry, points: NDArray[Any]) -> NDArray[np.bool_]:
    shapely.prepare(geometry)
    return np.asarray(shapely.contains(geometry, points))


def _collect(faces: NDArray[Any]) -> BaseGeometry:
    """Return faces as one multipolygon: no edge has a gain, or a loss, on both of its sides."""
    return shapely.MultiPolygon(list(faces))


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRow:
    """One side on one day, km²."""

    on: date
    side: str
    held_km2: float
    gained_km2: float
    lost_km2: float
    band_km2: float


def compare_series(
    days: Iterable[tuple[date, Held]], *, precision_m: float = PRECISION_M
) -> Iterator[SeriesRow]:
    """Return what each side holds, gains and loses from day to day.

    The held area is measured once and then carried on by gains and losses, which is exact and cheap.

    Parameters
    ----------
    days
        Day and polygons by side, EPSG:4326, in order; any iterable, read one by one.
    precision_m
        See `compare_control`.
    """
    nothing = shapely.MultiPolygon()
    before: Held = {}
    held: dict[str, float] = {}
    for on, after in days:
        for side in sorted(side for side in {*before, *after} if is_side(side)):
            pair = before.get(side, nothing), after.get(side, nothing)
            if side not in held:
                pair = pair[1], pair[1]
                held[side] = measure_area_km2(pair[1])
            row = _tell_day(on, side, pair, held[side], precision_m)
            held[side] = row.held_km2
            yield row
        before = after


def _tell_day(
    on: date, side: str, pair: tuple[BaseGeometry, BaseGeometry], held_km2: float, precision_m: float
) -> SeriesRow:
    gained, lost = find_difference(*pair)
    plus, minus = measure_area_km2(gained), measure_area_km2(lost)
    outline_km = measure_length_km(gained) + measure_length_km(lost)
    return SeriesRow(
        on=on,
        side=side,
        held_km2=held_km2 + plus - minus,
        gained_km2=plus,
        lost_km2=minus,
        band_km2=outline_km / 2 * precision_m / M_PER_KM,
    )


def write_series(rows: Sequence[SeriesRow], path: Path) -> None:
    """Write a series as CSV; `OutputError` if that cannot be done."""
    names = ["on", "side", "held_km2", "gained_km2", "lost_km2", "net_km2", "band_km2"]
    try:
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(names)
            for row in rows:
                net = row.gained_km2 - row.lost_km2
                numbers = (row.held_km2, row.gained_km2, row.lost_km2, net, row.band_km2)
                writer.writerow([row.on.isoformat(), row.side, *(f"{number:.3f}" for number in numbers)])
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error}") from error


@dataclass(frozen=True, kw_only=True, slots=True)
class Captions:
    """What stands on the plot of a series, in the reader's language; without them there are codes alone.

    Attributes
    ----------
    title, axis, note
        Above the plot, beside it and below it.
    names
        Of the sides, by their codes.
    tell
        How a number of km² is written.
    """

    title: str = ""
    axis: str = "Δ km²"
    note: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    tell: Callable[[float], str] = "{:,.0f}".format


def draw_series(
    rows: Sequence[SeriesRow],
    path: Path,
    colours: Mapping[str, str] | None = None,
    captions: Captions | None = None,
) -> None:
    """Draw what each side gained over time as a plot (PNG, SVG, PDF by the suffix).

    Parameters
    ----------
    rows
        A day and side each.
    path
        Where to.
    colours
        Of the sides, by their codes.
    captions
        The words on it.

    Raises
    ------
    OutputError
        If the path cannot be written.
    """
    from matplotlib.figure import Figure

    words = captions or Captions()
    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.subplots()
    for side in sorted({row.side for row in rows}):
        own = [row for row in rows if row.side == side]
        net = np.cumsum([row.gained_km2 - row.lost_km2 for row in own])
        band = np.sqrt(np.cumsum(np.square([row.band_km2 for row in own])))
        days = np.array([row.on for row in own], dtype="datetime64[D]")
        label = (
            f"{words.names.get(side, side)}: {words.tell(float(net[-1]))} ± {words.tell(float(band[-1]))} km²"
        )
        (line,) = axes.plot(days, net, label=label, color=(colours or {}).get(side), marker="o", markersize=3)
        axes.fill_between(days, net - band, net + band, color=line.get_color(), alpha=0.2, linewidth=0)
    axes.set_ylabel(words.axis)
    axes.set_title(words.title, loc="left")
    axes.set_xlabel(words.note, loc="left", fontsize=8, color="#666666")
    axes.yaxis.set_major_formatter(lambda value, _place: words.tell(value))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.axhline(0.0, color="#666666", linewidth=0.8)
    axes.legend(frameon=False)
    try:
        figure.savefig(path)
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: cannot be written: {error}") from error

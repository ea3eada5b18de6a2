"""What maps of control show beside what their files hold: calm home ground, sources, what changed hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maps.words import Words

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.control import Base, Change, ControlMap
    from geo.control.compare import ChangeRow
    from geo.control.strays import Stray
    from maps.html import MapOptions

__all__ = [
    "calm_homes",
    "describe_change",
    "frame_change",
    "frame_control",
    "is_look",
    "list_stray_rows",
    "tell_base",
    "write_look",
]

Row = dict[str, Any]

_PAGES = (".html", ".htm")
_LOOKS = (*_PAGES, ".png", ".svg", ".pdf")
# So many rows fit the panel of a picture; units where less than this moved are left to the table of numbers.
_TABLE_ROWS = 14
_LEAST_KM2 = 1.0
# Strips that the lines' width may have made are not drawn: narrower than three times their precision.
_STRIP = 1.5
# How far two makers' outlines of one country lie apart, metres.
_BORDER_M = 1_000.0
_M_PER_DEGREE = 111_000.0


def is_look(path: Path) -> bool:
    """Tell whether an output is a map to look at, not a file of data."""
    return path.suffix.lower() in _LOOKS


def write_look(layers: Mapping[str, gpd.GeoDataFrame], path: Path, options: MapOptions) -> None:
    """Write a page or a picture, as the suffix says."""
    if path.suffix.lower() in _PAGES:
        from maps.html import write_html

        write_html(layers, path, options)
        return
    from maps.picture import draw_picture

    draw_picture(layers, path, options)


def frame_control(
    control: ControlMap, zones: Sequence[Row], strays: Sequence[Stray] = (), sources: Sequence[Row] = ()
) -> dict[str, gpd.GeoDataFrame]:
    """Return zones (their rows), front line, band, what was left out and sources as layers."""
    from geo.control.rows import list_band_rows, list_front_rows
    from maps.files.flat import frame_layers

    derived = {"front_line": list_front_rows(control), "front_band": list_band_rows(control)}
    return frame_layers([*zones, *list_stray_rows(strays)], derived, list(sources) or None)


def list_stray_rows(strays: Sequence[Stray]) -> list[Row]:
    """Return one row without geometry a statement that was left out."""
    return [
        {
            "claim_id": f"stray {number}",
            "kind": "control",
            "status": "reported",
            "place": one.statement.name or None,
            "place_text": one.statement.name or None,
            "actors": one.statement.side.upper() if len(one.statement.side) == 3 else None,
            "date_end": one.statement.as_of,
            "publisher": one.statement.source or None,
            "unplaced": one.reason,
            "geometry": None,
        }
        for number, one in enumerate(strays, 1)
    ]


def tell_base(base: Base, path: Path, words: Words) -> Row:
    """Return the row of the sources that names an assessed map and its day."""
    day = words.date(base.as_of)
    return {"report": path.name, "publisher": f"{path.stem} ({day})", "claims": 1}


def calm_homes(rows: Sequence[Row], homes: Mapping[str, BaseGeometry], since: date | None) -> list[Row]:
    """Part zones into what a side holds abroad and its own country, which maps show pale.

    Parameters
    ----------
    rows
        Zones, as `geo.control.rows.list_zone_rows` gives them.
    homes
        Countries by the side whose they are, EPSG:4326.
    since
        What was won after this day (the base's) stays as it is: it is news, at home too.  None: nothing is.
    """
    return [part for row in rows for part in _calm(row, homes.get(str(row["actors"])), since)]


def _calm(row: Row, home: BaseGeometry | None, since: date | None) -> list[Row]:
    from geo.model import ControlStatus

    is_news = since is not None and row["as_of"] > since
    firm = row["control_status"] in {ControlStatus.ASSESSED.value, ControlStatus.STATED.value}
    if home is None or is_news or not firm:
        return [row]
    own, abroad = (
        row["geometry"].intersection(home),
        _drop_strips(row["geometry"].difference(home), _BORDER_M),
    )
    pale = row | {"role": "home", "claim_id": f"{row['claim_id']} home", "geometry": _keep_areas(own)}
    rest = row | {"geometry": abroad}
    return [part for part in (pale, rest) if not part["geometry"].is_empty]


def _keep_areas(geometry: BaseGeometry) -> BaseGeometry:
    import shapely

    if geometry.geom_type in {"Polygon", "MultiPolygon"}:
        return geometry
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return shapely.MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def frame_change(
    change: Change, bases: tuple[Base, Base], sources: Sequence[Row], *, precision_m: float
) -> dict[str, gpd.GeoDataFrame]:
    """Return what was gained, what is contested, and pale what stayed in one hand, as layers.

    Parameters
    ----------
    change
        What changed between the two maps.
    bases
        The two maps, the older first.
    sources
        Rows of the sources.
    precision_m
        How exactly the maps' lines are drawn, metres: strips of a few times that are not shown.
    """
    from maps.files.flat import frame_layers

    old, new = bases
    gains = {side: _drop_strips(one, precision_m) for side, one in _list_gains(change, old).items()}
    kept = {side: new.held[side].difference(gains[side]) for side in new.held if side in gains}
    rows = [_tell_area(side, "home", "stated", shape, new.as_of) for side, shape in kept.items()]
    rows += [_tell_area(side, "main", "stated", shape, new.as_of) for side, shape in gains.items()]
    if (contested := new.held.get("contested")) is not None:
        rows.append(_tell_area("", "main", "contested", contested, new.as_of))
    drawn = [row for row in rows if not row["geometry"].is_empty]
    return frame_layers(drawn, None, list(sources))


def _list_gains(change: Change, old: Base) -> dict[str, BaseGeometry]:
    """Return what each side gained; what one lost and no other gained went to whoever holds the rest."""
    import shapely

    gains = {side: _keep_areas(shapely.make_valid(geometry)) for side, geometry in change.gained.items()}
    if old.rest and old.rest not in gains:
        lost = shapely.union_all([shapely.make_valid(one) for one in change.lost.values()])
        gains[old.rest] = _keep_areas(lost.difference(shapely.union_all(list(gains.values()))))
    return gains


def _drop_strips(geometry: BaseGeometry, precision_m: float) -> BaseGeometry:
    import shapely

    parts = shapely.get_parts(_keep_areas(geometry))
    core = shapely.buffer(parts, -_STRIP * precision_m / _M_PER_DEGREE, quad_segs=2)
    return shapely.MultiPolygon(list(parts[~shapely.is_empty(core)]))


def _tell_area(side: str, role: str, held: str, shape: BaseGeometry, on: date) -> Row:
    from geo.projection import measure_area_km2
    from geo.shapes.outlines import find_inside_point

    longitude, latitude = (None, None) if shape.is_empty else find_inside_point(shape)
    area = round(measure_area_km2(shape), 3)
    return {
        "claim_id": f"{side or held} {role}",
        "kind": "control",
        "status": "reported",
        "control_status": held,
        "actors": side or None,
        "role": role,
        "lon": longitude,
        "lat": latitude,
        "area_km2_low": area,
        "area_km2_high": area,
        "date_end": on,
        "schematic": 0,
        "geometry": _keep_areas(shape),
    }


def describe_change(
    change: Change, layers: Mapping[str, gpd.GeoDataFrame], words: Words, days: tuple[date, date], title: str
) -> MapOptions:
    """Return title, legend and table of a map of what changed hands."""
    from maps.html import MapOptions
    from maps.html.options import LegendRow, Table

    frame = layers.get("control")
    shown = (
        []
        if frame is None
        else list(zip(frame["actors"], frame["role"], frame["control_status"], strict=True))
    )
    legend = [
        LegendRow(side="contested", pattern="solid", text=words.text("contested_new"))
        if held == "contested"
        else LegendRow(
            side=str(side),
            pattern="home" if role == "home" else "solid",
            text=words.text("held_before" if role == "home" else "gained_by", side=words.side(str(side))),
        )
        for side, role, held in shown
    ]
    rows = [row for row in change.rows if not row.unit or max(row.gained_km2, row.lost_km2) >= _LEAST_KM2]
    contested = any(row.contested_km2 for row in rows)
    keys = ("gained", "lost", "net", *(("contested_km2",) if contested else ()))
    heads = ("", *map(words.text, keys), "±")
    rows = sorted(rows, key=lambda row: (row.side, row.unit != "", -row.gained_km2 - row.lost_km2))[
        :_TABLE_ROWS
    ]
    cells = tuple(_tell_row(row, words, contested=contested) for row in rows)
    return MapOptions(
        title=title or words.text("change_between", dates=words.dates(*days)),
        lang=words.lang,
        still=True,
        legend=tuple(sorted(legend, key=lambda row: row.pattern == "home")),
        table=Table(title=words.text("change_table"), rows=(heads, *cells), note=words.text("change_band")),
    )


def _tell_row(row: ChangeRow, words: Words, *, contested: bool) -> tuple[str, ...]:
    gained, lost, fought, band = (
        words.tenths(number) for number in (row.gained_km2, row.lost_km2, row.contested_km2, row.band_km2)
    )
    # A side's parts stand under it, set in by a space that pages keep.
    name = f"\N{EM SPACE}{row.unit}" if row.unit else words.side(row.side)
    return (name, gained, lost, words.gain(row.net_km2), *((fought,) if contested else ()), band)

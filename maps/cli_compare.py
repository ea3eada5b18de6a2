"""``frontline compare``: what changed hands between two days, in km² with a band; or over many days."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError, OutputError
from maps.atomic import replace_file
from maps.cli_inputs import add_words_option, check_language, check_side, read_day
from maps.cli_map import check_target
from maps.places import find_unit_names
from maps.words import Words, load_words

if TYPE_CHECKING:
    from geo.control import Base, Change
    from geo.control.compare import Captions, SeriesRow
    from geo.shapes.boundaries import Area

__all__ = ["configure", "run"]

_PLOTS = (".png", ".svg", ".pdf")
_LOOKS = (".html", ".htm", *_PLOTS)
_PAIR = ("what changed", (".geojson", ".gpkg", ".csv", *_LOOKS))
_SERIES = ("a series", (".csv", *_PLOTS))
_COARSEST_M = 100_000
_UNIT_KINDS = {"region": "admin1", "district": "admin2"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline compare``."""
    parser.add_argument(
        "maps",
        nargs="+",
        metavar="MAP",
        help="OLD and NEW (GeoJSON, GeoPackage, KML, Shapefile); more than two give a series",
    )
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        default=[],
        metavar="OUT",
        help="what changed (.geojson .gpkg), a map of it (.html .png .svg .pdf), the table (.csv); of a "
        "series the table (.csv) or a plot (.png .svg .pdf)",
    )
    parser.add_argument(
        "--holder", default="RUS", help="who holds polygons that name nobody (ISO 3166 alpha-3)"
    )
    parser.add_argument("--rest", default="UKR", help="who holds what no polygon covers")
    parser.add_argument("--dates", metavar="D,D", help="the maps' days, where they do not tell them")
    parser.add_argument("--by", choices=sorted(_UNIT_KINDS), help="tell the change by region or district too")
    parser.add_argument(
        "--precision-m", type=float, default=100.0, metavar="M", help="how exactly the maps' lines are drawn"
    )

    look = parser.add_argument_group("the map")
    look.add_argument("--title", default="", help="title of the map")
    add_words_option(look, "legend, panels and table")
    look.add_argument("--tiles", action="store_true", help="add online tiles (the page then needs a network)")


def run(args: argparse.Namespace) -> int:
    """Compare the maps, print the table, write what was asked for."""
    if len(args.maps) < 2:
        raise InputError("one map alone shows no change; give OLD and NEW")
    _check_options(args)
    bases = _read_maps(args)
    if len(bases) > 2:
        return _run_series(args, bases)
    return _run_pair(args, bases[0], bases[1])


def _check_options(args: argparse.Namespace) -> None:
    """Refuse wrong options before any work is done."""
    check_language("--ui-lang", args.ui_lang)
    check_side("--holder", args.holder)
    check_side("--rest", args.rest)
    if not 0 < args.precision_m <= _COARSEST_M:
        raise InputError(
            f"--precision-m {args.precision_m:g}: give metres, more than 0 up to {_COARSEST_M:,}"
        )
    what, known = _PAIR if len(args.maps) == 2 else _SERIES
    taken = {Path(name).resolve() for name in args.maps}
    for output in args.output:
        if Path(output).suffix.lower() not in known:
            raise OutputError(f"{output!r}: {what} is written as {', '.join(known)}")
        check_target(output)
        if Path(output).resolve() in taken:
            raise OutputError(f"{output!r} is an input too; write to another file")


def _read_maps(args: argparse.Namespace) -> list[Base]:
    from geo.control import read_base

    days: list[date | None] = (
        [read_day(day, "--dates") for day in args.dates.split(",")] if args.dates else []
    )
    if days and len(days) != len(args.maps):
        raise InputError(f"--dates names {len(days)} day(s) for {len(args.maps)} maps; give one each")
    days = days or [None] * len(args.maps)
    return [
        read_base(Path(name), holder=args.holder, rest=args.rest, as_of=day)
        for name, day in zip(args.maps, days, strict=True)
    ]


def _run_pair(args: argparse.Namespace, old: Base, new: Base) -> int:
    from geo.control import compare_control
    from geo.shapes.boundaries import open_boundaries

    areas = _find_areas(args.by, [old, new]) if args.by else {}
    units = {name: open_boundaries().read(area.key) for name, area in areas.items()}
    change = compare_control(old.held, new.held, units, precision_m=args.precision_m)
    words = load_words(args.ui_lang)
    told = _name_units(change, {name: area.key for name, area in areas.items()}, words)
    _print_change(told, (old.as_of, new.as_of), words)
    looks = [Path(output) for output in args.output if Path(output).suffix.lower() in _LOOKS]
    for output in map(Path, args.output):
        if output not in looks:
            _write_change(change, output)
    if looks:
        _write_looks(args, told, (old, new), looks)
    return 0


def _name_units(change: Change, codes: Mapping[str, str], words: Words) -> Change:
    """Return a change with its units' names in the reader's language, where the gazetteer has them."""
    names = find_unit_names(codes.values(), words.lang)
    rows = (replace(row, unit=names.get(codes.get(row.unit, ""), row.unit)) for row in change.rows)
    return replace(change, rows=tuple(rows))


def _write_looks(
    args: argparse.Namespace, change: Change, bases: tuple[Base, Base], outputs: Sequence[Path]
) -> None:
    """Write maps of what changed hands, with the table in their panel."""
    from maps.control_look import describe_change, frame_change, tell_base, write_look

    old, new = bases
    words = load_words(args.ui_lang)
    named = zip(bases, args.maps, strict=True)
    sources = [tell_base(base, Path(name), words) for base, name in named]
    layers = frame_change(change, bases, sources, precision_m=args.precision_m)
    options = describe_change(change, layers, words, (old.as_of, new.as_of), args.title)
    for output in outputs:
        write_look(layers, output, replace(options, tiles=args.tiles))


def _find_areas(kind: str, bases: Sequence[Base]) -> dict[str, Area]:
    """Return the regions or districts that the maps meet, by name; of namesakes the others by code too."""
    from geo.shapes.boundaries import open_boundaries

    boundaries = open_boundaries()
    bounds = [geometry.bounds for base in bases for geometry in base.held.values()]
    found: dict[str, Area] = {}
    for area in boundaries.list_areas(_UNIT_KINDS[kind]):
        if any(map(area.meets, bounds)):
            name = area.name or area.key
            found[f"{name} ({area.key})" if name in found else name] = area
    return found


def _print_change(change: Change, days: tuple[date, date], words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    told = words.text("change_between", dates=words.dates(*days))
    table = Table(title=f"{told}, km²", title_justify="left")
    for name in ("side", "part"):
        table.add_column(words.text(name))
    for name in ("gained", "lost", "net", "contested_km2"):
        table.add_column(words.text(name), justify="right")
    table.add_column("±", justify="right")
    for row in change.rows:
        gained, lost, fought, band = map(
            words.tenths, (row.gained_km2, row.lost_km2, row.contested_km2, row.band_km2)
        )
        table.add_row(words.side(row.side), row.unit, gained, lost, words.gain(row.net_km2), fought, band)
    Console().print(table)


def _write_change(change: Change, path: Path) -> None:
    if path.suffix.lower() == ".csv":
        _write_table(change, path)
        return
    driver = "GPKG" if path.suffix.lower() == ".gpkg" else "GeoJSON"
    with replace_file(path) as stand_in:
        change.to_frame().to_file(stand_in, driver=driver, layer="change")


def _write_table(change: Change, path: Path) -> None:
    import csv

    with replace_file(path) as stand_in, stand_in.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["side", "unit", "gained_km2", "lost_km2", "net_km2", "contested_km2", "band_km2"])
        for row in change.rows:
            numbers = (row.gained_km2, row.lost_km2, row.net_km2, row.contested_km2, row.band_km2)
            writer.writerow([row.side, row.unit, *(f"{number:.3f}" for number in numbers)])


def _run_series(args: argparse.Namespace, bases: Sequence[Base]) -> int:
    from geo.control import compare_series

    days = sorted(((base.as_of, base.held) for base in bases), key=lambda one: one[0])
    rows = list(compare_series(days, precision_m=args.precision_m))
    words = load_words(args.ui_lang)
    _print_series(rows, words)
    for output in args.output:
        _write_series(rows, Path(output), _caption_series(rows, words, args.title))
    return 0


def _caption_series(rows: Sequence[SeriesRow], words: Words, title: str) -> Captions:
    from geo.control.compare import Captions

    days = [row.on for row in rows]
    return Captions(
        title=title or words.text("change_between", dates=words.dates(min(days), max(days))),
        axis=f"{words.text('net')}, km²",
        note=words.text("change_band"),
        names={row.side: words.side(row.side) for row in rows},
        tell=lambda km2: words.number(round(km2)),
    )


def _write_series(rows: Sequence[SeriesRow], path: Path, captions: Captions) -> None:
    from geo.control.compare import draw_series, write_series
    from maps.colours import assign_colours

    with replace_file(path) as stand_in:
        if path.suffix.lower() == ".csv":
            write_series(rows, stand_in)
        else:
            draw_series(rows, stand_in, assign_colours(row.side for row in rows), captions)


def _print_series(rows: Sequence[SeriesRow], words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=words.text("day_to_day"), title_justify="left")
    for name in ("day", "side"):
        table.add_column(words.text(name))
    for name in ("held", "gained", "lost"):
        table.add_column(words.text(name), justify="right")
    table.add_column("±", justify="right")
    for row in rows:
        numbers = (row.held_km2, row.gained_km2, row.lost_km2, row.band_km2)
        table.add_row(row.on.isoformat(), words.side(row.side), *map(words.tenths, numbers))
    Console().print(table)

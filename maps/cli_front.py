"""``frontline front``: controlled zones and the front line on a day."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from maps.cli_inputs import (
    check_language,
    count_things,
    find_unread,
    follow_reports,
    gather_reports,
    tell,
    tell_all,
)
from maps.cli_map import check_outputs, write_one

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.control import Base, ControlMap, Statement
    from geo.shapes.boundaries import Boundaries

__all__ = ["check_side", "configure", "read_day", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline front``."""
    parser.add_argument("inputs", nargs="*", metavar="INPUT", help="reports that say who holds what")
    parser.add_argument("--on", required=True, metavar="DATE", help="the day, ISO 8601")
    parser.add_argument(
        "-o", "--output", action="append", required=True, metavar="OUT", help="as for frontline map"
    )
    known = parser.add_argument_group("what else is known")
    known.add_argument("--base", metavar="FILE", help="an assessed map: GeoJSON, GeoPackage, KML, Shapefile")
    known.add_argument("--base-date", metavar="DATE", help="the day it shows (read from it if left out)")
    known.add_argument(
        "--statements", metavar="CSV", help="columns lat, lon, side, date [asserted_by, name, source]"
    )
    known.add_argument("--domain", metavar="FILE", help="polygon of the ground to share out")
    sides = parser.add_argument_group("the sides")
    sides.add_argument("--side-a", default="UKR", help="ISO 3166 alpha-3; holds what a base leaves open")
    sides.add_argument("--side-b", default="RUS", help="ISO 3166 alpha-3; holds polygons that name nobody")
    bare = parser.add_argument_group("what the reports do not say themselves")
    bare.add_argument("--date", help="publication date, ISO 8601")
    bare.add_argument("--source", default="", help="who published them")
    bare.add_argument("--lang", default="", help="language: en, fr, uk, ru")
    bare.add_argument("--url", default="", help="where they were published")
    how = parser.add_argument_group("how")
    how.add_argument("--memory-days", type=int, metavar="N", help="forget statements older than N days")
    how.add_argument("--title", default="", help="title of the map")
    how.add_argument("--ui-lang", default="en", help="language of legend and panels: en, fr, uk, ru")
    how.add_argument("--tiles", action="store_true", help="add online tiles")


def run(args: argparse.Namespace) -> int:
    """Draw the day from base, statements and reports, write it, and print what each side holds."""
    check_outputs(args.output, [*args.inputs, *filter(None, (args.base, args.statements, args.domain))])
    check_language("--ui-lang", args.ui_lang)
    check_options(args)
    if not (args.inputs or args.base or args.statements):
        raise InputError("nothing to draw from; give reports, --base or --statements")
    statements, bad = _gather_statements(args)
    control = _draw(args, statements)
    layers = frame_control(control)
    for output in args.output:
        write_one(layers, Path(output), args)
    _print_zones(control)
    return 2 if bad else 0


def check_options(args: argparse.Namespace) -> None:
    """Refuse a wrong side, day or memory before any work is done."""
    read_day(args.on, "--on")
    check_side("--side-a", args.side_a)
    check_side("--side-b", args.side_b)
    if args.side_a == args.side_b:
        raise InputError(f"--side-a and --side-b are both {args.side_a!r}; name two sides")
    if args.memory_days is not None and args.memory_days < 1:
        raise InputError(f"--memory-days {args.memory_days} forgets everything; give 1 or more")


def check_side(option: str, side: str) -> None:
    """Refuse what cannot be a code of a side."""
    if not re.fullmatch(r"[A-Z]{3}", side):
        raise InputError(f"{option} {side!r} is no ISO 3166 alpha-3 code; write it as UKR")


def read_day(text: str, option: str) -> date:
    """Return a date from an option; `InputError` if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option} {text!r} is not a date; write it as 2024-11-10") from None


def _gather_statements(args: argparse.Namespace) -> tuple[tuple[Statement, ...], int]:
    from geo.control import read_claims, read_statements

    said = read_statements(Path(args.statements)) if args.statements else ()
    if not args.inputs:
        return said, 0
    from geo.pipeline import Settings
    from geo.pipeline import run as run_pipeline

    gathered = gather_reports(args, args.inputs)
    with follow_reports(len(gathered.reports)) as follow:
        result = run_pipeline(gathered.reports, Settings(draw=False), follow)
    tell_all(f"{gathered.name_report(one.report_id)}: {one.reason}" for one in find_unread(result.rejections))
    publishers = {report.id: report.publisher for report in result.reports}
    read = read_claims(result.claims, (args.side_a, args.side_b), publishers)
    told = f"{count_things(len(read), 'statement')} about who holds a settlement"
    tell(f"{count_things(len(result.reports), 'report')}, {told}")
    return (*said, *read), gathered.bad


def _draw(args: argparse.Namespace, statements: tuple[Statement, ...]) -> ControlMap:
    import numpy as np

    from geo.control import ControlSettings, build_control
    from geo.control.ground import MANY, assume_homes, find_domain, find_waters, list_settlements
    from geo.shapes.boundaries import open_boundaries

    boundaries, sides = open_boundaries(), (args.side_a, args.side_b)
    base = _read_base(args, boundaries)
    domain = _read_domain(args.domain) or find_domain(statements, base, boundaries, sides)
    if base is None and len(statements) < MANY:
        base = assume_homes(boundaries, sides)
        tell("no base: ground that nobody speaks of is left to its own country")
    places = list_settlements(domain.bounds) if base is not None and statements else np.empty((0, 2))
    return build_control(
        statements,
        base,
        on=read_day(args.on, "--on"),
        domain=domain,
        settlements=[(x, y) for x, y in places.tolist()],
        water=find_waters(domain, boundaries) if base is None else None,
        settings=ControlSettings(memory_days=args.memory_days),
    )


def _read_base(args: argparse.Namespace, boundaries: Boundaries) -> Base | None:
    from geo.control import read_base
    from geo.control.ground import find_homes

    if not args.base:
        return None
    day = read_day(args.base_date, "--base-date") if args.base_date else None
    base = read_base(Path(args.base), holder=args.side_b, rest=args.side_a, as_of=day)
    return replace(base, homes=find_homes(boundaries, [args.side_b]))


def _read_domain(name: str | None) -> BaseGeometry | None:
    """Return all polygons of a file as one, or None if no file is named."""
    if not name:
        return None
    import shapely

    from geo.control import read_base

    ground = read_base(Path(name), holder="", rest="", as_of=date.max)
    return shapely.union_all(list(ground.held.values()))


def frame_control(control: ControlMap) -> dict[str, gpd.GeoDataFrame]:
    """Return zones, front line and band as layers of the exports."""
    from geo.control.rows import list_band_rows, list_front_rows, list_zone_rows
    from maps.files.flat import frame_layers

    derived = {"front_line": list_front_rows(control), "front_band": list_band_rows(control)}
    return frame_layers(list_zone_rows(control), derived)


def _print_zones(control: ControlMap) -> None:
    from rich.console import Console
    from rich.table import Table

    from geo.projection import measure_area_km2, measure_length_km

    table = Table(title=f"Control on {control.on.isoformat()}", title_justify="left")
    for name in ("Side", "How sure", "As of"):
        table.add_column(name)
    table.add_column("km²", justify="right")
    for zone in control.zones:
        side = zone.side or "nobody's water"
        day = "" if zone.as_of == date.min else zone.as_of.isoformat()
        table.add_row(side, zone.control_status.value, day, f"{measure_area_km2(zone.geometry):,.1f}")
    console = Console()
    console.print(table)
    for line in control.front:
        pair = f"{line.left or 'water'} | {line.right or 'water'}"
        console.print(f"front {pair}: {measure_length_km(line.geometry):,.0f} km", markup=False)

"""``frontline front``: controlled zones and the front line on a day."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from maps.cli_inputs import (
    add_bare_options,
    add_quiet,
    add_words_option,
    check_language,
    check_sides,
    find_unread,
    gather_reports,
    read_day,
    run_pipeline,
)
from maps.cli_map import check_outputs, write_one
from maps.control_look import calm_homes, frame_control, is_look, tell_base, write_look
from maps.notes import open_notes
from maps.reasons import tell_reason
from maps.words import Words, load_words

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

    from geo.control import Base, ControlMap, Statement
    from geo.control.strays import Stray
    from geo.model import Claim
    from geo.shapes.boundaries import Boundaries

__all__ = ["configure", "run"]

_SIDES_TOLD = 5


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
        "--statements",
        metavar="CSV",
        help="columns lat, lon, side (held_by ...), date (as_of ...) [party, asserted_by, name, source]",
    )
    known.add_argument("--domain", metavar="FILE", help="polygon of the ground to share out")
    sides = parser.add_argument_group("the sides")
    sides.add_argument(
        "--side-a",
        default="UKR",
        help="ISO 3166 alpha-3, or a group (RSF, HTS, M23 ...); holds what a base leaves open",
    )
    sides.add_argument(
        "--side-b",
        default="RUS",
        help="the same; holds polygons that name nobody. Of SDN and RSF the country's code is its government",
    )
    add_bare_options(parser.add_argument_group("what the reports do not say themselves"))
    how = parser.add_argument_group("how")
    how.add_argument("--memory-days", type=int, metavar="N", help="forget statements older than N days")
    how.add_argument("--title", default="", help="title of the map")
    add_words_option(how, "legend, panels and notes")
    add_quiet(parser)
    how.add_argument("--tiles", action="store_true", help="add online tiles")


def run(args: argparse.Namespace) -> int:
    """Draw the day from base, statements and reports, write it, and print what each side holds."""
    check_outputs(args.output, [*args.inputs, *filter(None, (args.base, args.statements, args.domain))])
    check_language("--ui-lang", args.ui_lang)
    check_options(args)
    if not (args.inputs or args.base or args.statements):
        raise InputError("nothing to draw from; give reports, --base or --statements")
    said = _gather_statements(args)
    check_said(args, said)
    tell_days(args, said.statements)
    scene = _set_scene(args, said)
    words = load_words(args.ui_lang)
    for one in scene.strays:
        name = one.statement.name or one.statement.source or "a place"
        open_notes(args).note(tell_reason(one.reason, words), f"{words.text('left_out')}: {name}")
    control = _draw(args, scene)
    _write_outputs(args, scene, control)
    _print_zones(control, words)
    return 2 if said.bad else 0


def check_options(args: argparse.Namespace) -> None:
    """Refuse a wrong side, day or memory before any work is done."""
    read_day(args.on, "--on")
    check_sides(args.side_a, args.side_b)
    if args.memory_days is not None and args.memory_days < 1:
        raise InputError(f"--memory-days {args.memory_days} forgets everything; give 1 or more")


def list_acting(claims: Iterable[Claim]) -> tuple[str, ...]:
    """Return the sides or groups that claims about ground name, the most named first."""
    from geo.control.statements import WEIGHT_OF_KIND

    told = (claim for claim in claims if claim.kind in WEIGHT_OF_KIND)
    named = Counter(side for claim in told for side in ((claim.party,) if claim.party else claim.actors))
    return tuple(side for side, _ in named.most_common())


def check_said(args: argparse.Namespace, said: _Said) -> None:
    """Refuse to draw what nobody speaks of, and say who is spoken of.

    Raises
    ------
    InputError
        If neither a base nor any statement tells of the two sides.
    """
    from geo.control.statements import CONTESTED

    sides = {args.side_a, args.side_b, CONTESTED}
    held = [one.side for one in said.statements]
    if args.base or not sides.isdisjoint(held):
        return
    others = [*dict.fromkeys(side for side in (*held, *said.acting) if side not in sides)]
    spoken = f"; they speak of {', '.join(others[:_SIDES_TOLD])}" if others else ""
    raise InputError(
        f"nothing says that {args.side_a} or {args.side_b} holds a settlement{spoken}: name the sides with "
        "--side-a and --side-b (SDN and RSF within one country), or give --base"
    )


def tell_days(args: argparse.Namespace, statements: Sequence[Statement]) -> None:
    """Tell how many statements the day leaves out: what is said later is not known yet."""
    on = read_day(args.on, "--on")
    later = [one for one in statements if one.as_of > on]
    if not later:
        return
    first = min(one.as_of for one in statements)
    some = "all" if len(later) == len(statements) else "some"
    hint = f"; the first is of {first.isoformat()}: give --on that day or later" if some == "all" else ""
    open_notes(args).note(f"{some} statements are later than --on {args.on}: {len(later)} left out{hint}")


def _write_outputs(args: argparse.Namespace, scene: _Scene, control: ControlMap) -> None:
    from geo.control.rows import list_zone_rows

    words = load_words(args.ui_lang)
    args.title = args.title or words.text("control_on", date=words.date(control.on))
    rows, sources = list_zone_rows(control), _list_sources(args, scene, words)
    looks = [output for output in args.output if is_look(Path(output))]
    if looks:
        pale = calm_homes(rows, scene.homes, scene.base.as_of if scene.base is not None else None)
        _write_looks(args, frame_control(control, pale, scene.strays, sources), looks)
    if len(looks) < len(args.output):
        layers = frame_control(control, rows, scene.strays, sources)
        for output in args.output:
            if output not in looks:
                write_one(layers, Path(output), args)


def _write_looks(
    args: argparse.Namespace, layers: Mapping[str, gpd.GeoDataFrame], outputs: Sequence[str]
) -> None:
    from maps.html import MapOptions

    options = MapOptions(title=args.title, lang=args.ui_lang, tiles=args.tiles, still=True)
    for output in outputs:
        write_look(layers, Path(output), options)


def _list_sources(args: argparse.Namespace, scene: _Scene, words: Words) -> list[dict[str, Any]]:
    """Return the rows of the sources: the base with its day, the reports, the file of statements."""
    rows = [tell_base(scene.base, Path(args.base), words)] if args.base and scene.base is not None else []
    if args.statements:
        path = Path(args.statements)
        rows.append({"report": path.name, "publisher": path.name, "claims": scene.said.told})
    heard = {None, *(one.source for one in scene.said.statements)}
    return [*rows, *(row for row in scene.said.sources if row["heard"] in heard)]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What statements and reports say.

    ``acting`` are the sides of the reports, the most named first; ``told`` is how many statements came from
    the table; ``sources`` are the reports' rows.
    """

    statements: tuple[Statement, ...]
    acting: tuple[str, ...] = ()
    told: int = 0
    sources: tuple[dict[str, Any], ...] = ()
    bad: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Scene:
    """What a day is drawn on; ``base`` may be assumed, and the statements are without the strays."""

    said: _Said
    base: Base | None
    homes: Mapping[str, BaseGeometry]
    domain: BaseGeometry
    statements: tuple[Statement, ...]
    strays: tuple[Stray, ...]


def _gather_statements(args: argparse.Namespace) -> _Said:
    from geo.control import read_claims, read_statements
    from geo.control.statements import count_unsure

    said = read_statements(Path(args.statements)) if args.statements else ()
    if not args.inputs:
        return _Said(statements=said, told=len(said))
    from geo.layers import build_sources
    from geo.pipeline import Settings

    gathered = gather_reports(args, args.inputs)
    result = run_pipeline(gathered.reports, Settings(draw=False), args)
    for one in find_unread(result.rejections):
        reason = tell_reason(one.reason, load_words(args.ui_lang))
        open_notes(args).note(reason, gathered.name_report(one.report_id))
    publishers = {report.id: report.publisher for report in result.reports}
    read = read_claims(result.claims, (args.side_a, args.side_b), publishers)
    unsure = count_unsure(result.claims, (args.side_a, args.side_b))
    if unsure:
        open_notes(args).note(
            f"not told whether {args.side_a} or {args.side_b} acts, so left out: {unsure:,}"
        )
    words = load_words(args.ui_lang)
    told = (("reports", len(result.reports)), ("statements", len(read)))
    open_notes(args).note(", ".join(words.count("plurals", noun, number) for noun, number in told))
    sources = build_sources(result.reports, result.claims, result.rejections)
    named = (
        row
        | {
            "publisher": row["publisher"] or gathered.name_report(str(row["report"])),
            "heard": row["publisher"],
        }
        for row in sources
    )
    acting = list_acting(result.claims)
    return _Said(
        statements=(*said, *read), acting=acting, told=len(said), sources=tuple(named), bad=gathered.bad
    )


def _set_scene(args: argparse.Namespace, said: _Said) -> _Scene:
    from geo.control.ground import assume_homes, find_domain, find_homes, stand_alone
    from geo.control.strays import find_grounds, keep_near, part_strays
    from geo.shapes.boundaries import open_boundaries

    boundaries, sides = open_boundaries(), (args.side_a, args.side_b)
    base, homes = _read_base(args, boundaries), find_homes(boundaries, sides)
    kept, telling = said.statements, said.statements
    strays: tuple[Stray, ...] = ()
    few = not stand_alone(said.statements, sides)
    if few:  # many statements are a map of their own
        grounds = find_grounds(homes, base, sides)
        kept, strays = part_strays(said.statements, grounds)
        telling = keep_near(kept, grounds)
    domain = _read_domain(args.domain) or find_domain(telling, base, boundaries, sides)
    if base is None and few:
        base = assume_homes(boundaries, sides)
        open_notes(args).note("no base: ground that nobody speaks of is left to its own country")
    elif base is None:
        homes = {}  # what a side holds at home is told as well as all else
    return _Scene(said=said, base=base, homes=homes, domain=domain, statements=kept, strays=strays)


def _draw(args: argparse.Namespace, scene: _Scene) -> ControlMap:
    import numpy as np

    from geo.control import ControlSettings, build_control
    from geo.control.ground import find_waters, list_settlements
    from geo.shapes.boundaries import open_boundaries

    base, domain = scene.base, scene.domain
    places = list_settlements(domain.bounds) if base is not None else np.empty((0, 2))
    return build_control(
        scene.statements,
        base,
        on=read_day(args.on, "--on"),
        domain=domain,
        settlements=[(x, y) for x, y in places.tolist()],
        water=find_waters(domain, open_boundaries()) if base is None else None,
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


def _print_zones(control: ControlMap, words: Words) -> None:
    from rich.console import Console
    from rich.table import Table

    from geo.projection import measure_area_km2, measure_length_km

    title = words.text("control_on", date=words.date(control.on))
    table = Table(title=title, title_justify="left")
    for name in ("side", "status", "as_of"):
        table.add_column(words.text(name))
    table.add_column("km²", justify="right")
    water = words.word("place_kinds", "water")
    for zone in control.zones:
        side = words.side(zone.side) if zone.side else water
        sure = words.word("control_statuses", zone.control_status.value)
        day = "" if zone.as_of == date.min else zone.as_of.isoformat()
        table.add_row(side, sure, day, words.tenths(measure_area_km2(zone.geometry)))
    console = Console()
    console.print(table)
    for line in control.front:
        pair = " | ".join(words.side(side) if side else water for side in (line.left, line.right))
        length = words.number(round(measure_length_km(line.geometry)))
        console.print(f"{words.text('front_line_undated')}, {pair}: {length} km", markup=False)

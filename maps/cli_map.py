"""``frontline map``: reports in; maps, pictures and GIS layers out."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import ForeignFileError, InputError, OutputError
from maps.cli_inputs import (
    Gathered,
    add_report_options,
    add_words_option,
    check_language,
    check_side,
    find_unread,
    gather_reports,
    read_day,
    run_pipeline,
)
from maps.notes import Notes, open_notes
from maps.reasons import tell_reason
from maps.words import Words, load_words

if TYPE_CHECKING:
    from datetime import datetime

    import geopandas as gpd

    from geo.control import Base
    from geo.model import Rejection, Report, Result
    from geo.publishing import PublishingRules

    Layers = Mapping[str, gpd.GeoDataFrame]

__all__ = ["check_outputs", "check_target", "configure", "run", "write_one"]

_PAGES = (".html", ".htm")
_PICTURES = (".png", ".svg", ".pdf")
_MOST = 20  # lines about what was left out; the rest is counted
_ROWS = (".geojson", ".json", ".geojsonl", ".geojsons")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline map``."""
    add_report_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        action="append",
        required=True,
        metavar="OUT",
        help="where to write; the suffix tells the format: .html .geojson .gpkg .qgz .kml .kmz .fgb .parquet "
        ".csv .acled.csv .ucdp.csv .shp.zip .pmtiles .png .svg .pdf; may be given more than once",
    )
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if anything could not be read or placed"
    )
    known = parser.add_argument_group("what else is known")
    known.add_argument(
        "--base",
        metavar="FILE",
        help="an assessed map (GeoJSON, GeoPackage, KML, Shapefile): directions are drawn from its front and "
        "advances set out from its ground",
    )
    known.add_argument("--base-date", metavar="DATE", help="the day it shows (read from it if left out)")
    known.add_argument("--holder", default="RUS", help="who holds its polygons that name nobody")
    known.add_argument("--rest", default="UKR", help="who holds what no polygon of it covers")
    look = parser.add_argument_group("the map")
    look.add_argument("--title", default="", help="title of the map")
    add_words_option(look, "legend, panels and notes")
    look.add_argument("--tiles", action="store_true", help="add online tiles (the page then needs a network)")
    look.add_argument(
        "--tile-url",
        default="",
        metavar="URL",
        help="other tiles than OpenStreetMap's: https://host/{z}/{x}/{y}.png",
    )
    look.add_argument("--tile-credit", default="", metavar="TEXT", help="whom to name for --tile-url")
    safe = parser.add_argument_group("publishing safely")
    safe.add_argument(
        "--delay-hours", type=float, metavar="N", help="leave out every claim younger than N hours"
    )
    safe.add_argument(
        "--coarsen-km",
        type=float,
        metavar="KM",
        help="draw nothing more exactly than KM; names and quotes stay as written",
    )
    safe.add_argument("--now", help="the moment that --delay-hours counts from, ISO 8601 (now if left out)")


def run(args: argparse.Namespace) -> int:
    """Read the inputs, write each output whole or not at all, and tell what was left out."""
    from maps.files import is_layers_file

    check_outputs(args.output, [*args.inputs, *([args.base] if args.base else [])])
    check_language("--ui-lang", args.ui_lang)
    if args.tile_url:
        from maps.html.tiles import read_template_url

        read_template_url(args.tile_url)
    check_side("--holder", args.holder)
    check_side("--rest", args.rest)
    layer_inputs = [name for name in args.inputs if is_layers_file(name)]
    rules, now = read_rules(args, layer_inputs)
    report_inputs = [name for name in args.inputs if name not in layer_inputs]
    gathered = gather_reports(args, report_inputs) if report_inputs else Gathered()
    brought = [_read_layers(name) for name in layer_inputs]
    if not gathered.reports and not brought:
        open_notes(args).tell("no report could be read, so nothing was written")
        return 2
    result = read_and_guard(args, gathered.reports, rules, now)
    write_outputs(args, result, brought)
    unplaced = tell_summary(result, gathered, open_notes(args))
    unplaced += tell_brought(dict(zip(layer_inputs, brought, strict=True)), open_notes(args))
    if gathered.bad:
        return 2
    return 1 if args.strict and unplaced else 0


def check_outputs(outputs: Sequence[str], inputs: Sequence[str] = ()) -> None:
    """Refuse an unknown suffix, a missing folder or an output that is an input before any work is done."""
    from maps.files import SUFFIXES

    known = (*_PAGES, *_PICTURES, *SUFFIXES)
    taken = {Path(name).resolve() for name in inputs}
    for output in outputs:
        if not output.lower().endswith(known):
            raise OutputError(f"{output!r}: unknown suffix; use one of {' '.join(known)}")
        check_target(output)
        if Path(output).resolve() in taken:
            raise OutputError(f"{output!r} is an input too; write to another file")


def check_target(output: str) -> None:
    """Refuse a file that cannot be written before any work is done."""
    path = Path(output).absolute()
    if not path.parent.is_dir():
        raise OutputError(f"{output!r}: its folder does not exist; make it first")
    if path.is_dir():
        raise OutputError(f"{output!r} is a folder; name a file in it")
    if not os.access(path.parent, os.W_OK):
        raise OutputError(f"{output!r}: its folder is read-only; choose another")


def read_rules(
    args: argparse.Namespace, layer_inputs: Sequence[str]
) -> tuple[PublishingRules | None, datetime]:
    """Return how much to hold back, or None, and the moment that the delay counts from."""
    from geo.publishing import PublishingRules, parse_moment

    now = parse_moment(args.now)
    if args.delay_hours is None and args.coarsen_km is None:
        return None, now
    if layer_inputs:
        # Layers no longer tell all that the rules go by; to pass them on unguarded would be a false safety.
        raise InputError(f"--delay-hours and --coarsen-km need the reports; {layer_inputs[0]!r} is layers")
    return PublishingRules(delay_hours=args.delay_hours or 0.0, coarsen_km=args.coarsen_km or 0.0), now


def read_base(args: argparse.Namespace) -> Base | None:
    """Return the assessed map of ``--base``, or None where none is given."""
    if not args.base:
        return None
    from geo.control import read_base as read

    day = read_day(args.base_date, "--base-date") if args.base_date else None
    return read(Path(args.base), holder=args.holder, rest=args.rest, as_of=day)


def read_and_guard(
    args: argparse.Namespace, reports: tuple[Report, ...], rules: PublishingRules | None, now: datetime
) -> Result:
    """Run the pipeline and, where asked, delay and coarsen what it gives."""
    from geo.pipeline import Settings

    result = run_pipeline(reports, Settings(base=read_base(args)), args)
    if rules is None:
        return result
    from geo.publishing import guard_result

    return guard_result(result, rules, now)


def write_outputs(args: argparse.Namespace, result: Result, brought: Sequence[Layers]) -> None:
    """Write every output; frames are only built if one of them needs them."""
    layers: Layers | None = None
    for output in args.output:
        if output.lower().endswith(_ROWS) and not brought:
            _write_rows(result, Path(output), args.title)
            continue
        layers = _gather_layers(result, brought) if layers is None else layers
        write_one(layers, Path(output), args)


def _write_rows(result: Result, path: Path, title: str) -> None:
    from geo.layers import build_rows
    from maps.files import WriteOptions, write_claims

    write_claims(build_rows(result), path, WriteOptions(title=title))


def _read_layers(name: str) -> Layers:
    from maps.files import read_layers

    try:
        return read_layers(Path(name))
    except ForeignFileError as error:
        if _is_change(Path(name)):
            raise ForeignFileError(
                f"{name!r} tells what changed hands and holds no claims: open it in QGIS, or draw it by "
                "frontline compare OLD NEW -o change.html"
            ) from error
        raise ForeignFileError(
            f"{error}; an assessed map goes to --base, of frontline front or of frontline map beside reports"
        ) from error


def _is_change(path: Path) -> bool:
    """Tell whether a file is of ``frontline compare``."""
    import pyogrio

    try:
        fields = set(pyogrio.read_info(path)["fields"])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return False
    return {"side", "change", "area_km2"} <= fields


def _gather_layers(result: Result, brought: Sequence[Layers]) -> Layers:
    from geo.layers import build_layers
    from maps.files import merge_layers

    own = [build_layers(result)] if result.reports or not brought else []
    return merge_layers([*own, *brought])


def write_one(layers: Layers, path: Path, args: argparse.Namespace) -> None:
    """Write layers to one output, in the form that its suffix names."""
    suffix = path.suffix.lower()
    if suffix in _PAGES:
        from maps.html import MapOptions, write_html

        look = MapOptions(
            title=args.title,
            lang=args.ui_lang,
            tiles=args.tiles,
            tile_url=args.tile_url,
            tile_credit=args.tile_credit,
        )
        write_html(layers, path, look)
    elif suffix in _PICTURES:
        from maps.html import MapOptions
        from maps.picture import draw_picture

        draw_picture(layers, path, MapOptions(title=args.title, lang=args.ui_lang))
    else:
        from maps.files import WriteOptions, write_layers

        for loss in write_layers(layers, path, WriteOptions(title=args.title, language=args.ui_lang)):
            open_notes(args).note(loss, path.name)


def tell_summary(result: Result, gathered: Gathered, notes: Notes) -> int:
    """Tell what was left out, a line each, and what was read in one; returns how much was left out."""
    unplaced = [one for one in result.rejections if one.claim_id]
    unread = find_unread(result.rejections)
    if notes.quiet:
        return len(unplaced) + len(unread)
    words = load_words(notes.lang)
    lines = [(tell_reason(one.reason, words), gathered.name_report(one.report_id)) for one in unread]
    lines += _group_unplaced(unplaced, gathered, words)
    for text, where in lines[:_MOST]:
        notes.note(text, where)
    if len(lines) > _MOST:
        notes.note(f"{len(lines) - _MOST:,} more like these; all stand in the outputs")
    if gathered.reports:
        notes.note(_sum_up(result, len(gathered.reports), words))
    return len(unplaced) + len(unread)


def _sum_up(result: Result, reports: int, words: Words) -> str:
    from geo.publishing import is_held_back

    unplaced = sum(bool(one.claim_id) for one in result.rejections)
    unread, held = len(find_unread(result.rejections)), sum(map(is_held_back, result.rejections))
    read = [words.count("plurals", "reports", reports), words.count("plurals", "claims", len(result.claims))]
    parts = [words.text("drawn", n=words.number(len(result.claims) - unplaced))]
    parts += [words.count("plurals", "not_placed", unplaced)]
    parts += [words.text("held_back", n=words.number(held))] if held else []
    parts += [f"{words.count('plurals', 'reports', unread)} {words.text('not_read')}"] if unread else []
    return f"{', '.join(read)}{words.table['colon']}{', '.join(parts)}"


def _group_unplaced(unplaced: Sequence[Rejection], gathered: Gathered, words: Words) -> list[tuple[str, str]]:
    """One line a reason, and whose it is: a name that many reports have is told once."""
    groups: dict[str, list[str]] = {}
    for one in unplaced:
        perhaps = f" ({words.text('perhaps', names='; '.join(one.candidates))})" if one.candidates else ""
        reason = f"not placed: {tell_reason(one.reason, words)}{perhaps}"
        groups.setdefault(reason, []).append(gathered.name_report(one.report_id))
    return [
        (
            reason,
            f"{names[0]} {words.text('more', n=words.number(len(names) - 1))}" if names[1:] else names[0],
        )
        for reason, names in groups.items()
    ]


def tell_brought(brought: Mapping[str, Layers], notes: Notes) -> int:
    """Tell what each file of layers brought; returns how many of its claims are not placed."""
    unplaced = 0
    for name, layers in brought.items():
        lost = len(layers["unplaced"]) if "unplaced" in layers else 0
        kinds = [frame for kind, frame in layers.items() if kind not in {"unplaced", "sources"}]
        drawn = sum(
            int((frame["role"] != "inner").sum()) if "role" in frame else len(frame) for frame in kinds
        )
        if not notes.quiet:
            words = load_words(notes.lang)
            lost_told = words.count("plurals", "not_placed", lost)
            notes.note(f"{words.text('drawn', n=words.number(drawn))}, {lost_told}", name)
        unplaced += lost
    return unplaced

"""``frontline map``: reports in; maps, pictures and GIS layers out."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import OutputError
from maps.cli_inputs import add_report_options, gather_reports, tell, tell_all

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.model import Result

__all__ = ["check_outputs", "configure", "run", "write_one"]

_PAGES = (".html", ".htm")
_PICTURES = (".png", ".svg", ".pdf")
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
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything could not be placed")
    look = parser.add_argument_group("the map")
    look.add_argument("--title", default="", help="title of the map")
    look.add_argument("--ui-lang", default="en", help="language of legend and panels: en, fr, uk, ru")
    look.add_argument("--tiles", action="store_true", help="add online tiles (the page then needs a network)")
    safe = parser.add_argument_group("publishing safely")
    safe.add_argument("--delay-hours", type=float, metavar="N", help="leave out what is younger than N hours")
    safe.add_argument("--coarsen-km", type=float, metavar="KM", help="draw no point more exactly than KM")
    safe.add_argument("--now", help="the moment that --delay-hours counts from, ISO 8601 (now if left out)")


def run(args: argparse.Namespace) -> int:
    """Read the inputs, write each output whole or not at all, and tell what was left out."""
    from maps.files import is_layers_file

    check_outputs(args.output)
    layer_inputs = [name for name in args.inputs if is_layers_file(name)]
    report_inputs = [name for name in args.inputs if name not in layer_inputs]
    reports, bad = gather_reports(args, report_inputs) if report_inputs else ((), 0)
    result = read_and_guard(reports, args)
    write_outputs(args, result, layer_inputs)
    unplaced = tell_summary(result)
    if bad:
        return 2
    return 1 if args.strict and unplaced else 0


def check_outputs(outputs: list[str]) -> None:
    """Refuse an unknown suffix or a missing folder before any work is done."""
    from maps.files import SUFFIXES

    known = (*_PAGES, *_PICTURES, *SUFFIXES)
    for output in outputs:
        if not output.lower().endswith(known):
            raise OutputError(f"{output!r}: unknown suffix; use one of {' '.join(known)}")
        if not Path(output).absolute().parent.is_dir():
            raise OutputError(f"{output!r}: its folder does not exist; make it first")


def read_and_guard(reports: tuple[Any, ...], args: argparse.Namespace) -> Result:
    """Run the pipeline and, where asked, delay and coarsen what it gives."""
    from geo.pipeline import run as run_pipeline

    result = run_pipeline(reports)
    if args.delay_hours is None and args.coarsen_km is None:
        return result
    from geo.publishing import PublishingRules, guard_result, parse_moment

    rules = PublishingRules(delay_hours=args.delay_hours or 0.0, coarsen_km=args.coarsen_km or 0.0)
    return guard_result(result, rules, parse_moment(args.now))


def write_outputs(args: argparse.Namespace, result: Result, layer_inputs: list[str]) -> None:
    """Write every output; frames are only built if one of them needs them."""
    layers: dict[str, gpd.GeoDataFrame] | None = None
    for output in args.output:
        if output.lower().endswith(_ROWS) and not layer_inputs:
            _write_rows(result, Path(output), args.title)
            continue
        layers = _gather_layers(result, layer_inputs) if layers is None else layers
        write_one(layers, Path(output), args)


def _write_rows(result: Result, path: Path, title: str) -> None:
    from geo.layers import build_rows
    from maps.files import WriteOptions, write_claims

    write_claims(build_rows(result), path, WriteOptions(title=title))


def _gather_layers(result: Result, layer_inputs: list[str]) -> dict[str, gpd.GeoDataFrame]:
    from geo.layers import build_layers
    from maps.files import merge_layers, read_layers

    own = [build_layers(result)] if result.reports or not layer_inputs else []
    return merge_layers([*own, *(read_layers(Path(name)) for name in layer_inputs)])


def write_one(layers: Mapping[str, gpd.GeoDataFrame], path: Path, args: argparse.Namespace) -> None:
    """Write layers to one output, in the form that its suffix names."""
    suffix = path.suffix.lower()
    if suffix in _PAGES:
        from maps.html import MapOptions, write_html

        write_html(layers, path, MapOptions(title=args.title, lang=args.ui_lang, tiles=args.tiles))
    elif suffix in _PICTURES:
        from maps.html import MapOptions
        from maps.picture import draw_picture

        draw_picture(layers, path, MapOptions(title=args.title, lang=args.ui_lang))
    else:
        from maps.files import WriteOptions, write_layers

        tell_all(
            f"{path.name}: {loss}" for loss in write_layers(layers, path, WriteOptions(title=args.title))
        )


def tell_summary(result: Result) -> int:
    """Tell in one line what was read, and one a claim that could not be placed; returns their number."""
    unplaced = [one for one in result.rejections if one.claim_id]
    for one in unplaced:
        tell(f"{one.report_id}: not placed: {one.reason}")
    tell(
        f"{len(result.reports)} report(s), {len(result.claims)} claim(s), "
        f"{len(result.claims) - len(unplaced)} drawn, {len(unplaced)} not placed"
    )
    return len(unplaced)

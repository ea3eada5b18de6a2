"""``frontline claims``: a table for reading and checking what was read, and what was left out and why."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from maps.cli_inputs import add_report_options, gather_reports

if TYPE_CHECKING:
    from rich.table import Table

    from geo.model import Rejection, Result

__all__ = ["configure", "run"]

# Told apart without colour by their words; no pair of red and green.
_STYLES = {
    "concentration": "bold blue",
    "strike": "bold yellow",
    "control": "bold magenta",
    "advance": "bold cyan",
    "withdrawal": "cyan",
    "clash": "yellow",
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline claims``."""
    add_report_options(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if anything could not be placed")


def run(args: argparse.Namespace) -> int:
    """Print the claims and what was left out; 2 if an input was bad."""
    from geo.layers import build_rows
    from geo.pipeline import run as run_pipeline

    reports, bad = gather_reports(args, args.inputs)
    result = run_pipeline(reports)
    rows = build_rows(result)
    if args.json:
        _print_json(rows, result)
    else:
        _print_tables(rows, result)
    if bad:
        return 2
    return 1 if args.strict and any(one.claim_id for one in result.rejections) else 0


def _print_json(rows: list[dict[str, Any]], result: Result) -> None:
    for row in rows:
        plain = {key: value for key, value in row.items() if key not in ("geometry", "inner")}
        sys.stdout.write(json.dumps(plain, ensure_ascii=False, default=str) + "\n")
    for one in result.rejections:
        if not one.claim_id:
            sys.stdout.write(json.dumps(_tell_rejection(one), ensure_ascii=False) + "\n")


def _tell_rejection(one: Rejection) -> dict[str, Any]:
    span = one.span
    return {
        "rejected": one.reason,
        "stage": one.stage.value,
        "report": one.report_id,
        "words": span.exact if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
    }


def _print_tables(rows: list[dict[str, Any]], result: Result) -> None:
    from rich.console import Console

    console = Console(soft_wrap=False)
    console.print(_build_claims_table(rows))
    if result.rejections:
        console.print(_build_rejections_table(result))


def _build_claims_table(rows: list[dict[str, Any]]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(rows)} claims", box=box.SIMPLE_HEAD, show_lines=True)
    for name in ("report", "kind", "status", "who", "place", "number, area", "when", "who says so", "quote"):
        table.add_column(name, overflow="fold", ratio=3 if name == "quote" else 1)
    for row in rows:
        cells = [row["report"], row["kind"], *_summarise(row)]
        styles = ["dim", _STYLES[row["kind"]]] + [""] * (len(cells) - 2)
        table.add_row(
            *(Text(str(cell or ""), style=style) for cell, style in zip(cells, styles, strict=True))
        )
    return table


def _summarise(row: dict[str, Any]) -> list[str]:
    status = " ".join(part for part in (row["status"], row["control_status"]) if part)
    place = f"{row['place']} ({row['place_text']})" + ("" if row["lat"] is not None else " – not placed")
    count = _tell_range(row["count_low"], row["count_high"], row["count_unit"] or "")
    area = _tell_range(row["area_km2_low"], row["area_km2_high"], "km²")
    numbers = "; ".join(part for part in (count, area) if part)
    when = _tell_days(row["date_start"], row["date_end"])
    return [
        status,
        (row["actors"] or "").replace(";", " "),
        place,
        numbers,
        when,
        row["attribution"],
        row["quote"],
    ]


def _tell_range(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return ""
    if low is None:
        return f"≤ {high:g} {unit}".strip()
    if high is None:
        return f"≥ {low:g} {unit}".strip()
    return (f"{low:g}" if low == high else f"{low:g}–{high:g}") + f" {unit}".rstrip()


def _tell_days(start: object, end: object) -> str:
    if start == end:
        return str(start or "")
    return f"{start or '…'} – {end or '…'}"


def _build_rejections_table(result: Result) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{len(result.rejections)} left out", box=box.SIMPLE_HEAD)
    for name in ("report", "stage", "words", "why"):
        table.add_column(name, overflow="fold")
    for one in result.rejections:
        words = one.span.exact if one.span else ""
        table.add_row(*(Text(cell) for cell in (one.report_id, one.stage.value, words, one.reason)))
    return table

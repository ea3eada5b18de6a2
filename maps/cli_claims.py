"""``frontline claims``: a table for reading and checking what was read, and what was left out and why."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from maps.cli_inputs import (
    Gathered,
    add_report_options,
    count_things,
    find_unread,
    follow_reports,
    gather_reports,
)

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.text import Text

    from geo.model import Rejection, Report, Result

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
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if anything could not be read or placed"
    )


def run(args: argparse.Namespace) -> int:
    """Print the claims and what was left out; 2 if an input was bad."""
    from geo.layers import build_rows
    from geo.pipeline import run as run_pipeline

    gathered = gather_reports(args, args.inputs)
    with follow_reports(len(gathered.reports)) as follow:
        result = run_pipeline(gathered.reports, follow=follow)
    rows = build_rows(result)
    if args.json:
        _print_json(rows, result)
    else:
        _print_tables(rows, result, gathered)
    if gathered.bad:
        return 2
    lost = [one for one in result.rejections if one.claim_id] or find_unread(result.rejections)
    return 1 if args.strict and lost else 0


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


def _print_tables(rows: list[dict[str, Any]], result: Result, gathered: Gathered) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    rejections = list(result.rejections)
    for report in result.reports:
        own = [row for row in rows if row["report"] == report.id]
        left_out = [one for one in rejections if one.report_id == report.id and not one.claim_id]
        console.print(_head_report(report, gathered.name_report(report.id), len(own)))
        for row in own:
            console.print(_tell_row(row))
        for one in left_out:
            console.print(_tell_left_out(one))
        console.print()
    console.print(f"{count_things(len(rows), 'claim')}, {len(rejections):,} left out", style="bold")


def _head_report(report: Report, name: str, claims: int) -> Text:
    from rich.text import Text

    day = report.issued.date().isoformat() if report.issued else "no date"
    about = (day, report.publisher, f"[{report.language}]", count_things(claims, "claim"))
    return Text.assemble((name, "bold underline"), *(f"  {part}" for part in about if part))


def _tell_row(row: dict[str, Any]) -> Padding:
    """One claim: a line that sums it up, the quote under it with the words of the place in bold."""
    from rich.padding import Padding
    from rich.text import Text

    status, who, place, numbers, when, says, quote = _summarise(row)
    line = Text.assemble(
        (f"{row['kind']:<14}", _STYLES[row["kind"]]), (status, "bold" if "denied" in status else "")
    )
    for part in (who, place, numbers, when, f"says: {says}" if says else ""):
        line.append(f" · {part}" if part else "")
    words = Text(f"\n“{quote}”", style="dim")
    words.highlight_words([row["place_text"]], style="bold")
    return Padding(line + words, (0, 0, 0, 2))


def _tell_left_out(one: Rejection) -> Padding:
    from rich.padding import Padding
    from rich.text import Text

    words = f" “{one.span.exact}”" if one.span else ""
    candidates = f" (perhaps {'; '.join(one.candidates)})" if one.candidates else ""
    return Padding(
        Text(f"left out      {one.stage.value}{words}: {one.reason}{candidates}", style="italic"),
        (0, 0, 0, 2),
    )


def _summarise(row: dict[str, Any]) -> list[str]:
    status = " ".join(part for part in (row["status"], row["control_status"]) if part)
    # The words beside the place show at once what was made of them: "north of X", a direction, a namesake.
    written = " ".join(row["place_text"].split())
    place = row["place"] if written == row["place"] else f"{row['place']} “{written}”"
    place += f" (not placed: {row['unplaced']})" if row["lat"] is None else ""
    count = _tell_range(row["count_low"], row["count_high"], row["count_unit"] or "")
    area = _tell_range(row["area_km2_low"], row["area_km2_high"], "km²")
    numbers = "; ".join(part for part in (count, area) if part)
    when = _tell_days(row["date_start"], row["date_end"])
    says, quote = row["attribution"] or "", " ".join(row["quote"].split())
    return [status, (row["actors"] or "").replace(";", "+"), place, numbers, when, says, quote]


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

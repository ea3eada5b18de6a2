"""``frontline claims``: a table for reading and checking what was read, and what was left out and why."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from maps.cli_inputs import (
    Gathered,
    add_report_options,
    add_words_option,
    check_language,
    find_unread,
    gather_reports,
    run_pipeline,
)
from maps.places import find_names
from maps.reasons import tell_reason
from maps.words import Words, load_words

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

_WIDEST = 15  # letters of the first column: a terminal may have but 80


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of ``frontline claims``."""
    add_report_options(parser)
    add_words_option(parser, "the table's words and of notes")
    parser.add_argument("--json", action="store_true", help="one JSON object a line instead of a table")
    parser.add_argument(
        "--strict", action="store_true", help="exit with 1 if anything could not be read or placed"
    )


def run(args: argparse.Namespace) -> int:
    """Print the claims and what was left out; 2 if an input was bad."""
    from geo.layers import build_rows
    from geo.pipeline import Settings

    check_language("--ui-lang", args.ui_lang)
    gathered = gather_reports(args, args.inputs)
    result = run_pipeline(gathered.reports, Settings(), args)
    rows = build_rows(result)
    if args.json:
        _print_json(rows, result)
    else:
        _print_tables(rows, result, gathered, load_words(args.ui_lang))
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


def _print_tables(rows: list[dict[str, Any]], result: Result, gathered: Gathered, words: Words) -> None:
    from rich.console import Console

    console = Console(highlight=False)
    rejections = list(result.rejections)
    names = find_names((row["geonameid"] for row in rows), words.lang)
    width = _measure_kinds(rows, rejections, words)
    for report in result.reports:
        own = [row for row in rows if row["report"] == report.id]
        left_out = [one for one in rejections if one.report_id == report.id and not one.claim_id]
        console.print(_head_report(report, gathered.name_report(report.id), len(own), words))
        for row in own:
            console.print(_tell_row(row, names, words, width))
        for one in left_out:
            console.print(_tell_left_out(one, words, width))
        console.print()
    counts = words.count("plurals", "claims", len(rows)), words.count("plurals", "left_out", len(rejections))
    console.print(", ".join(counts), style="bold")


def _measure_kinds(rows: list[dict[str, Any]], rejections: list[Rejection], words: Words) -> int:
    """Return the width of the first column, in letters; a longer word sticks out of it."""
    kinds = {words.word("kinds", row["kind"]) for row in rows}
    return min(_WIDEST, max(map(len, kinds | ({words.text("left_out")} if rejections else set())), default=0))


def _head_report(report: Report, name: str, claims: int, words: Words) -> Text:
    from rich.text import Text

    day = report.issued.date().isoformat() if report.issued else words.text("undated")
    about = (day, report.publisher, f"[{report.language}]", words.count("plurals", "claims", claims))
    return Text.assemble((name, "bold underline"), *(f"  {part}" for part in about if part))


def _tell_row(row: dict[str, Any], names: Mapping[str, str], words: Words, width: int) -> Padding:
    """One claim: a line that sums it up, the quote under it with the words of the place in bold."""
    from rich.padding import Padding
    from rich.text import Text

    line = Text.assemble(
        (f"{words.word('kinds', row['kind']):<{width}}  ", _STYLES[row["kind"]]),
        (_tell_status(row, words), "bold" if row["status"] == "denied" else ""),
    )
    for part in _summarise(row, names, words):
        line.append(f" · {part}" if part else "")
    quote = Text(f"\n“{' '.join(row['quote'].split())}”", style="dim")
    quote.highlight_words([row["place_text"]], style="bold")
    return Padding(line + quote, (0, 0, 0, 2))


def _tell_left_out(one: Rejection, words: Words, width: int) -> Padding:
    from rich.padding import Padding
    from rich.text import Text

    quoted = f" “{one.span.exact}”" if one.span else ""
    names = words.text("perhaps", names="; ".join(one.candidates)) if one.candidates else ""
    told = f"{words.word('stages', one.stage.value)}{quoted}: {tell_reason(one.reason, words)}"
    line = f"{words.text('left_out'):<{width}}  {told}" + (f" ({names})" if names else "")
    return Padding(Text(line, style="italic"), (0, 0, 0, 2))


def _tell_status(row: dict[str, Any], words: Words) -> str:
    """How a claim is told; of control that is told as a fact, how sure it is says it all."""
    held = words.word("control_statuses", row["control_status"]) if row["control_status"] else ""
    status = words.word("statuses", row["status"])
    return held if held and row["status"] == "reported" else f"{status}, {held}" if held else status


def _summarise(row: dict[str, Any], names: Mapping[str, str], words: Words) -> Iterator[str]:
    """Yield who, where, how many, when and who says so; empty where nothing is known."""
    sides = (row["party"] or row["actors"] or "").split(";")
    yield " + ".join(words.side(side) for side in sides if side)
    yield _tell_place(row, names, words)
    count = words.amount(row["count_low"], row["count_high"], row["count_unit"] or "")
    area = words.amount(row["area_km2_low"], row["area_km2_high"], "km²")
    yield "; ".join(part for part in (count, area) if part)
    yield _tell_days(row["date_start"], row["date_end"])
    yield words.text("says", who=row["attribution"]) if row["attribution"] else ""


def _tell_place(row: dict[str, Any], names: Mapping[str, str], words: Words) -> str:
    # The words beside the place show at once what was made of them: "north of X", a direction, a namesake.
    written, name = " ".join(row["place_text"].split()), names.get(str(row["geonameid"]), row["place"])
    place = name if written == name else f"{name} “{written}”"
    if row["lat"] is not None:
        return place
    return f"{place} ({words.text('unplaced')}: {tell_reason(row['unplaced'], words)})"


def _tell_days(start: object, end: object) -> str:
    if start == end:
        return str(start or "")
    return f"{start or '…'} – {end or '…'}"

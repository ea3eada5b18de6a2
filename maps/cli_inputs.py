"""What the sub-commands that read reports share: options, reading, and telling of problems."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.reports.read import Problem, ReadOptions, read_reports
from geo.resources import list_lexicons
from maps.notes import Notes, open_notes
from maps.progress import show_work

if TYPE_CHECKING:
    from geo.model import Rejection, Report, Result
    from geo.pipeline import Settings

__all__ = [
    "Gathered",
    "add_bare_options",
    "add_quiet",
    "add_report_options",
    "add_words_option",
    "check_language",
    "check_side",
    "check_sides",
    "count_things",
    "find_unread",
    "gather_reports",
    "read_day",
    "run_pipeline",
]

_HASH = re.compile(r"[0-9a-f]{64}(-\d+)?")
_MOST = 50  # lines about one input; the rest of them is counted
_ALIKE = 10  # inputs of which the same is told; the others are counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """The reports of the inputs, how many inputs were bad, and where each report stood by its id."""

    reports: tuple[Report, ...] = ()
    bad: int = 0
    origins: Mapping[str, str] = field(default_factory=dict)

    def name_report(self, report_id: str) -> str:
        """Return what a user knows a report by: the id that it came with, else where it stood."""
        return self.origins.get(report_id, report_id) if _HASH.fullmatch(report_id) else report_id


def add_report_options(parser: argparse.ArgumentParser) -> None:
    """Add INPUT and the options that describe bare text."""
    parser.add_argument(
        "inputs",
        nargs="+",
        metavar="INPUT",
        help="text, HTML, PDF, Word, feed, CSV, Excel or JSON Lines files, folders, or - for standard input",
    )
    add_bare_options(parser.add_argument_group("what the input does not say itself"))
    add_quiet(parser)
    parser.add_argument(
        "--processes",
        type=int,
        metavar="N",
        help="read on N processor cores (default: all of them where there are many reports)",
    )


def add_bare_options(group: argparse._ArgumentGroup) -> None:
    """Add the options that describe bare text."""
    known = ", ".join(list_lexicons())
    group.add_argument("--date", help="publication date, ISO 8601 (2024-11-10)")
    group.add_argument("--source", default="", help="who published it")
    group.add_argument(
        "--lang", default="", metavar="TAG", help=f"language: {known} (told from the words if left out)"
    )
    group.add_argument("--url", default="", help="where it was published")


def add_quiet(parser: argparse.ArgumentParser) -> None:
    """Add --quiet."""
    parser.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="tell nothing but what stops the work: no notes, no progress",
    )


def add_words_option(group: argparse._ActionsContainer, what: str) -> None:
    """Add --ui-lang for the words of something."""
    known = ", ".join(list_lexicons())
    group.add_argument("--ui-lang", default="en", metavar="TAG", help=f"language of {what}: {known}")


def check_language(option: str, tag: str) -> None:
    """Refuse a language that has no lexicon; an empty tag is none asked for."""
    known = list_lexicons()
    if tag and tag.replace("_", "-").split("-")[0] not in known:
        raise InputError(f"{option} {tag!r}: no lexicon of this language; use one of {', '.join(known)}")


def check_side(option: str, side: str) -> None:
    """Refuse what cannot be a code of a side: of a country, or of a group that fights within one."""
    from geo.claims.parties import PARTIES

    if not re.fullmatch(r"[A-Z]{3}", side) and side not in PARTIES:
        groups = ", ".join(PARTIES)
        raise InputError(
            f"{option} {side!r} is no ISO 3166 alpha-3 code; write it as UKR, or a group of: {groups}"
        )


def read_day(text: str, option: str) -> date:
    """Return a date from an option; `InputError` if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{option} {text!r} is not a date; write it as 2024-11-10") from None


def check_sides(side_a: str, side_b: str) -> None:
    """Refuse what cannot be two sides."""
    check_side("--side-a", side_a)
    check_side("--side-b", side_b)
    if side_a == side_b:
        raise InputError(f"--side-a and --side-b are both {side_a!r}; name two sides")


def gather_reports(args: argparse.Namespace, inputs: Sequence[str]) -> Gathered:
    """Read the reports; each problem is told in one line.

    Raises
    ------
    InputError
        If --date or --lang is wrong.
    """
    check_language("--lang", args.lang)
    notes = open_notes(args)
    if "-" in inputs and sys.stdin.isatty():
        notes.note("reading standard input; end it with Ctrl+D (Ctrl+Z and Enter on Windows)")
    options = ReadOptions(date=args.date, source=args.source, lang=args.lang, url=args.url)
    with show_work(notes.translate("reading the inputs"), quiet=args.quiet):
        result = read_reports(inputs, options)
    _tell_problems(result.problems, notes)
    bad = sum(problem.fatal for problem in result.problems)
    return Gathered(reports=result.reports, bad=bad, origins=result.origins)


def _tell_problems(problems: Sequence[Problem], notes: Notes) -> None:
    """Tell each problem in a line; of many of one input, or of many inputs with one and the same, some."""
    counts: Counter[str] = Counter()
    warnings: Counter[tuple[str, str]] = Counter()
    inputs: dict[str, set[str]] = {}
    for problem in problems:
        name, message = re.sub(r":\d+$", "", problem.where), problem.message
        warnings[name, message] += not problem.fatal
        alike = inputs.setdefault(message, set())
        alike.add(name)
        if warnings[name, message] > 1 or len(alike) > _ALIKE:
            continue
        counts[name] += 1
        if counts[name] <= _MOST:
            (notes.tell if problem.fatal else notes.note)(message, problem.where)
    _tell_more(counts, warnings, inputs, notes)


def _tell_more(
    counts: Mapping[str, int],
    warnings: Mapping[tuple[str, str], int],
    inputs: Mapping[str, set[str]],
    notes: Notes,
) -> None:
    """Tell how many problems were not told one by one."""
    for (name, message), count in warnings.items():
        if count > 1:
            notes.note(f"{notes.translate(message)} ({count} times)", name)
    for name, count in counts.items():
        if count > _MOST:
            notes.note(f"{count - _MOST:,} more like these", name)
    for message, names in inputs.items():
        if len(names) > _ALIKE:
            notes.tell(f"{len(names) - _ALIKE:,} more inputs: {notes.translate(message)}")


def find_unread(rejections: Iterable[Rejection]) -> list[Rejection]:
    """Return the rejections of whole reports, such as one in an unknown language."""
    from geo.model import Stage

    return [one for one in rejections if one.stage is Stage.REPORT]


def run_pipeline(reports: Sequence[Report], settings: Settings, args: argparse.Namespace) -> Result:
    """Run the pipeline on as many cores as asked for or as are worth it, with a sign of progress."""
    from geo.pipeline import run
    from geo.pool import count_processes

    processes: int | None = getattr(args, "processes", None)
    if processes is not None and processes < 1:
        raise InputError(f"--processes {processes}: at least 1 is needed")
    chosen = replace(settings, processes=processes or count_processes(len(reports)))
    # A report of many letters takes as long as many reports, so letters are counted; of one alone, the time.
    done = (0, *accumulate(len(report.text) for report in reports))
    total = done[-1] if len(reports) > 1 else None
    with show_work(open_notes(args).translate("reading"), total=total, quiet=args.quiet) as show:
        return run(reports, chosen, lambda number: show(done[number]))


def count_things(number: int, noun: str) -> str:
    """Return a number with its noun: 1 report, 2 reports."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"

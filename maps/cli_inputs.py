"""What the sub-commands that read reports share: options, reading, and telling of problems."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.reports.read import Problem, ReadOptions, read_reports

if TYPE_CHECKING:
    from geo.model import Rejection, Report, Result
    from geo.pipeline import Settings

__all__ = [
    "Gathered",
    "add_report_options",
    "check_language",
    "check_side",
    "check_sides",
    "count_things",
    "find_unread",
    "gather_reports",
    "read_day",
    "run_pipeline",
    "tell",
    "tell_all",
]

_HASH = re.compile(r"[0-9a-f]{64}(-\d+)?")
_MOST = 50  # lines about one input; the rest of them is counted
_LONG = 50  # reports from which a bar is worth its place


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
        help="text, HTML, feed, CSV or JSON Lines files, folders of them, or - for standard input",
    )
    bare = parser.add_argument_group("what the input does not say itself")
    bare.add_argument("--date", help="publication date, ISO 8601 (2024-11-10)")
    bare.add_argument("--source", default="", help="who published it")
    bare.add_argument("--lang", default="", help="language: en, fr, uk, ru (told from the words if left out)")
    bare.add_argument("--url", default="", help="where it was published")
    parser.add_argument(
        "--processes",
        type=int,
        metavar="N",
        help="read on N processor cores (default: all of them where there are many reports)",
    )


def check_language(option: str, tag: str) -> None:
    """Refuse a language that has no lexicon; an empty tag is none asked for."""
    from geo.resources import list_lexicons

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
    if "-" in inputs and sys.stdin.isatty():
        tell("reading standard input; end it with Ctrl+D (Ctrl+Z and Enter on Windows)")
    options = ReadOptions(date=args.date, source=args.source, lang=args.lang, url=args.url)
    result = read_reports(inputs, options)
    tell_all(_shorten(result.problems))
    bad = sum(problem.fatal for problem in result.problems)
    return Gathered(reports=result.reports, bad=bad, origins=result.origins)


def _shorten(problems: Sequence[Problem]) -> Iterator[str]:
    """A table of another sort has a problem a line: some tell it; of one and the same warning one does."""
    counts: Counter[str] = Counter()
    warnings: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        name = re.sub(r":\d+$", "", problem.where)
        warnings[name, problem.message] += not problem.fatal
        if warnings[name, problem.message] > 1:
            continue
        counts[name] += 1
        if counts[name] <= _MOST:
            yield str(problem)
    yield from (f"{name}: {message} ({n} times)" for (name, message), n in warnings.items() if n > 1)
    yield from (f"{name}: {count - _MOST} more like these" for name, count in counts.items() if count > _MOST)


def find_unread(rejections: Iterable[Rejection]) -> list[Rejection]:
    """Return the rejections of whole reports, such as one in an unknown language."""
    from geo.model import Stage

    return [one for one in rejections if one.stage is Stage.REPORT]


def run_pipeline(reports: Sequence[Report], settings: Settings, processes: int | None = None) -> Result:
    """Run the pipeline on as many cores as asked for or as are worth it, with a sign of progress."""
    from geo.pipeline import run
    from geo.pool import count_processes

    if processes is not None and processes < 1:
        raise InputError(f"--processes {processes}: at least 1 is needed")
    chosen = replace(settings, processes=processes or count_processes(len(reports)))
    with follow_reports(len(reports)) as follow:
        return run(reports, chosen, follow)


@contextmanager
def follow_reports(total: int) -> Iterator[Callable[[int], object]]:
    """Yield what shows how many reports are read: a bar for many of them on a terminal, else nothing."""
    if total < _LONG or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reading", total=total)
        yield lambda number: progress.update(task, completed=number)


def count_things(number: int, noun: str) -> str:
    """Return a number with its noun: 1 report, 2 reports."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def tell(line: str) -> None:
    """Print one line to standard error."""
    print(f"frontline: {line}", file=sys.stderr)  # noqa: T201 (the command's own voice)


def tell_all(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    for line in lines:
        tell(line)

"""What the sub-commands that read reports share: options, reading, and telling of problems."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from geo.reports.read import ReadOptions, read_reports

if TYPE_CHECKING:
    from geo.model import Report

__all__ = ["add_report_options", "gather_reports", "tell", "tell_all"]


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


def gather_reports(args: argparse.Namespace, inputs: Sequence[str]) -> tuple[tuple[Report, ...], int]:
    """Read the reports; each problem is told in one line.  Returns reports and the number of bad inputs."""
    options = ReadOptions(date=args.date, source=args.source, lang=args.lang, url=args.url)
    result = read_reports(inputs, options)
    tell_all(str(problem) for problem in result.problems)
    return result.reports, sum(problem.fatal for problem in result.problems)


def tell(line: str) -> None:
    """Print one line to standard error."""
    print(f"frontline: {line}", file=sys.stderr)  # noqa: T201 (the command's own voice)


def tell_all(lines: Iterable[str]) -> None:
    """Print lines to standard error."""
    for line in lines:
        tell(line)

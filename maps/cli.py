"""The command ``frontline``: names its sub-commands without importing what they need."""

from __future__ import annotations

import argparse
import importlib
import io
import os
import re
import sys

from geo.errors import FrontlineError

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "build_parser", "main"]

# name -> (module with configure(parser) and run(args), one line of help); imported only when called.
COMMANDS: dict[str, tuple[str, str]] = {
    "map": ("maps.cli_map", "reports in; an HTML map, a picture or GIS layers out, by the suffix"),
    "claims": ("maps.cli_claims", "a table of what was read, and what was left out and why"),
    "geocode": ("maps.cli_geocode", "places for names, with their score and the evidence"),
    "front": ("maps.cli_front", "controlled zones and front line on a day"),
    "compare": ("maps.cli_compare", "what changed hands between two days, in km² with a band"),
    "serve": ("maps.cli_serve", "the layers as an OGC API - Features service on this machine"),
    "gazetteer": ("maps.cli_gazetteer", "add, list or remove one's own places"),
}
_VERSION = "0.1.0"
_NEGATIVE = re.compile(r"-\d")


def build_parser(command: str | None = None) -> argparse.ArgumentParser:
    """Return the parser; only the sub-command named is configured, so that help stays fast."""
    parser = argparse.ArgumentParser(
        prog="frontline",
        description=_tell_purpose() if command is None else None,
        epilog="Start with: frontline map article.txt -o map.html; frontline COMMAND --help tells more.",
        formatter_class=_make_checker,
    )
    parser.add_argument("-V", "--version", action="version", version=f"frontline {_VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for name, (module, line) in COMMANDS.items():
        about = line[0].upper() + line[1:] + "."
        sub = commands.add_parser(name, help=line, description=about, formatter_class=_make_checker)
        if name == command:
            importlib.import_module(module).configure(sub)
        sub.formatter_class = argparse.HelpFormatter
    parser.formatter_class = argparse.HelpFormatter
    return parser


def _tell_purpose() -> str:
    from geo.resources import name_languages

    return f"Turns news reports ({', '.join(name_languages())}) into front-line maps, offline."


def _make_checker(prog: str) -> argparse.HelpFormatter:
    """Make what argparse checks each new argument with; a set width spares it asking the terminal's."""
    return argparse.HelpFormatter(prog, width=80)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 done, 1 done with rejections under ``--strict``, 2 bad input."""
    words = _join_negatives(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in words if not word.startswith("-")), None)
    _settle_streams()
    if command is not None and command not in COMMANDS and os.path.exists(command):  # noqa: PTH110 - as quick
        told = f"{command!r} is no command; write: frontline map {command} -o map.html"
        print(f"frontline: {told}", file=sys.stderr)  # noqa: T201 (the command's own voice)
        return 2
    parser = build_parser(command if command in COMMANDS else None)
    args = parser.parse_args(words)
    if args.command is None:
        parser.print_help()
        return 0
    return _run_safely(args)


def _settle_streams() -> None:
    """Names of four alphabets go through pipes as UTF-8, and to a terminal as well as it can show them."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(
                encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "replace"
            )


def _join_negatives(words: Sequence[str]) -> list[str]:
    """Join an option and a negative value: argparse takes "-33.9,151.2" for an option of its own."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1].startswith("--") and "=" not in joined[-1] and _NEGATIVE.match(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _run_safely(args: argparse.Namespace) -> int:
    try:
        status: int = importlib.import_module(COMMANDS[args.command][0]).run(args)
    except FrontlineError as error:
        print(f"frontline: {error}", file=sys.stderr)  # noqa: T201 (the command's own voice)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"frontline: {error.filename or ''}: {error.strerror or error}", file=sys.stderr)  # noqa: T201
        return 2
    except KeyboardInterrupt:
        print("frontline: stopped", file=sys.stderr)  # noqa: T201
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())

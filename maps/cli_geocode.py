"""``frontline geocode``: places for names, best first, with their score and the evidence."""

from __future__ import annotations

import argparse
import json
import re
import sys
from functools import cached_property

from geo.errors import InputError

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from geo.model import Candidate
    from geo.places.gazetteer import Gazetteer

    Answer = dict[str, Any]

__all__ = ["configure", "run"]

_LIMIT = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``geocode``."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="names, or - to read them from stdin, one a line"
    )
    parser.add_argument(
        "--within", default="", metavar="UNIT", help="a larger unit that should hold the place"
    )
    parser.add_argument(
        "--country", default="", metavar="CC", help="ISO 3166-1 alpha-2 codes, joined by commas"
    )
    parser.add_argument("--limit", type=int, default=_LIMIT, metavar="N", help=f"at most N places ({_LIMIT})")
    parser.add_argument("--json", action="store_true", help="one JSON object a name, one a line")
    parser.add_argument("--reverse", metavar="LAT,LON", help="the settlements nearest to a point, degrees")
    parser.add_argument(
        "--online",
        metavar="SERVICE",
        help="ask a geopy service (nominatim ...) where the gazetteer has no place",
    )
    parser.add_argument("--user-agent", default="frontline-map", help="what identifies you to the service")
    parser.add_argument("--domain", default="", help="where the service runs, for one of your own")
    parser.add_argument("--scheme", default="", choices=("", "http", "https"), help="http or https")


def run(args: argparse.Namespace) -> int:
    """Answer each name, in the order asked; 0 also where a name has no place."""
    if not args.names and not args.reverse:
        raise InputError("no name to look up; write one, or - to read names from stdin")
    if args.limit < 1:
        raise InputError(f"--limit {args.limit} asks for no place; give 1 or more")
    for code in filter(None, (args.country or "").split(",")):
        if not re.fullmatch(r"\s*[A-Za-z]{2}\s*", code):
            raise InputError(f"--country {code!r} is no ISO 3166-1 alpha-2 code; write it as UA, or UA,RU")
    show = _print_json if args.json else _print_tables
    show(_answer(args))
    return 0


def _answer(args: argparse.Namespace) -> Iterator[tuple[str, list[Answer]]]:
    """Yield each query with its places: at once where the gazetteer has the very name, else as it may."""
    from geo.places.quick import answer_name, open_quickly
    from geo.places.user_folder import find_user_folder

    thorough = _Thorough(args)
    if args.reverse:
        yield args.reverse, thorough.reverse(*_read_point(args.reverse))
    if not args.names:
        return
    quick = open_quickly(find_user_folder())
    for name in _read_names(args.names):
        found = None if args.within else answer_name(name, quick, args.limit, args.country)
        yield name, thorough.find(name) if found is None else found


class _Thorough:
    """Answers what takes the words around a name, a likeness or a service; opened when first asked."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args

    @cached_property
    def gazetteer(self) -> Gazetteer:
        from geo.places.gazetteer import open_gazetteer
        from geo.places.user_folder import find_user_folder

        return open_gazetteer(find_user_folder())

    @cached_property
    def service(self) -> Any:
        return _open_service(self.args)

    def find(self, name: str) -> list[Answer]:
        from geo.places.lookup import PlaceQuery, find_places

        args = self.args
        query = PlaceQuery(name=name, within=args.within, country=args.country, limit=args.limit)
        found = find_places(query, self.gazetteer)
        return self._describe(self.service(name) if not found and args.online else found)

    def reverse(self, latitude: float, longitude: float) -> list[Answer]:
        from geo.places.lookup import find_nearest

        return self._describe(find_nearest(latitude, longitude, self.gazetteer, self.args.limit))

    def _describe(self, found: Iterable[Candidate]) -> list[Answer]:
        from geo.places.answers import describe_candidate

        return [describe_candidate(candidate, self.gazetteer) for candidate in found]


def _read_names(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name == "-":
            yield from (name for line in sys.stdin if (name := line.strip("\ufeff \t\r\n")))
        else:
            yield name


def _read_point(text: str) -> tuple[float, float]:
    parts = text.replace(";", ",").split(",")
    try:
        latitude, longitude = (float(part) for part in parts)
    except ValueError as error:
        raise InputError(f"{text!r} is no point; write LAT,LON in degrees, such as 48.28,37.18") from error
    if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
        raise InputError(f"{text!r} lies off the globe; latitude is -90 to 90 and longitude -180 to 180")
    return latitude, longitude


def _open_service(args: argparse.Namespace) -> Any:
    from geo.places.online import OnlineOptions, find_online, make_service
    from geo.places.user_folder import find_user_folder

    folder = find_user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    options = OnlineOptions(
        service=args.online,
        user_agent=args.user_agent,
        cache=folder / "online.sqlite",
        domain=args.domain,
        scheme=args.scheme,
    )
    geocode = make_service(options)
    return lambda name: find_online(name, geocode, args.online, args.limit)


def _print_json(answers: Iterable[tuple[str, list[Answer]]]) -> None:
    for query, found in answers:
        sys.stdout.write(json.dumps({"query": query, "places": found}, ensure_ascii=False) + "\n")


def _print_tables(answers: Iterable[tuple[str, list[Answer]]]) -> None:
    from rich.console import Console

    console = Console()
    for query, found in answers:
        if found:
            console.print(_make_table(query, found))
        else:
            console.print(f"{query}: no place of this name is known", markup=False, highlight=False)


def _make_table(query: str, found: list[Answer]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(query), title_justify="left", show_lines=True)
    for heading, least in (("place", 14), ("kind, id", 12), ("where", 18), ("score, why", 20)):
        table.add_column(heading, min_width=least, overflow="fold")
    for answer in found:
        radius_km = answer["coordinate_uncertainty_m"] / 1000.0
        where = f"{answer['latitude']:.4f}, {answer['longitude']:.4f}\n± {radius_km:.1f} km\n"
        cells = (
            "\n".join([answer["name"], *answer["within"]]),
            f"{answer['kind']} {answer['feature_code']}\n{answer['gazetteer']}:{answer['id']}",
            f"{where}precision {answer['geo_precision']}",
            f"{answer['score']:.2f}\n" + "; ".join(answer["why"]),
        )
        table.add_row(*(Text(cell) for cell in cells))
    return table

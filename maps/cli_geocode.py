"""``frontline geocode``: places for names, best first, with their score and the evidence."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.places.gazetteer import Gazetteer, open_gazetteer

if TYPE_CHECKING:
    from geo.model import Candidate

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
    from geo.places.user_places import find_user_folder

    gazetteer = open_gazetteer(find_user_folder())
    show = _print_json if args.json else _print_tables
    show(_answer(args, gazetteer), gazetteer)
    return 0


def _answer(args: argparse.Namespace, gazetteer: Gazetteer) -> Iterator[tuple[str, tuple[Candidate, ...]]]:
    from geo.places.lookup import PlaceQuery, find_nearest, find_places

    if args.reverse:
        latitude, longitude = _read_point(args.reverse)
        yield args.reverse, find_nearest(latitude, longitude, gazetteer, args.limit)
    online: Any = None
    for name in _read_names(args.names):
        query = PlaceQuery(name=name, within=args.within, country=args.country, limit=args.limit)
        found = find_places(query, gazetteer)
        if not found and args.online:
            online = online or _open_service(args)
            found = online(name)
        yield name, found


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
    from geo.places.user_places import find_user_folder

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


def _print_json(answers: Iterable[tuple[str, tuple[Candidate, ...]]], gazetteer: Gazetteer) -> None:
    from geo.places.answers import describe_candidate

    for query, found in answers:
        places = [describe_candidate(candidate, gazetteer) for candidate in found]
        sys.stdout.write(json.dumps({"query": query, "places": places}, ensure_ascii=False) + "\n")


def _print_tables(answers: Iterable[tuple[str, tuple[Candidate, ...]]], gazetteer: Gazetteer) -> None:
    from rich.console import Console

    console = Console()
    for query, found in answers:
        if found:
            console.print(_make_table(query, found, gazetteer))
        else:
            console.print(f"{query}: no place of this name is known", markup=False, highlight=False)


def _make_table(query: str, found: tuple[Candidate, ...], gazetteer: Gazetteer) -> Any:
    from rich.table import Table
    from rich.text import Text

    from geo.places.answers import describe_candidate

    table = Table(title=Text(query), title_justify="left", show_lines=True)
    for heading, least in (("place", 14), ("kind, id", 12), ("where", 18), ("score, why", 20)):
        table.add_column(heading, min_width=least, overflow="fold")
    for candidate in found:
        answer = describe_candidate(candidate, gazetteer)
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

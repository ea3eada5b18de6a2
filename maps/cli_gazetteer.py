"""``frontline gazetteer``: add, list and remove one's own places."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from maps.cli_inputs import count_things

if TYPE_CHECKING:
    from geo.places.user_places import UserSource

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``gazetteer``."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="add the places of a file; one of the same name is replaced")
    add.add_argument("file", nargs="?", type=Path, help="CSV, GeoJSON, GeoPackage or GeoNames dump (UA.zip)")
    add.add_argument("--country", metavar="CC", help="download a country's dump from GeoNames instead")
    add.add_argument("--as", dest="name", default="", metavar="NAME", help="what to list it as")
    for role in ("name", "latitude", "longitude", "aliases", "kind"):
        add.add_argument(
            f"--{role}", dest=f"{role}_column", default="", metavar="COLUMN", help=f"column of the {role}"
        )
    listing = actions.add_parser("list", help="list what was added")
    listing.add_argument("--json", action="store_true", help="one JSON object a source, one a line")
    remove = actions.add_parser("remove", help="remove what was added, by its name in the list")
    remove.add_argument("name", metavar="NAME")


def run(args: argparse.Namespace) -> int:
    """Do one action; what was done goes to stderr, listings to stdout."""
    return {"add": _add, "list": _list, "remove": _remove}[args.action](args)


def _add(args: argparse.Namespace) -> int:
    from geo.places.user_places import ColumnNames, add_places, find_user_folder

    columns = ColumnNames(
        name=args.name_column,
        latitude=args.latitude_column,
        longitude=args.longitude_column,
        aliases=args.aliases_column,
        kind=args.kind_column,
    )
    if (args.file is None) == (args.country is None):
        raise InputError("nothing to add, or two things at once; give a file, or --country CC")
    if args.country is not None:
        return _add_country(args)
    source = add_places(args.file, find_user_folder(), columns, name=args.name)
    return _report(f"added {count_things(source.places, 'place')} of {source.file} as {source.name!r}")


def _add_country(args: argparse.Namespace) -> int:
    import tempfile

    from geo.places.online import fetch_geonames
    from geo.places.user_places import add_places, find_user_folder

    with tempfile.TemporaryDirectory() as folder:
        path = fetch_geonames(args.country, Path(folder))
        source = add_places(path, find_user_folder(), name=args.name)
    return _report(f"added {count_things(source.places, 'place')} of GeoNames (CC BY 4.0) as {source.name!r}")


def _list(args: argparse.Namespace) -> int:
    from geo.places.user_places import find_user_folder, list_sources

    folder = find_user_folder()
    sources = list_sources(folder)
    for source in sources:
        sys.stdout.write(_format_source(source, as_json=args.json) + "\n")
    return 0 if sources or args.json else _report(f"no places were added yet; they would stand in {folder}")


def _format_source(source: UserSource, *, as_json: bool) -> str:
    if as_json:
        values = {"name": source.name, "file": source.file, "added": source.added, "places": source.places}
        return json.dumps(values, ensure_ascii=False)
    return f"{source.name}\t{count_things(source.places, 'place')}\t{source.added}\t{source.file}"


def _remove(args: argparse.Namespace) -> int:
    from geo.places.user_places import find_user_folder, remove_source

    source = remove_source(args.name, find_user_folder())
    return _report(f"removed {source.name!r} with {source.places:,} places")


def _report(line: str) -> int:
    sys.stderr.write(line + "\n")
    return 0

"""A configuration of pygeoapi: ``python -m maps.pygeoapi layers.gpkg > pygeoapi.yml``.

It is JSON, which YAML readers read; its collections are the layers that the file has, since pygeoapi does not
start where one is missing.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from geo.errors import InputError
from maps.files.geopackage import name_layer
from maps.files.options import DEFAULTS

__all__ = ["build_config", "main"]

_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_LANGUAGE = "en-US"
_ITEMS = 100


def build_config(path: Path | str, url: str = "http://127.0.0.1:5000") -> dict[str, Any]:
    """Return the configuration for pygeoapi 0.15 and later.

    Parameters
    ----------
    path
        A GeoPackage that this program wrote.
    url
        Where pygeoapi will answer; host and port are taken from it.

    Raises
    ------
    InputError
        If it is no GeoPackage with our layers.
    """
    from urllib.parse import urlsplit

    resources = dict(_list_resources(Path(path)))
    if not resources:
        raise InputError(
            f"{str(path)!r} holds no layer of ours: write it with `frontline map ... -o layers.gpkg`"
        )
    host = urlsplit(url)
    return {
        "server": {
            "bind": {"host": host.hostname or "127.0.0.1", "port": host.port or 5000},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": [_LANGUAGE],
            "limits": {"default_items": _ITEMS, "max_items": 100 * _ITEMS},
            "map": {
                "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
                "attribution": "&copy; OpenStreetMap contributors",
            },
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": Path(path).stem,
                "description": DEFAULTS.abstract,
                "keywords": ["conflict", "news"],
                "keywords_type": "theme",
                "terms_of_service": _LICENCE,
                "url": url,
            },
            "license": {"name": DEFAULTS.licence, "url": _LICENCE},
            "provider": {"name": Path(path).stem, "url": url},
            "contact": {"name": Path(path).stem},
        },
        "resources": resources,
    }


def _list_resources(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a collection a table with shapes, with its box and its days."""
    query = (
        "select table_name, description, min_x, min_y, max_x, max_y from gpkg_contents "
        "where data_type = 'features' order by rowid"
    )
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            for name, title, *box in connection.execute(query).fetchall():
                if name_layer(name):
                    days = _find_days(connection, name)
                    yield name, _describe(path, name, title or name, box, days)
    except sqlite3.Error as error:
        raise InputError(f"{str(path)!r} is no GeoPackage: {error}") from error


def _find_days(connection: sqlite3.Connection, name: str) -> tuple[str | None, str | None]:
    columns = {row[1] for row in connection.execute(f'pragma table_info("{name}")')}
    if not {"date_start", "date_end"} <= columns:
        return None, None
    start, end = connection.execute(f'select min(date_start), max(date_end) from "{name}"').fetchone()
    return start, end


def _describe(
    path: Path, name: str, title: str, box: Sequence[float], days: tuple[str | None, str | None]
) -> dict[str, Any]:
    extents: dict[str, Any] = {"spatial": {"bbox": list(box), "crs": _CRS84}}
    if any(days):
        extents["temporal"] = {
            key: f"{day}T00:00:00Z" for key, day in zip(("begin", "end"), days, strict=True) if day
        }
    return {
        "type": "collection",
        "title": title,
        "description": DEFAULTS.abstract,
        "keywords": [name_layer(name)],
        "links": [],
        "extents": extents,
        "providers": [
            {"type": "feature", "name": "SQLiteGPKG", "data": str(path), "id_field": "fid", "table": name}
        ],
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the configuration of a GeoPackage; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m maps.pygeoapi", description=__doc__)
    parser.add_argument("package", help="a GeoPackage that frontline wrote")
    parser.add_argument("--url", default="http://127.0.0.1:5000", help="where pygeoapi will answer")
    given = parser.parse_args(arguments)
    try:
        config = build_config(given.package, given.url)
    except InputError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    sys.stdout.write(json.dumps(config, ensure_ascii=False, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

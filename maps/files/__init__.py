"""Reading and writing layers: the format is told by the suffix.

Every file is written whole or not at all.  What a format cannot carry is returned by `write_layers`, a
sentence each, for the caller to tell once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, OutputError
from maps.files.options import DEFAULTS, WriteOptions
from maps.files.suffixes import SUFFIXES, find_suffix, is_layers_file

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "SUFFIXES",
    "WriteOptions",
    "is_layers_file",
    "merge_layers",
    "read_layers",
    "write_claims",
    "write_layers",
]

Layers = Mapping[str, "gpd.GeoDataFrame"]


def write_layers(layers: Layers, path: Path | str, options: WriteOptions = DEFAULTS) -> tuple[str, ...]:
    """Write layers in the format of the path's suffix, whole or not at all.

    Parameters
    ----------
    layers
        GeoDataFrames by the names of `geo.schema.LAYER_NAMES`, EPSG:4326.
    path
        Where to write; `SUFFIXES` lists what it may end in.
    options
        Title, licence and the rest.

    Returns
    -------
    tuple of str
        What the format cannot carry, a sentence each.

    Raises
    ------
    OutputError
        If the suffix is unknown or the file cannot be written.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    suffix = find_suffix(path)
    if suffix not in _WRITERS:
        raise OutputError(f"{str(path)!r}: unknown suffix; use one of {' '.join(SUFFIXES)}")
    return _WRITERS[suffix](layers, path, options)


def write_claims(
    rows: Iterable[Mapping[str, Any]], path: Path | str, options: WriteOptions = DEFAULTS
) -> None:
    """Write plain rows as GeoJSON or as GeoJSON lines, without the cost of geopandas.

    Parameters
    ----------
    rows
        One a claim, with the schema's columns, ``geometry`` and (optional) ``inner``, EPSG:4326.
    path
        Ends in .geojson, .json, .geojsonl or .geojsons.
    options
        Title, licence and the rest.

    Raises
    ------
    OutputError
        If the suffix is another one or the file cannot be written.
    """
    from maps.files.geojson import write_claims as write_collection
    from maps.files.geojson import write_sequence

    suffix = find_suffix(path)
    if suffix in (".geojsonl", ".geojsons"):
        write_sequence(rows, path, separator="\x1e" if suffix == ".geojsons" else "")
    elif suffix in (".geojson", ".json"):
        write_collection(rows, path, options)
    else:
        raise OutputError(f"{str(path)!r}: plain rows go to .geojson, .json, .geojsonl or .geojsons")


def read_layers(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    """Read any of our own files back as layers.

    Parameters
    ----------
    path
        A file that `write_layers` has written: GeoJSON, GeoJSON lines, GeoPackage, KML, KMZ, FlatGeobuf,
        GeoParquet, CSV, zipped Shapefile; of a QGIS project, the GeoPackage beside it.

    Returns
    -------
    dict
        GeoDataFrames by layer name, EPSG:4326.

    Raises
    ------
    InputError
        If the file is missing, broken, or not one of ours.
    """
    suffix = find_suffix(path)
    if suffix not in _READERS:
        raise InputError(
            f"{str(path)!r}: no layers can be read from this suffix; use one of {' '.join(_READERS)}"
        )
    if not Path(path).is_file():
        raise InputError(f"{str(path)!r} does not exist; check the path")
    return _READERS[suffix](path)


def merge_layers(many: Iterable[Layers]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of several sets as one; a claim or report that comes twice is kept once."""
    from maps.files.flat import merge_layers as merge

    return merge(list(many))


def _write_geojson(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.geojson import write_clean_claims
    from maps.files.values import DERIVED, list_claims, list_rows

    claims = list_claims(layers)
    derived = {name: list_rows(layers[name]) for name in DERIVED if name in layers}
    sources = list_rows(layers["sources"]) if "sources" in layers else None
    write_clean_claims(claims, path, options, derived=derived, sources=sources)
    losses = ["hatching and dashes cannot be said in simplestyle: see control_status and status"]
    if any(derived.values()) and claims and not options.derived:
        losses.append("the front line stands under the member 'derived', which most programs do not draw")
    return tuple(losses)


def _write_sequence(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.flat import flatten_layers
    from maps.files.geojson import write_clean_sequence

    rows, losses = flatten_layers(layers, options)
    write_clean_sequence(rows, path, separator="\x1e" if find_suffix(path) == ".geojsons" else "")
    return losses


def _write_geopackage(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.geopackage import write_geopackage

    return write_geopackage(layers, path, options)


def _write_project(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.qgis_project import write_project

    return write_project(layers, path, options)


def _write_csv(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.flat import flatten_layers
    from maps.files.tables import write_csv

    rows, losses = flatten_layers(layers, options)
    write_csv(rows, path)
    return (*losses, "CSV carries no styles and no licence; shapes are WKT in the column 'wkt'")


def _write_parquet(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.flat import flatten_layers
    from maps.files.tables import write_parquet

    rows, losses = flatten_layers(layers, options)
    write_parquet(rows, path, options)
    return (*losses, "GeoParquet carries no styles")


def _write_kml(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.kml import write_kml

    return write_kml(layers, path, options)


def _write_flatgeobuf(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.flat import flatten_layers
    from maps.files.vector import write_flatgeobuf

    rows, losses = flatten_layers(layers, options)
    return (*losses, *write_flatgeobuf(rows, path, options))


def _write_shapefiles(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.vector import write_shapefiles

    del options  # a Shapefile has no room for them
    return write_shapefiles(layers, path)


def _write_tiles(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.files.tiles import write_tiles

    return write_tiles(layers, path, options)


def _write_events(layers: Layers, path: Path | str, options: WriteOptions) -> tuple[str, ...]:
    from maps.exports_acled import write_acled
    from maps.exports_ucdp import write_ucdp
    from maps.files.values import list_claims

    del options  # both forms have no room for them
    write = write_acled if find_suffix(path) == ".acled.csv" else write_ucdp
    return write(list_claims(layers), path)


def _read_geojson(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    from maps.files.flat import frame_layers
    from maps.files.geojson import read_geojson

    return frame_layers(*read_geojson(path))


def _read_flat(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    from maps.files.flat import frame_flat
    from maps.files.tables import read_csv, read_parquet
    from maps.files.vector import read_flatgeobuf

    readers = {".csv": read_csv, ".parquet": read_parquet, ".fgb": read_flatgeobuf}
    return frame_flat(readers[find_suffix(path)](path))


def _read_geopackage(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    from maps.files.flat import frame_tables
    from maps.files.geopackage import read_geopackage

    return frame_tables(read_geopackage(path))


def _read_kml(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    from maps.files.flat import frame_tables
    from maps.files.kml import read_kml

    return frame_tables(read_kml(path))


def _read_shapefiles(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    from maps.files.flat import frame_tables
    from maps.files.vector import read_shapefiles

    return frame_tables(read_shapefiles(path))


def _read_project(path: Path | str) -> dict[str, gpd.GeoDataFrame]:
    return _read_geopackage(Path(path).with_suffix(".gpkg"))


_WRITERS: dict[str, Callable[[Layers, Path | str, WriteOptions], tuple[str, ...]]] = {
    ".geojson": _write_geojson,
    ".json": _write_geojson,
    ".geojsonl": _write_sequence,
    ".geojsons": _write_sequence,
    ".gpkg": _write_geopackage,
    ".qgz": _write_project,
    ".csv": _write_csv,
    ".parquet": _write_parquet,
    ".acled.csv": _write_events,
    ".ucdp.csv": _write_events,
    ".kml": _write_kml,
    ".kmz": _write_kml,
    ".fgb": _write_flatgeobuf,
    ".shp.zip": _write_shapefiles,
    ".pmtiles": _write_tiles,
}
_READERS: dict[str, Callable[[Path | str], dict[str, gpd.GeoDataFrame]]] = {
    ".geojson": _read_geojson,
    ".json": _read_geojson,
    ".geojsonl": _read_geojson,
    ".geojsons": _read_geojson,
    ".gpkg": _read_geopackage,
    ".qgz": _read_project,
    ".csv": _read_flat,
    ".parquet": _read_flat,
    ".fgb": _read_flat,
    ".kml": _read_kml,
    ".kmz": _read_kml,
    ".shp.zip": _read_shapefiles,
}

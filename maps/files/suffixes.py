"""Which files are ours, told by suffix and, where reports share the suffix, by their first bytes."""

from __future__ import annotations

from pathlib import Path

__all__ = ["SUFFIXES", "find_suffix", "is_layers_file"]

SUFFIXES: tuple[str, ...] = (
    ".geojson",
    ".json",
    ".geojsonl",
    ".geojsons",
    ".gpkg",
    ".qgz",
    ".kml",
    ".kmz",
    ".fgb",
    ".parquet",
    ".acled.csv",
    ".ucdp.csv",
    ".csv",
    ".shp.zip",
    ".pmtiles",
)
# Reports may come as these too.
_SHARED = (".json", ".csv", ".geojsonl", ".geojson", ".geojsons")
_WRITE_ONLY = (".acled.csv", ".ucdp.csv", ".pmtiles")
_HEAD = 4096


def find_suffix(path: Path | str) -> str:
    """Return the longest of our suffixes that a path ends in, else the last one of its name."""
    name = Path(path).name.lower()
    found = [suffix for suffix in SUFFIXES if name.endswith(suffix)]
    return max(found, key=len) if found else Path(name).suffix


def is_layers_file(path: Path | str) -> bool:
    """Tell whether a path is a file of layers that `read_layers` reads, and not of reports."""
    suffix = find_suffix(path)
    if suffix not in SUFFIXES or suffix in _WRITE_ONLY or not Path(path).is_file():
        return False
    if suffix not in _SHARED:
        return True
    with Path(path).open("rb") as stream:
        head = stream.read(_HEAD)
    if suffix == ".csv":
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"claim_id,kind,")
    return b'"FeatureCollection"' in head or b'"type":"Feature"' in head or b'"type": "Feature"' in head

"""GeoJSON after RFC 7946, without geopandas: right-hand rule, six decimals, cut at the antimeridian.

One feature a claim.  What is no claim stands beside the features under members that other programs skip:
``sources``, and ``derived`` with the front line and its band.  The low outline of a zone of stated size is
the property ``inner_wkt``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geo.errors import ForeignFileError, InputError
from geo.schema import COLUMN_NAMES
from maps.atomic import replace_file
from maps.colours import colour_rows
from maps.files.antimeridian import cut_at_antimeridian, find_bounds
from maps.files.options import DEFAULTS, WriteOptions
from maps.files.simplestyle import STYLE_KEYS, name_styles
from maps.files.values import DERIVED, Row, clean_row, count_sources

__all__ = [
    "DECIMALS",
    "encode_shapes",
    "list_features",
    "normalise_shapes",
    "read_geojson",
    "write_claims",
    "write_sequence",
]

DECIMALS = 6  # RFC 7946, 11.2: about 0.1 m, and no report is more exact
_INNER = "inner_wkt"
_RECORD_SEPARATOR = "\x1e"  # RFC 8142
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=str).encode


def write_claims(
    rows: Iterable[Mapping[str, Any]],
    path: Path | str,
    options: WriteOptions = DEFAULTS,
    *,
    derived: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    sources: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Write claims as a GeoJSON FeatureCollection, whole or not at all.

    Parameters
    ----------
    rows
        One a claim, with the schema's columns, ``geometry`` and (optional) ``inner``, EPSG:4326.
    path
        Where to write.
    options
        Title, licence and the rest.
    derived
        Rows of the front line and its band, by layer name.
    sources
        The reports; counted from the claims where None.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_clean_claims(
        [clean_row(row) for row in rows],
        path,
        options,
        derived={name: [clean_row(row) for row in some] for name, some in (derived or {}).items()},
        sources=None if sources is None else [clean_row(row) for row in sources],
    )


def write_clean_claims(
    claims: list[Row],
    path: Path | str,
    options: WriteOptions,
    *,
    derived: Mapping[str, list[Row]],
    sources: list[Row] | None,
) -> None:
    """Do as `write_claims` does with rows whose values are plain already."""
    features, extra = list(claims), dict(derived)
    if options.derived or not claims:
        features += [row | {"layer": name} for name, some in extra.items() for row in some]
        extra = {}
    shapes = _normalise_rows(features)
    head = _describe(options, Path(path), find_bounds(shapes))
    told = count_sources(claims) if sources is None else sources
    with replace_file(path) as stand_in, stand_in.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write("{" + _dump(head)[1:-1] + ',"features":[')
        separator = "\n"
        for feature in list_features(features, shapes):
            stream.write(separator)
            stream.write(feature)
            separator = ",\n"
        stream.write("\n]," + _tell_rest(extra, told) + "}\n")


def write_sequence(rows: Iterable[Mapping[str, Any]], path: Path | str, *, separator: str = "") -> None:
    """Write one feature a line; with the record separator a GeoJSON text sequence [RFC 8142]."""
    write_clean_sequence([clean_row(row) for row in rows], path, separator=separator)


def write_clean_sequence(rows: Sequence[Row], path: Path | str, *, separator: str = "") -> None:
    """Do as `write_sequence` does with rows whose values are plain already."""
    shapes = _normalise_rows(rows)
    with replace_file(path) as stand_in, stand_in.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{separator}{feature}\n" for feature in list_features(rows, shapes))


def _describe(options: WriteOptions, path: Path, bounds: list[float] | None) -> Row:
    head: Row = {
        "type": "FeatureCollection",
        "title": options.title or path.name.split(".")[0],
        "description": options.abstract,
        "license": options.licence,
        "attribution": options.attribution,
    }
    return head | ({"bbox": bounds} if bounds else {})


def _tell_rest(derived: Mapping[str, list[Row]], sources: Sequence[Row]) -> str:
    members = [f'"sources":{_dump([_keep_plain(row) for row in sources])}']
    if any(derived.values()):
        layers = (
            f"{_dump(name)}:[{','.join(list_features(some, _normalise_rows(some)))}]"
            for name, some in derived.items()
        )
        members.append('"derived":{' + ",".join(layers) + "}")
    return ",".join(members)


def _keep_plain(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name not in ("geometry", "inner")}


def _normalise_rows(rows: Sequence[Mapping[str, Any]]) -> np.ndarray[Any, Any]:
    return normalise_shapes([row.get("geometry") for row in rows])


def normalise_shapes(shapes: Sequence[Any]) -> np.ndarray[Any, Any]:
    """Return shapes as RFC 7946 wants them: two dimensions, six decimals, right-hand rule, cut at 180°."""
    array = np.array([None if one is None or one.is_empty else one for one in shapes], dtype=object)
    if not len(array):
        return array
    flat = cut_at_antimeridian(shapely.force_2d(array))
    rounded = shapely.transform(flat, lambda xy: np.round(xy, DECIMALS) + 0.0)
    return np.asarray(shapely.orient_polygons(rounded, exterior_cw=False), dtype=object)


def encode_shapes(shapes: np.ndarray[Any, Any]) -> list[str]:
    """Return each shape as GeoJSON text, ``null`` for None."""
    return [text or "null" for text in shapely.to_geojson(shapes)] if len(shapes) else []


def list_features(
    rows: Sequence[Mapping[str, Any]],
    shapes: np.ndarray[Any, Any],
    *,
    columns: Sequence[str] = COLUMN_NAMES,
    identifiers: Sequence[str] | None = None,
    colours: Mapping[str, str] | None = None,
) -> Iterator[str]:
    """Yield each row as the text of a Feature; ``shapes`` as `normalise_shapes` gives them.

    ``colours`` are those of the sides, where the rows are not all that the map shows.
    """
    colours = colour_rows(rows) if colours is None else colours
    names = [row.get("claim_id") for row in rows] if identifiers is None else identifiers
    for row, shape, name in zip(rows, encode_shapes(shapes), names, strict=True):
        identifier = f'"id":{_dump(name)},' if name else ""
        properties = _dump(_list_properties(row, columns) | name_styles(row, colours))
        yield f'{{"type":"Feature",{identifier}"geometry":{shape},"properties":{properties}}}'


def _list_properties(row: Mapping[str, Any], columns: Sequence[str]) -> Row:
    if tuple(islice(row, len(columns))) == tuple(columns):
        properties = dict(row)
    else:
        properties = {name: row.get(name) for name in columns}
        properties.update((name, value) for name, value in row.items() if name not in properties)
    inner = properties.pop("inner", None)
    properties.pop("geometry", None)
    for name in ("date_start", "date_end"):
        if isinstance(properties.get(name), date):
            properties[name] = properties[name].isoformat()
    if inner is not None:
        properties[_INNER] = shapely.to_wkt(inner, rounding_precision=DECIMALS)
    return properties


def read_geojson(path: Path | str) -> tuple[list[Row], dict[str, list[Row]], list[Row] | None]:
    """Read claims, derived layers and sources (None where the file has none) from one of our own files.

    Raises
    ------
    InputError
        If the file is not GeoJSON with our columns.
    """
    text = Path(path).read_text(encoding="utf-8")
    try:
        if text.lstrip()[:1] == "{" and '"FeatureCollection"' in text[:4096]:
            collection = json.loads(text)
        else:
            lines = (line.strip(_RECORD_SEPARATOR + " \r\n") for line in text.split("\n"))
            collection = {"features": [json.loads(line) for line in lines if line]}
    except (ValueError, RecursionError) as error:
        raise InputError(f"{str(path)!r} is not GeoJSON: {error}") from error
    features = _read_features(collection.get("features"), path)
    derived = {
        name: _read_features(some, path)
        for name, some in (collection.get("derived") or {}).items()
        if name in DERIVED
    }
    claims: list[Row] = []
    for row in features:
        layer = row.pop("layer", None)
        (claims if layer is None else derived.setdefault(layer, [])).append(row)
    return claims, derived, collection.get("sources")


def _read_features(features: Any, path: Path | str) -> list[Row]:
    rows = []
    for feature in features or ():
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict) or not {"claim_id", "kind"} <= properties.keys():
            raise ForeignFileError(
                f"{str(path)!r} was not written by this program: a feature has no claim_id and kind"
            )
        rows.append(_read_properties(properties, feature.get("geometry")))
    return rows


def _read_properties(properties: Mapping[str, Any], geometry: Any) -> Row:
    row: Row = {name: properties.get(name) for name in COLUMN_NAMES}
    row.update((name, value) for name, value in properties.items() if name not in (*STYLE_KEYS, _INNER, *row))
    row["geometry"] = shapely.from_geojson(json.dumps(geometry)) if geometry else None
    row["inner"] = shapely.from_wkt(properties[_INNER]) if properties.get(_INNER) else None
    return clean_row(row)

"""Layers as one table, for formats that hold one: a row a claim."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geo.schema import LAYER_NAMES
from maps.files.options import WriteOptions
from maps.files.values import (
    DERIVED,
    DRAWN,
    Row,
    clean_row,
    count_sources,
    join_outlines,
    list_claims,
    list_rows,
)

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["flatten_layers", "frame_flat", "frame_layers", "frame_tables", "merge_layers", "order_layers"]


def flatten_layers(
    layers: Mapping[str, gpd.GeoDataFrame], options: WriteOptions
) -> tuple[list[Row], tuple[str, ...]]:
    """Return one row a claim (and, where asked or where there are no claims, those of the front line).

    Returns
    -------
    tuple
        The rows, those of the front line marked by the key ``layer``; and what was left out, a sentence each.
    """
    rows = list_claims(layers)
    derived = [row | {"layer": name} for name in DERIVED if name in layers for row in list_rows(layers[name])]
    if not derived:
        return rows, ()
    if options.derived or not rows:
        return [*rows, *derived], ()
    return rows, (f"the front line and its band ({len(derived)} shapes) are left out: one row a claim",)


def order_layers(layers: Mapping[str, gpd.GeoDataFrame]) -> list[str]:
    """Return the names of layers in the order of the schema, unknown ones last."""
    return sorted(
        layers, key=lambda name: LAYER_NAMES.index(name) if name in LAYER_NAMES else len(LAYER_NAMES)
    )


def frame_layers(
    claims: Iterable[Mapping[str, Any]],
    derived: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    sources: Sequence[Mapping[str, Any]] | None = None,
) -> dict[str, gpd.GeoDataFrame]:
    """Return layers from rows: one a kind that occurs, ``unplaced``, what is derived, and ``sources``."""
    from geo.layers import frame_sources, layer_rows

    rows = [clean_row(row) for row in claims]
    layers = layer_rows(rows)
    for name, some in (derived or {}).items():
        if some:
            layers[name] = _frame_derived([clean_row(row) for row in some])
    layers["sources"] = frame_sources(
        count_sources(rows) if sources is None else [dict(row) for row in sources]
    )
    return {name: layers[name] for name in order_layers(layers)}


def _frame_derived(rows: Sequence[Row]) -> gpd.GeoDataFrame:
    """Frame rows of the front line, whose columns beyond the schema (its sides, its day) are kept."""
    from geo.layers import frame_rows

    frame = frame_rows(rows)
    beyond = dict.fromkeys(
        name for row in rows for name in row if name not in (*frame.columns, "inner", "layer", "fid")
    )
    for position, name in enumerate(beyond, len(frame.columns) - 1):
        frame.insert(position, name, [row.get(name) for row in rows])
    return frame


def frame_flat(rows: Iterable[Mapping[str, Any]]) -> dict[str, gpd.GeoDataFrame]:
    """Return layers from the rows of a flat file; those that are no claim name their ``layer``."""
    claims: list[Mapping[str, Any]] = []
    derived: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        (derived.setdefault(row["layer"], []) if row.get("layer") else claims).append(row)
    return frame_layers(claims, derived)


def frame_tables(tables: Mapping[str, list[Row]]) -> dict[str, gpd.GeoDataFrame]:
    """Return layers from rows by layer name, low outlines being rows of their own."""
    beside = (*DERIVED, *DRAWN, "sources")
    claims = [row for name, rows in tables.items() if name not in beside for row in rows]
    derived = {name: tables[name] for name in DERIVED if name in tables}
    return frame_layers(join_outlines([clean_row(row) for row in claims]), derived, tables.get("sources"))


def merge_layers(many: Sequence[Mapping[str, gpd.GeoDataFrame]]) -> dict[str, gpd.GeoDataFrame]:
    """Return the layers of several files as one set; a claim or report that comes twice is kept once."""
    import geopandas as gpd
    import pandas as pd

    if len(many) == 1:
        return dict(many[0])
    merged: dict[str, gpd.GeoDataFrame] = {}
    for name in order_layers({name: frame for layers in many for name, frame in layers.items()}):
        frames = [layers[name] for layers in many if name in layers]
        filled = [frame for frame in frames if len(frame)] or frames[:1]
        whole = filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)
        keys = [key for key in ("claim_id", "role") if key in whole.columns] or ["report"]
        if name not in DERIVED:
            whole = whole.drop_duplicates(subset=keys, ignore_index=True)
        merged[name] = gpd.GeoDataFrame(whole, geometry="geometry", crs="EPSG:4326")
    return merged

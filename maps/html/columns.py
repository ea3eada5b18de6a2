"""Many points packed into columns: whole numbers, byte planes, gzip, base64.

A column of n numbers is stored as its lowest bytes, then the next ones and so on, which packs far better than
number after number.  Rows are put in the order of a space-filling curve, so that coordinates are stored as
small steps.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.html.features import COORDINATE_SCALE, clean_value, read_day, side_of_row

if TYPE_CHECKING:
    import geopandas as gpd
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = ["Columns", "build_columns", "encode_base64", "pack_bytes", "split_frames"]

# Kinds whose shapes say more than a point does: they stay items whatever their number.
_SHAPED = ("control", "front_line", "front_band")
# Above this size the highest level of gzip takes seconds for a few percent.
_LARGE = 8_000_000
_MISSING = 0xFFFFFFFF

# Columns with few values, as codes into a list of words: name in the page -> column of the layers.
_CODED = {
    "kind": "kind",
    "status": "status",
    "held": "control_status",
    "place": "place",
    "place_kind": "place_kind",
    "unit": "count_unit",
    "who": "attribution",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Packed points.

    Attributes
    ----------
    head
        Number of points, layout of the numbers, and the lists that codes point into.
    numbers, texts
        base64 of gzip: the columns, and the quotes (one a line).
    sides
        The sides that occur, for the symbology.
    """

    head: dict[str, Any]
    numbers: str
    texts: str
    sides: tuple[str, ...]


def pack_bytes(content: bytes) -> str:
    """Return bytes as base64 of their gzip form; the same bytes always give the same text."""
    level = 6 if len(content) > _LARGE else 9
    return encode_base64(gzip.compress(content, level, mtime=0))


def encode_base64(content: bytes) -> str:
    """Return bytes as base64."""
    return base64.b64encode(content).decode("ascii")


def split_frames(
    frames: Mapping[str, gpd.GeoDataFrame], compact_above: int
) -> tuple[dict[str, gpd.GeoDataFrame], gpd.GeoDataFrame | None]:
    """Part frames into what is drawn as shapes and what is packed as points.

    Up to ``compact_above`` rows nothing is packed.  Above, all is but control, front lines, and arrows; where
    there are more courses than that, a movement is packed too, with its bearing.
    """
    import pandas as pd

    if sum(map(len, frames.values())) <= compact_above:
        return dict(frames), None
    vectors: dict[str, gpd.GeoDataFrame] = {}
    points = []
    for name, frame in frames.items():
        shaped = frame.geometry.geom_type.isin(["LineString", "MultiLineString"])
        keep = shaped | (name in _SHAPED and frame.geometry.geom_type != "Point")
        if "course" in frame.columns and 0 < frame["course"].notna().sum() <= compact_above:
            keep |= frame["course"].notna()
        if keep.any():
            vectors[name] = frame[keep]
        if not keep.all():
            points.append(frame[~keep])
    return vectors, (pd.concat(points, ignore_index=True) if points else None)


def build_columns(points: gpd.GeoDataFrame) -> Columns:
    """Return the packed form of rows that are drawn as points at their ``lon`` and ``lat``."""
    frame = _order_rows(_fill_points(points))
    numbers: dict[str, NDArray[Any]] = _pack_places(frame) | _pack_times(frame) | _pack_counts(frame)
    lists: dict[str, list[Any]] = {}
    for name, column in _CODED.items():
        numbers[name], lists[name] = _encode_words(frame, column)
    numbers["side"], lists["side"] = _encode_sides(frame)
    numbers["report"], lists["report"] = _encode_reports(frame)
    layout, content = _join_columns(numbers)
    head = {"count": len(frame), "scale": COORDINATE_SCALE, "layout": layout, "lists": lists}
    return Columns(
        head=head,
        numbers=pack_bytes(content),
        texts=pack_bytes(_join_quotes(frame).encode("utf-8")),
        sides=tuple(lists["side"]),
    )


def _fill_points(points: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return the rows with a longitude and latitude each, and without geometry."""
    import pandas as pd

    frame = pd.DataFrame(points.drop(columns=points.geometry.name))
    inside = points.geometry.representative_point()
    frame["lon"] = frame["lon"].fillna(inside.x) if "lon" in frame else inside.x
    frame["lat"] = frame["lat"].fillna(inside.y) if "lat" in frame else inside.y
    return frame


def _order_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort rows along a Z-order curve over a grid of 65,536 x 65,536 cells."""
    import numpy as np

    x = np.clip((frame["lon"].to_numpy() + 180) / 360 * 65535, 0, 65535).astype(np.uint64)
    y = np.clip((frame["lat"].to_numpy() + 90) / 180 * 65535, 0, 65535).astype(np.uint64)
    order = np.argsort(_spread_bits(x) | (_spread_bits(y) << np.uint64(1)), kind="stable")
    return frame.iloc[order].reset_index(drop=True)


def _spread_bits(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero bit between any two of the lower sixteen bits."""
    import numpy as np

    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        values = (values | (values << np.uint64(shift))) & np.uint64(mask)
    return values


def _pack_places(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    import numpy as np

    packed = {}
    for name in ("lon", "lat"):
        whole = np.rint(frame[name].to_numpy(dtype=float) * COORDINATE_SCALE).astype(np.int64)
        packed[name] = _zigzag(np.diff(whole, prepend=0)).astype("<u4")
    radius = _column(frame, "coordinate_uncertainty_m").fillna(0)
    packed["radius"] = radius.to_numpy(dtype=float).round().astype("<u4")
    packed["precision"] = _column(frame, "geo_precision").fillna(0).to_numpy(dtype=float).astype("u1")
    # Whole degrees, 1 to 360; 0 where nobody tells.
    headings = _column(frame, "bearing_deg").to_numpy(dtype=float, na_value=np.nan)
    if np.isfinite(headings).any():
        turned = np.where(np.isfinite(headings), np.rint(headings) % 360, -1)
        packed["bearing"] = (turned + 1).astype("<u2")
    return packed


def _zigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Map small numbers of either sign to small numbers without sign."""
    return (values << 1) ^ (values >> 63)


def _column(frame: pd.DataFrame, name: str) -> pd.Series[Any]:
    import pandas as pd

    if name in frame.columns:
        return frame[name].astype("object")
    return pd.Series([None] * len(frame), dtype="object")


def _pack_times(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    """Days as steps from a first one: 0 where open; the end as its distance from the start, modulo 2^32."""
    import numpy as np

    start, end = (_read_days(_column(frame, name)) for name in ("date_start", "date_end"))
    return {"from": start.astype("<u4"), "span": ((end - start) % 2**32).astype(np.uint64).astype("<u4")}


def _read_days(column: pd.Series[Any]) -> NDArray[np.int64]:
    """Unix days plus one million, so that 0 can mean none and days before 1970 stay positive."""
    import numpy as np
    import pandas as pd

    codes, values = pd.factorize(column)
    days = [read_day(value) for value in values]
    table = np.array([0 if day is None else day + 1_000_000 for day in days] + [0], dtype=np.int64)
    chosen: NDArray[np.int64] = table[codes]
    return chosen


def _pack_counts(frame: pd.DataFrame) -> dict[str, NDArray[Any]]:
    import numpy as np

    low, high = (_read_counts(_column(frame, name)) for name in ("count_low", "count_high"))
    return {"low": low.astype("<u4"), "more": ((high - low) % 2**32).astype(np.uint64).astype("<u4")}


def _read_counts(column: pd.Series[Any]) -> NDArray[np.int64]:
    import numpy as np

    values = column.to_numpy(dtype=float, na_value=np.nan)
    known = np.isfinite(values)
    counts = np.full(len(values), _MISSING, dtype=np.int64)
    counts[known] = np.clip(np.rint(values[known]), 0, _MISSING - 1).astype(np.int64)
    return counts


def _clean_words(frame: pd.DataFrame, name: str) -> NDArray[Any]:
    """Return a column's words as an array of texts; no word is the empty one."""
    import numpy as np
    import pandas as pd

    codes, words = pd.factorize(_column(frame, name).to_numpy(dtype="object"))
    table = np.array([str(clean_value(word) or "") for word in words] + [""], dtype="object")
    cleaned: NDArray[Any] = table[codes]
    return cleaned


def _encode_words(frame: pd.DataFrame, name: str) -> tuple[NDArray[Any], list[str]]:
    """Return codes of a column's words, and the words."""
    import pandas as pd

    codes, words = pd.factorize(_clean_words(frame, name), sort=True)
    return _shrink(codes), [str(word) for word in words]


def _encode_tuples(frame: pd.DataFrame, names: Sequence[str]) -> tuple[NDArray[Any], list[tuple[str, ...]]]:
    """Return codes of what several columns say together, and what they say."""
    import pandas as pd

    keys = pd.MultiIndex.from_arrays([_clean_words(frame, name) for name in names])
    codes, found = pd.factorize(keys, sort=True)
    return codes, [tuple(map(str, one)) for one in found]


def _encode_sides(frame: pd.DataFrame) -> tuple[NDArray[Any], list[str]]:
    names = ("actors", "side", "party", "control_status")
    codes, found = _encode_tuples(frame, names)
    sides = [side_of_row(dict(zip(names, one, strict=True))) for one in found]
    kept = sorted(set(sides))
    return _shrink([kept.index(side) for side in sides], codes), kept


def _encode_reports(frame: pd.DataFrame) -> tuple[NDArray[Any], list[list[str]]]:
    codes, reports = _encode_tuples(frame, ("report", "publisher", "url", "published"))
    return _shrink(codes), [list(report) for report in reports]


def _shrink(table: Any, codes: Any = None) -> NDArray[Any]:
    """Return codes in the smallest type that holds them all."""
    import numpy as np

    values = np.asarray(table)
    top = int(values.max()) if len(values) else 0
    typed = values.astype("u1" if top < 256 else "<u2" if top < 65_536 else "<u4")
    return typed if codes is None else typed[codes]


def _join_columns(numbers: Mapping[str, NDArray[Any]]) -> tuple[list[list[Any]], bytes]:
    """Return [name, bytes a number] of each column, and the columns as byte planes one after the other."""
    import numpy as np

    planes = [
        np.frombuffer(column.tobytes(), dtype="u1").reshape(-1, column.itemsize).T.tobytes()
        for column in numbers.values()
    ]
    return [[name, column.itemsize] for name, column in numbers.items()], b"".join(planes)


def _join_quotes(frame: pd.DataFrame) -> str:
    """Return the quotes, one a line."""
    quotes = (str(clean_value(quote) or "") for quote in _column(frame, "quote"))
    return "\n".join(" ".join(quote.split("\n")) if "\n" in quote else quote for quote in quotes)

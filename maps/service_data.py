"""What the service serves: collections of features from files, read again when a file changes."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.errors import FrontlineError
from geo.layers import add_arrows
from geo.schema import COLUMN_NAMES
from maps.colours import colour_rows
from maps.files import merge_layers, read_layers
from maps.files.flat import order_layers
from maps.files.geojson import list_features, normalise_shapes
from maps.files.values import Row, join_outlines, list_rows
from maps.qgis_style import title_layer
from maps.words import load_words

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Catalogue", "Collection", "Snapshot", "build_collections"]

_LAST_DAY, _FIRST_DAY = date.max.toordinal(), date.min.toordinal()


@dataclass(frozen=True, kw_only=True, eq=False)
class Collection:
    """One layer, ready to be asked.

    Attributes
    ----------
    id, title
        The layer's name, and its title for people.
    rows
        One a feature, with plain values.
    shapes
        Their shapes as GeoJSON wants them, None where there is none.
    identifiers
        Their ids, unique in the collection.
    first_days, last_days
        Days as proleptic ordinals, inclusive; an open end is the calendar's.
    properties
        Names that a feature has and that a filter may name.
    """

    id: str
    title: str
    rows: Sequence[Row]
    shapes: np.ndarray[Any, Any]
    identifiers: Sequence[str]
    first_days: np.ndarray[Any, Any]
    last_days: np.ndarray[Any, Any]
    properties: Sequence[str]
    tree: shapely.STRtree
    positions: Mapping[str, int]
    colours: Mapping[str, str]

    def bounds(self) -> list[float] | None:
        """West, south, east, north of all shapes; None where there is none."""
        box = shapely.total_bounds(self.shapes) if len(self.shapes) else np.full(4, np.nan)
        return None if np.isnan(box).any() else [float(value) for value in box]

    def interval(self) -> tuple[str | None, str | None] | None:
        """First and last day as ISO dates, None for an open end; None where no feature has a day."""
        dated = (self.first_days > _FIRST_DAY) | (self.last_days < _LAST_DAY)
        if not dated.any():
            return None
        start, end = int(self.first_days[dated].min()), int(self.last_days[dated].max())
        return (
            None if start == _FIRST_DAY else date.fromordinal(start).isoformat(),
            None if end == _LAST_DAY else date.fromordinal(end).isoformat(),
        )

    def encode(self, positions: Sequence[int]) -> list[str]:
        """Return features as GeoJSON text."""
        places = list(positions)
        return list(
            list_features(
                [self.rows[place] for place in places],
                self.shapes[places],
                columns=self.properties,
                identifiers=[self.identifiers[place] for place in places],
                colours=self.colours,
            )
        )


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All collections as they stood in the files at one moment."""

    collections: Mapping[str, Collection]
    layers: Mapping[str, gpd.GeoDataFrame]
    mark: tuple[tuple[int, int, int], ...]


@dataclass(kw_only=True)
class Catalogue:
    """The files and what was last read from them.

    A file that is being replaced is read when it stands whole; one that cannot be read leaves the last good
    snapshot in place, and ``fault`` says why.
    """

    paths: Sequence[Path]
    fault: str = ""
    _snapshot: Snapshot | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def current(self) -> Snapshot:
        """Return what the files hold now.

        Raises
        ------
        FrontlineError
            If they cannot be read and never could.
        """
        with self._lock:
            mark = self._mark_files()
            if self._snapshot is None or (mark and mark != self._snapshot.mark):
                self._refresh(mark)
            assert self._snapshot is not None
            return self._snapshot

    def _refresh(self, mark: tuple[tuple[int, int, int], ...]) -> None:
        try:
            layers = add_arrows(merge_layers([read_layers(path) for path in self.paths]))
            self._snapshot = Snapshot(collections=build_collections(layers), layers=layers, mark=mark)
            self.fault = ""
        except FrontlineError as error:
            if self._snapshot is None:
                raise
            self.fault = str(error)

    def _mark_files(self) -> tuple[tuple[int, int, int], ...]:
        """Moment, size and number of each file; empty while one is missing."""
        try:
            marks = [path.stat() for path in self.paths]
        except OSError:
            return ()
        return tuple((one.st_mtime_ns, one.st_size, one.st_ino) for one in marks)


def build_collections(layers: Mapping[str, gpd.GeoDataFrame]) -> dict[str, Collection]:
    """Return a collection a layer, one feature a claim."""
    words = load_words("en")
    rows = {name: join_outlines(list_rows(layers[name])) for name in order_layers(layers)}
    colours = colour_rows(row for some in rows.values() for row in some)
    return {
        name: _build_one(name, layers[name], some, title_layer(name, words), colours)
        for name, some in rows.items()
    }


def _build_one(
    name: str, frame: gpd.GeoDataFrame, rows: list[Row], title: str, colours: Mapping[str, str]
) -> Collection:
    shapes = normalise_shapes([row["geometry"] for row in rows])
    identifiers = _name_features(rows)
    beyond = [str(column) for column in frame.columns if column not in (*COLUMN_NAMES, "geometry")]
    known = [column for column in COLUMN_NAMES if column in frame.columns]
    return Collection(
        id=name,
        title=title,
        rows=rows,
        shapes=shapes,
        identifiers=identifiers,
        first_days=np.array([_count_day(row.get("date_start"), _FIRST_DAY) for row in rows], dtype=np.int64),
        last_days=np.array([_count_day(row.get("date_end"), _LAST_DAY) for row in rows], dtype=np.int64),
        properties=[*known, *beyond],
        tree=shapely.STRtree(shapes),
        positions={identifier: position for position, identifier in enumerate(identifiers)},
        colours=colours,
    )


def _count_day(day: date | None, otherwise: int) -> int:
    return otherwise if day is None else day.toordinal()


def _name_features(rows: Sequence[Row]) -> list[str]:
    """A claim's id, else a report's, else its number; made unique."""
    names: dict[str, None] = {}
    for number, row in enumerate(rows, 1):
        name = str(row.get("claim_id") or row.get("report") or number).replace("/", "_")
        unique, count = name, 1
        while unique in names:
            count += 1
            unique = f"{name}-{count}"
        names[unique] = None
    return list(names)

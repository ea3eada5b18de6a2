"""The offline base map: sheets of the world and of a region, later ones over earlier ones.

A sheet is an object in the form that ``data/basemap/README.md`` describes.  The shipped ones go into a page
as they are; a map of another part of the world gets a sheet cut out of the boundaries.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.resources import read_bytes
from maps.basemap_cut import cut_sheet
from maps.basemap_names import Label, list_labels, list_towns

__all__ = ["Basemap", "load_basemap"]

Box = tuple[float, float, float, float]

_WORLD, _REGION = "basemap/world.json.gz", "basemap/region.json.gz"
# Where the sheet of the region lies: west, south, east, north in degrees.
_REGION_BOX: Box = (19.5, 42.5, 50.5, 60.5)
# A view that covers more degrees than this needs no detail.
_WIDE = 70.0
_SOURCES = (
    "Natural Earth",
    "© OpenStreetMap contributors (ODbL)",
    "GSHHG (LGPL)",
    "GeoNames (CC BY 4.0)",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Basemap:
    """Packed sheets (gzip of JSON), the coarse one first, the names on them, and whom to name for them."""

    sheets: tuple[bytes, ...]
    labels: tuple[Label, ...]
    sources: tuple[str, ...] = _SOURCES

    def unpack(self) -> list[dict[str, Any]]:
        """Return the sheets."""
        return [_unpack(sheet) for sheet in self.sheets]


def load_basemap(limits: Box, lang: str, *, view: Box) -> Basemap:
    """Return the base map for a view.

    Parameters
    ----------
    limits
        Around the view, degrees: what is drawn in detail.
    lang
        BCP 47 tag of the language of the names; English where there are none in it.
    view
        What is shown at first: west, south, east, north in degrees.

    Raises
    ------
    DataError
        If a shipped file is missing.
    """
    sheets = [read_bytes(_WORLD)]
    towns: list[dict[str, Any]] = []
    if _lies_in(view, _REGION_BOX):
        sheets.append(read_bytes(_REGION))
    elif view[2] - view[0] < _WIDE:
        sheets.append(_pack(cut_sheet(limits, view[2] - view[0])))
        towns.append({"bbox": limits, "places": list_towns(limits)})
    labels = list_labels([*map(_unpack, sheets[: 2 - len(towns)]), *towns], limits, lang)
    return Basemap(sheets=tuple(sheets), labels=tuple(labels))


def _lies_in(view: Box, box: Box) -> bool:
    """Tell whether at least half of a view's width and height lies in a box."""
    across = min(view[2], box[2]) - max(view[0], box[0])
    upwards = min(view[3], box[3]) - max(view[1], box[1])
    return across > 0.5 * (view[2] - view[0]) and upwards > 0.5 * (view[3] - view[1])


@lru_cache(maxsize=4)
def _unpack(sheet: bytes) -> dict[str, Any]:
    """Return a sheet; whoever reads it leaves it as it is."""
    content: dict[str, Any] = json.loads(gzip.decompress(sheet))
    return content


def _pack(sheet: dict[str, Any]) -> bytes:
    text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)

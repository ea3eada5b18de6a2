"""simplestyle 1.1 keys, by which GitHub, geojson.io and others draw a GeoJSON feature.

simplestyle has no hatch and no dashes: a claimed zone has a faint fill, an expected one none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from maps.style import AREA_OPACITY, UNKNOWN, Pattern, pattern_of, side_of_claim

__all__ = ["STYLE_KEYS", "name_styles", "title_claim"]

STYLE_KEYS = (
    "title",
    "description",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "fill",
    "fill-opacity",
    "marker-color",
    "marker-size",
)
_FILL = {Pattern.SOLID: AREA_OPACITY, Pattern.HATCHED: 0.12, Pattern.OUTLINE: 0.0, Pattern.STRUCK: 0.0}
_POINTS = {"Point", "MultiPoint"}


def name_styles(row: Mapping[str, Any], colours: Mapping[str, str]) -> dict[str, Any]:
    """Return the simplestyle keys of a row, after the one symbology.

    ``colours`` are those of the map's sides (`maps.colours.colour_rows`).
    """
    shape = row.get("geometry")
    kind = "" if shape is None else shape.geom_type
    keys = {"title": title_claim(row), "description": row.get("quote") or ""}
    colour = colours.get(side_of_claim(row), UNKNOWN)
    keys.update(_choose_style(colour, row.get("status"), row.get("control_status"), kind))
    return keys


@lru_cache(maxsize=1024)
def _choose_style(colour: str, status: str | None, held: str | None, kind: str) -> Mapping[str, Any]:
    """Keys of colour and width: few, whatever the number of claims."""
    if not kind:
        return {}
    pattern = pattern_of(str(status), held)
    if kind in _POINTS:
        return {"marker-color": colour, "marker-size": "small" if pattern is Pattern.STRUCK else "medium"}
    keys = {"stroke": colour, "stroke-width": 2, "stroke-opacity": 0.5 if pattern is Pattern.STRUCK else 0.9}
    return keys | ({"fill": colour, "fill-opacity": _FILL[pattern]} if kind.endswith("Polygon") else {})


def title_claim(row: Mapping[str, Any]) -> str:
    """Return a short title of codes and names, untranslated ("strike (expected): Sumy, 12-20 drones")."""
    status, low, high = row.get("status"), row.get("count_low"), row.get("count_high")
    kind = row.get("kind") or ""
    if status and status != "reported":
        kind = f"{kind} ({status})"
    number = "" if low is None and high is None else _tell_range(low, high, row.get("count_unit") or "")
    place = row.get("place")
    told = f"{place}, {number}" if place and number else place or number
    return f"{kind}: {told}" if told else kind


def _tell_range(low: float | None, high: float | None, unit: str) -> str:
    if low is None and high is None:
        return ""
    if low == high:
        text = f"{low:.0f}"
    elif high is None:
        text = f"≥{low:.0f}"
    elif low is None:
        text = f"≤{high:.0f}"
    else:
        text = f"{low:.0f}-{high:.0f}"
    return f"{text} {unit}".strip()

"""simplestyle 1.1 keys, by which GitHub, geojson.io and others draw a GeoJSON feature.

simplestyle has no hatch and no dashes: a claimed zone has a faint fill, an expected one none.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maps.style import AREA_OPACITY, Pattern, pattern_of, side_colour, side_of, split_actors

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


def name_styles(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the simplestyle keys of a row, after the one symbology."""
    shape = row.get("geometry")
    keys: dict[str, Any] = {"title": title_claim(row), "description": row.get("quote") or ""}
    if shape is None:
        return keys
    colour = side_colour(side_of(split_actors(row.get("actors"))))
    pattern = pattern_of(str(row.get("status")), row.get("control_status"))
    if shape.geom_type in _POINTS:
        return keys | {
            "marker-color": colour,
            "marker-size": "small" if pattern is Pattern.STRUCK else "medium",
        }
    keys |= {"stroke": colour, "stroke-width": 2, "stroke-opacity": 0.5 if pattern is Pattern.STRUCK else 0.9}
    if shape.geom_type.endswith("Polygon"):
        keys |= {"fill": colour, "fill-opacity": _FILL[pattern]}
    return keys


def title_claim(row: Mapping[str, Any]) -> str:
    """Return a short title of codes and names, untranslated ("strike (expected): Sumy, 12-20 drones")."""
    status = row.get("status") or ""
    kind = f"{row.get('kind') or ''}{'' if status == 'reported' else f' ({status})'}"
    number = _tell_range(row.get("count_low"), row.get("count_high"), row.get("count_unit") or "")
    return ": ".join(
        part for part in (kind, ", ".join(one for one in (row.get("place"), number) if one)) if part
    )


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

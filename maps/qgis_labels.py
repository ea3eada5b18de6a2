"""Labels of claims in QGIS: the place in the reader's language, and below a circle its figure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from maps.places import find_names
from maps.qgis_stacks import Spot, list_offsets, measure_diameter
from maps.qgis_symbols import LabelLook, label_settings
from maps.style import BASE_COLOURS

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["build_labels", "choose_value"]

_INK = BASE_COLOURS["ink"]
# Millimetres: from a stack to the name beside it, and from a circle to the figure below it.
_BESIDE, _BELOW = 0.8, 0.4
# An expression that holds more names than this is slow.
_MOST_NAMES = 500
_LOW, _HIGH = 'coalesce("count_low", "count_high")', 'coalesce("count_high", "count_low")'
_FIGURE = (
    f'CASE WHEN {_LOW} = {_HIGH} AND "count_low" IS NOT NULL AND "count_high" IS NOT NULL '
    f"THEN format_number({_LOW}, 0) WHEN \"count_high\" IS NULL THEN concat('> ', format_number({_LOW}, 0)) "
    f"WHEN \"count_low\" IS NULL THEN concat('≤ ', format_number({_HIGH}, 0)) "
    f"ELSE concat(format_number({_LOW}, 0), '–', format_number({_HIGH}, 0)) END"
)


def build_labels(table: Table, language: str, spots: Mapping[str, Spot], largest: float) -> str:
    """Return a table's labels; empty for what has none.

    Parameters
    ----------
    table
        Of claims.
    language
        BCP 47 tag of the language of the places' names.
    spots
        Where signs stand that share a place (`maps.qgis_stacks.find_spots`).
    largest
        The map's largest figure of forces; 0 without any.
    """
    if table.layer in ("arrow", "front_line", "front_band"):
        return ""
    name = _name_place(table, language)
    if table.layer == "concentration" and largest:
        text, look = _label_forces(table, name, spots, largest)
    else:
        text, look = name, _choose_look(table, spots)
    hidden = f"CASE WHEN \"role\" = 'inner' THEN '' ELSE {text} END" if "role" in table.columns else text
    return label_settings(hidden, look)


def _label_forces(
    table: Table, name: str, spots: Mapping[str, Spot], largest: float
) -> tuple[str, LabelLook]:
    """The figure below its circle; a region's name stands on the base map, a town's before the figure."""
    diameter = measure_diameter(_HIGH, largest)
    offsets = {one: f"{x:g}" for one, (x, _) in list_offsets(table, spots).items()}
    across = choose_value(offsets, "claim_id", "0")
    varied = {"OffsetXY": f"concat({across}, ',', {diameter} / 2 + {_BELOW})"}
    named = f"CASE WHEN \"place_kind\" IN ('settlement', 'site') THEN concat({name}, '\\n') ELSE '' END"
    text = f"CASE WHEN {_HIGH} > 0 THEN concat({named}, {_FIGURE}) ELSE {name} END"
    return text, LabelLook(colour=_INK, size=8.0, placement=1, quadrant=7, offset=0.0, varied=varied)


def _choose_look(table: Table, spots: Mapping[str, Spot]) -> LabelLook:
    """At one fixed spot: where several claims share a place, their labels collide and one shows."""
    if table.family == "line":
        return LabelLook(colour=_INK, size=8.0, placement=4)
    ids = (str(one) for one in table.data.get("claim_id", ()))
    reaches = {one: f"{spots[one].right + _BESIDE:.2f},0" for one in ids if one in spots}
    varied = {"OffsetXY": choose_value(reaches, "claim_id", "3.2,0")} if reaches else {}
    return LabelLook(colour=_INK, size=8.0, placement=1, obstacle=table.family == "point", varied=varied)


def _name_place(table: Table, language: str) -> str:
    """Return an expression for the place's name: the column has the common English one."""
    known = {str(one) for one in table.data.get("geonameid", ()) if one}
    names = find_names(known, language) if language != "en" and len(known) <= _MOST_NAMES else {}
    return choose_value(names, "geonameid", None) if names else '"place"'


def choose_value(values: Mapping[str, str], column: str, otherwise: str | None) -> str:
    """Return an expression that picks a text by the value of a column; without one the place's name."""
    rest = '"place"' if otherwise is None else _quote(otherwise)
    if not values:
        return rest
    pairs = ",".join(f"{_quote(key)},{_quote(value)}" for key, value in values.items())
    return f'coalesce(map_get(map({pairs}), "{column}"), {rest})'


def _quote(text: str) -> str:
    """Return a text as a literal of QGIS, which knows the backslash as an escape."""
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"

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

__all__ = ["build_labels", "choose_value", "find_largest"]

_INK = BASE_COLOURS["ink"]
# Millimetres: from a stack to the name beside it, and from a circle to the figure below it.
_BESIDE, _BELOW = 0.8, 0.4
# An expression that holds more names than this is slow.
_MOST_NAMES = 500
_LOW, _HIGH = 'coalesce("count_low", "count_high")', 'coalesce("count_high", "count_low")'


def build_labels(table: Table, language: str, spots: Mapping[str, Spot]) -> str:
    """Return a table's labels; empty for what has none.

    Parameters
    ----------
    table
        Of claims.
    language
        BCP 47 tag of the language of the places' names.
    spots
        Where signs stand that share a place (`maps.qgis_stacks.find_spots`).
    """
    if table.layer in ("arrow", "front_line", "front_band"):
        return ""
    name = _name_place(table, language)
    if table.layer == "concentration" and find_largest(table):
        text, look = _label_forces(table, name, language, spots)
    else:
        text, look = name, _choose_look(table, spots)
    hidden = f"CASE WHEN \"role\" = 'inner' THEN '' ELSE {text} END" if "role" in table.columns else text
    return label_settings(hidden, look)


def _label_forces(table: Table, name: str, language: str, spots: Mapping[str, Spot]) -> tuple[str, LabelLook]:
    """The figure below its circle; a region's name stands on the base map, a town's before the figure."""
    diameter = measure_diameter(_HIGH, find_largest(table))
    offsets = {one: f"{x:g}" for one, (x, _) in list_offsets(table, spots).items()}
    across = choose_value(offsets, "claim_id", "0")
    varied = {"OffsetXY": f"concat({across}, ',', {diameter} / 2 + {_BELOW})"}
    named = f"CASE WHEN \"place_kind\" IN ('settlement', 'site') THEN concat({name}, '\\n') ELSE '' END"
    text = f"CASE WHEN {_HIGH} > 0 THEN concat({named}, {_tell_figure(language)}) ELSE {name} END"
    return text, LabelLook(colour=_INK, size=8.0, placement=1, quadrant=7, offset=0.0, varied=varied)


def _tell_figure(language: str) -> str:
    """Return an expression for a range of numbers, written as the language writes them."""
    low, high = (f"format_number({figure}, 0, {_quote(language)})" for figure in (_LOW, _HIGH))
    return (
        f"CASE WHEN \"count_high\" IS NULL THEN concat('> ', {low}) "
        f"WHEN \"count_low\" IS NULL THEN concat('≤ ', {high}) "
        f"WHEN {_LOW} = {_HIGH} THEN {low} ELSE concat({low}, '–', {high}) END"
    )


def find_largest(table: Table) -> float:
    """Return the largest figure of forces in a table; 0 without any."""
    figures = table.list_together("count_low", "count_high")
    return float(max((max(low or 0, high or 0) for low, high in figures), default=0))


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

"""How QGIS shows the attributes of claims: columns that tell nothing are hidden, codes are shown in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from maps.words import Words

if TYPE_CHECKING:
    from maps.files.geopackage import Table

__all__ = ["build_forms"]

# For programs: they stay in the file, and QGIS shows them when asked.
_TECHNICAL = ("claim_id", "geonameid", "quote_start", "quote_end", "inner_wkt", "course", "reading", "role")
# Columns of codes, and the words' group of the lexicon.
_CODED = {
    "kind": "kinds",
    "status": "statuses",
    "control_status": "control_statuses",
    "place_kind": "place_kinds",
}
_WIDE, _USUAL = 320, -1
_LONG = ("quote", "why", "unplaced", "url")


def build_forms(table: Table, words: Words) -> str:
    """Return the settings of a table's attribute table and of its fields."""
    columns = "".join(
        f'<column type="field" name={quoteattr(name)} hidden="{int(_is_hidden(table, name))}" '
        f'width="{_WIDE if name in _LONG else _USUAL}"/>'
        for name in table.columns
    )
    fields = "".join(
        f'<field name="{name}" configurationFlags="None">{_map_values(words.table[group])}</field>'
        for name, group in _CODED.items()
        if name in table.columns
    )
    return (
        f"<fieldConfiguration>{fields}</fieldConfiguration>"
        '<attributetableconfig sortExpression="" sortOrder="0" actionWidgetStyle="dropDown"><columns>'
        f'<column type="field" name="fid" hidden="1" width="{_USUAL}"/>{columns}'
        "</columns></attributetableconfig>"
    )


def _is_hidden(table: Table, name: str) -> bool:
    return name in _TECHNICAL or all(value in (None, "") for value in table.data.get(name, ()))


def _map_values(words: Mapping[str, str]) -> str:
    options = "".join(
        f'<Option type="Map"><Option name={quoteattr(word)} type="QString" value={quoteattr(code)}/></Option>'
        for code, word in words.items()
    )
    return (
        '<editWidget type="ValueMap"><config><Option type="Map"><Option name="map" type="List">'
        f"{options}</Option></Option></config></editWidget>"
    )

"""What a user can choose about a map."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LegendRow", "MapOptions", "Table"]


@dataclass(frozen=True, kw_only=True, slots=True)
class LegendRow:
    """An area of the legend: its side, its pattern (see `maps.style.Pattern`) and what it means here."""

    side: str
    pattern: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A small table of the panel, its first row the heads, all in the reader's language."""

    title: str
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MapOptions:
    """Choices for a map or a picture of it.

    Attributes
    ----------
    title
        Title; empty for a general one in the map's language.
    lang
        BCP 47 tag of the language of legend, panels and place names.
    tiles
        True adds online tiles; the page then asks a server for them.  Off, it asks nobody.
    tile_url, tile_credit
        Other tiles than OpenStreetMap's: a template with ``{z}``, ``{x}`` and ``{y}``, and whom to name for
        them (their host, if empty).
    point_of_view
        A sentence on whose borders are shown; empty for the shipped one.
    generated
        When it was made, as the user wants it written; empty to leave it out, so that the same input gives
        the same bytes.
    compact_above
        From how many features on the points are packed into columns and drawn on canvas tiles.
    still
        True for a map of one day: no slider over time, no numbers of claims.
    legend
        What the areas mean; empty to tell it from what is on the map.
    table
        A table for the panel, if any.
    """

    title: str = ""
    lang: str = "en"
    tiles: bool = False
    tile_url: str = ""
    tile_credit: str = ""
    point_of_view: str = ""
    generated: str = ""
    compact_above: int = 2000
    still: bool = False
    legend: tuple[LegendRow, ...] = ()
    table: Table | None = None

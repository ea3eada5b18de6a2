"""What a user can choose about a map."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MapOptions"]


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
    point_of_view
        A sentence on whose borders are shown; empty for the shipped one.
    generated
        When it was made, as the user wants it written; empty to leave it out, so that the same input gives
        the same bytes.
    compact_above
        From how many features on the points are packed into columns and drawn on canvas tiles.
    """

    title: str = ""
    lang: str = "en"
    tiles: bool = False
    point_of_view: str = ""
    generated: str = ""
    compact_above: int = 2000

"""The HTML map: one file that opens anywhere, without a network, and tells how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maps.html.options import MapOptions

if TYPE_CHECKING:
    from maps.html.page import FrontlineMap, build_map, render_html, write_html

__all__ = ["FrontlineMap", "MapOptions", "build_map", "render_html", "write_html"]


def __getattr__(name: str) -> Any:
    """Import the page and folium with it only for whoever asks: pictures share the rest of this package."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from maps.html import page

    return getattr(page, name)

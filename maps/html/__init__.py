"""The HTML map: one file that opens anywhere, without a network, and tells how sure it is."""

from __future__ import annotations

from maps.html.options import MapOptions
from maps.html.page import FrontlineMap, build_map, render_html, write_html

__all__ = ["FrontlineMap", "MapOptions", "build_map", "render_html", "write_html"]

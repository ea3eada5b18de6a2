"""From layers to what people open: HTML, pictures, GIS files, a service.

    import maps

    maps.write_layers(layers, Path("layers.gpkg"))
    maps.write_html(layers, Path("map.html"), maps.MapOptions(title="Kursk, November 2024"))

Files are written whole or not at all.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from typing import Any

    from maps.files import WriteOptions, read_layers, write_layers
    from maps.html import MapOptions, build_map, render_html, write_html
    from maps.picture import draw_picture

__all__ = [
    "MapOptions",
    "WriteOptions",
    "build_map",
    "draw_picture",
    "read_layers",
    "render_html",
    "write_html",
    "write_layers",
]

_HOMES = {
    "MapOptions": "maps.html",
    "WriteOptions": "maps.files",
    "build_map": "maps.html",
    "draw_picture": "maps.picture",
    "read_layers": "maps.files",
    "render_html": "maps.html",
    "write_html": "maps.html",
    "write_layers": "maps.files",
}


def __getattr__(name: str) -> Any:
    """Import a public name from its home when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'maps' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__

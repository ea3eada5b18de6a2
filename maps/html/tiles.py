"""Online tiles under the map, where the user chose them: whom the page may ask, and whom it names."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from geo.errors import InputError
from maps.html.options import MapOptions

__all__ = ["Tiles", "choose_tiles", "read_template_url"]

_OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
_OSM_CREDIT = '<a href="https://www.openstreetmap.org/copyright" rel="noopener noreferrer">OpenStreetMap</a>'
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
# What may stand in the host of a Content-Security-Policy: nothing that ends its entry.
_HOST = re.compile(r"(?:\{s\}\.)?(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?|\[::1\](?::\d{1,5})?")
_NEEDED = ("{z}", "{x}", "{y}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tiles:
    """Where tiles come from.

    Attributes
    ----------
    url
        Template with ``{z}``, ``{x}`` and ``{y}``.
    credit
        Whom to name, as safe HTML.
    source
        The entry of the page's policy that lets tiles in.
    """

    url: str
    credit: str
    source: str


def choose_tiles(options: MapOptions) -> Tiles | None:
    """Return the tiles that the user chose, or None: then the page asks nobody.

    Raises
    ------
    InputError
        If the template cannot be used.
    """
    if not options.tiles and not options.tile_url:
        return None
    url = options.tile_url or _OSM
    source = read_template_url(url)
    named = options.tile_credit or urlsplit(source.replace("*.", "")).hostname or ""
    credit = html.escape(named) if options.tile_url or options.tile_credit else _OSM_CREDIT
    return Tiles(url=url, credit=credit, source=source)


def read_template_url(url: str) -> str:
    """Return the scheme and host of a template for tiles, as a policy names them.

    Raises
    ------
    InputError
        If it has no place for zoom, column and row, or is not HTTPS (on this machine HTTP will do).
    """
    missing = [part for part in _NEEDED if part not in url]
    if missing:
        raise InputError(
            f"tiles {url!r}: {' '.join(missing)} is missing; write https://host/{{z}}/{{x}}/{{y}}.png"
        )
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0]
    if not _HOST.fullmatch(host):
        raise InputError(f"tiles {url!r}: {host!r} is no host; write https://host/{{z}}/{{x}}/{{y}}.png")
    local = host.rsplit(":", 1)[0] in _LOOPBACK or host in _LOOPBACK
    if scheme != "https" and not (scheme == "http" and local):
        raise InputError(f"tiles {url!r}: only https is let into the page; plain http only from this machine")
    return f"{scheme}://{host.replace('{s}', '*')}"

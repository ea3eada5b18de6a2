"""One self-contained page out of folium: every link is replaced by the vendored file it names.

Two traps of branca decide how this is built.  Links join the page's header only while it renders, so they
are filled in afterwards; and `branca.element.Element(text)` compiles its text as a Jinja template, so foreign
words in it would be run as one: they enter a page only through `Raw`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from branca.element import CssLink, Element, Figure, Link
from jinja2 import Template

from geo.errors import DataError, OutputError

__all__ = ["OfflineFigure", "Raw", "read_asset", "read_inline_asset", "read_template"]

_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class Raw(Element):
    """An element whose text goes into the page as it stands, never compiled as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Raw"
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        """Return the text."""
        return self.text


@lru_cache(maxsize=1)
def _list_assets() -> tuple[dict[str, str], ...]:
    return tuple(tomllib.loads(read_asset("ASSETS.toml").decode("utf-8"))["asset"])


def read_asset(name: str) -> bytes:
    """Return the bytes of a vendored file; `DataError` if it is missing."""
    path = files("maps.assets").joinpath(name)
    if not path.is_file():
        raise DataError(f"asset {name!r} is missing; reinstall frontline-map")
    return path.read_bytes()


@lru_cache(maxsize=64)
def read_template(name: str) -> str:
    """Return the text of one of our own page parts; `DataError` if it is missing."""
    path = files("maps.templates").joinpath(name)
    if not path.is_file():
        raise DataError(f"page part {name!r} is missing; reinstall frontline-map")
    return path.read_text("utf-8")


@lru_cache(maxsize=64)
def read_inline_asset(url: str) -> str:
    """Return the text to write into a page in place of a link.

    Parameters
    ----------
    url
        The address that folium or a plugin links.

    Raises
    ------
    OutputError
        If no vendored file stands in for it: a page never links what it does not hold.
    """
    for asset in _list_assets():
        if asset["link"] and re.search(asset["link"], url):
            return _make_inline(asset)
    raise OutputError(
        f"the page would link {url!r}, for which there is no vendored file; leave out the plugin that asks "
        "for it, or add the file to maps/assets and ASSETS.toml"
    )


def _make_inline(asset: dict[str, str]) -> str:
    text = read_asset(asset["file"]).decode("utf-8").replace("\r\n", "\n")
    text = re.sub(r"//# sourceMappingURL=\S*|/\*# sourceMappingURL=.*?\*/", "", text)
    if asset["file"].endswith(".css"):
        text = re.sub(r"url\(['\"]?([^)'\"]+)['\"]?\)", _inline_url, text)
    else:
        text = _hide_tags(text)
    return f"/* {asset['notice']} */\n{text}" if asset["notice"] else text


def _hide_tags(script: str) -> str:
    """Keep the HTML parser out of a script's string literals."""
    return re.sub(r"<(/?)(script|style|!--)", r"\\x3c\1\2", script, flags=re.IGNORECASE)


def _inline_url(match: re.Match[str]) -> str:
    url = match.group(1)
    if url.startswith(("data:", "#")):
        return match.group(0)
    return f"url({make_data_uri(url.rsplit('/', 1)[-1])})"


def make_data_uri(name: str) -> str:
    """Return a vendored picture as a ``data:`` URI."""
    suffix = name[name.rfind(".") :]
    encoded = base64.b64encode(read_asset(name)).decode("ascii")
    return f"data:{_TYPES.get(suffix, 'application/octet-stream')};base64,{encoded}"


class OfflineFigure(Figure):
    """A figure that renders to one file without links, under a Content-Security-Policy with a nonce.

    Parameters
    ----------
    title
        Title of the page; plain text.
    lang
        Language of the page, BCP 47.
    image_sources
        Further sources for the policy's ``img-src`` (the host of online tiles).
    """

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.lang|e }}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="{{ this.policy|e }}">\n'
        "<title>{{ this.title|e }}</title>\n"
        "{{ header }}\n"
        "</head>\n"
        "<body>\n"
        "{{ html }}\n"
        '<script nonce="{{ this.nonce }}">\n{{ script }}\n</script>\n'
        "</body>\n"
        "</html>\n"
    )

    def __init__(self, *, title: str = "", lang: str = "en", image_sources: tuple[str, ...] = ()) -> None:
        super().__init__(ratio="70%", title=title)
        self.lang = lang
        self.nonce = ""
        self.image_sources = image_sources
        # The page has its own <meta charset>.
        _parts_of(self.header).pop("meta_http", None)

    @property
    def policy(self) -> str:
        """The Content-Security-Policy: nothing from outside, no script without the nonce."""
        images = " ".join(("data:", "blob:", *self.image_sources))
        return (
            f"default-src 'none'; script-src 'nonce-{self.nonce}'; style-src 'unsafe-inline'; "
            f"img-src {images}; font-src data:; base-uri 'none'; form-action 'none'"
        )

    def render(self, **kwargs: Any) -> str:
        """Render the page; the same tree with the same names gives the same text.

        Raises
        ------
        OutputError
            If an element links what is not vendored.
        """
        for child in list(self._children.values()):
            child.render(**kwargs)
        body = "\n".join(part.render(**kwargs) for part in _parts_of(self.html).values())
        script = "\n".join(part.render(**kwargs) for part in _parts_of(self.script).values())
        self.nonce = _make_nonce(self.title or "", body, script)
        header = "\n".join(self._render_head_part(part, **kwargs) for part in _parts_of(self.header).values())
        page: str = self._template.render(this=self, header=header, html=body, script=script)
        return page

    def _render_head_part(self, part: Element, **kwargs: Any) -> str:
        if isinstance(part, CssLink):
            return f"<style>{read_inline_asset(part.url)}</style>"
        if isinstance(part, Link):
            return f'<script nonce="{self.nonce}">{read_inline_asset(part.url)}</script>'
        text: str = part.render(**kwargs)
        return text.replace("<script>", f'<script nonce="{self.nonce}">')


def _parts_of(element: Element) -> dict[str, Element]:
    parts: dict[str, Element] = element._children  # noqa: SLF001 (branca has no public name for it)
    return parts


def _make_nonce(*texts: str) -> str:
    """Return a nonce that no text inside the page can know: it is a digest of all of them."""
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass"))
    return base64.urlsafe_b64encode(digest.digest()[:18]).decode("ascii")

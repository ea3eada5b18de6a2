"""The pages of the service for people: plain HTML without scripts; every value is escaped."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geo.language.lexicon import load_lexicon
from geo.schema import COLUMNS
from maps.service_data import Collection

__all__ = ["build_page", "link", "list_links", "show_collection", "show_features", "show_table"]

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto;padding:1rem;color:#24221f;"
    "background:#fdfcfa}h1{font-size:1.5rem}h2{font-size:1.15rem}a{color:#00558a}nav{margin-bottom:1rem}"
    "table{border-collapse:collapse;width:100%;font-size:.9rem}caption{text-align:left;padding:.4rem 0}"
    "th,td{border-bottom:1px solid #ddd7ca;text-align:left;padding:.3rem .5rem;vertical-align:top}"
    ".short{white-space:nowrap}.long{min-width:22rem}.key{overflow-wrap:anywhere;min-width:9rem}"
    "th{background:#f4f1ea}.scroll{overflow-x:auto}code{background:#f4f1ea;padding:0 .2rem}"
)
_SHORT = 30  # letters of a cell that stay on one line
# What a page of features shows; the rest is one click away.
_SHOWN = (
    "kind",
    "status",
    "control_status",
    "actors",
    "place",
    "date_start",
    "date_end",
    "quote",
    "publisher",
    "report",
    "url",
    "claims",
)


def load_file_words(language: str = "en") -> Mapping[str, str]:
    """Return the service's words in a language."""
    table = load_lexicon(language).table("files")
    return {str(key): str(value) for key, value in table.items()}


def link(address: str, text: str) -> str:
    """Return a link; an address that is not http(s) stays text."""
    if not address.startswith(("http://", "https://", "/")):
        return html.escape(text)
    return f'<a href="{html.escape(address)}">{html.escape(text)}</a>'


def list_links(links: Iterable[tuple[str, str]]) -> str:
    """Return (address, text) pairs as a list."""
    return "<ul>" + "".join(f"<li>{link(address, text)}</li>" for address, text in links) + "</ul>"


def build_page(title: str, body: str, *, trail: Sequence[tuple[str, str]] = (), language: str = "en") -> str:
    """Return a whole page; ``trail`` are the (address, text) pairs that lead to it."""
    path = " / ".join(link(address, text) for address, text in trail)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<nav>{path}</nav><main><h1>{html.escape(title)}</h1>{body}</main></body></html>"
    )


def show_table(rows: Iterable[Sequence[Any]], head: Sequence[str], caption: str = "") -> str:
    """Return a table; cells that are already HTML come as `Markup`."""
    top = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in head)
    body = "".join("<tr>" + "".join(map(_show_cell, row)) + "</tr>" for row in rows)
    title = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return (
        f'<div class="scroll"><table>{title}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


class Markup(str):
    """HTML made here, with its values escaped."""

    __slots__ = ()


def _show_cell(cell: Any) -> str:
    if isinstance(cell, Markup):
        return f'<td class="key">{cell}</td>'
    text = "" if cell is None else str(cell)
    wide = ("long" if " " in text else "key") if len(text) > _SHORT else "short"
    return f'<td class="{wide}">{html.escape(text)}</td>'


def show_collection(collection: Collection, base: str) -> str:
    """Return what a collection's own page says."""
    words = load_file_words()
    bounds, interval = collection.bounds(), collection.interval()
    facts: list[tuple[str, object]] = [(words["items"], len(collection.rows))]
    facts += [("bbox", ", ".join(f"{value:.4f}" for value in bounds))] if bounds else []
    facts += [("datetime", "/".join(end or ".." for end in interval))] if interval else []
    address = f"{base}/collections/{collection.id}/items"
    links = [(address, words["items"]), (f"{address}?f=json", words["as_geojson"])]
    told = {column.name: (column.alias, column.description) for column in COLUMNS}
    filters = ((name, *told.get(name, ("", ""))) for name in collection.properties)
    names = show_table(filters, [words["filters"], "", ""])
    return show_table(facts, [words["field"], words["value"]]) + list_links(links) + names


def show_features(collection: Collection, positions: Sequence[int], base: str) -> str:
    """Return a page of features as a table, each linked to its own page."""
    shown = [name for name in _SHOWN if name in collection.properties]
    rows = []
    for position in positions:
        name = collection.identifiers[position]
        address = f"{base}/collections/{collection.id}/items/{name}"
        row = collection.rows[position]
        cells = [
            Markup(link(str(row[key]), str(row[key]))) if key == "url" and row.get(key) else row.get(key)
            for key in shown
        ]
        rows.append([Markup(link(address, name)), *cells])
    return show_table(rows, ["id", *shown])


def show_feature(row: Mapping[str, Any], collection: Collection) -> str:
    """Return one feature as a table of its properties."""
    words = load_file_words()
    rows = [
        (
            name,
            Markup(link(str(row[name]), str(row[name])))
            if name == "url" and row.get(name)
            else row.get(name),
        )
        for name in collection.properties
    ]
    return show_table(rows, [words["field"], words["value"]])

"""Map tips of QGIS: what the page's cards tell, as text and never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from maps.qgis_labels import choose_value
from maps.words import Words

__all__ = ["build_tip"]


def build_tip(columns: Iterable[str], words: Words) -> str:
    """Return a map tip: place, what and how sure, whose, when, the quote and its source."""
    present = set(columns)
    lines = [
        ("<b>{}</b>", _take(("place",), present)),
        ("{}", " || ' · ' || ".join(_list_codes(present, words))),
        ("{}", _span_days(present)),
        ("<q>{}</q>", _take(("quote",), present)),
        ("{}", _take(("attribution",), present)),
        ("{}", _take(("publisher", "published"), present)),
    ]
    return "<br/>".join(tag.format(f"[% {_escape(text)} %]") for tag, text in lines if text)


def _take(names: Sequence[str], present: set[str]) -> str:
    known = [f"coalesce(to_string(\"{name}\"), '')" for name in names if name in present]
    return " || ' ' || ".join(known)


def _list_codes(present: set[str], words: Words) -> list[str]:
    """Kind, status and actors: the first two in words, as the legend has the sides."""
    told = []
    if "kind" in present:
        told.append(choose_value(words.table["kinds"], "kind", ""))
    if "status" in present:
        status = choose_value(words.table["statuses"], "status", "")
        if "control_status" in present:
            held = choose_value(words.table["control_statuses"], "control_status", "")
            is_held = "\"status\" = 'reported' AND \"control_status\" <> ''"
            status = f"CASE WHEN {is_held} THEN {held} ELSE {status} END"
        told.append(f"({status})")
    if "actors" in present:
        told.append("coalesce(to_string(\"actors\"), '')")
    return told


def _span_days(present: set[str]) -> str:
    if not {"date_start", "date_end"} <= present:
        return ""
    start, end = (
        'coalesce(format_date("' + name + "\", 'yyyy-MM-dd'), '…')" for name in ("date_start", "date_end")
    )
    return f'CASE WHEN "date_start" = "date_end" THEN {start} ELSE {start} || \' – \' || {end} END'


def _escape(text: str) -> str:
    """An expression for a text as HTML."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = f"replace({text}, '{sign}', '{entity}')"
    return text

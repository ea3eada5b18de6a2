"""A claim in words: what, how sure, whose, when, where and how many; for balloons and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maps.files.values import clean_date
from maps.style import split_actors
from maps.words import Words

__all__ = ["tell_claim", "tell_place", "tell_status"]

Row = Mapping[str, Any]

# Places of these kinds, or of ACLED's precision 3, are wider than a spot on the map.
_WIDE = ("region", "country", "area", "district")
_REGION = 3


def tell_claim(row: Row, words: Words) -> list[str]:
    """Return lines about a claim in the language of ``words``: what it is, when, where, how many."""
    sides = ", ".join(map(words.side, split_actors(row.get("actors"))))
    kind = words.word("kinds", str(row["kind"])) if row.get("kind") else ""
    days = clean_date(row.get("date_start")), clean_date(row.get("date_end"))
    when = words.dates(*days) if any(days) else ""
    head = " · ".join(filter(None, (kind, tell_status(row, words) if kind else "", sides)))
    number = words.amount(row.get("count_low"), row.get("count_high"), str(row.get("count_unit") or ""))
    lines = (
        head,
        when,
        tell_place(row, words),
        f"{words.text('number')}{words.table['colon']}{number}" if number else "",
    )
    return [line for line in lines if line]


def tell_status(row: Row, words: Words) -> str:
    """Return how sure a claim is: who says that a side holds a place, else reported, expected or denied."""
    status, held = str(row.get("status") or "reported"), row.get("control_status")
    return (
        words.word("control_statuses", str(held))
        if held and status == "reported"
        else words.word("statuses", status)
    )


def tell_place(row: Row, words: Words) -> str:
    """Return how exactly the place is known; empty where no place is told."""
    kind = row.get("place_kind")
    if not kind:
        return ""
    word = words.word("place_kinds", str(kind))
    if kind in _WIDE or row.get("geo_precision") == _REGION:
        return words.text("imprecise", kind=word)
    km = float(row.get("coordinate_uncertainty_m") or 0) / 1000
    return words.text("precise", kind=word, km=words.number(round(km, 1)))

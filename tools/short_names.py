"""Short forms of units: abbreviated states, and counties named with the word before them."""

from __future__ import annotations

import re

from rows import CURRENT, Row

__all__ = ["COUNTY_FIRST", "abbreviate", "name_county"]

_DOTTED = re.compile(r"(?:[A-Z]\.)+|[A-Z]+")


def abbreviate(row: Row, name: str) -> None:
    """Add a short form; one with a dot ("Ky.") keeps it, for without it the word is another."""
    if name.endswith(".") and not _DOTTED.fullmatch(name):
        row.names.setdefault(name.lower(), CURRENT)
    else:
        row.set_flag(name, CURRENT)


# Where counties are named with the word before them.
COUNTY_FIRST = ("IE",)


def name_county(row: Row, name: str) -> None:
    """Add "County Cork" and "Co Cork"."""
    for word in ("County", "Co"):
        row.add(f"{word} {name}", CURRENT)

"""Words of maps, pictures and legends, from ``[interface]`` of the lexicon: dates, numbers, plurals."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.language.lexicon import load_lexicon
from maps.style import CONTESTED_SIDE

__all__ = ["Words", "load_words"]


# Sentences that `maps.reasons` puts into words, and words of the terminal.
_TOLD = ("notes", "reasons", "rules", "why", "stages")


@dataclass(frozen=True, kw_only=True, eq=False)
class Words:
    """The interface's words in one language; `texts` are whole phrases, the methods put values into words."""

    lang: str
    table: Mapping[str, Any]

    def as_page(self) -> dict[str, Any]:
        """Return the words as plain values, for the page's script; reasons go over told, not as words."""
        return {key: _thaw(value) for key, value in self.table.items() if key not in _TOLD}

    def text(self, key: str, **values: object) -> str:
        """Return a phrase with its ``{names}`` filled in; the key itself where there is none."""
        phrase = str(self.table["texts"].get(key, key))
        for name, value in values.items():
            phrase = phrase.replace("{" + name + "}", str(value))
        return phrase

    def word(self, group: str, code: str) -> str:
        """Return the word for a code ("kinds", "strike"); the code itself where there is none."""
        return str(self.table[group].get(code, code))

    def side(self, code: str) -> str:
        """Return the name of a side; its code where it has none here."""
        if not code:
            return self.text("unknown_side")
        return self.text("both_sides") if code == CONTESTED_SIDE else self.word("sides", code)

    def number(self, value: float) -> str:
        """Return a number with the language's separators, at most two decimals."""
        whole = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
        swap = {",": self.table["thousands"], ".": self.table["decimal"]}
        return "".join(swap.get(sign, sign) for sign in whole)

    def tenths(self, value: float) -> str:
        """Return a number with one decimal, so that a column of them is easily compared."""
        whole, tenth = f"{abs(value):.1f}".split(".")
        sign = "−" if value < 0 and float(f"{value:.1f}") else ""
        return f"{sign}{self.number(int(whole))}{self.table['decimal']}{tenth}"

    def gain(self, value: float) -> str:
        """Return a number with one decimal and its sign; a zero has none."""
        told = self.tenths(value)
        return f"+{told}" if value > 0 and float(f"{value:.1f}") else told

    def span(self, low: float | None, high: float | None) -> str:
        """Return a range of numbers in words; empty where both ends are unknown."""
        if low is None or math.isnan(low):
            return "" if high is None or math.isnan(high) else self.text("up_to", n=self.number(high))
        if high is None or math.isnan(high):
            return self.text("more_than", n=self.number(low))
        return self.number(low) if low == high else f"{self.number(low)}–{self.number(high)}"

    def amount(self, low: float | None, high: float | None, unit: str) -> str:
        """Return a range of things in words ("up to 40,000 soldiers"); an unknown unit stands as it is."""
        told, most = self.span(low, high), high if high is not None else low
        if not told or most is None or not unit:
            return told
        noun = self.count("units", unit, round(most)) if unit in self.table["units"] else unit
        return f"{told} {noun}"

    def count(self, group: str, key: str, value: int) -> str:
        """Return a counted noun ("3 claims") in the right form."""
        forms = self.table[group][key]
        return str(forms[self._form(value)]).replace("{n}", self.number(value))

    def _form(self, value: int) -> int:
        """Index of the form for one, a few and many."""
        match self.table["plural_rule"]:
            case "slavic":
                return _form_slavic(value)
            case "zero_one":
                return 0 if value < 2 else 2
            case _:
                return 0 if value == 1 else 2

    def date(self, day: dt.date | None, *, short: bool = False) -> str:
        """Return a date in words, ``short`` without its year; empty where there is none."""
        if day is None:
            return ""
        number = self.table["first_day"] if day.day == 1 else day.day
        names = {"day": number, "month": self.table["months"][day.month - 1], "year": day.year}
        return str(self.table["date_short" if short else "date"]).format(**names)

    def dates(self, start: dt.date | None, end: dt.date | None) -> str:
        """Return a span of days in words; an open end is said to be open."""
        if start is None or end is None:
            if start is not None:
                return self.text("from_on", date=self.date(start))
            return self.text("until", date=self.date(end)) if end is not None else self.text("undated")
        short = start.year == end.year
        return self.date(start) if start == end else f"{self.date(start, short=short)} – {self.date(end)}"


def _thaw(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _thaw(item) for key, item in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _form_slavic(value: int) -> int:
    if value % 10 == 1 and value % 100 != 11:
        return 0
    return 1 if 2 <= value % 10 <= 4 and not 12 <= value % 100 <= 14 else 2


def load_words(lang: str) -> Words:
    """Return the words of a language.

    Raises
    ------
    DataError
        If there is no lexicon for it, or it has no ``[interface]``.
    """
    lexicon = load_lexicon(lang)
    return Words(lang=lexicon.tag, table=lexicon.table("interface"))

"""The day that stands in the heading of a document, in any language of the lexicons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

__all__ = ["find_day"]

_LINES = 12  # lines of a heading: a letterhead, a title, a line of day and place
_LONG = 120  # letters of its longest line; a longer one is running text, which tells of other days
_NUMBERED = re.compile(r"(?<![\d.])(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.(\d{1,2})\.(\d{4}))(?![\d.]*\d)")


def find_day(text: str, latest: date | None = None) -> date | None:
    """Return the last full date in the short lines at the top of a text, or None.

    Parameters
    ----------
    text
        A document's words, a paragraph a line.
    latest
        The day after which it cannot have been published, such as that on which its file was made.
    """
    lines = [line.strip() for line in text[: 4 * _LINES * _LONG].split("\n") if line.strip()][:_LINES]
    days = [day for line in lines if len(line) <= _LONG for day in _find_days(line)]
    return max((day for day in days if latest is None or day <= latest), default=None)


def _find_days(line: str) -> Iterator[date]:
    for found in _NUMBERED.finditer(line):
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
        yield from _make_day(int(year), int(month), int(day))
    words, months = _compile_written(), _list_months()
    for found in words.finditer(line.casefold()):
        name = found["month"] or found["month2"]
        yield from _make_day(
            int(found["year"] or found["year2"]), months[name], int(found["day"] or found["day2"])
        )


def _make_day(year: int, month: int, day: int) -> Iterator[date]:
    try:
        yield date(year, month, day)
    except ValueError:
        return


@lru_cache(maxsize=1)
def _list_months() -> Mapping[str, int]:
    """Return the number of a month by each of its names, in all languages."""
    from geo.resources import list_lexicons, read_toml

    months: dict[str, int] = {}
    for tag in list_lexicons():
        for number, names in enumerate(read_toml(f"lexicon/{tag}.toml")["dates"]["months"].values(), 1):
            months |= {name.casefold().removesuffix("."): number for name in names}
    return months


@lru_cache(maxsize=1)
def _compile_written() -> re.Pattern[str]:
    """Day, month and year, or month, day and year: "10 November 2024", "November 10, 2024"."""
    names = "|".join(sorted(map(re.escape, _list_months()), key=len, reverse=True))
    year, ordinal = r"(?P<year{0}>\d{{4}})(?!\d)", r"(?:\w{1,3}|\.)?"
    return re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}}){ordinal}\s+(?P<month>{names})\b\.?,?\s+{year.format('')}"
        rf"|\b(?P<month2>{names})\b\.?\s+(?P<day2>\d{{1,2}}){ordinal},?\s+{year.format('2')}"
    )

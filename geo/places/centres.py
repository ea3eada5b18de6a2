"""Places that stand without their names: the seat of a region («райцентр»), the region of who publishes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from geo.language.lexicon import Lexicon
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym
from geo.places.context import read_publisher
from geo.places.gazetteer import Gazetteer

__all__ = ["add_centres"]

_KINDS = {"region": PlaceKind.REGION, "district": PlaceKind.DISTRICT}
_BARE = {"bare_region": PlaceKind.REGION, "bare_country": PlaceKind.COUNTRY}
_SCORE = 0.7  # a town without its name is less sure than one with it
_APPOSED = re.compile(r"[\w»\"”]\s*[,(–—-]\s*$")
_BEFORE = 40  # characters before such a noun that are looked at


def add_centres(
    report: Report, resolutions: tuple[Resolution, ...], lexicon: Lexicon, gazetteer: Gazetteer
) -> tuple[Resolution, ...]:
    """Add the seats of regions and districts that are named as such and not by their names.

    Parameters
    ----------
    report
        The report; its publisher tells the region where nothing before does.
    resolutions
        Its resolved names, in text order.
    lexicon
        The words of its language.
    gazetteer
        Known places.

    Returns
    -------
    tuple of Resolution
        In text order; the same where no such noun stands in the text.
    """
    pattern = _compile(lexicon)
    if pattern is None:
        return resolutions
    added = list(_find_centres(report, resolutions, pattern, gazetteer))
    if not added:
        return resolutions
    return tuple(sorted((*resolutions, *added), key=lambda found: found.toponym.span.start))


@lru_cache(maxsize=16)
def _compile(lexicon: Lexicon) -> re.Pattern[str] | None:
    table = lexicon.table("places")["centres"]
    groups = (
        f"(?P<{name}>{'|'.join(map(_write, table[name]))})" for name in (*_KINDS, *_BARE) if table[name]
    )
    known = "|".join(groups)
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)", re.IGNORECASE) if known else None


def _write(phrase: str) -> str:
    """Return a phrase as a pattern; what stands before "~" must stand before it and is no part of it."""
    before, _, noun = phrase.rpartition("~")
    return f"(?<={re.escape(before)} ){re.escape(noun)}" if before else re.escape(noun)


def _find_centres(
    report: Report, resolutions: Sequence[Resolution], pattern: re.Pattern[str], gazetteer: Gazetteer
) -> Iterator[Resolution]:
    starts = [found.toponym.span.start for found in resolutions]
    for match in pattern.finditer(report.text):
        at, sort = bisect_left(starts, match.start()), match.lastgroup or "region"
        covered = at and resolutions[at - 1].toponym.span.end > match.start()
        if covered or _is_named(report.text, match, resolutions[at - 1 : at + 1] if at else resolutions[:1]):
            continue
        if sort in _BARE:
            found = _find_bare(report, resolutions[:at], _BARE[sort], gazetteer)
            name = "the report" if found is None else found.name
        else:
            unit = _find_unit(report, resolutions[:at], _KINDS[sort], gazetteer)
            found = gazetteer.find_largest(unit) if unit is not None else None
            name = "" if unit is None else unit.name
        if found is None:
            continue
        span = Span(report_id=report.id, start=match.start(), end=match.end(), exact=match[0])
        toponym = Toponym(span=span, name=match[0], name_span=span, kind_hint=found.kind)
        yield Resolution(toponym=toponym, place=found, score=_SCORE, why=(f"in {name}, named before it",))


def _is_named(text: str, match: re.Match[str], near: Sequence[Resolution]) -> bool:
    """Tell whether a name stands beside: "Sudzha, the seat of the X district", "the seat of Sudzha"."""
    before = text[max(match.start() - _BEFORE, 0) : match.start()]
    for found in near:
        span = found.toponym.span
        if span.start >= match.end():
            if not text[match.end() : found.toponym.name_span.start].strip(' «"“'):
                return True
        elif _APPOSED.search(before) and before.rstrip(" ,(–—-").endswith(_last_word(found)):
            return True
    return False


def _find_bare(
    report: Report, before: Sequence[Resolution], kind: PlaceKind, gazetteer: Gazetteer
) -> Place | None:
    """Return the region or country of who publishes, where none of its kind has been named before."""
    if any(found.place is not None and found.place.kind is kind for found in before):
        return None  # who points back finds it
    anchors = [anchor.place for anchor in read_publisher(report, gazetteer)]
    found = (_find_own(place, kind, gazetteer) for place in anchors)
    return next((unit for unit in found if unit is not None), None)


def _last_word(found: Resolution) -> str:
    return found.toponym.span.exact.split()[-1]


def _find_unit(
    report: Report, before: Sequence[Resolution], kind: PlaceKind, gazetteer: Gazetteer
) -> Place | None:
    """Return the region or district that was spoken of last, or that the publisher is named after."""
    for found in reversed(before):
        if found.place is not None and found.toponym.role != "origin":
            unit = _find_own(found.place, kind, gazetteer)
            if unit is not None:
                return unit
    anchors = (_find_own(anchor.place, kind, gazetteer) for anchor in read_publisher(report, gazetteer))
    return next((unit for unit in anchors if unit is not None), None)


def _find_own(place: Place, kind: PlaceKind, gazetteer: Gazetteer) -> Place | None:
    """Return the unit of a kind that a place is or lies in."""
    if place.kind is kind:
        return place
    return next((unit for unit in gazetteer.find_parents(place) if unit.kind is kind), None)

"""The region that a sentence opens with ("In the Kursk region, ... near Lyubimovka") rules what follows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geo.model import Place, PlaceKind, Toponym
from geo.places.evidence import Scored, is_inside
from geo.places.gazetteer import ADJECTIVE

__all__ = ["Frame", "find_frames", "weigh_frame"]

_UNITS = frozenset({PlaceKind.REGION, PlaceKind.DISTRICT})
_STOP = re.compile(r"[.!?…]\s|\n")
# What a sentence before opened with weighs by this share, within a paragraph; so does what opens no sentence.
_LATER_SHARE = 0.5
_UNOPENED_SHARE = 0.5
# A preposition and an article are all that stands before a unit that opens a sentence.
_OPENING_CHARS = 10

# The units that frame a name, and by how much they weigh, 0 to 1.
Frame = tuple[tuple[Place, ...], float]
_NONE: Frame = ((), 0.0)


def find_frames(text: str, toponyms: Sequence[Toponym], rated: Sequence[list[Scored]]) -> Iterator[Frame]:
    """Yield for each toponym, in text order, the units named before it in its sentence or its paragraph.

    A unit counts where its words call it one; the next one in the text takes its place, unless it follows
    at once, as in a list; in a tally of units it counts for nothing.
    """
    units: tuple[Place, ...] = ()
    share, opened, end, listed = 0.0, 0.0, 0, False
    for toponym, found in zip(toponyms, rated, strict=True):
        start = toponym.span.start
        share = share if start < end else share * _fade(text, end, start)
        yield (units, share) if share else _NONE
        unit = _find_unit(toponym, found)
        if unit is not None:
            units = (*units, unit) if listed and share == opened else (unit,)
            share = opened = 1.0 if _opens(text, start) else opened if len(units) > 1 else _UNOPENED_SHARE
        elif share and _is_tallied(toponym, found):
            share = 0.0
        listed, end = unit is not None, max(end, toponym.span.end)


def _fade(text: str, start: int, end: int) -> float:
    """Return what is left of a frame's weight after the words between two names."""
    if "\n" in text[start:end]:
        return 0.0
    return _LATER_SHARE if _STOP.search(text, start, end) else 1.0


def _opens(text: str, start: int) -> bool:
    """Tell whether a name opens its sentence."""
    before = text[max(start - _OPENING_CHARS, 0) : start]
    return start <= _OPENING_CHARS or _STOP.search(before) is not None


def _is_tallied(toponym: Toponym, found: list[Scored]) -> bool:
    """Tell whether a bare adjective names one more of several regions ("15 over the X region, 11 over Y")."""
    if toponym.kind_hint is not None or not found:
        return False
    return all(
        scored.entry.flag == ADJECTIVE for scored in found if scored.entry.place.kind in _UNITS
    ) and any(scored.entry.place.kind is PlaceKind.REGION for scored in found)


def _find_unit(toponym: Toponym, found: list[Scored]) -> Place | None:
    if toponym.kind_hint not in _UNITS or toponym.role != "place" or not found:
        return None
    best = max(found, key=lambda scored: scored.score).entry.place
    return best if best.kind in _UNITS else None


def weigh_frame(rated: Sequence[Scored], frame: Frame, weight: float) -> None:
    """Add to the candidates inside a framing unit that they lie in it."""
    units, share = frame
    for scored in rated if share else ():
        place = scored.entry.place
        unit = next((unit for unit in units if unit.id != place.id and is_inside(place, unit)), None)
        if unit is not None:
            scored.add(weight * share, f"in {unit.name}, named before it")

"""Claims of several reports that tell the same thing, merged; independent sources counted."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geo.claims.parties import are_apart
from geo.model import Claim, Event

__all__ = ["count_sources", "is_same_event", "merge_events"]

# Two quotes that share this much of their words are one text, printed twice (a digest, an agency wire).
_REPRINT_OVERLAP = 0.8
_SHINGLE = 3
_WORD = re.compile(r"\w+")


def merge_events(claims: Sequence[Claim], publishers: Mapping[str, str]) -> tuple[Event, ...]:
    """Return events: claims of the same kind, status, side and place at overlapping times.

    Parameters
    ----------
    claims
        Claims of any number of reports.
    publishers
        Publisher of each report by its id; a report without one counts as a publisher of its own.

    Returns
    -------
    tuple of Event
        In the order of their first claims.  Every claim is in exactly one event.
    """
    groups: dict[tuple[object, ...], list[list[Claim]]] = {}
    order: list[list[Claim]] = []
    for claim in claims:
        rivals = groups.setdefault(_key(claim), [])
        home = next((group for group in rivals if all(_agree(claim, one) for one in group)), None)
        if home is None:
            home = []
            rivals.append(home)
            order.append(home)
        home.append(claim)
    return tuple(_make_event(group, publishers) for group in order)


def _key(claim: Claim) -> tuple[object, ...]:
    """Return what claims of one event have alike; a claim that is not placed stands alone."""
    place, relation = claim.place.place, claim.place.toponym.relation
    where = (place.gazetteer, place.id) if place is not None else ("", claim.id)
    return claim.kind, claim.status, claim.actors, where, relation.kind, relation.direction


def is_same_event(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims tell the same thing."""
    return _key(claim) == _key(other) and _agree(claim, other)


def _agree(claim: Claim, other: Claim) -> bool:
    """Tell whether two claims can be of one event: times overlap, and no two groups of a country act."""
    return not are_apart(claim.party, other.party) and _overlaps(claim, other)


def _overlaps(claim: Claim, other: Claim) -> bool:
    """Tell whether the times of two claims overlap."""
    first, second = _read_days(claim), _read_days(other)
    return first[0] <= second[1] and second[0] <= first[1]


def _read_days(claim: Claim) -> tuple[date, date]:
    """Return first and last day; an end that is not told is put at the other."""
    start, end = claim.time.start, claim.time.end
    known = [day for day in (start, end) if day is not None]
    if not known:
        return date.min, date.max
    return min(known), max(known)


def _make_event(claims: Sequence[Claim], publishers: Mapping[str, str]) -> Event:
    words = "\n".join(sorted(claim.id for claim in claims))
    name = hashlib.sha256(words.encode()).hexdigest()[:16]
    return Event(id=name, claims=tuple(claims), sources=count_sources(claims, publishers))


def count_sources(claims: Iterable[Claim], publishers: Mapping[str, str]) -> int:
    """Return how many independent sources tell of one event.

    Several reports of one publisher count once.  So do reports whose sentence is the same (a reprint), and
    reports that attribute it to the same voice: a digest of what others said is not a source.
    """
    sources: list[_Source] = []
    for claim in claims:
        source = _Source(
            report=claim.report_id,
            publisher=_read_name(publishers.get(claim.report_id, "")),
            voice=_read_name(claim.attribution or ""),
            shingles=_shingle(claim.quote.exact),
        )
        if not any(_is_same_source(source, known) for known in sources):
            sources.append(source)
    return max(1, len(sources))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Source:
    """Who tells of an event: names in words of small letters, empty where unknown, and its sentence."""

    report: str
    publisher: str
    voice: str
    shingles: frozenset[str]


def _read_name(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _is_same_source(one: _Source, other: _Source) -> bool:
    if one.report == other.report or (one.publisher and one.publisher == other.publisher):
        return True
    if one.voice and one.voice == other.voice:
        return True
    if _names_the_other(one.voice, other.publisher) or _names_the_other(other.voice, one.publisher):
        return True
    shorter = min(len(one.shingles), len(other.shingles))
    return shorter > 0 and len(one.shingles & other.shingles) / shorter >= _REPRINT_OVERLAP


def _names_the_other(voice: str, publisher: str) -> bool:
    """Tell whether a voice is a publisher's, by whole words: Reuters is reuters.com, "he" no The Guardian."""
    if not (voice and publisher):
        return False
    return f" {voice} " in f" {publisher} " or f" {publisher} " in f" {voice} "


def _shingle(text: str) -> frozenset[str]:
    """Return the runs of a few words of a text, or its words if it is shorter."""
    words = text.casefold().split()
    if len(words) <= _SHINGLE:
        return frozenset(words)
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))

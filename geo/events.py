"""Claims of several reports that tell the same thing, merged; independent sources counted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from geo.claims.parties import are_apart
from geo.model import Claim, Event

__all__ = ["count_sources", "is_same_event", "merge_events"]

# Two quotes that share this much of their words are one text, printed twice (a digest, an agency wire).
_REPRINT_OVERLAP = 0.8
_SHINGLE = 3


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
    sources: list[tuple[str, str, frozenset[str]]] = []
    for claim in claims:
        publisher = publishers.get(claim.report_id, "").strip().casefold() or f"report {claim.report_id}"
        voice = (claim.attribution or "").strip().casefold()
        words = _shingle(claim.quote.exact)
        if not any(_is_same_source((publisher, voice, words), known) for known in sources):
            sources.append((publisher, voice, words))
    return max(1, len(sources))


def _is_same_source(one: tuple[str, str, frozenset[str]], other: tuple[str, str, frozenset[str]]) -> bool:
    if one[0] == other[0] or (one[1] and one[1] == other[1]):
        return True
    if one[1] and (one[1] in other[0] or other[0] in one[1]):
        return True
    if other[1] and (other[1] in one[0] or one[0] in other[1]):
        return True
    shorter = min(len(one[2]), len(other[2]))
    return shorter > 0 and len(one[2] & other[2]) / shorter >= _REPRINT_OVERLAP


def _shingle(text: str) -> frozenset[str]:
    """Return the runs of a few words of a text, or its words if it is shorter."""
    words = text.casefold().split()
    if len(words) <= _SHINGLE:
        return frozenset(words)
    return frozenset(" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1))

"""What a report tells twice: one claim for each kind, place, side and status."""

from __future__ import annotations

from dataclasses import replace

from geo.claims.parties import are_apart
from geo.model import Claim, Kind, RelationKind, Span, Status

__all__ = ["drop_twins"]

_SIDE = 4  # so many parts of a claim's key come before its side


def drop_twins(claims: list[Claim], headline: Span | None = None) -> tuple[Claim, ...]:
    """Keep the first claim for each kind, place, side and status, with a number that a later one adds.

    What a headline tells is left to the sentence of the body that tells it again.

    Parameters
    ----------
    claims
        The claims of a report, in order.
    headline
        Its first line, if that is a headline.

    Returns
    -------
    tuple of Claim
        In order; none that names nobody stands beside the same with a side.
    """
    kept: dict[tuple[str, ...], Claim] = {}
    headed: dict[tuple[str, ...], Claim] = {}  # those of them that only the headline has told
    for claim in claims:
        key = _make_key(claim)
        if headed and claim.quote != headline:
            key = _find_headed(headed, claim, key) or key
        if key in kept and are_apart(kept[key].party, claim.party):
            key = (*key, claim.party)
        first = kept.setdefault(key, claim)
        if first is claim:
            if claim.quote == headline:
                headed[key] = claim
            continue
        if headline is not None and first.quote == headline != claim.quote:
            kept[key] = _fill_gaps(claim, first)
            headed.pop(key, None)
        elif kept[key].count is None and claim.count is not None:
            kept[key] = replace(kept[key], count=claim.count)
        if kept[key].course is None and claim.course is not None:
            kept[key] = replace(kept[key], course=claim.course)
        if kept[key].attribution is None and claim.quote.start <= kept[key].quote.end + 1:  # told right after
            kept[key] = replace(kept[key], attribution=claim.attribution)
    sided = {_make_key(claim)[:_SIDE] for claim in kept.values() if claim.actors}
    return tuple(claim for claim in kept.values() if claim.actors or _make_key(claim)[:_SIDE] not in sided)


def _make_key(claim: Claim) -> tuple[str, ...]:
    place, toponym = claim.place.place, claim.place.toponym
    name = f"{place.gazetteer}:{place.id}" if place else toponym.name
    relation = f"{toponym.relation.kind}/{toponym.relation.direction}"
    if toponym.relation.direction == "C":  # the centre of a town is the town
        relation = f"{RelationKind.AT}/None"
    return (claim.kind, claim.status, name, relation, ";".join(claim.actors))


def _find_headed(
    headed: dict[tuple[str, ...], Claim], claim: Claim, key: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the key of the headline's claim that a later one tells again, though one names fewer sides."""
    for other, first in headed.items():
        sided = bool(first.actors and claim.actors) and first.actors != claim.actors
        if claim.kind is Kind.CONCENTRATION or claim.status is Status.EXPECTED:  # it names the first of them
            sided = sided and not set(first.actors) < set(claim.actors)
        if other[:3] == key[:3] and not sided:  # "near X" in the body is X in a headline
            return other
    return None


def _fill_gaps(claim: Claim, headed: Claim) -> Claim:
    """Return the body's claim with what only the headline tells."""
    return replace(
        claim,
        actors=claim.actors or headed.actors,
        control_status=claim.control_status if claim.actors else headed.control_status,
        count=claim.count or headed.count,
        area=claim.area or headed.area,
        time=claim.time if claim.time.span or not headed.time.span else headed.time,
        attribution=claim.attribution or headed.attribution,
        asserted_by=claim.asserted_by or headed.asserted_by,
        course=claim.course or headed.course,
        party=claim.party or headed.party,
    )

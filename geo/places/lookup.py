"""Places for a name that a person types: "Pokrovsk, Donetsk oblast", "Kramatorsk airfield", "Курську"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from geo.errors import PlaceError
from geo.model import Candidate, Place, PlaceKind, RelationKind, Report, Resolution, Span, Toponym
from geo.places.answers import describe_precision
from geo.places.folding import fold_name
from geo.places.gazetteer import Gazetteer

__all__ = ["PlaceQuery", "describe_precision", "find_nearest", "find_places"]

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)")

# A name that is only spelled alike is so much less sure.
_ALIKE_SHARE = 0.8

# A name and the word for what it is.
_FEWEST_WORDS = 2

# Languages whose words are tried around a name, by script.
_BY_SCRIPT = {True: ("uk", "ru"), False: ("en", "fr", "de")}


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceQuery:
    """What is asked of a gazetteer.

    Attributes
    ----------
    name
        The name as written; units may follow after commas.
    within
        A larger unit that holds the place, or empty.
    country
        ISO 3166-1 alpha-2 codes, joined by commas, that the place must lie in; empty for all.
    limit
        How many places to answer with at most.
    """

    name: str
    within: str = ""
    country: str = ""
    limit: int = 5


def find_places(query: PlaceQuery, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places that a name may mean, best first; empty if none is known.

    Raises
    ------
    PlaceError
        If the query has no name, or the unit that it is asked within is not known.
    """
    if not fold_name(query.name):
        raise PlaceError(f"no name in {query.name!r}; write the name of a place")
    name, *after = (part.strip() for part in _BRACKETS.sub(r", \1", query.name).split(",") if part.strip())
    units = [*after, *([query.within] if query.within else [])]
    within = tuple(_read_name(unit, gazetteer) for unit in units)
    toponym = replace(_read_name(name, gazetteer), within=within)
    if query.within:
        _check_unit(query.within, gazetteer)
    ranked = _rank(toponym, query, gazetteer)
    unit = _find_unit(units, gazetteer) if units else None
    if unit is not None and not _lies_in(ranked, unit):
        ranked = (*_rank_alike_within(toponym, unit, query, gazetteer), *ranked)[: query.limit]
    return _cut_parts(toponym, ranked) or _rank_alike(toponym, query, gazetteer)


def _cut_parts(toponym: Toponym, ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Put the part in place of the whole where the words name one ("eastern Ukraine")."""
    if toponym.relation.kind is not RelationKind.PART_OF:
        return ranked
    from geo.places.parts import cut_part

    return tuple(cut_part(toponym, found) for found in ranked)


def _find_unit(units: list[str], gazetteer: Gazetteer) -> Place | None:
    """Return the smallest known first-level unit among the names after a place's own."""
    for unit in units:
        for found in _rank(_read_name(unit, gazetteer), PlaceQuery(name=unit), gazetteer)[:1]:
            if found.place.kind is PlaceKind.REGION and found.place.admin1_code:
                return found.place
    return None


def _lies_in(ranked: tuple[Candidate, ...], unit: Place) -> bool:
    from geo.places.evidence import is_inside

    return bool(ranked) and is_inside(ranked[0].place, unit)


def _rank_alike_within(
    toponym: Toponym, unit: Place, query: PlaceQuery, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Rank the places of a unit whose names are spelled alike."""
    from geo.places.spelling import suggest_within

    names = suggest_within(fold_name(toponym.name), unit, gazetteer)
    ranked = _rank_names(names, toponym, query, gazetteer)
    return tuple(found for found in ranked if _lies_in((found,), unit))


def _check_unit(unit: str, gazetteer: Gazetteer) -> None:
    if not _rank(_read_name(unit, gazetteer), PlaceQuery(name=unit), gazetteer):
        raise PlaceError(f"no place named {unit!r} to look within; check its spelling")


def _rank(toponym: Toponym, query: PlaceQuery, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Resolve one toponym, and give the chosen place and its alternatives in one order."""
    from geo.places.resolve import ResolveSettings, resolve_toponyms

    settings = ResolveSettings(most_alternatives=1000, threshold=-1.0, margin=0.0)
    report = Report(id="query", text=toponym.span.exact, language=_find_language(toponym))
    (found,) = resolve_toponyms(report, (toponym,), gazetteer, settings)
    wanted = {code.strip().upper() for code in query.country.split(",") if code.strip()}
    ranked = [
        candidate
        for candidate in _list_candidates(found)
        if not wanted or candidate.place.country_code.upper() in wanted
    ]
    return tuple(ranked[: query.limit])


def _find_language(toponym: Toponym) -> str:
    """Return the language whose word for a village stands beside a typed name, or an empty string."""
    if toponym.kind_hint is not PlaceKind.SETTLEMENT or toponym.span == toponym.name_span:
        return ""
    from geo.places.sizes import is_called_village

    tags = _BY_SCRIPT[bool(_CYRILLIC.search(toponym.span.exact))]
    return next((tag for tag in tags if is_called_village(toponym, tag)), "")


def _rank_alike(toponym: Toponym, query: PlaceQuery, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Rank the places of names that are spelled alike, each by its own score and its likeness."""
    from geo.places.spelling import suggest_edits, suggest_names

    folded = fold_name(toponym.name)
    names = suggest_names(folded, gazetteer) or suggest_edits(folded, gazetteer)
    return _rank_names(names, toponym, query, gazetteer)[: query.limit]


def _rank_names(
    names: tuple[tuple[str, float], ...], toponym: Toponym, query: PlaceQuery, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    ranked: list[Candidate] = []
    for name, likeness in names:
        for found in _rank(replace(toponym, name=name), query, gazetteer):
            why = (f"spelled like {name!r}", *found.why)
            score = round(found.score * likeness**2 * _ALIKE_SHARE, 4)
            ranked.append(replace(found, score=score, why=why))
    ranked.sort(key=lambda candidate: -candidate.score)
    # One place may be found by several of its names; its best one stands.
    best = {(found.place.gazetteer, found.place.id): found for found in reversed(ranked)}
    return tuple(sorted(best.values(), key=lambda candidate: -candidate.score))


def _list_candidates(found: Resolution) -> tuple[Candidate, ...]:
    if found.place is None:
        return found.alternatives
    return (Candidate(place=found.place, score=found.score, why=found.why), *found.alternatives)


def _make_toponym(name: str, kind: PlaceKind | None = None) -> Toponym:
    span = Span(report_id="query", start=0, end=len(name), exact=name)
    return Toponym(span=span, name=name, name_span=span, kind_hint=kind)


def _read_name(name: str, gazetteer: Gazetteer) -> Toponym:
    """Return a name as it stands where the gazetteer has it, else read the words around it."""
    if gazetteer.find(fold_name(name)):
        return _make_toponym(name)
    from geo.language.lexicon import list_languages, load_lexicon
    from geo.places.recognise import recognise_toponyms

    best: Toponym | None = None
    known = list_languages()
    for tag in _BY_SCRIPT[bool(_CYRILLIC.search(name))]:
        if tag in known:
            if (bare := _cut_kind(name, load_lexicon(tag))) is not None:
                return bare
            report = Report(id="query", text=_capitalise(name), language=tag)
            for toponym in recognise_toponyms(report, load_lexicon(tag), gazetteer, every_mention=True):
                if best is None or len(toponym.span.exact) > len(best.span.exact):
                    best = toponym
    return best if best is not None else _make_toponym(name)


def _cut_kind(name: str, lexicon: Any) -> Toponym | None:
    """Return a settlement's name without the word for it beside it ("Style village"), or None."""
    tables = lexicon.tables["places"]
    words = name.split()
    if len(words) < _FEWEST_WORDS:
        return None
    kind = PlaceKind.SETTLEMENT.value
    if fold_name(words[-1]) in map(fold_name, tables["kinds_after"].get(kind, ())):
        return _make_inner(" ".join(words), " ".join(words[:-1]))
    if fold_name(words[0]) in map(fold_name, tables["kinds"].get(kind, ())):
        return _make_inner(" ".join(words), " ".join(words[1:]))
    return None


def _make_inner(text: str, name: str) -> Toponym:
    """Make a settlement's toponym of a name with the word for what it is before or after it."""
    start = text.index(name)
    span = Span(report_id="query", start=0, end=len(text), exact=text)
    inner = Span(report_id="query", start=start, end=start + len(name), exact=name)
    return Toponym(span=span, name=name, name_span=inner, kind_hint=PlaceKind.SETTLEMENT)


def _capitalise(name: str) -> str:
    """Give a name typed in small letters its capitals, so that it can be found in words."""
    return name if name != name.lower() else name.title()


def find_nearest(
    latitude: float, longitude: float, gazetteer: Gazetteer, limit: int = 1
) -> tuple[Candidate, ...]:
    """Return the settlements nearest to a point, nearest first.

    Parameters
    ----------
    latitude, longitude
        Degrees, WGS 84.
    gazetteer
        Known places.
    limit
        How many to answer with at most.
    """
    from geo.places.evidence import measure_km

    here = Place(gazetteer="", id="", name="", latitude=latitude, longitude=longitude, kind=PlaceKind.AREA)
    degrees = 0.1
    found: list[Place] = []
    # Widened until enough stand inside; 45 degrees is a quarter of the way around the world.
    while len(found) < limit and degrees < 45.0:
        degrees *= 2.0
        entries = gazetteer.find_within(latitude, longitude, degrees, (PlaceKind.SETTLEMENT, PlaceKind.SITE))
        found = [entry.place for entry in entries]
    ranked = sorted(found, key=lambda place: measure_km(here, place))[:limit]
    return tuple(_rate_distance(place, measure_km(here, place)) for place in ranked)


def _rate_distance(place: Place, km: float) -> Candidate:
    return Candidate(place=place, score=round(1.0 / (1.0 + km), 4), why=(f"{km:.1f} km away",))

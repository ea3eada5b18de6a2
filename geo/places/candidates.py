"""The places that a toponym may mean, rated by themselves; answers are remembered by gazetteer."""

from __future__ import annotations

import math

from geo.kinds import PlaceKind, RelationKind
from geo.places.evidence import Scored, Weights, is_inside, measure_km, rate_entry
from geo.places.folding import fold_name
from geo.places.fronts import Front, find_front, is_direction
from geo.places.gazetteer import (
    ADJECTIVE,
    CASE_FORM,
    CURRENT_NAME,
    PRIMARY,
    TRANSLITERATION,
    Entry,
    Gazetteer,
)

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.model import Place, Toponym

    _Memo = dict[tuple[str, str, PlaceKind | None, RelationKind, bool, str], tuple[Scored, ...]]
    _SiteMemo = dict[tuple[str, str, tuple[str, ...]], Entry | None]

__all__ = ["MOST_CANDIDATES", "find_candidates", "rate_entries"]

# Namesakes beyond this many, by their own rating, are never chosen by context.
MOST_CANDIDATES = 60

# A site stands within this distance of the settlement that it is named after.
SITE_REACH_KM = 25.0
_SITE_BOX_DEGREES = 0.3

_UNIT_KINDS = (PlaceKind.REGION, PlaceKind.DISTRICT)
_MOST_REMEMBERED = 40_000


def find_candidates(
    toponym: Toponym, gazetteer: Gazetteer, weights: Weights, front: Front | None = None
) -> list[Scored]:
    """Return the places that a toponym may mean, best first by themselves, as copies to be scored on.

    Without a front, today's counts.
    """
    relation = toponym.relation.kind
    worded = toponym.kind_hint is not None or relation is RelationKind.AXIS
    span = toponym.span.exact if worded else ""
    # A unit named beside it may mean any namesake, also the least known.
    front = front or find_front(None)
    key = (toponym.name, span, toponym.kind_hint, relation, bool(toponym.within), front.key)
    memo: _Memo = gazetteer.recall("candidates")
    found = memo.get(key)
    if found is None:
        found = _rate(toponym, span, gazetteer, weights, front)
        if len(memo) > _MOST_REMEMBERED:
            memo.clear()
        memo[key] = found
    return [scored.copy() for scored in found]


def _rate(
    toponym: Toponym, span: str, gazetteer: Gazetteer, weights: Weights, front: Front
) -> tuple[Scored, ...]:
    hint = toponym.kind_hint
    entries = _gather(toponym, span, gazetteer)
    units: Iterable[Scored] = ()
    if hint in _UNIT_KINDS and not any(entry.place.kind is hint for entry in entries):
        units = _derive_units(entries, hint, gazetteer, weights)
    rated = rate_entries(entries, weights, toponym, units, front)
    if hint is PlaceKind.DISTRICT:
        _raise_districts(rated)
    return tuple(rated if toponym.within else rated[:MOST_CANDIDATES])


_OVER_SEAT = 0.05


def _raise_districts(rated: list[Scored]) -> None:
    """Put a district before the town that it is named after, where the words say district."""
    towns = [scored for scored in rated if scored.place.kind is PlaceKind.SETTLEMENT]
    for scored in rated:
        if scored.place.kind is PlaceKind.DISTRICT:
            seats = [town.score for town in towns if is_inside(town.place, scored.place)]
            scored.score = max(scored.score, max(seats, default=0.0) + _OVER_SEAT * bool(seats))
    rated.sort(key=lambda scored: -scored.score)


def rate_entries(
    entries: Sequence[Entry],
    weights: Weights,
    toponym: Toponym | None = None,
    more: Iterable[Scored] = (),
    front: Front | None = None,
) -> list[Scored]:
    """Rate the places of one name by themselves, best first.

    Parameters
    ----------
    entries
        The places, each once.
    weights
        How much each piece of evidence weighs.
    toponym
        The words around the name: what they say it is, and how they place a thing against it.
    more
        Rated places to stand beside them.
    front
        Where the war was fought when the report was issued; today's by default.
    """
    hint = None if toponym is None else toponym.kind_hint
    rated = [*(rate_entry(entry, hint, weights) for entry in entries), *more]
    if hint is None:
        if not any(_is_known_town(entry) for entry in entries):
            _raise_regions(rated, weights)
        _lower_regions(rated, weights)
        _lower_hamlets(rated, weights)
    _lower_aliases(rated, weights)
    _raise_unlisted(rated, weights)
    if toponym is not None:
        _weigh_relation(toponym.relation.kind, rated, weights)
    _weigh_front(rated, front or find_front(None), weights)
    rated.sort(key=lambda scored: -scored.score)
    return rated


# Nearness to a front below this is left out.
_LEAST_NEARNESS = 0.05
# Towns with fewer people are known for the front of today; when it lay elsewhere, that counts half.
_FRONT_TOWN_POPULATION = 50_000
_LATER_SHARE = -0.5


def _weigh_front(rated: list[Scored], front: Front, weights: Weights) -> None:
    """Raise the settlements near the front of a report's time."""
    weight = weights.past_front if front.key else weights.front
    for scored in rated:
        if scored.place.kind is PlaceKind.SETTLEMENT:
            near = front.rate_nearness(scored.place)
            if front.key:
                _lower_later(scored, weights)
            if near > _LEAST_NEARNESS:
                scored.add(weight * near, "near a front")


def _lower_later(scored: Scored, weights: Weights) -> None:
    """What is often reported of the front of today was less so before."""
    prior, place = scored.entry.prior, scored.place
    if prior and place.population < _FRONT_TOWN_POPULATION and find_front(None).rate_nearness(place):
        scored.add(_LATER_SHARE * weights.prior * prior, "the front came later")


# A town with fewer people is too small to be meant by a word that may be a region's adjective too.
_TOWN_POPULATION = 20_000


def _is_known_town(entry: Entry) -> bool:
    """Tell whether a word is a form of a known town's own name ("у Луганську")."""
    known = entry.place.population >= _TOWN_POPULATION or entry.prior >= 0.3
    return entry.flag < ADJECTIVE and entry.place.kind is PlaceKind.SETTLEMENT and known


def _raise_regions(rated: list[Scored], weights: Weights) -> None:
    """An adjective alone ("над Белгородской") means the region, not its capital."""
    for scored in rated:
        if scored.entry.flag == ADJECTIVE and scored.place.kind is PlaceKind.REGION:
            scored.add(weights.kind_fits, "region named by its adjective")


# The bare name is the city's rather than that of the region around it of which little is reported.
_TOWN_SHARE = 0.17
# A city with fewer people does not take its name from the region of the same name.
_NAMED_CITY_POPULATION = 50_000
_WATER_RELATIONS = (RelationKind.BANK, RelationKind.ALONG)
_WIDE_KINDS = (PlaceKind.REGION, PlaceKind.AREA, PlaceKind.COUNTRY)


def _lower_regions(rated: list[Scored], weights: Weights) -> None:
    """A bare name that is a city's and a region's means the city ("Paris"), save of a far larger region."""
    cities = [
        scored.place
        for scored in rated
        if scored.place.kind is PlaceKind.SETTLEMENT
        and scored.entry.flag <= CASE_FORM
        and (scored.place.population >= _NAMED_CITY_POPULATION or scored.entry.prior >= _HAND_MADE_PRIOR)
    ]
    for scored in rated:
        if scored.place.kind in (PlaceKind.REGION, PlaceKind.DISTRICT) and scored.entry.flag <= CASE_FORM:
            if any(_outweighs(city, scored.place) for city in cities):
                scored.add(-0.6 * weights.kind_fits, "a city has this name too")
                if not scored.entry.prior and any(_lies_in(city, scored.place) for city in cities):
                    scored.add(-_TOWN_SHARE * weights.population, "a city of this name lies in it")
            elif scored.place.kind is PlaceKind.REGION and _is_known_region(scored):
                share = 1.0 if _dwarfs(scored.place, rated) else 0.4
                scored.add(share * weights.kind_fits, "a large region")


# A region with so many people is named without the word "region" ("Minnesota", "Ontario").
_KNOWN_REGION = 1_000_000
_HAND_MADE_PRIOR = 0.5
# A city elsewhere with so small a share of a region's people does not outweigh the region.
_LEAST_CITY_SHARE = 0.1


def _is_known_region(scored: Scored) -> bool:
    """Tell whether a region is named without its kind: a large one, or a hand-made one ("England")."""
    return scored.place.population >= _KNOWN_REGION or scored.entry.prior >= _HAND_MADE_PRIOR


# Towns with so small a share of a region's people are not meant by the bare name of both ("Texas").
_DWARF_SHARE = 0.02


def _dwarfs(region: Place, rated: list[Scored]) -> bool:
    """Tell whether all settlements of a region's name are tiny beside it."""
    most = _DWARF_SHARE * region.population
    return most > 0.0 and all(
        scored.place.population < most for scored in rated if scored.place.kind is PlaceKind.SETTLEMENT
    )


def _outweighs(city: Place, region: Place) -> bool:
    """Tell whether a city of the same name is meant before a region: it lies there, or is as large."""
    return _lies_in(city, region) or city.population >= _LEAST_CITY_SHARE * region.population


def _lies_in(city: Place, region: Place) -> bool:
    """Tell whether a city lies in a region of its name; of hand-made ones the region is not noted."""
    return city.country_code == region.country_code and city.admin1_code in {"", region.admin1_code}


# With so many times the people, a place of that very name is meant before one whose second name it is.
_TIMES_LARGER = 10
_ALIAS_SHARE = -0.6


def _lower_aliases(rated: list[Scored], weights: Weights) -> None:
    """Weigh down second names where a far larger place of the country has the name ("Durban": no suburb)."""
    largest: dict[str, int] = {}
    for scored in rated:
        place = scored.place
        if scored.entry.flag == PRIMARY and place.kind is PlaceKind.SETTLEMENT:
            largest[place.country_code] = max(largest.get(place.country_code, 0), place.population)
    for scored in rated:
        place = scored.place
        second = scored.entry.flag in _SECOND and place.kind is PlaceKind.SETTLEMENT
        if second and largest.get(place.country_code, 0) > _TIMES_LARGER * max(place.population, _HAMLET):
            scored.add(_ALIAS_SHARE * weights.kind_fits, "a far larger place has this name")


_SECOND = (CURRENT_NAME, TRANSLITERATION)
_HAMLET = 500

# A village of Ukraine whose people no list counts weighs as if it had so many.
_UNLISTED = 30
_CITY_POPULATION = 30_000


def _raise_unlisted(rated: list[Scored], weights: Weights) -> None:
    """Villages of Ukraine that no list counts have people all the same; beside a city that says nothing."""
    settlements = [
        scored
        for scored in rated
        if scored.place.kind is PlaceKind.SETTLEMENT and scored.place.country_code == "UA"
    ]
    if any(scored.place.population >= _CITY_POPULATION for scored in settlements):
        return
    amount = weights.population * math.log10(_UNLISTED) / 7.0
    for scored in settlements:
        if not scored.place.population and not scored.entry.own:
            scored.add(amount, "population not known")


# A metropolis is meant before a namesake so many times smaller, however often that is reported.
_METROPOLIS_POPULATION = 500_000
_TIMES_SMALLER = 30
_HAMLET_SHARE = -1.4


def _lower_hamlets(rated: list[Scored], weights: Weights) -> None:
    """Weigh down what is often reported where a metropolis has the name: context must tell ("New York")."""
    largest = max((scored.place.population for scored in rated if scored.entry.flag <= CASE_FORM), default=0)
    if largest < _METROPOLIS_POPULATION:
        return
    for scored in rated:
        people = scored.place.population  # none where it is not known
        small = scored.place.kind is PlaceKind.SETTLEMENT and 0 < people * _TIMES_SMALLER < largest
        if small and scored.entry.prior and not scored.entry.own:
            amount = _HAMLET_SHARE * weights.prior * scored.entry.prior
            scored.add(amount, "a metropolis has this name")


def _weigh_relation(relation: RelationKind, rated: list[Scored], weights: Weights) -> None:
    """A direction is named after a town, a bank is a river's, a part is more often a wide area's."""
    for scored in rated:
        kind = scored.place.kind
        land = kind is PlaceKind.AREA and scored.entry.prior  # "the Polissia direction"
        if relation is RelationKind.AXIS and (kind is PlaceKind.SETTLEMENT or land):
            share = 2.0 if land or is_direction(scored.place) else 1.0
            scored.add(share * weights.kind_fits, "direction named after it")
        elif relation in _WATER_RELATIONS and kind is PlaceKind.WATER:
            scored.add(2.0 * weights.kind_fits, "a water has banks")
        elif relation is RelationKind.PART_OF and kind in _WIDE_KINDS:
            scored.add(0.5 * weights.kind_fits, "wide enough to have parts")


def _gather(toponym: Toponym, span: str, gazetteer: Gazetteer) -> list[Entry]:
    """Collect the entries under every key of a toponym, each place once under its best name."""
    best: dict[int, Entry] = {}
    for key in _list_keys(toponym, span):
        # A name that is known whole is not cut ("Novoselivka Druha" is not Novoselivka).
        if best and len(key) < len(toponym.name) and fold_name(toponym.name).startswith(f"{key} "):
            break
        for entry in gazetteer.find(key):
            known = best.get(id(entry.place))
            if known is None or entry.flag < known.flag:
                best[id(entry.place)] = entry
    return list(best.values())


def _list_keys(toponym: Toponym, span: str) -> Iterator[str]:
    """Yield the folded names to look up: the name, and for named kinds the words with their kind."""
    yield fold_name(toponym.name)
    if toponym.name != toponym.name_span.exact:
        yield fold_name(toponym.name_span.exact)
    if not span:
        return
    words = fold_name(span).split()
    before = fold_name(span[: toponym.name_span.start - toponym.span.start]).split()
    for first in range(min(len(before) + 1, len(words))):
        yield " ".join(words[first:])
    name = fold_name(toponym.name).split()
    for last in range(len(name) - 1, 0, -1):
        yield " ".join(name[:last])


def _derive_units(
    entries: list[Entry], kind: PlaceKind | None, gazetteer: Gazetteer, weights: Weights
) -> Iterator[Scored]:
    """Yield the units that are named after a settlement: the region or district that holds it."""
    seen: set[int] = set()
    for entry in entries:
        place = entry.place
        code = f"{place.country_code}.{place.admin1_code}"
        if kind is PlaceKind.DISTRICT:
            code += f".{place.admin2_code}"
        unit = gazetteer.unit(code)
        if (
            unit is None
            or unit.kind is not kind
            or id(unit) in seen
            or place.kind is not PlaceKind.SETTLEMENT
        ):
            continue
        seen.add(id(unit))
        scored = rate_entry(Entry(unit, entry.flag, entry.prior, entry.own), kind, weights)
        scored.add(0.0, f"unit that holds {place.name}")
        # The size of the settlement tells whose unit is meant.
        scored.score += rate_entry(entry, None, weights).score - weights.flags[entry.flag]
        yield scored


def find_site_near(settlement: Place, codes: tuple[str, ...], gazetteer: Gazetteer) -> Entry | None:
    """Return the nearest site of certain feature codes within reach of a settlement, or None; remembered."""
    memo: _SiteMemo = gazetteer.recall("sites")
    key = (settlement.gazetteer, settlement.id, codes)
    if key not in memo:
        if len(memo) >= _MOST_REMEMBERED:
            memo.clear()
        memo[key] = _search_site(settlement, codes, gazetteer)
    return memo[key]


def _search_site(settlement: Place, codes: tuple[str, ...], gazetteer: Gazetteer) -> Entry | None:
    nearest, least = None, SITE_REACH_KM
    for entry in gazetteer.sites:
        place = entry.place
        if abs(place.latitude - settlement.latitude) > _SITE_BOX_DEGREES or place.feature_code not in codes:
            continue
        distance = measure_km(settlement, place)
        if distance <= least:
            nearest, least = entry, distance
    return nearest


def make_site(settlement: Entry) -> Entry:
    """Return a settlement's place as that of an unnamed site in or near it."""
    from dataclasses import replace

    place = replace(settlement.place, kind=PlaceKind.SITE)
    return Entry(
        place, settlement.flag if settlement.flag != ADJECTIVE else PRIMARY, settlement.prior, settlement.own
    )

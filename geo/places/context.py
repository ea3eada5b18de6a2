"""What a report is about: the places that are sure, by which the unsure ones are chosen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from geo.model import Place, PlaceKind, Report, Toponym
from geo.places.evidence import KM_PER_DEGREE, Scored, Weights, measure_km
from geo.places.gazetteer import ADJECTIVE, Gazetteer
from geo.places.scan import scan_capitals

__all__ = ["Anchor", "Theatre", "build_theatre", "read_publisher"]

# A place weighs on another by exp(-distance / NEAR_KM); words apart weigh by exp(-characters / NEAR_CHARS).
_NEAR_KM = 120.0
_NEAR_CHARS = 600.0
_FAR_SHARE = 0.5
_PUBLISHER_SHARE = 1.0
_ACTING_SHARE = 0.4  # of a country's name: how much it says where a report is about
_MOST_ANCHORS = 24

# A district whose point is farther from all places of a report is not meant; cities have districts too.
_DISTRICT_REACH_KM = 120.0
_CITY_POPULATION = 200_000

# Lighter evidence than this is left out.
_LEAST_WEIGHT = 0.02
# Context seldom lifts a candidate by more than this; those farther behind are left as they are.
_MOST_GAIN = 0.95
_LEAST_SHARE = 0.01
# A report is at home in a country with more than this share of its places; it is silent of one with less.
_LOCAL_SHARE, _LONELY_SHARE = 0.5, 0.02
# The logarithm of the least weight, below zero; what a degree takes off it; more than any rounding.
_MOST_FALL = -math.log(_LEAST_WEIGHT)
_FALL_PER_DEGREE = KM_PER_DEGREE / _NEAR_KM
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """A likely place of the report: where it is named and how sure it is, 0 to 1."""

    place: Place
    start: int
    name: str
    weight: float


# An anchor with the logarithm of its weight, below zero, and its latitude first: enough to pass over most.
_Spot = tuple[float, float, Anchor]
# What the places of other names than one weigh, the weights by unit of those of that name, the others' spots.
_Others = tuple[float, dict[str, float], tuple[_Spot, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Theatre:
    """The likely places of a report.

    Attributes
    ----------
    anchors
        Likely places, the surest first.
    shares, total
        Their weights by country ("UA") and first-level unit ("UA.05"), and in all.
    spots
        The anchors, ready to be measured from.
    others
        Answers about names, remembered while the report is read.
    """

    anchors: tuple[Anchor, ...]
    shares: dict[str, float]
    total: float
    spots: tuple[_Spot, ...]
    others: dict[str, _Others] = field(default_factory=dict)

    def weigh(self, toponym: Toponym, rated: Sequence[Scored], weights: Weights) -> None:
        """Add to each candidate the evidence of the other places: near one of them, in their units."""
        name, start = toponym.name, toponym.span.start
        others = self._weigh_others(name)
        least = max(scored.score for scored in rated) - _MOST_GAIN
        local = False
        for scored in rated:
            if scored.score < least:
                continue
            best, nearest = _find_nearest(scored.entry.place, others[2], start)
            if nearest is not None:
                scored.add(weights.near * best, f"near {nearest.name}")
                local = local or self._share_country(scored.entry.place, others) > _LOCAL_SHARE
            self._add_shares(scored, others, weights)
        if local and others[0] > 1.0:
            self._lower_lonely(rated, others, weights)

    def _share_country(self, place: Place, others: _Others) -> float:
        """Return the share of a place's country in the weight of the places of other names."""
        total, own, _ = others
        country = place.country_code
        return (self.shares.get(country, 0.0) - own.get(country, 0.0)) / total if total > 0.0 else 0.0

    def _lower_lonely(self, rated: Sequence[Scored], others: _Others, weights: Weights) -> None:
        """Where a namesake lies at home in the report, lower those in countries that it does not speak of."""
        for scored in rated:
            place = scored.entry.place
            if place.country_code and self._share_country(place, others) < _LONELY_SHARE:
                scored.add(weights.lonely, "nothing else lies in its country")

    def _weigh_others(self, name: str) -> _Others:
        """Return what weighs on the places of a name, remembered."""
        known = self.others.get(name)
        if known is None:
            own = [anchor for anchor in self.anchors if anchor.name == name]
            spots = tuple(spot for spot in self.spots if spot[2].name != name) if own else self.spots
            known = self.total - sum(anchor.weight for anchor in own), _share_units(own), spots
            self.others[name] = known
        return known

    def _add_shares(self, scored: Scored, others: _Others, weights: Weights) -> None:
        """Add the evidence of the country and the unit that the other places lie in (`_weigh_others`)."""
        total, own, _ = others
        if total <= 0.0:
            return
        place = scored.entry.place
        country = place.country_code
        share = (self.shares.get(country, 0.0) - own.get(country, 0.0)) / total
        if share > _LEAST_SHARE:
            scored.add(weights.same_country * share, f"report is about {country}")
        if not place.admin1_code:
            return
        unit = _code_unit(place)
        share = (self.shares.get(unit, 0.0) - own.get(unit, 0.0)) / total
        if share > _LEAST_SHARE:
            scored.add(weights.same_unit * share, "report is about its first-level unit")

    def find_region(self, gazetteer: Gazetteer, country: str) -> Place | None:
        """Return the first-level unit of a country that most of the likely places lie in, or None."""
        totals: dict[str, float] = {}
        for anchor in self.anchors:
            if anchor.place.admin1_code and anchor.place.country_code == country:
                code = f"{anchor.place.country_code}.{anchor.place.admin1_code}"
                totals[code] = totals.get(code, 0.0) + anchor.weight
        return gazetteer.unit(max(totals, key=lambda code: totals[code])) if totals else None

    def holds(self, place: Place) -> bool:
        """Tell whether a district is one of the report's: likely places of the report lie near it."""
        if place.kind is not PlaceKind.DISTRICT:
            return False
        return any(
            anchor.place is not place and measure_km(anchor.place, place) <= _DISTRICT_REACH_KM
            for anchor in self.anchors
        )

    def find_city(self, start: int) -> Place | None:
        """Return the city named last before a place of the text, or None."""
        cities = [
            anchor
            for anchor in self.anchors
            if anchor.start <= start
            and anchor.place.kind is PlaceKind.SETTLEMENT
            and anchor.place.population >= _CITY_POPULATION
        ]
        return max(cities, key=lambda anchor: anchor.start).place if cities else None


def _find_nearest(place: Place, spots: Sequence[_Spot], start: int) -> tuple[float, Place | None]:
    """Return the place that weighs most on a place, by distance and by the words between.

    Distances are as `measure_km` has them.  What cannot weigh more than the best so far is passed over
    by its logarithm, first for how far north or south it lies.
    """
    best, nearest, most = _LEAST_WEIGHT, None, _MOST_FALL
    latitude, longitude = place.latitude, place.longitude
    for fall, other_latitude, anchor in spots:
        if fall >= most:
            break
        north = other_latitude - latitude
        if fall + (north if north > 0.0 else -north) * _FALL_PER_DEGREE >= most:
            continue
        other = anchor.place
        east = (longitude - other.longitude + 180.0) % 360.0 - 180.0
        east *= math.cos(math.radians((other_latitude + latitude) / 2.0))
        degrees = math.hypot(north, east)
        if fall + degrees * _FALL_PER_DEGREE >= most or not _may_weigh(other, place):
            continue
        value = anchor.weight * math.exp(-degrees * KM_PER_DEGREE / _NEAR_KM)
        value *= _FAR_SHARE + (1.0 - _FAR_SHARE) * math.exp(-abs(anchor.start - start) / _NEAR_CHARS)
        if value > best:
            best, nearest, most = value, other, _ROUNDING - math.log(value)
    return best, nearest


def _code_unit(place: Place) -> str:
    return f"{place.country_code}.{place.admin1_code}"


def _share_units(anchors: Sequence[Anchor]) -> dict[str, float]:
    """Return the weights of likely places by country ("UA") and by first-level unit ("UA.05")."""
    shares: dict[str, float] = {}
    for anchor in anchors:
        place, weight = anchor.place, anchor.weight
        if place.kind is PlaceKind.COUNTRY:  # it often acts abroad: "Russia has taken Pokrovsk"
            weight *= _ACTING_SHARE
        shares[place.country_code] = shares.get(place.country_code, 0.0) + weight
        if place.admin1_code:
            code = _code_unit(place)
            shares[code] = shares.get(code, 0.0) + weight
    return shares


def _may_weigh(other: Place, place: Place) -> bool:
    """Tell whether one place weighs on another: not on itself, and a country only on what lies in it."""
    if other is place:
        return False
    return other.kind is not PlaceKind.COUNTRY or other.country_code == place.country_code


_GET_WEIGHT = attrgetter("weight")


def build_theatre(
    toponyms: Sequence[Toponym], rated: Sequence[list[Scored]], publisher: Sequence[Anchor]
) -> Theatre:
    """Gather the likely places of a report from the candidates as rated by themselves."""
    anchors = list(publisher)
    for toponym, found in zip(toponyms, rated, strict=True):
        anchors.extend(_make_anchors(toponym, found))
    anchors.sort(key=_GET_WEIGHT, reverse=True)
    kept = tuple(_part(anchors))
    total = sum(anchor.weight for anchor in kept)
    spots = tuple((-math.log(anchor.weight), anchor.place.latitude, anchor) for anchor in kept)
    return Theatre(kept, _share_units(kept), total, spots)


def _part(anchors: list[Anchor]) -> list[Anchor]:
    """Keep one anchor a place and place of text, the surest first."""
    seen: set[tuple[int, int]] = set()
    kept = []
    for anchor in anchors:
        key = (id(anchor.place), anchor.start // 400)
        if key not in seen:
            seen.add(key)
            kept.append(anchor)
            if len(kept) == _MOST_ANCHORS:
                break
    return kept


def _make_anchors(toponym: Toponym, found: list[Scored]) -> list[Anchor]:
    """Turn the best candidates of a name into anchors, the surer the clearer the first is ahead."""
    if not found:
        return []
    top = found[0].score
    sures = [1.0]
    for scored in found[1:3]:
        sure = math.exp((scored.score - top) / 0.08)
        if sure <= 0.1:  # the best stand first
            break
        sures.append(sure)
    total = sum(sures)
    role = 0.4 if toponym.role in ("government", "origin") else 1.0
    strength = role * min(1.0, max(0.2, top / 0.6))
    start, name = toponym.span.start, toponym.name
    return [
        Anchor(scored.entry.place, start, name, strength * sure / total)
        for scored, sure in zip(found, sures, strict=False)
    ]


_MOST_PUBLISHERS = 4_000


def read_publisher(report: Report, gazetteer: Gazetteer) -> tuple[Anchor, ...]:
    """Return the places that a publisher is named after ("the Kharkiv administration"); remembered."""
    memo: dict[str, tuple[Anchor, ...]] = gazetteer.recall("publishers")
    found = memo.get(report.publisher)
    if found is None:
        if len(memo) >= _MOST_PUBLISHERS:
            memo.clear()
        found = memo[report.publisher] = tuple(_find_publisher(report.publisher, gazetteer))
    return found


def _find_publisher(publisher: str, gazetteer: Gazetteer) -> Iterator[Anchor]:
    for key in scan_capitals(publisher, gazetteer):
        entries = [entry for entry in gazetteer.find(key) if entry.flag <= ADJECTIVE and entry.flag != 4]
        if not entries:
            continue
        entry = max(entries, key=lambda entry: (entry.prior, entry.place.population))
        if entry.place.kind is PlaceKind.SETTLEMENT and entry.place.population < 50_000:
            continue
        yield Anchor(entry.place, 0, key, _PUBLISHER_SHARE)

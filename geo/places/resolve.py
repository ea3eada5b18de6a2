"""Which place a name means: every candidate is weighed by evidence, and the evidence is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from geo.model import Candidate, Place, PlaceKind, RelationKind, Report, Resolution, Toponym
from geo.places.candidates import find_candidates, find_site_near, make_site
from geo.places.context import Theatre, build_theatre, read_publisher
from geo.places.evidence import Scored, Weights, is_inside, measure_km, squash
from geo.places.framed import find_frames, weigh_frame
from geo.places.fronts import Front, find_front
from geo.places.gazetteer import PRIMARY, Entry, Gazetteer
from geo.places.sites import find_site_codes
from geo.places.sizes import CITY_FROM, is_called_village

__all__ = ["ResolveSettings", "resolve_toponyms"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ResolveSettings:
    """How places are chosen.

    Attributes
    ----------
    weights
        The weight of each piece of evidence.
    threshold
        Below this score no place is chosen and the candidates are listed.
    margin
        Where two namesakes far apart are nearer in score than this, none is chosen either.
    most_alternatives
        How many other candidates a resolution keeps.
    """

    weights: Weights = field(default_factory=Weights)
    threshold: float = 0.15
    margin: float = 0.004
    most_alternatives: int = 5


def resolve_toponyms(
    report: Report,
    toponyms: Sequence[Toponym],
    gazetteer: Gazetteer,
    settings: ResolveSettings = ResolveSettings(),
) -> tuple[Resolution, ...]:
    """Choose a place for each toponym of a report, or none where the evidence does not suffice.

    Parameters
    ----------
    report
        The report; its publisher and language are evidence too.
    toponyms
        From `geo.places.recognise.recognise_toponyms`.
    gazetteer
        Known places.
    settings
        Weights and threshold.

    Returns
    -------
    tuple of Resolution
        One for each toponym, in the same order.
    """
    front = find_front(report.issued)
    rated = [find_candidates(toponym, gazetteer, settings.weights, front) for toponym in toponyms]
    publisher = read_publisher(report, gazetteer)
    theatre = build_theatre(toponyms, rated, publisher)
    chooser = _Chooser(report, gazetteer, settings, theatre, front)
    for found, frame in zip(rated, list(find_frames(report.text, toponyms, rated)), strict=True):
        weigh_frame(found, frame, settings.weights.framed)
    return tuple(chooser.resolve(toponym, found) for toponym, found in zip(toponyms, rated, strict=True))


_GET_SCORE = attrgetter("score")


@dataclass(frozen=True, slots=True, eq=False)
class _Chooser:
    """What choosing one place needs to know of the whole report."""

    report: Report
    gazetteer: Gazetteer
    settings: ResolveSettings
    theatre: Theatre
    front: Front

    def resolve(self, toponym: Toponym, rated: list[Scored]) -> Resolution:
        """Choose a place for one toponym from its rated candidates."""
        units = tuple(map(self._resolve_other, toponym.within))
        others = tuple(map(self._resolve_other, toponym.others))
        if units:
            self._weigh_units(rated, units)
        if others:
            self._weigh_aliases(toponym, rated, others)
        if len(rated) > 1:
            self.theatre.weigh(toponym, rated, self.settings.weights)
        if toponym.kind_hint is PlaceKind.SETTLEMENT:
            self._weigh_size(toponym, rated)
        if toponym.kind_hint is PlaceKind.SITE:
            self._add_sites(toponym, rated)
        if toponym.relation.kind is RelationKind.BANK:
            self._replace_bank(rated, units)
        if toponym.kind_hint is PlaceKind.DISTRICT:
            self._replace_quarter(toponym, rated, units)
        rated.sort(key=_GET_SCORE, reverse=True)
        return self._make(toponym, rated, others if others and _keeps_others(toponym) else ())

    def _resolve_other(self, toponym: Toponym) -> Resolution:
        return self.resolve(toponym, self._find_candidates(toponym))

    def _find_candidates(self, toponym: Toponym) -> list[Scored]:
        return find_candidates(toponym, self.gazetteer, self.settings.weights, self.front)

    def _weigh_units(self, rated: list[Scored], units: Sequence[Resolution]) -> None:
        weights = self.settings.weights
        for unit in (unit.place for unit in units):
            if unit is None:
                continue
            inside = [scored for scored in rated if is_inside(scored.place, unit)]
            for scored in rated:
                if scored in inside:
                    scored.add(weights.inside, f"in {unit.name}, named beside it")
                elif inside:
                    scored.add(weights.outside, f"not in {unit.name}, named beside it")

    def _weigh_size(self, toponym: Toponym, rated: list[Scored]) -> None:
        """What the words call a village is none of the cities of its name."""
        if len(rated) > 1 and is_called_village(toponym, self.report.language):
            for scored in rated:
                if scored.place.population >= CITY_FROM:
                    scored.add(self.settings.weights.city, "named as a village, is a city")

    def _weigh_aliases(self, toponym: Toponym, rated: list[Scored], others: Sequence[Resolution]) -> None:
        """A second name in brackets makes the place of both names likely."""
        if _keeps_others(toponym):
            return
        for other in others:
            known = {id(scored.place) for scored in self._find_candidates(other.toponym)}
            for scored in rated:
                if id(scored.place) in known:
                    scored.add(self.settings.weights.inside, f"also named {other.toponym.name}")

    def _add_sites(self, toponym: Toponym, rated: list[Scored]) -> None:
        """A site in or near a settlement is a known site of that sort, else the settlement itself."""
        if not rated:
            return
        best = max(rated, key=lambda scored: scored.score)
        if best.place.kind is not PlaceKind.SETTLEMENT:
            return
        codes = find_site_codes(toponym, self.report.language)
        site = find_site_near(best.place, codes, self.gazetteer) if codes else None
        scored = best.copy()
        scored.entry = site if site is not None else make_site(best.entry)
        reason = (
            f"known site near {best.place.name}" if site is not None else f"site in or near {best.place.name}"
        )
        scored.add(0.01, reason)
        rated.append(scored)

    def _replace_bank(self, rated: list[Scored], units: Sequence[Resolution]) -> None:
        """The bank of a river is drawn in the region beside it, else in that which the report is about."""
        if not rated:
            return
        best = max(rated, key=lambda scored: scored.score)
        if best.place.kind is not PlaceKind.WATER:
            return
        regions = [
            unit.place for unit in units if unit.place is not None and unit.place.kind is PlaceKind.REGION
        ]
        region = regions[0] if regions else self.theatre.find_region(self.gazetteer, best.place.country_code)
        if region is not None:
            scored = best.copy()
            scored.entry = Entry(region, scored.entry.flag, scored.entry.prior, scored.entry.own)
            scored.add(0.01, f"bank of {best.place.name} in {region.name}")
            rated.append(scored)

    def _replace_quarter(self, toponym: Toponym, rated: list[Scored], units: Sequence[Resolution]) -> None:
        """A district of a city is the city: of the one beside it, else of the one named last before."""
        cities = [
            unit.place for unit in units if unit.place is not None and unit.place.kind is PlaceKind.SETTLEMENT
        ]
        city = cities[0] if cities else None
        if city is None and not any(self.theatre.holds(scored.place) for scored in rated):
            city = self.theatre.find_city(toponym.span.start)
            city = None if city is None or _lies_abroad(city, rated) else city
        if city is not None:
            top = max((scored.score for scored in rated), default=self.settings.threshold)
            rated.append(Scored(Entry(city, PRIMARY), top + 0.05, [f"district of {city.name}"]))

    def _make(self, toponym: Toponym, rated: list[Scored], others: tuple[Resolution, ...]) -> Resolution:
        settings = self.settings
        if not rated:
            return Resolution(
                toponym=toponym, place=None, why=("no such name in the gazetteer",), others=others
            )
        best, *rest = rated
        tied = bool(rest) and _is_tied(best, rest[0], settings.margin)
        chosen = best.score >= settings.threshold and not tied
        listed = rest if chosen else rated
        return Resolution(
            toponym=toponym,
            place=best.place if chosen else None,
            score=squash(best.score),
            why=tuple(best.why) if chosen else ("two namesakes are as likely" if tied else _TOO_LITTLE,),
            alternatives=tuple(
                Candidate(place=scored.place, score=squash(scored.score), why=tuple(scored.why))
                for scored in listed[: settings.most_alternatives]
            ),
            others=others,
        )


_TOO_LITTLE = "evidence below the threshold"

# Namesakes nearer to each other than this are as good as one place on a map of a front.
_FAR_KM = 25.0


def _lies_abroad(city: Place, rated: list[Scored]) -> bool:
    """Tell whether all districts of a name lie in other countries than a city: it is none of its quarters."""
    districts = [scored.place for scored in rated if scored.place.kind is PlaceKind.DISTRICT]
    return bool(districts) and all(place.country_code != city.country_code for place in districts)


def _is_tied(best: Scored, second: Scored, margin: float) -> bool:
    """Tell whether nothing parts two namesakes that lie far apart."""
    return best.score - second.score < margin and measure_km(best.place, second.place) > _FAR_KM


def _keeps_others(toponym: Toponym) -> bool:
    """Tell whether the others are places of their own ("between A and B") and not second names."""
    return toponym.relation.kind in (RelationKind.BETWEEN, RelationKind.BANK)

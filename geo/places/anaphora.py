"""Nouns that point back to a place named before: "the village", "cette région", "півострів", "there"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from geo.model import Place, PlaceKind, Relation, RelationKind, Report, Resolution, Span, Toponym
from geo.places.capitals import is_capital
from geo.places.frames import Frame, read_frame
from geo.places.scan import Scene, build_scene
from geo.places.tokens import tokenise
from geo.places.wordbook import Wordbook, compile_wordbook

__all__ = ["find_anaphora"]

# A noun points back to a place of one of these kinds, by its class in ``[places.anaphora]``.
_FITTING = {
    "settlement": (PlaceKind.SETTLEMENT,),
    "town": (PlaceKind.SETTLEMENT,),
    "village": (PlaceKind.SETTLEMENT,),
    "region": (PlaceKind.REGION,),
    "district": (PlaceKind.DISTRICT,),
    "area": (PlaceKind.AREA, PlaceKind.SITE, PlaceKind.REGION),
    "country": (PlaceKind.COUNTRY,),
    "capital": (PlaceKind.SETTLEMENT,),
    "site": (PlaceKind.SITE,),
    "here": (PlaceKind.SETTLEMENT, PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.AREA, PlaceKind.SITE),
}
# Of two places near, "the city" is rather not one with fewer people, nor "the village" one with more.
_LEAST_TOWN, _MOST_VILLAGE = 5_000, 20_000
_SEATS = frozenset({"PPLA", "PPLC"})  # seats of a region or land are towns, whatever was counted
_SIZED = 3  # so many settlements back one of the fitting size is looked for
_TOWN_REACH = 250  # characters between a town and a site that goes without its name
_OPENERS = frozenset({"", ".", "!", "?", ":", "»", "”"})
_OF_REACH = 8  # so many signs part "capital" from its land ("of the ")
_QUALIFIERS = 2  # so many words may stand between a determiner and its noun ("the besieged railway town")
# Where a place behind a comma only says how another one lies.
_LOCATING = frozenset({RelationKind.NEAR, RelationKind.SIDE_OF, RelationKind.DISTANCE, RelationKind.BANK})
_LANDS = frozenset({PlaceKind.COUNTRY, PlaceKind.REGION})
_LAND_REACH = 8  # characters between a town told by its rank and its land ("la deuxième ville de la ...")
# Which of places in a row is meant by "the first of these towns", by its class in ``[places.anaphora]``.
_ORDERED = {"first": 0, "second": 1, "last": -1}
_PLURAL, _PAIR = frozenset({"both", "several"}), 2
_ROW_GAP, _ROW_REACH = 12, 400  # characters between places in a row, and from the row to what is said of one
_BANK_REACH = 6  # characters between a town and the bank that it lies on ("X, sur la rive gauche de ...")
_SENTENCE_END = re.compile(r"[.!?][\"»”]?\s")
_SHARE = 0.8  # of the antecedent's score: pointing back is less sure than a name


def find_anaphora(report: Report, lexicon: Any, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Find nouns and adverbs that stand for a place named before, with that place.

    Parameters
    ----------
    report
        The report.
    lexicon
        The words of its language, as for `geo.places.recognise.recognise_toponyms`.
    resolutions
        The report's resolved names, in text order.

    Returns
    -------
    tuple of Resolution
        In text order; none lies inside a resolved name.  The toponym's name is the noun as written.
    """
    scene, nouns = _read_nouns(report.text, compile_wordbook(lexicon))
    if not nouns or not resolutions:
        return ()
    finder = _Finder(report, scene, resolutions)
    return tuple(resolution for index in nouns for resolution in finder.find_all(index))


@lru_cache(maxsize=4)  # claims look again when more places are known
def _read_nouns(text: str, book: Wordbook) -> tuple[Scene, tuple[int, ...]]:
    """Return a text as items without names, with those that can point back."""
    tokens = tokenise(text, book.words)
    if _list_openers(book).isdisjoint(tokens.keys):
        return Scene(tokens, [len(tokens)], [], [], [], book), ()
    scene = build_scene(tokens, [], book)
    return scene, tuple(index for index, labels in enumerate(scene.marks) if "anaphor" in labels)


@lru_cache(maxsize=16)
def _list_openers(book: Wordbook) -> frozenset[str]:
    """Return the words that a phrase which can point back begins with."""
    return frozenset(
        key for key, phrases in book.phrases.items() if any("anaphor" in one.labels for one in phrases)
    )


def _fits(found: Resolution, sort: str) -> bool:
    """Tell whether a noun of a sort can point back to a place."""
    place, role = found.place, found.toponym.role
    if place is None:
        return False
    part = place.kind is PlaceKind.COUNTRY and found.toponym.relation.kind is RelationKind.PART_OF
    if _is_town_of_site(place) and PlaceKind.SETTLEMENT in _FITTING[sort]:
        large = place.population >= _MOST_VILLAGE  # "a plant in X burns, and the town is dark"
        return role == "place" and large
    if place.kind not in _FITTING[sort] and not (sort == "here" and part):
        return False
    return role == "place" or (role == "unit_only" and sort != "here")


def _is_town_of_site(place: Place) -> bool:
    """Tell whether a site is only known by the town that it stands in (GeoNames' class of a town)."""
    return place.kind is PlaceKind.SITE and place.feature_class == "P"


def _inherit(antecedent: Resolution) -> Relation:
    """Return where "there" is: in the part of a place that was spoken of."""
    relation = antecedent.toponym.relation
    if relation.kind is not RelationKind.PART_OF:
        return Relation()
    return Relation(kind=relation.kind, direction=relation.direction)


def _has_size(found: Resolution, sort: str) -> bool | None:
    """Tell whether a place has the size of a town or of a village; None where its size is not known."""
    people = found.place.population if found.place is not None else None
    if sort not in {"town", "village"}:
        return True
    if not people:
        return None if sort == "town" else True  # hardly a village is counted
    seat = found.place is not None and found.place.feature_code in _SEATS
    if sort == "town":
        return seat or people >= _LEAST_TOWN
    return people <= _MOST_VILLAGE


def _is_within(town: Place, land: Place) -> bool:
    """Tell whether a place is a town of a region, or the capital of a country."""
    if town.country_code != land.country_code or town.kind is not PlaceKind.SETTLEMENT:
        return False
    return is_capital(town) if land.kind is PlaceKind.COUNTRY else town.admin1_code == land.admin1_code


class _Finder:
    """Looks back over the resolved names of one report."""

    def __init__(self, report: Report, scene: Scene, resolutions: Sequence[Resolution]) -> None:
        self.report, self.scene = report, scene
        self.resolutions = [found for found in resolutions if found.place is not None]
        self.starts = [found.toponym.span.start for found in self.resolutions]
        self.sites: dict[str, Resolution] = {}
        self.capital: Resolution | None = None  # what "the capital" meant last, and where that was told
        self.told = 0
        self.covered = sorted((found.toponym.span.start, found.toponym.span.end) for found in resolutions)

    def find_all(self, index: int) -> list[Resolution]:
        """Return the places that a noun points back to: several where it is plural ("both villages")."""
        sort = self.scene.labels(index)["anaphor"]
        if sort in _ORDERED or sort in _PLURAL:
            row = [] if self._is_covered(index) else self._find_row(self.scene.start(index))
            if sort in _ORDERED:
                row = row[_ORDERED[sort] :][:1]
            return [self._make(index, "here", one) for one in row if sort != "both" or len(row) == _PAIR]
        found = self.find(index)
        return [] if found is None else [found]

    def find(self, index: int) -> Resolution | None:
        """Return the place that a noun points back to, or None."""
        labels = self.scene.labels(index)
        sort = labels["anaphor"]
        seat = self._find_seat(index) if sort == "capital" else None
        if seat is not None:
            return self._make(index, sort, seat)
        if self._is_covered(index) or not self._is_definite(index, sort):
            return None
        if sort == "capital" and self._apposes(index):
            return None
        if sort == "capital":
            capital = self._find_capital(self.scene.start(index))
            if capital is None:
                return None
            self.capital, self.told = capital, self.scene.start(index)
            return self._make(index, sort, capital)
        antecedent = self._look_back(self.scene.start(index), sort) or self._find_town(index, sort)
        if sort == "site" and not self.scene.book.genitive:
            antecedent = self._find_again(index, antecedent)
        return None if antecedent is None else self._make(index, sort, antecedent)

    def _find_seat(self, index: int) -> Resolution | None:
        """Return the town named that is the seat of a land behind ("the capital of South Kivu")."""
        scene, text = self.scene, self.report.text
        if "of" not in scene.labels(index + 1) or "determiners" not in scene.labels(index - 1):
            return None
        start, end = scene.start(index - 1), scene.end(index)
        land = next(
            (r.place for r in self.resolutions if 0 < r.toponym.name_span.start - end <= _OF_REACH), None
        )
        if land is None or land.kind not in _LANDS or self._is_covered(index):
            return None
        at = bisect_right(self.starts, start)
        if at and text[self.resolutions[at - 1].toponym.span.end : start] == ", ":
            return None  # "X, the capital of Y"
        towns = [
            found
            for found in (*reversed(self.resolutions[:at]), *self.resolutions[at:])
            if found.place is not None and _is_within(found.place, land)
        ]
        seats = [found for found in towns if found.place is not None and found.place.feature_code in _SEATS]
        people = [found.place.population or 0 for found in towns if found.place is not None]
        return next(iter(seats), towns[people.index(max(people))] if people else None)

    def _apposes(self, index: int) -> bool:
        """Tell whether "the capital of" only tells what the town before it is ("X, the capital of Y")."""
        scene = self.scene
        if "of" not in scene.labels(index + 1) or "determiners" not in scene.labels(index - 1):
            return False
        start = scene.start(index - 1)
        at = bisect_right(self.starts, start)
        return at > 0 and self.report.text[self.resolutions[at - 1].toponym.span.end : start] == ", "

    def _find_row(self, start: int) -> list[Resolution]:
        """Return the last places that stand in a row ("At X and Y ... The first of these towns")."""
        row: list[Resolution] = []
        for at in range(bisect_right(self.starts, start) - 1, -1, -1):
            found = self.resolutions[at]
            if start - found.toponym.span.end > _ROW_REACH:
                break
            after = row[0].toponym.span.start if row else start
            between = self.report.text[found.toponym.span.end : after]
            if row and (len(between) > _ROW_GAP or "." in between):
                if len(row) > 1:
                    break
                row = []
            if _fits(found, "settlement"):
                row.insert(0, found)
        return row if len(row) > 1 else []

    def _find_again(self, index: int, town: Resolution | None) -> Resolution | None:
        """Return where the same site was before ("the palace"), unless its sentence names a town."""
        start, end = self.scene.start(index), self.scene.end(index)
        before = self.sites.get(self.report.text[start:end].lower())
        if before is not None and (
            town is None or _SENTENCE_END.search(self.report.text, town.toponym.span.end, start)
        ):
            town = before
        if town is not None:
            self.sites[self.report.text[start:end].lower()] = town
        return town

    def _is_covered(self, index: int) -> bool:
        start = self.scene.start(index)
        at = bisect_right(self.covered, (start, len(self.report.text))) - 1
        return at >= 0 and start < self.covered[at][1]

    def _is_definite(self, index: int, sort: str) -> bool:
        """Tell whether a determiner stands before a noun, in a language that has articles."""
        scene = self.scene
        if sort == "here":
            return True
        if scene.book.genitive:  # "the village Dytsi", a name that is not known
            named = scene.soft(index) and scene.is_capital(index + 1) and not scene.is_shouted(index + 1)
            return not named and not self._is_apposed(index)
        if sort in {"town", "settlement"} and self._is_ranked(index):
            return True
        after = range(index + 1, index + 2 + _QUALIFIERS)
        lent = sort == "site" and any(scene.labels(at).get("anaphor") == "capital" for at in after)
        listed = scene.soft(index) and "others" in scene.labels(index + 1) and not self._is_shown(index)
        named = sort == "site" and scene.is_capital(index) and not scene.is_shouted(index)
        if listed or named or lent or (sort == "site" and self._is_called(index)):
            return False  # "la rue de la Gare" is a name, and "the airport of the capital" one place
        for at in range(index - 1, index - 2 - _QUALIFIERS, -1):
            labels = scene.labels(at)
            if at < 0 or not scene.soft(at) or "others" in labels:
                break
            if "determiners" in labels:
                return True
            if scene.is_capital(at) or "locative" in labels or "of" in labels:
                break
        return False

    def _is_called(self, index: int) -> bool:
        """Tell whether a site has a name of its own that is not known ("la base américaine d'Al-Udeid")."""
        scene = self.scene
        for at in range(index + 1, index + 1 + _QUALIFIERS):
            if "of" in scene.labels(at):
                return scene.is_capital(at + 1) and not scene.is_shouted(at + 1)
            if not scene.soft(at):
                return False
        return False

    def _is_shown(self, index: int) -> bool:
        """Tell whether a demonstrative stands before a town of a land named ("this small town of Donbas")."""
        scene = self.scene
        shown = any("these" in scene.labels(at) for at in range(max(index - 1 - _QUALIFIERS, 0), index))
        return shown and "of" in scene.labels(index + 1)

    def _is_ranked(self, index: int) -> bool:
        """Tell whether a town is told by its rank in a land named ("la deuxième ville de Syrie")."""
        scene, text = self.scene, self.report.text
        if not (
            scene.soft(index) and "of" in scene.labels(index + 1) and "article" in scene.labels(index - 2)
        ):
            return False
        start, end = scene.start(index - 2), scene.end(index)
        lands = [r for r in self.resolutions if 0 < r.toponym.name_span.start - end <= _LAND_REACH]
        land = any(r.place is not None and r.place.kind in _LANDS for r in lands[:1])
        apposed = text[:start].rstrip()[-1:] in {",", "(", "–", "—", ""}
        return land and not apposed and "locative" not in scene.labels(index - 1)

    def _is_apposed(self, index: int) -> bool:
        """Tell whether a noun only tells what an unknown name before it is ("Серакиб, узловой город")."""
        scene = self.scene
        for at in range(index - 1, max(index - 2 - _QUALIFIERS, -1), -1):
            if not scene.soft(at):
                comma = scene.gap(at).strip() == ","
                return comma and scene.is_capital(at) and not scene.opens(at) and not self._is_covered(at)
            if scene.labels(at):
                return False
        return False

    def _look_back(self, start: int, sort: str) -> Resolution | None:
        first: Resolution | None = None
        seen, unknown = 0, False
        for at in range(bisect_right(self.starts, start) - 1, -1, -1):
            found = self.resolutions[at]
            subject = sort == "here" and start - found.toponym.span.end <= 1  # "Kyiv there has ..."
            if subject or not _fits(found, sort) or self._only_locates(at) or self._encloses(at, sort):
                continue
            size = _has_size(found, sort)
            if size or (size is None and first is None and self._is_alone(at, start)):
                return found
            if unknown and not self._shares_paragraph(at, start):
                break
            unknown = unknown or (size is None and first is None)
            first, seen = found if first is None else first, seen + 1
            if seen == _SIZED:
                break
        return first

    def _is_alone(self, at: int, start: int) -> bool:
        """Tell whether no sentence ends between a place and a noun: of which size it is, is told by that."""
        return _SENTENCE_END.search(self.report.text, self.resolutions[at].toponym.span.end, start) is None

    def _shares_paragraph(self, at: int, start: int) -> bool:
        return "\n" not in self.report.text[self.resolutions[at].toponym.span.end : start]

    def _only_locates(self, at: int) -> bool:
        """Tell whether a place only says where the one before it lies ("In X, across from Y, ...")."""
        span, relation = self.resolutions[at].toponym.span, self.resolutions[at].toponym.relation
        if at == 0 or relation.kind not in _LOCATING or relation.span is None:
            return False
        before = self.resolutions[at - 1].toponym
        between = self.report.text[before.span.end : span.start]
        if relation.kind is RelationKind.DISTANCE and self.report.text[: span.start].endswith(", "):
            return True  # "The town, 380 km north of X, ..."
        apposed = relation.kind is RelationKind.BANK and len(between) <= _BANK_REACH and "." not in between
        parted = between == ", " or apposed  # "X, on the left bank of ..."
        return parted and before.relation.kind is RelationKind.AT

    def _find_capital(self, start: int) -> Resolution | None:
        """Return the capital, named anywhere, of the country that is spoken of last."""
        at = bisect_right(self.starts, start)
        places = [r for r in reversed(self.resolutions[:at]) if r.toponym.role == "place"]
        spoken = [r for r in places if not self._governs(r)] or places
        country = spoken[0].place.country_code if spoken and spoken[0].place is not None else ""
        capitals = [
            found
            for found in (*reversed(self.resolutions[:at]), *self.resolutions[at:])
            if found.place is not None and found.place.country_code == country and is_capital(found.place)
        ]
        return capitals[0] if capitals and country else None

    def _governs(self, found: Resolution) -> bool:
        """Tell whether a capital opens a sentence, as a government does ("Washington sends soldiers")."""
        start = found.toponym.span.start
        opens = self.report.text[:start].rstrip()[-1:] in _OPENERS
        return opens and found.place is not None and is_capital(found.place)

    def _encloses(self, at: int, sort: str) -> bool:
        """Tell whether a part of a land only says where the place before it lies ("X, in the south of Y")."""
        found = self.resolutions[at].toponym
        if sort != "here" or at == 0 or found.relation.kind is not RelationKind.PART_OF:
            return False
        before = self.resolutions[at - 1]
        between = self.report.text[before.toponym.span.end : found.span.start]
        settled = before.place is not None and before.place.kind is PlaceKind.SETTLEMENT
        return settled and between.startswith(",") and len(between) <= _LAND_REACH

    def _find_town(self, index: int, sort: str) -> Resolution | None:
        """Return the town close before whose airport, plant or refinery must be meant."""
        if sort != "site" or self.scene.book.genitive:  # without articles it may be any site
            return None
        start = self.scene.start(index)
        town = self._look_back(start, "settlement")
        if self.capital is not None and (town is None or self.told > town.toponym.span.start):
            return self.capital if start - self.told <= _TOWN_REACH else None
        return town if town is not None and start - town.toponym.span.end <= _TOWN_REACH else None

    def _make(self, index: int, sort: str, antecedent: Resolution) -> Resolution:
        frame = read_frame(self.scene, index)
        frame.last = index + 1
        first = frame.first
        if first == index and not self.scene.book.genitive and sort != "here":
            while "determiners" not in self.scene.labels(first - 1):
                first -= 1
            first -= 1
        place = antecedent.place
        if place is not None and sort != "site" and _is_town_of_site(place):
            place = replace(place, kind=PlaceKind.SETTLEMENT)
        reason = f"points back to {antecedent.toponym.name}"
        toponym = Toponym(
            span=self._cut(first, index + 1),
            name=self._cut(index, index + 1).exact,
            name_span=self._cut(index, index + 1),
            relation=self._relate(frame, index) if sort != "here" else _inherit(antecedent),
            kind_hint=place.kind if place is not None else None,
        )
        score = round(antecedent.score * _SHARE, 4)
        return Resolution(toponym=toponym, place=place, score=score, why=(reason, *antecedent.why))

    def _relate(self, frame: Frame, index: int) -> Relation:
        if frame.relation is RelationKind.AT:
            return Relation()
        return Relation(
            kind=frame.relation,
            direction=frame.direction,
            distance_km_low=frame.low_km,
            distance_km_high=frame.high_km,
            span=self._cut(frame.first, index) if frame.first < index else None,
        )

    def _cut(self, first: int, last: int) -> Span:
        start, end = self.scene.start(first), self.scene.end(last - 1)
        return Span(report_id=self.report.id, start=start, end=end, exact=self.report.text[start:end])

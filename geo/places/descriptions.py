"""Words before a region that name no part of it: compass words that describe it, its country as its owner."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from geo.language.lexicon import Lexicon
from geo.model import Place, PlaceKind, Relation, RelationKind, Report, Resolution
from geo.places.gazetteer import Gazetteer
from geo.units import BEARINGS

__all__ = ["settle_descriptions"]

# So far may the compass word stand from where the region lies in its country, degrees.
_SPREAD_DEGREES = 67.5
# Where a thing lies against "Ukraine's Sumy region", it lies so against the region.
_PASSED_ON = frozenset(
    {RelationKind.BORDER, RelationKind.NEAR, RelationKind.SIDE_OF, RelationKind.DISTANCE, RelationKind.ALONG}
)
_OWNER = re.compile(r"['’]s\s+$")
_LAST_WORD = re.compile(r"(\w+)(['’]s)?[\s,]*$")


def settle_descriptions(
    report: Report, resolutions: tuple[Resolution, ...], lexicon: Lexicon, gazetteer: Gazetteer
) -> tuple[Resolution, ...]:
    """Return the resolutions with the relation that is meant of a region.

    News agencies write "the eastern Donetsk region" and "Russia's western Kursk region" of the whole
    region: an article or an owner stands before, and the region lies in that part of its country.
    "Eastern Donetsk region" without them stays a part of it.  "The border of Ukraine's Sumy region" is
    the region's, not the country's.
    """
    articles = frozenset(lexicon.table("places")["glue"]["article"])
    settled = list(resolutions)
    for index, resolution in enumerate(settled):
        if _describes(report.text, resolution, articles, gazetteer):
            settled[index] = _relate(resolution, Relation(), "the compass word tells where it lies")
        elif index and _owns(report.text, settled[index - 1], resolution):
            settled[index - 1 : index + 1] = _pass_on(settled[index - 1], resolution)
    return tuple(settled)


def _relate(resolution: Resolution, relation: Relation, why: str) -> Resolution:
    toponym = replace(resolution.toponym, relation=relation)
    return replace(resolution, toponym=toponym, why=(*resolution.why, why))


def _owns(text: str, before: Resolution, resolution: Resolution) -> bool:
    """Tell whether the name before is the country that a region belongs to ("Ukraine's Sumy region")."""
    if before.place is None or before.place.kind is not PlaceKind.COUNTRY:
        return False
    owned = _OWNER.fullmatch(text, before.toponym.name_span.end, resolution.toponym.span.start)
    return owned is not None and before.toponym.relation.kind is not RelationKind.AT


def _pass_on(before: Resolution, resolution: Resolution) -> list[Resolution]:
    """Return the country without its relation, and the region with it where it has none of its own."""
    relation = before.toponym.relation
    owner = replace(before, toponym=replace(before.toponym, relation=Relation(), role="government"))
    if relation.kind not in _PASSED_ON or resolution.toponym.relation.kind is not RelationKind.AT:
        return [owner, resolution]
    return [owner, _relate(resolution, relation, f"{before.toponym.name} only tells whose it is")]


def _describes(text: str, resolution: Resolution, articles: frozenset[str], gazetteer: Gazetteer) -> bool:
    toponym, place = resolution.toponym, resolution.place
    relation = toponym.relation
    bearing = BEARINGS.get(relation.direction or "")
    if relation.kind is not RelationKind.PART_OF or bearing is None or relation.span is None:
        return False
    if place is None or place.kind is not PlaceKind.REGION or toponym.kind_hint is not PlaceKind.REGION:
        return False
    words = relation.span.exact.split()
    article = words[0].casefold() in articles
    country = gazetteer.unit(place.country_code)
    if len(words) != 1 + article or country is None:
        return False
    owned = article or _ends_owned(text[: relation.span.start], articles)
    return owned and _lies_towards(place, country, bearing)


def _ends_owned(before: str, articles: frozenset[str]) -> bool:
    """Tell whether an article or an owner ("Ukraine's") is the last word of a text."""
    last = _LAST_WORD.search(before[-40:])
    return last is not None and (bool(last[2]) or last[1].casefold() in articles)


def _lies_towards(place: Place, country: Place, bearing: float) -> bool:
    """Tell whether a place lies in that part of its country, seen from the country's middle."""
    east = (place.longitude - country.longitude) * math.cos(math.radians(country.latitude))
    north = place.latitude - country.latitude
    off = abs((math.degrees(math.atan2(east, north)) - bearing + 180) % 360 - 180)
    return off <= _SPREAD_DEGREES

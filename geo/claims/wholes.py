"""Places that only locate smaller ones, and the key that tells one place from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.claims.parts import Mention, Trigger, cut_range
from geo.claims.scene import Scene
from geo.model import Kind, PlaceKind, RelationKind
from geo.places.evidence import measure_km

if TYPE_CHECKING:
    from geo.claims.parts import Link

__all__ = ["drop_larger", "holds", "lies_beside", "place_key", "suits_country"]

_SEVERAL = 2
_DASHES = frozenset({"–", "—", "-"})
_TALLY_REACH = 4
_INCLUDING_REACH = 3  # so near before a place stands "among them"
_ENTERED_REACH = 2  # so near behind a verb of entering stands the country that is entered


_BESIDE_KM, _MUCH_LARGER = 40.0, 5  # so near a city lies what it locates, of so much fewer people


def lies_beside(village: Mention, city: Mention) -> bool:
    """Tell whether a place is a much smaller one than another and lies near it.

    Parameters
    ----------
    village
        The place that may be the smaller one.
    city
        The place that may only tell where it lies.

    Returns
    -------
    bool
        Whether both are settlements, within 40 km, and the other has five times as many people.
    """
    place, other = village.resolution.place, city.resolution.place
    if place is None or other is None or village.rank or city.rank or village.anaphor:
        return False
    larger = (other.population or 0) > _MUCH_LARGER * (place.population or 0)
    return larger and 0.0 < measure_km(place, other) <= _BESIDE_KM


def drop_larger(scene: Scene, links: list[Link]) -> list[Link]:
    """Drop places that only locate smaller ones (ruling 1); keep those of several as bearers of the count.

    Parameters
    ----------
    scene
        The words of a report.
    links
        The triggers of one clause with their places.

    Returns
    -------
    list[Link]
        The links that are left.
    """
    if len(links) < 2:
        return links
    kept: list[Link] = []
    for link in links:
        smaller = [other for other in links if other is not link and holds(link.mention, other.mention)]
        smaller = [other for other in smaller if not _is_counted(scene, other.mention, link.mention)]
        smaller = [other for other in smaller if not _is_joined(scene, link.mention, other.mention)]
        if link.trigger.name == "hold":  # "the fall of X gives them control of the region"
            smaller = [other for other in smaller if other.trigger is link.trigger]
        alike = {place_key(o.mention) for o in smaller if o.trigger.kind is link.trigger.kind}
        link.siblings = len(alike)
        one = len(alike) == 1
        if one and (_is_tallied(scene, link, smaller[0]) or _is_included(scene, link, smaller[0])):
            link.siblings = _SEVERAL
        if not smaller or link.siblings > 1:
            kept.append(link)
    return kept


def _is_joined(scene: Scene, one: Mention, other: Mention) -> bool:
    """Tell whether two places stand side by side in a list ("over the X district and Y")."""
    first, second = (one, other) if one.start < other.start else (other, one)
    words = scene.reading.words[first.end : second.start]
    small = scene.vocabulary.words["coordinators"] | scene.vocabulary.words["locatives"]
    return bool(words) and words[0] in scene.vocabulary.words["coordinators"] and small.issuperset(words)


def _is_counted(scene: Scene, first: Mention, second: Mention) -> bool:
    """Tell whether a place is counted beside one named before ("the town of X and 24 villages in Y")."""
    between = cut_range(scene.figures, first.end, second.start)
    return any(figure.quantity.unit == "settlements" for figure in between)


def _is_tallied(scene: Scene, larger: Link, smaller: Link) -> bool:
    """Tell whether both places have numbers of their own ("37 times on X region, seven times on Y")."""
    start, end = larger.mention.end, smaller.mention.start
    if _has_number(scene, larger.mention):
        return True
    if not start < end or "," not in scene.reading.marks[start:end]:
        return False
    before = cut_range(scene.figures, larger.clause.start, larger.mention.start)
    between = cut_range(scene.figures, start, end)
    counted = [f for f in between if f.quantity.dimension == "count" and end - f.end <= _TALLY_REACH]
    return bool(counted) and any(f.quantity.dimension == "count" for f in before)


def _has_number(scene: Scene, mention: Mention) -> bool:
    """Tell whether a number and a dash stand right before a place ("12 – in X district, eight – in Y")."""
    start = mention.start - (scene.reading.words[mention.start - 1] in scene.vocabulary.words["locatives"])
    before = cut_range(scene.figures, max(start - _TALLY_REACH, 0), start)
    return any(figure.end == start - 1 and scene.reading.marks[start - 1] in _DASHES for figure in before)


def _is_included(scene: Scene, larger: Link, smaller: Link) -> bool:
    """Tell whether a place is but one of those that are counted ("nine villages in X, among them Y")."""
    start = smaller.mention.start
    near = scene.reading.words[max(start - _INCLUDING_REACH, 0) : smaller.mention.name_start]
    counted = cut_range(scene.figures, larger.clause.start, start)
    included = not scene.vocabulary.words["including"].isdisjoint(near)
    return included and any(figure.quantity.dimension == "count" for figure in counted)


def place_key(mention: Mention) -> str:
    """Return what two names of one place have in common."""
    place = mention.resolution.place
    return f"{place.gazetteer}:{place.id}" if place else mention.resolution.toponym.name


def holds(larger: Mention, smaller: Mention) -> bool:
    """Tell whether a place can be what a smaller one lies in."""
    if larger.rank <= smaller.rank:
        return False
    one, other = larger.resolution.place, smaller.resolution.place
    if larger.resolution.toponym.relation.kind is RelationKind.AXIS or one is None or other is None:
        return True
    if other.kind is PlaceKind.WATER:
        return False  # "over the region and the sea"
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return False
    return not (
        larger.rank == 2
        and one.admin1_code
        and other.admin1_code
        and one.kind is PlaceKind.REGION
        and one.admin1_code != other.admin1_code
    )


def suits_country(trigger: Trigger, mention: Mention) -> bool:
    """Tell whether something can be told of a whole country: struck, filled with forces, or entered.

    Parameters
    ----------
    trigger
        What is told.
    mention
        The name of a country.

    Returns
    -------
    bool
        Whether it is more than the general course of a war.
    """
    if trigger.kind in {Kind.STRIKE, Kind.CONCENTRATION}:
        return True
    entered = trigger.kind is Kind.ADVANCE and trigger.form == "verb"
    return entered and 0 <= mention.start - trigger.end <= _ENTERED_REACH

"""Attacks that can only come from the air: on a plant, or far behind the front."""

from __future__ import annotations

from geo.claims.parts import Mention, Trigger
from geo.model import PlaceKind

__all__ = ["settle_air"]

_UNIT = 2
# GeoNames codes of the first-level units where ground forces of Russia and Ukraine have fought since 2022.
_FOUGHT_OVER = {
    "UA": frozenset({"02", "04", "05", "07", "08", "12", "13", "14", "16", "21", "26", "27"}),
    "RU": frozenset({"09", "10", "41"}),
}


def settle_air(trigger: Trigger, mention: Mention) -> None:
    """Make strikes of attacks on a site or far behind the front, and those beaten off there shot down.

    Parameters
    ----------
    trigger
        What is told of a place; its name is changed.
    mention
        The place.
    """
    if trigger.name == "attack" and (_is_site(mention) or _is_rear(mention)):
        trigger.name = "strike"
    elif trigger.name == "repel" and _is_rear(mention):
        trigger.name = "shoot_down"


def _is_rear(mention: Mention) -> bool:
    """Tell whether a place is one that in this war is only attacked from the air."""
    place = mention.resolution.place
    fought = _FOUGHT_OVER.get(place.country_code) if place is not None else None
    if place is None or fought is None or mention.rank > _UNIT:
        return False
    return bool(place.admin1_code) and place.admin1_code not in fought


def _is_site(mention: Mention) -> bool:
    place = mention.resolution.place
    return PlaceKind.SITE in {mention.resolution.toponym.kind_hint, place.kind if place else None}

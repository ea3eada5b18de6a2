"""Attacks that can only come from the air: on a plant, or far behind the front."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from functools import lru_cache

from geo.claims.parts import Mention, Trigger, find_first
from geo.model import PlaceKind
from geo.resources import read_bytes

__all__ = ["settle_air", "stands_under_fire"]

_UNIT = 2


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


@lru_cache(maxsize=1)
def _read_fought_over() -> Mapping[str, frozenset[str]]:
    """Return the first-level units (GeoNames) where ground forces have fought, by country.

    In a country that is not listed any place may be fought over.
    """
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(read_bytes("curated/fought_over.csv").decode("utf-8"))):
        found.setdefault(row["country_code"], set()).add(row["admin1_code"])
    return {country: frozenset(units) for country, units in found.items()}


def _is_rear(mention: Mention) -> bool:
    """Tell whether a place is one that in this war is only attacked from the air."""
    place = mention.resolution.place
    fought = _read_fought_over().get(place.country_code) if place is not None else None
    if place is None or fought is None or mention.rank > _UNIT:
        return False
    return bool(place.admin1_code) and place.admin1_code not in fought


def _is_site(mention: Mention) -> bool:
    place = mention.resolution.place
    return PlaceKind.SITE in {mention.resolution.toponym.kind_hint, place.kind if place else None}


def stands_under_fire(things: Mapping[str, Sequence[int]], start: int, end: int) -> bool:
    """Tell whether men with fire over them beat an attack off ("under artillery fire our men repelled it").

    Parameters
    ----------
    things
        Where words of each kind of thing stand.
    start, end
        The tokens before the attack.

    Returns
    -------
    bool
        Whether a weapon stands there, and men behind it.
    """
    weapon = find_first(things.get("weapon", ()), start, end)
    return weapon is not None and find_first(things.get("force", ()), weapon + 1, end) is not None

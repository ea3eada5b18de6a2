"""Kinds of places and of relations, apart from the other nouns: a look-up of one name needs no more.

Import them from `geo.model`.
"""

from __future__ import annotations

from enum import StrEnum

__all__ = ["PlaceKind", "RelationKind"]


class PlaceKind(StrEnum):
    """What sort of place a name stands for."""

    SETTLEMENT = "settlement"
    DISTRICT = "district"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"
    SITE = "site"
    WATER = "water"


class RelationKind(StrEnum):
    """How the words place a thing against the named place."""

    AT = "at"
    NEAR = "near"
    PART_OF = "part_of"  # "the east of the Kursk region", "eastern Ukraine"
    SIDE_OF = "side_of"  # "north of X", "the outskirts to the west": no distance given
    DISTANCE = "distance"  # "10 km south of X"
    BETWEEN = "between"  # "between A and B"
    ALONG = "along"  # "along the Oskil"
    AXIS = "axis"  # "the Pokrovsk direction", "l'axe de Koupiansk"
    BORDER = "border"  # "the border areas of the Sumy region"
    BANK = "bank"  # "the left bank of the Kherson region"

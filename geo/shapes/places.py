"""The place of a claim, for the rules that draw it."""

from __future__ import annotations

from geo.errors import GeometryError
from geo.model import Claim, Place

__all__ = ["read_place"]


def read_place(claim: Claim) -> Place:
    """Return the place that was chosen for a claim.

    Raises
    ------
    GeometryError
        If none was.
    """
    if claim.place.place is None:
        raise GeometryError(f"{claim.place.toponym.name!r} is not placed; nothing can be drawn for it")
    return claim.place.place

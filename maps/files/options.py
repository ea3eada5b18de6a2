"""What a writer may be told."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ATTRIBUTION", "DEFAULTS", "LICENCE", "WriteOptions"]

# Of the shipped gazetteer and boundaries; data/NOTICE.md has the whole list.
ATTRIBUTION = "Places: GeoNames (CC BY 4.0); boundaries: Natural Earth and others, see data/NOTICE.md"
LICENCE = "CC BY 4.0 for places and shapes; quotes belong to their publishers"


@dataclass(frozen=True, kw_only=True, slots=True)
class WriteOptions:
    """What a file says of itself, and what goes into it.

    Attributes
    ----------
    title, abstract
        Of the data set; an empty title becomes the file's name.
    licence, attribution
        Written wherever a format has room for them.
    language
        Of legends and of field titles where a format has them: en, fr, uk, ru.
    derived
        True to give the front line and its band as features of formats that hold one feature a claim.
        They are features anyway where there are no claims.
    """

    title: str = ""
    abstract: str = "Claims of news reports, each with its quote; not a survey of the ground"
    licence: str = LICENCE
    attribution: str = ATTRIBUTION
    language: str = "en"
    derived: bool = False


DEFAULTS = WriteOptions()

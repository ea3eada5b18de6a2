"""Sorts of sites and the feature codes that they have in gazetteers."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from geo.language.lexicon import list_languages, load_lexicon
from geo.model import Toponym
from geo.places.tokens import tokenise
from geo.places.wordbook import compile_wordbook

__all__ = ["SITE_CODES", "find_site_codes"]

# GeoNames feature codes (https://www.geonames.org/export/codes.html) by the lexicon's ``[places.sites]``.
SITE_CODES = MappingProxyType(
    {
        "airfield": ("AIRB", "AIRF", "AIRP", "AIRQ", "AIRH"),
        "base": ("AIRB", "INSM", "NVB", "MILB", "SPCT"),
        "refinery": ("OILR",),
        "depot": ("OILR", "OILT", "INSM", "STOR", "DPOF", "AMMO"),
        "port": ("PRT", "HBR", "SEAP"),
        "nuclear_plant": ("PS", "PSN"),
        "power_plant": ("PS", "PSH", "PST", "STNP", "PMPO", "GASF"),
        "dam": ("DAM",),
        "bridge": ("BDG",),
        "plant": ("MFG", "FCL", "MFGM", "SHPF", "MN"),
        "camp": ("CMPRF", "CMP"),
        "headquarters": ("INSM", "ADMF", "HQ"),
        "railway": ("RSTN",),
        "crossing": ("PSTB",),
    }
)


def find_site_codes(toponym: Toponym, language: str) -> tuple[str, ...]:
    """Return the feature codes of the sort of site that a toponym's words name; empty if none."""
    tag = language.split("-", maxsplit=1)[0]
    return _find_codes(toponym.span.exact, tag) if tag in list_languages() else ()


@lru_cache(maxsize=4096)
def _find_codes(words: str, tag: str) -> tuple[str, ...]:
    book = compile_wordbook(load_lexicon(tag))
    tokens = tokenise(words, book.words)
    for index, key in enumerate(tokens.keys):
        for phrase in book.phrases.get(key, ()):
            size = len(phrase.keys)
            if "site" in phrase.labels and tuple(tokens.keys[index : index + size]) == phrase.keys:
                return SITE_CODES[phrase.labels["site"]]
    return ()

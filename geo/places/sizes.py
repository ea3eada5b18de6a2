"""Words that say how large a settlement is: what is called a village is no city of the same name."""

from __future__ import annotations

from functools import lru_cache

from geo.language.lexicon import list_languages, load_lexicon
from geo.model import Toponym
from geo.places.folding import fold_name

__all__ = ["CITY_FROM", "is_called_village"]

# With so many people a settlement is never called a village.
CITY_FROM = 30_000


def is_called_village(toponym: Toponym, language: str) -> bool:
    """Tell whether the words around a name call it a village ("the village of Kostiantynivka")."""
    tag = language.split("-", maxsplit=1)[0]
    start = toponym.name_span.start - toponym.span.start
    end = toponym.name_span.end - toponym.span.start
    words = toponym.span.exact
    if not 0 <= start <= end <= len(words):
        return False
    around = fold_name(words[:start]).split() + fold_name(words[end:]).split()
    return bool(around) and tag in list_languages() and not _read_words(tag).isdisjoint(around)


@lru_cache(maxsize=8)
def _read_words(tag: str) -> frozenset[str]:
    return frozenset(map(fold_name, load_lexicon(tag).table("places.sizes")["village"]))

"""Second names that are words for kinds of places and nothing else ("The City" for Oakville, Connecticut)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rows import CURRENT, OLD, Row

from geo.language.lexicon import list_languages, load_lexicon
from geo.places.folding import fold_name

__all__ = ["drop_plain_names", "is_plain"]

# Words for kinds that are the known second names of cities too (Guangzhou).
_NAMES = frozenset({"canton"})
_UNITS = ("region", "district", "country")


def drop_plain_names(rows: Iterable[Row]) -> int:
    """Take away second names that in running text are no names; return how many.

    Hand-made rows keep theirs, and units those of several words ("Capital Region").
    """
    dropped = 0
    for row in rows:
        if row.gazetteer == "curated":
            continue
        plain = [name for name, flag in row.names.items() if flag in (CURRENT, OLD) and is_plain(name)]
        for name in plain:
            if row.kind not in _UNITS or " " not in name:
                del row.names[name]
                dropped += 1
    return dropped


def is_plain(name: str) -> bool:
    """Tell whether a folded name is made of words for kinds and articles of one language."""
    words = set(name.split())
    return name not in _NAMES and any(
        words <= kinds | articles and not words <= articles for kinds, articles in _read_words()
    )


@lru_cache(maxsize=1)
def _read_words() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Return the words for kinds and the articles of each language, folded."""
    return tuple(_read_language(tag) for tag in list_languages())


def _read_language(tag: str) -> tuple[frozenset[str], frozenset[str]]:
    places = load_lexicon(tag).table("places")
    lists = [
        words
        for table in (places["kinds"], places["kinds_after"])
        for words in table.values()
        if not isinstance(words, bool)
    ]
    kinds = {word for words in lists for phrase in words for word in fold_name(phrase).split()}
    return frozenset(kinds), frozenset(map(fold_name, places["glue"]["article"]))

"""Accents that a text was written without: put back from the words of its language, letter for letter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.language.lexicon import Lexicon

__all__ = ["restore_accents"]

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST_STEM = 4
_LEAST_WORDS = 20  # a shorter text can do without any accent


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Accents:
    """What a language's lexicon tells of its accents.

    ``sure`` are words by their bare form that is no word; ``doubtful`` those whose bare form is one too,
    which are meant behind an auxiliary (``helpers``); ``stems`` beginnings of words; ``pairs`` small words
    that are meant before a name or one of ``articles``.
    """

    letters: frozenset[str]
    sure: Mapping[str, str]
    doubtful: Mapping[str, str]
    stems: Mapping[str, str]
    pairs: Mapping[str, str]
    helpers: frozenset[str]
    articles: frozenset[str]


def restore_accents(text: str, lexicon: Lexicon) -> str:
    """Put back the accents of a text that has none at all.

    Parameters
    ----------
    text
        A report's text.
    lexicon
        The words of its language.

    Returns
    -------
    str
        The text with as many signs; the text itself where it has accents, is short, or its language has none.
    """
    if not lexicon.table("language")["accents"]:
        return text
    accents = _compile(lexicon)
    if not accents.letters.isdisjoint(text):
        return text
    words = list(_WORD.finditer(text))
    if len(words) < _LEAST_WORDS:
        return text
    parts, end, before = [], 0, ""
    for match, after in zip(words, [*words[1:], None], strict=True):
        word = match[0]
        bare = word.lower()
        found = _find(accents, bare, before, after[0] if after is not None else "")
        parts += [text[end : match.start()], _keep_case(word, found)]
        end, before = match.end(), bare
    return "".join([*parts, text[end:]])


def _find(accents: _Accents, bare: str, before: str, after: str) -> str:
    """Return a word with its accents, by the words beside it."""
    if bare in accents.pairs:
        named = after[:1].isupper() or after.lower() in accents.articles
        return accents.pairs[bare] if named else bare
    if bare in accents.sure:
        return accents.sure[bare]
    if bare in accents.doubtful:
        return accents.doubtful[bare] if before in accents.helpers else bare
    for length in range(len(bare), _SHORTEST_STEM - 1, -1):
        if bare[:length] in accents.stems:
            return accents.stems[bare[:length]] + bare[length:]
    return bare


def _keep_case(word: str, found: str) -> str:
    if word.isupper() and len(word) > 1:
        return found.upper()
    return found[0].upper() + found[1:] if word[0].isupper() else found


@lru_cache(maxsize=8)
def _compile(lexicon: Lexicon) -> _Accents:
    """Gather the words of a lexicon by their forms without accents."""
    language, small = lexicon.table("language"), lexicon.table("claims")["word"]
    letters = frozenset(language["accents"] + language["accents"].upper())
    words, stems = set[str](), set[str]()
    for name in ("claims", "places", "dates", "numbers", "units", "language"):
        for word in _list_words(lexicon.table(name)):
            (stems if word.endswith("*") else words).add(word.rstrip("*"))
    accented = {_strip(word): word for word in sorted(words) if not letters.isdisjoint(word)}
    pairs = dict(pair.split(">") for pair in language["accent_pairs"])
    helpers = (*small["haves"], *small["auxiliaries"])
    bare_stems = {stem for stem in stems if letters.isdisjoint(stem)}
    return _Accents(
        letters=letters,
        sure={bare: word for bare, word in accented.items() if bare not in words},
        doubtful={bare: word for bare, word in accented.items() if bare in words},
        stems={
            bare: stem
            for stem in sorted(stems)
            if not letters.isdisjoint(stem) and (bare := _strip(stem)) not in bare_stems
        },
        pairs=pairs,
        helpers=frozenset(_strip(part) for helper in helpers for part in helper.split()),
        articles=frozenset(small["articles"]),
    )


def _list_words(table: Mapping[str, Any] | Iterable[Any]) -> Iterator[str]:
    """Yield the words of all lists of a table, those that end in a star as they are."""
    for value in table.values() if isinstance(table, Mapping) else table:
        if isinstance(value, str):
            yield from (part for part in re.findall(r"[^\W\d_]+\*?", value.lower()))
        elif isinstance(value, Mapping | tuple | list):
            yield from _list_words(value)


def _strip(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")

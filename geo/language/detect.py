"""Which language a text is in, told by letters and words of the lexicons (some tens of microseconds)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from geo.language.lexicon import Lexicon, expand_forms, list_languages, load_lexicon

__all__ = ["detect_language"]

_UNKNOWN = "und"
_REACH = (
    400  # letters that are looked at; as sure as the whole text on reports (tests/test_language_detect.py)
)
_WORD = re.compile(r"[^\W\d_]+")
_LETTER, _FOREIGN, _SHARED = 0.5, -1.0, 0.3  # a word counts 1, less where other languages share it
_HINT, _LEAST = 0.5, 0.5
_ENOUGH = 0.05  # score a word below which a text of many words is in none of the languages
_MANY = 12


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Marks:
    """What tells one language: its own words, those that some share, letters that it has or has not."""

    tag: str
    own: frozenset[str]
    shared: frozenset[str]
    letters: str
    foreign: str
    endings: tuple[str, ...]


@lru_cache(maxsize=1)
def _compile() -> tuple[_Marks, ...]:
    vocabulary = {tag: _gather_words(load_lexicon(tag)) for tag in list_languages()}
    owners = Counter(word for words in vocabulary.values() for word in words)
    made: list[_Marks] = []
    for tag, words in vocabulary.items():
        table = load_lexicon(tag).table("language")
        own = frozenset(word for word in words if owners[word] == 1)
        shared = frozenset(word for word in words if 1 < owners[word] < len(vocabulary))
        letters, foreign = table["letters"], table["foreign_letters"]
        endings = tuple(table["endings"])
        made.append(
            _Marks(tag=tag, own=own, shared=shared, letters=letters, foreign=foreign, endings=endings)
        )
    return tuple(made)


def _gather_words(lexicon: Lexicon) -> set[str]:
    """Return the words of a language that its text is likely to have: common ones, units, months, days."""
    dates, units = lexicon.table("dates"), lexicon.table("units")
    entries = [*lexicon.table("language")["words"], *units["stop_words"]]
    for table in (units["nouns"], dates["months"], dates["weekdays"], lexicon.table("numbers.cardinals")):
        entries += [entry for forms in table.values() for entry in forms]
    return {word for form in expand_forms(lexicon, entries) for word in _WORD.findall(form)}


def detect_language(text: str, hint: str = "") -> str:
    """Tell which of the languages that have a lexicon a text is in.

    Parameters
    ----------
    text
        The words; the first 400 letters decide.
    hint
        BCP 47 tag that the input gives; it settles ties, and stands where the text tells nothing.

    Returns
    -------
    str
        A BCP 47 tag, ``und`` where neither text nor hint tells one.
    """
    hinted = hint.replace("_", "-").split("-")[0].casefold()
    lowered = text[:_REACH].lower()
    words = _WORD.findall(lowered)
    scores = _score(lowered, set(words))
    if hinted in scores:
        scores[hinted] += _HINT
    best = max(scores, key=lambda tag: scores[tag], default=_UNKNOWN)
    if scores.get(best, 0.0) < _LEAST and len(words) > 1:
        return _weigh_endings(words)
    enough = scores.get(best, 0.0) >= max(_LEAST, _ENOUGH * (len(words) if len(words) >= _MANY else 0))
    return best if enough else _UNKNOWN


def _score(lowered: str, words: set[str]) -> dict[str, float]:
    present = "".join(set(lowered))
    scores: dict[str, float] = {}
    for marks in _compile():
        score = len(words & marks.own) + _SHARED * len(words & marks.shared)
        score += _LETTER * sum(lowered.count(letter) for letter in marks.letters if letter in present)
        score += _FOREIGN * sum(lowered.count(letter) for letter in marks.foreign if letter in present)
        scores[marks.tag] = score
    return scores


def _weigh_endings(words: list[str]) -> str:
    """Tell a language by the endings of words alone, where that is clear."""
    counts = {marks.tag: sum(word.endswith(marks.endings) for word in words) for marks in _compile()}
    first, second = Counter(counts).most_common(2)
    return first[0] if first[1] > second[1] else _UNKNOWN

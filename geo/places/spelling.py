"""Names spelled in another way than any gazetteer has them: found by their consonants."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from geo.places.gazetteer import TRANSLITERATION, Gazetteer

__all__ = ["make_skeleton", "suggest_names"]

# Romanisations differ in these letters; longer ones first.
_LATIN = (
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("kh", "g"),
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("gh", "g"),
    ("w", "v"),
    ("x", "ks"),
    ("q", "k"),
    ("h", "g"),
)
_CYRILLIC = str.maketrans({"ґ": "г", "щ": "ш", "х": "г", "ц": "ч"})
_VOWELS = re.compile(r"[aeiouyjаеєёиіїйоуыэюяьъ]+")
_DOUBLES = re.compile(r"(.)\1+")

# Names with a lower likeness (difflib's ratio) or a shorter skeleton are not suggested.
_LEAST_LIKENESS = 0.72
_SHORTEST_SKELETON = 3
_MOST_SUGGESTED = 3


def make_skeleton(folded: str) -> str:
    """Return the consonants of a folded name, where romanisations agree.

    Examples
    --------
    >>> make_skeleton("nikishine") == make_skeleton("nykyshyne")
    True
    """
    text = folded
    for written, sound in _LATIN:
        text = text.replace(written, sound)
    return _DOUBLES.sub(r"\1", _VOWELS.sub("", text.translate(_CYRILLIC)))


def suggest_names(folded: str, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """Return names with the same consonants and first letter, most alike first, with their likeness.

    Parameters
    ----------
    folded
        A folded name that the gazetteer does not have.
    gazetteer
        Known names.
    """
    skeleton = make_skeleton(folded)
    if len(skeleton) < _SHORTEST_SKELETON:
        return ()
    names = {
        name for name in gazetteer.list_names(folded[0], TRANSLITERATION) if make_skeleton(name) == skeleton
    }
    rated = [(name, SequenceMatcher(None, folded, name).ratio()) for name in names]
    rated = [pair for pair in rated if pair[1] >= _LEAST_LIKENESS]
    return tuple(sorted(rated, key=lambda pair: -pair[1])[:_MOST_SUGGESTED])

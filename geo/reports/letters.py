"""Letters and signs that only look like those of the text: put right, sign for sign."""

from __future__ import annotations

import re

__all__ = ["level_letters"]

# Signs that stand for an apostrophe between two letters: grave and acute accents, primes, wide ones.
_APOSTROPHE = re.compile(
    "(?<=[^\\W\\d_])[`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u2018\u201b\u2032\ua78c\uff07](?=[^\\W\\d_])"
)
_MIXED = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ][A-Za-z]|[A-Za-z][А-Яа-яЁёІіЇїЄєҐґ]")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁёІіЇїЄєҐґ]")
_LATIN = re.compile(r"[A-Za-z]")
# Latin letters and the Cyrillic ones that look like them.
_ALIKE = dict(zip("ABCEHIKMOPTXYaceiopxy", "АВСЕНІКМОРТХУасеіорху", strict=True))
_TO_CYRILLIC = str.maketrans(_ALIKE)
_TO_LATIN = str.maketrans({cyrillic: latin for latin, cyrillic in _ALIKE.items()})


def level_letters(text: str) -> str:
    """Put apostrophes of all sorts as one, and letters of another script as those of their word.

    A Latin letter in a Cyrillic word, or the other way round, is set right where it looks like one of the
    script that most of the word is written in (``Покрoвск`` with a Latin o).

    Parameters
    ----------
    text
        The text of a report.

    Returns
    -------
    str
        The text with as many signs; the text itself where nothing had to be put right.
    """
    text = _APOSTROPHE.sub("\u2019", text)
    return _WORD.sub(_level_word, text) if _MIXED.search(text) else text


def _level_word(match: re.Match[str]) -> str:
    """Return a word of two scripts in the one of them that all its letters have."""
    word = match[0]
    if not _MIXED.search(word):
        return word
    cyrillic, latin = word.translate(_TO_CYRILLIC), word.translate(_TO_LATIN)
    if not _LATIN.search(cyrillic):
        return cyrillic
    return word if _CYRILLIC.search(latin) else latin

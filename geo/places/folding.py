"""One way to fold a name, for the build of the gazetteer and for look-ups alike."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["fold_name"]

_APOSTROPHES = dict.fromkeys(map(ord, "'’ʼ‘`´ʹ′ʺ\"“”«»„"), None)
_LATIN_EXTRA = str.maketrans(
    {"ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ı": "i", "İ": "i", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "ё": "е", "Ё": "е"}
)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—_./]+")


def _strip_latin_marks(text: str) -> str:
    """Drop combining marks from Latin letters only: in Cyrillic they make other letters (й, ї)."""
    if text.isascii():
        return text
    out: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", char)
        if len(decomposed) > 1 and decomposed[0].isascii():
            out.append(decomposed[0])
        elif not unicodedata.combining(char):
            out.append(char)
    return "".join(out)


def fold_name(name: str) -> str:
    """Fold a name to its look-up key.

    Case is folded, apostrophes and quotes vanish, hyphens, dots and spaces become one space, Latin letters
    lose their diacritics, ё becomes е; Cyrillic letters otherwise stay as they are.

    Examples
    --------
    >>> fold_name("Tchassiv-Iar")
    'tchassiv iar'
    >>> fold_name("Кам’янець-Подільський")
    'камянець подільський'
    """
    text = name.translate(_APOSTROPHES).translate(_LATIN_EXTRA)
    return _SEPARATORS.sub(" ", _strip_latin_marks(text).casefold()).strip()

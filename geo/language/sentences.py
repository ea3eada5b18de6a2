"""Sentences of a text as offsets; a heading, a bullet and an entry of a live blog each stand alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from geo.language.lexicon import Lexicon

__all__ = ["split_sentences"]

# A set of signs first, which the engine skips to; possessive, as a megabyte of dots must not cost its square.
_BREAK = re.compile(
    r"[.!?…\n](?:(?<=\n)\s*+|[.!?…]*+[\"'»”’“)\]]*+(?:[ \u00a0\u202f]?»(?=\s))?(?:\[\d{1,3}\])*+)"
)
_OPENERS = "\"'«“„‚‘([–—-•*"  # may stand before the first letter of a sentence
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]+|(?=\s))")
_LONGEST_ADDRESS = 80
_SIGNS = re.compile(r"[ .-]")
_LAST_WORD = re.compile(r"(?:[^\W_]+[.-] ?)*[^\W_]+$")
_CLOCK = re.compile(r"^\W*\d{1,2}(?:\s?[^\W\d]{1,2}\s?|[:.])\d\d$|^\W*\d{1,2}\s?h$")
_BULLET = re.compile(r"[ \t]{0,8}(?:[-–—•*·]|\d{1,2}[.)])\s")
_DASH = re.compile(r"\s{0,3}[-–—]\s")
# No end of a sentence: what stands behind a dot in the name of a page ("Gazeta.Ru").
_DOMAINS = frozenset(
    {"by", "com", "de", "eu", "fr", "info", "net", "news", "org", "ru", "su", "tv", "ua", "uk"}
)
_REACH = 24  # letters before a dot that can be an abbreviation
_SHORT = 3  # letters of a word that is no initial, clock time or unit after digits


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Rules:
    abbreviations: frozenset[str]
    closers: frozenset[str]
    endings: frozenset[str]  # last words of both
    ordinal_dot: bool


@lru_cache(maxsize=32)
def _compile(lexicon: Lexicon) -> _Rules:
    table = lexicon.table("sentences")
    listed = [*table["abbreviations"], *table["closers"]]
    begun = {words[:end] for words in listed for end in range(len(words)) if words[end] == "."}
    return _Rules(
        abbreviations=frozenset(table["abbreviations"]) | begun,  # "т" of "т. д"
        closers=frozenset(table["closers"]),
        endings=frozenset(_SIGNS.split(words)[-1] for words in {*listed, *begun}),
        ordinal_dot=table["ordinal_dot"],
    )


@lru_cache(maxsize=4)
def split_sentences(text: str, lexicon: Lexicon) -> tuple[tuple[int, int], ...]:
    """Split a text into sentences.

    Parameters
    ----------
    text
        The words.
    lexicon
        The language that they are in.

    Returns
    -------
    tuple of (start, end)
        Half-open offsets without the white space around them, in order; together they hold every letter.
    """
    rules = _compile(lexicon)
    found: list[tuple[int, int]] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.start() >= start and _is_end(text, start, match, rules):
            _append(text, start, match.end(), found)
            start = match.end()
    _append(text, start, len(text), found)
    return tuple(found)


def _append(text: str, start: int, end: int, found: list[tuple[int, int]]) -> None:
    part = text[start:end]
    stripped = part.strip()
    if stripped:
        begin = start + len(part) - len(part.lstrip())
        found.append((begin, begin + len(stripped)))


def _is_end(text: str, start: int, match: re.Match[str], rules: _Rules) -> bool:
    begin, end = match.span()
    if text[begin] == "\n":
        return _ends_line(text, start, match)
    if not text[end : end + 1].isspace():
        return text[end : end + 1].isupper() and _is_glued(text, start, begin, end, rules)
    if not text[begin - 1 : begin].isalnum():
        return True
    following = _find_next(text, end)
    if following.islower():
        return "\n" in text[end : end + 2] and bool(_BULLET.match(text, end))
    if text[begin] != "." or (end > begin + 1 and len(match[0].rstrip("\"'»”’“)] ")) > 1):
        return True
    return _is_full(text, start, begin, rules) or not _is_abbreviation(text, start, begin, following, rules)


def _is_glued(text: str, start: int, begin: int, end: int, rules: _Rules) -> bool:
    """Tell whether a sentence ends though no space stands before the next ("was taken.Fighting goes on")."""
    word = _WORD.match(text, end)
    if word is None or len(text) == word.end() or word[0].lower() in _DOMAINS:
        return False
    return text[begin - 1].islower() and _is_full(text, start, begin, rules) and not _is_address(text, begin)


def _is_address(text: str, index: int) -> bool:
    """Tell whether what stands around an index, up to white space, is the address of a page or a person."""
    before, after = text[max(0, index - _LONGEST_ADDRESS) : index], text[index : index + _LONGEST_ADDRESS]
    piece = f"{before.split()[-1]}{after.split()[0]}"
    return "@" in piece or "/" in piece or piece.lower().startswith("www.")


def _is_full(text: str, start: int, index: int, rules: _Rules) -> bool:
    """Tell whether the word before an index is a plain one, which no abbreviation ends with."""
    word = text[max(start, index - _REACH) : index].rpartition(" ")[2]
    return len(word) >= _SHORT and word.isalpha() and word.lower() not in rules.endings


def _find_next(text: str, index: int) -> str:
    """Return the next letter or digit, past white space, quotes and dashes."""
    for sign in text[index : index + 12]:
        if not sign.isspace() and sign not in _OPENERS:
            return sign
    return text[index + 12 : index + 13]


def _ends_line(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell whether a line break ends a sentence: not where a wrapped line goes on in lower case."""
    if match[0].count("\n") > 1 or _BULLET.match(text, match.end()):
        return True
    line = text[max(start, match.start() - 8) : match.start()].rstrip()
    return not text[match.end() : match.end() + 1].islower() or line.endswith((".", "!", "?", ":", ";"))


def _is_abbreviation(text: str, start: int, index: int, following: str, rules: _Rules) -> bool:
    """Tell whether the dot at an index belongs to the word before it and ends no sentence."""
    found = _LAST_WORD.search(text, max(start, index - _REACH), index)
    if found is None:
        return False
    word, before = found[0], text[max(start, found.start() - 8) : found.start()].rstrip()
    opening = text[start:index] if index - start < _REACH else ""
    if _CLOCK.match(opening) or (word.isdecimal() and not before):  # "18 h 10." and "1." open an entry
        return True
    last = word.replace(" ", ".").rpartition(".")[2]
    if last.isdecimal():
        return rules.ordinal_dot and len(last) <= 2 and following.isalpha()
    tail = _find_listed(word.lower(), rules)
    if tail and _DASH.match(text, index + 1):  # the dateline "Kyiv, 2 Oct. - The army"
        return True
    after_digit = before[-1:].isdecimal() and len(last) <= 2  # "2024 г.", not "14 нояб."
    if tail == "closer" or (after_digit and tail):
        return not (following.isupper() or following == "")
    return tail == "abbreviation" or (len(last) == 1 and last.isupper() and not after_digit)


def _find_listed(word: str, rules: _Rules) -> str:
    """Return whether the end of a word ("і т. д") is a closer, an abbreviation or neither."""
    parts = word.split(" ")
    for step in range(len(parts)):
        tail = " ".join(parts[step:])
        if tail in rules.abbreviations and tail not in rules.closers:
            return "abbreviation"
        if tail in rules.closers:
            return "closer"
    return ""

"""Names of the gazetteer in a text, longest first, and the words around them as labelled items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from geo.places.gazetteer import ADJECTIVE, NO_STARTS, Entry, Gazetteer
from geo.places.tokens import Tokens, compile_words, tokenise
from geo.places.wordbook import Phrase, Wordbook

__all__ = ["Item", "Match", "Scene", "build_scene", "scan_names"]

# A name with more tokens than this is not looked for.
_LONGEST_NAME = 8

# A name as short as "UK" is one only in capitals.
_INITIALS = 2

# Between two items of one phrase: spaces and quotes, no comma, no stop, no line break.
_SOFT = re.compile(r"[ \t\u00a0\u202f«»\"“”„‘’'\-–‑]*")
_SOFT_OR_DOT = re.compile(r"\.?[ \t\u00a0\u202f«»\"“”„‘’'\-‑]*")


@dataclass(slots=True, eq=False)
class Match:
    """A name found in a text: its tokens (half-open), its folded key and the places under it.

    ``lookup`` is the name to look up where it is not the one that stands there.
    """

    first: int
    last: int
    key: str
    entries: tuple[Entry, ...]
    adjective: bool = False
    lookup: str = ""


@dataclass(slots=True, eq=False)
class Item:
    """One or more tokens with one role: a name, a phrase of the lexicon, or a plain word."""

    first: int
    last: int
    labels: dict[str, Any]
    match: Match | None = None


_NO_LABELS: dict[str, Any] = {}


@dataclass(slots=True, eq=False)
class Scene:
    """A text cut into items, with the wordbook that labelled them."""

    tokens: Tokens
    items: list[Item]
    book: Wordbook

    def start(self, index: int) -> int:
        """Return where an item begins, code points."""
        return self.tokens.starts[self.items[index].first]

    def end(self, index: int) -> int:
        """Return where an item ends, code points."""
        return self.tokens.ends[self.items[index].last - 1]

    def gap(self, index: int) -> str:
        """Return the characters between an item and the next."""
        return self.tokens.gap(self.items[index].last - 1)

    def soft(self, index: int) -> bool:
        """Tell whether an item and the next belong to one phrase."""
        items, tokens = self.items, self.tokens
        if not 0 <= index < len(items) - 1:
            return False
        item = items[index]
        last = item.last - 1
        if tokens.spaced[last]:
            return True
        pattern = _SOFT_OR_DOT if "short" in item.labels else _SOFT
        return pattern.fullmatch(tokens.text, tokens.ends[last], tokens.starts[last + 1]) is not None

    def labels(self, index: int) -> dict[str, Any]:
        """Return the labels of an item; none outside the text."""
        return self.items[index].labels if 0 <= index < len(self.items) else _NO_LABELS

    def is_capital(self, index: int) -> bool:
        """Tell whether an item begins with a capital letter; False outside the text."""
        return 0 <= index < len(self.items) and self.tokens.capitals[self.items[index].first]

    def key(self, index: int) -> str:
        """Return the folded words of an item; empty outside the text."""
        if not 0 <= index < len(self.items):
            return ""
        item = self.items[index]
        return " ".join(self.tokens.keys[item.first : item.last])


def scan_names(tokens: Tokens, gazetteer: Gazetteer, book: Wordbook) -> list[Match]:
    """Find the names of the gazetteer that begin with a capital, longest first, not overlapping."""
    matches: list[Match] = []
    capitals, keys = tokens.capitals, tokens.keys
    index, count = 0, len(tokens)
    while index < count:
        found = None
        if capitals[index] and keys[index]:
            found = _match_at(tokens, index, gazetteer, book)
        if found is None:
            index += 1
        else:
            matches.append(found)
            index = found.last
    return matches


def _match_at(tokens: Tokens, index: int, gazetteer: Gazetteer, book: Wordbook) -> Match | None:
    """Return the longest name that begins at a token, or None."""
    starts = gazetteer.starting_with(tokens.keys[index])
    if not starts.names:
        return None
    length = min(starts.longest, _LONGEST_NAME)
    if length > 1 and index + 1 < len(tokens) and tokens.keys[index + 1] not in starts.seconds:
        # An elided second token is part of the next ("Côte d'Ivoire").
        length = length if tokens.text[tokens.ends[index + 1] : tokens.ends[index + 1] + 1] in "'’" else 1
    if length > 1:
        length = _count_joined(tokens, index, length, book)
    while length:
        key = _join_keys(tokens, index, index + length)
        if key in starts.names and _is_named(tokens, index, length, book):
            entries = gazetteer.find(key)
            adjective = all(entry.flag == ADJECTIVE for entry in entries) or book.is_adjective(key)
            return Match(index, index + length, key, entries, adjective)
        length -= 1
    return None


def _join_keys(tokens: Tokens, first: int, last: int) -> str:
    """Return the folded name from one token to another; an elided word keeps to the next ("d'Ivoire")."""
    keys = tokens.keys
    if last - first == 1:
        return keys[first]
    parts = [keys[first]]
    for at in range(first + 1, last):
        elided = tokens.ends[at - 1] + 1 == tokens.starts[at] and tokens.text[tokens.ends[at - 1]] in "'’"
        parts.append(keys[at] if elided else f" {keys[at]}")
    return "".join(parts)


def _is_named(tokens: Tokens, index: int, length: int, book: Wordbook) -> bool:
    """Tell whether more than an article of a name is capital ("The Hague", not "The city")."""
    if length == 1 and len(tokens.keys[index]) <= _INITIALS:
        return tokens.is_shouted(index)
    if length == 1 or "article" not in phrase_labels(book, tokens, index, index + 1):
        return True
    return any(tokens.capitals[index + 1 : index + length])


def _count_joined(tokens: Tokens, index: int, most: int, book: Wordbook) -> int:
    """Count the tokens from one on that could be one name."""
    length = 1
    while length < most and index + length < len(tokens):
        last = index + length - 1
        dotted = tokens.keys[last] in book.title_abbreviations and tokens.gap(last) in (". ", ".\u00a0")
        if not (dotted or tokens.joins(last)):
            break
        length += 1
    return length


def build_scene(tokens: Tokens, matches: list[Match], book: Wordbook) -> Scene:
    """Cut a text into items: names first, then phrases of the lexicon, then plain words."""
    label = book.single.get
    plain = [
        Item(at, at + 1, label(key, _NO_LABELS)) if capital or key in book.single else _find_plain(at)
        for at, (key, capital) in enumerate(zip(tokens.keys, tokens.capitals, strict=True))
    ]
    items: list[Item] = []
    end = 0
    for item in _merge_tokens(tokens, matches, book):
        items.extend(plain[end : item.first])
        items.append(item)
        end = item.last
    items.extend(plain[end:])
    return Scene(tokens, items, book)


# Words in small letters that no phrase has are never changed, and the same in every text.
_MOST_PLAIN = 4096
_plain_items: list[Item] = []


def _find_plain(at: int) -> Item:
    """Return the item of a token without a role."""
    if at >= _MOST_PLAIN:
        return Item(at, at + 1, _NO_LABELS)
    while at >= len(_plain_items):
        _plain_items.append(Item(len(_plain_items), len(_plain_items) + 1, _NO_LABELS))
    return _plain_items[at]


def _merge_tokens(tokens: Tokens, matches: list[Match], book: Wordbook) -> Iterator[Item]:
    """Yield the items of a name or of a phrase of several tokens, in text order."""
    several = book.several
    starts = [
        at
        for at, (key, after) in enumerate(pairwise(tokens.keys))
        if key in several and after in several[key]
    ]
    upcoming, end = 0, 0
    for match in matches:
        while upcoming < len(starts) and starts[upcoming] < match.first:
            at = starts[upcoming]
            upcoming += 1
            phrase = _find_phrase(tokens, at, match.first, book) if at >= end else None
            if phrase is not None:
                end = at + len(phrase.keys)
                yield Item(at, end, phrase.labels)
        end = match.last
        yield Item(match.first, end, phrase_labels(book, tokens, match.first, end), match)
    for at in starts[upcoming:]:
        phrase = _find_phrase(tokens, at, len(tokens), book) if at >= end else None
        if phrase is not None:
            end = at + len(phrase.keys)
            yield Item(at, end, phrase.labels)


def _find_phrase(tokens: Tokens, at: int, bound: int, book: Wordbook) -> Phrase | None:
    """Return the longest phrase of several tokens that stands at a token, before a bound."""
    for phrase in book.several[tokens.keys[at]][tokens.keys[at + 1]]:
        if at + len(phrase.keys) <= bound and _fits(tokens, at, phrase.keys):
            return phrase
    return None


def _fits(tokens: Tokens, index: int, keys: tuple[str, ...]) -> bool:
    last = index + len(keys) - 1
    if len(keys) > 2 and tuple(tokens.keys[index : last + 1]) != keys:
        return False
    return all(
        tokens.joins(at) or (tokens.gap(at) in (".", ". ", ".\u00a0") and len(tokens.keys[at]) == 1)
        for at in range(index, last)
    )


def phrase_labels(book: Wordbook, tokens: Tokens, first: int, last: int) -> dict[str, Any]:
    """Return the labels of the very words from one token to another, if they are a phrase."""
    for phrase in book.phrases.get(tokens.keys[first], ()):
        if len(phrase.keys) == last - first and tuple(tokens.keys[first:last]) == phrase.keys:
            return phrase.labels
    return _NO_LABELS


def scan_capitals(text: str, gazetteer: Gazetteer) -> list[str]:
    """Return the folded names of the gazetteer in a short text without a lexicon (a publisher's name)."""
    tokens = tokenise(text, compile_words(frozenset(), frozenset()))
    found, index = [], 0
    while index < len(tokens):
        starts = gazetteer.starting_with(tokens.keys[index]) if tokens.capitals[index] else NO_STARTS
        length = min(starts.longest, len(tokens) - index, _LONGEST_NAME)
        while length and " ".join(tokens.keys[index : index + length]) not in starts.names:
            length -= 1
        if length:
            found.append(" ".join(tokens.keys[index : index + length]))
        index += max(length, 1)
    return found

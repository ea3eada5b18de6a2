"""Names of the gazetteer in a text, longest first, and the words around them as labelled items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, repeat
from typing import Any

from geo.places.gazetteer import ADJECTIVE, NO_STARTS, Entry, Gazetteer
from geo.places.tokens import Tokens, compile_words, tokenise
from geo.places.wordbook import Phrase, Wordbook

__all__ = ["Match", "Scene", "build_scene", "scan_names"]

# A name with more tokens than this is not looked for.
_LONGEST_NAME = 8

# What a capital says nothing of where a sentence begins.
_SMALL = frozenset({"article", "locative", "inside", "of"})

# A name as short as "UK" is one only in capitals.
_INITIALS = 2

# Between two items of one phrase: spaces and quotes, no comma, no stop, no line break.
_SOFT = re.compile(r"[ \t\u00a0\u202f«»\"“”„‘’'\-–‑]*")
_SOFT_OR_DOT = re.compile(r"\.?[ \t\u00a0\u202f«»\"“”„‘’'\-‑]*")


@dataclass(slots=True, eq=False)
class Match:
    """A name found in a text: its tokens (half-open), its folded key and the places under it.

    ``lookup`` is the name to look up where it is not the one that stands there; ``land`` tells that the name
    is that of the land around a town.
    """

    first: int
    last: int
    key: str
    entries: tuple[Entry, ...]
    adjective: bool = False
    lookup: str = ""
    land: bool = False


_NO_LABELS: dict[str, Any] = {}


@dataclass(slots=True, eq=False)
class Scene:
    """A text cut into items: names, phrases of the lexicon, and plain words, each of one or more tokens.

    Attributes
    ----------
    tokens
        The text's tokens.
    firsts
        The first token of each item, and after the last item the number of tokens.
    marks
        What each item can be, by the lexicon.
    matches
        The name that each item is, or None.
    ties
        Whether each item and the next belong to one phrase; None until it is asked (`soft`).
    book
        The wordbook that labelled them.
    """

    tokens: Tokens
    firsts: list[int]
    marks: list[dict[str, Any]]
    matches: list[Match | None]
    ties: list[bool | None]
    book: Wordbook

    def __len__(self) -> int:
        return len(self.marks)

    def start(self, index: int) -> int:
        """Return where an item begins, code points."""
        return self.tokens.starts[self.firsts[index]]

    def end(self, index: int) -> int:
        """Return where an item ends, code points."""
        return self.tokens.ends[self.firsts[index + 1] - 1]

    def gap(self, index: int) -> str:
        """Return the characters between an item and the next."""
        return self.tokens.gap(self.firsts[index + 1] - 1)

    def count(self, index: int) -> int:
        """Return how many tokens an item has."""
        return self.firsts[index + 1] - self.firsts[index]

    def soft(self, index: int) -> bool:
        """Tell whether an item and the next belong to one phrase; False outside the text."""
        if not 0 <= index < len(self.ties):
            return False
        tied = self.ties[index]
        if tied is None:
            tied = _is_tied(self.tokens, self.firsts[index + 1] - 1, self.marks[index])
            self.ties[index] = tied
        return tied

    def labels(self, index: int) -> dict[str, Any]:
        """Return the labels of an item; none outside the text."""
        return self.marks[index] if 0 <= index < len(self.marks) else _NO_LABELS

    def is_capital(self, index: int) -> bool:
        """Tell whether an item begins with a capital letter; False outside the text."""
        return 0 <= index < len(self.marks) and self.tokens.capitals[self.firsts[index]]

    def opens(self, index: int) -> bool:
        """Tell whether an item stands where a sentence, a line or a quoted sentence begins."""
        return self.tokens.opens(self.firsts[index])

    def is_shouted(self, index: int) -> bool:
        """Tell whether an item's first token, of two letters or more, is all capitals."""
        return self.tokens.is_shouted(self.firsts[index])

    def key(self, index: int) -> str:
        """Return the folded words of an item; empty outside the text."""
        if not 0 <= index < len(self.marks):
            return ""
        first, last = self.firsts[index], self.firsts[index + 1]
        return self.tokens.keys[first] if last - first == 1 else " ".join(self.tokens.keys[first:last])

    def merge(self, index: int, last: int, match: Match) -> None:
        """Make one name of the items from one to another (half-open)."""
        self.firsts[index:last] = [self.firsts[index]]
        self.marks[index:last] = [_NO_LABELS]
        self.matches[index:last] = [match]
        self.ties[index:last] = [None]


def _is_tied(tokens: Tokens, last: int, labels: dict[str, Any]) -> bool:
    """Tell whether an item that ends with a token belongs to one phrase with the next."""
    if tokens.spaced[last]:
        return True
    if last + 1 == len(tokens):
        return False
    gap = tokens.text[tokens.ends[last] : tokens.starts[last + 1]]
    return _is_soft_or_dot(gap) if "short" in labels else _is_soft(gap)


@lru_cache(maxsize=1024)
def _is_soft(gap: str) -> bool:
    return _SOFT.fullmatch(gap) is not None


@lru_cache(maxsize=1024)
def _is_soft_or_dot(gap: str) -> bool:
    return _SOFT_OR_DOT.fullmatch(gap) is not None


def scan_names(tokens: Tokens, gazetteer: Gazetteer, book: Wordbook) -> list[Match]:
    """Find the names of the gazetteer that begin with a capital, longest first, not overlapping."""
    matches: list[Match] = []
    end = 0
    for index in compress(range(len(tokens)), tokens.capitals):
        if index < end:
            continue
        found = (
            _match_shortened(tokens, index, gazetteer)
            if end == index and end
            else _match_headed(tokens, index, gazetteer, book)
        ) or _match_at(tokens, index, gazetteer, book)
        if found is not None:
            matches.append(found)
            end = found.last
    return _add_directions(tokens, matches, gazetteer, book)


def _add_directions(
    tokens: Tokens, matches: list[Match], gazetteer: Gazetteer, book: Wordbook
) -> list[Match]:
    """Add towns whose adjective stands in small letters before a direction («лиманское направление»)."""
    if book.axes.isdisjoint(tokens.keys):
        return matches
    found = [
        _match_at(tokens, at - 1, gazetteer, book)
        for at in range(1, len(tokens))
        if tokens.keys[at] in book.axes and not tokens.capitals[at - 1]
    ]
    named = (match for match in found if match is not None)
    added = [match for match in named if any(entry.flag == ADJECTIVE for entry in match.entries)]
    return sorted((*matches, *added), key=lambda match: match.first) if added else matches


# The longest abbreviation of a state's name ("Minn", "Sask").
_LONGEST_SHORT = 5


def _match_shortened(tokens: Tokens, index: int, gazetteer: Gazetteer) -> Match | None:
    """Return the unit that a word with a dot abbreviates after a name and a comma ("Paris, Ky."), or None."""
    key, end = tokens.keys[index], tokens.ends[index]
    if tokens.text[end : end + 1] != "." or len(key) > _LONGEST_SHORT or tokens.gap(index - 1) != ", ":
        return None
    last, key = index + 1, f"{key}."
    if last < len(tokens) and tokens.gap(index) == "." and tokens.gap(last).startswith("."):  # "W.Va."
        last, key = last + 1, f"{key}{tokens.keys[last]}."
    entries = gazetteer.find(key)
    return Match(index, last, key, entries, lookup=entries[0].place.name) if entries else None


def _match_headed(tokens: Tokens, index: int, gazetteer: Gazetteer, book: Wordbook) -> Match | None:
    """Return the name that begins with a small word before a capital one ("сектор Гази"), or None."""
    if not index or tokens.keys[index - 1] not in book.heads or tokens.capitals[index - 1]:
        return None
    found = _match_at(tokens, index - 1, gazetteer, book)
    return found if found is not None and found.last > index else None


def _match_at(tokens: Tokens, index: int, gazetteer: Gazetteer, book: Wordbook) -> Match | None:
    """Return the longest name that begins at a token, or None."""
    key = tokens.keys[index]
    found = _match_key(tokens, index, key, gazetteer, book)
    longest = index + 1 if found is None else found.last
    if key in book.expansions:  # "Mt. Juliet" is Mount Juliet
        other = _match_key(tokens, index, book.expansions[key], gazetteer, book)
    elif _is_owned(tokens, index, book):  # "Cox's Bazar"
        longest = max(longest, index + 2)
        other = _match_key(tokens, index, f"{key}{tokens.keys[index + 1]}", gazetteer, book)
    else:
        return found
    return other if other is not None and other.last > longest else found


def _is_owned(tokens: Tokens, index: int, book: Wordbook) -> bool:
    """Tell whether a possessive ending follows a token and a capital word that."""
    if index + 2 >= len(tokens) or tokens.spaced[index] or not tokens.capitals[index + 2]:
        return False
    return tokens.keys[index + 1] in book.possessives and tokens.gap(index) in _APOSTROPHES


_APOSTROPHES = ("'", "’")


def _match_key(tokens: Tokens, index: int, key: str, gazetteer: Gazetteer, book: Wordbook) -> Match | None:
    """Return the longest name that begins at a token under a key for it, or None."""
    starts = gazetteer.starting_with(key) if key else NO_STARTS
    if not starts.names:
        return None
    first = index + 1 if key != tokens.keys[index] and key.startswith(tokens.keys[index]) else index
    length = min(starts.longest, _LONGEST_NAME)
    if length > 1 and first + 1 < len(tokens) and tokens.keys[first + 1] not in starts.seconds:
        # An elided second token is part of the next ("Côte d'Ivoire").
        length = length if tokens.text[tokens.ends[first + 1] : tokens.ends[first + 1] + 1] in "'’" else 1
    if length > 1:
        length = _count_joined(tokens, first, length, book)
    while length:
        name = _join_keys(tokens, first, first + length)
        name = f"{key}{name[len(tokens.keys[first]) :]}"
        if name in starts.names and _is_named(tokens, first, length, book):
            entries = gazetteer.find(name)
            adjective = all(entry.flag == ADJECTIVE for entry in entries) or book.is_adjective(name)
            plain = key == tokens.keys[index]
            return Match(index, first + length, name, entries, adjective, "" if plain else name)
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
    """Tell whether more than a small word of a name is capital ("The Hague", not "The city" or "À la")."""
    if length == 1 and len(tokens.keys[index]) <= _INITIALS:
        return tokens.is_shouted(index)
    if length == 1 or _SMALL.isdisjoint(phrase_labels(book, tokens, index, index + 1)):
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
    count = len(tokens)
    firsts = list(range(count + 1))
    found: list[Match | None] = [None] * count
    marks = _mark_words(tokens, book).copy()
    for first, last, labels, match in reversed(list(_merge_tokens(tokens, matches, book))):
        if last - first == 1:
            marks[first], found[first] = labels, match
        else:
            firsts[first:last], marks[first:last], found[first:last] = [first], [labels], [match]
    return Scene(tokens, firsts, marks, found, [None] * len(marks), book)


@lru_cache(maxsize=4)  # names and pronouns are sought in the same words
def _mark_words(tokens: Tokens, book: Wordbook) -> list[dict[str, Any]]:
    """Return what each word can be alone."""
    return list(map(book.single.get, tokens.keys, repeat(_NO_LABELS)))


@lru_cache(maxsize=4)
def _list_starts(tokens: Tokens, book: Wordbook) -> list[int]:
    """Return where phrases of several words may begin, by their first two."""
    several, keys = book.several, tokens.keys
    firsts = compress(range(len(keys) - 1), map(several.__contains__, keys))
    return [at for at in firsts if keys[at + 1] in several[keys[at]]]


_Part = tuple[int, int, dict[str, Any], Match | None]  # first and last token (half-open), labels, name


def _merge_tokens(tokens: Tokens, matches: list[Match], book: Wordbook) -> Iterator[_Part]:
    """Yield the items that are names or phrases of several tokens, in text order."""
    starts = _list_starts(tokens, book)
    upcoming, end = 0, 0
    for match in matches:
        while upcoming < len(starts) and starts[upcoming] < match.first:
            at = starts[upcoming]
            upcoming += 1
            phrase = _find_phrase(tokens, at, match.first, book) if at >= end else None
            if phrase is not None:
                end = at + len(phrase.keys)
                yield at, end, phrase.labels, None
        end = match.last
        yield match.first, end, phrase_labels(book, tokens, match.first, end), match
    for at in starts[upcoming:]:
        phrase = _find_phrase(tokens, at, len(tokens), book) if at >= end else None
        if phrase is not None:
            end = at + len(phrase.keys)
            yield at, end, phrase.labels, None


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
    if last - first == 1:
        return book.single.get(tokens.keys[first], _NO_LABELS)
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

"""The words that claims are read with, compiled once a language from its lexicon's ``[claims.*]`` tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from geo.claims.patterns import Matcher, Sense, fold_word
from geo.language.lexicon import Lexicon

__all__ = ["OPPOSITES", "TRIGGERS", "Vocabulary", "compile_vocabulary"]

# What a trigger's name says of the kind is in `geo.claims.triggers`; these are the tables every lexicon has.
TRIGGERS = (
    "strike",
    "shoot_down",
    "attack",
    "assault",
    "repel",
    "battle",
    "take",
    "hold",
    "lose",
    "fall",
    "advance",
    "offensive",
    "withdraw",
    "gather",
)
# Shorter words for "since" mean much else.
_LONG_WORD = 4
_FORMS = ("verb", "passive", "noun")
# Whoever comes from the one heads for the other.
OPPOSITES = {"N": "S", "S": "N", "E": "W", "W": "E", "NE": "SW", "SW": "NE", "NW": "SE", "SE": "NW"}
_Phrase = tuple[str, ...]
_Directions = Mapping[str, tuple[tuple[_Phrase, str], ...]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Vocabulary:
    """The claims' words of one language.

    Attributes
    ----------
    matcher
        All patterns of the language.
    publishers
        Patterns that are tried on the publisher's name alone.
    words
        Plain word sets by name (``relatives``, ``coordinators``, ``lists`` ...).
    elisions, clitics
        Word parts before and after an apostrophe that stand for themselves.
    futures
        Endings of verbs that speak of what is to come.
    infinitives
        Endings of infinitives, which tell an aim at the head of a sentence.
    liberating
        Beginnings of verbs that give a place back to those it belongs to.
    progressives
        Endings of verbs that are no passive after "is" and "are".
    genitives
        Endings of the cases in which a side after a verb is no subject.
    peoples
        Endings of nouns for people, which describe no place.
    agentive
        Endings of words that can only be an agent ("by the Russians").
    course
        Words right before a place that an advance comes from, goes through or leads to, by name and by
        their last word.
    headings
        Words that alone tell a direction ("westwards"), by their first word, the longest first.
    compass
        Names of directions in all their forms, by their first word, the longest first.
    """

    matcher: Matcher
    publishers: Matcher
    words: Mapping[str, frozenset[str]]
    elisions: frozenset[str]
    clitics: frozenset[str]
    agentive: tuple[str, ...]
    futures: tuple[str, ...]
    infinitives: tuple[str, ...]
    liberating: tuple[str, ...]
    progressives: tuple[str, ...] = ()
    genitives: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    course: Mapping[str, Mapping[str, tuple[_Phrase, ...]]] = field(default_factory=dict)
    headings: _Directions = field(default_factory=dict)
    compass: _Directions = field(default_factory=dict)
    tag: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=16)
def compile_vocabulary(lexicon: Lexicon) -> Vocabulary:
    """Compile the ``[claims.*]`` tables of a lexicon; `DataError` if a table is missing or broken."""
    table = lexicon.table("claims")
    words = table["word"]
    since = [word for word in lexicon.table("dates")["since"] if len(word) >= _LONG_WORD]
    return Vocabulary(
        matcher=_compile_matcher(table),
        publishers=_compile_publishers(table["publisher"]),
        words={name: _fold_all(value) for name, value in words.items()} | {"since": _fold_all(since)},
        elisions=_fold_all(words["elisions"]),
        clitics=_fold_all(words["clitics"]),
        agentive=tuple(table["agentive"]["endings"]),
        futures=tuple(words["futures"]),
        infinitives=tuple(words["infinitives"]),
        liberating=tuple(words["liberating"]),
        progressives=tuple(words["progressives"]),
        genitives=tuple(words.get("genitives", ())),
        peoples=tuple(words["peoples"]),
        course={n: _sort_by_last(some) for n, some in table["course"].items() if n != "heading"},
        headings=_sort_directions(table["course"]["heading"]),
        compass=_sort_directions(lexicon.table("places")["directions"]["noun"]),
        tag=lexicon.tag,
    )


def _fold_all(items: Iterable[str]) -> frozenset[str]:
    return frozenset(fold_word(item) for item in items)


def _cut_phrases(phrases: Iterable[str]) -> tuple[_Phrase, ...]:
    return tuple(tuple(fold_word(phrase).replace("-", " ").split()) for phrase in phrases)


def _sort_by_last(phrases: Iterable[str]) -> dict[str, tuple[_Phrase, ...]]:
    """Return phrases by their last word."""
    found: dict[str, tuple[_Phrase, ...]] = {}
    for phrase in _cut_phrases(phrases):
        found[phrase[-1]] = (*found.get(phrase[-1], ()), phrase)
    return found


def _sort_directions(table: Mapping[str, Iterable[str]]) -> _Directions:
    """Return phrases with their directions by their first word, the longest first; the centre is none."""
    found = [
        (phrase, name) for name, some in table.items() if name in OPPOSITES for phrase in _cut_phrases(some)
    ]
    by_first: dict[str, tuple[tuple[_Phrase, str], ...]] = {}
    for phrase, name in sorted(found, key=lambda one: -len(one[0])):
        by_first[phrase[0]] = (*by_first.get(phrase[0], ()), (phrase, name))
    return by_first


def _compile_matcher(table: Mapping[str, Any]) -> Matcher:
    matcher = Matcher()
    for name in TRIGGERS:
        for form in _FORMS:
            matcher.add(table["trigger"][name][form], Sense("trigger", name, form))
    matcher.add(table["mask"]["patterns"], Sense("mask", "mask"))
    for group in ("cue", "thing", "say", "side", "party"):
        for name, patterns in table[group].items():
            matcher.add(patterns, Sense(group, name))
    matcher.add(table["word"]["enemies"], Sense("side", "enemy"))
    matcher.add(table["word"]["ours"], Sense("side", "our"))
    for name in ("rebel", "state", "army"):
        matcher.add(table["inner"][name], Sense("side", name))
    matcher.add(table["word"]["targets"], Sense("thing", "target"))
    return matcher


def _compile_publishers(table: Mapping[str, Any]) -> Matcher:
    matcher = Matcher()
    for name, patterns in table.items():
        matcher.add(patterns, Sense("publisher", name))
    return matcher

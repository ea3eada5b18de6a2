"""The words around names, compiled from a lexicon's ``[places]`` tables into one look-up by first token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from geo.model import PlaceKind
from geo.places.folding import fold_name
from geo.places.tokens import compile_words

__all__ = ["Phrase", "Wordbook", "compile_wordbook"]

Labels = dict[str, Any]

# A case ending is no longer, and what it stands on no shorter.
_LONGEST_ENDING = 7
_SHORTEST_STEM = 2
_SHORTEST_LAND = 4  # letters of the shortest ending of a land's name


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of the lexicon: its folded tokens and what it can be."""

    keys: tuple[str, ...]
    labels: Labels


@dataclass(frozen=True, slots=True, eq=False)
class Wordbook:
    """Phrases of a language by their first token, longest first.

    Attributes
    ----------
    phrases
        First folded token to the phrases that begin with it, longest first.
    single, several
        The same, parted: labels of phrases of one token, and phrases of several by their second one too.
    words
        What a token is in the language.
    possessives, contractions, title_abbreviations
        Folded tokens, see the table ``[places.glue]``.
    endings, restores
        Endings of adjectives made from names, and what to put in their stead.
    adjective_after
        Whether a kind word after a name follows adjectives only.
    sites_after
        Whether site words may follow a name.
    genitive
        Whether a noun may stand straight before a name in the genitive, without an "of".
    kind_words
        Folded words that may follow a name, by the kind that they make of it.
    cases
        Case endings to what stands in their stead in the nominative.
    lands
        Endings of names for the land around a town, and those of the town's adjective.
    expansions
        Abbreviated first words of names, and what they stand for ("mt": "mount").
    heads
        Words in small letters that some names begin with.
    landscapes, landscapes_before
        Words for islands, lakes and the like, after and before their names.
    public
        Words that make a public body's name of a place's.
    armed
        The last tokens of names of armed groups.
    axes
        Words for a front's direction before which a town's adjective stands in small letters.
    stems
        Beginnings of verbs: ``speech``, ``origin``, ``withdraw``, ``taking``, ``taken``.
    helpers
        Words that a passive needs before it ("was taken"); none where the form tells it.
    links, fates
        Folded words before a name ("the battle for") and phrases behind one ("has fallen").
    memo
        Answers about words, remembered.
    """

    phrases: Mapping[str, tuple[Phrase, ...]]
    single: Mapping[str, Labels]
    several: Mapping[str, Mapping[str, tuple[Phrase, ...]]]
    words: re.Pattern[str]
    possessives: frozenset[str]
    contractions: frozenset[str]
    title_abbreviations: frozenset[str]
    endings: tuple[str, ...]
    restores: tuple[str, ...]
    adjective_after: bool
    sites_after: bool
    genitive: bool
    kind_words: Mapping[PlaceKind, tuple[str, ...]]
    cases: Mapping[str, tuple[str, ...]]
    lands: Mapping[str, str]
    expansions: Mapping[str, str]
    heads: frozenset[str]
    landscapes: frozenset[str]
    landscapes_before: frozenset[str]
    public: frozenset[str]
    armed: frozenset[str]
    axes: frozenset[str]
    stems: Mapping[str, re.Pattern[str]]
    helpers: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    fates: tuple[str, ...] = ()
    memo: dict[tuple[str, str], Any] = field(default_factory=dict)

    def has_stem(self, table: str, key: str) -> bool:
        """Tell whether a folded token begins with a stem of ``speech``, ``origin`` or ``withdraw``."""
        known: bool | None = self.memo.get((table, key))
        if known is None:
            known = self.stems[table].match(key) is not None
            if len(self.memo) > 50_000:
                self.memo.clear()
            self.memo[table, key] = known
        return known

    def is_adjective(self, key: str) -> bool:
        """Tell whether a folded name ends as an adjective made from a name does."""
        return key.endswith(self.endings) if self.endings else False

    def undo_cases(self, key: str) -> Iterator[str]:
        """Yield the nominatives that a folded word may be a case form of, by longer endings first."""
        if len(key) > _SHORTEST_STEM:  # whole words change too ("Розі" of "Ріг")
            yield from self.cases.get(key, ())
        for size in range(min(_LONGEST_ENDING, len(key) - _SHORTEST_STEM), 0, -1):
            for nominative in self.cases.get(key[-size:], ()):
                yield key[:-size] + nominative

    def name_land(self, key: str) -> str:
        """Return the adjective of the land around a town ("Ізюмщина": "ізюмський"), or nothing."""
        for size in range(min(_LONGEST_ENDING, len(key) - _SHORTEST_STEM), _SHORTEST_LAND - 1, -1):
            if key[-size:] in self.lands:
                return key[:-size] + self.lands[key[-size:]]
        return ""

    def restore_names(self, key: str) -> Iterator[str]:
        """Yield the names that an adjective may be made from, likeliest first."""
        for ending in self.endings:
            if key.endswith(ending) and len(key) > len(ending) + 1:
                stem = key[: -len(ending)]
                yield from (stem + restore for restore in self.restores)
                return


# Lists of the lexicon that become a label each, without a value.
_PLAIN = {
    "glue": (
        "article",
        "of",
        "of_side",
        "inside",
        "within",
        "locative",
        "start",
        "conjunction",
        "again",
        "filler",
    ),
    "directions": ("side_before", "part_before", "parts"),
    "relations": ("near", "near_after", "border", "between", "along", "axis", "axis_before"),
    "roles": ("government", "born"),
    "persons": ("titles", "given"),
    "common": ("words", "months", "demonyms", "never"),
}
# Of the table of nouns that point back: what stands before one, and what tells that it is another place.
_ANAPHORA_WORDS = ("determiners", "others", "these")
_KM = {"km": 1.0, "mile": 1.609344, "metre": 0.001}  # International Yard and Pound Agreement of 1959.


def _label_kinds(tables: Mapping[str, Any]) -> Iterator[tuple[Iterable[str], str, Any]]:
    """Yield (words, label, value) of the tables of kinds, sites and directions."""
    for table, label in (("kinds", "kind"), ("kinds_after", "after"), ("short", "short")):
        for name, words in tables[table].items():
            if not isinstance(words, bool):
                plural = name.endswith("_plural")
                yield words, label, (PlaceKind(name.removesuffix("_plural")), plural)
    for name, words in tables["sites"].items():
        yield words, "site", name
    for table, label in (("noun", "direction"), ("adjective", "direction_adjective"), ("side", "side")):
        for name, words in tables["directions"][table].items():
            yield words, label, name


def _label_words(tables: Mapping[str, Any]) -> Iterator[tuple[Iterable[str], str, Any]]:
    """Yield (words, label, value) of every list of the lexicon."""
    yield from _label_kinds(tables)
    for table, names in _PLAIN.items():
        for name in names:
            yield tables[table][name], name, True
    for name, factor in _KM.items():
        yield tables["relations"][name], "unit", factor
    for name, bank in (("left_bank", "L"), ("right_bank", "R")):
        yield tables["relations"][name], "bank", bank
    for value, words in tables.get("numbers", {}).items():
        yield words, "number", float(value)
    for name, words in tables["organisations"].items():
        yield words, f"organisation_{name}", True
    for name, words in tables["anaphora"].items():
        yield words, name if name in _ANAPHORA_WORDS else "anaphor", name


def _collect_phrases(tables: Mapping[str, Any]) -> dict[str, tuple[Phrase, ...]]:
    merged: dict[tuple[str, ...], Labels] = {}
    for words, label, value in _label_words(tables):
        for word in words:
            keys = tuple(fold_name(word).split())
            # The first value of a label stands: tables are in their order of strength.
            merged.setdefault(keys, {}).setdefault(label, value)
    phrases: dict[str, list[Phrase]] = {}
    for keys, labels in sorted(merged.items(), key=lambda item: -len(item[0])):
        phrases.setdefault(keys[0], []).append(Phrase(keys, labels))
    return {first: tuple(found) for first, found in phrases.items()}


def _part_by_second(phrases: Mapping[str, tuple[Phrase, ...]]) -> dict[str, dict[str, tuple[Phrase, ...]]]:
    """Return the phrases of several tokens by their first and their second, longest first."""
    parted: dict[str, dict[str, tuple[Phrase, ...]]] = {}
    for first, found in phrases.items():
        for phrase in found:
            if len(phrase.keys) > 1:
                seconds = parted.setdefault(first, {})
                seconds[phrase.keys[1]] = (*seconds.get(phrase.keys[1], ()), phrase)
    return parted


def _read_rules(rules: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read rules "ending>nominative" into the nominatives of each ending."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        ending, _, nominative = rule.partition(">")
        found.setdefault(ending, []).append(nominative)
    return {ending: tuple(dict.fromkeys(nominatives)) for ending, nominatives in found.items()}


def _compile_stems(stems: Iterable[str]) -> re.Pattern[str]:
    folded = sorted({fold_name(stem).replace(" ", "") for stem in stems}, key=len, reverse=True)
    # A pattern of no stems must match nothing.
    return re.compile("|".join(map(re.escape, folded)) if folded else r"(?!)")


def read_tables(lexicon: Any) -> Mapping[str, Any]:
    """Return the ``[places]`` tables of a lexicon or of a plain mapping, with its small number words."""
    tables: Mapping[str, Any] = lexicon.tables if hasattr(lexicon, "tables") else lexicon
    numbers: dict[str, list[str]] = {}
    for name in ("cardinals", "collectives"):
        for value, words in tables.get("numbers", {}).get(name, {}).items():
            numbers.setdefault(value, []).extend(words)
    return {**tables["places"], "numbers": numbers}


@lru_cache(maxsize=16)
def _compile(lexicon: Any) -> Wordbook:
    tables = read_tables(lexicon)
    glue, roles = tables["glue"], tables["roles"]
    phrases = _collect_phrases(tables)
    return Wordbook(
        phrases=phrases,
        single={key: found[-1].labels for key, found in phrases.items() if len(found[-1].keys) == 1},
        several=_part_by_second(phrases),
        words=compile_words(frozenset(glue["elisions"]), frozenset(glue["possessives"])),
        possessives=frozenset(map(fold_name, glue["possessives"])),
        contractions=frozenset(map(fold_name, glue["contractions"])),
        title_abbreviations=frozenset(map(fold_name, glue["title_abbreviations"])),
        endings=tuple(sorted(map(fold_name, tables["adjectives"]["endings"]), key=len, reverse=True)),
        restores=tuple(tables["adjectives"]["restores"]),
        adjective_after=tables["kinds_after"]["needs_adjective"],
        sites_after=tables["kinds_after"]["sites"],
        genitive=not glue["of"],
        kind_words={
            kind: tuple(map(fold_name, tables["kinds_after"].get(kind.value, ()))) for kind in PlaceKind
        },
        cases=_read_rules(tables["cases"]["rules"]),
        lands=dict(rule.split(">") for rule in tables["adjectives"]["lands"]),
        expansions=dict(rule.split(">") for rule in glue["expansions"]),
        heads=frozenset(map(fold_name, glue["heads"])),
        landscapes=frozenset(map(fold_name, glue["landscapes"])),
        landscapes_before=frozenset(map(fold_name, glue["landscapes_before"])),
        public=frozenset(map(fold_name, roles["public"])),
        armed=frozenset(
            phrase.keys[-1]
            for found in phrases.values()
            for phrase in found
            if "organisation_armed" in phrase.labels
        ),
        axes=frozenset() if glue["of"] else frozenset(map(fold_name, tables["relations"]["axis"])),
        stems={
            "speech": _compile_stems(roles["speech_stems"]),
            "origin": _compile_stems(roles["origin_verbs"]),
            "withdraw": _compile_stems(roles["withdraw_verbs"]),
            "taking": _compile_stems(roles["taking_verbs"]),
            "taken": _compile_stems(roles["taken_participles"]),
        },
        helpers=frozenset(map(fold_name, roles["taken_helpers"])),
        links=frozenset(map(fold_name, roles["taking_links"])),
        fates=tuple(map(fold_name, roles["fates"])),
    )


def compile_wordbook(lexicon: Any) -> Wordbook:
    """Compile a lexicon's words around names, once for each lexicon object.

    Parameters
    ----------
    lexicon
        A `geo.language.lexicon.Lexicon`, or a mapping with a key ``places``.
    """
    try:
        return _compile(lexicon)
    except TypeError:  # a plain dictionary cannot be remembered
        return _compile.__wrapped__(lexicon)

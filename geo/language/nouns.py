"""Which noun a number counts: past adjectives, through "of", at the end of a row of nouns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from geo.language.lexicon import Lexicon, expand_forms
from geo.language.numbers import Number, NumberWords, compile_numbers, read_number
from geo.language.tokens import Phrases, Tokens, compile_phrases, is_plain_gap

__all__ = [
    "OTHER",
    "CountWords",
    "Noun",
    "compile_counts",
    "counts_casualties",
    "find_noun",
    "find_noun_before",
    "sizes_force",
]

OTHER = "other"
_PERSONS = "persons"  # words for people of any kind: soldiers where the words around say so
_LONGEST = 40  # letters of a compound
_REACH = 5  # words from a number to the noun that it counts
_TURNED = frozenset({"word", "collective", "range"})  # numbers that can stand behind their noun
_ADJECTIVES = 3  # so many words can stand between a number and its noun
_FAR = frozenset({"kilometres", "metres", "miles"})
# Nouns before a number that it rarely counts ("in the village two were hurt").
_NEVER_TURNED = frozenset(
    {"settlements", "regions", "sites", "buildings", "casualties", "prisoners", "times", "targets"}
    | {"percent", "measures", "money", "people"}
)
_WINDOW = 12  # words on either side that tell whether people are soldiers


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class CountWords:
    """What stands around numbers, compiled for one language."""

    numbers: NumberWords
    qualifiers: Phrases
    after: Phrases
    nouns: Phrases
    plurals: frozenset[str]
    things: frozenset[str]
    stops: frozenset[str]
    sizes: frozenset[str]
    conjunctions: frozenset[str]
    military: frozenset[str]
    casualties: frozenset[str]
    open: frozenset[str]
    join: frozenset[str]
    bare: frozenset[str]
    strong: frozenset[str]
    adverbs: Mapping[str, float]
    signs: frozenset[str]
    head_last: bool
    glued: bool
    heads: frozenset[str]


class Noun(NamedTuple):
    """The noun that a number counts, and the index after it; ``other`` is a noun that no list has."""

    unit: str
    end: int


@lru_cache(maxsize=32)
def compile_counts(lexicon: Lexicon) -> CountWords:
    """Compile what stands around numbers in a language, once."""
    numbers, units = lexicon.table("numbers"), lexicon.table("units")

    def collect(entries: Iterable[str]) -> frozenset[str]:
        return frozenset(expand_forms(lexicon, entries))

    adverbs = {form: float(key) for key, forms in numbers["adverbs"].items() for form in forms}
    known = compile_numbers(lexicon)
    return CountWords(
        numbers=known,
        qualifiers=compile_phrases(lexicon, {key: numbers[key] for key in ("at_least", "up_to", "about")}),
        after=compile_phrases(lexicon, {"at_least": numbers["or_more"], "up_to": numbers["or_less"]}),
        nouns=compile_phrases(lexicon, _gather_nouns(units)),
        plurals=_find_plurals(lexicon, units),
        things=frozenset(units["nouns"]),
        stops=collect(units["stop_words"]),
        sizes=collect(units["size_words"]),
        conjunctions=collect(units["conjunctions"]),
        military=collect(units["military_words"]),
        casualties=collect(units["casualty_words"]),
        open=collect(numbers["range_open"]),
        join=collect(numbers["range_join"]),
        bare=collect(numbers["range_bare"]),
        strong=collect(numbers["strong"]),
        adverbs=adverbs,
        signs=frozenset(units["money"]["signs"]),
        head_last=units["head_last"],
        glued=lexicon.table("language")["glued"],
        heads=known.heads | frozenset(adverbs),
    )


def _gather_nouns(units: Mapping[str, Any]) -> dict[str, Iterable[str]]:
    """Put every list of nouns under its unit; measures come first, for they are the longer phrases."""
    groups: dict[str, Iterable[str]] = {}
    for name in ("areas", "distances", "durations", "excluded", "nouns"):
        groups.update(units[name])
    return {**groups, "money": units["money"]["words"]}


def _find_plurals(lexicon: Lexicon, units: Mapping[str, Any]) -> frozenset[str]:
    """Return noun forms that are heads and not attributes ("missile attacks"), where the last noun counts."""
    if not units["head_last"]:
        return frozenset()
    endings = tuple(units["plural_endings"])
    forms = {word for entries in _gather_nouns(units).values() for word in expand_forms(lexicon, entries)}
    return frozenset(word.split()[-1] for word in forms if word.endswith(endings)) | frozenset(
        units["invariants"]
    )


def find_noun(tokens: Tokens, number: Number, words: CountWords) -> Noun:
    """Find the noun that a number counts, past adjectives; unit "" where none follows."""
    at = number.end
    if _is_money(tokens, number, words):
        return Noun(unit="money", end=number.end)
    if at >= len(tokens.words) or not (
        _joins_noun(tokens.gaps[at]) or _is_abbreviated(tokens, number, words)
    ):
        return Noun(unit="", end=number.end)
    if tokens.words[at] in words.strong:
        return Noun(unit="soldiers", end=at + 1)
    return _search_noun(tokens, number, words)


def find_noun_before(tokens: Tokens, number: Number, words: CountWords) -> Noun | None:
    """Find the noun before a number that is only about right ("бригади дві", "километрах в двадцати").

    Parameters
    ----------
    tokens
        The words of a text.
    number
        A number that no known noun follows.
    words
        What stands around numbers.

    Returns
    -------
    Noun or None
        None in a language that does not turn them about, and where another number counts the noun.
    """
    at = number.start
    if words.numbers.articles or number.sort not in _TURNED or number.high <= 1 or at < 1:
        return None
    far = tokens.words[at - 1] in words.stops and tokens.gaps[at] == " "
    found = words.nouns.match_before(tokens, at - far) if at > far else None
    if found is None or tokens.gaps[at - far] != " " or (far and found[1] not in _FAR):
        return None
    before = tokens.words[max(found[0] - _ADJECTIVES, 0) : found[0]]
    counted = any(word in words.numbers.heads or word[:1].isdecimal() for word in before)
    return None if counted or found[1] in _NEVER_TURNED else Noun(unit=found[1], end=number.end)


def _search_noun(tokens: Tokens, number: Number, words: CountWords) -> Noun:
    at = first = _pass_partitive(tokens, number.end, words)
    if tokens.words[at] in words.numbers.partitive:  # "of them"
        return Noun(unit="", end=number.end)
    count = len(tokens.words)
    while at < min(count, first + _REACH) and (at == number.end or _joins_noun(tokens.gaps[at])):
        found = _match_noun(tokens, at, words)
        if found and not (words.head_last and tokens.gaps[found[0] : found[0] + 1] == ["-"]):
            return _choose_noun(tokens, found, number, words)  # not "five aircraft-type drones"
        joins = at > first and _joins_adjectives(tokens, at, words)
        if (tokens.words[at] in words.stops and not joins) or (
            at > first and _starts_digits(tokens.words[at]) and tokens.gaps[at] != "-"
        ):  # but "five Kh-101 missiles"
            break
        if at == first and first > number.end and _starts_digits(tokens.words[at]):
            return _borrow_noun(tokens, at, number, words)
        at += 1
    return Noun(unit="" if at == first else OTHER, end=number.end)


def _joins_adjectives(tokens: Tokens, at: int, words: CountWords) -> bool:
    """Tell whether "and" joins two adjectives of one noun: "Russian and North Korean soldiers".

    They are told by the same ending, or by capitals on both.
    """
    if tokens.words[at] not in words.conjunctions or at + 1 >= len(tokens.words):
        return False
    before, after = tokens.words[at - 1], tokens.words[at + 1]
    capitals = (tokens.text[tokens.starts[at - 1]] + tokens.text[tokens.starts[at + 1]]).isupper()
    return capitals or (len(before) > 4 and len(after) > 4 and before[-2:] == after[-2:])


def sizes_force(tokens: Tokens, start: int, words: CountWords) -> bool:
    """Tell whether the words before a quantity make it the size of a force: "a battalion of 600"."""
    if start < 2 or tokens.words[start - 1] not in words.sizes:
        return False
    return any(tokens.words[at] in words.military for at in range(max(0, start - 3), start - 1))


def _joins_noun(gap: str) -> bool:
    """Tell whether a gap lets a noun phrase go on; a full stop does not."""
    return is_plain_gap(gap) and gap not in {". ", " ("}


def _is_abbreviated(tokens: Tokens, number: Number, words: CountWords) -> bool:
    """Tell whether the dot after a number is that of its last word ("11 тис. військових")."""
    return tokens.gaps[number.end] == ". " and tokens.words[number.end - 1] in words.numbers.scales


def counts_casualties(tokens: Tokens, number: Number, words: CountWords) -> bool:
    """Tell whether a number without a noun counts dead or wounded: "killing two", "three were hurt"."""
    at, before = number.end, number.start - 1
    if qualifier := words.qualifiers.match_before(tokens, number.start):
        before = qualifier[0] - 1
    if before >= 0 and tokens.words[before] in words.casualties and _joins_noun(tokens.gaps[before + 1]):
        return True
    for step in range(at, min(at + 3, len(tokens.words))):
        if not _joins_noun(tokens.gaps[step]):
            return False
        if tokens.words[step] in words.casualties:
            return True
    return False


def _starts_digits(word: str) -> bool:
    return word[0].isdecimal()


def _pass_partitive(tokens: Tokens, at: int, words: CountWords) -> int:
    """Step over "of", "of the", "из", "d'": the noun stands behind."""
    for _ in range(2):
        if (
            at + 1 < len(tokens.words)
            and tokens.words[at] in words.numbers.partitive
            and _joins_noun(tokens.gaps[at + 1])
        ):
            at += 1
    return at


def _borrow_noun(tokens: Tokens, at: int, number: Number, words: CountWords) -> Noun:
    """Give "28 of 54 drones" the noun of the second number."""
    other = read_number(tokens, at, words.numbers)
    noun = find_noun(tokens, other, words) if other else Noun(unit="", end=number.end)
    return noun._replace(end=number.end)


def _is_money(tokens: Tokens, number: Number, words: CountWords) -> bool:
    before, after = tokens.gaps[number.start], tokens.gaps[number.end]
    return before[-1:] in words.signs or after.strip()[:1] in words.signs


def _match_noun(tokens: Tokens, at: int, words: CountWords) -> tuple[int, str] | None:
    """Return the index after a known noun at a word and its unit; a compound counts by its last part."""
    found = words.nouns.match_at(tokens, at)
    word = tokens.words[at]
    if found or not words.glued or len(word) > _LONGEST:
        return found
    for cut in range(3, len(word) - 4):
        items = words.nouns.by_first.get(word[cut:], ())
        for item, unit in items:
            if len(item) == 1 and unit not in {"measures", "percent"}:
                return at + 1, unit
    return None


def _choose_noun(tokens: Tokens, found: tuple[int, str], number: Number, words: CountWords) -> Noun:
    end, unit = found
    if words.head_last and unit in words.things:
        end, unit = _find_head(tokens, found, words)
    if unit == _PERSONS:
        unit = "soldiers" if _is_military(tokens, number, words) else "people"
    return Noun(unit=unit, end=end)


def _find_head(tokens: Tokens, found: tuple[int, str], words: CountWords) -> tuple[int, str]:
    """Return the noun at the end of a row: "missile and drone attacks" are attacks."""
    best = found
    for _ in range(_REACH):
        end = best[0]
        if end >= len(tokens.words) or not _joins_noun(tokens.gaps[end]):
            break
        plural = tokens.words[end - 1] in words.plurals  # the noun so far could be the head
        step = end + 1 if not plural and tokens.words[end] in words.numbers.joiners else end
        following = _match_noun(tokens, step, words) if step < len(tokens.words) else None
        if following is None or following[1] in {"percent", "measures"}:
            break
        if plural and tokens.words[following[0] - 1] not in words.plurals:
            break
        best = following
    return best


def _is_military(tokens: Tokens, number: Number, words: CountWords) -> bool:
    """Tell whether words around a number of people say that they are soldiers."""
    start, end = max(0, number.start - _WINDOW), min(len(tokens.words), number.end + _WINDOW)
    for at in range(number.start, start, -1):
        if _ends_sentence(tokens, at, words):
            break
        if tokens.words[at - 1] in words.military:
            return True
    for at in range(number.end, end):
        if _ends_sentence(tokens, at, words):
            break
        if tokens.words[at] in words.military:
            return True
    return False


def _ends_sentence(tokens: Tokens, at: int, words: CountWords) -> bool:
    """Tell whether a sentence ends before a word; the dot of "тис." ends none."""
    gap = tokens.gaps[at]
    if gap == ". " and tokens.words[at - 1] in words.numbers.scales:
        return False
    return "\n" in gap or gap[:2] in {". ", "! ", "? ", "; "} or gap == "."

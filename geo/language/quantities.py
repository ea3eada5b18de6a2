"""Stated numbers with what they count: counts, areas, distances and durations.

A range keeps both ends, "more than N" has no high and "up to N" no low (rulings on numbers).  Percentages,
ordinals, clock times, dates, labels and measures such as calibres and hours are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from geo.language.calendar import find_date_words
from geo.language.lexicon import Lexicon, expand_forms
from geo.language.numbers import Number, NumberWords, compile_numbers, read_number
from geo.language.tokens import Phrases, Tokens, compile_phrases, is_plain_gap, tokenize
from geo.model import Quantity, Span

__all__ = ["find_quantities"]

_FACTORS = {  # to km2, km and days; the mile is the international one (1959), exactly 1.609344 km
    "square_kilometres": ("area", "km2", 1.0),
    "square_miles": ("area", "km2", 1.609344**2),
    "hectares": ("area", "km2", 0.01),
    "square_metres": ("area", "km2", 1e-6),
    "kilometres": ("distance", "km", 1.0),
    "miles": ("distance", "km", 1.609344),
    "metres": ("distance", "km", 0.001),
    "days": ("duration", "days", 1.0),
    "weeks": ("duration", "days", 7.0),
    "months": ("duration", "days", 30.0),
    "years": ("duration", "days", 365.0),
}
_REACH = 5  # words from a number to the noun that it counts
_WINDOW = 10  # words on either side that tell whether people are soldiers
_YEARS = range(1900, 2101)
_DASHES = frozenset({"-", "–", "—", " – ", " — ", " - ", "‑", "−", "‒"})
_FEW = (2.0, 9.0)
_OTHER = "other"
_PERSONS = "persons"  # words for people of any kind: soldiers where the words around say so


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Words:
    """What stands around numbers, compiled for one language."""

    numbers: NumberWords
    qualifiers: Phrases
    after: Phrases
    nouns: Phrases
    plurals: frozenset[str]
    stops: frozenset[str]
    military: frozenset[str]
    open: frozenset[str]
    join: frozenset[str]
    bare: frozenset[str]
    strong: frozenset[str]
    adverbs: Mapping[str, float]
    signs: frozenset[str]
    head_last: bool
    glued: bool
    heads: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Noun:
    """The noun that a number counts, and the index after it; ``other`` is a noun that no list has."""

    unit: str
    end: int


@lru_cache(maxsize=32)
def _compile(lexicon: Lexicon) -> _Words:
    numbers, units = lexicon.table("numbers"), lexicon.table("units")

    def collect(entries: Iterable[str]) -> frozenset[str]:
        return frozenset(expand_forms(lexicon, entries))

    adverbs = {form: float(key) for key, forms in numbers["adverbs"].items() for form in forms}
    known = compile_numbers(lexicon)
    return _Words(
        numbers=known,
        qualifiers=compile_phrases(lexicon, {key: numbers[key] for key in ("at_least", "up_to", "about")}),
        after=compile_phrases(lexicon, {"at_least": numbers["or_more"], "up_to": numbers["or_less"]}),
        nouns=compile_phrases(lexicon, _gather_nouns(units)),
        plurals=_find_plurals(lexicon, units),
        stops=collect(units["stop_words"]),
        military=collect(units["military_words"]),
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


def find_quantities(text: str, lexicon: Lexicon, report_id: str = "") -> tuple[Quantity, ...]:
    """Find the numbers of a text with what they count, in the order of the text.

    Parameters
    ----------
    text
        The words, NFC.
    lexicon
        The language that they are in.
    report_id
        Identifier for the spans.

    Returns
    -------
    tuple of Quantity
        Counts have the unit as an English plural: "" where no noun follows ("27 of them over Kursk"),
        ``other`` where a noun follows that no list has, ``times`` for "twice"; areas are in km2, distances
        in km, durations in days.
    """
    words, tokens = _compile(lexicon), tokenize(text, lexicon)
    dated = find_date_words(text, lexicon)
    found: list[Quantity] = []
    index, count = 0, len(tokens.words)
    while index < count:
        word = tokens.words[index]
        if (word in words.heads or word[0].isdecimal() or words.glued) and index not in dated:
            quantity, index = _read_quantity(text, tokens, index, words, report_id)
            if quantity is not None:
                found.append(quantity)
        else:
            index += 1
    return tuple(found)


def _read_quantity(
    text: str, tokens: Tokens, index: int, words: _Words, report_id: str
) -> tuple[Quantity | None, int]:
    """Read the quantity at a word; returns it, or None, and the index to go on from."""
    if tokens.words[index] in words.adverbs:
        value = words.adverbs[tokens.words[index]]
        span = _cut(text, tokens, index, index + 1, report_id)
        return Quantity(span=span, dimension="count", low=value, high=value, unit="times"), index + 1
    number = read_number(tokens, index, words.numbers)
    if number is None:
        return None, index + 1
    number = _read_range(tokens, number, words)
    start, sort = _read_qualifier(tokens, number, words)
    number = _settle_plural(tokens, number, words, sort)
    if more := words.after.match_at(tokens, number.end):
        number, sort = replace(number, end=more[0]), sort or more[1]
    noun = _find_noun(tokens, number, words)
    end, after = _read_after(tokens, number, noun, words)
    if _is_no_count(text, tokens, number, noun, words):
        return None, number.end
    quantity = _build(number, noun, sort or after, _cut(text, tokens, start, end, report_id))
    return quantity, number.end


def _cut(text: str, tokens: Tokens, start: int, end: int, report_id: str) -> Span:
    begin, stop = tokens.starts[start], tokens.ends[end - 1]
    return Span(report_id=report_id, start=begin, end=stop, exact=text[begin:stop])


def _build(number: Number, noun: _Noun, sort: str, span: Span) -> Quantity | None:
    if noun.unit in {"percent", "measures"}:
        return None
    dimension, unit, factor = _FACTORS.get(noun.unit, ("count", noun.unit, 1.0))
    low = None if sort == "up_to" else round(number.low * factor, 6)
    high = None if sort == "at_least" else round(number.high * factor, 6)
    return Quantity(span=span, dimension=dimension, low=low, high=high, unit=unit)


def _is_no_count(text: str, tokens: Tokens, number: Number, noun: _Noun, words: _Words) -> bool:
    """Tell whether a number counts nothing: an article, a lone "one", a year, a percentage."""
    after = tokens.gaps[number.end]
    if "%" in after[:2] or "‰" in after[:2]:
        return True
    if number.sort == "article" or (after == "-" and noun.unit in {"", _OTHER}):
        return True
    if after == "-" and noun.end > number.end + 1 and tokens.words[number.end] not in words.nouns.by_first:
        return True  # a three-pronged push
    if number.low == number.high == 1 and (noun.unit in {"", _OTHER} or _is_one_of(tokens, number, words)):
        return True
    if number.sort == "digits" and _is_year(text, tokens, number) and noun.unit in {"", _OTHER}:
        return True
    return tokens.words[number.start] in words.numbers.articles and noun.unit in {"", _OTHER}


def _is_one_of(tokens: Tokens, number: Number, words: _Words) -> bool:
    """Tell whether "one" singles out ("one of the drones") and does not count."""
    at = number.end
    return at < len(tokens.words) and tokens.words[at] in words.numbers.partitive


def _is_year(text: str, tokens: Tokens, number: Number) -> bool:
    exact = text[tokens.starts[number.start] : tokens.ends[number.end - 1]]
    return len(exact) == 4 and exact.isdecimal() and int(exact) in _YEARS


# --- ranges and qualifiers ------------------------------------------------------------------------


def _read_range(tokens: Tokens, number: Number, words: _Words) -> Number:
    """Join two numbers to a range: 10-15, 10 to 15, between 10 and 20, two or three."""
    at = number.end
    if at >= len(tokens.words):
        return number
    if tokens.gaps[at] not in _DASHES:
        opened = number.start > 0 and tokens.words[number.start - 1] in words.open
        joins = words.join if opened else words.bare
        if tokens.words[at] not in joins or tokens.gaps[at] != " ":
            return number
        at += 1
    return _join_range(tokens, number, at, words)


def _join_range(tokens: Tokens, number: Number, at: int, words: _Words) -> Number:
    if at >= len(tokens.words) or not _starts_number(tokens.words[at], words):
        return number
    joined = tokens.gaps[at] in _DASHES
    other = read_number(_unhyphen(tokens, at) if joined else tokens, at, words.numbers)
    if other is None or other.sort == "article":
        return number
    low = (
        number.low * other.scale if number.scale == 1 and number.low < other.low / other.scale else number.low
    )
    if low >= other.high:
        return number
    return replace(number, low=low, high=other.high, end=other.end, sort="range")


def _starts_number(word: str, words: _Words) -> bool:
    return word[0].isdecimal() or word in words.numbers.heads or words.glued


def _unhyphen(tokens: Tokens, index: int) -> Tokens:
    """Return the tokens with a dash before a word read as a space, so that 10-15 is no label."""
    gaps = [*tokens.gaps[:index], " ", *tokens.gaps[index + 1 :]]
    return replace(tokens, gaps=gaps)


def _read_qualifier(tokens: Tokens, number: Number, words: _Words) -> tuple[int, str]:
    """Return where the quantity starts and ``at_least``, ``up_to``, ``about`` or nothing."""
    start = number.start
    if start and tokens.words[start - 1] in words.numbers.articles and tokens.gaps[start] == " ":
        found = words.qualifiers.match_before(tokens, start - 1)
        if found:
            return found
    found = words.qualifiers.match_before(tokens, start)
    if found is None or (
        found[1] == "up_to" and number.sort == "range" and tokens.words[start - 1] in words.open
    ):
        return start, ""
    if found[1] == "about" and (wider := words.qualifiers.match_before(tokens, found[0])):
        return wider if wider[1] != "about" else found
    return found


def _settle_plural(tokens: Tokens, number: Number, words: _Words, sort: str) -> Number:
    """Read a plural such as "thousands" as vague, where the same form is no singular after a qualifier."""
    if number.sort != "collective" or sort in {"at_least", "up_to"} or sort == "about":
        return number
    if number.end - number.start > 1 and tokens.words[number.start] in words.numbers.articles:
        return number
    if tokens.words[number.start] not in words.numbers.plurals:
        return number
    return replace(number, low=number.low * _FEW[0], high=number.high * _FEW[1], sort="vague")


def _read_after(tokens: Tokens, number: Number, noun: _Noun, words: _Words) -> tuple[int, str]:
    """Return where the quantity ends, and ``at_least`` or ``up_to`` where words after it say so."""
    gap = tokens.gaps[number.end]
    sort = "at_least" if gap[:1] == "+" else ""
    for end in (number.end, noun.end):
        if found := words.after.match_at(tokens, end):
            return max(found[0], noun.end), found[1]
    return noun.end, sort


# --- nouns ----------------------------------------------------------------------------------------


def _find_noun(tokens: Tokens, number: Number, words: _Words) -> _Noun:
    """Find the noun that a number counts, past adjectives; unit "" where none follows."""
    at, count = number.end, len(tokens.words)
    if _is_money(tokens, number, words):
        return _Noun(unit="money", end=number.end)
    if at >= count or not is_plain_gap(tokens.gaps[at]):
        return _Noun(unit="", end=number.end)
    if tokens.words[at] in words.strong and (tokens.gaps[at] == "-"):
        return _Noun(unit="soldiers", end=at + 1)
    at = _pass_partitive(tokens, at, words)
    first = at
    while at < min(count, first + _REACH) and (at == number.end or is_plain_gap(tokens.gaps[at])):
        if found := _match_noun(tokens, at, words):
            return _choose_noun(tokens, found, number, words)
        if tokens.words[at] in words.stops or (at > first and _starts_digits(tokens.words[at])):
            break
        if at == first and first > number.end and _starts_digits(tokens.words[at]):
            return _borrow_noun(tokens, at, number, words)
        at += 1
    return _Noun(unit="" if at == first else _OTHER, end=number.end)


def _starts_digits(word: str) -> bool:
    return word[0].isdecimal()


def _pass_partitive(tokens: Tokens, at: int, words: _Words) -> int:
    """Step over "of", "of the", "из", "d'": the noun stands behind."""
    for _ in range(2):
        if (
            at + 1 < len(tokens.words)
            and tokens.words[at] in words.numbers.partitive
            and is_plain_gap(tokens.gaps[at + 1])
        ):
            at += 1
    return at


def _borrow_noun(tokens: Tokens, at: int, number: Number, words: _Words) -> _Noun:
    """Give "28 of 54 drones" the noun of the second number."""
    other = read_number(tokens, at, words.numbers)
    noun = _find_noun(tokens, other, words) if other else _Noun(unit="", end=number.end)
    return replace(noun, end=number.end)


def _is_money(tokens: Tokens, number: Number, words: _Words) -> bool:
    before, after = tokens.gaps[number.start], tokens.gaps[number.end]
    return before[-1:] in words.signs or after.strip()[:1] in words.signs


def _match_noun(tokens: Tokens, at: int, words: _Words) -> tuple[int, str] | None:
    """Return the index after a known noun at a word and its unit; a compound counts by its last part."""
    found = words.nouns.match_at(tokens, at)
    if found or not words.glued:
        return found
    word = tokens.words[at]
    for cut in range(3, len(word) - 4):
        items = words.nouns.by_first.get(word[cut:], ())
        for item, unit in items:
            if len(item) == 1 and unit not in {"measures", "percent"}:
                return at + 1, unit
    return None


def _choose_noun(tokens: Tokens, found: tuple[int, str], number: Number, words: _Words) -> _Noun:
    end, unit = found
    if words.head_last:
        end, unit = _find_head(tokens, found, words)
    if unit == _PERSONS:
        unit = "soldiers" if _is_military(tokens, number, words) else "people"
    return _Noun(unit=unit, end=end)


def _find_head(tokens: Tokens, found: tuple[int, str], words: _Words) -> tuple[int, str]:
    """Return the noun at the end of a row: "missile and drone attacks" are attacks."""
    best = found
    for _ in range(_REACH):
        end = best[0]
        if end >= len(tokens.words) or not is_plain_gap(tokens.gaps[end]):
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


def _is_military(tokens: Tokens, number: Number, words: _Words) -> bool:
    """Tell whether words around a number of people say that they are soldiers."""
    start, end = max(0, number.start - _WINDOW), min(len(tokens.words), number.end + _WINDOW)
    for at in range(number.start, start, -1):
        if tokens.words[at - 1] in words.military:
            return True
        if _ends_sentence(tokens.gaps[at]):
            break
    for at in range(number.end, end):
        if _ends_sentence(tokens.gaps[at]):
            break
        if tokens.words[at] in words.military:
            return True
    return False


def _ends_sentence(gap: str) -> bool:
    return "\n" in gap or gap[:2] in {". ", "! ", "? ", "; "} or gap == "."

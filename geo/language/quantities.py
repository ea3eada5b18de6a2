"""Stated numbers with what they count: counts, areas, distances and durations.

A range keeps both ends, "more than N" has no high and "up to N" no low (rulings on numbers).  Percentages,
ordinals, clock times, dates, labels and measures such as calibres and hours are left out.
"""

from __future__ import annotations

from geo.language.calendar import find_date_words
from geo.language.lexicon import Lexicon
from geo.language.nouns import (
    OTHER,
    CountWords,
    Noun,
    compile_counts,
    counts_casualties,
    find_noun,
    find_noun_before,
    sizes_force,
)
from geo.language.numbers import Number, read_number
from geo.language.tokens import Tokens, tokenize
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
_YEARS = range(1900, 2101)
_DASHES = frozenset({"-", "–", "—", " – ", " — ", " - ", "‑", "−", "‒"})
_FEW = (2.0, 9.0)
_LARGEST = 1e13  # more is no count of anything on a map, nor a sum of money
_UNNAMED = frozenset({"", OTHER})  # no noun, or one that no list has


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
    words, tokens = compile_counts(lexicon), tokenize(text, lexicon)
    dated = find_date_words(text, lexicon)
    found: list[Quantity] = []
    heads, glued, index = words.heads, words.glued, 0
    for at in [at for at, word in enumerate(tokens.words) if word in heads or word[0].isdecimal() or glued]:
        if at >= index and at not in dated:
            quantity, index = _read_quantity(text, tokens, at, words, report_id)
            if quantity is not None:
                found.append(quantity)
    return tuple(found)


def _read_quantity(
    text: str, tokens: Tokens, index: int, words: CountWords, report_id: str
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
        number, sort = number._replace(end=more[0]), sort or more[1]
    noun = find_noun(tokens, number, words)
    if noun.unit in _UNNAMED:
        noun = find_noun_before(tokens, number, words) or noun
    if noun.unit in _UNNAMED and number.high > 1 and counts_casualties(tokens, number, words):
        noun = noun._replace(unit="casualties")
    if noun.unit == "" and sizes_force(tokens, start, words):
        noun = noun._replace(unit="soldiers")
    end, after = _read_after(tokens, number, noun, words)
    if _is_no_count(text, tokens, number, noun, words):
        return None, number.end
    quantity = _build(number, noun, sort or after, _cut(text, tokens, start, end, report_id))
    return quantity, number.end


def _cut(text: str, tokens: Tokens, start: int, end: int, report_id: str) -> Span:
    begin, stop = tokens.starts[start], tokens.ends[end - 1]
    return Span(report_id=report_id, start=begin, end=stop, exact=text[begin:stop])


def _build(number: Number, noun: Noun, sort: str, span: Span) -> Quantity | None:
    if noun.unit in {"percent", "measures"}:
        return None
    if number.high > _LARGEST:
        return None
    dimension, unit, factor = _FACTORS.get(noun.unit, ("count", noun.unit, 1.0))
    low = None if sort == "up_to" else round(number.low * factor, 6)
    high = None if sort == "at_least" else round(number.high * factor, 6)
    return Quantity(span=span, dimension=dimension, low=low, high=high, unit=unit)


def _is_no_count(text: str, tokens: Tokens, number: Number, noun: Noun, words: CountWords) -> bool:
    """Tell whether a number counts nothing: an article, a lone "one", a year, a percentage, an age."""
    after, unnamed = tokens.gaps[number.end], noun.unit in _UNNAMED
    single = number.low == number.high == 1
    if number.sort == "digits" and _opens_item(tokens, number):
        return True
    if after[:1] in {"%", "‰"} or after[:2] in {" %", " ‰"} or number.sort == "article":
        return True
    if single and (unnamed or _is_one_of(tokens, number, words)):
        return True
    if after == "-" and noun.end > number.end + 1 and tokens.words[number.end] not in words.nouns.by_first:
        return True  # a three-pronged push
    return unnamed and (
        after == "-"
        or number.sort == "both"
        or tokens.words[number.start] in words.numbers.articles
        or (number.sort == "digits" and (_is_year(text, tokens, number) or _is_age(tokens, number)))
    )


def _opens_item(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number only numbers a line of a list or a thread ("2/ The Russians advance")."""
    before, after = tokens.gaps[number.start], tokens.gaps[number.end]
    opens = number.start == 0 or "\n" in before
    return opens and number.end - number.start == 1 and after[:1] in {"/", ")"}


def _is_age(tokens: Tokens, number: Number) -> bool:
    """Tell whether a number between commas is an age: "William Brown, 26, of Leeds"."""
    return tokens.gaps[number.start] == ", " and tokens.gaps[number.end][:1] == ","


def _is_one_of(tokens: Tokens, number: Number, words: CountWords) -> bool:
    """Tell whether "one" singles out ("one of the drones") and does not count."""
    at = number.end
    return at < len(tokens.words) and tokens.words[at] in words.numbers.partitive


def _is_year(text: str, tokens: Tokens, number: Number) -> bool:
    exact = text[tokens.starts[number.start] : tokens.ends[number.end - 1]]
    return len(exact) == 4 and exact.isdecimal() and int(exact) in _YEARS


# --- ranges and qualifiers ------------------------------------------------------------------------


def _read_range(tokens: Tokens, number: Number, words: CountWords) -> Number:
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


def _join_range(tokens: Tokens, number: Number, at: int, words: CountWords) -> Number:
    if at >= len(tokens.words) or not _starts_number(tokens.words[at], words):
        return number
    joined = tokens.gaps[at] in _DASHES
    other = read_number(tokens, at, words.numbers, joined=joined)
    if other is None or other.sort == "article":
        return number
    low = (
        number.low * other.scale if number.scale == 1 and number.low < other.low / other.scale else number.low
    )
    if low >= other.high:
        return number
    return number._replace(low=low, high=other.high, end=other.end, sort="range")


def _starts_number(word: str, words: CountWords) -> bool:
    return word[0].isdecimal() or word in words.numbers.heads or words.glued


def _read_qualifier(tokens: Tokens, number: Number, words: CountWords) -> tuple[int, str]:
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


def _settle_plural(tokens: Tokens, number: Number, words: CountWords, sort: str) -> Number:
    """Read a plural such as "thousands" as vague, where the same form is no singular after a qualifier."""
    if number.sort != "collective" or sort in {"at_least", "up_to"} or sort == "about":
        return number
    if number.end - number.start > 1 and tokens.words[number.start] in words.numbers.articles:
        return number
    if tokens.words[number.start] not in words.numbers.plurals:
        return number
    return number._replace(low=number.low * _FEW[0], high=number.high * _FEW[1], sort="vague")


def _opens_another(tokens: Tokens, index: int) -> bool:
    """Tell whether words lead on to another number ("seven villages and more than 160 sq km")."""
    ahead = tokens.words[index : index + 2]
    return tokens.gaps[index] == " " and any(word[:1].isdecimal() for word in ahead)


def _read_after(tokens: Tokens, number: Number, noun: Noun, words: CountWords) -> tuple[int, str]:
    """Return where the quantity ends, and ``at_least`` or ``up_to`` where words after it say so."""
    gap = tokens.gaps[number.end]
    sort = "at_least" if gap[:1] == "+" else ""
    for end in (number.end, noun.end):
        found = words.after.match_at(tokens, end)
        if found and not _opens_another(tokens, found[0]):
            return max(found[0], noun.end), found[1]
    return noun.end, sort

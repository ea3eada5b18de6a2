"""Numbers in digits and in words, as ranges, by the rulings on vague words.

"two dozen" is 24, "several hundred" 200 to 900, "tens of thousands" 20,000 to 90,000, "several dozen" 24
to 90.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from geo.language.lexicon import Lexicon, expand_forms
from geo.language.tokens import Phrases, Tokens, compile_phrases

__all__ = ["Number", "NumberWords", "compile_numbers", "read_number"]

_FEW = (2.0, 9.0)  # several, a few, plural words of quantity: the rulings' range
_DOZENS = (24.0, 90.0)  # "several dozen", "dozens": two dozen, but not above ninety
_DOZEN = 12
_HUNDRED = 100
_THOUSAND = 1000
_MARKS = re.compile(r"\D")
_LONGEST = 60  # letters of a number written as one; more is noise
_BETWEEN = frozenset({" ", "-"})  # what may stand between the words of one number


class Number(NamedTuple):
    """A number as written: words ``start`` to ``end`` (half-open) of the tokens.

    Attributes
    ----------
    low, high
        The range; alike for an exact number.
    start, end
        Indices of its first word and of the one after its last.
    scale
        What its last word multiplied by, so that "10 to 15 thousand" can share it.
    sort
        ``digits``, ``word``, ``collective`` (a dozen), ``vague``, ``range``, ``both`` or ``article`` (a word
        that is an article too).
    """

    low: float
    high: float
    start: int
    end: int
    scale: float = 1.0
    sort: str = "word"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class NumberWords:
    """The number words of a language, by what they do; ``heads`` are all words that can start a number."""

    cardinals: Mapping[str, int]
    scales: Mapping[str, float]
    attached: Mapping[str, float]
    collectives: Mapping[str, float]
    plurals: Mapping[str, float]
    vague: Phrases
    both: Phrases
    halves: frozenset[str]
    half_more: Phrases
    joiners: frozenset[str]
    articles: frozenset[str]
    partitive: frozenset[str]
    labels: frozenset[str]
    cardinal_endings: frozenset[str]
    ordinal_endings: frozenset[str]
    thousand_strong: frozenset[str]
    digits: re.Pattern[str]
    glue: tuple[str, str, str] | None
    heads: frozenset[str]


@lru_cache(maxsize=32)
def compile_numbers(lexicon: Lexicon) -> NumberWords:
    """Compile the number words of a language, once."""
    table = lexicon.table("numbers")

    def invert(name: str) -> dict[str, float]:
        return {
            form: float(key) for key, forms in table[name].items() for form in expand_forms(lexicon, forms)
        }

    def collect(name: str) -> frozenset[str]:
        return frozenset(expand_forms(lexicon, table[name]))

    cardinals = {word: int(value) for word, value in invert("cardinals").items()}
    scales, collectives, plurals = invert("scales"), invert("collectives"), invert("collective_plurals")
    vague = compile_phrases(lexicon, {"few": table["vague"]["several"]})
    both = compile_phrases(lexicon, {"both": table["both"]})
    spelled = {word: value for word, value in scales.items() if len(word) > 1}
    glue = (_find_word(spelled, _THOUSAND), _find_word(spelled, _HUNDRED), (*table["joiners"], "")[0])
    return NumberWords(
        cardinals=cardinals,
        scales=spelled,
        attached=scales,
        collectives=collectives,
        plurals=plurals,
        vague=vague,
        both=both,
        halves=collect("halves"),
        half_more=compile_phrases(lexicon, {"half": table["half_more"]}),
        joiners=collect("joiners"),
        articles=collect("articles"),
        partitive=collect("partitive"),
        labels=collect("labels"),
        cardinal_endings=collect("cardinal_endings"),
        ordinal_endings=collect("ordinal_endings"),
        thousand_strong=collect("thousand_strong"),
        digits=_compile_digits(table["point"]),
        glue=glue if lexicon.table("language")["glued"] else None,
        heads=frozenset(
            {
                *cardinals,
                *spelled,
                *collectives,
                *plurals,
                *vague.by_first,
                *both.by_first,
                *collect("halves"),
            }
        ),
    )


def _find_word(scales: Mapping[str, float], value: float) -> str:
    return next((word for word, scale in scales.items() if scale == value), "")


def _compile_digits(point: str) -> re.Pattern[str]:
    """Compile a number in digits; groups: whole part, decimals.

    Thousands may be parted by a space, an apostrophe or the mark that is not the language's decimal point;
    a group "000" after the decimal point is taken as thousands, for no decimal ends so.
    """
    mark, other = re.escape(point), re.escape("," if point == "." else ".")
    groups = "|".join(
        rf"\d{{1,3}}(?:{group}){{1,5}}(?!\d)" for group in (r"[ ']\d{3}", rf"{other}\d{{3}}", f"{mark}000")
    )
    whole = rf"{groups}|\d+"
    return re.compile(rf"({whole})(?:{mark}(\d+))?")


def read_number(tokens: Tokens, index: int, words: NumberWords, *, joined: bool = False) -> Number | None:
    """Read the number that starts at a word; None for an ordinal, a label, a name or no number.

    ``joined`` says that the dash before it joins it to another number (10-15), so that it is no label.
    """
    word = tokens.words[index]
    if word[0].isdecimal():
        number = (
            None if not joined and _is_label(tokens, index, words) else _read_digits(tokens, index, words)
        )
    elif word in words.heads or (words.glue and _read_glued(word, words) is not None):
        number = _read_words(tokens, index, words)
    else:
        return None
    return _multiply(tokens, number, words) if number else None


# --- digits ---------------------------------------------------------------------------------------


def _read_digits(tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    start = tokens.starts[index]
    found = words.digits.match(tokens.lowered, start)
    if found is None or len(found[0]) > _LONGEST:
        return None
    whole = found[1] if found[1].isdecimal() else _MARKS.sub("", found[1])
    value = float(f"{whole}.{found[2]}") if found[2] else float(whole)
    end = index + 1 if found.end() <= tokens.ends[index] else tokens.find_at(found.end())
    number = Number(low=value, high=value, start=index, end=end, sort="digits")
    if tokens.ends[end - 1] > found.end():
        return _read_suffix(number, tokens.lowered[found.end() : tokens.ends[end - 1]], words)
    return _read_ending(tokens, number, words)


def _is_label(tokens: Tokens, index: int, words: NumberWords) -> bool:
    """Tell whether digits are part of a name or label: S-400, No. 4, 05:20, 24/7."""
    gap, after = tokens.gaps[index], tokens.gaps[index + 1]
    if after[:1] in {":", "/"} and len(after) == 1:
        return True
    if index == 0:
        return bool(gap[-2:].strip() in {"№", "#"})
    if gap.endswith("/"):  # an address
        return True
    if gap in {":", ".", ","} and tokens.words[index - 1][-1].isdecimal():
        return True
    if (
        gap == "-"
        and not tokens.words[index - 1][-1].isdecimal()
        and tokens.words[index - 1] not in words.heads
    ):
        return True
    return gap.strip().endswith(("№", "°", "#")) or (
        tokens.words[index - 1] in words.labels and gap in {" ", ". ", " ° "}
    )


def _read_suffix(number: Number, suffix: str, words: NumberWords) -> Number | None:
    """Read letters that follow digits at once: 11k, 60bn; an ordinal or a measure gives None."""
    scale = words.attached.get(suffix)
    if scale is None:
        return None
    return number._replace(low=number.low * scale, high=number.high * scale, scale=scale)


def _read_ending(tokens: Tokens, number: Number, words: NumberWords) -> Number | None:
    """Read what is joined to digits by a hyphen: "20-ti" is a number, "110-th" is not."""
    end = number.end
    if end >= len(tokens.words) or tokens.gaps[end] != "-":
        return number
    word = tokens.words[end]
    if word in words.thousand_strong:
        return number._replace(low=number.low * _THOUSAND, high=number.high * _THOUSAND, end=end + 1)
    if word in words.cardinal_endings:
        return number._replace(end=end + 1)
    return None if word in words.ordinal_endings else number


# --- words ----------------------------------------------------------------------------------------


def _read_words(tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    word = tokens.words[index]
    if vague := words.vague.match_at(tokens, index):
        return Number(low=_FEW[0], high=_FEW[1], start=index, end=vague[0], sort="vague")
    if both := words.both.match_at(tokens, index):
        return Number(low=2, high=2, start=index, end=both[0], sort="both")
    if word in words.halves:
        return _read_half(tokens, index, words)
    turned = _read_turned(tokens, index, words) if word in words.plurals else None
    plural = word in words.plurals and word not in words.collectives and word not in words.cardinals
    if turned is None and plural:
        turned = _read_plural(index, words.plurals[word])
    if turned is not None:
        return turned
    if word in words.collectives and word not in words.cardinals and not _goes_on(tokens, index, words):
        return _read_collective(tokens, index, words)
    return _read_cardinal(tokens, index, words)


def _read_turned(tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    """Read a plural with its number behind ("сотні дві"); a singular adds ("тисяча дві")."""
    following = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    times = words.cardinals.get(following, 0)
    if words.articles or tokens.gaps[index + 1] != " " or not 1 < times < _DOZEN - 2:
        return None
    value = words.plurals[tokens.words[index]] * times
    return Number(low=value, high=value, start=index, end=index + 2, sort="word")


def _goes_on(tokens: Tokens, index: int, words: NumberWords) -> bool:
    """Tell whether a scale word opens a longer number ("тысяча двести")."""
    following = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    scale = words.scales.get(tokens.words[index], 0)
    value = words.cardinals.get(following, words.scales.get(following, 0))
    return tokens.gaps[index + 1] == " " and 1 < value < scale


def _read_half(tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    """Read "half a dozen"; half of anything else is no number."""
    after = index + 1
    if after < len(tokens.words) and tokens.words[after] in words.articles:
        after += 1
    if after >= len(tokens.words):
        return None
    value = words.collectives.get(tokens.words[after], words.scales.get(tokens.words[after], 0)) / 2
    return Number(low=value, high=value, start=index, end=after + 1, sort="collective") if value else None


def _read_plural(index: int, value: float) -> Number:
    low, high = _DOZENS if value == _DOZEN else (_FEW[0] * value, _FEW[1] * value)
    return Number(low=low, high=high, start=index, end=index + 1, sort="vague")


def _read_collective(tokens: Tokens, index: int, words: NumberWords) -> Number:
    """Read "a dozen", "une trentaine"; the article before it belongs to it."""
    value = words.collectives[tokens.words[index]]
    start = index
    if index and tokens.words[index - 1] in words.articles and tokens.gaps[index] in _BETWEEN:
        start = index - 1
    return Number(low=value, high=value, start=start, end=index + 1, sort="collective")


def _read_cardinal(tokens: Tokens, index: int, words: NumberWords) -> Number | None:
    """Read a number in words: groups below a thousand, each times its scale."""
    total, at, scale = 0.0, index, float("inf")
    while at < len(tokens.words):
        if at > index and tokens.gaps[at] not in _BETWEEN:
            break
        value, after = _read_group(tokens, at, words)
        if not value and tokens.words[at] not in words.scales:
            break
        step, after = _read_scale(tokens, after, index, words)
        if step >= scale or (at > index and value == 0):
            break
        total, at, scale = total + (value or 1) * step, after, step
        if step == 1:
            break
    if at == index:
        return None
    word = tokens.words[index]
    sort = "article" if at == index + 1 and word in words.articles else "word"
    return Number(low=total, high=total, start=index, end=at, scale=max(1.0, scale), sort=sort)


def _read_scale(tokens: Tokens, index: int, start: int, words: NumberWords) -> tuple[float, int]:
    """Return the scale word at an index (thousand, million) and the index after it; 1 where there is none."""
    if index >= len(tokens.words) or (index > start and tokens.gaps[index] not in _BETWEEN):
        return 1.0, index
    scale = words.scales.get(tokens.words[index], 0)
    return (scale, index + 1) if scale >= _THOUSAND else (1.0, index)


def _read_group(tokens: Tokens, index: int, words: NumberWords) -> tuple[int, int]:
    """Read cardinals that add up to less than a thousand; returns value and the index after them."""
    value, at = 0, index
    while at < len(tokens.words) and (at == index or tokens.gaps[at] in _BETWEEN):
        word = tokens.words[at]
        part = _read_one(word, words)
        if part is not None and (value == 0 or _fits(value, part)):
            value, at = _add(value, part), at + 1
        elif words.scales.get(word) == _HUNDRED and value < 10:
            value, at = max(1, value) * _HUNDRED, at + 1
        elif _joins(tokens, at, value, words):
            at += 1
        else:
            break
    return value, at


def _read_one(word: str, words: NumberWords) -> int | None:
    part = words.cardinals.get(word)
    return _read_glued(word, words) if part is None and words.glue else part


def _fits(value: int, part: int) -> bool:
    """Tell whether a cardinal can be added: tens to hundreds, units to tens, teens to sixty and eighty."""
    last = value % _HUNDRED
    if last == 0:
        return part < _HUNDRED
    if part == 20 and last == 4:  # quatre-vingts
        return True
    if last == 10 and part in {7, 8, 9}:  # dix-sept
        return True
    return (part < 10 and last >= 20 and last % 10 == 0) or (10 <= part < 20 and last in {60, 80})


def _add(value: int, part: int) -> int:
    return value + 76 if part == 20 and value % _HUNDRED == 4 else value + part


def _joins(tokens: Tokens, index: int, value: int, words: NumberWords) -> bool:
    """Tell whether "and" at an index joins two parts of one number."""
    if tokens.words[index] not in words.joiners or index + 1 >= len(tokens.words) or not value:
        return False
    part = words.cardinals.get(tokens.words[index + 1])
    if part is None or tokens.gaps[index + 1] not in _BETWEEN or not _fits(value, part):
        return False
    return value % _HUNDRED == 0 or part in {1, 11}


@lru_cache(maxsize=4096)
def _read_glued(word: str, words: NumberWords) -> int | None:
    """Read a number written as one word (zweihundertfünfundzwanzig)."""
    if word in words.cardinals or not words.glue or len(word) > _LONGEST:
        return words.cardinals.get(word)
    for mark, scale in zip(words.glue[:2], (_THOUSAND, _HUNDRED), strict=True):
        before, found, after = word.partition(mark)
        if found:
            left = _read_glued(before, words) if before else 1
            right = _read_glued(after.removeprefix(words.glue[2]), words) if after else 0
            return None if left is None or right is None else left * scale + right
    unit, found, ten = word.partition(words.glue[2])
    if found and unit in words.cardinals and ten in words.cardinals:
        return words.cardinals[unit] + words.cardinals[ten]
    return None


# --- what multiplies ------------------------------------------------------------------------------


def _multiply(tokens: Tokens, number: Number, words: NumberWords) -> Number:
    """Multiply by the words that follow: 3.5 million, two dozen, several hundred thousand."""
    if half := words.half_more.match_at(tokens, number.end):
        number = number._replace(low=number.low + 0.5, high=number.high + 0.5, end=half[0])
    while (found := _find_factor(tokens, number, words)) is not None:
        factor, end = found
        low, high = number.low * factor, number.high * factor
        if factor == _DOZEN and number.sort == "vague":
            low, high = _DOZENS
        sort = "collective" if number.sort == "article" else number.sort
        number = number._replace(low=low, high=high, end=end, scale=factor, sort=sort)
    return number


def _find_factor(tokens: Tokens, number: Number, words: NumberWords) -> tuple[float, int] | None:
    at = number.end
    if at < len(tokens.words) and number.sort != "digits" and tokens.words[at] in words.partitive:
        at += 1
    if (
        at >= len(tokens.words)
        or tokens.gaps[at] not in {" ", "-", "'", ". "}
        or tokens.gaps[number.end] == ". "
    ):
        return None
    word = tokens.words[at]
    factor = words.scales.get(word) or words.plurals.get(word) or words.collectives.get(word)
    if factor is None or (at > number.end and factor < _HUNDRED) or word in words.cardinals:
        return None
    return factor, at + 1

"""Where a text speaks of time: patterns of the lexicon, found from their first word on.

A pattern is words and slots ("[{weekday}] {day} {month} [{year}]"); all patterns of a language stand in one
tree, so that a text is walked once.  What a match means is settled in `geo.language.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from geo.language.lexicon import Lexicon, expand_forms
from geo.language.numbers import compile_numbers
from geo.language.tokens import Phrases, Tokens, compile_phrases, split_phrase, tokenize

__all__ = ["DateMatch", "find_date_words", "match_dates"]

Slots = tuple[tuple[str, str], ...]

_ITEM = re.compile(r"\[([^\]]*)\]|(\S+)")
_SLOT = re.compile(r"\{(\w+)\}")
_DASH = re.compile(r"\s*[-–—‒]\s*")
_NUMERIC = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)(?![\d/])")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-4]):[0-5]\d(?!\d)")
_COUNTED = frozenset({"day", "year", "n"})  # slots that digits fill
_TENS = ("20", "30")  # before the word of a day ("двадцать пятого мая")
_EVENT_KEYS = frozenset({"date", "numeric", "month"})
_EVENT_REACH = 8  # words from "since" to the date of an event
_EVENT_GAPS = frozenset({" ", "'", "-"})
_GAPS = frozenset({" ", "-", "'", "  "})


class DateMatch(NamedTuple):
    """Words that speak of time.

    Attributes
    ----------
    key
        Name of the pattern's list in the lexicon, ``numeric`` or ``clock``.
    slots
        (slot, value) in the order of the text; months and weekdays by their English names.
    start, end
        Indices of the first word and of the one after the last.
    prefix
        ``since``, ``until`` or ``as_of`` where such words stand before.
    prefix_start
        Index of the first word of the prefix, else ``start``.
    event_start
        Index of "since" where an event stands between it and the date ("since its offensive of 6 August").
    """

    key: str
    slots: Slots
    start: int
    end: int
    prefix: str = ""
    prefix_start: int = 0
    event_start: int | None = None


@dataclass(slots=True)
class _Node:
    """A node of the tree of patterns; built once and only read afterwards."""

    words: dict[str, _Node] = field(default_factory=dict)
    slots: dict[str, _Node] = field(default_factory=dict)
    dash: _Node | None = None
    key: str = ""
    follow: frozenset[str] = frozenset()
    counts: bool = False


# Where a word leads, the slot that it fills, and whether a dash stands before it.
_Way = tuple[_Node, tuple[str, str] | None, bool]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Calendar:
    root: _Node
    fills: Mapping[str, Slots]
    numbers: frozenset[str]
    units: Mapping[str, str]
    after_number: frozenset[str]
    dotted: frozenset[str]
    ordinals: tuple[str, ...]
    prefixes: Phrases
    events: Phrases
    capital: bool
    heads: frozenset[str]
    filled: frozenset[str]
    clock: re.Pattern[str]


@lru_cache(maxsize=32)
def _compile(lexicon: Lexicon) -> _Calendar:
    """Compile the patterns of a language, once."""
    table, numbers = lexicon.table("dates"), compile_numbers(lexicon)
    names, dotted = _gather_names(lexicon)
    root = _Node()
    for key, patterns in table["patterns"].items():
        for pattern in patterns:
            for atoms in _expand_pattern(pattern, lexicon, dotted):
                _insert(root, atoms, key)
    names["few"] = {
        items[0][0][0]: "few" for items in numbers.vague.by_first.values() if len(items[0][0]) == 1
    }
    names["n"] = {word: str(value) for word, value in numbers.cardinals.items() if 0 < value < 100}
    if names["day"]:
        names["tens"] = {word: value for word, value in names["n"].items() if value in _TENS}
    _note_followers([*root.words.values(), *root.slots.values()], names)
    letters = table["clock_letters"]
    counted = [node.follow for slot, node in root.slots.items() if slot in _COUNTED]
    return _Calendar(
        root=root,
        fills=_gather_fills(names),
        numbers=frozenset(names["n"]),
        units=names["unit"],
        after_number=frozenset(letters).union(*counted),
        dotted=frozenset(dotted),
        ordinals=tuple(numbers.ordinal_endings),
        prefixes=compile_phrases(lexicon, {name: table[name] for name in ("since", "until", "as_of")}),
        events=compile_phrases(lexicon, {"since": table["since_event"]}),
        capital=table["capital_names"],
        heads=frozenset(root.words).union(*(names.get(slot, ()) for slot in root.slots)),
        filled=frozenset().union(*(names.get(slot, ()) for slot in root.slots)),
        clock=_compile_clock(letters),
    )


def _compile_clock(letters: Iterable[str]) -> re.Pattern[str]:
    """Compile times of day such as "18 h 10", where the language writes them with a letter."""
    marks = "|".join(letters)
    return re.compile(rf"(?:[01]?\d|2[0-4]) ?(?:{marks})(?: ?[0-5]\d)?(?!\w)") if marks else _CLOCK


def _gather_fills(names: Mapping[str, Mapping[str, str]]) -> dict[str, Slots]:
    """Return form to the slots that it can fill, with its value in each."""
    fills: dict[str, Slots] = {}
    for slot, values in names.items():
        for form, value in values.items():
            fills[form] = (*fills.get(form, ()), (slot, value))
    return fills


def _gather_names(lexicon: Lexicon) -> tuple[dict[str, dict[str, str]], set[str]]:
    """Return slot to form to value, and the forms that may be written with a dot."""
    table, dotted = lexicon.table("dates"), set[str]()
    names: dict[str, dict[str, str]] = {}
    for slot, name in (
        ("month", "months"),
        ("weekday", "weekdays"),
        ("season", "seasons"),
        ("unit", "units"),
    ):
        names[slot] = {}
        for value, forms in table[name].items():
            for form in expand_forms(lexicon, forms):
                names[slot][form.rstrip(".")] = value
                dotted |= {form.rstrip(".")} if form.endswith(".") else set()
    for slot, name in (("day", "day_words"), ("nth", "nth_words")):
        names[slot] = {form: value for value, forms in table[name].items() for form in forms}
    return names, dotted


def _expand_pattern(pattern: str, lexicon: Lexicon, dotted: set[str]) -> Iterator[list[str]]:
    """Yield each sequence of atoms that a pattern stands for; an atom is a word, "{slot}" or "–"."""
    choices: list[list[list[str]]] = []
    for group, item in _ITEM.findall(pattern):
        options = [_split_option(option, lexicon, dotted) for option in (group or item).split("|")]
        if options == [["{day}"]] and lexicon.table("dates")["day_words"]:
            options.append(["{tens}", "{day}"])
        choices.append([[], *options] if group else options)
    for chosen in product(*choices):
        yield [atom for option in chosen for atom in option]


def _split_option(option: str, lexicon: Lexicon, dotted: set[str]) -> list[str]:
    if option == "–" or _SLOT.fullmatch(option):
        return [option]
    words = list(split_phrase(option, lexicon))
    if option.endswith("."):
        dotted.add(words[-1])
    return words


def _insert(root: _Node, atoms: list[str], key: str) -> None:
    node = root
    for atom in atoms:
        if atom == "–":
            node.dash = node.dash or _Node()
            node = node.dash
        elif atom[0] == "{":
            node = node.slots.setdefault(atom[1:-1], _Node())
        else:
            node = node.words.setdefault(atom, _Node())
    node.key = node.key or key


def _note_followers(nodes: Iterable[_Node], names: Mapping[str, Mapping[str, str]]) -> None:
    """Note on each node which words can follow, so that most "in" and "the" cost nothing."""
    for node in nodes:
        nexts = [node, node.dash] if node.dash else [node]
        slots = {slot for each in nexts for slot in each.slots}
        words = {word for each in nexts for word in each.words}
        node.follow = frozenset(words.union(*(names.get(slot, ()) for slot in slots)))
        node.counts = bool(slots & _COUNTED)


def _may_start(words: list[str], index: int, calendar: _Calendar) -> bool:
    """Tell whether a pattern can start at a word, by the word and the one after it."""
    word = words[index]
    after = words[index + 1] if index + 1 < len(words) else ""
    if word < ":":  # it starts with a digit
        return after < ":" or after in calendar.after_number or len(word) > 3
    node = calendar.root.words.get(word)
    if node is None or node.key or word in calendar.filled:
        return True
    return after in node.follow or (node.counts and after < ":")


@lru_cache(maxsize=4)
def match_dates(text: str, lexicon: Lexicon) -> tuple[DateMatch, ...]:
    """Find the words of a text that speak of time, leftmost and longest, in order."""
    tokens, calendar = tokenize(text, lexicon), _compile(lexicon)
    found: list[DateMatch] = []
    index, heads, words = 0, calendar.heads, tokens.words
    for at in [at for at, word in enumerate(words) if word in heads or word < ":"]:
        if at < index or not _may_start(words, at, calendar):
            continue
        match = _match_at(tokens, at, calendar)
        if match is None:
            continue
        match = _add_prefix(tokens, match, calendar)
        if match.prefix or not match.key.startswith("bare_"):
            found.append(match)
            index = match.end
    return tuple(found)


@lru_cache(maxsize=4)
def find_date_words(text: str, lexicon: Lexicon) -> frozenset[int]:
    """Return the indices of the words that dates and clock times take, for the search of other numbers."""
    return frozenset(index for match in match_dates(text, lexicon) for index in range(match.start, match.end))


def _match_at(tokens: Tokens, index: int, calendar: _Calendar) -> DateMatch | None:
    if tokens.words[index][0].isdecimal() and (match := _match_digits(tokens, index, calendar)):
        return match
    best = _walk(tokens, index, calendar.root, calendar, ())
    if best is None:
        return None
    end, key, slots = best
    return DateMatch(key=key, slots=_add_tens(slots), start=index, end=end, prefix_start=index)


def _add_tens(slots: Slots) -> Slots:
    """Return slots with the tens of a day added to it ("двадцать пятого" is the 25th)."""
    if not any(slot == "tens" for slot, _ in slots):
        return slots
    added: list[tuple[str, str]] = []
    for slot, value in slots:
        if slot == "day" and added and added[-1][0] == "tens":
            added[-1] = ("day", str(int(added[-1][1]) + int(value)))
        else:
            added.append((slot, value))
    return tuple(added)


def _match_digits(tokens: Tokens, index: int, calendar: _Calendar) -> DateMatch | None:
    """Match 06.11.2024, 2024-11-06 and 05:20."""
    start = tokens.starts[index]
    if found := _NUMERIC.match(tokens.lowered, start):
        year, month, day = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
        slots: Slots = (("day", day), ("month", month), ("year", year if len(year) == 4 else f"20{year}"))
        return DateMatch(
            key="numeric", slots=slots, start=index, end=tokens.find_until(found.end()), prefix_start=index
        )
    found = _CLOCK.match(tokens.lowered, start) or calendar.clock.match(tokens.lowered, start)
    if found and (index == 0 or tokens.gaps[index] not in {":", "."}):
        return DateMatch(
            key="clock", slots=(), start=index, end=tokens.find_until(found.end()), prefix_start=index
        )
    return None


def _walk(
    tokens: Tokens, index: int, node: _Node, calendar: _Calendar, slots: Slots
) -> tuple[int, str, Slots] | None:
    """Return the end, key and slots of the longest pattern from a word on."""
    best = (index, node.key, slots) if node.key else None
    if index >= len(tokens.words):
        return best
    free = node is calendar.root
    for step, value, dashed in _find_steps(tokens, index, node, calendar):
        if not (free or dashed or _may_join(tokens, index, value, calendar)):
            continue
        found = _walk(tokens, index + 1, step, calendar, (*slots, value) if value else slots)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best


def _find_steps(tokens: Tokens, index: int, node: _Node, calendar: _Calendar) -> list[_Way]:
    """Return the nodes that a word leads to, with the slot that it fills and whether a dash stands before."""
    word, ways = tokens.words[index], list[_Way]()
    if step := node.words.get(word):
        unit = calendar.units.get(word)
        ways.append((step, ("unit", unit) if unit else None, False))
    if node.slots:
        for filled in _read_digits(word, calendar) if word < ":" else calendar.fills.get(word, ()):
            if filled[0] in node.slots and _is_name(tokens, index, filled[0], calendar):
                ways.append((node.slots[filled[0]], filled, False))
    if node.dash and _DASH.fullmatch(tokens.gaps[index]):
        ways += [(step, value, True) for step, value, _ in _find_steps(tokens, index, node.dash, calendar)]
    return ways


@lru_cache(maxsize=4096)
def _read_digits(word: str, calendar: _Calendar) -> Slots:
    """Return the slots that a word of digits can fill: day (also as an ordinal), year, number."""
    digits = word[: 2 if word[1:2].isdecimal() else 1]
    slots: list[tuple[str, str]] = []
    if digits.isdecimal() and 0 < int(digits) < 32 and word[len(digits) :] in {"", *calendar.ordinals}:
        slots.append(("day", digits))
    if word.isdecimal() and len(word) == 4 and "1900" <= word < "2100":
        slots.append(("year", word))
    if word.isdecimal() and len(word) < 4:
        slots.append(("n", word))
    return tuple(slots)


def _is_name(tokens: Tokens, index: int, slot: str, calendar: _Calendar) -> bool:
    """Tell whether a word that can be a month or weekday is written as one."""
    if slot not in {"month", "weekday"}:
        return True
    word = tokens.words[index]
    if slot == "month" and word in calendar.dotted and not _is_short_month(tokens, index, calendar):
        return False
    return not calendar.capital or tokens.text[tokens.starts[index]].isupper()


def _is_short_month(tokens: Tokens, index: int, calendar: _Calendar) -> bool:
    """Tell whether a short form ("sept.", "лист.") stands for a month: with its dot, or beside a number."""
    if tokens.gaps[index + 1][:1] == ".":
        return True
    near = tokens.words[max(0, index - 1) : index] + tokens.words[index + 1 : index + 2]
    return tokens.words[index] not in calendar.numbers and any(word[0].isdecimal() for word in near)


def _may_join(tokens: Tokens, index: int, value: tuple[str, str] | None, calendar: _Calendar) -> bool:
    """Tell whether what stands before a word keeps it in one expression with the word before."""
    gap, before = tokens.gaps[index], tokens.words[index - 1]
    if gap in _GAPS:
        return True
    if gap == ", ":
        return value is not None and value[0] in {"day", "month", "year"}
    if gap in {". ", "."}:
        return before in calendar.dotted or (value is not None and value[0] == "month" and before.isdecimal())
    return False


def _add_prefix(tokens: Tokens, match: DateMatch, calendar: _Calendar) -> DateMatch:
    found = calendar.prefixes.match_before(tokens, match.start)
    if found is not None:
        return match._replace(prefix=found[1], prefix_start=found[0])
    event = _find_event(tokens, match.start, calendar) if match.key in _EVENT_KEYS else None
    return match if event is None else match._replace(event_start=event[0])


def _find_event(tokens: Tokens, start: int, calendar: _Calendar) -> tuple[int, str] | None:
    """Find "since" before an event that a date belongs to: "since its offensive launched on 6 August"."""
    for index in range(start, max(start - _EVENT_REACH, 0), -1):
        if tokens.gaps[index] not in _EVENT_GAPS:
            return None
        if found := calendar.events.match_before(tokens, index):
            return found
    return None

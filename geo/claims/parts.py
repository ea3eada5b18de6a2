"""What is read off a sentence on the way to its claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Protocol, TypeVar

from geo.model import Kind, Quantity, Resolution

__all__ = [
    "KINDS",
    "Clause",
    "Figure",
    "Link",
    "Mention",
    "Piece",
    "Saying",
    "SideMention",
    "Trigger",
    "cut_range",
    "find_first",
    "get_start",
]


class _Started(Protocol):
    @property
    def start(self) -> int: ...


_T = TypeVar("_T", bound=_Started)


get_start: Callable[[_Started], int] = attrgetter("start")


def cut_range(items: Sequence[_T], start: int, end: int) -> Sequence[_T]:
    """Return the items of an ordered sequence that begin in a range of tokens."""
    if not items or items[-1].start < start or items[0].start >= end:  # so it is mostly
        return items[:0]
    low = bisect_left(items, start, key=get_start)
    return items[low : bisect_left(items, end, low, key=get_start)]


def find_first(tokens: Sequence[int], start: int, end: int) -> int | None:
    """Return the first of ordered token numbers in a range, or None."""
    low = bisect_left(tokens, start)
    return tokens[low] if low < len(tokens) and tokens[low] < end else None


KINDS: dict[str, Kind] = {
    "strike": Kind.STRIKE,
    "shoot_down": Kind.STRIKE,
    "attack": Kind.CLASH,
    "assault": Kind.CLASH,
    "repel": Kind.CLASH,
    "battle": Kind.CLASH,
    "take": Kind.CONTROL,
    "hold": Kind.CONTROL,
    "lose": Kind.CONTROL,
    "fall": Kind.CONTROL,
    "advance": Kind.ADVANCE,
    "offensive": Kind.ADVANCE,
    "withdraw": Kind.WITHDRAWAL,
    "gather": Kind.CONCENTRATION,
}


@dataclass(slots=True, eq=False)
class Trigger:
    """Words that state something of a kind; token numbers, half-open."""

    start: int
    end: int
    name: str
    form: str
    needs: frozenset[str] = frozenset()
    absorbed: str = ""

    @property
    def kind(self) -> Kind:
        """What it states."""
        return KINDS[self.name]


@dataclass(slots=True, eq=False)
class Mention:
    """A place in the text: its frame (with relation words) and its bare name, as token numbers."""

    start: int
    end: int
    name_start: int
    name_end: int
    resolution: Resolution
    role: str
    rank: int  # 0 settlement or site, 1 district or area, 2 region or direction, 3 country
    anaphor: bool = False
    guessed: bool = False  # a name that only the words around make a place of


@dataclass(slots=True, eq=False)
class SideMention:
    """A side in the text: its code, its words, and whether they can only be an agent."""

    start: int
    end: int
    code: str
    sort: str  # named, enemy, our
    agentive: bool = False


@dataclass(slots=True, eq=False)
class Saying:
    """Who says so: the source's tokens, the words that say so, and how far it reaches (half-open)."""

    source: str
    source_start: int
    source_end: int
    cue_start: int
    cue_end: int
    scope_start: int
    scope_end: int
    side: str = ""
    verb: str = ""
    meant: tuple[int, int] = (0, 0)  # the tokens of the side that "the latter" stands for
    answers: bool = False  # who answers in an interview, where nobody nearer tells


@dataclass(slots=True, eq=False)
class Clause:
    """A piece of a sentence that holds what one verb or noun governs."""

    start: int
    end: int
    sentence: int
    opener: str = ""  # "", or the sort of word that opens it: relative, condition, coordinator, strong
    triggers: list[Trigger] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Link:
    """A trigger and a place it speaks of, with the clause that says so."""

    trigger: Trigger
    mention: Mention
    clause: Clause
    how: str
    siblings: int = 0  # smaller places of the same statement that this larger one locates


@dataclass(slots=True, eq=False)
class Figure:
    """A quantity at its tokens."""

    start: int
    end: int
    quantity: Quantity


@dataclass(slots=True, eq=False)
class Piece:
    """A part of a sentence in the making: between marks, conjunctions and conditions."""

    start: int
    end: int
    opener: str
    mark: str
    triggers: list[Trigger] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

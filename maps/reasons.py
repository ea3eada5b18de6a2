"""Why something was placed, drawn or left out, in the reader's language.

The rooms before this one give whole English sentences, and files of data keep them as they are.  Here they
are known again by the templates of ``[interface.reasons]``, ``[interface.rules]``, ``[interface.why]`` and
``[interface.notes]`` of the English lexicon, which give each a code; the reader's lexicon has the words for
the same code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from maps.words import Words, load_words

__all__ = ["find_code", "tell_note", "tell_reason", "tell_rule", "tell_why"]

_BASE = "en"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Gaps that hold numbers and kinds of places; what stands in others is kept, but for sides and rules.
_NUMBERS, _KINDS = ("n", "km", "km2", "whole"), ("kind", "kind2")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Template:
    """An English sentence with gaps."""

    code: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=8)
def _read_templates(group: str) -> tuple[_Template, ...]:
    """Return the templates of a group, those that say most first."""
    table = load_words(_BASE).table[group]
    ordered = sorted(table.items(), key=lambda entry: (-len(re.sub(r"\{\w+\}", "", entry[1])), entry[0]))
    return tuple(_Template(code=code, pattern=_compile(text)) for code, text in ordered)


def _compile(text: str) -> re.Pattern[str]:
    # A name that holds an apostrophe stands in the other quotes.
    parts = re.split(r"(\{\w+\})", text)
    regex = "".join(
        f"(?P<{part[1:-1]}>{_gap(part[1:-1])})"
        if part.startswith("{")
        else re.escape(part).replace("'", "['\"]")
        for part in parts
    )
    return re.compile(regex, re.DOTALL)


def _gap(name: str) -> str:
    if name in _NUMBERS:
        return _NUMBER.pattern
    return r"[a-z]+" if name in _KINDS else r".+?"


@lru_cache(maxsize=8192)
def find_code(group: str, text: str) -> tuple[str, Mapping[str, str]]:
    """Return the code of an English sentence and what stands in its gaps; ``""`` where it is unknown."""
    for template in _read_templates(group):
        found = template.pattern.fullmatch(text)
        if found:
            return template.code, MappingProxyType(found.groupdict())
    return "", {}


def tell_reason(text: str, words: Words) -> str:
    """Return why something was left out, in the language of ``words``; as it is where it is not known."""
    return _tell_list("reasons", text, words)


def tell_rule(text: str, words: Words) -> str:
    """Return the name of a rule that drew something, in the language of ``words``."""
    return _tell("rules", text, words)


def tell_why(text: str, words: Words) -> str:
    """Return the evidence for a place, in the language of ``words``."""
    return _tell_list("why", text, words)


def tell_note(text: str, words: Words) -> str:
    """Return what the command tells of its inputs, in the language of ``words``."""
    return _tell("notes", text, words)


def _tell_list(group: str, text: str, words: Words) -> str:
    """Tell what is joined by semicolons one by one; a sentence that holds one is tried whole before."""
    whole = _tell(group, text, words)
    if whole != text or "; " not in text:
        return whole
    return "; ".join(_tell(group, part, words) for part in text.split("; "))


def _tell(group: str, text: str, words: Words) -> str:
    if words.lang == _BASE or not text:
        return text
    code, gaps = find_code(group, text)
    phrase = str(words.table[group].get(code, "")) if code else ""
    for name, value in gaps.items():
        phrase = phrase.replace("{" + name + "}", _fill(name, value, words))
    return phrase or text


def _fill(name: str, value: str, words: Words) -> str:
    if name in _NUMBERS:
        return words.number(float(value.replace(",", "")))
    if name in _KINDS:
        return words.word("place_kinds", value)
    if name == "side":
        return words.side(value)
    return _tell("rules", value, words) if name == "rule" else value

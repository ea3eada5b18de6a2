"""The words of a language: one file a language, ``data/lexicon/<BCP 47 tag>.toml``, the same keys in each.

A table whose name is ``words`` or ends in ``_words`` is a free map: its keys are words of the language
and differ from file to file.  All other keys must be the same everywhere, with values of the same sort
(`check_lexicons` lists every fault).  To add a language, copy a file and translate its values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from geo.errors import DataError
from geo.resources import list_lexicons, read_toml

__all__ = ["Lexicon", "check_lexicons", "expand_forms", "list_languages", "load_lexicon"]

_ENTRY = re.compile(r"(?P<stem>.*)\+(?P<name>\w+)(?P<rest> .*)?")


@dataclass(frozen=True, kw_only=True, eq=False)
class Lexicon:
    """The words of one language, read-only.

    Two lexicons are equal only where they are the same object, so that a compiled pattern can be
    cached by its lexicon.

    Attributes
    ----------
    tag
        BCP 47 tag.
    tables
        The tables of its file: mappings, tuples, strings, numbers and booleans.
    """

    tag: str
    tables: Mapping[str, Any]

    def table(self, name: str) -> Mapping[str, Any]:
        """Return a table by its dotted name ("places", "claims.status").

        Raises
        ------
        DataError
            If the language has no such table.
        """
        value: Any = self.tables
        for part in name.split("."):
            if not isinstance(value, Mapping) or part not in value:
                raise DataError(
                    f"lexicon {self.tag!r} has no table {name!r}; add it to lexicon/{self.tag}.toml"
                )
            value = value[part]
        if not isinstance(value, Mapping):
            raise DataError(f"{name!r} of lexicon {self.tag!r} is not a table; mend lexicon/{self.tag}.toml")
        return value


def list_languages() -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that can be read, sorted."""
    return list_lexicons()


@lru_cache(maxsize=32)
def load_lexicon(tag: str) -> Lexicon:
    """Load the words of a language, once.

    Parameters
    ----------
    tag
        BCP 47 tag; a region or script after the language is ignored ("fr-CA" is read as "fr").

    Raises
    ------
    DataError
        If there is no lexicon for the language, or its file is broken.
    """
    language = tag.replace("_", "-").split("-")[0].casefold()
    if language != tag:
        return load_lexicon(language)
    if language not in list_languages():
        raise DataError(f"no lexicon for language {tag!r}; there is one for {', '.join(list_languages())}")
    return Lexicon(tag=language, tables=_freeze(read_toml(f"lexicon/{language}.toml")))


def check_lexicons() -> tuple[str, ...]:
    """Return what differs between the lexicons: missing keys and values of another sort; empty if none."""
    shapes = {tag: dict(_walk("", load_lexicon(tag).tables)) for tag in list_languages()}
    kinds: dict[str, set[str]] = {}
    for shape in shapes.values():
        for key, kind in shape.items():
            kinds.setdefault(key, set()).add(kind)
    faults = [f"{tag}: no key {key!r}" for tag, shape in shapes.items() for key in kinds if key not in shape]
    mixed = [
        f"{key!r} is {' here and '.join(sorted(found))} there"
        for key, found in kinds.items()
        if len(found) > 1
    ]
    return tuple(sorted(faults) + sorted(mixed))


def is_free_map(name: str) -> bool:
    """Tell whether a table's keys are words of the language, which differ from file to file."""
    return name == "words" or name.endswith("_words")


def _freeze(value: Any) -> Any:
    if isinstance(value, dict):
        return MappingProxyType({key: _freeze(item) for key, item in value.items()})
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    return value


def _walk(path: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each dotted key of a table with the sort of its value, not entering free maps."""
    for key, value in table.items():
        dotted = f"{path}.{key}" if path else key
        if not isinstance(value, Mapping):
            yield dotted, "a list" if isinstance(value, tuple) else f"a {type(value).__name__}"
            continue
        yield dotted, "a table"
        if not is_free_map(key):
            yield from _walk(dotted, value)


def expand_forms(lexicon: Lexicon, entries: Iterable[str]) -> tuple[str, ...]:
    """Write out the word forms that entries stand for.

    An entry is a word or phrase; ``stem+class`` stands for the stem with each ending of that class
    (table ``language.ending_words``), so that a noun takes one entry and not ten; words may follow it.

    Raises
    ------
    DataError
        If an entry names a class that the lexicon lacks.
    """
    endings = lexicon.table("language.ending_words")
    forms: list[str] = []
    for entry in entries:
        found = _ENTRY.fullmatch(entry)
        if found is None:
            forms.append(entry)
        elif found["name"] not in endings:
            raise DataError(f"no endings {found['name']!r} for {entry!r}; mend lexicon/{lexicon.tag}.toml")
        else:
            forms += [found["stem"] + ending + (found["rest"] or "") for ending in endings[found["name"]]]
    return tuple(dict.fromkeys(forms))

"""Names spelled in another way than any gazetteer has them: found by their consonants."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from geo.model import Place
from geo.places.gazetteer import CASE_FORM, TRANSLITERATION, Gazetteer

__all__ = ["make_skeleton", "suggest_edits", "suggest_names", "suggest_within"]

# Romanisations differ in these letters; longer ones first.
_LATIN = (
    ("shch", "s"),
    ("sch", "s"),
    ("tch", "c"),
    ("kh", "g"),
    ("zh", "z"),
    ("ch", "c"),
    ("sh", "s"),
    ("ts", "c"),
    ("tz", "c"),
    ("ph", "f"),
    ("ck", "k"),
    ("gh", "g"),
    ("w", "v"),
    ("x", "ks"),
    ("q", "k"),
    ("h", "g"),
)
_CYRILLIC = str.maketrans({"ґ": "г", "щ": "ш", "х": "г", "ц": "ч"})
_VOWELS = re.compile(r"[aeiouyjаеєёиіїйоуыэюяьъ]+")
_DOUBLES = re.compile(r"(.)\1+")

# Names with a lower likeness (difflib's ratio) or a shorter skeleton are not suggested.
_LEAST_LIKENESS = 0.8
_SHORTEST_SKELETON = 3
_MOST_SUGGESTED = 3


def make_skeleton(folded: str) -> str:
    """Return the consonants of a folded name, where romanisations agree.

    Examples
    --------
    >>> make_skeleton("nikishine") == make_skeleton("nykyshyne")
    True
    """
    text = folded
    for written, sound in _LATIN:
        text = text.replace(written, sound)
    return _DOUBLES.sub(r"\1", _VOWELS.sub("", text.translate(_CYRILLIC)))


def suggest_names(folded: str, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """Return names with the same consonants and first letter, most alike first, with their likeness.

    Parameters
    ----------
    folded
        A folded name that the gazetteer does not have.
    gazetteer
        Known names.
    """
    skeleton = make_skeleton(folded)
    if len(skeleton) < _SHORTEST_SKELETON:
        return ()
    names = {
        name for name in gazetteer.list_names(folded[0], TRANSLITERATION) if make_skeleton(name) == skeleton
    }
    rated = [(name, SequenceMatcher(None, folded, name).ratio()) for name in names]
    rated = [pair for pair in rated if pair[1] >= _LEAST_LIKENESS]
    return tuple(sorted(rated, key=lambda pair: -pair[1])[:_MOST_SUGGESTED])


# Shorter names are a slip of the pen away from too many others.
_SHORTEST_EDITED = 6
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгґдеєжзиіїйклмнопрстуфхцчшщъыьэюя")


def suggest_edits(folded: str, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """Return names that one slip of the pen parts from a folded name, most alike first.

    A slip is a letter too many, too few, another, or two exchanged; the first letter is taken as right.
    """
    if len(folded) < _SHORTEST_EDITED:
        return ()
    letters = next((alphabet for alphabet in _ALPHABETS if folded[0] in alphabet), "")
    found = [name for name in _list_edits(folded, letters) if _is_name(name, gazetteer)]
    rated = [(name, SequenceMatcher(None, folded, name).ratio()) for name in found]
    return tuple(sorted(rated, key=lambda pair: (-pair[1], pair[0])))


def _list_edits(folded: str, letters: str) -> set[str]:
    halves = [(folded[:at], folded[at:]) for at in range(1, len(folded) + 1)]
    return {
        *(left + right[1:] for left, right in halves if right),
        *(left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1),
        *(left + letter + right[1:] for left, right in halves if right for letter in letters),
        *(left + letter + right for left, right in halves for letter in letters),
    } - {folded}


def _is_name(folded: str, gazetteer: Gazetteer) -> bool:
    return any(entry.flag <= CASE_FORM for entry in gazetteer.find(folded))


# First letters that romanisations exchange.
_FIRSTS = ("ghk", "iyej", "oa", "vw", "kc", "гхґ", "иії", "еєэ", "оа")
_SOUNDS = (
    (re.compile(r"(ii|iy|yi|yy|ij|j|y)"), "i"),
    (re.compile(r"(?<=[^aeiou])i(?=[aeou])"), ""),
    (re.compile(r"[ioe]vk"), "ivk"),
    (re.compile(r"(oe|oie|ee)$"), "e"),
    (re.compile(r"([ioe]v)o$"), r"\1e"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# Within one unit less likeness is needed than in the whole world.
_LEAST_WITHIN = 0.8
_MOST_LONGER = 4


def make_sound(folded: str) -> str:
    """Return a folded name with the letters that romanisations agree on.

    Examples
    --------
    >>> make_sound("starognatovka") == make_sound("starohnativka")
    True
    """
    text = folded.translate(_CYRILLIC)
    for written, sound in _LATIN:
        text = text.replace(written, sound)
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


def suggest_within(folded: str, unit: Place, gazetteer: Gazetteer) -> tuple[tuple[str, float], ...]:
    """Return names of a first-level unit or country that are spelled alike, with their likeness.

    Parameters
    ----------
    folded
        A folded name that the gazetteer does not have there.
    unit
        The unit that the place lies in.
    gazetteer
        Known names.
    """
    letters = {folded[0]}.union(*(group for group in _FIRSTS if folded[0] in group))
    sound = make_sound(folded)
    best: dict[str, float] = {}
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(sound)
    for letter in sorted(letters):
        for name in gazetteer.list_names_within(letter, unit):
            if abs(len(name) - len(folded)) <= _MOST_LONGER:
                matcher.set_seq1(make_sound(name))
                if matcher.quick_ratio() >= _LEAST_WITHIN and matcher.ratio() >= _LEAST_WITHIN:
                    best[name] = matcher.ratio()
    return tuple(sorted(best.items(), key=lambda pair: -pair[1])[:_MOST_SUGGESTED])

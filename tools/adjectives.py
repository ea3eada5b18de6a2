"""Adjectives made from Ukrainian and Russian place names ("Лиман" gives "лиманський напрямок")."""

from __future__ import annotations

import re

from case_forms import decline_adjective

__all__ = ["list_adjective_forms", "make_adjectives"]

_UK_JOIN = {
    "г": "зьк",
    "ж": "зьк",
    "з": "зьк",
    "к": "цьк",
    "ч": "цьк",
    "ц": "цьк",
    "х": "ськ",
    "ш": "ськ",
    "с": "ськ",
}
_GENDERS = {
    "uk": {"ий": ("ий", "а", "е", "і"), "ій": ("ій", "я", "є", "і")},
    "ru": {"ий": ("ий", "ая", "ое", "ие"), "ой": ("ой", "ая", "ое", "ие"), "ый": ("ый", "ая", "ое", "ые")},
}
_FEMININE = {"uk": {"а": "ий", "я": "ій"}, "ru": {"ая": "ий", "яя": "ий"}}


def list_adjective_forms(word: str, language: str) -> set[str]:
    """Return every form of an adjective given in the masculine or feminine nominative."""
    word = word.lower()
    for feminine, masculine in _FEMININE[language].items():
        if word.endswith(feminine):
            word = word[: -len(feminine)] + masculine
            break
    out: set[str] = set()
    for ending, genders in _GENDERS[language].items():
        if not word.endswith(ending):
            continue
        stem = word[: -len(ending)]
        for each in genders:
            nominative = stem + each
            out.add(nominative)
            for forms in decline_adjective(nominative, language).values():
                out |= {form for case in forms.values() for form in case}
    return out


def make_adjectives(name: str, language: str) -> list[str]:
    """Return the masculine adjectives that a town's name gives (Покровськ: покровський)."""
    word = name.lower().replace("’", "'").split("-")[-1]
    if " " in word or len(word) < 4:
        return []
    return _make_ukrainian(word) if language == "uk" else _make_russian(word)


def _make_ukrainian(word: str) -> list[str]:
    if re.search(r"[сцз]ьк$", word):
        return [word + "ий"]
    if re.search(r"[сцз]ьке$", word):
        return [word[:-1] + "ий"]
    if word.endswith(("ове", "еве", "єве")):
        return [word[:-3] + ("івський" if word.endswith("ове") else "евський")]
    stem = re.sub(r"(піль|поле|пілля)$", "пільськ", word)
    if stem != word:
        return [stem + "ий"]
    stem = re.sub(r"(ці|ки)$", lambda m: {"ці": "ець", "ки": ""}[m[0]], word)
    stem = re.sub(r"(ка|ця|[аяеоиії]|ь)$", "", stem)
    return [f"{stem[:-1]}{_UK_JOIN[stem[-1]]}ий" if stem[-1:] in _UK_JOIN else f"{stem}ський"]


def _make_russian(word: str) -> list[str]:
    if re.search(r"[сц]к$", word):
        return [word + "ий"]
    if re.search(r"(ск|цк)ое$", word):
        return [word[:-2] + "ий"]
    stem = re.sub(r"(цы|ки|ка|ое|ый|ий|[аяеоиыь])$", "", word)
    out = [f"{stem[:-1]}цкий" if stem.endswith(("к", "ц", "ч")) else f"{stem}ский"]
    if word.endswith("ь"):
        out.append(word + "ский")
    return out

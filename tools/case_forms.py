"""Case forms of Ukrainian and Russian place names, made once when the gazetteer is built.

Adjectival words (Часів, Велика, Роботине) follow tables of their own, so that they agree with their
head; heads that are nouns take both the paradigms of pymorphy3 and regular endings.  Forms that no
writer uses may come out too: they only cost space.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = ["decline", "decline_adjective"]

CASES = ("gent", "datv", "accs", "ablt", "loct")

# language -> (gender, nominative ending) -> endings of the cases above; several are split by "/".
_ADJECTIVES: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    "uk": {
        ("n", "е"): ("ого", "ому", "е", "им", "ому/ім"), ("n", "є"): ("ього", "ьому", "є", "їм", "ьому/їм"),
        ("m", "ий"): ("ого", "ому", "ий/ого", "им", "ому/ім"),
        ("m", "ій"): ("ього", "ьому", "ій", "ім", "ьому/ім"),
        ("f", "а"): ("ої", "ій", "у", "ою", "ій"), ("f", "я"): ("ьої", "ій", "ю", "ьою", "ій"),
        ("p", "і"): ("их", "им", "і/их", "ими", "их"),
    },
    "ru": {
        ("n", "ое"): ("ого", "ому", "ое", "ым", "ом"), ("n", "ее"): ("его", "ему", "ее", "им", "ем"),
        ("m", "ый"): ("ого", "ому", "ый", "ым", "ом"), ("m", "ой"): ("ого", "ому", "ой", "ым", "ом"),
        ("m", "ий"): ("его", "ему", "ий", "им", "ем"), ("f", "ая"): ("ой", "ой", "ую", "ой/ою", "ой"),
        ("f", "яя"): ("ей", "ей", "юю", "ей", "ей"), ("f", "ья"): ("ьей", "ьей", "ью", "ьей", "ьей"),
        ("p", "ые"): ("ых", "ым", "ые", "ыми", "ых"), ("p", "ие"): ("их", "им", "ие", "ими", "их"),
    },
}  # fmt: skip
_HARD_STEM = "кгхжшщч"

# Regular noun endings: language -> pattern of the nominative -> (cut, endings of the cases).
_NOUNS: dict[str, tuple[tuple[str, str, tuple[str, ...]], ...]] = {
    "uk": (
        (r"[кг]а$", "а", ("и", "Zі", "у", "ою", "Zі")),
        (r"ія$", "я", ("ї", "ї", "ю", "єю", "ї")),
        (r"[жчшщ]а$", "а", ("і", "і", "у", "ею", "і")),
        (r"а$", "а", ("и", "і", "у", "ою", "і")),
        (r"'я$", "я", ("я/ї", "ю/ї", "я/ю", "ям/єю", "ї")),
        (r"(.)\1я$", "я", ("я", "ю", "я", "ям", "і")),
        (r"я$", "я", ("і", "і", "ю", "ею", "і")),
        (r"івці$", "і", ("ів", "ям", "і", "ями", "ях")),
        (r"ці$", "і", ("ів", "ям", "і", "ями", "ях")),
        (r"ки$", "ки", ("ок/ки/ків", "кам", "ки", "ками", "ках")),
        (r"[иі]$", "E", ("/ів", "ам", "=", "ами", "ах")),
        (r"піль$", "іль", ("оля", "олю", "=", "олем", "олі")),
        (r"ець$", "ець", ("ця", "цю/цеві", "=", "цем", "ці")),
        (r"ень$", "ень", ("ня", "ню", "=", "нем", "ні")),
        (r"ь$", "ь", ("я/і", "ю/і", "=", "ем/ю", "і")),
        (r"їв$", "їв", ("єва", "єву", "=", "євом/євим", "єві")),
        (r"ів$", "ів", ("ова/ева", "ову", "=", "овом/овим/евом", "ові/еві")),
        (r"[їй]$", "й", ("я", "ю", "=", "єм", "ї")),
        (r"ок$", "ок", ("ка", "ку", "=", "ком", "ку")),
        (r"о$", "о", ("а", "у", "о", "ом", "і/у")),
        (r"ще$", "е", ("а", "у", "е", "ем", "і")),
        (r"ле$", "е", ("я", "ю", "е", "ем", "і")),
        (r"[жчшщц]$", "", ("а/у", "у/еві", "=", "ем/ом", "і/у")),
        (r"[бвгґдзклмнпрстфх]$", "", ("а/у", "у/ові", "=", "ом", "і/у/ові")),
    ),
    "ru": (
        (r"[кгхжчшщ]а$", "а", ("и", "е", "у", "ой", "е")),
        (r"а$", "а", ("ы", "е", "у", "ой/ей", "е")),
        (r"ия$", "я", ("и", "и", "ю", "ей", "и")),
        (r"я$", "я", ("и", "е", "ю", "ей", "е")),
        (r"[цк]ы$", "ы", ("/ов/ев", "ам", "ы", "ами", "ах")),
        (r"ки$", "ки", ("ок/ек/ков", "кам", "ки", "ками", "ках")),
        (r"[ыи]$", "E", ("/ов", "ам", "=", "ами", "ах")),
        (r"ец$", "ец", ("ца", "цу", "=", "цом/цем", "це")),
        (r"ок$", "ок", ("ка", "ку", "=", "ком", "ке")),
        (r"ь$", "ь", ("я/и", "ю/и", "=", "ем/ью", "е/и")),
        (r"й$", "й", ("я", "ю", "=", "ем", "е")),
        (r"ье$", "е", ("я", "ю", "е", "ем", "е")),
        (r"[иеоы]но$|[оеё]во$|о$", "о", ("а", "у", "о", "ом", "е")),
        (r"це$|ще$", "е", ("а", "у", "е", "ем", "е")),
        (r"[жчшщц]$", "", ("а", "у", "=", "ом/ем", "е")),
        (r"[бвгдзклмнпрстфх]$", "", ("а", "у", "=", "ом", "е")),
    ),
}  # fmt: skip
_NOUN_ON_KA = re.compile(r"(?<!сь)(?<!ць)(?<!зь)(?<![оеи])ка$")
_SOFTENED = {"к": "ц", "г": "з", "х": "с"}
_POSSESSIVE = {
    "uk": ("ого", "ому", "=", "им", "ому/ім"),
    "ru": ("а", "у", "=", "ым", "ом"),
}

Forms = dict[str, set[str]]


@lru_cache(maxsize=2)
def _analyser(language: str) -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang=language)


def decline_adjective(word: str, language: str) -> dict[str, Forms]:
    """Return the case forms of an adjective by gender (m, f, n, p); empty where it is none."""
    out: dict[str, Forms] = {}
    for (gender, ending), endings in _ADJECTIVES[language].items():
        if not word.endswith(ending) or len(word) < len(ending) + 2:
            continue
        stem = word[: -len(ending)]
        hard = language == "ru" and stem[-1] in _HARD_STEM
        forms = {case: {stem + e for e in part.split("/")} for case, part in zip(CASES, endings, strict=True)}
        if hard and ending in ("ий", "ой", "ое", "ая", "ие"):
            forms = {c: {_mend_hard(f, stem) for f in fs} for c, fs in forms.items()}
        out[gender] = forms
    return out


def _mend_hard(form: str, stem: str) -> str:
    ending = form[len(stem) :].replace("ы", "и")
    if stem[-1] in "кгх":
        ending = {"его": "ого", "ему": "ому", "ем": "ом"}.get(ending, ending)
    return stem + ending


def _decline_by_rule(word: str, language: str) -> Forms:
    for pattern, cut, endings in _NOUNS[language]:
        if not re.search(pattern, word):
            continue
        stem = word[:-1] if cut == "E" else word[: len(word) - len(cut)] if cut else word
        forms: Forms = {}
        for case, part in zip(CASES, endings, strict=True):
            forms[case] = {_join(stem, ending, word) for ending in part.split("/")}
        return forms
    return {}


def _join(stem: str, ending: str, word: str) -> str:
    if ending == "=":
        return word
    if ending.startswith("Z"):
        return stem[:-1] + _SOFTENED.get(stem[-1], stem[-1]) + ending[1:]
    return stem + ending


@lru_cache(maxsize=100_000)
def _decline_by_dictionary(word: str, language: str) -> tuple[tuple[str, Forms], ...]:
    out: list[tuple[str, Forms]] = []
    for parse in _analyser(language).parse(word)[:6]:
        if parse.tag.case != "nomn" or parse.tag.POS not in {"NOUN", "ADJF"}:
            continue
        gender = {"masc": "m", "femn": "f", "neut": "n"}.get(parse.tag.gender, "")
        gender = "p" if parse.tag.number == "plur" else gender
        forms: Forms = {}
        for case in CASES:
            wanted = {case, parse.tag.number} if parse.tag.number else {case}
            form = parse.inflect(wanted)
            forms[case] = {form.word} if form else set()
        out.append((gender, forms))
    return tuple(out)


def _guess_gender(word: str, language: str) -> str:
    if word[-1] in "ая":
        return "n" if language == "uk" and re.search(r"(.)\1я$", word) else "f"
    if word[-1] in "еоє":
        return "n"
    return "p" if word[-1] in "иіыї" else "m"


def _decline_head(word: str, language: str) -> list[tuple[str, Forms]]:
    noun_like = language == "uk" and _NOUN_ON_KA.search(word)
    found = [] if noun_like else list(decline_adjective(word, language).items())
    found += _decline_by_dictionary(word, language)
    rule = _decline_by_rule(word, language)
    if rule and not (found and word[-1] in "еє" and language == "uk"):
        found.append((_guess_gender(word, language), rule))
    return found


def _decline_modifier(word: str, language: str, gender: str) -> Forms:
    adjectives = decline_adjective(word, language)
    if gender in adjectives:
        return adjectives[gender]
    match = re.fullmatch(r"(.+)(ів|їв|ин|їн|ов|ев|ёв|ын)", word)
    if match and gender == "m":
        stem = match[1] + {"ів": "ов", "їв": "єв"}.get(match[2], match[2])
        parts = zip(CASES, _POSSESSIVE[language], strict=True)
        return {c: {word if e == "=" else stem + e for e in part.split("/")} for c, part in parts}
    return {}


def _decline_words(words: list[str], language: str) -> set[str]:
    out: set[str] = set()
    head = words[-1]
    for gender, forms in _decline_head(head, language):
        for case in CASES:
            parts = [_decline_modifier(word, language, gender).get(case) or {word} for word in words[:-1]]
            phrases = {""}
            for part in (*parts, forms.get(case, set())):
                phrases = {f"{left} {right}" for left in phrases for right in part}
            out |= {phrase.strip() for phrase in phrases}
    return out


# Words after which a name no longer changes (Ростов-на-Дону): the head stands before them.
_BREAKS = {"на", "над", "под", "під", "при", "де", "біля"}
_FORM = re.compile(r"[а-яіїєґёʼ' ]+")


def decline(name: str, language: str) -> set[str]:
    """Return the oblique case forms of a name, lower case, hyphens as spaces.

    Parameters
    ----------
    name
        A nominative Cyrillic name of one to four words.
    language
        ``uk`` or ``ru``.
    """
    words = name.lower().replace("’", "'").replace("ʼ", "'").replace("-", " ").split()
    if not words or len(words) > 4:
        return set()
    tail: list[str] = []
    for index, word in enumerate(words[1:], 1):
        if word in _BREAKS:
            words, tail = words[:index], words[index:]
            break
    if len(words[-1]) < 2 or not _FORM.fullmatch(words[-1]):
        return set()
    forms = {" ".join([form, *tail]) for form in _decline_words(words, language)}
    return {form for form in forms if _FORM.fullmatch(form)} - {name.lower().replace("-", " ")}

"""Spellings of Ukrainian and Russian names in English, French and each other's press.

English follows the Ukrainian national system (2010) and BGN/PCGN for Russian, French the usual
press conventions (ou, tch, ch, j, doubled s between vowels).  Each function returns a set, the most
usual spelling among them, all in lower case.
"""

from __future__ import annotations

import re

__all__ = [
    "official_english",
    "spell_russian",
    "spell_ukrainian",
    "to_russian",
    "to_ukrainian",
    "transliterate",
    "usual_french",
]

_UK_EN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z",
    "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "'": "",
}  # fmt: skip
_UK_EN_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_RU_EN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_FRENCH = {
    "ж": "j", "у": "ou", "ч": "tch", "ш": "ch", "щ": "chtch", "ю": "iou", "я": "ia", "й": "ï", "ї": "ï",
    "ё": "io",
}  # fmt: skip
_UK_FR = _UK_EN | {key: value for key, value in _FRENCH.items() if key in _UK_EN}
_RU_FR = _RU_EN | {key: value for key, value in _FRENCH.items() if key in _RU_EN}
_VOWELS = frozenset("аеєиіїоуюяёыэ")
_WORD_START = frozenset(" -")

# Ukrainian endings and what the Russian form of the same place name ends in.
_UK_RU_ENDINGS = (
    (r"василівк", "васильевк"), (r"василівськ", "васильевськ"), (r"юріївк", "юрьевк"),
    (r"(?<=[^ї])івськ", "овськ"), (r"ївськ", "евськ"), (r"польове\b", "полевое"), (r"льов", "лев"),
    (r"\bпід", "под"), (r"\bвільх", "ольх"), (r"жовт(?!н)", "желт"), (r"(?<=[жчщ])о(?!втн|п)", "е"),
    (r"ськ\b", "ск"), (r"цьк\b", "цк"), (r"зьк\b", "зк"), (r"ський\b", "ский"), (r"цький\b", "цкий"),
    (r"ська\b", "ская"), (r"цька\b", "цкая"), (r"ське\b", "ское"), (r"цьке\b", "цкое"),
    (r"(?<=[жчшщ])івка\b", "евка"),
    (r"(?<=.)івка\b", "овка"), (r"(?<=.)ївка\b", "евка"), (r"івці\b", "овцы"),
    (r"ове\b", "ово"), (r"еве\b", "ево"), (r"єве\b", "ево"), (r"ине\b", "ино"), (r"їне\b", "ино"),
    (r"іне\b", "ино"),
    (r"(?<=.)ів\b", "ов"), (r"(?<=.)їв\b", "ев"), (r"піль\b", "поль"), (r"пілля\b", "полье"),
    (r"нне\b", "нное"),
    (r"(?<=[жзкгхлр])е\b", "ое"), (r"(?<=[гкх])а (?=\w)", "ая "), (r"городне\b", "городное"),
    (r"(?<=[рлд])не\b", "ное"), (r"(?<=ь)не\b", "ное"), (r"(?<=.)не\b", "ное"), (r"ий\b", "ый"),
    (r"ій\b", "ий"),
    (r"(?<=[нвлрм])а (?=\w)", "ая "), (r"(?<=[нвлрм])е (?=\w)", "ое "), (r"(?<=[нвлрм])і (?=\w)", "ые "),
    (r"[жч]а (?=\w)", "ья "), (r"я\b(?<=ття)", "тье"),
    (r"иця\b", "ица"), (r"ці\b", "цы"), (r"\bверхнь", "верхне"), (r"\bнижнь", "нижне"),
    (r"\bпіщан", "песчан"),
    (r"\bпівніч", "север"), (r"\bпівден", "юж"), (r"\bкам'ян", "камен"), (r"\bвеликий\b", "большой"),
)  # fmt: skip
_UK_RU_STEMS = (
    (r"\bвільн", "вольн"), (r"\bстепове\b", "степное"), (r"\bстепний", "степной"),
    (r"\bчист", "чист"), (r"\bдовг", "долг"), (r"\bдолин", "долин"), (r"\bполк", "полк"), (r"\bрівн", "ровн"),
    (r"\bбіло", "бело"), (r"\bбіл", "бел"), (r"\bсвіт", "свет"), (r"\bліс", "лес"), (r"\bстеп", "степ"),
    (r"\bмих", "мих"), (r"\bолекс", "алекс"), (r"\bолен", "елен"), (r"\bмико", "нико"), (r"\bандрі", "андре"),
    (r"\bсергі", "серге"), (r"\bматві", "матве"), (r"\bдмит", "дмит"), (r"\bвасил", "васил"),
    (r"\bолекс[іи]", "алексе"), (r"\bперемог", "побед"), (r"\bвишнев", "вишнев"), (r"\bрозд", "разд"),
    (r"\bчерв", "черв"), (r"\bзелен", "зелен"), (r"\bп'яти", "пяти"), (r"\bсім", "сем"), (r"\bріч", "реч"),
    (r"\bгріг", "григ"), (r"\bєвген", "евген"), (r"\bквіт", "цвет"), (r"\bмир", "мир"), (r"\bхрист", "христ"),
    (r"\bпоград?", "погра"), (r"\bпетрі", "петро"), (r"\bлозу", "лозо"), (r"\bколіс", "колес"),
    (r"дмитрі", "дмитро"),
)  # fmt: skip


def _map(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)


def _spell_uk_en(name: str) -> set[str]:
    text = name.replace("зг", "зgh")
    out, previous = "", " "
    for char in text:
        start = previous in _WORD_START and char in _UK_EN_START
        out += _UK_EN_START[char] if start else _UK_EN.get(char, char)
        previous = char
    loose = _map(re.sub(r"[ії]", "i", text), _UK_EN | _UK_EN_START | {"й": "y", "ї": "yi"})
    mixed = _map(text, _UK_EN | {"ю": "yu", "я": "ya", "є": "ye"})
    # BGN/PCGN 1965, as older maps and GeoNames have it (Mykolayiv, Zaporizhzhya).
    bgn = _map(text, _UK_EN | _UK_EN_START)
    # Half Russian, half Ukrainian: what reporters make of a name that they know from both (Nikishine).
    half = _map(text, _UK_EN | _UK_EN_START | {"и": "i", "й": "y", "ї": "i"})
    return {out, loose, mixed, bgn, half, out.replace("ii", "iy"), re.sub(r"(yi|yy|ii)\b", "y", out)}


def official_english(name: str) -> str:
    """Return the spelling of the Ukrainian national system (2010), with capitals."""
    text = name.lower().replace("’", "'").replace("ʼ", "'").replace("зг", "зgh")
    out, previous = "", " "
    for char in text:
        start = previous in _WORD_START and char in _UK_EN_START
        out += _UK_EN_START[char] if start else _UK_EN.get(char, char)
        previous = char
    return re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), out)


def usual_french(name: str, language: str) -> str:
    """Return the usual French press spelling of a Cyrillic name, with capitals."""
    table = _UK_FR if language == "uk" else _RU_FR
    text = name.lower().replace("’", "'").replace("ʼ", "'")
    found = _spell_french(text, table, russian=language == "ru")
    best = min(found, key=lambda s: (s.count("yï"), -len(s), s))
    return re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), best)


def usual_english(name: str) -> str:
    """Return the usual English spelling of a Russian name, with capitals (Malaya Loknya)."""
    plain = re.sub(r"(iy|yy)\b", "y", _romanise(name.lower()))
    return re.sub(r"(^|[ -])(\w)", lambda m: m[1] + m[2].upper(), plain)


def _romanise(name: str) -> str:
    out = ""
    for index, char in enumerate(name):
        previous = name[index - 1] if index else " "
        out += (
            "ye" if char == "е" and (previous in _VOWELS or previous in " -ьъй") else _RU_EN.get(char, char)
        )
    return out


def _spell_ru_en(name: str) -> set[str]:
    out = _romanise(name)
    plain = re.sub(r"(iy|yy)\b", "y", out)
    short = plain.replace("ye", "e").replace("yo", "e")
    light = re.sub(r"ya\b", "ia", short.replace("iya", "ia"))
    return {out, plain, short, plain.replace("yo", "o"), light, short.replace("yu", "iu").replace("ya", "ia")}


def _spell_french(name: str, table: dict[str, str], *, russian: bool) -> set[str]:
    out = ""
    for index, char in enumerate(name):
        before = name[index - 1] if index else " "
        after = name[index + 1] if index + 1 < len(name) else " "
        if char == "с" and before in _VOWELS and after in _VOWELS:
            out += "ss"
        elif russian and char == "г" and after in "еиыэ":
            out += "gu"
        elif russian and char == "е" and (before in _VOWELS or before in "ьъ"):
            out += "ie"
        elif char == "й" and index == 0:
            out += "i"
        else:
            out += table.get(char, char)
    mixed = re.sub(r"(?<=[^aeiouy])ia", "ya", out.replace("ss", "s"))
    return {out, mixed, re.sub(r"[iy]ï\b", "y", out), re.sub(r"[iy]ï\b", "i", out), out.replace("yï", "ï")}


def spell_ukrainian(name: str) -> set[str]:
    """Return English and French spellings of a Ukrainian name."""
    text = name.lower().replace("’", "'").replace("ʼ", "'")
    return _spell_uk_en(text) | _spell_french(text, _UK_FR, russian=False)


def spell_russian(name: str) -> set[str]:
    """Return English and French spellings of a Russian name."""
    text = name.lower().replace("’", "'")
    return _spell_ru_en(text) | _spell_french(text, _RU_FR, russian=True)


def transliterate(name: str, language: str) -> set[str]:
    """Return Latin spellings of a Cyrillic name in Ukrainian (``uk``) or Russian (``ru``)."""
    return spell_ukrainian(name) if language == "uk" else spell_russian(name)


def _letters_to_russian(text: str, *, y_for_i: bool) -> str:
    table = str.maketrans({"и": "ы" if y_for_i else "и", "і": "и", "ї": "и", "є": "е", "ґ": "г"})
    text = re.sub(r"\bє", "е", text.replace("'", ""))
    return text.translate(table)


def to_russian(name: str) -> list[str]:
    """Return likely Russian forms of a Ukrainian place name, the likeliest first.

    Only regular correspondences; roots that differ (Спірне, Спорное) stand in the hand-made tables.
    """
    text = name.lower().replace("’", "'").replace("ʼ", "'")
    ended = text
    for pattern, new in _UK_RU_ENDINGS:
        ended = re.sub(pattern, new, ended)
    stemmed = ended
    for pattern, new in _UK_RU_STEMS:
        stemmed = re.sub(pattern, new, stemmed)
    forms = [_letters_to_russian(stemmed, y_for_i=False), _letters_to_russian(ended, y_for_i=False)]
    forms += [_letters_to_russian(stemmed, y_for_i=True), _letters_to_russian(text, y_for_i=False)]
    return list(dict.fromkeys(forms))


def to_ukrainian(name: str) -> list[str]:
    """Return likely Ukrainian forms of a Russian place name, the likeliest first."""
    text = name.lower().replace("’", "'")
    text = re.sub(r"(с|ц)к\b", r"\1ьк", text)
    text = re.sub(r"(с|ц)к(ий|ой|ая|ое|ие)\b", r"\1ьк\2", text)
    for pattern, new in (
        (r"ая\b", "а"),
        (r"яя\b", "я"),
        (r"ое\b", "е"),
        (r"ее\b", "є"),
        (r"(ый|ой)\b", "ий"),
        (r"ые\b", "і"),
        (r"цы\b", "ці"),
    ):
        text = re.sub(pattern, new, text)
    text = re.sub(r"(?<=[жчшщ])ё", "о", text)
    text = (
        re.sub(r"(^|[ -])е|(?<=[аеиоуыэюяь])е", lambda m: (m[1] or "") + "є", text)
        .replace("ё", "ьо")
        .replace("э", "е")
    )
    text = text.replace("ъ", "'")
    soft = re.sub(r"и(?=нськ|цьк|чі?\b|й\b)|(?<=[жчшщц])и", "\0", text)
    soft = re.sub(r"и", "і", soft).replace("\0", "и")
    soft = re.sub(r"(?<=[аеєіоуюяи])і", "ї", soft).replace("ы", "и")
    hard = text.replace("ы", "и")
    stem = re.sub(
        r"(ов|ев)ка\b", lambda m: {"ов": "івка", "ев": "ївка"}[m[1]] if m[1] == "ов" else "ївка", soft
    )
    stem = re.sub(r"(?<=[бвгджзклмнпрстфхцчшщ])ївка\b", "івка", stem)
    return list(dict.fromkeys((stem, soft, hard)))

"""Lists and tallies of places: numbers behind a dash, places before their verb and before a dash; made by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Place, PlaceKind, Report, Resolution, Span, Toponym


def read_list(
    text: str, names: list[str], *, language: str, country: str, publisher: str = ""
) -> list[Claim]:
    """Return the claims of a text about places of those names, each one of its own, in text order."""
    resolutions = []
    for number, name in enumerate(names):
        start = text.index(name)
        span = Span(report_id="r", start=start, end=start + len(name), exact=name)
        place = Place(
            gazetteer="test",
            id=name,
            name=name,
            latitude=48.0 + number,
            longitude=37.0,
            kind=PlaceKind.SETTLEMENT,
            country_code=country,
        )
        resolutions.append(
            Resolution(toponym=Toponym(span=span, name=name, name_span=span), place=place, score=1.0)
        )
    issued = datetime(2025, 6, 10, tzinfo=UTC)
    report = Report(id="r", text=text, language=language, publisher=publisher, issued=issued)
    return list(read_claims(report, tuple(resolutions), load_lexicon(language)).claims)


def list_counts(claims: list[Claim]) -> dict[str, float | None]:
    return {c.place.toponym.name: c.count.low if c.count else None for c in claims}


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "uk",
            "Росіяни запустили дрони, збито їх: над Ніжином – 20, над Лубнами – 12, над Хоролом – 5.",
            ["Ніжином", "Лубнами", "Хоролом"],
        ),
        (
            "ru",
            "Украинские дроны сбиты: над Ельцом – 20, над Лисками – 12, над Ливнами – 5.",
            ["Ельцом", "Лисками", "Ливнами"],
        ),
        (
            "en",
            "Russian bombs fell on Lubny (20), Nizhyn (12) and Khorol (5).",
            ["Lubny", "Nizhyn", "Khorol"],
        ),
    ],
)
def test_tally_gives_each_place_its_own_number(language: str, text: str, names: list[str]) -> None:
    country = "RU" if language == "ru" else "UA"
    counts = list_counts(read_list(text, names, language=language, country=country))
    assert counts == dict(zip(names, [20, 12, 5], strict=True))


def test_number_of_a_later_naming_counts_for_the_first() -> None:
    text = "Обстріляно Глухів і Путивль: по Глухову росіяни випустили 14 снарядів, по Путивлю – 7."
    claims = read_list(text, ["Глухову", "Путивлю"], language="uk", country="UA")
    assert list_counts(claims) == {"Глухову": 14, "Путивлю": 7}


def test_list_before_its_verb_is_not_cut() -> None:
    text = "Ситуація контрольована: Кіндратівку та Андріївку українські захисники звільнили в червні."
    claims = read_list(text, ["Кіндратівку", "Андріївку"], language="uk", country="UA")
    assert [(c.actors, c.time.start is not None and c.time.start.month) for c in claims] == [
        (("UKR",), 6),
        (("UKR",), 6),
    ]


def test_place_before_a_dash_goes_with_what_follows() -> None:
    text = "У Ніжині російська ракета зруйнувала школу, у Лубнах – прильоти."
    claims = read_list(text, ["Ніжині", "Лубнах"], language="uk", country="UA")
    assert [(c.kind.value, c.place.toponym.name) for c in claims] == [
        ("strike", "Ніжині"),
        ("strike", "Лубнах"),
    ]


def test_river_that_is_crossed_is_no_town() -> None:
    text = "Українські морпіхи форсували Дніпро й закріпилися в Кринках."
    claims = read_list(text, ["Дніпро", "Кринках"], language="uk", country="UA")
    assert [(c.kind.value, c.place.toponym.name) for c in claims] == [("advance", "Кринках")]


def test_short_answer_is_about_the_place_of_the_question() -> None:
    text = "Лиман.\nНаші відійшли.\nЧи тримають українські бійці Торське? Тримають."
    claims = read_list(text, ["Лиман", "Торське"], language="uk", country="UA")
    assert ("control", "Торське") in {(c.kind.value, c.place.toponym.name) for c in claims}
    assert ("control", "Лиман") not in {(c.kind.value, c.place.toponym.name) for c in claims}

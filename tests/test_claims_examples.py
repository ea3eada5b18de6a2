"""Telling sentences of the example reports, with places made by hand: no gazetteer is opened."""

from __future__ import annotations

import pytest
from test_claims_read import read, resolve, tell

from geo.model import PlaceKind, Resolution

REGION = PlaceKind.REGION


def locate(text: str, *names: str, country: str = "RU", kind: PlaceKind = REGION) -> tuple[Resolution, ...]:
    return tuple(resolve(text, name, kind, country) for name in names)


@pytest.mark.parametrize(
    ("tag", "text", "name", "actors"),
    [
        ("en", "Russia masses troops to retake the Kursk region", "Kursk region", "RUS"),
        (
            "en",
            (
                "Up to 50,000 soldiers, Russians and North Koreans together, are being assembled for a push to "
                "throw Ukrainian forces out of the Kursk region, according to US and Ukrainian officials."
            ),
            "Kursk region",
            "PRK;RUS",
        ),
        (
            "fr",
            (
                "La Russie a réuni jusqu’à 50 000 soldats, dont des Nord-Coréens, pour reprendre les terres "
                "perdues dans la région de Koursk, selon des responsables américains et ukrainiens."
            ),
            "région de Koursk",
            "PRK;RUS",
        ),
        ("fr", "Koursk : jusqu’à 50 000 hommes pour une contre-offensive", "Koursk", ""),
        ("uk", "Росія стягнула війська, щоб повернути Курську область.", "Курську область", "RUS"),
        ("ru", "Россия стянула войска, чтобы захватить Курскую область.", "Курскую область", "RUS"),
    ],
)
def test_gathering_is_reported_and_its_purpose_expected(tag, text, name, actors):
    told = tell(read(tag, text, *locate(text, name)))
    assert told == {("concentration", "reported", actors, name), ("advance", "expected", actors, name)}


@pytest.mark.parametrize(
    ("tag", "text", "name", "actors"),
    [
        (
            "ru",
            (
                "До 50 тысяч российских и северокорейских солдат стянуто в Курскую область, чтобы вытеснить "
                "оттуда украинскую армию, говорят американские и украинские чиновники."
            ),
            "Курскую область",
            "PRK;RUS",
        ),
        ("uk", "Курщина: до 50 тисяч військових проти українського плацдарму", "Курщина", ""),
        (
            "uk",
            "Росія зосередила на Курщині близько 50 тисяч військових, серед них підрозділи з Північної Кореї.",
            "Курщині",
            "PRK;RUS",
        ),
    ],
)
def test_those_who_gather_are_not_those_they_gather_against(tag, text, name, actors):
    claims = read(tag, text, *locate(text, name))
    assert tell(claims) == {("concentration", "reported", actors, name)}
    assert claims[0].count is not None
    assert claims[0].count.high == 50000

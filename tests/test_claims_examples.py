"""Telling sentences of the example reports, with places made by hand: no gazetteer is opened."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_claims_read import read, resolve, resolve_last, tell

from geo.model import PlaceKind, Relation, RelationKind, Resolution

REGION, TOWN = PlaceKind.REGION, PlaceKind.SETTLEMENT


def locate(text: str, *names: str, country: str = "RU", kind: PlaceKind = REGION) -> tuple[Resolution, ...]:
    return tuple(resolve(text, name, kind, country, kind_hint=kind) for name in names)


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


@pytest.mark.parametrize(
    ("tag", "text", "region", "towns"),
    [
        (
            "en",
            (
                "Russia's defence ministry said that 34 drones were shot down over the Moscow region; flights at "
                "Domodedovo and Zhukovsky were held up, and one woman was hurt in the Ramenskoye district."
            ),
            "Moscow region",
            ("Domodedovo", "Zhukovsky", "Ramenskoye"),
        ),
        (
            "fr",
            (
                "Trente-quatre drones ukrainiens ont été abattus dimanche au-dessus de la région de Moscou ; "
                "trois aéroports ont suspendu leurs vols et une femme a été blessée à Ramenskoïé."
            ),
            "région de Moscou",
            ("Ramenskoïé",),
        ),
        (
            "ru",
            (
                "Утром 10 ноября над Московской областью сбиты 34 украинских беспилотника, сообщило Минобороны; "
                "рейсы в Домодедове, Шереметьеве и Жуковском задержаны."
            ),
            "Московской областью",
            ("Домодедове", "Шереметьеве", "Жуковском"),
        ),
        (
            "uk",
            "Над Московською областю збито 34 українські дрони; рейси в Домодєдові та Жуковському затримано.",
            "Московською областю",
            ("Домодєдові", "Жуковському"),
        ),
    ],
)
def test_semicolon_is_a_border(tag, text, region, towns):
    claims = read(tag, text, *locate(text, region), *locate(text, *towns, kind=TOWN))
    assert tell(claims) == {("strike", "reported", "UKR", region)}
    assert claims[0].count is not None
    assert claims[0].count.low == 34


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        (
            "en",
            "Ukraine sent its largest wave of drones so far at the Moscow region on Sunday.",
            "Moscow region",
        ),
        ("en", "Ukraine hurled dozens of drones at the Moscow region.", "Moscow region"),
        ("en", "Ukraine threw 30 drones at the Moscow region.", "Moscow region"),
        ("fr", "Déferlante de drones sur la région de Moscou", "région de Moscou"),
        ("fr", "Une vague de drones ukrainiens a déferlé sur la région de Moscou.", "région de Moscou"),
        ("uk", "Україна кинула на Московську область 30 дронів.", "Московську область"),
        ("ru", "Украина бросила 30 дронов на Московскую область.", "Московскую область"),
    ],
)
def test_drones_thrown_at_a_place_strike_it(tag, text, name):
    assert tell(read(tag, text, *locate(text, name))) == {("strike", "reported", "UKR", name)}


@pytest.mark.parametrize(
    ("tag", "text", "moscow", "kyiv"),
    [
        ("en", "Drones over Moscow, drones over Kyiv", "Moscow", "Kyiv"),
        ("fr", "Drones sur Moscou, drones sur Kiev", "Moscou", "Kiev"),
    ],
)
def test_side_attacked_is_no_striker(tag, text, moscow, kyiv):
    places = *locate(text, moscow, kind=TOWN), *locate(text, kyiv, country="UA", kind=TOWN)
    told = tell(read(tag, text, *places))
    assert told == {("strike", "reported", "UKR", moscow), ("strike", "reported", "RUS", kyiv)}


@pytest.mark.parametrize(
    ("tag", "text", "village", "frame", "town"),
    [
        (
            "ru",
            "Минобороны РФ объявило о взятии села Новодмитровка к северу от Курахова.",
            "Новодмитровка",
            "к северу от Курахова",
            "Курахова",
        ),
        (
            "uk",
            "Російські війська захопили село Новодмитрівка на північ від Курахового.",
            "Новодмитрівка",
            "на північ від Курахового",
            "Курахового",
        ),
        (
            "en",
            "Russian troops captured Novodmytrivka to the north of Kurakhove.",
            "Novodmytrivka",
            "to the north of Kurakhove",
            "Kurakhove",
        ),
        (
            "fr",
            "Les troupes russes ont pris Novodmytrivka au nord de Kourakhove.",
            "Novodmytrivka",
            "au nord de Kourakhove",
            "Kourakhove",
        ),
    ],
)
def test_place_that_locates_a_village_gives_no_claim(tag, text, village, frame, town):
    first, last = resolve(text, village), resolve(text, town)
    toponym = replace(
        last.toponym,
        span=resolve(text, frame).toponym.span,
        relation=Relation(kind=RelationKind.SIDE_OF),
    )
    told = tell(read(tag, text, first, replace(last, toponym=toponym)))
    assert told == {("control", "reported", "RUS", village)}


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        (
            "en",
            "The Ukrainian brigade that defends the town denied that Chasiv Yar had fallen.",
            "Chasiv Yar",
        ),
        (
            "fr",
            "La brigade ukrainienne qui défend la ville a démenti que Tchassiv Iar soit tombée.",
            "Tchassiv Iar",
        ),
        ("uk", "Українська бригада, яка обороняє місто, спростувала, що Часів Яр упав.", "Часів Яр"),
        ("ru", "Украинская бригада, которая обороняет город, опровергла, что Часов Яр пал.", "Часов Яр"),
        ("en", "Kyiv's troops denied that Chasiv Yar had fallen.", "Chasiv Yar"),
    ],
)
def test_who_denies_a_fall_is_not_who_takes(tag, text, name):
    assert tell(read(tag, text, name)) == {("control", "denied", "RUS", name)}


def test_headline_may_name_only_the_first_of_those_who_gather():
    text = "Russia masses troops near Sudzha\n\nRussian and North Korean troops are massing near Sudzha."
    first, last = resolve(text, "Sudzha", country="RU"), resolve_last(text, "Sudzha")
    last = replace(last, place=first.place)
    assert [claim.actors for claim in read("en", text, first, last)] == [("PRK", "RUS")]

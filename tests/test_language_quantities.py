"""Numbers in each language's own script; what they count, and what is no number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.language.lexicon import list_languages, load_lexicon
from geo.language.quantities import find_quantities


def read(tag, text):
    return [(q.low, q.high, q.unit) for q in find_quantities(text, load_lexicon(tag))]


COUNTS = {
    "en": [
        ("54 Ukrainian drones were shot down", 54, 54, "drones"),
        ("more than 100 drones took part", 100, None, "drones"),
        ("about 50,000 Russian soldiers", 50000, 50000, "soldiers"),
        ("up to 50,000 troops", None, 50000, "soldiers"),
        ("an 11,000-strong force", 11000, 11000, "soldiers"),
        ("an estimated 11K North Korean troops", 11000, 11000, "soldiers"),
        ("3.5 million people", 3500000, 3500000, "people"),
        ("two hundred and fifty shells", 250, 250, "shells"),
        ("half a dozen missiles", 6, 6, "missiles"),
        ("a dozen villages", 12, 12, "settlements"),
        ("two dozen drones", 24, 24, "drones"),
        ("several dozen glide bombs", 24, 90, "bombs"),
        ("dozens of drones", 24, 90, "drones"),
        ("several missiles", 2, 9, "missiles"),
        ("five Kh-101 missiles", 5, 5, "missiles"),
        ("ten Shahed-136 drones", 10, 10, "drones"),
        ("five aircraft-type drones", 5, 5, "drones"),
        ("a few hundred soldiers", 200, 900, "soldiers"),
        ("hundreds of fighters", 200, 900, "soldiers"),
        ("thousands of troops", 2000, 9000, "soldiers"),
        ("tens of thousands of soldiers", 20000, 90000, "soldiers"),
        ("hundreds of thousands of shells", 200000, 900000, "shells"),
        ("several thousand soldiers", 2000, 9000, "soldiers"),
        ("a couple of drones", 2, 2, "drones"),
        ("between 10 and 20 tanks", 10, 20, "vehicles"),
        ("10 to 15 aircraft", 10, 15, "aircraft"),
        ("10–15 thousand troops", 10000, 15000, "soldiers"),
        ("two or three drones", 2, 3, "drones"),
        ("at least 7 missiles", 7, None, "missiles"),
        ("no fewer than twelve brigades", 12, None, "brigades"),
        ("fewer than 100 men", None, 100, "soldiers"),
        ("as many as 60 drones", None, 60, "drones"),
        ("50 or more drones", 50, None, "drones"),
        ("728 strike UAVs and decoys", 728, 728, "drones"),
        ("12 missile and drone attacks", 12, 12, "strikes"),
        ("718 air targets", 718, 718, "targets"),
        ("attacked 8 times near Lyptsi", 8, 8, "times"),
        ("one drone hit a house", 1, 1, "drones"),
        ("forty-six assaults", 46, 46, "clashes"),
        ("1 234 drones", 1234, 1234, "drones"),
        ("around 10,000 North Koreans among the troops", 10000, 10000, "soldiers"),
        ("up to 50,000 Russian and North Korean soldiers", None, 50000, "soldiers"),
        ("a battalion of 600", 600, 600, "soldiers"),
        ("three FPV drones hit cars", 3, 3, "drones"),
    ],
    "fr": [
        ("1 240 hommes", 1240, 1240, "soldiers"),
        ("50 000 soldats russes", 50000, 50000, "soldiers"),
        ("deux mille soldats", 2000, 2000, "soldiers"),
        ("quarante-six assauts", 46, 46, "clashes"),
        ("vingt-et-un drones", 21, 21, "drones"),
        ("vingt et un drones", 21, 21, "drones"),
        ("dix-sept missiles", 17, 17, "missiles"),
        ("soixante-dix-sept drones", 77, 77, "drones"),
        ("quatre-vingt-douze missiles", 92, 92, "missiles"),
        ("soixante-quinze chars", 75, 75, "vehicles"),
        ("deux cent cinquante obus", 250, 250, "shells"),
        ("trois mille deux cents hommes", 3200, 3200, "soldiers"),
        ("une dizaine d’attaques", 10, 10, "clashes"),
        ("une trentaine de blindés", 30, 30, "vehicles"),
        ("une centaine de drones", 100, 100, "drones"),
        ("plusieurs dizaines de roquettes", 20, 90, "rockets"),
        ("des centaines de soldats", 200, 900, "soldiers"),
        ("des dizaines de milliers d’hommes", 20000, 90000, "soldiers"),
        ("quelques centaines de combattants", 200, 900, "soldiers"),
        ("quelques missiles", 2, 9, "missiles"),
        ("plus de 140 cibles", 140, None, "targets"),
        ("pas moins de 12 drones", 12, None, "drones"),
        ("au moins cinq bombes", 5, None, "bombs"),
        ("jusqu’à 50 000 militaires", None, 50000, "soldiers"),
        ("entre 10 et 20 véhicules", 10, 20, "vehicles"),
        ("10 à 15 chars", 10, 15, "vehicles"),
        ("neuf frappes", 9, 9, "strikes"),
        ("82 localités", 82, 82, "settlements"),
        ("1,5 million d’obus", 1500000, 1500000, "shells"),
        ("environ 300 embarcations", 300, 300, "boats"),
    ],
    "uk": [
        ("154 бойові зіткнення", 154, 154, "clashes"),
        ("сорок шість штурмів", 46, 46, "clashes"),
        ("п’ятьма балістичними ракетами", 5, 5, "missiles"),
        ("двадцятьма трьома безпілотниками", 23, 23, "drones"),
        ("понад 50 тисяч військових", 50000, None, "soldiers"),
        ("до 11 тисяч солдатів", None, 11000, "soldiers"),
        ("від 5 до 10 танків", 5, 10, "vehicles"),
        ("11 тис. північнокорейських військових", 11000, 11000, "soldiers"),
        ("1,5 тис. бійців", 1500, 1500, "soldiers"),
        ("кілька тисяч піхотинців", 2000, 9000, "soldiers"),
        ("кілька десятків дронів", 20, 90, "drones"),
        ("десятки дронів", 20, 90, "drones"),
        ("десятки тисяч солдатів", 20000, 90000, "soldiers"),
        ("сотні снарядів", 200, 900, "shells"),
        ("близько 9 тисяч російських солдатів", 9000, 9000, "soldiers"),
        ("не менше 12 ракет", 12, None, "missiles"),
        ("щонайменше дев’ять атак", 9, None, "clashes"),
        ("десяток населених пунктів", 10, 10, "settlements"),
        ("пів сотні мін", 50, 50, "shells"),
        ("12 керованих авіабомб", 12, 12, "bombs"),
        ("19 українських ударних безпілотників", 19, 19, "drones"),
        ("двічі атакував", 2, 2, "times"),
        ("десять разів атакували", 10, 10, "times"),
        ("50-тисячне угруповання", 50000, 50000, "soldiers"),
        ("один дрон збито", 1, 1, "drones"),
        ("кілька населених пунктів", 2, 9, "settlements"),
        ("двісті сорок сім дронів", 247, 247, "drones"),
        ("50 тисяч російських та північнокорейських військових", 50000, 50000, "soldiers"),
        ("тисячу сто бійців", 1100, 1100, "soldiers"),
        ("сорок дві тисячі сімсот мін", 42700, 42700, "shells"),
        ("три тисячі двісті осіб особового складу", 3200, 3200, "soldiers"),
    ],
    "ru": [
        ("35 боеприпасов", 35, 35, "shells"),
        ("двадцатью тремя беспилотниками", 23, 23, "drones"),
        ("337 украинских беспилотных летательных аппаратов", 337, 337, "drones"),
        ("от 5 до 10 танков", 5, 10, "vehicles"),
        ("до тысячи украинских военных", None, 1000, "soldiers"),
        ("до 50 тысяч солдат", None, 50000, "soldiers"),
        ("более 2000 украинских военных", 2000, None, "soldiers"),
        ("не менее десяти ракет", 10, None, "missiles"),
        ("свыше 50 тыс. военнослужащих", 50000, None, "soldiers"),
        ("несколько сотен солдат", 200, 900, "soldiers"),
        ("несколько десятков бронемашин", 20, 90, "vehicles"),
        ("десятки тысяч солдат", 20000, 90000, "soldiers"),
        ("тысячи бойцов", 2000, 9000, "soldiers"),
        ("около двух тысяч бойцов", 2000, 2000, "soldiers"),
        ("десяток сёл", 10, 10, "settlements"),
        ("полтора десятка дронов", 15, 15, "drones"),
        ("12 артиллерийских ударов", 12, 12, "strikes"),
        ("группировку численностью 50 тысяч человек", 50000, 50000, "soldiers"),
        ("11-тысячный контингент", 11000, 11000, "soldiers"),
        ("два-три дрона", 2, 3, "drones"),
        ("дважды обстреляли", 2, 2, "times"),
        ("сто двадцать пять снарядов", 125, 125, "shells"),
        ("пять населённых пунктов", 5, 5, "settlements"),
        ("один дрон сбит", 1, 1, "drones"),
        ("40 боевых столкновений", 40, 40, "clashes"),
        ("до 50 тысяч российских и северокорейских солдат", None, 50000, "soldiers"),
        ("Тысяча четыреста солдат", 1400, 1400, "soldiers"),
    ],
    "de": [
        ("rund 50.000 russische Soldaten", 50000, 50000, "soldiers"),
        ("mehr als 100 Drohnen", 100, None, "drones"),
        ("bis zu 11.000 Soldaten", None, 11000, "soldiers"),
        ("einundzwanzig Drohnen", 21, 21, "drones"),
        ("zweihundertfünfzig Raketen", 250, 250, "missiles"),
        ("zwei Dutzend Kampfdrohnen", 24, 24, "drones"),
        ("Dutzende Drohnen", 24, 90, "drones"),
        ("Zehntausende Soldaten", 20000, 90000, "soldiers"),
        ("mehrere Raketen", 2, 9, "missiles"),
        ("drei Lenkbomben", 3, 3, "bombs"),
        ("fünftausend Mann", 5000, 5000, "soldiers"),
        ("zwischen 10 und 20 Panzer", 10, 20, "vehicles"),
        ("dreimal angegriffen", 3, 3, "times"),
    ],
}


@pytest.mark.parametrize(
    ("tag", "text", "low", "high", "unit"), [(tag, *row) for tag, rows in COUNTS.items() for row in rows]
)
def test_counts(tag, text, low, high, unit):
    assert read(tag, text) == [(low, high, unit)]


MEASURES = [
    ("en", "held 1,200 square kilometres", 1200, 1200, "km2"),
    ("en", "about 500 sq km", 500, 500, "km2"),
    ("en", "some 1,000 km²", 1000, 1000, "km2"),
    ("en", "100 square miles", 258.998811, 258.998811, "km2"),
    ("en", "2,500 hectares", 25, 25, "km2"),
    ("en", "some 40 kilometres to the north-west", 40, 40, "km"),
    ("en", "10 miles", 16.09344, 16.09344, "km"),
    ("en", "three years", 1095, 1095, "days"),
    ("fr", "1 150 km²", 1150, 1150, "km2"),
    ("fr", "quelques centaines de kilomètres carrés", 200, 900, "km2"),
    ("fr", "à moins de cinq kilomètres", None, 5, "km"),
    ("fr", "quelques centaines de mètres", 0.2, 0.9, "km"),
    ("uk", "понад 3 тисячі квадратних кілометрів", 3000, None, "km2"),
    ("uk", "близько 500 кв. км", 500, 500, "km2"),
    ("uk", "за 15 км від міста", 15, 15, "km"),
    ("uk", "200 га лісу", 2, 2, "km2"),
    ("ru", "около 40 квадратных километров", 40, 40, "km2"),
    ("ru", "1,2 тыс. кв. км", 1200, 1200, "km2"),
    ("ru", "в пяти километрах", 5, 5, "km"),
    ("de", "rund 800 Quadratkilometer", 800, 800, "km2"),
]


@pytest.mark.parametrize(("tag", "text", "low", "high", "unit"), MEASURES)
def test_measures(tag, text, low, high, unit):
    assert read(tag, text) == [(low, high, unit)]


NONE = [
    ("en", "a missile hit the 104th division on 20 November 2023"),
    ("en", "an S-400 missile and an F-16, No. 4, at 09:25, in 2014, 25 % and 30 percent"),
    ("en", "one of the officials said that no one was hurt"),
    ("en", "a three-pronged push by both, two-thirds of it at 11 p.m., says John Brown, 26, of Leeds"),
    ("en", "a 20-year-old man with a 155-mm shell"),
    ("fr", "un drone et une bombe de la 3e brigade, le 1er octobre 2022, à 18 h 10, 20 % des forces"),
    ("uk", "110-та бригада, Х-59, о 05:20, 24 лютого, № 31, 25 відсотків"),
    ("ru", "57-й день, 3-я бригада, С-300, в 2014 году, 7 сентября, 15 процентов, один из чиновников"),
    ("de", "eine Drohne traf am 3. Oktober 2024 um 10 Uhr ein Haus"),
]


@pytest.mark.parametrize(("tag", "text"), NONE)
def test_no_number(tag, text):
    assert read(tag, text) == []


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("uk", "Лишилося сотні дві, решта відійшла.", [(200, 200, "")]),
        ("uk", "Привезли піхоту, бригади дві.", [(2, 2, "brigades")]),
        ("uk", "Прилетіло шахедів десять.", [(10, 10, "drones")]),
        ("uk", "Тисяча два росіян зайшли.", [(1002, 1002, "soldiers")]),
        ("ru", "Встали корейцы, человек триста.", [(300, 300, "persons")]),
        ("ru", "За городом, километрах в двадцати, тихо.", [(20, 20, "km")]),
        ("ru", "Около сотни самолётов тремя волнами.", [(100, 100, "aircraft"), (3, 3, "other")]),
    ],
)
def test_a_noun_before_its_number_is_counted_about(tag, text, expected):
    assert read(tag, text) == expected


def test_tally_without_nouns():
    text = "перехвачены 337 беспилотников: 126 – над Курской областью, по восемь – над Липецкой и Орловской"
    assert read("ru", text) == [(337, 337, "drones"), (126, 126, ""), (8, 8, "")]
    assert read("en", "54 drones, 27 of them over Kursk") == [(54, 54, "drones"), (27, 27, "")]
    assert read("en", "nine out of 12 missiles") == [(9, 9, "missiles"), (12, 12, "missiles")]
    assert read("uk", "62 дрони, 4 з них – над Києвом") == [(62, 62, "drones"), (4, 4, "")]
    assert read("en", "shot down 28 of 54 drones") == [(28, 28, "drones"), (54, 54, "drones")]


def test_people_and_money_have_units_of_their_own():
    assert read("en", "A $60bn bill; 23 people were injured; 17 prisoners; 1,190 casualties") == [
        (60e9, 60e9, "money"),
        (23, 23, "people"),
        (17, 17, "prisoners"),
        (1190, 1190, "casualties"),
    ]
    assert read("fr", "un plan de 800 milliards d’euros, dix blessés") == [
        (800e9, 800e9, "money"),
        (10, 10, "casualties"),
    ]
    assert read("en", "A missile hit the town, killing at least two; three were hurt") == [
        (2, None, "casualties"),
        (3, 3, "casualties"),
    ]
    assert read("uk", "поранено двоє, ще шестеро загинули") == [(2, 2, "casualties"), (6, 6, "casualties")]


@given(st.sampled_from(list_languages()), st.integers(min_value=2, max_value=999_999))
def test_digits_are_read_as_they_stand(tag, number):
    lexicon = load_lexicon(tag)
    noun = {"en": "drones", "fr": "drones", "uk": "дронів", "ru": "дронов", "de": "Drohnen"}[tag]
    mark = {"en": ",", "de": "."}.get(tag, "\u202f")
    (found,) = find_quantities(f"{number:,} {noun}".replace(",", mark), lexicon)
    assert (found.low, found.high, found.unit) == (number, number, "drones")


@given(st.sampled_from(list_languages()), st.text(max_size=300))
def test_spans_are_in_the_text(tag, text):
    for quantity in find_quantities(text, load_lexicon(tag), "r"):
        assert text[quantity.span.start : quantity.span.end] == quantity.span.exact
        assert quantity.low is not None or quantity.high is not None

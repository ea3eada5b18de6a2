"""Names in text: found in any form, framed by the words around them, tied to each other, told from persons."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language.lexicon import load_lexicon
from geo.model import PlaceKind, RelationKind, Report, Resolution, Toponym
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.recognise import find_anaphora, recognise_toponyms
from geo.places.resolve import resolve_toponyms
from geo.places.tokens import compile_words, fold_token, tokenise


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def recognise(text: str, language: str, gazetteer: Gazetteer, **how: bool) -> tuple[Toponym, ...]:
    report = Report(id="r", text=text, language=language)
    return recognise_toponyms(report, load_lexicon(language), gazetteer, **how)


def resolve(text: str, language: str, gazetteer: Gazetteer) -> tuple[Resolution, ...]:
    report = Report(id="r", text=text, language=language)
    return resolve_toponyms(report, recognise_toponyms(report, load_lexicon(language), gazetteer), gazetteer)


@pytest.mark.parametrize(
    ("language", "text", "spans"),
    [
        ("en", "Shells fell on Chasiv Yar, Ivanivka and Stupochky.", ["Chasiv Yar", "Ivanivka", "Stupochky"]),
        ("en", "St. Petersburg was quiet; Rostov-on-Don was not.", ["St. Petersburg", "Rostov-on-Don"]),
        ("en", "Kup'iansk and Slov’yansk were shelled.", ["Kup'iansk", "Slov’yansk"]),
        ("fr", "Des combats ont lieu à Tchassiv Iar et à Bakhmout.", ["Tchassiv Iar", "Bakhmout"]),
        ("uk", "Тривають бої біля Часового Яру та у Бахмуті.", ["біля Часового Яру", "Бахмуті"]),
        ("ru", "Взрывы прогремели в г. Шебекино и с. Козинка.", ["г. Шебекино", "с. Козинка"]),
        ("uk", "Бої біля Зеленого Гаю.", ["біля Зеленого Гаю"]),
        ("en", "The U.S. and Côte d'Ivoire agreed.", ["The U.S.", "Côte d'Ivoire"]),
    ],
)
def test_names_in_any_form(language: str, text: str, spans: list[str], gazetteer: Gazetteer) -> None:
    assert [found.span.exact for found in recognise(text, language, gazetteer)] == spans


@pytest.mark.parametrize(
    ("language", "text", "kind", "direction", "km"),
    [
        ("en", "They stand 10 km south of Kramatorsk.", "distance", "S", 10),
        ("en", "They stand 5-7 miles to the north-west of Kramatorsk.", "distance", "NW", 5 * 1.609344),
        ("fr", "Ils sont à 10 km au sud de Kramatorsk.", "distance", "S", 10),
        ("uk", "Вони за 10 км на південь від Краматорська.", "distance", "S", 10),
        ("ru", "Они в 10 км южнее Краматорска.", "distance", "S", 10),
        ("fr", "Ils sont à une dizaine de kilomètres de Pokrovsk.", "distance", None, 10),
        ("en", "They advanced north-east of Vuhledar.", "side_of", "NE", None),
        ("uk", "Вони просунулися північніше Вовчанська.", "side_of", "N", None),
        ("ru", "Они продвинулись к северу от Угледара.", "side_of", "N", None),
        ("fr", "Ils ont avancé au sud-ouest de Pokrovsk.", "side_of", "SW", None),
        ("en", "Fighting goes on in eastern Ukraine.", "part_of", "E", None),
        ("en", "Fighting goes on in the eastern part of the Donetsk region.", "part_of", "E", None),
        ("fr", "Les combats continuent dans l’est de l’Ukraine.", "part_of", "E", None),
        ("uk", "Тривають бої на півночі Харківської області.", "part_of", "N", None),
        ("ru", "Бои идут в восточной части Курской области.", "part_of", "E", None),
        ("fr", "Ils tiennent le centre de Toretsk.", "part_of", "C", None),
        ("en", "Fighting goes on near Avdiivka.", "near", None, None),
        ("uk", "Тривають бої у районі Вовчанська.", "near", None, None),
        ("ru", "Бои идут под Купянском.", "near", None, None),
        ("en", "The enemy attacked on the Kupiansk axis.", "axis", None, None),
        ("fr", "L’ennemi attaque sur l’axe de Koupiansk.", "axis", None, None),
        ("uk", "Ворог атакує на Куп’янському напрямку.", "axis", None, None),
        ("en", "Shelling of the border areas of the Sumy region.", "border", None, None),
        ("ru", "Обстреляно приграничье Курской области.", "border", None, None),
        ("en", "Clashes along the Oskil.", "along", None, None),
    ],
)
def test_relations(
    language: str, text: str, kind: str, direction: str | None, km: float | None, gazetteer: Gazetteer
) -> None:
    (found,) = recognise(text, language, gazetteer)
    assert (found.relation.kind.value, found.relation.direction) == (kind, direction)
    assert found.relation.distance_km_low == (None if km is None else pytest.approx(km))
    assert found.relation.span is not None
    assert found.span.start <= found.name_span.start < found.name_span.end <= found.span.end


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Clashes continue between Bakhmut and Soledar."),
        ("fr", "Les combats se poursuivent entre Bakhmout et Soledar."),
        ("uk", "Бої точаться між Бахмутом та Соледаром."),
        ("ru", "Бои идут между Бахмутом и Соледаром."),
    ],
)
def test_between_holds_both_places(language: str, text: str, gazetteer: Gazetteer) -> None:
    (found,) = resolve(text, language, gazetteer)
    assert found.toponym.relation.kind is RelationKind.BETWEEN
    assert [found.place.name, *(other.place.name for other in found.others)] == ["Bakhmut", "Soledar"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "A threat for the Sumy and Chernihiv regions.", ["Sumy Oblast", "Chernihiv Oblast"]),
        ("fr", "Alerte dans les régions de Soumy et de Tchernihiv.", ["Sumy Oblast", "Chernihiv Oblast"]),
        ("uk", "Дрони над Сумською та Чернігівською областями.", ["Sumy Oblast", "Chernihiv Oblast"]),
        (
            "ru",
            "Дроны сбиты над Белгородской, Липецкой и Курской областями.",
            ["Belgorod Oblast", "Lipetsk Oblast", "Kursk Oblast"],
        ),
    ],
)
def test_a_list_shares_its_kind_word(
    language: str, text: str, names: list[str], gazetteer: Gazetteer
) -> None:
    assert [found.place.name for found in resolve(text, language, gazetteer)] == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Pokrovsk, Donetsk oblast, was shelled."),
        ("en", "Shells hit Pokrovsk in the Donetsk region."),
        ("fr", "Des obus sont tombés sur Pokrovsk, dans la région de Donetsk."),
        ("uk", "Обстріляно Покровськ Донецької області."),
        ("ru", "Обстрелян Покровск Донецкой области."),
    ],
)
def test_a_unit_beside_a_place_only_locates_it(language: str, text: str, gazetteer: Gazetteer) -> None:
    town, *units = resolve(text, language, gazetteer)
    assert [unit.toponym.role for unit in units] == ["unit_only"]
    assert [unit.name_span for unit in town.toponym.within] == [unit.toponym.name_span for unit in units]
    assert (town.place.country_code, town.place.admin1_code) == ("UA", "05")
    assert any("named beside it" in reason for reason in town.why)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The New York Times reported it."),
        ("en", "General Moskalyov and Volodymyr Lvov spoke."),
        ("en", "Ukrainian and Russian officials met."),
        ("en", "More than ten drones came in March."),
        ("fr", "Le général Zaloujny a parlé jeudi."),
        ("uk", "Щастя і мир потрібні всім."),
        ("uk", "Олександр Хоменко працює."),
        ("ru", "Издание «Москва таймс» молчит."),
        ("ru", "Мир и счастье нужны всем."),
    ],
)
def test_what_is_no_place(language: str, text: str, gazetteer: Gazetteer) -> None:
    assert [found.span.exact for found in recognise(text, language, gazetteer)] == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Missiles launched from Kursk hit the city of Sumy.", "Kursk"),
        ("ru", "Из Воронежа перебрасывают резервы.", "Воронежа"),
        ("fr", "Des drones lancés depuis Koursk ont touché la ville de Soumy.", "Koursk"),
    ],
)
def test_where_things_come_from_is_an_origin(
    language: str, text: str, name: str, gazetteer: Gazetteer
) -> None:
    roles = {found.name_span.exact: found.role for found in recognise(text, language, gazetteer)}
    assert roles.pop(name) == "origin"
    assert "origin" not in roles.values()


def test_a_withdrawal_has_no_origin(gazetteer: Gazetteer) -> None:
    (found,) = recognise("Troops withdrew from Kupiansk.", "en", gazetteer)
    assert found.role == "place"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Washington declined to comment."),
        ("fr", "Kiev affirme être prête."),
        ("uk", "У Києві заявили про це."),
        ("ru", "Киев призвал союзников к санкциям."),
        ("en", "Russia says it is ready."),
        ("fr", "La Russie affirme être prête."),
        ("uk", "Росія заявила про це."),
    ],
)
def test_countries_that_speak_are_governments(language: str, text: str, gazetteer: Gazetteer) -> None:
    (found,) = recognise(text, language, gazetteer)
    assert found.role == "government"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The village of Xyzzykivka was taken."),
        ("fr", "Le village de Xyzzykivka a été pris."),
        ("uk", "Захоплено село Ззихівсюки."),
        ("ru", "Занято село Ззиховсюкино."),
    ],
)
def test_an_unknown_name_in_a_place_frame_is_kept_without_a_place(
    language: str, text: str, gazetteer: Gazetteer
) -> None:
    (found,) = resolve(text, language, gazetteer)
    assert found.place is None
    assert found.toponym.kind_hint is PlaceKind.SETTLEMENT


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Avdiivka was hit. The town is in ruins.", "The town"),
        ("fr", "Avdiivka a été touchée. La ville est en ruines.", "La ville"),
        ("uk", "Обстріляно Авдіївку. Місто у руїнах.", "Місто"),
        ("ru", "Обстреляна Авдеевка. Город в руинах.", "Город"),
    ],
)
def test_nouns_that_point_back(language: str, text: str, words: str, gazetteer: Gazetteer) -> None:
    report = Report(id="r", text=text, language=language)
    lexicon = load_lexicon(language)
    named = resolve_toponyms(report, recognise_toponyms(report, lexicon, gazetteer), gazetteer)
    (found,) = find_anaphora(report, lexicon, named)
    assert found.toponym.span.exact == words
    assert found.place is named[0].place


# ---- any text ----

_ALPHABETS = st.sampled_from(
    [
        "Київ",
        "Kursk",
        " область",
        " region",
        " near ",
        "👩‍👩‍👧",
        "é",
        "й",
        "עזה",
        "غزة",
        "’",
        "«",
        ".",
        "\n",
        "10 km ",
        "Ünïcödé",
    ]
)


def check_spans(text: str, found: tuple[Toponym, ...]) -> None:
    end = 0
    for toponym in found:
        assert toponym.span.start >= end, "in text order, not overlapping"
        end = toponym.span.end
        for span in (toponym.span, toponym.name_span, toponym.relation.span):
            assert span is None or text[span.start : span.end] == span.exact
        assert toponym.span.start <= toponym.name_span.start <= toponym.name_span.end <= toponym.span.end
        for other in (*toponym.others, *toponym.within):
            assert text[other.span.start : other.span.end] == other.span.exact


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.lists(_ALPHABETS, max_size=30).map("".join)))
@pytest.mark.parametrize("language", ["en", "fr", "uk", "ru"])
def test_any_text_gives_spans_that_match_it(language: str, gazetteer: Gazetteer, text: str) -> None:
    check_spans(text, recognise(text, language, gazetteer))
    check_spans(text, recognise(text, language, gazetteer, every_mention=True))
    resolve(text, language, gazetteer)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers())
def test_no_name_in_random_letters(gazetteer: Gazetteer, seed: int) -> None:
    chance = random.Random(seed)
    for letters in (string.ascii_lowercase, "абвгдежзиклмнопрстуфхцчшщюя"):
        words = ["".join(chance.choices(letters, k=chance.randint(9, 14))) for _ in range(30)]
        assert recognise(" ".join(words), "en", gazetteer) == ()
        titled = " ".join(word.capitalize() for word in words)
        assert recognise(titled, "uk", gazetteer) == ()


@pytest.mark.parametrize("around", ["👩‍👩‍👧 ", "e\u0301 ", "שלום ", "مرحبا "])
def test_offsets_survive_what_stands_before(around: str, gazetteer: Gazetteer) -> None:
    text = around * 50 + "Fighting near Avdiivka."
    (found,) = recognise(text, "en", gazetteer)
    assert text[found.name_span.start : found.name_span.end] == "Avdiivka"


def test_a_million_characters_take_linear_time(gazetteer: Gazetteer) -> None:
    piece = "Shells fell on Chasiv Yar, Ivanivka and the city of Sumy in the north. " * 70
    times = []
    # Both are more than the caches hold: what fits into them is read faster than in proportion.
    for factor in (50, 200):
        text = piece * factor
        start = time.process_time()
        found = recognise(text, "en", gazetteer)
        times.append(time.process_time() - start)
        assert len(found) == 3 * 70 * factor
    assert len(text) > 900_000
    assert times[1] < 2.5 * 4 * times[0] + 1.0


@pytest.mark.parametrize("piece", ["A", "Kyiv", "(", "’"])
def test_one_endless_word_is_no_trouble(piece: str, gazetteer: Gazetteer) -> None:
    times = []
    for length in (250_000, 1_000_000):
        text = piece * (length // len(piece))
        start = time.process_time()
        check_spans(text, recognise(text, "uk", gazetteer))
        times.append(time.process_time() - start)
    assert times[1] < 8 * times[0] + 1.0


@given(st.text(alphabet="aB é'’.-– \n\tĴ1́їЖ_", max_size=60))
def test_tokens_read_between_spaces_are_those_of_the_whole_text(text: str) -> None:
    words = compile_words(frozenset({"a"}), frozenset({"b"}))
    tokens = tokenise(text, words)
    spans = [match.span() for match in words.finditer(text)]
    assert list(zip(tokens.starts, tokens.ends, strict=True)) == spans
    assert tokens.keys == [fold_token(text[start:end]) for start, end in spans]
    assert tokens.capitals == [text[start].isupper() for start, _ in spans]
    starts = {start for start, _ in spans}
    assert tokens.spaced == [text[end : end + 1] == " " and end + 1 in starts for _, end in spans]

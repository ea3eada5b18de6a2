"""What Ukrainian sentences state in the words of staffs, governors and the press; places are made by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym

# A sentence, its place as written and the country of that, and what it states: kind, status, actors.
STATED = [
    ("Росіяни вгатили по Харкову трьома керованими бомбами.", "Харкову", "UA", ("strike", "reported", "RUS")),
    ("Безпілотники СБУ випалили нафтобазу в Туапсе.", "Туапсе", "RU", ("strike", "reported", "UKR")),
    (
        "Внаслідок російської атаки на Балаклію поранено трьох людей.",
        "Балаклію",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Красногорівку щодня рівняють із землею російські КАБи.",
        "Красногорівку",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Російський дрон прошив дах школи в Бериславі.", "Бериславі", "UA", ("strike", "reported", "RUS")),
    ("Запоріжжю загрожують російські керовані авіабомби.", "Запоріжжю", "UA", ("strike", "expected", "RUS")),
    ("Зберігається загроза застосування ворожих КАБ для Сум.", "Сум", "UA", ("strike", "expected", "RUS")),
    ("Інформація про російський удар по Одесі – чиясь вигадка.", "Одесі", "UA", ("strike", "denied", "RUS")),
    ("Хусити випустили ракету по Ейлату.", "Ейлату", "IL", ("strike", "reported", "YEM")),
    (
        "Старомайорське очищено від російських окупантів.",
        "Старомайорське",
        "UA",
        ("control", "reported", "UKR"),
    ),
    ("Над Лиманом знову майорить український прапор.", "Лиманом", "UA", ("control", "reported", "UKR")),
    (
        "Селище Очеретине майже цілком перейшло до рук росіян.",
        "Очеретине",
        "UA",
        ("control", "reported", "RUS"),
    ),
    ("Центр Куп'янська лишається за українцями.", "Куп'янська", "UA", ("control", "reported", "UKR")),
    (
        "Українські десантники викурили окупантів із Роботиного.",
        "Роботиного",
        "UA",
        ("control", "reported", "UKR"),
    ),
    (
        "Генштаб ЗСУ відкинув заяви Росії про захоплення Сіверська.",
        "Сіверська",
        "UA",
        ("control", "denied", "RUS"),
    ),
    ("Повстанці М23 захопили Гому.", "Гому", "CD", ("control", "reported", "COD")),
    ("Російські війська беруть Курахове в кліщі.", "Курахове", "UA", ("advance", "reported", "RUS")),
    ("Росіяни підповзають до Костянтинівки.", "Костянтинівки", "UA", ("advance", "reported", "RUS")),
    ("Росіяни планують оточити й захопити Вугледар.", "Вугледар", "UA", ("advance", "expected", "RUS")),
    (
        "Ворог намагатиметься захопити Куп'янськ до осені, вважає розвідка.",
        "Куп'янськ",
        "UA",
        ("advance", "expected", "RUS"),
    ),
    ("Російський гарнізон драпонув з Ізюма.", "Ізюма", "UA", ("withdrawal", "reported", "RUS")),
    (
        "Тарнавський повідомив про вихід українських військ з Авдіївки.",
        "Авдіївки",
        "UA",
        ("withdrawal", "reported", "UKR"),
    ),
    (
        "Вихід ЗСУ з Бахмута ніхто не готує, запевнив речник.",
        "Бахмута",
        "UA",
        ("withdrawal", "denied", "UKR"),
    ),
    ("Ворог вісім разів ходив у наступ поблизу Торецька.", "Торецька", "UA", ("clash", "reported", "RUS")),
    (
        "У Торецьку російські й українські піхотинці зійшлися в ближньому бою.",
        "Торецьку",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    ("Окупанти тягнуть техніку до Токмака.", "Токмака", "UA", ("concentration", "reported", "RUS")),
    (
        "Наступального угруповання росіян у Бєлгороді не формують.",
        "Бєлгороді",
        "RU",
        ("concentration", "denied", "RUS"),
    ),
    ("Росія планує перекинути під Суми ще дві бригади.", "Суми", "UA", ("concentration", "expected", "RUS")),
    (
        "Із Сіверська наші підрозділи вийшли ще у вівторок.",
        "Сіверська",
        "UA",
        ("withdrawal", "reported", "UKR"),
    ),
    ("Росіяни битимуть по Ніжину, попереджають військові.", "Ніжину", "UA", ("strike", "expected", "RUS")),
    ("Жодних ворожих ДРГ у Корюківку не заходило.", "Корюківку", "UA", ("advance", "denied", "RUS")),
    (
        "Про захоплення росіянами Курахового мова не йде, каже командир бригади.",
        "Курахового",
        "UA",
        ("control", "denied", "RUS"),
    ),
    ("По Курдюмівці працює наша артилерія.", "Курдюмівці", "UA", ("strike", "reported", "UKR")),
    ("Російська піхота тисне на Добропілля з флангів.", "Добропілля", "UA", ("advance", "reported", "RUS")),
    ("Росіяни поривалися захопити Степове.", "Степове", "UA", ("clash", "reported", "RUS")),
    (
        "Бійців КНДР помітили в Бєлгороді, повідомляє розвідка.",
        "Бєлгороді",
        "RU",
        ("concentration", "reported", "PRK"),
    ),
    (
        "Угруповання ворога біля Чернігова розвідка не бачить.",
        "Чернігова",
        "UA",
        ("concentration", "denied", "RUS"),
    ),
    ("Росіяни кинули на Запоріжжя сотню дронів.", "Запоріжжя", "UA", ("strike", "reported", "RUS")),
    (
        "Українська бригада за наказом командування відійшла з Роботиного.",
        "Роботиного",
        "UA",
        ("withdrawal", "reported", "UKR"),
    ),
    ("Міноборони РФ заявило про взяття Торецька.", "Торецька", "UA", ("control", "reported", "RUS")),
    (
        "Гарнізон ЗСУ з Торецька не виходив, попри те що пише російське міноборони.",
        "Торецька",
        "UA",
        ("withdrawal", "denied", "UKR"),
    ),
    (
        "На Краматорськ росіяни скинули дві бомби: уламки розлетілися двором.",
        "Краматорськ",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Ворог атакував Водяне, атаку відбито.", "Водяне", "UA", ("clash", "reported", "RUS;UKR")),
    ("Російські дрони над Конотопом: працює ППО.", "Конотопом", "UA", ("strike", "reported", "RUS")),
    (
        "Під ворожим вогнем та ударами дронів перебували російськими силами обстріляні Білозерка й хутори.",
        "Білозерка",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Найбільша активність російських військ – поблизу Гродівки.",
        "Гродівки",
        "UA",
        ("clash", "reported", "RUS"),
    ),
    (
        "Тимчасово окупований Токмак – без світла після атаки дронів.",
        "Токмак",
        "UA",
        ("strike", "reported", "UKR"),
    ),
    (
        "У Куп'янську, за словами командувача, лишається до 40 російських військових.",
        "Куп'янську",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Українські захисники стримали 44 наступальні дії росіян поблизу Родинського.",
        "Родинського",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    (
        "Ворожа колона російських танків зрушила в бік Макарова.",
        "Макарова",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    (
        "Українські військові: аеропорт Кульбакине відбили, росіяни тікають.",
        "Кульбакине",
        "UA",
        ("control", "reported", "UKR"),
    ),
    ("Росія почала вивозити техніку з порту Тартус.", "Тартус", "SY", ("withdrawal", "reported", "RUS")),
    (
        "Аналітики зафіксували вихід росіян на околиці Великої Новосілки.",
        "Великої Новосілки",
        "UA",
        ("advance", "reported", "RUS"),
    ),
]

# Sentences of war that put nothing on a map.
UNSTATED = [
    ("Україна повернула з російського полону військових, яких привезли до Чернігова.", "Чернігова"),
    ("Лікарі Харкова врятували бійця, пораненого під час штурму.", "Харкова"),
    ("Росія втратила біля Вугледара двох генералів.", "Вугледара"),
    ("Президент прибув до Одеси з візитом, щоб обговорити постачання ракет.", "Одеси"),
    ("Якщо росіяни візьмуть Покровськ, логістика зупиниться.", "Покровськ"),
    ("Ситуація в Сумах під контролем наших військових.", "Сумах"),
    ("Шеф захопив Одесу: борщ і десерт його ресторану атакують рецептори, мов артилерія.", "Одесу"),
    ("Противник атакував 119 ударними дронами із напрямків: Брянськ.", "Брянськ"),
    ("Німеччина передасть Україні дві системи Patriot для захисту Харкова від ракет.", "Харкова"),
    ("У місті поховали бійця, який загинув у боях під Роботиним.", "Роботиним"),
    ("Про втрату Лашо хунта мовчить.", "Лашо"),
]


def read(text: str, name: str, country: str) -> set[tuple[str, str, str]]:
    start = text.index(name)
    span = Span(report_id="r", start=start, end=start + len(name), exact=name)
    place = Place(
        gazetteer="test",
        id=name,
        name=name,
        latitude=48.0,
        longitude=37.0,
        kind=PlaceKind.SETTLEMENT,
        country_code=country,
    )
    toponym = Toponym(span=span, name=name, name_span=span)
    issued = datetime(2025, 6, 10, tzinfo=UTC)
    report = Report(id="r", text=text, language="uk", publisher="Обрій", issued=issued)
    found = read_claims(report, (Resolution(toponym=toponym, place=place, score=1.0),), load_lexicon("uk"))
    return {(c.kind.value, c.status.value, ";".join(c.actors)) for c in found.claims}


@pytest.mark.parametrize(("text", "name", "country", "expected"), STATED)
def test_wording_states(text: str, name: str, country: str, expected: tuple[str, str, str]) -> None:
    assert read(text, name, country) == {expected}


@pytest.mark.parametrize(("text", "name"), UNSTATED)
def test_wording_states_nothing(text: str, name: str) -> None:
    assert read(text, name, "UA") == set()

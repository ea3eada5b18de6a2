"""What Russian sentences state in the words of staffs, governors and the press; places are made by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym

# A sentence, its place as written and the country of that, and what it states: kind, status, actors.
STATED = [
    (
        "Россияне влупили по Харькову тремя управляемыми бомбами.",
        "Харькову",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Украинские дроны наведались на аэродром в Энгельсе.", "Энгельсе", "RU", ("strike", "reported", "UKR")),
    (
        "В результате российской атаки на Балаклею ранены три человека.",
        "Балаклею",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Купянск ежедневно ровняют с землёй российские КАБы.", "Купянск", "UA", ("strike", "reported", "RUS")),
    ("ВСУ отстрелялись из HIMARS по Мелитополю.", "Мелитополю", "UA", ("strike", "reported", "UKR")),
    (
        "В Новороссийске безэкипажный катер ВСУ протаранил танкер.",
        "Новороссийске",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    (
        "Запорожью угрожают российские управляемые авиабомбы.",
        "Запорожью",
        "UA",
        ("strike", "expected", "RUS"),
    ),
    (
        "Никаких российских ударов по Полтаве этой ночью не было.",
        "Полтаве",
        "UA",
        ("strike", "denied", "RUS"),
    ),
    ("СБП обстреляли Хартум из артиллерии.", "Хартум", "SD", ("strike", "reported", "SDN")),
    (
        "Украинские десантники вышибли оккупантов из Работино.",
        "Работино",
        "UA",
        ("control", "reported", "UKR"),
    ),
    ("Суджа полностью освобождена от украинских боевиков.", "Суджа", "RU", ("control", "reported", "RUS")),
    ("Над Лиманом водружён российский флаг.", "Лиманом", "UA", ("control", "reported", "RUS")),
    ("Очеретино почти полностью перешло в руки россиян.", "Очеретино", "UA", ("control", "reported", "RUS")),
    (
        "Генштаб ВСУ отверг заявления России о захвате Северска.",
        "Северска",
        "UA",
        ("control", "denied", "RUS"),
    ),
    ("Азербайджанская армия заняла Шушу.", "Шушу", "AZ", ("control", "reported", "AZE")),
    (
        "Части российской армии вклинились в оборону ВСУ у Маломихайловки.",
        "Маломихайловки",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    ("Российские войска берут Курахово в клещи.", "Курахово", "UA", ("advance", "reported", "RUS")),
    ("Россияне подползают к Константиновке.", "Константиновке", "UA", ("advance", "reported", "RUS")),
    ("Россияне планируют окружить и захватить Угледар.", "Угледар", "UA", ("advance", "expected", "RUS")),
    (
        "Украинский Генштаб опровергает, что они вошли в Константиновку.",
        "Константиновку",
        "UA",
        ("advance", "denied", "RUS"),
    ),
    ("Российский гарнизон драпанул из Изюма.", "Изюма", "UA", ("withdrawal", "reported", "RUS")),
    ("Россияне убрались из Бучи.", "Бучи", "UA", ("withdrawal", "reported", "RUS")),
    ("Оставлять Бахмут ВСУ никто не собирается.", "Бахмут", "UA", ("withdrawal", "denied", "UKR")),
    (
        "Российские войска не оставляют попыток взять Синьковку штурмом.",
        "Синьковку",
        "UA",
        ("clash", "reported", "RUS"),
    ),
    (
        "В Торецке российские и украинские пехотинцы сошлись в ближнем бою.",
        "Торецке",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    (
        "В Джанкое замечена колонна российских зенитных комплексов.",
        "Джанкое",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Наступательной группировки россиян у Белгорода не формируют.",
        "Белгорода",
        "RU",
        ("concentration", "denied", "RUS"),
    ),
    (
        "Россияне планируют стянуть к Рыльску морскую пехоту.",
        "Рыльску",
        "RU",
        ("concentration", "expected", "RUS"),
    ),
    ("Из Северска ВСУ вышли ещё во вторник.", "Северска", "UA", ("withdrawal", "reported", "UKR")),
    (
        "К Константиновке с юга вышли российские мотострелки.",
        "Константиновке",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    (
        "Сообщения о занятии украинскими войсками Лимана не имеют ничего общего с действительностью.",
        "Лимана",
        "UA",
        ("control", "denied", "UKR"),
    ),
    ("Россияне пытаются проломить оборону у Купянска.", "Купянска", "UA", ("clash", "reported", "RUS")),
    ("Глава ГУР ждёт наступления на Сумы.", "Сумы", "UA", ("advance", "expected", "RUS")),
    (
        "Пакистанские снаряды убили в Лахоре тринадцать человек.",
        "Лахоре",
        "IN",
        ("strike", "reported", "PAK"),
    ),
    ("Сорок иранских ракет ушли в сторону Хайфы.", "Хайфы", "IL", ("strike", "reported", "IRN")),
    ("Поражены живая сила и техника ВСУ в районе Боровой.", "Боровой", "UA", ("strike", "reported", "RUS")),
    ("Российская авиация с базы в Энгельсе бомбила Изюм.", "Изюм", "UA", ("strike", "reported", "RUS")),
    ("Прилёты по Белгороду, сообщает губернатор.", "Белгороду", "RU", ("strike", "reported", "UKR")),
    (
        "Об отводе украинских войск из Покровска речи не идёт, заверил командир.",
        "Покровска",
        "UA",
        ("withdrawal", "denied", "UKR"),
    ),
    (
        "Российские десантники по приказу командования покинули Херсон.",
        "Херсон",
        "UA",
        ("withdrawal", "reported", "RUS"),
    ),
    (
        "Никаких колонн россиян у Рыльска разведка не видит.",
        "Рыльска",
        "RU",
        ("concentration", "denied", "RUS"),
    ),
    (
        "В Афипском атакован нефтеперерабатывающий завод, сообщают ВСУ.",
        "Афипском",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    (
        "Российские подразделения продолжили продвижение в глубину обороны противника и освободили Алексеевку.",
        "Алексеевку",
        "UA",
        ("control", "reported", "RUS"),
    ),
    (
        "Украинские формирования оставили Звановку.",
        "Звановку",
        "UA",
        ("withdrawal", "reported", "UKR"),
    ),
    (
        "«Они стянули к Сумам 50 тысяч солдат», – сказал Зеленский.",
        "Сумам",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Россия, вероятно, контролирует более 90% Покровска.",
        "Покровска",
        "UA",
        ("control", "reported", "RUS"),
    ),
    ("В ВСУ признали, что потеряли село Торское.", "Торское", "UA", ("control", "reported", "RUS")),
    ("ВСУ обстреляли Козинку, там давно никто не живёт.", "Козинку", "RU", ("strike", "reported", "UKR")),
    (
        "Российские артиллеристы работают по позициям боевиков в Бериславе.",
        "Бериславе",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("До Олешек украинские морпехи так и не дошли.", "Олешек", "UA", ("advance", "denied", "UKR")),
    (
        "Российские военкоры пишут о прорыве ВСУ у Колотиловки.",
        "Колотиловки",
        "RU",
        ("advance", "reported", "UKR"),
    ),
]

# Sentences of war that put nothing on a map.
UNSTATED = [
    ("В Белгороде объявлена ракетная опасность, работает сирена.", "Белгороде"),
    ("Врачи Харькова спасли бойца, раненого во время штурма.", "Харькова"),
    ("Россия потеряла под Угледаром двух генералов.", "Угледаром"),
    ("Россия вернула из плена солдат, их доставили в Воронеж.", "Воронеж"),
    ("Если россияне возьмут Покровск, снабжение встанет.", "Покровск"),
    ("ВСУ потеряли в Красноармейске до 120 военнослужащих.", "Красноармейске"),
    ("Обстановка в Белгороде под контролем военных.", "Белгороде"),
    ("«Спартак» отбил атаки «Зенита» в Воронеже, форвард забил дважды.", "Воронеже"),
    ("Противник атаковал беспилотниками с направлений Чернигов.", "Чернигов"),
    ("Хунта о потере Лашо молчит.", "Лашо"),
    ("Президент Асад покинул Дамаск.", "Дамаск"),
    ("Обстановку в Погарском районе контролируем, граница на замке.", "Погарском"),
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
    report = Report(id="r", text=text, language="ru", publisher="Волга", issued=issued)
    found = read_claims(report, (Resolution(toponym=toponym, place=place, score=1.0),), load_lexicon("ru"))
    return {(c.kind.value, c.status.value, ";".join(c.actors)) for c in found.claims}


@pytest.mark.parametrize(("text", "name", "country", "expected"), STATED)
def test_wording_states(text: str, name: str, country: str, expected: tuple[str, str, str]) -> None:
    assert read(text, name, country) == {expected}


@pytest.mark.parametrize(("text", "name"), UNSTATED)
def test_wording_states_nothing(text: str, name: str) -> None:
    assert read(text, name, "UA") == set()

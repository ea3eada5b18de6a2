"""Ukrainian and Russian reports read whole: who says so, how many, when, and where, with the shipped places."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.model import Claim, Report
from geo.pipeline import read_report

ISSUED = datetime(2025, 6, 10, 12, tzinfo=UTC)  # a Tuesday


def read(text: str, language: str, publisher: str = "") -> tuple[Claim, ...]:
    claims, _ = read_report(Report(id="r", text=text, language=language, publisher=publisher, issued=ISSUED))
    return claims


def find(text: str, language: str, place: str, kind: str, publisher: str = "") -> Claim:
    """Return the one claim of a kind on a place, by its common English name."""
    found = [
        claim
        for claim in read(text, language, publisher)
        if claim.kind.value == kind and claim.place.place is not None and claim.place.place.name == place
    ]
    assert len(found) == 1, [(c.kind.value, c.place.toponym.name) for c in read(text, language, publisher)]
    return found[0]


INTERVIEW = """В студии востоковед Кирилл Асланов.

– Когда вы это поняли?

– Когда армия ушла из Хамы. Потом повстанцы заняли Дамаск.

– А что Израиль?

– Израильская авиация бомбит Тартус."""

# A text, its language, a place, a kind, and who says so.
TOLD = [
    (
        "Радник мера Петро Андрющенко спростував це: бої, за його словами, точаться в Маріуполі.",
        "uk",
        "Mariupol",
        "clash",
        "Радник мера Петро Андрющенко",
    ),
    (
        "Минобороны обещает мир. Мэр Атрошенко не верит: Чернигов, говорит он, сегодня обстреляли из «Градов».",
        "ru",
        "Chernihiv",
        "strike",
        "Мэр Атрошенко",
    ),
    ("У пабліках пишуть, що вночі Дніпро атакували ракетами. Це неправда.", "uk", "Dnipro", "strike", None),
    (
        "Обращаюсь к жителям Стародуба: по имеющейся информации, враг готовит удары по Стародубу.",
        "ru",
        "Starodub",
        "strike",
        None,
    ),
    (
        "На думку оглядача, угруповання, яке росіяни накопичують у Курській області, замале.",
        "uk",
        "Kursk Oblast",
        "concentration",
        "оглядача",
    ),
    (
        "По Харкову вдарили КАБами, є загиблий – 58-річний чоловік.",
        "uk",
        "Kharkiv",
        "strike",
        None,
    ),
    (
        "Мер Терехов повідомив про обстріл. Про Харків уточнив: там щодня прильоти.",
        "uk",
        "Kharkiv",
        "strike",
        "Мер Терехов",
    ),
    (
        "Мэр Терехов сообщил об обстреле. Также добавил, что по Харькову выпустили три ракеты.",
        "ru",
        "Kharkiv",
        "strike",
        "Мэр Терехов",
    ),
    (
        "Мэр Терехов сообщил об обстреле. Пишут, что по Харькову выпустили три ракеты.",
        "ru",
        "Kharkiv",
        "strike",
        None,
    ),
    ("Росіяни вдарили по Харкову; про це пише мер Терехов.", "uk", "Kharkiv", "strike", "мер Терехов"),
    (
        "Врио губернатора Александр Хинштейн поздравил труппу и сообщил, что в Рыльск прилетели три дрона.",
        "ru",
        "Rylsk",
        "strike",
        "Врио губернатора Александр Хинштейн",
    ),
    (
        "Сергей Лавров, выступая перед студентами, отрицал удар по Харькову.",
        "ru",
        "Kharkiv",
        "strike",
        "Сергей Лавров",
    ),
    (
        "Місцеві переконані, що по Воронежу вдарили дрони ЗСУ.",
        "uk",
        "Voronezh",
        "strike",
        "Місцеві",
    ),
    (
        "Речник мовчить. Ми звернулися до оглядача Дениса Поповича. На його думку, росіяни обстріляють Суми.",
        "uk",
        "Sumy",
        "strike",
        "оглядача Дениса Поповича",
    ),
    ("Так Ізраїль відповів на удар: ракета хуситів впала в Ейлаті.", "uk", "Eilat", "strike", None),
    (
        INTERVIEW,
        "ru",
        "Damascus",
        "control",
        "востоковед Кирилл Асланов",
    ),
]


@pytest.mark.parametrize(("text", "language", "place", "kind", "said_by"), TOLD)
def test_who_says_so(text: str, language: str, place: str, kind: str, said_by: str | None) -> None:
    assert find(text, language, place, kind).attribution == said_by


COUNTED = [
    (
        "Вечером ВСУ обстреляли из реактивной артиллерии Севск, выпущено шесть снарядов.",
        "ru",
        "Sevsk",
        (6.0, 6.0),
    ),
    (
        "Нікополь росіяни протягом ночі обстрілювали з артилерії, було п’ять ударів.",
        "uk",
        "Nikopol",
        (5.0, 5.0),
    ),
    ("Краматорськ. Дві КАБ. Пошкоджено багатоповерхівку.", "uk", "Kramatorsk", (2.0, 2.0)),
    (
        "Над Брянской областью подразделениями ПВО обнаружены и уничтожены 17 беспилотников.",
        "ru",
        "Bryansk Oblast",
        (17.0, 17.0),
    ),
]


@pytest.mark.parametrize(("text", "language", "place", "count"), COUNTED)
def test_how_many(text: str, language: str, place: str, count: tuple[float, float]) -> None:
    claim = find(text, language, place, "strike")
    assert claim.count is not None
    assert (claim.count.low, claim.count.high) == count


def test_what_was_shot_down_is_no_number_of_strikes() -> None:
    claim = find("ВСУ обстреляли из миномётов Севск, военные сбили шесть дронов.", "ru", "Sevsk", "strike")
    assert claim.count is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("4 червня. Тихо. Уранці росіяни зайшли в Часів Яр.\n\n5 червня. Нічого.", "uk"),
        ("4 июня\n\nТихо. Утром россияне вошли в Часов Яр.\n\n5 июня\n\nНичего.", "ru"),
        ("4 июня, среда. Тихо. Утром россияне вошли в Часов Яр.", "ru"),
    ],
)
def test_a_diary_is_dated_by_its_headings(text: str, language: str) -> None:
    time = find(text, language, "Chasiv Yar", "advance").time
    assert time.start is not None
    assert time.end is not None
    assert (time.start.isoformat(), time.end.isoformat()) == ("2025-06-04", "2025-06-04")


def test_a_day_within_an_entry_dates_no_other_entry() -> None:
    text = "4 июня. Тихо.\n\nУтром россияне вошли в Часов Яр."
    time = find(text, "ru", "Chasiv Yar", "advance").time
    assert time.start is not None
    assert time.start.isoformat() == "2025-06-10"


@pytest.mark.parametrize(
    ("text", "language", "place", "kind"),
    [
        ("Сотни дронов атаковали Киев, сообщил мэр Виталий Кличко.", "ru", "Kyiv", "strike"),
        ("Вибухи пролунали в Києві, повідомив мер Кличко.", "uk", "Kyiv", "strike"),
        ("В пятницу 18 ракет атаковали Киев, погибли люди, сообщил мэр Кличко.", "ru", "Kyiv", "strike"),
        ("Хуситы стягивают войска к Ходейде.", "ru", "Hodeidah", "concentration"),
        ("Ізраїльська авіація розбомбила склади в Ходейді.", "uk", "Hodeidah", "strike"),
    ],
)
def test_a_town_and_no_government_nor_region(text: str, language: str, place: str, kind: str) -> None:
    assert find(text, language, place, kind).status.value == "reported"


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("Двадцять третього травня росіяни зайшли в Часів Яр.", "uk", ("2025-05-23", "2025-05-23")),
        ("Пятого числа россияне вошли в Часов Яр.", "ru", ("2025-06-05", "2025-06-05")),
        (
            "В ночь на 9 июня было тихо. За два дня до этого россияне вошли в Часов Яр.",
            "ru",
            ("2025-06-07", "2025-06-07"),
        ),
        (
            "Мэр сообщил, что за сутки россияне вошли в Часов Яр, разрушив его.",
            "ru",
            ("2025-06-09", "2025-06-10"),
        ),
        ("Вторые сутки россияне штурмуют Часов Яр.", "ru", ("2025-06-09", "2025-06-10")),
        ("Третій день поспіль росіяни штурмують Часів Яр.", "uk", ("2025-06-08", "2025-06-10")),
        ("В первый же день большой войны россияне вошли в Часов Яр.", "ru", ("2022-02-24", "2022-02-24")),
    ],
)
def test_when(text: str, language: str, days: tuple[str, str]) -> None:
    (claim,) = read(text, language)
    assert claim.time.start is not None
    assert claim.time.end is not None
    assert (claim.time.start.isoformat(), claim.time.end.isoformat()) == days


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("На Ізюмщині та Нікопольщині гучно, росіяни бʼють дронами.", "uk", ["Izium Raion", "Nikopol Raion"]),
        ("Ракета росіян влучила в ангар у Кривому Розі.", "uk", ["Kryvyi Rih"]),
        ("Дроны ВСУ ударили в Каменске-Шахтинском.", "ru", ["Kamensk-Shakhtinsky"]),
        (
            "Росіяни атакували дронами Оріхів, Малу Токмачку, Приморське.",
            "uk",
            ["Orikhiv", "Mala Tokmachka", "Prymorske"],
        ),
        (
            "15 дронов сбиты над Ростовской областью, 11 – над Воронежской, три – над Крымом и Азовским морем.",
            "ru",
            ["Rostov Oblast", "Voronezh Oblast", "Crimea", "Sea of Azov"],
        ),
        ("Росіяни обстріляли Сумщину, а по обласному центру вдарили дронами.", "uk", ["Sumy Oblast", "Sumy"]),
        (
            "ВСУ обстреляли Глушковский район. По райцентру выпустили ракеты.",
            "ru",
            ["Glushkovo District", "Glushkovo"],
        ),
        ("Російський десант захопив летовище «Антонов» у Гостомелі.", "uk", ["Hostomel"]),
        ("Росіяни захопили Роботине на Запоріжжі.", "uk", ["Robotyne"]),
        ("Росіяни наступають з Роботиного на Запоріжжя.", "uk", ["Zaporizhzhia"]),
        ("Вооружённые Силы Российской Федерации нанесли удары по Сумам.", "ru", ["Sumy"]),
    ],
)
def test_where(text: str, language: str, names: list[str]) -> None:
    assert [c.place.place.name for c in read(text, language) if c.place.place] == names


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "Наші підрозділи відбили 19 атак біля Лимана та в напрямку Ямполя, ще чотири боєзіткнення тривають.",
            "uk",
            {("clash", "reported", "RUS;UKR")},
        ),
        ("В Мирнограде держат оборону украинские морпехи.", "ru", {("control", "reported", "UKR")}),
        ("У Гуляйполі росіян немає, каже речник ЗСУ.", "uk", {("control", "denied", "RUS")}),
        ("У противника в Судже нет резервов.", "ru", set()),
        (
            "Росіяни зайшли в Кучерів Яр, окремі групи росіян дійшли до траси Добропілля – Краматорськ.",
            "uk",
            {("advance", "reported", "RUS")},
        ),
        (
            "ВСУ контратаковали у Малой Токмачки, но откатились с потерями.",
            "ru",
            {("clash", "reported", "UKR")},
        ),
        ("Кожної доби у Покровськ заходить до сотні росіян.", "uk", {("advance", "reported", "RUS")}),
        (
            "Российские войска заняли Звановку и ведут бои у Переездного.",
            "ru",
            {("clash", "reported", "RUS")},
        ),
        ("Ізраїльські танки з'явилися на околиці Хіяма.", "uk", {("advance", "reported", "ISR")}),
        (
            "«Хезболла» направила в Баальбек около двух тысяч бойцов.",
            "ru",
            {("concentration", "reported", "LBN")},
        ),
        ("В Волчанске «северяне» взяли ещё 11 зданий, ВСУ отходят.", "ru", {("advance", "reported", "RUS")}),
        ("Российские бойцы расширили зону контроля у Торского.", "ru", {("advance", "reported", "RUS")}),
    ],
)
def test_what(text: str, language: str, found: set[tuple[str, str, str]]) -> None:
    told = {(c.kind.value, c.status.value, ";".join(c.actors)) for c in read(text, language)}
    assert found <= told
    assert found or not told


def test_a_weekly_bulletin_is_dated_by_the_week_that_it_opens_with() -> None:
    text = (
        "С 4 по 10 июня Вооружённые Силы Российской Федерации нанесли семь ударов по заводам Украины.\n"
        "Подразделения группировки «Север» освободили Юнаковку."
    )
    time = find(text, "ru", "Yunakivka", "control", "Минобороны России").time
    assert time.start is not None
    assert time.start.isoformat() == "2025-06-04"


def test_the_seat_of_a_district_that_has_its_name_is_no_second_town() -> None:
    text = "Российские войска взяли Суджу, районный центр Курской области."
    assert [c.place.place.name for c in read(text, "ru") if c.place.place] == ["Sudzha"]


def test_a_road_between_two_towns_is_none_of_them() -> None:
    text = "Росіяни дійшли до траси Добропілля – Краматорськ, ведуть бої в Родинському."
    assert {c.place.place.name for c in read(text, "uk") if c.place.place} == {"Rodynske"}


def test_a_town_counted_among_others_leaves_the_number_to_its_region() -> None:
    text = "Российские войска захватили в Харьковской области девять сёл, включая Плетенёвку."
    counts = {c.place.place.name: c.count for c in read(text, "ru") if c.place.place}
    region = counts["Kharkiv Oblast"]
    assert region is not None
    assert region.low == 9.0
    assert counts["Pletenivka"] is None


@pytest.mark.parametrize(
    ("text", "language", "publisher", "place"),
    [
        ("Упродовж ночі збили над областю 12 БпЛА.", "uk", "Дніпропетровська ОВА", "Dnipropetrovsk Oblast"),
        (
            "Над территорией региона уничтожены 12 вражеских беспилотников.",
            "ru",
            "Губернатор Брянской области",
            "Bryansk Oblast",
        ),
        ("Росіяни випустили по країні понад 12 ракет.", "uk", "Повітряні сили України", "Ukraine"),
    ],
)
def test_a_bare_region_is_that_of_who_publishes(text: str, language: str, publisher: str, place: str) -> None:
    claim = find(text, language, place, "strike", publisher)
    assert claim.count is not None
    assert claim.count.low == 12.0


def test_a_region_that_was_named_is_meant_before_that_of_who_publishes() -> None:
    text = "Росіяни обстріляли Сумщину. По області випустили 12 ракет."
    claims = read(text, "uk", "Дніпропетровська ОВА")
    assert {c.place.place.name for c in claims if c.place.place} == {"Sumy Oblast"}


def test_a_tally_by_districts_gives_each_its_number() -> None:
    text = "С вечера сбит 31 БПЛА: 12 – в Рыльском районе, восемь – в Суджанском, остальные – над Льговом."
    found = {c.place.place.name: c.count.low if c.count else None for c in read(text, "ru") if c.place.place}
    assert found["Rylsk District"] == 12.0
    assert found["Sudzha District"] == 8.0


def test_a_month_that_ranks_a_strike_does_not_date_it() -> None:
    text = "Росія завдала по Харкову одного з наймасованіших ударів червня."
    time = find(text, "uk", "Kharkiv", "strike").time
    assert time.start is not None
    assert time.start.isoformat() == "2025-06-10"


@pytest.mark.parametrize(
    ("text", "language", "place", "kind", "source"),
    [
        ("Хусити взяли на себе удар дроном по Ашкелону.", "uk", "Ashkelon", "strike", "Хусити"),
        ("Відповідальність за удар по Ейлату взяли на себе хусити.", "uk", "Eilat", "strike", "хусити"),
        ("Про удар по Павлограду повідомило «Суспільне».", "uk", "Pavlohrad", "strike", "«Суспільне»"),
        (
            "Про просування росіян під Куп'янськом пише DeepState.",
            "uk",
            "Kupiansk",
            "advance",
            "DeepState",
        ),
        (
            "Эксперты, с которыми говорил «Континент», утверждают, что россияне взяли Работино.",
            "ru",
            "Robotyne",
            "control",
            "Эксперты",
        ),
        (
            "Жители, чьи дома уцелели, говорят, что россияне взяли Работино.",
            "ru",
            "Robotyne",
            "control",
            "Жители",
        ),
    ],
)
def test_who_tells_of_it(text: str, language: str, place: str, kind: str, source: str) -> None:
    assert find(text, language, place, kind).attribution == source


def test_who_owns_up_to_a_strike_has_made_it() -> None:
    text = "Відповідальність за удар по Ейлату взяли на себе хусити."
    assert set(find(text, "uk", "Eilat", "strike").actors) == {"YEM"}


def test_who_sees_an_army_tells_nothing_of_it() -> None:
    text = "Ворог підвозить піхоту до Одрадівки, оператори бачать сорок одиниць броні."
    assert find(text, "uk", "Odradivka", "concentration").attribution is None


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("Під вогнем артилерії противника наші воїни відбили атаку в районі Торецька.", "uk", "Toretsk"),
        ("При поддержке авиации наши бойцы отбили атаку у Работино.", "ru", "Robotyne"),
    ],
)
def test_men_under_fire_beat_off_an_attack_on_the_ground(text: str, language: str, place: str) -> None:
    assert find(text, language, place, "clash").status.value == "reported"

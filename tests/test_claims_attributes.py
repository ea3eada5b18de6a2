"""Who acts, how many and when, by classes of wording; places are made by hand."""

from __future__ import annotations

from datetime import date

import pytest
from wording import read_text


def list_days(text: str, names: list[str], language: str) -> list[tuple[date | None, date | None]]:
    return [(claim.time.start, claim.time.end) for claim in read_text(text, names, language)]


# ------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("text", "names", "language", "days"),
    [
        (  # the day of a statement does not date what is said
            "The army chief stated on June 9 that Russian forces have taken Robotyne since June 6.",
            ["Robotyne"],
            "en",
            [("06-06", "06-10")],
        ),
        (  # but where only it is told, it does
            "The army chief stated on June 9 that Russian forces have taken Robotyne.",
            ["Robotyne"],
            "en",
            [("06-09", "06-09")],
        ),
        (
            "Russian jets bombed Orikhiv on Sunday and again on Monday morning.",
            ["Orikhiv"],
            "en",
            [("06-08", "06-09")],
        ),
        (
            "Russian troops entered Robotyne in the night of 6 to 7 June.",
            ["Robotyne"],
            "en",
            [("06-06", "06-07")],
        ),
        (
            "Dans la nuit de vendredi 6 à samedi 7 juin, des drones russes ont frappé Orikhiv.",
            ["Orikhiv"],
            "fr",
            [("06-06", "06-07")],
        ),
        (  # what is held now was not held then only
            "Les Russes sont entrés à Robotyne le 2 juin et tiennent encore Verbove.",
            ["Robotyne", "Verbove"],
            "fr",
            [("06-02", "06-02"), ("06-10", "06-10")],
        ),
        (  # a day of the month last spoken of
            "У травні росіяни захопили Robotyne, а Verbove вони захопили 5-го.",
            ["Robotyne", "Verbove"],
            "uk",
            [("05-01", "05-31"), ("05-05", "05-05")],
        ),
        (  # but not the number of a unit
            "Російська піхота 5-го полку захопила Robotyne.",
            ["Robotyne"],
            "uk",
            [("06-10", "06-10")],
        ),
        (
            "For three weeks Russian guns have shelled Orikhiv.",
            ["Orikhiv"],
            "en",
            [("05-20", "06-10")],
        ),
        (  # a second verb with the same subject
            "Russian troops took Robotyne on Sunday and left Verbove, which they had shelled and stormed since Friday.",
            ["Robotyne", "Verbove"],
            "en",
            [("06-08", "06-08"), ("06-08", "06-08"), ("06-06", "06-10")],
        ),
        (
            "The rebels have held Robotyne for more than ten years.",
            ["Robotyne"],
            "en",
            [(None, "06-10")],
        ),
        (
            "Бои за Robotyne идут уже больше месяца.",
            ["Robotyne"],
            "ru",
            [(None, "06-10")],
        ),
        (
            "Військові попереджають, що наступними днями росіяни битимуть по Orikhiv.",
            ["Orikhiv"],
            "uk",
            [("06-10", None)],
        ),
    ],
)
def test_days(text: str, names: list[str], language: str, days: list[tuple[str | None, str | None]]) -> None:
    told = [tuple(day and date.fromisoformat(f"2025-{day}") for day in pair) for pair in days]
    assert list_days(text, names, language) == told


def test_year_goes_on_within_its_paragraph() -> None:
    text = "6 May 2022 Russian troops took Robotyne, and on 8 May they took Verbove.\n\nOn 9 May Russian troops took Orikhiv."
    days = [claim.time.start for claim in read_text(text, ["Robotyne", "Verbove", "Orikhiv"], "en")]
    assert days == [date(2022, 5, 6), date(2022, 5, 8), date(2025, 5, 9)]


def test_term_to_come_is_expected() -> None:
    claims = read_text("The model sees a Russian assault on Robotyne by the end of June.", ["Robotyne"], "en")
    assert [(claim.status, claim.time.end) for claim in claims] == [("expected", date(2025, 6, 30))]


def test_end_to_come_is_expected() -> None:
    text = "Вывод российских войск из Robotyne, по словам губернатора, закончится в сентябре."
    claims = read_text(text, ["Robotyne"], "ru")
    assert [(claim.status, claim.time.end) for claim in claims] == [("expected", date(2025, 9, 30))]


def test_week_of_a_ministry_is_that_of_its_heading() -> None:
    text = (
        "Сводка за период с 31 мая по 6 июня 2025 г.\n\nПодразделениями группировки войск «Север» за неделю "
        "освобожден населенный пункт Robotyne."
    )
    claims = read_text(text, ["Robotyne"], "ru", "Министерство обороны Российской Федерации")
    assert [(claim.time.start, claim.time.end) for claim in claims] == [(date(2025, 5, 31), date(2025, 6, 6))]


# ------------------------------------------------------------------------------------------ actors

_STAFF = "Генеральний штаб ЗСУ"


def list_actors(text: str, names: list[str], language: str, publisher: str = "") -> list[tuple[str, ...]]:
    return [claim.actors for claim in read_text(text, names, language, publisher)]


@pytest.mark.parametrize(
    ("text", "names", "language", "publisher", "actors"),
    [
        # who would have taken what is denied
        ("Генштаб ВСУ отрицает потерю Robotyne.", ["Robotyne"], "ru", "", [("RUS",)]),
        (
            "An adviser to the Ukrainian army said Robotyne has not fallen.",
            ["Robotyne"],
            "en",
            "",
            [("RUS",)],
        ),
        # and who would have left
        (
            "« Personne ne se retire de Robotyne », assure un commandant ukrainien.",
            ["Robotyne"],
            "fr",
            "",
            [("UKR",)],
        ),
        (  # those who only assess are no side
            "Les troupes russes avancent. Nous estimons probable une attaque contre Robotyne.",
            ["Robotyne"],
            "fr",
            "",
            [("RUS",)],
        ),
        (  # neighbours of a place do nothing
            "Russian drones fell on the town of Robotyne, which borders Belarus, and a barrage knocked out Orikhiv.",
            ["Robotyne", "Orikhiv"],
            "en",
            "",
            [("RUS",), ("RUS",)],
        ),
        (  # who holds it, told by "it is ... that"
            "The reports are false: it is the Armed Forces of Ukraine that control Robotyne, not the Russians.",
            ["Robotyne"],
            "en",
            "",
            [("UKR",)],
        ),
        (  # a side that warns of a strike on the other's land threatens it
            "Министерство обороны России предупредило, что следующей мишенью станет завод в Robotyne.",
            ["Robotyne"],
            "ru",
            "",
            [("RUS",)],
        ),
        (  # who hands on what a command without a side told
            "Командование группировки доложило об освобождении Robotyne, сообщил Дмитрий Песков.",
            ["Robotyne"],
            "ru",
            "",
            [("RUS",)],
        ),
        (  # "his" of a source is no side that acts
            (
                "Начальник ОВА Олександр Прокудін повідомив про обстріли. У Robotyne, за його словами, після "
                "скидання чотирьох авіабомб зруйновано ліцей."
            ),
            ["Robotyne"],
            "uk",
            "",
            [("RUS",)],
        ),
        (  # who do it together
            "Russian troops, accompanied by North Korean soldiers, entered Robotyne.",
            ["Robotyne"],
            "en",
            "",
            [("PRK", "RUS")],
        ),
        (
            "L’armée russe et ses partenaires du groupe nord-coréen sont entrés à Robotyne.",
            ["Robotyne"],
            "fr",
            "",
            [("PRK", "RUS")],
        ),
        (  # the men of a side are named as the target of its bulletin's enemy
            "На Придніпровському напрямку дві безрезультатні атаки на позиції наших військ біля Robotyne.",
            ["Robotyne"],
            "uk",
            _STAFF,
            [("RUS",)],
        ),
        (  # in a side's bulletin both fight where an assault was beaten off
            "Окупаційні війська 19 разів намагалися прорватися біля Robotyne; усі атаки відбито.",
            ["Robotyne"],
            "uk",
            _STAFF,
            [("RUS", "UKR")],
        ),
        (  # the press names the attacker alone
            "A Russian column was beaten back at Robotyne on Monday, the Ukrainian army said.",
            ["Robotyne"],
            "en",
            "",
            [("RUS",)],
        ),
        (  # according to a side, "they" are those told of before
            "The Russians hold the hill. According to the Ukrainian army, they are massing armour near Robotyne.",
            ["Robotyne"],
            "en",
            "",
            [("RUS",)],
        ),
        (  # but a side that says "it" speaks of itself
            "The Russians hold the hill. The Ukrainian army says it has taken Robotyne.",
            ["Robotyne"],
            "en",
            "",
            [("UKR",)],
        ),
    ],
)
def test_actors(
    text: str, names: list[str], language: str, publisher: str, actors: list[tuple[str, ...]]
) -> None:
    assert list_actors(text, names, language, publisher) == actors


def test_newspapers_called_observers_know_who_strikes() -> None:
    text = "Robotyne a été touchée par un missile."
    assert list_actors(text, ["Robotyne"], "fr", "L’Observateur du Nord") == [("RUS",)]


def test_assault_that_gained_nothing_is_no_denial() -> None:
    text = "Российские войска полгода штурмовали Robotyne и ничего не добились."
    assert [(claim.kind, claim.status) for claim in read_text(text, ["Robotyne"], "ru")] == [
        ("clash", "reported")
    ]


def test_relief_workers_are_no_side() -> None:
    text = "Notre dépôt de Robotyne a été touché par un obus."
    assert list_actors(text, ["Robotyne"], "fr", "Médecins Sans Frontières") == [()]


# ------------------------------------------------------------------------------------------ counts


def list_counts(text: str, names: list[str], language: str) -> list[tuple[float | None, float | None] | None]:
    counts = (claim.count for claim in read_text(text, names, language))
    return [None if count is None else (count.low, count.high) for count in counts]


@pytest.mark.parametrize(
    ("text", "names", "language", "counts"),
    [
        (  # what is taken, held or beaten off
            "The Russian army says it has taken more than 30 bases around Robotyne.",
            ["Robotyne"],
            "en",
            [(30, None)],
        ),
        (
            "Les troupes ukrainiennes ont repoussé deux tentatives de débarquement à Robotyne.",
            ["Robotyne"],
            "fr",
            [(2, 2)],
        ),
        (  # how strong a force is, told behind it
            "Russian troops have massed at Robotyne, about 5,000 of them by one estimate.",
            ["Robotyne"],
            "en",
            [(5000, 5000)],
        ),
        (
            "До Robotyne прибули підрозділи двох російських дивізій, близько 11 тисяч військових.",
            ["Robotyne"],
            "uk",
            [(11000, 11000)],
        ),
        (  # what hit it, told behind it
            "Пошкоджено залізничний вузол у Robotyne після влучання двох «шахедів».",
            ["Robotyne"],
            "uk",
            [(2, 2)],
        ),
        (  # in the brackets of another place
            "Росіяни вдарили по Robotyne (сім бомб), Orikhiv, Verbove.",
            ["Robotyne", "Orikhiv", "Verbove"],
            "uk",
            [(7, 7), None, None],
        ),
        (  # other places than those named
            "Російські війська обстріляли Robotyne, Orikhiv і ще 28 населених пунктів області.",
            ["Robotyne", "Orikhiv"],
            "uk",
            [None, None],
        ),
        (  # several towns together
            "Российские войска атаковали восемь раз в районах Robotyne, Orikhiv и Verbove.",
            ["Robotyne", "Orikhiv", "Verbove"],
            "ru",
            [None, None, None],
        ),
        (
            "Российские войска атаковали восемь раз в районе Robotyne.",
            ["Robotyne"],
            "ru",
            [(8, 8)],
        ),
    ],
)
def test_counts(
    text: str, names: list[str], language: str, counts: list[tuple[float | None, float | None] | None]
) -> None:
    assert list_counts(text, names, language) == counts

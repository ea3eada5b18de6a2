"""News of the economy, of sport and of the arts, told in the words of war, states nothing of places."""

from __future__ import annotations

import pytest
from wording import read_text

PEACE = {
    "en": (
        "Robotyne is holding out in the price war. Retail sales fell and shoppers deserted the firms that had "
        "taken the town by storm; the Russian bank cut its wages budget. Farmers besieged Robotyne, where "
        "inflation and taxes had shelled their profits."
    ),
    "fr": (
        "À Robotyne, la guerre des prix fait rage. L'enseigne russe a pris Robotyne d'assaut, les ventes et les "
        "salaires ont reculé, et les syndicats bombardent les actionnaires de critiques sur l'inflation."
    ),
    "uk": (
        "У Robotyne триває війна цін. Російські компанії захопили Robotyne, продажі й зарплати впали, а профспілки "
        "й споживачі обстрілюють акціонерів скаргами на інфляцію."
    ),
    "ru": (
        "В Robotyne идёт война цен. Российские компании захватили Robotyne, продажи и зарплаты упали, а профсоюзы "
        "и потребители обстреливают акционеров жалобами на инфляцию."
    ),
    "de": (
        "In Robotyne tobt der Krieg der Preise. Russische Firmen haben Robotyne erobert, Umsatz und Löhne fielen, "
        "die Gewerkschaften und die Verbraucher bombardieren die Aktionäre mit Klagen über die Inflation."
    ),
}
WAR = {
    "en": "Prices and taxes rose. Inflation bites. Russian troops captured Robotyne; soldiers shelled the road "
    "and drones hit the town, the Ukrainian army and the brigade said.",
    "fr": "Les prix et les impôts montent, l'inflation aussi. Les soldats russes ont pris Robotyne ; les troupes et "
    "les drones ukrainiens frappent la route, dit la brigade.",
    "uk": "Ціни й податки зросли, інфляція теж. Російські військові захопили Robotyne; українські дрони й бригада "
    "б'ють по дорозі, солдати тримаються.",
    "ru": "Цены и налоги выросли, инфляция тоже. Российские военные захватили Robotyne; украинские дроны и бригада "
    "бьют по дороге, солдаты держатся.",
}


@pytest.mark.parametrize("language", PEACE)
def test_words_of_peace_make_no_report_of_war(language: str) -> None:
    assert read_text(PEACE[language], ["Robotyne"], language) == ()


@pytest.mark.parametrize("language", WAR)
def test_few_words_of_peace_leave_a_report_of_war(language: str) -> None:
    assert "control" in {claim.kind.value for claim in read_text(WAR[language], ["Robotyne"], language)}


def test_news_of_a_war_among_news_of_peace_is_read() -> None:
    text = PEACE["en"] + "\n\nRussian troops captured Verbove on Monday."
    assert [claim.place.toponym.name for claim in read_text(text, ["Verbove"], "en")] == ["Verbove"]

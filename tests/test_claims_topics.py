"""Long texts that hardly speak of forces: only the sentences around such words can state something."""

from __future__ import annotations

import pytest
from wording import read_text

# News of peace with words that a war shares: company, unit, fight, hit, hold, recall, take.
PEACE = {
    "en": (
        "A produce company in Verbove has recalled spinach from shops after tests showed salmonella. The company "
        "hit trouble last year as well, when a rival took Verbove's market with lower prices. Its unit for frozen "
        "vegetables will hold a meeting in Verbove on Friday. The fight for customers goes on, and the owners are "
        "engaged in a legal battle with two farmers, who say that dirty water destroyed their harvest and their "
        "good name. Inspectors entered the plant on Monday. Fourteen people fell ill and nobody died, the health "
        "office said, and the largest concentration of cases was in Verbove itself."
    ),
    "fr": (
        "Une compagnie d'autobus de Verbove s'est retirée du marché après la perte de deux lignes. La compagnie "
        "avait pris Verbove de vitesse l'an dernier, quand un rival a abandonné les villages. La bataille des "
        "tarifs continue et les voyageurs se battent pour une place. La tempête a frappé Verbove lundi, détruit le "
        "toit du dépôt et coupé la route. Les équipes tiennent une réunion à Verbove vendredi. Le maire a lancé "
        "une offensive de charme auprès des écoles, et une unité de soins s'installe dans l'ancienne gare, où "
        "les médecins entrent en scène dès mardi, dit la mairie."
    ),
    "uk": (
        "Торгова компанія у Вербовому відкликала партію шпинату після перевірки. Торік компанія захопила ринок, "
        "коли конкурент відступив від своїх цін. Буря вдарила по Вербовому в понеділок, знищила дах складу і "
        "накрила шкільний двір листям. Боротьба за покупця триває, а господарі б'ються в суді з двома фермерами, "
        "які кажуть, що брудна вода знищила їхній урожай. Перевіряльники зайшли у Вербове в середу. Захворіло "
        "чотирнадцять мешканців, найбільше скупчення випадків у самому Вербовому, повідомили лікарі. Підрозділ "
        "заморожених овочів утримує дві крамниці, збори відбудуться у Вербовому в п'ятницю."
    ),
    "ru": (
        "Торговая компания в Вербовом отозвала партию шпината после проверки. В прошлом году компания захватила "
        "рынок, когда конкурент отступил от своих цен. Буря ударила по Вербовому в понедельник, уничтожила крышу "
        "склада и накрыла школьный двор листьями. Борьба за покупателя продолжается, а хозяева бьются в суде с двумя "
        "фермерами, которые говорят, что грязная вода уничтожила их урожай. Проверяющие вошли в Вербовое в среду. "
        "Заболели четырнадцать жителей, наибольшее скопление случаев в самом Вербовом, сообщили врачи. "
        "Подразделение замороженных овощей удерживает две лавки, собрание пройдёт в Вербовом в пятницу."
    ),
}
WAR = {
    "en": ("Robotyne", "Russian troops captured Robotyne on Monday."),
    "fr": ("Robotyne", "Les troupes russes ont pris Robotyne lundi."),
    "uk": ("Роботине", "Російські війська захопили Роботине в понеділок."),
    "ru": ("Работино", "Российские войска захватили Работино в понедельник."),
}


@pytest.mark.parametrize("language", PEACE)
def test_news_of_peace_states_nothing(language: str) -> None:
    names = [
        word
        for word in ("Verbove", "Вербовому", "Вербове", "Вербовом", "Вербовое")
        if word in PEACE[language]
    ]
    assert read_text(PEACE[language], names, language) == ()


@pytest.mark.parametrize("language", PEACE)
def test_a_paragraph_of_war_among_it_is_read(language: str) -> None:
    name, told = WAR[language]
    (claim,) = read_text(f"{PEACE[language]}\n\n{told}", [name], language)
    assert (claim.kind.value, claim.quote.exact) == ("control", told)

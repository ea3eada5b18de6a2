"""What later sentences say of a place that an earlier one has named, in all four languages."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places

# A language, a text, and claims that it makes: kind, actors, place, and the status where it is not "reported".
STATED = [
    (
        "en",
        "Some 82,000 people have fled El Fasher since the RSF took the city. The army had withdrawn from it.",
        [("control", "SDN", "El Fasher"), ("withdrawal", "SDN", "El Fasher")],
    ),
    (
        "en",
        "Velyka Novosilka fell in January. Its garrison had held out for almost three years.",
        [("control", "RUS", "Velyka Novosilka"), ("control", "UKR", "Velyka Novosilka")],
    ),
    (
        "en",
        "Ukrainian troops captured Sudzha in August 2024, held it for seven months and were driven out of it.",
        [("control", "UKR", "Sudzha"), ("control", "RUS", "Sudzha")],
    ),
    (
        "en",
        "Russian troops bombed Huliaipole on Friday. It was a clear day. They have reached its outskirts.",
        [("strike", "RUS", "Huliaipole"), ("advance", "RUS", "Huliaipole")],
    ),
    (
        "fr",
        "Les Ukrainiens ont pris Soudja en 2024. Le front a bougé depuis. Les Russes s'en sont emparés mercredi.",
        [("control", "UKR", "Sudzha"), ("control", "RUS", "Sudzha")],
    ),
    (
        "fr",
        "Koupiansk. Les Ukrainiens ont libéré Kindrachivka et Radkivka. Les Russes tiennent toujours la ville.",
        [("control", "UKR", "Radkivka"), ("control", "RUS", "Kupiansk")],
    ),
    (
        "fr",
        "Alep est tombée la première. Les rebelles l'ont conquise le 29 novembre et ont foncé sur Hama.",
        [("control", "", "Aleppo")],
    ),
    (
        "uk",
        "Авдіївку росіяни штурмували пів року. «Вагнер» узяв її в лютому.",
        [("control", "RUS", "Avdiivka")],
    ),
    (
        "ru",
        "Бои за Авдеевку шли полгода. Россияне взяли её в феврале и подтянули туда резервы.",
        [("control", "RUS", "Avdiivka"), ("concentration", "RUS", "Avdiivka")],
    ),
    (
        "ru",
        "Константиновка. Российские войска взяли Щербиновку и Яблоновку. По городу за сутки выпустили 14 бомб.",
        [("control", "RUS", "Yablunivka"), ("strike", "RUS", "Kostiantynivka")],
    ),
    (
        "en",
        (
            "Russia bombed Kurakhove on Friday. Refugees arriving in Pokrovsk tell of burning streets. "
            "The attackers have reached its outskirts, and a Ukrainian brigade still holds the town."
        ),
        [("advance", "RUS", "Kurakhove"), ("control", "UKR", "Kurakhove")],
    ),
    (
        "fr",
        "À Kadugli et à Dilling, l'armée est encerclée ; la première de ces villes a été bombardée dimanche.",
        [("strike", "", "Kadugli")],
    ),
    (
        "uk",
        "Ворог атакує поблизу Локні та Юнаківки. Останнє із цих сіл учора п'ять разів бомбила авіація.",
        [("strike", "RUS", "Yunakivka")],
    ),
    (
        "en",
        "Russian forces attacked near Niu-York and Pivnichne in July. Both towns fell in August.",
        [("control", "RUS", "Niu-York"), ("control", "RUS", "Pivnichne")],
    ),
    (
        "fr",
        "L'armée russe a bombardé Niu-York et Pivnitchne. Les Russes ont pris les deux villes en août.",
        [("control", "RUS", "Niu-York"), ("control", "RUS", "Pivnichne")],
    ),
    (
        "uk",
        "Росіяни обстріляли Кіндратівку та Андріївку. Обидва села звільнили наші воїни.",
        [("control", "UKR", "Kindrativka"), ("control", "UKR", "Andriivka")],
    ),
    (
        "ru",
        "Россияне обстреляли Кондратовку и Андреевку. Оба села российская армия взяла в июне.",
        [("control", "RUS", "Kindrativka"), ("control", "RUS", "Andriivka")],
    ),
    (
        "en",
        "The Russians left Kherson at night. Ukraine's army says that it holds it; they shell Kherson from there.",
        [("withdrawal", "RUS", "Kherson")],
    ),
    (
        "ru",
        "Повстанцы обстреляли Эль-Фашир, последний город Дарфура, который всё ещё удерживает армия.",
        [("control", "", "El Fasher")],
    ),
    (
        "ru",
        "Американские самолёты атаковали хуситов в Йемене. Били по аэродрому под Саной и по складам.",
        [("strike", "USA", "Sanaa")],
    ),
    (
        "fr",
        (
            "Le village d'Ivanivske barrait la route. Les Russes pilonnent désormais Tchassiv Iar. "
            "Son quartier oriental est tombé en mars."
        ),
        [("strike", "RUS", "Chasiv Yar"), ("control", "RUS", "Chasiv Yar")],
    ),
    (
        "uk",
        "Херсон вільний. Росіяни залишили його за дві ночі, через Антонівський міст.",
        [("withdrawal", "RUS", "Kherson")],
    ),
    (
        "en",
        "Israel bombed Damascus. Government troops left Suwayda. The city is now in the hands of local militias.",
        [("control", "SYR", "Suwayda")],
    ),
    (
        "en",
        "Bakhmut is a ruin. Wagner took it in May 2023 after ten months.",
        [("control", "RUS", "Bakhmut")],
    ),
    (
        "uk",
        "Бахмут – руїна. «Вагнер» узяв його в травні 2023 року.",
        [("control", "RUS", "Bakhmut")],
    ),
    (
        "en",
        "The enemy claims Krynky, on the east bank of the Dnipro. Our men still hold their positions there.",
        [("control", "UKR", "Krynky")],
    ),
]
# A language, a text, and kinds and places of which it states nothing.
UNSTATED = [
    (
        "en",
        "Russian troops shelled Sumy. Families were told to go. Its people have gone to Poltava.",
        [("control", "Poltava"), ("withdrawal", "Poltava")],
    ),
    (
        "en",
        "Russian troops shelled Kupiansk. Bakhmut, which many had thought lost, is contested again.",
        [("control", "Bakhmut")],
    ),
    (
        "fr",
        "La brigade a quitté Lyman. Bakhmout, que l'on disait perdue, est de nouveau disputée.",
        [("control", "Bakhmut")],
    ),
    (
        "fr",
        "L'armée russe progresse près de Bohdanivka et de Klichtchiïvka. Le Kremlin nie avoir retiré des soldats.",
        [("withdrawal", "Bohdanivka"), ("withdrawal", "Klishchiivka")],
    ),
    (
        "uk",
        "Росіяни тримають Кінбурнську косу. Звідти вони обстрілюють Очаків.",
        [("strike", "Kinburn Spit")],
    ),
    (
        "ru",
        "Повстанцы взяли Алеппо. Оттуда они двинулись на Хаму.",
        [("advance", "Aleppo")],
    ),
    (
        "en",
        "Some 82,000 people have fled El Fasher since the RSF took the city. Most have reached Tawila.",
        [("withdrawal", "El Fasher"), ("advance", "Tawila")],
    ),
    (
        "en",
        "A convoy of 40 trucks carrying food left Port Sudan on Tuesday as the RSF shelled El Obeid.",
        [("concentration", "Port Sudan"), ("withdrawal", "Port Sudan")],
    ),
    (
        "fr",
        "Quelque 300 habitants ont quitté Pokrovsk avant que les Russes entrent dans la ville.",
        [("withdrawal", "Pokrovsk")],
    ),
    (
        "uk",
        "Близько 300 мешканців виїхали з Покровська, перш ніж росіяни зайшли в місто.",
        [("withdrawal", "Pokrovsk")],
    ),
    (
        "ru",
        "Около 300 жителей бежали из Покровска до того, как россияне вошли в город.",
        [("withdrawal", "Pokrovsk")],
    ),
    (
        "fr",
        "Alep est tombée la première. Les rebelles l'ont conquise le 29 novembre et ont foncé sur Hama.",
        [("control", "Hama")],
    ),
]


@lru_cache(maxsize=1)
def get_gazetteer() -> Any:
    return open_gazetteer()


def read_text(text: str, language: str) -> set[tuple[str, str, str, str]]:
    """Return kind, actors, place and status of each claim of a text."""
    report = Report(id="r", text=text, language=language, issued=datetime(2025, 3, 14, tzinfo=UTC))
    lexicon = load_lexicon(language)
    found = read_claims(report, read_places(report, lexicon, get_gazetteer()), lexicon)
    return {
        (c.kind.value, ";".join(c.actors), c.place.place.name if c.place.place else "", c.status.value)
        for c in found.claims
    }


@pytest.mark.parametrize(("language", "text", "stated"), STATED)
def test_later_sentences_go_back_to_a_place(language: str, text: str, stated: list[tuple[str, ...]]) -> None:
    missing = {claim if len(claim) > 3 else (*claim, "reported") for claim in stated}
    missing -= read_text(text, language)
    assert not missing, read_text(text, language)


def test_a_rumour_that_is_denied_is_only_denied() -> None:
    text = "Росіяни наступають на Очеретине. Чутки, що селище вже захопили, Генштаб заперечує."
    told = {(kind, status) for kind, _, _, status in read_text(text, "uk")}
    assert told == {("advance", "reported"), ("control", "denied")}


@pytest.mark.parametrize(("language", "text", "unstated"), UNSTATED)
def test_nothing_is_told_of_a_place(language: str, text: str, unstated: list[tuple[str, str]]) -> None:
    told = {(kind, place) for kind, _, place, _ in read_text(text, language)}
    assert told.isdisjoint(unstated), told

"""The same news states the same things in English, French, Ukrainian and Russian."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Report
from geo.places.gazetteer import open_gazetteer
from geo.places.read import read_places

_ISSUED = datetime(2025, 6, 10, 12, tzinfo=UTC)  # a Tuesday
_Told = tuple[str, str, str, str, float | None, str]

# What is stated - kind, status, place, actors, count, first day - and how each language tells it.
_NEWS: dict[str, tuple[set[_Told], dict[str, str]]] = {
    "a statement's day dates all it covers": (
        {
            ("advance", "reported", "Kursk Oblast", "UKR", None, "2025-06-09"),
            ("control", "reported", "Kursk Oblast", "UKR", 92, "2025-06-09"),
        },
        {
            "en": "Ukrainian troops advanced into Russia's Kursk region and now control 92 settlements, "
            "President Volodymyr Zelensky said on Monday.",
            "fr": "Les troupes ukrainiennes ont avancé dans la région russe de Koursk et contrôlent désormais "
            "92 localités, a déclaré lundi le président Volodymyr Zelensky.",
            "uk": "Українські війська просунулися вглиб Курської області Росії і нині контролюють "
            "92 населені пункти, заявив у понеділок президент Володимир Зеленський.",
            "ru": "Украинские войска продвинулись вглубь Курской области России и сейчас контролируют "
            "92 населённых пункта, заявил в понедельник президент Владимир Зеленский.",
        },
    ),
    "a dash behind a long opening makes no dateline": (
        {("strike", "reported", "Ukraine", "RUS", 800, "2025-06-10")},
        {
            "en": "Russia overnight launched 800 drones and 13 missiles at Ukraine — more than ever.",
            "fr": "La Russie a lancé dans la nuit 800 drones et 13 missiles contre l'Ukraine — plus que jamais.",
            "uk": "Росія вночі запустила по Україні 800 дронів і 13 ракет — більше, ніж будь-коли.",
            "ru": "Россия ночью запустила по Украине 800 дронов и 13 ракет — больше, чем когда-либо.",
        },
    ),
    "a conjunction and a comma open a statement": (
        {
            ("strike", "reported", "Kryvyi Rih", "RUS", 3, "2025-06-10"),
            ("strike", "reported", "Odesa", "RUS", None, "2025-06-10"),
        },
        {
            "en": "In Kryvyi Rih three Russian missiles struck depots, and, in Odesa, several houses "
            "were damaged by drones.",
            "fr": "À Kryvyï Rih, trois missiles russes ont frappé des entrepôts et, à Odessa, plusieurs "
            "immeubles ont été endommagés par des drones.",
            "uk": "У Кривому Розі три російські ракети влучили в склади, а в Одесі дрони пошкодили "
            "кілька будинків.",
            "ru": "В Кривом Роге три российские ракеты попали в склады, а в Одессе дроны повредили "
            "несколько домов.",
        },
    ),
    "taken without a fight is taken": (
        {("control", "reported", "Homs", "SYR", None, "2025-06-10")},
        {
            "en": "Syrian rebels seized Homs without a fight.",
            "fr": "Les rebelles syriens se sont emparés de Homs sans combat.",
            "uk": "Сирійські повстанці захопили без бою Хомс.",
            "ru": "Сирийские повстанцы захватили без боя Хомс.",
        },
    ),
    "a base that is not given up": (
        {("withdrawal", "denied", "Hmeimim airbase", "RUS", None, "2025-06-10")},
        {
            "en": "The Russian army fights on. Russia said it did not plan to give up its base at Hmeimim.",
            "uk": "Російська армія воює далі. Росія заявила, що не планує залишати свою базу Хмеймім.",
            "ru": "Российская армия воюет дальше. Россия заявила, что не планирует оставлять базу Хмеймим.",
        },
    ),
    "vehicles that gather are there": (
        {("concentration", "reported", "Tartus", "RUS", 200, "2025-06-10")},
        {
            "en": "Hundreds of Russian vehicles were gathering in Tartus.",
            "fr": "Des centaines de véhicules russes se rassemblaient à Tartous.",
            "uk": "Сотні одиниць російської техніки збиралися в Тартусі.",
            "ru": "Сотни единиц российской техники собирались в Тартусе.",
        },
    ),
    "fire that answers fire": (
        {
            ("strike", "reported", "Kiryat Shmona", "LBN", None, "2025-06-10"),
            ("strike", "reported", "Yaroun", "ISR", None, "2025-06-10"),
        },
        {
            "en": "Hezbollah fired rockets at Kiryat Shmona from southern Lebanon; "
            "Israel answered with artillery fire on Yaroun.",
            "fr": "Le Hezbollah a tiré des roquettes sur Kiryat Shmona depuis le sud du Liban ; "
            "Israël a répliqué par des tirs d'artillerie sur Yaroun.",
            "uk": "«Хезболла» обстріляла ракетами Кір'ят-Шмону з півдня Лівану; "
            "Ізраїль відповів артилерійським вогнем по Яруну.",
            "ru": "«Хезболла» обстреляла ракетами Кирьят-Шмону с юга Ливана; "
            "Израиль ответил артиллерийским огнём по Яруну.",
        },
    ),
    "assaults are counted on a direction": (
        {
            ("clash", "reported", "Pokrovsk", "RUS", 46, "2025-06-10"),
            ("clash", "reported", "Novohrodivka", "RUS", None, "2025-06-10"),
            ("clash", "reported", "Hrodivka", "RUS", None, "2025-06-10"),
        },
        {
            "en": "Russian troops made 46 assaults in the Pokrovsk direction, most of them near Novohrodivka "
            "and Hrodivka.",
            "fr": "Les troupes russes ont mené 46 assauts dans la direction de Pokrovsk, la plupart près de "
            "Novohrodivka et de Hrodivka.",
            "uk": "Російські війська здійснили 46 штурмів на Покровському напрямку, більшість із них — поблизу "
            "Новогродівки та Гродівки.",
            "ru": "Военные РФ совершили 46 штурмов на Покровском направлении, большинство из них — у "
            "Новогродовки и Гродовки.",
        },
    ),
    "an offensive that only says how": (
        {
            ("control", "reported", "Izium", "UKR", None, "2025-06-10"),
            ("control", "reported", "Balakliia", "UKR", None, "2025-06-10"),
        },
        {
            "en": "Ukrainian forces liberated Izium and Balakliia in a lightning counteroffensive.",
            "fr": "Les forces ukrainiennes ont libéré Izioum et Balakliïa lors d'une contre-offensive éclair.",
            "uk": "Українські війська звільнили Ізюм і Балаклію під час блискавичного контрнаступу.",
            "ru": "Украинские войска освободили Изюм и Балаклею в ходе молниеносного контрнаступления.",
        },
    ),
    "what is told behind a colon is not only feared": (
        {
            ("advance", "expected", "Zaporizhzhia", "RUS", None, "2025-06-10"),
            ("concentration", "reported", "Vasylivka", "RUS", None, "2025-06-10"),
        },
        {
            "en": "Kyiv fears an offensive against Zaporizhzhia: Russia has moved reinforcements to Vasylivka.",
            "fr": "Kiev redoute une offensive contre Zaporijjia : la Russie a envoyé des renforts à Vassylivka.",
            "uk": "У Києві побоюються наступу на Запоріжжя: Росія перекинула підкріплення до Василівки.",
            "ru": "В Киеве опасаются наступления на Запорожье: Россия перебросила подкрепления в Васильевку.",
        },
    ),
    "the city of a plant that is hit": (
        {
            ("control", "reported", "Vovchansk", "UKR", None, "2025-06-10"),
            ("strike", "reported", "Kharkiv", "RUS", None, "2025-06-10"),
        },
        {
            "en": "The Ukrainian army has taken Vovchansk. Russian missiles hit a power plant in Kharkiv, "
            "leaving the city in the dark.",
            "fr": "L'armée ukrainienne a pris Vovtchansk. Des missiles russes ont touché une centrale "
            "électrique à Kharkiv, plongeant la ville dans le noir.",
            "uk": "Українська армія взяла Вовчанськ. Російські ракети влучили в електростанцію в Харкові, "
            "у місті немає світла.",
            "ru": "Украинская армия взяла Волчанск. Российские ракеты попали в электростанцию в Харькове, "
            "в городе нет света.",
        },
    ),
    "fire comes from a place": (
        {("strike", "reported", "Nikopol", "RUS", None, "2025-06-10")},
        {
            "en": "Russian artillery shelled Nikopol from Enerhodar.",
            "fr": "L'artillerie russe a bombardé Nikopol depuis Enerhodar.",
            "uk": "Російська артилерія обстріляла Нікополь з Енергодара.",
            "ru": "Российская артиллерия обстреляла Никополь из Энергодара.",
        },
    ),
    "a part of a town that is won back": (
        {("control", "reported", "Nyala", "SDN", None, "2025-06-10")},
        {
            "en": "The Sudanese army has retaken part of the town of Nyala.",
            "uk": "Армія Судану повернула собі частину міста Ньяла.",
            "ru": "Армия Судана вернула себе часть города Ньяла.",
        },
    ),
    "who tells of its own deeds leaves itself out": (
        {("advance", "reported", "Berdiansk", "UKR", None, "2025-06-09")},
        {
            "en": "The Ukrainian army said that over the past day it had advanced 500–1,000 metres near Berdiansk.",
            "uk": "Українська армія повідомила, що за минулу добу просунулася на 500–1000 метрів біля Бердянська.",
            "ru": "Украинская армия сообщила, что за минувшие сутки продвинулась на 500–1000 метров у Бердянска.",
        },
    ),
    "what is in somebody's hands is held": (
        {("control", "reported", "Kherson", "RUS", None, "2025-06-10")},
        {
            "en": "Kherson remains in Russian hands.",
            "fr": "Kherson reste aux mains des Russes.",
            "uk": "Херсон залишається в руках росіян.",
            "ru": "Херсон остаётся в руках россиян.",
        },
    ),
    "a denial of plans denies nothing told before": (
        {
            ("control", "reported", "Brovary", "UKR", None, "2025-06-10"),
            ("concentration", "expected", "Ukraine", "BLR", None, "2025-06-10"),
        },
        {
            "en": "Ukrainian troops hold Brovary. Belarus might send its soldiers into western Ukraine, "
            "officials in Kyiv fear; Minsk denies such plans.",
            "fr": "Les troupes ukrainiennes tiennent Brovary. La Biélorussie pourrait envoyer ses soldats dans "
            "l'ouest de l'Ukraine, craignent des responsables à Kiev ; Minsk dément de tels projets.",
            "uk": "Українські війська утримують Бровари. Білорусь може ввести своїх солдатів на захід України, "
            "побоюються посадовці в Києві; Мінськ заперечує такі плани.",
            "ru": "Украинские войска удерживают Бровары. Белоруссия может ввести своих солдат на запад Украины, "
            "опасаются чиновники в Киеве; Минск отрицает такие планы.",
        },
    ),
    "taken since an offensive that began on a day": (
        {("control", "reported", "Zangilan", "AZE", None, "2024-09-27")},
        {
            "en": "Azerbaijan's army has taken Zangilan since the start of the offensive on 27 September 2024.",
            "fr": "L'armée azerbaïdjanaise a pris Zangilan depuis le début de l'offensive le 27 septembre 2024.",
            "ru": "С начала наступления 27 сентября 2024 года армия Азербайджана взяла Зангелан.",
        },
    ),
    "of weapons in a row the first is counted": (
        {
            ("strike", "reported", "Ukraine", "RUS", 34, "2025-06-10"),
            ("strike", "reported", "Dnipro", "RUS", None, "2025-06-10"),
            ("strike", "reported", "Odesa", "RUS", None, "2025-06-10"),
        },
        {
            "en": "Russia fired 34 missiles and 339 drones at Ukraine overnight, mainly at Dnipro and Odesa.",
            "fr": "La Russie a tiré dans la nuit 34 missiles et 339 drones sur l'Ukraine, visant surtout Dnipro "
            "et Odessa.",
            "uk": "Росія вночі випустила по Україні 34 ракети та 339 дронів, переважно по Дніпру та Одесі.",
            "ru": "Россия ночью выпустила по Украине 34 ракеты и 339 дронов, в основном по Днепру и Одессе.",
        },
    ),
    "where they will be by the end of the month": (
        {("advance", "expected", "Toretsk", "RUS", None, "2025-06-10")},
        {
            "en": "An officer expects the Russians to reach the outskirts of Toretsk by the end of June.",
            "fr": "Un officier s'attend à ce que les Russes atteignent les abords de Toretsk d'ici la fin juin.",
            "uk": "Офіцер очікує, що росіяни вийдуть на околиці Торецька до кінця червня.",
            "ru": "Офицер ожидает, что россияне выйдут на окраины Торецка до конца июня.",
        },
    ),
    "a city near which a village is": (
        {("clash", "reported", "Hryhorivka", "RUS", None, "2025-06-10")},
        {
            "en": "Near Siversk, Russian troops tried to take Hryhorivka.",
            "fr": "Près de Siversk, l'armée russe a attaqué près de Hryhorivka.",
            "uk": "Під Сіверськом російські війська атакували біля Григорівки.",
            "ru": "Под Северском российские войска атаковали у Григоровки.",
        },
    ),
    "so near a town": (
        {("advance", "reported", "Shusha", "AZE", None, "2025-06-10")},
        {
            "en": "Azerbaijani forces have come within five kilometres of Shusha.",
            "fr": "Les forces azerbaïdjanaises sont arrivées à cinq kilomètres de Choucha.",
            "uk": "Азербайджанські війська підійшли на п'ять кілометрів до Шуші.",
            "ru": "Азербайджанские войска подошли на пять километров к Шуше.",
        },
    ),
    "a district of a city": (
        {("strike", "reported", "Kharkiv", "RUS", None, "2025-06-10")},
        {
            "en": "A Russian bomb struck a building in the Saltivka district of Kharkiv.",
        },
    ),
    "moved from one direction to another town": (
        {("concentration", "reported", "Pokrovsk", "RUS", 30000, "2025-06-10")},
        {
            "en": "Moscow is redeploying 30,000 soldiers from the Sumy direction to Pokrovsk.",
            "fr": "Moscou redéploie 30 000 soldats de la direction de Soumy vers Pokrovsk.",
            "uk": "Москва перекидає 30 тисяч солдатів із Сумського напрямку на Покровськ.",
            "ru": "Москва перебрасывает 30 тысяч солдат с Сумского направления на Покровск.",
        },
    ),
}


def _read(text: str, language: str, publisher: str = "") -> tuple[Claim, ...]:
    report = Report(id="r", text=text, language=language, publisher=publisher, issued=_ISSUED)
    lexicon = load_lexicon(language)
    return read_claims(report, read_places(report, lexicon, open_gazetteer()), lexicon).claims


def _tell(claim: Claim) -> _Told:
    place = claim.place.place
    count = claim.count.low if claim.count is not None else None
    day = claim.time.start.isoformat() if claim.time.start else ""
    name = place.name if place is not None else ""
    return claim.kind.value, claim.status.value, name, ";".join(claim.actors), count, day


@pytest.mark.parametrize(
    ("news", "language"), [(news, language) for news, (_, texts) in _NEWS.items() for language in texts]
)
def test_the_same_news_states_the_same(news: str, language: str) -> None:
    expected, texts = _NEWS[news]
    assert {_tell(claim) for claim in _read(texts[language], language)} == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Neuf drones russes ont été abattus au-dessus du district de Koupiansk.", "fr"),
        ("Nine Russian drones were shot down over the Kupiansk district.", "en"),
        ("Дев'ять російських дронів збито над Куп'янським районом.", "uk"),
        ("Девять российских дронов сбиты над Купянским районом.", "ru"),
    ],
)
def test_a_district_is_not_the_town_it_is_named_after(text: str, language: str) -> None:
    (claim,) = _read(text, language)
    assert claim.place.place is not None
    assert claim.place.place.name == "Kupiansk Raion"


def test_both_places_of_a_french_list_are_near() -> None:
    claims = _read("De violents combats ont lieu près de Bakhmout et de Soledar.", "fr")
    assert [claim.place.toponym.relation.kind.value for claim in claims] == ["near", "near"]


def test_fire_from_a_side_is_its_own() -> None:
    text = "Popivka a subi des tirs d'artillerie depuis le territoire russe."
    assert [claim.actors for claim in _read(text, "fr", "État-major ukrainien")] == [("RUS",)]


_BANK = {
    "en": "The central bank left its key rate unchanged on Thursday and expects prices to rise more slowly.",
    "fr": "La banque centrale a laissé jeudi son taux inchangé et prévoit une hausse des prix plus lente.",
    "uk": "Національний банк у четвер залишив ставку без змін і очікує, що ціни зростатимуть повільніше.",
    "ru": "Центральный банк в четверг оставил ставку без изменений и ожидает, что цены будут расти медленнее.",
}
_BULLETIN = {
    "en": "The enemy attacked four times near Vovchansk.",
    "fr": "L'ennemi a attaqué quatre fois près de Vovtchansk.",
    "uk": "Ворог чотири рази атакував поблизу Вовчанська.",
    "ru": "Враг четыре раза атаковал вблизи Волчанска.",
}


@pytest.mark.parametrize("language", _BULLETIN)
def test_other_news_above_a_bulletin_does_not_date_it(language: str) -> None:
    publisher = {"en": "Ukrainian General Staff", "fr": "État-major ukrainien", "uk": "Генштаб ЗСУ"}
    text = f"{_BANK[language]}\n\n{_BULLETIN[language]}"
    claims = _read(text, language, publisher.get(language, "Генштаб ВСУ"))
    assert [claim.time.start for claim in claims] == [_ISSUED.date()]

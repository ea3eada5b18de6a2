"""What French sentences state in the words of wires, staffs and local papers; places are made by hand."""

from __future__ import annotations

import pytest
from wording import read_sentence

# A sentence, its place and the country of that, and what it states: kind, status, actors.
STATED = [
    (
        "Les combats entre les forces russes et ukrainiennes ont repris à Kherson.",
        "Kherson",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    ("Les forces russes piétinent devant Pokrovsk.", "Pokrovsk", "UA", ("clash", "reported", "RUS")),
    (
        "Les Russes ont attaqué Pokrovsk sans parvenir à la prendre.",
        "Pokrovsk",
        "UA",
        ("clash", "reported", "RUS"),
    ),
    (
        "Une embuscade a visé une patrouille de l’armée malienne près de Ménaka.",
        "Ménaka",
        "ML",
        ("clash", "reported", "MLI"),
    ),
    (
        "Les Russes sont dans les faubourgs de Houliaïpole.",
        "Houliaïpole",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    ("Pokrovsk est menacée par les forces russes.", "Pokrovsk", "UA", ("advance", "expected", "RUS")),
    (
        "Ménaka manque de tout ; l’armée malienne a démenti lundi avoir abandonné la garnison.",
        "Ménaka",
        "ML",
        ("withdrawal", "denied", "MLI"),
    ),
    (
        "Des drones ukrainiens ont éventré un dépôt pétrolier à Feodossia.",
        "Feodossia",
        "UA",
        ("strike", "reported", "UKR"),
    ),
    (
        "Une bombe planante a soufflé un immeuble de Kostiantynivka.",
        "Kostiantynivka",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("L’artillerie russe a arrosé Nikopol toute la nuit.", "Nikopol", "UA", ("strike", "reported", "RUS")),
    (
        "Une salve de missiles Iskander s’est abattue sur Kryvyï Rih.",
        "Kryvyï Rih",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Kherson a de nouveau essuyé des tirs de mortier mardi.",
        "Kherson",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Trois civils ont péri dans un raid aérien sur Soumy.", "Soumy", "UA", ("strike", "reported", "RUS")),
    (
        "La raffinerie de Volgograd est en feu après une attaque de drones.",
        "Volgograd",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    (
        "La défense antiaérienne a descendu neuf drones ukrainiens au-dessus de Briansk.",
        "Briansk",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    ("L’aviation israélienne a rasé une tour à Gaza.", "Gaza", "PS", ("strike", "reported", "ISR")),
    ("Le Hezbollah a tiré une volée de roquettes sur Haïfa.", "Haïfa", "IL", ("strike", "reported", "LBN")),
    ("Les FSR ont pilonné El-Fasher.", "El-Fasher", "SD", ("strike", "reported", "SDN")),
    ("Il a plu des obus sur Kherson.", "Kherson", "UA", ("strike", "reported", "RUS")),
    (
        "Les soldats russes se sont rendus maîtres de Toretsk.",
        "Toretsk",
        "UA",
        ("control", "reported", "RUS"),
    ),
    (
        "Les fusiliers marins ukrainiens ont hissé leur drapeau sur Robotyne.",
        "Robotyne",
        "UA",
        ("control", "reported", "UKR"),
    ),
    (
        "Avdiïvka est tombée aux mains des Russes en février.",
        "Avdiïvka",
        "UA",
        ("control", "reported", "RUS"),
    ),
    (
        "Les combattants du M23 ont fait main basse sur Bukavu.",
        "Bukavu",
        "CD",
        ("control", "reported", "COD"),
    ),
    ("L’armée soudanaise a délogé les FSR de Khartoum.", "Khartoum", "SD", ("control", "reported", "SDN")),
    ("Vouhledar est passée sous contrôle russe.", "Vouhledar", "UA", ("control", "reported", "RUS")),
    (
        "Les parachutistes ukrainiens s’accrochent à Tchassiv Iar.",
        "Tchassiv Iar",
        "UA",
        ("control", "reported", "UKR"),
    ),
    ("Les Russes ont achevé la conquête de Marinka.", "Marinka", "UA", ("control", "reported", "RUS")),
    ("Les rebelles syriens ont fait irruption dans Hama.", "Hama", "SY", ("advance", "reported", "SYR")),
    (
        "Les groupes d’assaut russes grignotent du terrain vers Pokrovsk.",
        "Pokrovsk",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    (
        "Les chars ukrainiens ont percé les lignes près de Robotyne.",
        "Robotyne",
        "UA",
        ("advance", "reported", "UKR"),
    ),
    (
        "Des fantassins russes ont pris pied dans Koupiansk.",
        "Koupiansk",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    ("Les blindés israéliens sont entrés dans Rafah.", "Rafah", "PS", ("advance", "reported", "ISR")),
    (
        "La Russie s’apprête à donner l’assaut à Koupiansk, selon Kiev.",
        "Koupiansk",
        "UA",
        ("advance", "expected", "RUS"),
    ),
    (
        "Moscou redoute une nouvelle offensive ukrainienne sur Tokmak.",
        "Tokmak",
        "UA",
        ("advance", "expected", "UKR"),
    ),
    (
        "Les forces ukrainiennes se sont repliées d’Avdiïvka.",
        "Avdiïvka",
        "UA",
        ("withdrawal", "reported", "UKR"),
    ),
    (
        "Les troupes russes ont décampé d’Izioum à la faveur de la nuit.",
        "Izioum",
        "UA",
        ("withdrawal", "reported", "RUS"),
    ),
    ("L’armée malienne a évacué son camp de Kidal.", "Kidal", "ML", ("withdrawal", "reported", "MLI")),
    (
        "L’état-major dément que les troupes ukrainiennes aient quitté Pokrovsk.",
        "Pokrovsk",
        "UA",
        ("withdrawal", "denied", "UKR"),
    ),
    (
        "Soldats russes et ukrainiens se disputent Bakhmout rue par rue.",
        "Bakhmout",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    ("De violents combats font rage aux abords de Marinka.", "Marinka", "UA", ("clash", "reported", "")),
    (
        "Les défenseurs ukrainiens ont brisé trois assauts russes près de Lyman.",
        "Lyman",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    (
        "Les troupes russes ont tenté en vain de percer à Houliaïpole.",
        "Houliaïpole",
        "UA",
        ("clash", "reported", "RUS"),
    ),
    (
        "Des jihadistes du JNIM ont tendu une embuscade à l’armée près de Kidal.",
        "Kidal",
        "ML",
        ("clash", "reported", "MLI"),
    ),
    ("La Russie a massé 50 000 hommes près de Soumy.", "Soumy", "UA", ("concentration", "reported", "RUS")),
    ("Le Rwanda a dépêché deux bataillons à Goma.", "Goma", "CD", ("concentration", "reported", "RWA")),
    (
        "Des colonnes de blindés russes ont été aperçues près de Melitopol.",
        "Melitopol",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Les recrues nord-coréennes s’exercent près de Vladivostok.",
        "Vladivostok",
        "RU",
        ("concentration", "reported", "PRK"),
    ),
    (
        "Kiev qualifie de fable la prise de Koupiansk par l’armée russe.",
        "Koupiansk",
        "UA",
        ("control", "denied", "RUS"),
    ),
    ("Les troupes azerbaïdjanaises ont investi Choucha.", "Choucha", "AZ", ("control", "reported", "AZE")),
    (
        "L’armée de l’Arakan s’est emparée de Sittwe, a reconnu la junte.",
        "Sittwe",
        "MM",
        ("control", "reported", "MMR"),
    ),
    ("Des drones turcs ont frappé Kobané.", "Kobané", "SY", ("strike", "reported", "TUR")),
    ("Les forces russes ont été chassées de Koupiansk.", "Koupiansk", "UA", ("control", "reported", "UKR")),
    (
        "Les forces ukrainiennes ont fait reculer les Russes près de Dobropillia.",
        "Dobropillia",
        "UA",
        ("advance", "reported", "UKR"),
    ),
    ("Kinshasa nie avoir perdu Goma.", "Goma", "CD", ("control", "denied", "COD")),
]
# What speaks of places at war and yet states nothing that a map of the front shows.
UNSTATED = [
    ("Un convoi humanitaire est entré dans Kherson malgré les soldats russes.", "Kherson"),
    ("À Kherson, la trêve entre les armées russe et ukrainienne tient depuis lundi.", "Kherson"),
    ("À Kherson, des manifestants ont attaqué le consulat russe malgré les soldats.", "Kherson"),
    ("L’armée a diffusé des ordres d’évacuation à Kherson, selon des soldats.", "Kherson"),
    ("Des heurts entre supporters ont fait douze blessés à Odessa.", "Odessa"),
    ("Les autorités d'occupation de Melitopol ont annulé la fête.", "Melitopol"),
    ("C'est un coup de massue pour le club de Soumy.", "Soumy"),
    ("Des habitants ont fui Pokrovsk en train lundi.", "Pokrovsk"),
    ("L’armée russe a perdu 900 hommes près de Pokrovsk, selon Kiev.", "Pokrovsk"),
    ("Une alerte aérienne a été déclenchée à Kharkiv.", "Kharkiv"),
    ("Les pompiers luttent contre un incendie de forêt près de Kherson.", "Kherson"),
    ("Le ministre est arrivé à Kharkiv pour des pourparlers sur la défense aérienne.", "Kharkiv"),
    ("Le ministre s'est rendu mardi à Koupiansk, où l'armée russe est attendue de pied ferme.", "Koupiansk"),
    ("L'armée a ordonné l'évacuation de plusieurs immeubles à Kherson.", "Kherson"),
]

# Sentences that go on about one place, and all that they state of it.
TOLD = [
    (
        "Pokrovsk compte encore mille habitants. Kiev y a dépêché des forces spéciales.",
        "Pokrovsk",
        "UA",
        {("concentration", "reported", "UKR")},
    ),
    (
        "Les Russes sont entrés à Koupiansk en février. L'Ukraine l'a reprise en septembre.",
        "Koupiansk",
        "UA",
        {("advance", "reported", "RUS"), ("control", "reported", "UKR")},
    ),
    (
        "Izioum était la vitrine de l'occupation. Au bout du compte, les Russes l'ont abandonnée.",
        "Izioum",
        "UA",
        {("withdrawal", "reported", "RUS")},
    ),
    (
        "Vouhledar, que les Russes ont prise en octobre, est vide. Ses défenseurs s'étaient retirés la veille.",
        "Vouhledar",
        "UA",
        {("control", "reported", "RUS"), ("withdrawal", "reported", "UKR")},
    ),
    (
        "Après s'être rendues maîtresses de Lyman vendredi, les troupes de Moscou soufflent.",
        "Lyman",
        "UA",
        {("control", "reported", "RUS")},
    ),
    (
        "Hodeïda, bastion houthiste, a essuyé mardi douze raids israéliens.",
        "Hodeïda",
        "YE",
        {("strike", "reported", "ISR")},
    ),
    (
        "L'assaut russe par l'est a été enrayé à Rohan.",
        "Rohan",
        "UA",
        {("clash", "reported", "RUS")},
    ),
    (
        "Le Hezbollah a revendiqué un tir de roquettes sur Safed.",
        "Safed",
        "IL",
        {("strike", "reported", "LBN")},
    ),
    (
        "Des drones ukrainiens auraient frappé Horlivka samedi, ce que Kiev ne commente pas.",
        "Horlivka",
        "UA",
        {("strike", "reported", "UKR")},
    ),
    (
        "Repli ukrainien de Vouhledar après deux ans de guerre.",
        "Vouhledar",
        "UA",
        {("withdrawal", "reported", "UKR")},
    ),
    (
        "Ukraine : frappe russe sur un marché de Kostiantynivka.",
        "Kostiantynivka",
        "UA",
        {("strike", "reported", "RUS")},
    ),
    (
        "L'armée russe a pris Siversk et des combats se poursuivent dans les environs.",
        "Siversk",
        "UA",
        {("control", "reported", "RUS"), ("clash", "reported", "")},
    ),
    (
        "Des navires russes se rassemblent près de Berdiansk, mais un débarquement n'est pas imminent.",
        "Berdiansk",
        "UA",
        {("concentration", "reported", "RUS"), ("advance", "denied", "RUS")},
    ),
    (
        "À Bakhmout, ville dont une unité russe s'était approchée, une bombe a été larguée par un drone russe.",
        "Bakhmout",
        "UA",
        {("advance", "reported", "RUS"), ("strike", "reported", "RUS")},
    ),
    (
        "Les Russes sont entrés dans Lyman. Les soldats ukrainiens s'en sont retirés.",
        "Lyman",
        "UA",
        {("advance", "reported", "RUS"), ("withdrawal", "reported", "UKR")},
    ),
    (
        "Les troupes russes ne sont plus qu'à 5 kilomètres de Houliaïpole.",
        "Houliaïpole",
        "UA",
        {("advance", "reported", "RUS")},
    ),
    (
        "Le gouverneur de la région, Vladimir Saldo, a accusé Kiev d'avoir bombardé le village de Khorly.",
        "Khorly",
        "UA",
        {("strike", "reported", "UKR")},
    ),
]


def read(text: str, name: str, country: str) -> set[tuple[str, str, str]]:
    return read_sentence(text, name, country, language="fr", publisher="Harbour Wire")


@pytest.mark.parametrize(("text", "name", "country", "expected"), STATED)
def test_wording_states(text: str, name: str, country: str, expected: tuple[str, str, str]) -> None:
    assert read(text, name, country) == {expected}


@pytest.mark.parametrize(("text", "name"), UNSTATED)
def test_wording_states_nothing(text: str, name: str) -> None:
    assert read(text, name, "UA") == set()


@pytest.mark.parametrize(("text", "name", "country", "expected"), TOLD)
def test_wording_goes_on(text: str, name: str, country: str, expected: set[tuple[str, str, str]]) -> None:
    assert read(text, name, country) == expected

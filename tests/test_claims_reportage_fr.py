"""What French reportage, live blogs and interviews state, and who says so; places are made by hand."""

from __future__ import annotations

import pytest
from wording import read_text

Told = set[tuple[str, str, str, str, str | None]]  # place, kind, status, actors, source

STATES: tuple[tuple[str, list[str], Told], ...] = (
    (
        "Le Hezbollah dit avoir repoussé une attaque. L'armée israélienne, elle, affirme contrôler Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "ISR", "L'armée israélienne")},
    ),
    (
        "Les soldats russes ne sont pas entrés dans Zelivka, assure le porte-parole de la brigade qui défend la ville.",
        ["Zelivka"],
        {("Zelivka", "advance", "denied", "RUS", "le porte-parole de la brigade")},
    ),
    (
        "Faux, répond l'état-major ukrainien : Zelivka n'est pas perdue.",
        ["Zelivka"],
        {("Zelivka", "control", "denied", "RUS", "l'état-major ukrainien")},
    ),
    (
        "Elle n'a pas fermé sa boutique, bien que des bombes russes soient tombées lundi sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "Plusieurs messages annoncent que les Russes seraient entrés à Zelivka. C'est faux : nos soldats y sont.",
        ["Zelivka"],
        {("Zelivka", "advance", "denied", "RUS", None)},
    ),
    (
        "Un drone ukrainien a frappé Zelivka lundi. Selon la mairie, la ville a été touchée par des drones ukrainiens.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "UKR", "la mairie")},
    ),
    (
        "La 65e brigade ukrainienne a arrêté lundi une colonne de blindés russes près de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "clash", "reported", "RUS;UKR", None)},
    ),
    (
        "Hanna Maliar, vice-ministre, annonce une offensive lancée la veille, avec des progrès près de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "reported", "UKR", "Hanna Maliar, vice-ministre")},
    ),
    (
        "Prigojine, gilet pare-balles et tasse à la main, affirme que les Russes ont pris Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "Prigojine")},
    ),
    (
        "Un immeuble de Zelivka a été détruit par un missile russe, un engin de fabrication nord-coréenne.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "« Les Russes sont dans Zelivka. » Dans un message, le général Orlov affirme que ses hommes avancent.",
        ["Zelivka"],
        {("Zelivka", "advance", "reported", "RUS", "le général Orlov")},
    ),
    (
        "Le M23 avait occupé Zelivka dix jours, avant de s'en retirer.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "COD", None), ("Zelivka", "withdrawal", "reported", "COD", None)},
    ),
    (
        "Des experts doutent que les Russes marchent sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "denied", "RUS", "Des experts")},
    ),
    (
        "On y bâtit des casernes, dit Petro Orlov, du Centre d'étude. D'après lui, les Russes ont pris Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "Petro Orlov, du Centre d'étude")},
    ),
    (
        "L'état-major ukrainien dément la perte de Zelivka, que Moscou avait revendiquée jeudi.",
        ["Zelivka"],
        {
            ("Zelivka", "control", "denied", "RUS", "L'état-major ukrainien"),
            ("Zelivka", "control", "reported", "RUS", "Moscou"),
        },
    ),
    (
        "L'état-major ukrainien dément la perte de Zelivka, où Moscou avait annoncé une visite.",
        ["Zelivka"],
        {("Zelivka", "control", "denied", "RUS", "L'état-major ukrainien")},
    ),
    (
        "Les FSR disent vouloir marcher sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "expected", "SDN", "Les FSR")},
    ),
    (
        "Les Russes ont pris Zelivka, a appris l'agence de sources militaires.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "sources militaires")},
    ),
    (
        "Les derniers défenseurs ukrainiens de Zelivka en sont sortis dans la nuit.",
        ["Zelivka"],
        {("Zelivka", "withdrawal", "reported", "UKR", None)},
    ),
    (
        "Les soldats russes se sont enfuis de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "withdrawal", "reported", "RUS", None)},
    ),
    (
        "Une attaque armée a visé dimanche une position de soldats maliens à Zelivka.",
        ["Zelivka"],
        {("Zelivka", "clash", "reported", "MLI", None)},
    ),
    (
        "Trois coups de mortier russes sont tombés dans la ville de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "Un porte-parole de l'armée, cité par l'agence Interfax, a annoncé que les Russes ont pris Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "Un porte-parole de l'armée")},
    ),
    (
        "Les Russes ont tiré trente obus sur Zelivka, a fait savoir, mardi 10 décembre, Serhiï Lyssak.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", "Serhiï Lyssak")},
    ),
    (
        "Moscou a revendiqué la prise de Zelivka, une affirmation aussitôt rejetée par Kiev.",
        ["Zelivka"],
        {
            ("Zelivka", "control", "reported", "RUS", "Moscou"),
            ("Zelivka", "control", "denied", "RUS", "Kiev"),
        },
    ),
    (
        "17h15 : Nouvelle attaque sur Zelivka. Un missile russe a frappé un hôtel, faisant deux morts.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "À Zelivka, le bilan ne cesse de s'alourdir. Vingt-huit morts après la frappe d'un missile russe hier.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "Zelivka serait tombée. C'est en tout cas ce qu'affirme l'armée russe. Kiev parle d'un mensonge.",
        ["Zelivka"],
        {
            ("Zelivka", "control", "reported", "RUS", "l'armée russe"),
            ("Zelivka", "control", "denied", "RUS", "Kiev"),
        },
    ),
    (
        "Les Russes n'ont pas pris Orlivka ; ils peuvent rendre la vie impossible à Zelivka, que leurs bombes frappent.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "control", "denied", "RUS", None),
            ("Zelivka", "strike", "reported", "RUS", None),
        },
    ),
    (
        "La Russie masse-t-elle des blindés à Zelivka ? Moscou le dément.",
        ["Zelivka"],
        {("Zelivka", "concentration", "denied", "RUS", "Moscou")},
    ),
    (
        "La brigade d'assaut russe est en ville, dit un habitant. À Zelivka, la mairie a fermé.",
        ["Zelivka"],
        set(),
    ),
    (
        "Les troupes russes ont mis le cap sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "reported", "RUS", None)},
    ),
    (
        "Moscou a affirmé s'être emparé d'Orlivka, au moment où des drones russes frappaient Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "control", "reported", "RUS", "Moscou"),
            ("Zelivka", "strike", "reported", "RUS", None),
        },
    ),
    (
        "Les Russes ont pris Orlivka, a indiqué l'état-major ukrainien, qui redoute un assaut contre Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "control", "reported", "RUS", "l'état-major ukrainien"),
            ("Zelivka", "advance", "expected", "RUS", "l'état-major ukrainien"),
        },
    ),
    (
        "« À la suite des actions de Wagner, la libération de Zelivka est achevée », a indiqué le ministère russe.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "le ministère russe")},
    ),
    (
        "Moscou projette un assaut par Orlivka, dont ses troupes détiennent la moitié, et par Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "advance", "expected", "RUS", None),
            ("Orlivka", "control", "reported", "RUS", None),
        },
    ),
    (
        "Les Russes ont pris, d'après Kiev, Orlivka et Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "control", "reported", "RUS", "Kiev"),
            ("Zelivka", "control", "reported", "RUS", "Kiev"),
        },
    ),
    (
        "Un diplomate en poste dans la capitale s'attend à ce que l'armée malienne remonte vers Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "expected", "MLI", "Un diplomate en poste dans la capitale")},
    ),
    (
        "Les forces russes ont poursuivi leur effort vers Orlivka et auraient pris Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "advance", "reported", "RUS", None),
            ("Zelivka", "control", "reported", "RUS", None),
        },
    ),
    (
        "« Les Russes ont pris Zelivka », écrit le Post. Faux, rétorque Kiev.",
        ["Zelivka"],
        {
            ("Zelivka", "control", "reported", "RUS", "le Post"),
            ("Zelivka", "control", "denied", "RUS", "Kiev"),
        },
    ),
    (
        "La TNLA dit avoir coupé la route. Les habitants stockent du riz : ils redoutent un assaut sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "expected", "MMR", "Les habitants")},
    ),
    (
        "Un drone russe a frappé Zelivka. Certains relaient la prise d'Orlivka : c'est faux, archifaux.",
        ["Zelivka", "Orlivka"],
        {
            ("Zelivka", "strike", "reported", "RUS", None),
            ("Orlivka", "control", "denied", "RUS", "Certains"),
        },
    ),
    (
        "Les Russes ont pris Zelivka. Des missiles ont été lancés sur la base américaine d'Al-Noor, au Qatar.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", None)},
    ),
    (
        "Le Hezbollah affirme avoir repoussé lundi une unité israélienne et tiré dix roquettes sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "LBN", "Le Hezbollah")},
    ),
    (
        "Kiev dément toute présence de son armée à Zelivka. Les Russes avancent.",
        ["Zelivka"],
        {("Zelivka", "concentration", "denied", "UKR", "Kiev")},
    ),
    (
        "Les Ukrainiens ont franchi la ligne russe et des blindés sont arrivés aux abords de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "reported", "UKR", None)},
    ),
    (
        "L'armée prévient que les Russes pourraient prendre Orlivka ; des blindés russes ont été ramenés à Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "advance", "expected", "RUS", "L'armée"),
            ("Zelivka", "concentration", "reported", "RUS", "L'armée"),
        },
    ),
    (
        "À Zelivka, où l'eau ne coule plus, un homme a été blessé par la chute d'un drone russe.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "16 h 10 - « Les Russes sont entrés à Zelivka. » Dans un message, le général Orlov dit que tout va bien.",
        ["Zelivka"],
        {("Zelivka", "advance", "reported", "RUS", "le général Orlov")},
    ),
    (
        "Des bombes russes menacent en ce moment Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "expected", "RUS", None)},
    ),
    (
        "Mes contacts attendent un assaut russe sur Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "expected", "RUS", "Mes contacts")},
    ),
    (
        "L'armée prévient qu'une offensive russe pourrait viser Zelivka.",
        ["Zelivka"],
        {("Zelivka", "advance", "expected", "RUS", "L'armée")},
    ),
    (
        "Orlivka se vide : les autorités s'attendent à une poussée russe vers Zelivka.",
        ["Orlivka", "Zelivka"],
        {("Zelivka", "advance", "expected", "RUS", "les autorités")},
    ),
    (
        "« Ils avancent », redoute un diplomate. Au sol, l'armée russe grignote. Elle revendique la prise de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "l'armée russe")},
    ),
    (
        "L'état-major malien n'a pas donné de bilan. Il reconnaît la perte de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "MLI", "L'état-major malien")},
    ),
    (
        "Les rebelles ont pris Zelivka, au terme d'un assaut que l'armée qualifie de violation flagrante.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "", None)},
    ),
    (
        "Kiev et Moscou signent à Orlivka, et l'on se bat à Zelivka.",
        ["Orlivka", "Zelivka"],
        {("Zelivka", "clash", "reported", "RUS;UKR", None)},
    ),
    (
        "Zelivka a été frappée lundi. Le gouverneur répète que rien n'est perdu à Orlivka.",
        ["Zelivka", "Orlivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
    (
        "Si Kiev assure tenir Orlivka, les Russes ont pris Zelivka.",
        ["Orlivka", "Zelivka"],
        {
            ("Orlivka", "control", "reported", "UKR", "Kiev"),
            ("Zelivka", "control", "reported", "RUS", None),
        },
    ),
    (
        "S'ils prennent Orlivka, les Russes avanceront vers Zelivka.",
        ["Orlivka", "Zelivka"],
        {("Zelivka", "advance", "expected", "RUS", None)},
    ),
    (
        "Une salve de missiles russes a été interceptée, selon l'armée ; un projectile est tombé près de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", "l'armée")},
    ),
    (
        "Les soldats ukrainiens contrôlent désormais Zelivka, et 74 localités, selon Volodymyr Zelensky.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "UKR", "Volodymyr Zelensky")},
    ),
    (
        "Des individus armés ont pris d'assaut le poste de la garde nationale de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "clash", "reported", "RUS", None)},
    ),
    (
        "On parlait de cinq cents soldats ukrainiens devant le poste de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "concentration", "reported", "UKR", None)},
    ),
    (
        "« Les Russes tiennent Zelivka », a répondu dimanche Volodymyr Zelensky depuis Orlivka.",
        ["Zelivka", "Orlivka"],
        {("Zelivka", "control", "reported", "RUS", "Volodymyr Zelensky")},
    ),
    (
        "Zelivka est-elle tombée ? Evgueni Prigojine l'a affirmé samedi. Le front, lui, attend.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "Evgueni Prigojine")},
    ),
    ("Les Russes ont-ils pris Zelivka ? L'état-major ne l'a pas confirmé.", ["Zelivka"], set()),
    (
        "Zelivka est tombée. L'armée ukrainienne l'a reconnu mardi.",
        ["Zelivka"],
        {("Zelivka", "control", "reported", "RUS", "L'armée ukrainienne")},
    ),
    (
        "Le général a reconnu que les Ukrainiens se retiraient de Zelivka.",
        ["Zelivka"],
        {("Zelivka", "withdrawal", "reported", "UKR", "Le général")},
    ),
    ("Les soldats russes sont loin. À Zelivka, les deux otages ont été libérés.", ["Zelivka"], set()),
    (
        "Deux localités ukrainiennes ont été visées par des drones, dont Zelivka.",
        ["Zelivka"],
        {("Zelivka", "strike", "reported", "RUS", None)},
    ),
)


def list_told(text: str, names: list[str]) -> Told:
    return {
        (c.place.toponym.name, c.kind.value, c.status.value, ";".join(c.actors), c.attribution)
        for c in read_text(text, names, "fr")
    }


@pytest.mark.parametrize(("text", "names", "told"), STATES)
def test_reportage_states(text: str, names: list[str], told: Told) -> None:
    assert list_told(text, names) == told


def test_who_answers_questions_has_said_the_answers() -> None:
    text = (
        "Le colonel en retraite Jean Martel, qui a servi dans l'armée, répond aux questions des auditeurs.\n\n"
        "Que se passe-t-il ?\n\nLes Russes sont entrés à Robotyne.\n\nEt ensuite ?\n\n"
        "Les troupes russes ont pris Verbove.\n"
    )
    assert {c.attribution for c in read_text(text, ["Robotyne", "Verbove"], "fr")} == {
        "Le colonel en retraite Jean Martel"
    }


def test_a_name_before_each_answer_has_said_it_where_questions_bear_none() -> None:
    text = (
        "Où le front bouge-t-il ?\nClaire Vasseur : À Zelivka, que les Russes ont prise lundi.\n"
        "Et ailleurs ?\nClaire Vasseur : Peu. Des drones russes ont frappé Orlivka hier."
    )
    told = read_text(text, ["Zelivka", "Orlivka"], "fr")
    assert [c.attribution for c in told] == ["Claire Vasseur", "Claire Vasseur"]


def test_a_state_that_speaks_of_a_strike_on_its_own_land_is_not_the_one_who_struck() -> None:
    text = "Le Kremlin a évoqué mardi soir l'attaque de drones contre Zelivka."
    assert [c.actors for c in read_text(text, ["Zelivka"], "fr", country="RU")] == [("UKR",)]


def test_a_number_that_opens_a_line_counts_nothing() -> None:
    text = "1/ Petit point sur le front.\n\n2/ Les Russes progressent vers Zelivka."
    assert [c.count for c in read_text(text, ["Zelivka"], "fr")] == [None]


def test_a_number_told_later_is_that_of_the_same_strike() -> None:
    text = "À Zelivka, des missiles russes ont tué un homme.\n\nVingt missiles russes avaient visé la ville."
    assert [c.count.low if c.count else None for c in read_text(text, ["Zelivka"], "fr")] == [20]


def test_a_fight_of_nobody_named_is_the_one_whose_sides_are_told() -> None:
    text = "Des combats font rage à Zelivka.\n\nLes soldats somaliens combattent dans la ville."
    assert [c.actors for c in read_text(text, ["Zelivka"], "fr", country="SO")] == [("SOM",)]


def test_an_armed_group_speaks_of_itself_in_its_own_bulletin() -> None:
    text = (
        "Les combattants ont visé un rassemblement de soldats ennemis à Zelivka par une salve de roquettes."
    )
    told = read_text(text, ["Zelivka"], "fr", publisher="Hezbollah (communiqué militaire)", country="LB")
    assert [c.actors for c in told] == [("LBN",)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "Les Russes ont pris Orlivka le 6 juin, Zelivka le lendemain.",
            {"Orlivka": (6, 6), "Zelivka": (7, 7)},
        ),
        ("Le 4, puis le 6 juin, des drones russes ont frappé Zelivka.", {"Zelivka": (4, 6)}),
        (
            "L'aviation russe a mené ses plus violents raids depuis la trêve du 27 mai, visant lundi Zelivka.",
            {"Zelivka": (9, 9)},
        ),
        (
            "À Zelivka, village dont une patrouille s'approchait lundi, une bombe russe a été larguée.",
            {"Zelivka": (10, 10)},
        ),
        ("Les tirs russes sur Zelivka, près de la mer, ont fait sept morts le 6 juin.", {"Zelivka": (6, 6)}),
        ("Les Russes pilonnent Zelivka depuis trois jours.", {"Zelivka": (7, 10)}),
        ("Zelivka a été visée toute la semaine par l'artillerie russe.", {"Zelivka": (9, 10)}),
    ],
)
def test_days_of_reportage(text: str, days: dict[str, tuple[int, int]]) -> None:
    told = {
        c.place.toponym.name: tuple(d.day if d else None for d in (c.time.start, c.time.end))
        for c in read_text(text, list(days), "fr")
    }
    assert told == days

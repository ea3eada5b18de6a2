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
        {("Zelivka", "advance", "denied", "RUS", "Plusieurs messages")},
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

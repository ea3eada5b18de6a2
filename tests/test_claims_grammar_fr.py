"""What French sentences state in whatever construction: each of a few verbs in each of many frames.

The frames are those of wires, staffs, local radios and analysts; the place is made by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from wording import read_sentence

_PLACE = "Zelivka"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb with the place as its object: its kind, and the forms that the frames need."""

    kind: str
    infinitive: str
    third: str
    past: str
    feminine: str


VERBS = (
    Verb("strike", "pilonner", "pilonnent", "pilonné", "pilonnée"),
    Verb("strike", "marteler", "martèlent", "martelé", "martelée"),
    Verb("control", "prendre", "prennent", "pris", "prise"),
    Verb("control", "conquérir", "conquièrent", "conquis", "conquise"),
    Verb("control", "libérer", "libèrent", "libéré", "libérée"),
    Verb("withdrawal", "évacuer", "évacuent", "évacué", "évacuée"),
    Verb("withdrawal", "quitter", "quittent", "quitté", "quittée"),
)
FRAMES = (
    "Les forces russes {third} {place}.",
    "Les forces russes ont {past} {place} mardi.",
    "Les forces russes, qui ont {past} {place}, ont publié des images.",
    "L'armée russe affirme avoir {past} {place}.",
    "L'armée russe aurait {past} {place}, selon un blogueur.",
    "Les forces russes sont parvenues à {infinitive} {place}, selon l'ISW.",
    "L'armée russe vient de {infinitive} {place}.",
    "Après avoir {past} {place}, les forces russes ont fait une pause.",
    "Ayant {past} {place}, les forces russes font une pause.",
    "« Nous avons {past} {place} », a déclaré le porte-parole de l'armée russe.",
    "{place} a été {feminine} mardi par les forces russes.",
    "{place} a été de nouveau {feminine} par les forces russes.",
    "{place}, {feminine} mardi par les forces russes, est privée d'eau.",
    "{place}, que les forces russes ont {feminine} mardi, est privée d'eau.",
    "{place} n'est plus la même. Elle a été {feminine} mardi par les forces russes.",
    "{place} {feminine} par les forces russes",
    "C'est {place} que les forces russes ont {feminine} mardi.",
)
# Sentences with their country and what they state of the place.
TOLD = (
    ("{place} est aux mains des Russes.", "UA", {("control", "reported", "RUS")}),
    ("{place} est tombée mardi aux mains des Russes.", "UA", {("control", "reported", "RUS")}),
    ("{place} a capitulé devant les forces russes.", "UA", {("control", "reported", "RUS")}),
    (
        "La chute de {place}, prise mardi par les Russes, est un revers.",
        "UA",
        {("control", "reported", "RUS")},
    ),
    (
        "Après la chute de {place}, mardi, l'armée ukrainienne a enterré ses morts.",
        "UA",
        {("control", "reported", "")},
    ),
    ("La garnison russe de {place} s'est repliée.", "UA", {("withdrawal", "reported", "RUS")}),
    ("L'avance russe sur {place} se poursuit.", "UA", {("advance", "reported", "RUS")}),
    ("L'étau russe se resserre autour de {place}.", "UA", {("advance", "reported", "RUS")}),
    ("L'armée russe a lancé une offensive contre {place}.", "UA", {("advance", "reported", "RUS")}),
    ("L'armée russe a lancé un assaut contre {place}.", "UA", {("clash", "reported", "RUS")}),
    (
        "Les Ukrainiens tentent de déloger les Russes de {place}.",
        "UA",
        {("clash", "reported", "UKR")},
    ),
    ("Une contre-attaque ukrainienne est en cours à {place}.", "UA", {("clash", "reported", "UKR")}),
    ("L'armée russe affirme avoir encerclé {place}.", "UA", {("clash", "reported", "RUS")}),
    ("Les drones russes harcèlent {place}.", "UA", {("strike", "reported", "RUS")}),
    ("Des tirs sporadiques étaient encore entendus à {place}.", "CD", {("clash", "reported", "")}),
    ("Les forces russes positionnent des chars à {place}.", "UA", {("concentration", "reported", "RUS")}),
    (
        "Les rebelles du M23, appuyés par l'armée rwandaise, ont pris {place}.",
        "CD",
        {("control", "reported", "COD")},
    ),
    (
        "Les FSR disent tenir {place}, ce que l'état-major nie.",
        "SD",
        {("control", "reported", "SDN"), ("control", "denied", "SDN")},
    ),
    (
        "Le corps Azov, arrivé à {place} ce week-end, se dit prêt.",
        "UA",
        {("concentration", "reported", "UKR")},
    ),
    (
        "Les rebelles du M23 occupent {place}. Aucun affrontement n'a été signalé mardi.",
        "CD",
        {("control", "reported", "COD"), ("clash", "denied", "")},
    ),
    (
        "Les Russes avancent vers {place}. La 28e brigade s'en est retirée vendredi, faute d'hommes.",
        "UA",
        {("advance", "reported", "RUS"), ("withdrawal", "reported", "UKR")},
    ),
    (
        "Les forces russes attaquent {place}. Vendredi, une bombe planante a touché le dernier hôpital.",
        "UA",
        {("clash", "reported", "RUS"), ("strike", "reported", "RUS")},
    ),
    (
        "Les forces russes bombardent {place}, abandonnée mardi par les troupes ukrainiennes.",
        "UA",
        {("strike", "reported", "RUS"), ("withdrawal", "reported", "UKR")},
    ),
    (
        "Les Russes sont entrés dans {place}. Kiev dit avoir repoussé 38 assauts russes dans ce seul secteur.",
        "UA",
        {("advance", "reported", "RUS"), ("clash", "reported", "RUS;UKR")},
    ),
    (
        "Les Russes n'étaient plus, vendredi soir, qu'à cinq kilomètres de {place}.",
        "UA",
        {("advance", "reported", "RUS")},
    ),
    ("Les forces russes ont probablement pris {place}.", "UA", {("control", "reported", "RUS")}),
    (
        "L'armée russe avait annoncé avoir achevé son retrait de {place}.",
        "UA",
        {("withdrawal", "reported", "RUS")},
    ),
    (
        "Le Jnim a dit s'être emparé de {place} et y avoir tué plus de 100 soldats.",
        "ML",
        {("control", "reported", "MLI")},
    ),
    (
        "{place} est vide. L'armée ukrainienne a reconnu avoir quitté cette petite ville minière du pays.",
        "UA",
        {("withdrawal", "reported", "UKR")},
    ),
    (
        "Moscou nie être là et accuse l'armée ukrainienne d'avoir bombardé {place}.",
        "UA",
        {("strike", "reported", "UKR")},
    ),
    (
        "L'armée russe a, de son côté, tiré une salve de roquettes en direction de {place}.",
        "UA",
        {("strike", "reported", "RUS")},
    ),
    (
        "{place}, encerclée puis libérée jeudi par les Ukrainiens, est calme.",
        "UA",
        {("clash", "reported", ""), ("control", "reported", "UKR")},
    ),
    (
        "{place}, la base arrière des Russes, a été abandonnée dans la précipitation.",
        "UA",
        {("withdrawal", "reported", "RUS")},
    ),
    (
        "L'armée russe maintient une présence militaire à {place}.",
        "UA",
        {("concentration", "reported", "RUS")},
    ),
    (
        "Les Russes ont pris {place}, qui commande la route de la mer.",
        "UA",
        {("control", "reported", "RUS")},
    ),
    (
        "{place}, ville natale du président Zelensky, a été touchée mardi par un missile.",
        "UA",
        {("strike", "reported", "RUS")},
    ),
)
# What a reader would put on no map.
UNTOLD = (
    "{place} se trouve à 30 km de la frontière russe.",
    "{place} comptait 60 000 habitants avant l'invasion russe.",
    "Les incendies de forêt progressent vers {place}, où patrouille l'armée russe.",
    "Les pompiers ont évacué {place} après une alerte à l'armée russe.",
    "Le ministre russe est arrivé à {place}.",
    "L'ONU appelle au retrait des forces russes de {place}.",
    "Les drones russes sont fabriqués à {place}.",
    "La querelle entre {place} et Moscou ne fait que commencer, dit l'armée.",
    "Il est interdit aux soldats de regagner {place}.",
    "Les camions n'arrivent plus à {place}, tenue à distance par la guerre.",
    "Les secours ont retiré mardi un quatrième corps des décombres à {place}.",
    "C'est par {place} que transite le gaz russe.",
)


def read(text: str, country: str = "UA") -> set[tuple[str, str, str]]:
    text = text.replace("{place}", _PLACE)
    return read_sentence(text, _PLACE, country, language="fr", publisher="Harbour Wire")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.infinitive)
def test_frame_states_its_verb(frame: str, verb: Verb) -> None:
    text = frame.format(
        place=_PLACE,
        infinitive=verb.infinitive,
        third=verb.third,
        past=verb.past,
        feminine=verb.feminine,
    )
    assert read(text.replace("de é", "d'é")) == {(verb.kind, "reported", "RUS")}


@pytest.mark.parametrize(
    "frame",
    [
        "Les forces russes n'ont pas {past} {place}, assure Kiev.",
        "L'armée russe a démenti avoir {past} {place}.",
    ],
)
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.infinitive)
def test_negated_frame_is_denied(frame: str, verb: Verb) -> None:
    found = read(frame.format(place=_PLACE, past=verb.past))
    assert {(kind, status) for kind, status, _ in found} == {(verb.kind, "denied")}


@pytest.mark.parametrize(("text", "country", "expected"), TOLD)
def test_grammar_states(text: str, country: str, expected: set[tuple[str, str, str]]) -> None:
    assert read(text, country) == expected


@pytest.mark.parametrize("text", UNTOLD)
def test_grammar_states_nothing(text: str) -> None:
    assert read(text) == set()

"""English verbs of war in the constructions that reports put them in, and words of war that state nothing."""

from __future__ import annotations

import pytest
from wording import read_sentence

# Infinitive, past, past participle, participle in "ing", and the kind that each states.
VERBS = [
    ("strike", "struck", "struck", "striking", "strike"),
    ("hammer", "hammered", "hammered", "hammering", "strike"),
    ("batter", "battered", "battered", "battering", "strike"),
    ("pummel", "pummelled", "pummelled", "pummelling", "strike"),
    ("mortar", "mortared", "mortared", "mortaring", "strike"),
    ("fire on", "fired on", "fired on", "firing on", "strike"),
    ("capture", "captured", "captured", "capturing", "control"),
    ("take over", "took over", "taken over", "taking over", "control"),
    ("regain", "regained", "regained", "regaining", "control"),
    ("secure", "secured", "secured", "securing", "control"),
    ("clear", "cleared", "cleared", "clearing", "control"),
]
# How a sentence puts them (verb forms by number), and the status of what it states.
FORMS = [
    ("Russian forces {0} Lyman", "reported"),
    ("Russian forces {1} Lyman on Monday.", "reported"),
    ("Russian forces have {2} Lyman, an army officer said.", "reported"),
    ("Russian forces were {3} Lyman on Monday.", "reported"),
    ("Russian forces managed to {0} Lyman.", "reported"),
    ("Lyman was {2} by Russian forces on Monday.", "reported"),
    ("Lyman, {2} by Russian forces in May, lies on a railway.", "reported"),
    ("Lyman, which Russian forces {1} in May, lies on a railway.", "reported"),
    ("Russian forces did not {0} Lyman.", "denied"),
    ("Russian forces have not {2} Lyman.", "denied"),
]
# A sentence, its place and the country of that, and all that it states.
STATED = [
    ("Pokrovsk has passed into Russian hands.", "Pokrovsk", "UA", {("control", "reported", "RUS")}),
    ("After losing Lyman, Russian forces dug trenches.", "Lyman", "UA", {("control", "reported", "UKR")}),
    ("Ukraine held Bakhmut with two brigades.", "Bakhmut", "UA", {("control", "reported", "UKR")}),
    ("Russian-held Donetsk was shelled by Ukraine.", "Donetsk", "UA", {("strike", "reported", "UKR")}),
    (
        "Ukrainian troops fear that Pokrovsk could fall within weeks.",
        "Pokrovsk",
        "UA",
        {("advance", "expected", "RUS")},
    ),
    (
        "Sudan's army has driven the Rapid Support Forces from Omdurman altogether.",
        "Omdurman",
        "SD",
        {("control", "reported", "SDN")},
    ),
    (
        "Iran launched 300 drones and missiles at Haifa overnight.",
        "Haifa",
        "IL",
        {("strike", "reported", "IRN")},
    ),
    ("Iran-backed Houthi fighters fired a missile at Eilat.", "Eilat", "IL", {("strike", "reported", "YEM")}),
    (
        "Ukraine denied it was pulling its troops out of Pokrovsk.",
        "Pokrovsk",
        "UA",
        {("withdrawal", "denied", "UKR")},
    ),
    (
        "Russian troops have withdrawn from Lyman but are still fighting on its northern edge.",
        "Lyman",
        "UA",
        {("withdrawal", "reported", "RUS"), ("clash", "reported", "RUS")},
    ),
    (
        "Clashes broke out in Jenin between Israeli soldiers and gunmen.",
        "Jenin",
        "PS",
        {("clash", "reported", "ISR")},
    ),
    ("The Russians are already in Lyman.", "Lyman", "UA", {("advance", "reported", "RUS")}),
    ("No Russians are in Lyman, whatever Telegram says.", "Lyman", "UA", {("advance", "denied", "RUS")}),
    ("M23 rebels have inched up the road to Walikale.", "Walikale", "CD", {("advance", "reported", "COD")}),
    (
        "Footage published on Friday shows Russian soldiers in Lyman, indicating that the army has seized it.",
        "Lyman",
        "UA",
        {("control", "reported", "RUS")},
    ),
    (
        'Russia said it had captured Lyman, but Ukraine called the claim "a complete lie".',
        "Lyman",
        "UA",
        {("control", "reported", "RUS"), ("control", "denied", "RUS")},
    ),
    ("Lyman took the brunt of the Russian strikes.", "Lyman", "UA", {("strike", "reported", "RUS")}),
    ("It is Ukrainian troops that control Lyman.", "Lyman", "UA", {("control", "reported", "UKR")}),
    ("There are no Russians in Lyman, insists the chief.", "Lyman", "UA", {("advance", "denied", "RUS")}),
    ("Israeli forces are to leave Rafah by Sunday.", "Rafah", "PS", {("withdrawal", "expected", "ISR")}),
    ("Ukraine clawed back Lyman.", "Lyman", "UA", {("control", "reported", "UKR")}),
    (
        "Russia said it held Lyman, denying that Ukrainian troops had entered it.",
        "Lyman",
        "UA",
        {("control", "reported", "RUS"), ("advance", "denied", "UKR")},
    ),
]

UNSTATED = [
    ("If Russian forces storm and take Lyman, the road will be open.", "Lyman"),
    ("Aid workers reached Mekelle for the first time since the war began.", "Mekelle"),
    ("A humanitarian convoy reached Tawila after the army agreed to a pause.", "Tawila"),
    ("In 1943 the Red Army liberated Kharkiv.", "Kharkiv"),
    ("Heavy rain hit Kharkiv on Monday, flooding an army barracks.", "Kharkiv"),
    ("Ukraine's army has lost 120 tanks near Bakhmut since January.", "Bakhmut"),
    ("Trains to Kharkiv were running late, the military administration said.", "Kharkiv"),
    ("The army commander in Kidal could not be reached.", "Kidal"),
    ("The soldiers in Lyman were taken out of the city on stretchers.", "Lyman"),
    ("Kyiv wants Russian troops to withdraw from Crimea.", "Crimea"),
]


def read(text: str, name: str, country: str) -> set[tuple[str, str, str]]:
    return read_sentence(text, name, country, language="en", publisher="Harbour Wire")


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
@pytest.mark.parametrize(("form", "status"), FORMS)
def test_every_form_of_a_verb_states_the_same(verb: tuple[str, ...], form: str, status: str) -> None:
    claims = read(form.format(*verb), "Lyman", "UA")
    assert (verb[4], status) in {(kind, found) for kind, found, _ in claims}
    assert {actors for _, _, actors in claims} == {"RUS"}


@pytest.mark.parametrize(("text", "name", "country", "expected"), STATED)
def test_construction_states(text: str, name: str, country: str, expected: set[tuple[str, str, str]]) -> None:
    assert read(text, name, country) == expected


@pytest.mark.parametrize(("text", "name"), UNSTATED)
def test_words_of_war_state_nothing(text: str, name: str) -> None:
    assert read(text, name, "UA") == set()

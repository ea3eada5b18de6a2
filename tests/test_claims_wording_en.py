"""What English sentences state in the words of wires, staffs and local papers; places are made by hand."""

from __future__ import annotations

import pytest
from wording import read_sentence

# A sentence, its place and the country of that, and what it states: kind, status, actors.
STATED = [
    (
        "Ukrainian scouts reported a concentration of Russian troops near Orikhiv.",
        "Orikhiv",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Kyiv confirmed a Russian build-up against Ukrainian troops near Orikhiv.",
        "Orikhiv",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "Elements of a Russian tank division are operating near Novopavlivka.",
        "Novopavlivka",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    ("Residents of Sumy fear an attack by Russian troops.", "Sumy", "UA", ("advance", "expected", "RUS")),
    (
        "For Russian troops this opens the road to Kramatorsk.",
        "Kramatorsk",
        "UA",
        ("advance", "expected", "RUS"),
    ),
    (
        "Soldiers of two armies have been at each other's throats in Suwayda.",
        "Suwayda",
        "SY",
        ("clash", "reported", ""),
    ),
    ("Two drone attacks were repelled in Tula.", "Tula", "RU", ("strike", "reported", "UKR")),
    (
        "A power station near Odesa was knocked out by drones.",
        "Odesa",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Naval vessels of the junta gather off Kyaukphyu.",
        "Kyaukphyu",
        "MM",
        ("concentration", "reported", "MMR"),
    ),
    (
        "Ukrainian drones gutted an oil depot in Feodosia overnight.",
        "Feodosia",
        "UA",
        ("strike", "reported", "UKR"),
    ),
    (
        "A glide bomb ripped through an apartment block in Kostiantynivka.",
        "Kostiantynivka",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Russian gunners pummelled Nikopol with artillery for a third night.",
        "Nikopol",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "A volley of Iskander missiles slammed into Kryvyi Rih.",
        "Kryvyi Rih",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    ("Kherson came under mortar fire again on Tuesday.", "Kherson", "UA", ("strike", "reported", "RUS")),
    (
        "Two people died when a drone dropped a grenade on a bus in Kherson.",
        "Kherson",
        "UA",
        ("strike", "reported", "RUS"),
    ),
    (
        "Debris from a downed drone set a refinery in Volgograd ablaze.",
        "Volgograd",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    (
        "Air defences swatted nine Ukrainian drones out of the sky over Bryansk.",
        "Bryansk",
        "RU",
        ("strike", "reported", "UKR"),
    ),
    ("Israeli jets levelled a tower block in Gaza City.", "Gaza City", "PS", ("strike", "reported", "ISR")),
    ("Hezbollah fired a barrage of rockets at Haifa.", "Haifa", "IL", ("strike", "reported", "LBN")),
    ("Houthi forces lobbed two ballistic missiles at Eilat.", "Eilat", "IL", ("strike", "reported", "YEM")),
    ("The RSF shelled El Fasher from the east.", "El Fasher", "SD", ("strike", "reported", "SDN")),
    ("Russian troops wrested Toretsk from its defenders.", "Toretsk", "UA", ("control", "reported", "RUS")),
    ("Ukrainian marines hoisted their flag over Robotyne.", "Robotyne", "UA", ("control", "reported", "UKR")),
    ("Avdiivka fell to the Russians in February.", "Avdiivka", "UA", ("control", "reported", "RUS")),
    ("M23 fighters overran Bukavu.", "Bukavu", "CD", ("control", "reported", "COD")),
    ("The Sudanese army drove the RSF out of Khartoum.", "Khartoum", "SD", ("control", "reported", "SDN")),
    ("Vuhledar is now in Russian hands.", "Vuhledar", "UA", ("control", "reported", "RUS")),
    ("Ukrainian paratroopers still cling to Chasiv Yar.", "Chasiv Yar", "UA", ("control", "reported", "UKR")),
    ("Syrian rebels swept into Hama.", "Hama", "SY", ("advance", "reported", "SYR")),
    (
        "Russian assault groups are inching towards Pokrovsk.",
        "Pokrovsk",
        "UA",
        ("advance", "reported", "RUS"),
    ),
    (
        "Ukrainian tanks punched through the lines near Robotyne.",
        "Robotyne",
        "UA",
        ("advance", "reported", "UKR"),
    ),
    ("Russian infantry gained a toehold in Kupiansk.", "Kupiansk", "UA", ("advance", "reported", "RUS")),
    ("Israeli armour rumbled into Rafah.", "Rafah", "PS", ("advance", "reported", "ISR")),
    (
        "Russia plans to storm Kupiansk, Ukrainian officials warn.",
        "Kupiansk",
        "UA",
        ("advance", "expected", "RUS"),
    ),
    ("Moscow is bracing for a new Ukrainian push on Tokmak.", "Tokmak", "UA", ("advance", "expected", "UKR")),
    ("Ukrainian forces fell back from Avdiivka.", "Avdiivka", "UA", ("withdrawal", "reported", "UKR")),
    (
        "Russian troops slipped out of Izium under cover of darkness.",
        "Izium",
        "UA",
        ("withdrawal", "reported", "RUS"),
    ),
    (
        "The Sudanese army abandoned its base in El Fasher.",
        "El Fasher",
        "SD",
        ("withdrawal", "reported", "SDN"),
    ),
    (
        "The general staff denied that Ukrainian troops had pulled out of Pokrovsk.",
        "Pokrovsk",
        "UA",
        ("withdrawal", "denied", "UKR"),
    ),
    (
        "Street by street, Ukrainian and Russian soldiers slugged it out in Bakhmut.",
        "Bakhmut",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    ("Fierce fighting raged around Marinka.", "Marinka", "UA", ("clash", "reported", "")),
    (
        "Ukrainian defenders beat back three Russian assaults near Lyman.",
        "Lyman",
        "UA",
        ("clash", "reported", "RUS;UKR"),
    ),
    (
        "Russian troops tried and failed to break through at Huliaipole.",
        "Huliaipole",
        "UA",
        ("clash", "reported", "RUS"),
    ),
    ("Russia has amassed 50,000 soldiers near Sumy.", "Sumy", "UA", ("concentration", "reported", "RUS")),
    ("Rwanda rushed two battalions to Goma.", "Goma", "CD", ("concentration", "reported", "RWA")),
    (
        "Columns of Russian armour were spotted outside Melitopol.",
        "Melitopol",
        "UA",
        ("concentration", "reported", "RUS"),
    ),
    (
        "North Korean soldiers are being drilled near Vladivostok.",
        "Vladivostok",
        "RU",
        ("concentration", "reported", "PRK"),
    ),
    (
        "Kyiv dismissed as fiction reports that Kupiansk had been captured by Russian forces.",
        "Kupiansk",
        "UA",
        ("control", "denied", "RUS"),
    ),
    ("Azerbaijani troops seized Shusha.", "Shusha", "AZ", ("control", "reported", "AZE")),
    (
        "The Arakan Army captured Sittwe, the junta acknowledged.",
        "Sittwe",
        "MM",
        ("control", "reported", "MMR"),
    ),
    ("Turkish drones struck Kobani.", "Kobani", "SY", ("strike", "reported", "TUR")),
    ("Russian forces were pushed out of Kupiansk.", "Kupiansk", "UA", ("control", "reported", "UKR")),
    (
        "About 10,000 North Korean troops are in the Kursk region.",
        "Kursk",
        "RU",
        ("concentration", "reported", "PRK"),
    ),
    (
        "Russia has no plans to withdraw from Enerhodar, the Kremlin said.",
        "Enerhodar",
        "UA",
        ("withdrawal", "denied", "RUS"),
    ),
]
# What speaks of places at war and yet states nothing that a map of the front shows.
UNSTATED = [
    ("The troops set off up the Donetsk highway towards the front.", "Donetsk"),
    ("The government fled to Odesa in the first week.", "Odesa"),
    ("Residents fled Pokrovsk by train on Monday.", "Pokrovsk"),
    ("The Russian army lost 900 men near Pokrovsk, Kyiv said.", "Pokrovsk"),
    ("An air alert was declared in Kharkiv.", "Kharkiv"),
    ("Firefighters battled a forest fire near Kherson.", "Kherson"),
    ("The minister arrived in Kharkiv for talks about air defence.", "Kharkiv"),
]

# Sentences that go on about one place, and all that they state of it.
TOLD = [
    (
        "Kupiansk, held by Ukrainian forces since September, was shelled on Saturday.",
        "Kupiansk",
        "UA",
        {("control", "reported", "UKR"), ("strike", "reported", "RUS")},
    ),
    (
        "Russian troops captured Toretsk. There has been no fighting since dawn, an officer says.",
        "Toretsk",
        "UA",
        {("control", "reported", "RUS"), ("clash", "denied", "")},
    ),
    (
        "Vuhledar, which the Russians took last October, has no residents left. Its defenders had pulled out the day before.",
        "Vuhledar",
        "UA",
        {("control", "reported", "RUS"), ("withdrawal", "reported", "UKR")},
    ),
    (
        "Russian troops entered Kupiansk in February. Ukraine retook it in September.",
        "Kupiansk",
        "UA",
        {("advance", "reported", "RUS"), ("control", "reported", "UKR")},
    ),
    (
        "Izium was the showpiece of the occupation. In the end the Russians abandoned it.",
        "Izium",
        "UA",
        {("withdrawal", "reported", "RUS")},
    ),
    (
        "Russian troops captured Soledar. They have yet to take the salt mine.",
        "Soledar",
        "UA",
        {("control", "reported", "RUS"), ("control", "denied", "RUS")},
    ),
    (
        "The Russian assault from the east was halted at Rohan.",
        "Rohan",
        "UA",
        {("clash", "reported", "RUS")},
    ),
    (
        "Having seized Lyman on Friday, Russian forces are digging in.",
        "Lyman",
        "UA",
        {("control", "reported", "RUS")},
    ),
    (
        "Kharkiv took three Russian bombs before dawn.",
        "Kharkiv",
        "UA",
        {("strike", "reported", "RUS")},
    ),
    (
        "Hezbollah claimed a rocket attack on Safed.",
        "Safed",
        "IL",
        {("strike", "reported", "LBN")},
    ),
    (
        "Ukrainian jets struck Horlivka on Saturday, which Kyiv did not confirm.",
        "Horlivka",
        "UA",
        {("strike", "reported", "UKR")},
    ),
]


def read(text: str, name: str, country: str) -> set[tuple[str, str, str]]:
    return read_sentence(text, name, country, language="en", publisher="Harbour Wire")


@pytest.mark.parametrize(("text", "name", "country", "expected"), STATED)
def test_wording_states(text: str, name: str, country: str, expected: tuple[str, str, str]) -> None:
    assert read(text, name, country) == {expected}


@pytest.mark.parametrize(("text", "name"), UNSTATED)
def test_wording_states_nothing(text: str, name: str) -> None:
    assert read(text, name, "UA") == set()


@pytest.mark.parametrize(("text", "name", "country", "expected"), TOLD)
def test_wording_goes_on(text: str, name: str, country: str, expected: set[tuple[str, str, str]]) -> None:
    assert read(text, name, country) == expected

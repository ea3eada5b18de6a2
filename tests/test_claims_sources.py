"""Who says so, by classes of wording: transcripts, interviews, sources; places are made by hand."""

from __future__ import annotations

import pytest
from wording import read_text


def list_sources(text: str, names: list[str], language: str) -> list[str | None]:
    return [claim.attribution for claim in read_text(text, names, language)]


# ------------------------------------------------------------------------------------- transcripts


def test_labels_of_a_transcript_name_who_speaks() -> None:
    text = (
        "HOST: Our guest is Anna Berg. Anna, how bad is it?\n\n"
        "BERG: Bad. Russian troops have entered Robotyne.\n\n"
        "HOST: And further south?\n\n"
        "BERG: Russian drones hit Orikhiv on Monday. The mayor said that the Russians had shelled Verbove.\n"
    )
    assert list_sources(text, ["Robotyne", "Orikhiv", "Verbove"], "en") == [
        "Anna Berg",
        "Anna Berg",
        "The mayor",
    ]


def test_labels_of_places_are_no_speakers() -> None:
    text = (
        "Robotyne: Russian troops attacked, is that all?\n\nVerbove: Russian troops have entered Verbove.\n\n"
        "Orikhiv: Russian drones hit a school in Orikhiv.\n"
    )
    assert set(list_sources(text, ["Robotyne", "Verbove.", "Orikhiv."], "en")) == {None}


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        (
            (
                "Deux questions à Jeanne Martel, historienne.\n\nQue se passe-t-il ?\n\nLes Russes sont entrés à "
                "Robotyne.\n\nEt ensuite ?\n\nLes troupes russes ont pris Verbove.\n\nPropos recueillis lundi."
            ),
            "fr",
            "Jeanne Martel",
        ),
        (
            (
                "Розмова з речником бригади Петром Шершнем.\n\n– Що нового?\n– Росіяни зайшли в Robotyne.\n\n"
                "– А далі?\n– Російські війська захопили Verbove.\n"
            ),
            "uk",
            "речником бригади Петром Шершнем",
        ),
        (
            (
                "We had a conversation with Anna Berg, an analyst.\n\nWhat is new?\n\nRussian troops have entered "
                "Robotyne.\n\nAnd then?\n\nRussian troops have captured Verbove.\n"
            ),
            "en",
            "Anna Berg",
        ),
    ],
)
def test_who_is_presented_answers(text: str, language: str, source: str) -> None:
    assert list_sources(text, ["Robotyne", "Verbove"], language) == [source, source]


def test_headings_that_ask_are_no_interview() -> None:
    text = (
        "What is new?\n\nRussian troops have entered Robotyne.\n\nAnd then?\n\nRussian troops took Verbove.\n"
    )
    assert list_sources(text, ["Robotyne", "Verbove"], "en") == [None, None]


# ----------------------------------------------------------------------------------------- sources


@pytest.mark.parametrize(
    ("text", "names", "language", "sources"),
    [
        (  # a name before and behind a comma, behind a date
            "On 2 June the head of the region, Anna Berg, acknowledged that Robotyne was under Russian control.",
            ["Robotyne"],
            "en",
            ["the head of the region, Anna Berg"],
        ),
        (
            "According to Petro, a sergeant who keeps count, Russian drones hit Orikhiv.",
            ["Orikhiv"],
            "en",
            ["Petro, a sergeant"],
        ),
        (
            "D’après le défenseur des droits de la région, Jean Martel, les combats se poursuivent à Robotyne.",
            ["Robotyne"],
            "fr",
            ["le défenseur des droits de la région, Jean Martel"],
        ),
        (  # whom "he" names, and by the name that was told first
            (
                "Бригада тримається, сказав речник бригади Петро Шершень. Росіяни зайшли в Robotyne, наголосив Шершень. "
                "Водночас він визнав, що ворог захопив Verbove."
            ),
            ["Robotyne", "Verbove"],
            "uk",
            ["Шершень", "речник бригади Петро Шершень"],
        ),
        (  # where it was said
            "Росіяни зайшли в Robotyne, заявив у четвер на телемарафоні речник бригади Петро Шершень.",
            ["Robotyne"],
            "uk",
            ["речник бригади Петро Шершень"],
        ),
        (  # the part that happened is told of, though another stands between
            "Russian drones hit Orikhiv; two men were hurt, the mayor said.",
            ["Orikhiv"],
            "en",
            ["the mayor"],
        ),
        (  # a relative clause alone is somebody's word
            "The rebels, who the army says are led from abroad, took Robotyne on Monday.",
            ["Robotyne"],
            "en",
            [None],
        ),
        (  # the report goes on in its own voice
            "Russian drones hit Orikhiv, the mayor said, and Russian bombs fell on Robotyne.",
            ["Orikhiv", "Robotyne"],
            "en",
            ["the mayor", None],
        ),
        (  # a source put into the second clause
            "Російські війська захопили Robotyne, а тепер, за словами двох офіцерів, готують наступ на Verbove.",
            ["Robotyne", "Verbove"],
            "uk",
            [None, "двох офіцерів"],
        ),
        (  # what is told of a source
            "L’armée russe, qui revendique la prise de Robotyne, assure que ses soldats sont entrés à Verbove.",
            ["Robotyne", "Verbove"],
            "fr",
            ["L’armée russe", "L’armée russe"],
        ),
        (  # a fear is no word for what the report states beside it
            "The governor fears an assault on Robotyne, and Russian reserves have arrived in Verbove.",
            ["Robotyne", "Verbove"],
            "en",
            ["The governor", None],
        ),
        (  # by which somebody said it
            "Russian troops have entered Robotyne, two residents said by telephone.",
            ["Robotyne"],
            "en",
            ["two residents"],
        ),
        (  # where the fewest words name who speaks
            "The mayor, Anna Berg, is calm: Robotyne, she said, had been hit by Russian drones.",
            ["Robotyne"],
            "en",
            [None],
        ),
        (  # the report itself said it, and somebody only confirms it
            "Росіяни відійшли з Robotyne вранці – Генштаб це вже підтвердив.",
            ["Robotyne"],
            "uk",
            [None],
        ),
        (  # whom the verb before them stands for, behind an auxiliary
            "Deux chars russes sont entrés à Robotyne dimanche, a protesté la mission.",
            ["Robotyne"],
            "fr",
            ["la mission"],
        ),
        (  # a source put into the clause behind "and"
            "Росіяни відійшли з Robotyne, і причиною, на думку опитаних офіцерів, був брак людей.",
            ["Robotyne"],
            "uk",
            [None],
        ),
        (  # a pronoun and where it was said
            "Речник бригади Петро Шершень повідомив про втрати. У Robotyne, сказав він в ефірі, зайшли росіяни.",
            ["Robotyne"],
            "uk",
            ["Речник бригади Петро Шершень"],
        ),
        (  # an adverb with a preposition before the source
            "Между тем Балицкий опроверг слухи о том, что в Robotyne вошли украинские войска.",
            ["Robotyne"],
            "ru",
            ["Балицкий"],
        ),
        (  # what somebody waits for is no source
            "Росіяни стягують під Robotyne піхоту, чекають морозу.",
            ["Robotyne"],
            "uk",
            [None],
        ),
        (  # a side's accounts
            "В ночь на вторник, по украинским данным, российские дроны поразили Robotyne.",
            ["Robotyne"],
            "ru",
            ["украинским данным"],
        ),
        (  # the same ones, as they are called
            (
                "Le ministère russe de la Défense affirme que ses troupes sont entrées à Robotyne. Le même ministère "
                "annonce la prise de Verbove."
            ),
            ["Robotyne", "Verbove"],
            "fr",
            ["Le ministère russe de la Défense", "Le même ministère"],
        ),
        (  # of whom only the words before a quote tell
            'The colonel has no patience with rumours: "Russian troops have entered Robotyne."',
            ["Robotyne"],
            "en",
            ["The colonel"],
        ),
        (  # who fears and who counts
            (
                "Partners warn that the Russians may attack Robotyne. The police counted ten Russian attacks near "
                "Verbove."
            ),
            ["Robotyne", "Verbove"],
            "en",
            ["Partners", "The police"],
        ),
    ],
)
def test_sources(text: str, names: list[str], language: str, sources: list[str | None]) -> None:
    assert list_sources(text, names, language) == sources

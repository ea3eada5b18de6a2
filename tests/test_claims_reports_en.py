"""English: how wires, live blogs and daily assessments word what they tell, and who says so."""

from __future__ import annotations

import pytest
from wording import read_text

from geo.model import Claim


def tell(claim: Claim) -> str:
    """Return kind, status, actors and place of a claim in one line."""
    return " ".join([claim.kind, claim.status, "+".join(claim.actors) or "-", claim.place.toponym.name])


def read(text: str, *names: str, country: str = "UA") -> list[str]:
    return [tell(claim) for claim in read_text(text, list(names), "en", country=country)]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "People who fled Bara on Thursday said Russian troops had entered Lyman.",
            "People who fled Bara on Thursday",
        ),
        (
            "An officer who asked not to be named said Russian troops had entered Lyman.",
            "An officer who asked not to be named",
        ),
        (
            "A Ukrainian brigade operating in the sector reported that Russian troops had entered Lyman.",
            "A Ukrainian brigade operating in the sector",
        ),
        (
            "A soldier fighting there, who spoke on condition of anonymity, said some units had left Lyman.",
            "A soldier fighting there",
        ),
        ("Footage verified by the Daily Post shows Russian soldiers raising a flag in Lyman.", None),
        (
            "Russian troops shelled Lyman, and by noon their spokesman Lev Orlov declared the town liberated.",
            "their spokesman Lev Orlov",
        ),
    ],
)
def test_source_that_a_clause_of_its_own_describes(text: str, source: str | None) -> None:
    assert read_text(text, ["Lyman"], "en")[-1].attribution == source


def test_relative_whose_subject_speaks_is_no_source() -> None:
    claims = read_text("The group that the army says holds Lyman has lost two posts.", ["Lyman"], "en")
    assert [claim.attribution for claim in claims] == ["the army"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Russia's ministry said its forces took Lyman and pushed back Ukrainian units near Torske.",
            "advance reported RUS Torske",
        ),
        (
            "Ukraine took Lyman. Up to 100 Russian soldiers remain isolated in Torske.",
            "concentration reported RUS Torske",
        ),
    ],
)
def test_men_who_are_driven_out_or_counted_are_no_subject(text: str, told: str) -> None:
    assert read(text, "Lyman", "Torske")[-1] == told


def test_forces_gather_in_one_place_for_an_assault_on_another() -> None:
    found = read("Russia is massing troops in Torske for an assault on Lyman.", "Torske", "Lyman")
    assert found == ["concentration reported RUS Torske", "advance expected RUS Lyman"]


def test_as_well_as_goes_on_with_a_list() -> None:
    found = read(
        "Russian forces advanced near Torske, as well as near Lyman, a monitor said.", "Torske", "Lyman"
    )
    assert found == ["advance reported RUS Torske", "advance reported RUS Lyman"]


def test_day_of_footage_is_not_that_of_what_also_happened() -> None:
    text = (
        "Footage published on June 7 shows that Russian forces advanced in Torske. "
        "Russian forces also attacked near Lyman."
    )
    first, second = read_text(text, ["Torske", "Lyman"], "en", publisher="Front Institute")
    assert (str(first.time.end), str(second.time.end)) == ("2025-06-07", "2025-06-10")


@pytest.mark.parametrize(
    "text",
    [
        "The Land Forces said in a statement that Ukrainian posts near Lyman are calm.",
        "Russian trains stopped: the train line near Lyman is closed.",
        "Sixteen Russian drones vanished from radar near Lyman.",
        "A soldier photographed a bombed-out house in Lyman.",
    ],
)
def test_words_that_only_look_like_deeds(text: str) -> None:
    assert read(text, "Lyman") == []

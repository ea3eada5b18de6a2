"""Who speaks through others, behind passives, or beside them, in English reports."""

from __future__ import annotations

import pytest
from wording import read_text

from geo.model import Claim


def tell(claim: Claim) -> str:
    """Return kind, status, actors and place of a claim in one line."""
    return " ".join([claim.kind, claim.status, "+".join(claim.actors) or "-", claim.place.toponym.name])


def read(text: str, *names: str, country: str = "UA") -> list[str]:
    return [tell(claim) for claim in read_text(text, list(names), "en", country=country)]


SPOKEN = [
    (
        "Three people briefed on the matter said Russian troops entered Lyman.",
        "Three people briefed on the matter",
    ),
    (
        "Local officials working under the occupation authorities said a drone hit Lyman.",
        "Local officials working under the occupation authorities",
    ),
    (
        "The general was quoted by a news agency as saying that Russian troops had entered Lyman.",
        "The general",
    ),
    ("Russian troops have taken Lyman, TASS quoted the defence ministry as saying.", "the defence ministry"),
    ("Russian troops were said by local people to have entered Lyman.", "local people"),
    (
        "Russian troops have taken Lyman, a state agency reported, citing the defence ministry.",
        "the defence ministry",
    ),
    (
        "A news agency, citing an unnamed official, said Russian troops had taken Lyman.",
        "an unnamed official",
    ),
    (
        "Russia struck Lyman, Lev Orlov, the president's chief of staff, wrote on Telegram.",
        "Lev Orlov, the president's chief of staff",
    ),
    (
        "“They shelled Lyman all night,” Olha Bondar, a shopkeeper, told the Daily Post.",
        "Olha Bondar, a shopkeeper",
    ),
    ("“They shelled Lyman all night,” said Olha Bondar, a shopkeeper.", "Olha Bondar, a shopkeeper"),
    ("The institute said in its latest report that Russian forces had advanced in Lyman.", "The institute"),
    ("Soldiers defending it told reporters Russian troops had entered Lyman.", "Soldiers defending it"),
    ("Users posted videos of a fire at the refinery in Lyman after a drone strike.", None),
]


@pytest.mark.parametrize(("text", "source"), SPOKEN)
def test_who_speaks_through_or_beside_others(text: str, source: str | None) -> None:
    assert read_text(text, ["Lyman"], "en")[0].attribution == source

"""Which group acts in a war within one country, in five languages."""

from __future__ import annotations

import pytest
from test_claims_courses import resolve

from geo.claims.parties import PARTIES, home_of
from geo.claims.read import read_claims
from geo.claims.sides import ALPHA3
from geo.language.lexicon import list_languages, load_lexicon
from geo.model import Claim, ControlStatus, Report


def read(tag: str, text: str, *places: str) -> tuple[Claim, ...]:
    report = Report(id="r", text=text, language=tag, publisher="Harbour Wire")
    return read_claims(report, tuple(resolve(text, place) for place in places), load_lexicon(tag)).claims


def tell(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    return [(claim.kind.value, claim.place.toponym.name, claim.party) for claim in claims]


@pytest.mark.parametrize(
    ("tag", "army", "rebels"),
    [
        ("en", "The Sudanese army captured Aville.", "The Rapid Support Forces captured Aville."),
        ("fr", "L'armée soudanaise a pris Aville.", "Les FSR ont pris Aville."),
        ("uk", "Суданська армія захопила Aville.", "Сили швидкої підтримки захопили Aville."),
        ("ru", "Суданская армия захватила Aville.", "Силы быстрой поддержки захватили Aville."),
        ("de", "Die sudanesische Armee eroberte Aville.", "Die RSF eroberten Aville."),
    ],
)
def test_army_and_rebels_of_one_country_are_told_apart(tag: str, army: str, rebels: str) -> None:
    for text, party in ((army, "SDN"), (rebels, "RSF")):
        (claim,) = read(tag, text, "Aville")
        assert (claim.actors, claim.party) == (("SDN",), party)


def test_from_whom_a_place_is_taken_does_not_act() -> None:
    (claim,) = read("en", "Sudan's army recaptured Aville from the Rapid Support Forces.", "Aville")
    assert claim.party == "SDN"


def test_a_pronoun_takes_up_the_group_of_the_sentence_before() -> None:
    text = "M23 fighters seized Aville. They also hold Btown."
    assert tell(read("en", text, "Aville", "Btown")) == [
        ("control", "Aville", "M23"),
        ("control", "Btown", "M23"),
    ]


def test_the_rebels_are_the_one_group_that_a_report_names() -> None:
    text = "Hayat Tahrir al-Sham leads the offensive. The rebels captured Aville."
    assert read("en", text, "Aville")[-1].party == "HTS"


def test_rebels_are_no_group_that_is_named_only_later() -> None:
    text = "The rebels captured Aville, Syrian officials said. The Syrian Democratic Forces hold Btown."
    assert [claim.party for claim in read("en", text, "Aville", "Btown")] == ["", "SDF"]


def test_an_army_without_a_name_is_not_the_group_that_acted_before() -> None:
    text = "The RSF captured Aville. Then the army withdrew from Btown, Sudanese officials said."
    assert tell(read("en", text, "Aville", "Btown")) == [
        ("control", "Aville", "RSF"),
        ("withdrawal", "Btown", "SDN"),
    ]


def test_whose_army_says_so_acts() -> None:
    (claim,) = read("en", "Sudan's army says its soldiers have captured Aville.", "Aville")
    assert (claim.party, claim.asserted_party) == ("SDN", "SDN")


def test_a_place_that_passes_between_groups_is_told_twice() -> None:
    text = "The RSF captured Aville. The Sudanese army captured Aville on Monday."
    start = text.rindex("Aville")
    first = resolve(text, "Aville")
    from dataclasses import replace

    span = replace(first.toponym.span, start=start, end=start + 6)
    second = replace(first, toponym=replace(first.toponym, span=span, name_span=span))
    report = Report(id="r", text=text, language="en", publisher="Harbour Wire")
    claims = read_claims(report, (first, second), load_lexicon("en")).claims
    assert [claim.party for claim in claims] == ["RSF", "SDN"]


def test_the_other_groups_word_is_no_claim_of_ones_own() -> None:
    (theirs,) = read("en", "The Sudanese army said the RSF had seized Aville.", "Aville")
    assert (theirs.party, theirs.asserted_party) == ("RSF", "SDN")
    assert theirs.control_status is ControlStatus.STATED
    (own,) = read("en", "The RSF said it had seized Aville.", "Aville")
    assert (own.party, own.asserted_party) == ("RSF", "RSF")
    assert own.control_status is ControlStatus.CLAIMED


def test_a_state_at_war_with_another_has_no_groups() -> None:
    (claim,) = read("en", "Russian troops captured Aville.", "Aville")
    assert (claim.actors, claim.party) == (("RUS",), "")


def test_every_lexicon_names_every_group_and_every_state() -> None:
    for tag in list_languages():
        groups = load_lexicon(tag).table("claims")["party"]
        assert set(groups) == set(PARTIES) | set(PARTIES.values())
        assert set(groups) <= set(load_lexicon(tag).table("interface")["sides"])
    assert {home_of(code) for code in PARTIES} <= {*ALPHA3.values(), "SOM"}

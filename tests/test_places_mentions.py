"""Every mention of a place, for counting: also as part of a public body's name, as initials, and after a hyphen."""

import pytest

from geo.language.lexicon import load_lexicon
from geo.model import Report
from geo.places.gazetteer import Gazetteer, open_gazetteer
from geo.places.read import read_places


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def list_names(text: str, gazetteer: Gazetteer, *, every_mention: bool) -> list[str]:
    report = Report(id="r", text=text, language="en")
    found = read_places(report, load_lexicon("en"), gazetteer, every_mention=every_mention)
    return [one.toponym.name_span.exact for one in found]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Soldiers of a US unit came home.", ["US"]),
        ("Queensland Police said a man had drowned.", ["Queensland"]),
        ("Kentucky State Police say he was armed.", ["Kentucky"]),
        ("He called the Glasgow Police Department.", ["Glasgow"]),
        ("A Denver-based firm built it.", ["Denver"]),
        ("The United States Department of Agriculture paid.", ["United States"]),
    ],
)
def test_a_mention_within_another_name_is_counted(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert list_names(text, gazetteer, every_mention=True) == names
    assert list_names(text, gazetteer, every_mention=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "It cost US$10 a month.",
        "Federal Police said so.",
        "Honey-bees are fewer.",
        "The Royal Court ruled.",
    ],
)
def test_what_only_looks_like_one_is_not(text: str, gazetteer: Gazetteer) -> None:
    assert list_names(text, gazetteer, every_mention=True) == []


def test_a_county_keeps_its_word(gazetteer: Gazetteer) -> None:
    names = list_names("The Whitley County Council met.", gazetteer, every_mention=True)
    assert names == ["Whitley County"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("“Don’t forget Aleppo,” he said.", ["Aleppo"]),
        ("Mr Paterson's legs were hurt. Paterson fled to Leeds.", ["Leeds"]),
        ("The White House said that Hurricane Katrina hit Biloxi.", ["Biloxi"]),
        ("BAMAKO - Soldiers left Gao.", ["BAMAKO", "Gao"]),
    ],
)
def test_words_and_persons_are_no_places(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert list_names(text, gazetteer, every_mention=True) == names


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ЦАХАЛ бомбардує сектор Гази.", "uk"),
        ("Удары нанесены по сектору Газа.", "ru"),
        ("Des frappes ont touché la bande de Gaza.", "fr"),
    ],
)
def test_a_name_may_begin_with_a_small_word(text: str, language: str, gazetteer: Gazetteer) -> None:
    report = Report(id="r", text=text, language=language)
    (found,) = read_places(report, load_lexicon(language), gazetteer)
    assert found.place is not None
    assert found.place.name == "Gaza Strip"


@pytest.mark.parametrize(
    "name", ["Wolfe Island", "Lake Pontchartrain", "Nobbys Beach", "Mount Sheridan", "Salinas Valley"]
)
def test_a_landscape_is_one_name(name: str, gazetteer: Gazetteer) -> None:
    text = f"A boat was found off {name} on Monday."
    assert list_names(text, gazetteer, every_mention=True) == [name]


def test_an_unknown_mention_stands_beside_its_neighbour(gazetteer: Gazetteer) -> None:
    report = Report(id="r", text="The Quibbly River floods. Police in Winnipeg said so.", language="en")
    found = read_places(report, load_lexicon("en"), gazetteer, every_mention=True)
    river = next(one.place for one in found if "Quibbly" in one.toponym.name)
    assert river is not None
    assert (river.gazetteer, river.country_code) == ("guess", "CA")
    assert river.coordinate_uncertainty_m >= 100_000
    sure = read_places(report, load_lexicon("en"), gazetteer)
    assert all(one.place is None or one.place.gazetteer != "guess" for one in sure)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They live around Cox's Bazar now.", ["Cox's Bazar"]),
        ("Gallatin beat Mt. Juliet on Friday.", ["Gallatin", "Mt. Juliet"]),
        ("A fire truck of the Oyo State Fire Service came to Ibadan.", ["Oyo State", "Ibadan"]),
        ("A slide shut U.S. 27 below Summerville.", ["Summerville"]),
        ("Officials in Ishikawa prefecture fled.", ["Ishikawa"]),
    ],
)
def test_names_are_taken_whole(text: str, names: list[str], gazetteer: Gazetteer) -> None:
    assert list_names(text, gazetteer, every_mention=True) == names

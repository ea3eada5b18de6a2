"""From where to where movements go, in five languages: places by hand, no gazetteer is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from geo.claims.read import read_claims
from geo.language.lexicon import load_lexicon
from geo.model import Claim, Kind, Place, PlaceKind, Relation, RelationKind, Report, Resolution, Span, Toponym

ISSUED = datetime(2025, 1, 10, 12, tzinfo=UTC)
AT = Relation()


def resolve(text: str, name: str, kind: PlaceKind = PlaceKind.SETTLEMENT, relation: Relation = AT):
    start = text.index(name)
    span = Span(report_id="r", start=start, end=start + len(name), exact=name)
    place = Place(
        gazetteer="test", id=name, name=name, latitude=48.0, longitude=37.0, kind=kind, country_code="UA"
    )
    toponym = Toponym(span=span, name=name, name_span=span, relation=relation)
    return Resolution(toponym=toponym, place=place, score=1.0)


def read(tag: str, text: str, *places: str | Resolution, kind: Kind = Kind.ADVANCE) -> tuple[Claim, ...]:
    found = tuple(p if isinstance(p, Resolution) else resolve(text, p) for p in places)
    report = Report(id="r", text=text, language=tag, publisher="Harbour Wire", issued=ISSUED)
    return tuple(c for c in read_claims(report, found, load_lexicon(tag)).claims if c.kind is kind)


def tell(claim: Claim) -> tuple[str, str, str, str, str]:
    """Return the place of a claim, and of its course start, way, aim and direction."""
    course = claim.course
    assert course is not None
    name = [one.toponym.name if one else "" for one in (course.start, course.aim)]
    way = ";".join(one.toponym.name for one in course.way)
    return claim.place.toponym.name, name[0], way, name[1], course.direction or ""


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Russian forces advanced from Aville towards Btown."),
        ("en", "Russian forces advanced towards Btown from Aville."),
        ("en", "Russian forces are pushing from Aville to Btown, officials said."),
        ("en", "Russian forces advanced from Aville in the general direction of Btown."),
        ("fr", "Les forces russes ont avancé de Aville vers Btown."),
        ("fr", "Les troupes russes progressent depuis Aville en direction de Btown."),
        ("fr", "Les troupes russes avancent vers Btown depuis Aville."),
        ("uk", "Російські війська просунулися з Aville у напрямку Btown."),
        ("uk", "Російські війська просуваються в бік Btown з боку Aville."),
        ("ru", "Российские войска продвинулись из Aville в сторону Btown."),
        ("ru", "Российские войска наступают на Btown со стороны Aville."),
        ("de", "Russische Truppen rückten von Aville in Richtung Btown vor."),
        ("de", "Russische Truppen rücken aus Aville auf Btown vor."),
    ],
)
def test_an_advance_from_a_start_to_an_aim_is_one_advance_at_its_aim(tag, text):
    (claim,) = read(tag, text, *sorted(("Aville", "Btown"), key=text.index))
    assert tell(claim) == ("Btown", "Aville", "", "Btown", "")
    span = claim.course.span
    assert span.exact == text[span.start : span.end]
    assert "Aville" in span.exact
    assert "Btown" in span.exact


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Russian forces advanced from Aville through Cfield towards Btown."),
        ("fr", "Les forces russes ont avancé de Aville à Btown en passant par Cfield."),
        ("uk", "Російські війська наступають із Aville на Btown через Cfield."),
        ("ru", "Войска наступают из Aville на Btown через Cfield."),
        ("de", "Russische Truppen stießen von Aville über Cfield nach Btown vor."),
    ],
)
def test_what_lies_on_the_way_stands_between_start_and_aim(tag, text):
    claims = read(tag, text, *sorted(("Aville", "Btown", "Cfield"), key=text.index))
    told = [tell(claim) for claim in claims if claim.course is not None]
    assert told == [("Btown", "Aville", "Cfield", "Btown", "")]
    assert "Aville" not in {claim.place.toponym.name for claim in claims}


@pytest.mark.parametrize(
    ("tag", "text", "direction"),
    [
        ("en", "Russian troops advanced on Btown from the south.", "N"),
        ("en", "Russian troops advanced westwards near Btown.", "W"),
        ("fr", "Les troupes russes avancent sur Btown depuis le nord.", "S"),
        ("uk", "Російські війська наступають на Btown з півдня.", "N"),
        ("ru", "Российские войска наступают на Btown с востока.", "W"),
        ("de", "Russische Truppen rücken aus dem Süden auf Btown vor.", "N"),
    ],
)
def test_words_of_the_compass_give_a_direction(tag, text, direction):
    (claim,) = read(tag, text, "Btown")
    assert claim.course.direction == direction
    assert claim.course.start is None


@pytest.mark.parametrize(
    "text",
    [
        "Russian troops advanced in Btown.",
        "Russian troops advanced on the outskirts of Btown.",
        "Russian troops advanced in Btown, the largest town in the east, officials said.",
        "Russian troops advanced in Btown, some 40 kilometres to the north of the river.",
    ],
)
def test_where_nothing_tells_a_way_there_is_none(text):
    (claim,) = read("en", text, "Btown")
    assert claim.course is None


def test_two_ways_in_one_sentence_stay_apart():
    text = "Russian forces pushed from Aville toward Btown and from Cfield toward Dburg."
    claims = read("en", text, "Aville", "Btown", "Cfield", "Dburg")
    told = {tell(claim)[:4] for claim in claims}
    assert told == {("Btown", "Aville", "", "Btown"), ("Dburg", "Cfield", "", "Dburg")}


def test_aims_in_a_list_share_their_start():
    claims = read(
        "en", "Russian forces advanced from Aville to Btown and Cfield.", "Aville", "Btown", "Cfield"
    )
    assert {tell(claim)[:2] for claim in claims} == {("Btown", "Aville"), ("Cfield", "Aville")}


def test_an_advance_near_one_place_towards_another_keeps_both():
    text = "Russian troops advanced near Aville towards Btown."
    near = resolve(text, "Aville", relation=Relation(kind=RelationKind.NEAR))
    claims = read("en", text, near, "Btown")
    assert [claim.place.toponym.name for claim in claims] == ["Aville", "Btown"]
    assert claims[0].course is None
    assert tell(claims[1]) == ("Btown", "Aville", "", "Btown", "")


def test_words_within_a_relation_tell_no_part_of_a_way():
    text = "Сили оборони просунулися на південь від Aville у бік Btown."
    south = resolve(text, "Aville", relation=Relation(kind=RelationKind.SIDE_OF, direction="S"))
    start = text.index("на південь")
    span = Span(report_id="r", start=start, end=text.index(" у бік"), exact="на південь від Aville")
    south = replace(south, toponym=replace(south.toponym, span=span))
    claims = read("uk", text, south, "Btown")
    told = {claim.place.toponym.name: claim.course for claim in claims}
    assert told["Aville"] is None
    assert told["Btown"].start.toponym.relation.direction == "S"


def test_a_distance_from_a_place_is_no_start():
    text = "Russian troops advanced, standing seven kilometres from Aville, and pushed towards Btown."
    apart = Relation(kind=RelationKind.DISTANCE, distance_km_low=7, distance_km_high=7)
    claims = read("en", text, resolve(text, "Aville", relation=apart), "Btown")
    assert "Aville" in {claim.place.toponym.name for claim in claims}


def test_only_advances_have_courses():
    text = "Russian forces shelled Btown from Aville."
    report = Report(id="r", text=text, language="en", issued=ISSUED)
    places = (resolve(text, "Btown"), resolve(text, "Aville"))
    assert all(claim.course is None for claim in read_claims(report, places, load_lexicon("en")).claims)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Ukrainian forces withdrew from Aville towards Btown."),
        ("en", "Russian troops retreated from Aville to Btown, officials said."),
        ("fr", "L'armée ukrainienne s'est retirée de Aville vers Btown."),
        ("fr", "Les forces russes se sont repliées de Aville sur Btown."),
        ("uk", "Українські війська відійшли з Aville до Btown."),
        ("uk", "Російські війська відступили з Aville у напрямку Btown."),
        ("ru", "Украинские войска отступили из Aville в сторону Btown."),
        ("ru", "Российские войска отошли из Aville к Btown."),
        ("de", "Ukrainische Truppen zogen sich aus Aville in Richtung Btown zurück."),
    ],
)
def test_a_withdrawal_starts_where_they_leave(tag, text):
    (claim,) = read(tag, text, "Aville", "Btown", kind=Kind.WITHDRAWAL)
    assert tell(claim) == ("Aville", "Aville", "", "Btown", "")
    assert {"Aville", "Btown"} <= set(claim.course.span.exact.split())


def test_a_withdrawal_in_a_direction_of_the_compass():
    text = "The Ukrainian 72nd brigade pulled back westwards from Aville."
    (claim,) = read("en", text, "Aville", kind=Kind.WITHDRAWAL)
    assert tell(claim) == ("Aville", "Aville", "", "", "W")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Ukrainian forces withdrew from Aville.", ("Aville",)),
        ("Ukrainian forces withdrew from Aville, while Russian units shelled Btown.", ("Aville", "Btown")),
    ],
)
def test_a_withdrawal_whose_way_nobody_tells_has_no_course(text, places):
    (claim,) = read("en", text, *places, kind=Kind.WITHDRAWAL)
    assert claim.course is None

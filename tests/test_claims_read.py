"""What sentences state, with places made by hand: no gazetteer is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.claims.read import ClaimSettings, read_claims
from geo.language.lexicon import load_lexicon
from geo.model import (
    Claim,
    ControlStatus,
    Place,
    PlaceKind,
    Relation,
    RelationKind,
    Report,
    Resolution,
    Span,
    Toponym,
)

ISSUED = datetime(2025, 1, 10, 12, tzinfo=UTC)


def resolve(
    text: str, name: str, kind: PlaceKind = PlaceKind.SETTLEMENT, country: str = "UA", **more
) -> Resolution:
    start = text.index(name)
    span = Span(report_id="r", start=start, end=start + len(name), exact=name)
    place = Place(
        gazetteer="test", id=name, name=name, latitude=48.0, longitude=37.0, kind=kind, country_code=country
    )
    return Resolution(toponym=Toponym(span=span, name=name, name_span=span, **more), place=place, score=1.0)


def resolve_last(text: str, name: str) -> Resolution:
    found = resolve(text, name)
    start = text.rindex(name)
    span = replace(found.toponym.span, start=start, end=start + len(name))
    return replace(found, toponym=replace(found.toponym, span=span, name_span=span))


def read(
    tag: str, text: str, *places: str | Resolution, publisher: str = "Harbour Wire"
) -> tuple[Claim, ...]:
    resolutions = tuple(p if isinstance(p, Resolution) else resolve(text, p) for p in places)
    report = Report(id="r", text=text, language=tag, publisher=publisher, issued=ISSUED)
    return read_claims(report, resolutions, load_lexicon(tag)).claims


def tell(claims: tuple[Claim, ...]) -> set[tuple[str, str, str, str]]:
    return {(c.kind.value, c.status.value, ";".join(c.actors), c.place.toponym.name) for c in claims}


# The same things said in five languages must be read alike; the fifth is a file and nothing more.
SAME = {
    "strike": {
        "en": ("Russian drones hit Sumy overnight.", "Sumy"),
        "fr": ("Des drones russes ont frappé Soumy dans la nuit.", "Soumy"),
        "uk": ("Російські дрони вночі вдарили по Сумах.", "Сумах"),
        "ru": ("Российские дроны ночью ударили по Сумам.", "Сумам"),
        "de": ("Russische Drohnen trafen Sumy in der Nacht.", "Sumy"),
    },
    "control": {
        "en": ("Russian troops captured Sumy.", "Sumy"),
        "fr": ("Les troupes russes ont pris Soumy.", "Soumy"),
        "uk": ("Російські війська захопили Суми.", "Суми"),
        "ru": ("Российские войска захватили Сумы.", "Сумы"),
        "de": ("Russische Truppen haben Sumy erobert.", "Sumy"),
    },
    "advance": {
        "en": ("Russian forces advanced near Sumy.", "Sumy"),
        "fr": ("Les forces russes ont progressé près de Soumy.", "Soumy"),
        "uk": ("Російські війська просунулися біля Сум.", "Сум"),
        "ru": ("Российские войска продвинулись у Сум.", "Сум"),
        "de": ("Russische Truppen sind bei Sumy vorgerückt.", "Sumy"),
    },
    "withdrawal": {
        "en": ("Russian units withdrew from Sumy.", "Sumy"),
        "fr": ("Les unités russes se sont retirées de Soumy.", "Soumy"),
        "uk": ("Російські підрозділи відійшли із Сум.", "Сум"),
        "ru": ("Российские подразделения отошли из Сум.", "Сум"),
        "de": ("Russische Einheiten haben sich aus Sumy zurückgezogen.", "Sumy"),
    },
    "concentration": {
        "en": ("Russia is massing troops near Sumy.", "Sumy"),
        "fr": ("La Russie masse des troupes près de Soumy.", "Soumy"),
        "uk": ("Росія стягує війська до Сум.", "Сум"),
        "ru": ("Россия стягивает войска к Сумам.", "Сумам"),
        "de": ("Russland zieht Truppen bei Sumy zusammen.", "Sumy"),
    },
    "clash": {
        "en": ("Russian troops attacked positions near Sumy.", "Sumy"),
        "fr": ("Les troupes russes ont lancé neuf assauts près de Soumy.", "Soumy"),
        "uk": ("Російські війська штурмували Суми.", "Суми"),
        "ru": ("Российские войска штурмовали Сумы.", "Сумы"),
        "de": ("Russische Truppen stürmten Sumy.", "Sumy"),
    },
}


@pytest.mark.parametrize(("kind", "tag"), [(kind, tag) for kind in SAME for tag in SAME[kind]])
def test_each_kind_in_each_language(kind, tag):
    text, name = SAME[kind][tag]
    assert tell(read(tag, text, name)) == {(kind, "reported", "RUS", name)}


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "Russian forces did not advance near Sumy.", "Sumy"),
        ("fr", "Les forces russes n’ont pas progressé près de Soumy.", "Soumy"),
        ("uk", "Російські війська не просунулися біля Сум.", "Сум"),
        ("ru", "Российские войска не продвинулись у Сум.", "Сум"),
        ("en", "Reports that Russian forces have entered Sumy are false.", "Sumy"),
        ("fr", "La rumeur d’une percée russe à Soumy est un mensonge.", "Soumy"),
        ("uk", "Чутки про прорив росіян у Суми – брехня.", "Суми"),
        ("ru", "Сообщения о прорыве россиян в Сумы – ложь.", "Сумы"),
    ],
)
def test_plain_negatives_and_falsehoods_are_denied(tag, text, name):
    assert tell(read(tag, text, name)) == {("advance", "denied", "RUS", name)}


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "Russia plans an offensive on Sumy.", "Sumy"),
        ("fr", "La Russie prépare une offensive sur Soumy.", "Soumy"),
        ("uk", "Росія готує наступ на Суми.", "Суми"),
        ("ru", "Россия готовит наступление на Сумы.", "Сумы"),
        ("en", "Russian troops will try to take Sumy.", "Sumy"),
    ],
)
def test_a_planned_assault_is_an_expected_advance(tag, text, name):
    assert tell(read(tag, text, name)) == {("advance", "expected", "RUS", name)}


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "Our defenders repelled 11 enemy assaults near Sumy.", "Sumy"),
        ("fr", "Nos soldats ont repoussé onze attaques ennemies près de Soumy.", "Soumy"),
        ("uk", "Наші захисники відбили 11 атак противника біля Сум.", "Сум"),
    ],
)
def test_a_general_staff_that_repels_names_both_sides(tag, text, name):
    publisher = {
        "en": "General Staff of the Armed Forces of Ukraine",
        "fr": "État-major général des forces armées d’Ukraine",
        "uk": "Генеральний штаб Збройних Сил України",
    }[tag]
    (claim,) = read(tag, text, name, publisher=publisher)
    assert (claim.kind, claim.actors) == ("clash", ("RUS", "UKR"))
    assert claim.count is not None
    assert (claim.count.low, claim.count.high, claim.count.unit) == (11, 11, "clashes")


def test_drones_shot_down_are_a_strike_with_the_number_of_that_place():
    text = "Российские ПВО сбили 45 украинских беспилотников: 27 – над Курском, 18 – над Орлом."
    claims = read("ru", text, resolve(text, "Курском", country="RU"), resolve(text, "Орлом", country="RU"))
    assert tell(claims) == {("strike", "reported", "UKR", "Курском"), ("strike", "reported", "UKR", "Орлом")}
    assert [c.count.low for c in claims if c.count] == [27, 18]


def test_the_direction_bears_the_count_of_several_places():
    text = "In the Lyman direction, Russian troops carried out 14 assaults near Torske and Terny."
    axis = resolve(text, "Lyman", relation=Relation(kind=RelationKind.AXIS))
    claims = read("en", text, axis, "Torske", "Terny")
    assert {c.place.toponym.name: c.count.low if c.count else None for c in claims} == {
        "Lyman": 14,
        "Torske": None,
        "Terny": None,
    }


def test_with_one_place_the_direction_gives_no_claim():
    text = "In the Lyman direction, Russian troops carried out 14 assaults near Torske."
    axis = resolve(text, "Lyman", relation=Relation(kind=RelationKind.AXIS))
    (claim,) = read("en", text, axis, "Torske")
    assert claim.place.toponym.name == "Torske"
    assert claim.count is not None
    assert claim.count.low == 14


@pytest.mark.parametrize(
    ("tag", "text", "name", "source"),
    [
        ("en", "Russian troops captured Sumy, the local council said.", "Sumy", "the local council"),
        ("en", "According to two officials, Russian troops captured Sumy.", "Sumy", "two officials"),
        ("fr", "Les troupes russes ont pris Soumy, selon le maire.", "Soumy", "le maire"),
        ("uk", "Російські війська захопили Суми, повідомив губернатор.", "Суми", "губернатор"),
        ("ru", "Российские войска захватили Сумы – Минобороны.", "Сумы", "Минобороны"),
        ("ru", "Военблогеры: российские войска захватили Сумы.", "Сумы", "Военблогеры"),
        ("en", "Russian troops captured Sumy.", "Sumy", None),
    ],
)
def test_who_says_so(tag, text, name, source):
    (claim,) = read(tag, text, name)
    assert claim.attribution == source


def test_control_is_claimed_by_the_holders_side_and_stated_by_others():
    mine = "The Russian defence ministry said its troops had taken Sumy."
    yours = "The Ukrainian army said Russian troops had taken Sumy."
    assert [c.control_status for c in read("en", mine, "Sumy")] == [ControlStatus.CLAIMED]
    assert [c.control_status for c in read("en", yours, "Sumy")] == [ControlStatus.STATED]


def test_a_denial_of_what_was_just_said_is_a_second_claim():
    text = "Two Russian rockets hit Sumy. Moscow denies it."
    assert {(c.kind, c.status, c.attribution) for c in read("en", text, "Sumy")} == {
        ("strike", "reported", None),
        ("strike", "denied", "Moscow"),
    }


def test_the_time_of_the_clause_dates_the_claim():
    text = "Russian troops captured Sumy on January 8, and on January 9 they shelled Lyman."
    dates = {c.place.toponym.name: c.time.start for c in read("en", text, "Sumy", "Lyman")}
    assert dates == {"Sumy": date(2025, 1, 8), "Lyman": date(2025, 1, 9)}


def test_undated_claims_have_the_day_of_publication():
    (claim,) = read("en", "Russian troops captured Sumy.", "Sumy")
    assert (claim.time.start, claim.time.end) == (date(2025, 1, 10), date(2025, 1, 10))


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "Will Russian troops capture Sumy?", "Sumy"),
        ("en", "Kyiv asks Washington for permission to strike targets near Sumy with missiles.", "Sumy"),
        ("en", "If Russian troops capture Sumy, aid will stop.", "Sumy"),
        ("fr", "Les troupes russes prendront-elles Soumy ?", "Soumy"),
        (
            "en",
            "The striker scored two goals as Sumy attacked; the coach praised the match and the league.",
            "Sumy",
        ),
        ("en", "The museum in Sumy shows old maps.", "Sumy"),
    ],
)
def test_questions_pleas_conditions_and_sport_give_none(tag, text, name):
    assert read(tag, text, name) == ()


def test_quotes_and_places_are_cut_from_the_text():
    text = "Quiet day. Russian drones hit Sumy overnight. Nobody was hurt."
    (claim,) = read("en", text, "Sumy")
    assert (
        text[claim.quote.start : claim.quote.end] == claim.quote.exact == "Russian drones hit Sumy overnight."
    )


def test_unknown_places_are_kept_without_a_point_or_rejected_with_a_reason():
    text = "Russian drones hit Nowhereville."
    span = Span(report_id="r", start=20, end=31, exact="Nowherevill")
    unknown = Resolution(toponym=Toponym(span=span, name="Nowhereville", name_span=span), place=None)
    report = Report(id="r", text=text, language="en", issued=ISSUED)
    kept = read_claims(report, (unknown,), load_lexicon("en"), ClaimSettings(keep_unplaced=True))
    assert [claim.place.place for claim in kept.claims] == [None]
    result = read_claims(report, (unknown,), load_lexicon("en"), ClaimSettings(keep_unplaced=False))
    assert result.claims == ()
    assert [r.reason for r in result.rejections] == ["the place is not known"]


def test_an_id_is_stable_and_tells_claims_apart():
    text = "Russian drones hit Sumy and Lyman."
    first, second = read("en", text, "Sumy", "Lyman")
    again, _ = read("en", text, "Sumy", "Lyman")
    assert first.id == again.id != second.id
    assert len(first.id) == 16


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        (
            "en",
            "Some 9,000 Russian soldiers are preparing for an offensive. The aim is to capture Lyman.",
            "Lyman",
        ),
        (
            "fr",
            "Environ 9 000 soldats russes se préparent à une offensive. Leur but ? Prendre Lyman.",
            "Lyman",
        ),
        ("ru", "Около 9000 российских солдат готовятся к наступлению. Их цель – захватить Лиман.", "Лиман"),
        ("uk", "Близько 9000 російських солдатів готуються до наступу. Їхня мета – захопити Лиман.", "Лиман"),
    ],
)
def test_forces_gather_for_the_aim_that_is_named_next(tag, text, name):
    claims = read(tag, text, name)
    told = {(c.kind, c.status, c.actors, c.count.low if c.count else None) for c in claims}
    assert told == {
        ("concentration", "reported", ("RUS",), 9000),
        ("advance", "expected", ("RUS",), None),
    }


@pytest.mark.parametrize(
    ("tag", "text", "name"),
    [
        ("en", "Russia plans an offensive on Lyman. This assault would involve 9,000 soldiers.", "Lyman"),
        ("fr", "La Russie prépare une offensive sur Lyman. Cet assaut mobiliserait 9 000 soldats.", "Lyman"),
        ("ru", "Россия готовит наступление на Лиман. В этом наступлении задействуют 9000 солдат.", "Лиман"),
        ("uk", "Росія готує наступ на Лиман. У цьому наступі задіють 9000 солдатів.", "Лиман"),
    ],
)
def test_this_assault_brings_its_forces_to_the_one_told_before(tag, text, name):
    (claim,) = read(tag, text, name)
    assert (claim.kind, claim.status) == ("advance", "expected")
    assert claim.count is not None
    assert claim.count.low == 9000


def test_a_place_that_only_locates_another_gives_none():
    text = "North of Sumy, in Khotin, Russian drones hit a bridge."
    north = resolve(text, "Sumy", relation=Relation(kind=RelationKind.SIDE_OF))
    assert tell(read("en", text, north, "Khotin")) == {("strike", "reported", "RUS", "Khotin")}
    text = "Russian forces attacked north of Sumy near Khotin but did not advance."
    north = resolve(text, "Sumy", relation=Relation(kind=RelationKind.SIDE_OF))
    near = resolve(text, "near Khotin", relation=Relation(kind=RelationKind.NEAR))
    town = replace(near.toponym.span, start=text.index("Khotin"), exact="Khotin")
    near = replace(near, toponym=replace(near.toponym, name="Khotin", name_span=town))
    assert {claim[-1] for claim in tell(read("en", text, north, near))} == {"Khotin"}
    text = "Russian missiles hit Sumy's Kosivshchyna quarter."
    assert tell(read("en", text, "Sumy", "Kosivshchyna")) == {("strike", "reported", "RUS", "Sumy")}


@pytest.mark.parametrize(
    ("tag", "text", "town"),
    [
        ("en", "Russian warplanes struck Ilmor on Sunday. The rebels advanced towards Ostrel.", "Ostrel"),
        ("fr", "L'aviation russe a frappé Ilmor dimanche. Les rebelles ont pris Ostrel.", "Ostrel"),
        ("uk", "Російська авіація завдала удару по Ільмору. Повстанці захопили Острел.", "Острел"),
        ("ru", "Российская авиация нанесла удар по Ильмору. Повстанцы захватили Острел.", "Острел"),
    ],
)
def test_rebels_inherit_no_striker(tag: str, text: str, town: str) -> None:
    assert [claim.actors for claim in read(tag, text, resolve(text, town, country="SY"))] == [()]


def test_rebels_stand_for_the_group_named() -> None:
    text = "Russian warplanes struck the coast. HTS entered Ilmor. The rebels advanced towards Ostrel."
    assert [claim.actors for claim in read("en", text, "Ilmor", "Ostrel")] == [("SYR",), ("SYR",)]


def test_the_body_tells_what_the_headline_lacks() -> None:
    text = "Russian troops seize Ilmor\n\nThe Defence Ministry said on Tuesday that Russian troops had seized Ilmor."
    (claim,) = read("en", text, resolve(text, "Ilmor"), resolve_last(text, "Ilmor"))
    assert claim.attribution == "The Defence Ministry"
    assert claim.time.start == date(2025, 1, 7)
    assert claim.quote.start > 0


@pytest.mark.parametrize(
    ("tag", "text", "origin", "goal"),
    [
        ("en", "Russian forces advanced from Ilmor towards Ostrel.", "Ilmor", "Ostrel"),
        ("fr", "Les forces russes ont avancé de Ilmor vers Ostrel.", "Ilmor", "Ostrel"),
        ("uk", "Російські війська просунулися від Ільмора до Острела.", "Ільмора", "Острела"),
        ("ru", "Российские войска продвинулись от Ильмора до Острела.", "Ильмора", "Острела"),
    ],
)
def test_an_origin_is_not_where_they_advance(tag: str, text: str, origin: str, goal: str) -> None:
    assert [claim.place.toponym.name for claim in read(tag, text, origin, goal)] == [goal]


@pytest.mark.parametrize(
    ("tag", "text", "towns"),
    [
        ("en", "A missile hit Ilmor in northern Ostrel.", ("Ilmor", "Ostrel")),
        ("fr", "Un missile a frappé Ilmor dans le nord de Ostrel.", ("Ilmor", "Ostrel")),
        ("uk", "Ракета влучила в Ільмор на півночі Острела.", ("Ільмор", "Острела")),
        ("ru", "Ракета попала в Ильмор на севере Острела.", ("Ильмор", "Острела")),
    ],
)
def test_the_land_around_gives_no_second_claim(tag: str, text: str, towns: tuple[str, str]) -> None:
    assert [claim.place.toponym.name for claim in read(tag, text, *towns)] == [towns[0]]


def test_places_among_those_counted_are_listed() -> None:
    text = "Près d’Ardun, les Russes se sont retirés de cinq villages, dont Ilmor et Ostrel."
    assert [claim.place.toponym.name for claim in read("fr", text, "Ardun", "Ilmor", "Ostrel")][-2:] == [
        "Ilmor",
        "Ostrel",
    ]


def test_villages_are_counted_for_their_districts() -> None:
    text = "Azerbaijani forces captured the town of Ilmor and 24 villages in Ostrel and Vardun."
    counts = [claim.count for claim in read("en", text, "Ilmor", "Ostrel", "Vardun")]
    assert [count.low if count else None for count in counts] == [None, 24, 24]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Ukraine's General Staff did not say that Russian troops had entered Ilmor."),
        ("en", "The ministry has not confirmed the loss of Ilmor."),
        ("fr", "L’état-major n’a pas confirmé la chute d’Ilmor."),
    ],
)
def test_what_somebody_does_not_say_is_no_claim(tag: str, text: str) -> None:
    assert read(tag, text, "Ilmor") == ()


def test_who_does_not_comment_but_says_is_the_source() -> None:
    text = "Ukraine's military did not comment on the claim but said Russian troops had entered Ilmor."
    assert [claim.attribution for claim in read("en", text, "Ilmor")] == ["Ukraine's military"]


@pytest.mark.parametrize(
    ("tag", "text", "place"),
    [
        ("uk", "Щоб зберегти людей, 110-та бригада ЗСУ вийшла з Ільмора.", "Ільмора"),
        ("ru", "Чтобы сохранить людей, 110-я бригада ВСУ вышла из Ильмора.", "Ильмора"),
    ],
)
def test_a_purpose_rules_its_own_part(tag: str, text: str, place: str) -> None:
    assert [claim.status for claim in read(tag, text, place)] == ["reported"]


def test_a_retreat_is_told_of_its_start() -> None:
    text = "Ukrainian troops withdrew from Ilmor to Ostrel."
    assert [claim.place.toponym.name for claim in read("en", text, "Ilmor", "Ostrel")] == ["Ilmor"]


def test_a_possessive_takes_up_the_only_side_before() -> None:
    text = "Ізраїль тим часом перейшов до дій. Його літаки двічі поцілили в Ільмор."
    assert [claim.actors for claim in read("uk", text, resolve(text, "Ільмор", country="SY"))] == [("ISR",)]


def test_who_declares_a_capture_has_captured() -> None:
    text = "Росія заявила про захоплення Ільмора. Генштаб ЗСУ не підтвердив втрату міста."
    assert read("uk", text, "Ільмора")[0].actors == ("RUS",)


@pytest.mark.parametrize(
    ("tag", "text", "place"),
    [
        ("en", "Russia's defence ministry says drones attacked Ilmor.", "Ilmor"),
        ("fr", "Le ministère russe de la Défense affirme que des drones ont attaqué Ilmor.", "Ilmor"),
        ("uk", "Міноборони РФ заявило, що безпілотники атакували Ільмор.", "Ільмор"),
        ("ru", "Минобороны РФ заявило, что беспилотники атаковали Ильмор.", "Ильмор"),
    ],
)
def test_who_tells_of_drones_need_not_have_sent_them(tag: str, text: str, place: str) -> None:
    struck = resolve(text, place, country="RU")
    assert [claim.actors for claim in read(tag, text, struck)] == [("UKR",)]


def test_a_war_within_one_country_has_one_code() -> None:
    text = "The Sudanese capital saw no calm. Army jets bombed Ilmor."
    assert [claim.actors for claim in read("en", text, resolve(text, "Ilmor", country="SD"))] == [("SDN",)]


@pytest.mark.parametrize(
    ("tag", "text", "place"),
    [
        ("uk", "На Ільмор рухаються російські безпілотники.", "Ільмор"),
        ("ru", "На Ильмор движутся российские беспилотники.", "Ильмор"),
    ],
)
def test_drones_on_their_way_are_a_strike(tag: str, text: str, place: str) -> None:
    assert [(claim.kind, claim.actors) for claim in read(tag, text, place)] == [("strike", ("RUS",))]


@pytest.mark.parametrize(
    ("tag", "text", "land"),
    [
        ("en", "Fighting was reported near Minovra in South Ostrel on Tuesday.", "South Ostrel"),
        (
            "en",
            "The rebels captured Al-Melhu, a town at the edge of the desert in Ostrel, on Thursday.",
            "Ostrel",
        ),
        ("fr", "Les rebelles ont pris Kalunghi, dans la région d’Ostrel.", "Ostrel"),
    ],
)
def test_an_unknown_name_is_told_of_and_not_its_land(tag: str, text: str, land: str) -> None:
    assert read(tag, text, resolve(text, land, PlaceKind.REGION)) == ()

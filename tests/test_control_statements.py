"""What stands of many statements: the newest, the weightier, or nothing clear."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.control.statements import (
    CONTESTED,
    Statement,
    count_unsure,
    read_claims,
    settle_statements,
    weigh_statement,
)
from geo.control.tables import read_side, read_statements
from geo.errors import InputError
from geo.model import (
    Claim,
    ControlStatus,
    Course,
    Kind,
    Place,
    PlaceKind,
    Relation,
    RelationKind,
    Resolution,
    Span,
    Status,
    TimeInterval,
    Toponym,
)

DAY = date(2024, 9, 1)


def say(side: str, *, by: str = "", on: date = DAY, source: str = "") -> Statement:
    weight = weigh_statement(side, by)
    return Statement(
        longitude=37.0, latitude=48.0, side=side, as_of=on, asserted_by=by, weight=weight, source=source
    )


def settle(*statements: Statement, on: date = date(2024, 9, 30), **options: object):
    (standing,) = settle_statements(statements, on, **options)
    return standing


def test_the_newest_day_decides_whatever_the_weight() -> None:
    older_loss = say("RUS", by="UKR")
    newer_gain = say("UKR", by="UKR", on=date(2024, 9, 5))
    standing = settle(newer_gain, older_loss)
    assert (standing.side, standing.control_status) == ("UKR", ControlStatus.CLAIMED)


def test_a_loss_that_a_side_states_itself_outweighs_a_gain() -> None:
    assert settle(say("UKR", by="UKR"), say("RUS", by="UKR")).side == "RUS"
    assert settle(say("UKR", by="UKR"), say("RUS", by="UKR")).control_status is ControlStatus.STATED


def test_two_claims_in_their_own_favour_leave_it_contested() -> None:
    standing = settle(say("UKR", by="UKR"), say("RUS", by="RUS"))
    assert (standing.side, standing.control_status) == (CONTESTED, ControlStatus.CONTESTED)


def test_a_third_party_outweighs_a_claim_in_ones_own_favour() -> None:
    assert settle(say("UKR", by="UKR"), say("RUS")).side == "RUS"


def test_a_digest_of_one_source_does_not_add_up() -> None:
    digest = [say("RUS", by="RUS", source="MoD") for _ in range(9)]
    assert settle(*digest, say("UKR")).side == "UKR"


WORDS = st.builds(
    Statement,
    longitude=st.sampled_from([37.0, 37.0001]), latitude=st.just(48.0), side=st.sampled_from(["UKR", "RUS"]),
    as_of=st.sampled_from([DAY, date(2024, 8, 31)]), asserted_by=st.sampled_from(["", "UKR", "RUS"]),
    weight=st.sampled_from([0.9, 1.0, 2.0, 3.0]), name=st.sampled_from(["", "Town"]),
    source=st.sampled_from(["", "MoD", "Desk"]),
)  # fmt: skip


@given(
    st.lists(WORDS, min_size=1, max_size=6).flatmap(
        lambda some: st.tuples(st.just(some), st.permutations(some))
    )
)
def test_the_order_in_which_things_are_said_tells_nothing(
    pair: tuple[list[Statement], list[Statement]],
) -> None:
    assert settle_statements(pair[0], DAY) == settle_statements(pair[1], DAY)


def test_a_source_counts_by_its_heaviest_word() -> None:
    loud, low = replace(say("RUS", source="X"), weight=2.0), replace(say("RUS", source="X"), weight=0.9)
    other = replace(say("UKR", source="Y"), weight=1.0)
    assert settle(loud, low, other).side == "RUS"


def test_two_sources_weigh_more_than_one() -> None:
    assert settle(say("RUS", source="X"), say("UKR", source="Y")).side == CONTESTED
    assert settle(say("RUS", source="X"), say("RUS", source="Z"), say("UKR", source="Y")).side == "RUS"


@pytest.mark.parametrize("days", [10**4, 10**6, 10**12])
def test_a_long_memory_forgets_nothing(days: int) -> None:
    assert len(settle_statements([say("RUS")], DAY, memory_days=days)) == 1


def test_later_words_and_forgotten_words() -> None:
    assert settle_statements([say("RUS", on=date(2024, 10, 1))], date(2024, 9, 30)) == ()
    assert settle_statements([say("RUS")], date(2024, 9, 30), memory_days=10) == ()
    assert settle_statements([say("RUS")], date(2024, 9, 30), since=DAY) == ()


def test_one_place_that_two_makers_put_fifty_metres_apart_is_one() -> None:
    here, there = say("RUS"), replace(say("UKR"), longitude=37.0004, latitude=48.0004)
    assert settle(here, there).side == CONTESTED
    assert len(settle_statements([here, replace(there, longitude=37.002)], DAY)) == 2


def test_places_are_settled_apart() -> None:
    there = replace(say("UKR"), longitude=38.0)
    assert {(s.longitude, s.side) for s in settle_statements([say("RUS"), there], DAY)} == {
        (37.0, "RUS"),
        (38.0, "UKR"),
    }


def make_claim(
    kind: Kind, actor: str, *, by: str = "", status: Status = Status.REPORTED, **more: object
) -> Claim:
    span = Span(report_id="r", start=0, end=4, exact="Town")
    town = Place(gazetteer="g", id="1", name="Town", latitude=48.0, longitude=37.0, kind=PlaceKind.SETTLEMENT)
    claim = Claim(
        id="c", report_id="r", kind=kind, status=status, actors=(actor,), quote=span, asserted_by=by,
        place=Resolution(toponym=Toponym(span=span, name="Town", name_span=span), place=town),
        time=TimeInterval(start=DAY, end=DAY),
    )  # fmt: skip
    return replace(claim, **more)


@pytest.mark.parametrize(
    ("claim", "side"),
    [
        (make_claim(Kind.CONTROL, "RUS"), "RUS"),
        (make_claim(Kind.WITHDRAWAL, "UKR"), "RUS"),
        (make_claim(Kind.ADVANCE, "RUS"), CONTESTED),
        (make_claim(Kind.CONTROL, "RUS", control_status=ControlStatus.CONTESTED), CONTESTED),
    ],
)
def test_claims_become_statements(claim: Claim, side: str) -> None:
    (statement,) = read_claims([claim], ("UKR", "RUS"), {"r": "Publisher"})
    assert (statement.side, statement.as_of, statement.source) == (side, DAY, "Publisher")


@pytest.mark.parametrize(
    "claim",
    [
        make_claim(Kind.STRIKE, "RUS"),
        make_claim(Kind.CONTROL, "RUS", status=Status.EXPECTED),
        make_claim(Kind.CONTROL, "RUS", status=Status.DENIED),
        make_claim(Kind.CONTROL, "FRA"),
        make_claim(Kind.CONTROL, "RUS", time=TimeInterval(start=None, end=None)),
    ],
)
def test_what_tells_nothing_of_the_holder_is_left_out(claim: Claim) -> None:
    assert read_claims([claim], ("UKR", "RUS")) == ()


def course(start: str | None, aim: str | None) -> Course:
    def resolve(name: str | None) -> Resolution | None:
        if name is None:
            return None
        claim = make_claim(Kind.ADVANCE, "RUS")
        place = replace(claim.place.place, id=name, name=name, longitude=37.5)
        return replace(claim.place, place=place)

    return Course(start=resolve(start), aim=resolve(aim))


def test_where_an_advance_leads_nobody_has_come_and_where_it_starts_its_side_stands() -> None:
    def told(claim: Claim) -> list[tuple[str, str]]:
        return [(one.name, one.side) for one in read_claims([claim], ("UKR", "RUS"))]

    assert told(make_claim(Kind.ADVANCE, "RUS", course=course(None, "Town"))) == []
    assert told(make_claim(Kind.ADVANCE, "RUS", course=course("Start", "Town"))) == [("Start", "RUS")]
    assert told(make_claim(Kind.ADVANCE, "RUS", course=course("Town", None))) == [("Town", "RUS")]
    assert told(make_claim(Kind.ADVANCE, "RUS", course=course(None, None))) == [("Town", CONTESTED)]
    expected = make_claim(Kind.ADVANCE, "RUS", course=course("Start", "Town"), status=Status.EXPECTED)
    assert told(expected) == []


@pytest.mark.parametrize(
    ("relation", "counts"),
    [
        (RelationKind.AT, True),
        (RelationKind.NEAR, True),
        (RelationKind.AXIS, False),
        (RelationKind.SIDE_OF, False),
        (RelationKind.DISTANCE, False),
    ],
)
def test_what_lies_beside_a_settlement_tells_nothing_of_it(relation: RelationKind, counts: bool) -> None:
    claim = make_claim(Kind.ADVANCE, "RUS")
    toponym = replace(claim.place.toponym, relation=Relation(kind=relation))
    claim = replace(claim, place=replace(claim.place, toponym=toponym))
    assert bool(read_claims([claim], ("UKR", "RUS"))) is counts


@pytest.mark.parametrize(
    ("party", "sides", "holder"),
    [
        ("RSF", ("SDN", "RSF"), "RSF"),
        ("SDN", ("SDN", "RSF"), "SDN"),
        ("", ("SDN", "RSF"), None),
        ("SDF", ("SDN", "RSF"), None),
        ("RSF", ("SDN", "SSD"), "SDN"),
        ("RSF", ("SSD", "RSF"), "RSF"),
    ],
)
def test_groups_of_one_country_are_told_by_name(
    party: str, sides: tuple[str, str], holder: str | None
) -> None:
    claim = make_claim(Kind.CONTROL, "SDN", party=party, by="SDN", asserted_party="SDN")
    told = read_claims([claim], sides)
    assert [one.side for one in told] == ([holder] if holder else [])
    assert count_unsure([claim], sides) == int(not party and sides == ("SDN", "RSF"))


def test_an_opponents_word_weighs_most_and_a_strangers_more_than_ones_own() -> None:
    own, stranger, loss = (
        weigh_statement("RUS", "RUS"),
        weigh_statement("RUS", ""),
        weigh_statement("RUS", "UKR"),
    )
    assert own < stranger < loss
    assert weigh_statement("RUS", "FRA", opponents=("UKR",)) == stranger
    assert weigh_statement("RUS", "UKR", opponents=("UKR",)) == loss
    assert (
        weigh_statement("RUS", "", kind=Kind.ADVANCE)
        < weigh_statement("RUS", "", kind=Kind.WITHDRAWAL)
        < stranger
    )
    assert weigh_statement("RUS", "", kind=Kind.STRIKE) == 0


@pytest.mark.parametrize("kind", [PlaceKind.REGION, PlaceKind.DISTRICT, PlaceKind.WATER])
def test_only_settlements_are_held_one_by_one(kind: PlaceKind) -> None:
    claim = make_claim(Kind.CONTROL, "RUS")
    place = replace(claim.place.place, kind=kind)
    assert read_claims([replace(claim, place=replace(claim.place, place=place))], ("UKR", "RUS")) == ()


def test_where_both_sides_act_nobody_holds_and_nobody_sets_out() -> None:
    both = replace(make_claim(Kind.CONTROL, "RUS"), actors=("RUS", "UKR"))
    assert read_claims([both], ("UKR", "RUS")) == ()
    moving = replace(make_claim(Kind.ADVANCE, "RUS", course=course("Start", "Town")), actors=("RUS", "UKR"))
    assert read_claims([moving], ("UKR", "RUS")) == ()
    fought_over = replace(moving, control_status=ControlStatus.CONTESTED)
    assert read_claims([fought_over], ("UKR", "RUS")) == ()


def test_of_a_withdrawal_its_course_tells_nothing_of_who_holds_its_start() -> None:
    claim = make_claim(Kind.WITHDRAWAL, "UKR", course=course("Start", "Town"))
    assert [(one.name, one.side) for one in read_claims([claim], ("UKR", "RUS"))] == [("Town", "RUS")]


def test_unsure_claims_are_those_of_the_country_without_a_group() -> None:
    told = [
        make_claim(Kind.CONTROL, "SDN"),
        make_claim(Kind.CONTROL, "SDN", party="RSF"),
        make_claim(Kind.CONTROL, "TCD"),
        make_claim(Kind.STRIKE, "SDN"),
        make_claim(Kind.CONTROL, "SDN", status=Status.DENIED),
    ]
    assert count_unsure(told, ("SDN", "RSF")) == 1
    assert count_unsure(told, ("SDN", "TCD")) == 0


def test_sources_of_what_stands_are_counted_once_each() -> None:
    said = [
        say("RUS", source="X"),
        say("RUS", source="X"),
        say("RUS", source="Y"),
        say("UKR", by="UKR", source="Z"),
    ]
    assert settle(*said).sources == 2


def test_what_one_group_leaves_the_other_holds() -> None:
    claim = make_claim(Kind.WITHDRAWAL, "SDN", party="RSF", by="SDN", asserted_party="RSF")
    (told,) = read_claims([claim], ("SDN", "RSF"))
    assert (told.side, told.asserted_by) == ("SDN", "RSF")
    assert told.weight > weigh_statement("SDN", "SDN", kind=Kind.WITHDRAWAL), "its own loss"


def test_a_withdrawal_that_its_own_side_states_weighs_most() -> None:
    (own,) = read_claims([make_claim(Kind.WITHDRAWAL, "UKR", by="UKR")], ("UKR", "RUS"))
    (gain,) = read_claims([make_claim(Kind.CONTROL, "RUS", by="RUS")], ("UKR", "RUS"))
    assert own.weight > gain.weight


def test_a_table_is_read(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "lat,lon,side,date,asserted_by\n48.0,37.0,rus,2024-09-01,RUS\n48.1,37.1,Contested,2024-09-02,\n"
    )
    first, second = read_statements(path)
    assert (first.side, first.control_status) == ("RUS", ControlStatus.CLAIMED)
    assert second.side == CONTESTED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lat,lon,side\n", "column date is missing"),
        ("lat,lon,side,date\n48,37,RUS,yesterday\n", "said.csv:2: .*yesterday"),
        ("lat,lon,side,date\n98,37,RUS,2024-09-01\n", "said.csv:2: '98'"),
        ("lat,lon,side,date\n48,37,,2024-09-01\n", "said.csv:2: .*side '' is not a place held"),
        ("lat,lon,side,date\n48,181,RUS,2024-09-01\n", "said.csv:2: '48', '181'"),
        ("lat,lon,side,date\n48,nan,RUS,2024-09-01\n", "said.csv:2: '48', 'nan'"),
        ("lat,lon,side,date\n-91,37,RUS,2024-09-01\n", "said.csv:2: '-91'"),
        (
            "lat,lon,side,date\n48,37,RUS,2024-09-01\n48,37,the rebels,2024-09-01\n",
            "said.csv:3: side 'the rebels' is no code",
        ),
        ("lat,lon,side,date\n48,37,RUS,13.31.2024\n", "said.csv:2: .*13.31.2024"),
        ('lat,lon,side,date\n48,37,"' + "x" * 200_000 + '",2024-09-01\n', "said.csv: .*save it as CSV"),
    ],
)
def test_a_broken_table_names_its_line(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "said.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=words):
        read_statements(path)


@pytest.mark.parametrize(
    "header",
    [
        "name,lat,lon,held_by,as_of",
        "Settlement,Latitude,Longitude,Held by,Last updated",
        "place;y;x;control;day",
        "\ufeffname,lat,lng,controlled_by,updated",
        "Назва,Широта,Довгота,Під контролем,Станом на",
        "ort\tlat\tlon\tgehalten_von\tstand",
    ],
)
def test_columns_go_by_many_names(tmp_path: Path, header: str) -> None:
    sign = max(",;\t", key=header.count)
    row = ["Town", "48,5" if sign != "," else "48.5", "37.25", "Russia", "2024-09-01T12:00Z"]
    path = tmp_path / "said.csv"
    path.write_text(f"{header}\n{sign.join(row)}\n", encoding="utf-8")
    (one,) = read_statements(path)
    assert (one.name, one.latitude, one.longitude) == ("Town", 48.5, 37.25)
    assert (one.side, one.as_of) == ("RUS", DAY)


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("RUS", "RUS"),
        ("rus", "RUS"),
        ("RU", "RUS"),
        ("Russia", "RUS"),
        ("Україна", "UKR"),
        ("M23", "M23"),
        ("Rapid Support Forces", "RSF"),
        ("SAF", "SDN"),
        ("Sudanese Armed Forces", "SDN"),
        ("ansar allah", "HOUTHI"),
        ("houthi*", None),
        ("fardc", "COD"),
        ("Disputed", CONTESTED),
        ("grey zone", CONTESTED),
        ("ABC", "ABC"),
        ("somebody", None),
        ("", None),
    ],
)
def test_sides_are_codes_or_names(text: str, side: str | None) -> None:
    assert read_side(text) == side


def test_empty_lines_are_passed_over_and_days_may_have_dots_or_hours(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text(
        "lat,lon,party,date,asserted_by\n\n,,,,\n48,37,RSF,01.09.2024,RSF\n48,37,SDN,2024-09-01 18:00,\n"
    )
    own, other = read_statements(path)
    assert (own.side, own.as_of, own.weight) == ("RSF", DAY, weigh_statement("RSF", "RSF"))
    assert (other.side, other.as_of, other.weight) == ("SDN", DAY, weigh_statement("SDN", ""))
    assert own.weight < other.weight


def test_a_table_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_bytes(b"lat,lon,side,date\n\xff\xfe\n")
    with pytest.raises(InputError, match=r"said\.csv: cannot be read"):
        read_statements(path)
    with pytest.raises(InputError, match=r"none\.csv: cannot be read"):
        read_statements(tmp_path / "none.csv")


def test_a_group_counts_before_its_country(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("lat,lon,side,party,date\n12,25,SDN,RSF,2025-03-01\n13,25,SDN,,2025-03-01\n")
    assert [one.side for one in read_statements(path)] == ["RSF", "SDN"]


def test_missing_columns_say_what_is_there_and_what_to_write(tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("town,lat,lon,when\n")
    with pytest.raises(
        InputError, match=r"column side, date is missing \(it has town, lat, lon, when\).*held by"
    ):
        read_statements(path)

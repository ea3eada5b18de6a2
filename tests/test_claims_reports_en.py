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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Our correspondent in Sumy writes: the city is dark since Russian drones hit a plant.", "Sumy"),
        ("Shells hit Lyman. Health workers in Sumy fear that the town will be attacked next.", "Sumy"),
    ],
)
def test_town_of_those_who_fear_for_it_is_meant(text: str, told: str) -> None:
    names = [name for name in ("Lyman", "Sumy") if name in text]
    place = read_text(text, names, "en")[-1].place.place
    assert place is not None
    assert place.name == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A Russian attack on Lyman killed two people and injured others.", ["strike reported RUS Lyman"]),
        (
            "A drone hit Lyman, officials said, in the deadliest attack on the town this year.",
            ["strike Lyman"],
        ),
        ("Drones hit Lyman. It was the fifth attack on the town this year.", ["strike Lyman"]),
        ("No boats crossed the river at Lyman, a Russian officer said.", ["advance denied Lyman"]),
        ("Neither Russian nor Ukrainian sources reported fighting near Lyman.", []),
        (
            "Russian troops have driven Ukrainian forces from Lyman, officials said, in what could be a turn.",
            ["control reported RUS Lyman"],
        ),
        (
            "The authorities ordered the evacuation of families in Lyman because of Russian shelling.",
            ["strike reported RUS Lyman"],
        ),
    ],
)
def test_what_is_ranked_denied_or_only_not_reported(text: str, told: list[str]) -> None:
    found = read(text, *(name for name in ("Lyman", "Torske") if name in text))
    assert len(found) == len(told)
    for line, words in zip(found, told, strict=True):
        assert set(words.split()) <= set(line.split())


def test_who_is_told_does_nothing() -> None:
    text = "Russian troops are in Torske. A spokesman told Ukrainian television that small groups attacked Lyman."
    assert read(text, "Torske", "Lyman")[-1] == "clash reported RUS Lyman"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Drones hit Torske, the mayor said on Telegram, adding that troops shelled Lyman.", "the mayor"),
        (
            "Torske is under assault, a miner said by telephone, and residents of Lyman expect an attack.",
            None,
        ),
        (
            "Russia's ministry told of a strike. Its troops, it added, had captured Lyman.",
            "Russia's ministry",
        ),
        (
            "North Korea will send 1,000 sappers to Lyman, Lev Orlov, secretary of the council, said on Monday.",
            "Lev Orlov, secretary of the council",
        ),
    ],
)
def test_who_adds_to_what_is_told(text: str, source: str | None) -> None:
    names = [name for name in ("Torske", "Lyman") if name in text]
    found = read_text(text, names, "en")[-1]
    assert found.attribution == source or (source is None and found.attribution == "residents of Lyman")


def test_participle_behind_an_inserted_source_has_the_main_subject() -> None:
    text = (
        "Russia attacked Lyman with drones, President Zelenskiy said, hitting plants and burning down Torske."
    )
    assert [line.split()[2] for line in read(text, "Lyman", "Torske")] == ["RUS", "RUS"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "A resident of Torske, who was evacuated on 2 June, stated that Russian soldiers had occupied Lyman.",
            "2025-06-10",
        ),
        (
            "Russian troops have taken Torske, which they shelled on 2 June, and have entered Lyman.",
            "2025-06-10",
        ),
        ("Russian troops took Torske on 2 June and entered Lyman.", "2025-06-02"),
    ],
)
def test_day_of_a_relative_clause_stays_there(text: str, day: str) -> None:
    assert str(read_text(text, ["Torske", "Lyman"], "en")[-1].time.end) == day


@pytest.mark.parametrize(
    "text",
    [
        "An adviser told the Lyman that Russian troops are tired.",
        "We were unable to reach Lyman for the army.",
    ],
)
def test_who_is_told_or_cannot_be_reached(text: str) -> None:
    assert read(text, "Lyman") == []


def test_road_that_is_open_is_not_held() -> None:
    text = (
        "Torske is held by Russian troops, and the road south through Lyman is open only to light vehicles."
    )
    assert read(text, "Torske", "Lyman") == ["control reported RUS Torske"]


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("Russian troops entered Lyman, an officer said, and two men were hurt.", None),
        ("Air defence downed 55 of 60 Russian drones over Lyman, Torske and Sumy.", None),
        ("Some 12,000 Korean soldiers, including 500 officers and three generals, are in Lyman.", 12000),
        ("Ukraine launched 144 drones overnight, 20 of which were shot down near Lyman.", 20),
        ("Up to 100 Russian soldiers remain in Lyman, and two people were wounded.", None),
    ],
)
def test_number_of_a_claim_is_its_own(text: str, low: int | None) -> None:
    names = [name for name in ("Lyman", "Torske", "Sumy") if name in text]
    count = read_text(text, names, "en")[0].count
    assert (count.low if count else None) == low


def test_those_who_flee_a_town_are_not_those_who_advance_on_it() -> None:
    text = "More than 3,000 civilians were evacuated from Lyman as Russian troops advanced on Torske."
    assert read(text, "Lyman", "Torske") == ["advance reported RUS Torske"]


def test_a_habit_that_is_denied_is_no_strike() -> None:
    found = read("Russian missiles hit Lyman. Moscow denies deliberately targeting civilians.", "Lyman")
    assert found == ["strike reported RUS Lyman"]
    assert len(read("Russian missiles hit Lyman. Moscow denied hitting the hospital.", "Lyman")) == 2


def test_what_is_cleared_is_cleared_by_those_who_say_so() -> None:
    text = (
        "A spokesman for Ukraine's command said Russian troops had been inside Torske, "
        "and that the village of Lyman had been cleared."
    )
    assert read(text, "Torske", "Lyman")[-1] == "control reported UKR Lyman"


_BRIEFING = """Excerpts from the briefing by the spokesman of the Khortytsia group of forces, Kyiv

QUESTION: Where are the Russians?

SPOKESMAN: The enemy has entered Torske. In the last day we repelled 13 attacks near Torske.

QUESTION: There are reports that your units have left Lyman.

SPOKESMAN: That is false.

QUESTION: What comes next?

SPOKESMAN: The force they have gathered in Sumy, by our count about 50,000 men, is not enough to take it."""


def test_a_label_is_the_office_that_the_heading_tells() -> None:
    claims = read_text(_BRIEFING, ["Torske", "Lyman", "Sumy"], "en")
    told = [tell(claim) for claim in claims]
    assert "withdrawal denied UKR Lyman" in told
    assert "concentration reported RUS Sumy" in told
    assert {claim.attribution for claim in claims} == {"the spokesman of the Khortytsia group of forces"}


def test_those_who_write_and_count_are_no_side() -> None:
    text = (
        "By our count they took 40 villages last month. We do not expect an assault on Torske. "
        "Russian troops are in Lyman. The units moved up to Torske are there to cut the road."
    )
    assert all("UKR" not in line for line in read(text, "Torske", "Lyman"))


def test_others_claims_are_gone_against() -> None:
    assert read("Contrary to Russian claims, Lyman is under Ukrainian control.", "Lyman") == [
        "control reported UKR Lyman"
    ]


def test_we_who_only_watch_are_no_side() -> None:
    text = (
        "The first Russian groups, soldiers we met say, slipped into Torske. "
        "Lyman was hit by three guided bombs while we were there."
    )
    assert read(text, "Torske", "Lyman")[-1] == "strike reported RUS Lyman"


def test_what_an_army_says_on_a_day_of_itself_is_its_own() -> None:
    text = "M23 rebels are in Goma. Uganda's army said on Tuesday it had deployed troops in Bunia."
    assert read(text, "Goma", "Bunia", country="CD")[-1] == "concentration reported UGA Bunia"


def test_a_fall_told_behind_its_town_has_no_day_of_another() -> None:
    claims = read_text(
        "Bukavu's fall is a setback since Goma was overrun by M23 in May.",
        ["Bukavu", "Goma"],
        "en",
        country="CD",
    )
    assert [(claim.kind.value, str(claim.time.start)) for claim in claims] == [
        ("control", "2025-06-10"),
        ("control", "2025-05-01"),
    ]


def test_towns_that_are_only_warned_are_not_hit() -> None:
    text = "Israeli raids hit Tyre overnight, after the army issued evacuation warnings for Sidon, Naqoura and Khiam."
    found = read(text, "Tyre", "Sidon", "Naqoura", "Khiam", country="LB")
    assert found == ["strike reported ISR Tyre"]


def test_a_thread_of_few_words_for_forces_is_read() -> None:
    text = (
        "1/ The situation around Torske, 10 June. Ukrainian forces raised a flag in the centre of Torske today; the "
        "video was geolocated to the school.\n"
        "2/ To the west, Ukraine keeps a small foothold near Lyman. No change there, and none was expected, as "
        "the river is high and the season late.\n"
        "3/ I would expect Zarichne to be next. The General Staff reports fighting there already, though it gave "
        "no details of it this evening and none yesterday.\n"
        "4/ Meanwhile Russia is pushing at Yampil: Yampil was attacked nine times yesterday, more than on any day "
        "of the week before, and it burns."
    )
    found = read(text, "Torske", "Lyman", "Zarichne", "Yampil")
    assert "control reported UKR Lyman" in found
    assert "clash reported RUS Yampil" in found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Massive Russian attack on Lyman kills 23", "strike reported RUS Lyman"),
        (
            "Governor Oleh Synegubov said Lyman was under heavy shelling by Russian troops.",
            "strike reported RUS Lyman",
        ),
        ("The Rwanda-backed M23 says it has taken Lyman.", "control reported COD Lyman"),
        (
            "Israeli soldiers battled Hamas fighters in the south and launched retaliatory strikes on Lyman.",
            "strike reported ISR Lyman",
        ),
    ],
)
def test_who_strikes_or_speaks_beside_others(text: str, told: str) -> None:
    assert read(text, "Lyman")[-1] == told


@pytest.mark.parametrize(
    "text",
    [
        "Lyman was not in danger, an officer said: Russia did not have the forces to seize it.",
        "More than 100 Congolese soldiers have handed in their weapons at the base in Lyman.",
    ],
)
def test_means_that_lack_and_weapons_laid_down(text: str) -> None:
    assert read(text, "Lyman") == []


def test_rank_with_a_full_stop_is_no_end_of_a_source() -> None:
    text = "Fighting was continuing in Lyman, according to an Israeli spokesman, Rear Adm. Dan Levi."
    assert read_text(text, ["Lyman"], "en")[0].attribution == "an Israeli spokesman, Rear Adm. Dan Levi"


def test_a_day_after_dates_what_came_first() -> None:
    text = "Russian troops entered Lyman on Monday. Drones hit Torske, a day after Russian troops had left Lyman."
    claim = next(c for c in read_text(text, ["Lyman", "Torske"], "en") if c.kind.value == "strike")
    assert str(claim.time.end) == "2025-06-10"


def test_who_answers_with_artillery_says_nothing() -> None:
    text = "Hezbollah fired mortars at Lyman, and Israel responded with artillery."
    assert read_text(text, ["Lyman"], "en", country="IL")[0].attribution is None


def test_a_heading_before_a_colon_says_nothing() -> None:
    text = "War update: Russian troops attacked 54 times near Lyman"
    assert read_text(text, ["Lyman"], "en")[0].attribution is None
    text = "General Staff: Russian troops attacked 54 times near Lyman"
    assert read_text(text, ["Lyman"], "en")[0].attribution == "General Staff"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "The ministry told of an attack. Drones were shot down over Lyman, it says; Torske is quiet.",
            "The ministry",
        ),
        (
            "Union sources in Torske, 60 km to the south, fear a Russian attack on Lyman.",
            "Union sources in Torske",
        ),
        ("Drones struck Lyman after the army went in, colleagues say.", "colleagues"),
        ("The defence ministry continues to deny that its troops have left Lyman.", "The defence ministry"),
        ("A Russian convoy has mustered near Lyman, satellite analysts note.", "satellite analysts"),
        (
            "Reports that Russian troops are gathering near Lyman were denied in Kyiv by the defence minister.",
            "the defence minister",
        ),
        ("Kherson side: like it or not, Russian troops hold Lyman.", None),
    ],
)
def test_who_tells_of_it_in_passing(text: str, source: str | None) -> None:
    names = [name for name in ("Lyman", "Torske") if name in text]
    assert read_text(text, names[:1], "en")[-1].attribution == source


def test_offensive_operations_go_on_without_ground_won() -> None:
    text = "Russian forces continued offensive operations near Lyman but did not make confirmed advances."
    assert read(text, "Lyman") == ["clash reported RUS Lyman", "advance denied RUS Lyman"]


def test_dateline_behind_a_headline() -> None:
    text = (
        "Tanks push deeper\n\nKYIV/TORSKE, Dec 4 - Russian tanks pushed into Lyman on Monday, residents said."
    )
    assert read(text, "TORSKE", "Lyman") == ["advance reported RUS Lyman"]
    text = "Overnight\n\nTORSKE - Russian shelling killed three people.\n\nLYMAN - A guided bomb hit a house."
    assert read(text, "TORSKE", "LYMAN") == ["strike reported RUS TORSKE", "strike reported RUS LYMAN"]


def test_towns_left_without_power_were_not_hit_themselves() -> None:
    text = "Russian drones struck a substation in Lyman, leaving Torske without power."
    assert read(text, "Lyman", "Torske") == ["strike reported RUS Lyman"]


def test_what_is_aimed_at_is_not_done() -> None:
    text = "The enemy has massed 900 men at Torske with the aim of capturing Lyman."
    assert read(text, "Torske", "Lyman") == [
        "concentration reported RUS Torske",
        "control expected RUS Lyman",
    ]


@pytest.mark.parametrize("town", ["largest town, Lyman", "second-largest town of Lyman"])
def test_whose_town_it_is_is_no_place_of_its_own(town: str) -> None:
    assert read(f"Rebels captured eastern Zarya's {town}, on Monday.", "Zarya", "Lyman")[0].endswith("Lyman")


def test_a_speaker_whose_name_is_a_village_too() -> None:
    text = (
        '"We drive by night," says Torske, a pilot who has been fighting since May. "Russians entered Lyman."'
    )
    (claim,) = read_text(text, ["Torske", "Lyman"], "en")
    assert (tell(claim), claim.attribution) == ("advance reported RUS Lyman", "Torske")


@pytest.mark.parametrize(
    ("behind", "source"),
    [
        ("and on Tuesday a glide bomb flattened a school in Torske", None),
        ("and shelled Torske", "DeepState"),
    ],
)
def test_where_a_source_between_commas_ends(behind: str, source: str | None) -> None:
    text = f"Last week Russian troops took Lyman, according to DeepState, {behind}."
    claims = read_text(text, ["Lyman", "Torske"], "en")
    assert [claim.attribution for claim in claims] == ["DeepState", source]


def test_where_somebody_speaks_of_another_place() -> None:
    text = "In Torske, Ukrainian soldiers told the Daily Post they had lost Lyman."
    assert read(text, "Torske", "Lyman") == ["control reported RUS Lyman"]
    text = "In Torske, the mayor said drones had hit a school."
    assert read(text, "Torske") == ["strike reported RUS Torske"]

"""The one symbology: sides, signs, patterns, circles, and the words that go with them."""

from __future__ import annotations

import itertools
import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.parties import PARTIES
from geo.language.lexicon import list_languages
from geo.model import ControlStatus, Kind, Status
from maps.colours import assign_colours
from maps.style import (
    BASE_COLOURS,
    CONTESTED,
    CONTESTED_SIDE,
    KIND_ORDER,
    LARGEST_RADIUS,
    SIDE_COLOURS,
    SIGN_PATHS,
    SMALLEST_RADIUS,
    Pattern,
    circle_radius,
    mix_with_base,
    pattern_of,
    side_colour,
    side_of,
    sign_of,
    split_actors,
    terminal_style_of,
)
from maps.words import load_words

# Machado et al. 2009, severity 1.0: deuteranopia and protanopia, on linear RGB.
DEFICIENCIES = {
    "normal": np.eye(3),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
}  # fmt: skip


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = matrix @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_the_main_sides_stay_apart_as_areas(deficiency: str) -> None:
    areas = [mix_with_base(colour) for colour in (SIDE_COLOURS["UKR"], SIDE_COLOURS["RUS"], CONTESTED)]
    seen = [lab(DEFICIENCIES[deficiency] @ linear(colour)) for colour in areas]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 12


def contrast(one: str, other: str) -> float:
    light = sorted((linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other)), reverse=True)
    return (light[0] + 0.05) / (light[1] + 0.05)


@pytest.mark.parametrize("name", ["label", "ink"])
def test_names_are_legible_on_land(name: str) -> None:
    assert contrast(BASE_COLOURS[name], BASE_COLOURS["land"]) >= 4.5


def test_every_kind_has_its_own_sign() -> None:
    assert set(KIND_ORDER) == {kind.value for kind in Kind}
    signs = [sign_of(kind) for kind in KIND_ORDER]
    assert len(set(signs)) == len(signs)
    assert len({SIGN_PATHS[sign] for sign in signs}) == len(signs)


@pytest.mark.parametrize("path", SIGN_PATHS.values())
def test_signs_are_straight_lines_in_their_box(path: str) -> None:
    assert re.fullmatch(r"M[\d. ]+( L[\d. ]+)+ Z", path)
    numbers = [float(number) for number in re.findall(r"[\d.]+", path)]
    assert min(numbers) >= 0
    assert max(numbers) <= 24


def read_points(path: str) -> np.ndarray:
    return np.array(re.findall(r"[\d.]+", path), dtype=float).reshape(-1, 2) - 12


@pytest.mark.parametrize("kind", ["advance", "withdrawal"])
def test_a_movement_without_direction_points_nowhere(kind: str) -> None:
    """Turned by a quarter its sign is the same; the one that is turned to a bearing is not."""
    quarter = np.array([[0.0, 1.0], [-1.0, 0.0]])
    for directed in (False, True):
        points = read_points(SIGN_PATHS[sign_of(kind, directed=directed)])
        turned = {tuple(np.round(point, 6) + 0.0) for point in points @ quarter}
        assert (turned == {tuple(np.round(point, 6) + 0.0) for point in points}) is not directed


@pytest.mark.parametrize("kind", ["advance", "withdrawal"])
def test_a_directed_sign_looks_north_before_it_is_turned(kind: str) -> None:
    points = read_points(SIGN_PATHS[sign_of(kind, directed=True)])
    upper = points[points[:, 1] == points[:, 1].min()]
    assert upper[:, 0].tolist() == [0.0]
    assert sorted(points[:, 0]) == pytest.approx(sorted(-points[:, 0]))


@pytest.mark.parametrize(
    ("status", "held", "pattern"),
    [
        ("reported", None, Pattern.SOLID),
        ("reported", "stated", Pattern.SOLID),
        ("reported", "assessed", Pattern.SOLID),
        ("reported", "claimed", Pattern.HATCHED),
        ("expected", "claimed", Pattern.OUTLINE),
        ("denied", "claimed", Pattern.STRUCK),
    ],
)
def test_pattern_tells_how_sure(status: str, held: str | None, pattern: Pattern) -> None:
    assert pattern_of(status, held) is pattern


@pytest.mark.parametrize(
    ("actors", "side"),
    [
        ("", ""),
        (None, ""),
        ("RUS", "RUS"),
        ("PRK;RUS", "RUS"),
        ("UKR; rus", CONTESTED_SIDE),
        ("PRK", "PRK"),
        ("YEM;IRN", "IRN"),
    ],
)
def test_one_side_colours_a_joint_action(actors: str | None, side: str) -> None:
    assert side_of(split_actors(actors)) == side


@given(st.text())
def test_every_code_has_a_colour(code: str) -> None:
    assert re.fullmatch(r"#[0-9A-Fa-f]{6}", side_colour(code))
    assert side_colour(code) == side_colour(code)


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_circles_grow_by_area(count: float, other: float) -> None:
    largest = max(count, other)
    radii = [circle_radius(value, largest) for value in (count, other)]
    assert max(radii) == pytest.approx(LARGEST_RADIUS)
    if min(radii) > SMALLEST_RADIUS:
        assert (radii[0] / radii[1]) ** 2 == pytest.approx(count / other)


def test_terminal_has_a_style_for_each_kind() -> None:
    from rich.style import Style

    for kind in KIND_ORDER:
        Style.parse(terminal_style_of(kind))


@pytest.mark.parametrize("lang", list_languages())
def test_every_language_has_words_for_every_code(lang: str) -> None:
    words = load_words(lang)
    for group, codes in (
        ("kinds", Kind),
        ("layers", Kind),
        ("statuses", Status),
        ("control_statuses", ControlStatus),
    ):
        for code in codes:
            assert words.word(group, code.value) != code.value or lang == "en"
    assert set(words.table["sides"]) >= set(SIDE_COLOURS)
    assert all(len(forms) == 3 for group in ("plurals", "units") for forms in words.table[group].values())


@pytest.mark.parametrize(
    ("lang", "count", "text"),
    [
        ("en", 1, "1 claim"), ("en", 2, "2 claims"), ("fr", 0, "0 affirmation"), ("fr", 2, "2 affirmations"),
        ("uk", 1, "1 твердження"), ("uk", 5, "5 тверджень"), ("uk", 22, "22 твердження"), ("uk", 12, "12 тверджень"),
        ("ru", 21, "21 утверждение"), ("ru", 3, "3 утверждения"), ("ru", 11, "11 утверждений"),
    ],
)  # fmt: skip
def test_counted_words_agree(lang: str, count: int, text: str) -> None:
    assert load_words(lang).count("plurals", "claims", count) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(20000, 90000, "20,000–90,000"), (50, 50, "50"), (100, None, "at least 100"), (None, 7, "up to 7"), (None, None, ""), (0.5, 2.25, "0.5–2.25")],
)  # fmt: skip
def test_ranges_are_told(low: float | None, high: float | None, text: str) -> None:
    assert load_words("en").span(low, high) == text


@pytest.mark.parametrize(
    "war",
    [
        ("UKR", "RUS", "PRK", "BLR"),
        ("ISR", "PSE", "LBN", "IRN", "SYR", "YEM"),
        ("ARM", "AZE", "TUR", "RUS"),
        ("SDN", "SSD"),
        ("COD", "RWA"),
        ("SYR", "TUR", "RUS", "ISR"),
    ],
)
def test_sides_of_one_war_have_colours_of_their_own(war: tuple[str, ...]) -> None:
    assert len({side_colour(side) for side in war}) == len(war)


WORLD = ("UKR", "RUS", "ISR", "PSE", "LBN", "SYR", "SDN", "COD", "RWA", "ARM", "AZE", "TUR")


def find_nearest(colours: dict[str, str]) -> float:
    seen = {
        side: [lab(eye @ linear(colour)) for eye in DEFICIENCIES.values()] for side, colour in colours.items()
    }
    return min(
        min(float(np.linalg.norm(a - b)) for a, b in zip(seen[one], seen[other], strict=True))
        for one, other in itertools.combinations(colours, 2)
    )


@pytest.mark.parametrize(
    ("sides", "apart"),
    [
        (("UKR", "RUS", "PRK", "BLR"), 12), (("ARM", "AZE", "TUR", "RUS"), 12), (("ISR", "PSE", "LBN", "IRN"), 9),
        (("UKR", "RUS", "ISR"), 12), (("UKR", "RUS", "ISR", "PSE", "LBN", "IRN", "SYR", "YEM"), 12), (WORLD, 8),
    ],
)  # fmt: skip
def test_sides_of_one_map_are_told_apart_by_every_eye(sides: tuple[str, ...], apart: float) -> None:
    assert find_nearest(assign_colours(sides)) >= apart


@given(st.sets(st.sampled_from(sorted(load_words("en").table["sides"])), max_size=30))
def test_no_two_sides_of_a_map_share_a_colour(sides: set[str]) -> None:
    colours = assign_colours(sides)
    assert len(set(colours.values())) == len(sides)
    assert colours == assign_colours(sorted(sides, reverse=True))
    assert all(colours[side] == SIDE_COLOURS[side] for side in ("UKR", "RUS") if side in sides)


def test_what_is_no_side_stays_grey() -> None:
    assert assign_colours(["", CONTESTED_SIDE, "x1", "RUS"]) == {
        CONTESTED_SIDE: CONTESTED, "x1": CONTESTED, "RUS": SIDE_COLOURS["RUS"]
    }  # fmt: skip


def test_a_group_with_digits_in_its_code_is_a_side() -> None:
    colours = assign_colours(["COD", "M23", CONTESTED_SIDE])
    assert len(set(colours.values())) == 3
    assert colours["M23"] != CONTESTED


def test_groups_of_one_country_have_colours_of_their_own() -> None:
    homes: dict[str, list[str]] = {}
    for group, country in PARTIES.items():
        homes.setdefault(country, [country]).append(group)
    for sides in homes.values():
        colours = [SIDE_COLOURS[side] for side in sides]
        assert len(set(colours)) == len(colours), sides


@pytest.mark.parametrize(
    ("lang", "first", "last", "text"),
    [
        ("en", date(2024, 11, 1), date(2024, 11, 10), "1 November – 10 November 2024"),
        ("fr", date(2024, 11, 1), date(2024, 11, 10), "1er novembre – 10 novembre 2024"),
        ("fr", date(2023, 12, 31), date(2024, 1, 1), "31 décembre 2023 – 1er janvier 2024"),
        ("de", date(2024, 11, 2), date(2024, 11, 2), "2. November 2024"),
    ],
)
def test_days_are_told_as_in_print(lang: str, first: date, last: date, text: str) -> None:
    assert load_words(lang).dates(first, last) == text


def test_amounts_are_told_with_their_unit() -> None:
    words = load_words("uk")
    assert [words.amount(n, n, "drones") for n in (1, 3, 30)] == ["1 дрон", "3 дрони", "30 дронів"]
    assert load_words("en").amount(None, 40000, "soldiers") == "up to 40,000 soldiers"
    assert load_words("en").amount(7, 7, "balloons") == "7 balloons"
    assert load_words("en").amount(None, None, "drones") == ""

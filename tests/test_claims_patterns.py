"""The notation of the lexicons' word patterns, and that all lexicons of claims compile."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.claims.patterns import Matcher, Sense, fold_word
from geo.claims.vocabulary import TRIGGERS, compile_vocabulary
from geo.errors import DataError
from geo.language.lexicon import list_languages, load_lexicon

SENSE = Sense("trigger", "take", "verb")


def find(pattern: str, text: str) -> list[tuple[int, int]]:
    matcher = Matcher()
    matcher.add([pattern], SENSE)
    return [(match.start, match.end) for match in matcher.find(text.split())]


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("captur*", "they captured it", [(1, 2)]),
        ("captur*", "they capped it", []),
        ("took|taken control", "has taken control", [(1, 3)]),
        ("took .. control", "took full and lasting control", [(0, 5)]),
        ("took .. control", "took a b c d control", []),
        ("lost ~ men", "lost 1,210 men", [(0, 3)]),
        ("lost ~ men", "lost men", []),
        ("hold", "holdings", []),
    ],
)
def test_pattern_finds(pattern, text, found):
    assert find(pattern, text) == found


def test_punctuation_breaks_a_pattern():
    matcher = Matcher()
    matcher.add(["took .. control"], SENSE)
    assert not matcher.find(["took", "", "control"])


def test_needs_are_read_off_the_pattern():
    matcher = Matcher()
    matcher.add(["left !force"], SENSE)
    (match,) = matcher.find(["left"])
    assert match.sense.needs == {"force"}


@pytest.mark.parametrize("pattern", ["", ".. control", "took ..", "~ men", "!force"])
def test_broken_pattern_is_named(pattern):
    with pytest.raises(DataError, match="begin and end with a word"):
        Matcher().add([pattern], SENSE)


def test_folding_levels_apostrophes_and_yo():
    assert fold_word("Під’ЇХАЛИ") == "під'їхали"
    assert fold_word("Бой за Щёлково") == "бой за щелково"


@given(st.lists(st.text(max_size=8), max_size=12))
def test_matches_lie_within_the_words(words):
    matcher = Matcher()
    matcher.add(["a*", "b .. c", "~ d" if False else "e ~ f"], SENSE)
    for match in matcher.find(words):
        assert 0 <= match.start < match.end <= len(words)


@pytest.mark.parametrize("tag", list_languages())
def test_every_language_has_words_for_every_trigger(tag):
    table = load_lexicon(tag).table("claims")["trigger"]
    compile_vocabulary(load_lexicon(tag))
    for name in TRIGGERS:
        assert any(table[name].values()), f"{tag}: no words for {name}"

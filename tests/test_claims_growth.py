"""Reading claims takes time in proportion to a text, however dense: growth is compared, never seconds."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from geo.claims.patterns import Matcher, Sense
from geo.claims.read import read_claims
from geo.claims.text import read_words
from geo.claims.vocabulary import compile_vocabulary
from geo.language.lexicon import load_lexicon
from geo.language.sentences import split_sentences
from geo.model import Place, PlaceKind, Report, Resolution, Span, Toponym

# Four times the length takes four times the time; its square would be sixteen.
GROWTH = 9.0
ALLOWANCE = 0.02  # seconds; shorter times tell nothing
CHAINS = {
    "places": "Aville: ",
    "list": "Aville, Btown and Cburg, ",
    "strikes": "Drones hit Aville and troops stormed Btown, ",
    "sentences": "Russian troops seized Aville. ",
    "said": "He said troops said drones hit Aville ",
    "sides": "Russian Ukrainian forces fell ",
    "numbers": "12 drones and 3,000 troops ",
    "dates": "on 6 August and since Sunday ",
    "courses": "advanced from Aville westwards to Btown, ",
}


def locate(text: str) -> tuple[Resolution, ...]:
    found: list[Resolution] = []
    for name in ("Aville", "Btown", "Cburg"):
        place = Place(
            gazetteer="t", id=name, name=name, latitude=48.0, longitude=37.0, kind=PlaceKind.SETTLEMENT
        )
        at = text.find(name)
        while at >= 0:
            span = Span(report_id="r", start=at, end=at + len(name), exact=name)
            found.append(Resolution(toponym=Toponym(span=span, name=name, name_span=span), place=place))
            at = text.find(name, at + 1)
    return tuple(sorted(found, key=lambda one: one.toponym.span.start))


def spend(text: str) -> float:
    report = Report(id="r", text=text, language="en", issued=datetime(2025, 1, 1, tzinfo=UTC))
    places, lexicon = locate(text), load_lexicon("en")
    started = time.process_time()
    read_claims(report, places, lexicon)
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
@pytest.mark.parametrize("head", ["", "Troops seize Aville\n\n"], ids=["plain", "headline"])
def test_time_grows_with_the_length_of_a_chain(chain: str, head: str) -> None:
    spend(head + chain * 20)
    few, many = (min(spend(head + chain * (5_000 * n // len(chain))) for _ in "ab") for n in (1, 4))
    assert many < GROWTH * max(few, ALLOWANCE)


def test_words_are_cut_alike_wherever_they_stand() -> None:
    """What stands between two spaces is remembered: the second time must not differ from the first."""
    vocabulary, lexicon = compile_vocabulary(load_lexicon("fr")), load_lexicon("fr")
    text = "L'armée d'Aville (n'a qu'un char), dit-on.\n\nPeut-être 1,5 km – c'est l'aube"
    once, twice = (
        read_words(part, vocabulary, split_sentences(part, lexicon)) for part in (text, f"{text} {text}")
    )
    count = len(once.words)
    assert twice.words == once.words * 2
    assert twice.marks == once.marks * 2
    assert twice.starts[count:] == [start + len(text) + 1 for start in once.starts]
    exact = [text[start:end] for start, end in zip(once.starts, once.ends, strict=True)]
    assert exact[:4] == ["L", "armée", "d", "Aville"]
    assert "dit" in exact
    assert "1,5" in exact
    assert "–" in exact


def test_second_words_are_remembered_as_they_are() -> None:
    matcher = Matcher()
    matcher.add(["took .. control of"], Sense("trigger", "take", "verb"))
    near, far = ["took", "full", "control", "of", "it"], ["took", "a", "b", "c", "d", "control", "of", "it"]
    for _ in range(2):
        assert [(match.start, match.end) for match in matcher.find(near)] == [(0, 4)]
        assert not matcher.find(far)

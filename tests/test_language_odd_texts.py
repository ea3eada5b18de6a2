"""Texts that no reporter wrote: cut, repeated, shuffled, one-sided. Nothing may break or grow with the square."""

import random
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from geo.language.dates import find_times
from geo.language.detect import detect_language
from geo.language.lexicon import list_languages, load_lexicon
from geo.language.quantities import find_quantities
from geo.language.sentences import split_sentences

REPORTS = sorted((Path(__file__).parents[1] / "data" / "reports").glob("*.txt"))
PUBLISHED = datetime(2024, 2, 29, tzinfo=UTC)
CONTROL = "\x00\t\r\n\u200b\u202e\u0130\u00df\u1e9e\u0661\u2075\U0001f600\u3000\ufeff\u00ad"
CHAINS = [
    *(".", ". ", "\n ", "123 456 ", "10-15 ", "05:20 ", "обл. ", "тысяч ", "a", "hundert", "5 травня "),
    *(
        "since the ",
        " ",
        "1",
        "»",
        "і т. д. ",
        "- ",
        "більше ніж ",
        "двадцять ",
        "d'",
        "$5 ",
        "%",
        "от 5 до ",
    ),
]


def read_all(tag, text):
    lexicon = load_lexicon(tag)
    spans = [quantity.span for quantity in find_quantities(text, lexicon)]
    spans += [mention.interval.span for mention in find_times(text, lexicon, PUBLISHED)]
    assert all(text[span.start : span.end] == span.exact for span in spans)
    assert all(start < end for start, end in split_sentences(text, lexicon))
    assert detect_language(text) in {*list_languages(), "und"}


def mutate(text, chance):
    start = chance.randrange(len(text))
    end = min(len(text), start + chance.randint(1, 80))
    words = text.split(" ")
    chance.shuffle(words)
    return chance.choice(
        [
            text[:start] + text[end:],
            text[:start] + text[start:end] * 4 + text[end:],
            " ".join(words),
            text[:start] + chance.choice(CONTROL) + text[start:],
            text[:start] + str(chance.randint(0, 10**9)) + text[start:],
            text.replace(" ", chance.choice(["\u00a0", "  ", "\n", " - ", ", "]), chance.randint(1, 40)),
            text[:start] + text[start:].upper(),
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_mutated_reports(seed):
    chance = random.Random(seed)  # seeded, so that a failure can be seen again
    text = chance.choice(REPORTS).read_text(encoding="utf-8")
    for _ in range(chance.randint(1, 5)):
        text = mutate(text, chance) or "."
    read_all(chance.choice(list_languages()), text)


@pytest.mark.parametrize("chain", CHAINS)
def test_chains_cost_their_length(chain):
    def measure(length):
        start = time.process_time()
        read_all("uk", chain * (length // len(chain)))
        return time.process_time() - start

    measure(1000)
    assert measure(40_000) < 40 * max(measure(4_000), 0.005)  # ten times the length; the square would be 100

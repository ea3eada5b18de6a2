"""Whether a report can state anything: told from its words alone, before its places are sought."""

from __future__ import annotations

from functools import lru_cache

from geo.claims.cues import Cues
from geo.claims.text import Reading, read_words
from geo.claims.topics import list_warlike
from geo.claims.vocabulary import compile_vocabulary
from geo.language.lexicon import Lexicon
from geo.language.sentences import split_sentences
from geo.model import Report

__all__ = ["read_once", "speaks_of_war"]


@lru_cache(maxsize=2)  # the gate asks, then the reader
def read_once(text: str, lexicon: Lexicon) -> tuple[Reading, Cues]:
    """Return the words of a text and its cues, which nobody may change."""
    reading = read_words(text, compile_vocabulary(lexicon), split_sentences(text, lexicon))
    return reading, Cues(reading)


def speaks_of_war(report: Report, lexicon: Lexicon) -> bool:
    """Tell whether a report speaks of forces at all; if not, it has neither claims nor rejections.

    Parameters
    ----------
    report
        The report.
    lexicon
        The words of its language.
    """
    reading, cues = read_once(report.text, lexicon)
    return bool(list_warlike(reading, cues.by_name, compile_vocabulary(lexicon).words["shared"]))

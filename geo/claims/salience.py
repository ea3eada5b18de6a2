"""Which town "the town" means, where another one is only in passing where somebody fled to or speaks from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from geo.claims.parts import Figure, Mention, Trigger, cut_range, find_first
from geo.claims.text import Reading
from geo.claims.vocabulary import Vocabulary
from geo.claims.wholes import place_key
from geo.model import PlaceKind

__all__ = ["drop_counted_towns", "drop_verbs", "leave_passing"]

_AHEAD = 8  # so many tokens before a town those stand who fled to it ("Refugees who have reached X tell")
_LEAST_TOWN = 5_000  # people


def leave_passing(
    reading: Reading,
    mentions: Sequence[Mention],
    triggers: Sequence[Trigger],
    things: Mapping[str, Sequence[int]],
    vocabulary: Vocabulary,
) -> None:
    """Point nouns back over a town where only refugees are to the one that the paragraph tells of.

    Parameters
    ----------
    reading
        The words of a report.
    mentions
        Its places, in order; those of nouns are changed.
    triggers
        What happens in it.
    things
        Token numbers by what stands there.
    vocabulary
        The words of its language.
    """
    if not things.get("civil"):
        return
    for at, mention in enumerate(mentions):
        here = reading.words[mention.name_end - 1] in vocabulary.words["heres"]
        if not mention.anaphor or here or not _is_town(mention):
            continue
        last = _find_last(mentions[:at], mention)
        if last is None or mention.start < _get_sentence(reading, last)[1]:
            continue  # "People of X are told to leave, for the front comes near the town"
        if not _is_passing(reading, last, triggers, things):
            continue
        meant = _find_told(reading, mentions[:at], last, triggers)
        if meant is not None:
            mention.resolution = replace(
                mention.resolution, place=meant.resolution.place, score=meant.resolution.score
            )


def drop_counted_towns(figures: Sequence[Figure], mentions: Sequence[Mention]) -> list[Figure]:
    """Return the figures but those of nouns that point back ("both villages"), whose places are told singly.

    Parameters
    ----------
    figures
        The quantities of a report, in order.
    mentions
        Its places, in order.

    Returns
    -------
    list of Figure
        Those that say how much or how many of something.
    """
    nouns = [(mention.start, mention.end) for mention in mentions if mention.anaphor]
    return [
        figure
        for figure in figures
        if figure.quantity.unit != "settlements" or not any(a <= figure.start < b for a, b in nouns)
    ]


def drop_verbs(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return the places but those whose name is a verb that a sentence begins with («Били по X»).

    Parameters
    ----------
    reading
        The words of a report.
    mentions
        Its places, in order.

    Returns
    -------
    list of Mention
        Those that are meant: the name of a place stands within a sentence somewhere, or is no verb.
    """
    verbs = {m.start for m in reading.matches.get("trigger", ()) if m.sense.form == "verb"}
    doubtful = [m for m in mentions if not m.anaphor and m.name_start in verbs and _is_opening(reading, m)]
    if not doubtful:
        return mentions
    sure = {place_key(m) for m in mentions if m not in doubtful}
    return [m for m in mentions if m not in doubtful or place_key(m) in sure]


def _is_opening(reading: Reading, mention: Mention) -> bool:
    """Tell whether a name of one word is the first one of its sentence."""
    first, _ = _get_sentence(reading, mention)
    return mention.name_end - mention.name_start == 1 and not any(reading.words[first : mention.start])


def _is_town(mention: Mention) -> bool:
    place = mention.resolution.place
    return place is not None and place.kind is PlaceKind.SETTLEMENT


def _find_last(before: Sequence[Mention], mention: Mention) -> Mention | None:
    """Return the name that a noun points back to."""
    place = mention.resolution.place
    return next((m for m in reversed(before) if not m.anaphor and m.resolution.place == place), None)


def _is_passing(
    reading: Reading, mention: Mention, triggers: Sequence[Trigger], things: Mapping[str, Sequence[int]]
) -> bool:
    """Tell whether civilians stand before a town in a sentence that tells of no forces."""
    start = max(mention.start - _AHEAD, _get_sentence(reading, mention)[0])
    civil = find_first(things["civil"], start, mention.start)
    if civil is None or find_first(things["force"], start, mention.start) is not None:
        return False
    return not cut_range(triggers, civil, mention.start)


def _find_told(
    reading: Reading, before: Sequence[Mention], last: Mention, triggers: Sequence[Trigger]
) -> Mention | None:
    """Return the last town of a paragraph before another one of which something is told."""
    paragraph = _get_paragraph(reading, last)
    for mention in reversed(before):
        if mention.start >= last.start or mention.anaphor or not _is_town(mention):
            continue
        if _get_paragraph(reading, mention) != paragraph:
            return None
        told = bool(cut_range(triggers, *_get_sentence(reading, mention)))
        other = mention.resolution.place != last.resolution.place
        if other and told and mention.role == "place" and _is_as_large(mention, last):
            return mention
    return None


def _is_as_large(mention: Mention, last: Mention) -> bool:
    place, other = mention.resolution.place, last.resolution.place
    if place is None or other is None or (other.population or 0) < _LEAST_TOWN:
        return True
    return not place.population or place.population >= _LEAST_TOWN


def _get_sentence(reading: Reading, mention: Mention) -> tuple[int, int]:
    sentence = next(s for s in reading.sentences if s.start <= mention.start < s.end)
    return sentence.start, sentence.end


def _get_paragraph(reading: Reading, mention: Mention) -> int:
    return next(s.paragraph for s in reading.sentences if s.start <= mention.start < s.end)

"""From a report's text to its places: names found, places chosen, and what reading them together tells."""

from __future__ import annotations

from geo.language.lexicon import Lexicon
from geo.model import Report, Resolution
from geo.places.centres import add_centres
from geo.places.descriptions import settle_descriptions
from geo.places.gazetteer import Gazetteer
from geo.places.guesses import guess_places
from geo.places.recognise import recognise_toponyms
from geo.places.resolve import ResolveSettings, resolve_toponyms
from geo.places.strays import leave_strays

__all__ = ["read_places"]


def read_places(
    report: Report,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    settings: ResolveSettings = ResolveSettings(),  # noqa: B008 - frozen
    *,
    every_mention: bool = False,
) -> tuple[Resolution, ...]:
    """Find the names of places in a report and choose a place for each, or none.

    Parameters
    ----------
    report
        The report; offsets are code points of its text.
    lexicon
        The words of its language.
    gazetteer
        Known places.
    settings
        How places are chosen.
    every_mention
        See `geo.places.recognise.recognise_toponyms`.

    Returns
    -------
    tuple of Resolution
        In text order.
    """
    toponyms = recognise_toponyms(report, lexicon, gazetteer, every_mention=every_mention)
    resolutions = resolve_toponyms(report, toponyms, gazetteer, settings)
    settled = settle_descriptions(report, resolutions, lexicon, gazetteer)
    settled = add_centres(report, settled, lexicon, gazetteer)
    # A count of mentions loses nothing by a place that is not sure.
    return guess_places(settled) if every_mention else leave_strays(settled)

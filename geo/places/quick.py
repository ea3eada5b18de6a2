"""Places for a name that the gazetteer has as it stands, within milliseconds of a fresh process.

What `geo.places.lookup.find_places` answers for such a name, by the same rating, but without the nouns and
the words of reports: `dataclasses`, lexicons and patterns are not imported.
"""

from __future__ import annotations

from geo.places.answers import describe_place
from geo.places.candidates import MOST_CANDIDATES, rate_entries
from geo.places.evidence import Weights, squash
from geo.places.folding import fold_name
from geo.places.gazetteer import Gazetteer, open_gazetteer

TYPE_CHECKING = False  # as typing's, which is slow to import
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

__all__ = ["answer_name", "open_quickly"]

# Where one of these stands, the words after it say more of the place.
_MARKS = ",("


class _KnownPlace:
    """The values of a place by name, as `geo.model.Place` has them."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__ = values


def open_quickly(user_folder: Path | None = None) -> Gazetteer:
    """Open the gazetteer for `answer_name`; see `geo.places.gazetteer.open_gazetteer`."""
    if not hasattr(Gazetteer.find, "__code__"):  # compiled (`make fast`): it takes no other sort of place
        return open_gazetteer(user_folder)
    return open_gazetteer(user_folder, _KnownPlace)  # type: ignore[arg-type] # of the same attributes


def answer_name(
    name: str, gazetteer: Gazetteer, limit: int = 5, country: str = ""
) -> list[dict[str, Any]] | None:
    """Return the places that a name may mean, best first, as flat values.

    Parameters
    ----------
    name
        The name as written.
    gazetteer
        From `open_quickly`.
    limit
        How many places to answer with at most.
    country
        ISO 3166-1 alpha-2 codes, joined by commas, that the place must lie in; empty for all.

    Returns
    -------
    list of dict, or None
        As `geo.places.answers.describe_candidate` gives them; None where the gazetteer does not have the
        name as it stands (there), so that only `geo.places.lookup.find_places` can tell.
    """
    if not name.isprintable() or any(mark in name for mark in _MARKS):
        return None
    entries = gazetteer.find(fold_name(name))
    if not entries:
        return None
    wanted = {code.strip().upper() for code in country.split(",") if code.strip()}
    rated = rate_entries(entries, Weights())[:MOST_CANDIDATES]
    kept = [one for one in rated if not wanted or one.place.country_code.upper() in wanted][:limit]
    return [describe_place(one.place, squash(one.score), one.why, gazetteer) for one in kept] or None

"""Reports from what a program holds already: texts, dictionaries, rows of a data frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from geo.reports.drafts import Draft, Problem
from geo.reports.read import ReadOptions, ReadResult, gather_reports
from geo.reports.tables import translate_heading

__all__ = ["read_records"]

_NOTHING_ELSE = ReadOptions()


def read_records(
    records: Iterable[str | Mapping[str, Any]], options: ReadOptions = _NOTHING_ELSE
) -> ReadResult:
    """Read reports from texts or from records, as `geo.read_reports` reads them from the lines of a table.

    Parameters
    ----------
    records
        Texts; or mappings with a field ``text`` and, where known, ``date``, ``source``, ``lang``, ``url`` and
        ``id``, by any of the names that columns of tables go by (``frame.to_dict("records")``).  A date may
        be a string, a `datetime.date`, a `datetime.datetime` or a pandas timestamp; UTC where it names no
        zone.  None, NaN and NaT are fields that are not there.
    options
        What the records do not say.

    Returns
    -------
    ReadResult
        Each record without words gives one problem that names its number, from 1; the rest is read.

    Raises
    ------
    InputError
        If ``options.date`` is no date.
    """
    return gather_reports(_draft_records(records), options)


def _draft_records(records: Iterable[str | Mapping[str, Any]]) -> Iterator[Draft | Problem]:
    for number, record in enumerate(records, 1):
        where = f"record {number}"
        if isinstance(record, str):
            yield Draft(where=where, fields={"text": record})
        elif isinstance(record, Mapping):
            told = {translate_heading(str(key)): _read_value(value) for key, value in record.items()}
            yield Draft(where=where, fields={key: value for key, value in told.items() if value is not None})
        else:
            kind = type(record).__name__
            yield Problem(where=where, message=f"{kind} is neither a text nor a mapping: give one of these")


def _read_value(value: Any) -> Any:
    """Return a value as JSON would hold it: days as ISO 8601, plain numbers; None for gaps."""
    if _is_missing(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "dtype") and not getattr(value, "ndim", 1):
        return str(value) if value.dtype.kind == "M" else value.item()
    return value


def _is_missing(value: Any) -> bool:
    """Tell whether a value is None, or what pandas and numpy write for it, none of which equals itself."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124
    except (TypeError, ValueError):  # pandas' NA has no truth, nor has an array
        return type(value).__name__ == "NAType"

"""The one tree of errors.

    FrontlineError
    ├── InputError            what was handed in cannot be read; the message names the file (and line)
    │   └── ForeignFileError  layers are asked for, and another program wrote the file
    ├── OutputError           what was asked for cannot be written there
    ├── DataError             a shipped or user data file is missing or broken
    ├── PlaceError            a geocoding request cannot be answered as asked
    │   └── ServiceError      an outside service failed (only ever with --online)
    ├── GeometryError         a shape cannot be drawn honestly
    ├── SchemaError           a frame does not keep the schema of the layers
    └── MissingExtraError     a heavy library is not installed; the message has the line to type

Every message quotes the offending value and says what to do.
"""

from __future__ import annotations

__all__ = [
    "DataError",
    "ForeignFileError",
    "FrontlineError",
    "GeometryError",
    "InputError",
    "MissingExtraError",
    "OutputError",
    "PlaceError",
    "SchemaError",
    "ServiceError",
]


class FrontlineError(Exception):
    """Root of all errors that this project raises on purpose."""


class InputError(FrontlineError):
    """What was handed in cannot be read: check the file and line that the message names."""


class ForeignFileError(InputError):
    """A file of layers is of another program, or of another sort: the message says what is missing."""


class OutputError(FrontlineError):
    """What was asked for cannot be written: choose another path or suffix."""


class DataError(FrontlineError):
    """A data file is missing or broken: reinstall, or rebuild it with the tool that SOURCES.toml names."""


class PlaceError(FrontlineError):
    """A place cannot be looked up as asked: correct the query."""


class ServiceError(PlaceError):
    """An outside service failed: try again later, or work offline."""


class GeometryError(FrontlineError):
    """A shape cannot be drawn honestly: the message says why."""


class SchemaError(FrontlineError):
    """A frame does not keep the schema: the message lists every fault."""


class MissingExtraError(FrontlineError):
    """A library of an extra is missing: the message has the line to type."""

    def __init__(self, package: str, extra: str) -> None:
        import shlex
        import sys

        python = shlex.quote(sys.executable or "python3")  # that of this very program, whatever "pip" is
        super().__init__(
            f"{package!r} is not installed; type: {python} -m pip install 'frontline-map[{extra}]'"
        )

"""Files written whole or not at all: a temporary file beside the target, then one rename.

A reader never sees half a file, and a kill in the middle leaves what stood there before.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import OutputError

__all__ = ["replace_file", "write_bytes", "write_text"]

# SQLite applies a journal that it finds beside a database, whoever wrote it.
_JOURNALS = ("-wal", "-shm", "-journal")


@contextmanager
def replace_file(path: Path | str) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on leaving well, put what was written there in its place.

    Parameters
    ----------
    path
        The file to write.  A symbolic link is followed; the permissions of an older file are kept.

    Yields
    ------
    Path
        Where to write; it keeps the suffixes of ``path``, for libraries that choose the format by them.

    Raises
    ------
    OutputError
        If the folder is missing or cannot be written to, or nothing was written.
    """
    target = Path(os.path.realpath(path))
    _check_target(target, path)
    # The temporary name starts with a dot so that globs and viewers pass it over.
    stand_in = target.with_name(f".{secrets.token_hex(6)}.{target.name[-120:]}")
    try:
        yield stand_in
        _put_in_place(stand_in, target)
    except OSError as error:
        raise OutputError(f"cannot write {str(path)!r}: {error.strerror or error}") from error
    finally:
        for suffix in ("", *_JOURNALS):
            with suppress(OSError):
                stand_in.with_name(stand_in.name + suffix).unlink()


def _check_target(target: Path, asked: Path | str) -> None:
    if target.is_dir():
        raise OutputError(f"cannot write {str(asked)!r}: it is a folder; name a file")
    if not target.parent.is_dir():
        raise OutputError(
            f"cannot write {str(asked)!r}: folder {str(target.parent)!r} does not exist; make it first"
        )


def _put_in_place(stand_in: Path, target: Path) -> None:
    with stand_in.open("rb+") as stream:
        os.fsync(stream.fileno())
    if target.exists():
        stand_in.chmod(stat.S_IMODE(target.stat().st_mode))
    for suffix in _JOURNALS:
        with suppress(FileNotFoundError):
            target.with_name(target.name + suffix).unlink()
    stand_in.replace(target)
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename last through a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_bytes(path: Path | str, content: bytes) -> None:
    """Write a file whole or not at all; `OutputError` if it cannot be."""
    with replace_file(path) as stand_in:
        stand_in.write_bytes(content)


def write_text(path: Path | str, content: str) -> None:
    """Write a UTF-8 file whole or not at all, line ends as they are; `OutputError` if it cannot be."""
    write_bytes(path, content.encode("utf-8"))

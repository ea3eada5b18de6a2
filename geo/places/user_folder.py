"""The folder of the user's own data."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["find_user_folder"]

_APPLICATION = "frontline"


def find_user_folder() -> Path:
    """Return the folder of the user's own data; it is not made before something is added.

    Where the XDG Base Directory Specification holds it is followed here, as platformdirs follows it:
    importing that takes longer than looking up a name.
    """
    if sys.platform == "linux" and not hasattr(sys, "getandroidapilevel"):
        base = os.environ.get("XDG_DATA_HOME", "").strip() or os.path.expanduser("~/.local/share")  # noqa: PTH111
        return Path(base, _APPLICATION)
    from platformdirs import user_data_path

    return user_data_path(_APPLICATION, appauthor=False)

"""Fill in the sha256 of each file of ``data/SOURCES.toml`` after a build."""

from __future__ import annotations

import re
from pathlib import Path

from packages import hash_file

DATA = Path(__file__).resolve().parent.parent / "data"
_HEADER = re.compile(r'\[files\."(.+)"\]')


def seal(text: str) -> str:
    """Return the text with the hash of each listed file."""
    current, out = "", []
    for line in text.splitlines():
        match = _HEADER.match(line)
        current = match[1] if match else ("" if line.startswith("[") else current)
        out.append(
            f'sha256 = "{hash_file(DATA / current)}"' if current and line.startswith("sha256") else line
        )
    return "\n".join(out) + "\n"


def main() -> None:
    """Rewrite the file in place."""
    path = DATA / "SOURCES.toml"
    path.write_text(seal(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()

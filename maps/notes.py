"""What a run tells on standard error, in the language of --ui-lang: faults always, notes unless --quiet."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

__all__ = ["Notes", "open_notes"]

_BASE = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class Notes:
    """How a run speaks to its user.

    Attributes
    ----------
    lang
        BCP 47 tag of a lexicon; what it has no words for is told in English.
    quiet
        True to tell nothing but what stops the work or loses an input.
    """

    lang: str = _BASE
    quiet: bool = False

    def tell(self, text: str, where: str = "") -> None:
        """Print one line, whatever is asked for."""
        told = self.translate(text)
        print(f"frontline: {where}: {told}" if where else f"frontline: {told}", file=sys.stderr)  # noqa: T201

    def note(self, text: str, where: str = "") -> None:
        """Print one line that a user may do without."""
        if not self.quiet:
            self.tell(text, where)

    def translate(self, text: str) -> str:
        """Return an English sentence in the language of the run; as it is where there are no words for it."""
        if self.lang == _BASE:
            return text
        from maps.reasons import tell_note
        from maps.words import load_words

        return tell_note(text, load_words(self.lang))


def open_notes(args: argparse.Namespace) -> Notes:
    """Return how a run speaks, by its options."""
    return Notes(lang=args.ui_lang, quiet=args.quiet)

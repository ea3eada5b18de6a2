"""Signs of progress on a terminal, for what takes longer than a moment."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["show_work"]

_MOMENT = 1.0  # seconds before which nothing is shown
_A_SECOND = 4  # times that it is drawn anew: more would cost the readers time


@contextmanager
def show_work(
    text: str, *, total: int | None = None, quiet: bool = False
) -> Iterator[Callable[[int], object]]:
    """Yield what shows how much of some work is done, once that has taken a second; on a terminal only.

    Parameters
    ----------
    text
        What is done.
    total
        How much there is to do; None where nobody knows, and only the time that has passed is shown.
    quiet
        True to show nothing.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    sign = _Sign(text, total)
    timer = Timer(_MOMENT, sign.start)
    timer.daemon = True
    timer.start()
    try:
        yield sign.show
    finally:
        timer.cancel()
        timer.join()
        sign.stop()


class _Sign:
    """A bar that begins when its time has come, and then shows all that was done before."""

    def __init__(self, text: str, total: int | None) -> None:
        self._text, self._total = text, total
        self._done = 0
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def start(self) -> None:
        """Draw it."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            Progress,
            SpinnerColumn,
            TaskProgressColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        known = (TaskProgressColumn(), TimeRemainingColumn()) if self._total else ()
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            *known,
            TimeElapsedColumn(),
        )
        bar = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            refresh_per_second=_A_SECOND,
            redirect_stdout=False,
        )
        self._task = bar.add_task(self._text, total=self._total, completed=self._done)
        bar.start()
        self._bar = bar

    def show(self, done: int) -> None:
        """Tell how much is done."""
        self._done = done
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=done)

    def stop(self) -> None:
        """Take it away."""
        if self._bar is not None:
            self._bar.stop()

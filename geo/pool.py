"""Work for several processor cores: the same answers, in the same order, as from one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

__all__ = ["apply_to_all", "count_processes"]

_Asked = TypeVar("_Asked")
_Answer = TypeVar("_Answer")

# A process takes about a second to start and to learn the words; a report a hundredth of one.
_WORTH_IT = 500
_CHUNK = 8


def count_processes(reports: int) -> int:
    """Return how many processes read so many reports soonest on this machine."""
    if reports < _WORTH_IT:
        return 1
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(usable, reports // _WORTH_IT + 1))


def apply_to_all(
    work: Callable[[_Asked], _Answer], items: Sequence[_Asked], processes: int
) -> Iterator[_Answer]:
    """Yield what a function answers to each item, in order.

    Parameters
    ----------
    work
        A function that other processes can import, or a `functools.partial` of one.
    items
        What it is asked.
    processes
        How many processes share the work; with one, all is done in this one.  Should one of several be
        killed (for want of memory, say), this process does the rest alone.

    Yields
    ------
    object
        The answers, in the order of the items.
    """
    done = 0
    if processes > 1 and len(items) > 1:
        for answer in _share(work, items, processes):
            done += 1
            yield answer
    yield from map(work, islice(items, done, None))


def _share(work: Callable[[_Asked], _Answer], items: Sequence[_Asked], processes: int) -> Iterator[_Answer]:
    """Yield answers from other processes, fewer than the items where one was killed."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # Fresh processes: an open database or a thread does not survive a fork.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(work, items, chunksize=_CHUNK)
        except BrokenProcessPool:
            return
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

"""Demands, pleas and politics, which state nothing of a place: "calls for a retreat from X"."""

from __future__ import annotations

from geo.claims.scene import Scene

__all__ = ["is_plea"]


def is_plea(scene: Scene, start: int, end: int) -> bool:
    """Tell whether what is told behind some words is demanded or talked of, and not denied.

    Parameters
    ----------
    scene
        The words of a report.
    start, end
        The tokens that can govern what is told, half-open.

    Returns
    -------
    bool
        Whether it states nothing.
    """
    return _is_blocked(scene, start, end) and not _is_denied_plea(scene, start, end)


def _is_blocked(scene: Scene, start: int, end: int) -> bool:
    """Tell whether demands or politics govern what is told, and are not over ("after talks X left Y")."""
    words, small = scene.reading.words, scene.vocabulary.words
    return any(
        words[m.start - 1] not in small["afters"]
        and small["contrasts"].isdisjoint(words[m.end : end])  # "want a buffer zone, but attack near X"
        for m in scene.cues.within("block", start, end)
    )


def _is_denied_plea(scene: Scene, start: int, end: int) -> bool:
    """Tell whether a denial stands beside a plea, and not in another part of the sentence."""
    pleas, marks = scene.cues.within("block", start, end), scene.reading.marks
    return any(
        not any(marks[min(denial.end, plea.end) : max(denial.start, plea.start)])
        for denial in scene.cues.within("denial", start, end)
        for plea in pleas
    )

"""How control is drawn."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ControlSettings"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlSettings:
    """How zones and the front line are drawn.

    Attributes
    ----------
    smoothness
        Into how many parts the edges between settlements are cut; 1 gives straight lines half-way.
    memory_days
        Statements older than this are forgotten; None keeps all.
    drift_km_per_day
        How fast nobody's knowledge of the front ages: the band grows by this for each day since the
        newest word about a stretch.  December 2024 against September: 2.1 km in 91 days.
    drift_km_max
        No more than this.
    spacing_share
        The band's half-width as a share of the distance to the nearest settlement.
    base_km
        How far two careful maps of one day lie apart (data/README.md of the reference maps: 1.2-2.1 km).
    grid_km
        Where no settlements are given, a grid of this spacing stands for them.
    """

    smoothness: int = 4
    memory_days: int | None = None
    drift_km_per_day: float = 0.023
    drift_km_max: float = 5.0
    spacing_share: float = 0.6
    base_km: float = 1.5
    grid_km: float = 8.0

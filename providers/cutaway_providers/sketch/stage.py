"""The stage: the measures every layer of one shot shares, and a random source for each layer by name."""

from __future__ import annotations

import random
from dataclasses import dataclass

from cutaway_providers.sketch.palette import Hour

HORIZON = 0.765
"""Where the ground begins, as a share of the frame's height from the top."""

INDOOR_TINT = {
    "dawn": (1.0, 0.94, 0.90),
    "day": (1.0, 1.0, 0.98),
    "dusk": (0.98, 0.84, 0.76),
    "night": (0.88, 0.78, 0.72),
}

RAIL = 0.034
"""How far a station's rails lie below the horizon, as a share of the frame's height."""

FEET = 0.885
"""Where the nearest feet stand, as a share of the frame's height from the top."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Frame size in pixels, length in seconds, the hour's light and the seed everything random starts from."""

    width: int
    height: int
    duration_s: float
    hour: Hour
    seed: str
    indoors: bool = False

    @property
    def cast_tint(self) -> tuple[float, float, float]:
        """What the light does to the cast's colours: the hour's own outdoors, lamplight in a room."""
        return INDOOR_TINT[self.hour.name] if self.indoors else self.hour.cast_tint

    @property
    def unit(self) -> float:
        """The length the cast is measured in: the frame's short side, in pixels."""
        return float(min(self.width, self.height))

    @property
    def rise(self) -> float:
        """The length hills, trees and houses are measured in; a tall frame makes them taller."""
        return 0.6 * self.unit + 0.4 * self.height

    @property
    def horizon(self) -> float:
        """Y of the ground's far edge in pixels."""
        return HORIZON * self.height

    @property
    def feet(self) -> float:
        """Y of the nearest feet in pixels."""
        return FEET * self.height

    @property
    def period(self) -> int:
        """Pixels after which a layer repeats itself sideways."""
        return max(2 * self.width, int(1.7 * self.height))

    @property
    def pad(self) -> int:
        """Pixels a layer reaches above and below the frame, for tilts and zooms."""
        return round(0.14 * self.height)

    def random(self, layer: str) -> random.Random:
        """A random source that depends on the seed and this layer's name, and on nothing else."""
        return random.Random(f"{self.seed}:{layer}")

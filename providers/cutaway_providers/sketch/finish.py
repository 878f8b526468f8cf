"""The last touch on every frame: the vignette with the shot's lighting, then the film's look."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageChops, ImageFilter

from cutaway_providers.sketch.layers import lay_glow
from cutaway_providers.sketch.palette import Colour, colour_of, mix
from cutaway_providers.sketch.scene import Sketch
from cutaway_providers.sketch.stage import Stage
from cutaway_providers.sketch.words import words_of

LIGHT_WORDS: dict[str, Colour] = {
    "neon": (255, 80, 190), "golden": (255, 196, 96), "gold": (255, 196, 96), "warm": (255, 190, 110),
    "candlelight": (255, 170, 80), "candlelit": (255, 170, 80), "firelight": (255, 150, 70), "sunset": (255, 140, 80),
    "cold": (110, 160, 255), "cool": (120, 170, 255), "moonlight": (140, 170, 255), "moonlit": (140, 170, 255),
    "spotlight": (255, 246, 220), "soft": (255, 236, 214), "bright": (255, 250, 236),
}  # fmt: skip

# Darkest, middle and brightest colour of each look, and the colour of its lines.
TONES: dict[str, tuple[Colour, Colour, Colour, Colour]] = {
    "ink": ((34, 30, 38), (150, 140, 132), (250, 244, 230), (24, 20, 28)),
    "blueprint": ((12, 38, 88), (24, 66, 134), (58, 112, 184), (226, 240, 255)),
    "chalkboard": ((24, 36, 34), (38, 56, 52), (74, 92, 86), (240, 240, 228)),
}


class Finish:
    """Lays the vignette and the lighting over a frame and turns it into the film's look."""

    def __init__(self, stage: Stage, sketch: Sketch) -> None:
        self._veil = _vignette(stage)
        self._look = sketch.look
        light = next((LIGHT_WORDS[w] for w in words_of(sketch.lighting) if w in LIGHT_WORDS), None) or colour_of(
            sketch.lighting
        )
        if light:
            lay_glow(self._veil, 0.5 * stage.width, 0.42 * stage.height, 0.72 * stage.width, light, 0.26)
        self._tables = _tables(sketch.look, stage.hour.name) if sketch.look in TONES else []

    def apply(self, canvas: Image.Image) -> Image.Image:
        """The finished frame."""
        canvas.paste(self._veil, (0, 0), self._veil)
        if self._look == "paper":
            return canvas
        frame = Image.frombuffer("RGBA", canvas.size, canvas.tobytes("raw", "RGBa"), "raw", "RGBA", 0, 1)
        grey = frame.convert("L")
        edges = _edges(grey)
        drawn = _neon(frame, edges) if self._look == "neon" else _toned(grey, edges, self._tables, TONES[self._look][3])
        return Image.frombuffer("RGBa", drawn.size, drawn.tobytes(), "raw", "RGBa", 0, 1)


def _edges(grey: Image.Image) -> Image.Image:
    """Where brightness changes, 0 to 255. The frame's own border is no edge."""
    lines = ImageChops.subtract(grey.filter(ImageFilter.MaxFilter(3)), grey.filter(ImageFilter.MinFilter(3)))
    return lines.point([min(255, max(0, v - 10) * 5) for v in range(256)])


def _toned(grey: Image.Image, edges: Image.Image, tables: list[list[int]], line: Colour) -> Image.Image:
    bands = [grey.point(table) for table in tables]
    toned = Image.merge("RGBA", (*bands, Image.new("L", grey.size, 255)))
    toned.paste((*line, 255), (0, 0), edges.point([v * 200 // 255 for v in range(256)]))
    return toned


def _neon(frame: Image.Image, edges: Image.Image) -> Image.Image:
    dark = frame.point([*[v * 60 // 255 + 6 for v in range(256)], *[v * 44 // 255 + 2 for v in range(256)],
                        *[v * 80 // 255 + 22 for v in range(256)], *range(256)])  # fmt: skip
    width, height = frame.size
    ramp = Image.merge(
        "RGB", [Image.linear_gradient("L").rotate(turn).resize((width, height)) for turn in (0, 90, 180)]
    )
    colour = ramp.point(
        [
            *[90 + v * 165 // 255 for v in range(256)],
            *[70 + v * 170 // 255 for v in range(256)],
            *[150 + v * 105 // 255 for v in range(256)],
        ]
    )
    halo = edges.filter(ImageFilter.BoxBlur(max(2, height // 160))).point([v * 130 // 255 for v in range(256)])
    dark.paste(colour.convert("RGBA"), (0, 0), ImageChops.lighter(edges, halo))
    return dark


def _tables(look: str, hour: str) -> list[list[int]]:
    low, middle, high, _ = TONES[look]
    # Dark hours are lifted: these looks tell the hour by their lines, not by blackness.
    gamma = {"dawn": 0.85, "day": 0.9, "dusk": 0.55, "night": 0.42}[hour]
    lifted = [255 * (v / 255) ** gamma for v in range(256)]
    tones = [mix(low, middle, v / 128) if v < 128 else mix(middle, high, (v - 128) / 127) for v in lifted]
    return [[tone[channel] for tone in tones] for channel in range(3)]


def _vignette(stage: Stage) -> Image.Image:
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

"""Colours: what each hour does to the sky, to each depth of paper and to the cast; and words for colours.

A colour is `(red, green, blue)`, 0 to 255. Depth runs from 0 (farthest) to 3 (the ground under the cast).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hour:
    """The light of one time of day. Positions are shares of the frame; `tint` multiplies local colours."""

    name: str
    sky: tuple[Colour, Colour, Colour]
    sun_at: tuple[float, float]
    sun_size: float
    sun: Colour
    glow: Colour
    glow_strength: float
    ramp: tuple[Colour, Colour, Colour, Colour]
    ramp_share: float
    tint: tuple[float, float, float]
    cast_tint: tuple[float, float, float]
    haze: Colour
    haze_share: float
    rim: Colour
    rim_share: float
    cloud: Colour
    shade: Colour
    lamps: bool
    stars: int


HOURS: Final[dict[str, Hour]] = {
    "dawn": Hour(
        name="dawn",
        sky=((112, 136, 188), (238, 190, 182), (255, 224, 184)),
        sun_at=(0.30, 0.60), sun_size=0.085, sun=(255, 243, 208), glow=(255, 222, 170), glow_strength=0.75,
        ramp=((232, 184, 182), (190, 138, 160), (136, 98, 136), (104, 78, 112)), ramp_share=0.58,
        tint=(1.0, 0.86, 0.82), cast_tint=(1.0, 0.91, 0.87), haze=(255, 222, 196), haze_share=0.45,
        rim=(255, 226, 178), rim_share=0.55, cloud=(255, 226, 214), shade=(64, 48, 78), lamps=False, stars=0,
    ),
    "day": Hour(
        name="day",
        sky=((74, 152, 210), (150, 204, 230), (236, 242, 226)),
        sun_at=(0.78, 0.17), sun_size=0.07, sun=(255, 250, 224), glow=(255, 250, 220), glow_strength=0.5,
        ramp=((172, 204, 220), (148, 186, 190), (112, 148, 140), (112, 128, 104)), ramp_share=0.16,
        tint=(1.0, 1.0, 0.97), cast_tint=(1.0, 1.0, 0.98), haze=(226, 240, 236), haze_share=0.34,
        rim=(255, 252, 232), rim_share=0.30, cloud=(255, 255, 252), shade=(26, 52, 66), lamps=False, stars=0,
    ),
    "dusk": Hour(
        name="dusk",
        sky=((58, 38, 92), (182, 78, 104), (252, 164, 98)),
        sun_at=(0.70, 0.55), sun_size=0.095, sun=(255, 228, 164), glow=(255, 176, 104), glow_strength=0.8,
        ramp=((222, 120, 96), (158, 74, 98), (94, 46, 84), (54, 28, 62)), ramp_share=0.66,
        tint=(0.92, 0.62, 0.58), cast_tint=(0.98, 0.80, 0.74), haze=(250, 158, 104), haze_share=0.42,
        rim=(255, 190, 116), rim_share=0.70, cloud=(244, 142, 112), shade=(32, 10, 40), lamps=True, stars=14,
    ),
    "night": Hour(
        name="night",
        sky=((9, 13, 38), (22, 34, 80), (58, 76, 132)),
        sun_at=(0.74, 0.20), sun_size=0.075, sun=(240, 243, 255), glow=(150, 172, 235), glow_strength=0.5,
        ramp=((52, 68, 122), (37, 49, 96), (25, 34, 72), (18, 24, 54)), ramp_share=0.70,
        tint=(0.36, 0.44, 0.66), cast_tint=(0.64, 0.68, 0.86), haze=(64, 84, 144), haze_share=0.36,
        rim=(176, 198, 255), rim_share=0.55, cloud=(60, 76, 128), shade=(2, 4, 16), lamps=True, stars=170,
    ),
}  # fmt: skip

COLOUR_WORDS: Final[dict[str, Colour]] = {
    "red": (204, 52, 46), "crimson": (176, 28, 48), "scarlet": (212, 44, 36), "orange": (232, 124, 44),
    "yellow": (246, 202, 74), "gold": (226, 178, 62), "golden": (226, 178, 62), "amber": (240, 170, 60),
    "green": (78, 150, 92), "olive": (128, 132, 70), "mint": (150, 212, 180), "teal": (40, 142, 146),
    "turquoise": (66, 186, 188), "cyan": (92, 206, 224), "blue": (62, 112, 190), "navy": (36, 54, 104),
    "sky": (122, 184, 226), "indigo": (74, 66, 152), "purple": (128, 82, 164), "violet": (146, 104, 196),
    "lilac": (190, 164, 214), "pink": (236, 146, 172), "magenta": (206, 68, 140), "maroon": (120, 40, 48),
    "brown": (134, 88, 58), "tan": (204, 164, 118), "beige": (222, 202, 168), "cream": (246, 232, 204),
    "ginger": (222, 132, 66), "white": (244, 241, 234), "silver": (190, 198, 206), "grey": (136, 142, 150),
    "gray": (136, 142, 150), "charcoal": (70, 74, 84), "black": (48, 48, 58), "brass": (204, 162, 78),
    "copper": (190, 112, 72), "bronze": (166, 118, 66), "rust": (178, 86, 48), "sand": (220, 192, 140),
    "rose": (220, 116, 136), "peach": (250, 188, 152), "wooden": (164, 112, 66), "khaki": (176, 160, 110),
}  # fmt: skip

NEAR_BLACK: Final[Colour] = (38, 34, 44)
PAPER: Final[Colour] = (246, 238, 222)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """`a` with `share` (0 to 1) of `b` in it."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def times(a: Colour, by: tuple[float, float, float] | float) -> Colour:
    """`a` multiplied channel by channel, kept inside 0 to 255."""
    r, g, b = by if isinstance(by, tuple) else (by, by, by)
    return min(255, round(a[0] * r)), min(255, round(a[1] * g)), min(255, round(a[2] * b))


def at_depth(hour: Hour, local: Colour, depth: float) -> Colour:
    """A local colour as it looks at `depth` (0 far to 3 near) in this hour's light."""
    low = min(2, int(depth))
    ramp = mix(hour.ramp[low], hour.ramp[low + 1], depth - low)
    # Air takes the local colour away: the farther, the more of the hour's own colour.
    share = min(1.0, hour.ramp_share + (3 - depth) * 0.11)
    return mix(times(local, hour.tint), ramp, share)


def colour_of(*texts: str) -> Colour | None:
    """The first colour word, or `#rrggbb`, in these texts; `None` when there is none."""
    for text in texts:
        found = re.search(r"#([0-9a-fA-F]{6})\b", text)
        if found:
            digits = found.group(1)
            return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
        words = re.findall(r"[a-z]+", text.lower())
        for place, word in enumerate(words):
            if word in COLOUR_WORDS:
                colour = COLOUR_WORDS[word]
                before = words[place - 1] if place else ""
                if before in {"dark", "deep"}:
                    return times(colour, 0.7)
                if before in {"light", "pale"}:
                    return mix(colour, (255, 255, 255), 0.4)
                return colour
    return None

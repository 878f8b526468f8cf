"""Gradings: what a shot's words for its light do to every colour, and the lights they add."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from cutaway_providers.sketch.palette import Colour, colour_of

Curve = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Grade:
    """One mood of light.

    `red`, `green`, `blue` map 0..1 to 0..1; `grey` takes the colour out first; `vignette` scales the dark edge; each
    glow is (x, y, radius, strength) in shares of the frame with its colour; `flicker` makes them burn like a flame.
    """

    red: Curve
    green: Curve
    blue: Curve
    grey: bool = False
    vignette: float = 1.0
    glows: tuple[tuple[float, float, float, float, Colour], ...] = ()
    flicker: bool = False

    def tables(self) -> list[int]:
        """The three curves as 256 levels each, one after the other."""
        return [
            min(255, max(0, round(255 * curve(v / 255))))
            for curve in (self.red, self.green, self.blue)
            for v in range(256)
        ]


def gain(by: float, lift: float = 0.0, gamma: float = 1.0) -> Curve:
    """`lift + by * v ** gamma`."""
    return lambda v: lift + by * v**gamma


def contrast(by: float, level: float = 0.0, gamma: float = 1.0) -> Curve:
    """An S-curve; `by` 0 is straight, 1 as steep as smoothstep."""
    return lambda v: level + (1 - by) * v**gamma + by * (3 - 2 * v**gamma) * v ** (2 * gamma)


CENTRE: Final = (0.5, 0.42, 0.72)
GRADES: Final[dict[str, Grade]] = {
    "warm": Grade(gain(1.06, 0.015), gain(0.99), gain(0.84), glows=((*CENTRE, 0.22, (255, 190, 110)),)),
    "golden": Grade(gain(1.10, 0.03), gain(1.0, 0.012), gain(0.72), glows=((0.72, 0.36, 0.85, 0.42, (255, 196, 96)),)),
    "cold": Grade(gain(0.80), gain(0.95), gain(1.08, 0.03), glows=((*CENTRE, 0.16, (120, 170, 255)),)),
    "moonlit": Grade(
        gain(0.62, 0.0, 1.35), gain(0.72, 0.0, 1.22), gain(0.94, 0.03, 1.02), vignette=1.5,
        glows=((0.72, 0.16, 0.80, 0.32, (150, 176, 255)),),
    ),
    "dramatic": Grade(contrast(0.8), contrast(0.85), contrast(0.9), vignette=2.1,
                      glows=((0.5, 0.5, 0.5, 0.20, (255, 226, 184)),)),
    "noir": Grade(
        contrast(0.95, 0.0, 1.1), contrast(0.95, 0.005, 1.08), contrast(0.92, 0.02, 1.04), grey=True, vignette=2.2,
        glows=((0.5, 0.55, 0.42, 0.18, (236, 240, 255)),),
    ),
    "soft": Grade(gain(0.80, 0.20, 0.92), gain(0.79, 0.19, 0.92), gain(0.76, 0.19, 0.92), vignette=0.3,
                  glows=((*CENTRE, 0.20, (255, 240, 224)),)),
    "candle": Grade(
        gain(0.98, 0.0, 1.16), gain(0.80, 0.0, 1.2), gain(0.52, 0.0, 1.2), vignette=2.4,
        glows=((0.5, 0.62, 0.55, 0.55, (255, 170, 80)), (0.5, 0.70, 0.24, 0.30, (255, 214, 140))), flicker=True,
    ),
    "neon": Grade(
        contrast(0.35, 0.02), contrast(0.5), contrast(0.25, 0.05), vignette=1.5,
        glows=((0.06, 0.45, 0.62, 0.55, (255, 60, 180)), (0.94, 0.45, 0.62, 0.55, (50, 200, 255))),
    ),
    "high-key": Grade(gain(0.88, 0.15, 0.66), gain(0.88, 0.15, 0.66), gain(0.88, 0.16, 0.68), vignette=0.0),
    "low-key": Grade(gain(0.86, 0.0, 1.5), gain(0.86, 0.0, 1.5), gain(0.90, 0.0, 1.45), vignette=2.0,
                     glows=((0.5, 0.56, 0.42, 0.20, (255, 232, 200)),)),
    "sunset": Grade(gain(1.08, 0.03), gain(0.88), gain(0.88, 0.03), glows=((0.74, 0.52, 0.80, 0.42, (255, 130, 80)),)),
    "spotlight": Grade(contrast(0.3, 0.0, 1.25), contrast(0.3, 0.0, 1.25), contrast(0.3, 0.0, 1.25), vignette=3.0,
                       glows=((0.5, 0.56, 0.46, 0.50, (255, 246, 220)),)),
    "sepia": Grade(gain(0.98, 0.06), gain(0.86, 0.04), gain(0.66, 0.02), grey=True, vignette=1.5),
}  # fmt: skip

SAID_AS: Final[dict[str, str]] = {
    "warm": "warm warmer cosy cozy lamplight lamplit lamp mellow romantic",
    "golden": "golden gold goldenhour honeyed sunlit sunny morning",
    "cold": "cold colder cool cooler icy wintry bluish clinical fluorescent",
    "moonlit": "moonlit moonlight moonlighting",
    "dramatic": "dramatic contrasty harsh hard chiaroscuro stark",
    "noir": "noir filmnoir monochrome blackandwhite",
    "soft": "soft softer diffuse diffused dreamy pastel gentle hazy overcast",
    "candle": "candle candlelit candlelight firelight firelit fire torchlight torchlit torch lantern lanternlight",
    "neon": "neon cyberpunk synthwave nightclub",
    "high-key": "highkey bright brighter lighter airy brilliant morelight welllit",
    "low-key": "lowkey dim dimmer dimly dark darker shadowy shadowier moody moodier gloomy gloomier eerie spooky "
    "mysterious lesslight low",
    "sunset": "sunset sunrise rosy twilight evening",
    "spotlight": "spotlight spotlights spotlit spot limelight stage",
    "sepia": "sepia vintage nostalgic faded",
}


AS_IT_IS: Final = frozenset("natural even flat neutral normal plain usual ordinary ambient day daylight".split())
"""Words that ask for no other light than the hour's."""


def told_light(lighting: str) -> list[str]:
    """A note when no word of this light can be drawn, with those that can."""
    words = set(re.findall(r"[^\W\d_]+", lighting.lower()))
    if not words or words & AS_IT_IS or grade_of(lighting) is not None:
        return []
    *others, last = GRADES
    return [
        f"I cannot draw the light {lighting.strip()[:60]!r}, so I drew the light of the hour. "
        f"I can draw {', '.join(others)} and {last}, or the name of a colour."
    ]


def grade_of(lighting: str) -> Grade | None:
    """The grading that the words ask for, the first that is known; a colour word tints; `None` when none is known."""
    words = re.findall(r"[^\W\d_]+", lighting.lower())
    known = {word: name for name, said in SAID_AS.items() for word in said.split()}
    for i in range(len(words)):
        for count in (3, 2, 1):
            joined = "".join(words[i : i + count])
            if joined in known:
                return GRADES[known[joined]]
    colour = colour_of(lighting)
    if colour is None:
        return None
    red, green, blue = (gain(0.82 + 0.26 * part / 255) for part in colour)
    return Grade(red, green, blue, glows=((*CENTRE, 0.28, colour),))

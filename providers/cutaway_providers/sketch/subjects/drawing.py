"""What a subject's drawing is: one function with its measures, and the moment it is drawn at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from cutaway_providers.sketch.palette import NEAR_BLACK, Colour
from cutaway_providers.sketch.pen import Pen

Manner = Literal["walker", "wheeled", "swimmer", "flyer", "floater", "thing", "structure"]


@dataclass(frozen=True, slots=True)
class Look:
    """How this one looks.

    `colour` if one was asked for, its `words` in lower case, a stable 0..1 `variety`;
    `lamps`: it is dark enough to light them; `crewed`: somebody is in or on it; `things`: the colours of what it has;
    `wind` blows on what is loose: 1 from behind, -1 from ahead, 1.5 in a storm.
    """

    colour: Colour | None
    words: frozenset[str]
    variety: float = 0.5
    label: str = ""
    lamps: bool = False
    crewed: bool = False
    things: tuple[tuple[str, Colour], ...] = ()
    wind: float = 0.0

    def thing(self, name: str, default: Colour) -> Colour:
        """The colour asked for a thing it has, or `default`."""
        return dict(self.things).get(name, default)

    def main(self, default: Colour) -> Colour:
        """The asked colour, or `default`."""
        return self.colour or default

    def says(self, *words: str) -> bool:
        """True when any of these words describes it."""
        return not self.words.isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Pose:
    """One moment: `t` seconds, `cycle` steps or turns so far, `pace` 0 still, 1 walking, 2 running.

    `gift`: it holds a thing to give; `holds`: it has a thing in the hand that is drawn by itself.
    """

    t: float
    cycle: float = 0.0
    pace: float = 0.0
    deed: str = "idle"
    blink: bool = False
    travelled: float = 0.0
    gift: bool = False
    holds: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A subject that can be drawn.

    `height` is in stage units, `box` (left, bottom, right, top) in heights, `speed` in heights per second at a walk,
    `stride` the heights one cycle covers, `shadow` half the width of the shadow on the ground, `seat` where a
    passenger's ground point goes, in heights (`None`: nobody can ride it); `leans` whether it tilts with a slope;
    `beside` how large a thing is beside the living, as a share of its size when it is shown alone;
    `sinks` how much of its height is under water when it swims.
    """

    draw: Callable[[Pen, Pose, Look], None]
    height: float
    box: tuple[float, float, float, float]
    manner: Manner
    speed: float = 0.0
    stride: float = 1.0
    shadow: float = 0.6
    seat: tuple[float, float] | None = None
    rider_in_front: bool = False
    rider_size: float = 1.0
    leans: bool = True
    beside: float = 0.5
    sinks: float = 0.42


def eye(pen: Pen, pose: Pose, x: float, y: float, r: float) -> None:
    """A dark eye with a glint; a line while it blinks."""
    if pose.blink:
        pen.line([(x - r, y), (x + r, y - r * 0.2)], r * 0.6, NEAR_BLACK)
    else:
        pen.oval(x, y, r, r * 1.1, NEAR_BLACK)
        pen.oval(x + r * 0.3, y + r * 0.35, r * 0.32, r * 0.32, (255, 255, 255))

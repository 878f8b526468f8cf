"""The camera: a view for every moment of a shot, from its named move and the cast it follows."""

from __future__ import annotations

import math
from collections.abc import Callable

from cutaway_providers.sketch.layers import View
from cutaway_providers.sketch.stage import Stage

Follow = Callable[[float], float]


def view_at(stage: Stage, move: str, follow: Follow, t: float) -> View:
    """The view at `t` seconds; `follow` gives how many pixels the cast has drawn the camera along."""
    share = min(1.0, max(0.0, t / stage.duration_s))
    ease = share * share * (3 - 2 * share)
    # A still frame that breathes a little feels held by a person; a truly frozen one feels broken.
    x = follow(t)
    if move == "dolly_in":
        return View(x=x, zoom=1.0 + 0.20 * ease)
    if move == "dolly_out":
        return View(x=x, zoom=1.20 - 0.20 * ease)
    reach = 0.26 * stage.width * min(1.0, 0.4 + stage.duration_s / 8)
    if move == "pan_right":
        return View(x=x + reach * (ease - 0.5))
    if move == "pan_left":
        return View(x=x - reach * (ease - 0.5))
    if move == "tilt_up":
        return View(x=x, y=stage.height * (-0.045 + 0.15 * ease), zoom=1.04)
    if move == "tilt_down":
        return View(x=x, y=stage.height * (0.105 - 0.15 * ease), zoom=1.04)
    if move == "orbit":
        swing = math.sin((ease - 0.5) * math.pi)
        return View(x=x, zoom=1.05 + 0.03 * math.cos(share * math.tau), orbit=0.34 * stage.width * swing)
    return View(x=x)

"""Mouths that speak: a jaw under a muzzle or a beak, and lips in a face turned to us. Closed while nobody talks."""

from __future__ import annotations

import math
from typing import Final

from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Point, shade
from cutaway_providers.sketch.subjects.drawing import Pose
from cutaway_providers.sketch.subjects.part import Brush

INSIDE: Final[Colour] = (110, 48, 48)


def opened(pose: Pose) -> float:
    """How far a mouth is open: 0 when its owner is silent, else 0.25 to 1 in the rhythm of syllables."""
    if pose.deed != "talk":
        return 0.0
    return 0.25 + 0.75 * (0.5 + 0.5 * math.sin(pose.t * 11.0) * math.sin(pose.t * 3.7))


def jaw(brush: Brush, pose: Pose, back: Point, front: Point, skin: Colour, *, deep: float = 0.07) -> None:
    """The lower jaw, hinged at `back`, drops from `front` by up to `deep`; nothing while its owner is silent."""
    share = opened(pose)
    if not share:
        return
    low = front[0] - deep * 0.35 * share, front[1] - deep * share
    brush.poly([back, front, low], INSIDE, edge=0)
    thick = 0.30 * deep
    brush.limb([back, ((back[0] + low[0]) / 2, (back[1] + low[1]) / 2 - thick * 0.2), low],
               [thick * 0.9, thick * 1.1, thick * 0.8], shade(skin, -0.10))  # fmt: skip


def lips(brush: Brush, pose: Pose, x: float, y: float, wide: float) -> None:
    """A round mouth at (x, y), `wide` to each side; nothing while its owner is silent."""
    if share := opened(pose):
        brush.oval(x, y, wide, wide * (0.25 + 0.75 * share), INSIDE)

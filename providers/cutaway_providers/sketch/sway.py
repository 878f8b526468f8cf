"""Wind in what grows: layers of trees and grass that lean with it and sway in its gusts.

A layer is sheared about the row it is rooted in: rows that move by the same number of pixels are copied together, which
costs a tenth of resampling them. Each layer meets a gust at its own time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from PIL import Image

from cutaway_providers.sketch.layers import Layer, Sheetlike, View, screen_y
from cutaway_providers.sketch.scene import AIRLESS, INDOORS, Sketch
from cutaway_providers.sketch.stage import Stage

STRENGTH: Final = {"wind": 1.0, "storm": 1.5}
"""How strongly it blows, from the left, by weather; nothing sways in any other."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How something gives way: pixels sideways per pixel from its root, at rest in the wind and more in its gusts.

    `root` is the row it is rooted in, as a share of the frame's height; `None` is the horizon. `hangs`: from above.
    """

    lean: float
    gust: float
    root: float | None = None
    hangs: bool = False


TREES: Final = Growth(0.070, 0.045)
GRASS: Final = Growth(0.45, 0.30, root=0.985)
BOUGHS: Final = Growth(0.22, 0.16, root=-0.03, hangs=True)
GROWN: Final[dict[str, dict[str, Growth]]] = {
    "meadow": {"near": TREES, "front": GRASS, "leaves": BOUGHS},
    "forest": {"mid.far": TREES, "mid": TREES, "near": TREES, "front": GRASS},
    "camp": {"mid.far": TREES, "mid": TREES, "near": TREES, "front": GRASS},
    "mountains": {"near": TREES},
    "lake": {"near": TREES, "front": GRASS},
    "market": {"mid.trees": TREES},
    "village": {"near.trees": TREES, "front": GRASS, "leaves": BOUGHS},
    "farm": {"near.trees": TREES, "front": GRASS},
    "road": {"front": GRASS},
    "castle": {"front": GRASS},
    "snowfield": {"mid": TREES},
}
"""By place, the layers that hold what grows and nothing that stands stiff."""


def blown(stage: Stage, sketch: Sketch, backdrop: Sequence[Sheetlike]) -> list[Sheetlike]:
    """The backdrop with its plants in this weather's wind."""
    strength = STRENGTH.get(sketch.weather, 0.0)
    grown = GROWN.get(sketch.setting, {}) if strength else {}
    layers: list[Sheetlike] = []
    for layer in backdrop:
        if isinstance(layer, Layer) and layer.name in grown:
            turn = stage.random(f"sway:{layer.name}").random() * math.tau
            layers.append(Swaying(layer.name, layer.depth, layer, grown[layer.name], strength, turn))
        else:
            layers.append(layer)
    return layers


def blowing(sketch: Sketch) -> float:
    """How strongly the wind blows on the cast, from the left; 0 indoors and in calm weather."""
    return 0.0 if sketch.setting in INDOORS | AIRLESS else STRENGTH.get(sketch.weather, 0.0)


def gust(t: float, along: float, turn: float) -> float:
    """How hard it blows at `t` seconds, -1 to 1 around its mean; `along` is how far on in frame widths."""
    return math.sin(2.3 * t - 4.0 * along + turn) * (0.72 + 0.28 * math.sin(0.9 * t + turn))


@dataclass(slots=True)
class Swaying:
    """A layer in the wind. `turn` sets it apart from others in the same gust."""

    name: str
    depth: float
    layer: Layer
    growth: Growth
    strength: float
    turn: float

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """As the layer in calm: rows that are solid all along are so when they are bent."""
        return self.layer.hides_from(stage, view, t)

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay it over `canvas`, bent as the wind is at `t` seconds."""
        layer, growth = self.layer, self.growth
        end = int(min(canvas.height, max(0.0, below)))
        top = max(0, math.floor(screen_y(stage, view, layer.parallax, layer.top)))
        if end - top < 2:
            return
        root = screen_y(
            stage, view, layer.parallax, stage.horizon if growth.root is None else growth.root * stage.height
        )
        slope = self.strength * (growth.lean + growth.gust * gust(t, 0.0, self.turn))
        # Below its root a tree, above it a bough stays where it is.
        bends = [round(slope * max(0.0, (y - root) if growth.hangs else (root - y))) for y in range(top, end)]
        reach = max(bends) + 1
        # Wider than the frame, so that what the wind bends into it is there.
        wide = Image.new("RGBa", (canvas.width + 2 * reach, end))
        layer.paint(wide, stage, replace(view, x=view.x - reach / layer.parallax), t, below)
        first = top
        for bend, rows in groupby(bends):
            last = first + sum(1 for _ in rows)
            piece = wide.crop((reach - bend, first, reach - bend + canvas.width, last))
            canvas.paste(piece, (0, first), piece)
            first = last

"""Parts: the rectangles of a sheet that have anything painted on them, each picked from an enlarged patch of its own.

Most of a sheet is empty or hidden. Painting only its parts takes two thirds of the pixels. A part's patch is its
piece of the sheet around the view, enlarged once with smooth edges, so that a pan or a zoom only copies (seven times
faster than filtering every frame) and still lands on a half, when only panning a quarter, of a pixel.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from cutaway_providers.sketch.enlarge import enlarged

UNSEEN_PX: Final = 0.22
LARGE_PX: Final = 600_000
SLACK: Final = 0.08
"""How far a patch reaches beyond the view, as a share of the frame's width: to both sides, all ahead once it moves."""
STRIPS: Final = 56
"""Into how many strips a sheet is divided to find its parts."""
PART_COST_PX: Final = 30_000
"""Pixels that can be painted in the time that one more part takes."""

Box = tuple[float, float, float, float]
Rectangle = tuple[int, int, int, int]
Piece = Callable[[int, int, int, int], Image.Image]
"""The columns and rows of a sheet between (left, upper) and (right, lower), going on beyond its period."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """Part of a sheet, enlarged `across` and `down` times; `left`, `upper`, `right` and `lower` bound it there."""

    left: int
    upper: int
    right: int
    lower: int
    across: float
    down: float
    image: Image.Image

    def holds(self, box: Box, across: float, down: float) -> bool:
        return (
            (self.across, self.down) == (across, down)
            and self.left <= box[0]
            and self.upper <= box[1]
            and box[2] <= self.right
            and box[3] <= self.lower
        )

    def cut(self, size: tuple[int, int], box: Box) -> Image.Image:
        at = (
            (box[0] - self.left) * self.across,
            (box[1] - self.upper) * self.down,
            min((box[2] - self.left) * self.across, self.image.width),
            min((box[3] - self.upper) * self.down, self.image.height),
        )
        return self.image.resize(size, Image.Resampling.NEAREST, box=at)


@dataclass(slots=True)
class Part:
    """A rectangle of a sheet; `endless` when it goes on around the sheet's seam, `opaque` when it has no hole.

    `reach` is what its edges are smoothed with: the rectangle and a pixel around it, as far as the sheet goes.
    """

    left: int
    top: int
    right: int
    bottom: int
    reach: Rectangle
    endless: bool = False
    opaque: bool = False
    _patches: dict[int, _Patch] = field(default_factory=dict, repr=False)
    _seen: dict[int, tuple[Rectangle, Box, Image.Image]] = field(default_factory=dict, repr=False)

    def lay(self, canvas: Image.Image, turn: int, at: Rectangle, box: Box, piece: Piece) -> None:
        """Lay what is in `box` of the sheet over `canvas` at this rectangle; `turn` counts the sheet's periods."""
        seen = self._seen.get(turn)
        if seen is None or seen[0] != at or max(abs(a - b) for a, b in zip(box, seen[1], strict=True)) >= UNSEEN_PX:
            seen = self._seen[turn] = at, box, self._cut(turn, at, box, piece, canvas.width * canvas.height)
        canvas.paste(seen[2], at[:2], None if self.opaque else seen[2])

    def leave(self, turn: int) -> None:
        """Forget what was held for a turn that is out of sight."""
        self._patches.pop(turn, None)
        self._seen.pop(turn, None)

    def _cut(self, turn: int, at: Rectangle, box: Box, piece: Piece, frame_px: int) -> Image.Image:
        size = (at[2] - at[0], at[3] - at[1])
        still = abs(box[2] - box[0] - size[0]) < 1e-6
        if still and abs(box[0] - round(box[0])) < 1e-3:
            left, upper = round(box[0]), round(box[1])
            return piece(left, upper, left + size[0], upper + size[1])
        # A large frame's pixels are small: less of one is enough, and a patch of it would take twice the memory.
        fine = 2.0 if frame_px < LARGE_PX else 1.5
        across, down = (fine * 2, 1.0) if still else (fine, fine)
        patch = self._patches.get(turn)
        if patch is None or not patch.holds(box, across, down):
            patch = self._patches[turn] = self._enlarged(patch, box, across, down, piece)
        return patch.cut(size, box)

    def _enlarged(self, last: _Patch | None, box: Box, across: float, down: float, piece: Piece) -> _Patch:
        """A patch that holds `box` and what a moving camera sees next."""
        slack = SLACK * (box[2] - box[0])
        before, after = slack, slack
        if last is not None:
            # The view left the last patch to one side and mostly keeps going that way.
            moved = (box[0] + box[2] - last.left - last.right) / 2
            before, after = (2.0, 2 * slack) if moved > 0 else (2 * slack, 2.0)
        left, right = math.floor(box[0] - before), math.ceil(box[2] + after)
        upper, lower = math.floor(box[1] - slack / 4), math.ceil(box[3] + slack / 4)
        if not self.endless:
            left, right = max(left, self.reach[0]), min(right, self.reach[2])
        upper, lower = max(upper, self.reach[1]), min(lower, self.reach[3])
        # Growing by half needs even sides, and goes the same way wherever a patch begins on an even pixel.
        left, upper, right, lower = left - left % 2, upper - upper % 2, right + right % 2, lower + lower % 2
        image = enlarged(piece(left, upper, right, lower), across, down)
        return _Patch(left, upper, right, lower, across, down, image)


def parts_of(image: Image.Image, solid: int, *, endless: bool) -> list[Part]:
    """The parts of a sheet: rectangles of what is painted above row `solid`, and from there on one without a hole.

    They divide the strips with anything on them so that few empty pixels and few parts are painted.
    """
    width, height = image.size
    parts = []
    if solid < height:
        parts.append(Part(0, solid, width, height, (0, max(0, solid - 1), width, height), endless, opaque=True))
    if solid <= 0:
        return parts
    strip = -(-width // STRIPS)
    top, bottom = _strips(image.crop((0, 0, width, solid)), strip)
    for first, last in _divided(top, bottom, strip):
        left, right = first * strip, min(width, last * strip)
        upper, lower = int(top[first:last].min()), int(bottom[first:last].max())
        reach = left - 1, max(0, upper - 1), right + 1, min(height, lower + 1)
        if not endless:
            reach = max(0, reach[0]), reach[1], min(width, reach[2]), reach[3]
        parts.append(Part(left, upper, right, lower, reach, endless and (left, right) == (0, width)))
    return parts


def _strips(image: Image.Image, strip: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """For every strip of this many columns the first painted row and the one after the last; equal when empty."""
    width, height = image.size
    count = -(-width // strip)
    painted = np.zeros((height, count * strip), bool)
    painted[:, :width] = np.frombuffer(image.getchannel("a").tobytes(), np.uint8).reshape(height, width) > 0
    rows: NDArray[np.bool_] = painted.reshape(height, count, strip).max(axis=2)
    used = rows.any(axis=0)
    # An empty strip must not stretch its neighbours.
    return np.where(used, rows.argmax(axis=0), height), np.where(used, height - rows[::-1].argmax(axis=0), 0)


def _divided(top: NDArray[np.intp], bottom: NDArray[np.intp], strip: int) -> list[tuple[int, int]]:
    """The cheapest division into runs of strips (from, to), each painted from its highest to its lowest row."""
    cost, begin = np.zeros(len(top) + 1), [0]
    for last in range(1, len(top) + 1):
        tops = np.minimum.accumulate(top[:last][::-1])[::-1]
        bottoms = np.maximum.accumulate(bottom[:last][::-1])[::-1]
        areas = np.maximum(0, bottoms - tops) * strip * np.arange(last, 0, -1)
        total = cost[:last] + areas + PART_COST_PX * (areas > 0)
        begin.append(int(total.argmin()))
        cost[last] = total[begin[-1]]
    runs, last = [], len(top)
    while last:
        if top[begin[last] : last].min() < bottom[begin[last] : last].max():
            runs.append((begin[last], last))
        last = begin[last]
    return runs

"""What the outdoor backdrops share: ridge lines, ground strips, trees, grass."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
import random
from collections.abc import Callable
from itertools import pairwise

from cutaway_providers.sketch.layers import Layer
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.pen import Point
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

Line = Callable[[float], float]


def rolling(stage: Stage, chance: random.Random, base: float, swing: float, *, busy: int = 5) -> Line:
    """A soft ridge line around `base` pixels that repeats after the period."""
    waves = [(k, swing / (0.6 + 0.5 * k), chance.random() * math.tau) for k in range(1, busy + 1)]
    period = stage.period

    def y_at(x: float) -> float:
        return base - sum(a * math.sin(math.tau * k * x / period + turn) for k, a, turn in waves)

    return y_at


def peaked(stage: Stage, chance: random.Random, base: float, high: float, peaks: int) -> tuple[Line, list[Point]]:
    """A jagged ridge line and its summits."""
    period = stage.period
    step = period / peaks
    tops = [((i + 0.25 + 0.5 * chance.random()) * step,
             base - high * (0.55 + 0.45 * chance.random())) for i in range(peaks)]
    knots: list[Point] = []
    for i, (x, y) in enumerate(tops):
        nx = tops[(i + 1) % peaks][0] + (period if i == peaks - 1 else 0)
        knots.append((x, y))
        for share in (0.22, 0.38):
            knots.append((x + (nx - x) * share, y + (base - y) * (share * 1.9 + 0.10 * (chance.random() - 0.5))))
        knots.append((x + (nx - x) * (0.48 + 0.08 * chance.random()), base - high * 0.10 * chance.random()))
        ny = tops[(i + 1) % peaks][1]
        for share in (0.68, 0.84):
            knots.append((x + (nx - x) * share,
                          ny + (base - ny) * ((1 - share) * 1.9 + 0.10 * (chance.random() - 0.5))))
    knots = [(knots[-1][0] - period, knots[-1][1]), *knots, (knots[0][0] + period, knots[0][1])]

    def y_at(x: float) -> float:
        u = x if x >= knots[0][0] else x + period
        u = u if u <= knots[-1][0] else u - period
        for (x0, y0), (x1, y1) in pairwise(knots):
            if x0 <= u <= x1:
                return y0 + (y1 - y0) * (u - x0) / max(1e-6, x1 - x0)
        return base

    return y_at, tops


def hills(
    stage: Stage, name: str, depth: float, parallax: float, height: float, swing: float, local: Colour, tone: float
) -> Layer:
    """One sheet of soft hills, `height` and `swing` in shares of the stage's rise; `tone` is its depth of colour."""
    chance = stage.random(name)
    base = stage.horizon - height * stage.rise
    sheet = Sheet(stage, base - 2.2 * swing * stage.rise, stage.horizon + 0.14 * stage.height)
    sheet.profile(rolling(stage, chance, base, swing * stage.rise), at_depth(stage.hour, local, tone))
    return sheet.finish(name, depth, parallax, haze=stage.hour.haze_share)


def ground(
    stage: Stage, local: Colour, *, climbs: bool = False, strips: int = 3, detail: str = "grass", name: str = "ground"
) -> Layer:
    """The ground under the cast, in strips that darken toward us. With `climbs` it rises to the right."""
    chance = stage.random(name)
    bottom = stage.height + stage.pad
    rise = 0.40 * stage.height if climbs else 0.0
    sheet = Sheet(stage, stage.horizon - rise - 0.09 * stage.height, bottom)
    colour = at_depth(stage.hour, local, 2.75)
    lines: list[Line] = []
    for i in range(strips):
        share = i / max(1, strips)
        base = stage.horizon + (0.012 + share * 0.17) * stage.height
        soft = rolling(stage, chance, base, 0.007 * stage.height * (1 + share))
        line = (lambda x, soft=soft: soft(x) - slope(stage, x)) if climbs else soft
        lines.append(line)
        sheet.profile(line, times(mix(colour, stage.hour.haze, 0.10 * (1 - share)), 1.0 - 0.13 * i))
        _strew(sheet, stage, chance, line, times(colour, 1.0 - 0.13 * i), detail, i)
    return sheet.finish(name, 40.0, 1.0, shadow=0.25, haze=0.0, light=0.7)


def slope(stage: Stage, x: float) -> float:
    """How far the climbing ground has risen at world column `x`, in pixels."""
    u = x if x < 0.75 * stage.period else x - stage.period
    return 0.34 * stage.height * max(-0.25, min(1.12, (u / stage.width - 0.08) / 0.84))


def _strew(
    sheet: Sheet, stage: Stage, chance: random.Random, line: Line, colour: Colour, detail: str, strip: int
) -> None:
    count = {"grass": 70, "stones": 22, "snow": 14, "sand": 16, "none": 0}[detail]
    size = stage.unit * (0.010 + 0.006 * strip)
    for _ in range(count):
        x = chance.random() * stage.period
        y = line(x) + chance.random() * 0.045 * stage.height
        if detail == "grass":
            _tuft(sheet, x, line(x) + 2, size * (0.7 + chance.random()),
                  mix(colour, stage.hour.rim, 0.10 * chance.random()), chance)
        elif detail == "stones":
            r = size * (0.5 + chance.random())
            sheet.blob([(x - r, y + r * 0.3), (x - r * 0.5, y - r * 0.5), (x + r * 0.4, y - r * 0.55),
                        (x + r, y + r * 0.3)],
                       times(colour, 0.86 + 0.2 * chance.random()))
        else:
            w = stage.unit * (0.04 + 0.08 * chance.random())
            sheet.blob([(x - w, y + 5), (x, y + 3), (x + w, y + 6), (x, y + 8)], mix(colour, stage.hour.rim, 0.12))


def _tuft(sheet: Sheet, x: float, y: float, size: float, colour: Colour, chance: random.Random) -> None:
    for k in (-1, 0, 1):
        bend = size * (0.5 * k + 0.25 * (chance.random() - 0.5))
        sheet.poly([(x + k * size * 0.25 - size * 0.13, y), (x + k * size * 0.25 + bend,
                                                             y - size * (1.5 - 0.35 * abs(k))),
                    (x + k * size * 0.25 + size * 0.13, y)], colour)


def foreground(stage: Stage, local: Colour, *, name: str = "front", kind: str = "grass") -> Layer:
    """Dark blades or stones along the frame's lower edge, nearer than the cast and below its feet."""
    chance = stage.random(name)
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    colour = times(at_depth(stage.hour, local, 3.0), 0.52)
    base = 0.985 * stage.height
    line = rolling(stage, chance, base, 0.008 * stage.height)
    sheet.profile(line, colour)
    clumps = 9
    for i in range(clumps):
        x0 = (i + 0.1 + 0.8 * chance.random()) * stage.period / clumps
        for _ in range(13 if kind == "grass" else 3):
            x = x0 + (chance.random() - 0.5) * 0.16 * stage.width
            tall = (0.025 + 0.04 * chance.random()) * stage.unit
            if kind == "grass":
                lean = (chance.random() - 0.5) * tall
                bent, middle = x + lean * 0.4, base - tall * 0.6
                blade = [(x - 2.5, base + 6), (bent - 2, middle), (x + lean, base - tall), (bent + 2, middle),
                         (x + 2.5, base + 6)]
                sheet.blob(blade, times(colour, 0.9 + 0.3 * chance.random()))
            else:
                r = tall
                sheet.blob([(x - r * 1.6, base + 8), (x - r, base - r * 0.4), (x + r * 0.3, base - r * 0.7),
                            (x + r * 1.5, base + 8)], colour)
    return sheet.finish(name, 80.0, 1.32, shadow=0.30, light=0.3)


def pine(
    sheet: Sheet, x: float, foot: float, tall: float, colour: Colour, chance: random.Random,
    *, bark: Colour | None = None,
) -> None:
    """A fir of four ragged skirts on a short trunk standing at `foot`."""
    wide = tall * (0.20 + 0.05 * chance.random())
    trunk = tall * 0.018
    sheet.rect(x - trunk, foot - tall * 0.2, x + trunk, foot + 3, bark or times(colour, 0.72))
    for k in range(5):
        share = k / 5
        top, low = foot - tall * (0.30 + 0.70 * share + 0.14 * (1 - share)), foot - tall * (0.065 + 0.16 * k)
        half = wide * (1 - 0.82 * share)
        points: list[Point] = [(x, min(top, foot - tall * 0.3))]
        teeth = 5
        for j in range(teeth + 1):
            px = x + half - 2 * half * j / teeth
            points.append((px, low + tall * 0.012 * (chance.random() - 0.2) + (0 if j in (0, teeth) else tall * 0.015)))
            if j < teeth:
                points.append((px - half / teeth, low - tall * 0.022))
        sheet.poly(points, times(colour, 0.93 + 0.05 * share + 0.03 * (k % 2)))
    sheet.poly([(x, foot - tall), (x + wide * 0.22, foot - tall * 0.80), (x - wide * 0.22, foot - tall * 0.80)], colour)


def leafy(sheet: Sheet, x: float, foot: float, tall: float, colour: Colour, chance: random.Random,
          bark: Colour) -> None:
    """A round tree: trunk with a fork, three heaps of leaves, the upper ones lighter."""
    t = tall * 0.04
    sheet.poly([(x - t * 1.4, foot + 3), (x - t * 0.6, foot - tall * 0.5), (x + t * 0.6, foot - tall * 0.5),
                (x + t * 1.4, foot + 3)], bark)
    for fx, fy, fr, tone in ((-0.17, 0.55, 0.19, 0.86), (0.18, 0.57, 0.20, 0.90), (0.0, 0.74, 0.25, 1.0),
                             (-0.06, 0.80, 0.15, 1.1)):
        r = tall * fr
        cx, cy = x + tall * fx * (0.8 + 0.4 * chance.random()), foot - tall * fy
        sheet.blob([(cx + r * (0.92 + 0.14 * chance.random()) * math.cos(a), cy + r * 0.86 * math.sin(a))
                    for a in (i * math.tau / 9 for i in range(9))], times(colour, tone))

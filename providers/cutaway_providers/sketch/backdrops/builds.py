"""What places with houses share: cottages, fences, panes that light up, lamp posts, overhanging leaves."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
import random
from collections.abc import Sequence

from cutaway_providers.sketch.layers import Layer
from cutaway_providers.sketch.life import Live, flock
from cutaway_providers.sketch.palette import Colour, at_depth, mix, times
from cutaway_providers.sketch.pen import Point
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

Glow = tuple[float, float, float, Colour, float]
WARM: tuple[Colour, ...] = ((255, 214, 122), (255, 196, 96), (255, 232, 168))
PLASTER: tuple[Colour, ...] = ((240, 226, 200), (226, 196, 160), (214, 208, 196), (232, 206, 178), (206, 216, 204))
TILES: tuple[Colour, ...] = ((178, 84, 66), (150, 78, 70), (120, 92, 92), (190, 108, 70))
TIMBER: Colour = (112, 82, 64)


class Panes:
    """Window panes: those that are lit from the start, and at dusk those that light up while one watches."""

    def __init__(self, stage: Stage, name: str, share: float = 0.6) -> None:
        self._stage = stage
        self._chance = stage.random(f"{name}:panes")
        self._share = {"night": share, "dusk": share * 0.7, "dawn": 0.12, "day": 0.0}[stage.hour.name]
        self.later: list[tuple[list[Point], Colour, int]] = []
        self.glows: list[Glow] = []

    def pane(self, sheet: Sheet, points: list[Point], wall: Colour, tone: float, *, shine: float = 0.0) -> None:
        """One pane with these corners in a wall at depth `tone`; `shine` is how far its light reaches, in pixels."""
        hour = self._stage.hour
        dark = times(mix(wall, hour.sky[1], 0.42), 0.86) if not hour.lamps else times(wall, 0.66)
        lit = mix(self._chance.choice(WARM), wall, max(0.06, 0.42 - 0.14 * tone))
        roll = self._chance.random()
        on = roll < self._share
        sheet.poly(points, lit if on else dark)
        if on and shine:
            x, y = (sum(p[i] for p in points) / len(points) for i in (0, 1))
            self.glows.append((x, y, shine, (255, 204, 116), 0.34))
        if not on and hour.name == "dusk" and roll < self._share + 0.34:
            self.later.append((points, lit, self._chance.randrange(2)))

    def layers(self, name: str, depth: float, parallax: float, top: float, bottom: float) -> list[Layer]:
        """The sheets that appear over the wall's own as people come home, early and late in the shot."""
        out = []
        for turn in range(2):
            panes = [(points, colour) for points, colour, when in self.later if when == turn]
            if not panes:
                continue
            sheet = Sheet(self._stage, top, bottom)
            for points, colour in panes:
                sheet.poly(points, colour)
            start = (0.12 + 0.36 * turn) * self._stage.duration_s
            layer = sheet.finish(f"{name}.lights.{turn}", depth + 0.1 + 0.01 * turn, parallax, shadow=0.0, light=0.0)
            layer.shown = lambda t, start=start: t >= start
            out.append(layer)
        return out


def cottage(
    sheet: Sheet, stage: Stage, chance: random.Random, panes: Panes, x: float, foot: float, wide: float, high: float,
    tone: float, *, thatch: bool = False,
) -> Point:
    """A gabled house standing at `foot`, `wide` and `high` (to the eaves) pixels; gives the mouth of its chimney."""
    hour = stage.hour
    wall = at_depth(hour, chance.choice(PLASTER), tone)
    roof = at_depth(hour, (204, 172, 108) if thatch else chance.choice(TILES), tone)
    wood = at_depth(hour, TIMBER, tone)
    left, right, eaves = x - wide / 2, x + wide / 2, foot - high
    pitch = high * (0.62 + 0.2 * chance.random())
    over = wide * 0.08
    cx = x + wide * (0.24 if chance.random() < 0.5 else -0.24)
    stack = wide * 0.055
    ridge_l, ridge_r = left + wide * 0.14, right - wide * 0.14
    chimney = eaves - pitch * 1.22
    sheet.rect(cx - stack, chimney, cx + stack, eaves - pitch * 0.3, times(at_depth(hour, (166, 116, 98), tone), 0.92))
    sheet.rect(cx - stack * 1.3, chimney - 2, cx + stack * 1.3, chimney + stack * 0.5,
               at_depth(hour, (130, 92, 80), tone))
    sheet.rect(left, eaves - 2, right, foot + 3, wall)
    # The wall away from the light is a shade darker.
    side = right if hour.sun_at[0] < 0.5 else left
    sheet.poly([(side, eaves), (side + (x - side) * 0.3, eaves), (side + (x - side) * 0.3, foot + 3),
                (side, foot + 3)], times(wall, 0.92))
    sheet.rect(left, foot - high * 0.13, right, foot + 3, times(at_depth(hour, (150, 142, 134), tone), 0.96))
    if chance.random() < 0.6:
        beam = max(2.0, wide * 0.022)
        for share in (0.02, 0.5, 0.98):
            sheet.rect(left + wide * share - beam / 2, eaves, left + wide * share + beam / 2, foot - high * 0.12, wood)
        sheet.rect(left, eaves + high * 0.40, right, eaves + high * 0.40 + beam, wood)
    sheet.poly([(left - over, eaves + high * 0.07), (ridge_l, eaves - pitch), (ridge_r, eaves - pitch),
                (right + over, eaves + high * 0.07)], roof)
    for k in range(1, 5):
        share = k / 5
        y = eaves - pitch + (pitch + high * 0.07) * share
        half = (ridge_r - ridge_l) / 2 + ((right - left) / 2 + over - (ridge_r - ridge_l) / 2) * share
        sheet.line([(x - half, y), (x + half, y)], max(1.0, wide * 0.008), times(roof, 0.88))
    sheet.poly([(left - over, eaves + high * 0.07), (left - over, eaves + high * 0.12),
                (right + over, eaves + high * 0.12), (right + over, eaves + high * 0.07)], times(roof, 0.74))
    door = chance.choice((-0.24, 0.0, 0.24))
    dx, dw, dh = x + door * wide, wide * 0.085, high * 0.52
    sheet.poly([(dx - dw, foot + 2), (dx - dw, foot - dh * 0.8), (dx - dw * 0.6, foot - dh * 0.97), (dx, foot - dh),
                (dx + dw * 0.6, foot - dh * 0.97), (dx + dw, foot - dh * 0.8), (dx + dw, foot + 2)],
               at_depth(hour, chance.choice(((96, 128, 118), (150, 70, 62), (92, 104, 140), TIMBER)), tone))
    for place in (-0.34, 0.0, 0.34):
        if abs(place - door) < 0.2:
            continue
        wx, wy, w, h = x + place * wide, foot - high * 0.60, wide * 0.062, high * 0.15
        sheet.rect(wx - w * 1.35, wy - h * 1.25, wx + w * 1.35, wy + h * 1.25, times(wood, 1.15))
        panes.pane(sheet, [(wx - w, wy - h), (wx + w, wy - h), (wx + w, wy + h), (wx - w, wy + h)], wall, tone,
                   shine=wide * 0.22)
        sheet.rect(wx - 0.8, wy - h, wx + 0.8, wy + h, wood)
        box = at_depth(hour, (204, 92, 96), tone)
        sheet.rect(wx - w * 1.5, wy + h * 1.15, wx + w * 1.5, wy + h * 1.5, times(wood, 0.8))
        for k in range(5):
            sheet.oval(wx + (k - 2) * w * 0.62, wy + h * 1.1, w * 0.34, w * 0.30, times(box, 0.9 + 0.08 * (k % 3)))
    return cx, chimney


def fence(sheet: Sheet, stage: Stage, line: float, tall: float, colour: Colour, *, gap: float, rails: int = 2) -> None:
    """Pickets along the row `line`, every `gap` pixels, all around the period."""
    count = max(8, round(stage.period / gap))
    for k in range(rails):
        y = line - tall * (0.30 + 0.42 * k)
        sheet.rect(-1, y, stage.period + 1, y + max(2.0, tall * 0.09), times(colour, 0.88))
    for i in range(count):
        x, w = i * stage.period / count, max(1.6, tall * 0.085)
        sheet.poly([(x - w, line + 3), (x - w, line - tall * 0.92), (x, line - tall), (x + w, line - tall * 0.92),
                    (x + w, line + 3)], times(colour, 0.96 + 0.05 * (i % 3)))


def lamp_post(sheet: Sheet, stage: Stage, x: float, foot: float, tall: float, glows: list[Glow]) -> None:
    """An old street lantern; lit when it is dark, with a pool of light at its foot."""
    hour = stage.hour
    iron = at_depth(hour, (58, 62, 72), 3.0)
    w = max(1.6, tall * 0.014)
    sheet.poly([(x - w * 2.6, foot), (x - w * 1.6, foot - tall * 0.1), (x - w, foot - tall * 0.12),
                (x - w, foot - tall),
                (x + w, foot - tall), (x + w, foot - tall * 0.12), (x + w * 1.6, foot - tall * 0.1),
                (x + w * 2.6, foot)], iron)
    top, s = foot - tall, tall * 0.055
    glass = (255, 228, 160) if hour.lamps else mix(iron, (236, 240, 236), 0.55)
    sheet.poly([(x - s * 0.7, top), (x + s * 0.7, top), (x + s, top - s * 1.9), (x - s, top - s * 1.9)], glass)
    sheet.poly([(x - s * 1.3, top - s * 1.9), (x, top - s * 2.9), (x + s * 1.3, top - s * 1.9)], iron)
    sheet.rect(x - s * 0.8, top - 1, x + s * 0.8, top + s * 0.25, iron)
    if hour.lamps:
        glows.append((x, top - s, tall * 0.62, (255, 206, 120), 0.58))


def leaves_above(stage: Stage, local: Colour, *, name: str = "leaves", count: int = 3) -> Layer:
    """Boughs hanging into the upper edge, nearer than the cast and far above its head: they frame the view."""
    chance = stage.random(name)
    deep = (0.13 if stage.height <= stage.width else 0.10) * stage.height
    sheet = Sheet(stage, -stage.pad, deep * 1.5)
    colour = times(at_depth(stage.hour, local, 3.0), 0.46)
    for i in range(count):
        x0 = (i + 0.25 + 0.5 * chance.random()) * stage.period / count
        wide = (0.15 + 0.08 * chance.random()) * stage.width
        for _ in range(96):
            u = chance.gauss(0, 0.5)
            x = x0 + u * wide
            reach = deep * max(0.0, 1.05 - abs(u) * 0.85) * chance.random() ** 0.8
            turn, long = 0.5 + 1.6 * chance.random(), (0.024 + 0.020 * chance.random()) * stage.unit
            y = reach - 0.02 * stage.height
            ux, uy = math.cos(turn) * long, math.sin(turn) * long
            sheet.blob([(x, y), (x + ux * 0.5 - uy * 0.26, y + uy * 0.5 + ux * 0.26), (x + ux, y + uy),
                        (x + ux * 0.5 + uy * 0.26, y + uy * 0.5 - ux * 0.26)], times(colour,
                                                                                     0.85 + 0.4 * chance.random()))
        sheet.line([(x0 - wide * 1.1, -0.03 * stage.height), (x0, deep * 0.22), (x0 + wide * 0.9, deep * 0.46)], 3.0,
                   times(colour, 0.7))
    return sheet.finish(name, 82.0, 1.45, shadow=0.25, light=0.3)


def birds_over(stage: Stage, x: float, y: float, speed: float) -> Live:
    """A far flock around (`x`, `y`), shares of the frame, crossing at `speed` frame widths a second."""
    dark = mix(at_depth(stage.hour, (52, 56, 70), 1.8), stage.hour.sky[0], 0.2)
    touch = flock(stage.random("birds"), dark, 0.2 * stage.width, 0.013 * stage.unit, speed * stage.width)
    return Live("birds", 12.0, 0.12, x * stage.width, y * stage.height, 0.5 * stage.width, touch)


def pool(sheet: Sheet, stage: Stage, places: Sequence[Glow], y: float, ground: Colour) -> None:
    """A round of light on the ground under each lamp."""
    if not stage.hour.lamps:
        return
    for x, _, _, colour, _ in places:
        for k, share in ((1.0, 0.14), (0.66, 0.14)):
            sheet.oval(x, y, 0.15 * stage.unit * k, 0.020 * stage.height * k,
                       mix(ground, colour, share + 0.14 * (1 - k)))

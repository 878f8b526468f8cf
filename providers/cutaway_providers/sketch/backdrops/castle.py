"""Backdrop: a castle on its crag."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

from cutaway_providers.sketch.backdrops.builds import (
    Glow,
    Panes,
)
from cutaway_providers.sketch.backdrops.land import foreground, hills, rolling
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.backdrops.village import lane
from cutaway_providers.sketch.layers import Layer, Sheetlike
from cutaway_providers.sketch.life import Live, breath, flag, flock
from cutaway_providers.sketch.palette import Colour, at_depth, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

GRASS: Colour = (116, 168, 84)
LEAF: Colour = (104, 150, 84)
STONE: Colour = (176, 166, 152)
BUNTING: tuple[Colour, ...] = ((222, 96, 82), (240, 196, 96), (92, 150, 156), (238, 228, 206))


def castle(stage: Stage, site: Site) -> list[Sheetlike]:
    """A castle with flags on a crag above the mist, woods below, the ruined outer wall, a paved yard."""
    hour = stage.hour
    chance = stage.random("mid")
    unit = 0.80 * stage.rise
    layers: list[Sheetlike] = [hills(stage, "far", 10, 0.10, 0.22, 0.06, (140, 160, 170), 0.1)]
    sheet = Sheet(stage, stage.horizon - 0.86 * unit, stage.horizon + 0.12 * stage.height)
    panes = Panes(stage, "mid", 0.5)
    x0 = 0.52 * stage.width
    crag = at_depth(hour, (132, 138, 128), 1.1)
    stone = at_depth(hour, STONE, 1.3)
    foot = stage.horizon - 0.20 * unit
    sheet.poly([(x0 - 0.62 * unit, stage.horizon), (x0 - 0.46 * unit, foot + 0.11 * unit),
                (x0 - 0.38 * unit, foot + 0.02 * unit),
                (x0 - 0.30 * unit, foot), (x0 + 0.30 * unit, foot), (x0 + 0.37 * unit, foot + 0.05 * unit),
                (x0 + 0.50 * unit, foot + 0.13 * unit), (x0 + 0.70 * unit, stage.horizon)], crag)
    for k in range(9):
        fx = x0 + (k - 4) * 0.085 * unit
        sheet.poly([(fx, foot + 0.01 * unit), (fx + 0.03 * unit, foot + 0.02 * unit),
                    (fx + 0.05 * unit * (1 if k > 4 else -0.4), stage.horizon)],
                   times(crag, 0.92))
    sheet.rect(x0 - 0.28 * unit, foot - 0.11 * unit, x0 + 0.28 * unit, foot + 4, stone)
    _merlons(sheet, x0 - 0.28 * unit, x0 + 0.28 * unit, foot - 0.11 * unit, 0.018 * unit, stone)
    tips = []
    for dx, w, high in ((-0.27, 0.052, 0.24), (0.27, 0.052, 0.22), (-0.10, 0.060, 0.36), (0.12, 0.070, 0.30),
                        (0.02, 0.045, 0.48)):
        x, wall = x0 + dx * unit, times(stone, 1.0 + 0.10 * dx)
        sheet.rect(x - w * unit, foot - high * unit, x + w * unit, foot + 2, wall)
        shade = 1 if hour.sun_at[0] < 0.5 else -1
        sheet.poly([(x + shade * w * unit, foot - high * unit), (x + shade * w * 0.25 * unit, foot - high * unit),
                    (x + shade * w * 0.25 * unit, foot), (x + shade * w * unit, foot)], times(wall, 0.88))
        if w < 0.055 or high > 0.4:
            sheet.poly([(x - w * 1.35 * unit, foot - high * unit), (x, foot - (high + 0.15) * unit),
                        (x + w * 1.35 * unit, foot - high * unit)], at_depth(hour, (92, 104, 140), 1.5))
            tip = foot - (high + 0.15) * unit
        else:
            sheet.rect(x - w * 1.15 * unit, foot - high * unit, x + w * 1.15 * unit, foot - (high - 0.03) * unit, wall)
            _merlons(sheet, x - w * 1.15 * unit, x + w * 1.15 * unit, foot - high * unit, 0.016 * unit, wall)
            tip = foot - high * unit
        tips.append((x, tip))
        for k in range(2):
            wy = foot - high * unit * (0.78 - 0.3 * k)
            panes.pane(sheet, [(x - 3.4, wy + 12), (x - 3.4, wy + 2), (x, wy - 3), (x + 3.4, wy + 2),
                               (x + 3.4, wy + 12)], stone, 1.6,
                       shine=0.05 * unit)
    gate = at_depth(hour, (74, 64, 66), 1.6)
    sheet.poly([(x0 - 0.032 * unit, foot + 3), (x0 - 0.032 * unit, foot - 0.05 * unit), (x0, foot - 0.075 * unit),
                (x0 + 0.032 * unit, foot - 0.05 * unit), (x0 + 0.032 * unit, foot + 3)], gate)
    for x, y in tips:
        sheet.rect(x - 1, y - 0.085 * unit, x + 1, y + 2, gate)
    line = rolling(stage, chance, stage.horizon - 0.08 * unit, 0.03 * unit)
    for _ in range(90):
        x, r = chance.random() * stage.period, (0.018 + 0.026 * chance.random()) * unit
        sheet.oval(x, line(x) - r * 0.2, r, r * 1.1, at_depth(hour, LEAF, 1.35 + 0.25 * chance.random()))
    sheet.profile(line, at_depth(hour, LEAF, 1.4))
    layers.append(sheet.finish("mid", 20, 0.22, haze=hour.haze_share * 0.8, glows=panes.glows))
    cloths: tuple[tuple[Colour, ...], ...] = (((200, 66, 60), (236, 190, 84)), ((74, 108, 164), (236, 230, 214)))
    for i, (x, y) in enumerate(tips):
        colours = [at_depth(hour, c, 2.2) for c in cloths[i % 2]]
        layers.append(Live(f"flag.{i}", 20.5, 0.22, x, y - 0.085 * unit, 0.12 * unit,
                           flag(colours, 0.085 * unit, 0.042 * unit, turn=i * 1.7, forked=True)))
    layers.append(Live("birds", 21.0, 0.2, 0.2 * stage.width, 0.20 * stage.height, 0.4 * stage.width,
                       flock(stage.random("birds"), at_depth(hour, (56, 60, 72), 2.0), 0.22 * stage.width,
                             0.013 * stage.unit,
                             0.04 * stage.width)))
    layers.append(_bailey(stage, layers))
    return [*layers, lane(stage, site, paving=True), foreground(stage, (120, 140, 96))]


def _merlons(sheet: Sheet, x0: float, x1: float, y: float, size: float, colour: Colour) -> None:
    count = max(3, round((x1 - x0) / (size * 1.7)))
    for k in range(count):
        x = x0 + (x1 - x0) * k / count
        sheet.rect(x, y - size, x + (x1 - x0) / count * 0.58, y + 1, colour)


def _bailey(stage: Stage, layers: list[Sheetlike]) -> Layer:
    """The outer wall, breached here and there, with torches that flicker after dark."""
    hour = stage.hour
    chance = stage.random("near")
    unit = stage.rise
    sheet = Sheet(stage, stage.horizon - 0.30 * unit, stage.horizon + 0.12 * stage.height)
    wall = at_depth(hour, STONE, 2.35)
    foot = stage.horizon + 0.026 * stage.height
    count = 6
    glows: list[Glow] = []
    for i in range(count):
        x0, x1 = (i + 0.06) * stage.period / count, (i + 0.80) * stage.period / count
        high = (0.10 + 0.03 * chance.random()) * unit
        sheet.poly([(x0 - 0.03 * unit, foot), (x0, foot - high), (x1, foot - high), (x1 + 0.05 * unit, foot)], wall)
        _merlons(sheet, x0, x1, foot - high, 0.024 * unit, wall)
        for _ in range(16):
            bx, by = x0 + (x1 - x0) * (0.03 + 0.9 * chance.random()), foot - high * (0.06 + 0.86 * chance.random())
            sheet.rect(bx, by, bx + 0.022 * unit, by + 0.010 * unit, times(wall, 0.88 + 0.2 * chance.random()))
        if i % 2 == 0:
            tx, w = x1 - 0.02 * unit, 0.055 * unit
            sheet.rect(tx - w, foot - 0.20 * unit, tx + w, foot, times(wall, 0.97))
            sheet.rect(tx - w * 1.15, foot - 0.22 * unit, tx + w * 1.15, foot - 0.19 * unit, wall)
            _merlons(sheet, tx - w * 1.15, tx + w * 1.15, foot - 0.22 * unit, 0.022 * unit, wall)
            ty = foot - 0.09 * unit
            sheet.line([(tx, ty + 0.03 * unit), (tx, ty)], 4, at_depth(hour, (80, 62, 56), 2.6))
            if hour.lamps:
                sheet.blob([(tx - 5, ty), (tx, ty - 15), (tx + 5, ty), (tx, ty + 3)], (255, 196, 96))
                glows.append((tx, ty - 5, 0.16 * unit, (255, 176, 90), 0.36))
                layers.append(Live(f"torch.{i}", 30.5, 0.62, tx, ty - 6, 0.12 * unit,
                                   breath((255, 186, 96), 0.11 * unit, flicker=True, strength=0.5, turn=float(i))))
    for _ in range(50):
        x, r = chance.random() * stage.period, (0.010 + 0.016 * chance.random()) * unit
        sheet.oval(x, foot, r * 1.5, r, times(at_depth(hour, LEAF, 2.5), 0.8 + 0.2 * chance.random()))
    sheet.rect(-1, foot - 1, stage.period + 1, stage.horizon + 0.12 * stage.height, at_depth(hour, GRASS, 2.4))
    return sheet.finish("near", 30, 0.62, haze=0.10, glows=glows)

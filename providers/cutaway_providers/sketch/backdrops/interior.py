"""Backdrops indoors: a room with a window, a product studio, a stairwell."""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.backdrops.furniture import indoor, paint_picture, paint_shelf, paint_stove, paint_table
from cutaway_providers.sketch.backdrops.land import slope
from cutaway_providers.sketch.backdrops.site import Site
from cutaway_providers.sketch.layers import Layer, Sheetlike, tinted
from cutaway_providers.sketch.life import Live, breath, motes
from cutaway_providers.sketch.palette import Colour, mix, times
from cutaway_providers.sketch.sheet import Sheet
from cutaway_providers.sketch.stage import Stage

KITCHENS = frozenset({"kitchen", "bakery", "cafe", "café", "restaurant", "shop"})
Glow = tuple[float, float, float, Colour, float]


def room(stage: Stage, site: Site) -> list[Sheetlike]:
    """A wall with windows to the sky, furniture, a lamp that is lit after sunset, a wooden floor with a rug."""
    count = bays(stage)
    return [outside(stage), _wall(stage, site), _furniture(stage, site),
            *shaft(stage, count, stage.period / count, 0.26),
            _floor(stage), fronds(stage)]


def fronds(stage: Stage) -> Layer:
    """Leaves of a plant that stands beside the camera."""
    chance = stage.random("front")
    sheet = Sheet(stage, 0.86 * stage.height, stage.height + stage.pad)
    leaf = times(indoor(stage, (74, 112, 90)), 0.42)
    for i in range(5):
        x = (i + 0.2 + 0.6 * chance.random()) * stage.period / 5
        for k in range(7):
            lean, tall = (k - 3) * 0.030 * stage.unit, (0.075 - 0.008 * abs(k - 3)) * stage.unit
            base = stage.height + 6
            sheet.blob([(x - 3, base), (x + lean * 0.6 - 7, base - tall * 0.7), (x + lean * 1.6, base - tall * 1.25),
                        (x + lean * 0.9 + 7, base - tall * 0.62), (x + 3, base)],
                       times(leaf, 0.85 + 0.07 * (k % 4)))
    return sheet.finish("front", 80, 1.3, shadow=0.3, light=0.4)


def bays(stage: Stage) -> int:
    """How many windows fit in one period without crowding."""
    return max(2, round(stage.period / (0.9 * stage.unit)))


def shaft(stage: Stage, count: int, step: float, at: float) -> list[Sheetlike]:
    """Daylight (or the moon) falling in from every window, `at` of a bay along, with dust that hangs in it."""
    hour = stage.hour
    unit = stage.rise
    strength = {"dawn": 0.30, "day": 0.20, "dusk": 0.26, "night": 0.12}[hour.name]
    side = 1 if hour.sun_at[0] < 0.5 else -1
    top, low = stage.horizon - 0.60 * unit, stage.feet
    reach = stage.width // 2 + 8
    rows = max(2, round(low - top))
    mask = Image.new("L", (2 * reach // 4, rows // 4))
    pen = ImageDraw.Draw(mask)
    half, fall = 0.13 * stage.unit / 4, side * 0.30 * unit / 4
    mid = reach / 4
    pen.polygon([(mid - half, 0), (mid + half, 0), (mid + half * 1.7 + fall, rows / 4),
                 (mid - half * 1.4 + fall, rows / 4)], fill=255)
    fade = Image.linear_gradient("L").rotate(180).resize(mask.size)
    soft = ImageChops.multiply(mask.filter(ImageFilter.BoxBlur(2.5)), fade)
    beam = soft.resize((2 * reach, rows), Image.Resampling.BICUBIC).point([round(v * strength) for v in range(256)])
    light = mix(hour.sun, hour.glow, 0.4)
    shaft = tinted(light, beam)

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        canvas.paste(shaft, (round(x) - reach, round(y)), shaft)

    chance = stage.random("dust")
    out: list[Sheetlike] = []
    for i in range(count):
        x = (i + at) * step
        out.append(Live(f"shaft.{i}", 32.0, 0.60, x, top, float(reach), touch))
        out.append(Live(f"dust.{i}", 47.0, 0.80, x + side * 0.14 * unit, stage.feet, 0.3 * stage.unit,
                        motes(chance, light, 0.30 * stage.unit, 0.5 * unit, 0.0042 * stage.unit)))
    return out


def outside(stage: Stage) -> Layer:
    """Treetops beyond the windows."""
    sheet = Sheet(stage, stage.horizon - 0.30 * stage.rise, stage.horizon)
    hour = stage.hour
    chance = stage.random("far")
    for i in range(16):
        x = (i + chance.random()) * stage.period / 16
        r = (0.06 + 0.06 * chance.random()) * stage.rise
        sheet.oval(x, stage.horizon - 0.16 * stage.rise, r, r * 1.1, mix(hour.ramp[1], hour.ramp[2], chance.random()))
    sheet.rect(-1, stage.horizon - 0.16 * stage.rise, stage.period + 1, stage.horizon, hour.ramp[2])
    return sheet.finish("far", 10, 0.22, shadow=0.2)


def _wall(stage: Stage, site: Site) -> Layer:
    kitchen = bool(site.words & KITCHENS)
    office = bool(site.words & {"office", "laboratory", "lab", "hospital", "classroom", "workshop", "studio"})
    local = (206, 214, 196) if kitchen else (196, 206, 216) if office else (222, 190, 158)
    wall = indoor(stage, local)
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.06 * stage.height)
    sheet.rect(-1, -stage.pad, stage.period + 1, stage.horizon + 0.06 * stage.height, wall)
    stripe = times(wall, 0.965)
    count = 56
    for i in range(0, count, 2):
        sheet.rect(i * stage.period / count, -stage.pad, (i + 1) * stage.period / count, stage.horizon, stripe)
    wains = stage.horizon - 0.13 * stage.rise
    board = indoor(stage, (246, 238, 226) if not kitchen else (150, 178, 172))
    sheet.rect(-1, wains, stage.period + 1, stage.horizon + 0.06 * stage.height, board)
    sheet.rect(-1, wains - 4, stage.period + 1, wains + 4, times(board, 0.86))
    for i in range(28):
        x = i * stage.period / 28
        sheet.rect(x - 1, wains + 8, x + 1, stage.horizon, times(board, 0.91))
    frame = indoor(stage, (250, 246, 238))
    count = bays(stage)
    step = stage.period / count
    glows: list[Glow] = []
    for i in range(count):
        x = (i + 0.26) * step
        w, high = 0.150 * stage.unit, 0.36 * stage.rise
        top, low = stage.horizon - 0.62 * stage.rise, stage.horizon - 0.62 * stage.rise + high
        sheet.rect(x - w - 9, top - 9, x + w + 9, low + 9, frame)
        sheet.rect(x - w - 16, low + 7, x + w + 16, low + 16, times(frame, 0.88))
        for cx in (-0.5, 0.5):
            for k in (0, 1):
                y0, y1 = top + high * k / 2 + 2, top + high * (k + 1) / 2 - 2
                sheet.clear([(x + (cx - 0.46) * w, y0), (x + (cx + 0.46) * w, y0), (x + (cx + 0.46) * w, y1),
                             (x + (cx - 0.46) * w, y1)])
        cloth = indoor(stage, (196, 98, 84) if not office else (112, 140, 168))
        for side in (-1, 1):
            sheet.blob([(x + side * (w + 26), top - 20), (x + side * (w - 10), top - 20),
                        (x + side * (w + 2), top + high * 0.5),
                        (x + side * (w + 12), low + 24), (x + side * (w + 34), low + 26)], cloth)
        sheet.rect(x - w - 40, top - 25, x + w + 40, top - 17, times(cloth, 0.6))
        px = x + step * 0.46
        paint_picture(stage, sheet, px, stage.horizon - 0.50 * stage.rise, i)
    return sheet.finish("mid", 20, 0.60, shadow=0.0, light=0.4, glows=glows)


def _furniture(stage: Stage, site: Site) -> Layer:
    hour = stage.hour
    sheet = Sheet(stage, stage.horizon - 0.58 * stage.rise, stage.horizon + 0.12 * stage.height)
    foot = stage.horizon + 0.052 * stage.height
    wood = indoor(stage, (150, 104, 76))
    glows: list[Glow] = []
    count = bays(stage)
    step = stage.period / count
    unit = stage.rise
    for i in range(count):
        x = (i + 0.72) * step
        if i % 2 == 0:
            if site.words & KITCHENS:
                paint_stove(stage, sheet, x, foot, unit)
            else:
                paint_shelf(stage, sheet, x, foot, unit, wood)
            lx = x + 0.26 * unit
            pole = indoor(stage, (92, 84, 88))
            sheet.rect(lx - 2, foot - 0.36 * unit, lx + 2, foot, pole)
            sheet.oval(lx, foot, 0.045 * unit, 4, pole)
            glow = (255, 214, 140) if hour.lamps else indoor(stage, (240, 222, 190))
            sheet.poly([(lx - 0.042 * unit, foot - 0.44 * unit), (lx + 0.042 * unit, foot - 0.44 * unit),
                        (lx + 0.072 * unit, foot - 0.34 * unit),
                        (lx - 0.072 * unit, foot - 0.34 * unit)], glow)
            if hour.lamps:
                glows.append((lx, foot - 0.37 * unit, 0.62 * unit, (255, 196, 110), 0.60))
        else:
            paint_table(stage, sheet, x, foot, unit, wood)
    return sheet.finish("near", 30, 0.72, shadow=0.30, light=0.6, glows=glows)


def _floor(stage: Stage) -> Layer:
    sheet = Sheet(stage, stage.horizon, stage.height + stage.pad)
    wood = indoor(stage, (176, 128, 92))
    top = stage.horizon + 0.045 * stage.height
    sheet.rect(-1, top - 0.014 * stage.height, stage.period + 1, top, indoor(stage, (236, 226, 212)))
    sheet.rect(-1, top, stage.period + 1, stage.height + stage.pad, wood)
    y, k = top, 0
    chance = stage.random("floor")
    while y < stage.height + stage.pad:
        deep = (0.018 + 0.012 * k) * stage.height
        sheet.rect(-1, y, stage.period + 1, y + deep, times(wood, 0.97 - 0.035 * k + 0.03 * (k % 2)))
        for i in range(14):
            x = (i + 0.7 * chance.random()) * stage.period / 14
            sheet.rect(x, y, x + 1.6, y + deep, times(wood, 0.80 - 0.03 * k))
        sheet.rect(-1, y, stage.period + 1, y + 1.2, times(wood, 0.80 - 0.03 * k))
        y += deep
        k += 1
    return sheet.finish("ground", 40, 1.0, shadow=0.18, light=0.4)


def studio(stage: Stage, site: Site) -> list[Layer]:
    """A product table before a soft backdrop with one round of light."""
    hour = stage.hour
    back = Sheet(stage, -stage.pad, stage.horizon + 0.08 * stage.height)
    local: Colour = {"dawn": (240, 204, 190), "day": (206, 222, 220), "dusk": (168, 92, 104),
                     "night": (38, 48, 82)}[hour.name]
    back.rect(-1, -stage.pad, stage.period + 1, stage.horizon + 0.08 * stage.height, local)
    glows: list[Glow] = [(0.5 * stage.width, 0.46 * stage.height, 0.78 * stage.unit, mix(local, (255, 246, 226), 0.75),
                          0.62)]
    wall = back.finish("far", 10, 0.12, shadow=0.0, light=0.0, glows=glows)
    disc = Sheet(stage, 0.02 * stage.height, stage.horizon + 0.05 * stage.height)
    for i, (fx, fy, fr, tone) in enumerate(((0.5, 0.46, 0.36, 0.10), (0.14, 0.62, 0.17, 0.16),
                                            (0.90, 0.60, 0.21, 0.16))):
        colour = mix(local, ((236, 178, 130), (150, 184, 178), (214, 138, 118))[i], tone + 0.14)
        disc.oval(fx * stage.width, fy * stage.height, fr * stage.unit, fr * stage.unit, colour)
    foot = stage.horizon + 0.024 * stage.height
    unit = stage.rise
    props = Sheet(stage, stage.horizon - 0.5 * unit, stage.horizon + 0.08 * stage.height)
    for i, (fx, side) in enumerate(((0.12, 1), (0.90, -1), (1.30, 1), (1.72, -1))):
        x = fx * stage.width
        clay = indoor(stage, mix(((226, 170, 140), (150, 176, 166))[i % 2], local, 0.30))
        w, high = 0.075 * unit, (0.16 + 0.07 * (i % 2)) * unit
        props.rect(x - w, foot - high, x + w, foot + 4, clay)
        props.rect(x + (w * 0.4 if side > 0 else -w), foot - high, x + (w if side > 0 else -w * 0.4), foot + 4,
                   times(clay, 0.88))
        props.oval(x, foot - high, w, w * 0.22, times(clay, 1.08))
        if i % 2 == 0:
            props.oval(x, foot - high - 0.052 * unit, 0.052 * unit, 0.052 * unit, mix(clay, (255, 246, 226), 0.45))
        else:
            for k in range(7):
                lean = (k - 3) * 0.020 * unit
                top = foot - high - (0.20 - 0.016 * abs(k - 3)) * unit
                props.blob([(x - 2, foot - high - 0.04 * unit), (x + lean * 0.7 - 6, top + 0.07 * unit),
                            (x + lean * 2, top),
                            (x + lean * 0.9 + 6, top + 0.07 * unit), (x + 2, foot - high - 0.04 * unit)],
                           times(indoor(stage, mix((112, 146, 116), local, 0.2)), 0.88 + 0.05 * (k % 3)))
            props.rect(x - 0.030 * unit, foot - high - 0.06 * unit, x + 0.030 * unit, foot - high,
                       mix(clay, (255, 250, 240), 0.5))
    wood = indoor(stage, (186, 136, 98))
    table = Sheet(stage, stage.horizon - 0.03 * stage.height, stage.height + stage.pad)
    top = stage.horizon + 0.02 * stage.height
    table.rect(-1, top, stage.period + 1, stage.height + stage.pad, wood)
    chance = stage.random("ground")
    for k in range(34):
        y = top + (0.01 + 0.18 * (k / 34) ** 1.2) * stage.height
        x, w = chance.random() * stage.period, (0.06 + 0.2 * chance.random()) * stage.width
        table.blob([(x - w, y), (x, y - 1.5), (x + w, y), (x, y + 1.2)], times(wood, 0.93 if k % 2 else 1.05))
    table.rect(-1, top, stage.period + 1, top + 3, mix(wood, hour.rim, 0.4))
    edge = 0.965 * stage.height
    table.rect(-1, edge, stage.period + 1, stage.height + stage.pad, times(wood, 0.68))
    table.rect(-1, edge, stage.period + 1, edge + 3, times(wood, 1.12))
    return [wall, disc.finish("mid", 20, 0.34, shadow=0.22, light=0.7),
            props.finish("near", 30, 0.72, shadow=0.30, light=0.7),
            table.finish("ground", 40, 1.0, shadow=0.30, light=0.3)]


def stairs(stage: Stage, site: Site) -> list[Sheetlike]:
    """A round tower inside: stone courses, slit windows, stairs rising to the right."""
    hour = stage.hour
    stone = indoor(stage, (170, 160, 152))
    wall = Sheet(stage, -stage.pad, stage.height + stage.pad)
    wall.rect(-1, -stage.pad, stage.period + 1, stage.height + stage.pad, stone)
    chance = stage.random("mid")
    course = 0.052 * stage.rise
    rows = int((stage.height + 2 * stage.pad) / course) + 1
    for row in range(rows):
        y = -stage.pad + row * course
        bricks = 18
        for i in range(bricks):
            w = stage.period / bricks
            x = (i + (0.5 if row % 2 else 0.0)) * w
            wall.rect(x + 1.5, y + 1.5, x + w - 1.5, y + course - 1.5, times(stone, 0.93 + 0.10 * chance.random()))
    for i in range(3):
        x = (i + 0.42) * stage.period / 3
        y = stage.height * (0.30 if i % 2 else 0.24)
        w, h = 0.055 * stage.unit, 0.20 * stage.rise
        arch = [(x - w, y + h), (x - w, y), (x - w * 0.7, y - h * 0.20), (x, y - h * 0.30),
                (x + w * 0.7, y - h * 0.20), (x + w, y), (x + w, y + h)]
        wall.poly([(px + (px - x) * 0.28, py + (py - y - h * 0.4) * 0.09) for px, py in arch], times(stone, 0.74))
        wall.clear(arch)
    glows: list[Glow] = []
    for i in range(3):
        x, y = (i + 0.88) * stage.period / 3, 0.34 * stage.height
        wall.rect(x - 4, y, x + 4, y + 0.06 * stage.unit, indoor(stage, (90, 78, 72)))
        wall.blob([(x - 6, y), (x, y - 0.045 * stage.unit), (x + 6, y), (x, y + 4)], (255, 190, 90))
        glows.append((x, y - 8, 0.42 * stage.unit, (255, 190, 100), 0.62 if hour.lamps else 0.30))
    torches = [Live(f"torch.{i}", 21.0, 0.62, x, y, r, breath(colour, r * 0.55, flicker=True, strength=0.55,
                                                              turn=float(i)))
               for i, (x, y, r, colour, _) in enumerate(glows)]
    return [outside(stage), wall.finish("mid", 20, 0.62, shadow=0.0, light=0.3, glows=glows), *torches,
            *shaft(stage, 3, stage.period / 3, 0.42), *_pillars(stage), _steps(stage, site)]


def _pillars(stage: Stage) -> list[Sheetlike]:
    """Stone pillars with banners between the wall and us: the depth of the hall."""
    stone = indoor(stage, (152, 142, 136))
    sheet = Sheet(stage, -stage.pad, stage.horizon + 0.16 * stage.height)
    for i in range(3):
        x, w = (i + 0.12) * stage.period / 3, 0.060 * stage.unit
        foot = stage.horizon + 0.12 * stage.height
        for k in range(6):
            sheet.rect(x - w + 2 * w * k / 6, -stage.pad, x - w + 2 * w * (k + 1) / 6 + 1, foot,
                       times(stone, 0.84 + 0.20 * math.sin(math.pi * (k + 0.5) / 6)))
        y = float(-stage.pad)
        while y < foot:
            sheet.rect(x - w, y, x + w, y + 2, times(stone, 0.72))
            y += 0.11 * stage.rise
        bx, bw = x + w * 2.6, 0.052 * stage.unit
        cloth = indoor(stage, ((164, 60, 58), (66, 88, 130))[i % 2])
        sheet.poly([(bx - bw, -stage.pad), (bx + bw, -stage.pad), (bx + bw, 0.20 * stage.height),
                    (bx, 0.25 * stage.height), (bx - bw, 0.20 * stage.height)], cloth)
        sheet.poly([(bx, 0.09 * stage.height), (bx + bw * 0.5, 0.13 * stage.height), (bx, 0.17 * stage.height),
                    (bx - bw * 0.5, 0.13 * stage.height)],
                   indoor(stage, (226, 186, 96)))
    return [sheet.finish("near", 30, 0.78, shadow=0.34, light=0.5)]


def _steps(stage: Stage, site: Site) -> Layer:
    sheet = Sheet(stage, stage.horizon - 0.45 * stage.height, stage.height + stage.pad)
    stone = indoor(stage, (188, 176, 164))
    bottom = stage.height + stage.pad
    if not site.climbs:
        sheet.rect(-1, stage.horizon + 0.03 * stage.height, stage.period + 1, bottom, stone)
        for i in range(20):
            x = i * stage.period / 20
            sheet.line([(x, stage.horizon + 0.03 * stage.height), (x - 0.05 * stage.width, stage.height)], 1.6,
                       times(stone, 0.86))
        return sheet.finish("ground", 40, 1.0, shadow=0.3, light=0.6)
    wide = stage.width / 16
    first, last = -8, 30
    for back, tone in ((True, 0.92), (False, 0.78)):
        shift = -0.062 * stage.height if back else 0.022 * stage.height
        for k in range(first, last):
            x = k * wide
            y = stage.feet - slope(stage, (x + wide / 2) % stage.period) + shift
            rise = 0.34 * stage.height / 0.84 / 16
            tread = times(stone, 1.05 if back else 0.98)
            sheet.rect(x, y - rise / 2, x + wide + 0.6, bottom, times(stone, tone if not back else 0.86))
            sheet.rect(x, y - rise / 2, x + wide + 0.6, y - rise / 2 + (0.084 * stage.height if back else 5), tread)
            sheet.rect(x, y - rise / 2, x + 2, y + rise / 2 + 2, times(stone, 0.7))
    return sheet.finish("ground", 40, 1.0, shadow=0.32, light=0.7)

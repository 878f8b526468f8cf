"""Life in a place: small things that move by themselves, painted anew in every drawing, at one spot of the world.

Smoke, flags, flocks, lights that breathe, hands of a clock, sails of a mill, bubbles, swinging lamps. Each function
gives a painter; `Live` puts a painter at its spot as the camera sees it.
"""

# Coordinates read better in rows than one to a line.
# fmt: off
from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw

from cutaway_providers.sketch.layers import View, glow_picture, lay_colour, screen_y, zoom_at
from cutaway_providers.sketch.palette import Colour, mix, times
from cutaway_providers.sketch.pen import Point
from cutaway_providers.sketch.stage import Stage

Touch = Callable[[Image.Image, float, float, float, float], None]
"""Paints on (canvas, x, y, zoom, t): the spot in screen pixels, the magnification there, the moment in seconds."""

SCALE = 2


@dataclass(slots=True)
class Live:
    """One moving thing at world (x, y), seen again after every period; `reach` is how far it spreads, in pixels."""

    name: str
    depth: float
    parallax: float
    x: float
    y: float
    reach: float
    touch: Touch

    def paint(self, canvas: Image.Image, stage: Stage, view: View, t: float, below: float = math.inf) -> None:
        """Lay it over `canvas`, where it is in sight."""
        zoom = zoom_at(view, self.parallax)
        seen = self.x - self.parallax * view.x - view.orbit * (self.parallax - 1)
        seen = (seen + self.reach) % stage.period - self.reach
        x = stage.width / 2 + (seen - stage.width / 2) * zoom
        y = screen_y(stage, view, self.parallax, self.y)
        if x - self.reach * zoom < canvas.width and y - self.reach * zoom < min(below, canvas.height):
            self.touch(canvas, x, y, zoom, t)

    def hides_from(self, stage: Stage, view: View, t: float) -> float:
        """Nothing behind it is hidden."""
        return math.inf


def smoke(chance: random.Random, colour: Colour, rise: float, size: float, *, strength: float = 0.75) -> Touch:
    """Puffs that rise `rise` pixels while they grow to `size` and thin out."""
    count, lean = 16, 0.35 + 0.3 * chance.random()
    turn = chance.random()

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        for i in range(count):
            age = (t * 0.16 + turn + i / count) % 1.0
            r = max(3, round(size * (0.34 + 1.1 * age) * zoom))
            px = x + (lean * rise * age ** 1.5 + size * 0.3 * math.sin(age * 5 + i)) * zoom
            py = y - rise * age * zoom
            mask = _soft(r, round(24 * strength * min(1.0, age * 6) * (1 - age)))
            lay_colour(canvas, colour, (round(px - r), round(py - r)), mask)

    return touch


def flag(colours: Sequence[Colour], wide: float, high: float, *, turn: float = 0.0, forked: bool = False) -> Touch:
    """Cloth flying to the right from its pole at the spot, in vertical bands of `colours`; it ripples with weight."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        w, h = wide * zoom, high * zoom
        columns = 9

        def edge(k: int) -> Point:
            share = k / columns
            wave = math.sin(t * 4.2 + turn - share * 5.2) * 0.16 * h * share
            return w * share * (0.97 + 0.03 * math.sin(t * 2 + turn)), wave + 0.10 * h * share

        picture = Image.new("RGBa", (math.ceil(w + 4) * SCALE, math.ceil(h * 1.6 + 4) * SCALE))
        pen = ImageDraw.Draw(picture)
        for k in range(columns):
            (x0, y0), (x1, y1) = edge(k), edge(k + 1)
            slope = (y1 - y0) / max(1e-6, x1 - x0)
            tone = times(colours[k * len(colours) // columns], 1.0 + max(-0.22, min(0.16, -slope * 1.2)))
            cut0 = h * 0.42 * (k / columns) ** 3 if forked else 0.0
            cut1 = h * 0.42 * ((k + 1) / columns) ** 3 if forked else 0.0
            for a, b in ((cut0, cut1),):
                points = [(x0, y0 + a), (x1, y1 + b), (x1, y1 + h - b), (x0, y0 + h - a)]
                pen.polygon([(px * SCALE, (py + h * 0.3) * SCALE) for px, py in points], fill=(*tone, 255))
        small = picture.reduce(SCALE)
        canvas.paste(small, (round(x), round(y - h * 0.3)), small)

    return touch


def flock(chance: random.Random, colour: Colour, spread: float, size: float, speed: float) -> Touch:
    """Far birds on the wing, each with a beat of its own, crossing at `speed` pixels a second."""
    birds = [(chance.random(), chance.random(), chance.random()) for _ in range(7)]

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        side = math.ceil(size * 2.6 * zoom)
        for a, b, c in birds:
            px = x + ((a - 0.5) * spread + speed * t * (0.9 + 0.2 * b)) * zoom
            py = y + ((b - 0.5) * 0.34 * spread + size * math.sin(t * 0.9 + c * 9)) * zoom
            beat = math.sin(t * (5.5 + 2 * c) + c * 20) if math.sin(t * 0.7 + a * 9) > -0.4 else 0.35
            mask = Image.new("L", (side * SCALE, side * SCALE))
            pen = ImageDraw.Draw(mask)
            m, r = side * SCALE / 2, size * (0.7 + 0.5 * c) * zoom * SCALE
            up = r * 0.55 * beat
            for way in (-1, 1):
                pen.polygon([(m, m), (m + way * r * 0.5, m - up), (m + way * r, m - up * 0.5),
                             (m + way * r * 0.45, m - up + r * 0.20), (m, m + r * 0.22)], fill=255)
            lay_colour(canvas, colour, (round(px - side / 2), round(py - side / 2)), mask.reduce(SCALE))

    return touch


def breath(colour: Colour, radius: float, *, rate: float = 1.0, strength: float = 0.5, turn: float = 0.0,
           flicker: bool = False) -> Touch:
    """A light that breathes, or flickers like fire."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        if flicker:
            beat = 0.72 + 0.16 * math.sin(t * 9.1 + turn) + 0.12 * math.sin(t * 14.7 + turn * 2)
        else:
            beat = 0.6 + 0.4 * math.sin(t * math.tau * rate + turn)
        r = max(4, int(radius * zoom) // 4 * 4)
        glow = _light(r, colour, round(16 * strength * max(0.0, beat)))
        canvas.paste(glow, (round(x - r), round(y - r)), glow)

    return touch


def flame(size: float) -> Touch:
    """Three tongues of fire and a few sparks standing on the spot."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        s = size * zoom
        box = math.ceil(s * 3)
        picture = Image.new("RGBa", (box * SCALE, box * SCALE))
        pen = ImageDraw.Draw(picture)
        cx, foot = box / 2, box * 0.9
        tongues: tuple[tuple[float, float, Colour], ...] = (
            (1.0, 0.0, (232, 96, 44)), (0.72, 1.7, (250, 158, 56)), (0.40, 3.1, (255, 226, 132)))
        for part, turn, colour in tongues:
            tip = 0.22 * s * math.sin(t * 7.3 + turn) * part
            high = s * (1.7 + 0.25 * math.sin(t * 11 + turn)) * part
            w = s * 0.62 * part
            points = [(cx - w * 0.5, foot), (cx - w, foot - high * 0.28),
                      (cx - w * 0.55 + tip * 0.4, foot - high * 0.62),
                      (cx + tip, foot - high), (cx + w * 0.62 + tip * 0.3, foot - high * 0.55),
                      (cx + w, foot - high * 0.25), (cx + w * 0.5, foot)]
            pen.polygon([(px * SCALE, py * SCALE) for px, py in points], fill=(*colour, 255))
        for i in range(6):
            age = (t * 0.55 + i / 6) % 1.0
            px, py = cx + s * (0.5 * math.sin(i * 2.4 + age * 4)), foot - s * (0.6 + 2.0 * age)
            r = s * 0.06 * (1 - age) * SCALE
            pen.ellipse((px * SCALE - r, py * SCALE - r, px * SCALE + r, py * SCALE + r), fill=(255, 206, 110, 255))
        small = picture.reduce(SCALE)
        canvas.paste(small, (round(x - box / 2), round(y - foot)), small)

    return touch


def mill(reach: float, colour: Colour, cloth: Colour) -> Touch:
    """Four sails turning slowly around the spot."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        r = reach * zoom
        side = math.ceil(r * 2.2)
        picture = Image.new("RGBa", (side * SCALE, side * SCALE))
        pen = ImageDraw.Draw(picture)
        c = side * SCALE / 2
        for k in range(4):
            a = t * 0.55 + k * math.pi / 2 + 0.3
            ux, uy = math.cos(a) * r * SCALE, math.sin(a) * r * SCALE
            nx, ny = -uy * 0.20, ux * 0.20
            pen.polygon([(c + ux * 0.25, c + uy * 0.25), (c + ux, c + uy), (c + ux + nx, c + uy + ny),
                         (c + ux * 0.25 + nx, c + uy * 0.25 + ny)], fill=(*cloth, 255))
            pen.line((c, c, c + ux, c + uy), fill=(*colour, 255), width=max(2, round(r * 0.05 * SCALE)))
        pen.ellipse((c - r * 0.14, c - r * 0.14, c + r * 0.14, c + r * 0.14), fill=(*times(colour, 0.8), 255))
        small = picture.reduce(SCALE)
        canvas.paste(small, (round(x - side / 2), round(y - side / 2)), small)

    return touch


def clock(radius: float, face: Colour, hand: Colour, *, hour: float) -> Touch:
    """A clock showing `hour` (0 to 12) whose second hand ticks."""
    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        r = radius * zoom
        side = math.ceil(r * 2 + 4)
        picture = Image.new("RGBa", (side * SCALE, side * SCALE))
        pen = ImageDraw.Draw(picture)
        c, rr = side * SCALE / 2, r * SCALE
        pen.ellipse((c - rr, c - rr, c + rr, c + rr), fill=(*hand, 255))
        pen.ellipse((c - rr * 0.86, c - rr * 0.86, c + rr * 0.86, c + rr * 0.86), fill=(*face, 255))
        for k in range(12):
            ux, uy = math.sin(k * math.pi / 6) * rr, math.cos(k * math.pi / 6) * rr
            pen.line((c + ux * 0.66, c - uy * 0.66, c + ux * 0.78, c - uy * 0.78), fill=(*hand, 255),
                     width=max(1, round(rr * 0.06)))
        # A tick with weight: the hand falls forward and settles.
        second = math.floor(t) + min(1.0, (t % 1.0) * 6) - 1
        for turn, long, thick, colour in ((hour / 12, 0.44, 0.12, hand), (hour % 1.0, 0.66, 0.08, hand),
                                          (second / 60, 0.70, 0.04, (206, 60, 50))):
            ux, uy = math.sin(turn * math.tau) * rr * long, math.cos(turn * math.tau) * rr * long
            pen.line((c, c, c + ux, c - uy), fill=(*colour, 255), width=max(1, round(rr * thick)))
        small = picture.reduce(SCALE)
        canvas.paste(small, (round(x - side / 2), round(y - side / 2)), small)

    return touch


def bulbs(chance: random.Random, wide: float, sag: float, size: float, colours: Sequence[Colour], wire: Colour,
          *, lit: bool, count: int = 9) -> Touch:
    """A string of bulbs or pennants hung from the spot to `wide` pixels right of it, swaying; lit ones glow."""
    turns = [chance.random() * math.tau for _ in range(count)]

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        swing = 0.06 * math.sin(t * 1.3 + turns[0])

        def at(share: float) -> Point:
            hang = sag * 4 * share * (1 - share)
            return (wide * share + hang * swing) * zoom, hang * (1 + 0.05 * math.sin(t * 1.1 + turns[1])) * zoom

        box = (math.ceil(wide * zoom + size * 4), math.ceil((sag * 1.2 + size * 3) * zoom))
        picture = Image.new("RGBa", (box[0] * SCALE, box[1] * SCALE))
        pen = ImageDraw.Draw(picture)
        line = [((p[0] + size) * SCALE, p[1] * SCALE) for p in (at(k / 24) for k in range(25))]
        pen.line(line, fill=(*wire, 255), width=max(2, round(size * 0.16 * SCALE)))
        glows = []
        for k in range(count):
            px, py = at((k + 0.5) / count)
            colour = colours[k % len(colours)]
            s = size * zoom
            cx, cy = (px + size) * SCALE, py * SCALE
            if lit:
                r = s * 0.42 * SCALE
                pen.ellipse((cx - r, cy, cx + r, cy + r * 2.2), fill=(*mix(colour, (255, 255, 255), 0.35), 255))
                glows.append((px + size, py + s * 0.5, colour, 0.5 + 0.12 * math.sin(t * 3 + turns[k])))
            else:
                lean = s * 0.3 * math.sin(t * 2.4 + turns[k]) * SCALE
                pen.polygon([(cx - s * 0.6 * SCALE, cy), (cx + s * 0.6 * SCALE, cy), (cx + lean, cy + s * 1.5 * SCALE)],
                            fill=(*colour, 255))
        small = picture.reduce(SCALE)
        canvas.paste(small, (round(x - size), round(y)), small)
        for px, py, colour, strong in glows:
            r = max(4, int(size * 3 * zoom) // 2 * 2)
            glow = _light(r, colour, round(16 * strong))
            canvas.paste(glow, (round(x - size + px - r), round(y + py - r)), glow)

    return touch


def bubbles(chance: random.Random, colour: Colour, rise: float, size: float) -> Touch:
    """Bubbles that wobble upward from the spot."""
    each = [(chance.random(), chance.random(), chance.random()) for _ in range(10)]

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        for a, b, c in each:
            age = (t * (0.10 + 0.06 * b) + a) % 1.0
            r = max(2, round(size * (0.3 + 0.7 * c) * (0.6 + 0.5 * age) * zoom))
            px = x + (c - 0.5) * size * 7 * zoom + size * 0.8 * math.sin(t * 3 + a * 20) * zoom
            lay_colour(canvas, colour, (round(px - r), round(y - rise * age * zoom - r)), _ring(r))

    return touch


def motes(chance: random.Random, colour: Colour, wide: float, high: float, size: float) -> Touch:
    """Dust that hangs in a shaft of light above the spot."""
    each = [(chance.random(), chance.random(), chance.random()) for _ in range(26)]

    def touch(canvas: Image.Image, x: float, y: float, zoom: float, t: float) -> None:
        for a, b, c in each:
            px = x + (a - 0.5) * wide * zoom + 0.04 * wide * math.sin(t * 0.5 + c * 9)
            py = y - ((b + t * 0.012 * (0.5 + c)) % 1.0) * high * zoom
            r = max(1, round(size * (0.5 + c) * zoom))
            glint = 0.5 + 0.5 * math.sin(t * 1.6 + a * 30)
            lay_colour(canvas, colour, (round(px - r), round(py - r)), _soft(r, round(20 * glint)))

    return touch


@lru_cache(maxsize=512)
def _soft(radius: int, strength: int) -> Image.Image:
    """A soft round mask, `strength` in 24ths."""
    big = glow_picture(max(2, radius), (255, 255, 255), 1.0).getchannel("a")
    return big.point([min(255, round(v * 1.6)) * strength // 24 for v in range(256)])


@lru_cache(maxsize=64)
def _ring(radius: int) -> Image.Image:
    side = (radius * 2 + 2) * 4
    mask = Image.new("L", (side, side))
    pen = ImageDraw.Draw(mask)
    c, r = side / 2, radius * 4
    pen.ellipse((c - r, c - r, c + r, c + r), fill=60)
    pen.ellipse((c - r, c - r, c + r, c + r), outline=190, width=4)
    pen.ellipse((c - r * 0.5, c - r * 0.55, c - r * 0.1, c - r * 0.15), fill=230)
    return mask.reduce(4)


@lru_cache(maxsize=96)
def _light(radius: int, colour: Colour, strength: int) -> Image.Image:
    return glow_picture(radius, colour, strength / 16)

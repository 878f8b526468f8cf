"""Puppets: an actor drawn into the frame, with its soft shadow, the light on its edge and the lights it carries."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from cutaway_providers.sketch.cast import Actor, Spot
from cutaway_providers.sketch.layers import View, glow_picture, lay_colour, screen_x, screen_y, zoom_at
from cutaway_providers.sketch.palette import Colour
from cutaway_providers.sketch.pen import Pen, Point
from cutaway_providers.sketch.stage import Stage
from cutaway_providers.sketch.turntable import set_on_turntable, turned

OVAL_PX = 120
Lights = list[tuple[float, float, float, Colour, float]]


def paint_actor(canvas: Image.Image, stage: Stage, view: View, actor: Actor, t: float) -> None:
    """Draw `actor` as it is at `t` seconds, seen from `view`, over `canvas`."""
    spot = actor.at(t)
    parallax = 0.5 if actor.drawing.manner == "structure" else 1.0
    zoom = zoom_at(view, parallax) * spot.size
    x, y = screen_x(stage, view, parallax, spot.x), screen_y(stage, view, parallax, spot.y)
    if actor.drawing.shadow and actor.drawing.manner not in {"floater", "structure"} and actor.member.deed != "swim":
        _ground_shadow(canvas, stage, view, actor, spot, x, zoom)
    own = sprite(stage, actor, spot, zoom, (x % 1.0, y % 1.0))
    if spot.pose.deed == "turn":
        set_on_turntable(canvas, stage, actor.drawing.shadow * actor.scale * zoom, x, y, t)
        own = (turned(own[0], own[1].place(0.0, 0.0)[0], t), own[1])
    if spot.pose.deed == "hero":
        light_edge(stage, own[0], reach=3.0, share=1.0)
    if actor.rider is None:
        _lay(canvas, stage, own, x, y)
        return
    seat = actor.drawing.seat or (0.0, 0.0)
    side = -1 if actor.flip else 1
    sx, sy = x + side * seat[0] * actor.scale * zoom, y - seat[1] * actor.scale * zoom
    rider_spot = actor.rider.at(t)
    # Feet on the pedals: the rider turns with the wheels.
    held = Spot(spot.x, spot.y, spot.lean * 0.5, replace(rider_spot.pose, t=spot.pose.t, cycle=spot.pose.cycle))
    rider = sprite(stage, actor.rider, held, zoom, (sx % 1.0, sy % 1.0))
    pairs = [(own, x, y), (rider, sx, sy)] if actor.drawing.rider_in_front else [(rider, sx, sy), (own, x, y)]
    for drawn, px, py in pairs:
        _lay(canvas, stage, drawn, px, py)


def sprite(
    stage: Stage, actor: Actor, spot: Spot, zoom: float, nudge: tuple[float, float] = (0.0, 0.0)
) -> tuple[Image.Image, Pen]:
    """The actor's own picture at this spot, without the frame around it."""
    left, bottom, right, top = actor.drawing.box
    if spot.lean:
        slack = abs(spot.lean) * max(right - left, top - bottom) * 0.6
        left, bottom, right, top = left - slack * 0.4, bottom - slack, right + slack * 0.4, top + slack
    pen = Pen(
        (left, bottom, right, top),
        actor.scale * zoom,
        tint=stage.cast_tint,
        flip=actor.flip,
        lean=spot.lean,
        nudge=nudge,
    )
    actor.drawing.draw(pen, spot.pose, actor.look)
    return pen.finish(), pen


def _lay(canvas: Image.Image, stage: Stage, drawn: tuple[Image.Image, Pen], x: float, y: float) -> None:
    picture, pen = drawn
    ox, oy = pen.place(0.0, 0.0)
    left, top = int(x - x % 1.0 - round(ox - x % 1.0)), int(y - y % 1.0 - round(oy - y % 1.0))
    if left >= canvas.width or top >= canvas.height or left + picture.width <= 0 or top + picture.height <= 0:
        return
    # Only what is painted, and around it the room that its lit edge and its shadow need.
    soft = max(2, round(stage.unit / 150))
    room = soft + 1
    x0, y0, x1, y1 = picture.getbbox() or (0, 0, 1, 1)
    trim = max(0, x0 - room), max(0, y0 - room), min(picture.width, x1 + room), min(picture.height, y1 + room)
    at = left + trim[0], top + trim[1]
    picture = picture.crop(trim)
    light_edge(stage, picture)
    wide, close = _lights(pen)
    _shine(canvas, wide, left, top)
    dark = picture.getchannel("a").filter(ImageFilter.BoxBlur(soft))
    side = 1 if stage.hour.sun_at[0] < 0.5 else -1
    lay_colour(canvas, stage.hour.shade, (at[0] + side * soft, at[1] + soft), dark, 80 / 255)
    canvas.paste(picture, at, picture)
    for start, end, spread, colour, strength in pen.beams:
        _beam(canvas, (left + start[0], top + start[1]), (left + end[0], top + end[1]), spread, colour, strength)
    _shine(canvas, close, left, top)


def _lights(pen: Pen) -> tuple[Lights, Lights]:
    """A sprite's lights: wide ones shine on what is behind it, close ones over it."""
    limit = 0.75 * pen.scale
    return [g for g in pen.glows if g[2] > limit], [g for g in pen.glows if g[2] <= limit]


def _shine(canvas: Image.Image, lights: Lights, left: int, top: int) -> None:
    for gx, gy, radius, colour, strength in lights:
        r = max(4, int(radius) // 4 * 4)
        glow = _glow(r, colour, round(strength * 24))
        canvas.paste(glow, (round(left + gx - r), round(top + gy - r)), glow)


def _beam(canvas: Image.Image, start: Point, end: Point, spread: float, colour: Colour, strength: float) -> None:
    """A fading cone of light, drawn at a quarter of its size: it has no detail to lose."""
    coarse = 4
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    half = max(4.0, length * spread / 2)
    left, right = min(start[0], end[0]) - half, max(start[0], end[0]) + half
    top, bottom = min(start[1], end[1]) - half, max(start[1], end[1]) + half
    size = max(2, round((right - left) / coarse)), max(2, round((bottom - top) / coarse))
    cone = Image.new("L", size)
    pen = ImageDraw.Draw(cone)
    nx, ny = (start[1] - end[1]) / max(length, 1.0), (end[0] - start[0]) / max(length, 1.0)
    slices = 10
    for k in range(slices, 0, -1):
        far = k / slices
        ex, ey = start[0] + (end[0] - start[0]) * far, start[1] + (end[1] - start[1]) * far
        w = half * far
        corners = [(start[0], start[1]), (ex + nx * w, ey + ny * w), (ex - nx * w, ey - ny * w)]
        fill = round(255 * strength * (1.05 - far) ** 0.8)
        pen.polygon([((px - left) / coarse, (py - top) / coarse) for px, py in corners], fill=fill)
    cone = cone.filter(ImageFilter.BoxBlur(1.5)).resize((size[0] * coarse, size[1] * coarse), Image.Resampling.BILINEAR)
    lay_colour(canvas, colour, (round(left), round(top)), cone)


def light_edge(stage: Stage, picture: Image.Image, *, reach: float = 1.0, share: float = 0.75) -> None:
    """An edge of the hour's light on the side of the sun or moon; `reach` times as wide as usual."""
    wide = max(1, round(stage.unit / 260 * reach))
    side = 1 if stage.hour.sun_at[0] > 0.5 else -1
    alpha = picture.getchannel("a")
    edge = ImageChops.subtract(alpha, ImageChops.offset(alpha, -side * wide, wide))
    part = max(stage.hour.rim_share, 0.5 if reach > 1 else 0.0) * share
    lay_colour(picture, stage.hour.rim, (0, 0), edge, part)


def _ground_shadow(
    canvas: Image.Image, stage: Stage, view: View, actor: Actor, spot: Spot, x: float, zoom: float
) -> None:
    aloft = actor.drawing.manner == "flyer" and actor.member.deed == "fly"
    ground = spot.y if not aloft else stage.feet
    if actor.member.deed == "jump":
        ground = actor.base
    half = actor.drawing.shadow * actor.scale * zoom * (0.7 if aloft else 1.0)
    flat = 0.34 if half > 40 else 0.5
    w, h = max(6, round(half * 2.3)), max(4, round(half * flat))
    # One oval, stretched: a camera that moves in would have another one blurred for every drawing.
    mask = _soft_oval(flat, 0.22 if aloft else 0.50).resize((w, h), Image.Resampling.BILINEAR)
    if spot.lean and not aloft:
        mask = mask.rotate(spot.lean * -57.3, Image.Resampling.BILINEAR, expand=True)
    away = (0.5 - stage.hour.sun_at[0]) * half * 0.5
    y = screen_y(stage, view, 1.0, ground)
    at = (round(x + away - mask.width / 2), round(y - mask.height / 2 + h * 0.08))
    lay_colour(canvas, stage.hour.shade, at, mask)


@lru_cache(maxsize=8)
def _soft_oval(flat: float, strength: float) -> Image.Image:
    width, height = round(OVAL_PX * 2.3), round(OVAL_PX * flat)
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).ellipse((width * 0.12, height * 0.2, width * 0.88, height * 0.8), fill=round(255 * strength))
    return image.filter(ImageFilter.BoxBlur(height * 0.14)).filter(ImageFilter.BoxBlur(height * 0.10))


@lru_cache(maxsize=48)
def _glow(radius: int, colour: Colour, strength: int) -> Image.Image:
    return glow_picture(radius, colour, strength / 24)

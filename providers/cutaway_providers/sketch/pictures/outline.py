"""Outlines: SVG path data as polygons, fine enough for a picture of a few hundred pixels."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping

Point = tuple[float, float]
Outline = list[list[Point]]
_ARGUMENTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_BEND = 0.16
"""Length of the straight pieces of a curve, in the drawing's units."""


def subpaths(data: str) -> Outline:
    """Every subpath of the `d` of an SVG path as points. Raises `ValueError` for a command SVG does not have."""
    parts: Outline = []
    at: Point = (0.0, 0.0)
    start = at
    control: Point | None = None
    smooth = ""
    for command, values in _commands(data):
        kind = command.lower()
        origin = at if command.islower() else (0.0, 0.0)
        points = [(origin[0] + values[i], origin[1] + values[i + 1]) for i in range(0, len(values) - 1, 2)]
        if kind == "m":
            at = start = points[0]
            parts.append([at])
        elif kind == "z":
            at = start
        else:
            if not parts or (len(parts[-1]) > 1 and at == start and smooth == "z"):
                parts.append([at])
            if kind == "h":
                points = [(origin[0] + values[0], at[1])]
            elif kind == "v":
                points = [(at[0], origin[1] + values[0])]
            mirrored = (2 * at[0] - control[0], 2 * at[1] - control[1]) if control else at
            if kind in {"c", "s"}:
                first = points[0] if kind == "c" else (mirrored if smooth in {"c", "s"} else at)
                second, end = points[-2], points[-1]
                parts[-1] += _cubic(at, first, second, end)
                control = second
            elif kind in {"q", "t"}:
                middle = points[0] if kind == "q" else (mirrored if smooth in {"q", "t"} else at)
                end = points[-1]
                parts[-1] += _cubic(at, _toward(at, middle), _toward(end, middle), end)
                control = middle
            elif kind == "a":
                end = (origin[0] + values[5], origin[1] + values[6])
                parts[-1] += _arc(at, values, end)
            else:
                end = points[0]
                parts[-1].append(end)
            at = end
        smooth = kind
        if kind not in {"c", "s", "q", "t"}:
            control = None
    return parts


def round_shape(tag: str, known: Mapping[str, str]) -> Outline:
    """A `circle`, `ellipse` or `rect` as points."""

    def number(name: str, default: str = "0") -> float:
        return float(known.get(name, default))

    if tag == "rect":
        x, y, w, h = number("x"), number("y"), number("width"), number("height")
        r = min(number("rx"), w / 2, h / 2)
        if not r:
            return [[(x, y), (x + w, y), (x + w, y + h), (x, y + h)]]
        corners = ((x + w - r, y + r, -1), (x + w - r, y + h - r, 0), (x + r, y + h - r, 1), (x + r, y + r, 2))
        turn = math.pi / 2
        return [
            [
                (cx + r * math.cos((q + i / 4) * turn), cy + r * math.sin((q + i / 4) * turn))
                for cx, cy, q in corners
                for i in range(5)
            ]
        ]
    rx, ry = number("rx", known.get("r", "0")), number("ry", known.get("r", "0"))
    return [
        [
            (number("cx") + rx * math.cos(i * math.tau / 24), number("cy") + ry * math.sin(i * math.tau / 24))
            for i in range(24)
        ]
    ]


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    for command, text in re.findall(r"([A-Za-z])([^A-Za-z]*)", data):
        count = _ARGUMENTS.get(command.lower())
        if count is None:
            raise ValueError(f"SVG paths have no command {command!r}.")
        values = _numbers(text, arc=command in "aA")
        if not count:
            yield command, []
        for i in range(0, len(values) if count else 0, count or 1):
            # After the first pair a "move" draws lines.
            yield ({"m": "l", "M": "L"}.get(command, command) if i else command), values[i : i + count]


def _numbers(text: str, *, arc: bool) -> list[float]:
    pattern = re.compile(r"[-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?")
    values: list[float] = []
    at = 0
    while True:
        # The two flags of an arc are single digits that may touch what follows.
        flag = arc and len(values) % 7 in {3, 4}
        found = re.compile(r"[01]").search(text, at) if flag else pattern.search(text, at)
        if not found:
            return values
        values.append(float(found.group()))
        at = found.end()


def _toward(a: Point, b: Point) -> Point:
    return a[0] + (b[0] - a[0]) * 2 / 3, a[1] + (b[1] - a[1]) * 2 / 3


def _cubic(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    length = math.dist(a, b) + math.dist(b, c) + math.dist(c, d)
    bend = abs((b[0] - a[0]) * (d[1] - a[1]) - (b[1] - a[1]) * (d[0] - a[0])) + abs(
        (c[0] - a[0]) * (d[1] - a[1]) - (c[1] - a[1]) * (d[0] - a[0])
    )
    count = max(1, min(12, math.ceil(math.sqrt(bend) / (4 * _BEND) + length * 0.25)))
    out = []
    for i in range(1, count + 1):
        t = i / count
        u = 1 - t
        w = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        out.append(
            (
                a[0] * w[0] + b[0] * w[1] + c[0] * w[2] + d[0] * w[3],
                a[1] * w[0] + b[1] * w[1] + c[1] * w[2] + d[1] * w[3],
            )
        )
    return out


def _arc(a: Point, values: list[float], b: Point) -> list[Point]:
    """An elliptical arc (SVG 1.1, appendix F.6.5) as points."""
    rx, ry, tilt = abs(values[0]), abs(values[1]), math.radians(values[2])
    if not rx or not ry or a == b:
        return [b]
    cos, sin = math.cos(tilt), math.sin(tilt)
    dx, dy = (a[0] - b[0]) / 2, (a[1] - b[1]) / 2
    x, y = cos * dx + sin * dy, cos * dy - sin * dx
    over = (x / rx) ** 2 + (y / ry) ** 2
    if over > 1:
        rx, ry = rx * math.sqrt(over), ry * math.sqrt(over)
    square = (rx * ry) ** 2 - (rx * y) ** 2 - (ry * x) ** 2
    scale = math.sqrt(max(0.0, square / ((rx * y) ** 2 + (ry * x) ** 2)))
    if bool(values[3]) == bool(values[4]):
        scale = -scale
    ux, uy = scale * rx * y / ry, -scale * ry * x / rx
    cx, cy = cos * ux - sin * uy + (a[0] + b[0]) / 2, sin * ux + cos * uy + (a[1] + b[1]) / 2
    first = math.atan2((y - uy) / ry, (x - ux) / rx)
    sweep = math.atan2((-y - uy) / ry, (-x - ux) / rx) - first
    if values[4] and sweep < 0:
        sweep += math.tau
    elif not values[4] and sweep > 0:
        sweep -= math.tau
    count = max(1, min(24, math.ceil(abs(sweep) * math.sqrt(max(rx, ry)) / 0.55)))
    out = []
    for i in range(1, count + 1):
        angle = first + sweep * i / count
        px, py = rx * math.cos(angle), ry * math.sin(angle)
        out.append((cos * px - sin * py + cx, sin * px + cos * py + cy))
    return out

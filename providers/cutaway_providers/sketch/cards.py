"""Stand-ins for what has no drawing: a reference picture in a frame, a cut-out picture of the noun, a labelled card."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from cutaway_providers.sketch.palette import PAPER, mix
from cutaway_providers.sketch.pen import Pen, shade
from cutaway_providers.sketch.pictures import SPAN, Picture, picture_of
from cutaway_providers.sketch.scene import PRODUCTS, Member, Sketch
from cutaway_providers.sketch.subjects.drawing import Drawing, Look, Pose

PICTURE_PX = 420
MAX_PICTURE_PX = 40_000_000
INK = (70, 58, 62)


def stand_ins(sketch: Sketch, inputs: Mapping[str, Path]) -> tuple[dict[str, Drawing], tuple[str, ...]]:
    """A drawing for every member that needs one, by member id, and what the person should know about it."""
    made: dict[str, Drawing] = {}
    notes: list[str] = []
    for member in sketch.cast:
        if member.references and member.subject in PRODUCTS | {"card"}:
            picture = _open(member, inputs, notes)
            if picture is not None:
                made[member.id] = cut_out(picture)
                continue
            if member.subject == "card":
                notes.append(card_note(member))
        if member.subject == "card":
            if not member.references:
                notes.append(card_note(member))
            found = picture_of(member.noun)
            if found and member.told and not found[1].leftward:
                made[member.id] = cut_paper_thing(found[1])
            else:
                plate = "" if member.told or member.count > 1 else member.label
                made[member.id] = picture_card(found[1], plate) if found else card(member.label)
    return made, tuple(notes)


def card_note(member: Member) -> str:
    """What the person should know about a member without a drawing."""
    found = picture_of(member.noun)
    if not found:
        return f"I have no drawing for {member.label!r}, so it is a labelled card."
    word, picture = found
    return f"I drew the {word} as a picture card" + ("." if word == picture.name else f" ({picture.name}).")


def _open(member: Member, inputs: Mapping[str, Path], notes: list[str]) -> Image.Image | None:
    for sha in member.references:
        path = inputs.get(sha)
        if path is None:
            continue
        try:
            with Image.open(path) as opened:
                if opened.width * opened.height > MAX_PICTURE_PX:
                    notes.append(
                        f"The picture of {member.label!r} is larger than {MAX_PICTURE_PX} pixels, so I did not use it."
                    )
                    continue
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((900, 900))
                return upright.convert("RGBA")
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            notes.append(f"I could not read the picture of {member.label!r}, so I did not use it.")
    return None


def card(label: str) -> Drawing:
    """A paper card on a small stand with the label on it, swaying a little."""
    lettering = _lettering(label)

    def draw(pen: Pen, pose: Pose, look: Look) -> None:
        colour = look.main((212, 156, 92))
        hop = 0.03 * abs(_wave(pose.cycle * 2)) if pose.pace else 0.0
        pen.poly([(-0.16, 0.0), (0.16, 0.0), (0.05, 0.16), (-0.05, 0.16)], (128, 94, 70))
        pen.box(-0.62, 0.12 + hop, 0.62, 1.0 + hop, shade(colour, -0.1), round_by=0.05)
        pen.box(-0.575, 0.165 + hop, 0.575, 0.955 + hop, PAPER, round_by=0.035, edge=0)
        pen.box(-0.575, 0.165 + hop, 0.575, 0.25 + hop, mix(colour, PAPER, 0.55), edge=0)
        pen.stamp(lettering, 0.0, 0.60 + hop, 1.02, 0.58)

    return Drawing(draw, 0.34, (-0.75, -0.05, 0.75, 1.1), "walker", 0.4, 0.5, 0.5, leans=False)


def picture_card(picture: Picture, label: str) -> Drawing:
    """The noun's picture cut out of white paper on a small stand, swaying; with its name on a plate, if it has one."""
    cut = cut_paper(picture)
    mirrored = cut.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if picture.leftward else cut
    lettering = _lettering(label)

    def draw(pen: Pen, pose: Pose, look: Look) -> None:
        hop = 0.035 * abs(_wave(pose.cycle * 2)) if pose.pace else 0.008 * _wave(pose.t * 0.3)
        if pose.deed in {"fly", "swim"}:
            hop += 0.03 * _wave(pose.t * 0.55)
        turn = 1.0 - 0.05 * (0.5 + 0.5 * _wave(pose.t * 0.23))
        pen.poly([(-0.13, 0.0), (0.13, 0.0), (0.04, 0.22), (-0.04, 0.22)], (128, 94, 70))
        pen.stamp(cut if pen.flip else mirrored, 0.0, 0.60 + hop, 0.90 * turn, 0.90)
        if label:
            pen.box(-0.30, 0.02, 0.30, 0.155, look.main(PAPER), round_by=0.03)
            pen.stamp(lettering, 0.0, 0.0875, 0.215, 0.122)

    return Drawing(draw, 0.38, (-0.56, -0.05, 0.56, 1.14), "walker", 0.45, 0.5, 0.36, leans=False)


def cut_paper_thing(picture: Picture) -> Drawing:
    """A thing that the action tells of: its picture alone, cut out of white paper, small enough to be held."""
    cut = cut_paper(picture)

    def draw(pen: Pen, pose: Pose, look: Look) -> None:
        pen.stamp(cut, 0.0, 0.5 + 0.012 * _wave(pose.t * 0.3), 1.0, 1.0)

    return Drawing(draw, 0.34, (-0.56, -0.05, 0.56, 1.1), "thing", shadow=0.42)


@lru_cache(maxsize=16)
def cut_paper(picture: Picture) -> Image.Image:
    """The picture with a rim of white paper around it, premultiplied, `PICTURE_PX` wide and high."""
    size = PICTURE_PX * 2
    k = size / (SPAN * 1.1)
    margin = SPAN * 0.05
    image = Image.new("RGBa", (size, size))
    pen = ImageDraw.Draw(image)
    traced = [
        (colour, [[((x + margin) * k, (y + margin) * k) for x, y in line] for line in lines])
        for colour, lines in picture.shapes
    ]
    for tone, drop in ((shade(PAPER, -0.3), size * 0.006), (mix(PAPER, (255, 255, 255), 0.6), 0.0)):
        for _, lines in traced:
            for line in lines:
                rim = [(x + drop * 0.5, y + drop) for x, y in line]
                pen.line([*rim, rim[0], rim[1]], fill=(*tone, 255), width=round(size * 0.045), joint="curve")
    for colour, lines in traced:
        # Even-odd filling of the joined outlines leaves holes open.
        pen.polygon([point for line in lines for point in (*line, line[0], lines[0][0])], fill=(*colour, 255))
    return image.reduce(2)


def cut_out(picture: Image.Image) -> Drawing:
    """A picture in a paper frame on a small stand, turning a little from side to side."""
    tall = picture.height / picture.width
    half = 0.46 / max(1.0, tall) if tall > 1 else 0.46
    half = min(0.72, half if tall > 0.75 else 0.72)
    high = min(0.80, 2 * half * tall)
    half = high / tall / 2
    premultiplied = picture.convert("RGBa")

    def draw(pen: Pen, pose: Pose, look: Look) -> None:
        hop = 0.012 * _wave(pose.t * 0.35)
        turn = 1.0 - 0.05 * (0.5 + 0.5 * _wave(pose.t * 0.21))
        w = half * turn
        pen.poly([(-0.14, 0.0), (0.14, 0.0), (0.05, 0.14), (-0.05, 0.14)], (128, 94, 70))
        pen.box(-w - 0.05, 0.08 + hop, w + 0.05, 0.18 + high + hop, look.main(PAPER), round_by=0.02)
        pen.stamp(premultiplied, 0.0, 0.13 + high / 2 + hop, 2 * w, high)

    return Drawing(draw, 0.42, (-half - 0.15, -0.05, half + 0.15, high + 0.3), "thing", shadow=half + 0.05)


def _wave(cycles: float) -> float:
    import math

    return math.sin(math.tau * cycles)


def _lettering(label: str) -> Image.Image:
    """The label in up to three centred lines, as large as it fits."""
    width, height = 510, 290
    words = label.split()
    for size in (110, 92, 76, 62, 50, 40, 32):
        font = ImageFont.load_default(size)
        lines = _wrapped(words, font, width)
        if len(lines) * size * 1.15 <= height and all(font.getlength(line) <= width for line in lines):
            break
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    y = (height - len(lines) * size * 1.15) / 2
    for line in lines:
        pen.text(((width - font.getlength(line)) / 2, y), line, fill=255, font=font)
        y += size * 1.15
    letters = Image.merge("RGBA", (*(image.point([v * c // 255 for v in range(256)]) for c in INK), image))
    return Image.frombytes("RGBa", letters.size, letters.tobytes())


def _wrapped(words: list[str], font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in words:
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines

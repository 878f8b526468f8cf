"""Contact sheets: everything the artist can draw, from its own registries, so that a new subject shows up by itself."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont

from cutaway.contract import SCENE_VERSION, Brief, GenerationRequest, Size
from cutaway_providers.sketch.backdrops import BACKDROPS
from cutaway_providers.sketch.cards import stand_ins
from cutaway_providers.sketch.film import Film
from cutaway_providers.sketch.grades import GRADES
from cutaway_providers.sketch.palette import HOURS
from cutaway_providers.sketch.scene import CAMERAS, LOOKS, WEATHERS, Sketch, read
from cutaway_providers.sketch.subjects import DRAWINGS

SHOT_S: Final = 4.0
MOMENT_S: Final = 1.6
GAP: Final = 6
LABEL: Final = 20
PAPER: Final = (22, 24, 32)
INK: Final = (233, 228, 216)
QUALITY: Final = 70
PLACES: Final = {
    "walker": "meadow",
    "wheeled": "road",
    "swimmer": "underwater",
    "flyer": "meadow",
    "floater": "sea",
    "thing": "studio",
    "structure": "beach",
}
DEEDS: Final = {
    "walker": "walk",
    "wheeled": "drive",
    "swimmer": "swim",
    "flyer": "fly",
    "floater": "sail",
    "thing": "idle",
    "structure": "idle",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture of a sheet: its label, what is drawn and when, in seconds of a shot of `SHOT_S`."""

    label: str
    sketch: Sketch
    at_s: float = MOMENT_S


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet that was written."""

    name: str
    path: Path
    labels: tuple[str, ...]
    size_bytes: int

    def as_data(self) -> dict[str, Any]:
        """The sheet as plain JSON."""
        return {"name": self.name, "path": str(self.path), "labels": list(self.labels), "size_bytes": self.size_bytes}


def draw_sheets(
    folder: Path,
    names: tuple[str, ...],
    size: tuple[int, int],
    *,
    tile_px: int,
    suffix: str,
    say: Callable[[str], None],
) -> tuple[Drawn, ...]:
    """Draw the sheets of these names at `size` pixels into `folder`, with an index.html. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name in names:
        columns, tiles = SHEETS[name]()
        say(f"{name}: {len(tiles)} pictures")
        path = folder / f"{name}.{suffix}"
        _save(_laid(tiles, columns, size, tile_px), path)
        made.append(Drawn(name, path, tuple(tile.label for tile in tiles), path.stat().st_size))
    (folder / "index.html").write_text(_index(made), encoding="utf-8")
    return tuple(made)


def _base(setting: str, hour: str = "day", *, kind: str = "red fox", action: str = "walks") -> Sketch:
    scene = {
        "schema": SCENE_VERSION, "seed": 7, "action": action, "setting": "", "time_of_day": hour, "weather": "clear",
        "lighting": "", "camera": "static", "style": {"look": "paper", "words": ""},
        "cast": [{"id": "one", "name": kind, "kind": kind, "description": "", "colour": "", "references": []}],
    }  # fmt: skip
    return replace(read(_order((848, 480), scene)), setting=setting)


def _order(size: tuple[int, int], scene: dict[str, Any]) -> GenerationRequest:
    shape = Size(width_px=size[0], height_px=size[1])
    return GenerationRequest(brief=Brief(prompt="a sheet"), scene=scene, duration_s=SHOT_S, size=shape)


def _settings() -> tuple[int, list[Tile]]:
    return len(HOURS), [Tile(f"{name}, {hour}", _base(name, hour)) for name in BACKDROPS for hour in HOURS]


def _subjects() -> tuple[int, list[Tile]]:
    tiles = []
    for name, drawing in DRAWINGS.items():
        sketch = _base(PLACES[drawing.manner], "day")
        member = replace(
            sketch.cast[0], subject=name, label=name, words=frozenset({name}), colour=None, deed=DEEDS[drawing.manner]
        )
        tiles.append(Tile(name, replace(sketch, cast=(member,))))
    return 6, tiles


def _styles() -> tuple[int, list[Tile]]:
    scenes = (("forest", "day"), ("street", "night"), ("village", "dusk"), ("kitchen", "day"))
    return len(scenes), [
        Tile(f"{look}, {place}", replace(_base(place, hour), look=look)) for look in LOOKS for place, hour in scenes
    ]


def _weathers() -> tuple[int, list[Tile]]:
    scenes = (("street", "dusk"), ("mountains", "day"), ("harbour", "night"), ("room", "day"))
    return len(scenes), [
        Tile(f"{sort}, {place}", replace(_base(place, hour), weather=sort))
        for sort in WEATHERS
        for place, hour in scenes
    ]


def _cameras() -> tuple[int, list[Tile]]:
    base = _base("castle", "dawn", action="waits")
    moments = (("start", 0.0), ("middle", SHOT_S / 2), ("end", SHOT_S - 0.05))
    return len(moments), [
        Tile(f"{move}, {said}", replace(base, camera=move), at) for move in CAMERAS for said, at in moments
    ]


def _moods() -> tuple[int, list[Tile]]:
    return 5, [Tile(name, replace(_base("village", "day"), lighting=name)) for name in GRADES]


ACTIONS: Final = (
    ("woman", "walks", "village"), ("boy", "runs", "meadow"), ("girl", "jumps", "meadow"),
    ("hiker", "climbs", "mountains"), ("old man", "reads a book", "room"), ("two knights", "talk", "castle"),
    ("baker", "gives a girl a croissant", "kitchen"), ("woman", "drinks coffee", "kitchen"),
    ("baker", "kneads dough", "kitchen"), ("team", "celebrates", "meadow"), ("dancer", "dances", "city"),
    ("man", "waves", "harbour"), ("sailor", "rows home", "lake"), ("postman", "rides past a house", "street"),
    ("farmer", "drives a red tractor", "farm"), ("man", "carries a box", "street"),
    ("girl", "holds a green umbrella", "street"), ("dog", "chases two cats", "meadow"),
    ("five hens", "walk", "farm"), ("four pigeons", "fly", "city"), ("three robots", "dance", "office"),
    ("whale", "swims", "sea"), ("balloon", "rises", "meadow"), ("perfume", "rotates on a turntable", "studio"),
)  # fmt: skip
"""Who, what they do and where: every deed, things in the hand, several of a kind."""


def _actions() -> tuple[int, list[Tile]]:
    return 6, [Tile(f"{kind} {action}", _base(place, kind=kind, action=action), 1.1) for kind, action, place in ACTIONS]


SHEETS: Final[dict[str, Callable[[], tuple[int, list[Tile]]]]] = {
    "settings": _settings, "subjects": _subjects, "styles": _styles, "weathers": _weathers, "cameras": _cameras,
    "moods": _moods, "actions": _actions,
}  # fmt: skip


def _pictures(tiles: list[Tile], size: tuple[int, int]) -> Iterator[Image.Image]:
    request = _order(size, {})
    for tile in tiles:
        frame = Film(request, tile.sketch, stand_ins(tile.sketch, {})[0]).draw(tile.at_s)
        yield Image.frombytes("RGBA", frame.size, frame.tobytes()).convert("RGB")


def _laid(tiles: list[Tile], columns: int, size: tuple[int, int], tile_px: int) -> Image.Image:
    high = round(tile_px * size[1] / size[0])
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * (tile_px + GAP) + GAP, rows * (high + LABEL + GAP) + GAP), PAPER)
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(12)
    for i, (tile, picture) in enumerate(zip(tiles, _pictures(tiles, size), strict=True)):
        x, y = GAP + (i % columns) * (tile_px + GAP), GAP + (i // columns) * (high + LABEL + GAP)
        sheet.paste(picture.resize((tile_px, high), Image.Resampling.LANCZOS), (x, y + LABEL))
        pen.text((x + 2, y + 3), tile.label, fill=INK, font=font)
    return sheet


def _save(sheet: Image.Image, path: Path) -> None:
    if path.suffix == ".png":
        sheet.save(path, optimize=True)
    else:
        sheet.save(path, quality=QUALITY)


def _index(made: list[Drawn]) -> str:
    parts = [
        f"<h2>{html.escape(sheet.name)}</h2>"
        f'<img src="{html.escape(sheet.path.name)}" alt="{html.escape(", ".join(sheet.labels))}">'
        for sheet in made
    ]
    style = "body{background:#16181f;color:#e9e4d8;font:16px sans-serif;margin:2em}img{max-width:100%}"
    head = f'<!doctype html><meta charset="utf-8"><title>The sketch artist</title><style>{style}</style>'
    return f"{head}{''.join(parts)}\n"

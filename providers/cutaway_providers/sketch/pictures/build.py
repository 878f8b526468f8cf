"""Builds `pictures.json.gz`: flat drawings of common nouns as polygons, and the words that find them.

    python -m cutaway_providers.sketch.pictures.build fluent/icons.json fluent/chars.json emojibase/en/data.json

The drawings are Fluent Emoji (flat) by Microsoft, MIT, from the npm package `@iconify-json/fluent-emoji-flat`; names
and keywords are those of Unicode CLDR from the npm package `emojibase-data`. Run by hand when either has a new release.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from pathlib import Path
from typing import Any, Final

from cutaway_providers.sketch.pictures.outline import Outline, round_shape, subpaths

# Unicode's groups: people (1), animals and nature (3), food (4), places (5), activities (6), objects (7).
GROUPS: Final = (3, 4, 5, 6, 7)
FIGURES: Final = frozenset(
    """mermaid merman merperson vampire zombie elf fairy genie troll superhero supervillain ninja mage angel ghost alien
    clown eyes brain heart tooth bone ear nose mouth tongue skull crown robot baby mechanical""".split()
)
NO_NAMES: Final = frozenset(
    """and of the with in on a an no up down left right to at for not over under new open closed small large big
    red blue green yellow white black brown orange purple pink good bad love celebration party hot cold game food
    animal nature face person man woman people sport activity weather travel place building vehicle tool music
    instrument music object symbol drink fruit vegetable dessert sweet plant insect bug japanese korean chinese
    night day morning evening summer winter spring fall time fun happy sad money paper computer office hand home
    water fire light dark clothing clothes woman’s man’s""".split()
)
BETTER: Final = {
    "diamond": "gem stone", "sofa": "couch and lamp", "couch": "couch and lamp", "coffee": "hot beverage",
    "table": "chair", "mail": "envelope", "pistol": "water pistol", "clock": "mantelpiece clock", "tram": "tram car",
    "moon": "full moon face", "flag": "flag in hole", "pumpkin": "jack o lantern", "hat": "top hat",
    "jelly fish": "jellyfish", "sea lion": "seal", "guinea pig": "hamster",
    "plate": "fork and knife with plate", "dumpling": "dumpling", "pot": "pot of food", "plane": "airplane",
    "diver": "diving mask", "necklace": "prayer beads", "king": "crown", "queen": "crown", "fountain": "fountain",
}  # fmt: skip
"""Where the first keyword would choose badly."""
LEFTWARD: Final = frozenset({34, 35, 36, 37, 38, 39, 54, 55, 56})
"""Unicode's subgroups of animals and vehicles: emoji of these look to the left."""
GRID: Final = 20


def main(icons_file: str, chars_file: str, names_file: str) -> None:
    """Write the data file beside this module."""
    icons: dict[str, Any] = json.loads(Path(icons_file).read_text())
    chars: dict[str, str] = json.loads(Path(chars_file).read_text())
    drawn: dict[str, list[Any]] = {}
    leftward: list[str] = []
    claims: dict[str, list[tuple[int, int, str]]] = {}
    for entry in json.loads(Path(names_file).read_text()):
        label = entry["label"].lower()
        wanted = entry.get("group") in GROUPS or (entry.get("group") in {0, 1} and label.split()[0] in FIGURES)
        icon = chars.get(entry["hexcode"].lower()) or chars.get(entry["hexcode"].lower().replace("-fe0f", ""))
        # Watchmaking aside, thirty clocks and twelve moons have no nouns of their own.
        if not wanted or not icon or re.search(r"o’clock|thirty|moon$|button|person |man |woman ", label):
            continue
        shapes = _shapes(icons["icons"].get(icon, {}).get("body", ""))
        if not shapes:
            sys.stderr.write(f"left out: {label}\n")
            continue
        name = re.sub(r"[^a-z ]", "", label.replace("-", " ")).strip()
        drawn[name] = shapes
        if entry.get("subgroup") in LEFTWARD:
            leftward.append(name)
        _claim(claims, name, entry)
    words = {word: min(found)[2] for word, found in sorted(claims.items())}
    words |= {word: name for word, name in BETTER.items() if name in drawn}
    data = json.dumps(
        {"words": words, "shapes": drawn, "leftward": sorted(leftward)}, separators=(",", ":"), sort_keys=True
    ).encode()
    out = Path(__file__).with_name("pictures.json.gz")
    out.write_bytes(gzip.compress(data, 9, mtime=0))
    sys.stdout.write(f"{len(drawn)} pictures, {len(words)} words, {out.stat().st_size} bytes\n")


def _claim(claims: dict[str, list[tuple[int, int, str]]], name: str, entry: dict[str, Any]) -> None:
    """Enter the words this picture answers to: its name first, then the last noun of it, then its keywords."""
    order = int(entry.get("order", 0))
    claims.setdefault(name, []).append((0, order, name))
    parts = name.split()
    if len(parts) > 1 and parts[-1] not in NO_NAMES and len(parts[-1]) > 2:
        claims.setdefault(parts[-1], []).append((1, order, name))
    for tag in entry.get("tags", ()):
        word = tag.lower()
        if re.fullmatch(r"[a-z]{3,}( [a-z]+)?", word) and word not in NO_NAMES:
            claims.setdefault(word, []).append((2 if word in parts else 3, order, name))


def _shapes(body: str) -> list[Any]:
    """The filled shapes of one drawing: `[colour, [subpath, ...]]`, points in twentieths of its 32 units."""
    if not body or re.search(r"<(defs|clipPath|filter|use|linearGradient|radialGradient)|transform=", body):
        return []
    shapes: list[Any] = []
    inherited = "#212121"
    for tag, attributes in re.findall(r"<(g|path|ellipse|circle|rect)\b([^>]*)>", body):
        known = dict(re.findall(r'([a-z-]+)="([^"]*)"', attributes))
        if tag == "g":
            inherited = known.get("fill", inherited)
            continue
        fill = known.get("fill", inherited)
        colour = _colour(fill)
        if colour is None or float(known.get("opacity", 1)) < 0.6:
            continue
        outline: Outline = subpaths(known["d"]) if tag == "path" else round_shape(tag, known)
        rows = [[round(v * GRID) for point in part for v in point] for part in outline if len(part) > 2]
        if rows:
            shapes.append([colour, rows])
    return shapes


def _colour(fill: str) -> str | None:
    if fill in {"none", "currentColor"}:
        return None
    if fill == "#fff":
        return "ffffff"
    short = re.fullmatch(r"#([0-9a-f])([0-9a-f])([0-9a-f])", fill)
    if short:
        return "".join(c * 2 for c in short.groups())
    return fill[1:] if re.fullmatch(r"#[0-9a-f]{6}", fill) else None


if __name__ == "__main__":
    main(*sys.argv[1:4])

"""Small shots for the tests of the sketch artist's places, light and looks."""

from __future__ import annotations

from typing import Any

from PIL import Image

from cutaway.contract import Brief, GenerationRequest, Size
from cutaway_providers.sketch.cards import stand_ins
from cutaway_providers.sketch.film import Film
from cutaway_providers.sketch.scene import read

SMALL = Size(width_px=320, height_px=180)


def order(
    kind: str = "mug",
    *,
    size: Size = SMALL,
    duration_s: float = 2.0,
    look: str = "paper",
    style: str = "",
    **scene: Any,
) -> GenerationRequest:
    """A shot of one `kind`, or of as many members as `cast` says."""
    one = {"id": "one", "name": kind, "kind": kind, "description": "", "colour": "", "references": []}
    whole = {
        "schema": 1, "seed": 3, "action": "", "setting": "forest", "time_of_day": "day", "weather": "clear",
        "lighting": "", "camera": "static", "style": {"look": look, "words": style}, "cast": [one],
    } | scene  # fmt: skip
    return GenerationRequest(brief=Brief(prompt=kind), scene=whole, duration_s=duration_s, size=size)


def film(request: GenerationRequest) -> Film:
    """The film of this order."""
    sketch = read(request)
    return Film(request, sketch, stand_ins(sketch, {})[0])


def frame(request: GenerationRequest, t: float = 0.8) -> Image.Image:
    """The frame at `t` seconds, as RGB."""
    drawn = film(request).draw(t)
    return Image.frombytes("RGBA", drawn.size, drawn.tobytes()).convert("RGB")


def means(picture: Image.Image) -> tuple[float, float, float]:
    """The mean red, green and blue, 0 to 255."""
    red, green, blue = (
        sum(v * count for v, count in enumerate(picture.getchannel(band).histogram()))
        / (picture.width * picture.height)
        for band in "RGB"
    )
    return red, green, blue


def layers_at(request: GenerationRequest, t: float = 0.8) -> dict[str, bytes]:
    """The pixels of every layer of the place and the weather, by name."""
    shot = film(request)
    return {layer.name: shot.layer_at(layer.name, t).tobytes() for layer in shot.layers}

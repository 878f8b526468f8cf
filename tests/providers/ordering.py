"""Orders with inputs for the tests of adapters whose vendors read them from an address."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cutaway.contract import Brief, GenerationRequest, InputFile, InputRef, InputRole, Placing, Size


def order(*inputs: InputRef, width_px: int = 1280, height_px: int = 720, **over: Any) -> GenerationRequest:
    fields: dict[str, Any] = {
        "brief": Brief(prompt="a fox crosses a street", negative="blur"),
        "duration_s": 5,
        "size": Size(width_px=width_px, height_px=height_px),
        "seed": 7,
        "inputs": inputs,
    }
    return GenerationRequest(**(fields | over))


def ref(role: InputRole, number: int = 1, **over: Any) -> InputRef:
    kind = "video/mp4" if "video" in role else "audio/wav" if "audio" in role else "image/png"
    return InputRef(**({"sha256": f"{number:064x}", "role": role, "media_type": kind} | over))


def placing(request: GenerationRequest, url: str = "https://store.test/") -> Placing:
    return Placing(
        "op-1",
        inputs={
            one.sha256: InputFile(Path("nowhere"), one.media_type, 4, f"{url}{one.sha256[-1]}" if url else "")
            for one in request.inputs
        },
    )

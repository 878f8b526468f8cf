"""The artist: a local provider that draws `scene` with Pillow and encodes with PyAV."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from cutaway.contract import Cancelled, GenerationRequest, ModelProfile, Price, Progress, Rendered, Size
from cutaway.errors import ConfigError, ProviderError

MODEL: Final = "paper"
SIZES: Final = ((848, 480), (480, 848), (480, 480), (1280, 720), (720, 1280), (720, 720))
MIN_DURATION_S: Final = 0.5
MAX_DURATION_S: Final = 60.0


class SketchArtist:
    """Draws clean shots as paper theatre on the CPU, for $0. Same order, same bytes on the same machine."""

    name = "sketch"

    def __init__(self, **settings: Any) -> None:
        if settings:
            raise ConfigError(
                f"The sketch artist has no setting {min(settings)!r}.", fix="Remove it from the provider's settings."
            )

    def preload(self) -> None:
        """Load what drawing needs; a worker asks for it once, before it forks."""
        import numpy.random  # noqa: F401

        import cutaway_providers.sketch.cards
        import cutaway_providers.sketch.film
        import cutaway_providers.sketch.scene  # noqa: F401

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The one model, `paper`: any house size, half a second to a minute, no sound, no charge."""
        return (
            ModelProfile(
                id=MODEL,
                stages=("animatic",),
                title="Sketch artist (paper)",
                min_duration_s=MIN_DURATION_S,
                max_duration_s=MAX_DURATION_S,
                sizes=tuple(Size(width_px=w, height_px=h) for w, h in SIZES),
                audio="never",
                input_roles=("reference",),
                max_prompt_chars=2000,
                price=Price(usd_per_s=Decimal(0), source="built in", as_of=date(2026, 11, 20)),
                licence="MIT",
                submit_tier="deduplicates",
                cancel="yes",
                speed_s_per_s=0.5,
            ),
        )

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        """Draw the order into `out`.

        Raises `ProviderError` (unsupported model, size, length or kind of order; invalid scene) before anything is
        drawn, and `StoppedError`, leaving no file, within one drawing of `cancelled()` turning true.
        """
        _check(model, request)
        return await asyncio.to_thread(_render, request, dict(inputs), out, progress, cancelled)


def _check(model: str, request: GenerationRequest) -> None:
    size = (request.size.width_px, request.size.height_px)
    wrong = ""
    if model != MODEL:
        wrong = f"The sketch artist has no model {model!r}; it has {MODEL!r}."
    elif request.operation != "generate" or request.modality != "video":
        wrong = f"The sketch artist draws new video; it cannot {request.operation} {request.modality}."
    elif size not in SIZES:
        wrong = f"The sketch artist cannot draw {request.size}; it draws {', '.join(f'{w}x{h}' for w, h in SIZES)}."
    elif not MIN_DURATION_S <= request.duration_s <= MAX_DURATION_S:
        wrong = (
            f"The sketch artist draws {MIN_DURATION_S:g} to {MAX_DURATION_S:g} s; "
            f"{request.duration_s:g} s were ordered."
        )
    if wrong:
        raise ProviderError(wrong, kind="unsupported")


def _render(
    request: GenerationRequest, inputs: dict[str, Path], out: Path, progress: Progress, cancelled: Cancelled
) -> Rendered:
    # Drawing libraries load here, on the worker's thread, so that importing the adapter costs nothing.
    from cutaway_providers.sketch.cards import stand_ins
    from cutaway_providers.sketch.film import Film, shoot
    from cutaway_providers.sketch.scene import read

    sketch = read(request)
    drawings, notes = stand_ins(sketch, inputs)
    shoot(Film(request, sketch, drawings), out, progress, cancelled)
    return Rendered(path=out, notes=(*sketch.notes, *notes))

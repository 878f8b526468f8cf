"""Orders as people give them, to try a policy on: what lint and diff ask when there is no order at hand."""

from __future__ import annotations

from dataclasses import dataclass

from cutaway.contract import (
    ASPECTS,
    RESOLUTIONS_PX,
    Aspect,
    Brief,
    GenerationRequest,
    InputRef,
    InputRole,
    OperationKind,
    Resolution,
    Size,
)

NOBODY = "0" * 64
"""The hash of a file that is not there: such an order is decided about and never sent."""


@dataclass(frozen=True, slots=True)
class Typical:
    """One order with the words that name it."""

    name: str
    request: GenerationRequest


def order_of(
    *,
    prompt: str = "a fox",
    seconds: float = 5.0,
    operation: OperationKind = "generate",
    resolution: Resolution = "720p",
    aspect: Aspect = "16:9",
    audio: bool = False,
    roles: tuple[InputRole, ...] | None = None,
) -> GenerationRequest:
    """An order of these facts. Edits, extensions and upscales get a source video of the same length."""
    wanted = roles if roles is not None else (() if operation == "generate" else ("source_video",))
    return GenerationRequest(
        operation=operation,
        brief=Brief(prompt=prompt),
        duration_s=seconds,
        size=size_of(resolution, aspect),
        inputs=tuple(
            InputRef(
                sha256=NOBODY,
                role=role,
                media_type="video/mp4" if "video" in role else "audio/mpeg" if "audio" in role else "image/png",
                duration_s=seconds if "video" in role or "audio" in role else None,
            )
            for role in wanted
        ),
        audio=audio,
    )


def size_of(resolution: Resolution, aspect: Aspect) -> Size:
    """The size of a named resolution and aspect, both sides even."""
    side, ratio = RESOLUTIONS_PX[resolution], ASPECTS[aspect]
    longer = 2 * round(side * max(ratio, 1 / ratio) / 2)
    return Size(width_px=longer, height_px=side) if ratio >= 1 else Size(width_px=side, height_px=longer)


def typical_orders() -> tuple[Typical, ...]:
    """New shots short and long, wide and tall, plain and large, with sound and from a picture; and edits."""
    return (
        Typical("5 s, 480p", order_of(resolution="480p")),
        Typical("5 s, 720p", order_of()),
        Typical("5 s, 1080p", order_of(resolution="1080p")),
        Typical("10 s, 720p", order_of(seconds=10)),
        Typical("5 s, 720p, 9:16", order_of(aspect="9:16")),
        Typical("5 s, 720p with sound", order_of(audio=True)),
        Typical("5 s, 720p from a picture", order_of(roles=("first_frame",))),
        Typical("edit of 5 s, 720p", order_of(operation="edit")),
        Typical("edit of 10 s, 720p", order_of(operation="edit", seconds=10)),
    )

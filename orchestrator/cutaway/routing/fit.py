"""Turning an order into what one model can be asked for: the next length and size it makes, or why it cannot.

A vendor that makes 5 or 10 seconds gets an order of 5 for a shot of 4; the rest is cut off here. A larger picture of
the same shape is scaled down here. Both cost what the larger order costs, both are said, and nothing else is changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cutaway.contract import ASPECTS, RESOLUTIONS_PX, GenerationRequest, ModelProfile, Size


@dataclass(frozen=True, slots=True)
class Fitted:
    """The order as this model gets it, and what differs from what was asked, in words."""

    request: GenerationRequest
    notes: tuple[str, ...] = ()


def fit(profile: ModelProfile, request: GenerationRequest) -> Fitted | str:
    """The order within the model's lengths and sizes, or the reason why there is none."""
    duration_s = _duration_s(profile, request)
    if isinstance(duration_s, str):
        return duration_s
    size = _size(profile, request.size)
    if isinstance(size, str):
        return size
    notes = []
    if duration_s != request.duration_s:
        notes.append(f"ordered as {duration_s:g} s and cut to {request.duration_s:g} s")
    if size != request.size:
        notes.append(f"ordered as {size} and scaled to {request.size}")
    if profile.audio == "always" and not request.audio and profile.modality == "video":
        notes.append("it comes with a sound of its own, which is left out")
    if not notes:
        return Fitted(request)
    return Fitted(request.model_copy(update={"duration_s": duration_s, "size": size}), tuple(notes))


def _duration_s(profile: ModelProfile, request: GenerationRequest) -> float | str:
    asked = request.duration_s
    if request.modality == "image":
        return asked
    if profile.durations_s:
        longer = [length for length in sorted(profile.durations_s) if length >= asked]
        if longer:
            return longer[0]
        lengths = ", ".join(f"{length:g}" for length in sorted(profile.durations_s))
        return f"makes {lengths} s, not {asked:g} s"
    if asked > profile.max_duration_s or (asked < profile.min_duration_s and not profile.duration_step_s):
        return f"makes {profile.min_duration_s:g} to {profile.max_duration_s:g} s, not {asked:g} s"
    step = profile.duration_step_s
    whole = math.ceil(round(asked / step, 6)) * step if step else asked
    return max(whole, profile.min_duration_s) if whole <= profile.max_duration_s else profile.max_duration_s


def _size(profile: ModelProfile, asked: Size) -> Size | str:
    if profile.sizes:
        if asked in profile.sizes:
            return asked
        ratio = asked.width_px / asked.height_px
        larger = [
            size
            for size in profile.sizes
            if size.width_px >= asked.width_px
            and size.height_px >= asked.height_px
            and abs(size.width_px / size.height_px / ratio - 1) <= 0.02
        ]
        return min(larger, key=lambda size: size.width_px) if larger else f"does not make {asked}"
    if profile.aspects and asked.aspect not in profile.aspects:
        return f"makes {', '.join(profile.aspects)}, not {asked.aspect or asked}"
    if not profile.resolutions or asked.resolution in profile.resolutions:
        return asked
    side = min(asked.width_px, asked.height_px)
    larger_px = [RESOLUTIONS_PX[name] for name in profile.resolutions if RESOLUTIONS_PX[name] >= side]
    if not larger_px:
        return f"makes {', '.join(profile.resolutions)}, not {asked}"
    return _of_side(min(larger_px), asked)


def _of_side(side_px: int, asked: Size) -> Size:
    """The size of a shorter side in the shape of another, both even."""
    ratio = ASPECTS[asked.aspect] if asked.aspect else asked.width_px / asked.height_px
    longer = 2 * round(side_px * max(ratio, 1 / ratio) / 2)
    return Size(width_px=longer, height_px=side_px) if ratio >= 1 else Size(width_px=side_px, height_px=longer)

"""The models an order could go to, each with its price for that order or why it is out; for people who look around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from cutaway.contract import (
    ASPECTS,
    RESOLUTIONS_PX,
    Aspect,
    Brief,
    Frozen,
    GenerationRequest,
    InputRef,
    ModelProfile,
    OperationKind,
    Resolution,
    Size,
)
from cutaway.routing.fit import Fitted, fit

NOBODY: Final = "0" * 64
SPOKEN_CHARS: Final = 1000
SPOKEN: Final = f"{SPOKEN_CHARS} characters"
"""How much speech prices are told for: a few words would all cost nothing."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `None` leaves it open; prices are for `duration_s` seconds."""

    operation: OperationKind | None = None
    resolution: Resolution | None = None
    aspect: Aspect = "16:9"
    duration_s: float = 5.0
    audio: bool = False


class Listed(Frozen):
    """One model. `most_usd` is the most the wished order can cost, `None` when nobody knows.

    `unit` is what that buys ("5 s", "picture", "1000 characters"), `at` the resolution or size it is for ('' where
    there is none). `problem` rules the model out, `fix` says what to do about it.
    """

    model: str
    title: str
    family: str
    operations: tuple[OperationKind, ...]
    modality: str
    resolutions: tuple[str, ...]
    most_usd: Decimal | None
    unit: str
    at: str
    usd_per_s: Decimal | None
    notes: tuple[str, ...]
    price_source: str
    price_url: str
    price_as_of: date | None
    elo: float | None
    licence: str
    retires_on: date | None
    replacement: str
    usable: bool
    problem: str
    fix: str = ""


def listed(
    provider: str, model: ModelProfile, wish: Wish, today: date, *, problem: str = "", fix: str = ""
) -> Listed | None:
    """The model's row for the wish; None when it cannot do what is wished at all.

    A wish without a resolution is priced at the cheapest one the model makes.
    """
    operation = wish.operation or model.operations[0]
    if operation not in model.operations:
        return None
    price = model.price
    priced = [
        (price.upper_bound_usd(found.request) if price else None, found)
        for size in _sizes(model, wish)
        if (found := _fitted(model, wish, operation, size)) is not None
    ]
    if not priced or (wish.audio and model.audio == "never"):
        return None
    most, fitted = min(priced, key=lambda one: (one[0] is None, one[0] or Decimal(0)))
    spoken = model.modality == "audio"
    if model.retires_on is not None and model.retires_on <= today:
        instead = f"; use {model.replacement}" if model.replacement else ""
        problem, fix = f"retired on {model.retires_on}{instead}", ""
    elif most is None and not problem:
        problem = "has no price for this order; unpriced models are never used"
    quality = model.quality
    return Listed(
        model=f"{provider}:{model.id}",
        title=model.title,
        family=model.family,
        operations=model.operations,
        modality=model.modality,
        resolutions=model.resolutions or tuple(str(size) for size in model.sizes),
        most_usd=most,
        unit=SPOKEN if spoken else "picture" if model.modality == "image" else f"{wish.duration_s:g} s",
        at="" if spoken else fitted.request.size.resolution or str(fitted.request.size),
        usd_per_s=None
        if most is None or model.modality != "video"
        else (most / Decimal(str(wish.duration_s))).quantize(Decimal("0.0001")),
        notes=fitted.notes,
        price_source=price.source if price else "",
        price_url=price.source_url if price else "",
        price_as_of=price.as_of if price else None,
        elo=quality.elo if quality else None,
        licence=model.licence or (model.terms.licence if model.terms else ""),
        retires_on=model.retires_on,
        replacement=model.replacement,
        usable=not problem,
        problem=problem,
        fix=fix,
    )


def cheapest_first(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    """Priced ones by price, then the rest by name."""
    return tuple(sorted(rows, key=lambda row: (row.most_usd is None, row.most_usd or Decimal(0), row.model)))


def _fitted(model: ModelProfile, wish: Wish, operation: OperationKind, size: Size) -> Fitted | None:
    """The order as the model would get it; a length it does not make becomes the nearest, a wished size does not."""
    fitted = fit(model, _request(model, wish, operation, size))
    if isinstance(fitted, str):
        if wish.resolution is not None and "not " in fitted and "x" in fitted.rpartition("not ")[2]:
            return None
        nearest = replace(wish, duration_s=_nearest_s(model, wish.duration_s))
        fitted = fit(model, _request(model, nearest, operation, size if wish.resolution is None else _own(model, wish)))
    return None if isinstance(fitted, str) else fitted


def _request(model: ModelProfile, wish: Wish, operation: OperationKind, size: Size) -> GenerationRequest:
    takes = set(model.required_roles)
    if operation != "generate" and "source_video" in model.input_roles:
        takes.add("source_video")
    inputs = tuple(
        InputRef(
            sha256=NOBODY,
            role=role,
            media_type="video/mp4" if "video" in role else "audio/mpeg" if "audio" in role else "image/png",
            duration_s=wish.duration_s if "video" in role or "audio" in role else None,
        )
        for role in sorted(takes)
    )
    return GenerationRequest(
        operation=operation,
        modality=model.modality,
        brief=Brief(prompt="." * SPOKEN_CHARS if model.modality == "audio" else "a fox"),
        duration_s=wish.duration_s,
        size=size,
        inputs=inputs,
        audio=wish.audio,
    )


def _sizes(model: ModelProfile, wish: Wish) -> tuple[Size, ...]:
    """The wished size, or every one that the model makes."""
    if wish.resolution is not None:
        return (_shaped(model, wish, wish.resolution),)
    return model.sizes or tuple(_shaped(model, wish, name) for name in model.resolutions or ("720p",))


def _own(model: ModelProfile, wish: Wish) -> Size:
    """The first size that the model makes."""
    return _sizes(model, replace(wish, resolution=None))[0]


def _shaped(model: ModelProfile, wish: Wish, name: Resolution) -> Size:
    aspect = wish.aspect if not model.aspects or wish.aspect in model.aspects else model.aspects[0]
    side, ratio = RESOLUTIONS_PX[name], ASPECTS[aspect]
    longer = 2 * round(side * max(ratio, 1 / ratio) / 2)
    return Size(width_px=longer, height_px=side) if ratio >= 1 else Size(width_px=side, height_px=longer)


def _nearest_s(model: ModelProfile, asked_s: float) -> float:
    """A length the model makes, as near to the asked one as there is."""
    if model.durations_s:
        return min(model.durations_s, key=lambda length: abs(length - asked_s))
    return min(max(asked_s, model.min_duration_s), model.max_duration_s)

"""The models an order could go to, each with its price for that order or why it is out; for people who look around."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
from cutaway.routing.fit import fit

NOBODY: str = "0" * 64


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `None` leaves it open; prices are for `duration_s` seconds."""

    operation: OperationKind | None = None
    resolution: Resolution | None = None
    aspect: Aspect = "16:9"
    duration_s: float = 5.0
    audio: bool = False


class Listed(Frozen):
    """One model. `most_usd` is the most the wished order can cost, `None` when nobody knows; `problem` rules it out."""

    model: str
    title: str
    family: str
    operations: tuple[OperationKind, ...]
    modality: str
    resolutions: tuple[str, ...]
    most_usd: Decimal | None
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


def listed(provider: str, model: ModelProfile, wish: Wish, today: date, *, problem: str = "") -> Listed | None:
    """The model's row for the wish; None when it cannot do what is wished at all."""
    operation = wish.operation or model.operations[0]
    if operation not in model.operations:
        return None
    request = _request(model, wish, operation)
    fitted = fit(model, request)
    if isinstance(fitted, str):
        if wish.resolution is not None and "not " in fitted and "x" in fitted.rpartition("not ")[2]:
            return None
        request = _request(model, Wish(operation, None, wish.aspect, _nearest_s(model, wish.duration_s)), operation)
        fitted = fit(model, request)
    if isinstance(fitted, str) or (wish.audio and model.audio == "never"):
        return None
    price = model.price
    most = price.upper_bound_usd(fitted.request) if price else None
    if model.retires_on is not None and model.retires_on <= today:
        instead = f"; use {model.replacement}" if model.replacement else ""
        problem = f"retired on {model.retires_on}{instead}"
    elif most is None:
        problem = problem or "has no price for this order; unpriced models are never used"
    quality = model.quality
    return Listed(
        model=f"{provider}:{model.id}",
        title=model.title,
        family=model.family,
        operations=model.operations,
        modality=model.modality,
        resolutions=model.resolutions or tuple(str(size) for size in model.sizes),
        most_usd=most,
        usd_per_s=None if most is None else (most / Decimal(str(wish.duration_s))).quantize(Decimal("0.0001")),
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
    )


def cheapest_first(rows: Iterable[Listed]) -> tuple[Listed, ...]:
    """Priced ones by price, then the rest by name."""
    return tuple(sorted(rows, key=lambda row: (row.most_usd is None, row.most_usd or Decimal(0), row.model)))


def _request(model: ModelProfile, wish: Wish, operation: OperationKind) -> GenerationRequest:
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
        brief=Brief(prompt="a fox"),
        duration_s=wish.duration_s,
        size=_size(model, wish),
        inputs=inputs,
        audio=wish.audio,
    )


def _size(model: ModelProfile, wish: Wish) -> Size:
    if wish.resolution is None and model.sizes:
        return model.sizes[0]
    name = wish.resolution or (model.resolutions[0] if model.resolutions else "720p")
    aspect = wish.aspect if not model.aspects or wish.aspect in model.aspects else model.aspects[0]
    side, ratio = RESOLUTIONS_PX[name], ASPECTS[aspect]
    longer = 2 * round(side * max(ratio, 1 / ratio) / 2)
    return Size(width_px=longer, height_px=side) if ratio >= 1 else Size(width_px=side, height_px=longer)


def _nearest_s(model: ModelProfile, asked_s: float) -> float:
    """A length the model makes, as near to the asked one as there is."""
    if model.durations_s:
        return min(model.durations_s, key=lambda length: abs(length - asked_s))
    return min(max(asked_s, model.min_duration_s), model.max_duration_s)

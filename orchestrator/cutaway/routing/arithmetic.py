"""A price spelt out the way a person would check it: amounts times what they are per, and the sum."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from cutaway.contract import GenerationRequest, Price, usd

MICRO: Final = 1_000_000


def sum_of(price: Price, request: GenerationRequest, most_usd: Decimal) -> str:
    """For example `5 s x $0.10 + 4 s of input x $0.02 = $0.58`; `free` when nothing is charged.

    Where a vendor usually charges less than the most, the share that the router counts with follows it.
    """
    rate = price.rate(request)
    if rate is None or price.free:
        return "free"
    parts = []
    if rate.usd_per_s:
        parts.append(f"{_seconds(price, request.duration_s)} x {usd(rate.usd_per_s)}")
    if rate.usd_per_clip:
        parts.append(f"{usd(rate.usd_per_clip)} a clip")
    if rate.usd_per_input_s and request.videos:
        lengths = sum(video.duration_s or 0 for video in request.videos)
        parts.append(f"{_seconds(price, lengths)} of input x {usd(rate.usd_per_input_s)}")
    pictures = sum(1 for one in request.inputs if one.media_type.startswith("image/"))
    if rate.usd_per_input_image and pictures:
        parts.append(f"{pictures} pictures x {usd(rate.usd_per_input_image)}")
    if rate.usd_per_prompt_char:
        parts.append(f"{len(request.brief.prompt)} characters x {usd(rate.usd_per_prompt_char)}")
    said = " + ".join(parts) or usd(Decimal(0))
    usually = "" if price.expected_share == 1 else f", usually {float(price.expected_share) * 100:g} % of it"
    if rate.minimum_usd and most_usd == rate.minimum_usd:
        return f"{said}, at least {usd(rate.minimum_usd)}{usually}"
    return f"{said} = {usd(most_usd)}{usually}"


def _seconds(price: Price, seconds: float) -> str:
    billed = price.billed_s(seconds)
    note = f" (billed for {seconds:g} s)" if billed != Decimal(str(seconds)) else ""
    return f"{billed.normalize():f} s{note}"

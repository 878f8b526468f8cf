"""A price list in a few words."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cutaway.contract import usd

if TYPE_CHECKING:
    from cutaway.contract import Price

UNITS: Final = (
    ("usd_per_s", 1, "a second"),
    ("usd_per_clip", 1, "a clip"),
    ("usd_per_input_s", 1, "a second of video that goes in"),
    ("usd_per_input_image", 1, "a picture that goes in"),
    ("usd_per_prompt_char", 1000, "per 1000 characters"),
)
"""The amounts of a rate, how many units are told at once, and what they are called."""


def price_words(price: Price) -> str:
    """What a price list asks, from its cheapest to its dearest line: `$0.02 to $0.05 a second and $0.10 a clip`."""
    from cutaway.contract import Rate

    rates = price.rates or (Rate(usd_per_s=price.usd_per_s, usd_per_clip=price.usd_per_clip),)
    parts = []
    for name, count, unit in UNITS:
        amounts = sorted({getattr(rate, name) * count for rate in rates} - {Decimal(0)})
        if amounts:
            span = usd(amounts[0]) if len(amounts) == 1 else f"{usd(amounts[0])} to {usd(amounts[-1])}"
            parts.append(f"{span} {unit}")
    return " and ".join(parts) or f"{usd(Decimal(0))} a second"

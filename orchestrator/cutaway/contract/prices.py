"""What an order can cost: dated price lists, line by line. Money is `Decimal` USD; `None` is unknown, never zero."""

from __future__ import annotations

import functools
from datetime import date
from decimal import ROUND_CEILING, Decimal

from pydantic import Field

from cutaway.contract.orders import Frozen, GenerationRequest, OperationKind, Resolution


# Remembered, because a router says the same few amounts in every decision's rejections.
@functools.lru_cache(maxsize=4096)
def usd(amount: Decimal) -> str:
    """Money as people read it: cents where they say it all ($0.10), else four digits ($0.2010), else every digit."""
    digits = -int(amount.normalize().as_tuple().exponent)
    return f"${amount:.2f}" if digits <= 2 else f"${amount:.{max(digits, 4)}f}"


class Rate(Frozen):
    """One line of a price list. It applies when every condition that it names fits the order; its amounts add up.

    `usd_per_input_s` is per second of all video inputs together, `usd_per_input_image` per picture, `minimum_usd` the
    least such an order costs. `video_input` asks whether a video goes in.
    """

    operations: tuple[OperationKind, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    audio: bool | None = None
    video_input: bool | None = None
    usd_per_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_clip: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_input_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_input_image: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_prompt_char: Decimal = Field(default=Decimal(0), ge=0)
    minimum_usd: Decimal = Field(default=Decimal(0), ge=0)

    def fits(self, request: GenerationRequest) -> bool:
        """True when this line is about such an order."""
        return (
            (not self.operations or request.operation in self.operations)
            and (not self.resolutions or request.size.resolution in self.resolutions)
            and (self.audio is None or self.audio == request.audio)
            and (self.video_input is None or self.video_input == bool(request.videos))
        )


class Price(Frozen):
    """What an order can cost, from a dated source (`source` in words, `source_url` where it can be read).

    Without `rates`: `usd_per_s` of output plus `usd_per_clip`. With `rates`: the first that fits; none that fits means
    unpriced. Seconds, of output and of input, count as at least `min_billed_s` and are rounded up to whole
    `billed_step_s`. `expected_share` (above 0, at most 1) is the part of the upper bound that is usually charged:
    1 for list prices, less where a vendor bills by use.
    """

    usd_per_s: Decimal = Field(default=Decimal(0), ge=0)
    usd_per_clip: Decimal = Field(default=Decimal(0), ge=0)
    rates: tuple[Rate, ...] = ()
    min_billed_s: Decimal = Field(default=Decimal(0), ge=0)
    billed_step_s: Decimal = Field(default=Decimal(0), ge=0)
    expected_share: Decimal = Field(default=Decimal(1), gt=0, le=1)
    source: str
    source_url: str = ""
    as_of: date

    @property
    def free(self) -> bool:
        """True when no order can cost anything."""
        flat = not self.rates and not self.usd_per_s and not self.usd_per_clip
        amounts = ("usd_per_s", "usd_per_clip", "usd_per_input_s", "usd_per_input_image", "usd_per_prompt_char")
        lines = bool(self.rates) and not any(
            getattr(rate, name) for rate in self.rates for name in (*amounts, "minimum_usd")
        )
        return flat or lines

    def rate(self, request: GenerationRequest) -> Rate | None:
        """The line of the list that such an order is billed by, None when there is none."""
        if not self.rates:
            return Rate(usd_per_s=self.usd_per_s, usd_per_clip=self.usd_per_clip)
        return next((rate for rate in self.rates if rate.fits(request)), None)

    def upper_bound_usd(self, request: GenerationRequest) -> Decimal | None:
        """The most this order can be charged, in USD.

        None when the list does not say: no line fits, or the length of a video billed by the second is unknown.
        """
        rate = self.rate(request)
        if rate is None:
            return None
        total = rate.usd_per_s * self.billed_s(request.duration_s) + rate.usd_per_clip
        if rate.usd_per_input_s and request.videos:
            lengths = [video.duration_s for video in request.videos]
            if any(length is None for length in lengths):
                return None
            total += rate.usd_per_input_s * self.billed_s(sum(length for length in lengths if length is not None))
        total += rate.usd_per_input_image * sum(1 for one in request.inputs if one.media_type.startswith("image/"))
        total += rate.usd_per_prompt_char * len(request.brief.prompt)
        return max(total, rate.minimum_usd)

    def expected_usd(self, request: GenerationRequest) -> Decimal | None:
        """What such an order usually costs, in USD; never more than the upper bound."""
        most = self.upper_bound_usd(request)
        return None if most is None else most * self.expected_share

    def billed_s(self, seconds: float) -> Decimal:
        """Seconds as they are billed: at least the minimum, rounded up to whole steps."""
        billed = max(Decimal(str(seconds)), self.min_billed_s)
        if self.billed_step_s:
            billed = (billed / self.billed_step_s).to_integral_value(ROUND_CEILING) * self.billed_step_s
        return billed

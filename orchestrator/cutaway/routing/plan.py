"""Unit economics of a subscription: what a person pays a month, what is in it, and what may be spent on a clip."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, model_validator

from cutaway.contract import Frozen, Resolution
from cutaway.routing.amounts import Number, Usd


class Step(Frozen):
    """One rung down of what a plan delivers, published beforehand: from `used_share` of the plan's money on.

    `max_usd_per_clip` caps a clip there; `resolution` and `max_seconds` cap what is ordered.
    """

    used_share: Number = Field(ge=0, le=1)
    max_usd_per_clip: Usd | None = None
    resolution: Resolution | None = None
    max_seconds: Number | None = Field(default=None, gt=0)
    note: str = ""


class Plan(Frozen):
    """A subscription. `price_usd` a month buys `included_clips` clips or `included_seconds` seconds of finished film.

    `margin` is the share of the price that must be left (0.2: at most 80 % may be spent on making); `clip_seconds` is
    what counts as one clip. `steps` say beforehand what is delivered as the money goes; a clip is never sold at a loss.
    `pace` lets what is left over buy better quality: what is left beyond this share of an even pace over the rest of
    the month (1: an even pace; None: what is left over stays). `pacing.py` has the formula.
    """

    name: str
    price_usd: Usd = Field(gt=0)
    included_clips: int | None = Field(default=None, ge=1)
    included_seconds: Number | None = Field(default=None, gt=0)
    clip_seconds: Number = Field(default=10, gt=0)
    margin: Number = Field(default=0.0, ge=0, lt=1)
    pace: Number | None = Field(default=None, ge=0, le=2)
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _includes_one_thing(self) -> Plan:
        if (self.included_clips is None) == (self.included_seconds is None):
            raise ValueError("a plan includes clips or seconds: give one of included_clips and included_seconds")
        shares = [step.used_share for step in self.steps]
        if shares != sorted(set(shares)):
            raise ValueError("the steps of a plan must have rising used_share")
        return self

    @property
    def spendable_usd(self) -> Decimal:
        """What may be spent on making in a month: the price without the margin."""
        return self.price_usd * (1 - Decimal(str(self.margin)))

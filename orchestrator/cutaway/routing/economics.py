"""What a subscription's money buys: clips left this month, the step a plan is on, and the most a next clip may cost.

A plan takes `price_usd` a month and promises clips or seconds; what may be spent on making them is the price without
the margin. Two things end a month: what is included, and the money. A next clip may cost what is left of the money,
less what the clips still promised cost at their cheapest, and no more than the plan's published step allows; then no
clip is ever sold at a loss, and no promise is broken for an earlier, dearer clip.

The public arithmetic that such plans are measured by (performance reference 1.5; the sources are dated):

- $1.30 a 10-second clip is an outside estimate (D. Mathivanan, Cantor Fitzgerald, in Forbes, 2025-11-10), at 40 minutes
  of an H100: 1.30 / (40/60 h) = $1.95 an H100-hour.
- $20 / 1.30 = 15.38 raw clips: the 16th makes the loss ($20.80).
- 4.5 M users x 25 % x 10 clips = 11.3 M clips a day, $15 M a day at the peak, which would keep 320,000 H100s busy.
- $15 M a day against $2.1 M of lifetime revenue is 7.1 times. A later report says about $1 M a day (WSJ, 2026-03/04).

Clips here are raw ones: at 4 generations a kept clip, 15.38 are 3.8 (`quality.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Literal

from cutaway.contract import usd
from cutaway.routing.plan import Plan, Step

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Left:
    """What a person can still have this month: whole clips, and what ends them."""

    clips: int
    usd: Decimal
    ends_with: Literal["included", "money"]

    def __str__(self) -> str:
        """For example `9 clips left`, as the chat says it."""
        return f"{self.clips} clip left" if self.clips == 1 else f"{self.clips or 'no'} clips left"


def clips_left(
    plan: Plan,
    *,
    spent_usd: Decimal,
    used_clips: int = 0,
    used_seconds: float = 0.0,
    clip_cost_usd: Decimal,
) -> Left:
    """How many more clips of this cost a month holds: what is included, as far as the money goes.

    `spent_usd` counts what is charged and what is held this month; a clip is `plan.clip_seconds` long where the plan
    includes seconds. A free clip (0) is only bounded by what is included.
    """
    usd = max(plan.spendable_usd - spent_usd, NOTHING)
    promised = _promised(plan, used_clips, used_seconds, ROUND_FLOOR)
    if clip_cost_usd <= 0:
        return Left(promised, usd, "included")
    paid = int((usd / clip_cost_usd).to_integral_value(ROUND_FLOOR))
    return Left(promised, usd, "included") if promised <= paid else Left(paid, usd, "money")


def step_now(plan: Plan, spent_usd: Decimal) -> Step | None:
    """The published step that holds after so much was spent this month, None before the first."""
    used = spent_usd / plan.spendable_usd
    return next((step for step in reversed(plan.steps) if used >= Decimal(str(step.used_share))), None)


def allowed_usd(
    plan: Plan,
    *,
    spent_usd: Decimal,
    used_clips: int = 0,
    used_seconds: float = 0.0,
    cheapest_clip_usd: Decimal = NOTHING,
) -> Decimal:
    """The most a next clip may cost, in USD, so that the plan never sells at a loss. The router's clip limit.

    `cheapest_clip_usd` is what the cheapest clip that the policy would deliver costs at most: so much is kept back for
    each clip that is promised after this one. 0 (only free models) when nothing is included or left any more.
    """
    promised = _promised(plan, used_clips, used_seconds, ROUND_CEILING)
    if not promised:
        return NOTHING
    allowed = plan.spendable_usd - spent_usd - cheapest_clip_usd * (promised - 1)
    step = step_now(plan, spent_usd)
    if step is not None and step.max_usd_per_clip is not None:
        allowed = min(allowed, step.max_usd_per_clip)
    return max(allowed, NOTHING)


def sells_under_cost(plan: Plan, cheapest_clip_usd: Decimal) -> str:
    """Why a plan promises more than its money makes even of the cheapest clips, '' when it does not. For lint."""
    promised = _promised(plan, 0, 0.0, ROUND_CEILING)
    cost = promised * cheapest_clip_usd
    if cost <= plan.spendable_usd:
        return ""
    lossy = int(clips_for(plan.spendable_usd, cheapest_clip_usd).to_integral_value(ROUND_FLOOR)) + 1
    includes = (
        f"{plan.included_clips} clips"
        if plan.included_clips is not None
        else f"{plan.included_seconds:g} s ({promised} clips of {plan.clip_seconds:g} s)"
    )
    margin = f" after a margin of {plan.margin:.0%}" if plan.margin else ""
    return (
        f"the plan {plan.name!r} includes {includes}, which cost at least {usd(cost)} at {usd(cheapest_clip_usd)} "
        f"a clip; it has {usd(plan.spendable_usd)}{margin}: clip {lossy} would be sold at a loss"
    )


def clips_for(money_usd: Decimal, clip_usd: Decimal) -> Decimal:
    """Clips that an amount pays, parts of one included: $20 at $1.30 are 15.38."""
    return money_usd / clip_usd


def usd_per_gpu_hour(clip_usd: Decimal, gpu_minutes: Decimal) -> Decimal:
    """What an hour of a GPU costs when a clip of so many GPU-minutes costs so much: $1.30 and 40 give $1.95."""
    return clip_usd / (gpu_minutes / 60)


def gpus_busy(usd_a_day: Decimal, clip_usd: Decimal, gpu_minutes: Decimal) -> Decimal:
    """GPUs that are busy all day when so much is spent on clips of so many GPU-minutes each."""
    return usd_a_day / clip_usd * gpu_minutes / (24 * 60)


def _promised(plan: Plan, used_clips: int, used_seconds: float, rounding: str) -> int:
    """Clips that are included and not used; `rounding` says whether a part of one counts."""
    if plan.included_clips is not None:
        return max(plan.included_clips - used_clips, 0)
    assert plan.included_seconds is not None
    left = Decimal(str(plan.included_seconds)) - Decimal(str(used_seconds))
    return max(int((left / Decimal(str(plan.clip_seconds))).to_integral_value(rounding)), 0)

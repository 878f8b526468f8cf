"""What a subscription comes to with the models that are here: whether its clips can be made for its money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from cutaway.contract import RESOLUTIONS_PX, usd
from cutaway.routing.candidate_lint import Noted
from cutaway.routing.catalog import Candidate
from cutaway.routing.economics import clips_for, sells_under_cost
from cutaway.routing.judging import judge_all
from cutaway.routing.policy import Preferences, RoutingPolicy
from cutaway.routing.reading import Reading
from cutaway.routing.typical import order_of


def plan(reading: Reading, policy: RoutingPolicy, candidates: Sequence[Candidate], today: date) -> Noted:
    """A plan whose included clips cannot all be made for what it may spend, however cheaply."""
    sold = policy.plan
    if sold is None:
        return
    smallest = min(
        (step.resolution for step in sold.steps if step.resolution is not None),
        key=lambda name: RESOLUTIONS_PX[name],
        default=None,
    )
    least = policy.floors.resolution or smallest or "480p"
    shortest = min([sold.clip_seconds, *(step.max_seconds for step in sold.steps if step.max_seconds is not None)])
    own = Preferences.model_construct(**{name: getattr(policy, name) for name in Preferences.model_fields})
    judged = judge_all(candidates, order_of(seconds=shortest, resolution=least), own, today)
    able_here = [able for able in judged.able if not able.outlines]
    # Nobody buys a plan for what a free artist without a rating draws here, so it sets the cost only where it is alone.
    makers = [able for able in able_here if not (able.candidate.local and able.candidate.free and not able.elo)]
    makers = makers or able_here
    if not makers:
        yield reading.finding(
            "warning", ("spec", "plan"), f"no model here makes the plan's clips ({shortest:g} s at {least}), so "
            "nobody can say what they cost.", "Add a provider that does, or change clip_seconds.",
        )  # fmt: skip
        return
    cheapest = min(makers, key=lambda able: able.most_usd)
    name = "included_clips" if sold.included_clips is not None else "included_seconds"
    under = sells_under_cost(sold, cheapest.most_usd)
    if under:
        clips = clips_for(sold.spendable_usd, cheapest.most_usd).to_integral_value(ROUND_FLOOR)
        fits = clips if sold.included_clips is not None else clips * Decimal(str(sold.clip_seconds))
        yield reading.finding(
            "error",
            ("spec", "plan", name),
            f"{under}. That is what the cheapest that meets the floors costs ({cheapest.candidate.id}, {shortest:g} s "
            f"at {least}), so the plan sells under cost.",
            f"Include {fits:f} or fewer, raise price_usd, or publish a step to something cheaper.",
        )
        return
    tried = min(float(able.expected_usd) * able.prior for able in makers)
    each = float(sold.spendable_usd) / _clips(sold.included_clips, sold.included_seconds, sold.clip_seconds)
    if tried > each:
        yield reading.finding(
            "warning",
            ("spec", "plan", name),
            f"the plan {sold.name!r} has {usd(_cents(each))} for a clip; with the attempts that a kept clip takes, "
            f"the cheapest comes to about {usd(_cents(tried))}, so the included clips last only where most first tries "
            "are kept.",
            "Count attempts as clips in what you publish, or include fewer.",
        )


def _clips(clips: int | None, seconds: float | None, clip_s: float) -> float:
    return float(clips) if clips is not None else (seconds or clip_s) / clip_s


def _cents(amount: float) -> Decimal:
    return Decimal(f"{amount:.2f}")

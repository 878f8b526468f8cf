"""What happens when the best order costs more than it may: a lower resolution, a shorter clip, a question, or a no.

The router leaves out what does not fit the limits, and so takes a cheaper model by itself where one can make the order
as it stands. This module says so, and goes on where none can:

1. lower resolutions, one at a time, down to the policy's floor (else 480p), with every model there;
2. shorter lengths, where the policy's `fallbacks.shorter` allows them: the next one that some model makes, again at
   every resolution from the asked one down. Edits keep the length of what they edit.

So the first order that fits is as long as it can be, then as sharp, then by the policy's objective among the models
that are cheap enough. Limits are the clip limit, a plan's limit for the clip, what is left of the tightest budget and
of each account. `on_exceed` decides what becomes of it: `downgrade` takes it and says so in every candidate's notes,
`ask` also waits for a yes, `deny` refuses when the order that would have been made does not fit.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from cutaway.contract import ASPECTS, RESOLUTIONS_PX, GenerationRequest, Resolution, Size, usd
from cutaway.errors import OverBudgetError, RoutingError
from cutaway.routing.arithmetic import MICRO
from cutaway.routing.catalog import Candidate
from cutaway.routing.conditions import Conditions
from cutaway.routing.decision import Ordered, Ranked, RoutingDecision
from cutaway.routing.effective import effective
from cutaway.routing.judging import Able, Catalog
from cutaway.routing.picks import Decision
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.router import decide
from cutaway.routing.telling import document

LOWEST: Final[Resolution] = "480p"
SHORTEST_S: Final = 1.0
NO_LIMIT: Final = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Routed:
    """A decision and the order it is about, which is the one that was asked for unless `note` says what differs."""

    request: GenerationRequest
    decision: RoutingDecision
    note: str = ""
    refused: OverBudgetError | None = None
    """Why no final is affordable, where an outline stands in for one."""


@dataclass(slots=True)
class Within:
    """A decision within every limit, before it is written out: `note` says what differs from the order, `ask` why."""

    request: GenerationRequest
    found: Decision
    note: str = ""
    ask: str = ""
    resized: bool = False
    refused: OverBudgetError | None = None

    def routed(self) -> Routed:
        """The decision as it is kept."""
        decision = document(self.found)
        if self.note:
            decision = disclosed(decision, self.request, self.note, self.ask, resized=self.resized)
        return Routed(self.request, decision, self.note, self.refused)


def route_within(
    request: GenerationRequest,
    candidates: Sequence[Candidate],
    policy: RoutingPolicy,
    conditions: Conditions,
    *,
    plan_usd: Decimal | None = None,
) -> Routed:
    """The decision for an order within every limit, by the policy's `on_exceed`.

    `plan_usd` is the most a subscription allows for this clip (`economics.allowed_usd`). Raises `RoutingError` like
    `route`, and naming the budget where the policy denies or nothing smaller fits either.
    """
    return decide_within(request, candidates, policy, conditions, plan_usd=plan_usd).routed()


def decide_within(
    request: GenerationRequest,
    candidates: Sequence[Candidate],
    policy: RoutingPolicy,
    conditions: Conditions,
    *,
    plan_usd: Decimal | None = None,
) -> Within:
    """Decide like `route_within`, without writing the decision out."""
    catalog = candidates if isinstance(candidates, Catalog) else Catalog(candidates)
    limited = _limited(conditions, policy, plan_usd)
    exceeds = _Exceeds(request, catalog, policy, limited, plan_usd)
    best = exceeds.best()
    if policy.budgets.on_exceed == "deny" and best is not None:
        raise _refusal(best, exceeds, "the policy denies what exceeds it")
    try:
        found, smaller, change = decide(request, catalog, policy, limited), request, ""
    except RoutingError as error:
        if best is None:
            raise
        fitting = _smaller(request, catalog, policy, limited)
        if fitting is None:
            raise _refusal(best, exceeds, "nothing smaller fits either", error.rejections) from error
        found, smaller, change = fitting
    if best is None:
        return Within(request, found)
    chosen = found.picks[0].able
    if not change and chosen.candidate.id == best.candidate.id:
        return Within(request, found)
    said = f"{best.candidate.id} would be chosen, but can cost {usd(best.most_usd)}; {exceeds.named(best)}"
    instead = ", ".join(part for part in (change, _by(best, chosen)) if part)
    note = f"{said}: {instead}, for {usd(chosen.most_usd)} at most"
    ask = note if policy.budgets.on_exceed == "ask" else ""
    refused = _refusal(best, exceeds, "no final fits it") if chosen.outlines else None
    return Within(smaller, found, note, ask, bool(change), refused)


def _limited(conditions: Conditions, policy: RoutingPolicy, plan_usd: Decimal | None) -> Conditions:
    """The moment with the tightest clip limit there is."""
    limits = (policy.budgets.per_clip_usd, conditions.clip_limit_usd, plan_usd)
    return replace(conditions, clip_limit_usd=min(limit for limit in limits if limit is not None))


@dataclass(frozen=True, slots=True)
class _Exceeds:
    """What an order would be made by if money had no limits, and which limit it then exceeds."""

    request: GenerationRequest
    catalog: Catalog
    policy: RoutingPolicy
    conditions: Conditions
    plan_usd: Decimal | None

    def best(self) -> Able | None:
        """The first choice without limits, None when it keeps them or nothing can make the order whatever it costs."""
        holds = effective(self.policy, self.request, self.conditions)
        today = self.conditions.today
        judged = self.catalog.judged(self.request, holds.preferences, self.policy, holds.rules, today)
        if not any(self._over(able) for able in judged.able):
            return None
        free = replace(self.conditions, clip_limit_usd=NO_LIMIT, left_usd=None, provider_left_usd={})
        try:
            first = decide(self.request, self.catalog, self.policy, free).picks[0].able
        except RoutingError:
            return None
        return first if self._over(first) else None

    def named(self, able: Able) -> str:
        """The limit that a model exceeds, in words: its level, how much it is and what is left."""
        level, left = self.limit(able)
        if level == "clip":
            return f"the clip limit is {usd(left)}"
        if level == "plan":
            return f"the plan's limit for this clip is {usd(left)}"
        if level == "provider-month":
            return self.conditions.provider_left_in_words(able.candidate.provider)
        return self.conditions.left_in_words()

    def limit(self, able: Able) -> tuple[str, Decimal]:
        """The level of the first limit that a model exceeds, and what it leaves."""
        clip, left = self.conditions.clip_limit_usd, self.conditions.left_usd
        if clip is not None and able.most_usd > clip:
            return "plan" if clip == self.plan_usd else "clip", clip
        if left is not None and able.most_usd > left:
            return self.conditions.tightest.name if self.conditions.tightest else "budget", left
        return "provider-month", self.conditions.provider_left_usd[able.candidate.provider]

    def raised(self, able: Able) -> str:
        """How the limit that a model exceeds is raised: by hand where people lowered it, else in the policy."""
        level, _ = self.limit(able)
        used = (
            self.conditions.accounts.get(able.candidate.provider)
            if level == "provider-month"
            else self.conditions.used.get(level)
        )
        if used is None or used.lowered_usd is None:
            return "raise that limit in the policy"
        who = f" --who {shlex.quote(used.lowered_for)}" if used.lowered_for else ""
        return f"go back to the policy's limit: `cutaway budget set {level} policy{who}`"

    def _over(self, able: Able) -> bool:
        limits = (
            self.conditions.clip_limit_usd,
            self.conditions.left_usd,
            self.conditions.provider_left_usd.get(able.candidate.provider),
        )
        return able.most_usd > 0 and any(limit is not None and able.most_usd > limit for limit in limits)


def _refusal(best: Able, exceeds: _Exceeds, why: str, rejections: dict[str, str] | None = None) -> OverBudgetError:
    named, (level, left) = exceeds.named(best), exceeds.limit(best)
    return OverBudgetError(
        f"{best.candidate.id} would be chosen, but can cost {usd(best.most_usd)}; {named}, and {why}.",
        rejections=rejections or {best.candidate.id: f"can cost {usd(best.most_usd)}; {named}"},
        budget=level,
        headroom_micro=int(left * MICRO),
        needed_micro=int(best.most_usd * MICRO),
        fix=f"Order a shorter clip or a lower resolution, name a cheaper model, or {exceeds.raised(best)}.",
    )


def _smaller(
    request: GenerationRequest, catalog: Catalog, policy: RoutingPolicy, conditions: Conditions
) -> tuple[Decision, GenerationRequest, str] | None:
    """The largest smaller order that a model may make, and what is smaller about it."""
    trial = catalog.trials
    floor = effective(policy, request, conditions).preferences.floors.resolution or LOWEST
    sizes = list(_sizes(request, floor)) if policy.fallbacks.resolutions else []
    lengths = list(_lengths(request, catalog)) if policy.fallbacks.shorter else []
    for length in (request.duration_s, *lengths):
        for size in (request.size, *sizes):
            if length == request.duration_s and size == request.size:
                continue
            smaller = request.model_copy(update={"duration_s": length, "size": size})
            try:
                return decide(smaller, trial, policy, conditions), smaller, _change(request, smaller)
            except RoutingError:
                continue
    return None


def _sizes(request: GenerationRequest, floor: Resolution) -> Iterator[Size]:
    """Lower named resolutions in the shape of the order, from high to low."""
    if request.modality == "audio":
        return
    asked = request.size
    side = min(asked.width_px, asked.height_px)
    for px in sorted(RESOLUTIONS_PX.values(), reverse=True):
        if RESOLUTIONS_PX[floor] <= px < side:
            ratio = ASPECTS[asked.aspect] if asked.aspect else asked.width_px / asked.height_px
            # Whole blocks of 16, the house's own sizes (848x480) among them; rounded down, so that models fit them.
            longer = int(px * max(ratio, 1 / ratio) + 1e-6) // 16 * 16
            longer = max(longer, px)
            yield Size(width_px=longer, height_px=px) if ratio >= 1 else Size(width_px=px, height_px=longer)


def _lengths(request: GenerationRequest, catalog: Catalog) -> Iterator[float]:
    """Shorter lengths that some model makes, from long to short, in seconds."""
    if request.operation != "generate" or request.modality == "image":
        return
    found: set[float] = set()
    for candidate in catalog:
        profile = candidate.profile
        if profile.durations_s:
            found |= set(profile.durations_s)
            continue
        step = profile.duration_step_s or 1.0
        most = min(profile.max_duration_s, request.duration_s)
        found |= {round(step * n, 3) for n in range(1, int(most / step) + 1) if step * n >= profile.min_duration_s}
    yield from sorted((s for s in found if SHORTEST_S <= s < request.duration_s), reverse=True)


def _change(request: GenerationRequest, smaller: GenerationRequest) -> str:
    parts = []
    if smaller.size != request.size:
        parts.append(f"{smaller.size} instead of {request.size}")
    if smaller.duration_s != request.duration_s:
        parts.append(f"{smaller.duration_s:g} s instead of {request.duration_s:g} s")
    return " and ".join(parts)


def _by(best: Able, chosen: Able) -> str:
    return f"{chosen.candidate.id} makes it instead" if chosen.candidate.id != best.candidate.id else ""


def disclosed(
    decision: RoutingDecision, request: GenerationRequest, note: str, ask: str, *, resized: bool
) -> RoutingDecision:
    """The decision with the note on every candidate, and what each is then asked for where the order is smaller."""
    plain = Ordered(duration_s=request.duration_s, size=request.size) if resized else None

    def noted(ranked: Ranked) -> Ranked:
        return ranked.model_copy(update={"notes": (*ranked.notes, note), "ordered": ranked.ordered or plain})

    return decision.model_copy(update={"ranked": tuple(noted(one) for one in decision.ranked), "ask": ask})

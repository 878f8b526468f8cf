"""Choosing a model: a pure function from an order, the candidates, a policy and the moment to a decision.

Every candidate is either ranked with its price or rejected with a reason; nothing is dropped silently. The same
inputs give the same decision, so a stored one can be replayed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from cutaway.contract import Frozen, GenerationRequest, Size
from cutaway.errors import RoutingError
from cutaway.routing.catalog import Candidate, catalog_date
from cutaway.routing.fit import Fitted, fit
from cutaway.routing.policy import RoutingPolicy


@dataclass(frozen=True, slots=True)
class Conditions:
    """The moment as data. `unhealthy` maps a provider to why it should not be used now.

    `paid_refused` says why nothing that costs money may be used ('' when it may). `wanted` is the one model this order
    is to be made by, as `provider:model` ('' when the policy chooses).
    """

    today: date
    unhealthy: Mapping[str, str] = field(default_factory=dict)
    paid_refused: str = ""
    wanted: str = ""


class Ordered(Frozen):
    """Length and size as a vendor is asked for them, where they differ from the shot's."""

    duration_s: float
    size: Size


class Ranked(Frozen):
    """A model that may be used, with the most it can charge in USD.

    `ordered` is set when it is asked for more than the shot needs, and `notes` say so.
    """

    model: str
    provider: str
    most_usd: Decimal
    price_source: str
    price_as_of: date
    why: str
    local: bool = True
    ordered: Ordered | None = None
    notes: tuple[str, ...] = ()


class Rejected(Frozen):
    """A model that may not be used, and why."""

    model: str
    reason: str


class RoutingDecision(Frozen):
    """Ranked candidates, the first of which is chosen, and every rejection with its reason."""

    ranked: tuple[Ranked, ...]
    rejections: tuple[Rejected, ...]
    policy: str
    policy_revision: str
    catalog_date: date | None
    objective: str

    @property
    def chosen(self) -> Ranked:
        """The model to use."""
        return self.ranked[0]


def route(
    request: GenerationRequest, candidates: Sequence[Candidate], policy: RoutingPolicy, conditions: Conditions
) -> RoutingDecision:
    """The decision for one order. Raises `RoutingError` with every rejection when no candidate is left."""
    choice = policy.choice
    able: list[tuple[tuple[Any, ...], Candidate, Decimal, Fitted]] = []
    rejections: list[Rejected] = []
    for candidate in candidates:
        judged = judge(candidate, request, policy, conditions)
        if isinstance(judged, str):
            rejections.append(Rejected(model=candidate.id, reason=judged))
            continue
        most, fitted = judged
        quality = candidate.profile.quality.elo if candidate.profile.quality else 0.0
        preferred = choice.prefer.index(candidate.id) if candidate.id in choice.prefer else len(choice.prefer)
        merit = (most, -quality) if choice.objective == "price" else (-quality, most)
        able.append(((preferred, *merit, candidate.id), candidate, most, fitted))
    if not able:
        raise RoutingError(
            f"No model can make this {request.duration_s:g} s {request.size} shot.",
            rejections={r.model: r.reason for r in rejections},
            fix=_advice(rejections),
        )
    able.sort(key=lambda entry: entry[0])
    even = len(able) > 1 and able[0][2] == able[1][2]
    ranked = tuple(
        _rank(candidate, most, fitted, request, policy, first=i == 0, even=even)
        for i, (_, candidate, most, fitted) in enumerate(able)
    )
    return RoutingDecision(
        ranked=ranked,
        rejections=tuple(rejections),
        policy=policy.name,
        policy_revision=policy.revision,
        catalog_date=catalog_date(tuple(candidates)),
        objective=choice.objective,
    )


def judge(
    candidate: Candidate, request: GenerationRequest, policy: RoutingPolicy, conditions: Conditions
) -> tuple[Decimal, Fitted] | str:
    """The most this model can charge for the order as it would get it, or the first reason why it may not make it."""
    profile = candidate.profile
    reason = _unfit(candidate, request, policy, conditions)
    if reason:
        return reason
    fitted = fit(profile, request)
    if isinstance(fitted, str):
        return fitted
    if profile.price is None:
        return "has no dated price; unpriced models are never used"
    most = profile.price.upper_bound_usd(fitted.request)
    if most is None:
        return "its price list does not cover this order, so it counts as unpriced"
    if most > 0 and conditions.paid_refused:
        return conditions.paid_refused
    if most > policy.budgets.per_clip_usd:
        return f"can cost ${most:.2f}, over the clip limit of ${policy.budgets.per_clip_usd:.2f}"
    if why := conditions.unhealthy.get(candidate.provider):
        return f"its provider is not well: {why}"
    return most, fitted


def _unfit(
    candidate: Candidate, request: GenerationRequest, policy: RoutingPolicy, conditions: Conditions
) -> str | None:
    """Why the policy or the model's abilities rule it out, or None."""
    profile = candidate.profile
    choice = policy.choice
    if conditions.wanted and candidate.id != conditions.wanted:
        return f"the order is to be made by {conditions.wanted}"
    if choice.only and candidate.id not in choice.only:
        return f"the policy {policy.name!r} allows only {', '.join(choice.only)}"
    if candidate.id in choice.ignore:
        return f"the policy {policy.name!r} ignores it"
    if profile.retires_on is not None and profile.retires_on <= conditions.today:
        instead = f"; its vendor names {profile.replacement} instead" if profile.replacement else ""
        return f"retired on {profile.retires_on}{instead}"
    if profile.modality != request.modality:
        return f"makes {profile.modality}, not {request.modality}"
    if request.operation not in profile.operations:
        return f"cannot {request.operation} (it can {', '.join(profile.operations)})"
    roles = [one.role for one in request.inputs]
    missing = sorted(set(roles) - set(profile.input_roles))
    if missing:
        return f"takes no {missing[0]} input"
    for role in set(roles):
        most = profile.max_inputs.get(role, 1)
        if profile.max_inputs and roles.count(role) > most:
            return f"takes at most {most} {role} inputs, not {roles.count(role)}"
    needed = [role for role in profile.required_roles if role not in roles]
    if needed:
        return f"needs a {needed[0]} input"
    longest = max((video.duration_s or 0 for video in request.videos), default=0)
    if profile.max_source_s is not None and longest > profile.max_source_s:
        return f"takes a video of at most {profile.max_source_s:g} s, not {longest:g} s"
    if request.audio and profile.audio == "never":
        return "makes no audio"
    if len(request.brief.prompt) > profile.max_prompt_chars:
        return f"takes a prompt of at most {profile.max_prompt_chars} characters, not {len(request.brief.prompt)}"
    return None


def _rank(
    candidate: Candidate,
    most: Decimal,
    fitted: Fitted,
    request: GenerationRequest,
    policy: RoutingPolicy,
    *,
    first: bool,
    even: bool,
) -> Ranked:
    price = candidate.profile.price
    assert price is not None
    if not first:
        why = "next if the ones before it fail"
    elif candidate.id in policy.choice.prefer:
        why = f"preferred by the policy {policy.name!r}"
    else:
        best = "lowest price" if policy.choice.objective == "price" else "best quality"
        if even and best == "lowest price" and candidate.profile.quality is not None:
            best = f"best published quality ({candidate.profile.quality.elo:g}) at the lowest price"
        why = f"{best} that can make it, under ${policy.budgets.per_clip_usd:.2f} a clip"
    return Ranked(
        model=candidate.id,
        provider=candidate.provider,
        most_usd=most,
        price_source=price.source,
        price_as_of=price.as_of,
        why=why,
        local=candidate.local,
        ordered=(
            Ordered(duration_s=fitted.request.duration_s, size=fitted.request.size)
            if fitted.request is not request
            else None
        ),
        notes=fitted.notes,
    )


def _advice(rejections: Sequence[Rejected]) -> str:
    if not rejections:
        return "No provider is installed or configured; `cutaway doctor` shows what was found."
    first = "; ".join(f"{r.model}: {r.reason}" for r in rejections[:3])
    return f"{first}."

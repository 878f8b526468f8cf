"""A decision as the document that is kept, with the reasons people read."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from cutaway.contract import usd
from cutaway.routing.decision import Ordered, Ranked, Rejected, RoutingDecision
from cutaway.routing.judging import Out
from cutaway.routing.packing import NEXT
from cutaway.routing.picks import FOREVER, Decision, Pick

NOTHING: Final = Decimal(0)


def document(decision: Decision) -> RoutingDecision:
    """The decision as it is kept."""
    ask = ""
    return RoutingDecision(
        ranked=tuple(_ranked(decision, place, pick) for place, pick in enumerate(decision.picks)),
        rejections=tuple(
            Rejected(model=one.candidate.id, reason=one.reason, arithmetic=one.arithmetic) for one in decision.out
        ),
        policy=decision.policy.name,
        policy_revision=decision.policy.revision,
        catalog_date=decision.catalog.newest_price,
        objective=decision.effective.preferences.objective,
        rules=decision.effective.rules,
        ask=ask,
        no_final=_no_final(decision),
    )


def _no_final(decision: Decision) -> str:
    """Why what was asked for cannot be had and an outline stands in for it, '' where it can."""
    stage = decision.request.stage
    if not decision.picks[0].able.outlines:
        return ""
    makers = [out for out in decision.out if stage in out.candidate.profile.stages]
    if not makers:
        return f"no model here makes a {stage}"

    def nearness(out: Out) -> tuple[bool, Decimal]:
        price = out.candidate.profile.price
        most = price.upper_bound_usd(decision.request) if price and out.arithmetic else None
        return most is None, most or NOTHING

    nearest = min(makers, key=nearness)
    others = len(makers) - 1
    more = f", and {others} other{'' if others == 1 else 's'} cannot make it either" if others else ""
    return f"{nearest.candidate.id} {nearest.reason}{more}"


def _ranked(decision: Decision, place: int, pick: Pick) -> Ranked:
    able, candidate = pick.able, pick.able.candidate
    price = candidate.profile.price
    assert price is not None
    fitted = able.fitted
    notes = fitted.notes
    if able.outlines:
        notes = (*notes, f"an outline: nothing that makes a {decision.request.stage} can be used here")
    if pick.line_s:
        begins = "nobody knows when it begins" if pick.line_s == FOREVER else f"it begins in about {pick.line_s:.0f} s"
        notes = (*notes, f"{decision.conditions.full_in_words(candidate.provider)}: {begins}")
    return Ranked(
        model=candidate.id,
        provider=candidate.provider,
        most_usd=able.most_usd,
        price_source=price.source,
        price_as_of=price.as_of,
        why=_why(decision, place, pick),
        local=candidate.local,
        ordered=(
            Ordered(duration_s=fitted.request.duration_s, size=fitted.request.size)
            if fitted.request is not decision.request and fitted.notes
            else None
        ),
        notes=notes,
        arithmetic=able.arithmetic,
        attempts=round(pick.attempts, 2),
        per_accepted_s_usd=Decimal(str(round(pick.cost, 6))),
        expected_wait_s=pick.wait_s,
    )


def _why(decision: Decision, place: int, pick: Pick) -> str:
    policy, preferences, able = decision.policy, decision.effective.preferences, pick.able
    if place:
        return NEXT
    if able.candidate.id and (able.place[0] < len(preferences.order) or able.place[1] < len(preferences.prefer)):
        return f"preferred by the policy {policy.name!r}"
    if decision.paced:
        return decision.paced
    under = f"under {usd(policy.budgets.per_clip_usd)} a clip"
    if preferences.objective == "quality":
        return f"best published quality that can make it, {under}"
    if preferences.objective == "latency":
        return f"soonest that can make it, {under}"
    others = [one for one in decision.picks[1:] if one.able.most_usd == able.most_usd]
    if others and able.elo and (preferences.objective == "price" or not pick.cost):
        return f"best published quality ({able.elo:g}) at the lowest price that can make it, {under}"
    if preferences.objective == "price" or not pick.cost:
        return f"lowest price that can make it, {under}"
    if not able.elo and _is_new(decision):
        return f"lowest expected cost that can make it (nobody published a rating of it), {under}"
    tries = f"about {pick.attempts:.1f} tries a kept clip"
    return f"lowest expected cost per kept second (${pick.cost:.3f}: {tries}), {under}"


def _is_new(decision: Decision) -> bool:
    """True for a new clip: ratings are about those, and say little about edits."""
    return decision.request.operation == "generate"

"""What a subscription still allows a person this month: money, clips, and the published step that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from cutaway.contract import RESOLUTIONS_PX, Brief, GenerationRequest, Size
from cutaway.conversation.services import Services
from cutaway.errors import RoutingError
from cutaway.ledger import from_micro
from cutaway.ledger.spending import charged_to
from cutaway.routing import Conditions
from cutaway.routing.economics import Left, allowed_usd, clips_left, step_now
from cutaway.routing.pacing import Month
from cutaway.routing.plan import Plan, Step
from cutaway.routing.router import decide

TYPICAL: Size = Size(width_px=848, height_px=480)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a plan allows now: the most the next clip may cost, what is left of the month, and the step that holds."""

    plan: Plan
    most_usd: Decimal
    left: Left
    step: Step | None
    spent_usd: Decimal

    def month(self, shots: int) -> Month:
        """The person's month, for so many shots (at least 1) that are ordered together."""
        budget = self.plan.spendable_usd
        return Month(budget, max(budget - self.spent_usd, Decimal(0)), shots)

    def lowered(self, request: GenerationRequest) -> tuple[GenerationRequest, str]:
        """The order at the step's resolution and length, and the note that says so ('' when nothing changes).

        An edit keeps the length of what it edits.
        """
        step = self.step
        if step is None or request.stage != "final":
            return request, ""
        changes: dict[str, object] = {}
        delivers: list[str] = []
        width, height = request.size.width_px, request.size.height_px
        if step.resolution is not None and min(width, height) > (side := RESOLUTIONS_PX[step.resolution]):
            scale = side / min(width, height)
            changes["size"] = Size(width_px=round(width * scale / 2) * 2, height_px=round(height * scale / 2) * 2)
            delivers.append(step.resolution)
        longest = step.max_seconds
        if longest is not None and request.duration_s > longest and request.operation == "generate":
            changes["duration_s"] = longest
            delivers.append(f"at most {longest:g} s a clip")
        if not changes:
            return request, ""
        said = step.note or f"the plan {self.plan.name} delivers {' and '.join(delivers)} from here on"
        return request.model_copy(update=changes), said


async def allowance(services: Services, user: str, conditions: Conditions) -> Allowance | None:
    """What the policy's plan allows a user now, None without a plan. Amounts are charged ones; holds come on top."""
    plan = services.policy.plan
    if plan is None or services.redis is None:
        return None
    now = services.clock().astimezone(UTC)
    begin = datetime(now.year, now.month, 1, tzinfo=UTC)
    spent_micro, clips = await charged_to(services.redis, services.tenant, user, since=begin)
    spent = from_micro(spent_micro)
    cheapest = cheapest_clip_usd(services, plan, conditions)
    seconds = clips * plan.clip_seconds
    return Allowance(
        plan=plan,
        most_usd=allowed_usd(plan, spent_usd=spent, used_clips=clips, used_seconds=seconds, cheapest_clip_usd=cheapest),
        left=clips_left(plan, spent_usd=spent, used_clips=clips, used_seconds=seconds, clip_cost_usd=cheapest),
        step=step_now(plan, spent),
        spent_usd=spent,
    )


def cheapest_clip_usd(services: Services, plan: Plan, conditions: Conditions) -> Decimal:
    """The least a clip of the plan's length can cost at most, by what the policy would deliver; 0 when nothing can."""
    request = GenerationRequest(brief=Brief(prompt="a clip"), duration_s=plan.clip_seconds, size=TYPICAL)
    try:
        picks = decide(request, services.candidates, services.policy, conditions).picks
    except RoutingError:
        return Decimal(0)
    return min(pick.able.most_usd for pick in picks)

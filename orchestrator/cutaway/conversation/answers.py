"""Answers that need the books: cost, status, why, compare, and yes or no without anything waiting."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from cutaway.contract import usd
from cutaway.conversation import replies
from cutaway.conversation.conditions import gather
from cutaway.conversation.plan import TurnPlan
from cutaway.conversation.plans import allowance
from cutaway.conversation.services import Services
from cutaway.conversation.stopping import cancel_version
from cutaway.conversation.turn import Quote, TurnResult
from cutaway.errors import CutawayError, InputError
from cutaway.ledger import Operation, from_micro
from cutaway.routing import RoutingDecision
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.diff import Diff, diff
from cutaway.storyboard.versions import Version

STAGES: Final = {
    "waiting": "waits for its shots",
    "ready": "is next in line",
    "submitting": "is being ordered",
    "submitted": "is being made",
    "rendered": "is being fetched",
    "stored": "is being booked",
    "unknown": "may have been ordered; it is being looked for",
}


async def answer(
    services: Services,
    thread: str,
    message_id: str,
    plan: TurnPlan,
    pending_quote_id: str | None,
    *,
    head_id: str | None,
    user: str = "",
) -> TurnResult:
    """The turn for a plan that makes nothing."""
    try:
        match plan.intent:
            case "compare":
                text, details = await _compare(services, thread, plan)
            case "cost":
                text, details = await _cost(services, thread, user)
            case "status":
                text, details = await _status(services, thread)
            case "why":
                text, details = await why(services, thread, plan.target)
            case "decline":
                text, details = await _decline(services, thread, message_id, pending_quote_id, head_id)
            case "approve":
                text, details = "Nothing is waiting for a yes.", {}
            case _:
                text, details = plan.reply, {}
    except CutawayError as error:
        return replies.refused(thread, message_id, plan, error)
    extra = {"quote_state": "declined", "quote_id": pending_quote_id} if details.get("declined") else {}
    return replies.words(thread, message_id, plan, reply=text, details=details, **extra)


async def why(services: Services, thread: str, target: tuple[str, ...] = ()) -> tuple[str, dict[str, Any]]:
    """Why each shot of a version was made the way it was, with every rejected candidate and its reason.

    A shot that was reused is explained by the decision it was made under, whichever version that was.
    """
    version = await find_version(services, thread, target[0] if target else None)
    stored = await services.quotes.of_version(version.id)
    if stored is None:
        return f"Version {version.number} was never priced.", {}
    quote = Quote.model_validate(stored)
    storyboard = await services.versions.storyboard(version)
    stages = quote.stages
    keys = {shot.id: content_key(storyboard, shot, stages.get(shot.id, "final")) for shot in storyboard.shots}
    made = await services.ledger.made(services.tenant, list(keys.values()))
    lines: list[str] = []
    decisions = dict(quote.decisions)
    for shot in quote.shots:
        decision = decisions.get(shot.shot_id)
        if decision is None and (asset := made.get(keys[shot.shot_id])):
            decision = await _decision_behind(services, asset)
            if decision is not None:
                decisions[shot.shot_id] = decision
        by = decision.chosen.model if decision else "an earlier version"
        lines.append(f"Shot {shot.number}: {shot.change_class}; made by {by}: {shot.why}.")
        for rejected in decision.rejections if decision else ():
            lines.append(f"  not {rejected.model}: {rejected.reason}")
    policies = {f"{d.policy}@{d.policy_revision}" for d in decisions.values()}
    if policies:
        lines.append(f"Decided under policy {', '.join(sorted(policies))}.")
    details = {
        "version_id": version.id,
        "quote": quote.model_dump(mode="json"),
        "decisions": {shot: decision.model_dump(mode="json") for shot, decision in decisions.items()},
    }
    return "\n".join(lines), details


async def _decision_behind(services: Services, asset: str) -> RoutingDecision | None:
    """The decision under which an asset was made, or None when its books are gone."""
    facts = await services.ledger.asset_facts(services.tenant, asset) or {}
    if "operation_id" not in facts:
        return None
    operation = await services.ledger.get(facts["operation_id"], tenant=services.tenant)
    stored = await services.quotes.load(operation.quote_id)
    return Quote.model_validate(stored).decisions.get(operation.shot_id) if stored else None


async def find_version(services: Services, thread: str, which: str | None) -> Version:
    """The version named by its number ("2" or "v2") or id; the head for None. Raises `NotFoundError`."""
    if which is None:
        head = await services.versions.head(thread)
        if head is None:
            raise InputError("There is no version yet.", fix="Say what the film should show.")
        return head
    number = which.lower().removeprefix("v")
    if number.isdigit() and len(number) < 9:
        return await services.versions.by_number(thread, int(number))
    return await services.versions.get(thread, which)


async def _compare(services: Services, thread: str, plan: TurnPlan) -> tuple[str, dict[str, Any]]:
    head = await find_version(services, thread, None)
    if len(plan.target) >= 2:
        left = await find_version(services, thread, plan.target[0])
        right = await find_version(services, thread, plan.target[1])
    elif plan.target:
        left, right = await find_version(services, thread, plan.target[0]), head
    elif head.parent_id:
        left, right = await services.versions.get(thread, head.parent_id), head
    else:
        return "There is only one version so far.", {}
    change = diff(await services.versions.storyboard(left), await services.versions.storyboard(right))
    text = f"From version {left.number} to {right.number}: {describe(change)}"
    details = {"left": left.id, "right": right.id, "diff": change.model_dump(mode="json")}
    return text, details


def describe(change: Diff) -> str:
    """A diff in words, one clause per shot that changed."""
    if change.is_empty:
        return "nothing changed."
    parts = [
        f"shot {shot.number}: {', '.join(replies.plain_fields(shot.fields))}" for shot in change.shots if shot.fields
    ]
    same = sum(1 for shot in change.shots if not shot.fields)
    if change.removed:
        parts.append(f"{len(change.removed)} shot{'s' if len(change.removed) > 1 else ''} removed")
    if change.film_fields:
        parts.append(f"the film: {', '.join(replies.plain_fields(change.film_fields))}")
    if same:
        parts.append(f"{same} unchanged")
    return "; ".join(parts) + "."


async def _cost(services: Services, thread: str, user: str) -> tuple[str, dict[str, Any]]:
    operations = await services.ledger.of_thread(services.tenant, thread)
    charged = from_micro(sum(o.charged_micro for o in operations))
    held = from_micro(sum(o.hold_micro for o in operations if o.money == "held"))
    limit = services.policy.budgets.per_thread_usd
    text = f"This thread has cost {usd(charged)} so far"
    text += f", with up to {usd(held)} more held for work under way" if held else ""
    text += f". Its budget is {usd(limit)}."
    allowed = await allowance(services, user, await gather(services, thread=thread, user=user))
    if allowed is not None:
        text += f" The plan {allowed.plan.name} has {allowed.left} this month."
    return text, {"charged_usd": str(charged), "held_usd": str(held), "budget_usd": str(Decimal(limit))}


async def _status(services: Services, thread: str) -> tuple[str, dict[str, Any]]:
    operations = [o for o in await services.ledger.of_thread(services.tenant, thread) if o.is_open]
    if not operations:
        return "Nothing is being made right now.", {"open": []}
    parts = [f"{_what(o)} {_stage(o)}" + (f", {o.progress:.0%}" if o.progress else "") for o in operations]
    return f"Being made: {'; '.join(parts)}.", {"open": [o.id for o in operations]}


def _stage(operation: Operation) -> str:
    begins = operation.not_before
    return STAGES[operation.phase] if begins is None else f"waits until {begins:%Y-%m-%d %H:%M} UTC"


async def _decline(
    services: Services, thread: str, message_id: str, pending_quote_id: str | None, head_id: str | None
) -> tuple[str, dict[str, Any]]:
    stored = await services.quotes.load(pending_quote_id) if pending_quote_id else None
    if stored is None:
        return await _stop(services, thread)
    quote = Quote.model_validate(stored).model_copy(update={"state": "declined"})
    await services.quotes.save(quote.id, quote.version_id, quote.model_dump(mode="json"))
    head = await services.versions.get(thread, head_id) if head_id else None
    if head is not None and head.id == quote.version_id and head.parent_id:
        head = await services.versions.undo(thread, move_id=message_id)
        return f"Left as it was; the film is version {head.number}. Nothing was spent.", {"declined": quote.id}
    return "Left as it was; nothing was spent.", {"declined": quote.id}


async def _stop(services: Services, thread: str) -> tuple[str, dict[str, Any]]:
    """A no while nothing is asked means the work under way: it is stopped, as far as that goes."""
    head = await services.versions.head(thread)
    stopped = await cancel_version(services, thread, head.id) if head else ()
    if not stopped:
        return "Nothing is waiting for an answer, and nothing is being made.", {}
    texts = dict.fromkeys(one.text for one in stopped)
    return " ".join(texts), {"stopped": [one.model_dump(mode="json") for one in stopped]}


def _what(operation: Operation) -> str:
    return "the film" if operation.kind == "cut" else f"shot {operation.shot_id.removeprefix('s')}"

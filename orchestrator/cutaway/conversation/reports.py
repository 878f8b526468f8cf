"""What became of clips: what a host reports, and what the next order says by itself."""

from __future__ import annotations

from typing import Final, get_args

from cutaway.contract import Stage
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Quote
from cutaway.errors import InputError, NotFoundError
from cutaway.ledger import Operation
from cutaway.ledger.acceptance import ClipOutcome
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.model import Shot, Storyboard
from cutaway.storyboard.versions import Version

OUTCOMES: Final = get_args(ClipOutcome)


async def report(
    services: Services, thread: str, outcome: ClipOutcome, *, shot: str | int | None = None
) -> tuple[str, ...]:
    """Count what became of the head's clips, or of one shot's (by id or number); the operations that were counted anew.

    Where a shot has no final yet, it is its still that was looked at.
    Raises `NotFoundError` for a thread without a film or a shot it does not have, `InputError` for another outcome.
    """
    if outcome not in OUTCOMES:
        raise InputError(f"{outcome!r} is no outcome of a clip.", fix=f"Use {', '.join(OUTCOMES)}.")
    head = await services.versions.head(thread)
    if head is None:
        raise NotFoundError(f"Thread {thread!r} has no film.", fix="Report what became of one that was made.")
    storyboard = await services.versions.storyboard(head)
    shots = tuple(one for number, one in enumerate(storyboard.shots, 1) if shot in (None, one.id, number))
    if not shots:
        known = ", ".join(one.id for one in storyboard.shots)
        raise NotFoundError(f"The film has no shot {shot!r}.", fix=f"It has {known}.")
    counted = []
    for operation, _ in await _made(services, storyboard, shots):
        if services.acceptance and await services.acceptance.report(operation, outcome):
            counted.append(operation.id)
    return tuple(counted)


async def reject_replaced(
    services: Services, quote: Quote, version: Version, storyboard: Storyboard, *, wanted: str = ""
) -> None:
    """Another take, or another model that was asked for by name, rejects the clip before it.

    A shot that was edited says nothing: the wish changed, not what is thought of the clip. Neither does undo, which
    orders nothing.
    """
    plans = {plan.shot_id: plan for plan in quote.shots if plan.change_class in {"generate", "edit"}}
    if services.acceptance is None or version.parent_id is None or not plans:
        return
    before = await services.versions.storyboard(await services.versions.get(quote.thread, version.parent_id))
    takes = {shot.id: shot.take for shot in storyboard.shots}
    again = {shot.id for shot in before.shots if takes.get(shot.id, 0) > shot.take}
    replaced = tuple(shot for shot in before.shots if shot.id in plans and (shot.id in again or wanted))
    for operation, shot in await _made(services, before, replaced):
        # Who names a model for the final says nothing of the model that made the still.
        other = operation.model != wanted and _stage(operation) == plans[shot.id].stage
        if shot.id in again or (wanted and other):
            await services.acceptance.report(operation, "rejected", by="turn")


async def accept_stills(services: Services, quote: Quote, storyboard: Storyboard) -> None:
    """Going on from a still accepts it: its model is counted as kept."""
    onward = {plan.shot_id for plan in quote.shots if plan.change_class == "generate" and plan.stage != "still"}
    shots = tuple(shot for shot in storyboard.shots if shot.id in onward)
    if services.acceptance is None or not shots:
        return
    for operation, _ in await _made(services, storyboard, shots, rungs=("still",)):
        await services.acceptance.report(operation, "accepted", by="turn")


async def _made(
    services: Services, storyboard: Storyboard, shots: tuple[Shot, ...], rungs: tuple[Stage, ...] = ("final", "still")
) -> tuple[tuple[Operation, Shot], ...]:
    """The operations that made what these shots show, each with its shot: of the first of the rungs that is there."""
    keys = {shot.id: [content_key(storyboard, shot, rung) for rung in rungs] for shot in shots}
    assets = await services.ledger.made(services.tenant, [key for several in keys.values() for key in several])
    found: dict[str, tuple[Operation, Shot]] = {}
    for shot in shots:
        asset = next((assets[key] for key in keys[shot.id] if key in assets), None)
        facts = await services.ledger.asset_facts(services.tenant, asset) if asset else None
        operation_id = (facts or {}).get("operation_id")
        if operation_id and operation_id not in found:
            found[operation_id] = await services.ledger.get(operation_id, tenant=services.tenant), shot
    return tuple(found.values())


def _stage(operation: Operation) -> str:
    return str(operation.spec.get("request", {}).get("stage", "final"))

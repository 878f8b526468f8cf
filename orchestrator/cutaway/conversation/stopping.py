"""Stopping what was ordered: a wish, decided once by the ledger, and said with the money at stake."""

from __future__ import annotations

from collections.abc import Sequence

from cutaway.contract import usd
from cutaway.conversation.services import Services
from cutaway.conversation.turn import Stopped
from cutaway.errors import NotFoundError
from cutaway.ledger import Operation, from_micro
from cutaway.ledger.terms import Outcome


async def cancel(services: Services, operation_id: str) -> Stopped:
    """Ask for one operation to stop, and say honestly what that costs. Raises `NotFoundError`."""
    return await _cancel(services, await services.ledger.get(operation_id, tenant=services.tenant))


async def cancel_version(services: Services, thread: str, version_id: str) -> tuple[Stopped, ...]:
    """Ask for everything to stop that is still being made for a version and for no other, the film first."""
    version = await services.versions.get(thread, version_id)
    found = await services.ledger.awaited(services.tenant, version.id)
    ordered = sorted((one for one in found if one.is_open), key=lambda one: one.kind != "cut")
    return tuple([await _cancel(services, one, unless_needed=True, given_up=version.id) for one in ordered])


async def cancel_all(services: Services, version_ids: Sequence[str], *, message_id: str) -> tuple[Stopped, ...]:
    """The same for all versions that one message ordered: what only they need is stopped, films before their shots."""
    found = {one.id: one for version in version_ids for one in await services.ledger.awaited(services.tenant, version)}
    ordered = sorted((one for one in found.values() if one.is_open), key=lambda one: one.kind != "cut")
    return tuple([await _cancel(services, one, unless_needed=True, given_up=message_id) for one in ordered])


async def _cancel(
    services: Services, operation: Operation, *, unless_needed: bool = False, given_up: str = ""
) -> Stopped:
    error = {"code": "cancelled", "message": "It was stopped on request.", "retryable": False}
    done = await services.ledger.cancel(operation.id, error, unless_needed=unless_needed, given_up=given_up)
    if done.outcome == "missing":
        raise NotFoundError(f"There is no operation {operation.id!r}.", fix="`cutaway ops list` shows them.")
    await services.queue.wake(done.ready)
    after = await services.ledger.get(operation.id, tenant=services.tenant)
    return Stopped(operation_id=operation.id, outcome=done.outcome, text=_honest(after, done.outcome))


def _honest(operation: Operation, outcome: Outcome) -> str:
    """What a wish to stop came to, with the money at stake."""
    vendor = operation.model.partition(":")[0]
    at_stake = usd(from_micro(operation.hold_micro - operation.charged_micro))
    match outcome:
        case "cancelled" if operation.charged_micro:
            return f"Stopped; {usd(from_micro(operation.charged_micro))} was charged."
        case "cancelled":
            return "Stopped; nothing was charged."
        case "asked" if operation.hold_micro:
            return f"{vendor} is asked to stop; it may still charge up to {at_stake}."
        case "asked":
            return "It stops at the next frame; nothing was charged."
        case "too_late" if operation.hold_micro:
            return f"Too late: {vendor} has made it, so it is fetched and kept (up to {at_stake})."
        case "too_late":
            return "Too late: it is made already."
        case "in_doubt":
            return (
                f"Nobody can tell whether {vendor} took this order, so there is nothing to stop; {at_stake} stays "
                f"reserved until `cutaway ops resolve {operation.id}`."
            )
        case "needed":
            return "Other work waits for it, so it goes on."
        case _:
            return f"It is {operation.phase} already."

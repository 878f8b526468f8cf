"""Watching every remote operation from one asyncio process: polls by due time, and looks for orders in doubt.

Any number of pollers may run: each leases what it looks at, and every conclusion is checked by the ledger. Polling is
the truth; a webhook only makes a poll due.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Final

from cutaway.contract import Handle, ModelProfile, RemoteProvider, Status
from cutaway.errors import CutawayError, ProviderError
from cutaway.jobs.orders import request_of
from cutaway.jobs.remote import (
    RemoteBench,
    go_on,
    keep,
    order_key,
    owed_micro,
    place,
    profile_of,
    remote_vendor,
)
from cutaway.ledger import Operation

AT_ONCE: Final = 100
IDLE_S: Final = 0.2
POLL_S: Final = 5.0
POLL_ERROR_S: Final = 10.0

log = logging.getLogger(__name__)


async def poll_forever(remote: RemoteBench, *, at_once: int = AT_ONCE) -> None:
    """Look at what is due until cancelled, at most `at_once` side by side; a server that is away is waited for.

    A slow vendor holds back only its own look: whatever else becomes due is looked at meanwhile.
    """
    looks: set[asyncio.Task[None]] = set()
    try:
        while True:
            try:
                due = await remote.submissions.due(at_once - len(looks)) if len(looks) < at_once else ()
            except (CutawayError, OSError) as error:
                log.warning("The poller could not reach the ledger: %s", error)
                due = ()
            for operation in due:
                task = asyncio.create_task(_look(remote, operation))
                looks.add(task)
                task.add_done_callback(looks.discard)
            if len(looks) >= at_once:
                await asyncio.wait(looks, return_when=asyncio.FIRST_COMPLETED)
            elif not due:
                await asyncio.sleep(IDLE_S)
    finally:
        for task in looks:
            task.cancel()
        await asyncio.gather(*looks, return_exceptions=True)


async def poll_once(remote: RemoteBench, *, limit: int = AT_ONCE) -> int:
    """Look at everything that is due now, side by side; gives how many operations were looked at."""
    due = await remote.submissions.due(limit)
    await asyncio.gather(*(_look(remote, operation) for operation in due))
    return len(due)


async def _look(remote: RemoteBench, operation: Operation) -> None:
    try:
        provider, model = remote_vendor(remote, operation.model)
        if operation.phase == "unknown":
            await reconcile(remote, operation, provider, model)
        else:
            await poll(remote, operation, provider, model)
    except ProviderError as error:
        # The look failed, which says nothing about the order.
        delay_s = POLL_ERROR_S if error.retry_after_s is None else error.retry_after_s
        await remote.submissions.found(operation, "waiting", delay_s=delay_s)
    except Exception as error:
        if not isinstance(error, CutawayError | OSError):
            log.exception("Looking at operation %s failed; trying again", operation.id)
        await remote.submissions.found(operation, "waiting", delay_s=POLL_ERROR_S)


async def poll(remote: RemoteBench, operation: Operation, provider: RemoteProvider, model: str) -> None:
    """Ask the vendor how a job stands and book what it says; first pass on a wish to stop."""
    assert operation.handle is not None  # accepted operations have one
    handle = Handle.model_validate(operation.handle)
    if operation.cancel == "asked" and not handle.kept and await _stopped(remote, operation, provider, model, handle):
        return
    status = await _status(provider, handle)
    charged, note = owed_micro(status.cost_usd, operation.hold_micro - operation.charged_micro)
    match status.state:
        case "queued" | "running":
            if operation.accepted_at and _seconds_since(operation.accepted_at) > remote.overdue_s:
                await remote.submissions.found(operation, "overdue")
            delay_s = POLL_S if status.poll_after_s is None else status.poll_after_s
            await remote.submissions.found(operation, "waiting", {"progress": status.progress}, delay_s=delay_s)
        case "succeeded":
            if remote.health:
                await remote.health.done(operation.model, operation.id)
            data = {"outputs": list(status.outputs), "cost_micro": charged, "note": note}
            await remote.queue.wake(await remote.submissions.found(operation, "rendered", data))
        case _:
            # A vendor that failed and names no cost has charged nothing; one that lost the job may have.
            owed = charged if status.cost_usd is not None or status.state == "lost" else 0
            if remote.health and status.state != "cancelled":
                await remote.health.failed(operation.model, operation.id, failure_of(status), stage="job")
            await remote.queue.wake(await go_on(remote, operation, failure_of(status), charged_micro=owed))


async def _status(provider: RemoteProvider, handle: Handle) -> Status:
    """The vendor's answer; a job whose result came with its acceptance needs no question."""
    if handle.kept:
        return Status(state="succeeded", outputs=handle.kept, cost_usd=handle.cost_usd)
    return await provider.poll(handle)


async def _stopped(
    remote: RemoteBench, operation: Operation, provider: RemoteProvider, model: str, handle: Handle
) -> bool:
    """Ask the vendor to stop its job; true when it says it will, and then that is booked.

    What a stopped job costs is the vendor's word: where it only promises its best, the whole hold is booked, since a
    charge that nobody expects is worse than one that turns out smaller.
    """
    profile = profile_of(provider, model)
    level = profile.cancel if profile else "none"
    if level == "none" or not await provider.cancel(handle):
        await remote.submissions.found(operation, "running_on")
        return False
    owed = operation.hold_micro - operation.charged_micro if level == "best_effort" else 0
    said = "it may still charge for it, so all that was reserved is booked" if owed else "it charges nothing for it"
    error = {"code": "cancelled", "message": f"The vendor stopped this job; {said}.", "retryable": False}
    await remote.queue.wake(await remote.ledger.fail(operation, error, charged_micro=owed))
    return True


async def reconcile(remote: RemoteBench, operation: Operation, provider: RemoteProvider, model: str) -> None:
    """Find out what became of an order in doubt, as far as its vendor allows.

    "deduplicates": placing it again under the same key is the question and the answer. "findable" and "listable": it is
    looked for; not there after the settle window means it was not taken. "blind": a person decides.
    """
    profile = profile_of(provider, model)
    tier = profile.submit_tier if profile else "blind"
    if tier == "deduplicates":
        await remote.queue.wake(await remote.submissions.found(operation, "ask_again", {"code": "same_key"}))
        return
    if profile is None or tier not in {"findable", "listable"}:
        await remote.queue.wake(await remote.submissions.found(operation, "parked", parked_note(operation, profile)))
        return
    first_seen = remote.watched.setdefault((operation.id, operation.fence), remote.monotonic())
    watched_s = remote.monotonic() - first_seen
    # Longer than the order can still be on its way, and than a vendor takes to list what it has.
    wait_s = remote.settle_s + profile.find_lag_s - watched_s
    if wait_s > 0:
        await remote.submissions.found(operation, "waiting", delay_s=wait_s)
        return
    request = request_of(operation)
    # The server's clock wrote the intent; should it have run ahead, the doubt was seen at this time at the latest.
    seen_at = datetime.now(UTC) - timedelta(seconds=watched_s + remote.settle_s)
    since = min(operation.intent_at or seen_at, seen_at)
    handle = await provider.find(model, request, order_key(operation), since=since)
    remote.watched.pop((operation.id, operation.fence), None)
    if handle is not None:
        await keep(remote, operation, handle)
        return
    await remote.queue.wake(await remote.submissions.found(operation, "unsent", {"code": "not_found"}))


def _seconds_since(moment: datetime) -> float:
    return (datetime.now(UTC) - moment).total_seconds()


def parked_note(operation: Operation, profile: ModelProfile | None) -> dict[str, object]:
    """What a person is told about an order nobody can look up."""
    vendor = operation.model.partition(":")[0]
    return {
        "code": "may_have_been_charged",
        "message": f"Nobody can tell whether {vendor} took this order; it may have been charged.",
        "fix": f"Look at {vendor}'s own list, then `cutaway ops resolve {operation.id} --taken` or `--not-taken`.",
        "retryable": False,
        "model": profile.id if profile else operation.model,
    }


def failure_of(status: Status) -> ProviderError:
    """A job's end as the error it is."""
    failure = status.failure
    if failure is None:
        return ProviderError(f"The vendor ended the job as {status.state}.", kind="provider")
    return ProviderError(failure.message, kind=failure.kind, retryable=failure.retryable)


__all__ = ["place", "poll_forever", "poll_once"]

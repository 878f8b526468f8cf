"""Watching every remote operation from one asyncio process: polls by due time, and looks for orders in doubt.

Any number of pollers may run: each leases what it looks at, and every conclusion is checked by the ledger. Polling is
the truth; a webhook only makes a poll due.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Final

from cutaway.contract import GenerationRequest, Handle, ModelProfile, RemoteProvider, Status
from cutaway.errors import CutawayError, ProviderError
from cutaway.jobs.remote import (
    FIRST_POLL_S,
    RemoteBench,
    go_on,
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
LOOKS: Final = 5

log = logging.getLogger(__name__)


async def poll_forever(remote: RemoteBench) -> None:
    """Look at what is due until cancelled; a server that is away is waited for."""
    while True:
        try:
            looked = await poll_once(remote)
        except (CutawayError, OSError) as error:
            log.warning("The poller could not reach the ledger: %s", error)
            looked = 0
        if not looked:
            await asyncio.sleep(IDLE_S)


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
            await poll(remote, operation, provider)
    except ProviderError as error:
        # The look failed, which says nothing about the order.
        delay_s = POLL_ERROR_S if error.retry_after_s is None else error.retry_after_s
        await remote.submissions.found(operation, "waiting", delay_s=delay_s)
    except Exception:
        log.exception("Looking at operation %s failed; trying again", operation.id)
        await remote.submissions.found(operation, "waiting", delay_s=POLL_ERROR_S)


async def poll(remote: RemoteBench, operation: Operation, provider: RemoteProvider) -> None:
    """Ask the vendor how a job stands and book what it says."""
    assert operation.handle is not None  # accepted operations have one
    status = await provider.poll(Handle.model_validate(operation.handle))
    charged, note = owed_micro(status.cost_usd, operation.hold_micro - operation.charged_micro)
    match status.state:
        case "queued" | "running":
            delay_s = POLL_S if status.poll_after_s is None else status.poll_after_s
            await remote.submissions.found(operation, "waiting", {"progress": status.progress}, delay_s=delay_s)
        case "succeeded":
            data = {"outputs": list(status.outputs), "cost_micro": charged, "note": note}
            await remote.queue.wake(await remote.submissions.found(operation, "rendered", data))
        case _:
            # A vendor that failed and names no cost has charged nothing; one that lost the job may have.
            owed = charged if status.cost_usd is not None or status.state == "lost" else 0
            await remote.queue.wake(await go_on(remote, operation, failure_of(status), charged_micro=owed))


async def reconcile(remote: RemoteBench, operation: Operation, provider: RemoteProvider, model: str) -> None:
    """Find out what became of an order in doubt, as far as its vendor allows.

    "deduplicates": placing it again under the same key is the question and the answer. "findable" and "listable": it is
    looked for; not there after the settle window means it was not taken. "blind": a person decides.
    """
    profile = profile_of(provider, model)
    tier = profile.submit_tier if profile else "blind"
    request = GenerationRequest.model_validate(operation.spec["request"])
    if tier == "deduplicates":
        await remote.queue.wake(await remote.submissions.found(operation, "unsent", {"code": "same_key"}))
        return
    if profile is not None and tier in {"findable", "listable"}:
        # A vendor that lists late must not be taken for one that has nothing.
        wait_s = remote.settle_s + profile.find_lag_s - _age_s(operation)
        if profile.find_lag_s and wait_s > 0:
            await remote.submissions.found(operation, "waiting", delay_s=wait_s)
            return
        handle = await provider.find(model, request, order_key(operation), since=operation.intent_at)
        if handle is not None:
            await remote.submissions.accept(operation, handle.model_dump(mode="json"), poll_after_s=FIRST_POLL_S)
            return
        await remote.queue.wake(await remote.submissions.found(operation, "unsent", {"code": "not_found"}))
        return
    await remote.submissions.found(operation, "parked", parked_note(operation, profile))


def _age_s(operation: Operation) -> float:
    """Seconds since the order was about to leave."""
    return 0.0 if operation.intent_at is None else (datetime.now(UTC) - operation.intent_at).total_seconds()


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

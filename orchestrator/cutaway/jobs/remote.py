"""Placing one remote order: the intent is written first, the bytes leave once, and every outcome has its place.

accepted  the vendor's handle is kept and polled
refused   surely not taken: tried again later, handed to the next candidate, or failed
unknown   anything else: the hold stays, the order is looked for, and it is never sent again by itself
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from cutaway.contract import Handle, ModelProfile, Placing, Provider, RemoteProvider
from cutaway.errors import (
    CutawayError,
    ProviderError,
    StaleLeaseError,
    StoreError,
    SubmitUnknownError,
    UnreachableError,
)
from cutaway.jobs.inputs import inputs_at_hand
from cutaway.jobs.orders import request_of
from cutaway.jobs.queue import JobQueue
from cutaway.ledger import Ledger, Operation, Wake
from cutaway.ledger.submissions import Submissions
from cutaway.media.store import AssetStore
from cutaway.routing import split_model_id

FIRST_POLL_S: Final = 2.0
RETRY_AFTER_S: Final = 5.0

log = logging.getLogger(__name__)


def steady_s() -> float:
    """Seconds by a clock that never jumps and, where the system has one, goes on while the machine sleeps.

    A laptop that sleeps between the intent and the request must find its lease over when it wakes.
    """
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


def _nobody_listens(provider: str, key: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class RemoteBench:
    """What placing and watching remote orders works with.

    `settle_s` is how long an order in doubt is watched before "not there" may mean "never taken". It is measured by
    this process's own `monotonic` clock from the first sight of the doubt (`watched`), so that no jump of the server's
    clock can cut it short.
    """

    ledger: Ledger
    submissions: Submissions
    providers: Mapping[str, Provider]
    queue: JobQueue
    owner: str
    settle_s: float
    monotonic: Callable[[], float] = steady_s
    watched: dict[tuple[str, int], float] = field(default_factory=dict)
    overdue_s: float = 6 * 3600.0
    """A vendor's job that takes longer than this is reported once; it stays open, since it may be charged."""
    store: AssetStore | None = None
    """Where the inputs of orders are, and where results go that come with an answer."""
    webhook_url: Callable[[str, str], str] = _nobody_listens
    """Where a vendor may report about an order, from the provider's name and the order's key; '' for nowhere."""


async def place(remote: RemoteBench, operation_id: str) -> None:
    """Take the order of a ready operation and place it; does nothing when there is nothing to place."""
    begun = remote.monotonic()
    taken = await remote.submissions.take(operation_id, owner=remote.owner, what="place")
    await remote.queue.wake(taken.ready)
    if taken.operation is not None:
        await place_taken(remote, taken.operation, begun=begun)


async def place_taken(remote: RemoteBench, operation: Operation, *, begun: float) -> None:
    """Place the order whose intent is written. `begun` is when it was asked for, by `remote.monotonic`."""
    lease_s, send_s = remote.submissions.lease_ms / 1000, remote.submissions.send_ms / 1000

    def still_ours() -> None:
        # Checked in the last instruction before the bytes leave: a worker that slept through its lease sends nothing.
        if remote.monotonic() - begun > min(lease_s, send_s):
            raise StaleLeaseError(f"The lease of operation {operation.id} ran out before the order was sent.")

    try:
        provider, model = remote_vendor(remote, operation.model)
        request, key = request_of(operation), order_key(operation)
        inputs = await inputs_at_hand(remote.store, request)
        placing = Placing(key, still_ours, inputs, _keeping(remote), remote.webhook_url(provider.name, key))
        async with asyncio.timeout(send_s):
            handle = await provider.submit(model, request, placing)
    except StaleLeaseError:
        return  # nothing was sent; the sweeper finds the silent submission and it is looked for
    except SubmitUnknownError as error:
        await remote.queue.wake(await remote.submissions.doubt(operation, error.data()))
    except ProviderError as error:
        await refused(remote, operation, error)
    except Exception as error:
        data = {"code": "submit_unknown", "message": f"{type(error).__name__} while the order was placed."}
        log.warning("Operation %s: %s while it was placed; its outcome is unknown", operation.id, type(error).__name__)
        await remote.queue.wake(await remote.submissions.doubt(operation, data))
    else:
        await keep(remote, operation, handle)


def _keeping(remote: RemoteBench) -> Callable[[bytes], Awaitable[str]]:
    async def keep_bytes(content: bytes) -> str:
        if remote.store is None:
            raise StoreError("This worker has no store to keep a result in.")
        return await remote.store.put(content)

    return keep_bytes


async def keep(remote: RemoteBench, operation: Operation, handle: Handle) -> None:
    """Book the vendor's job. One that the ledger went on without is a double; it is on record there."""
    first_s = 0.0 if handle.kept else FIRST_POLL_S
    accepted = await remote.submissions.accept(operation, handle.model_dump(mode="json"), poll_after_s=first_s)
    if not accepted.kept:
        log.error("Operation %s went on elsewhere; %s made it too", operation.id, handle.native_id)
    await remote.queue.wake(accepted.ready)


async def refused(remote: RemoteBench, operation: Operation, error: ProviderError) -> None:
    """An order that was surely not taken: later again, the next candidate, or the end."""
    _name(error, split_model_id(operation.model)[0])
    if error.retryable:
        delay_s = RETRY_AFTER_S if error.retry_after_s is None else error.retry_after_s
        woken = await remote.ledger.fail(operation, error.data(), again=True, delay_ms=round(delay_s * 1000))
    else:
        woken = await go_on(remote, operation, error, charged_micro=0)
    await remote.queue.wake(woken)


def _name(error: ProviderError, vendor: str) -> None:
    """Say which instance a failure happened to and what to do about it, for people with several of them."""
    if not re.search(rf"\b{re.escape(vendor)}\b", error.message):
        error.message = f"{vendor}: {error.message}"
    check = f"cutaway providers check {vendor}"
    if error.fix:
        return
    if isinstance(error, UnreachableError):
        error.fix = f"Correct its base_url or the way there, then run: {check}"
    elif error.kind == "auth":
        error.fix = f"Correct its key, then run: {check}"
    elif error.kind == "not_found":
        error.fix = f"Check its base_url and the model's name, then run: {check}"


async def go_on(
    remote: RemoteBench, operation: Operation, error: CutawayError, *, charged_micro: int
) -> tuple[Wake, ...]:
    """After a verified failure: the next candidate that the hold still covers, else the operation failed.

    A refusal for content is never shopped around: it ends here, and the person is asked.
    """
    if getattr(error, "kind", "") != "policy":
        offers = operation.spec.get("offers", [])[operation.candidate + 1 :]
        if offers:
            woken = await remote.submissions.fall_back(
                operation,
                error.data(),
                charged_micro=charged_micro,
                model=offers[0]["model"],
                hold_micro=offers[0]["hold_micro"],
                queue=offers[0]["queue"],
                dearest_micro=max(offer["hold_micro"] for offer in offers),
                scope=operation.spec.get("provider_scopes", {}).get(split_model_id(offers[0]["model"])[0]),
            )
            if woken is not None:
                return woken
    return await remote.ledger.fail(operation, error.data(), charged_micro=charged_micro)


def order_key(operation: Operation) -> str:
    """The key a vendor may de-duplicate by: the same for every try of an order, new after each sure refusal."""
    return f"{operation.id}-{operation.submission}"


def remote_vendor(remote: RemoteBench, model_id: str) -> tuple[RemoteProvider, str]:
    """The vendor and model behind `provider:model`. Raises `ProviderError` when this process has none."""
    name, model = split_model_id(model_id)
    provider = remote.providers.get(name)
    if not isinstance(provider, RemoteProvider):
        raise ProviderError(
            f"This worker has no remote provider {name!r}.", kind="unsupported", fix="Configure it where workers run."
        )
    return provider, model


def profile_of(provider: Provider, model: str) -> ModelProfile | None:
    """The profile of one of a provider's models, or None."""
    return next((profile for profile in provider.profiles() if profile.id == model), None)


def owed_micro(cost: Any, hold_micro: int) -> tuple[int, str]:
    """A vendor's figure as micro-USD and what to note about it; the hold where the figure cannot be believed."""
    if cost is None:
        return hold_micro, ""
    try:
        amount = Decimal(str(cost)) * 1_000_000
        believable = amount.is_finite() and 0 <= amount <= max(hold_micro, 1_000_000) * 1_000
    except (InvalidOperation, ValueError):
        believable = False
    if not believable:
        return hold_micro, f"The vendor reported a cost of {cost!s:.40}; the reserved amount is booked instead."
    return round(amount), ""

"""The ledger: operations and the money held for them. Every move is one Lua script.

The scripts live in `scripts/`; this file only names their arguments and turns refusals into errors. Nothing here
renders, waits or talks to a queue: callers wake workers for the ids that come back as ready.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, Literal

from cutaway.contract import usd
from cutaway.errors import BudgetError, ConflictError, StaleLeaseError, StoreError
from cutaway.ledger.operation import Operation, Order, from_micro, read_row
from cutaway.ledger.readings import Readings
from cutaway.ledger.terms import Cancelled, Crew, Dispatched, Part, Scope, Taken, Wake, wakes

if TYPE_CHECKING:
    from redis.asyncio import Redis

LEASE_MS: Final = 4_000
"""With the sweeper's beat, an orphan is back in line within five seconds."""
SEND_MS: Final = 60_000
MARGIN_MS: Final = 10_000
RENEW_EVERY_S: Final = 1.0
MAX_ATTEMPTS: Final = 3
MAX_SUBMISSIONS: Final = 5
MAX_FETCHES: Final = 12
"""What is rendered is paid for, so fetching it is given up late: with the pauses between, after about seven minutes."""
SWEEP_AGAIN_MS: Final = 1_000
MAX_REASON_CHARS: Final = 300
CREW_TTL_MS: Final = 3_000
REPLICAS_WITHIN_MS: Final = 2_000


@functools.cache
def script_text(name: str) -> str:
    """The Lua of one file of `scripts/`, as it stands there."""
    return (resources.files("cutaway.ledger") / "scripts" / f"{name}.lua").read_text()


def settle_window_ms(send_ms: int) -> int:
    """Longer than any order can still be on its way: a lease, the send deadline, and a margin."""
    return LEASE_MS + send_ms + MARGIN_MS


class Ledger(Readings):
    """Operations of every tenant in one Redis."""

    def __init__(self, redis: Redis, *, replicas: int = 0) -> None:
        """A view on `redis`.

        With `replicas` every move waits until that many replicas have it; one that they do not take raises
        `StoreError`, and what depended on it (a paid order above all) does not happen.
        """
        super().__init__(redis)
        self._replicas = replicas
        self._scripts: dict[str, Any] = {}

    def source(self, name: str) -> str:
        """The Lua of one script, with what all of them share.

        When memory is full, new orders are refused; whatever brings open work to its end still goes through.
        """
        flags = "" if name == "dispatch" else " flags=allow-oom"
        parts = ("common", "reserve", name) if name == "dispatch" else ("common", name)
        return f"#!lua{flags}\n" + "".join(script_text(part) for part in parts)

    async def run(self, name: str, *args: object) -> Any:
        """Run the script `name` of this room; for the room's own files. Raises `StoreError` when memory is full."""
        from redis.exceptions import OutOfMemoryError

        script = self._scripts.get(name)
        if script is None:
            script = self._scripts[name] = self._redis.register_script(self.source(name))
        try:
            if self._replicas:
                return await self._run_on_replicas(script, name, [str(a) for a in args])
            return await script(keys=[], args=[str(a) for a in args])
        except OutOfMemoryError as error:
            raise StoreError(
                "The server's memory is full, so it takes no new orders; nothing was started.",
                fix="Raise maxmemory or free some; work under way goes on.",
            ) from error

    async def _run_on_replicas(self, script: Any, name: str, args: list[str]) -> Any:
        # WAIT speaks of the connection's own writes, so both go down one connection.
        async with self._redis.pipeline(transaction=False) as pipe:
            await script(keys=[], args=args, client=pipe)
            pipe.execute_command("WAIT", self._replicas, REPLICAS_WITHIN_MS)
            answer, reached = await pipe.execute()
        if reached < self._replicas:
            raise StoreError(
                f"Only {reached} of {self._replicas} replicas confirmed `{name}` within {REPLICAS_WITHIN_MS} ms.",
                fix="Check the replicas; nothing that depends on this was sent.",
            )
        return answer

    async def dispatch(
        self,
        orders: Sequence[Order],
        *,
        tenant: str,
        thread: str,
        version_id: str,
        quote_id: str,
        message_id: str,
        cut_key: str,
        scopes: Sequence[Scope] = (),
        providers: Mapping[str, Scope] | None = None,
        clip_limit_micro: int | None = None,
    ) -> Dispatched:
        """Write one version's operations with their holds; `dispatch_all` says how."""
        part = Part(orders, thread, version_id, quote_id, message_id, cut_key)
        return await self.dispatch_all(
            [part], tenant=tenant, scopes=scopes, providers=providers, clip_limit_micro=clip_limit_micro
        )

    async def dispatch_all(
        self,
        parts: Sequence[Part],
        *,
        tenant: str,
        scopes: Sequence[Scope] = (),
        providers: Mapping[str, Scope] | None = None,
        clip_limit_micro: int | None = None,
    ) -> Dispatched:
        """Write the operations of one or many versions with their holds, in one step, all or nothing.

        Every order counts against `scopes`, and against the scope of its provider where `providers` has one; none may
        hold more than `clip_limit_micro`. Repeating it changes nothing. Raises `BudgetError` naming the first budget
        without room, and `ConflictError` for a known id with other content; then nothing was written.
        """
        request: dict[str, Any] = {
            "tenant": tenant,
            "limits_key": limits_key(tenant),
            "scopes": [asdict(scope) for scope in scopes],
            "providers": {name: asdict(scope) for name, scope in (providers or {}).items()},
            "parts": [_part_json(part) for part in parts],
        }
        if clip_limit_micro is not None:
            request["clip_limit_micro"] = clip_limit_micro
        answer = json.loads(await self.run("dispatch", json.dumps(request)))
        if conflict := answer.get("conflict"):
            raise ConflictError(f"Operation {conflict} exists already and is another order.", fix="Use another id.")
        if refused := answer.get("refused"):
            raise _no_room(refused)
        return Dispatched(wakes(answer["ready"]), dict(answer["operations"] or {}), frozenset(answer["made"] or ()))

    async def claim(self, operation_id: str, *, owner: str, lease_ms: int = LEASE_MS) -> Operation | None:
        """Take ready (or orphaned) work to be made here, under a new fence; None when there is nothing to do."""
        return (await self.take(operation_id, owner=owner, lease_ms=lease_ms, what="make")).operation

    async def take(
        self,
        operation_id: str,
        *,
        owner: str,
        lease_ms: int = LEASE_MS,
        send_ms: int = SEND_MS,
        what: Literal["make", "place", "any"] = "any",
    ) -> Taken:
        """Take an operation under a new fence: in phase "submitting" it is to be placed, else to be made here.

        What this writes for an order to be placed is its durable intent. An operation that wore out its attempts is
        ended here, so that a poisonous one cannot go round for ever.
        """
        answer = json.loads(
            await self.run(
                "claim", operation_id, owner, what, lease_ms, MAX_ATTEMPTS, send_ms, MAX_SUBMISSIONS, MAX_FETCHES
            )
        )
        if row := answer.get("claimed"):
            return Taken(read_row({k: str(v) for k, v in row.items()}))
        woken = wakes(answer.get("ready"))
        if answer["refused"] == "worn_out":
            operation = await self.get(operation_id)
            woken += await self.fail(operation, _worn_out(operation), charged_micro=operation.owed_micro)
        return Taken(None, woken)

    async def renew(
        self, operation: Operation, progress: float, *, announce: bool = True, lease_ms: int = LEASE_MS
    ) -> bool:
        """Keep the lease and say how far the work is (0 to 1); False when somebody asked to stop it.

        Raises `StaleLeaseError` when the lease is lost.
        """
        kept = await self.run("renew", operation.id, operation.fence, lease_ms, f"{progress:.4f}", int(announce))
        if not kept:
            raise StaleLeaseError(f"Another worker holds operation {operation.id} now.")
        return int(kept) == 1

    async def finish(
        self,
        operation: Operation,
        *,
        asset: str,
        facts: Mapping[str, Any],
        notes: Sequence[str] = (),
        charged_micro: int = 0,
    ) -> tuple[Wake, ...]:
        """Book the result once and settle; gives the operations this releases. Raises `StaleLeaseError`."""
        answer = json.loads(
            await self.run(
                "finish",
                operation.id,
                operation.fence,
                asset,
                charged_micro,
                json.dumps(dict(facts)),
                json.dumps(list(notes)),
            )
        )
        if answer.get("stale"):
            raise StaleLeaseError(f"Operation {operation.id} is no longer this worker's; its result is thrown away.")
        return wakes(answer["ready"])

    async def fail(
        self,
        operation: Operation,
        error: Mapping[str, Any],
        *,
        again: bool = False,
        counts: bool = True,
        charged_micro: int = 0,
        delay_ms: int = 0,
    ) -> tuple[Wake, ...]:
        """End this attempt: back after `delay_ms` (`again`), or failed for good, which cancels what waits for it."""
        answer = json.loads(
            await self.run(
                "fail",
                operation.id,
                operation.fence,
                json.dumps(dict(error)),
                int(again),
                charged_micro,
                int(counts),
                delay_ms,
            )
        )
        return () if answer.get("stale") else wakes(answer["ready"])

    async def cancel(
        self, operation_id: str, error: Mapping[str, Any], *, unless_needed: bool = False, given_up: str = ""
    ) -> Cancelled:
        """Ask for an operation to stop; what then happens is decided once, by the ledger.

        `unless_needed` leaves it alone when other open work waits for it. `given_up` names a version, or a
        message with all its versions, that waits for it no more: the last that gives it up ends it.
        """
        text = json.dumps(dict(error))
        answer = json.loads(await self.run("cancel", operation_id, text, int(unless_needed), given_up))
        return Cancelled(answer["outcome"], wakes(answer["ready"]))

    async def resolve(
        self, operation: Operation, error: Mapping[str, Any], *, taken: bool, cost_micro: int | None = None
    ) -> tuple[Wake, ...] | None:
        """Book what a person found out about an order in doubt; None when it is in doubt no longer.

        `cost_micro` is what the vendor charged for it; without it the whole hold counts.
        """
        cost = -1 if cost_micro is None else cost_micro
        answer = json.loads(await self.run("resolve", operation.id, int(taken), cost, json.dumps(dict(error))))
        return wakes(answer["ready"]) if answer["applied"] else None

    async def count_doubts(self, *, older_than_s: float, limit: int = 100) -> int:
        """Count orders in doubt for longer than this as charged in full, reversibly; gives how many."""
        return int(await self.run("count", limit, round(older_than_s * 1000)))

    async def put_off_until(self, begins: Mapping[str, datetime]) -> int:
        """Move when work that waits for its time may begin (aware, by operation id); gives how many moved.

        What does not wait for its time any more stays as it is.
        """
        if not begins:
            return 0
        at_ms = {name: round(at.timestamp() * 1000) for name, at in begins.items()}
        return int(await self.run("later", json.dumps(at_ms)))

    async def nudge(self, provider: str, native_id: str) -> bool:
        """Make the poll of a vendor's job due now; False when no open operation has it."""
        return bool(await self.run("nudge", provider, native_id))

    async def load(self, queue: str) -> tuple[int, int, int]:
        """The live workers of a queue, how many of them work, and how many operations wait for one."""
        workers, busy, waiting = await self.run("load", queue)
        return int(workers), int(busy), int(waiting)

    async def set_caps(self, caps: Mapping[str, int]) -> None:
        """How many operations may be under way at once: `tenant` (each), `tenant:NAME`, `provider:NAME`."""
        async with self._redis.pipeline(transaction=True) as pipe:
            await pipe.delete("cutaway:caps")
            if caps:
                await pipe.hset("cutaway:caps", mapping={name: str(cap) for name, cap in caps.items()})
            await pipe.execute()

    async def sweep(
        self, limit: int = 100, *, crew: Crew | None = None, waiting: Mapping[str, Sequence[str]] | None = None
    ) -> tuple[Wake, ...]:
        """What to put before workers now: work nobody does although its time has come, and whatever has room.

        `crew` says which workers live; `waiting` names the operations that lie in each queue, so that only a lost
        wake-up is repeated (without it, every one that was not answered in two seconds).
        """
        crew_json = json.dumps(asdict(crew) | {"ttl_ms": CREW_TTL_MS}) if crew else ""
        waiting_json = "" if waiting is None else json.dumps({name: list(ids) for name, ids in waiting.items()})
        return wakes(json.loads(await self.run("sweep", limit, SWEEP_AGAIN_MS, crew_json, waiting_json)))


def limits_key(tenant: str) -> str:
    """The hash in which people keep a tenant's lowered limits, micro-USD by `scope` or `scope:who`."""
    return f"cutaway:{tenant}:limits"


def _part_json(part: Part) -> dict[str, Any]:
    orders = [
        order.model_dump(mode="json", exclude={"spec", "tags"})
        | {"spec": json.dumps(order.spec, sort_keys=True), "tags": json.dumps(list(order.tags))}
        for order in part.orders
    ]
    named = {name: getattr(part, name) for name in ("thread", "version_id", "quote_id", "message_id", "cut_key")}
    return named | {"operations": orders}


def _no_room(refused: Mapping[str, Any]) -> BudgetError:
    left, needed, limit = (
        from_micro(max(0, refused[name])) for name in ("headroom_micro", "needed_micro", "limit_micro")
    )
    has = f"allows {usd(limit)}" if refused["budget"] == "clip" else f"has {usd(left)} of {usd(limit)} left"
    return BudgetError(
        f"The {refused['budget']} budget {has} and this needs up to {usd(needed)}; nothing was started.",
        budget=refused["budget"],
        headroom_micro=refused["headroom_micro"],
        needed_micro=refused["needed_micro"],
        fix="Choose fewer or cheaper shots, or raise the budget.",
    )


def _worn_out(operation: Operation) -> dict[str, Any]:
    """Why an operation is taken out of the line for good."""
    refused = operation.queue == "io" and operation.phase == "ready"
    if refused and operation.doubtful:
        message = f"It was asked for {MAX_SUBMISSIONS} times without a clear answer; it may have been charged."
        return {"code": "may_have_been_charged", "message": message, "retryable": False}
    vendor, error = operation.model.partition(":")[0], operation.error or {}
    if refused:
        tried = (
            f"{vendor} could not be reached in {MAX_SUBMISSIONS} tries"
            if error.get("code") == "unreachable"
            else f"The order to {vendor} was refused {MAX_SUBMISSIONS} times"
        )
    elif operation.phase == "rendered":
        tried = f"Its result could not be fetched from {vendor} in {MAX_FETCHES} tries"
    else:
        message = f"It ended {MAX_ATTEMPTS} workers without a result, so it is not tried again."
        return {"code": "worn_out", "message": message, "retryable": False}
    # The last failure stays in the row while it waits; its words were cleaned where they came in.
    reason = str(error.get("message", "")).removeprefix(f"{vendor}: ").strip()[:MAX_REASON_CHARS].rstrip(".")
    return {
        "code": "worn_out",
        "message": f"{tried}: {reason}." if reason else f"{tried}.",
        "fix": str(error.get("fix", "")) or f"Run: cutaway providers check {vendor}",
        "retryable": False,
        "kind": str(error.get("kind", "provider")),
    }

"""Doing one operation: claim it, make the file, check it against the order, store it, book it.

The worker may be killed at any line. Nothing it leaves behind counts: the lease runs out, another worker makes the
file again, and only a holder of the current fence can book a result.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cutaway.contract import LocalProvider, Provider
from cutaway.errors import CutawayError, ProviderError, StaleLeaseError, StoppedError
from cutaway.jobs.queue import JobQueue
from cutaway.ledger import Ledger, Operation, Wake
from cutaway.ledger.ledger import MAX_ATTEMPTS, RENEW_EVERY_S
from cutaway.ledger.speeds import Speeds
from cutaway.media.store import AssetStore
from cutaway.routing import split_model_id

FETCH_AGAIN_MS: Final = 2_000
FETCH_PAUSE_MS: Final = 60_000
"""The first and the longest pause between two tries to fetch a result; each is twice the one before."""
ATTEMPT_S: Final = 1_800.0
"""Seconds one attempt may take; a worker that does not even hear that is killed by RQ a minute later."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker works with. `make` replaces how an operation's file is made."""

    ledger: Ledger
    store: AssetStore
    providers: Mapping[str, Provider]
    scratch: Path
    queue: JobQueue
    owner: str
    make: Callable[[Bench, Work, Path], Awaitable[Made]] | None = None
    attempt_s: float = ATTEMPT_S
    speeds: Speeds | None = None
    """Where it is counted how long vendors take."""
    font: Path | None = None
    """The font of all words on pictures, instead of the built-in ones."""


@dataclass(slots=True)
class Work:
    """One running operation: how far it is, and whether it should stop."""

    operation: Operation
    stopping: Callable[[], bool]
    share: float = 0.0
    lost: bool = False
    unwanted: bool = False
    ends_at: float = math.inf
    """When this attempt has taken too long, by `time.monotonic`."""

    def progress(self, share: float) -> None:
        """Note the finished share, 0 to 1."""
        self.share = max(self.share, min(1.0, share))

    def cancelled(self) -> bool:
        """True when the work should stop at the next frame."""
        return self.lost or self.unwanted or self.late() or self.stopping()

    def late(self) -> bool:
        """True when the attempt has taken longer than any should."""
        return time.monotonic() > self.ends_at


@dataclass(frozen=True, slots=True)
class Made:
    """A finished, checked and stored file."""

    asset: str
    facts: dict[str, Any]
    notes: tuple[str, ...] = ()
    charged_micro: int = 0


async def run_operation(bench: Bench, operation_id: str, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do the operation if it is ready; does nothing when somebody else does it or it is done."""
    taken = await bench.ledger.take(operation_id, owner=bench.owner, what="make")
    await bench.queue.wake(taken.ready)
    if taken.operation is not None:
        await run_taken(bench, taken.operation, stopping=stopping)


async def run_taken(bench: Bench, operation: Operation, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Do an operation that this worker has taken."""
    work = Work(operation, stopping, ends_at=time.monotonic() + bench.attempt_s)
    try:
        async with _lease(bench, work), _scratch(bench) as folder:
            made = await _make(bench, work, folder)
        woken = await bench.ledger.finish(
            operation, asset=made.asset, facts=made.facts, notes=made.notes, charged_micro=made.charged_micro
        )
        if bench.speeds and operation.handle:
            await bench.speeds.count(operation)
    except StaleLeaseError:
        log.info("Operation %s is another worker's now; this result is dropped.", operation.id)
        return
    except StoppedError as error:
        if work.lost:
            return
        if work.unwanted:
            stopped = {"code": "cancelled", "message": "It was stopped on request; nothing was charged."}
            woken = await _end(bench, operation, stopped, again=False)
        elif work.late():
            woken = await _end(bench, operation, _too_slow(bench), again=operation.attempts < MAX_ATTEMPTS)
        else:  # the worker is leaving; another one takes it from here
            woken = await bench.ledger.fail(operation, error.data(), again=True, counts=False)
    except CutawayError as error:
        woken = await _end(bench, operation, error.data(), again=error.retryable and operation.attempts < MAX_ATTEMPTS)
    except OSError as error:
        woken = await _end(bench, operation, _os_error(error), again=False)
    except Exception as error:
        log.exception("Operation %s ended in an unexpected error", operation.id)
        data = {"code": "internal", "message": f"{type(error).__name__}: {error}", "fix": "", "retryable": False}
        woken = await _end(bench, operation, data, again=False)
    await bench.queue.wake(woken)


async def _end(bench: Bench, operation: Operation, error: dict[str, Any], *, again: bool) -> tuple[Wake, ...]:
    """An attempt without a result. What a vendor has rendered is fetched again: it is paid for and not lost yet."""
    if operation.phase == "rendered":
        delay_ms = min(FETCH_AGAIN_MS * 2 ** max(0, operation.fetches - 1), FETCH_PAUSE_MS)
        return await bench.ledger.fail(operation, error, again=True, delay_ms=delay_ms)
    return await bench.ledger.fail(operation, error, again=again)


async def _make(bench: Bench, work: Work, folder: Path) -> Made:
    if bench.make is not None:
        return await bench.make(bench, work, folder)
    from cutaway.jobs.make import make_cut, make_shot

    if work.operation.kind == "cut":
        return await make_cut(bench, work, folder)
    return await make_shot(bench, work, folder)


def local_artist(bench: Bench, model_id: str) -> tuple[LocalProvider, str]:
    """The artist and model behind `provider:model`. Raises `ProviderError` when this worker has none."""
    name, model = split_model_id(model_id)
    provider = bench.providers.get(name)
    if provider is None:
        raise ProviderError(
            f"This worker has no provider {name!r}.", kind="unsupported", fix="Install its adapter where workers run."
        )
    if not isinstance(provider, LocalProvider):
        raise ProviderError(f"{name!r} is a remote provider; this worker only draws.", kind="unsupported")
    return provider, model


@contextlib.asynccontextmanager
async def _lease(bench: Bench, work: Work) -> AsyncIterator[None]:
    """Renew the lease and report progress about once a second while the body runs."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(RENEW_EVERY_S)
            try:
                work.unwanted = not await bench.ledger.renew(work.operation, work.share)
            except StaleLeaseError:
                work.lost = True
                return
            except Exception:  # a server that is away for a moment; the lease decides, not this report
                log.warning("Could not renew operation %s; trying again", work.operation.id, exc_info=True)

    keeper = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await keeper


@contextlib.asynccontextmanager
async def _scratch(bench: Bench) -> AsyncIterator[Path]:
    """A private folder that is gone afterwards."""
    bench.scratch.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="op-", dir=bench.scratch))
    try:
        yield folder
    finally:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


def _too_slow(bench: Bench) -> dict[str, Any]:
    return {
        "code": "deadline",
        "message": f"It was not done within {bench.attempt_s:.0f} s.",
        "fix": "Ask for a shorter shot or another model.",
        "retryable": True,
    }


def _os_error(error: OSError) -> dict[str, Any]:
    where = f" ({error.filename})" if error.filename else ""
    return {
        "code": "store",
        "message": f"The disk refused: {error.strerror or error}{where}.",
        "fix": "Free some space or set CUTAWAY_DATA_DIR to another disk, then ask again.",
        "retryable": False,
    }

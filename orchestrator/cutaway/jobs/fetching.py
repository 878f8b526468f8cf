"""Fetching what a vendor rendered into a scratch file; it is checked against the order afterwards, like any other."""

from __future__ import annotations

import asyncio
import shutil
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cutaway.contract import Handle, RemoteProvider, Rendered
from cutaway.errors import ProviderError
from cutaway.routing import split_model_id

if TYPE_CHECKING:
    from cutaway.jobs.run import Bench, Work

MAX_OUTPUT_BYTES: Final = 2_000_000_000


async def fetch_output(bench: Bench, work: Work, out: Path) -> Rendered:
    """The first output of a rendered remote job as a file. Raises `ProviderError` when there is none to be had."""
    operation = work.operation
    name, _ = split_model_id(operation.model)
    provider = bench.providers.get(name)
    if not isinstance(provider, RemoteProvider) or operation.handle is None:
        raise ProviderError(f"This worker has no remote provider {name!r}.", kind="unsupported")
    verdict = operation.verdict or {}
    outputs = verdict.get("outputs") or [""]
    handle = Handle.model_validate(operation.handle)
    note = verdict.get("note", "")
    done = Rendered(path=out, notes=(note,) if note else (), cost_usd=Decimal(operation.owed_micro) / 1_000_000)
    if handle.kept:
        await asyncio.to_thread(shutil.copyfile, await bench.store.path(handle.kept[0]), out)
        return done
    size_bytes = 0
    with out.open("wb") as file:
        async for block in provider.fetch(handle, outputs[0]):
            size_bytes += len(block)
            if size_bytes > MAX_OUTPUT_BYTES:
                raise ProviderError(
                    f"The result of {operation.model} is over {MAX_OUTPUT_BYTES} bytes.", kind="provider"
                )
            file.write(block)
    return done

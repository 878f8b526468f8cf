"""The poller as a process: `python -m cutaway.jobs.watch`, kept alive by `cutaway worker` where there are vendors."""

from __future__ import annotations

import asyncio
import signal
from contextlib import AsyncExitStack

from cutaway.jobs.entry import check_server, open_bench, redis_url
from cutaway.jobs.poller import poll_forever
from cutaway.jobs.worker import die_with_parent
from cutaway.settings import load_settings


async def _watch() -> None:
    settings = load_settings()
    await check_server(redis_url(settings), settings)
    async with AsyncExitStack() as stack:
        _, remote = await open_bench(settings, stack)
        poller = asyncio.create_task(poll_forever(remote))
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, poller.cancel)
        await asyncio.wait([poller])


if __name__ == "__main__":
    die_with_parent(signal.SIGTERM)
    asyncio.run(_watch())

"""A chat app in a page of code: type, watch the film path appear, type the next change.

Run it with `python examples/chat_app.py`. No key, no GPU and no server are needed; every film is a free sketch.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator

from cutaway import CutawayError, Event, Orchestrator

THREAD = "chat-app"


async def lines() -> AsyncIterator[str]:
    """What the person types, one message a line, until end of input."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        if line.strip():
            yield line.strip()


def show(event: Event) -> None:
    """Progress, as it happens."""
    if event.type == "operation.progress" and event.share is not None:
        print(f"  {event.shot_id or 'film'}: {event.share:.0%}")


async def answer(studio: Orchestrator, text: str) -> None:
    """One turn: the words at once, the film when it is ready."""
    turn = await studio.send(THREAD, text)
    print(f"studio> {turn.reply}")
    for shot in turn.shots:
        print(f"  shot {shot.number}: {shot.change_class}, {shot.seconds:g} s, at most ${shot.most_usd:.2f}")
    turn = await studio.wait(turn, on_event=show)
    if turn.version:
        print(f"  version {turn.version.number}: {turn.version.path or turn.version.state}")


async def main() -> None:
    """Talk until the input ends."""
    async with Orchestrator.open() as studio:
        print('Describe a film, for example: "a red fox trots through a pine forest at dusk"')
        async for text in lines():
            try:
                await answer(studio, text)
            except CutawayError as error:
                print(f"studio> {error}")


if __name__ == "__main__":
    asyncio.run(main())

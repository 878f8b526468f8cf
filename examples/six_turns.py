"""Six turns about one film, each finished and kept: what a person says, what is made for it, and what stays as it was.

    python examples/six_turns.py [FOLDER]

Writes `1.mp4` to `6.mp4` with their posters into FOLDER (default: six-turns). No key, no GPU and no server are needed.
Each run is a conversation of its own, so a second one says and makes the same, from what the first one drew.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from cutaway import Event, Orchestrator

TURNS: Final = (
    "A girl with an umbrella waits at a station in the rain at dusk. Then a green train arrives. "
    "Then the girl walks home through a village.",
    "Make the last shot night, with snow instead of rain",
    'Put the title "The last train" on the first shot, handwritten',
    "Make the train red",
    "Play the last shot at half speed, with dreamy music",
    "Now a version for phones",
)


async def turn(studio: Orchestrator, thread: str, number: int, text: str, folder: Path) -> None:
    """Say one sentence, wait for its film, and keep it."""
    print(f"\n{number}. {text}")
    answer = await studio.send(thread, text)
    print(f"   {answer.reply}")
    for shot in answer.shots:
        print(f"   shot {shot.number}: {shot.change_class}")
    forecast = await studio.forecast(answer)

    def show(event: Event) -> None:
        forecast.see(event)
        if event.type == "operation.done":
            print(f"   {forecast.outlook(datetime.now(UTC))}")

    made = (await studio.wait(answer, on_event=show)).version
    if made is None or made.path is None or made.poster_path is None:
        raise SystemExit(f"Turn {number} made no film.")
    shutil.copy(made.path, folder / f"{number}.mp4")
    shutil.copy(made.poster_path, folder / f"{number}.jpg")
    print(f"   {folder / f'{number}.mp4'}: {made.duration_s:g} s, ${made.charged_usd:.2f}")


async def main(folder: Path) -> None:
    """All six turns, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    thread = f"six-turns-{uuid4().hex[:8]}"
    async with Orchestrator.open() as studio:
        for number, text in enumerate(TURNS, 1):
            await turn(studio, thread, number, text, folder)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1] if len(sys.argv) > 1 else "six-turns")))

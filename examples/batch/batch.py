"""One film for each row of a table, from a program: a price, a sample, then the rest.

Run it with `python examples/batch/batch.py`. No key, no GPU and no server are needed; every film is a free sketch.
"""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import yaml

from cutaway import Orchestrator
from cutaway.conversation.batch import Batch
from cutaway.storyboard.model import Storyboard

HERE = Path(__file__).parent
THREAD = "batch-example"


async def finished(studio: Orchestrator, batch: Batch) -> Batch:
    """The batch with its films, once all that was ordered are there."""
    while not (await studio.batches.progress(batch)).settled:
        await asyncio.sleep(0.5)
    return await studio.batch_results(batch.thread, batch.id)


async def main() -> None:
    """Make the films and say where they are."""
    film = Storyboard.model_validate(yaml.safe_load((HERE / "film.yaml").read_text(encoding="utf-8")))
    with (HERE / "products.csv").open(newline="", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    async with Orchestrator.open() as studio:
        batch = await studio.batch(THREAD, film, rows, sample=1, model="sketch:paper")
        print(f"{batch.clips} shots to make, {batch.shared} shared, ${batch.most_usd:.2f} at most")
        sampled = await finished(studio, await studio.approve_batch(THREAD, batch.id, only_sample=True))
        print(f"sample: {sampled.rows[0].film.path if sampled.rows[0].film else 'none'}")
        every = await finished(studio, await studio.approve_batch(THREAD, batch.id))
        for row in every.rows:
            print(f"{row.name}: {row.film.path if row.film and row.film.path else 'no film'}")


if __name__ == "__main__":
    asyncio.run(main())

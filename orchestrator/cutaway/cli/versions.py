"""`cutaway versions`: what a thread has made so far."""

from __future__ import annotations

from typing import Annotated

import typer

from cutaway.cli.frame import Terminal, open_studio, run


def versions(
    thread: Annotated[str, typer.Argument(help="The conversation's name.")] = "main",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Every version of a thread: its parent, its state, what it cost and its file."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli import show

        async with open_studio() as studio:
            found = await studio.versions(thread)
            head = await studio.services.versions.head(thread)
        head_id = head.id if head else None
        terminal.document = {
            "thread": thread,
            "head": head_id,
            "versions": [one.model_dump(mode="json") for one in found],
        }
        if not terminal.as_json:
            show.versions(terminal, found, head_id)
        return 0

    run(work, as_json=as_json)

"""`cutaway versions`: what a thread has made so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cutaway.cli.frame import Terminal, open_studio, run

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.conversation.turn import VersionView
    from cutaway.storyboard.versions import Branch


@dataclass(frozen=True, slots=True)
class Listing:
    """A thread's versions, its branches, and the version the next edit starts from."""

    thread: str
    versions: tuple[VersionView, ...]
    branches: tuple[Branch, ...]
    head_id: str | None

    def document(self) -> dict[str, Any]:
        """The listing as JSON."""
        return {
            "thread": self.thread,
            "head": self.head_id,
            "branches": [branch.model_dump(mode="json") for branch in self.branches],
            "versions": [one.model_dump(mode="json") for one in self.versions],
        }


def versions(
    thread: Annotated[str, typer.Argument(help="The conversation's name.")] = "main",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Every version of a thread: its parent, its state, what it cost and its file."""

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            tell(terminal, await list_versions(studio, thread))
        return 0

    run(work, as_json=as_json)


async def list_versions(studio: Orchestrator, thread: str) -> Listing:
    """Everything a thread has made. Raises `NotFoundError` for an unknown thread."""
    found = await studio.versions(thread)
    head = await studio.services.versions.head(thread)
    branches = await studio.services.versions.branches(thread) if found else ()
    return Listing(thread, found, branches, head.id if head else None)


def tell(terminal: Terminal, listing: Listing) -> None:
    """Show the listing, or make it the command's document."""
    from cutaway.cli import show

    terminal.document = listing.document()
    if not terminal.as_json:
        show.versions(terminal, listing)

"""The commands of the prompt: `/versions`, `/undo` and the others."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cutaway.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from cutaway.cli.chat import Conversation
    from cutaway.conversation.plan import Intent
    from cutaway.conversation.turn import TurnResult

HELP: Final = (
    ("/versions", "every version of this thread, with its file"),
    ("/stills", "one picture of each shot first; a price is asked first"),
    ("/final", "final pictures of what is outlined; a price is asked first"),
    ("/undo [V]", "back to the version before, or to version V"),
    ("/redo", "forward again"),
    ("/branch NAME", "go on under another name, or go back to a branch of that name"),
    ("/compare [A [B]]", "what changed from version A to B (the one before, the current one)"),
    ("/why [V]", "why each shot of a version was made as it was"),
    ("/budget", "what this thread has cost and may cost"),
    (
        "/batch ROWS.csv [N]",
        "one film for each row of a table, the first N as a sample; a price is asked first",
    ),
    ("/attach FILE", "give the thread a file to use and cite"),
    ("/open", "the film's file; opened where there is a screen"),
    ("/help", "this list"),
    ("/quit", "leave; films under way are finished"),
)

Command = Callable[["Conversation", list[str]], Awaitable["TurnResult | None"]]


def leaves(text: str) -> bool:
    """True for the commands that end the conversation."""
    return text.strip().lower() in {"/quit", "/exit", "/q"}


async def obey(talk: Conversation, text: str) -> TurnResult | None:
    """Do what a line with a leading slash says; gives the turn it caused. Raises `InputError`."""
    try:
        name, *words = shlex.split(text)
    except ValueError as error:
        raise InputError(f"{text!r} cannot be read: {error}.", fix="Close the quotation marks.") from None
    command = _COMMANDS.get(name.lower())
    if command is None:
        raise InputError(f"There is no command {name!r}.", fix="Type /help for the list.")
    return await command(talk, words)


async def _versions(talk: Conversation, words: list[str]) -> None:
    from cutaway.cli import versions

    try:
        listing = await versions.list_versions(talk.studio, talk.thread)
    except NotFoundError:  # in a conversation a thread without a message is only new
        listing = versions.Listing(talk.thread, (), (), None)
    versions.tell(talk.terminal, listing)


async def _final(talk: Conversation, words: list[str]) -> TurnResult:
    return await talk.studio.finish(talk.thread)


async def _stills(talk: Conversation, words: list[str]) -> TurnResult:
    from cutaway.conversation.plan import TurnPlan

    return await talk.studio.send(talk.thread, TurnPlan(intent="finish", decision="video", stage="still"))


async def _undo(talk: Conversation, words: list[str]) -> TurnResult:
    return await _ask(talk, "undo", words, most=1)


async def _redo(talk: Conversation, words: list[str]) -> TurnResult:
    return await talk.studio.redo(talk.thread)


async def _branch(talk: Conversation, words: list[str]) -> TurnResult:
    if not words:
        raise InputError("A branch needs a name.", fix="For example: /branch winter")
    return await talk.studio.branch(talk.thread, " ".join(words))


async def _compare(talk: Conversation, words: list[str]) -> TurnResult:
    return await _ask(talk, "compare", words, most=2)


async def _why(talk: Conversation, words: list[str]) -> TurnResult:
    return await _ask(talk, "why", words, most=1)


async def _budget(talk: Conversation, words: list[str]) -> TurnResult:
    return await _ask(talk, "cost", words, most=0)


async def _attach(talk: Conversation, words: list[str]) -> None:
    if not words:
        raise InputError("Which file?", fix="For example: /attach product.md")
    names = await talk.studio.attach(talk.thread, [Path(word).expanduser() for word in words])
    talk.terminal.say(f"This thread can use {', '.join(names)} now.")
    talk.terminal.document = {"thread": talk.thread, "attached": list(names)}


async def _batch(talk: Conversation, words: list[str]) -> TurnResult:
    from cutaway.conversation.plan import TurnPlan
    from cutaway.storyboard.rows import MAX_ROWS

    if not 1 <= len(words) <= 2:
        raise InputError("Which table?", fix="For example: /batch products.csv 3")
    count = int(words[1]) if len(words) == 2 and words[1].isdecimal() and len(words[1]) <= 4 else 1
    if len(words) == 2 and not (words[1].isdecimal() and 1 <= count <= MAX_ROWS):
        raise InputError(f"{words[1]!r} is not how many rows to show first.", fix="For example: /batch products.csv 3")
    path = Path(words[0]).expanduser()
    if path.suffix.lower() != ".csv":
        raise InputError(f"{words[0]!r} is no .csv file.", fix="`cutaway batch THREAD ROWS` reads .jsonl, too.")
    (name,) = await talk.studio.attach(talk.thread, [path])
    plan = TurnPlan(intent="batch", decision="video", target=(name,), sample=count)
    return await talk.studio.send(talk.thread, plan, approved=talk.approved)


async def _open(talk: Conversation, words: list[str]) -> None:
    head = await talk.studio.services.versions.head(talk.thread)
    if head is None:
        raise NotFoundError("There is no film yet.", fix="Say what it should show.")
    version = await talk.studio.version(talk.thread, head.id)
    talk.terminal.document = {"thread": talk.thread, "version": version.model_dump(mode="json")}
    if version.path is None:
        talk.terminal.say(f"v{version.number} has no film ({version.state}).")
        return
    talk.terminal.say(version.path)
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener and sys.stdout.isatty():
        subprocess.Popen(
            [opener, version.path],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


async def _help(talk: Conversation, words: list[str]) -> None:
    for command, what in HELP:
        talk.terminal.say(f"  {command:<20} {what}")
    talk.terminal.document = {"commands": [{"command": command, "what": what} for command, what in HELP]}
    talk.terminal.say('  Everything else is said in words: "make shot 2 night", "change the price to $79", "undo".')


async def _ask(talk: Conversation, intent: Intent, words: list[str], *, most: int) -> TurnResult:
    from cutaway.conversation.plan import TurnPlan

    if len(words) > most:
        raise InputError(f"That takes at most {most} version{'s' if most != 1 else ''}.", fix="Type /help.")
    return await talk.studio.send(talk.thread, TurnPlan(intent=intent, target=tuple(words)))


_COMMANDS: Final[dict[str, Command]] = {
    "/versions": _versions,
    "/final": _final,
    "/stills": _stills,
    "/undo": _undo,
    "/redo": _redo,
    "/branch": _branch,
    "/compare": _compare,
    "/why": _why,
    "/budget": _budget,
    "/attach": _attach,
    "/batch": _batch,
    "/open": _open,
    "/help": _help,
}

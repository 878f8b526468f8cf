"""`cutaway chat`: the conversation itself, at a prompt or one message at a time."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, cast, get_args

import typer

from cutaway.cli.frame import INTERRUPTED, Terminal, open_studio, run, status_of
from cutaway.errors import CutawayError, InputError

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.contract import Stage
    from cutaway.conversation.turn import TurnResult

FILM_FAILED: Final = 4
KEPT: Final = "\nStopped. The message is kept and is answered before the next one."


@dataclass(slots=True)
class Conversation:
    """One thread at one terminal. `turns` are the answers so far as JSON; `pending` a version nobody waited for."""

    terminal: Terminal
    studio: Orchestrator
    thread: str
    wait: bool = True
    approved: bool = False
    stage: Stage | None = None
    turns: list[dict[str, Any]] = field(default_factory=list)
    pending: TurnResult | None = None
    status: int = 0


def chat(
    thread: Annotated[str, typer.Option(help="The conversation's name; a new name begins a new one.")] = "main",
    context: Annotated[
        list[Path] | None, typer.Option(help="A file the whole thread may use and cite (Markdown, text, CSV, picture).")
    ] = None,
    may_leave: Annotated[
        str, typer.Option(help="How far --context files may go: nowhere, reasoner (a language model) or vendors.")
    ] = "vendors",
    attach: Annotated[list[Path] | None, typer.Option(help="A file that comes with the first message.")] = None,
    once: Annotated[str | None, typer.Option(metavar="TEXT", help="Send one message, wait for it, and exit.")] = None,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Answer and go on; films are finished in the background.")
    ] = False,
    final: Annotated[bool, typer.Option("--final", help="Final pictures at once, without an outline first.")] = False,
    stage: Annotated[
        str | None, typer.Option(metavar="RUNG", help="The rung to make at once: animatic, still or final.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Approve what a message costs, within every budget.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
    message_id: Annotated[
        str | None, typer.Option(help="With --once: the same id again gives the same turn, and makes nothing twice.")
    ] = None,
) -> None:
    """Talk, and see what you talk about. Type /help at the prompt for its commands."""
    if message_id is not None and once is None:
        raise typer.BadParameter("it names one message, so it needs --once.", param_hint="--message-id")

    from cutaway.routing.conditions import MayLeave

    if may_leave not in get_args(MayLeave):
        raise typer.BadParameter(f"use {', '.join(get_args(MayLeave))}.", param_hint="--may-leave")
    bound = cast("MayLeave", may_leave)
    if final and stage not in (None, "final"):
        raise typer.BadParameter(f"--final and --stage {stage} name two rungs.", param_hint="--stage")
    if stage not in (None, "animatic", "still", "final"):
        raise typer.BadParameter(f"{stage!r} is none of animatic, still and final.", param_hint="--stage")
    rung = cast("Stage | None", "final" if final else stage)

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            talk = Conversation(terminal, studio, thread, wait=not no_wait, approved=yes, stage=rung)
            if context:
                await studio.attach(thread, context, may_leave=bound)
            if once is not None:
                return await _say_once(talk, once, attach or (), message_id)
            return await _converse(talk, attach or ())

    run(work, as_json=as_json)


async def _say_once(talk: Conversation, text: str, attached: Sequence[Path], message_id: str | None) -> int:
    from cutaway.cli import slash
    from cutaway.cli.progress import Interrupted, interruptible

    after = await talk.studio.event_log.last_id(talk.thread)
    if text.startswith("/"):
        if slash.leaves(text):
            raise InputError(f"{text.strip()} is for the prompt of `cutaway chat`.", fix="Leave --once out.")
        turn = await slash.obey(talk, text)
        if turn is None:  # the command has said all there is
            return talk.status
    else:
        sending = talk.studio.send(
            talk.thread, text, attachments=attached, message_id=message_id, approved=talk.approved, stage=talk.stage
        )
        try:
            turn = await interruptible(sending)
        except Interrupted:
            talk.terminal.note(KEPT)
            return INTERRUPTED
    turn = await follow(talk, turn, after=after, once=True)
    talk.terminal.document = talk.turns[-1]
    return talk.status


async def _converse(talk: Conversation, attached: Sequence[Path]) -> int:
    from cutaway.cli import show, slash
    from cutaway.cli.progress import Interrupted, interruptible

    terminal, studio = talk.terminal, talk.studio
    if attached:
        await studio.attach(talk.thread, attached)
    if sys.stdin.isatty():
        terminal.say(f"Thread {talk.thread}. Say what the film should show; /help lists commands, /quit leaves.")
    while (text := _read_line(terminal)) is not None:
        await _tell_news(talk)
        if not text.strip():
            continue
        if not sys.stdin.isatty():
            show.person(terminal, text)
        after = await studio.event_log.last_id(talk.thread)
        try:
            if text.startswith("/"):
                if slash.leaves(text):
                    break
                turn = await slash.obey(talk, text)
            else:
                turn = await interruptible(studio.send(talk.thread, text, approved=talk.approved, stage=talk.stage))
            if turn is not None:
                await follow(talk, turn, after=after)
        except Interrupted:
            terminal.note(KEPT)
        except CutawayError as error:
            terminal.complain(error.data())
            if not sys.stdin.isatty():
                talk.status = error.exit_code
    if terminal.as_json:
        terminal.document = {"thread": talk.thread, "turns": talk.turns}
    return talk.status


async def follow(talk: Conversation, turn: TurnResult, *, after: str, once: bool = False) -> TurnResult:
    """Show a turn and, unless told not to, wait for what it makes; `talk.status` is its exit status."""
    from cutaway.cli import progress, show

    terminal = talk.terminal
    show.turn(terminal, turn)
    talk.status = status_of(turn.error)
    talk.turns.append(show.document(turn))
    if batch := turn.details.get("batch"):
        return await _follow_batch(talk, turn, batch, once=once)
    if turn.version is None or turn.quote_state == "pending":
        return turn
    if not talk.wait or any(shot.not_before for shot in turn.shots):
        talk.pending = turn
        if turn.version.state == "making":
            terminal.note(f"v{turn.version.number} is made in the background; `{_look(talk)}` shows it.")
        return turn
    at_once, began = turn.version.state == "ready", time.monotonic()
    try:
        turn = await progress.wait(terminal, talk.studio, turn, after=after)
    except progress.Interrupted:
        talk.pending = turn
        terminal.note(f"\nThe work goes on without you; `{_look(talk)}` shows it.")
        talk.status = INTERRUPTED if once else 0
        return turn
    version = turn.version
    assert version is not None
    if version.state in {"failed", "in_doubt"}:
        turn = await _with_failures(talk.studio, turn)
        for failure in turn.details["failures"]:
            terminal.complain(failure)
        talk.status = FILM_FAILED
    talk.turns[-1] = show.document(turn)
    if at_once and version.path:
        show.at_once(terminal, version)
    else:
        show.version(terminal, version, after_s=time.monotonic() - began)
    return turn


async def _follow_batch(talk: Conversation, turn: TurnResult, batch: dict[str, Any], *, once: bool) -> TurnResult:
    """Wait for the films for rows that this turn ordered, and show them; a price that waits for a yes orders none."""
    from cutaway.cli import batch_order

    if turn.error is not None or batch["state"] not in {"sampled", "approved"}:
        return turn
    found = await talk.studio.batches.find(batch["id"])
    talk.status = await batch_order.finish(talk.terminal, talk.studio, found, None, wait=talk.wait)
    if talk.status == INTERRUPTED and not once:
        talk.status = 0
    talk.turns[-1]["details"] = {"batch": talk.terminal.document}
    return turn


async def _with_failures(studio: Orchestrator, turn: TurnResult) -> TurnResult:
    """The turn with why its film failed: the errors of the operations it waited for."""
    assert turn.version is not None
    wanted = {shot.operation_id for shot in turn.shots if shot.operation_id}
    operations = list(await studio.ledger.of_version(studio.tenant, turn.version.id))
    known = {operation.id for operation in operations}
    operations += [await studio.ledger.get(i, tenant=studio.tenant) for i in sorted(wanted - known)]
    failures = [
        {"operation_id": operation.id, "shot_id": operation.shot_id, **operation.error}
        for operation in operations
        if (operation.phase == "failed" or operation.parked) and operation.error
    ]
    return turn.model_copy(update={"details": turn.details | {"failures": failures}})


async def _tell_news(talk: Conversation) -> None:
    """Say that a version nobody waited for is there."""
    from cutaway.cli import show

    if talk.pending is None or talk.pending.version is None:
        return
    version = await talk.studio.version(talk.thread, talk.pending.version.id)
    if version.state in {"ready", "failed", "in_doubt"}:
        talk.pending = None
        show.version(talk.terminal, version)


def _read_line(terminal: Terminal) -> str | None:
    """The next line, None at the end of input or on Ctrl-C.

    Reading blocks the event loop on purpose: nothing runs in this process between two turns, and a reading thread
    could not be ended by Ctrl-C.
    """
    previous = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        if not sys.stdin.isatty():
            line = sys.stdin.readline()
            return line.rstrip("\r\n") if line else None
        _load_history()
        terminal.out.file.flush()
        return input("   You  ")
    except (EOFError, KeyboardInterrupt):
        terminal.say()
        return None
    finally:
        signal.signal(signal.SIGINT, previous)


def _load_history() -> None:
    """Line editing and history within this session, where Python has readline."""
    try:
        import readline  # noqa: F401
    except ImportError:
        return


def _look(talk: Conversation) -> str:
    return f"cutaway versions {talk.thread}"

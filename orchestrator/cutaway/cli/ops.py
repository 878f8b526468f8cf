"""`cutaway ops`: the units of work and what they cost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from cutaway.cli.frame import Terminal, open_studio, run
from cutaway.cli.money import amount, moment

app = typer.Typer(help="Operations: the units of work and what they cost.", no_args_is_help=True)


@app.command("list")
def list_operations(
    thread: Annotated[
        str | None, typer.Option(help="The newest operations of this thread; without it, what is open everywhere.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """The operations of a thread, or everything that is open now."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli import show
        from cutaway.errors import NotFoundError

        async with open_studio() as studio:
            if thread is None:
                found = await studio.ledger.open_operations(studio.tenant)
            else:
                found = await studio.operations(thread)
                if not found and await studio.event_log.last_id(thread) == "0":
                    raise NotFoundError(
                        f"There is no thread {thread!r}.", fix="A thread begins with its first message."
                    )
        terminal.document = {"thread": thread, "operations": [one.model_dump(mode="json") for one in found]}
        if not terminal.as_json:
            if found:
                show.operations(terminal, found)
            else:
                terminal.say("Nothing is open." if thread is None else "This thread has no operations.")
        return 0

    run(work, as_json=as_json)


@app.command("show")
def show_operation(
    operation_id: Annotated[str, typer.Argument(metavar="ID", help="An operation's id, as `ops list` shows it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Everything the ledger knows of one operation."""

    async def work(terminal: Terminal) -> int:
        import json

        async with open_studio() as studio:
            found = await studio.ledger.get(operation_id, tenant=studio.tenant)
        terminal.document = found.model_dump(mode="json")
        if not terminal.as_json:
            for name, value in terminal.document.items():
                shown = json.dumps(value) if isinstance(value, dict | list) else value
                terminal.out.print(f"{name:<14} {'-' if shown in (None, '') else shown}", soft_wrap=True)
        return 0

    run(work, as_json=as_json)


@app.command("resolve")
def resolve_operation(
    operation_id: Annotated[str, typer.Argument(metavar="ID", help="An operation whose outcome is unknown.")],
    taken: Annotated[bool, typer.Option("--taken/--not-taken", help="Whether the vendor's own list shows this order.")],
    cost: Annotated[
        str | None, typer.Option(help="With --taken: what the vendor charged, in USD; without it, the whole hold.")
    ] = None,
    job: Annotated[
        str, typer.Option(help="With --taken: the vendor's own id of the job; it is followed and fetched.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Say what became of an order nobody could look up: booked, followed by its id, or its hold is given back."""
    if (cost is not None or job) and not taken:
        raise typer.BadParameter("--cost and --job go with --taken.")
    cost_usd = None if cost is None else amount(cost)

    async def work(terminal: Terminal) -> int:
        from cutaway.contract import usd

        async with open_studio() as studio:
            found = await studio.books.resolve(operation_id, taken=taken, cost_usd=cost_usd, native_id=job)
        terminal.document = found.model_dump(mode="json")
        if found.is_open:
            terminal.say(f"{found.id}: job {job} is followed now.")
        else:
            then = "Ask for another take to make it again."
            terminal.say(f"{found.id}: {found.money}, {usd(found.charged_usd)} charged. {then}")
        return 0

    run(work, as_json=as_json)


@app.command("cancel")
def cancel_operation(
    operation_id: Annotated[str, typer.Argument(metavar="ID", help="An operation's id, as `ops list` shows it.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Ask for an operation to stop, and see what that costs."""

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            stopped = await studio.cancel(operation_id)
        terminal.document = stopped.model_dump(mode="json")
        terminal.say(stopped.text)
        return 0 if stopped.outcome in {"cancelled", "asked"} else 1

    run(work, as_json=as_json)


@app.command("audit")
def audit_operations(
    since: Annotated[str, typer.Option(help="A day (2026-11-20) or a number of days back (7d).")] = "7d",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Compare the ledger with what vendors list, and report what was made twice or is known to nobody."""
    begin = moment(since, datetime.now(UTC))

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            report = await studio.audit(since=begin)
        terminal.document = report.model_dump(mode="json")
        for finding in report.findings:
            terminal.say(f"{finding.kind}: {finding.text}")
        for name, count in report.looked_at.items():
            terminal.say(f"{name}: {count} jobs compared, {report.unknown_jobs.get(name, 0)} of them not ordered here")
        for name, why in report.unlisted.items():
            terminal.say(f"{name}: not compared ({why})")
        if not report.findings:
            terminal.say("Nothing was found twice.")
        return 1 if report.findings else 0

    run(work, as_json=as_json)

"""What may be spent, what was, and stopping it: `budget`, `spend`, `freeze`, `thaw`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cutaway.cli.frame import Terminal, open_studio, run

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]

budget = typer.Typer(help="Budgets: what may be spent, what is held and what was charged.", no_args_is_help=True)


@budget.command("show")
def show_budget(
    thread: Annotated[str, typer.Option(help="The conversation whose budget is shown.")] = "main",
    user: Annotated[str, typer.Option(help="The user whose day is shown.")] = "",
    as_json: AsJson = False,
) -> None:
    """Each budget with its limit, what is held for work under way, and what was charged in its window."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.show import usd

        async with open_studio() as studio:
            rows = await studio.budgets(thread, user=user)
        terminal.document = {"budgets": [row.model_dump(mode="json") for row in rows]}
        if not terminal.as_json:
            for row in rows:
                used = f"{usd(row.charged_usd)} charged, {usd(row.held_usd)} held"
                terminal.say(f"{row.name:<13} {usd(row.limit_usd)}: {used}, {usd(row.left_usd)} left")
        return 0

    run(work, as_json=as_json)


def spend(
    since: Annotated[str, typer.Option(help="A day (2026-11-20) or a number of days back (7d).")] = "30d",
    by: Annotated[str, typer.Option(help="day, model, user or thread; several with commas.")] = "day",
    as_json: AsJson = False,
) -> None:
    """What was charged, from the ledger's record."""
    names, begin = [name.strip() for name in by.split(",") if name.strip()], moment(since, datetime.now(UTC))

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.show import usd
        from cutaway.ledger.operation import from_micro

        async with open_studio() as studio:
            sums = await studio.spending(since=begin, by=names)
        total = sum(sums.values())
        rows = [
            dict(zip(names, key, strict=True)) | {"charged_usd": f"{micro / 1e6:.6f}"} for key, micro in sums.items()
        ]
        terminal.document = {"since": since, "by": names, "rows": rows, "total_usd": f"{total / 1e6:.6f}"}
        if not terminal.as_json:
            for key, micro in sums.items():
                terminal.say(f"{'  '.join(part or '-' for part in key)}  {usd(from_micro(micro))}")
            terminal.say(f"total {usd(from_micro(total))}")
        return 0

    run(work, as_json=as_json)


def freeze(
    what: Annotated[str, typer.Argument(help="all, provider:NAME, model:PROVIDER:MODEL or tenant:NAME.")],
    reason: Annotated[str, typer.Option(help="Why; people who wait will see it.")],
    as_json: AsJson = False,
) -> None:
    """Stop new orders to vendors on every machine; what is open goes on."""

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            await studio.freezes.freeze(what, reason)
            terminal.document = {"frozen": await studio.freezes.list()}
        terminal.say(f"Frozen: {what}. `cutaway thaw {what}` allows it again.")
        return 0

    run(work, as_json=as_json)


def thaw(
    what: Annotated[str | None, typer.Argument(help="What was frozen; without it, what is frozen is listed.")] = None,
    as_json: AsJson = False,
) -> None:
    """Allow new orders again."""

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            lifted = await studio.freezes.thaw(what) if what else False
            frozen = await studio.freezes.list()
        terminal.document = {"frozen": frozen}
        if what:
            terminal.say(f"Thawed: {what}." if lifted else f"{what} was not frozen.")
        for name, reason in frozen.items():
            terminal.say(f"frozen: {name} ({reason})")
        return 0

    run(work, as_json=as_json)


def moment(text: str, now: datetime) -> datetime:
    """`7d` or a day as an aware moment. Raises a usage error for anything else."""
    try:
        if text.endswith("d"):
            return now - timedelta(days=int(text[:-1]))
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{text!r} is neither a day (2026-11-20) nor days back (7d).") from None

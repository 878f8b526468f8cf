"""What may be spent, what was, and stopping it: `budget`, `spend`, `freeze`, `thaw`."""

from __future__ import annotations

import csv
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
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
        from cutaway.contract import usd

        async with open_studio() as studio:
            rows = await studio.books.budgets(thread, user=user)
        terminal.document = {"budgets": [row.model_dump(mode="json") for row in rows]}
        if not terminal.as_json:
            for row in rows:
                used = f"{usd(row.charged_usd)} charged, {usd(row.held_usd)} held"
                whose = f" ({row.who})" if row.who else ""
                terminal.say(f"{row.name:<14} {usd(row.limit_usd)}: {used}, {usd(row.left_usd)} left{whose}")
        return 0

    run(work, as_json=as_json)


@budget.command("set")
def set_budget(
    name: Annotated[str, typer.Argument(help="thread, user-day, tenant-month, turn or provider-month.")],
    limit: Annotated[str, typer.Argument(help="USD, for example 2.50; `policy` goes back to the policy's limit.")],
    who: Annotated[str, typer.Option(help="One thread, user or provider; without it, each of them.")] = "",
    as_json: AsJson = False,
) -> None:
    """Lower a budget, or raise it again within what the policy allows. It holds from the next order on."""
    limit_usd = None if limit == "policy" else amount(limit)

    async def work(terminal: Terminal) -> int:
        from cutaway.contract import usd

        async with open_studio() as studio:
            await studio.books.set_budget(name, limit_usd, who=who)
        terminal.document = {"budget": name, "who": who, "limit_usd": None if limit_usd is None else str(limit_usd)}
        whose = f" of {who}" if who else ""
        now = "the policy decides again" if limit_usd is None else f"at most {usd(limit_usd)}"
        terminal.say(f"{name}{whose}: {now}.")
        return 0

    run(work, as_json=as_json)


def spend(
    since: Annotated[str, typer.Option(help="A day (2026-11-20) or a number of days back (7d).")] = "30d",
    by: Annotated[str, typer.Option(help="day, model, user, thread, tenant or tag; several with commas.")] = "day",
    as_csv: Annotated[bool, typer.Option("--csv", help="Comma-separated values with a header line.")] = False,
    as_json: AsJson = False,
) -> None:
    """What was charged, from the ledger's record; by tenant it sums over all of them."""
    names, begin = [name.strip() for name in by.split(",") if name.strip()], moment(since, datetime.now(UTC))
    if as_csv and as_json:
        raise typer.BadParameter("Give --json or --csv, not both.")

    async def work(terminal: Terminal) -> int:
        from cutaway.contract import usd
        from cutaway.ledger.operation import from_micro

        async with open_studio() as studio:
            sums = await studio.books.spending(since=begin, by=names, everyone="tenant" in names)
        total = sum(sums.values())
        rows = [
            dict(zip(names, key, strict=True)) | {"charged_usd": f"{from_micro(micro):.6f}"}
            for key, micro in sums.items()
        ]
        terminal.document = {"since": since, "by": names, "rows": rows, "total_usd": f"{from_micro(total):.6f}"}
        if as_csv:
            table = csv.DictWriter(sys.stdout, [*names, "charged_usd"], lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        elif not terminal.as_json:
            for key, micro in sums.items():
                terminal.say(f"{'  '.join(part or '-' for part in key)}  {usd(from_micro(micro))}")
            if "tag" not in names:  # an order with two tags counts under both
                terminal.say(f"total {usd(from_micro(total))}")
        return 0

    run(work, as_json=as_json)


Provider = Annotated[str, typer.Option(help="Orders to this provider instance.")]
Model = Annotated[str, typer.Option(help="Orders to this model, PROVIDER:MODEL.")]
Tenant = Annotated[str, typer.Option(help="Orders of this tenant.")]


def freeze(
    reason: Annotated[str, typer.Option(help="Why; people who wait will see it.")],
    provider: Provider = "",
    model: Model = "",
    tenant: Tenant = "",
    as_json: AsJson = False,
) -> None:
    """Stop new orders to vendors on every machine (without an option, all of them); what is open goes on."""
    what = _frozen_thing(provider, model, tenant) or "all"

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            await studio.books.freezes.freeze(what, reason)
            terminal.document = {"frozen": await studio.books.freezes.list()}
        terminal.say(f"Frozen: {what}. `cutaway thaw` allows it again.")
        return 0

    run(work, as_json=as_json)


def thaw(
    provider: Provider = "",
    model: Model = "",
    tenant: Tenant = "",
    everything: Annotated[bool, typer.Option("--all", help="What was frozen without an option.")] = False,
    as_json: AsJson = False,
) -> None:
    """Allow new orders again; without an option, what is frozen is listed."""
    what = _frozen_thing(provider, model, tenant) or ("all" if everything else None)

    async def work(terminal: Terminal) -> int:
        async with open_studio() as studio:
            lifted = await studio.books.freezes.thaw(what) if what else False
            frozen = await studio.books.freezes.list()
        terminal.document = {"frozen": frozen}
        if what:
            terminal.say(f"Thawed: {what}." if lifted else f"{what} was not frozen.")
        elif not frozen:
            terminal.say("Nothing is frozen.")
        for name, reason in frozen.items():
            terminal.say(f"frozen: {name} ({reason})")
        return 0

    run(work, as_json=as_json)


def _frozen_thing(provider: str, model: str, tenant: str) -> str | None:
    given = [f"{kind}:{name}" for kind, name in (("provider", provider), ("model", model), ("tenant", tenant)) if name]
    if len(given) > 1:
        raise typer.BadParameter("Give one of --provider, --model and --tenant at a time.")
    return given[0] if given else None


def amount(text: str) -> Decimal:
    """USD as people write them. Raises a usage error for anything else."""
    try:
        return Decimal(text.removeprefix("$"))
    except InvalidOperation:
        raise typer.BadParameter(f"{text!r} is not an amount in USD, for example 2.50.") from None


def moment(text: str, now: datetime) -> datetime:
    """`7d` or a day as an aware moment. Raises a usage error for anything else."""
    try:
        if text.endswith("d"):
            return now - timedelta(days=int(text[:-1]))
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{text!r} is neither a day (2026-11-20) nor days back (7d).") from None

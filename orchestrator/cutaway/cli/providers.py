"""`cutaway providers`: which vendors can be reached, adding one, and asking each whether its key is good."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from cutaway.cli.frame import Terminal, read_settings, run

if TYPE_CHECKING:
    from cutaway.registry import Known

app = typer.Typer(help="Providers: the vendors and servers that make videos.", no_args_is_help=True)

_WHOLE: Final = "cutaway providers add {} --base-url http://HOST:PORT/v1 --model ID --usd-per-s 0.05"
"""What makes a complete entry of an adapter that has no catalog."""

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]


@app.command("list")
def list_providers(as_json: AsJson = False) -> None:
    """Every configured provider and every other installed adapter, with what it needs."""

    async def work(terminal: Terminal) -> int:
        from cutaway.registry import known

        rows = known(read_settings())
        terminal.document = {
            "providers": [
                {
                    "name": row.name,
                    "adapter": row.adapter,
                    "title": row.title,
                    "ready": row.provider is not None,
                    "configured": row.configured,
                    "waits": row.waits,
                    "models": len(row.models),
                    "key_variables": list(row.key_variables),
                    "problem": row.problem,
                    "fix": row.fix,
                }
                for row in rows
            ]
        }
        for row in rows:
            count = f"{len(row.models)} model{'' if len(row.models) == 1 else 's'}"
            terminal.say(f"{row.name:<16} {row.title:<34} {count:<11} {_state(row)}")
            if row.provider is None:
                terminal.say(f"{'':<16} problem: {row.problem}")
                terminal.say(f"{'':<16} fix: {row.fix}")
        return 0

    run(work, as_json=as_json)


@app.command("check")
def check_providers(
    name: Annotated[str, typer.Argument(help="One provider; without it, all that are configured or have a key.")] = "",
    as_json: AsJson = False,
) -> None:
    """Ask each vendor one free question that tells whether its address and key are good. Nothing is spent."""

    async def work(terminal: Terminal) -> int:
        from cutaway.contract import ChecksAccount, RemoteProvider
        from cutaway.errors import CutawayError, InputError
        from cutaway.registry import known

        rows = known(read_settings())
        chosen = [row for row in rows if name in {row.name, row.adapter} or not name]
        if not chosen:
            raise InputError(f"There is no provider {name!r}.", fix=f"There are {', '.join(row.name for row in rows)}.")
        document = []
        for row in chosen:
            said, fix, state = "", "", "ok"
            if row.provider is None:
                failed = row.configured or name or not row.waits
                state, said, fix = ("failed" if failed else _state(row)), row.problem, row.fix
            elif isinstance(row.provider, ChecksAccount):
                try:
                    said = await row.provider.check()
                except CutawayError as error:
                    state, said = "failed", error.message
                    auth = getattr(error, "kind", "") == "auth" and row.key_variables
                    fix = error.fix or (f"Set {row.key_variables[0]} to a key that is good." if auth else "")
            else:
                said = "has no free question to ask" if isinstance(row.provider, RemoteProvider) else "draws here"
            close = getattr(row.provider, "aclose", None)
            if close is not None:
                await close()
            document.append({"name": row.name, "adapter": row.adapter, "state": state, "says": said, "fix": fix})
            terminal.say(f"{row.name:<16} {state:<10} {said} {fix}".rstrip())
        terminal.document = {"providers": document}
        return 4 if any(one["state"] == "failed" for one in document) else 0

    run(work, as_json=as_json)


@app.command("add")
def add_provider(
    adapter: Annotated[str, typer.Argument(help="An installed adapter, as `cutaway providers list` names it.")],
    instance: Annotated[str, typer.Option("--as", help="The name of the instance; the adapter's own by default.")] = "",
    base_url: Annotated[str, typer.Option(help="Another address than the vendor's own.")] = "",
    key_variable: Annotated[str, typer.Option(help="The environment variable that holds the key.")] = "",
    model: Annotated[str, typer.Option(help="A model there, as its server calls it; with --usd-per-s.")] = "",
    usd_per_s: Annotated[str, typer.Option(help="What a second of that model costs in USD, 0 where it is free.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write a provider into cutaway.yaml: its adapter, and the name of the variable with its key (never the key).

    Only what can work is written; a key that is not set yet may follow.
    """

    async def work(terminal: Terminal) -> int:
        from pathlib import Path

        from cutaway.config_file import did_you_mean
        from cutaway.contract import Adapter
        from cutaway.errors import ConfigError, InputError, NotConfiguredError
        from cutaway.keys import REFERENCE
        from cutaway.provider_file import add_instance
        from cutaway.registry import adapters, build_one, check_names
        from cutaway.settings import CONFIG_NAME, Settings, key_environment

        points = adapters()
        if adapter not in points:
            fix = did_you_mean(adapter, sorted(points)) or f"Installed: {', '.join(sorted(points))}."
            raise InputError(f"There is no adapter {adapter!r}.", fix=fix)
        if key_variable and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", key_variable):
            # Not what was given: it may be the key itself.
            raise InputError("--key-variable is no name of a variable.", fix="Name the variable that holds the key.")
        factory = points[adapter].load()
        variables = factory.key_variables if isinstance(factory, Adapter) else ()
        variable = key_variable or (variables[0] if variables else "")
        ours = read_settings()
        path = ours.config_file or Path.cwd() / CONFIG_NAME
        options: dict[str, Any] = {"adapter": adapter}
        if base_url:
            options["base_url"] = base_url
        if variable:
            options["api_key"] = f"{REFERENCE}{variable}"
        if model or usd_per_s:
            options["models"] = [_model(model, usd_per_s)]
        name = instance or adapter
        hint = ""

        def check(settings: Settings) -> None:
            nonlocal hint
            environ = dict(key_environment(ours))
            try:
                check_names(settings.providers)
                try:
                    build_one(name, settings.providers[name], points, environ)
                except NotConfiguredError as error:
                    if not error.variable:
                        raise
                    hint = f"{error.variable} is not set"
                    # Whether the rest is fit shows with any key.
                    build_one(name, settings.providers[name], points, environ | {error.variable: "not-yet-there"})
            except ConfigError as error:
                own = isinstance(factory, Adapter) and not factory.key_variables and not factory.models()
                more = f" In one line: {_WHOLE.format(adapter)}" if own and not (base_url and model) else ""
                raise InputError(error.message, fix=f"{error.fix}{more}") from None

        add_instance(path, name, options, check)
        terminal.document = {"file": str(path), "name": name, "options": options, "missing": hint}
        then = f"Set {variable}, then: " if hint else "Ask it: "
        terminal.say(f"Added {name} to {path}. {then}cutaway providers check {name}")
        return 0

    run(work, as_json=as_json)


def _model(name: str, usd_per_s: str) -> dict[str, Any]:
    """The entry of one model, its price dated today. Raises `InputError` when either half is missing or no amount."""
    from cutaway.errors import InputError

    if not name or not usd_per_s:
        missing = "--usd-per-s" if name else "--model"
        fix = "Give both: a model without a price is never used."
        raise InputError(f"{missing} is missing beside {'--model' if name else '--usd-per-s'}.", fix=fix)
    try:
        amount = Decimal(usd_per_s.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= 1000):
        raise InputError(f"--usd-per-s is {usd_per_s!r}.", fix="Give USD from 0 to 1000, for example 0.05.")
    price = {
        "usd_per_s": f"{amount:f}",
        "source": "told with cutaway providers add",
        "as_of": str(datetime.now(UTC).date()),
    }
    # An id is lower case, what servers call their models often is not.
    own = re.sub(r"[^a-z0-9._-]+", "-", name.rpartition("/")[2].lower()).strip("-._") or "model"
    return {"id": own} | ({} if own == name else {"vendor_model": name}) | {"price": price}


def _state(row: Known) -> str:
    """One or two words about whether a provider can be used."""
    if row.provider is not None:
        return "ready"
    if not row.waits:
        return "failed"
    return "no key" if row.key_variables else "not set up"

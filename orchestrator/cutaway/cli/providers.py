"""`cutaway providers`: which vendors can be reached, adding one, and asking each whether its key is good."""

from __future__ import annotations

from typing import Annotated

import typer

from cutaway.cli.frame import Terminal, read_settings, run

app = typer.Typer(help="Providers: the vendors and servers that make videos.", no_args_is_help=True)

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
                    "models": len(row.models),
                    "key_variables": list(row.key_variables),
                    "problem": row.problem,
                    "fix": row.fix,
                }
                for row in rows
            ]
        }
        for row in rows:
            state = "ready" if row.provider is not None else row.fix or row.problem
            count = f"{len(row.models)} model{'' if len(row.models) == 1 else 's'}"
            terminal.say(f"{row.name:<16} {row.title:<34} {count:<11} {state}")
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
                unused = "no key" if row.key_variables else "not set up"
                state, said, fix = ("failed" if row.configured or name else unused), row.problem, row.fix
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
    as_json: AsJson = False,
) -> None:
    """Write a provider into cutaway.yaml: its adapter, and the name of the variable with its key (never the key)."""

    async def work(terminal: Terminal) -> int:
        from pathlib import Path

        from cutaway.contract import Adapter
        from cutaway.errors import InputError
        from cutaway.keys import REFERENCE
        from cutaway.provider_file import add_instance
        from cutaway.registry import adapters
        from cutaway.settings import CONFIG_NAME

        points = adapters()
        if adapter not in points:
            raise InputError(f"There is no adapter {adapter!r}.", fix=f"Installed: {', '.join(sorted(points))}.")
        factory = points[adapter].load()
        variables = factory.key_variables if isinstance(factory, Adapter) else ()
        variable = key_variable or (variables[0] if variables else "")
        settings = read_settings()
        path = settings.config_file or Path.cwd() / CONFIG_NAME
        options = {"adapter": adapter}
        if base_url:
            options["base_url"] = base_url
        if variable:
            options["api_key"] = f"{REFERENCE}{variable}"
        name = instance or adapter
        add_instance(path, name, options)
        terminal.document = {"file": str(path), "name": name, "options": options}
        needs = f" Set {variable}, then: cutaway providers check {name}" if variable else ""
        terminal.say(f"Added {name} to {path}.{needs}")
        return 0

    run(work, as_json=as_json)

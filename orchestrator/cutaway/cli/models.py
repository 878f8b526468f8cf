"""`cutaway models`: what could make a video, for how much, from which dated list; and what price lists say by now."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from cutaway.cli.frame import Terminal, read_settings, run

app = typer.Typer(help="Models: what each can do, its dated price, and how to reach it.", invoke_without_command=True)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]


@app.callback(invoke_without_command=True)
def models(
    context: typer.Context,
    operation: Annotated[str, typer.Option(help="generate, edit, extend or upscale.")] = "",
    resolution: Annotated[str, typer.Option(help="For example 480p, 720p, 1080p or 4k.")] = "",
    aspect: Annotated[str, typer.Option(help="For example 16:9, 9:16 or 1:1.")] = "16:9",
    seconds: Annotated[float, typer.Option(min=0.5, max=600, help="Seconds of video the prices are for.")] = 5.0,
    provider: Annotated[str, typer.Option(help="Only this provider.")] = "",
    audio: Annotated[bool, typer.Option("--audio", help="Only models that make sound.")] = False,
    modality: Annotated[str, typer.Option(help="video, image, audio, or any.")] = "video",
    usable: Annotated[bool, typer.Option("--usable", help="Only models that could be used right now.")] = False,
    as_json: AsJson = False,
) -> None:
    """List models, the cheapest first: the most the order can cost, and what keeps a model from being used."""
    if context.invoked_subcommand is not None:
        return

    async def work(terminal: Terminal) -> int:
        from datetime import UTC, datetime

        from cutaway.contract import Aspect, Modality, OperationKind, Resolution
        from cutaway.errors import InputError
        from cutaway.registry import known
        from cutaway.routing.listing import Wish, cheapest_first, listed

        for value, kind, name in (
            (operation, OperationKind, "operation"),
            (resolution, Resolution, "resolution"),
            (aspect, Aspect, "aspect"),
        ):
            if value and value not in get_args(kind):
                raise InputError(f"--{name} is {value!r}.", fix=f"Use {', '.join(get_args(kind))}.")
        if modality not in (*get_args(Modality), "any"):
            raise InputError(f"--modality is {modality!r}.", fix=f"Use {', '.join(get_args(Modality))} or any.")
        wish = Wish(operation or None, resolution or None, aspect, seconds, audio)  # type: ignore[arg-type]
        instances = known(read_settings())
        names = {one.name for one in instances} | {one.adapter for one in instances}
        if provider and provider not in names:
            raise InputError(f"There is no provider {provider!r}.", fix=f"There are {', '.join(sorted(names))}.")
        today = datetime.now(UTC).date()
        rows = cheapest_first(
            row
            for one in instances
            if provider in {"", one.name, one.adapter}
            for model in one.models
            if modality in {"any", model.modality}
            if (row := listed(one.name, model, wish, today, problem="" if one.provider else one.fix or one.problem))
            if row.usable or not usable
        )
        terminal.document = {
            "wish": {
                "operation": operation or None,
                "resolution": resolution or None,
                "aspect": aspect,
                "seconds": seconds,
                "audio": audio,
                "modality": modality,
            },
            "models": [row.model_dump(mode="json") for row in rows],
        }
        if not terminal.as_json:
            for row in rows:
                cost = "no price" if row.most_usd is None else f"${row.most_usd:.2f}"
                dated = f"{row.price_as_of}" if row.price_as_of else ""
                tail = f" - {row.problem}" if row.problem else ""
                terminal.say(f"{row.model:<44} {cost:>9}  {','.join(row.operations):<22} {dated}{tail}")
            terminal.say(f"{len(rows)} models; prices are the most for {seconds:g} s.")
        return 0

    run(work, as_json=as_json)


@app.command("refresh")
def refresh(as_json: AsJson = False) -> None:
    """Compare the catalog with LiteLLM's price map and vendors' own lists; nothing is changed."""

    async def work(terminal: Terminal) -> int:
        from cutaway.registry import known
        from cutaway.routing.imports import adapters_by_list, compare, litellm_prices, vendors_prices

        instances = known(read_settings())
        ours = {f"{one.adapter}:{model.id}": model for one in instances for model in one.models}
        found = litellm_prices(adapters_by_list(instances)) | await vendors_prices(instances)
        differences = compare(ours, found)
        terminal.document = {"differences": [one.model_dump(mode="json") for one in differences]}
        for one in differences:
            terminal.say(f"{one.kind:<9} {one.model:<52} ours {one.ours or '-':<14} theirs {one.theirs or '-'}")
        kinds = {kind: sum(1 for one in differences if one.kind == kind) for kind in ("same", "differs", "new")}
        terminal.say(
            f"{kinds['same']} the same, {kinds['differs']} differ, {kinds['new']} not in the catalog. Nothing was "
            "changed: write what you believe under providers.<name>.models in cutaway.yaml."
        )
        return 0

    run(work, as_json=as_json)

"""`cutaway models`: what could make a video, for how much, from which dated list; and what price lists say by now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, get_args

import typer

from cutaway.cli.frame import Terminal, read_settings, run

if TYPE_CHECKING:
    from cutaway.contract import ModelProfile
    from cutaway.registry import Known

LISTS_STATUS: Final = 4
"""No list could be read, so nothing was compared."""

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

        from cutaway.contract import Aspect, Modality, OperationKind, Resolution, usd
        from cutaway.conversation.terms import why_nothing_paid
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
        settings = read_settings()
        instances = known(settings)
        names = {one.name for one in instances} | {one.adapter for one in instances}
        if provider and provider not in names:
            raise InputError(f"There is no provider {provider!r}.", fix=f"There are {', '.join(sorted(names))}.")
        today = datetime.now(UTC).date()
        unpayable = why_nothing_paid(settings)
        rows = cheapest_first(
            row
            for one in instances
            if provider in {"", one.name, one.adapter}
            for model in one.models
            if modality in {"any", model.modality}
            if (row := listed(one.name, model, wish, today, **_why_not(one, model, unpayable)))
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
            terminal.say(_line("model", "at most", "for", "it can", "price of"))
            for row in rows:
                cost = "no price" if row.most_usd is None else usd(row.most_usd)
                buys = f"{row.unit} at {row.at}" if row.at else row.unit
                dated = f"{row.price_as_of}" if row.price_as_of else ""
                tail = f" - {row.problem} {row.fix}".rstrip() if row.problem else ""
                terminal.say((_line(row.model, cost, buys, ",".join(row.operations), dated) + tail).rstrip())
            cheapest = "" if resolution or modality == "audio" else ", at the cheapest resolution each makes"
            terminal.say(f"{len(rows)} models; a price is the most that what stands behind it can cost{cheapest}.")
        return 0

    run(work, as_json=as_json)


def _line(model: str, cost: str, buys: str, can: str, dated: str) -> str:
    return f"{model:<44} {cost:>9}  {buys:<17} {can:<22} {dated:<10}"


def _why_not(one: Known, model: ModelProfile, unpayable: str) -> dict[str, str]:
    """What keeps any order from this model, as `problem` and `fix`."""
    if one.provider is None:
        return {"problem": one.problem, "fix": one.fix}
    if unpayable and model.price is not None and not model.price.free:
        return {"problem": f"refused here: {unpayable}", "fix": ""}
    return {}


@app.command("refresh")
def refresh(as_json: AsJson = False) -> None:
    """Compare the catalog with LiteLLM's price map and vendors' own lists; nothing is changed."""

    async def work(terminal: Terminal) -> int:
        from cutaway.registry import known
        from cutaway.routing.imports import adapters_by_list, compare, litellm_list, vendors_lists

        instances = known(read_settings())
        ours = {f"{one.adapter}:{model.id}": model for one in instances for model in one.models}
        lists = (litellm_list(adapters_by_list(instances)), *await vendors_lists(instances))
        found = {name: price for one in lists for name, price in one.prices.items()}
        differences = compare(ours, found)
        terminal.document = {
            "lists": [{"name": one.name, "models": len(one.prices), "problem": one.problem} for one in lists],
            "differences": [one.model_dump(mode="json") for one in differences],
        }
        for one in differences:
            terminal.say(f"{one.kind:<9} {one.model:<52} ours {one.ours or '-':<14} theirs {one.theirs or '-'}")
        for read in lists:
            terminal.say(f"{read.name}: {read.problem or f'{len(read.prices)} models'}")
        silent = [one.name for one in instances if one.provider is None and one.key_variables]
        if silent:
            terminal.say(f"Not asked for a list, because they cannot be used now: {', '.join(silent)}")
        kinds = {kind: sum(1 for one in differences if one.kind == kind) for kind in ("same", "differs", "new")}
        terminal.say(
            f"{kinds['same']} the same, {kinds['differs']} differ, {kinds['new']} not in the catalog. Nothing was "
            "changed: write what you believe under providers.<name>.models in cutaway.yaml."
        )
        return 0 if any(not one.problem for one in lists) else LISTS_STATUS

    run(work, as_json=as_json)

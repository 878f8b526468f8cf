"""`cutaway evaluate`: how well a reasoner understands people, on conversations with what is expected of each turn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cutaway.cli.frame import Terminal, read_settings, run

if TYPE_CHECKING:
    from cutaway.conversation.plan import Reasoner
    from cutaway.evaluation.conversation import Conversation
    from cutaway.evaluation.judging import Verdict
    from cutaway.evaluation.running import Share, Tally


def evaluate(
    reasoner: Annotated[
        str, typer.Option(help="keywords, litellm, or your own as MODULE:NAME (a class or a function that makes one).")
    ] = "keywords",
    model: Annotated[str, typer.Option(help="With litellm: the model, instead of CUTAWAY_MODEL.")] = "",
    conversations: Annotated[str, typer.Option(help="Your own YAML file of conversations.")] = "",
    held_out: Annotated[bool, typer.Option("--held-out", help="Only the conversations held out.")] = False,
    open_ones: Annotated[bool, typer.Option("--open", help="Only the open conversations.")] = False,
    failures: Annotated[bool, typer.Option("--failures", help="List what came out wrong, of the open ones.")] = False,
    show_held_out: Annotated[
        bool, typer.Option("--show-held-out", help="With --failures: list those held out, too. They are then spent.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Make the calls to a model, which cost.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")] = False,
) -> None:
    """Ask a reasoner for a plan of each turn, and count what is right. Nothing is made; only a model's calls cost."""

    async def work(terminal: Terminal) -> int:
        from pathlib import Path

        from cutaway.errors import InputError
        from cutaway.evaluation.reading import own_table, read
        from cutaway.evaluation.running import evaluate as evaluated

        if held_out and open_ones:
            raise InputError("--held-out and --open are given together.", fix="Give one, or none for both parts.")
        if show_held_out and not failures:
            raise InputError("--show-held-out is given without --failures.", fix="Add --failures.")
        asked = _reasoner(reasoner, model)
        found = read(Path(conversations)) if conversations else own_table()
        wanted = [one for one in found if not (held_out or open_ones) or one.held_out == held_out]
        if not wanted:
            part = "held out" if held_out else "open"
            raise InputError(f"No conversation in {conversations} is {part}.", fix="Leave --held-out and --open out.")
        if reasoner == "litellm" and not yes:
            turns = sum(len(one.turns) for one in wanted)
            raise InputError(
                f"{asked.name} would be called {turns} to {2 * turns} times, which its vendor charges for.",
                fix="Add --yes to make the calls, or take fewer with --conversations, --open or --held-out.",
            )
        verdicts = await evaluated(asked, wanted)
        listed = [
            one
            for one in verdicts
            if failures and not one.right and (show_held_out or not one.step.conversation.held_out)
        ]
        terminal.document = _document(asked.name, wanted, verdicts, listed if failures else None)
        if not terminal.as_json:
            _tell(terminal, asked.name, wanted, verdicts)
            for one in listed:
                _tell_failure(terminal, one)
        return 0

    run(work, as_json=as_json)


def _reasoner(name: str, model: str) -> Reasoner:
    """The reasoner by its name. Raises `InputError`, or `ConfigError` where a model cannot be used."""
    from cutaway.conversation.terms import choose_reasoner
    from cutaway.errors import InputError

    if ":" in name:
        return _own(name)
    if name not in {"keywords", "litellm"}:
        raise InputError(f"There is no reasoner {name!r}.", fix="Use keywords, litellm, or your own as MODULE:NAME.")
    if model and name != "litellm":
        raise InputError(f"--model is given, and {name} uses none.", fix="Add --reasoner litellm.")
    settings = read_settings()
    if name == "litellm" and settings.keys_ignored:
        raise InputError("Keys are ignored here, so no model can be called.", fix="Unset CUTAWAY_KEYS_IGNORED.")
    settings = settings.model_copy(update={"reasoner": name, "model": model or settings.model})
    return choose_reasoner(settings)


def _own(name: str) -> Reasoner:
    """Somebody's own reasoner, from a module that can be imported here."""
    import importlib
    import sys

    from cutaway.errors import InputError

    module, _, attribute = name.partition(":")
    # As `python -m` does: a module beside the person is found.
    sys.path.insert(0, "")
    try:
        made = getattr(importlib.import_module(module), attribute)()
    except Exception as error:
        raise InputError(
            f"The reasoner {name!r} cannot be made: {type(error).__name__}: {error}.",
            fix="Name an importable module and a class or function in it that takes no arguments.",
        ) from error
    if not callable(getattr(made, "plan", None)) or not isinstance(getattr(made, "name", None), str):
        raise InputError(f"{name!r} makes no reasoner.", fix="A reasoner has a `name` and `async def plan(situation)`.")
    reasoner: Reasoner = made
    return reasoner


def _parts(verdicts: Sequence[Verdict]) -> dict[str, list[Verdict]]:
    return {
        "open": [one for one in verdicts if not one.step.conversation.held_out],
        "held out": [one for one in verdicts if one.step.conversation.held_out],
    }


def _document(
    name: str, conversations: Sequence[Conversation], verdicts: Sequence[Verdict], listed: Sequence[Verdict] | None
) -> dict[str, Any]:
    from cutaway.evaluation.running import by_kind, tally

    parts = {part.replace(" ", "_"): tally(some).data() for part, some in _parts(verdicts).items() if some}
    found: dict[str, Any] = {
        "reasoner": name,
        "conversations": len(conversations),
        "turns": len(verdicts),
        "kinds": {kind: one.data() for kind, one in by_kind(verdicts).items()},
        "parts": parts,
    }
    return found if listed is None else found | {"failures": [_failure(one) for one in listed]}


def _failure(verdict: Verdict) -> dict[str, Any]:
    step = verdict.step
    return {
        "conversation": step.conversation.name,
        "turn": step.number,
        "kind": step.turn.kind,
        "held_out": step.conversation.held_out,
        "say": step.turn.say,
        "wrong": list(verdict.wrong),
        "expected": [one.model_dump(mode="json", exclude_defaults=True) for one in step.turn.outcomes],
        "got": None if verdict.plan is None else verdict.plan.model_dump(mode="json", exclude_defaults=True),
    }


def _tell(terminal: Terminal, name: str, conversations: Sequence[Conversation], verdicts: Sequence[Verdict]) -> None:
    from rich import box
    from rich.table import Table

    from cutaway.evaluation.running import by_kind, tally

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Kind")
    for column in ("Turns", "Decision", "Intent", "Edits", "Films", "All right", "Acted", "Asked"):
        table.add_column(column, justify="right")
    for kind, one in sorted(by_kind(verdicts).items()):
        table.add_row(*_row(kind, one))
    table.add_section()
    for part, some in _parts(verdicts).items():
        if some:
            table.add_row(*_row(part, tally(some)))
    terminal.out.print(table)
    for part, some in _parts(verdicts).items():
        if some:
            one = tally(some)
            terminal.say(
                f"{part}: decision {_interval(one.decision)}; edits fully right {_interval(one.edits)}; "
                f"films {_interval(one.films)}; everything {_interval(one.right)}; "
                f"when it acts {_interval(one.acted)}."
            )
    failed = sum(one.plan is None for one in verdicts)
    tail = f" {failed} turns got no plan." if failed else ""
    terminal.say(
        f"{name}, {len(conversations)} conversations, {len(verdicts)} turns. Intervals are 95 %, by Wilson. Acted: "
        f"right where it made or changed something. Asked: questions, and how many of them were in place.{tail}"
    )


def _row(name: str, one: Tally) -> tuple[str, ...]:
    shares = (one.decision, one.intent, one.edits, one.films, one.right, one.acted)
    return (name, str(one.count), *(_of(share) for share in shares), f"{one.asked} ({one.asked_well})")


def _of(share: Share) -> str:
    return "-" if share.share is None else f"{share.share:.0%}"


def _interval(share: Share) -> str:
    if share.interval is None:
        return "-"
    low, high = share.interval
    return f"{share.right}/{share.count} ({low:.0%} to {high:.0%})"


def _tell_failure(terminal: Terminal, verdict: Verdict) -> None:
    step, plan = verdict.step, verdict.plan
    terminal.say()
    terminal.say(f"{step.conversation.name}, turn {step.number} ({step.turn.kind}): {step.turn.say}")
    for number, outcome in enumerate(step.turn.outcomes):
        shown = outcome.model_dump(mode="json", exclude_defaults=True, exclude={"decision"})
        terminal.say(f"  {'or      ' if number else 'expected'} {_plainly(shown)}")
    got = {} if plan is None else plan.model_dump(mode="json", exclude_defaults=True, include=_SHOWN)
    terminal.say(f"  got      {_plainly(got) if plan else 'no plan'}")
    terminal.say(f"  because  {'; '.join(verdict.wrong)}")


_SHOWN = {"intent", "edits", "storyboard", "target", "reply", "choices"}


def _plainly(data: Any) -> str:
    import json

    return json.dumps(data, ensure_ascii=False)

"""`cutaway policy`: look at a policy before it is used: lint, explain, diff, schema; what goes live is beside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final, get_args

import typer

from cutaway.cli import policy_live, policy_replay
from cutaway.cli.candidates import everyone
from cutaway.cli.frame import Terminal, read_settings, run
from cutaway.cli.policy_files import given, lint_here

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from cutaway.contract import GenerationRequest
    from cutaway.routing import Candidate, Conditions, RoutingDecision, RoutingPolicy
    from cutaway.settings import Settings

app = typer.Typer(
    help="Policies: check, explain, compare and replay one, then put it live or take it back.", no_args_is_help=True
)

app.command("simulate")(policy_replay.simulate)
app.command("decisions")(policy_replay.decisions)
app.command("apply")(policy_live.apply)
app.command("rollback")(policy_live.rollback)
app.command("status")(policy_live.status)

WIDE: Final = 150
"""Columns of the table of sums in a file or a pipe."""

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]
File = Annotated[str, typer.Argument(help="A policy file, or the name of one that comes with Cutaway.")]


@app.command("lint")
def lint_files(
    files: Annotated[list[str], typer.Argument(help="Policy files, or names of those that come with Cutaway.")],
    as_json: AsJson = False,
) -> None:
    """Check policies: keys and types, limits, rules, floors, names and plans. Leaves with 2 when one has errors."""

    async def work(terminal: Terminal) -> int:
        from datetime import UTC, datetime

        from cutaway.routing.policy_file import find_policy

        settings = read_settings()
        today = datetime.now(UTC).date()
        # A name that is no policy is refused before any file is told about.
        documents = [_linted(terminal, settings, path, today) for path in [find_policy(file) for file in files]]
        fine = all(document["ok"] for document in documents)
        terminal.document = documents[0] if len(documents) == 1 else {"ok": fine, "files": documents}
        if len(documents) > 1 and not fine:
            wrong = [str(document["file"]) for document in documents if not document["ok"]]
            terminal.say(f"{len(wrong)} of {len(documents)} cannot be used: {', '.join(wrong)}.")
        return 0 if fine else 2

    run(work, as_json=as_json)


def _linted(terminal: Terminal, settings: Settings, path: Path, today: date) -> dict[str, Any]:
    """What is found in one file, told and as a document."""
    reading, found = lint_here(settings, path, today)
    errors = [one for one in found if one.level == "error"]
    policy = reading.policy
    for one in found:
        terminal.say(f"{one.place}: {one.level}: {one.message}", style="red" if one.level == "error" else "yellow")
        if one.fix:
            terminal.say(f"  fix: {one.fix}")
    if errors:
        terminal.say(f"{len(errors)} error{'' if len(errors) == 1 else 's'}; such a policy is not used.")
    elif policy is not None:
        terminal.say(f"{policy.name}@{policy.revision} can be used.")
    return {
        "ok": not errors,
        "file": str(path),
        "policy": policy.name if policy else None,
        "revision": policy.revision if policy else None,
        "findings": [one.model_dump(mode="json") for one in found],
    }


@app.command("explain")
def explain(
    file: File,
    prompt: Annotated[str, typer.Option(help="The words of the order; their length counts with some models.")],
    seconds: Annotated[float, typer.Option(min=0.5, max=600, help="Seconds of video.")],
    operation: Annotated[str, typer.Option(help="generate, edit, extend or upscale.")] = "generate",
    resolution: Annotated[str, typer.Option(help="For example 480p, 720p, 1080p or 4k.")] = "720p",
    aspect: Annotated[str, typer.Option(help="For example 16:9, 9:16 or 1:1.")] = "16:9",
    audio: Annotated[bool, typer.Option("--audio", help="The clip needs sound.")] = False,
    stage: Annotated[str, typer.Option(help="animatic, still, draft or final.")] = "final",
    tenant: Annotated[str, typer.Option(help="The tenant who orders, for rules about tenants.")] = "",
    tag: Annotated[
        list[str] | None, typer.Option(help="A tag of the order, for rules about tags; several times.")
    ] = None,
    at: Annotated[
        str,
        typer.Option(help="Decide as at this moment, for example 2026-12-01T18:00+01:00; without a zone it is UTC."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """What a policy would decide for one order: every model, chosen, next or rejected, with the sum of its price."""

    async def work(terminal: Terminal) -> int:
        from datetime import UTC

        from cutaway.conversation.terms import within
        from cutaway.errors import RoutingError
        from cutaway.routing.conditions import Conditions
        from cutaway.routing.router import route

        settings = read_settings()
        policy = within(settings, *given(terminal, [file]))
        request = _order(prompt, seconds, operation, resolution, aspect, audio, stage)
        candidates, problems = everyone(settings)
        decision, status, refusal = None, 0, None
        conditions = Conditions(now=_moment(at), tenant=tenant, tags=tuple(tag or ()))
        try:
            decision = route(request, candidates, policy, conditions)
        except RoutingError as error:
            refusal, status = error, error.exit_code
        rejections = (
            [one.model_dump(mode="json") for one in decision.rejections]
            if decision
            else _refused(refusal.rejections if refusal else {}, request, policy, candidates, conditions)
        )
        terminal.document = {
            "policy": policy.name,
            "revision": policy.revision,
            "objective": decision.objective if decision else policy.objective,
            "rules": list(decision.rules) if decision else [],
            "catalog_date": str(decision.catalog_date) if decision and decision.catalog_date else None,
            "request": {
                "prompt": prompt,
                "seconds": seconds,
                "operation": operation,
                "size": str(request.size),
                "audio": audio,
                "stage": stage,
                "tenant": tenant,
                "tags": list(conditions.tags),
            },
            "at": conditions.now.isoformat(),
            "chosen": decision.chosen.model if decision else None,
            "no_final": decision.no_final if decision else "",
            "quotes": [
                one.model_dump(mode="json") | _usable(one.model, problems)
                for one in (decision.ranked if decision else ())
            ],
            "rejections": [one | _usable(str(one["model"]), problems) for one in rejections],
        }
        if not terminal.as_json:
            if at:
                terminal.say(f"As at {conditions.now.astimezone(UTC):%Y-%m-%d %H:%M} UTC.")
            _tell(terminal, policy, decision, rejections, problems)
            if refusal:
                terminal.complain({"message": refusal.message, "fix": refusal.fix})
        return status

    run(work, as_json=as_json)


@app.command("diff")
def diff(
    a: Annotated[str, typer.Argument(help="A policy file or name.")],
    b: Annotated[str, typer.Argument(help="The one to compare it with.")],
    as_json: AsJson = False,
) -> None:
    """The keys at which two policies differ, and the typical orders for which they choose differently."""

    async def work(terminal: Terminal) -> int:
        from cutaway.cli.policy_diff import told_decisions, told_keys
        from cutaway.conversation.terms import within
        from cutaway.routing.comparison import differing_decisions, differing_keys
        from cutaway.routing.conditions import Conditions

        settings = read_settings()
        ours, theirs = given(terminal, [a, b])
        candidates, _ = everyone(settings)
        keys = differing_keys(ours, theirs)
        conditions = Conditions(now=_moment(""))
        decisions = differing_decisions(within(settings, ours), within(settings, theirs), candidates, conditions)
        terminal.document = {
            "a": {"policy": ours.name, "revision": ours.revision},
            "b": {"policy": theirs.name, "revision": theirs.revision},
            "keys": [one.model_dump(mode="json") for one in keys],
            "decisions": [one.model_dump(mode="json") for one in decisions],
        }
        said = list(told_keys(keys))
        for line in said:
            terminal.say(line)
        for line in told_decisions(decisions):
            terminal.say(line)
        same = "" if said else "The two say the same. "
        counts = f"{_counted(len(said), 'key')} and {_counted(len(decisions), 'decision')}"
        terminal.say(f"{same}{counts} about typical orders differ.")
        return 0

    run(work, as_json=as_json)


@app.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of policy files, for editors (policies/policy.schema.json is the same)."""
    from cutaway.routing.document import schema

    print(json.dumps(schema(), indent=2))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _refused(
    reasons: Mapping[str, str],
    request: GenerationRequest,
    policy: RoutingPolicy,
    candidates: Sequence[Candidate],
    conditions: Conditions,
) -> list[dict[str, Any]]:
    """Every rejection of a refused order, with the sum of its price where it got that far."""
    from cutaway.routing.effective import effective
    from cutaway.routing.judging import judge_all

    preferences = effective(policy, request, conditions).preferences
    judged = judge_all(candidates, request, preferences, conditions.today)
    sums = {able.candidate.id: able.arithmetic for able in judged.able}
    return [{"model": model, "reason": reason, "arithmetic": sums.get(model, "")} for model, reason in reasons.items()]


def _usable(model: str, problems: dict[str, str]) -> dict[str, Any]:
    return {"usable": model not in problems, "problem": problems.get(model, "")}


def _order(
    prompt: str, seconds: float, operation: str, resolution: str, aspect: str, audio: bool, stage: str
) -> GenerationRequest:
    from cutaway.contract import Aspect, OperationKind, Resolution, Stage
    from cutaway.errors import InputError
    from cutaway.routing.typical import order_of

    for value, kind, name in (
        (operation, OperationKind, "operation"),
        (resolution, Resolution, "resolution"),
        (aspect, Aspect, "aspect"),
        (stage, Stage, "stage"),
    ):
        if value not in get_args(kind):
            raise InputError(f"--{name} is {value!r}.", fix=f"Use {', '.join(get_args(kind))}.")
    order = order_of(
        prompt=prompt,
        seconds=seconds,
        operation=operation,  # type: ignore[arg-type]
        resolution=resolution,  # type: ignore[arg-type]
        aspect=aspect,  # type: ignore[arg-type]
        audio=audio,
    )
    # A still is a picture; every other rung is a clip.
    return order.model_copy(update={"stage": stage, "modality": "image" if stage == "still" else order.modality})


def _moment(text: str) -> Any:
    from datetime import UTC, datetime

    from cutaway.errors import InputError

    if not text:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"--at is {text!r}, which is no moment.", fix="Write 2026-12-01T18:00+01:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tell(
    terminal: Terminal,
    policy: RoutingPolicy,
    decision: RoutingDecision | None,
    rejections: list[dict[str, Any]],
    problems: dict[str, str],
) -> None:
    from cutaway.cli.show import table
    from cutaway.contract import usd

    objective = decision.objective if decision else policy.objective
    rules = f", rules {', '.join(decision.rules)}" if decision and decision.rules else ""
    terminal.say(f"{policy.name}@{policy.revision}, objective {objective}{rules}")
    listed = table(terminal, "", "Model", "At most", "The sum", "Tries", "$/kept s", "Wait", "Here")
    for place, one in enumerate(decision.ranked if decision else ()):
        listed.add_row(
            ("outline" if decision and decision.no_final else "chosen") if not place else "next",
            one.model,
            usd(one.most_usd),
            one.arithmetic,
            f"{one.attempts:.1f}",
            f"{one.per_accepted_s_usd:.3f}",
            "?" if one.expected_wait_s is None else f"{one.expected_wait_s:.0f} s",
            "no key" if one.model in problems else "yes",
        )
    if decision:
        if not terminal.out.is_terminal:
            # No window ends in a file: there each sum keeps to its line.
            terminal.out.width = WIDE
        terminal.out.print(listed)
        terminal.say("$/kept s: the sum, or the share of it that is usually charged, x tries / seconds.")
        if decision.no_final:
            cost = f"an outline at {usd(decision.chosen.most_usd)} ({decision.chosen.model})"
            terminal.say(f"no final is possible: {decision.no_final}; {cost}.")
        else:
            terminal.say(f"{decision.chosen.model}: {decision.chosen.why}.")
    for out in rejections:
        tail = f" ({out['arithmetic']})" if out["arithmetic"] else ""
        terminal.say(f"not {out['model']}: {out['reason']}{tail}")

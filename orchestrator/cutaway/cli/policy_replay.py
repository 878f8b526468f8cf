"""`cutaway policy simulate` and `decisions`: what other policies would have made of what was decided."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final

import typer

from cutaway.cli.candidates import everyone
from cutaway.cli.frame import Terminal, read_settings, run
from cutaway.cli.money import moment
from cutaway.cli.policy_files import given
from cutaway.cli.policy_live import connected

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from cutaway.routing.recorded import Recorded
    from cutaway.routing.replay import Summary
    from cutaway.settings import Settings

GUESSED: Final = {
    "budget": "what an account had left",
    "conditions": "the moment",
    "draft": "the final of the draft",
    "models": "models that are gone",
    "month": "the month of a plan",
    "price": "the price then",
    "quality": "the quality",
    "wait": "the wait",
}

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, nothing else there.")]
Since = Annotated[str, typer.Option(help="A day (2026-11-20) or a number of days back (7d).")]


def simulate(
    files: Annotated[list[str], typer.Argument(help="Policy files, or names of ones that come with Cutaway.")],
    source: Annotated[str, typer.Option("--from", help="Decisions as JSON lines, of `cutaway policy decisions`.")] = "",
    since: Since = "7d",
    report: Annotated[str, typer.Option(help="Write one HTML page with plots here.")] = "",
    as_json: AsJson = False,
) -> None:
    """Decide recorded orders again under each policy, side by side; nothing is sent or spent."""
    start = moment(since, datetime.now(UTC))

    async def work(terminal: Terminal) -> int:
        from pathlib import Path

        from cutaway.conversation.terms import within
        from cutaway.errors import InputError
        from cutaway.routing.replay import Past
        from cutaway.routing.report import page

        settings = read_settings()
        policies = [within(settings, policy) for policy in given(terminal, files)]
        found = _read_lines(source) if source else await _read_store(settings, start)
        live = [one for one in found if not one.shadow]
        if not live:
            raise InputError(
                "There are no recorded decisions to replay.",
                fix="Take a longer --since, or give a file of `cutaway policy decisions` with --from.",
            )
        candidates, _ = everyone(settings)
        with _nothing_collected():
            past = Past(live, candidates)
            rows = [past.as_it_was(), *(past.under(policy) for policy in policies)]
        if report:
            try:
                Path(report).write_text(page(live, rows), encoding="utf-8")
            except OSError as error:
                raise InputError(f"{report} cannot be written: {error.strerror}.", fix="Name another file.") from error
        if terminal.as_json:
            terminal.document = {
                "decisions": len(live),
                "from": live[0].at.isoformat(),
                "to": live[-1].at.isoformat(),
                "policies": [row.model_dump(mode="json") for row in rows],
                "report": report or None,
            }
        else:
            _tell(terminal, rows)
            if report:
                terminal.say(f"The report is in {report}.")
        return 0

    run(work, as_json=as_json)


def decisions(since: Since = "7d") -> None:
    """Print the recorded decisions as JSON lines, oldest first; words of prompts are not in them."""
    start = moment(since, datetime.now(UTC))

    async def work(terminal: Terminal) -> int:
        for one in await _read_store(read_settings(), start):
            print(json.dumps(one.document, separators=(",", ":")))
        return 0

    run(work)


async def _read_store(settings: Settings, start: datetime) -> list[Recorded]:
    from cutaway.app import TENANT
    from cutaway.ledger.decisions import DecisionLog
    from cutaway.routing.recorded import Recorded

    async with connected(settings) as redis:
        found = await DecisionLog(redis, TENANT).read(since=start)
    with _nothing_collected():
        return [Recorded.model_validate(one) for one in found]


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Thousands of records that all stay until the command ends: looking for garbage among them takes half of its time.

    They are never looked at, not even at the end.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _read_lines(source: str) -> list[Recorded]:
    from pathlib import Path

    from pydantic import ValidationError

    from cutaway.errors import InputError
    from cutaway.routing.recorded import Recorded

    found: list[Recorded] = []
    try:
        lines = Path(source).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{source} cannot be read: {error}.", fix="Name a file of JSON lines.") from error
    with _nothing_collected():
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                found.append(Recorded.model_validate_json(line))
            except ValidationError as error:
                raise InputError(
                    f"{source}, line {number}: this is no recorded decision ({_fault(error.errors()[0])}).",
                    fix="Write the file with `cutaway policy decisions`.",
                ) from error
    return found


def _fault(found: ErrorDetails) -> str:
    """What is wrong with a record, and where."""
    from cutaway.config_file import shown

    place = ".".join(str(part) for part in found["loc"]) or "the line"
    if found["type"] == "missing":
        return f"{place} is missing"
    if found["type"] == "value_error":
        return str(found["ctx"]["error"])
    return f"{place} is {shown(str(found['input']))}, which does not fit"


def _tell(terminal: Terminal, rows: Sequence[Summary]) -> None:
    from cutaway.cli.show import table
    from cutaway.contract import usd
    from cutaway.routing.report import expected

    numbers = ("At most", "Expected", "Wait", "Elo", "Refused", "No final", "Changed", "Guessed")
    listed = table(terminal, "Policy", *numbers)
    for row in rows:
        listed.add_row(
            f"{row.policy}@{row.revision}",
            usd(row.most_usd),
            expected(row),
            "?" if row.wait_s is None else f"{row.wait_s:.0f} s",
            "?" if row.elo is None else f"{row.elo:.0f}",
            f"{row.refused}",
            f"{row.no_final}",
            f"{row.changed}",
            f"{row.guessed:.0%}",
        )
    terminal.out.print(listed)
    if any(row.no_final for row in rows):
        terminal.say("No final: orders that come to an outline only; it costs nothing, and a final was wanted.")
    terminal.say(
        f"{rows[0].decisions} decisions. Expected: with the attempts that kept clips take; (guess) where they are "
        "those of a paid model that nobody rated. Guessed: decisions of which something is not "
        f"known{_said(rows[1:])}."
    )


def _said(rows: Sequence[Summary]) -> str:
    """What is guessed, and in how many decisions of the policy that guesses most of it."""
    most: dict[str, int] = {}
    for row in rows:
        for kind, count in row.guesses.items():
            most[kind] = max(count, most.get(kind, 0))
    return f" ({', '.join(f'{GUESSED[kind]} of {count}' for kind, count in most.items())})" if most else ""

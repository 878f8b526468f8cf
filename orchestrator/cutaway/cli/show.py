"""Turns, plans and versions as people read them, and as the JSON that `--json` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cutaway.cli.frame import Terminal, plain
from cutaway.contract import usd

if TYPE_CHECKING:
    from rich.table import Table

    from cutaway.cli.versions import Listing
    from cutaway.conversation.turn import ShotPlan, TurnResult, VersionView
    from cutaway.ledger import Operation


def person(terminal: Terminal, text: str) -> None:
    """What the person said, as in a chat."""
    _speak(terminal, "You", "bold cyan", text)


def studio(terminal: Terminal, text: str) -> None:
    """What the studio said, as in a chat."""
    _speak(terminal, "Studio", "bold green", text)


def turn(terminal: Terminal, answered: TurnResult) -> None:
    """The answer: its words, what it cites, the plan as a table, and what could be said next."""
    if answered.error is not None:
        terminal.complain(answered.error)
        return
    studio(terminal, answered.reply)
    for citation in answered.citations:
        terminal.say(f"        {citation.ref}: {citation.text.strip()}", style="dim")
    if answered.shots:
        plan(terminal, answered.shots)
    if answered.choices and answered.quote_state != "pending":
        terminal.say("        You could say: " + " | ".join(answered.choices), style="dim")


def plan(terminal: Terminal, shots: Sequence[ShotPlan]) -> None:
    """The plan of a version: per shot the class, the model, the most it can cost, why, and the line it comes from."""
    made = table(terminal, "Shot", "Seconds", "Class", "Model", "At most", "Why", "From")
    for shot in shots:
        made.add_row(
            plain(f"{shot.number}. {shot.what}"),
            f"{shot.seconds:g}",
            shot.change_class,
            shot.model or "-",
            usd(shot.most_usd),
            plain(_reason(shot)),
            plain("\n".join(shot.sources)) or "-",
        )
    terminal.out.print(made)


def changes(answered: TurnResult) -> str:
    """What a turn changed and what it reused, in one line."""
    from cutaway.conversation.replies import plain_fields

    touched = [
        f"shot {shot.number} ({', '.join(plain_fields(shot.fields))})"
        for shot in answered.shots
        if shot.fields and shot.fields != ("new",)
    ]
    counts = Counter(shot.change_class for shot in answered.shots)
    kept = counts["reuse"] + counts["local"]
    changed = f"changed: {', '.join(touched) or 'the cut only'}"
    return f"{changed}; reused: {kept} of {len(answered.shots)} pictures; drawn anew: {counts['generate']}"


def version(terminal: Terminal, made: VersionView, *, after_s: float | None = None) -> None:
    """Where a version stands: its file once it is ready, and what it cost."""
    took = "" if after_s is None else f" after {after_s:.1f} s"
    cost = f"at most {usd(made.quoted_usd)} was quoted, {usd(made.charged_usd)} was charged"
    if made.state == "ready":
        terminal.say(f"        v{made.number} is ready{took}: {made.duration_s:.1f} s of film; {cost}.", style="bold")
        if made.path:
            terminal.say(f"        {made.path}")
    elif made.state == "failed":
        terminal.say(f"        v{made.number} could not be made; {cost}.", style="bold red")
    elif made.state == "in_doubt":
        terminal.say(f"        v{made.number} waits for you: an order may have been charged; {cost}.", style="bold red")
    elif made.state == "making":
        terminal.say(f"        v{made.number} is being made; {cost} so far.")
    if made.charged_usd > made.quoted_usd:
        terminal.say(
            "        That is more than was quoted: a price in the catalog is too low. Correct it under "
            "providers.<name>.models in cutaway.yaml; `/why` names the model.",
            style="bold red",
        )


def at_once(terminal: Terminal, made: VersionView) -> None:
    """A version nobody had to wait for: where it is."""
    terminal.say(f"        v{made.number} is ready: {made.path}", style="bold")


def versions(terminal: Terminal, listing: Listing) -> None:
    """All versions of a thread; the one the conversation stands on is marked, and every branch's head is named."""
    made = listing.versions
    numbers = {one.id: f"v{one.number}" for one in made}
    if not made:
        terminal.say("There is no version yet.")
        return
    branched = len(listing.branches) > 1
    listed = table(
        terminal, "Version", "From", "State", "Seconds", "Quoted", "Charged", "What", *(["Branch"] if branched else [])
    )
    for one in made:
        listed.add_row(
            f"v{one.number}{' *' if one.id == listing.head_id else ''}",
            numbers.get(one.parent_id or "", "-"),
            one.state,
            f"{one.duration_s:.1f}",
            usd(one.quoted_usd),
            usd(one.charged_usd),
            plain(one.summary),
            *([_heads(listing, one.id)] if branched else []),
        )
    terminal.out.print(listed)
    for one in made:
        if one.path:
            terminal.say(f" v{one.number}  {one.path}")


def operations(terminal: Terminal, found: Sequence[Operation]) -> None:
    """Operations, one row each."""
    listed = table(terminal, "Operation", "Thread", "What", "Model", "Phase", "Done", "Money", "Charged")
    for one in found:
        listed.add_row(
            one.id,
            plain(one.thread),
            plain(one.shot_id) or one.kind,
            plain(one.model),
            one.phase,
            f"{one.progress:.0%}",
            one.money,
            usd(one.charged_usd),
        )
    terminal.out.print(listed)


def document(answered: TurnResult) -> dict[str, Any]:
    """The turn as JSON: a shot's change class is called `class`."""
    found: dict[str, Any] = answered.model_dump(mode="json")
    found["shots"] = [{"class": shot.pop("change_class"), **shot} for shot in found["shots"]]
    return found


def _heads(listing: Listing, version_id: str) -> str:
    return ", ".join(
        f"head of {branch.name}{' (current)' if branch.current else ''}"
        for branch in listing.branches
        if branch.head_id == version_id
    )


def _speak(terminal: Terminal, who: str, style: str, text: str) -> None:
    from rich.text import Text

    lines = plain(text).strip().split("\n")
    said = Text()
    said.append(f"{who:>6}  ", style=style)
    said.append("\n        ".join(lines))
    terminal.out.print(said)


def table(terminal: Terminal, *columns: str) -> Table:
    """An empty table with these columns, in the house's look. In a file or a pipe no name is broken."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    narrow = {"Seconds", "At most", "Quoted", "Charged", "Done", "Tries", "$/kept s", "Wait"}
    narrow |= {"Expected", "Elo", "Refused", "No final", "Changed", "Guessed"}
    whole = {"Operation", "Row", "Class", "Version", "Phase", "Money", "State"}
    if not terminal.out.is_terminal:
        whole |= {"Model", "Thread", "Policy", "Name"}
    for name in columns:
        made.add_column(
            name,
            justify="right" if name in narrow else "left",
            overflow="fold",
            no_wrap=name in narrow | whole,
        )
    return made


def _reason(shot: ShotPlan) -> str:
    from cutaway.conversation.replies import plain_fields

    if shot.change_class == "reuse" or not shot.fields or shot.fields == ("new",):
        return shot.why
    return f"{', '.join(plain_fields(shot.fields))} changed; {shot.why}"

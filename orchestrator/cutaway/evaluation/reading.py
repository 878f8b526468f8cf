"""Reading conversations from YAML files, every complaint with its place; and those that come with Cutaway."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from cutaway.config_file import compose, plain
from cutaway.errors import ConfigError, InputError
from cutaway.evaluation.conversation import Conversation
from cutaway.evaluation.playing import play

TABLE: Final = Path(__file__).parent / "conversations"
"""What comes with Cutaway: `open/` and `held_out/`."""


def own_table() -> tuple[Conversation, ...]:
    """The conversations that come with Cutaway, the open ones first."""
    return tuple(
        one for part in ("open", "held_out") for path in sorted((TABLE / part).glob("*.yaml")) for one in read(path)
    )


def read(path: Path) -> tuple[Conversation, ...]:
    """The conversations in one file, a YAML list. Raises `InputError` with the line, the fault and the fix."""
    if not path.is_file():
        raise InputError(f"There is no file {path}.", fix="Name a YAML file of conversations.")
    try:
        node = compose(path)
        data = [] if node is None else plain(path, "conversations", node)
    except ConfigError as error:
        raise InputError(error.message, fix=error.fix) from error
    if not isinstance(data, list) or not data:
        raise InputError(f"{path} holds no list of conversations.", fix="Begin each one with `- conversation: NAME`.")
    found: dict[str, Conversation] = {}
    for number, one in enumerate(data):
        try:
            made = Conversation.model_validate(one)
        except ValidationError as error:
            first = error.errors()[0]
            raise _fault(path, node, one, (number, *first["loc"]), first["msg"]) from error
        if made.name in found:
            raise _fault(path, node, one, (number,), "another conversation has this name")
        for step in play(made):
            if step.problem:
                raise _fault(path, node, one, (number, "turns", step.number - 1), step.problem)
        found[made.name] = made
    return tuple(found.values())


def _fault(path: Path, node: Any, conversation: Any, loc: Sequence[int | str], problem: str) -> InputError:
    named = conversation.get("conversation") if isinstance(conversation, dict) else None
    at = f" of {named!r}" if isinstance(named, str) else ""
    turn = f"turn {loc[2] + 1}" if len(loc) > 2 and loc[1] == "turns" and isinstance(loc[2], int) else "the head"
    parts = [str(part) for part in loc[3 if turn != "the head" else 1 :]]
    if parts[:1] == ["outcomes"]:
        # The first outcome is written on the turn itself, the others under `or`.
        parts = [*([] if parts[1:2] == ["0"] else ["or", *parts[1:2]]), *parts[2:]]
    inner = ".".join(parts)
    where = f", {inner}" if inner else ""
    return InputError(
        f"{path}, line {_line(node, loc)}: {turn}{at}{where}: {problem.removeprefix('Value error, ')}.",
        fix="docs/evaluate.md describes the format.",
    )


def _line(node: Any, loc: Sequence[int | str]) -> int:
    """The line of the innermost node on this way that stands in the file."""
    for part in loc:
        inner = None
        if node.id == "sequence" and isinstance(part, int) and part < len(node.value):
            inner = node.value[part]
        elif node.id == "mapping":
            inner = next((value for key, value in node.value if key.value == part), None)
        if inner is None:
            continue
        node = inner
    return int(node.start_mark.line) + 1

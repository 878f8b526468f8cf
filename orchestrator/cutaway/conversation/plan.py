"""The TurnPlan: what a reasoner proposes for one turn. Both reasoners speak it; code disposes.

A plan never spends and never names a price. Exactly one `intent`; `make` and `edit` carry a storyboard or edits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, Self

from pydantic import Field, model_validator

from cutaway.contract import Frozen, Stage
from cutaway.storyboard.edits import Edit
from cutaway.storyboard.model import Resolution, Storyboard

Intent = Literal[
    "answer",
    "ask",
    "make",
    "edit",
    "undo",
    "redo",
    "branch",
    "compare",
    "cost",
    "status",
    "why",
    "approve",
    "decline",
    "finish",
    "batch",
]


class Citation(Frozen):
    """One line of context a turn used. `ref` is `name:line`, the line counted from 1."""

    ref: str
    text: str


class TurnPlan(Frozen):
    """What to do with one message.

    `decision` says whether the turn should show something ("video") or is better answered in words ("words");
    `rationale` says why, in one sentence; `confidence` is 0 to 1. `not_understood` quotes the words that had no
    effect. `choices` are complete messages a person could send next. `target` is a version id or a branch name for
    undo, branch, compare and why, and a table's name for batch (one film for each row of it; `sample` is how many are
    shown first). `finish` makes more of the outlines that are there; `stage` "final" asks for final
    pictures at once and "still" for one picture of each shot first, also with `make` and `edit`.
    """

    intent: Intent
    reply: str = ""
    decision: Literal["video", "words"] = "words"
    rationale: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)
    storyboard: Storyboard | None = None
    edits: tuple[Edit, ...] = ()
    scope: str = ""
    citations: tuple[Citation, ...] = ()
    not_understood: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    stage: Stage | None = None
    sample: int | None = Field(default=None, ge=1, le=1000)
    within_h: float | None = Field(default=None, gt=0, le=24 * 14)
    """Hours within which it is needed, when there is no hurry: such work may wait for idle machines."""

    @model_validator(mode="after")
    def _carries_what_it_needs(self) -> Self:
        if self.intent == "make" and self.storyboard is None:
            raise ValueError("a plan that makes needs a storyboard")
        if self.intent == "edit" and not self.edits:
            raise ValueError("a plan that edits needs edits")
        if self.intent not in {"make"} and self.storyboard is not None:
            raise ValueError(f"a plan to {self.intent} carries no storyboard")
        if self.intent not in {"edit"} and self.edits:
            raise ValueError(f"a plan to {self.intent} carries no edits")
        return self


class ContextLine(Frozen):
    """One citable line of what the person gave. `ref` is `name:line`, counted from 1."""

    ref: str
    text: str


class ContextImage(Frozen):
    """A picture the person gave, stored as an asset; it may become a cast reference."""

    ref: str
    sha256: str


class Said(Frozen):
    """One earlier message."""

    role: Literal["person", "studio"]
    text: str


class Situation(Frozen):
    """Everything a reasoner may look at. `text` is the message, already cleaned; it may be hostile.

    `resolution` is what a new film gets when the message does not say. `before` is the film one version earlier: what
    the last change was, for "no, the other one" and "a bit more".
    """

    text: str
    resolution: Resolution = "480p"
    storyboard: Storyboard | None = None
    before: Storyboard | None = None
    version_id: str | None = None
    version_numbers: tuple[str, ...] = ()
    pending_quote: str | None = None
    open_operations: int = 0
    context: tuple[ContextLine, ...] = ()
    images: tuple[ContextImage, ...] = ()
    window: tuple[Said, ...] = ()
    summary: str = ""


class Reasoner(Protocol):
    """Turns a situation into a plan. Must not spend, write or wait for a render."""

    name: str

    async def plan(self, situation: Situation) -> TurnPlan:
        """The plan for this message. Raises `ReasonerError` when it cannot make one."""
        ...


def refs(lines: Sequence[ContextLine]) -> dict[str, ContextLine]:
    """Context lines by their reference."""
    return {line.ref: line for line in lines}

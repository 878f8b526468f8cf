"""What a turn did, as data: the JSON that `send`, `cutaway chat --json` and every later surface give back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from cutaway.contract import Frozen, InputRef, Stage
from cutaway.conversation.plan import Citation, Intent
from cutaway.ledger.terms import Outcome
from cutaway.routing import RoutingDecision
from cutaway.routing.recorded import Recorded
from cutaway.storyboard.diff import ChangeClass

QuoteState = Literal["none", "pending", "approved", "automatic", "declined"]
VersionState = Literal["proposed", "declined", "making", "ready", "failed", "in_doubt", "cancelled"]


class ShotPlan(Frozen):
    """One shot of a version: what is done with it, by which model, for how much at most, and why.

    `seconds` is played length. `model` and `operation_id` are None where nothing is made. `most_usd` is the most that
    can be charged for it in this version. `stage` is the rung of its picture: an animatic is an outline for nothing, a
    still one picture under a slow move. `inputs` are what goes into an order that begins with a still; None: the
    shot's own references.
    """

    shot_id: str
    number: int
    seconds: float
    change_class: ChangeClass
    stage: Stage = "final"
    fields: tuple[str, ...] = ()
    what: str = ""
    model: str | None = None
    operation_id: str | None = None
    most_usd: Decimal = Decimal(0)
    why: str = ""
    sources: tuple[str, ...] = ()
    inputs: tuple[InputRef, ...] | None = None
    not_before: datetime | None = None
    """When it begins: an idle hour of our own machines before its deadline. None: as soon as it can."""
    done_by: datetime | None = None
    """When it is expected to be done, where it waits for an idle hour."""
    needed_by: datetime | None = None
    """When it is needed, where it waits for an idle hour."""
    why_now: str = ""
    """Why it is made now although there was time: no idle hour of our machines was left before that."""


class NextRung(Frozen):
    """What it would take to go on from outlines: the most it can cost, and by which models; or why it cannot be."""

    stage: Stage
    shots: int
    most_usd: Decimal = Decimal(0)
    models: tuple[str, ...] = ()
    why_not: str = ""
    refused: dict[str, Any] | None = None
    """The refusal as an error's data, where a budget is why it cannot be."""


class Quote(Frozen):
    """A priced plan for one version. `decisions` holds the routing decision of each shot that is made.

    `next_rung` is set where shots are outlines and somebody could make more of them.

    `in_doubt_usd` is what earlier orders of the same shots may still cost on top: nobody knows whether they were taken.
    """

    id: str
    version_id: str
    thread: str
    message_id: str
    shots: tuple[ShotPlan, ...]
    decisions: dict[str, RoutingDecision]
    cut_key: str
    next_rung: NextRung | None = None
    most_usd: Decimal
    in_doubt_usd: Decimal = Decimal(0)
    state: QuoteState
    created_at: datetime
    recorded: tuple[Recorded, ...] = Field(default=(), exclude=True, repr=False)
    """The decisions with what they rested on, for the log of decisions. It is no part of the quote that is kept."""

    @property
    def stages(self) -> dict[str, Stage]:
        """The rung of every shot that is not a final, by shot id."""
        return {shot.shot_id: shot.stage for shot in self.shots if shot.stage != "final"}


class VersionView(Frozen):
    """A version as people see it. `path` is the finished mp4, None until it is ready.

    `state` "in_doubt" means that a paid order may have been taken and only a person can find out, "cancelled" that the
    batch it is a row of was called off before it was made.
    """

    id: str
    number: int
    parent_id: str | None
    summary: str
    state: VersionState
    duration_s: float
    quoted_usd: Decimal = Decimal(0)
    charged_usd: Decimal = Decimal(0)
    path: str | None = None
    poster_path: str | None = None
    preview_path: str | None = None


class BudgetView(Frozen):
    """One budget in its present window, in USD. `who` is whose window it is: a thread, a user, a tenant, a provider."""

    name: str
    who: str = ""
    limit_usd: Decimal
    held_usd: Decimal
    charged_usd: Decimal

    @property
    def left_usd(self) -> Decimal:
        """What a new hold may still take."""
        return max(Decimal(0), self.limit_usd - self.held_usd - self.charged_usd)


class Stopped(Frozen):
    """What a wish to stop one operation came to, and what that costs in words."""

    operation_id: str
    outcome: Outcome
    text: str


class TurnResult(Frozen):
    """One answered message.

    `decision` says whether the turn shows something ("video") or is words. `error` is set, with `code`, `message` and
    `fix`, when the message could not be used; nothing was changed then.
    """

    thread: str
    message_id: str
    intent: Intent
    decision: Literal["video", "words"]
    rationale: str
    confidence: float
    reply: str
    scope: str = ""
    citations: tuple[Citation, ...] = ()
    not_understood: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    version: VersionView | None = None
    shots: tuple[ShotPlan, ...] = ()
    quote_id: str | None = None
    quote_state: QuoteState = "none"
    most_usd: Decimal = Decimal(0)
    details: dict[str, Any] = Field(default_factory=dict)
    error: dict[str, Any] | None = None

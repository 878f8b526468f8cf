"""What an operator allows: budgets, approval, which models may be chosen, and what "best" means.

`RoutingPolicy()` holds the defaults; `policies/default.yaml` says the same and a test compares them. In a file the same
keys stand under `spec`, with a head: see `document.py`.
"""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from cutaway.contract import Aspect, Frozen, InputRole, Modality, OperationKind, Resolution, Stage
from cutaway.routing.amounts import Number, Usd
from cutaway.routing.plan import Plan
from cutaway.routing.windows import Window

Objective = Literal["accepted_cost", "price", "quality", "latency"]
FloorName = Literal["elo", "latency_s", "resolution"]
OnExceed = Literal["downgrade", "ask", "deny"]


def _is_model(name: str) -> str:
    if not name.strip() or any(c.isspace() for c in name):
        raise ValueError(f"{name!r} is no model; write provider:model, provider:* or an alias")
    return name


ModelName = Annotated[str, AfterValidator(_is_model)]
"""`provider:model`, `provider:*` for all models of a provider instance, or an alias of cutaway.yaml."""


class Budgets(Frozen):
    """Hard limits in USD. A hold that does not fit is refused before anything is sent.

    `on_exceed` says what happens when the best order does not fit the clip limit: `downgrade` takes a cheaper model,
    resolution or length that does, `ask` does the same but waits for a yes, `deny` refuses.
    """

    per_clip_usd: Usd = Decimal("0.50")
    per_turn_usd: Usd = Decimal("2.00")
    per_thread_usd: Usd = Decimal("5.00")
    per_user_day_usd: Usd = Decimal("10.00")
    per_tenant_month_usd: Usd = Decimal("100.00")
    per_provider_month_usd: dict[str, Usd] = Field(default_factory=dict)
    """What all tenants together may spend at a provider instance in a month, by its name; others have no such limit."""
    on_exceed: OnExceed = "downgrade"


class Approval(Frozen):
    """When a person is asked first: any quote that can cost more than this many USD.

    Batches, estimates nobody knows, and another take while an outcome is unknown always ask.
    """

    ask_above_usd: Usd = Decimal("0")


class Floors(Frozen):
    """What a model must reach. `None` sets no floor; a model of which it is unknown does not reach one.

    `elo` is a published rating; `latency_s` the longest that a clip of this order may be expected to take, in seconds;
    `resolution` the least that is ordered.
    """

    elo: Number | None = None
    latency_s: Number | None = Field(default=None, gt=0)
    resolution: Resolution | None = None

    @property
    def named(self) -> dict[str, object]:
        """The floors that are set, by name."""
        return {name: value for name in Floors.model_fields if (value := getattr(self, name)) is not None}


class Require(Frozen):
    """Terms a model must have. What is unknown does not count as given.

    `regions` are ISO codes (`eu`, `us`): the model must be offered in one of them, and none may be excluded by its
    terms. `own` allows only artists and servers of our own, so that nothing leaves the house.
    """

    regions: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    weights: Literal["open", "closed"] | None = None
    commercial: bool = False
    indemnity: bool = False
    own: bool = False
    price_newer_than_days: int | None = Field(default=None, ge=1)


class Preferences(Frozen):
    """What decides between models that can make an order.

    `only` and `ignore` rule out; `order` is tried first to last before anything else, `prefer` moves models to the
    front of their price class or higher: before the objective decides. `continuity` is what leaving the vendor that
    made the clip before costs in the comparison, as a share (0.25: a newcomer must be a quarter cheaper), because a
    face or a voice may drift.
    """

    objective: Objective = "accepted_cost"
    floors: Floors = Floors()
    require: Require = Require()
    only: tuple[ModelName, ...] = ()
    ignore: tuple[ModelName, ...] = ()
    prefer: tuple[ModelName, ...] = ()
    order: tuple[ModelName, ...] = ()
    continuity: Number = Field(default=0.25, ge=0, le=10)
    max_in_flight: int | None = Field(default=None, ge=1)
    """Orders this policy lets one provider instance have under way; None: no limit of the policy's."""


class Matcher(Frozen):
    """When a rule applies: every field that is set must fit. An empty matcher fits everything.

    Lists hold what fits; `seconds_over` and `seconds_up_to` bound the ordered length; `during` names a peak window;
    `usd_left_under` is what is left of the tightest budget.
    """

    operation: tuple[OperationKind, ...] = ()
    modality: tuple[Modality, ...] = ()
    stage: tuple[Stage, ...] = ()
    resolution: tuple[Resolution, ...] = ()
    aspect: tuple[Aspect, ...] = ()
    input: tuple[InputRole, ...] = ()
    audio: bool | None = None
    seconds_over: Number | None = Field(default=None, ge=0)
    seconds_up_to: Number | None = Field(default=None, gt=0)
    tenant: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    during: tuple[str, ...] = ()
    usd_left_under: Usd | None = None

    @model_validator(mode="after")
    def _can_fit(self) -> Matcher:
        if self.seconds_over is not None and self.seconds_up_to is not None and self.seconds_over >= self.seconds_up_to:
            raise ValueError(f"over {self.seconds_over:g} s and up to {self.seconds_up_to:g} s fits nothing")
        return self


class Overrides(Frozen):
    """What a rule changes of the preferences; what it leaves out stays.

    `floors` are laid over the policy's one by one; `lift_floors` names those that do not hold for such orders.
    """

    objective: Objective | None = None
    floors: Floors | None = None
    lift_floors: tuple[FloorName, ...] | None = None
    require: Require | None = None
    only: tuple[ModelName, ...] | None = None
    ignore: tuple[ModelName, ...] | None = None
    prefer: tuple[ModelName, ...] | None = None
    order: tuple[ModelName, ...] | None = None
    continuity: Number | None = Field(default=None, ge=0, le=10)
    max_in_flight: int | None = Field(default=None, ge=1)
    wait_for_idle: bool | None = None
    """True: work with a deadline waits for idle hours of our own GPUs."""

    def over(self, floors: Floors) -> Floors:
        """Floors as the rule leaves them: without what it lifts, and with its own where it names one."""
        lifted = dict.fromkeys(self.lift_floors or ())
        return floors.model_copy(update=lifted | (self.floors.named if self.floors else {}))


class Rule(Frozen):
    """One exception. Rules apply in order, later ones over earlier ones; every one that applied is in the decision."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    when: Matcher = Matcher()
    then: Overrides


class Ladder(Frozen):
    """The rungs a new shot climbs, from cheap to final; each but the last settles what the next one need not repeat.

    `climb`: `pays` takes the lower rungs where the arithmetic says that they save money (`ladder.py`), `always` takes
    them all, `never` orders finals at once. A person can skip at any time. `rho_still` and `rho_draft` are how much of
    a choice made on a still or a draft survives into the final (0: nothing, 1: all of it); assumptions until measured.
    """

    rungs: tuple[Stage, ...] = ("animatic", "still", "draft", "final")
    climb: Literal["pays", "always", "never"] = "pays"
    rho_still: Number = Field(default=0.65, ge=0, le=1)
    rho_draft: Number = Field(default=0.90, ge=0, le=1)

    @model_validator(mode="after")
    def _climbs(self) -> Ladder:
        known = ("animatic", "still", "draft", "final")
        places = [known.index(rung) for rung in self.rungs]
        if places != sorted(set(places)) or not self.rungs or self.rungs[-1] != "final":
            raise ValueError(f"the rungs must be in the order {', '.join(known)}, each once, and end with final")
        return self


class Fallbacks(Frozen):
    """What follows a model that surely failed. Never more than the hold, never for refused content.

    `models` lists for a model the ones to try after it, in order; others follow by rank unless `listed_only`.
    `resolutions` and `shorter` let a downgrade lower the resolution, or shorten the clip to the model's next length.
    """

    models: dict[ModelName, tuple[ModelName, ...]] = Field(default_factory=dict)
    listed_only: bool = False
    resolutions: bool = True
    shorter: bool = False

    @model_validator(mode="after")
    def _no_circles(self) -> Fallbacks:
        for start in self.models:
            seen, here = {start}, list(self.models[start])
            while here:
                name = here.pop()
                if name == start:
                    raise ValueError(f"the fallbacks of {start} lead back to it")
                if name not in seen:
                    seen.add(name)
                    here += self.models.get(name, ())
        return self


class Rollout(Frozen):
    """How a new revision goes live: `shadow` only decides and records; `canary_percent` of threads use it.

    A thread is in or out by a hash of its name, so a conversation never flips between policies in the middle.
    """

    shadow: bool = False
    canary_percent: int = Field(default=100, ge=0, le=100)


class RoutingPolicy(Preferences):
    """One policy. `revision` names its content, and every decision keeps it."""

    name: str = "default"
    budgets: Budgets = Budgets()
    approval: Approval = Approval()
    rules: tuple[Rule, ...] = ()
    peak: tuple[Window, ...] = ()
    ladder: Ladder = Ladder()
    fallbacks: Fallbacks = Fallbacks()
    mix_looks: bool = False
    """Whether the shots of one film may come from different models; without it, one look is kept where it can be."""
    wait_for_idle: bool = True
    plan: Plan | None = None
    rollout: Rollout = Rollout()

    @model_validator(mode="after")
    def _hangs_together(self) -> RoutingPolicy:
        names = [rule.name for rule in self.rules]
        double = next((name for name in names if names.count(name) > 1), None)
        if double:
            raise ValueError(f"two rules are called {double!r}")
        windows = {window.name for window in self.peak}
        for rule in self.rules:
            strange = next((name for name in rule.when.during if name not in windows), None)
            if strange:
                raise ValueError(f"the rule {rule.name!r} names the window {strange!r}, which peak does not have")
        clash = set(self.only) & set(self.ignore)
        if clash:
            raise ValueError(f"{sorted(clash)[0]} is both in only and in ignore")
        return self

    @property
    def revision(self) -> str:
        """12 hex digits of the policy's content; how it is rolled out does not count."""
        return hashlib.sha256(self.model_dump_json(exclude={"rollout"}).encode()).hexdigest()[:12]


__all__ = [
    "Approval",
    "Budgets",
    "Fallbacks",
    "Floors",
    "Ladder",
    "Matcher",
    "Overrides",
    "Preferences",
    "Require",
    "Rollout",
    "RoutingPolicy",
    "Rule",
]

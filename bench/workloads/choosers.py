"""Who chooses how a shot is made: our real router, and what it is held against.

Every chooser that climbs uses one arithmetic (`cheapest_way`) on the same priors, so that what a ladder saves and what
the choice of a model saves are told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final, Protocol

from bench.workloads.market import PROVIDER, Market, Model, candidates
from bench.workloads.sessions import Shot
from bench.workloads.world import Way

from cutaway.contract import Brief, GenerationRequest, InputRef, OperationKind, Quality, Size
from cutaway.errors import RoutingError
from cutaway.routing import Budgets, Candidate, Catalog, Conditions, RoutingPolicy, Seen
from cutaway.routing.picks import Pick
from cutaway.routing.policy import Floors, Ladder, Matcher, Overrides, Rule
from cutaway.routing.quality import EDIT_ACCEPTANCE, NOTHING_SEEN, attempts, prior_attempts
from cutaway.routing.router import decide

P_RENDER: Final = 0.74
"""How often a rendering holds up whose composition was settled before (the reference's assumption)."""
FULL: Final = Size(width_px=1280, height_px=720)
SMALL: Final = Size(width_px=640, height_px=360)
LIMIT_USD: Final = Decimal(50)


@dataclass(frozen=True, slots=True)
class Option:
    """A model that may make something: USD per attempt, and attempts expected per kept clip."""

    model: str
    usd: float
    attempts: float
    still: bool = False


@dataclass(slots=True)
class Climbed:
    """What was kept and rejected on the two steps of one climb: of the lower rung, and of the final after it."""

    lower: Seen = NOTHING_SEEN
    after: Seen = NOTHING_SEEN


UNCLIMBED: Final = Climbed()


def cheapest_way(
    finals: Iterable[Option],
    rungs: Iterable[Option],
    edits: Iterable[Option],
    ladder: Ladder,
    climbed: Mapping[tuple[str, str], Climbed] | None = None,
) -> tuple[Way, float]:
    """The way of the lowest expected USD; ValueError when there is none.

    A lower rung is taken where two stages pay: c_D/p_D < (c_F/p_rend) (1/p_comp - 1/rho'). `climbed` is what was seen
    of climbs so far, by final and rung: both of their probabilities are priors that it moves.
    """
    found = [(one.usd * one.attempts, Way(one.model, edit=True)) for one in edits]
    rungs = tuple(rungs)
    for final in finals:
        found.append((final.usd * final.attempts, Way(final.model)))
        comp = min(1.0, 1 / (final.attempts * P_RENDER))
        for rung in rungs:
            settles = comp if rung.still else min(1.0, 1 / (rung.attempts * P_RENDER))
            rho = ladder.rho_still if rung.still else ladder.rho_draft
            after = P_RENDER * (rho + (1 - rho) * comp)
            seen = climbed.get((final.model, rung.model), UNCLIMBED) if climbed else UNCLIMBED
            two_stages = rung.usd * attempts(1 / settles, seen.lower) + final.usd * attempts(1 / after, seen.after)
            found.append((two_stages, Way(final.model, rung=rung.model)))
    usd, way = min(found, key=lambda pair: pair[0])
    return way, usd


class Chooser(Protocol):
    """Who says how each shot is made."""

    @property
    def whole_film(self) -> bool:
        """True when every wish makes the whole film again."""
        ...

    def choose(self, shot: Shot, touched: bool) -> Way:
        """The way to make a shot, or to make it again when a wish touched it."""
        ...

    def heard(self, way: Way, rejected: int, lower_rejected: int) -> None:
        """One clip was kept after so many were rejected, and so many of the lower rung where there was one."""
        ...


@dataclass(slots=True)
class Fixed:
    """Always one model; `cache`, `edit` and `drafts` say what of the workflow it has."""

    market: Market
    model: Model
    cache: bool = False
    edit: bool = False
    drafts: bool = False
    ladder: Ladder = field(default_factory=Ladder)
    kept: dict[tuple[float, bool], Way] = field(default_factory=dict)

    @property
    def whole_film(self) -> bool:
        """True without a shot cache."""
        return not self.cache

    def choose(self, shot: Shot, touched: bool) -> Way:
        """One way for each length, by the published ratings."""
        key = (shot.seconds, touched)
        if key not in self.kept:
            others = self.market.models.values()
            rungs = [one for one in others if one.draft or one.still] if self.drafts else []
            edits = [one for one in others if one.edits] if self.edit and touched else []
            self.kept[key] = cheapest_way(
                [option(self.model, shot.seconds)],
                [option(one, shot.seconds) for one in rungs],
                [option(one, shot.seconds, edit=True) for one in edits],
                self.ladder,
            )[0]
        return self.kept[key]

    def heard(self, way: Way, rejected: int, lower_rejected: int) -> None:
        """A fixed choice learns nothing."""


def option(model: Model, seconds: float, edit: bool = False) -> Option:
    """A model by its published rating."""
    if edit:
        return Option(model.id, model.usd(seconds), 1 / EDIT_ACCEPTANCE)
    prior = 1.0
    if not model.still:
        rated = Quality(elo=model.elo, half_interval=model.half_interval, source=model.source, as_of=date.min)
        prior = prior_attempts(rated)
    return Option(model.id, model.usd(seconds), prior, still=model.still)


def floor_policy(floor: float, only: tuple[str, ...] = ()) -> RoutingPolicy:
    """The default policy with a floor for finals and room for long clips.

    An edit keeps the quality of the clip that it changes, so editors need not be on the board. `only` bounds what may
    make finals, by id, where ratings are wrong on purpose and must not move the floor.
    """
    rules = [Rule(name="edits", when=Matcher(operation=("edit",)), then=Overrides(lift_floors=("elo",)))]
    if only:
        named = tuple(f"{PROVIDER}:{name}" for name in only)
        finals = Matcher(operation=("generate",), stage=("final",))
        rules.append(Rule(name="eligible", when=finals, then=Overrides(only=named, lift_floors=("elo",))))
    return RoutingPolicy(
        budgets=Budgets(
            per_clip_usd=LIMIT_USD, per_turn_usd=LIMIT_USD, per_thread_usd=LIMIT_USD, per_user_day_usd=LIMIT_USD,
            per_tenant_month_usd=LIMIT_USD,
        ),
        floors=Floors(elo=floor),
        rules=tuple(rules),
    )  # fmt: skip


def order(shot: Shot, operation: OperationKind = "generate", stage: str = "final") -> GenerationRequest:
    """The order for one rung of a shot."""
    clip = InputRef(sha256="0" * 64, role="source_video", media_type="video/mp4", duration_s=shot.seconds)
    return GenerationRequest.model_validate(
        {
            "operation": operation,
            "modality": "image" if stage == "still" else "video",
            "stage": stage,
            "brief": Brief(prompt="a shot of the film"),
            "inputs": (clip,) if operation == "edit" else (),
            "duration_s": shot.seconds,
            "size": SMALL if stage == "draft" else FULL,
        }
    )


@dataclass(slots=True)
class Routed:
    """Our real router: it ranks who can make the final, the still, the draft and the edit, and the ladder decides.

    With `learns`, what was kept and rejected goes back into the next decision: clips made at once to the router, steps
    of climbs to the ladder, because a final whose composition was settled before is kept more often than its model's
    prior speaks of.
    """

    catalog: Catalog
    policy: RoutingPolicy
    conditions: Conditions
    seen: MutableMapping[tuple[str, OperationKind], Seen]
    learns: bool = True
    whole_film: bool = False
    climbed: dict[tuple[str, str], Climbed] = field(default_factory=dict)
    orders: dict[tuple[float, str], GenerationRequest] = field(default_factory=dict)

    def choose(self, shot: Shot, touched: bool) -> Way:
        """Up to four decisions for one shot. Raises `RoutingError` when nobody may make it."""
        return self._cheapest(shot, touched)[0]

    def offer(self, shot: Shot) -> tuple[Way, float] | None:
        """The way and its expected USD; None when nobody may make it."""
        try:
            return self._cheapest(shot, touched=False)
        except RoutingError:
            return None

    def _cheapest(self, shot: Shot, touched: bool) -> tuple[Way, float]:
        rungs = [*self._options(shot, "still"), *self._options(shot, "draft")]
        edits = self._options(shot, "edit") if touched else []
        return cheapest_way(self._options(shot, "final"), rungs, edits, self.policy.ladder, self.climbed)

    def heard(self, way: Way, rejected: int, lower_rejected: int) -> None:
        """Acceptance as a host reports it."""
        if not self.learns:
            return
        if way.rung:
            climb = self.climbed.setdefault((way.model, way.rung), Climbed())
            climb.lower = _more(climb.lower, lower_rejected)
            climb.after = _more(climb.after, rejected)
        else:
            key: tuple[str, OperationKind] = (f"{PROVIDER}:{way.model}", "edit" if way.edit else "generate")
            self.seen[key] = _more(self.seen.get(key, NOTHING_SEEN), rejected)

    def _options(self, shot: Shot, what: str) -> list[Option]:
        asked = self.orders.get((shot.seconds, what))
        if asked is None:
            asked = order(shot, "edit") if what == "edit" else order(shot, stage=what)
            self.orders[shot.seconds, what] = asked
        try:
            decision = decide(asked, self.catalog, self.policy, self.conditions)
        except RoutingError:
            if what == "final":
                raise
            return []
        # What is left over bought the first pick, whoever else costs less.
        picks = decision.picks[:1] if decision.paced else decision.picks
        return [self._option(pick, what) for pick in picks if what == "final" or not pick.able.outlines]

    def _option(self, pick: Pick, what: str) -> Option:
        return Option(pick.able.candidate.profile.id, pick.able.expected_usd, pick.attempts, still=what == "still")


def _more(seen: Seen, rejected: int) -> Seen:
    return Seen(seen.kept + 1, seen.rejected + rejected)


def routed(
    market: Market,
    policy: RoutingPolicy,
    ratings: Mapping[str, float] | None = None,
    learns: bool = True,
    made: Callable[[Market, Mapping[str, float] | None], tuple[Candidate, ...]] = candidates,
) -> Routed:
    """Our router over a market, with nothing seen yet."""
    seen: dict[tuple[str, OperationKind], Seen] = {}
    return Routed(Catalog(made(market, ratings)), policy, Conditions(now=market.now, seen=seen), seen, learns)

"""Decisions of the past decided again under another policy: what it would cost, take and refuse, and how sure that is.

Nothing is sent. Each order is decided as at its own moment, among the models that were there then and are still known;
prices are today's catalog. Every figure is an expectation, so each says on how much of it nobody measured anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from cutaway.contract import Brief, Frozen, GenerationRequest, InputRef, InputRole, Modality, OperationKind, Size, Stage
from cutaway.errors import RoutingError
from cutaway.routing.catalog import Candidate
from cutaway.routing.conditions import Conditions
from cutaway.routing.decision import Ranked, RoutingDecision
from cutaway.routing.judging import Catalog
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.router import route
from cutaway.routing.typical import NOBODY


class Input(Frozen):
    """One input of an order: its role, type and length."""

    role: InputRole
    media_type: str
    duration_s: float | None = None


class Facts(Frozen):
    """An order without its words: what a decision depends on. `prompt_chars` is their number."""

    operation: OperationKind = "generate"
    modality: Modality = "video"
    stage: Stage = "final"
    duration_s: float
    size: Size
    audio: bool = False
    inputs: tuple[Input, ...] = ()
    prompt_chars: int = 0

    @classmethod
    def of(cls, request: GenerationRequest) -> Facts:
        """The facts of an order."""
        return cls(
            operation=request.operation,
            modality=request.modality,
            stage=request.stage,
            duration_s=request.duration_s,
            size=request.size,
            audio=request.audio,
            inputs=tuple(
                Input(role=one.role, media_type=one.media_type, duration_s=one.duration_s) for one in request.inputs
            ),
            prompt_chars=len(request.brief.prompt),
        )

    @property
    def request(self) -> GenerationRequest:
        """An order with these facts, to decide about and never to send."""
        return GenerationRequest(
            operation=self.operation,
            modality=self.modality,
            stage=self.stage,
            brief=Brief(prompt="x" * self.prompt_chars),
            duration_s=self.duration_s,
            size=self.size,
            audio=self.audio,
            inputs=tuple(
                InputRef(sha256=NOBODY, role=one.role, media_type=one.media_type, duration_s=one.duration_s)
                for one in self.inputs
            ),
        )


class Recorded(Frozen):
    """One decision with what it rested on. `wanted` is the model a person asked for, '' when the policy chose.

    `shadow` marks one that a policy in the shadow made beside the live one; nothing was ordered by it.
    """

    at: datetime
    tenant: str = ""
    thread: str = ""
    shot_id: str = ""
    facts: Facts
    wanted: str = ""
    made_by: str = ""
    tags: tuple[str, ...] = ()
    paid_refused: str = ""
    shadow: bool = False
    decision: RoutingDecision

    @property
    def models(self) -> frozenset[str]:
        """The models that were candidates then."""
        ranked = {one.model for one in self.decision.ranked}
        return frozenset(ranked | {one.model for one in self.decision.rejections})


class Outcome(Frozen):
    """What one policy would have made of one decision. `guessed` names what nobody measured: quality, wait, price."""

    model: str = ""
    refused: str = ""
    most_usd: Decimal = Decimal(0)
    expected_usd: Decimal = Decimal(0)
    wait_s: float | None = None
    elo: float | None = None
    guessed: tuple[str, ...] = ()
    changed: bool = False


class Summary(Frozen):
    """One policy over all decisions.

    `most_usd` is what the orders could cost, `expected_usd` what their kept clips are expected to (with the attempts
    they take); `wait_s` the mean of the known waits and `elo` the mean of the known ratings. `guessed` is the share of
    decisions (0 to 1) of which some part is a guess.
    """

    policy: str
    revision: str
    decisions: int
    most_usd: Decimal
    expected_usd: Decimal
    wait_s: float | None
    elo: float | None
    refused: int
    changed: int
    guessed: float
    outcomes: tuple[Outcome, ...]


def replay(recorded: Sequence[Recorded], candidates: Sequence[Candidate], policy: RoutingPolicy) -> Summary:
    """Decide every recorded order again under a policy."""
    then: dict[frozenset[str], Catalog] = {}
    outcomes = []
    for one in recorded:
        there = then.setdefault(one.models, Catalog([c for c in candidates if c.id in one.models]))
        outcomes.append(_again(one, there, policy))
    return _summed(policy.name, policy.revision, outcomes)


def as_it_was(recorded: Sequence[Recorded], candidates: Sequence[Candidate]) -> Summary:
    """What was decided then, summed up like a replay."""
    by_id = {one.id: one for one in candidates}
    outcomes = [_outcome(one, one.decision.chosen, by_id.get(one.decision.chosen.model), ()) for one in recorded]
    revisions = {one.decision.policy_revision for one in recorded}
    return _summed("recorded", revisions.pop() if len(revisions) == 1 else "several", outcomes)


def _again(one: Recorded, there: Catalog, policy: RoutingPolicy) -> Outcome:
    conditions = Conditions(
        now=one.at,
        tenant=one.tenant,
        tags=one.tags,
        wanted=one.wanted,
        made_by=one.made_by,
        paid_refused=one.paid_refused,
    )
    gone = ("models",) if len(there) < len(one.models) else ()
    try:
        chosen = route(one.facts.request, there, policy, conditions).chosen
    except RoutingError as error:
        return Outcome(refused=error.fix or error.message, guessed=gone, changed=True)
    candidate = next(c for c in there if c.id == chosen.model)
    return _outcome(one, chosen, candidate, gone)


def _outcome(one: Recorded, chosen: Ranked, candidate: Candidate | None, gone: tuple[str, ...]) -> Outcome:
    profile = candidate.profile if candidate else None
    guessed = list(gone)
    before = next((ranked for ranked in one.decision.ranked if ranked.model == chosen.model), None)
    if profile is None or profile.quality is None:
        guessed.append("quality")
    if chosen.expected_wait_s is None:
        guessed.append("wait")
    if before is not None and before.most_usd != chosen.most_usd:
        guessed.append("price")
    attempts = Decimal(str(chosen.attempts))
    return Outcome(
        model=chosen.model,
        most_usd=chosen.most_usd,
        expected_usd=(chosen.most_usd * attempts).quantize(Decimal("0.000001")),
        wait_s=chosen.expected_wait_s,
        elo=profile.quality.elo if profile and profile.quality else None,
        guessed=tuple(guessed),
        changed=chosen.model != one.decision.chosen.model,
    )


def _summed(policy: str, revision: str, outcomes: Sequence[Outcome]) -> Summary:
    waits = [one.wait_s for one in outcomes if one.wait_s is not None]
    elos = [one.elo for one in outcomes if one.elo is not None]
    return Summary(
        policy=policy,
        revision=revision,
        decisions=len(outcomes),
        most_usd=sum((one.most_usd for one in outcomes), Decimal(0)),
        expected_usd=sum((one.expected_usd for one in outcomes), Decimal(0)),
        wait_s=sum(waits) / len(waits) if waits else None,
        elo=sum(elos) / len(elos) if elos else None,
        refused=sum(1 for one in outcomes if one.refused),
        changed=sum(1 for one in outcomes if one.changed),
        guessed=sum(1 for one in outcomes if one.guessed) / len(outcomes) if outcomes else 0.0,
        outcomes=tuple(outcomes),
    )

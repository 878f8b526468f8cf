"""One decision as it is kept for replays: the facts of its order (never its words), and the moment it was made in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import model_validator

from cutaway.contract import Brief, Frozen, GenerationRequest, InputRef, InputRole, Modality, OperationKind, Size, Stage
from cutaway.routing.circumstances import Circumstances
from cutaway.routing.conditions import Conditions
from cutaway.routing.decision import RoutingDecision
from cutaway.routing.packing import packed, unpacked
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

    `made_by` is the model of the clip that is revised. `shadow` marks a decision that a policy in the shadow made
    beside the live one; nothing was ordered by it. `then` is the moment; None in records from before it was kept, and
    whoever decides those again guesses.
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
    then: Circumstances | None = None

    @property
    def models(self) -> frozenset[str]:
        """The models that were candidates then."""
        ranked = {one.model for one in self.decision.ranked}
        return frozenset(ranked | {one.model for one in self.decision.rejections})

    @property
    def conditions(self) -> Conditions:
        """The moment as far as it is known, without what the budgets had left: that depends on the policy."""
        base = Conditions(
            now=self.at,
            tenant=self.tenant,
            tags=self.tags,
            wanted=self.wanted,
            made_by=self.made_by,
            paid_refused=self.paid_refused,
        )
        return base if self.then is None else self.then.onto(base, self.facts.operation)

    @property
    def document(self) -> dict[str, Any]:
        """The record as JSON, small: without what is at its default, and with nothing said twice."""
        whole = self.model_dump(mode="json", exclude_defaults=True)
        return whole | {"decision": packed(whole["decision"])}

    @model_validator(mode="before")
    @classmethod
    def _is_unpacked(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("decision"), dict):
            return data
        try:
            return data | {"decision": unpacked(data["decision"])}
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError(f"its decision cannot be unpacked: {error!r}") from error

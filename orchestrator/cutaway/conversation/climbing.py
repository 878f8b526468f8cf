"""What comes before a shot's final: a still, or a cheaper clip of the same model, where it saves more than it costs.

Both settle the composition before the final is paid. A draft has to come from the model that makes the final, since
another one would compose the shot anew, and it takes a cheaper resolution. A still comes from any image model, and is
worth something only where the final's model begins with a picture. `routing/ladder.py` has the sum that decides.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cutaway.contract import ASPECTS, RESOLUTIONS_PX, GenerationRequest, InputRef, Size, Stage
from cutaway.conversation.deciding import Need, decide_alone
from cutaway.conversation.plans import Allowance
from cutaway.conversation.rungs import at_least
from cutaway.conversation.services import Services
from cutaway.errors import RoutingError
from cutaway.routing import Conditions
from cutaway.routing.downgrade import Routed, disclosed
from cutaway.routing.ladder import Climb, Rung, climb
from cutaway.routing.picks import Decision
from cutaway.routing.router import decide
from cutaway.routing.telling import document

DRAFT_PX = RESOLUTIONS_PX["360p"]
"""The shorter side that drafts are ordered at; a model without it gets the next one it makes."""
BEGINS: Final = "begins with the accepted still"
UNMADE: Final = InputRef(sha256="0" * 64, role="first_frame", media_type="image/png")
"""Stands for a still that is not there yet, where only what a clip from it would cost is asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """A still or draft that comes before a shot's final, its decision, and the sum that speaks for it."""

    stage: Stage
    routed: Routed
    climb: Climb


def step_before(
    services: Services, need: Need, final: Routed, conditions: Conditions, there: Stage | None
) -> Step | None:
    """The next rung to make before this final, None where the final is next.

    `need` is the final's, with the still it begins with where there is one; `there` is the rung the shot stands on.
    """
    ladder, chosen = services.policy.ladder, final.decision.chosen
    if ladder.climb == "never" or chosen.most_usd == 0 or (there is not None and at_least(there, "draft")):
        return None
    begun = bool(need.request.of_role("first_frame"))
    still = None if there == "still" else _still(services, need, chosen.model, conditions)
    draft = _draft(services, need, final, conditions)
    # A still composes as well as the model it is for; one that is there is paid for.
    below = Rung(0.0, chosen.attempts) if begun else None
    if still is not None:
        below = Rung(still.picks[0].able.expected_usd, chosen.attempts)
    way = climb(
        Rung(_expected_usd(services, chosen.model, final.request), chosen.attempts),
        still=below,
        draft=None if draft is None else Rung(draft.picks[0].able.expected_usd, draft.picks[0].attempts),
        ladder=ladder,
    )
    if still is not None and "still" in way.rungs:
        note = f"a still by {still.picks[0].able.candidate.id}: {way.words}"
        return Step("still", _noted(still, note, resized=False), way)
    if draft is not None and "draft" in way.rungs:
        note = f"a draft of {draft.request.size}: {way.words}" + (f"; it {BEGINS}" if begun else "")
        return Step("draft", _noted(draft, note, resized=True), way)
    return None


def decide_begun(
    services: Services, need: Need, still: InputRef | None, conditions: Conditions, allowed: Allowance | None = None
) -> tuple[Need, Routed]:
    """The decision for a clip that begins with its still, and the order as it then is.

    Where no model that may be used begins with a picture, the clip is made without it, and the decision says so.
    Raises `RoutingError` naming the shot.
    """
    for one in begun_with(need, still) if still else ():
        with contextlib.suppress(RoutingError):
            return one, _saying(decide_alone(services, one, conditions, allowed), BEGINS)
    routed = decide_alone(services, need, conditions, allowed)
    if still is None:
        return need, routed
    model = routed.decision.chosen.model
    takes = any("first_frame" in one.profile.input_roles for one in services.candidates if one.id == model)
    why = "no model could be had that begins with it" if takes else f"{model} takes no first frame"
    return need, _saying(routed, f"the still's composition will not carry over: {why}")


def begun_with(need: Need, still: InputRef) -> Iterator[Need]:
    """The order as it begins with a still: with the shot's references too, else alone, since the still shows them."""
    first = still.model_copy(update={"role": "first_frame"})
    yield replace(need, request=need.request.model_copy(update={"inputs": (*need.request.inputs, first)}))
    if need.request.inputs:
        yield replace(need, request=need.request.model_copy(update={"inputs": (first,)}))


def _still(services: Services, need: Need, model: str, conditions: Conditions) -> Decision | None:
    """Who would make the still, None where nobody can or the final's model would not begin with it."""
    if "still" not in services.policy.ladder.rungs or need.request.of_role("first_frame"):
        return None
    by_it = replace(conditions, wanted=model)
    if all(_decided(services, one.request, one.under(by_it)) is None for one in begun_with(need, UNMADE)):
        return None
    request = need.request.model_copy(update={"modality": "image", "stage": "still"})
    return _decided(services, request, need.under(conditions))


def _draft(services: Services, need: Need, final: Routed, conditions: Conditions) -> Decision | None:
    """The cheaper clip of the final's model, None where there is none."""
    request = _smaller(need.request)
    if "draft" not in services.policy.ladder.rungs or request is None:
        return None
    chosen = final.decision.chosen
    found = _decided(services, request, replace(need.under(conditions), wanted=chosen.model))
    return found if found is not None and found.picks[0].able.most_usd < chosen.most_usd else None


def _decided(services: Services, request: GenerationRequest, conditions: Conditions) -> Decision | None:
    try:
        return decide(request, services.candidates, services.policy, conditions)
    except RoutingError:
        return None


def _noted(found: Decision, note: str, *, resized: bool) -> Routed:
    return Routed(found.request, disclosed(document(found), found.request, note, "", resized=resized), note)


def _saying(routed: Routed, note: str) -> Routed:
    """The decision with one thing more to be said about it."""
    decision = disclosed(routed.decision, routed.request, note, routed.decision.ask, resized=False)
    return replace(routed, decision=decision, note="; ".join(part for part in (routed.note, note) if part))


def _smaller(request: GenerationRequest) -> GenerationRequest | None:
    size = request.size
    if min(size.width_px, size.height_px) <= DRAFT_PX:
        return None
    ratio = ASPECTS[size.aspect] if size.aspect else size.width_px / size.height_px
    longer = 2 * round(DRAFT_PX * max(ratio, 1 / ratio) / 2)
    small = Size(width_px=longer, height_px=DRAFT_PX) if ratio >= 1 else Size(width_px=DRAFT_PX, height_px=longer)
    return request.model_copy(update={"stage": "draft", "size": small})


def _expected_usd(services: Services, model: str, request: GenerationRequest) -> float:
    price = next(one.profile.price for one in services.candidates if one.id == model)
    expected = price.expected_usd(request) if price is not None else None
    return float(expected or 0)

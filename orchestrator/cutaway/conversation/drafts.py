"""Whether a shot is drafted before its final: a cheaper clip of the same model, where that saves more than it costs.

A draft settles the composition, so it has to come from the model that makes the final; another model would compose the
shot anew. Nothing is drafted where the model has no cheaper resolution, or where the sum says that finals alone are
cheaper (`routing/ladder.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from cutaway.contract import ASPECTS, RESOLUTIONS_PX, GenerationRequest, Size
from cutaway.conversation.deciding import Need
from cutaway.conversation.services import Services
from cutaway.errors import RoutingError
from cutaway.routing import Conditions
from cutaway.routing.downgrade import Routed, disclosed
from cutaway.routing.ladder import Climb, Rung, climb
from cutaway.routing.router import decide
from cutaway.routing.telling import document

DRAFT_PX = RESOLUTIONS_PX["360p"]
"""The shorter side that drafts are ordered at; a model without it gets the next one it makes."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft's decision for a shot, and the sum that speaks for it."""

    routed: Routed
    climb: Climb


def draft_of(services: Services, need: Need, final: Routed, conditions: Conditions) -> Draft | None:
    """The draft to make before this final, None where it does not pay or the policy has no such rung."""
    ladder, chosen = services.policy.ladder, final.decision.chosen
    request = _smaller(need.request)
    if "draft" not in ladder.rungs or ladder.climb == "never" or chosen.most_usd == 0 or request is None:
        return None
    try:
        found = decide(
            request, services.candidates, services.policy, replace(need.under(conditions), wanted=chosen.model)
        )
    except RoutingError:
        return None
    able = found.picks[0].able
    way = climb(
        Rung(_expected_usd(services, chosen.model, final.request), chosen.attempts),
        draft=Rung(able.expected_usd, found.picks[0].attempts),
        ladder=ladder,
    )
    if "draft" not in way.rungs or able.most_usd >= chosen.most_usd:
        return None
    note = f"a draft of {request.size}: {way.words}"
    return Draft(Routed(request, disclosed(document(found), request, note, "", resized=True), note), way)


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

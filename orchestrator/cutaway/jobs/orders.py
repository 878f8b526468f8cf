"""A version's plan turned into ledger orders: one per shot that is made, and one for the cut."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from cutaway.contract import GenerationRequest, Size, Stage
from cutaway.errors import MediaError
from cutaway.ledger import Operation, Order, Scope, operation_id, to_micro
from cutaway.media.timeline import Cut
from cutaway.routing import Ranked, RoutingDecision, split_model_id
from cutaway.storyboard.brief import content_key
from cutaway.storyboard.diff import LOCAL_FIELDS
from cutaway.storyboard.model import Shot, Storyboard

DRAW: Final = "cpu"
REMOTE: Final = "io"


def shot_order(
    shot: Shot,
    request: GenerationRequest,
    decision: RoutingDecision,
    key: str,
    *,
    tenant: str,
    thread: str,
    quote_id: str,
    user: str,
    tags: tuple[str, ...] = (),
    providers: Mapping[str, Scope] | None = None,
) -> Order:
    """The order for one shot; `providers` are the budgets of the accounts it may fall back to.

    Its id does not depend on the model, so a repeated turn names the same operation.
    """
    asked = request.model_dump(mode="json")
    return Order(
        id=operation_id(
            tenant=tenant,
            thread=thread,
            quote_id=quote_id,
            shot=shot.id,
            stage=request.stage,
            take=shot.take,
            spec=asked,
        ),
        kind="shot",
        key=key,
        spec={"request": asked, "offers": offers(decision)} | _scopes(decision, providers or {}),
        queue=queue_for(decision.chosen),
        hold_micro=to_micro(decision.chosen.most_usd),
        shot_id=shot.id,
        model=decision.chosen.model,
        user=user,
        tags=tags,
        weight_s=request.duration_s,
    )


def _scopes(decision: RoutingDecision, providers: Mapping[str, Scope]) -> dict[str, Any]:
    names = {split_model_id(offer["model"])[0] for offer in offers(decision)} & set(providers)
    return {"provider_scopes": {name: asdict(providers[name]) for name in sorted(names)}} if names else {}


def offers(decision: RoutingDecision) -> list[dict[str, Any]]:
    """The models that may be tried, in order: the chosen one, then those that can cost no more than it."""
    limit = decision.chosen.most_usd
    return [
        {"model": ranked.model, "hold_micro": to_micro(ranked.most_usd), "queue": queue_for(ranked)}
        | ({"ordered": ranked.ordered.model_dump(mode="json")} if ranked.ordered else {})
        for ranked in decision.ranked
        if ranked.most_usd <= limit
    ]


def request_of(operation: Operation) -> GenerationRequest:
    """The order as the operation's present candidate gets it: with the length and size that its model makes."""
    request = GenerationRequest.model_validate(operation.spec["request"])
    offered = operation.spec.get("offers", [])
    ordered = offered[operation.candidate].get("ordered") if operation.candidate < len(offered) else None
    if not ordered:
        return request
    update = {"duration_s": ordered["duration_s"], "size": Size.model_validate(ordered["size"])}
    return request.model_copy(update=update)


def queue_for(ranked: Ranked) -> str:
    """The queue whose workers can make it."""
    return DRAW if ranked.local else REMOTE


def cut_order(
    storyboard: Storyboard,
    key: str,
    after: Mapping[str, str],
    *,
    tenant: str,
    thread: str,
    quote_id: str,
    user: str,
    tags: tuple[str, ...] = (),
    stages: Mapping[str, Stage] | None = None,
) -> Order:
    """The order for the finished film. `after` maps the content keys still being made to their operations.

    `stages` names the rung of shots that are not finals, by shot id.
    """
    return Order(
        id=operation_id(
            tenant=tenant, thread=thread, quote_id=quote_id, shot="cut", stage="cut", take=1, spec={"key": key}
        ),
        kind="cut",
        key=key,
        after=tuple(sorted(set(after.values()))),
        spec={"cut": cut_of(storyboard, stages)},
        queue=DRAW,
        model="cutaway:compose",
        user=user,
        tags=tags,
        weight_s=sum(shot.played_s for shot in storyboard.shots),
    )


def cut_of(storyboard: Storyboard, stages: Mapping[str, Stage] | None = None) -> dict[str, Any]:
    """The storyboard as the composer's JSON, each clip named by its content key until `resolve` puts the asset in."""
    index = {shot.id: i for i, shot in enumerate(storyboard.shots)}
    at = {shot.id: (stages or {}).get(shot.id, "final") for shot in storyboard.shots}
    return {
        "shots": [
            {"clip": content_key(storyboard, shot, at[shot.id]), "duration_s": shot.duration_s}
            | ({"still": True, "camera": shot.camera} if at[shot.id] == "still" else {})
            | {name: getattr(shot, name) for name in LOCAL_FIELDS}
            for shot in storyboard.shots
        ],
        "overlays": [
            {
                "kind": overlay.kind,
                "text": overlay.text,
                "shot_index": None if overlay.shot_id is None else index[overlay.shot_id],
                "start_s": overlay.start_s,
                "end_s": overlay.end_s,
                "style": overlay.style,
                "spoken": overlay.spoken,
                "word_starts_s": overlay.word_starts_s,
            }
            for overlay in storyboard.overlays
        ],
        "sound": storyboard.sound.model_dump(mode="json"),
        "size": storyboard.size.model_dump(mode="json"),
        "fps": storyboard.fps,
    }


def clip_keys(cut: Mapping[str, Any]) -> tuple[str, ...]:
    """The content keys a cut needs, each once."""
    return tuple(dict.fromkeys(shot["clip"] for shot in cut["shots"]))


def resolve(cut: Mapping[str, Any], assets: Mapping[str, str]) -> Cut:
    """The cut with every content key replaced by its asset. Raises `MediaError` when one was never made."""
    missing = [i for i, shot in enumerate(cut["shots"], 1) if shot["clip"] not in assets]
    if missing:
        raise MediaError(f"The clip of shot {missing[0]} is not there.", fix="Ask for another take of that shot.")
    shots = [shot | {"clip": assets[shot["clip"]]} for shot in cut["shots"]]
    return Cut.model_validate({**cut, "shots": shots})

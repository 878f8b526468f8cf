"""Which preferences hold for one order: the policy's own, with every rule laid over them that fits."""

from __future__ import annotations

from dataclasses import dataclass

from cutaway.contract import GenerationRequest
from cutaway.routing.conditions import Conditions
from cutaway.routing.policy import Matcher, Preferences, RoutingPolicy


@dataclass(slots=True)
class Effective:
    """The preferences, whether idle hours are waited for, and the names of the rules that made them so."""

    preferences: Preferences
    wait_for_idle: bool
    rules: tuple[str, ...] = ()


def effective(policy: RoutingPolicy, request: GenerationRequest, conditions: Conditions) -> Effective:
    """Lay the fitting rules over the policy, in order."""
    rules = policy.rules
    fitting = [rule for rule in rules if matches(rule.when, policy, request, conditions)] if rules else ()
    if not fitting:
        return Effective(policy, policy.wait_for_idle)
    changes: dict[str, object] = {}
    floors = policy.floors
    for rule in fitting:
        changes |= {name: getattr(rule.then, name) for name in rule.then.model_fields_set}
        floors = rule.then.over(floors)
    changes = {name: value for name, value in changes.items() if value is not None} | {"floors": floors}
    changes.pop("lift_floors", None)
    wait = changes.pop("wait_for_idle", policy.wait_for_idle)
    kept = {name: getattr(policy, name) for name in Preferences.model_fields}
    preferences = Preferences.model_construct(**(kept | changes))
    return Effective(preferences, bool(wait), tuple(rule.name for rule in fitting))


def matches(when: Matcher, policy: RoutingPolicy, request: GenerationRequest, conditions: Conditions) -> bool:
    """True when every field of the matcher that is set fits the order and the moment."""
    roles = {one.role for one in request.inputs}
    return (
        _in(request.operation, when.operation)
        and _in(request.modality, when.modality)
        and _in(request.stage, when.stage)
        and _in(request.size.resolution, when.resolution)
        and _in(request.size.aspect, when.aspect)
        and (not when.input or bool(roles & set(when.input)))
        and (when.audio is None or when.audio == request.audio)
        and (when.seconds_over is None or request.duration_s > when.seconds_over)
        and (when.seconds_up_to is None or request.duration_s <= when.seconds_up_to)
        and _in(conditions.tenant, when.tenant)
        and (not when.tag or bool(set(conditions.tags) & set(when.tag)))
        and (not when.during or any(w.holds(conditions.now) for w in policy.peak if w.name in when.during))
        and (
            when.usd_left_under is None
            or (conditions.left_usd is not None and conditions.left_usd < when.usd_left_under)
        )
    )


def _in(value: object, allowed: tuple[object, ...]) -> bool:
    return not allowed or value in allowed

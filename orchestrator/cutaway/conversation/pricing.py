"""A revised storyboard turned into a quote: per shot what must be made, by which model, and the most it can cost."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from cutaway.contract import GenerationRequest, InputRef, Stage
from cutaway.conversation.climbing import UNMADE, decide_begun, step_before
from cutaway.conversation.conditions import gather
from cutaway.conversation.deciding import Need, decide_together, look_of
from cutaway.conversation.later import IdleHours, idle_hours
from cutaway.conversation.plans import Allowance, allowance
from cutaway.conversation.recording import record
from cutaway.conversation.rungs import at_least, first_rung, highest, keys_of, makes_finals
from cutaway.conversation.services import Services
from cutaway.conversation.turn import NextRung, Quote, QuoteState, ShotPlan
from cutaway.errors import RoutingError
from cutaway.ledger import from_micro
from cutaway.routing import Conditions, RoutingDecision
from cutaway.routing.conditions import MayLeave
from cutaway.routing.deferral import Place
from cutaway.routing.downgrade import Routed
from cutaway.storyboard.brief import order
from cutaway.storyboard.diff import ShotChange, cut_key, diff
from cutaway.storyboard.model import Shot, Storyboard


@dataclass(frozen=True, slots=True)
class _Asked:
    """One shot that is to be made: its change, its need, its rung, the decision for it alone and the moment of that.

    `order` is what was decided about, before anything was made smaller to fit a budget.
    """

    change: ShotChange
    need: Need
    rung: Stage
    routed: Routed
    moment: Conditions
    order: GenerationRequest


def name_quote(tenant: str, thread: str, message_id: str, version_id: str) -> str:
    """32 hex digits: the same message priced for the same version is the same quote, so replays cannot order twice."""
    return hashlib.sha256("\x1f".join((tenant, thread, message_id, version_id)).encode()).hexdigest()[:32]


async def price(
    services: Services,
    *,
    thread: str,
    message_id: str,
    version_id: str,
    old: Storyboard | None,
    new: Storyboard,
    model: str = "",
    stage: Stage | Literal["next"] | None = None,
    user: str = "",
    tags: Sequence[str] = (),
    needed_by: datetime | None = None,
) -> Quote:
    """The quote for `new`, by `model` where it is named. Raises `RoutingError` naming the shot that none can make.

    `needed_by` lets work wait for idle hours of our own machines, where the policy does; each shot gets a place behind
    what waits for them already. `stage` is the rung every shot should be on at least; None begins new shots on the
    policy's first rung and keeps a changed shot on stills, and "next" takes shots one rung up: to a still or a draft
    where that pays, else to a final. What comes after a still begins with it.

    What is already made is reused at $0 whichever version it was made for; what is being made is waited for.
    """
    changes = diff(old, new).shots
    keys = {shot.id: keys_of(new, shot) for shot in new.shots}
    every = list({key for rungs in keys.values() for key in rungs.values()})
    made = await services.ledger.made(services.tenant, every)
    making = await services.ledger.making(services.tenant, every)
    begins = first_rung(services.policy, services.candidates, paid_refused=services.paid_refused)
    climbs = stage == "next" and not model
    wanted: Stage = stage or begins if stage != "next" and (stage or not model) else "final"
    stills = await _stills(services, keys, made)
    on_stills = await _on_stills(services, old, new) if stage is None and not model else frozenset()

    async def moment() -> Conditions:
        return await gather(services, thread=thread, user=user, message_id=message_id, tags=tags, model=model)

    plans: dict[int, ShotPlan] = {}
    asked: list[_Asked] = []
    ordered: dict[str, Stage] = {}
    conditions: Conditions | None = None
    home: Mapping[str, MayLeave] = {}
    allowed: Allowance | None = None
    hours: IdleHours | None = None
    for change in changes:
        rungs = keys[change.shot_id]
        there = highest(rungs, made.keys() | making.keys() | ordered.keys())
        want: Stage = "still" if change.shot_id in on_stills and wanted == "animatic" else wanted
        # A still that is not there yet was seen by nobody: only somebody who skips it goes on without it.
        unseen = climbs and there == "still" and change.shot_id not in stills
        if there is not None and (at_least(there, want) or unseen):
            plans[change.number] = _kept(change, new, there, rungs[there], making)
            continue
        if conditions is None or hours is None:
            made_by = await _made_by(services, keys, made)
            conditions = replace(await moment(), made_by=made_by, deadline=needed_by)
            home = await services.shelf.kept_home(thread)
            allowed = await allowance(services, user, conditions)
            if allowed is not None:
                least = min(allowed.most_usd, services.policy.budgets.per_clip_usd)
                is_there = made.keys() | making.keys()
                wanting = sum(not _stands(keys[one.shot_id], is_there, wanted) for one in changes)
                conditions = replace(conditions, clip_limit_usd=least, month=allowed.month(wanting))
            hours = await idle_hours(services, conditions)
        need = _need(new, change.number, want, home)
        moment_ = hours.around(need.request, need.under(conditions))
        try:
            need, routed = decide_begun(services, need, stills.get(change.shot_id), moment_, allowed)
        except RoutingError:
            if want == wanted:
                raise
            want, need = wanted, _need(new, change.number, wanted, home)
            moment_ = hours.around(need.request, need.under(conditions))
            need, routed = decide_begun(services, need, None, moment_, allowed)
        decided = allowed.lowered(need.request)[0] if allowed else need.request
        rung = _rung(services, routed.decision, want)
        if climbs and rung == "final" and (step := step_before(services, need, routed, moment_, there)):
            rung, routed, decided = step.stage, step.routed, step.routed.request
        if there is not None and at_least(there, rung):
            plans[change.number] = _kept(change, new, there, rungs[there], making)
            continue
        ordered[rungs[rung]] = rung
        hours.put(change.shot_id, routed.decision.chosen.model, routed.request, moment_)
        asked.append(_Asked(change, need, rung, routed, moment_, decided))
    look = look_of(services, conditions.made_by) if conditions else ""
    decisions: dict[str, RoutingDecision] = {}
    places: dict[str, Place] = {}
    if hours is not None and asked:
        decisions, places = _together(services, asked, hours, look)
    for one in asked:
        plan = _made_anew(one.change, new, decisions[one.change.shot_id], one.rung, one.routed)
        plans[plan.number] = _timed(plan, places.get(plan.shot_id), decisions[plan.shot_id], needed_by, hours)
    shots = [plans[change.number] for change in changes]
    film = cut_key(new, {plan.shot_id: plan.stage for plan in shots})
    if await services.ledger.made(services.tenant, [film]):
        shots = [_shown_before(plan) for plan in shots]
    outlined = [plan for plan in shots if plan.stage != "final" and (begins, plan.stage) != ("final", "animatic")]
    next_rung = None
    if outlined:
        if conditions is None:
            conditions, home = await moment(), await services.shelf.kept_home(thread)
        needs = [_need(new, plan.number, "final", home) for plan in outlined]
        begin = [stills.get(plan.shot_id) or (UNMADE if plan.stage == "still" else None) for plan in outlined]
        next_rung = _next_rung(services, needs, begin, conditions, look)
    most = sum((plan.most_usd for plan in shots), Decimal(0))
    in_doubt = await _in_doubt(services, thread, set(decisions)) if decisions else Decimal(0)
    return Quote(
        id=name_quote(services.tenant, thread, message_id, version_id),
        version_id=version_id,
        thread=thread,
        message_id=message_id,
        shots=tuple(shots),
        decisions=decisions,
        cut_key=film,
        next_rung=next_rung,
        most_usd=most,
        in_doubt_usd=in_doubt,
        state="pending" if most and (in_doubt or any(one.ask for one in decisions.values())) else _gate(services, most),
        created_at=services.clock(),
        recorded=tuple(
            record(
                services,
                decisions[one.change.shot_id],
                one.order,
                one.moment if allowed is None else replace(one.moment, clip_limit_usd=None),
                thread=thread,
                shot_id=one.change.shot_id,
                plan_usd=allowed.most_usd if allowed else None,
            )
            for one in (asked if services.shapes is None else ())  # nobody replays a batch, which has thousands
        ),
    )


def _together(
    services: Services, asked: Sequence[_Asked], hours: IdleHours, look: str
) -> tuple[dict[str, RoutingDecision], dict[str, Place]]:
    """The decisions of all shots, and the places of those that wait for our machines.

    Where one look or one budget would put more into their idle hours than they hold, each shot keeps its own decision.
    """
    needs, found, moments = ([getattr(one, name) for one in asked] for name in ("need", "routed", "moment"))
    decisions = decide_together(services, needs, found, moments, look)
    wait = hours.empty()
    for one in asked:
        wait.put(one.change.shot_id, decisions[one.change.shot_id].chosen.model, one.routed.request, one.moment)
    places = wait.places()
    if all(place.where == "own" for place in places.values()):
        return decisions, places
    return {one.change.shot_id: one.routed.decision for one in asked}, hours.places()


def _timed(
    plan: ShotPlan, place: Place | None, decision: RoutingDecision, needed_by: datetime | None, hours: IdleHours | None
) -> ShotPlan:
    """The plan with when it is made: in an idle hour of ours, or now although there was time, and why."""
    if place is not None and place.done is not None:
        return plan.model_copy(update={"not_before": place.begin, "done_by": place.done, "needed_by": needed_by})
    if hours is None or decision.chosen.provider in hours:
        return plan
    late = [one for one in decision.rejections if one.model.partition(":")[0] in hours and "no idle hour" in one.reason]
    return plan.model_copy(update={"why_now": f"{late[0].model} {late[0].reason}"}) if late else plan


async def _in_doubt(services: Services, thread: str, shots: set[str]) -> Decimal:
    """The most that earlier orders of these shots may still cost, while nobody knows whether they were taken."""
    doubts = await services.ledger.in_doubt(services.tenant, thread)
    return from_micro(sum(one.hold_micro - one.charged_micro for one in doubts if one.shot_id in shots))


def _gate(services: Services, most_usd: Decimal) -> QuoteState:
    return "automatic" if most_usd <= services.policy.approval.ask_above_usd else "pending"


def _makes_finals(services: Services, model: str) -> bool:
    return any(makes_finals(one) for one in services.candidates if one.id == model)


def _rung(services: Services, decision: RoutingDecision, wanted: Stage) -> Stage:
    """The rung of what the chosen model makes: an artist that only outlines makes an animatic, whatever was asked."""
    chosen = next(one for one in services.candidates if one.id == decision.chosen.model)
    return wanted if wanted in chosen.profile.stages or "animatic" not in chosen.profile.stages else "animatic"


async def _stills(
    services: Services, keys: Mapping[str, Mapping[Stage, str]], made: Mapping[str, str]
) -> dict[str, InputRef]:
    """The stills that are there, by shot id, as what a clip begins with."""
    found = {}
    for shot_id, rungs in keys.items():
        if asset := made.get(rungs["still"]):
            facts = await services.ledger.asset_facts(services.tenant, asset) or {}
            kind = str(facts.get("media_type") or "image/*")
            found[shot_id] = InputRef(sha256=asset, role="first_frame", media_type=kind)
    return found


async def _on_stills(services: Services, old: Storyboard | None, new: Storyboard) -> frozenset[str]:
    """The shots that stood on a still before: a change of theirs is looked at as a still again."""
    before = {shot.id: keys_of(old, shot) for shot in old.shots if new.shot(shot.id)} if old else {}
    made = await services.ledger.made(services.tenant, [key for rungs in before.values() for key in rungs.values()])
    return frozenset(shot_id for shot_id, rungs in before.items() if highest(rungs, made) == "still")


async def _made_by(services: Services, keys: Mapping[str, Mapping[Stage, str]], made: Mapping[str, str]) -> str:
    """The model of the film's final pictures that are there, '' when there are none or their books are gone."""
    for rungs in keys.values():
        if asset := made.get(rungs["final"]):
            facts = await services.ledger.asset_facts(services.tenant, asset) or {}
            if facts.get("model"):
                return str(facts["model"])
    return ""


def _shown_before(plan: ShotPlan) -> ShotPlan:
    """A shot of a film that was composed before: there is nothing local left to do."""
    return plan.model_copy(update={"change_class": "reuse"}) if plan.change_class == "local" else plan


def _next_rung(
    services: Services, wanted: Sequence[Need], stills: Sequence[InputRef | None], conditions: Conditions, look: str
) -> NextRung:
    """What final pictures for the outlined shots would cost at most, or why they cannot be had."""
    needs, found = [], []
    try:
        for one, still in zip(wanted, stills, strict=True):
            need, routed = decide_begun(services, one, still, conditions)
            needs.append(need)
            found.append(routed)
    except RoutingError as error:
        why_not = f"{error.message} {error.fix}".strip()
        return NextRung(stage="final", shots=len(needs), why_not=why_not, refused=error.data())
    decided = tuple(decide_together(services, needs, found, [conditions] * len(needs), look).values())
    chosen = [one.chosen for one in decided]
    short = next((one for one in decided if _rung(services, one, "final") != "final"), None)
    if short is not None:
        over = next((r.refused.about(f"Shot {n.number}") for n, r in zip(needs, found, strict=True) if r.refused), None)
        if over is not None:
            return NextRung(stage="final", shots=len(needs), why_not=str(over), refused=over.data())
        reasons = [f"{out.model}: {out.reason}" for out in short.rejections if _makes_finals(services, out.model)]
        return NextRung(stage="final", shots=len(needs), why_not=f"{'; '.join(reasons[:3])}.")
    return NextRung(
        stage="final",
        shots=len(needs),
        most_usd=sum((one.most_usd for one in chosen), Decimal(0)),
        models=tuple(dict.fromkeys(one.model for one in chosen)),
    )


def _need(storyboard: Storyboard, number: int, stage: Stage, home: Mapping[str, MayLeave]) -> Need:
    shot = storyboard.shots[number - 1]
    request = order(storyboard, shot, stage=stage)
    # A shot is bound by what it cites and shows; words on the picture are composed here and never leave.
    sources = {source.rpartition(":")[0] or source for source in shot.sources} | {one.sha256 for one in request.inputs}
    limits = [home[source] for source in sources if source in home]
    return Need(shot.id, number, request, "nowhere" if "nowhere" in limits else "reasoner" if limits else "vendors")


def _made_anew(
    change: ShotChange, storyboard: Storyboard, decision: RoutingDecision, stage: Stage, routed: Routed
) -> ShotPlan:
    shot = storyboard.shots[change.number - 1]
    first = routed.request.of_role("first_frame")
    still = next((note for note in decision.chosen.notes if "still" in note), "")
    return ShotPlan(
        shot_id=shot.id,
        number=change.number,
        seconds=shot.played_s,
        change_class="generate",
        stage=stage,
        fields=change.fields,
        what=describe(shot),
        model=decision.chosen.model,
        most_usd=decision.chosen.most_usd,
        why="; ".join(part for part in (decision.chosen.why, still) if part),
        sources=shot.sources,
        inputs=routed.request.inputs if first else None,
    )


def _stands(rungs: dict[Stage, str], there: Collection[str], wanted: Stage) -> bool:
    rung = highest(rungs, there)
    return rung is not None and at_least(rung, wanted)


def _kept(change: ShotChange, storyboard: Storyboard, stage: Stage, key: str, making: Mapping[str, str]) -> ShotPlan:
    shot = storyboard.shots[change.number - 1]
    local = bool(change.fields) and change.fields != ("new",) and change.change_class == "local"
    if stage == "still" and "duration_s" in change.fields:
        local = True  # a still is shown for as long as it is wanted
    being_made = making.get(key)
    if being_made:
        why = "already being made; it is waited for"
    elif local:
        why = "composed here from the picture that exists"
    else:
        why = "the picture exists and did not change"
    return ShotPlan(
        shot_id=shot.id,
        number=change.number,
        seconds=shot.played_s,
        change_class="local" if local else "reuse",
        stage=stage,
        fields=change.fields,
        what=describe(shot),
        operation_id=being_made,
        why=why,
        sources=shot.sources,
    )


def describe(shot: Shot) -> str:
    """A shot in a few words, for tables."""
    where = f" in {shot.setting}" if shot.setting and shot.setting.lower() not in shot.action.lower() else ""
    weather = f", {shot.weather}" if shot.weather != "clear" else ""
    doing = " ".join(part for part in (", ".join(shot.cast), shot.action) if part)
    return f"{doing}{where}, {shot.time_of_day}{weather}".strip(" ,")

"""The pure function that chooses: an order, the candidates, a policy and the moment in; a decision with reasons out.

By default the lowest expected cost per *accepted* second wins, not the lowest price per second: a model whose clips are
kept less often is paid more often (`quality.py` has the formulas and their sources).

    cost per accepted second = expected price of one attempt x expected attempts / seconds

`decide` gives slotted objects and is what runs often; `route` gives the same as the document that is kept.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Final

from cutaway.contract import GenerationRequest, usd
from cutaway.errors import RoutingError
from cutaway.routing.catalog import Candidate
from cutaway.routing.conditions import Conditions
from cutaway.routing.decision import RoutingDecision
from cutaway.routing.effective import Effective, effective
from cutaway.routing.judging import Able, Catalog, Out, named
from cutaway.routing.pacing import Offer, better, spare_usd, words
from cutaway.routing.picks import FOREVER, Decision, Pick, Score, lines_first
from cutaway.routing.policy import RoutingPolicy
from cutaway.routing.quality import NOTHING_SEEN, attempts
from cutaway.routing.telling import document

NOTHING: Final = Decimal(0)


def route(
    request: GenerationRequest, candidates: Sequence[Candidate], policy: RoutingPolicy, conditions: Conditions
) -> RoutingDecision:
    """The decision for one order. Raises `RoutingError` with every rejection when no candidate is left."""
    return document(decide(request, candidates, policy, conditions))


def decide(
    request: GenerationRequest, candidates: Sequence[Candidate], policy: RoutingPolicy, conditions: Conditions
) -> Decision:
    """Rank the candidates. Raises `RoutingError` like `route`."""
    catalog = candidates if isinstance(candidates, Catalog) else Catalog(candidates)
    holds = effective(policy, request, conditions)
    judged = catalog.judged(request, holds.preferences, policy, holds.rules, conditions.today)
    out = list(judged.out)
    score = _SCORES[holds.preferences.objective]
    operation, duration_s = request.operation, request.duration_s
    length = len(request.brief.prompt)
    tightest, suspects = _suspects(policy, holds, conditions)
    seen, pools = conditions.seen, conditions.pools
    timed = bool(conditions.speeds or pools)
    made_by, leaving = conditions.made_by, 1 + holds.preferences.continuity
    lines = conditions.lines() if conditions.max_in_flight else {}
    by_line = bool(lines) and lines_first(conditions, holds)
    picks = []
    for able in judged.able:
        candidate = able.candidate
        speed = candidate.profile.speed_s_per_s
        works_s = wait_s = None
        line_s = 0.0
        if timed or speed is not None:
            works_s = wait_s = conditions.works_s(candidate.id, operation, speed, duration_s)
            if candidate.provider in pools:
                wait_s = conditions.wait_s(candidate.id, candidate.provider, works_s, wait_for_idle=holds.wait_for_idle)
        if lines and candidate.provider in lines and not candidate.local:
            line_s = FOREVER if works_s is None else lines[candidate.provider] * works_s
            wait_s = None if wait_s is None or line_s == FOREVER else wait_s + line_s
        # Most models are under no suspicion at most moments: only the others are asked about one by one.
        if (
            suspects is None
            or able.most_usd > tightest
            or length > able.max_prompt_chars
            or (wait_s is not None and candidate.profile.retires_on is not None)
            or candidate.provider in suspects
            or candidate.id in suspects
        ):
            reason = _not_now(able, length, wait_s, line_s, request, policy, holds, conditions)
            if reason:
                out.append(Out(candidate, reason, able.arithmetic))
                continue
        tries = able.prior
        if seen:
            tries = attempts(tries, seen.get((candidate.id, operation), NOTHING_SEEN))
        cost = able.expected_usd * tries / duration_s
        if made_by and candidate.id != made_by:
            cost *= leaving
        picks.append(Pick(able, tries, cost, wait_s, score(able, cost, wait_s), line_s))
    # An artist that only outlines makes finals when nobody else can, never as a quiet fallback.
    if judged.outlines and any(not pick.able.outlines for pick in picks):
        out += [Out(p.able.candidate, "only outlines; others can make it", p.able.arithmetic)
                for p in picks if p.able.outlines]  # fmt: skip
        picks = [pick for pick in picks if not pick.able.outlines]
    if not picks:
        raise RoutingError(
            f"No model can make a {request.size} still of this shot."
            if request.modality == "image"
            else f"No model can make this {request.duration_s:g} s {request.size} shot.",
            rejections={one.candidate.id: one.reason for one in out},
            fix=_names_nobody(catalog, holds) or _advice(out, request),
        )
    picks.sort(key=_by_score)
    if by_line:
        picks.sort(key=_by_line)
    paced = ""
    if conditions.month is not None:
        paced = _pace(picks, request, policy, holds, conditions)
    ranked = _with_fallbacks(picks, policy)
    return Decision(ranked, tuple(out), holds, policy, catalog, request, conditions, paced)


def _pace(
    picks: list[Pick], request: GenerationRequest, policy: RoutingPolicy, holds: Effective, conditions: Conditions
) -> str:
    """Move the pick to the front that what is left over of the month pays for, and say why; '' when none does.

    Only the expected cost can be outbid: another objective, and the lists of a policy, say themselves what goes first,
    and so does a line that nobody has to stand in, where the clip is needed as soon as it can be.
    """
    month, plan = conditions.month, policy.plan
    if month is None or plan is None or plan.pace is None or holds.preferences.objective != "accepted_cost":
        return ""
    # Ratings are about new clips that are shown at the end; drafts and stills are steps on the way to one.
    if request.stage != "final" or request.operation != "generate":
        return ""
    first, short = picks[0], lines_first(conditions, holds)
    alike = [
        pick for pick in picks if pick.able.place == first.able.place and not (short and pick.line_s > first.line_s)
    ]
    offers = [Offer(pick.able.expected_usd * pick.attempts, pick.able.elo) for pick in alike]
    place = better(offers, spare_usd(month, plan.pace, conditions.now))
    if not place or conditions.made_by not in {"", alike[place].able.candidate.id}:
        return ""  # a shot that is revised keeps its look
    picks.remove(alike[place])
    picks.insert(0, alike[place])
    return words(month, conditions.now, offers[place], offers[0], request.duration_s)


def _by_score(pick: Pick) -> Score:
    return pick.score


def _by_line(pick: Pick) -> float:
    return pick.line_s


_SCORES: Final[dict[str, Callable[[Able, float, float | None], Score]]] = {
    "accepted_cost": lambda able, cost, wait_s: (able.place, cost, -able.elo, able.candidate.id),
    "price": lambda able, cost, wait_s: (able.place, able.most_usd, -able.elo, able.candidate.id),
    "quality": lambda able, cost, wait_s: (able.place, -able.elo, able.most_usd, able.candidate.id),
    "latency": lambda able, cost, wait_s: (
        able.place,
        FOREVER if wait_s is None else wait_s,
        cost,
        able.candidate.id,
    ),
}


def _suspects(
    policy: RoutingPolicy, holds: Effective, conditions: Conditions
) -> tuple[Decimal, Collection[str] | None]:
    """The least that a clip's limits leave, and which providers and models the moment may speak against (None: all).

    Who is not among them, costs no more, takes the prompt and does not retire has nothing to fear of `_not_now`.
    """
    everyone = (
        conditions.wanted
        or conditions.may_leave != "vendors"
        or conditions.paid_refused
        or conditions.deadline is not None
        or holds.preferences.floors.latency_s is not None
    )
    limit, left = conditions.clip_limit_usd, conditions.left_usd
    if limit is None:
        limit = policy.budgets.per_clip_usd
    tightest = limit if left is None or limit < left else left
    if everyone:
        return tightest, None
    counted = conditions.in_flight if holds.preferences.max_in_flight is not None else ()
    if counted or conditions.provider_left_usd:
        return tightest, {*conditions.unhealthy, *counted, *conditions.provider_left_usd}
    return tightest, conditions.unhealthy


def _not_now(
    able: Able,
    length: int,
    wait_s: float | None,
    line_s: float,
    request: GenerationRequest,
    policy: RoutingPolicy,
    holds: Effective,
    conditions: Conditions,
) -> str:
    """Why a model that can make the order may not make it now, '' when it may."""
    candidate, most = able.candidate, able.most_usd
    provider, preferences = candidate.provider, holds.preferences
    if conditions.wanted and candidate.id != conditions.wanted:
        return f"the order is to be made by {conditions.wanted}"
    if length > able.max_prompt_chars:
        return f"takes a prompt of at most {able.max_prompt_chars} characters, not {length}"
    if conditions.may_leave != "vendors" and not candidate.own:
        return f"what it would be sent may leave to: {conditions.may_leave}"
    clip = policy.budgets.per_clip_usd if conditions.clip_limit_usd is None else conditions.clip_limit_usd
    if most > clip:
        return f"can cost {usd(most)}, over the clip limit of {usd(clip)}"
    if most > NOTHING:
        if conditions.paid_refused:
            return conditions.paid_refused
        if conditions.left_usd is not None and most > conditions.left_usd:
            return f"can cost {usd(most)}, and {conditions.left_in_words()}"
        if conditions.provider_left_usd:
            left = conditions.provider_left_usd.get(provider)
            if left is not None and most > left:
                return f"can cost {usd(most)}, and {conditions.provider_left_in_words(provider)}"
    if conditions.unhealthy:
        why = conditions.unhealthy.get(provider) or conditions.unhealthy.get(candidate.id)
        if why:
            return f"its provider is not well: {why}"
    # What an account takes at once is a line to stand in; what the policy lets it have at once is a limit.
    most_at_once = preferences.max_in_flight
    if most_at_once is not None and not candidate.local and conditions.in_flight.get(provider, 0) >= most_at_once:
        return f"has {conditions.in_flight[provider]} orders under way, and the policy lets it have {most_at_once}"
    slowest = preferences.floors.latency_s
    if slowest is not None and request.stage == "final" and (wait_s is None or wait_s > slowest):
        said = "nobody knows how long it takes" if wait_s is None else f"takes about {wait_s:.0f} s"
        waits = f", {line_s:.0f} s of it in line" if wait_s is not None and line_s else ""
        return f"{said}{waits}; the policy wants {slowest:g} s at most"
    return _too_late(able, wait_s, line_s, conditions)


def _too_late(able: Able, wait_s: float | None, line_s: float, conditions: Conditions) -> str:
    """Why a clip would come too late: after its deadline, or after the model is gone."""
    deadline, candidate = conditions.deadline, able.candidate
    if wait_s is None and deadline is None:
        return ""
    done = conditions.now + timedelta(seconds=wait_s or 0)
    gone = candidate.profile.retires_on
    if gone is not None and done.date() >= gone:
        return f"retires on {gone}, before the clip would be done"
    if deadline is None or (wait_s is not None and done <= deadline):
        return ""
    if candidate.id in conditions.places and conditions.places[candidate.id] is None:
        return f"has no idle hour left before {deadline:%H:%M} UTC"
    if wait_s is not None:
        waits = f" ({line_s:.0f} s of it in line)" if line_s else ""
        return f"would be done at {done:%H:%M} UTC{waits}, after {deadline:%H:%M}"
    if line_s == FOREVER:
        return f"{conditions.full_in_words(candidate.provider)}, and nobody knows how long they take"
    if conditions.pools.get(candidate.provider):
        return "its queue is unknown, and unknown is not free"
    return ""


def _with_fallbacks(picks: list[Pick], policy: RoutingPolicy) -> tuple[Pick, ...]:
    """The best pick, then the ones the policy lists for it, then the rest by rank."""
    listed = policy.fallbacks.models
    if not listed:
        return tuple(picks[:1] if policy.fallbacks.listed_only else picks)
    first = picks[0]
    names = listed.get(first.able.candidate.id, listed.get(f"{first.able.candidate.provider}:*", ()))
    by_id = {pick.able.candidate.id: pick for pick in picks[1:]}
    chosen = [by_id.pop(name) for name in names if name in by_id]
    rest = [] if policy.fallbacks.listed_only else list(by_id.values())
    return (first, *chosen, *rest)


def _names_nobody(catalog: Catalog, holds: Effective) -> str:
    """Said when `only` names no model that is here, which is a mistake in the policy and not the models' fault."""
    only = holds.preferences.only
    if not only or not len(catalog) or any(named(one, only) for one in catalog):
        return ""
    here = sorted({one.id for one in catalog})
    near = difflib.get_close_matches(only[0], here, n=1) or [name for name in here if only[0] in name][:1]
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(here[:6])}."
    return f"The policy allows only {', '.join(only)}, which no model here is called; {hint}"


def _advice(out: Sequence[Out], request: GenerationRequest) -> str:
    if not out:
        return "No provider is installed or configured; `cutaway doctor` shows what was found."
    if request.modality == "image" and not any(one.candidate.profile.modality == "image" for one in out):
        return (
            "Set up a provider that makes pictures (`cutaway providers list` shows each with the key it needs), "
            "or make finals without stills."
        )
    first = "; ".join(f"{one.candidate.id}: {one.reason}" for one in out[:3])
    return f"{first}."

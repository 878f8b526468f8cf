"""What a policy comes to with the models that are here: names nobody has, and floors nobody reaches."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from cutaway.contract import RESOLUTIONS_PX, usd
from cutaway.routing.catalog import Candidate
from cutaway.routing.finding import Finding, Loc
from cutaway.routing.judging import UNPRICED, Able, Out, judge, judge_all, named
from cutaway.routing.makers import able_of, emptied_by
from cutaway.routing.names import LISTS
from cutaway.routing.policy import Floors, Preferences, RoutingPolicy
from cutaway.routing.reading import Reading
from cutaway.routing.typical import order_of, typical_orders

Noted = Iterator[Finding]


def names(
    reading: Reading, policy: RoutingPolicy, candidates: Sequence[Candidate], aliases: Mapping[str, str]
) -> Noted:
    """Names that no candidate has, and lists that leave nobody."""
    ids = {one.id for one in candidates}
    known = ids | {f"{one.provider}:*" for one in candidates} | set(aliases)
    for loc, name in _named_models(policy):
        if name in known:
            continue
        near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.8)
        alone = [f"{name}:*"] if f"{name}:*" in known else sorted(one for one in ids if one.partition(":")[2] == name)
        hint = f"Did you mean {(alone or near)[0]!r}?" if near or alone else ""
        yield reading.finding(
            "error" if hint else "warning",
            loc,
            f"no candidate is called {name!r}.",
            hint or "`cutaway models` lists them; without its provider here, the name does nothing.",
        )
    for loc, only in _only_lists(policy):
        if not any(named(one, [aliases.get(name, name) for name in only]) for one in candidates):
            yield reading.finding(
                "error", loc, "only names no model that is there, so nothing can be made.",
                "Name a model of `cutaway models`, or take only out.",
            )  # fmt: skip
    instances = {one.provider for one in candidates}
    for provider in policy.budgets.per_provider_month_usd:
        if provider not in instances:
            near = difflib.get_close_matches(provider, sorted(instances), n=1)
            yield reading.finding(
                "error" if near else "warning",
                ("spec", "budgets", "per_provider_month_usd", provider),
                f"no provider is called {provider!r}.",
                f"Did you mean {near[0]!r}?" if near else "`cutaway providers list` names them.",
            )


def idle(reading: Reading, policy: RoutingPolicy, windows: Mapping[str, str]) -> Noted:
    """Windows that the settings call idle (`pool.idle`, by provider) and that the policy's `peak` does not have."""
    there = [window.name for window in policy.peak]
    for provider, window in windows.items():
        if window in there:
            continue
        near = difflib.get_close_matches(window, there, n=1)
        hint = f"Did you mean {near[0]!r} in cutaway.yaml? " if near else ""
        yield reading.finding(
            "warning", ("spec", "peak"), f"providers.{provider}.pool.idle in cutaway.yaml names the window {window!r}, "
            "which peak does not have, so no work ever waits for idle hours there.",
            f"{hint}Add a window of that name under peak, or take pool.idle out.",
        )  # fmt: skip


def _named_models(policy: RoutingPolicy) -> Iterator[tuple[Loc, str]]:
    for key in LISTS:
        for place, name in enumerate(getattr(policy, key)):
            yield ("spec", key, place), name
        for index, rule in enumerate(policy.rules):
            for place, name in enumerate(getattr(rule.then, key) or ()):
                yield ("spec", "rules", index, "then", key, place), name
    for first, names in policy.fallbacks.models.items():
        yield ("spec", "fallbacks", "models", first), first
        for place, name in enumerate(names):
            yield ("spec", "fallbacks", "models", first, place), name


def _only_lists(policy: RoutingPolicy) -> Iterator[tuple[Loc, Sequence[str]]]:
    if policy.only:
        yield ("spec", "only"), policy.only
    for index, rule in enumerate(policy.rules):
        if rule.then.only:
            yield ("spec", "rules", index, "then", "only"), rule.then.only


def catalog(
    reading: Reading,
    policy: RoutingPolicy,
    candidates: Sequence[Candidate],
    today: date,
    unusable: Collection[str] = (),
) -> Noted:
    """No models at all, or models that the policy would choose from if they had a price; not those without a key."""
    unpriced = [one for one in candidates if one.profile.price is None]
    if candidates and len(unpriced) == len(candidates):
        yield reading.finding(
            "error", (), "no model here has a dated price, and unpriced models are never used.",
            "Give them prices: providers.NAME.models in cutaway.yaml.",
        )  # fmt: skip
    elif not candidates:
        yield reading.finding(
            "error", (), "there are no models to choose from.", "Install or add a provider: `cutaway providers list`."
        )
        return
    meant = [one.id for one in unpriced if one.id not in unusable and _only_lacks_a_price(one, policy, today)]
    if meant:
        some = ", ".join(meant[:3]) + (", ..." if len(meant) > 3 else "")
        one = len(meant) == 1
        which = "model that this policy could choose has" if one else "models that this policy could choose have"
        yield reading.finding(
            "warning", (), f"{len(meant)} {which} no dated price and {'is' if one else 'are'} never used ({some}).",
            "Give a price under providers.NAME.models in cutaway.yaml, or leave it so.",
        )  # fmt: skip


def _only_lacks_a_price(candidate: Candidate, policy: RoutingPolicy, today: date) -> bool:
    """True when a model would be able to make some typical order under the policy, if only somebody priced it."""
    for _, _, preferences in _preferences(policy):
        for typical in typical_orders():
            found = judge(candidate, typical.request, preferences, today)
            if isinstance(found, Out) and found.reason == UNPRICED:
                return True
    return False


def _preferences(policy: RoutingPolicy) -> Iterator[tuple[Loc, str, Preferences]]:
    """The policy's own preferences, and each rule's laid over them where it changes who may be chosen."""
    own = {name: getattr(policy, name) for name in Preferences.model_fields}
    yield ("spec",), "the policy", Preferences.model_construct(**own)
    for index, rule in enumerate(policy.rules):
        changes = {
            name: getattr(rule.then, name)
            for name in ("floors", "require", "only", "ignore")
            if getattr(rule.then, name) is not None
        }
        own_floors = rule.then.over(policy.floors)
        if changes or own_floors != policy.floors:
            changes["floors"] = own_floors
            laid = Preferences.model_construct(**(own | changes))
            yield ("spec", "rules", index, "then"), f"the rule {rule.name!r}", laid


def floors(reading: Reading, policy: RoutingPolicy, candidates: Sequence[Candidate], today: date) -> Noted:
    """Floors and terms that nobody meets, and floors that only models over the clip limit meet."""
    for loc, who, preferences in _preferences(policy):
        wanted = preferences.floors
        without = preferences.model_copy(update={"floors": Floors()})
        pool = able_of(candidates, without, today)
        if not pool and preferences.only and not any(named(one, preferences.only) for one in candidates):
            continue  # told by its name already
        if not pool:
            outside = judge_all(candidates, order_of(), without, today).out
            why = f" ({outside[0].candidate.id}: {outside[0].reason})" if outside else ""
            yield reading.finding(
                "error", loc, f"no model here meets what {who} requires{why}.",
                "Loosen only, ignore or require, or add a provider.",
            )  # fmt: skip
            continue
        makers = [able for able in pool.values() if not able.outlines]
        if wanted.elo is not None:
            rated = any(able.candidate.profile.quality is not None for able in makers)
            key = "" if rated else emptied_by(candidates, without, today, rated=True)
            yield from _elo(reading, _floor(reading, loc, "elo"), wanted.elo, makers, key)
        elif not makers and loc == ("spec",):  # a rule may well be about outlines
            yield _outlines(reading, emptied_by(candidates, without, today, rated=False))
        if wanted.resolution is not None:
            least = wanted.resolution
            makes = judge_all(candidates, order_of(resolution=least), without, today).able
            if not makes:
                best = next(
                    (
                        name
                        for name in reversed(list(RESOLUTIONS_PX))
                        if RESOLUTIONS_PX[name] < RESOLUTIONS_PX[least]
                        and judge_all(candidates, order_of(resolution=name), without, today).able
                    ),
                    "none",
                )
                yield reading.finding(
                    "error", _floor(reading, loc, "resolution"), f"no model reaches the floor of {least}; the best "
                    f"there is makes {best}.", f"Write resolution: {best}, or add a provider.",
                )  # fmt: skip
        if wanted.latency_s is not None:
            yield from _latency(reading, _floor(reading, loc, "latency_s"), wanted.latency_s, pool)
        yield from _afford(reading, loc, policy, candidates, preferences, today)


def _floor(reading: Reading, loc: Loc, name: str) -> Loc:
    return reading.written((*loc, "floors", name), ("spec", "floors", name))


def _outlines(reading: Reading, key: str) -> Finding:
    """Nobody that makes finals is left, by the key that says so ('' where there is nobody anyway)."""
    why = f"no model that makes finals meets {key}" if key else "no model here makes finals"
    return reading.finding(
        "warning",
        reading.written(("spec", *key.split(".")), ("spec",)),
        f"no model of the catalog can make a final under this policy: outlines only ({why}).",
        f"Loosen {key}, or add a model that meets it: providers.NAME.models in cutaway.yaml."
        if key
        else "Add a provider that makes finals: `cutaway providers list`.",
    )


def _elo(reading: Reading, loc: Loc, floor: float, makers: Sequence[Able], key: str) -> Noted:
    """`key` is what leaves no rated model, '' where the catalog has none."""
    rated = [able for able in makers if able.candidate.profile.quality is not None]
    best = max(rated, key=lambda able: able.elo, default=None)
    if best is None and key and not makers:
        yield reading.finding(
            "error", loc, f"no model that makes finals meets {key}, so none reaches the floor of {floor:g}.",
            f"Loosen {key}, or add a model that meets it: providers.NAME.models in cutaway.yaml.",
        )  # fmt: skip
        return
    if best is None:
        meets = f" that meets {key}" if key else ""
        yield reading.finding(
            "error", loc, f"no model{meets} has a published rating, so none reaches the floor of {floor:g}.",
            "Take the floor out, or give models a quality in cutaway.yaml.",
        )  # fmt: skip
        return
    if best.elo < floor:
        yield reading.finding(
            "error", loc, f"no model reaches the floor of {floor:g}; the best there is has {best.elo:g} "
            f"({best.candidate.id}).", f"Write elo: {best.elo:g} or less.",
        )  # fmt: skip
    elif len(rated) < len(makers):
        missing = sorted(able.candidate.id for able in makers if able.candidate.profile.quality is None)
        some = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        yield reading.finding(
            "warning", loc, f"{len(missing)} of {len(makers)} models have no published rating and are ruled out by "
            f"this floor ({some}).", "Give them a quality in cutaway.yaml, or leave it so.",
        )  # fmt: skip


def _latency(reading: Reading, loc: Loc, floor: float, pool: Mapping[str, Able]) -> Noted:
    speeds = {
        able.candidate.id: able.candidate.profile.speed_s_per_s * 5
        for able in pool.values()
        if able.candidate.profile.speed_s_per_s is not None and not able.outlines
    }
    if not speeds:
        yield reading.finding(
            "warning", loc, "no model says how fast it is, so nothing meets this floor until times were observed.",
            "Give models a speed_s_per_s in cutaway.yaml.",
        )  # fmt: skip
    elif min(speeds.values()) > floor:
        best = min(speeds, key=lambda name: speeds[name])
        yield reading.finding(
            "error", loc, f"no model makes 5 s within {floor:g} s; the fastest there is takes {speeds[best]:.0f} s "
            f"({best}).", f"Write latency_s: {speeds[best]:.0f} or more.",
        )  # fmt: skip


def _afford(
    reading: Reading,
    loc: Loc,
    policy: RoutingPolicy,
    candidates: Sequence[Candidate],
    preferences: Preferences,
    today: date,
) -> Noted:
    """Floors that only models over the clip limit meet."""
    least = preferences.floors.resolution or "720p"
    judged = judge_all(candidates, order_of(resolution=least), preferences, today)
    costs = {able.candidate.id: able.most_usd for able in judged.able if not able.outlines}
    if not costs:
        return
    cheapest = min(costs, key=lambda name: costs[name])
    if costs[cheapest] > policy.budgets.per_clip_usd:
        yield reading.finding(
            "error",
            reading.written(("spec", "budgets", "per_clip_usd"), loc),
            f"per_clip_usd is {usd(policy.budgets.per_clip_usd)}, and the cheapest 5 s at {least} that meets the "
            f"floors costs {usd(costs[cheapest])} ({cheapest}).",
            f"Raise per_clip_usd to {usd(costs[cheapest])}, or lower the floors.",
        )

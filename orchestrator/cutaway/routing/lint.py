"""What a policy file gets wrong beyond its keys and types: contradictory limits, and rules that never apply.

`lint` finds what the file alone shows; with the candidates it adds what the policy comes to here. An error keeps a
policy from being applied, a warning does not.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from cutaway.contract import usd
from cutaway.errors import ConfigError
from cutaway.routing.candidate_lint import Noted, catalog, floors, idle, names
from cutaway.routing.catalog import Candidate
from cutaway.routing.finding import Finding, Level, Loc
from cutaway.routing.names import with_aliases
from cutaway.routing.plan_lint import plan
from cutaway.routing.policy import Matcher, Overrides, RoutingPolicy
from cutaway.routing.policy_file import read
from cutaway.routing.reading import Reading

LONGEST_ORDER_S: Final = 600.0
_NARROWER: Final = (
    ("per_clip_usd", "per_turn_usd", "one clip"),
    ("per_turn_usd", "per_thread_usd", "one message"),
    ("per_turn_usd", "per_user_day_usd", "one message"),
    ("per_user_day_usd", "per_tenant_month_usd", "one person in a day"),
)
"""Limits of which the first can never be reached when it is above the second; and what it limits."""


def lint(
    path: Path,
    candidates: Sequence[Candidate] | None = None,
    *,
    today: date | None = None,
    aliases: Mapping[str, str] | None = None,
    unusable: Collection[str] = (),
    idle_windows: Mapping[str, str] | None = None,
) -> tuple[Reading, tuple[Finding, ...]]:
    """The file as read, and everything found in it, by line.

    With `candidates` (and `today`) the policy is also tried on them. A file with errors of its own is not tried: what
    else there is to say would rest on values that were left out. `unusable` are the ids of candidates that lack a key;
    `idle_windows` is what the settings call idle, by provider (`pool.idle`).
    """
    reading = read(path)
    policy = reading.policy
    if policy is None:
        return reading, tuple(reading.findings)
    found = [*_budgets(reading, policy), *_rules(reading, policy), *_pace(reading, policy)]
    if candidates is not None:
        day = today or date.max
        found += names(reading, policy, candidates, dict(aliases or {}))
        found += idle(reading, policy, idle_windows or {})
        try:
            policy = with_aliases(policy, dict(aliases or {}))
        except ConfigError as error:
            found.append(reading.finding("error", ("spec", "only"), error.message, error.fix))
        found += catalog(reading, policy, candidates, day, unusable)
        found += floors(reading, policy, candidates, day)
        found += plan(reading, policy, candidates, day)
    return reading, tuple(sorted(dict.fromkeys(found), key=lambda one: (one.line, one.column)))


# --- the file alone ---------------------------------------------------------------------------------------------------


def _budgets(reading: Reading, policy: RoutingPolicy) -> Noted:
    limits = policy.budgets
    for narrow, wide, what in _NARROWER:
        small, large = getattr(limits, narrow), getattr(limits, wide)
        if small > large:
            loc = reading.written(("spec", "budgets", narrow), ("spec", "budgets", wide))
            yield reading.finding(
                "error",
                loc,
                f"{narrow} allows {what} {usd(small)}{_default(reading, narrow)}, and {wide} is only "
                f"{usd(large)}{_default(reading, wide)}: they contradict each other.",
                f"Lower {narrow} to {usd(large)} or less, or raise {wide}.",
            )
    if limits.per_thread_usd > limits.per_tenant_month_usd:
        yield reading.finding(
            "warning",
            reading.written(("spec", "budgets", "per_thread_usd"), ("spec", "budgets", "per_tenant_month_usd")),
            f"per_thread_usd is {usd(limits.per_thread_usd)}, more than the {usd(limits.per_tenant_month_usd)} a "
            "tenant has in a month, so a conversation reaches it only over several months.",
            "Lower per_thread_usd, or raise per_tenant_month_usd.",
        )
    asks = policy.approval.ask_above_usd
    if asks >= limits.per_turn_usd > 0:
        yield reading.finding(
            "warning",
            reading.written(("spec", "approval", "ask_above_usd"), ("spec", "budgets", "per_turn_usd")),
            f"ask_above_usd is {usd(asks)}, and one message may cost {usd(limits.per_turn_usd)}"
            f"{_default(reading, 'per_turn_usd')} at most, so no quote of one can ever ask.",
            f"Lower ask_above_usd under {usd(limits.per_turn_usd)}, or raise per_turn_usd.",
        )
    for provider, month in limits.per_provider_month_usd.items():
        if month < limits.per_clip_usd:
            yield reading.finding(
                "warning",
                ("spec", "budgets", "per_provider_month_usd", provider),
                f"{provider} may get {usd(month)} a month, less than one clip may cost "
                f"({usd(limits.per_clip_usd)}), so it may be left out from the first clip on.",
                "Raise it, or write the provider under ignore.",
            )


def _default(reading: Reading, name: str) -> str:
    return "" if ("spec", "budgets", name) in reading.places else " (the default)"


def _rules(reading: Reading, policy: RoutingPolicy) -> Noted:
    for index, rule in enumerate(policy.rules):
        loc: Loc = ("spec", "rules", index)
        why = _never(rule.when, policy)
        if why:
            key, reason = why
            yield reading.finding(
                "error", (*loc, "when", key), f"the rule {rule.name!r} can never apply: {reason}.",
                "Change its matcher, or take the rule out.",
            )  # fmt: skip
            continue
        sets = _sets(rule.then)
        if not sets:
            yield reading.finding(
                "warning", (*loc, "then"), f"the rule {rule.name!r} changes nothing.",
                f"Write one of {', '.join(Overrides.model_fields)} under then.",
            )  # fmt: skip
            continue
        for later in policy.rules[index + 1 :]:
            if sets <= _sets(later.then) and _covers(later.when, rule.when):
                yield reading.finding(
                    "warning",
                    loc,
                    f"the rule {rule.name!r} never decides anything: whenever it fits, the later rule {later.name!r} "
                    "fits too and sets the same.",
                    f"Move {rule.name!r} below {later.name!r}, or take it out.",
                )
                break


def _sets(then: Overrides) -> set[str]:
    """What a rule changes, its floors one by one."""
    lists = {"floors", "lift_floors"}
    names = {name for name in then.model_fields_set - lists if getattr(then, name) is not None}
    return names | {
        f"floors.{name}" for name in (*(then.floors.named if then.floors else ()), *(then.lift_floors or ()))
    }


def _pace(reading: Reading, policy: RoutingPolicy) -> Noted:
    """A plan's pace where the lowest expected cost, which alone it outbids, is no objective."""
    objectives = {policy.objective, *(rule.then.objective or policy.objective for rule in policy.rules)}
    if policy.plan is not None and policy.plan.pace is not None and "accepted_cost" not in objectives:
        yield reading.finding(
            "warning", ("spec", "plan", "pace"),
            f"pace lets what is left over buy better quality than the lowest expected cost does, and the objective is "
            f"{policy.objective}: it never decides anything.",
            "Write objective: accepted_cost, or leave pace out.",
        )  # fmt: skip


def _never(when: Matcher, policy: RoutingPolicy) -> tuple[str, str] | None:
    """The key of a matcher for which it can never fit, and why."""
    if when.seconds_over is not None and when.seconds_over >= LONGEST_ORDER_S:
        return "seconds_over", f"no order is longer than {LONGEST_ORDER_S:g} s"
    if when.usd_left_under == 0:
        return "usd_left_under", "less than nothing is never left"
    stages = set(when.stage)
    if stages and not stages & {*policy.ladder.rungs, "final"}:
        return "stage", f"the ladder has no {' or '.join(when.stage)} (it has {', '.join(policy.ladder.rungs)})"
    if when.audio and when.modality and "video" not in when.modality and "audio" not in when.modality:
        return "audio", "pictures have no sound"
    video = set(when.operation) & {"edit", "extend", "upscale"}
    if when.operation and not video and when.input and set(when.input) == {"source_video"}:
        return "input", "a new shot has no source video; edits, extensions and upscales have"
    return None


def _covers(wide: Matcher, narrow: Matcher) -> bool:
    """True when the wide matcher fits whatever the narrow one fits."""
    for name in Matcher.model_fields:
        ours, theirs = getattr(wide, name), getattr(narrow, name)
        if ours is None or ours == ():
            continue
        if theirs is None or theirs == ():
            return False
        if isinstance(ours, tuple):
            covered = set(theirs) <= set(ours)
        elif name == "seconds_over":
            covered = theirs >= ours
        elif name in {"seconds_up_to", "usd_left_under"}:
            covered = theirs <= ours
        else:
            covered = theirs == ours
        if not covered:
            return False
    return True


def worst(findings: Sequence[Finding]) -> Level | None:
    """The worst level among findings, None without any."""
    levels: list[Level] = [one.level for one in findings]
    return "error" if "error" in levels else "warning" if levels else None

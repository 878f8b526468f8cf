"""Differences between two policies, a line each: only what differs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from cutaway.routing.comparison import DecisionDifference, KeyDifference

NAMED: Final = ("rules", "peak")
"""Lists whose entries have names: an entry is compared with the one of the same name."""


def told_keys(keys: Sequence[KeyDifference]) -> Iterator[str]:
    """A line for each key that differs; rules and peak windows by name, and only what differs inside them."""
    for key in keys:
        if key.key in NAMED:
            yield from _named(key.key, key.a or [], key.b or [])
        else:
            yield f"{key.key}: {words(key.a)} -> {words(key.b)}"


def told_decisions(decisions: Sequence[DecisionDifference]) -> Iterator[str]:
    """A line for each order that is decided differently, with the price and what is only an outline."""
    for one in decisions:
        first = _choice(one.a, one.a_usd, one.a_why, outline=one.a_outline)
        second = _choice(one.b, one.b_usd, one.b_why, outline=one.b_outline)
        yield f"{one.order}: {first} -> {second}"


def _choice(model: str, most_usd: Decimal | None, why: str, *, outline: bool) -> str:
    from cutaway.contract import usd

    if most_usd is None:
        return "refused"
    if outline:
        return f"no final is possible ({why}); an outline at {usd(most_usd)}"
    return f"{model} {usd(most_usd)}"


def words(value: Any) -> str:
    """A value as people write it in a policy; `none` where nothing is said."""
    if value is None or value in ([], {}, ""):
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        said = [f"{key}: {words(inner)}" for key, inner in said_of(value).items()]
        return f"{{{', '.join(said)}}}"
    if isinstance(value, list):
        return f"[{', '.join(words(inner) for inner in value)}]"
    return str(value)


def said_of(value: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of a mapping that say something."""
    found = {key: said_of(inner) if isinstance(inner, Mapping) else inner for key, inner in value.items()}
    return {key: inner for key, inner in found.items() if inner is not None and inner not in ([], {}, "")}


def _named(key: str, ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    first, second = ({one["name"]: said_of(one) for one in side} for side in (ours, theirs))
    for name in dict.fromkeys((*first, *second)):
        if name not in second:
            yield f"{key} {name}: {words(_without_name(first[name]))} -> none"
        elif name not in first:
            yield f"{key} {name}: none -> {words(_without_name(second[name]))}"
        else:
            before, after = dict(_flat(first[name])), dict(_flat(second[name]))
            for inner in dict.fromkeys((*before, *after)):
                if before.get(inner) != after.get(inner):
                    yield f"{key} {name}.{inner}: {words(before.get(inner))} -> {words(after.get(inner))}"
    shared = [name for name in first if name in second]
    if shared != [name for name in second if name in first]:
        yield f"{key}: the order is {', '.join(first)} -> {', '.join(second)}"


def _without_name(one: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in one.items() if key != "name"}


def _flat(value: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, Any]]:
    for key, inner in value.items():
        if isinstance(inner, Mapping):
            yield from _flat(inner, f"{inside}{key}.")
        else:
            yield f"{inside}{key}", inner

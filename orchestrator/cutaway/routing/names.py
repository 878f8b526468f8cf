"""Names people and hosts use for models: `provider:model`, a model's id alone, or an alias that the operator owns."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.errors import ConfigError, InputError
from cutaway.routing.catalog import Candidate, split_model_id
from cutaway.routing.policy import Overrides, Preferences, RoutingPolicy

AUTO: Final = "auto"
"""The alias target that means: whatever the policy would choose."""
LISTS: Final = ("only", "ignore", "prefer", "order")


def resolve(name: str, aliases: Mapping[str, str], candidates: Sequence[Candidate]) -> str:
    """The `provider:model` that a name means, '' when any model will do.

    An alias wins over everything else, so that an operator can redirect a name that programs still send. Raises
    `InputError` for a name that nothing has, or that several providers have.
    """
    wanted = aliases.get(name, name)
    if wanted == AUTO:
        return ""
    provider, model = split_model_id(wanted)
    found = [one.id for one in candidates if one.profile.id == model and (not provider or one.provider == provider)]
    if len(found) == 1:
        return found[0]
    said = f"{name!r} (an alias of {wanted!r})" if wanted != name else repr(name)
    if found:
        raise InputError(f"More than one provider has the model {said}.", fix=f"Use {' or '.join(found)}.")
    known = sorted({one.id for one in candidates} | {one.profile.id for one in candidates} | set(aliases))
    near = difflib.get_close_matches(wanted, known, n=1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise InputError(
        f"There is no model {said} here.",
        fix=f"{hint}`cutaway models` lists them; an operator may write aliases: {{{name[:60]}: auto}} in cutaway.yaml.",
    )


def with_aliases(policy: RoutingPolicy, aliases: Mapping[str, str]) -> RoutingPolicy:
    """A policy's lists with aliases replaced by what they mean.

    Raises `ConfigError` when `only` names an alias of `auto`: that would allow nothing or everything.
    """
    loose = next((name for name in policy.only if aliases.get(name) == AUTO), None)
    if loose is not None:
        raise ConfigError(
            f"The policy allows only {loose!r}, which cutaway.yaml makes an alias of any model.",
            fix=f"Name models under only, or give the alias {loose} a model.",
        )
    named = {name for key in LISTS for name in getattr(policy, key)} | set(policy.fallbacks.models)
    inside = {name for rule in policy.rules for key in LISTS for name in getattr(rule.then, key) or ()}
    inside |= {name for names in policy.fallbacks.models.values() for name in names}
    if not (named | inside) & set(aliases):
        return policy
    rules = tuple(
        rule.model_copy(update={"then": rule.then.model_copy(update=_lists(rule.then, aliases))})
        for rule in policy.rules
    )
    after = {aliases.get(key, key): _meant(names, aliases) for key, names in policy.fallbacks.models.items()}
    fallbacks = policy.fallbacks.model_copy(update={"models": after})
    return policy.model_copy(update=_lists(policy, aliases) | {"rules": rules, "fallbacks": fallbacks})


def _lists(preferences: Preferences | Overrides, aliases: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    given = {key: getattr(preferences, key) for key in LISTS}
    return {key: _meant(names, aliases) for key, names in given.items() if names is not None}


def _meant(names: Sequence[str], aliases: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(aliases.get(name, name) for name in names if aliases.get(name) != AUTO)

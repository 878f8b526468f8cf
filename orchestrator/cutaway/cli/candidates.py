"""Every model there is for whoever only looks: with a key or without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.routing import Candidate
    from cutaway.settings import Settings


def everyone(settings: Settings) -> tuple[tuple[Candidate, ...], dict[str, str]]:
    """Every model anybody here could use, and by its id what keeps one from being used, as what to do about it."""
    from cutaway.contract import LocalProvider
    from cutaway.jobs.capacity import own_of
    from cutaway.registry import known
    from cutaway.routing import Candidate

    own = own_of(settings)
    found: list[Candidate] = []
    problems: dict[str, str] = {}
    for one in known(settings):
        local = isinstance(one.provider, LocalProvider)
        for model in one.models:
            candidate = Candidate(f"{one.name}:{model.id}", one.name, model, local=local, own=local or one.name in own)
            found.append(candidate)
            if one.provider is None:
                problems[candidate.id] = one.fix or one.problem or "It is not set up."
    return tuple(found), problems

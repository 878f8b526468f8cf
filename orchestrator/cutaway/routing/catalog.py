"""The candidates: every model of every provider instance, as plain facts for the router."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from cutaway.contract import LocalProvider, ModelProfile, Provider


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model of one provider instance. `id` is `provider:model`; `own` that nothing leaves the house for it."""

    id: str
    provider: str
    profile: ModelProfile
    local: bool
    own: bool = False

    @property
    def free(self) -> bool:
        """True when the price is known and zero."""
        price = self.profile.price
        return price is not None and price.free


def candidates(providers: Mapping[str, Provider], own: Collection[str] = ()) -> tuple[Candidate, ...]:
    """All models of the providers, in a stable order. `own` names the instances that run on our own machines."""
    return tuple(
        Candidate(
            f"{name}:{profile.id}",
            name,
            profile,
            local=isinstance(provider, LocalProvider),
            own=isinstance(provider, LocalProvider) or name in own,
        )
        for name, provider in sorted(providers.items())
        for profile in provider.profiles()
    )


def catalog_date(found: tuple[Candidate, ...]) -> date | None:
    """Date of the newest price among the candidates, None when nothing is priced."""
    dates = [c.profile.price.as_of for c in found if c.profile.price is not None]
    return max(dates, default=None)


def split_model_id(model_id: str) -> tuple[str, str]:
    """`provider:model` (or `provider/model`) as its two parts; the provider is empty when only a model is named."""
    for separator in (":", "/"):
        provider, found, model = model_id.partition(separator)
        if found:
            return provider, model
    return "", model_id

"""The settings of one instance: an account at a vendor, or a server of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import Field, SecretStr, ValidationError

from cutaway.contract import Frozen
from cutaway.errors import ConfigError, NotConfiguredError
from cutaway.vendor.catalog import CatalogModel, first_problem, merge


class Account(Frozen):
    """What cutaway.yaml may say about an instance. Adapters subclass it to add their own settings.

    `models` changes or adds entries of the catalog by `id` (mappings merge); `only` keeps the named ones. The key goes
    to the origin of `base_url` and nowhere else.
    """

    name: str
    base_url: str
    api_key: SecretStr | None = None
    webhook_secret: SecretStr | None = None
    models: tuple[CatalogModel, ...] = ()
    trusted_origins: tuple[str, ...] = ()
    max_download_bytes: int = Field(default=2_000_000_000, ge=1)
    connect_s: float = Field(default=10, gt=0)
    read_s: float = Field(default=60, gt=0)
    total_s: float = Field(default=90, gt=0)


A = TypeVar("A", bound=Account)


def read_account(
    settings: Mapping[str, Any],
    kind: type[A],
    *,
    adapter: str,
    base_url: str,
    catalog: Sequence[CatalogModel] = (),
    key_variables: Sequence[str] = (),
) -> A:
    """The settings over the adapter's defaults.

    Raises `NotConfiguredError` without a key where one is needed (`key_variables` names it), and `ConfigError` that
    names the setting for anything that cannot be used.
    """
    given = dict(settings)
    if key_variables and not given.get("api_key"):
        raise NotConfiguredError(
            f"{adapter} has no key.", fix=f"Set {key_variables[0]}, or api_key of the provider in cutaway.yaml."
        )
    known = {model.id: model.model_dump(exclude_unset=True) for model in catalog}
    only = given.pop("only", None)
    for change in given.pop("models", None) or ():
        if not isinstance(change, Mapping) or not isinstance(change.get("id"), str):
            raise ConfigError(f"A model of the provider {adapter} has no id.", fix="Write - id: NAME and what differs.")
        known[change["id"]] = merge(known.get(change["id"], {"title": change["id"]}), change)
    if only is not None:
        strangers = [name for name in only if name not in known]
        if strangers:
            fix = f"It has {', '.join(known)}."
            raise ConfigError(f"The provider {adapter} has no model {strangers[0]!r} to keep.", fix=fix)
        known = {name: known[name] for name in only}
    try:
        return kind.model_validate({"name": adapter, "base_url": base_url} | given | {"models": tuple(known.values())})
    except ValidationError as error:
        raise ConfigError(
            f"The provider {adapter} cannot use its settings. {first_problem(error)}.",
            fix="docs/providers.md lists what it takes.",
        ) from error

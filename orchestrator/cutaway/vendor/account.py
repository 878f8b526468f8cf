"""The settings of one instance: an account at a vendor, or a server of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from pydantic import Field, SecretStr, ValidationError

from cutaway.contract import Frozen
from cutaway.errors import NotConfiguredError
from cutaway.vendor.catalog import CatalogModel
from cutaway.vendor.changes import changed, kept
from cutaway.vendor.complaints import settings_error


class Account(Frozen):
    """What cutaway.yaml may say about an instance. Adapters subclass it to add their own settings.

    `models` changes or adds entries of the catalog by `id` (mappings merge, a price replaces the whole price); `only`
    keeps the named ones. The key goes to the origin of `base_url` and nowhere else.
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
    today: date | None = None,
) -> A:
    """The settings over the adapter's defaults; without a `base_url` of its own the settings must have one.

    Raises `NotConfiguredError` without a key where one is needed (`key_variables` names it), and `ConfigError` that
    begins with the adapter and names the setting for anything that cannot be used. A price of the settings may not be
    later than `today`, which is the real one by default.
    """
    given = dict(settings)
    if key_variables and not given.get("api_key"):
        raise NotConfiguredError(
            f"{adapter} has no key.",
            fix=f"Set {key_variables[0]}, or api_key of the provider in cutaway.yaml.",
            variable=key_variables[0],
        )
    known, places = changed(catalog, given.pop("models", None), adapter=adapter, today=today)
    known = kept(known, given.pop("only", None), adapter=adapter)
    usual = {"name": adapter} | ({"base_url": base_url} if base_url else {})
    whole = usual | given | {"models": tuple(known.values())}
    try:
        return kind.model_validate(whole)
    except ValidationError as error:
        entries = [places.get(name, name) for name in known]
        complaint = settings_error(error, kind, whole, adapter=adapter, entries=entries)
    # Raised outside the handler: pydantic's error holds every value, and one may be a secret.
    raise complaint

"""Models of one's own server: what a checkpoint of `catalog/self_hosted.yaml` can do, under `like: ID`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from cutaway.errors import ConfigError

KEPT: Final = frozenset({"id", "price", "wire"})
"""What a row does not lend: its name here, a price that it does not have, and notes for readers."""


def with_likes(models: Any, roles: Collection[str] | None = None) -> Any:
    """The entries of `models`, each with `like: ID` laid over what that row of the catalog says.

    `roles` are the inputs that the wire carries: a row's optional ones beyond them are left out. What is no list of
    mappings comes back as it is, for the settings' own check. Raises `ConfigError` for an id that is not there.
    """
    if not isinstance(models, list | tuple):
        return models
    return [_with_like(one, roles) if isinstance(one, Mapping) and "like" in one else one for one in models]


def _with_like(entry: Mapping[str, Any], roles: Collection[str] | None) -> dict[str, Any]:
    from cutaway.vendor import read_catalog

    rows = {row.id: row for row in read_catalog("cutaway_providers", "self_hosted")}
    like = entry["like"]
    row = rows.get(like) if isinstance(like, str) else None
    if row is None:
        raise ConfigError(
            f"The model {entry.get('id')!r} is like {like!r}, which no known checkpoint is called.",
            fix=f"There are {', '.join(rows)}.",
        )
    lent = row.model_dump(exclude_unset=True, exclude=set(KEPT))
    if roles is not None and "input_roles" in lent:
        lent["input_roles"] = [role for role in row.input_roles if role in roles or role in row.required_roles]
    return lent | {name: value for name, value in entry.items() if name != "like"}


__all__ = ["with_likes"]

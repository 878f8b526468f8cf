"""Models of one's own server: what a checkpoint of `catalog/self_hosted.yaml` can do, under `like: ID`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cutaway.errors import ConfigError

KEPT: Final = frozenset({"id", "price", "wire"})
"""What a row does not lend: its name here, a price that it does not have, and notes for readers."""


def with_likes(models: Any, *, plain: bool = False) -> Any:
    """The entries of `models`, each with `like: ID` laid over what that row of the catalog says.

    `plain` lends only what every server of a wire has: new clips, from words and a first frame. What is no list of
    mappings comes back as it is, for the settings' own check. Raises `ConfigError` for an id that is not there.
    """
    if not isinstance(models, list | tuple):
        return models
    return [_with_like(one, plain) if isinstance(one, Mapping) and "like" in one else one for one in models]


def _with_like(entry: Mapping[str, Any], plain: bool) -> dict[str, Any]:
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
    if plain:
        roles = [role for role in row.input_roles if role == "first_frame" or role in row.required_roles]
        lent |= {"operations": ["generate"], "input_roles": roles}
    return lent | {name: value for name, value in entry.items() if name != "like"}


__all__ = ["with_likes"]

"""Finds adapters by entry point and builds provider instances. The engine never names one.

An adapter is a factory in the entry-point group `cutaway.providers`; it is imported only when an instance is built.
A third-party adapter that fails to load is a warning with its reason, never the end of the program.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterable, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from cutaway.contract import LocalProvider, Provider, RemoteProvider
from cutaway.errors import ConfigError, NotConfiguredError

GROUP: Final = "cutaway.providers"

log = logging.getLogger(__name__)


@functools.cache
def adapters() -> dict[str, EntryPoint]:
    """Every installed adapter by name, none of them imported."""
    return {point.name: point for point in entry_points(group=GROUP)}


def build(
    instances: Mapping[str, Mapping[str, Any]], found: Mapping[str, EntryPoint] | None = None
) -> dict[str, Provider]:
    """Provider instances by name: each configured one, and one of each adapter that no instance configures.

    `instances` maps an instance name to its settings, whose `adapter` defaults to the name. Raises `ConfigError` for
    an adapter that is not installed or refuses its settings; an unconfigured adapter that fails is skipped with a
    warning, one that needs settings (`NotConfiguredError`) without a word.
    """
    known = adapters() if found is None else dict(found)
    providers: dict[str, Provider] = {}
    for name, options in instances.items():
        settings = dict(options)
        adapter = str(settings.pop("adapter", name))
        settings.pop("max_in_flight", None)  # the ledger's business
        if adapter not in known:
            raise ConfigError(
                f"Provider {name!r} wants adapter {adapter!r}, which is not installed.",
                fix=f"Installed adapters: {', '.join(sorted(known)) or 'none'}.",
            )
        try:
            providers[name] = _check(name, known[adapter].load()(**settings))
        except (TypeError, ValueError) as error:
            raise ConfigError(f"Provider {name!r} refuses its settings: {error}.") from error
    used = {str(options.get("adapter", name)) for name, options in instances.items()}
    for name, point in known.items():
        if name in used:
            continue
        try:
            providers[name] = _check(name, point.load()())
        except NotConfiguredError:
            continue
        except Exception as error:  # a stranger's code: whatever it raises, the rest goes on
            log.warning("Adapter %r from %s could not be loaded: %s", name, point.value, error)
    return providers


def by_name(providers: Iterable[Provider]) -> dict[str, Provider]:
    """Ready-made instances by their own names, for tests and embedders."""
    return {provider.name: _check(provider.name, provider) for provider in providers}


def _check(name: str, made: object) -> Provider:
    if not isinstance(made, LocalProvider | RemoteProvider):
        raise TypeError(
            f"adapter {name!r} gave a {type(made).__name__}, which is neither a local nor a remote provider"
        )
    return made

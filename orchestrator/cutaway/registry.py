"""Finds adapters by entry point and builds provider instances. The engine never names one.

An adapter is a factory in the entry-point group `cutaway.providers`; it is imported only when an instance is built.
A third-party adapter that fails to load is a warning with its reason, never the end of the program.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from cutaway.contract import Adapter, LocalProvider, ModelProfile, Provider, RemoteProvider
from cutaway.errors import ConfigError, CutawayError, NotConfiguredError
from cutaway.keys import first_key, resolved
from cutaway.settings import Settings, key_environment

GROUP: Final = "cutaway.providers"
NOT_THE_ADAPTERS: Final = ("max_in_flight", "pool", "own")
"""Settings of an instance that are the business of the ledger and the router."""

log = logging.getLogger(__name__)


@functools.cache
def adapters() -> dict[str, EntryPoint]:
    """Every installed adapter by name, none of them imported."""
    return {point.name: point for point in entry_points(group=GROUP)}


def providers_of(settings: Settings) -> dict[str, Provider]:
    """Every provider that the settings and the environment's keys give. Raises like `build`."""
    return build(settings.providers, environ=key_environment(settings))


def build(
    instances: Mapping[str, Mapping[str, Any]],
    found: Mapping[str, EntryPoint] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
) -> dict[str, Provider]:
    """Provider instances by name: each configured one, and one of each adapter that no instance configures.

    `instances` maps an instance name to its settings, whose `adapter` defaults to the name. A key that the settings do
    not name is read from the adapter's own variables in `environ` (none by default). Raises `ConfigError` for an
    adapter that is not installed or refuses its settings; an unconfigured adapter that fails is skipped with a
    warning, one that needs settings (`NotConfiguredError`) without a word.
    """
    known = adapters() if found is None else dict(found)
    keys = {} if environ is None else environ
    providers: dict[str, Provider] = {}
    for name, options in instances.items():
        providers[name] = build_one(name, options, known, keys)
    used = {str(options.get("adapter", name)) for name, options in instances.items()}
    for name, point in known.items():
        if name in used:
            continue
        try:
            factory = point.load()
            key = first_key(factory.key_variables, keys) if isinstance(factory, Adapter) else None
            if key is None and isinstance(factory, Adapter) and factory.key_variables:
                continue  # its catalog and HTTP library would be loaded only to say so
            providers[name] = _check(name, factory(**({"api_key": key} if key else {})))
        except NotConfiguredError:
            continue
        except Exception as error:  # a stranger's code: whatever it raises, the rest goes on
            log.warning("Adapter %r from %s could not be loaded: %s", name, point.value, error)
    return providers


def build_one(
    name: str, options: Mapping[str, Any], known: Mapping[str, EntryPoint], environ: Mapping[str, str]
) -> Provider:
    """One configured instance. Raises `ConfigError`."""
    settings = dict(options)
    adapter = str(settings.pop("adapter", name))
    for ours in NOT_THE_ADAPTERS:
        settings.pop(ours, None)
    if adapter not in known:
        raise ConfigError(
            f"Provider {name!r} wants adapter {adapter!r}, which is not installed.",
            fix=f"Installed adapters: {', '.join(sorted(known)) or 'none'}.",
        )
    factory = known[adapter].load()
    settings = resolved(f"providers.{name}", settings, environ)
    if isinstance(factory, Adapter):
        settings.setdefault("name", name)
        key = None if "api_key" in settings else first_key(factory.key_variables, environ)
        # A key of the environment belongs to the vendor, not to whatever server an instance names.
        if key and "base_url" not in settings:
            settings["api_key"] = key
    try:
        return _check(name, factory(**settings))
    except (TypeError, ValueError) as error:
        raise ConfigError(f"Provider {name!r} refuses its settings: {error}.") from error


@dataclass(frozen=True, slots=True)
class Known:
    """One provider instance, or one adapter that is installed and not in use.

    `provider` is None when it cannot be used now; then `problem` and `fix` say why and what to do. `models` are its own
    when it is built, else what its adapter knows without a key.
    """

    name: str
    adapter: str
    title: str
    models: tuple[ModelProfile, ...]
    provider: Provider | None = None
    problem: str = ""
    fix: str = ""
    key_variables: tuple[str, ...] = ()
    configured: bool = False
    listed_as: tuple[str, ...] = ()


def known(settings: Settings, found: Mapping[str, EntryPoint] | None = None) -> tuple[Known, ...]:
    """Every configured instance and every other installed adapter, usable or not, by name. Nothing is sent."""
    points = adapters() if found is None else dict(found)
    environ = key_environment(settings)
    used = {str(options.get("adapter", name)) for name, options in settings.providers.items()}
    rows = [
        _known(name, str(options.get("adapter", name)), options, points, environ)
        for name, options in settings.providers.items()
    ]
    rows += [_known(name, name, None, points, environ) for name in points if name not in used]
    return tuple(sorted(rows, key=lambda row: row.name))


def _known(
    name: str,
    adapter: str,
    options: Mapping[str, Any] | None,
    points: Mapping[str, EntryPoint],
    environ: Mapping[str, str],
) -> Known:
    try:
        factory = points[adapter].load() if adapter in points else None
    except Exception as error:  # a stranger's code
        problem = f"could not be loaded: {error}"
        return Known(name, adapter, adapter, (), problem=problem, fix="Install it again, or remove it.")
    info = factory if isinstance(factory, Adapter) else Adapter(build_one)
    title, keys = info.title or adapter, info.key_variables
    configured = options is not None
    try:
        key = first_key(keys, environ)
        given = options if options is not None else ({"api_key": key} if key else {})
        provider = build_one(name, {"adapter": adapter, **given}, points, environ)
        return Known(
            name,
            adapter,
            title,
            provider.profiles(),
            provider,
            key_variables=keys,
            configured=configured,
            listed_as=info.listed_as,
        )
    except CutawayError as error:
        problem, fix = error.message, error.fix
    except Exception as error:
        problem, fix = f"{type(error).__name__}: {error}", "Install it again, or remove it."
    try:
        models = info.models()
    except CutawayError:
        models = ()
    return Known(name, adapter, title, models, None, problem, fix, keys, configured, info.listed_as)


def by_name(providers: Iterable[Provider]) -> dict[str, Provider]:
    """Ready-made instances by their own names, for tests and embedders."""
    return {provider.name: _check(provider.name, provider) for provider in providers}


def _check(name: str, made: object) -> Provider:
    if not isinstance(made, LocalProvider | RemoteProvider):
        raise TypeError(
            f"adapter {name!r} gave a {type(made).__name__}, which is neither a local nor a remote provider"
        )
    return made

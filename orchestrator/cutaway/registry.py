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
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from cutaway.config_file import did_you_mean
from cutaway.contract import Adapter, LocalProvider, ModelProfile, Provider, RemoteProvider
from cutaway.errors import ConfigError, CutawayError, NotConfiguredError
from cutaway.keys import REFERENCE, first_key, resolved
from cutaway.settings import Settings, key_environment

GROUP: Final = "cutaway.providers"
NOT_THE_ADAPTERS: Final = ("max_in_flight", "pool", "own")
"""Settings of an instance that are the business of the ledger and the router."""

E = TypeVar("E", bound=ConfigError)

log = logging.getLogger(__name__)


@functools.cache
def adapters() -> dict[str, EntryPoint]:
    """Every installed adapter by name, none of them imported."""
    return {point.name: point for point in entry_points(group=GROUP)}


def providers_of(settings: Settings, found: Mapping[str, EntryPoint] | None = None) -> dict[str, Provider]:
    """Every provider that the settings and the environment's keys give.

    An instance that lacks only its key is left out with one warning: the other providers work without it. Any other
    fault of an instance raises like `build`.
    """
    return build(settings.providers, found, environ=key_environment(settings), skip_keyless=True)


def build(
    instances: Mapping[str, Mapping[str, Any]],
    found: Mapping[str, EntryPoint] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    skip_keyless: bool = False,
) -> dict[str, Provider]:
    """Provider instances by name: each configured one, and one of each adapter that no instance configures.

    `instances` maps an instance name to its settings, whose `adapter` defaults to the name. A key that the settings do
    not name is read from the adapter's own variables in `environ` (none by default). Raises `ConfigError` for two
    instances of one name and for an adapter that is not installed or refuses its settings, `NotConfiguredError` where
    only a key is missing (`skip_keyless`: a warning instead). An unconfigured adapter that fails is skipped with a
    warning, one that needs settings (`NotConfiguredError`) without a word.
    """
    known = adapters() if found is None else dict(found)
    keys = {} if environ is None else environ
    check_names(instances)
    providers: dict[str, Provider] = {}
    for name, options in instances.items():
        try:
            providers[name] = build_one(name, options, known, keys)
        except NotConfiguredError as error:
            if not (skip_keyless and error.variable):
                raise
            log.warning("%s is left out for want of %s: %s", place_of(name), error.variable, error)
    for name, point in known.items():
        if name in _taken(instances):
            continue
        try:
            factory = point.load()
            key = first_key(factory.key_variables, keys) if isinstance(factory, Adapter) else None
            if key is None and isinstance(factory, Adapter) and factory.key_variables:
                continue  # its catalog and HTTP library would be loaded only to say so
            providers[name] = _check(name, factory(**({"api_key": key} if key else {})))
        except NotConfiguredError:
            continue
        except ConfigError as error:
            log.warning("Adapter %r cannot be used: %s", name, error)
        except Exception as error:  # a stranger's code: whatever it raises, the rest goes on
            log.warning("Adapter %r from %s could not be loaded: %s", name, point.value, _said(error))
    return providers


def build_one(
    name: str, options: Mapping[str, Any], known: Mapping[str, EntryPoint], environ: Mapping[str, str]
) -> Provider:
    """One configured instance.

    Raises `ConfigError` that names the instance, and `NotConfiguredError` with the `variable` where only a key is
    missing.
    """
    settings = dict(options)
    adapter = str(settings.pop("adapter", name))
    for ours in NOT_THE_ADAPTERS:
        settings.pop(ours, None)
    if adapter not in known:
        raise ConfigError(
            f"Provider {name!r} wants adapter {adapter!r}, which is not installed.",
            fix=did_you_mean(adapter, sorted(known)) or f"Installed adapters: {', '.join(sorted(known)) or 'none'}.",
        )
    factory = known[adapter].load()
    settings = resolved(place_of(name), settings, environ)
    variables: tuple[str, ...] = ()
    try:
        if isinstance(factory, Adapter):
            settings.setdefault("name", name)
            variables = factory.key_variables
            # A key of the environment belongs to the vendor, not to whatever server an instance names.
            if not {"api_key", "base_url"} & set(settings):
                key = first_key(variables, environ)
                settings |= {"api_key": key} if key else {}
        return _check(name, factory(**settings))
    except NotConfiguredError as error:
        keyless = bool(error.variable or variables) and "api_key" not in settings
        if keyless and "base_url" in settings:
            problem = f"{place_of(name)} ({adapter}) has a base_url of its own and names no key for it."
            where = next((one for one in variables if environ.get(one, "").strip()), variables[0] if variables else "")
            why = "keys of the environment go to their vendor's own address only"
            fix = f"Write api_key: {REFERENCE}{where or 'NAME'} there; {why}."
            raise NotConfiguredError(problem, fix=fix, variable=where) from None
        if keyless:
            error.variable = error.variable or variables[0]
        raise _placed(error, name, adapter) from None
    except ConfigError as error:
        raise _placed(error, name, adapter) from None
    except (TypeError, ValueError) as error:
        raise ConfigError(f"Provider {name!r} refuses its settings: {_said(error)}.") from None


def check_names(instances: Mapping[str, Mapping[str, Any]]) -> None:
    """Raise `ConfigError` naming two instances that are called the same."""
    for problem in _shared_names(instances).values():
        raise problem


def place_of(name: str) -> str:
    """Where an instance stands in cutaway.yaml."""
    return f"providers.{name}"


def _placed(error: E, name: str, adapter: str) -> E:
    """The same error, beginning with the instance that it is about."""
    error.message = f"{place_of(name)} ({adapter}): {error.message.removeprefix(f'{adapter}: ')}"
    error.args = (error.message,)
    return error


def _said(error: Exception) -> str:
    """What an error says, without the values that pydantic adds to its own: one may be a secret."""
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(str(part) for part in first['loc']) or 'the whole'}: {first['msg']}"


def _taken(instances: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    """The adapters that instances configure, and the names that instances have: none is built without being asked."""
    words = {str(options.get(key, name)) for name, options in instances.items() for key in ("adapter", "name")}
    return frozenset(words | set(instances))


def _shared_names(instances: Mapping[str, Mapping[str, Any]]) -> dict[str, ConfigError]:
    """The complaint about each instance whose name (`name`, or its own) another one has."""
    found: dict[str, ConfigError] = {}
    by_name: dict[str, str] = {}
    for instance, options in instances.items():
        name = str(options.get("name", instance))
        first = by_name.setdefault(name, instance)
        if first != instance:
            problem = f"{place_of(first)} and {place_of(instance)} are both called {name!r}."
            error = ConfigError(problem, fix="Give each a name of its own, or leave name out.")
            found |= {first: error, instance: error}
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """One provider instance, or one adapter that is installed and not in use.

    `provider` is None when it cannot be used now; then `problem` and `fix` say why and what to do, and `waits` is true
    when nothing is wrong and only a key or settings are missing. `models` are its own when it is built, else what its
    adapter knows without a key.
    """

    name: str
    adapter: str
    title: str
    models: tuple[ModelProfile, ...]
    provider: Provider | None = None
    problem: str = ""
    fix: str = ""
    waits: bool = False
    key_variables: tuple[str, ...] = ()
    configured: bool = False
    listed_as: tuple[str, ...] = ()


def known(settings: Settings, found: Mapping[str, EntryPoint] | None = None) -> tuple[Known, ...]:
    """Every configured instance and every other installed adapter, usable or not, by name. Nothing is sent."""
    points = adapters() if found is None else dict(found)
    environ = key_environment(settings)
    shared = _shared_names(settings.providers)
    rows = [
        _known(name, str(options.get("adapter", name)), options, points, environ, shared.get(name))
        for name, options in settings.providers.items()
    ]
    taken = _taken(settings.providers)
    rows += [_known(name, name, None, points, environ) for name in points if name not in taken]
    return tuple(sorted(rows, key=lambda row: row.name))


def _known(
    name: str,
    adapter: str,
    options: Mapping[str, Any] | None,
    points: Mapping[str, EntryPoint],
    environ: Mapping[str, str],
    fault: ConfigError | None = None,
) -> Known:
    try:
        factory = points[adapter].load() if adapter in points else None
    except Exception as error:  # a stranger's code
        problem = f"could not be loaded: {_said(error)}"
        return Known(name, adapter, adapter, (), problem=problem, fix="Install it again, or remove it.")
    info = factory if isinstance(factory, Adapter) else Adapter(build_one)
    title, keys = info.title or adapter, info.key_variables
    configured, waits = options is not None, False
    provider, problem, fix = None, "", ""
    try:
        if fault is not None:
            raise fault
        if options is None:
            key = first_key(keys, environ)
            provider = _check(name, factory(**({"api_key": key} if key else {}))) if factory is not None else None
        if provider is None:
            provider = build_one(name, {"adapter": adapter} | dict(options or {}), points, environ)
    except CutawayError as error:
        problem, fix = error.message, error.fix
        waits = isinstance(error, NotConfiguredError) and (not configured or bool(error.variable))
    except Exception as error:  # a stranger's code
        problem, fix = f"{type(error).__name__}: {_said(error)}", "Install it again, or remove it."
    try:
        models = info.models() if provider is None else provider.profiles()
    except CutawayError:
        models = ()
    return Known(name, adapter, title, models, provider, problem, fix, waits, keys, configured, info.listed_as)


def by_name(providers: Iterable[Provider]) -> dict[str, Provider]:
    """Ready-made instances by their own names, for tests and embedders."""
    return {provider.name: _check(provider.name, provider) for provider in providers}


def _check(name: str, made: object) -> Provider:
    if not isinstance(made, LocalProvider | RemoteProvider):
        raise TypeError(
            f"adapter {name!r} gave a {type(made).__name__}, which is neither a local nor a remote provider"
        )
    return made

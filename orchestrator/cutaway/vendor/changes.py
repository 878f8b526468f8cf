"""What an instance's `models` and `only` make of its adapter's catalog. Nothing written is left out silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from cutaway.config_file import did_you_mean
from cutaway.contract import Price, Rate
from cutaway.errors import ConfigError
from cutaway.vendor.catalog import CatalogModel, merge
from cutaway.vendor.complaints import value_shown

Entries = dict[str, dict[str, Any]]
"""Models as settings, by id."""

NEW: Final = ("wire", "vendor_model")
"""Either makes an entry that the catalog has not a new model instead of a misspelt one."""
FLAT: Final = frozenset({"usd_per_s", "usd_per_clip"})
AHEAD: Final = timedelta(hours=14)
"""How far the earliest time zone's day is ahead of UTC."""


def latest_today() -> date:
    """Today where the day begins first: no price can have been read later."""
    return (datetime.now(UTC) + AHEAD).date()


def changed(
    catalog: Sequence[CatalogModel], changes: Any, *, adapter: str, today: date | None = None
) -> tuple[Entries, dict[str, str]]:
    """The catalog with the entries of `models` laid over it, and each changed model's place in that list.

    Mappings merge; a price replaces the catalog's whole price. Raises `ConfigError` for what is no list of models, an
    id that is there twice or that nobody knows, and a price without an amount, a source or a day up to `today`.
    """
    known: Entries = {model.id: model.model_dump(exclude_unset=True) for model in catalog}
    places: dict[str, str] = {}
    if changes is not None and not isinstance(changes, list | tuple):
        raise _wrong(adapter, f"models is {value_shown(changes)}, not a list", "Write - id: NAME lines below models.")
    for number, change in enumerate(changes or ()):
        place = f"models.{number}"
        name = _id(adapter, place, change)
        if name in places:
            raise _wrong(adapter, f"models.{places[name]} and {place} are both {name!r}", "Make one entry of them.")
        if catalog and name not in known and not any(change.get(key) for key in NEW):
            fix = did_you_mean(name, list(known)) or f"It has {', '.join(known)}."
            raise _wrong(
                adapter, f"{place}: {adapter} has no model {name!r}", f"{fix} A new one needs vendor_model or wire."
            )
        _check_price(adapter, f"{place}.price", change.get("price"), latest_today() if today is None else today)
        places[name] = str(number)
        known[name] = merge(known.get(name, {"title": name}), change)
        if "price" in change:
            known[name]["price"] = change["price"]
    return known, places


def kept(known: Entries, only: Any, *, adapter: str) -> Entries:
    """The models that `only` names, in its order. Raises `ConfigError` for what is no list of their ids."""
    if only is None:
        return known
    if not isinstance(only, list | tuple):
        fix = f"Write only: [{only}]." if isinstance(only, str) else "Write only: [NAME, NAME]."
        raise _wrong(adapter, f"only is {value_shown(only)}, not a list", fix)
    if not only:
        raise _wrong(adapter, "only is empty, so no model is left", "Name the models to keep, or remove the line.")
    for name in only:
        if name not in known:
            fix = did_you_mean(str(name), list(known)) or f"It has {', '.join(known)}."
            raise _wrong(adapter, f"only: {adapter} has no model {value_shown(name)} to keep", fix)
    return {name: known[name] for name in only}


def _id(adapter: str, place: str, change: Any) -> str:
    if not isinstance(change, Mapping):
        fix = f"Write - id: {change}" if isinstance(change, str) else "Write - id: NAME"
        raise _wrong(adapter, f"{place} is {value_shown(change)}, not keys with values", f"{fix} and what differs.")
    name = change.get("id")
    if name is None:
        raise _wrong(adapter, f"{place} has no id", "Write - id: NAME and what differs.")
    if not isinstance(name, str):
        raise _wrong(adapter, f"{place}.id is {value_shown(name)}, which is not text", "Quote it.")
    return name


def _check_price(adapter: str, place: str, price: Any, today: date) -> None:
    if not isinstance(price, Mapping) or set(price) - set(Price.model_fields):
        return  # none, or for the settings' own check
    rates, flat = price.get("rates"), FLAT & {name for name, amount in price.items() if amount is not None}
    fix = 'Write the whole price: {usd_per_s: "0.05", source: WHERE IT STANDS, as_of: 2026-11-01}, or price: null.'
    if not flat and not rates:
        raise _wrong(adapter, f"{place} has no amount: usd_per_s, usd_per_clip (0 where it is free) or rates", fix)
    if flat and rates:
        raise _wrong(adapter, f"{place} has {min(flat)} beside rates, which win", "Put the amounts into the rates.")
    amounts = {name for name in Rate.model_fields if name.startswith("usd_")}
    for number, rate in enumerate(rates if isinstance(rates, list | tuple) else ()):
        if isinstance(rate, Mapping) and not amounts & set(rate) and not set(rate) - set(Rate.model_fields):
            raise _wrong(adapter, f"{place}.rates.{number} has no amount", f"There are {', '.join(sorted(amounts))}.")
    for name in ("source", "as_of"):
        if not price.get(name):
            raise _wrong(adapter, f"{place}.{name} is missing; a price of your own has its source and day", fix)
    try:
        day = date.fromisoformat(str(price["as_of"]))
    except ValueError:
        return
    if day > today:
        raise _wrong(adapter, f"{place}.as_of is {day}, which is still to come", "Write the day the price was read.")


def _wrong(adapter: str, problem: str, fix: str) -> ConfigError:
    return ConfigError(f"{adapter}: {problem}.", fix=fix)


__all__ = ["changed", "kept", "latest_today"]

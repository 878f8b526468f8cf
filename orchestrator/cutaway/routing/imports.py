"""Price lists of others, to compare the catalog with: LiteLLM's bundled map and vendors' own lists.

They are evidence, not truth: nothing read here reaches a price by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal

from cutaway.contract import Frozen, ListsPrices, ModelProfile, Rate
from cutaway.errors import CutawayError, MissingExtraError
from cutaway.registry import Known

PER_SECOND: Final = ("output_cost_per_video_per_second", "output_cost_per_second")
MAP_NAME: Final = "model_prices_and_context_window_backup.json"


class Difference(Frozen):
    """One model, and what the two lists say of a second of it."""

    model: str
    kind: Literal["same", "differs", "new"]
    ours: str = ""
    theirs: str = ""
    source: str = ""


def litellm_prices(adapters: Mapping[str, str]) -> dict[str, tuple[dict[str, Decimal], str]]:
    """USD per second by tier of video models in LiteLLM's map of vendors we know, by `adapter:name on the wire`.

    `adapters` has our adapters by LiteLLM's names of vendors (see `adapters_by_list`).

    The map is read as a file: importing LiteLLM takes seconds. Raises `MissingExtraError` when it is not installed.
    """
    found = find_spec("litellm")
    if found is None or not found.submodule_search_locations:
        raise MissingExtraError("LiteLLM is not installed.", fix="pip install 'cutaway[litellm]'")
    path = Path(next(iter(found.submodule_search_locations))) / MAP_NAME
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    prices: dict[str, tuple[dict[str, Decimal], str]] = {}
    for name, facts in data.items():
        vendor = adapters.get(str(facts.get("litellm_provider", "")).removesuffix("-videos"))
        if vendor is None or not isinstance(facts, Mapping) or facts.get("mode") != "video_generation":
            continue
        tiers = {
            key.removeprefix("output_cost_per_second_") if key not in PER_SECOND else "any": Decimal(str(value))
            for key, value in facts.items()
            if key.startswith("output_cost_per_") and "second" in key and "token" not in key and _is_number(value)
        }
        if tiers:
            prices[f"{vendor}:{name.partition('/')[2] or name}"] = (tiers, f"LiteLLM {name}")
    return prices


@dataclass(frozen=True, slots=True)
class PriceList:
    """One list that was asked: its prices by `adapter:name on the wire`, or the `problem` that kept it from us."""

    name: str
    prices: Mapping[str, tuple[dict[str, Decimal], str]] = field(default_factory=dict)
    problem: str = ""


def litellm_list(adapters: Mapping[str, str]) -> PriceList:
    """LiteLLM's map as the list of the version that is installed; says so where it is not."""
    try:
        prices = litellm_prices(adapters)
        return PriceList(f"the map that comes with LiteLLM {version('litellm')}", prices)
    except CutawayError as error:
        return PriceList("LiteLLM's map", problem=f"not read: {error}")
    except (OSError, ValueError, AttributeError, PackageNotFoundError) as error:
        return PriceList("LiteLLM's map", problem=f"not read: {type(error).__name__}: {error}")


def adapters_by_list(instances: Iterable[Known]) -> dict[str, str]:
    """Our adapters by the names that LiteLLM's map has for their vendors."""
    return {name: one.adapter for one in instances for name in one.listed_as}


async def vendors_lists(instances: Iterable[Known]) -> tuple[PriceList, ...]:
    """What vendors that publish a list say now, of those that can be used; one that does not answer stops no other."""
    lists = []
    for one in instances:
        provider: object = one.provider
        if not isinstance(provider, ListsPrices):
            continue
        name = f"{one.title}'s own list"
        try:
            said = await provider.listed_prices()
            prices = {f"{one.adapter}:{model}": (dict(tiers), name) for model, tiers in said.items()}
            lists.append(PriceList(name, prices))
        except CutawayError as error:
            lists.append(PriceList(name, problem=f"not read: {error}"))
        finally:
            close = getattr(provider, "aclose", None)
            if close is not None:
                await close()
    return tuple(lists)


def compare(
    ours: Mapping[str, ModelProfile], theirs: Mapping[str, tuple[dict[str, Decimal], str]]
) -> tuple[Difference, ...]:
    """Every model of theirs beside ours, those that differ first."""
    by_wire = {
        f"{name.partition(':')[0]}:{model.vendor_model or model.id}": (name, model) for name, model in ours.items()
    }
    rows = []
    for name, (tiers, source) in theirs.items():
        said = ", ".join(f"{key} {value}" for key, value in sorted(tiers.items()))
        if name not in by_wire:
            rows.append(Difference(model=name, kind="new", theirs=said, source=source))
            continue
        ours_name, model = by_wire[name]
        known = _per_second(model)
        same = bool(known) and set(tiers.values()) <= {amount for amounts in known.values() for amount in amounts}
        mine = ", ".join(f"{tier} {'/'.join(map(str, sorted(known[tier])))}" for tier in sorted(known))
        kind: Literal["same", "differs"] = "same" if same else "differs"
        rows.append(Difference(model=ours_name, kind=kind, ours=mine, theirs=said, source=source))
    order = {"differs": 0, "new": 1, "same": 2}
    return tuple(sorted(rows, key=lambda row: (order[row.kind], row.model)))


def _per_second(model: ModelProfile) -> dict[str, set[Decimal]]:
    """Our amounts by resolution, `any` where a line of the list names none."""
    price, found = model.price, dict[str, set[Decimal]]()
    for rate in () if price is None else price.rates or (Rate(usd_per_s=price.usd_per_s),):
        # Editors bill by what goes in, which other lists call a second of output as well.
        amounts = {rate.usd_per_s, rate.usd_per_input_s} - {Decimal(0)}
        for tier in rate.resolutions or ("any",):
            found.setdefault(tier, set()).update(amounts)
    return {tier: amounts for tier, amounts in found.items() if amounts}


def _is_number(value: Any) -> bool:
    try:
        return not isinstance(value, bool) and Decimal(str(value)) > 0
    except InvalidOperation:
        return False

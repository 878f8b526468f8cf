"""What one routing decision costs, every rejection with its reason: ours, the plainest code for it, and LiteLLM's.

    python bench/route_decision.py [--rounds 15] [--seed 7] [--json]

A seeded stream of varied orders (5, 8 and 10 s, generate and edit, two sizes, prompts of 20 to 1,500 characters) goes
round by round through each contestant, in turns in one process; figures are medians over the rounds.

    warm     `decide` with a catalog that has seen every shape of the stream before, as in service
    cold     `decide` with a catalog made new for each decision: every judgement, price and sum is worked out again
    plain    one pass over slotted facts prepared beforehand: operation, length, size, prompt, retirement, clip limit,
             money left, health and queue; a reason in words for each that is out, the rest sorted by expected cost
    litellm  `Router.async_get_available_deployment`, "cost-based-routing", the same number of deployments in one group;
             it gives one deployment, no reasons, and has no way to be told a length, a size or an operation

Ours and the plain code must choose the same model for every order, or the run fails.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final

from cutaway.contract import RESOLUTIONS_PX, Brief, GenerationRequest, InputRef, ModelProfile, Price, Quality, Size
from cutaway.errors import RoutingError
from cutaway.routing import Budgets, Candidate, Catalog, Conditions, RoutingPolicy
from cutaway.routing.picks import Decision
from cutaway.routing.quality import EDIT_ACCEPTANCE, prior_attempts
from cutaway.routing.router import decide

COUNTS: Final = (5, 50, 500)
STREAM: Final = 240
TODAY: Final = date(2026, 11, 20)
GOALS: Final = {"over plain": 3.0, "under LiteLLM": 25.0, "500 over 50": 12.0}
POLICY: Final = RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal("3.00")))
SIZES: Final = (Size(width_px=1280, height_px=720), Size(width_px=1920, height_px=1080))


@dataclass(frozen=True, slots=True)
class Plain:
    """What the plain code knows of a model."""

    id: str
    provider: str
    operations: tuple[str, ...]
    max_s: float
    side_px: int
    prompt_chars: int
    usd_per_s: float
    attempts: float
    retired: bool
    elo: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What the plain code knows of the moment."""

    clip_usd: float
    left_usd: float
    sick: dict[str, str]
    busy: dict[str, int]
    most_busy: dict[str, int]


def decide_plainly(
    order: GenerationRequest, models: Sequence[Plain], now: Moment
) -> tuple[list[tuple[bool, float, float, str]], list[tuple[str, str]]]:
    """Ranked (in line, cost per accepted second, -Elo, id), and (id, reason) of the rest; nothing is done in vain."""
    operation, seconds = order.operation, order.duration_s
    side = min(order.size.width_px, order.size.height_px)
    length = len(order.brief.prompt)
    clip_usd, left_usd, sick, busy, most_busy = now.clip_usd, now.left_usd, now.sick, now.busy, now.most_busy
    edits = operation == "edit"
    ranked: list[tuple[bool, float, float, str]] = []
    out: list[tuple[str, str]] = []
    for model in models:
        if model.retired:
            out.append((model.id, "retired"))
        elif operation not in model.operations:
            out.append((model.id, f"cannot {operation} (it can {', '.join(model.operations)})"))
        elif seconds > model.max_s:
            out.append((model.id, f"makes up to {model.max_s:g} s, not {seconds:g} s"))
        elif side > model.side_px:
            out.append((model.id, f"makes up to {model.side_px}p, not {side}p"))
        elif length > model.prompt_chars:
            out.append((model.id, f"takes a prompt of at most {model.prompt_chars} characters, not {length}"))
        elif (usd := model.usd_per_s * seconds) > clip_usd:
            out.append((model.id, f"can cost ${usd:.2f}, over the clip limit of ${clip_usd:.2f}"))
        elif usd > left_usd:
            out.append((model.id, f"can cost ${usd:.2f}, and ${left_usd:.2f} are left"))
        elif model.provider in sick:
            out.append((model.id, f"its provider is not well: {sick[model.provider]}"))
        else:
            tries = 1 / EDIT_ACCEPTANCE if edits else model.attempts
            in_line = busy.get(model.provider, 0) >= most_busy.get(model.provider, 99)
            ranked.append((in_line, model.usd_per_s * tries, -model.elo, model.id))
    ranked.sort()
    return ranked, out


def models(count: int, seed: int) -> list[Candidate]:
    """A made-up market: providers of ten models each, prices and ratings as wide as the real ones."""
    random_ = random.Random(f"{seed} models {count}")
    made = []
    for number in range(count):
        provider = f"vendor{number // 10}"
        elo = round(random_.uniform(1050, 1510), 1)
        every = tuple(RESOLUTIONS_PX)
        profile = ModelProfile(
            id=f"model-{number}",
            title=f"Model {number}",
            operations=random_.choice((("generate",), ("generate", "edit"), ("generate", "edit"), ("edit",))),
            max_duration_s=random_.choice((6.0, 8.0, 10.0, 15.0, 20.0)),
            resolutions=every[: random_.choice((every.index("720p"), every.index("1080p"))) + 1],
            input_roles=("source_video", "reference"),
            max_prompt_chars=random_.choice((500, 1000, 2000, 5000)),
            price=Price(usd_per_s=Decimal(random_.randrange(300, 4000)) / 10_000, source="made up", as_of=TODAY),
            quality=Quality(elo=elo, half_interval=12, source="made up", as_of=TODAY),
            retires_on=date(2026, 10, 1) if random_.random() < 0.05 else None,
        )
        made.append(Candidate(f"{provider}:{profile.id}", provider, profile, local=False))
    return made


def plain_of(candidate: Candidate) -> Plain:
    """The same model as the plain code knows it."""
    profile = candidate.profile
    assert profile.price is not None
    assert profile.quality is not None
    return Plain(
        candidate.id, candidate.provider, profile.operations, profile.max_duration_s,
        max(RESOLUTIONS_PX[name] for name in profile.resolutions), profile.max_prompt_chars,
        float(profile.price.usd_per_s), prior_attempts(profile.quality), profile.retires_on is not None,
        profile.quality.elo,
    )  # fmt: skip


def orders(seed: int) -> list[GenerationRequest]:
    """The stream: no two orders are alike, yet they have a dozen shapes between them, as a service's have."""
    random_ = random.Random(f"{seed} orders")
    made: list[GenerationRequest] = []
    for number in range(STREAM):
        seconds = random_.choices((5.0, 8.0, 10.0), (0.5, 0.3, 0.2))[0]
        edits = random_.random() < 0.4
        clip = InputRef(sha256=f"{number:064x}", role="source_video", media_type="video/mp4", duration_s=seconds)
        words = f"shot {number}: " + "a fox in the snow " * 90
        made.append(
            GenerationRequest(
                operation="edit" if edits else "generate",
                brief=Brief(prompt=words[: random_.randrange(20, 1500)]),
                inputs=(clip,) if edits else (),
                duration_s=seconds,
                size=random_.choice(SIZES),
                seed=number,
            )
        )
    return made


def moment(count: int) -> tuple[Conditions, Moment]:
    """One provider in ten is sick and one full, where there are so many."""
    vendors = [f"vendor{number}" for number in range((count + 9) // 10)]
    sick = dict.fromkeys(vendors[1::10], "its breaker is open")
    busy = dict.fromkeys(vendors[2::5], 4)
    most = dict.fromkeys(vendors[2::10], 4)
    now = Conditions(
        now=datetime(2026, 11, 20, 12, tzinfo=UTC), left_usd=Decimal("2.50"), unhealthy=sick, in_flight=busy,
        max_in_flight=most,
    )  # fmt: skip
    return now, Moment(3.0, 2.5, sick, busy, most)


def decided(order: GenerationRequest, catalog: Catalog, now: Conditions) -> Decision | None:
    """Our decision; None when no model is left, which costs as much and is as good an answer."""
    try:
        return decide(order, catalog, POLICY, now)
    except RoutingError:
        return None


def per_call_us(stream: Sequence[GenerationRequest], call: Callable[[GenerationRequest], object]) -> float:
    """Microseconds per order of one pass over the stream."""
    begun = time.perf_counter_ns()
    for order in stream:
        call(order)
    return (time.perf_counter_ns() - begun) / len(stream) / 1000


def litellm_router(count: int) -> Any:
    """LiteLLM's Router over so many deployments with prices of their own; None where it is not installed."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # its bundled prices: nothing is fetched
    try:
        from litellm.router import Router
    except ImportError:
        return None
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    random_ = random.Random(count)
    return Router(
        model_list=[
            {
                "model_name": "video",
                "litellm_params": {
                    "model": f"openai/model-{number}", "api_key": "none", "api_base": f"http://v{number}.invalid",
                    "input_cost_per_token": random_.uniform(1e-6, 1e-5),
                    "output_cost_per_token": random_.uniform(1e-6, 1e-5),
                },
                "model_info": {"id": f"d{number}"},
            }
            for number in range(count)
        ],
        routing_strategy="cost-based-routing",
    )  # fmt: skip


async def litellm_us(router: Any, stream: Sequence[GenerationRequest]) -> float:
    """Microseconds per selection, each with its order's own words."""
    asked = [[{"role": "user", "content": order.brief.prompt}] for order in stream]
    begun = time.perf_counter_ns()
    for messages in asked:
        await router.async_get_available_deployment(model="video", messages=messages, request_kwargs={})
    return (time.perf_counter_ns() - begun) / len(asked) / 1000


def measure(count: int, seed: int, rounds: int) -> dict[str, float]:
    """Microseconds per decision of each contestant at so many candidates. Raises ValueError when choices differ."""
    candidates, stream = models(count, seed), orders(seed)
    now, plain_now = moment(count)
    plain = [plain_of(one) for one in candidates]
    warm = Catalog(candidates)
    for order in stream:
        ours, ranked = decided(order, warm, now), decide_plainly(order, plain, plain_now)[0]
        names = ([pick.able.candidate.id for pick in ours.picks] if ours else [])[:1]
        if names != [name for *_, name in ranked[:1]]:
            raise ValueError(
                f"{order.operation} {order.duration_s:g} s: ours chose {names}, the plain code {ranked[:1]}"
            )
    few = stream[:: max(1, count // 25)][:24]
    router = litellm_router(count)
    if router is not None:
        asyncio.run(litellm_us(router, few))
    found: dict[str, list[float]] = {"warm": [], "cold": [], "plain": [], "litellm": []}
    for _ in range(rounds):
        found["warm"].append(per_call_us(stream, lambda order: decided(order, warm, now)))
        found["plain"].append(per_call_us(stream, lambda order: decide_plainly(order, plain, plain_now)))
        found["cold"].append(per_call_us(few[:6], lambda order: decided(order, Catalog(candidates), now)))
        if router is not None:
            found["litellm"].append(asyncio.run(litellm_us(router, few)))
    return {name: statistics.median(values) for name, values in found.items() if values}


def ratios(rows: dict[int, dict[str, float]]) -> dict[str, tuple[float, float, bool]]:
    """What is held to a goal: the figure, the goal, and whether it is met."""
    found: dict[str, tuple[float, float, bool]] = {}
    for count, row in rows.items():
        over = row["warm"] / row["plain"]
        found[f"{count} candidates, ours over plain"] = (over, GOALS["over plain"], over <= GOALS["over plain"])
        if "litellm" in row and count > COUNTS[0]:
            under = row["litellm"] / row["warm"]
            found[f"{count} candidates, LiteLLM over ours"] = (
                under, GOALS["under LiteLLM"], under >= GOALS["under LiteLLM"]
            )  # fmt: skip
    growth = rows[500]["warm"] / rows[50]["warm"]
    found["500 over 50 candidates"] = (growth, GOALS["500 over 50"], growth <= GOALS["500 over 50"])
    return found


def main(argv: Sequence[str]) -> int:
    """Measure, print, and give 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="passes over the stream; medians are printed")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    args = parser.parse_args(argv)
    rows = {count: measure(count, args.seed, args.rounds) for count in COUNTS}
    found = ratios(rows)
    if args.json:
        print(json.dumps({"bench": "route_decision", "us": rows, "ratios": found}, indent=2))
        return int(not all(met for _, _, met in found.values()))
    print("microseconds per decision, medians".ljust(38) + "".join(f"{count:>10}" for count in COUNTS))
    for name in ("plain", "warm", "cold", "litellm"):
        cells = "".join(f"{rows[count].get(name, float('nan')):>10.1f}" for count in COUNTS)
        print(name.ljust(38) + cells + ("  (not installed)" if name not in rows[COUNTS[0]] else ""))
    for name, (value, goal, met) in found.items():
        bound = "at least" if "LiteLLM over" in name else "at most"
        print(f"{name.ljust(38)}{value:>10.2f}  {bound} {goal:g}  {'met' if met else 'MISSED'}")
    return int(not all(met for _, _, met in found.values()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

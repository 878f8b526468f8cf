"""Shots decided together: within what is left, with one look, and never for more than a subscription allows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE
from cutaway import RoutingPolicy, TurnPlan
from cutaway.errors import RoutingError
from cutaway.routing import Approval, Budgets
from cutaway.routing.plan import Plan, Step
from cutaway.storyboard.edits import SetTime
from fakes import FlatArtist, Scripted, open_studio

DEAR, CHEAP = FlatArtist("dear", "0.30"), FlatArtist("cheap", "0.10")
COST = TurnPlan(intent="cost")


async def test_shots_that_do_not_fit_the_turn_together_get_one_cheaper_model(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(prefer=("dear:one",), budgets=Budgets(per_turn_usd=Decimal("0.45")))
    async with open_studio(valkey_url, tmp_path, Scripted(), DEAR, CHEAP, policy=policy, working=False) as studio:
        quote = await studio.quote("t", FILM)
        assert {shot.model for shot in quote.shots} == {"cheap:one"}
        assert quote.most_usd == Decimal("0.20")
        assert all("budget" in shot.why for shot in quote.shots)


async def test_a_policy_may_mix_looks_to_spend_what_is_left_best(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    policy = RoutingPolicy(prefer=("dear:one",), budgets=Budgets(per_turn_usd=Decimal("0.45")), mix_looks=True)
    async with open_studio(valkey_url, tmp_path, Scripted(), DEAR, CHEAP, policy=policy, working=False) as studio:
        quote = await studio.quote("t", FILM)
        assert quote.most_usd <= Decimal("0.45")


async def test_an_edit_keeps_the_look_that_the_film_has(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    # A tenth dearer: less than what leaving the film's model counts for.
    near = FlatArtist("near", "0.11")
    async with open_studio(valkey_url, tmp_path, Scripted(), near, CHEAP) as studio:
        await studio.wait(await studio.render("t", FILM, model="near:one", approved=True))
        quote = await studio.quote("t", [SetTime(shots=("s2",), time_of_day="night")])
        assert [shot.model for shot in quote.shots] == [None, "near:one"]


async def test_what_exceeds_the_clip_limit_is_asked_about_where_the_policy_says_so(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(
        prefer=("dear:one",),
        budgets=Budgets(per_clip_usd=Decimal("0.20"), on_exceed="ask"),
        approval=Approval(ask_above_usd=Decimal("9")),
    )
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), DEAR, CHEAP, policy=policy, working=False) as studio:
        turn = await studio.send("t", "a fox", stage="final")
        assert (turn.quote_state, turn.most_usd) == ("pending", Decimal("0.20"))


async def test_a_plan_says_how_many_clips_are_left_and_counts_what_was_charged(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    plan = Plan(name="basic", price_usd=Decimal("2.00"), included_clips=10, clip_seconds=2)
    policy = RoutingPolicy(plan=plan)
    async with open_studio(valkey_url, tmp_path, Scripted(COST, COST), CHEAP, policy=policy) as studio:
        assert "10 clips left" in (await studio.send("t", "what does it cost?", user="ann")).reply
        await studio.wait(await studio.render("t", FILM, approved=True, user="ann"))
        assert "8 clips left" in (await studio.send("t", "what does it cost?", user="ann")).reply


async def test_a_plan_never_pays_for_a_clip_it_would_lose_money_on(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    plan = Plan(name="tight", price_usd=Decimal("0.50"), included_clips=4, clip_seconds=1)
    policy = RoutingPolicy(plan=plan, prefer=("dear:one",))
    async with open_studio(valkey_url, tmp_path, Scripted(), DEAR, CHEAP, policy=policy, working=False) as studio:
        quote = await studio.quote("t", FILM)
        assert {shot.model for shot in quote.shots} == {"cheap:one"}


async def test_a_step_of_a_plan_bounds_the_length_of_a_clip_and_says_how_to_ask(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    plan = Plan(
        name="basic", price_usd=Decimal("9.00"), included_clips=10, clip_seconds=1,
        steps=(Step(used_share=0, max_seconds=0.5),),
    )  # fmt: skip
    policy = RoutingPolicy(plan=plan)
    async with open_studio(valkey_url, tmp_path, Scripted(), CHEAP, policy=policy, working=False) as studio:
        with pytest.raises(RoutingError) as refused:
            await studio.quote("t", FILM)
        assert refused.value.message == (
            "Shot 1 can only be made shorter here: the plan basic delivers at most 0.5 s a clip from here on."
        )
        assert refused.value.fix == "Say: make shot 1 0.5 seconds long."


async def test_a_step_of_a_plan_leaves_a_clip_that_is_short_enough(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    plan = Plan(
        name="basic", price_usd=Decimal("9.00"), included_clips=10, clip_seconds=1,
        steps=(Step(used_share=0, max_seconds=1),),
    )  # fmt: skip
    policy = RoutingPolicy(plan=plan)
    async with open_studio(valkey_url, tmp_path, Scripted(), CHEAP, policy=policy, working=False) as studio:
        assert len((await studio.quote("t", FILM)).decisions) == 2


@pytest.mark.parametrize(
    ("pace", "price_usd", "model"),
    [(None, "9.00", "plain:one"), (0, "9.00", "fine:one"), (0, "2.00", "plain:one")],
    ids=["no pace", "it is left over", "two shots share it"],
)
async def test_what_a_plan_has_left_over_makes_a_film_better(
    redis: Redis, valkey_url: str, tmp_path: Path, pace: float | None, price_usd: str, model: str
) -> None:
    # Until one is kept, a shot costs about $1.07 by the fine one and $0.65 by the plain one.
    fine, plain = FlatArtist("fine", "0.30", elo=1500), FlatArtist("plain", "0.10", elo=1400)
    plan = Plan(name="roomy", price_usd=Decimal(price_usd), included_clips=2, clip_seconds=1, pace=pace)
    policy = RoutingPolicy(plan=plan)
    async with open_studio(valkey_url, tmp_path, Scripted(), fine, plain, policy=policy, working=False) as studio:
        quote = await studio.quote("t", FILM)
        assert {shot.model for shot in quote.shots} == {model}
        said = [decision.chosen.why for decision in quote.decisions.values()]
        assert all(("is left with" in why) == (model == "fine:one") for why in said)

"""From outline to final: an animatic for nothing first, finals when the person says so, each rung made once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE, NIGHT
from cutaway import RoutingPolicy, TurnPlan
from cutaway.contract import GenerationRequest, ModelProfile, Price, Quality, Rate, Rendered, Resolution
from cutaway.media.probe import probe
from cutaway.routing.policy import Budgets, Ladder
from fakes import FlatArtist, Scripted, open_studio

FINISH = TurnPlan(intent="finish", decision="video")
YES = TurnPlan(intent="approve")


def artists() -> tuple[FlatArtist, FlatArtist]:
    return FlatArtist("outliner", outlines=True), FlatArtist("paid", "0.10")


async def test_a_new_film_is_outlined_for_nothing_and_says_what_finals_cost(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), outliner, paid) as studio:
        turn = await studio.wait(await studio.send("t", "a fox"))
        assert turn.quote_state == "automatic"
        assert {shot.stage for shot in turn.shots} == {"animatic"}
        assert 'Say "final" to have it made by paid:one for at most $0.20' in turn.reply
        assert (len(outliner.rendered), len(paid.rendered)) == (2, 0)


async def test_finals_wait_for_a_yes_and_are_another_version(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH, YES), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        asked = await studio.send("t", "final")
        assert (asked.quote_state, asked.most_usd) == ("pending", Decimal("0.20"))
        done = await studio.wait(await studio.send("t", "yes"))
        assert done.version
        assert (done.version.state, done.version.number, done.version.charged_usd) == ("ready", 2, Decimal("0.20"))
        assert [request.stage for request in paid.rendered] == ["final", "final"]


async def test_an_edit_of_a_final_film_outlines_only_what_changed(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH, NIGHT, FINISH), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "final", approved=True))
        edited = await studio.wait(await studio.send("t", "make shot 2 night"))
        assert [(shot.stage, shot.change_class) for shot in edited.shots] == [
            ("final", "reuse"),
            ("animatic", "generate"),
        ]
        assert edited.version
        assert edited.version.charged_usd == 0
        done = await studio.wait(await studio.send("t", "final", approved=True))
        assert done.most_usd == Decimal("0.10")
        assert len(paid.rendered) == 3


async def test_undo_after_finals_shows_the_outline_again(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    plans = (MAKE, FINISH, TurnPlan(intent="undo"))
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), *artists()) as studio:
        first = await studio.wait(await studio.send("t", "a fox"))
        final = await studio.wait(await studio.send("t", "final", approved=True))
        back = await studio.wait(await studio.send("t", "undo"))
        assert first.version
        assert final.version
        assert back.version
        assert (back.version.number, back.version.state) == (1, "ready")
        assert back.version.path == first.version.path != final.version.path
        assert {shot.stage for shot in back.shots} == {"animatic"}


async def test_going_back_to_finals_keeps_their_price(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    plans = (MAKE, FINISH, NIGHT, TurnPlan(intent="undo"))
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "final", approved=True))
        await studio.wait(await studio.send("t", "make shot 2 night"))
        back = await studio.wait(await studio.send("t", "undo"))
        assert back.version
        assert (back.version.quoted_usd, back.version.charged_usd) == (Decimal("0.20"), Decimal("0.20"))


async def test_a_person_may_ask_for_finals_at_once(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, paid = artists()
    at_once = MAKE.model_copy(update={"stage": "final"})
    async with open_studio(valkey_url, tmp_path, Scripted(at_once), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox, straight to final", approved=True))
        assert (len(outliner.rendered), len(paid.rendered)) == (0, 2)


async def test_a_policy_may_order_finals_at_once(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, paid = artists()
    policy = RoutingPolicy(ladder=Ladder(climb="never"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), outliner, paid, policy=policy) as studio:
        await studio.wait(await studio.send("t", "a fox", approved=True))
        assert (len(outliner.rendered), len(paid.rendered)) == (0, 2)


async def test_finishing_twice_makes_nothing_and_says_so(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH, FINISH), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "final", approved=True))
        again = await studio.send("t", "final")
        assert again.reply == "Every shot is a final picture already."
        assert len(await studio.versions("t")) == 2


async def test_without_anybody_who_makes_finals_a_film_stays_an_outline_and_says_why(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner = FlatArtist("outliner", outlines=True)
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH), outliner) as studio:
        first = await studio.wait(await studio.send("t", "a fox"))
        assert {shot.stage for shot in first.shots} == {"animatic"}
        assert "final" not in first.reply
        asked = await studio.send("t", "final")
        assert "nothing that makes finals" in asked.reply
        assert len(outliner.rendered) == 2


async def test_finals_that_a_budget_refuses_name_it_with_its_limit_and_what_is_left(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_thread_usd=Decimal("0.05"), per_turn_usd=Decimal("0.05")))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH), *artists(), policy=policy) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        asked = await studio.send("t", "final")
        assert "paid:one would be chosen, but can cost $0.10; $0.05 are left of the turn budget of $0.05" in asked.reply
        assert asked.error is not None
        assert (asked.error["code"], asked.error["budget"], asked.error["headroom_micro"]) == ("budget", "turn", 50_000)


async def test_a_host_that_renders_gets_finals(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(), outliner, paid) as studio:
        await studio.wait(await studio.render("t", FILM, approved=True))
        assert (len(outliner.rendered), len(paid.rendered)) == (0, 2)


class Drafting(FlatArtist):
    """Makes 360p for a tenth of what 480p costs, and is kept seldom enough that a draft pays."""

    def profiles(self) -> tuple[ModelProfile, ...]:
        day = date(2026, 11, 20)
        rates = (
            Rate(resolutions=("360p",), usd_per_s=Decimal("0.01")),
            Rate(resolutions=("480p",), usd_per_s=Decimal("0.10")),
        )
        price = Price(rates=rates, source="made up for tests", as_of=day)
        quality = Quality(elo=1300, half_interval=10, source="made up for tests", as_of=day)
        resolutions: tuple[Resolution, ...] = ("360p", "480p")
        one = super().profiles()[0]
        return (one.model_copy(update={"price": price, "quality": quality, "resolutions": resolutions}),)

    async def render(self, model: str, request: GenerationRequest, *rest: Any) -> Rendered:
        made = await super().render(model, request, *rest)
        cost = self.profiles()[0].price
        assert cost
        return made.model_copy(update={"cost_usd": cost.upper_bound_usd(request)})


async def test_finals_that_cannot_be_had_now_say_why(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.books.freezes.freeze("provider:paid", "bills look wrong")
        asked = await studio.send("t", "final")
        assert asked.reply.startswith("Finals cannot be made now. paid:one: ")
        assert "bills look wrong" in asked.reply


async def test_a_draft_comes_between_where_the_sum_says_that_it_pays(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, paid = FlatArtist("outliner", outlines=True), Drafting("paid", "0.10")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH, YES, FINISH), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        asked = await studio.send("t", "final")
        assert (asked.quote_state, asked.most_usd) == ("pending", Decimal("0.02"))
        assert "A draft comes first" in asked.reply
        assert "saves about" in asked.reply
        drafted = await studio.wait(await studio.send("t", "yes"))
        assert {shot.stage for shot in drafted.shots} == {"draft"}
        assert [str(request.size) for request in paid.rendered] == ["640x360"] * 2
        assert drafted.version
        assert drafted.version.path
        film = probe(Path(drafted.version.path))
        assert (film.width_px, film.height_px) == (848, 480)
        final = await studio.wait(await studio.send("t", "final", approved=True))
        assert {shot.stage for shot in final.shots} == {"final"}
        assert final.version
        assert final.version.charged_usd == Decimal("0.20")


async def test_a_person_may_skip_the_draft(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, paid = FlatArtist("outliner", outlines=True), Drafting("paid", "0.10")
    skip = FINISH.model_copy(update={"stage": "final"})
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, skip), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        done = await studio.wait(await studio.send("t", "skip the draft", approved=True))
        assert {shot.stage for shot in done.shots} == {"final"}

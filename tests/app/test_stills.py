"""Stills between outline and final: a picture first where that pays or is wished for, and a clip that begins so."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from redis.asyncio import Redis

from app.test_orchestrator import FILM, MAKE, NIGHT
from cutaway import Orchestrator, RoutingPolicy, TurnPlan
from cutaway.contract import Cancelled, GenerationRequest, ModelProfile, Price, Progress, Rate, Rendered, Size
from cutaway.media.house import HouseReader
from cutaway.media.probe import probe
from cutaway.routing import Budgets
from cutaway.routing.plan import Plan
from cutaway.routing.policy import Ladder
from cutaway.storyboard.edits import Retake, SetDuration
from fakes import FlatArtist, Scripted, open_studio

FINISH = TurnPlan(intent="finish", decision="video")
STILLS = FINISH.model_copy(update={"stage": "still"})
SKIP = FINISH.model_copy(update={"stage": "final"})
AGAIN = TurnPlan(intent="edit", edits=(Retake(shots=("s2",)),), decision="video")
LONGER = TurnPlan(intent="edit", edits=(SetDuration(shots=("s2",), seconds=2.0),), decision="video")
DAY = date(2026, 11, 20)


class Painter:
    """A local provider of stills: a picture with a bright square in it, at a price each."""

    def __init__(self, name: str = "painter", usd: str = "0.01", *, size: Size | None = None) -> None:
        self.name = name
        self.rendered: list[GenerationRequest] = []
        self._usd, self._size = Decimal(usd), size

    def profiles(self) -> tuple[ModelProfile, ...]:
        price = Price(usd_per_clip=self._usd, source="made up for tests", as_of=DAY)
        sizes = (Size(width_px=1280, height_px=720),)
        one = ModelProfile(id="one", title="Painter", modality="image", sizes=sizes, price=price)
        return (one.model_copy(update={"input_roles": ("reference",)}),)

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        self.rendered.append(request)
        await asyncio.to_thread(paint, out, self._size or request.size, len(self.rendered))
        return Rendered(path=out, cost_usd=self._usd)


def paint(out: Path, size: Size, number: int) -> None:
    image = Image.new("RGB", (size.width_px, size.height_px), (20, 40, 60 + number))
    image.paste((240, 220, 30), (0, 0, size.width_px // 2, size.height_px))
    image.save(out, "PNG")


class Filming(FlatArtist):
    """Makes clips, from a picture unless told otherwise; `elo` says how often one is kept."""

    def __init__(self, name: str = "paid", usd_per_s: str = "0.10", *, elo: float = 1300, begins: bool = True) -> None:
        super().__init__(name, usd_per_s, elo=elo)
        self._begins = begins
        self.began: list[bytes] = []

    def profiles(self) -> tuple[ModelProfile, ...]:
        roles = ("reference", "first_frame") if self._begins else ("reference",)
        return (super().profiles()[0].model_copy(update={"input_roles": roles}),)

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        self.began += [inputs[ref.sha256].read_bytes() for ref in request.of_role("first_frame")]
        made = await super().render(model, request, inputs, out, progress, cancelled)
        price = self.profiles()[0].price
        assert price
        return made.model_copy(update={"cost_usd": price.upper_bound_usd(request)})


def artists(**filming: object) -> tuple[FlatArtist, Painter, Filming]:
    return FlatArtist("outliner", outlines=True), Painter(), Filming(**filming)  # type: ignore[arg-type]


async def counts(studio: Orchestrator) -> dict[str, tuple[float, float]]:
    assert studio.services.acceptance
    found = await studio.services.acceptance.all(studio.services.clock())
    return {model: (round(one.kept, 3), round(one.rejected, 3)) for (model, _), one in found.items()}


async def test_stills_come_before_finals_where_the_sum_says_that_they_pay(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH, FINISH), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        asked = await studio.send("t", "final")
        assert (asked.quote_state, asked.most_usd) == ("pending", Decimal("0.02"))
        assert "2 stills for at most $0.02, then finals for about $0.20." in asked.reply
        assert "A still comes first: a still by painter:one: a still first saves about" in asked.reply
        shown = await studio.wait(await studio.approve("t"))
        assert {shot.stage for shot in shown.shots} == {"still"}
        assert {request.modality for request in painter.rendered} == {"image"}
        assert 'These are stills. Say "final" to have them made by paid:one' in shown.reply
        final = await studio.wait(await studio.send("t", "final", approved=True))
        assert {shot.stage for shot in final.shots} == {"final"}
        assert all("begins with the accepted still" in shot.why for shot in final.shots)
        assert (len(painter.rendered), len(paid.rendered), len(paid.began)) == (2, 2, 2)


async def test_a_final_begins_with_the_bytes_of_the_still_and_counts_it_as_accepted(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, FINISH), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        assert await counts(studio) == {}
        await studio.wait(await studio.send("t", "final", approved=True))
        paint(tmp_path / "one.png", Size(width_px=1280, height_px=720), 1)
        assert (tmp_path / "one.png").read_bytes() in paid.began
        assert await counts(studio) == {"painter:one": (2, 0)}


async def test_a_film_of_stills_plays_the_pictures_under_a_slow_move(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        made = await studio.wait(await studio.send("t", "stills", approved=True))
        assert made.version
        assert made.version.path
        film = Path(made.version.path)
        facts = probe(film)
        assert facts.size == FILM.size
        assert facts.duration_s == pytest.approx(FILM.duration_s, abs=0.05)
        with HouseReader(film, FILM.size) as reader:
            first = reader.picture(0).y.copy()
            later = reader.picture(20).y.copy()
        # The left half of the painting is bright, the right half dark, and the edge between them holds still.
        assert first[240, 100] > 180 > 60 > first[240, 700]
        assert later[240, 100] > 180 > 60 > later[240, 700]


async def test_another_take_of_a_still_rejects_it_and_makes_only_that_one(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    plans = (MAKE, STILLS, AGAIN)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        again = await studio.wait(await studio.send("t", "another take of shot 2", approved=True))
        assert [(shot.stage, shot.change_class) for shot in again.shots] == [("still", "reuse"), ("still", "generate")]
        assert again.most_usd == Decimal("0.01")
        assert (len(painter.rendered), len(outliner.rendered)) == (3, 2)
        assert await counts(studio) == {"painter:one": (0, 1)}


async def test_an_edit_remakes_only_the_still_it_changed_and_leaves_finals(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    plans = (MAKE, STILLS, FINISH, NIGHT, STILLS)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), outliner, painter, paid) as studio:
        for text in ("a fox", "stills", "final"):
            await studio.wait(await studio.send("t", text, approved=True))
        await studio.wait(await studio.send("t", "make shot 2 night", approved=True))
        redone = await studio.wait(await studio.send("t", "stills", approved=True))
        assert [(shot.stage, shot.change_class) for shot in redone.shots] == [("final", "reuse"), ("still", "generate")]
        assert (len(painter.rendered), len(paid.rendered)) == (3, 2)


async def test_an_edit_of_stills_asks_for_the_changed_one_alone(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, NIGHT), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        asked = await studio.send("t", "make shot 2 night")
        assert (asked.quote_state, asked.most_usd) == ("pending", Decimal("0.01"))
        assert "1 still for at most $0.01, then finals for about $0.20." in asked.reply
        await studio.wait(await studio.approve("t"))
        assert (len(painter.rendered), len(outliner.rendered)) == (3, 2)


async def test_a_still_shown_for_longer_is_not_made_again(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, LONGER), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        longer = await studio.wait(await studio.send("t", "make shot 2 last 2 seconds"))
        assert [(shot.stage, shot.change_class) for shot in longer.shots] == [("still", "reuse"), ("still", "local")]
        assert longer.version
        assert longer.version.path
        assert probe(Path(longer.version.path)).duration_s == pytest.approx(FILM.duration_s + 1, abs=0.05)
        assert len(painter.rendered) == 2


async def test_a_model_that_takes_no_first_frame_says_that_the_still_does_not_carry_over(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists(begins=False)
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, FINISH), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        final = await studio.wait(await studio.send("t", "final", approved=True))
        why = "the still's composition will not carry over: paid:one takes no first frame"
        assert all(why in shot.why for shot in final.shots)
        assert paid.began == []


async def test_no_still_comes_by_itself_before_a_model_that_could_not_begin_with_it(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists(begins=False)
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        final = await studio.wait(await studio.send("t", "final", approved=True))
        assert {shot.stage for shot in final.shots} == {"final"}


async def test_among_models_the_one_that_begins_with_the_still_makes_the_final(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    cheap = Filming("cheap", "0.02", begins=False)
    plans = (MAKE, STILLS, FINISH)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), outliner, painter, paid, cheap) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        asked = await studio.send("t", "stills")
        assert "then finals for about $0.20" in asked.reply
        await studio.wait(await studio.approve("t"))
        final = await studio.wait(await studio.send("t", "final", approved=True))
        assert {shot.model for shot in final.shots} == {"paid:one"}


async def test_a_person_may_skip_the_stills(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, SKIP), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        done = await studio.wait(await studio.send("t", "skip the stills", approved=True))
        assert {shot.stage for shot in done.shots} == {"final"}
        assert painter.rendered == []


async def test_a_host_may_order_stills_at_once(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), outliner, painter, paid) as studio:
        made = await studio.wait(await studio.send("t", "a fox", stage="still", approved=True))
        assert made.version
        assert (made.version.state, made.version.charged_usd) == ("ready", Decimal("0.02"))
        assert (len(outliner.rendered), len(painter.rendered), len(paid.rendered)) == (0, 2, 0)


async def test_who_gets_stills_by_default_climbs_on_from_them_by_saying_final(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, FINISH), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox", stage="still", approved=True))
        done = await studio.wait(await studio.send("t", "final", stage="still", approved=True))
        assert {shot.stage for shot in done.shots} == {"final"}


async def test_final_while_stills_are_being_made_waits_for_a_look_and_orders_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    plans = (MAKE, STILLS, FINISH, SKIP)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), *artists(), working=False) as studio:
        await studio.send("t", "a fox")
        await studio.send("t", "stills", approved=True)
        waits = await studio.send("t", "final", approved=True)
        assert "The stills of shots 1 and 2 are not there yet." in waits.reply
        assert (waits.error, waits.quote_id) == (None, None)
        skipped = await studio.send("t", "skip the stills")
        assert {shot.stage for shot in skipped.shots} == {"final"}
        assert all(shot.inputs is None for shot in skipped.shots)


async def test_stills_beyond_a_budget_are_refused_and_nothing_is_ordered(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = artists()
    policy = RoutingPolicy(budgets=Budgets(per_turn_usd=Decimal("0.015")))
    async with open_studio(
        valkey_url, tmp_path, Scripted(MAKE, STILLS), outliner, painter, paid, policy=policy
    ) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        refused = await studio.send("t", "stills", approved=True)
        assert refused.error
        assert refused.error["code"] == "budget"
        assert painter.rendered == []


async def test_a_still_costs_money_and_none_of_the_clips_of_a_plan(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(plan=Plan(name="basic", price_usd=Decimal(9), included_clips=10, clip_seconds=1))
    plans = (MAKE, STILLS, TurnPlan(intent="cost"), FINISH, TurnPlan(intent="cost"))
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), *artists(), policy=policy) as studio:
        await studio.wait(await studio.send("t", "a fox", user="ann"))
        await studio.wait(await studio.send("t", "stills", approved=True, user="ann"))
        said = (await studio.send("t", "what does it cost?", user="ann")).reply
        assert "has cost $0.02" in said
        assert "10 clips left" in said
        await studio.wait(await studio.send("t", "final", approved=True, user="ann"))
        assert "8 clips left" in (await studio.send("t", "what does it cost?", user="ann")).reply


async def test_stills_that_have_not_begun_are_stopped_for_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    no = TurnPlan(intent="decline")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, no), *artists(), working=False) as studio:
        await studio.send("t", "a fox")
        await studio.send("t", "stills", approved=True)
        stopped = await studio.send("t", "stop")
        assert "Stopped; nothing was charged." in stopped.reply
        operations = await studio.ledger.of_thread("local", "t")
        stills = [one for one in operations if one.model == "painter:one"]
        assert {(one.phase, one.money, one.charged_micro) for one in stills} == {("cancelled", "released", 0)}


async def test_stills_twice_make_nothing_and_say_so(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, STILLS), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        again = await studio.send("t", "stills")
        assert again.reply == "Every shot has a still already, or more than that."


async def test_without_an_image_model_stills_are_refused_and_finals_come_at_once(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, _, paid = artists()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS, FINISH), outliner, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        refused = await studio.send("t", "stills")
        assert "Shot 1: No model can make a 848x480 still of this shot." in refused.reply
        assert "Set up a provider that makes pictures (`cutaway providers list`" in refused.reply
        assert "or make finals without stills" in refused.reply
        assert "makes video, not image" in refused.reply
        final = await studio.send("t", "final")
        assert {shot.stage for shot in final.shots} == {"final"}


async def test_a_picture_of_another_shape_is_refused_and_named(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    outliner, _, paid = artists()
    square = Painter(size=Size(width_px=1024, height_px=1024))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS), outliner, square, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        made = await studio.wait(await studio.send("t", "stills", approved=True))
        assert made.version
        assert made.version.state == "failed"
        operations = await studio.ledger.of_version("local", made.version.id)
        assert any("it is 1024x1024, the film is 848x480" in str(one.error) for one in operations)


async def test_a_host_reports_what_became_of_a_still(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, STILLS), *artists()) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "stills", approved=True))
        assert len(await studio.report("t", "rejected", shot=1)) == 1
        assert await counts(studio) == {"painter:one": (0, 1)}


class Drafting(Filming):
    """Also makes 360p, for a hundredth of what 480p costs."""

    def profiles(self) -> tuple[ModelProfile, ...]:
        rates = (
            Rate(resolutions=("360p",), usd_per_s=Decimal("0.001")),
            Rate(resolutions=("480p",), usd_per_s=Decimal("0.10")),
        )
        price = Price(rates=rates, source="made up for tests", as_of=DAY)
        one = super().profiles()[0]
        return (one.model_copy(update={"price": price, "resolutions": ("360p", "480p")}),)


async def test_a_draft_comes_after_the_still_where_that_pays_and_begins_with_it_too(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    outliner, painter, paid = FlatArtist("outliner", outlines=True), Painter(), Drafting()
    plans = (MAKE, STILLS, FINISH, FINISH)
    async with open_studio(valkey_url, tmp_path, Scripted(*plans), outliner, painter, paid) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        rungs = []
        for text in ("stills", "final", "final"):
            turn = await studio.wait(await studio.send("t", text, approved=True))
            rungs += [shot.stage for shot in turn.shots[:1]]
        assert rungs == ["still", "draft", "final"]
        assert [request.stage for request in paid.rendered] == ["draft", "draft", "final", "final"]
        assert len(paid.began) == 4


GOLDEN = [
    # USD a second, Elo, climb, the rung that "final" leads to. A shot lasts 1 s, a still costs $0.01.
    ("0.004", 1300, "pays", "final"),
    ("0.01", 1300, "pays", "still"),
    ("0.01", 1500, "pays", "final"),
    ("0.10", 1000, "pays", "still"),
    ("0.10", 1300, "pays", "still"),
    ("0.10", 1500, "pays", "still"),
    ("0.004", 1300, "always", "still"),
    ("0.10", 1300, "never", "final"),
]


@pytest.mark.parametrize(("usd", "elo", "how", "rung"), GOLDEN)
async def test_a_cheap_final_skips_the_still_and_a_dear_one_does_not(
    redis: Redis, valkey_url: str, tmp_path: Path, usd: str, elo: float, how: str, rung: str
) -> None:
    policy = RoutingPolicy(ladder=Ladder.model_validate({"climb": how, "rungs": ["animatic", "still", "final"]}))
    outliner, painter, paid = artists(usd_per_s=usd, elo=elo)
    begun = MAKE.model_copy(update={"stage": "animatic"})
    async with open_studio(
        valkey_url, tmp_path, Scripted(begun, FINISH), outliner, painter, paid, policy=policy, working=False
    ) as studio:
        await studio.send("t", "a fox")
        asked = await studio.send("t", "final")
        assert {shot.stage for shot in asked.shots} == {rung}

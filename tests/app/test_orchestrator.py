"""Turns through the front door: real ledger, real graph, real files; the artist and the reasoner are stand-ins."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from pathlib import Path

import pytest
from redis.asyncio import Redis

from cutaway import RoutingPolicy, TurnPlan, load_settings
from cutaway.contract import Size
from cutaway.conversation.attachments import Attachment
from cutaway.conversation.terms import why_nothing_paid
from cutaway.errors import (
    AttachmentError,
    InputError,
    MessageError,
    NotFoundError,
    ProviderError,
    ReasonerError,
    RoutingError,
)
from cutaway.media.probe import probe
from cutaway.routing import Budgets
from cutaway.storyboard.brief import order
from cutaway.storyboard.edits import AddOverlay, SetDuration, SetLock, SetTime
from cutaway.storyboard.model import CastMember, Overlay, Shot, Sound, Storyboard
from fakes import FlatArtist, Scripted, open_studio

FOX = CastMember(id="fox", name="fox", kind="red fox")
FILM = Storyboard(
    cast=(FOX,),
    shots=tuple(Shot(id=f"s{i}", duration_s=1, cast=("fox",), action=f"trots {i}", seed=i) for i in (1, 2)),
    sound=Sound(bed="none"),
)
MAKE = TurnPlan(intent="make", storyboard=FILM, decision="video", reply="Here it comes.", rationale="It was asked for.")
NIGHT = TurnPlan(intent="edit", edits=(SetTime(shots=("s2",), time_of_day="night"),), decision="video")
TITLE = TurnPlan(intent="edit", edits=(AddOverlay(overlay=Overlay(id="t", kind="title", text="Fox")),))


async def test_a_turn_answers_before_anything_is_rendered(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as studio:
        turn = await studio.send("t", "a fox")
        assert turn.version
        assert turn.version.state == "making"
        assert [shot.change_class for shot in turn.shots] == ["generate", "generate"]
        assert len(await studio.ledger.open_ids()) == 3


async def test_a_film_is_made_and_the_next_turn_revises_only_what_it_names(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT), artist) as studio:
        first = await studio.wait(await studio.send("t", "a fox"))
        second = await studio.wait(await studio.send("t", "make shot 2 night"))
        assert first.version
        assert second.version
        assert first.version.path
        assert second.version.path
        assert second.version.parent_id == first.version.id
        assert [(s.change_class, s.fields) for s in second.shots] == [("reuse", ()), ("generate", ("time_of_day",))]
        assert len(artist.rendered) == 3
        assert probe(Path(second.version.path)).duration_s == pytest.approx(2, abs=0.05)
        assert Path(first.version.path).read_bytes() != Path(second.version.path).read_bytes()


async def test_a_title_renders_no_shot(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artist = FlatArtist()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, TITLE), artist) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        turn = await studio.wait(await studio.send("t", 'add a title "Fox"'))
        assert turn.version
        assert turn.version.state == "ready"
        assert {shot.change_class for shot in turn.shots} <= {"local", "reuse"}
        assert len(artist.rendered) == 2


async def test_undo_and_redo_cost_nothing_and_give_the_same_films(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist()
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT), artist) as studio:
        first = await studio.wait(await studio.send("t", "a fox"))
        second = await studio.wait(await studio.send("t", "night"))
        undone = await studio.wait(await studio.undo("t"))
        redone = await studio.wait(await studio.redo("t"))
        assert undone.version
        assert redone.version
        assert first.version
        assert second.version
        assert (undone.version.path, redone.version.path) == (first.version.path, second.version.path)
        assert len(artist.rendered) == 3


async def test_going_back_to_a_named_version_makes_it_the_head(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    back = TurnPlan(intent="undo", target=("1",))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT, TITLE, back), working=False) as studio:
        for text in ("a fox", "night", "title"):
            await studio.send("t", text)
        turn = await studio.send("t", "go back to version 1")
        assert turn.version
        assert turn.version.number == 1


async def test_the_same_message_id_is_one_turn(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as studio:
        turns = [await studio.send("t", "a fox", message_id="m1") for _ in range(3)]
        assert turns[0] == turns[1] == turns[2]
        assert len(await studio.versions("t")) == 1
        with pytest.raises(MessageError, match="other words"):
            await studio.send("t", "a dog", message_id="m1")


async def test_a_message_sent_many_times_at_once_is_one_turn(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as studio:
        turns = await asyncio.gather(*(studio.send("t", "a fox", message_id="m1") for _ in range(10)))
        assert len({turn.model_dump_json() for turn in turns}) == 1
        assert len(await studio.ledger.open_ids()) == 3


async def test_two_studios_answering_one_thread_lose_no_turn(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    answer = TurnPlan(intent="answer", reply="yes")
    first, second = Scripted(*[answer] * 20), Scripted(*[answer] * 20)
    async with (
        open_studio(valkey_url, tmp_path, first, working=False) as one,
        open_studio(valkey_url, tmp_path, second, working=False) as two,
    ):
        await asyncio.gather(*(studio.send("t", f"word {i}") for i in range(10) for studio in (one, two)))
        said = await one.transcript("t")
        assert len([who for who, _ in said if who == "studio"]) == 20
        assert len(first.seen) + len(second.seen) == 20


async def test_what_can_cost_money_is_asked_first_and_made_after_a_yes(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artist = FlatArtist("paid", "0.10")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), artist) as studio:
        asked = await studio.send("t", "a fox")
        assert (asked.quote_state, asked.most_usd) == ("pending", Decimal("0.20"))
        assert await studio.ledger.open_ids() == ()
        turn = await studio.wait(await studio.approve("t"))
        assert turn.version
        assert turn.version.state == "ready"
        assert (turn.version.quoted_usd, turn.version.charged_usd) == (Decimal("0.20"), Decimal("0.20"))


async def test_a_no_leaves_the_film_as_it_was(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    policy = RoutingPolicy()
    artist = FlatArtist("paid", "0.10")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, NIGHT), artist, policy=policy) as studio:
        first = await studio.wait(await studio.send("t", "a fox", approved=True))
        asked = await studio.send("t", "night")
        assert asked.quote_state == "pending"
        assert "nothing was spent" in (await studio.decline("t")).reply.lower()
        head = await studio.services.versions.head("t")
        assert head
        assert first.version
        assert head.id == first.version.id
        assert [one.state for one in await studio.versions("t")] == ["ready", "declined"]
        assert "Nothing is waiting" in (await studio.approve("t")).reply
        assert len(artist.rendered) == 2


async def test_a_plan_over_its_budget_is_refused_with_the_numbers(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_turn_usd=Decimal("0.15")))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), FlatArtist("paid", "0.10"), policy=policy) as studio:
        turn = await studio.send("t", "a fox", approved=True)
        assert turn.error
        assert turn.error["code"] == "budget"
        assert "$0.15 left" in turn.reply
        assert "$0.20" in turn.reply
        assert await studio.ledger.open_ids() == ()


async def test_a_shot_nobody_can_make_names_every_reason_and_changes_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal("0.05")))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), FlatArtist("paid", "0.10"), policy=policy) as studio:
        turn = await studio.send("t", "a fox")
        assert turn.error
        assert turn.error["rejections"] == {"paid:one": "can cost $0.10, over the clip limit of $0.05"}
        assert await studio.versions("t") == ()


def test_paid_work_on_a_containers_own_store_is_refused_unless_allowed(tmp_path: Path) -> None:
    home = {"CUTAWAY_DATA_DIR": str(tmp_path / "d"), "CUTAWAY_RUNTIME_DIR": "/tmp/cutaway-never"}
    inside = home | {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}
    shared = inside | {"CUTAWAY_REDIS_URL": "redis://127.0.0.1:1"}
    assert "its own budget" in why_nothing_paid(load_settings(inside, cwd=tmp_path))
    assert why_nothing_paid(load_settings(shared, cwd=tmp_path)) == ""
    assert why_nothing_paid(load_settings(inside | {"CUTAWAY_ALLOW_PAID_EMBEDDED": "true"}, cwd=tmp_path)) == ""
    assert "forget" in why_nothing_paid(load_settings(shared | {"CUTAWAY_DURABILITY": "none"}, cwd=tmp_path))


async def test_a_failed_render_says_so_and_the_next_try_is_a_new_order(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    broken = FlatArtist(fails=ProviderError("The brush broke.", kind="provider"))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, MAKE), broken) as studio:
        turn = await studio.wait(await studio.send("t", "a fox"))
        assert turn.version
        assert turn.version.state == "failed"
        broken._fails = None
        again = await studio.wait(await studio.send("t", "try again"))
        assert again.version
        assert again.version.state == "ready"


async def test_an_edit_that_cannot_apply_says_what_is_allowed(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    bad = TurnPlan(intent="edit", edits=(SetDuration(shots=("s9",), seconds=2),))
    locked = TurnPlan(intent="edit", edits=(SetLock(shots=("s1",)), SetTime(shots=("s1",), time_of_day="night")))
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, bad, locked), working=False) as studio:
        await studio.send("t", "a fox")
        turn = await studio.send("t", "make shot 9 two seconds")
        assert turn.error
        assert (turn.error["shot"], turn.error["code"]) == ("s9", "edit")
        assert "locked" in (await studio.send("t", "lock and change")).reply
        assert len(await studio.versions("t")) == 1


async def test_a_reasoner_that_fails_answers_in_words_and_the_thread_goes_on(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    class Failing(Scripted):
        async def plan(self, situation: object) -> TurnPlan:
            if not self.plans:
                return MAKE
            self.plans.pop()
            raise ReasonerError("The model did not answer.", fix="Try again.")

    async with open_studio(valkey_url, tmp_path, Failing(MAKE), working=False) as studio:
        turn = await studio.send("t", "hello")
        assert turn.error
        assert turn.error["code"] == "reasoner"
        assert (await studio.send("t", "a fox")).version is not None


async def test_a_host_that_reasons_itself_renders_without_a_reasoner(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted()) as studio:
        quote = await studio.quote("t", FILM)
        assert len(quote.decisions) == 2
        assert await studio.ledger.open_ids() == ()
        turn = await studio.wait(await studio.render("t", FILM))
        assert turn.version
        assert turn.version.state == "ready"
        edited = await studio.wait(await studio.render("t", [SetTime(time_of_day="dusk")]))
        assert edited.version
        assert edited.version.number == 2


async def test_a_message_may_name_the_model_that_makes_it(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artists = (FlatArtist("cheap"), FlatArtist("dear", "0.10"))
    async with open_studio(valkey_url, tmp_path, Scripted(), *artists, working=False) as studio:
        name = studio.services.candidates[-1].id
        quote = await studio.quote("t", FILM, model=name)
        turn = await studio.render("t", FILM, model=name, approved=True)
        assert {shot.model for shot in quote.shots} == {shot.model for shot in turn.shots} == {name}
        with pytest.raises(InputError, match="There is no model 'sora-2'"):
            await studio.send("t", "a fox", model="sora-2")
        assert len(await studio.versions("t")) == 1


async def test_why_names_the_model_and_every_rejection(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artists = (FlatArtist("cheap"), FlatArtist("dear", "9"))
    why = TurnPlan(intent="why")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, why), *artists, working=False) as studio:
        await studio.send("t", "a fox")
        turn = await studio.send("t", "why this model?")
        assert "cheap:one" in turn.reply
        assert "not dear:one: can cost $9.00, over the clip limit of $0.50" in turn.reply


async def test_why_explains_a_reused_shot_by_the_decision_it_was_made_under(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    artists = (FlatArtist("cheap"), FlatArtist("dear", "9"))
    why = TurnPlan(intent="why")
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE, TITLE, why), *artists) as studio:
        await studio.wait(await studio.send("t", "a fox"))
        await studio.wait(await studio.send("t", "a title"))
        reply = (await studio.send("t", "why?")).reply
        assert reply.count("made by cheap:one") == 2
        assert reply.count("not dear:one") == 2


async def test_attached_text_becomes_citable_lines(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    reasoner = Scripted(TurnPlan(intent="answer", reply="yes"))
    async with open_studio(valkey_url, tmp_path, reasoner, working=False) as studio:
        await studio.send("t", "look", attachments=[Attachment(name="sheet.md", data=b"# Ember\n\nPrice: $89\n")])
        lines = reasoner.seen[0].context
        assert [(line.ref, line.text) for line in lines] == [("sheet.md:1", "Ember"), ("sheet.md:3", "Price: $89")]


async def test_a_text_the_host_knows_becomes_context_of_the_thread(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    answer = TurnPlan(intent="answer", reply="yes")
    reasoner = Scripted(answer, answer)
    async with open_studio(valkey_url, tmp_path, reasoner, working=False) as studio:
        await studio.send("t", "look", context={"order": "Price: $89"})
        await studio.send("t", "again")
        assert [line.ref for line in reasoner.seen[1].context] == ["order.md:1"]


async def test_a_message_can_be_answered_for_another_tenant(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as studio:
        turn = await studio.send("t", "a fox", tenant="theirs")
        assert turn.version
        assert len(await studio.for_tenant("theirs").versions("t")) == 1
        with pytest.raises(NotFoundError):
            await studio.versions("t")
        with pytest.raises(InputError, match="tenant"):
            await studio.send("t", "a fox", tenant="../theirs")


async def test_a_single_order_is_rendered_as_its_scene_says(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    artist = FlatArtist()
    order_ = order(FILM, FILM.shots[0])
    async with open_studio(valkey_url, tmp_path, Scripted(), artist) as studio:
        turn = await studio.wait(await studio.render("t", order_))
        assert turn.version
        assert turn.version.state == "ready"
        assert artist.rendered[0].scene == order_.scene


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": Size(width_px=640, height_px=360)}, "640x360 at 24 fps is not a house format"),
        ({"operation": "edit"}, "cannot be rendered by itself"),
        ({"scene": {"schema": 9}}, "schema 9"),
        ({"scene": {"schema": 1, "weather": "frogs"}}, "not valid at weather"),
    ],
)
async def test_an_order_a_shot_cannot_say_is_refused_with_the_place(
    redis: Redis, valkey_url: str, tmp_path: Path, change: dict[str, object], said: str
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        with pytest.raises(InputError, match=said):
            await studio.render("t", order(FILM, FILM.shots[0]).model_copy(update=change))


async def test_a_video_is_refused_for_now_and_nothing_is_sent(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        with pytest.raises(AttachmentError, match="video"):
            await studio.send(
                "t", "look", attachments=[Attachment(name="a.mp4", data=b"\0\0\0\x18ftypmp42" + b"\0" * 99)]
            )
        with pytest.raises(NotFoundError):
            await studio.versions("t")


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x01", "x" * 100_000])
async def test_a_message_that_cannot_be_used_changes_nothing(
    redis: Redis, valkey_url: str, tmp_path: Path, text: str
) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        with pytest.raises(MessageError):
            await studio.send("t", text)
        assert await redis.keys("*thread*") == []


async def test_a_thread_name_that_could_be_a_path_is_refused(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with open_studio(valkey_url, tmp_path, Scripted(), working=False) as studio:
        with pytest.raises(InputError, match="cannot be a thread's name"):
            await studio.send("../etc", "hello")


async def test_another_tenant_sees_nothing_of_a_thread(redis: Redis, valkey_url: str, tmp_path: Path) -> None:
    async with (
        open_studio(valkey_url, tmp_path, Scripted(MAKE), working=False) as mine,
        open_studio(valkey_url, tmp_path / "b", Scripted(), working=False, tenant="theirs") as theirs,
    ):
        turn = await mine.send("t", "a fox")
        assert turn.version
        with pytest.raises(NotFoundError):
            await theirs.versions("t")
        with pytest.raises(NotFoundError):
            await theirs.version("t", turn.version.id)


async def test_pricing_a_storyboard_no_model_can_make_raises_with_the_shot(
    redis: Redis, valkey_url: str, tmp_path: Path
) -> None:
    policy = RoutingPolicy(budgets=Budgets(per_clip_usd=Decimal(0)))
    async with open_studio(valkey_url, tmp_path, Scripted(), FlatArtist("paid", "1"), policy=policy) as studio:
        with pytest.raises(RoutingError, match="Shot 1"):
            await studio.quote("t", FILM)

"""A job at the vendor: its states, its failures, and stopping it."""

# ruff: noqa: D102 - the name of a test is its sentence

from __future__ import annotations

import pytest

from cutaway.errors import FailureKind, ProviderError
from cutaway.testing.server import HTML, Reply
from cutaway.testing.stage import IMPATIENT, Stage, needs

BROKEN = {
    "500": Reply.of({"error": {"message": "internal error"}}, 500),
    "503 from a proxy": Reply(503, HTML, {"content-type": "text/html"}),
    "garbage": Reply(200, b"<html>Welcome</html>", {"content-type": "text/html"}),
    "truncated": Reply(200, b'{"status": "succ', {"content-type": "application/json"}),
    "dropped": Reply(act="drop_after"),
    "hang": Reply(act="hang"),
}


class Jobs(Stage):
    """`poll` and `cancel`."""

    async def test_each_state_of_a_job_is_read(self, state: str | None) -> None:
        needs(state, "polls")
        assert state is not None
        async with self.scene() as scene:
            status = await scene.polled(scene.shapes.polls[state])
            assert status.state == state
            assert (status.failure is not None) or state in {"queued", "running", "succeeded", "cancelled", "expired"}
            assert bool(status.outputs) == (state == "succeeded")
            assert scene.posts == 1

    async def test_a_finished_job_says_what_it_cost(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.polls.get("succeeded"), "finished job")
            status = await scene.polled(scene.shapes.polls["succeeded"])
            assert status.cost_usd == scene.shapes.cost_usd

    async def test_a_failed_job_says_why(self, failure: FailureKind | None) -> None:
        needs(failure, "failures")
        assert failure is not None
        async with self.scene() as scene:
            status = await scene.polled(scene.shapes.failures[failure])
            assert status.state == "failed"
            assert status.failure is not None
            assert status.failure.kind == failure, status.failure.message
            assert status.failure.message
            assert status.outputs == ()

    async def test_a_status_word_that_nobody_knows_raises(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.unknown_word, "unknown word")
            handle = await scene.placed(scene.shapes.unknown_word)
            with pytest.raises(ProviderError):
                await scene.us.poll(handle)

    async def test_a_job_that_the_vendor_forgot_is_lost(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.gone, "answer about a job it forgot")
            status = await scene.polled(scene.shapes.gone)
            assert status.state == "lost"
            assert status.failure is not None
            assert status.failure.kind == "not_found"

    @pytest.mark.parametrize("fault", list(BROKEN))
    async def test_a_broken_poll_may_be_asked_again_and_says_nothing_about_the_job(self, fault: str) -> None:
        async with self.scene(**(IMPATIENT if fault == "hang" else {})) as scene:
            needs(scene.shapes.routes.get("poll"), "route 'poll'")
            handle = await scene.submit()
            scene.vendor.answer("poll", BROKEN[fault])
            with pytest.raises(ProviderError) as caught:
                await scene.us.poll(handle)
            assert caught.value.retryable, str(caught.value)

    async def test_polling_twice_says_the_same(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.polls, "polls")
            handle = await scene.placed(list(scene.shapes.polls.values())[-1])
            assert await scene.us.poll(handle) == await scene.us.poll(handle)

    async def test_a_job_is_stopped_with_one_request_where_the_vendor_can(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.cancelled, "way to stop a job")
            assert scene.profile.cancel != "none", "the shapes can stop a job, the profile says nobody can"
            polls = scene.shapes.polls
            handle = await scene.placed(polls.get("queued") or polls.get("running"), scene.shapes.cancelled)
            assert await scene.us.cancel(handle) is True
            assert len(scene.vendor.asked("cancel")) == 1
            assert scene.posts == 1

    async def test_a_job_that_cannot_be_stopped_says_so(self) -> None:
        async with self.scene() as scene:
            if scene.shapes.cancelled:
                pytest.skip("the vendor can stop a job")
            assert scene.profile.cancel == "none"
            assert await scene.us.cancel(await scene.submit()) is False

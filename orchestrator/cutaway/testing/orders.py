"""Placing an order: exactly one POST, an honest outcome, and the last word to whoever holds the lease."""

# ruff: noqa: D102 - the name of a test is its sentence

from __future__ import annotations

import pytest

from cutaway.contract import Handle
from cutaway.errors import FailureKind, ProviderError, StaleLeaseError, SubmitUnknownError
from cutaway.testing.server import FAULTS, Reply, closed_port
from cutaway.testing.stage import IMPATIENT, Stage, needs


class Orders(Stage):
    """`submit` and `find`."""

    async def test_an_accepted_order_gives_the_vendors_id(self) -> None:
        async with self.scene() as scene:
            handle = await scene.submit()
            assert scene.posts == 1
            assert handle.provider == scene.us.name
            assert handle.model == scene.shapes.model
            assert handle.native_id
            if scene.shapes.native_id is not None:
                assert handle.native_id == scene.shapes.native_id
            assert set(handle.kept) == set(scene.kept)

    async def test_a_handle_survives_json(self) -> None:
        async with self.scene() as scene:
            handle = await scene.submit()
            assert Handle.model_validate_json(handle.model_dump_json()) == handle

    @pytest.mark.parametrize("fault", list(FAULTS))
    async def test_a_lost_answer_costs_one_post_and_leaves_the_order_unknown(self, fault: str) -> None:
        async with self.scene(**(IMPATIENT if fault == "hang" else {})) as scene:
            scene.vendor.answer("submit", FAULTS[fault])
            with pytest.raises(SubmitUnknownError):
                await scene.submit()
            assert scene.posts == 1

    async def test_the_answer_that_breaks_off_in_the_middle_leaves_the_order_unknown(self) -> None:
        async with self.scene() as scene:
            told = scene.shapes.accepted["submit"]
            whole = scene.vendor.reply(told[0] if isinstance(told, list) else told)
            half = Reply(whole.status, whole.body[: len(whole.body) // 2], whole.headers)
            if not half.body or not whole.headers.get("content-type", "").startswith("application/json"):
                pytest.skip("the vendor answers an order with a file")
            scene.vendor.answer("submit", half)
            with pytest.raises(SubmitUnknownError):
                await scene.submit()
            assert scene.posts == 1

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    async def test_a_redirected_order_is_not_followed_and_stays_unknown(self, status: int) -> None:
        async with self.scene() as scene:
            target = f"{scene.vendor.base_url}/elsewhere"
            scene.vendor.answer("submit", Reply(status, b"moved", {"location": target}))
            with pytest.raises(SubmitUnknownError):
                await scene.submit()
            assert scene.posts == 1
            assert scene.vendor.strays == []

    async def test_an_order_to_a_closed_door_is_surely_not_taken(self) -> None:
        async with self.scene(f"http://127.0.0.1:{closed_port()}") as scene:
            with pytest.raises(ProviderError) as caught:
                await scene.submit()
            assert not isinstance(caught.value, SubmitUnknownError)
            assert caught.value.retryable
            assert caught.value.kind in {"provider", "capacity"}

    async def test_a_refused_order_is_surely_not_taken_and_says_why(self, refusal: FailureKind | None) -> None:
        needs(refusal, "refusals")
        assert refusal is not None
        async with self.scene() as scene:
            scene.vendor.play(scene.shapes.refusals[refusal])
            with pytest.raises(ProviderError) as caught:
                await scene.submit()
            assert not isinstance(caught.value, SubmitUnknownError)
            assert caught.value.kind == refusal, str(caught.value)
            assert caught.value.retryable in (
                {False, True} if refusal in {"quota", "capacity", "provider"} else {False}
            )
            assert scene.posts == 1

    async def test_too_many_orders_are_told_when_to_come_back(self) -> None:
        async with self.scene() as scene:
            scene.vendor.answer("submit", Reply.of({"error": {"message": "slow down"}}, 429, retry_after="7"))
            with pytest.raises(ProviderError) as caught:
                await scene.submit()
            assert not isinstance(caught.value, SubmitUnknownError)
            assert (caught.value.kind, caught.value.retryable) == ("quota", True)
            assert caught.value.retry_after_s == 7
            assert scene.posts == 1

    async def test_a_lost_lease_keeps_the_order_here(self) -> None:
        def lost() -> None:
            raise StaleLeaseError("The lease ran out.")

        async with self.scene() as scene:
            with pytest.raises(StaleLeaseError):
                await scene.submit(still_ours=lost)
            assert scene.posts == 0

    async def test_the_lease_is_asked_right_before_the_order_leaves(self) -> None:
        async with self.scene() as scene:
            seen: list[int] = []
            await scene.submit(still_ours=lambda: seen.append(len(scene.vendor.requests)))
            assert seen, "still_ours was never called"
            assert scene.vendor.requests[seen[-1]].route == "submit"

        async with self.scene() as scene:
            calls = 0

            def lost_at_last() -> None:
                nonlocal calls
                calls += 1
                if calls == len(seen):
                    raise StaleLeaseError("The lease ran out while the order was on its way out.")

            with pytest.raises(StaleLeaseError):
                await scene.submit(still_ours=lost_at_last)
            assert scene.posts == 0

    async def test_an_order_whose_answer_was_lost_is_found(self) -> None:
        async with self.scene() as scene:
            needs(scene.shapes.listed, "list to find an order in")
            scene.vendor.play(scene.shapes.listed)
            found = await scene.us.find(scene.shapes.model, scene.order, "op-0001")
            assert found is not None
            assert found.native_id == scene.shapes.native_id
            assert (found.provider, found.model) == (scene.us.name, scene.shapes.model)
            scene.vendor.play(scene.shapes.unlisted)
            if scene.shapes.unlisted:
                assert await scene.us.find(scene.shapes.model, scene.order, "op-0001") is None
            assert scene.posts == 0

    async def test_a_search_that_the_vendor_cannot_make_is_refused_and_never_says_not_there(self) -> None:
        async with self.scene() as scene:
            if scene.profile.submit_tier in {"findable", "listable"}:
                pytest.skip("the vendor can look orders up")
            with pytest.raises(ProviderError) as caught:
                await scene.us.find(scene.shapes.model, scene.order, "op-0001")
            assert caught.value.kind == "unsupported"

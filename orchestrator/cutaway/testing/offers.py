"""What an adapter offers, and what it refuses before anything leaves."""

# ruff: noqa: D102 - the name of a test is its sentence

from __future__ import annotations

from datetime import date
from typing import Final, get_args

import pytest

from cutaway.contract import (
    ChecksAccount,
    GenerationRequest,
    InputRole,
    Modality,
    ModelProfile,
    OperationKind,
    RemoteProvider,
)
from cutaway.errors import ProviderError
from cutaway.testing.server import Reply, closed_port
from cutaway.testing.stage import Scene, Stage, needs

MEDIA: Final = {"source_video": "video/mp4", "reference_video": "video/mp4", "reference_audio": "audio/mpeg"}


async def refused(scene: Scene, order: GenerationRequest, model: str = "", kinds: str = "unsupported") -> None:
    """The order is refused and nothing is sent, not even an upload."""
    with pytest.raises(ProviderError) as caught:
        await scene.submit(order, model)
    assert caught.value.kind in kinds.split(), f"refused as {caught.value.kind}: {caught.value}"
    assert not caught.value.retryable
    assert scene.vendor.requests == []


class Offers(Stage):
    """Profiles, refusals of what the model cannot do, the check of an account, and being closed."""

    async def test_it_is_a_remote_provider_with_a_name(self) -> None:
        async with self.scene() as scene:
            assert isinstance(scene.us, RemoteProvider)
            assert isinstance(scene.us.name, str)
            assert scene.us.name

    async def test_profiles_are_valid_and_each_id_is_there_once(self) -> None:
        async with self.scene() as scene:
            profiles = scene.us.profiles()
            assert profiles
            ids = [profile.id for profile in profiles]
            assert sorted(set(ids)) == sorted(ids)
            for profile in profiles:
                assert ModelProfile.model_validate_json(profile.model_dump_json()) == profile
                assert profile.operations
                assert profile.title
                assert set(profile.required_roles) <= set(profile.input_roles), profile.id
            assert scene.profile
            assert scene.vendor.requests == []

    async def test_every_price_is_dated_and_has_a_source(self) -> None:
        async with self.scene() as scene:
            for profile in scene.us.profiles():
                if profile.price is not None:
                    assert profile.price.source, profile.id
                    assert profile.price.as_of <= date.today()  # noqa: DTZ011 - a price list has a day, not a zone

    async def test_the_kits_order_has_a_price_when_its_model_has_one(self) -> None:
        async with self.scene() as scene:
            price = scene.profile.price
            needs(price, "priced model")
            assert price is not None
            most, usual = price.upper_bound_usd(scene.order), price.expected_usd(scene.order)
            assert most is not None
            assert usual is not None
            assert 0 <= usual <= most

    async def test_an_unknown_model_is_refused_and_nothing_is_sent(self) -> None:
        async with self.scene() as scene:
            await refused(scene, scene.order, "no-such-model")

    async def test_an_unsupported_operation_is_refused_and_nothing_is_sent(self) -> None:
        async with self.scene() as scene:
            others = [one for one in get_args(OperationKind) if one not in scene.profile.operations]
            needs(others, "operation that the model lacks")
            for operation in others:
                await refused(scene, scene.order.model_copy(update={"operation": operation}))

    async def test_another_modality_is_refused_and_nothing_is_sent(self) -> None:
        async with self.scene() as scene:
            for modality in get_args(Modality):
                if modality != scene.profile.modality:
                    await refused(scene, scene.order.model_copy(update={"modality": modality}))

    async def test_an_input_that_the_model_does_not_take_is_refused_and_nothing_is_sent(self) -> None:
        async with self.scene() as scene:
            others = [role for role in get_args(InputRole) if role not in scene.profile.input_roles]
            needs(others, "input role that the model lacks")
            before = [one.model_dump() for one in scene.order.inputs]
            for role in others:
                extra = scene.input(role, MEDIA.get(role, "image/png"))
                await refused(scene, scene.shapes.order(inputs=[*before, extra]))

    async def test_an_order_without_an_input_that_the_model_needs_is_refused(self) -> None:
        async with self.scene() as scene:
            needs(scene.profile.required_roles, "model that needs an input")
            await refused(scene, scene.shapes.order(inputs=[]))

    async def test_sound_is_refused_by_a_model_without_it(self) -> None:
        async with self.scene() as scene:
            if scene.profile.audio != "never":
                pytest.skip("the model makes sound")
            await refused(scene, scene.order.model_copy(update={"audio": True}))

    async def test_words_over_the_models_limit_are_refused_and_nothing_is_sent(self) -> None:
        async with self.scene() as scene:
            prompt = "x" * (scene.profile.max_prompt_chars + 1)
            brief = scene.order.brief.model_copy(update={"prompt": prompt})
            await refused(scene, scene.order.model_copy(update={"brief": brief}), kinds="unsupported invalid")

    async def test_a_check_of_the_account_says_what_answered(self) -> None:
        async with self.scene() as scene:
            if not isinstance(scene.us, ChecksAccount):
                pytest.skip("the adapter cannot check its account")
            needs(scene.shapes.routes.get("check"), "route 'check'")
            scene.vendor.answer("check", Reply.of({}))
            scene.vendor.play(scene.shapes.checked)
            assert await scene.us.check()
            assert scene.posts == 0

    async def test_a_check_with_a_bad_key_says_so(self) -> None:
        async with self.scene() as scene:
            if not isinstance(scene.us, ChecksAccount):
                pytest.skip("the adapter cannot check its account")
            needs(scene.shapes.routes.get("check"), "route 'check'")
            told = scene.shapes.refusals.get("auth", {}).get("submit")
            bad = Reply.of({"error": {"message": "bad key"}}, 401)
            if told is not None and not isinstance(told, list):
                bad = scene.vendor.reply(told)
            scene.vendor.answer("check", bad)
            with pytest.raises(ProviderError) as caught:
                await scene.us.check()
            assert caught.value.kind == "auth"

    async def test_a_check_where_nobody_listens_raises(self) -> None:
        async with self.scene(f"http://127.0.0.1:{closed_port()}") as scene:
            if not isinstance(scene.us, ChecksAccount):
                pytest.skip("the adapter cannot check its account")
            with pytest.raises(ProviderError):
                await scene.us.check()

    async def test_closing_it_twice_is_fine(self) -> None:
        async with self.scene() as scene:
            close = getattr(scene.us, "aclose", None)
            if close is None:
                pytest.skip("the adapter has nothing to close")
            await scene.submit()
            await close()
            await close()

"""Adapters that each break one promise, with the behaviours that must notice it and no other.

All are changes of the example's adapter (`examples/custom_provider`), which keeps every promise.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Final

import httpx

from acme_video.vendor import Acme
from cutaway.contract import GenerationRequest, Handle, ModelProfile, Placing, RemoteProvider, Status
from cutaway.errors import ProviderError, SubmitUnknownError
from cutaway.testing import KEY, ProviderContract
from cutaway.vendor import Account, CatalogModel, RemoteVendor, read_account, read_catalog, text
from cutaway.vendor.catalog import merge

FRAME: Final = {"role": "first_frame", "media_type": "image/png"}

TWO_POSTS: Final = {
    "a_lost_answer_costs_one_post_and_leaves_the_order_unknown",
    "the_answer_that_breaks_off_in_the_middle_leaves_the_order_unknown",
    "a_redirected_order_is_not_followed_and_stays_unknown",
}


class Sound(Acme):
    """Keeps every promise."""

    breaks: ClassVar[set[str]] = set()
    model: ClassVar[dict[str, Any]] = {}
    """What differs in its model."""
    shapes: ClassVar[dict[str, Any]] = {}
    """What differs in its vendor's shapes; None takes something away."""

    async def ordered(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        return await Acme.submit(self, model, request, placing)

    async def asked(self, handle: Handle) -> Status:
        return await Acme.poll(self, handle)


class Plain(Sound):
    """Keeps every promise, of a vendor that can neither look orders up nor stop them."""

    model: ClassVar = {"submit_tier": "blind", "cancel": "none"}
    shapes: ClassVar = {"listed": None, "unlisted": None, "cancelled": None}

    find = RemoteVendor.find
    cancel = RemoteVendor.cancel


# --- orders -----------------------------------------------------------------------------------------------------------


class OrdersAgain(Sound):
    """Takes a lost answer for a reason to try again."""

    breaks = TWO_POSTS

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await self.ordered(model, request, placing)
        except SubmitUnknownError:
            return await self.ordered(model, request, placing)


class SureOfALoss(Sound):
    """Calls an order refused whose answer was lost."""

    breaks = TWO_POSTS

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await self.ordered(model, request, placing)
        except SubmitUnknownError as error:
            raise ProviderError(error.message, kind="provider", retryable=True) from None


class NeverSure(Sound):
    """Calls every order unknown that went wrong."""

    breaks: ClassVar = {
        "a_refused_order_is_surely_not_taken_and_says_why",
        "an_order_to_a_closed_door_is_surely_not_taken",
        "too_many_orders_are_told_when_to_come_back",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await self.ordered(model, request, placing)
        except ProviderError as error:
            if error.kind == "unsupported":
                raise
            raise SubmitUnknownError(error.message, kind="unknown") from None


class Impatient(Sound):
    """Forgets when it may come back."""

    breaks: ClassVar = {"too_many_orders_are_told_when_to_come_back"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await self.ordered(model, request, placing)
        except ProviderError as error:
            error.retry_after_s = None
            raise


class NeverAsks(Sound):
    """Sends the order whether or not it still holds the lease."""

    breaks: ClassVar = {
        "a_lost_lease_keeps_the_order_here",
        "the_lease_is_asked_right_before_the_order_leaves",
    }

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        return await self.ordered(model, request, Placing(placing.key, inputs=placing.inputs))


class AsksEarly(Sound):
    """Asks about the lease before it prepares the order, and never again."""

    breaks: ClassVar = {"the_lease_is_asked_right_before_the_order_leaves"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        self.model_for(model, request)
        placing.still_ours()
        with contextlib.suppress(ProviderError):
            await self.client.get_json("/account")
        return await self.ordered(model, request, Placing(placing.key, inputs=placing.inputs))


class Renames(Sound):
    """Makes up the ids of jobs."""

    breaks: ClassVar = {"an_accepted_order_gives_the_id_that_the_vendor_said"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        handle = await self.ordered(model, request, placing)
        return handle.model_copy(update={"native_id": f"{handle.native_id}-1"})


class KeepsATime(Sound):
    """Puts something into a handle that JSON does not give back."""

    breaks: ClassVar = {"a_handle_survives_json"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        handle = await self.ordered(model, request, placing)
        return handle.model_copy(update={"data": {"at": datetime.now(UTC)}})


class KeepsTheKey(Sound):
    """Puts its key into the handle, which is stored."""

    breaks: ClassVar = {"a_handle_holds_no_key", "no_error_and_no_log_line_shows_the_key"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        handle = await self.ordered(model, request, placing)
        return handle.model_copy(update={"data": {"key": KEY}})


class ShowsTheKey(Sound):
    """Puts its key into an error."""

    breaks: ClassVar = {"no_error_and_no_log_line_shows_the_key"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        try:
            return await self.ordered(model, request, placing)
        except ProviderError as error:
            error.message += f" (with the key {KEY})"
            raise


class SendsTheKeyTwice(Sound):
    """Puts its key into the words of the order, too."""

    breaks: ClassVar = {"the_key_travels_in_one_header_and_nowhere_else"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        brief = request.brief.model_copy(update={"prompt": f"{request.brief.prompt} {KEY}"})
        return await self.ordered(model, request.model_copy(update={"brief": brief}), placing)


class SaysNotThere(Plain):
    """Says that an order is not there without having looked."""

    breaks: ClassVar = {"a_search_that_the_vendor_cannot_make_is_refused_and_never_says_not_there"}

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        return None


class FindsTheFirst(Sound):
    """Takes the newest job of a list for its own."""

    breaks: ClassVar = {"an_order_whose_answer_was_lost_is_found"}

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        jobs = (await self.client.get_json("/jobs")).data["jobs"]
        return Handle(provider=self.name, model=model, native_id=text(jobs[0], "job"))


# --- offers -----------------------------------------------------------------------------------------------------------


class Nameless(Sound):
    """Has no name."""

    breaks: ClassVar = {"it_is_a_remote_provider_with_a_name"}

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self.name = ""


class Doubles(Sound):
    """Offers a model twice."""

    breaks: ClassVar = {"profiles_are_valid_and_each_id_is_there_once"}

    def profiles(self) -> tuple[ModelProfile, ...]:
        return super().profiles() * 2


class FuturePrice(Sound):
    """Has a price of a day to come."""

    breaks: ClassVar = {"every_price_is_dated_and_has_a_source"}
    model: ClassVar = {"price": {"as_of": "2999-01-01"}}


class NoPriceForThis(Sound):
    """Has a price list without the order's size."""

    breaks: ClassVar = {"an_order_has_a_price_when_its_model_has_one"}
    model: ClassVar = {"price": {"rates": [{"resolutions": ["4k"]}]}}


class AnyModel(Sound):
    """Takes another model for one that it does not have."""

    breaks: ClassVar = {"an_unknown_model_is_refused_and_nothing_is_sent"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        return await self.ordered(model if model in self.models else next(iter(self.models)), request, placing)


class LeavesOut(Sound):
    """Leaves out of an order what it cannot do. Subclasses say what."""

    instead: ClassVar[dict[str, Any]] = {}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        return await self.ordered(model, request.model_copy(update=self.instead), placing)


class LeavesOutTheOperation(LeavesOut):
    breaks: ClassVar = {"an_unsupported_operation_is_refused_and_nothing_is_sent"}
    instead: ClassVar = {"operation": "generate"}


class LeavesOutTheModality(LeavesOut):
    breaks: ClassVar = {"another_modality_is_refused_and_nothing_is_sent"}
    instead: ClassVar = {"modality": "video"}


class LeavesOutInputs(LeavesOut):
    breaks: ClassVar = {"an_input_that_the_model_does_not_take_is_refused_and_nothing_is_sent"}
    instead: ClassVar = {"inputs": ()}


class LeavesOutSound(LeavesOut):
    breaks: ClassVar = {"sound_is_refused_by_a_model_without_it"}
    instead: ClassVar = {"audio": False}


class CutsWords(Sound):
    """Sends the beginning of what is too long."""

    breaks: ClassVar = {"words_over_the_limit_are_refused_and_nothing_is_sent"}

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        brief = request.brief.model_copy(update={"prompt": request.brief.prompt[:1000]})
        return await self.ordered(model, request.model_copy(update={"brief": brief}), placing)


class NeedsNothing(Sound):
    """Orders without the picture that its model needs."""

    breaks: ClassVar = {"an_order_without_an_input_that_the_model_needs_is_refused"}
    shapes: ClassVar = {"request": {"inputs": [FRAME]}}

    def profiles(self) -> tuple[ModelProfile, ...]:
        return tuple(one.model_copy(update={"required_roles": ("first_frame",)}) for one in super().profiles())


class ClosesOnce(Sound):
    """Fails when it is closed again."""

    breaks: ClassVar = {"closing_it_twice_is_fine"}
    closed = 0

    async def aclose(self) -> None:
        await super().aclose()
        self.closed += 1
        if self.closed == 2:
            raise RuntimeError("closed already")


class AlwaysFine(Sound):
    """Says that an account is fine without having asked."""

    breaks: ClassVar = {"a_check_where_nobody_listens_raises", "a_check_with_a_bad_key_says_so"}

    async def check(self) -> str:
        return "fine"


class ChecksWithoutAWord(Sound):
    """Says nothing about an account that is fine."""

    breaks: ClassVar = {"a_check_of_the_account_says_what_answered"}

    async def check(self) -> str:
        await self.client.get_json("/account")
        return ""


# --- jobs -------------------------------------------------------------------------------------------------------------


class Hopeful(Sound):
    """Takes a word that it does not know for "queued"."""

    breaks: ClassVar = {"a_status_word_that_nobody_knows_raises"}

    async def poll(self, handle: Handle) -> Status:
        try:
            return await self.asked(handle)
        except ProviderError as error:
            if error.kind != "unsupported":
                raise
            return Status(state="queued")


class GivesUp(Sound):
    """Takes a broken answer for the end of the job."""

    breaks: ClassVar = {"a_broken_poll_may_be_asked_again_and_says_nothing_about_the_job"}

    async def poll(self, handle: Handle) -> Status:
        try:
            return await self.asked(handle)
        except ProviderError as error:
            error.retryable = False
            raise


class Forgetful(Sound):
    """Calls a job failed that its vendor forgot."""

    breaks: ClassVar = {"a_job_that_the_vendor_forgot_is_lost"}

    async def poll(self, handle: Handle) -> Status:
        status = await self.asked(handle)
        return status.model_copy(update={"state": "failed"} if status.state == "lost" else {})


class Blames(Sound):
    """Blames every failure on the provider."""

    breaks: ClassVar = {"a_failed_job_says_why"}

    async def poll(self, handle: Handle) -> Status:
        status = await self.asked(handle)
        if status.state == "failed" and status.failure:
            return status.model_copy(update={"failure": status.failure.model_copy(update={"kind": "provider"})})
        return status


class Charges(Sound):
    """Makes up what a job cost."""

    breaks: ClassVar = {"a_finished_job_says_what_it_cost"}

    async def poll(self, handle: Handle) -> Status:
        return (await self.asked(handle)).model_copy(update={"cost_usd": Decimal(1)})


class ReadsRunningAsQueued(Sound):
    """Reads one state as another."""

    breaks: ClassVar = {"each_state_of_a_job_is_read"}

    async def poll(self, handle: Handle) -> Status:
        status = await self.asked(handle)
        return status.model_copy(update={"state": "queued"} if status.state == "running" else {})


class Fickle(Sound):
    """Says something else each time about a job that has not moved."""

    breaks: ClassVar = {"polling_twice_says_the_same"}
    polled = 0

    async def poll(self, handle: Handle) -> Status:
        self.polled += 1
        return (await self.asked(handle)).model_copy(update={"poll_after_s": float(self.polled)})


class SaysItStopped(Sound):
    """Says that a job stops without having asked."""

    breaks: ClassVar = {"a_job_is_stopped_with_one_request_where_the_vendor_can"}

    async def cancel(self, handle: Handle) -> bool:
        return True


class PromisesToStop(Sound):
    """Promises to stop jobs of a vendor that cannot."""

    breaks: ClassVar = {"a_job_that_cannot_be_stopped_says_so"}
    shapes: ClassVar = {"cancelled": None}


# --- results ----------------------------------------------------------------------------------------------------------


class LosesTheBeginning(Sound):
    """Leaves out the first bytes of a result."""

    breaks: ClassVar = {
        "every_output_is_fetched_as_the_vendor_sends_it",
        "a_result_in_another_place_is_fetched_without_the_key",
    }

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        first = True
        async for piece in super().fetch(handle, output):
            yield piece[4:] if first else piece
            first = False


class TakesWhatComes(Sound):
    """Takes what it has of a result that broke off for the whole."""

    breaks: ClassVar = {
        "a_broken_result_raises",
        "a_result_over_the_limit_raises",
        "a_result_that_points_into_the_house_raises",
    }

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        with contextlib.suppress(ProviderError):
            async for piece in super().fetch(handle, output):
                yield piece


class FetchesByItself(Sound):
    """Fetches with a client of its own, which follows redirects and takes the key along."""

    breaks: ClassVar = {
        "a_broken_result_raises",
        "a_result_over_the_limit_raises",
        "a_result_that_points_into_the_house_raises",
        "a_result_in_another_place_is_fetched_without_the_key",
    }

    async def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        client = httpx.AsyncClient(headers={"X-Key": KEY}, follow_redirects=True, trust_env=False)
        async with client, client.stream("GET", output) as response:
            async for piece in response.aiter_bytes():
                yield piece


def vendors() -> tuple[type[Sound], ...]:
    """Every one of this file."""
    return tuple(
        one for one in globals().values() if isinstance(one, type) and issubclass(one, Sound) and one is not LeavesOut
    )


def contract_of(kind: type[Sound], shapes: Path) -> type[ProviderContract]:
    """The whole contract of one of them. The file of its shapes names it in the table."""

    def build(self: ProviderContract, base_url: str, **settings: Any) -> RemoteProvider:
        given = {"base_url": base_url + "/v1", "api_key": KEY} | settings
        # Into the catalog: settings would not be let say what some of these models say.
        catalog = [
            CatalogModel.model_validate(merge(model.model_dump(exclude_unset=True), kind.model))
            for model in read_catalog("acme_video", "acme")
        ]
        return kind(read_account(given, Account, adapter="acme", base_url="", catalog=catalog))

    return type(f"Test{kind.__name__}", (ProviderContract,), {"shapes": shapes, "build": build})


def shapes_of(kind: type[Sound], plain: Mapping[str, Any]) -> dict[str, Any]:
    """The shapes of its vendor, made from those of the example."""
    return {name: value for name, value in (dict(plain) | kind.shapes).items() if value is not None}

"""The two kinds of provider, what they may add, and what an entry point names."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Protocol, runtime_checkable

from cutaway.contract.jobs import Cancelled, Handle, Heard, ListedJob, Placing, Progress, Rendered, Status, WebhookCall
from cutaway.contract.models import ModelProfile
from cutaway.contract.orders import GenerationRequest

CONTRACT_VERSION: Final = 1
"""Raised only when something is taken away; what is added keeps it."""


@runtime_checkable
class LocalProvider(Protocol):
    """An artist that runs in our own worker process."""

    name: str

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models this artist offers."""
        ...

    async def render(
        self,
        model: str,
        request: GenerationRequest,
        inputs: Mapping[str, Path],
        out: Path,
        progress: Progress,
        cancelled: Cancelled,
    ) -> Rendered:
        """Draw the order into the file `out` (its suffix is `.mp4`).

        `inputs` maps an input's sha256 to a readable local file. Raises `ProviderError` when it cannot, and
        `StoppedError` within one frame after `cancelled()` turns true.
        """
        ...


@runtime_checkable
class RemoteProvider(Protocol):
    """A vendor reached over HTTP. Every method is one request; `submit` sends exactly one POST."""

    name: str

    def profiles(self) -> tuple[ModelProfile, ...]:
        """The models this account can use."""
        ...

    async def submit(self, model: str, request: GenerationRequest, placing: Placing) -> Handle:
        """Place the order once. Raises `ProviderError` (surely not taken) or `SubmitUnknownError`.

        Uploads of inputs come before; they may be repeated. What the order asks and the vendor cannot do is refused
        (kind "unsupported"), never left out.
        """
        ...

    async def poll(self, handle: Handle) -> Status:
        """Ask how the job stands. A status word the adapter does not know raises."""
        ...

    def fetch(self, handle: Handle, output: str) -> AsyncIterator[bytes]:
        """Stream one output; the key goes only to the vendor's own origin."""
        ...

    async def find(
        self, model: str, request: GenerationRequest, key: str, since: datetime | None = None
    ) -> Handle | None:
        """Look for an order whose answer was lost. `None` means surely not there.

        `since` is when the order's intent was written: an older job cannot be it. Raises `ProviderError` when the
        vendor's answer leaves doubt.
        """
        ...

    async def cancel(self, handle: Handle) -> bool:
        """Ask the vendor to stop; true when it says it will."""
        ...


@runtime_checkable
class ListsJobs(Protocol):
    """What a remote provider adds when its vendor can list what an account ordered; audits read it."""

    async def listed(self, since: datetime) -> tuple[ListedJob, ...]:
        """The account's jobs since a moment. Raises `ProviderError` when the list does not surely reach back to it."""
        ...


@runtime_checkable
class HearsWebhooks(Protocol):
    """What a remote provider adds when its vendor reports by webhook."""

    async def parse_webhook(self, call: WebhookCall, now: datetime) -> Heard:
        """The job a call is about. Raises `ProviderError` (kind "invalid") when it names none."""
        ...


@runtime_checkable
class ChecksAccount(Protocol):
    """What a remote provider adds when one free request can tell whether its address and key are good."""

    async def check(self) -> str:
        """One sentence about what answered. Raises `ProviderError`; spends nothing."""
        ...


@runtime_checkable
class ListsPrices(Protocol):
    """What a remote provider adds when its vendor publishes prices at a free address."""

    async def listed_prices(self) -> Mapping[str, Mapping[str, Decimal]]:
        """USD per second by tier ("any" where there is one) of each model, by its name on the wire.

        Raises `ProviderError`; spends nothing.
        """
        ...


Provider = LocalProvider | RemoteProvider


def _no_models() -> tuple[ModelProfile, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Adapter:
    """What an entry point of the group `cutaway.providers` names: how to build an instance, what is known without one.

    `build(**settings)` gives a provider or raises `ConfigError` (`NotConfiguredError` when settings are missing that it
    cannot do without). `models` lists what the adapter knows, with no key and no network. `key_variables` are the
    vendor's own names for its key in an environment; the first is the one to tell people about. `listed_as` are the
    names that LiteLLM's price map has for this vendor.
    """

    build: Callable[..., Provider]
    models: Callable[[], tuple[ModelProfile, ...]] = _no_models
    key_variables: tuple[str, ...] = ()
    title: str = ""
    home_url: str = ""
    listed_as: tuple[str, ...] = ()

    def __call__(self, **settings: Any) -> Provider:
        """The same as `build`."""
        return self.build(**settings)

"""What vendors call to say that a job moved. Nothing of it is believed; all it does is make a poll due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from cutaway.contract import Heard, HearsWebhooks, Provider, WebhookCall
from cutaway.errors import NotFoundError
from cutaway.ledger import Ledger


class Hooks:
    """The webhooks of the providers that are here."""

    def __init__(self, ledger: Ledger, providers: Mapping[str, Provider], clock: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._providers = providers
        self._clock = clock

    async def hint(self, provider: str, native_id: str) -> bool:
        """A vendor's webhook says that its job moved: look at it now. Nothing else of a webhook is believed."""
        return await self._ledger.nudge(provider, native_id)

    async def webhook(self, provider: str, call: WebhookCall) -> Heard:
        """Take an HTTP call that claims to come from a vendor: verified or not, all it does is make a poll due.

        Raises `NotFoundError` for a provider that is not here or reports nothing by webhook, and `ProviderError` (kind
        "invalid") for a call that names no job.
        """
        vendor: object = self._providers.get(provider)
        if not isinstance(vendor, HearsWebhooks):
            raise NotFoundError(f"No provider {provider!r} here reports by webhook.")
        heard = await vendor.parse_webhook(call, self._clock())
        await self.hint(provider, heard.native_id)
        return heard

"""The /v1/videos adapter keeps the contract of every remote adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cutaway.contract import RemoteProvider
from cutaway.testing import KEY, ProviderContract
from cutaway_providers.openai_videos import provider

PRICE = {"usd_per_s": "0.10", "source": "made up for tests", "as_of": "2026-11-01"}


class TestOpenAIVideos(ProviderContract):
    shapes = Path(__file__).parent / "shapes" / "openai_videos.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        built = provider(base_url=base_url + "/v1", api_key=KEY, models=[{"id": "wan2.2", "price": PRICE}], **settings)
        assert isinstance(built, RemoteProvider)
        return built

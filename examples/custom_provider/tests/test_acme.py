"""Acme's adapter keeps the contract of every remote adapter, and sends what Acme's documentation asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from acme_video import provider
from cutaway.contract import RemoteProvider
from cutaway.testing import KEY, ProviderContract


class TestAcme(ProviderContract):
    shapes = Path(__file__).parent / "acme.json"

    def build(self, base_url: str, **settings: Any) -> RemoteProvider:
        built = provider(base_url=base_url + "/v1", api_key=KEY, **settings)
        assert isinstance(built, RemoteProvider)
        return built

    async def test_an_order_is_what_the_documentation_says(self) -> None:
        async with self.scene() as scene:
            await scene.submit()
            assert scene.vendor.asked("submit")[0].data == {
                "model": "acme-1",
                "prompt": scene.order.brief.prompt,
                "seconds": 5,
                "width": 1280,
                "height": 720,
                "seed": 7,
                "reference": "op-0001",
            }

"""The test kit for adapters and for hosts. It needs pytest and pytest-asyncio; `FakeProvider` needs neither.

ProviderContract   some forty behaviours of a remote adapter as test methods: subclass it, name the shapes, build
ScriptedVendor     a real HTTP server on this machine that answers what a test says, counts, and breaks on demand
Shapes             a vendor's true requests and answers, read from one JSON file
FakeProvider       a remote provider without a network, for the tests of a program that embeds Cutaway
KEY                the canary key that must never show up anywhere but in the vendor's own header

    class TestMine(ProviderContract):
        shapes = Path(__file__).parent / "shapes" / "mine.json"

        def build(self, base_url: str, **settings: Any) -> RemoteProvider:
            return provider(base_url=base_url + "/v1", api_key=KEY, **settings)
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from cutaway.testing.contract import ProviderContract
    from cutaway.testing.fake import FakeProvider
    from cutaway.testing.server import Asked, Reply, ScriptedVendor
    from cutaway.testing.shapes import Shapes

KEY: Final = "canary-0123456789abcdef-key"

_HOMES: Final = {
    "Asked": "server",
    "FakeProvider": "fake",
    "ProviderContract": "contract",
    "Reply": "server",
    "ScriptedVendor": "server",
    "Shapes": "shapes",
}
_ASSERTING: Final = ("contract", "offers", "orders", "jobs", "results", "secrets")

__all__ = ["KEY", "Asked", "FakeProvider", "ProviderContract", "Reply", "ScriptedVendor", "Shapes"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "ProviderContract":
        import pytest

        for part in _ASSERTING:
            if f"{__name__}.{part}" not in sys.modules:
                pytest.register_assert_rewrite(f"{__name__}.{part}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

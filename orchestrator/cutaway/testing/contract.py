"""The contract of a remote adapter, as tests. Subclass `ProviderContract` and see `cutaway.testing`."""

from __future__ import annotations

import pytest

from cutaway.testing.jobs import Jobs
from cutaway.testing.offers import Offers
from cutaway.testing.orders import Orders
from cutaway.testing.results import Results
from cutaway.testing.secrets import Secrets


@pytest.mark.asyncio
class ProviderContract(Offers, Orders, Jobs, Results, Secrets):
    """Every behaviour that an order's safety, its money and the key depend on."""


__all__ = ["ProviderContract"]

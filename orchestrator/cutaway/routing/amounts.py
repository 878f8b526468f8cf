"""Numbers as a policy may hold them: amounts in USD and plain numbers, bounded and never infinite."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Final

from pydantic import Field

MOST_USD: Final = Decimal(1_000_000_000)
"""The largest limit: the ledger counts micro-USD, which its scripts hold exactly up to 2^53 (some $9 billion)."""

Usd = Annotated[Decimal, Field(ge=0, le=MOST_USD, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]

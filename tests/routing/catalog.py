"""A small catalog that never changes, so that decisions about it can be written down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cutaway.contract import ModelProfile, Price, Quality, Rate, Terms
from cutaway.routing import Candidate, Conditions

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOW = Conditions(now=NOON)


def candidate(
    name: str,
    usd_per_s: str | None,
    *,
    elo: float | None = None,
    own: bool = False,
    local: bool = False,
    terms: dict[str, Any] | None = None,
    **more: Any,
) -> Candidate:
    """`provider:model` with a price a second, a rating and terms."""
    provider, _, model = name.partition(":")
    price = None
    if usd_per_s is not None:
        rates = more.pop("rates", ())
        price = Price(usd_per_s=Decimal(usd_per_s), rates=rates, source="made up", as_of=DAY)
    profile = ModelProfile(
        id=model,
        title=model,
        price=price,
        quality=Quality(elo=elo, half_interval=10, source="made up", as_of=DAY) if elo is not None else None,
        terms=Terms(source="made up", as_of=DAY, **terms) if terms is not None else None,
        **more,
    )
    return Candidate(name, provider, profile, local=local, own=own or local)


CATALOG = (
    candidate("sketch:paper", "0", local=True, stages=("animatic",), speed_s_per_s=0.2),
    candidate("studio-gpu:wan", "0.02", elo=1133, own=True, speed_s_per_s=30, terms={"weights": "open"}),
    candidate("bulk:lite", "0.015", speed_s_per_s=4, terms={"commercial": True}),
    candidate("mid:fast", "0.05", elo=1360, speed_s_per_s=3, regions=("us", "eu"), terms={"commercial": True}),
    candidate("mid:plain", "0.08", elo=1340, speed_s_per_s=12, regions=("us",), terms={"commercial": False}),
    candidate(
        "top:cine", "0.10", elo=1480, speed_s_per_s=25, max_duration_s=15, operations=("generate", "edit"),
        input_roles=("source_video",), rates=(
            Rate(operations=("edit",), usd_per_s=Decimal("0.12")),
            Rate(resolutions=("1080p",), usd_per_s=Decimal("0.30")),
            Rate(usd_per_s=Decimal("0.10")),
        ), audio="optional",
    ),
    candidate("old:gone", "0.01", elo=1500, retires_on=DAY),
    candidate("dark:unpriced", None, elo=1520),
)  # fmt: skip

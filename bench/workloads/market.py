"""The dated markets of `snapshots.json`, as plain facts for the simulation and as candidates for our router."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from cutaway.contract import ModelProfile, Price, Quality
from cutaway.routing import Candidate

FILE: Final = Path(__file__).with_name("snapshots.json")
NAMES: Final = ("apr", "aug")
PROVIDER: Final = "market"


@dataclass(frozen=True, slots=True)
class Model:
    """One line of a snapshot. `usd_s` is per second of output; a still costs `usd_clip` whatever the shot's length."""

    id: str
    elo: float
    half_interval: float
    usd_s: float
    usd_clip: float
    makes: bool
    draft: bool
    still: bool
    edits: bool
    retires_on: date | None
    source: str

    @property
    def final(self) -> bool:
        """True when it makes new clips that can be shown at the end."""
        return self.makes and not self.draft and not self.still

    def usd(self, seconds: float) -> float:
        """What one attempt of so many seconds costs."""
        return self.usd_s * seconds + self.usd_clip

    def price(self, seconds: float) -> Decimal:
        """The same as money."""
        return Decimal(str(self.usd_s)) * Decimal(str(seconds)) + Decimal(str(self.usd_clip))


@dataclass(frozen=True, slots=True)
class Market:
    """A snapshot: its name, the day of its board, and its models by id."""

    name: str
    as_of: date
    board: str
    models: Mapping[str, Model]

    @property
    def now(self) -> datetime:
        """Noon of its day, UTC."""
        return datetime(self.as_of.year, self.as_of.month, self.as_of.day, 12, tzinfo=UTC)

    @property
    def finals(self) -> tuple[Model, ...]:
        """The models that make finals."""
        return tuple(one for one in self.models.values() if one.final)

    @property
    def best(self) -> Model:
        """The one with the highest published rating among them."""
        return max(self.finals, key=lambda one: one.elo)


def market(name: str) -> Market:
    """The snapshot `apr` (2026-04-16) or `aug` (2026-08-14)."""
    told = json.loads(FILE.read_text(encoding="utf-8"))[name]
    models = [_model(one) for one in told["models"]]
    return Market(name, date.fromisoformat(told["as_of"]), told["board"], {one.id: one for one in models})


def _model(told: Mapping[str, Any]) -> Model:
    retires = told.get("retires_on")
    return Model(
        id=told["id"],
        elo=float(told.get("elo", 0)),
        half_interval=float(told.get("ci", 0)),
        usd_s=float(told.get("usd_s", 0)),
        usd_clip=float(told.get("usd_clip", 0)),
        makes=told.get("makes", True) and not told.get("still", False),
        draft=told.get("draft", False),
        still=told.get("still", False),
        edits=told.get("edits", False),
        retires_on=date.fromisoformat(retires) if retires else None,
        source=told["src"],
    )


def candidates(of: Market, ratings: Mapping[str, float] | None = None) -> tuple[Candidate, ...]:
    """The market as our router sees it. `ratings` replaces published ratings, to see what wrong ones cost."""
    return tuple(
        Candidate(f"{PROVIDER}:{one.id}", PROVIDER, profile(of, one, (ratings or {}).get(one.id, one.elo)), local=False)
        for one in of.models.values()
    )


def profile(of: Market, model: Model, elo: float) -> ModelProfile:
    """One model as an adapter would publish it."""
    price = Price(
        usd_per_s=Decimal(str(model.usd_s)),
        usd_per_clip=Decimal(str(model.usd_clip)),
        source=model.source,
        as_of=of.as_of,
    )
    quality = Quality(elo=elo, half_interval=model.half_interval, source=f"arena.ai, {of.board}", as_of=of.as_of)
    if model.still:
        return ModelProfile(id=model.id, title=model.id, modality="image", stages=("still",), price=price)
    return ModelProfile(
        id=model.id,
        title=model.id,
        operations=(*(("generate",) if model.makes else ()), *(("edit",) if model.edits else ())),
        stages=("draft",) if model.draft else ("final",),
        max_duration_s=15,
        input_roles=("source_video",) if model.edits else (),
        price=price,
        quality=quality if model.makes else None,
        retires_on=model.retires_on,
    )

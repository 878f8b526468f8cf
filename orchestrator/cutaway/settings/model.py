"""What a process was told: the settings as one immutable value."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

Reasoner = Literal["auto", "keywords", "litellm"]
Resolution = Literal["480p", "720p"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
Durability = Literal["fsync", "replicas", "none"]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Budgets(_Frozen):
    """Limits in USD. `None` leaves a limit to the routing policy."""

    per_clip_usd: Decimal | None = None
    per_turn_usd: Decimal | None = None
    thread_usd: Decimal | None = None
    user_day_usd: Decimal | None = None
    tenant_month_usd: Decimal | None = None


class Approval(_Frozen):
    """When a person is asked: for every quote above `ask_above_usd` (0 asks before any spend)."""

    ask_above_usd: Decimal = Decimal(0)


class Settings(_Frozen):
    """Everything a process was told from outside. Immutable; `model_copy(update=...)` makes another."""

    data_dir: Path
    runtime_dir: Path
    redis_url: str | None = None
    reasoner: Reasoner = "auto"
    model: str | None = None
    resolution: Resolution = "480p"
    policy: Path | None = None
    font: Path | None = None
    workers: int | None = Field(default=None, ge=1, le=256)
    log_level: LogLevel = "WARNING"
    durability: Durability = "fsync"
    replicas: int = Field(default=1, ge=1, le=9)
    count_doubts_days: int = Field(default=30, ge=1, le=600)
    tenant_in_flight: int | None = Field(default=None, ge=1, le=100_000)
    allow_paid_embedded: bool = False
    send_s: int = Field(default=60, ge=1, le=600)
    keys_ignored: bool = False
    in_container: bool = False
    budgets: Budgets = Budgets()
    approval: Approval = Approval()
    providers: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Provider instances by name: `adapter` (the name itself when absent) and that adapter's options, unread."""
    aliases: dict[str, str] = Field(default_factory=dict)
    """Names for models that the operator owns: `provider:model`, a model's id, or `auto` (the policy chooses)."""
    config_file: Path | None = None

    @property
    def socket_path(self) -> Path:
        """The embedded server's unix socket."""
        return self.runtime_dir / "valkey.sock"

    @property
    def embedded_url(self) -> str:
        """The embedded server's URL."""
        return f"unix://{quote(str(self.socket_path))}"

    @property
    def embedded(self) -> bool:
        """True when the store is this data directory's own server (a worker is told its URL explicitly)."""
        return self.redis_url in (None, self.embedded_url)

    @property
    def logs_dir(self) -> Path:
        """Where the guard, the server and the worker write their logs."""
        return self.data_dir / "logs"

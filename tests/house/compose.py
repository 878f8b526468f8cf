"""The part of the Compose file format this repository uses, as types. Whatever the format allows beyond it is refused
here: a new key is a decision, and it is made by adding it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Duration = Annotated[str, Field(pattern=r"^(\d+h)?(\d+m)?(\d+s)?(\d+ms)?$", min_length=2)]
Name = Annotated[str, Field(pattern=r"^[a-zA-Z0-9._-]+$")]


class Part(BaseModel):
    """Strict: a number is not a string, an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Healthcheck(Part):
    test: list[str] = Field(min_length=2)
    interval: Duration | None = None
    timeout: Duration | None = None
    start_period: Duration | None = None
    retries: int | None = Field(default=None, ge=1)


class Dependency(Part):
    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]
    required: bool = True
    restart: bool = False


class Service(Part):
    image: str | None = None
    build: str | None = None
    command: list[str] | None = None
    environment: dict[str, str] = {}
    ports: list[str] = []
    volumes: list[str] = []
    depends_on: dict[Name, Dependency] = {}
    healthcheck: Healthcheck | None = None
    init: bool | None = None
    read_only: bool | None = None
    tmpfs: list[str] = []
    cap_drop: list[str] = []
    security_opt: list[str] = []
    restart: Literal["no", "always", "on-failure", "unless-stopped"] | None = None
    stop_grace_period: Duration | None = None
    profiles: list[str] = []


class Volume(Part):
    name: str | None = None
    external: bool = False


class Compose(Part):
    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
    services: dict[Name, Service] = Field(min_length=1)
    volumes: dict[Name, Volume | None] = {}

"""A vendor's true shapes: its routes, what it answers to a good order, how a job looks in each state, its refusals.

One JSON file per adapter, written from the vendor's own documentation (`sources` says which), never from the adapter.
Inside any string of an answer `{base}` becomes the root of the test's server; the strings `{now_s}`, `{now_iso}`,
`{key}` and `{prompt}` become the time, the order's key and its words (for what `find` reads).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cutaway.contract import GenerationRequest
from cutaway.errors import FailureKind

PROMPT = "a red fox trots through a forest at dusk"


class Told(BaseModel):
    """One answer of a vendor: a JSON body, or text, or bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    status: int = Field(default=200, ge=200, le=599)
    data: Any = Field(default=None, alias="json")
    text: str = ""
    base64: str = ""
    headers: dict[str, str] = Field(default_factory=dict)


Situation = dict[str, Told | list[Told]]
"""Answers by the name of a route; of several the last one repeats."""


class Shapes(BaseModel):
    """What a vendor says on the wire. What it does not have is left out, and those behaviours are skipped.

    `routes` are `METHOD regex` by name, the regex of the whole path below the server's root: `submit` always, `poll`,
    `download`, `cancel`, `check`, `list`, `upload` and others where there are. `request` changes fields of the kit's
    order; inputs may leave out `sha256`. `listed` and `unlisted` are what `find` reads when the order is there or not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: list[str] = Field(min_length=1)
    note: str | list[str] = ""
    routes: dict[str, str]
    model: str
    request: dict[str, Any] = Field(default_factory=dict)
    native_id: str | None = None
    key_header: str = ""
    """The header that carries the key, in lower case; '' lets it be any single one."""
    accepted: Situation
    polls: dict[str, Situation] = Field(default_factory=dict)
    cost_usd: Decimal | None = None
    failures: dict[FailureKind, Situation] = Field(default_factory=dict)
    refusals: dict[FailureKind, Situation] = Field(default_factory=dict)
    unknown_word: Situation | None = None
    gone: Situation | None = None
    cancelled: Situation | None = None
    checked: Situation | None = None
    listed: Situation | None = None
    unlisted: Situation | None = None

    @classmethod
    def read(cls, path: Path | str) -> Shapes:
        """The shapes of a file. Raises `OSError` or `ValueError` (pydantic's names the place)."""
        return cls.model_validate(json.loads(Path(path).read_text(encoding="utf-8")))

    def order(self, inputs: list[dict[str, Any]] | None = None) -> GenerationRequest:
        """The order that the kit places; `inputs` replaces those of the file (with their hashes filled in)."""
        plain: dict[str, Any] = {
            "brief": {"prompt": PROMPT},
            "duration_s": 5,
            "size": {"width_px": 1280, "height_px": 720},
            "seed": 7,
        }
        changed = dict(self.request)
        if isinstance(changed.get("brief"), Mapping):
            changed["brief"] = {**plain["brief"], **changed["brief"]}
        if inputs is not None:
            changed["inputs"] = inputs
        return GenerationRequest.model_validate(plain | changed)


__all__ = ["PROMPT", "Shapes", "Situation", "Told"]

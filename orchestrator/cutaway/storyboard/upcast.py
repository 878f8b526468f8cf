"""Old storyboards made readable: one step per schema version, applied in order.

Version 0 is the shape before the first release (shots had `seconds` and `location`); it is kept as the proof that
the path works, and every later schema change adds one function here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from cutaway.errors import StoryboardError

CURRENT: Final = 1


def _from_0(data: dict[str, Any]) -> dict[str, Any]:
    renamed = {"seconds": "duration_s", "location": "setting"}
    shots = [{renamed.get(key, key): value for key, value in shot.items()} for shot in data.get("shots", [])]
    return {**data, "shots": shots, "schema_version": 1}


STEPS: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {0: _from_0}


def upcast(data: Any) -> dict[str, Any]:
    """The data in the current schema. Raises `StoryboardError` for another shape or a newer version."""
    if not isinstance(data, dict):
        raise StoryboardError(f"A storyboard is a JSON object, not {type(data).__name__}.")
    version = data.get("schema_version", 0)
    if not isinstance(version, int) or version > CURRENT or version < 0:
        raise StoryboardError(
            f"The storyboard has schema version {version!r}; this Cutaway reads up to {CURRENT}.",
            fix="Upgrade Cutaway.",
        )
    upgraded: dict[str, Any] = data
    for step in range(version, CURRENT):
        upgraded = STEPS[step](upgraded)
    return upgraded

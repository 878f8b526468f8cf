"""A version's forecast, taught by what its thread made before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cutaway.conversation.services import Services
from cutaway.conversation.turn import TurnResult
from cutaway.events import EventLog, Forecast, Planned

EARLIER: Final = 5
"""How many earlier versions teach it; speeds of long ago say little."""


async def forecast(services: Services, log: EventLog, turn: TurnResult) -> Forecast:
    """A forecast for what the turn makes: its shots by operation, then the cut."""
    ordered = [shot for shot in turn.shots if shot.operation_id]
    shots = {shot.operation_id or "": Planned(shot.seconds, shot.model or "") for shot in ordered}
    made = Forecast(shots, sum(shot.seconds for shot in turn.shots))
    own = turn.version.id if turn.version else ""
    events = [event for event in await log.read(turn.thread) if event.version_id not in {"", own}]
    versions = list(dict.fromkeys(event.version_id for event in events))[-EARLIER:]
    film_s: dict[str, float] = {}
    for version_id in versions:
        for operation in await services.ledger.of_version(services.tenant, version_id):
            film_s[operation.id] = _film_s(operation.spec)
    for event in events:
        made.learn(event, film_s)
    return made


def _film_s(spec: Mapping[str, Any]) -> float:
    """Seconds of film that an order makes: its shot's, or those of all shots of its cut."""
    if "cut" in spec:
        return float(sum(shot["duration_s"] / shot["speed"] for shot in spec["cut"]["shots"]))
    return float(spec.get("request", {}).get("duration_s", 0.0))

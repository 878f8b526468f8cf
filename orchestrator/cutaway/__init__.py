"""Cutaway: conversations that cut away to video, and the next turn revises what was made.

`Orchestrator` is the front door. Names are loaded when first used, so importing the package loads the standard
library and pydantic only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cutaway.app import Orchestrator
    from cutaway.contract import Brief, GenerationRequest, ModelProfile, Price, Size
    from cutaway.conversation.attachments import Attachment
    from cutaway.conversation.plan import Reasoner, Situation, TurnPlan
    from cutaway.conversation.turn import Quote, ShotPlan, TurnResult, VersionView
    from cutaway.errors import CutawayError
    from cutaway.events import Event
    from cutaway.routing import RoutingPolicy
    from cutaway.settings import Settings, load_settings
    from cutaway.storyboard.model import CastMember, Overlay, Shot, Sound, Storyboard, Style

_HOME: Final = {
    "Attachment": "cutaway.conversation.attachments",
    "Brief": "cutaway.contract",
    "CastMember": "cutaway.storyboard.model",
    "CutawayError": "cutaway.errors",
    "Event": "cutaway.events",
    "GenerationRequest": "cutaway.contract",
    "ModelProfile": "cutaway.contract",
    "Orchestrator": "cutaway.app",
    "Overlay": "cutaway.storyboard.model",
    "Price": "cutaway.contract",
    "Quote": "cutaway.conversation.turn",
    "Reasoner": "cutaway.conversation.plan",
    "RoutingPolicy": "cutaway.routing",
    "Settings": "cutaway.settings",
    "Shot": "cutaway.storyboard.model",
    "ShotPlan": "cutaway.conversation.turn",
    "Situation": "cutaway.conversation.plan",
    "Size": "cutaway.contract",
    "Sound": "cutaway.storyboard.model",
    "Storyboard": "cutaway.storyboard.model",
    "Style": "cutaway.storyboard.model",
    "TurnPlan": "cutaway.conversation.plan",
    "TurnResult": "cutaway.conversation.turn",
    "VersionView": "cutaway.conversation.turn",
    "load_settings": "cutaway.settings",
}

__all__ = [
    "Attachment",
    "Brief",
    "CastMember",
    "CutawayError",
    "Event",
    "GenerationRequest",
    "ModelProfile",
    "Orchestrator",
    "Overlay",
    "Price",
    "Quote",
    "Reasoner",
    "RoutingPolicy",
    "Settings",
    "Shot",
    "ShotPlan",
    "Situation",
    "Size",
    "Sound",
    "Storyboard",
    "Style",
    "TurnPlan",
    "TurnResult",
    "VersionView",
    "load_settings",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        found: object = getattr(import_module(_HOME[name]), name)
        return found
    raise AttributeError(f"module 'cutaway' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)

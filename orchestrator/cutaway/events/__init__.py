"""The events room: what happened in a thread, and the mailbox its messages wait in."""

from cutaway.events.event import EVENT_TYPES, Event, EventType
from cutaway.events.forecast import Forecast, Outlook, Planned
from cutaway.events.log import EventLog
from cutaway.events.mailbox import Mailbox, Message, Ownership

__all__ = [
    "EVENT_TYPES",
    "Event",
    "EventLog",
    "EventType",
    "Forecast",
    "Mailbox",
    "Message",
    "Outlook",
    "Ownership",
    "Planned",
]

"""The graph's state: ids, short text and JSON, bounded whatever the length of the conversation.

The full conversation is the thread's event log; a checkpoint can be lost and the thread goes on from the ledger and
the versions.
"""

from __future__ import annotations

from typing import Any, Final, TypedDict

STATE_SCHEMA: Final = 1
WINDOW: Final = 12
SAID_CHARS: Final = 400
SUMMARY_CHARS: Final = 1_200


class ThreadState(TypedDict, total=False):
    """One thread between turns; from `message` on, the scratch of the running turn."""

    schema_version: int
    window: list[dict[str, str]]
    summary: str
    head_version_id: str | None
    pending_quote_id: str | None
    batch_id: str | None
    last_turn: dict[str, Any] | None
    message: dict[str, Any] | None
    plan: dict[str, Any] | None
    base_id: str | None
    revision: dict[str, Any] | None
    quote: dict[str, Any] | None
    turn: dict[str, Any] | None


def remember(window: list[dict[str, str]], summary: str, person: str, studio: str) -> tuple[list[dict[str, str]], str]:
    """The window and summary after one more exchange: old messages fold into a bounded summary."""
    said = [*window, {"role": "person", "text": person[:SAID_CHARS]}, {"role": "studio", "text": studio[:SAID_CHARS]}]
    gone, kept = said[:-WINDOW], said[-WINDOW:]
    for message in gone:
        if message["role"] == "person":
            summary = f"{summary}\n- {message['text'][:120]}".strip()
    if len(summary) > SUMMARY_CHARS:
        summary = "…" + summary[-SUMMARY_CHARS:].split("\n", 1)[-1]
    return kept, summary

"""Loading the media libraries before workers fork, so that every job starts with them in memory."""

from __future__ import annotations


def preload() -> None:
    """Import what making a film needs. Takes about a second the first time."""
    import cutaway.media.compose
    import cutaway.media.preview  # noqa: F401

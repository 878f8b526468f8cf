"""Loading the media libraries before workers fork, so that every job starts with them in memory."""

from __future__ import annotations


def preload() -> None:
    """Import what making a film needs. Takes about a second the first time."""
    import av.subtitles.stream  # noqa: F401 - opening any file asks for it
    import PIL.Image

    import cutaway.media.compose
    import cutaway.media.preview
    import cutaway.media.stills  # noqa: F401

    PIL.Image.init()

"""The inputs of an order at hand, for vendors: local files whose kind is read from their first bytes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from cutaway.contract import GenerationRequest, InputFile
from cutaway.errors import CutawayError, ProviderError
from cutaway.media.store import AssetStore

_BEGINNINGS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
)


async def inputs_at_hand(store: AssetStore | None, request: GenerationRequest) -> dict[str, InputFile]:
    """Every input of the order by its hash. Raises `ProviderError` (kind "invalid") for one that is not there."""
    found = {}
    for ref in request.inputs:
        if store is None:
            raise ProviderError("This worker has no store to read an order's inputs from.", kind="invalid")
        try:
            path = await store.path(ref.sha256)
            found[ref.sha256] = await asyncio.to_thread(_look, path)
        except (CutawayError, OSError) as error:
            raise ProviderError(
                f"The {ref.role} input {ref.sha256[:12]} cannot be read: {error}.", kind="invalid", fix="Send it again."
            ) from error
    return found


def _look(path: Path) -> InputFile:
    with path.open("rb") as file:
        head = file.read(16)
    return InputFile(path=path, media_type=media_type_of(head), size_bytes=path.stat().st_size)


def media_type_of(head: bytes) -> str:
    """The media type by a file's first 16 bytes; `application/octet-stream` for what is none of ours."""
    for beginning, media_type in _BEGINNINGS:
        if head.startswith(beginning):
            return media_type
    if head[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], "application/octet-stream")
    if head[4:8] == b"ftyp":
        return {b"M4A ": "audio/mp4", b"qt  ": "video/quicktime"}.get(head[8:12], "video/mp4")
    return "application/octet-stream"

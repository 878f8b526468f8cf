"""Sending an order's inputs: as a data URI inside the order, or to an address that the vendor named."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable

import httpx

from cutaway.contract import InputFile
from cutaway.errors import ProviderError
from cutaway.http.addresses import Gate, parsed, refused

Failed = Callable[[str, str, httpx.Response, bytes], ProviderError]


async def read_input(file: InputFile, *, max_bytes: int) -> bytes:
    """The bytes of an input. Raises `ProviderError` (kind "invalid") when it is larger than the vendor takes."""
    if file.size_bytes > max_bytes:
        raise ProviderError(
            f"An input of {file.size_bytes} bytes is over the vendor's limit of {max_bytes}.",
            kind="invalid",
            fix="Send a shorter or smaller file.",
        )
    try:
        return await asyncio.to_thread(file.path.read_bytes)
    except OSError as error:
        raise ProviderError(f"An input cannot be read: {error.strerror}.", kind="invalid") from error


async def data_uri(file: InputFile, *, max_bytes: int) -> str:
    """An input as a `data:` URI. `max_bytes` bounds the file; the text is a third longer."""
    content = await read_input(file, max_bytes=max_bytes)
    return f"data:{file.media_type};base64,{base64.b64encode(content).decode('ascii')}"


async def put(
    url: str,
    content: bytes,
    media_type: str,
    *,
    client: httpx.AsyncClient,
    gate: Gate,
    timeout: httpx.Timeout,
    failed: Failed,
) -> None:
    """PUT bytes to a signed address, by the first route that connects."""
    target = parsed(url)
    failure: ProviderError | None = None
    for route in await gate.admit(target):
        request = client.build_request(
            "PUT",
            target.copy_with(host=route.address) if route.address else target,
            content=content,
            headers={"Content-Type": media_type} | dict(route.headers),
            timeout=timeout,
            extensions=dict(route.extensions),
        )
        try:
            response = await client.send(request, auth=None, follow_redirects=False)
        except (httpx.HTTPError, OSError) as error:
            failure = refused(target, f"broke off an upload ({type(error).__name__})", retryable=True)
            continue
        if response.is_success:
            return
        failure = failed("PUT", "an upload", response, response.content[:65_536])
        break
    assert failure is not None  # the gate gives at least one route
    raise failure
